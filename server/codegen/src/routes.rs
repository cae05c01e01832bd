//! Paths: which cannot be served, and which dropshot cannot be told about.

use std::collections::{HashMap, HashSet};

use openapi_model::Operation;

/// What no request could be told apart by; the rest of the sentence that begins with the path.
pub(crate) fn fault(path: &str) -> Option<String> {
    let adjacent = path.split('/').find(|segment| segment.contains("}{"));
    adjacent.map(|segment| {
        format!("has nothing between the variables of `{segment}` to tell where one ends: put a character between them")
    })
}

/// The paths that dropshot's own router cannot hold beside those before them, each with the reason. It would panic when
/// it is told about them, so it is not, and the document that dropshot emits is without them.
pub(crate) fn undescribed(operations: &[Operation]) -> HashMap<&str, String> {
    // What stands at one position, by what comes before it with the names of variables left out: the first segment
    // that was seen there.
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut undescribed: HashMap<&str, String> = HashMap::new();
    let mut done: HashSet<&str> = HashSet::new();
    for operation in operations.iter().filter(|o| done.insert(&o.path)) {
        let segments = || {
            operation
                .path
                .split('/')
                .skip(1)
                .filter(|_| operation.path != "/")
        };
        // A path that is not told about stands in nobody's way.
        let mut entries: Vec<(String, &str)> = Vec::new();
        let mut above = String::new();
        let reason = segments().find_map(|segment| {
            let name = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
            let is_variable = name.is_some();
            if segment.is_empty() {
                return Some("an empty segment, or a slash at its end".to_owned());
            }
            if name.unwrap_or(segment).contains(['{', '}', ':']) && segment.contains('{') {
                return Some(format!("the variable in a part of `{segment}`"));
            }
            let first = seen.get(&above).copied().unwrap_or(segment);
            if segment != first && (is_variable || first.starts_with('{')) {
                return Some(format!("`{segment}` beside `{first}`"));
            }
            entries.push((above.clone(), segment));
            above.push('/');
            above.push_str(if is_variable { "{}" } else { segment });
            None
        });
        match reason {
            Some(reason) => {
                undescribed.insert(&operation.path, reason);
            }
            None => {
                for (above, segment) in entries {
                    seen.entry(above).or_insert(segment);
                }
            }
        }
    }
    undescribed
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn paths_that_dropshot_cannot_hold_are_named() {
        let check = |paths: &[&str], expected: &[&str]| {
            let mut document =
                "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n".to_owned();
            for path in paths {
                let names = path
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'));
                let parameters: Vec<String> = names
                    .map(|(name, _)| format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}"))
                    .collect();
                document.push_str(&format!(
                    "  '{path}':\n    get: {{ parameters: [{}], responses: {{ '204': {{ description: Fine }} }} }}\n",
                    parameters.join(", ")
                ));
            }
            let api = openapi_model::parse(&document).unwrap();
            let undescribed = undescribed(&api.operations);
            let found: Vec<&str> = paths
                .iter()
                .filter_map(|path| undescribed.get(path).map(String::as_str))
                .collect();
            assert_eq!(found, expected);
        };
        check(
            &["/", "/a", "/a/{id}", "/a/{id}/b", "/a/{id}/c", "/b/{name}"],
            &[],
        );
        check(&["/a/{id}", "/a/special"], &["`special` beside `{id}`"]);
        check(&["/a/special", "/a/{id}"], &["`{id}` beside `special`"]);
        check(&["/a/{x}/b", "/a/{y}/c"], &["`{y}` beside `{x}`"]);
        check(
            &["/a/{x}-{y}", "/a/b"],
            &["the variable in a part of `{x}-{y}`"],
        );
        check(&["/{x}.json"], &["the variable in a part of `{x}.json`"]);
        let empty = "an empty segment, or a slash at its end";
        check(&["/a/", "/b//c"], &[empty, empty]);
    }

    #[test]
    fn variables_need_something_between_them() {
        assert!(fault("/a/{x}{y}").is_some());
        assert!(fault("/a/{x}-{y}").is_none());
    }
}
