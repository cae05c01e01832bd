//! Whatever a document says, there is code or a diagnostic, and never a panic.

#[path = "../../../../server/codegen/tests/mutation/mod.rs"]
mod mutation;

use mutation::{Choices, mutated};
use proptest::prelude::*;
use schema_check::serde_json::Value;

/// Documents that use all that a generator looks at.
const DOCUMENTS: [&str; 2] = [
    include_str!("../things.yaml"),
    include_str!("../../../../server/codegen/tests/gallery/document.yaml"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_document_makes_code_or_diagnostics(which in 0..DOCUMENTS.len(), changes in 1..6_usize, seed: u64) {
        let text = DOCUMENTS[which];
        let document: Value = openapi_model::parse(text).unwrap().document;
        let mutated = mutated(&document, text, changes, &mut Choices::new(seed));
        match progenitor_codegen::generate(&mutated) {
            Ok(client) => {
                let parsed = syn::parse_file(&client.code);
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
    ] {
        let faults = progenitor_codegen::generate(text).unwrap_err();
        assert!(!faults.0.is_empty(), "{text}");
    }
}
