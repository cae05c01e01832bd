//! Generates the client of the Event API from its document.

fn main() -> Result<(), progenitor_codegen::BuildError> {
    progenitor_codegen::build(events_spec::DOCUMENT)
}
