//! Generates the trait that this service implements, and its types, from the document.

fn main() -> Result<(), dropshot_codegen::BuildError> {
    dropshot_codegen::build_strict(events_spec::DOCUMENT)
}
