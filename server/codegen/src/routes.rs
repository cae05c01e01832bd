//! Paths that dropshot's router cannot hold: it would panic when the server starts.

use std::collections::HashMap;

use openapi_model::{Diagnostic, Operation};

/// Every path that cannot stand beside those before it, and every segment that is no segment to dropshot.
pub(crate) fn faults(operations: &[Operation]) -> Vec<Diagnostic> {
    // What stands at one position, by what comes before it with the names of variables left out: the first segment
    // that was seen there.
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut faults = Vec::new();
    let mut previous = "";
    for operation in operations.iter() {
        if operation.path == previous {
            continue;
        }
        previous = &operation.path;
        let mut above = String::new();
        for segment in operation
            .path
            .split('/')
            .skip(1)
            .filter(|_| operation.path != "/")
        {
            let is_variable = segment.starts_with('{') && segment.ends_with('}');
            let holds_variable = segment.contains(['{', '}']);
            let name = segment.trim_start_matches('{').trim_end_matches('}');
            let fault = if segment.is_empty() {
                Some(
                    "an empty segment, or a slash at its end, cannot be served: leave it out"
                        .to_owned(),
                )
            } else if (holds_variable && !is_variable) || (is_variable && name.contains(['{', '}']))
            {
                Some(format!(
                    "`{segment}` is a variable in part, which cannot be served: make it a segment of its own"
                ))
            } else {
                let first = *seen.entry(above.clone()).or_insert(segment);
                let conflicts = segment != first && (is_variable || first.starts_with('{'));
                conflicts.then(|| {
                    format!("`{segment}` and `{first}` cannot be served side by side: one of the paths must change")
                })
            };
            if let Some(fault) = fault {
                faults.push(Diagnostic {
                    file: String::new(),
                    pointer: operation.pointer.clone(),
                    line: operation.line,
                    message: format!("the path `{}`: {fault}", operation.path),
                });
                break;
            }
            above.push('/');
            above.push_str(if is_variable { "{}" } else { segment });
        }
    }
    faults
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
            let found: Vec<String> = faults(&api.operations)
                .into_iter()
                .map(|fault| fault.message)
                .collect();
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.contains(expected), "{found}");
            }
        };
        check(
            &["/", "/a", "/a/{id}", "/a/{id}/b", "/a/{id}/c", "/b/{name}"],
            &[],
        );
        check(&["/a/{id}", "/a/special"], &["`special` and `{id}`"]);
        check(&["/a/special", "/a/{id}"], &["`{id}` and `special`"]);
        check(&["/a/{x}/b", "/a/{y}/c"], &["`{y}` and `{x}`"]);
        check(&["/a/{x}-{y}"], &["`{x}-{y}` is a variable in part"]);
        check(&["/{x}.json"], &["`{x}.json` is a variable in part"]);
        check(&["/a/", "/b//c"], &["an empty segment", "an empty segment"]);
    }
}
