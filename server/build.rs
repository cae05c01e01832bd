//! Generates the trait that this service implements, its types, and the reference page, from the document.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    dropshot_codegen::build_strict(events_spec::DOCUMENT)?;
    openapi_reference::build(events_spec::DOCUMENT)?;
    Ok(())
}
