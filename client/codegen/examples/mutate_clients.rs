//! Generates clients of mutated documents: for each there is code or a diagnostic, or this has found a bug.
//!
//! usage: cargo run --release -p progenitor-codegen --example mutate_clients -- FOLDER [SECONDS]
//!
//! Documents that panic, or make code that is no Rust, are written to the folder for temporary files and named.
//!
//! exit code: 0 nothing found, 1 something found, 2 no documents

#[path = "../../../server/codegen/tests/mutation/mod.rs"]
mod mutation;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

use mutation::{Choices, mutated};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (folder, seconds) = match arguments.as_slice() {
        [folder] => (folder, Some(60)),
        [folder, seconds] => (folder, seconds.parse().ok()),
        _ => (&String::new(), None),
    };
    let Some(seconds) = seconds else {
        eprintln!("usage: mutate_clients FOLDER [SECONDS]");
        return ExitCode::from(2);
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            eprintln!("mutate_clients: {folder}: {error}");
            return ExitCode::from(2);
        }
    };
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
    let documents: Vec<_> = texts
        .filter_map(|text| Some((openapi_model::parse(&text).ok()?.document, text)))
        .collect();
    if documents.is_empty() {
        eprintln!("mutate_clients: {folder} has no document");
        return ExitCode::from(2);
    }
    // A document that panics is told once, by us.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut tried, mut generated, mut found) = (0_u64, 0_u64, 0_u64);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(seconds) {
        let mut choices = Choices::new(tried);
        let (document, text) = &documents[choices.below(documents.len())];
        let changes = 1 + choices.below(8);
        let mutated = mutated(document, text, changes, &mut choices);
        let problem = match catch_unwind(|| progenitor_codegen::generate(&mutated)) {
            Err(_) => Some("panics".to_owned()),
            Ok(Ok(client)) => {
                generated += 1;
                syn::parse_file(&client.code)
                    .err()
                    .map(|error| error.to_string())
            }
            Ok(Err(faults)) => {
                let text = faults.to_string();
                let is_ours = text.is_empty() || text.contains("a fault of the generator");
                is_ours.then(|| format!("says: {text}"))
            }
        };
        if let Some(problem) = problem {
            found += 1;
            let path = env::temp_dir().join(format!("mutated-{tried}.json"));
            match fs::write(&path, &mutated) {
                Ok(()) => println!("{}: {problem}", path.display()),
                Err(error) => println!("number {tried}: {problem} ({}: {error})", path.display()),
            }
        }
        tried += 1;
    }
    println!("{tried} documents, {generated} clients, {found} faults");
    if found == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
