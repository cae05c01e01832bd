//! A server put to the test: the document that dropshot emits for it, and `contract_harness`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use contract_harness::{CHECKS, Contract, Credentials, Settings, Target};
use http::StatusCode;
use indexmap::IndexMap;
use openapi_model::{Api, Response, SecurityKind, StatusPattern};
use serde_json::Value;

use crate::row::{Outcome, Row};

/// How many differences of one document are told.
const MOST_DIFFERENCES: usize = 20;

/// As `stub:stub` is written for HTTP Basic.
const CREDENTIAL: &str = "c3R1YjpzdHVi";

/// Tries the server of one document, whose number is its place among all.
pub async fn trial(row: &mut Row, number: usize, servers: &Path) {
    let Some(api) = row.api.clone().filter(|_| row.server.compiled()) else {
        return;
    };
    row.round_trip = match emitted(number, servers) {
        Ok(emitted) => {
            let comparison = dropshot_codegen::compare(&api, &emitted);
            row.reasons
                .extend(comparison.expected.iter().map(|(_, why)| *why));
            let differences = comparison.unexpected.iter().take(MOST_DIFFERENCES);
            let told = differences.map(|difference| format!("round trip: {difference}"));
            row.problems.extend(told);
            match comparison.unexpected.len() {
                0 if comparison.expected.is_empty() => Outcome::Well("same".to_owned()),
                0 => Outcome::Well(format!(
                    "same but for {} on the list",
                    comparison.expected.len()
                )),
                count => Outcome::Bad(format!("{count} differences")),
            }
        }
        Err(why) => {
            row.problems.push(format!("round trip: {why}"));
            Outcome::Bad("none".to_owned())
        }
    };
    row.contract = match test(row, api, number, servers).await {
        Ok(outcome) => outcome,
        Err(why) => {
            row.problems.push(format!("contract test: {why}"));
            Outcome::Bad("could not run".to_owned())
        }
    };
}

/// The document that dropshot emits.
fn emitted(number: usize, servers: &Path) -> Result<Value, String> {
    let mut command = Command::new(servers);
    command
        .args(["emitted", &number.to_string()])
        .env("RUST_BACKTRACE", "0");
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(format!("dropshot emits no document: {}", told.trim_end()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

async fn test(row: &mut Row, api: Api, number: usize, servers: &Path) -> Result<Outcome, String> {
    let credentials = credentials(&api);
    let contract = Contract::new(with_refusals(api)).map_err(|error| error.to_string())?;
    let server = Server::start(number, servers)?;
    let target = Target {
        base_url: format!("{}{}", server.base_url, row.prefix),
        credentials,
    };
    let settings = Settings {
        seed: 1,
        run_id: "documents".to_owned(),
        exclude: row
            .untested
            .iter()
            .map(|(operation, _)| operation.clone())
            .collect(),
        checks: CHECKS.iter().map(|check| check.name.to_owned()).collect(),
        ..Settings::default()
    };
    let report = contract_harness::run(&contract, &target, &settings, &|_| {}).await;
    let told = server.stop();
    let report = report.map_err(|error| format!("{error}\n{told}"))?;
    if report.is_clean() {
        return Ok(Outcome::Well(format!("passes {} cases", report.cases)));
    }
    row.problems
        .push(format!("contract test:\n{}", report.text()));
    if !told.is_empty() {
        row.problems.push(format!("the server says:\n{told}"));
    }
    Ok(Outcome::Bad(format!("{} failures", report.failures.len())))
}

/// The document with an answer to what is refused, also where it declares none. Its server has no other choice than to
/// send one that is not declared, which the generator has said. Where it declares no answers at all, any will do.
fn with_refusals(mut api: Api) -> Api {
    let status = StatusCode::BAD_REQUEST;
    for operation in &mut api.operations {
        if operation.response(status).is_none() {
            let status = if operation.responses.is_empty() {
                StatusPattern::Default
            } else {
                StatusPattern::Code(status)
            };
            operation.responses.push(Response {
                status,
                description: "It is refused".to_owned(),
                headers: IndexMap::new(),
                content: IndexMap::new(),
                links: IndexMap::new(),
                file: operation.file.clone(),
                pointer: operation.pointer.join("responses"),
                line: operation.line,
            });
        }
    }
    api
}

/// The good credential of each scheme.
fn credentials(api: &Api) -> Credentials {
    let of_scheme = |(name, scheme): (&String, &openapi_model::SecurityScheme)| {
        let text = match &scheme.kind {
            SecurityKind::Http(scheme) if scheme == "basic" => "stub:stub",
            _ => CREDENTIAL,
        };
        (name.clone(), text.to_owned())
    };
    api.security_schemes.iter().map(of_scheme).collect()
}

/// A server that runs until it is stopped.
struct Server {
    child: Child,
    base_url: String,
    /// What it says on standard error.
    told: JoinHandle<String>,
}

impl Server {
    fn start(number: usize, servers: &Path) -> Result<Server, String> {
        let mut command = Command::new(servers);
        command
            .args(["serve", &number.to_string()])
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("the server has no output".to_owned());
        };
        // It must be read, or the server would wait at some point.
        let told = std::thread::spawn(move || some_lines(BufReader::new(err)));
        let mut base_url = String::new();
        BufReader::new(out)
            .read_line(&mut base_url)
            .map_err(|error| error.to_string())?;
        let base_url = base_url.trim_end().to_owned();
        Ok(Server {
            child,
            base_url,
            told,
        })
    }

    /// Ends the server, and gives some of what it said.
    fn stop(mut self) -> String {
        drop(self.child.stdin.take());
        drop(self.child.wait());
        self.told.join().unwrap_or_default()
    }
}

/// The first lines that are not the same.
fn some_lines(read: impl BufRead) -> String {
    const MOST: usize = 20;
    let mut lines: Vec<String> = Vec::new();
    for line in read.lines().map_while(Result::ok) {
        if lines.len() < MOST && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}
