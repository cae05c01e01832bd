//! Prints the client that is generated from a document.

use std::io::Write as _;
use std::process::ExitCode;

const USAGE: &str = "usage: progenitor-codegen [--strict] DOCUMENT";

const HELP: &str = "\
Prints the progenitor client that is generated from an OpenAPI document.

  --strict  print nothing if anything must be left out

What is left out, and what the client does in a simpler way than the document says, is told on standard error.

exit code: 0 generated, 1 nothing could be generated, 2 the document or the arguments could not be read";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (is_strict, path) = match arguments.as_slice() {
        ["--help" | "-h"] => {
            println!("{USAGE}\n\n{HELP}");
            return ExitCode::SUCCESS;
        }
        ["--strict", path] | [path, "--strict"] => (true, *path),
        [path] if !path.starts_with('-') => (false, *path),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let document = match std::fs::read_to_string(path) {
        Ok(document) => document,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let generated = progenitor_codegen::generate(&document);
    let generated = generated.and_then(|client| {
        if is_strict {
            client.strict()
        } else {
            Ok(client)
        }
    });
    match generated {
        Ok(client) => {
            for diagnostic in client.left_out.iter().chain(&client.notes) {
                eprintln!("{path}: {diagnostic}");
            }
            // Whoever reads may have seen enough.
            drop(std::io::stdout().write_all(client.code.as_bytes()));
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
