//! Prints values of every named schema of a document with what is claimed of each, one JSON object a line:
//! `{"direction": "request", "schema": "/components/schemas/Thing", "valid": true, "value": {...}}`.
//!
//! Some are made to be valid, and some to break exactly one rule. A validator that is not ours, and reads the document by
//! itself, can say whether that is so.
//!
//! usage: cargo run -p proptest-schema --example verdicts -- DOCUMENT [SEED]

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use openapi_model::{Direction, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_schema::{valid, violating};
use serde_json::{Value, json};

/// How many random values there are of each schema in each direction, beside its boundaries.
const COUNT: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seed = arguments.get(1).map_or(Ok(1), |text| text.parse::<u64>());
    let (Some(path), Ok(seed)) = (arguments.first(), seed) else {
        eprintln!("usage: verdicts DOCUMENT [SEED]");
        return ExitCode::from(2);
    };
    match print(path, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{path}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn print(path: &str, seed: u64) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let api = parse(&text).map_err(|faults| faults.to_string())?;
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for id in api.named_schemas.values() {
        let pointer = api.schemas.get(*id).pointer.as_str();
        for (direction, name) in [
            (Direction::Request, "request"),
            (Direction::Response, "response"),
        ] {
            let mut line = |value: &Value, is_valid: bool| {
                let line = json!({ "schema": pointer, "direction": name, "value": value, "valid": is_valid });
                writeln!(out, "{line}").map_err(|error| error.to_string())
            };
            let values = match valid(&api.schemas, *id, direction) {
                Ok(values) => values,
                Err(unsupported) => {
                    eprintln!("{pointer}: no values in a {name}: {unsupported}");
                    continue;
                }
            };
            for value in values.boundaries() {
                line(&value, true)?;
            }
            for _ in 0..COUNT {
                let tree = values
                    .new_tree(&mut runner)
                    .map_err(|reason| reason.to_string())?;
                line(&tree.current(), true)?;
            }
            let violations = match violating(&api.schemas, *id, direction) {
                Ok(violations) => violations,
                Err(unsupported) => {
                    eprintln!("{pointer}: no rule is broken in a {name}: {unsupported}");
                    continue;
                }
            };
            for rule in 0..violations.rules().len() {
                let tree = violations.breaking(rule).new_tree(&mut runner);
                line(
                    &tree.map_err(|reason| reason.to_string())?.current().value,
                    false,
                )?;
            }
        }
    }
    out.flush().map_err(|error| error.to_string())
}
