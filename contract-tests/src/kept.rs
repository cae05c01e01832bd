//! The members that a schema does not name and yet describes: by `additionalProperties`, beside `properties`.
//!
//! A client may drop what the document says nothing of. These it says something of.

use openapi_model::{SchemaId, Schemas, Types};
use serde_json::Value;

/// The place of the first such member of `sent` that `has` does not have.
pub(crate) fn lost(schemas: &Schemas, id: SchemaId, sent: &Value, has: &Value) -> Option<String> {
    let id = schemas.resolve(id);
    let schema = schemas.get(id);
    if let Some(place) = schema
        .all_of
        .iter()
        .find_map(|each| lost(schemas, *each, sent, has))
    {
        return Some(place);
    }
    match (sent, has) {
        (Value::Array(sent), Value::Array(has)) => {
            let items = schema.items?;
            let mut pairs = sent.iter().zip(has).enumerate();
            pairs.find_map(|(index, (sent, has))| {
                let below = lost(schemas, items, sent, has)?;
                Some(format!("/{index}{below}"))
            })
        }
        (Value::Object(sent), Value::Object(has)) => sent.iter().find_map(|(name, value)| {
            let others = schema.additional_properties.filter(|id| {
                let types = schemas.get(*id).types;
                types != Types::NONE && types != Types::ANY
            });
            let described = schema.properties.get(name).copied().or(others)?;
            match has.get(name) {
                Some(has) => {
                    let below = lost(schemas, described, value, has)?;
                    Some(format!("/{name}{below}"))
                }
                // Those that it names are compared elsewhere.
                None => (!schema.properties.contains_key(name)).then(|| format!("/{name}")),
            }
        }),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_described_without_a_name_must_be_kept() {
        let check = |schema: &str, sent: Value, has: Value, expected: Option<&str>| {
            let (schemas, id) = openapi_model::parse_schema(schema).unwrap();
            assert_eq!(
                lost(&schemas, id, &sent, &has).as_deref(),
                expected,
                "{schema}"
            );
        };
        let counted = "{ properties: { a: {} }, additionalProperties: { type: integer } }";
        check(counted, json!({"a": 1, "b": 2}), json!({"b": 2}), None);
        check(
            counted,
            json!({"a": 1, "b": 2}),
            json!({"a": 1}),
            Some("/b"),
        );
        let open = "{ properties: { a: {} } }";
        check(open, json!({"a": 1, "b": 2}), json!({"a": 1}), None);
        let list = format!("{{ items: {counted} }}");
        check(&list, json!([{}, {"b": 2}]), json!([{}, {}]), Some("/1/b"));
    }
}
