//! Generates the trait that `src/main.rs` implements.

fn main() -> Result<(), dropshot_codegen::BuildError> {
    dropshot_codegen::build(include_str!("openapi.yaml"))
}
