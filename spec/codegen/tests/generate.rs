//! The documents give the code that is kept beside them. `EXPECTORATE=overwrite` writes it anew, for which this is a
//! binary apart from the tests that use the code.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use openapi_model::{Api, Diagnostic};
use quote::quote;
use schema_codegen::{Generator, print};

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
            "line 212, #/components/schemas/Circle: the schema is one of its own `anyOf` or `oneOf`, which therefore restrict nothing",
            "line 33, #/components/schemas/Itself: the schema leads back to itself: its values are held as JSON, without a type of their own",
            "line 150, #/components/schemas/Right: the schema leads back to itself: its values are held as JSON, without a type of their own",
            "line 206, #/components/schemas/Broken/properties/pattern: `(` is no regular expression of ECMA 262, and is not checked: Unbalanced parenthesis",
        ],
    );
}
