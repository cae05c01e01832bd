//! Draws the cases of every document of a folder and judges each: valid ones must keep the document, and others must
//! break it where they say. Nothing is sent.
//!
//! `cargo run --release -p contract-harness --example cases -- FOLDER [CASES]`

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use contract_harness::{Cases, Contract, Settings, Target};

#[path = "../tests/it/verdict.rs"]
mod verdict;

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
            if let Err(reason) = verdict::judge(&contract, &cases, case) {
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
    for gap in contract.gaps() {
        println!("    {} {}: {}", gap.operation, gap.part, gap.reason);
    }
    wrong
}
