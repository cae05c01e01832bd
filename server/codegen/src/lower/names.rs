//! What a document leaves unsaid about its operations: names, and where their paths begin.

use std::collections::{HashMap, HashSet};

use openapi_model::{Operation, Pointer};
use schema_codegen::naming;

/// The name of each operation, by its place: its `operationId`, or one that is derived from method and path.
///
/// A derived name depends on its operation alone, so that the name of one does not change when another is added:
/// `getThingsById` for `GET /things/{id}`. Only where two would be the same has the later one a number.
pub(super) fn operation_ids(operations: &[Operation]) -> HashMap<&Pointer, String> {
    let mut taken: HashSet<String> = operations.iter().filter_map(|o| o.id.clone()).collect();
    let mut ids = HashMap::new();
    for operation in operations {
        let id = operation.id.clone().unwrap_or_else(|| {
            let derived = derived_id(operation);
            let mut id = derived.clone();
            let mut number = 2;
            while !taken.insert(id.clone()) {
                id = format!("{derived}{number}");
                number += 1;
            }
            id
        });
        ids.insert(&operation.pointer, id);
    }
    ids
}

/// A name made of the words of method and path.
fn derived_id(operation: &Operation) -> String {
    let path = operation.path.replace('{', " by ").replace('}', " ");
    let words = format!("{} {path}", operation.method.as_str().to_lowercase());
    let name = naming::type_name(&words);
    // In the case that operationIds mostly have.
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => name,
    }
}

/// The path of the first URL of `servers`, without a slash at its end: what stands before every path of the document.
pub(crate) fn prefix(servers: &[String]) -> String {
    let Some(url) = servers.first() else {
        return String::new();
    };
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let after_authority = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    let mut prefix = String::new();
    // A path such as `v1` is relative to where the document is, which is the root for all that is known.
    for segment in after_authority
        .split('/')
        .filter(|segment| !segment.is_empty() && *segment != ".")
    {
        prefix.push('/');
        prefix.push_str(&segment.replace(['{', '}'], ""));
    }
    prefix
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn operations_without_a_name_get_a_readable_one() {
        let check = |paths: &[&str], expected: &[&str]| {
            let parameter = |name: &str| {
                format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}")
            };
            let items: Vec<String> = paths
                .iter()
                .map(|path| {
                    let names = path.split('{').skip(1).filter_map(|p| p.split_once('}'));
                    let parameters: Vec<String> = names.map(|(name, _)| parameter(name)).collect();
                    let get = "get: { responses: { '204': { description: Fine } } }";
                    format!(
                        "  '{path}': {{ parameters: [{}], {get} }}\n",
                        parameters.join(", ")
                    )
                })
                .collect();
            let document = format!(
                "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{}",
                items.concat()
            );
            let api = openapi_model::parse(&document).unwrap();
            let ids = operation_ids(&api.operations);
            let found: Vec<&str> = api
                .operations
                .iter()
                .map(|operation| ids[&operation.pointer].as_str())
                .collect();
            assert_eq!(found, expected);
        };
        check(&["/"], &["get"]);
        check(&["/things"], &["getThings"]);
        check(&["/things/{id}"], &["getThingsById"]);
        check(&["/g/{id}/{page}t.{format}"], &["getGByIdByPageTByFormat"]);
        check(&["/things/2fa"], &["getThings2fa"]);
        check(&["/a-b", "/a/b"], &["getAB", "getAB2"]);
    }

    #[test]
    fn paths_begin_with_that_of_the_first_server() {
        let check = |url: &str, expected: &str| {
            assert_eq!(prefix(&[url.to_owned()]), expected, "{url}");
        };
        check("/", "");
        check("http://127.0.0.1:8080", "");
        check("https://example.org/", "");
        check("https://example.org/api/v3/", "/api/v3");
        check("/v1", "/v1");
        check("v1", "/v1");
        check("https://example.org?x=/y#/z", "");
        assert_eq!(prefix(&[]), "");
    }
}
