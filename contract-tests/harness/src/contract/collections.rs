//! Which operations answer with the things that others name in their paths.
//!
//! OpenAPI has links for this, and few documents have any. What most have is a habit: `GET /things` answers with things,
//! `POST /things` makes one, and `/things/{id}` is one of them. So an operation feeds every path that goes on from its own
//! with a parameter. It is a guess, and calls made by it may find nothing.

use std::collections::HashMap;

use http::Method;
use openapi_model::{Api, Location, Operation};

/// How an answer feeds the calls of another operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Feed {
    /// The operation that is called.
    pub(crate) target: usize,
    /// The parameter that names a thing of the answer, by its place in `Operation::parameters`.
    pub(crate) parameter: usize,
    /// The path parameters that both have, by their name here and their place there.
    pub(crate) shared: Vec<(String, usize)>,
}

/// For each operation what it feeds, and for each whose answers it waits for.
pub(super) fn feeds(api: &Api) -> (Vec<Vec<Feed>>, Vec<Vec<usize>>) {
    let mut sources: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        if matches!(operation.method, Method::GET | Method::POST) {
            let segments: Vec<&str> = operation.path.split('/').collect();
            sources.entry(shape(&segments)).or_default().push(index);
        }
    }
    let mut feeds = vec![Vec::new(); api.operations.len()];
    let mut awaited = vec![Vec::new(); api.operations.len()];
    for (target, operation) in api.operations.iter().enumerate() {
        let segments: Vec<&str> = operation.path.split('/').collect();
        for (end, segment) in segments.iter().enumerate() {
            let Some(parameter) = name(segment).and_then(|name| place(operation, name)) else {
                continue;
            };
            let Some(sources) = sources.get(&shape(&segments[..end])) else {
                continue;
            };
            // The last one is the nearest: the other things come by its own call.
            awaited[target].clone_from(sources);
            for source in sources {
                let own = api.operations[*source].path.split('/');
                let shared = own.zip(&segments).filter_map(|(own, other)| {
                    Some((name(own)?.to_owned(), place(operation, name(other)?)?))
                });
                feeds[*source].push(Feed {
                    target,
                    parameter,
                    shared: shared.collect(),
                });
            }
        }
    }
    (feeds, awaited)
}

/// The path without the names of its parameters.
fn shape(segments: &[&str]) -> String {
    let shapes: Vec<&str> = segments
        .iter()
        .map(|segment| name(segment).map_or(*segment, |_| "{}"))
        .collect();
    shapes.join("/")
}

/// The parameter that a segment is, where it is nothing else.
fn name(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

fn place(operation: &Operation, name: &str) -> Option<usize> {
    let mut parameters = operation.parameters.iter();
    parameters.position(|p| p.location == Location::Path && p.name == name)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_collection_feeds_the_paths_that_go_on_from_it() {
        let parameter = |name: &str| {
            format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}")
        };
        let path = |path: &str, names: &[&str]| {
            let parameters: Vec<String> = names.iter().map(|name| parameter(name)).collect();
            format!(
                "  {path}:\n    parameters: [{}]\n    get: {{ responses: {{ '200': {{ description: ok }} }} }}\n",
                parameters.join(", ")
            )
        };
        let paths = [
            path("/things", &[]),
            path("/things/{id}", &["id"]),
            path("/things/{thing}/parts", &["thing"]),
            path("/things/{t}/parts/{p}", &["t", "p"]),
            path("/others/{id}", &["id"]),
            path("/things/{id}.json", &["id"]),
        ];
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{}",
            paths.concat()
        );
        let (feeds, awaited) = feeds(&openapi_model::parse(&text).unwrap());
        let feed = |target, parameter, shared: &[(&str, usize)]| Feed {
            target,
            parameter,
            shared: shared
                .iter()
                .map(|(name, at)| ((*name).to_owned(), *at))
                .collect(),
        };
        assert_eq!(
            feeds[0],
            [feed(1, 0, &[]), feed(2, 0, &[]), feed(3, 0, &[])]
        );
        assert_eq!(feeds[2], [feed(3, 1, &[("thing", 0)])]);
        assert_eq!([1, 3, 4, 5].map(|index| feeds[index].len()), [0; 4]);
        assert_eq!(awaited, [vec![], vec![0], vec![0], vec![2], vec![], vec![]]);
    }
}
