//! The document as progenitor gets it, and the code that progenitor makes of it.
//!
//! progenitor makes the part of a client that people see: the client, a builder for each operation, typed results. It
//! is shown a document that has nothing in it that progenitor could get wrong: every parameter is one of the query,
//! every method is POST, every body is of `application/json`, and every schema is a name that stands for a type that
//! schema-codegen made. What the document really says is put on the wire by `support`.
//!
//! The trade: the document is not rewritten but made anew from the model, so that no construct of a document that we do
//! not understand can reach progenitor, which panics at some.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use quote::quote;
use serde_json::{Map, Value, json};

use crate::client::{ClientItems, OperationItem, Payload};

/// Has progenitor generate a client.
///
/// # Errors
/// progenitor refuses the document, or a type has a name that it cannot take: a bug here, since it is our document.
pub(crate) fn generate(client: &ClientItems) -> Result<TokenStream, String> {
    let mut types = Types::default();
    let document = document(client, &mut types).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(super::Credentials));
    for (rust_type, name) in &types.names {
        // typify parses it, and panics if it is something else.
        syn::parse_str::<syn::TypePath>(rust_type).map_err(|e| format!("{rust_type}: {e}"))?;
        settings.with_replacement(name, rust_type, std::iter::empty::<TypeImpl>());
    }
    Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| error.to_string())
}

/// The types that are named to progenitor, each by the schema that stands for it.
#[derive(Default)]
struct Types {
    names: BTreeMap<String, String>,
}

impl Types {
    /// The schema that stands for a type.
    fn schema(&mut self, rust_type: &TokenStream) -> Value {
        let next = format!("T{}", self.names.len() + 1);
        let name = self.names.entry(rust_type.to_string()).or_insert(next);
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }
}

fn document(client: &ClientItems, types: &mut Types) -> serde_json::Result<OpenAPI> {
    let mut document: OpenAPI = serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": {
            "title": client.title,
            "version": version(&client.version),
            "description": client.description,
        },
        "paths": {},
        "components": {},
    }))?;
    // One by one, since a JSON value would put them in another order.
    for operation in &client.operations {
        let item = json!({ "post": self::operation(operation, types) });
        let path = format!("/{}", operation.method);
        document
            .paths
            .paths
            .insert(path, serde_json::from_value(item)?);
    }
    let components = document.components.get_or_insert_default();
    for name in types.names.values() {
        components
            .schemas
            .insert(name.clone(), serde_json::from_value(json!({}))?);
    }
    Ok(document)
}

fn operation(operation: &OperationItem, types: &mut Types) -> Value {
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .map(|parameter| {
            json!({
                "name": parameter.method,
                "in": "query",
                "required": parameter.required,
                "description": parameter.description.as_deref().map(in_a_list),
                "schema": types.schema(&parameter.builder_type),
            })
        })
        .collect();
    // One response for all successes and one for all errors: which of them are declared is judged before progenitor
    // looks at the status.
    let mut responses = Map::new();
    for (range, body) in [
        ("2XX", &operation.success),
        ("4XX", &operation.error),
        ("5XX", &operation.error),
    ] {
        let mut response = json!({ "description": "" });
        if !matches!(body, Payload::None) {
            let schema = types.schema(&body.rust_type());
            response["content"] = json!({ "application/json": { "schema": schema } });
        }
        responses.insert(range.to_owned(), response);
    }
    let mut item = json!({
        "operationId": operation.method,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = &operation.body {
        item["requestBody"] = json!({
            "required": true,
            "description": body.description.as_deref().map(in_a_list),
            "content": { "application/json": { "schema": types.schema(&body.builder_type) } },
        });
    }
    item
}

/// The first paragraph, in one line: progenitor writes it as an item of a list.
fn in_a_list(description: &str) -> String {
    let lines = description.lines().take_while(|line| !line.is_empty());
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The version, without what progenitor's code could not make a header of.
fn version(version: &str) -> String {
    version
        .chars()
        .map(|c| if matches!(c, ' '..='~') { c } else { '?' })
        .collect()
}
