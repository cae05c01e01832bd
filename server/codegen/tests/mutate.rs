//! Whatever a document says, there is code or a diagnostic, and never a panic.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod mutation;

use mutation::{Choices, mutated};
use proptest::prelude::*;
use serde_json::Value;

/// Documents that use all that a generator looks at.
const DOCUMENTS: [&str; 2] = [
    include_str!("things/document.yaml"),
    include_str!("gallery/document.yaml"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_document_makes_code_or_diagnostics(which in 0..DOCUMENTS.len(), changes in 1..6_usize, seed: u64) {
        let text = DOCUMENTS[which];
        let document: Value = openapi_model::parse(text).unwrap().document;
        let mutated = mutated(&document, text, changes, &mut Choices::new(seed));
        match dropshot_codegen::generate(&mutated) {
            Ok(server) => {
                let parsed = syn::parse_file(&server.code);
                prop_assert!(parsed.is_ok(), "{:?}\n{}", parsed.err(), mutated);
            }
            Err(faults) => {
                let shown = faults.to_string();
                prop_assert!(!shown.is_empty(), "{}", mutated);
                prop_assert!(!shown.contains("a fault of the generator"), "{}\n{}", shown, mutated);
            }
        }
    }
}

#[test]
fn bytes_that_are_no_document_are_diagnosed() {
    for text in [
        "",
        "\u{0}",
        "[",
        "{}",
        "- a\n- b",
        "openapi: 3.0.3",
        "&a [*a]",
        "%YAML 9\n---\n",
    ] {
        let faults = dropshot_codegen::generate(text).unwrap_err();
        assert!(!faults.0.is_empty(), "{text}");
    }
}
