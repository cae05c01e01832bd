//! Draws values of every named schema of every document in a folder, and has a validator that is not ours judge them.
//!
//! Two of three are meant to be valid, and one to break a rule. The count is spread over the schemas, in both
//! directions. Each that is not what it is said to be is printed; then the exit code is 1.
//!
//! usage: cargo run --release -p proptest-schema --example soak -- FOLDER [COUNT] [SEED]

#[path = "../tests/it/oracle.rs"]
mod oracle;

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use openapi_model::{Api, Direction, SchemaId, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_schema::{valid, violating};

/// How many wrong values are printed for each schema.
const PRINTED: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize, otherwise| match arguments.get(index) {
        Some(text) => text.parse::<u64>().ok(),
        None => Some(otherwise),
    };
    let (Some(folder), Some(count), Some(seed)) =
        (arguments.first(), number(1, 100_000), number(2, 1))
    else {
        eprintln!("usage: soak FOLDER [COUNT] [SEED]");
        return ExitCode::from(2);
    };
    match soak(Path::new(folder), count, seed) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

/// What was found.
#[derive(Default)]
struct Tally {
    valid: u64,
    violations: u64,
    wrong: u64,
    /// Schemas without values: unsatisfiable, or undecided.
    without: u64,
}

/// How many values are wrong.
fn soak(folder: &Path, count: u64, seed: u64) -> io::Result<u64> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.sort();
    let mut documents: Vec<(String, Api)> = Vec::new();
    for file in files {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if ![".json", ".yml", ".yaml"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            continue;
        }
        match parse(&fs::read_to_string(&file)?) {
            Ok(api) => documents.push((name, api)),
            Err(faults) => eprintln!("{name}: passed over: {faults}"),
        }
    }
    let schemas: usize = documents
        .iter()
        .map(|(_, api)| api.named_schemas.len())
        .sum();
    let each = count.div_ceil((schemas as u64 * 2).max(1));
    eprintln!(
        "{} documents, {schemas} schemas, {each} values of each in each direction",
        documents.len()
    );
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut tally, start) = (Tally::default(), Instant::now());
    let mut shown = start;
    for (document, api) in &documents {
        for (name, id) in &api.named_schemas {
            for direction in [Direction::Request, Direction::Response] {
                let place = format!("{document}, {name}, {direction:?}");
                check(&place, api, *id, direction, each, &mut runner, &mut tally);
            }
            let pause = if io::stderr().is_terminal() { 1 } else { 10 };
            if shown.elapsed() > Duration::from_secs(pause) {
                shown = Instant::now();
                let drawn = tally.valid + tally.violations;
                eprintln!(
                    "{drawn} of {} values, {} wrong: {document}, {name}",
                    each * 2 * schemas as u64,
                    tally.wrong
                );
            }
        }
    }
    println!(
        "{} valid values and {} violations of {schemas} schemas in {} s: {} wrong; {} schemas without values",
        tally.valid,
        tally.violations,
        start.elapsed().as_secs(),
        tally.wrong,
        tally.without
    );
    Ok(tally.wrong)
}

fn check(
    place: &str,
    api: &Api,
    id: SchemaId,
    direction: Direction,
    count: u64,
    runner: &mut TestRunner,
    tally: &mut Tally,
) {
    let oracle = match oracle::validator(&api.schemas, id, direction) {
        Ok(oracle) => oracle,
        Err(error) => {
            eprintln!("{place}: passed over, the validator cannot read it: {error}");
            return;
        }
    };
    let mut printed = 0;
    let mut wrong = |message: String| {
        tally.wrong += 1;
        printed += 1;
        if printed <= PRINTED {
            println!("{place}: {message}");
        }
    };
    match valid(&api.schemas, id, direction) {
        Ok(values) => {
            for _ in 0..count - count / 3 {
                let Ok(tree) = values.new_tree(runner) else {
                    continue;
                };
                let value = tree.current();
                tally.valid += 1;
                if !oracle.is_valid(&value) {
                    wrong(format!(
                        "{value} is not valid: {:?}",
                        oracle::errors(&oracle, &value)
                    ));
                }
            }
        }
        Err(unsupported) => {
            tally.without += 1;
            eprintln!("{place}: {unsupported}");
        }
    }
    match violating(&api.schemas, id, direction) {
        Ok(violations) if violations.rules().is_empty() => {}
        Ok(violations) => {
            for _ in 0..count / 3 {
                let Ok(tree) = violations.new_tree(runner) else {
                    continue;
                };
                let violation = tree.current();
                let (keyword, pointer) = (violation.keyword, &violation.pointer);
                tally.violations += 1;
                if !oracle::names_only(&oracle, &violation.value, keyword, pointer) {
                    let errors = oracle::errors(&oracle, &violation.value);
                    wrong(format!(
                        "{} does not break {keyword} at {pointer:?} alone: {errors:?}",
                        violation.value
                    ));
                }
            }
        }
        Err(unsupported) => eprintln!("{place}: {unsupported}"),
    }
}
