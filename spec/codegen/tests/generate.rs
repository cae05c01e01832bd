//! The documents give the code that is kept beside them. `EXPECTORATE=overwrite` writes it anew, for which this is a
//! binary apart from the tests that use the code.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use openapi_model::{Api, Diagnostic};
use proptest::prelude::*;
use quote::quote;
use schema_codegen::{Generator, print};
use serde_json::{Value, json};

/// The code for every named schema, and the notes.
fn generate(api: &Api) -> (String, Vec<Diagnostic>) {
    let mut generator = Generator::new(api, syn::parse_quote!(::schema_check));
    for (name, id) in &api.named_schemas {
        generator.rust_type(*id, name);
        generator.table(*id, name);
    }
    let (types, tables) = (generator.types(), generator.tables());
    let items = quote! {
        pub mod types { #types }
        pub mod tables { #tables }
    };
    (
        print("The types and tables of a document of the tests.", items).unwrap(),
        generator.notes(),
    )
}

fn check(name: &str, expected_notes: &[&str]) {
    let text = std::fs::read_to_string(format!("tests/documents/{name}.yaml")).unwrap();
    let (code, notes) = generate(&openapi_model::parse(&text).unwrap());
    expectorate::assert_contents(format!("tests/golden/{name}.rs"), &code);
    let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, expected_notes);
}

#[test]
fn library() {
    check("library", &[]);
}

#[test]
fn shapes() {
    check(
        "shapes",
        &[
            "line 197, #/components/schemas/Untyped: the schema has no `type`, and is taken to be of the type object",
            "line 199, #/components/schemas/Untyped/properties/several: the schema lists values of several types: its values are held as JSON, without a type of their own",
            "line 215, #/components/schemas/Circle: the schema is one of its own `anyOf` or `oneOf`, which therefore restrict nothing",
            "line 33, #/components/schemas/Itself: the schema leads back to itself: its values are held as JSON, without a type of their own",
            "line 150, #/components/schemas/Right: the schema leads back to itself: its values are held as JSON, without a type of their own",
            "line 209, #/components/schemas/Broken/properties/pattern: `(` is no regular expression of ECMA 262, and is not checked: Unbalanced parenthesis",
        ],
    );
}

/// Schemas of a document that has three, `A` to `C`.
fn any_schema() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "a",
        "type",
        "page[size]",
        "page_size",
        "",
        "Self",
        "é",
    ]);
    let leaf = prop_oneof![
        prop::sample::select(vec!["A", "B", "C"])
            .prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")})),
        prop::sample::select(vec!["string", "integer", "number", "boolean"])
            .prop_flat_map(|kind| any::<bool>()
                .prop_map(move |nullable| json!({"type": kind, "nullable": nullable}))),
        prop::collection::vec(
            prop::sample::select(vec![json!("x"), json!("-x"), json!(1), json!(null)]),
            1..4
        )
        .prop_map(|values| json!({"enum": values})),
        Just(json!({})),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let list = prop::collection::vec(inner.clone(), 1..4);
        let properties =
            prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner.clone(), 0..4);
        prop_oneof![
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items})),
            (properties.clone(), name.clone())
                .prop_map(|(p, n)| json!({"type": "object", "properties": p, "required": [n]})),
            (properties, inner)
                .prop_map(|(p, others)| json!({"properties": p, "additionalProperties": others})),
            list.clone().prop_map(|list| json!({"allOf": list})),
            list.clone()
                .prop_map(|list| json!({"anyOf": list, "type": "object"})),
            list.prop_map(|list| json!({"oneOf": list})),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_schemas_give_code(a in any_schema(), b in any_schema(), c in any_schema()) {
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "Any", "version": "1"},
            "paths": {},
            "components": {"schemas": {"A": a, "B": b, "C": c}},
        });
        // A reference may lead back to itself, which is a fault of the document.
        if let Ok(api) = openapi_model::parse(&document.to_string()) {
            generate(&api);
        }
    }
}
