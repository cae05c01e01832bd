//! Prints the server that is generated from a document.
//!
//! usage: dropshot-codegen DOCUMENT

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path] = arguments.as_slice() else {
        eprintln!("usage: dropshot-codegen DOCUMENT");
        return ExitCode::from(2);
    };
    if path == "--help" || path == "-h" {
        println!(
            "Prints the dropshot server that is generated from an OpenAPI 3.0 document.\n\nusage: dropshot-codegen DOCUMENT\n\nexit code: 0 generated, 1 the document cannot be served, 2 it could not be read"
        );
        return ExitCode::SUCCESS;
    }
    let document = match std::fs::read_to_string(path) {
        Ok(document) => document,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    match dropshot_codegen::generate(&document) {
        Ok(server) => {
            for note in &server.notes {
                eprintln!("{path}: {note}");
            }
            // Whoever reads may have seen enough.
            drop(std::io::stdout().write_all(server.code.as_bytes()));
            ExitCode::SUCCESS
        }
        Err(faults) => {
            for fault in &faults.0 {
                eprintln!("{path}: {fault}");
            }
            ExitCode::FAILURE
        }
    }
}
