//! Which member of a thing is its id, by the name of the path parameter that names such things.
//!
//! One rule for what schemas declare and for what answers hold. What laws judge by is certain: the member has the
//! parameter's own name, or the parameter says by its last word which member it means. What valid calls are made of may
//! be guessed as well: a call by a wrong guess finds nothing, and is no failure.

use openapi_model::{Api, SchemaId, Types};
use serde_json::{Map, Value};

use super::shape;
use crate::words::words;

/// Members that are ids by their own name.
const IDS: [&str; 6] = ["id", "uuid", "key", "slug", "name", "number"];
/// Of these, what a parameter may mean whose name says nothing.
const GUESSES: [&str; 3] = ["id", "key", "name"];

/// The names that the member may have, the likelier first; and whether they are certain.
fn candidates(parameter: &str) -> (Vec<String>, bool) {
    let words = words(parameter);
    let own = words.concat();
    match words.last().filter(|last| IDS.contains(&last.as_str())) {
        // `thingId` is the `thingId` of a thing, or its `id`.
        Some(last) => (vec![own, last.clone()], true),
        None => (
            std::iter::once(own)
                .chain(GUESSES.map(str::to_owned))
                .collect(),
            false,
        ),
    }
}

/// The declared member that is certain to be the id.
pub(crate) fn declared(api: &Api, of: &[SchemaId], parameter: &str) -> Option<String> {
    let (mut wanted, is_certain) = candidates(parameter);
    if !is_certain {
        wanted.truncate(1);
    }
    let names = shape::names(&api.schemas, of);
    let is_scalar = |name: &&String| {
        let member = shape::declared(&api.schemas, of, name);
        let types = shape::types(&api.schemas, &member);
        types.intersects(Types::STRING.union(Types::NUMBER))
            && !types.intersects(Types::OBJECT.union(Types::ARRAY))
    };
    let find = |wanted: &String| {
        let mut named = names.iter().filter(|name| words(name).concat() == *wanted);
        named.find(is_scalar).cloned()
    };
    wanted.iter().find_map(find)
}

/// The value that is the id of a thing, or is guessed to be.
pub(crate) fn shown<'t>(thing: &'t Map<String, Value>, parameter: &str) -> Option<&'t Value> {
    let find = |wanted: &String| {
        let mut named = thing
            .iter()
            .filter(|(name, _)| words(name).concat() == *wanted)
            .map(|(_, value)| value);
        named.find(|value| value.is_string() || value.is_number())
    };
    candidates(parameter).0.iter().find_map(find)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use serde_json::json;

    use super::*;

    /// What schemas that declare these members, and things that have them, say of a parameter.
    #[test]
    fn a_parameter_names_a_member() {
        let thing = json!({ "_id": 1, "name": "a", "thing_code": "x", "list": [] });
        let document = "
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: A thing.
          content:
            application/json:
              schema:
                properties:
                  _id: { type: integer }
                  name: { type: string }
                  thing_code: { type: string }
                  list: { type: array, items: {} }
";
        let api = openapi_model::parse(document).unwrap();
        let body = shape::Answered::of(&api, &api.operations[0]).unwrap().body;
        for (parameter, certain, guessed) in [
            ("id", Some("_id"), Some("_id")),
            ("thingId", Some("_id"), Some("_id")),
            ("ThingID", Some("_id"), Some("_id")),
            ("thingName", Some("name"), Some("name")),
            ("thingCode", Some("thing_code"), Some("thing_code")),
            ("thing", None, Some("_id")),
            ("thing_key", None, None),
            ("list", None, Some("_id")),
        ] {
            assert_eq!(
                declared(&api, &body, parameter).as_deref(),
                certain,
                "{parameter}"
            );
            let value = guessed.map(|name| &thing[name]);
            assert_eq!(
                shown(thing.as_object().unwrap(), parameter),
                value,
                "{parameter}"
            );
        }
    }
}
