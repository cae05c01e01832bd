//! A place in a value, as far as the document names it.

use openapi_model::{Pointer, SchemaId, Schemas};
use serde_json::Value;

use crate::views::{item_views, member_views};

/// The pointer with a `*` for items of arrays, and for members that the schemas do not name, however deep: what goes wrong
/// with one of these goes wrong with each, and is one fault.
pub(crate) fn generalized(
    schemas: &Schemas,
    (value, of): (&Value, &[SchemaId]),
    pointer: &str,
) -> String {
    let Some(at) = Pointer::parse(pointer) else {
        return pointer.to_owned();
    };
    let (mut here, mut of) = (Some(value), of.to_vec());
    let mut place = Pointer::root();
    for name in at.segments() {
        let item = here
            .and_then(Value::as_array)
            .map(|_| name.parse().unwrap_or_default());
        let is_named = item.is_none()
            && of
                .iter()
                .any(|id| schemas.get(*id).properties.contains_key(&*name));
        if is_named {
            place = place.join(&*name);
        } else if place.last().as_deref() != Some("*") {
            place = place.join("*");
        }
        (here, of) = match item {
            Some(index) => (
                here.and_then(|value| value.get(index)),
                item_views(schemas, &of, index),
            ),
            None => (
                here.and_then(|value| value.get(&*name)),
                member_views(schemas, &of, &name),
            ),
        };
    }
    place.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;
    use serde_json::json;

    use super::*;
    use crate::views::views;

    #[test]
    fn what_the_document_does_not_name_is_one_place() {
        let (schemas, id) = parse_schema(
            "properties:
               tags: {type: array, items: {properties: {name: {}}}}
               extra: {additionalProperties: {properties: {size: {}}}}
               a/b: {}",
        )
        .unwrap();
        let mut of = Vec::new();
        views(&schemas, id, &mut of);
        let value = json!({ "tags": [{}, { "name": 1 }], "extra": { "x": { "size": 1 } }, "7": 1 });
        for (pointer, expected) in [
            ("", ""),
            ("/tags", "/tags"),
            ("/tags/1/name", "/tags/*/name"),
            ("/tags/0/other", "/tags/*"),
            ("/extra/x/y/z", "/extra/*"),
            ("/extra/x", "/extra/*"),
            ("/extra/x/size", "/extra/*/size"),
            ("/extra/gone/size", "/extra/*/size"),
            ("/7", "/*"),
            ("/a~1b", "/a~1b"),
        ] {
            assert_eq!(generalized(&schemas, (&value, &of), pointer), expected);
        }
    }
}
