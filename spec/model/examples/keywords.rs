//! Prints what was made of each schema keyword of a document, one JSON object a line:
//! `{"as": "lowered", "pointer": "/components/schemas/Thing/maxLength"}`.
//!
//! Somebody who does not trust the lowering counts the keywords of the document in a way of their own and compares.
//!
//! usage: cargo run -p openapi-model --example keywords -- DOCUMENT

use std::process::ExitCode;

use openapi_model::{Treatment, keywords};
use serde_json::json;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: keywords DOCUMENT");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    match keywords(&text) {
        Ok(keywords) => {
            for keyword in keywords {
                let treatment = match keyword.treatment {
                    Treatment::Lowered => "lowered",
                    Treatment::Annotation => "annotation",
                    Treatment::Diagnosed => "diagnosed",
                };
                println!(
                    "{}",
                    json!({ "pointer": keyword.pointer.as_str(), "as": treatment })
                );
            }
            ExitCode::SUCCESS
        }
        Err(faults) => {
            eprintln!("{path}:\n{faults}");
            ExitCode::FAILURE
        }
    }
}
