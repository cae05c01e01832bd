//! The things that a JSON answer holds.

use serde_json::{Map, Value};

/// The objects that an answer is about: the items of its list, or itself.
///
/// A list stands alone, or as the one list of objects of an envelope (`{"items": [..]}`, `{"data": [..]}`,
/// `{"_embedded": {"things": [..]}}`); one thing stands alone or as `data`.
pub(super) fn things(answer: &Value) -> Vec<&Map<String, Value>> {
    // More than any call needs: a run is to see many answers, not all of one.
    const MOST: usize = 10;
    let mut things = match answer {
        Value::Array(items) => objects(items),
        Value::Object(envelope) => {
            let lists: Vec<&Vec<Value>> = lists(envelope, 1);
            let known = lists.iter().find(|_| lists.len() == 1);
            match (known, envelope.get("data")) {
                (_, Some(Value::Object(data))) => vec![data],
                (_, Some(Value::Array(items))) => objects(items),
                // A thing may have one list of its own parts.
                _ if envelope.contains_key("id") => vec![envelope],
                (Some(items), _) => objects(items),
                _ => vec![envelope],
            }
        }
        _ => Vec::new(),
    };
    things.truncate(MOST);
    things
}

fn objects(items: &[Value]) -> Vec<&Map<String, Value>> {
    items.iter().filter_map(Value::as_object).collect()
}

/// The lists of objects among an object's members, or in the members of these.
fn lists(object: &Map<String, Value>, deeper: usize) -> Vec<&Vec<Value>> {
    let arrays = object.values().filter_map(Value::as_array);
    let here: Vec<&Vec<Value>> = arrays
        .filter(|items| items.iter().any(Value::is_object))
        .collect();
    if !here.is_empty() || deeper == 0 {
        return here;
    }
    let below = object.values().filter_map(Value::as_object);
    below.flat_map(|object| lists(object, deeper - 1)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn things_are_found_in_lists_and_envelopes() {
        let one = json!({"id": 1});
        for (answer, expected) in [
            (json!([{"id": 1}]), 1),
            (json!({"items": [{"id": 1}], "total": 1}), 1),
            (
                json!({"data": [{"id": 1}], "included": [{"id": 2}, {"id": 3}]}),
                1,
            ),
            (json!({"data": {"id": 1, "tags": [{"id": 2}]}}), 1),
            (json!({"_embedded": {"things": [{"id": 1}]}}), 1),
            (json!({"id": 1, "parts": [{"id": 2}, {"id": 3}]}), 1),
            (json!(["a", "b"]), 0),
            (json!({"items": []}), 1),
            (json!("a"), 0),
        ] {
            let found = things(&answer);
            assert_eq!(found.len(), expected, "{answer}");
            if expected == 1 && answer.to_string().contains("id") {
                assert_eq!(found[0].get("id"), one.get("id"), "{answer}");
            }
        }
    }
}
