//! Prints the reference page of a document.

use std::io::Write as _;
use std::process::ExitCode;

const USAGE: &str = "usage: openapi-reference DOCUMENT [-o FILE]";

const HELP: &str = "\
Prints the reference page of an OpenAPI document: one HTML file that needs nothing else.

  -o FILE  write the page to that file instead

exit code: 0 written, 1 the document has faults, 2 the document or the arguments could not be read, or FILE not written";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (path, output) = match arguments.as_slice() {
        ["--help" | "-h"] => {
            println!("{USAGE}\n\n{HELP}");
            return ExitCode::SUCCESS;
        }
        ["-o", output, path] | [path, "-o", output] => (*path, Some(*output)),
        [path] if !path.starts_with('-') => (*path, None),
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
    let page = match openapi_model::parse(&document) {
        Ok(api) => openapi_reference::page(&api),
        Err(faults) => {
            for fault in &faults.0 {
                eprintln!("{path}: {fault}");
            }
            return ExitCode::FAILURE;
        }
    };
    match output {
        Some(output) => {
            if let Err(error) = std::fs::write(output, page) {
                eprintln!("{output}: {error}");
                return ExitCode::from(2);
            }
        }
        // Whoever reads may have seen enough.
        None => drop(std::io::stdout().write_all(page.as_bytes())),
    }
    ExitCode::SUCCESS
}
