//! Draws the cases of every document of a folder and judges each: valid ones must keep the document, and others must
//! break it where they say. Nothing is sent.
//!
//! `cargo run --release -p contract-harness --example cases -- FOLDER [CASES]`

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use contract_harness::{Case, Cases, Contract, Fault, Mode, Place, Settings, Target};
use http::{HeaderMap, HeaderName, HeaderValue};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: cases FOLDER [CASES]");
        return ExitCode::from(2);
    };
    let count = arguments.next().and_then(|text| text.parse().ok());
    let mut paths: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect(),
        Err(error) => {
            eprintln!("{folder}: {error}");
            return ExitCode::from(2);
        }
    };
    paths.sort();
    let is_document = |path: &&std::path::PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("json" | "yaml" | "yml"))
    };
    let wrong: usize = paths
        .iter()
        .filter(is_document)
        .map(|path| document(path, count.unwrap_or(20)))
        .sum();
    ExitCode::from(u8::from(wrong > 0))
}

/// Judges the cases of a document, and counts those that are not what they say.
fn document(path: &Path, count: usize) -> usize {
    let name = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            println!("{name}: {error}");
            return 1;
        }
    };
    let started = Instant::now();
    let api = match openapi_model::parse(&text) {
        Ok(api) => api,
        Err(faults) => {
            println!("{name}: {faults}");
            return 1;
        }
    };
    let read = started.elapsed();
    let started = Instant::now();
    let contract = match Contract::new(api) {
        Ok(contract) => contract,
        Err(error) => {
            println!("{name}: {error}");
            return 1;
        }
    };
    let compiled = started.elapsed();
    let schemes = contract.api().security_schemes.keys();
    let target = Target {
        credentials: schemes
            .map(|name| (name.clone(), format!("key-of-{name}")))
            .collect(),
        ..Target::default()
    };
    let settings = Settings {
        seed: 1,
        run_id: "cases".to_owned(),
        cases: count,
        ..Settings::default()
    };
    let cases = match Cases::new(&contract, &target, &settings) {
        Ok(cases) => cases,
        Err(error) => {
            println!("{name}: {error}");
            return 1;
        }
    };
    let (mut drawing, mut drawn, mut wrong) = (Duration::ZERO, 0, 0);
    for operation in 0..contract.api().operations.len() {
        let started = Instant::now();
        let drawn_here: Vec<_> = cases.of(operation).collect();
        drawing += started.elapsed();
        drawn += drawn_here.len();
        for case in &drawn_here {
            if let Err(reason) = judge(&contract, &cases, case) {
                wrong += 1;
                let label = contract.api().operations[operation].label();
                println!(
                    "{name}: {label}, {} {}: {reason}",
                    case.key.phase, case.key.index
                );
            }
        }
    }
    println!(
        "{name}: {} operations, read in {:.0?}, compiled in {:.0?}, {drawn} cases in {:.0?}, {wrong} wrong, {} gaps",
        contract.api().operations.len(),
        read,
        compiled,
        drawing,
        contract.gaps().len(),
    );
    for gap in contract
        .gaps()
        .iter()
        .take(usize::from(std::env::var_os("GAPS").is_some()) * 1_000)
    {
        println!("    {} {}: {}", gap.operation, gap.part, gap.reason);
    }
    wrong
}

/// Whether a case is what it says; the error shows it.
fn judge(contract: &Contract, cases: &Cases<'_>, case: &Case) -> Result<(), String> {
    let request = cases.request(case);
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
        let value = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
        headers.append(name, value);
    }
    let body = request.body.as_deref().unwrap_or_default();
    let failures = contract.check_request(&request.method, &request.target, &headers, body);
    let found: Vec<&str> = failures
        .iter()
        .map(|failure| failure.message.as_str())
        .collect();
    let (is_right, expected) = match &case.mode {
        Mode::Positive => (failures.is_empty(), "no fault".to_owned()),
        Mode::Negative(violation) => {
            let part = match &violation.place {
                // The document may declare what nobody can judge in a request.
                Place::Header(name) if name == "Accept" => return Ok(()),
                Place::Header(name) if name == "Content-Type" => "the body is".to_owned(),
                Place::Body(_) => "body".to_owned(),
                place => place.to_string(),
            };
            let is_right = !found.is_empty() && found.iter().all(|message| message.contains(&part));
            (is_right, violation.to_string())
        }
        Mode::Credentials(Fault::NoneAtAll | Fault::Missing(_)) => {
            let is_right = found
                .iter()
                .all(|message| message.starts_with("the credentials"));
            (
                is_right && !found.is_empty(),
                "credentials that are missing".to_owned(),
            )
        }
        Mode::UndeclaredMethod => {
            let is_right = found.iter().all(|message| message.contains(" has no "));
            (
                is_right && !found.is_empty(),
                "a method that is not declared".to_owned(),
            )
        }
        // What else is wrong with credentials, and what the document leaves open, no document tells.
        Mode::Odd(_) | Mode::Credentials(_) => return Ok(()),
    };
    if is_right {
        return Ok(());
    }
    Err(format!(
        "expected {expected}, found {found:?} in {} {} {:?} {}",
        request.method,
        request.target,
        request.headers,
        String::from_utf8_lossy(body)
    ))
}
