//! Generates the trait that this service implements, its types, and the reference page, from the document; and the document
//! as JSON.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    dropshot_codegen::build_strict(events_spec::DOCUMENT)?;
    openapi_reference::build(events_spec::DOCUMENT)?;
    // What was built without a fault is parsed without one.
    let document = openapi_model::parse(events_spec::DOCUMENT)?.document;
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(folder.join("openapi.json"), document.to_string())?;
    Ok(())
}
