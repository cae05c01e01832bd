//! Every schema that speaks about one place of a value.
//!
//! A value's schema is rarely one: references, `allOf` and branches all have their say. Whoever walks a value beside its
//! schema walks the list of them.

use openapi_model::{Direction, Pointer, Schema, SchemaId, Schemas, json_schema};
use serde_json::Value;

/// Follows a schema that is nothing but a reference.
pub(crate) fn plain(schemas: &Schemas, id: SchemaId) -> SchemaId {
    let mut at = id;
    for _ in 0..schemas.len() {
        let schema = schemas.get(at);
        let Some(next) = schema.reference else {
            return at;
        };
        let Schema {
            file,
            pointer,
            line,
            ..
        } = schema.clone();
        if *schema
            != (Schema {
                file,
                pointer,
                line,
                reference: Some(next),
                ..Schema::default()
            })
        {
            return at;
        }
        at = next;
    }
    id
}

/// Adds the schema itself, what it refers to, and its branches.
pub(crate) fn views(schemas: &Schemas, id: SchemaId, into: &mut Vec<SchemaId>) {
    if into.contains(&id) {
        return;
    }
    into.push(id);
    let Schema {
        reference,
        all_of,
        any_of,
        one_of,
        then,
        else_,
        ..
    } = schemas.get(id);
    let below = [reference, then, else_]
        .into_iter()
        .flatten()
        .chain(all_of)
        .chain(any_of)
        .chain(one_of);
    for next in below {
        views(schemas, *next, into);
    }
}

/// The schemas of an object's member.
pub(crate) fn member_views(schemas: &Schemas, of: &[SchemaId], name: &str) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for schema in of.iter().map(|id| schemas.get(*id)) {
        match schema.properties.get(name) {
            Some(id) => views(schemas, *id, &mut found),
            None => {
                if let Some(id) = schema.additional_properties {
                    views(schemas, id, &mut found);
                }
            }
        }
    }
    found
}

/// The schemas of an array's item.
pub(crate) fn item_views(schemas: &Schemas, of: &[SchemaId], index: usize) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for schema in of.iter().map(|id| schemas.get(*id)) {
        if let Some(id) = schema.prefix_items.get(index).or(schema.items.as_ref()) {
            views(schemas, *id, &mut found);
        }
    }
    found
}

/// Whether a value holds a member that belongs in answers only.
pub(crate) fn holds_read_only(schemas: &Schemas, root: SchemaId, value: &Value) -> bool {
    let mut here = Vec::new();
    views(schemas, root, &mut here);
    read_only_below(schemas, &here, value)
}

fn read_only_below(schemas: &Schemas, here: &[SchemaId], value: &Value) -> bool {
    let below = |views: Vec<SchemaId>, value: &Value| {
        views
            .iter()
            .any(|id| schemas.get(*id).annotations.read_only)
            || read_only_below(schemas, &views, value)
    };
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| below(member_views(schemas, here, name), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .any(|(index, value)| below(item_views(schemas, here, index), value)),
        _ => false,
    }
}

/// The place in the document of the keyword that speaks about a place of a value: `*` there stands for any name or
/// index. The schema itself, where no such keyword is found.
///
/// `says` tells whether a schema itself has a keyword.
pub(crate) fn place_of_rule(
    schemas: &Schemas,
    root: SchemaId,
    at: &str,
    keyword: &str,
    mut says: impl FnMut(SchemaId, &str) -> bool,
) -> Pointer {
    let mut here = Vec::new();
    views(schemas, root, &mut here);
    for segment in Pointer::parse(at).unwrap_or_default().segments() {
        let mut below = member_views(schemas, &here, &segment);
        below.extend(item_views(
            schemas,
            &here,
            segment.parse().unwrap_or(usize::MAX),
        ));
        if segment == "*" {
            for schema in here.iter().map(|id| schemas.get(*id)) {
                for id in schema.pattern_properties.values() {
                    views(schemas, *id, &mut below);
                }
            }
        }
        here = below;
    }
    match here.iter().find(|id| says(**id, keyword)) {
        Some(id) => schemas.get(*id).pointer.join(keyword),
        None => schemas
            .get(here.first().copied().unwrap_or(root))
            .pointer
            .clone(),
    }
}

/// The keywords of a schema itself: written out, it has them by name.
pub(crate) fn keywords(schemas: &Schemas, id: SchemaId) -> Vec<String> {
    match json_schema(schemas, id, Direction::Request) {
        Value::Object(members) => members.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;
    use serde_json::json;

    use super::*;

    #[test]
    fn members_that_belong_in_answers_are_found() {
        let (schemas, id) = parse_schema(
            "{ properties: { a: { items: { properties: { id: { readOnly: true } } } } } }",
        )
        .unwrap();
        assert!(holds_read_only(
            &schemas,
            id,
            &json!({ "a": [{}, { "id": 1 }] })
        ));
        assert!(!holds_read_only(
            &schemas,
            id,
            &json!({ "a": [{}], "id": 1 })
        ));
    }

    #[test]
    fn rules_are_found_behind_branches_and_items() {
        let schema = "
            properties:
              name: { allOf: [{ minLength: 1 }, { maxLength: 5 }] }
              tags: { items: { maxLength: 3 } }
            additionalProperties: { maximum: 7 }";
        let (schemas, id) = parse_schema(schema).unwrap();
        for (at, keyword, expected) in [
            ("/name", "maxLength", "#/properties/name/allOf/1/maxLength"),
            ("/tags/*", "maxLength", "#/properties/tags/items/maxLength"),
            ("/*", "maximum", "#/additionalProperties/maximum"),
            ("/name", "pattern", "#/properties/name"),
        ] {
            assert_eq!(
                place_of_rule(&schemas, id, at, keyword, |id, keyword| {
                    keywords(&schemas, id).iter().any(|known| known == keyword)
                })
                .to_string(),
                expected
            );
        }
    }
}
