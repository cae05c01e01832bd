//! Prints the client that is generated from a document.
//!
//! usage: progenitor-codegen DOCUMENT

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path] = arguments.as_slice() else {
        eprintln!("usage: progenitor-codegen DOCUMENT");
        return ExitCode::from(2);
    };
    if path == "--help" || path == "-h" {
        println!(
            "Prints the progenitor client that is generated from an OpenAPI 3.0 document.\n\n\
             usage: progenitor-codegen DOCUMENT\n\n\
             exit code: 0 generated, 1 no client can be made from the document, 2 it could not be read"
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
    match progenitor_codegen::generate(&document) {
        Ok(client) => {
            for note in &client.notes {
                eprintln!("{path}: {note}");
            }
            print!("{}", client.code);
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
