//! Proof (d): the document that dropshot emits from the generated trait is the document that the trait was made from.
//!
//! This proves names, paths, parameters, schemas and that every operation is registered. That a rule is enforced is
//! another proof. dropshot's document has no place for some of what ours says; each such difference is on the list
//! below with its reason, and an entry that no difference needs any more is a fault too.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A difference that is expected: where it stands, as a pattern in which `*` is any one name, `4*` one that
/// starts so, and `**` at the end any number of them, and why it is there.
pub struct Expected {
    /// The pattern.
    pub place: &'static str,
    /// The reason.
    pub reason: &'static str,
}

/// What dropshot's document does not say, or says differently.
pub const EXPECTED: &[Expected] = &[
    Expected {
        place: "/info/**",
        reason: "dropshot is told title and version only",
    },
    Expected {
        place: "/servers",
        reason: "dropshot emits no servers",
    },
    Expected {
        place: "/tags",
        reason: "dropshot lists the tags that it is told about, without descriptions",
    },
    Expected {
        place: "/security",
        reason: "dropshot knows no security; the generated server enforces it",
    },
    Expected {
        place: "/components/securitySchemes",
        reason: "dropshot knows no security",
    },
    Expected {
        place: "/paths/*/*/x-scopes",
        reason: "dropshot keeps no extensions of operations",
    },
    Expected {
        place: "/paths/*/*/requestBody/description",
        reason: "dropshot describes no request bodies",
    },
    Expected {
        place: "/paths/*/*/requestBody/content/*/examples",
        reason: "dropshot keeps no examples outside of schemas",
    },
    Expected {
        place: "/paths/*/*/parameters/*/example",
        reason: "dropshot keeps no examples outside of schemas",
    },
    Expected {
        place: "/paths/*/*/parameters/*/schema/default",
        reason: "dropshot keeps no defaults of parameters",
    },
    Expected {
        place: "/paths/*/*/responses/*/content/*/examples",
        reason: "dropshot keeps no examples outside of schemas",
    },
    Expected {
        place: "/paths/*/*/responses/*/headers/*/example",
        reason: "dropshot keeps no examples outside of schemas",
    },
    Expected {
        place: "/paths/*/*/responses/*/links",
        reason: "dropshot knows no links",
    },
    Expected {
        place: "/paths/*/*/responses/3*",
        reason: "dropshot describes one success, and no redirection; the generated response type has each one",
    },
    Expected {
        place: "/paths/*/*/responses/4*",
        reason: "dropshot describes all errors as 4XX and 5XX; the generated response type has each one",
    },
    Expected {
        place: "/paths/*/*/responses/5*",
        reason: "dropshot describes all errors as 4XX and 5XX; the generated response type has each one",
    },
    Expected {
        place: "/components/responses/**",
        reason: "dropshot has one of its own for all errors",
    },
    Expected {
        place: "/components/parameters/**",
        reason: "dropshot writes parameters where they are used",
    },
    Expected {
        place: "/components/headers/**",
        reason: "dropshot writes headers where they are used",
    },
    Expected {
        place: "/components/examples/**",
        reason: "dropshot keeps no examples outside of schemas",
    },
    Expected {
        place: "/components/schemas/*/anyOf",
        reason: "dropshot keeps nothing of a schema in a branch that has no type",
    },
    Expected {
        place: "/components/schemas/Error/**",
        reason: "dropshot's own error has this name; ours is described by the document only",
    },
    Expected {
        place: "/components/schemas/ErrorDocument",
        reason: "dropshot describes errors by a type of its own",
    },
    Expected {
        place: "/components/schemas/ErrorMeta",
        reason: "dropshot describes errors by a type of its own",
    },
    Expected {
        place: "/components/schemas/ErrorSource",
        reason: "dropshot describes errors by a type of its own",
    },
];

/// One difference between the documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The JSON pointer of the place, in the source with everything but schemas resolved.
    pub pointer: String,
    /// What the source says there.
    pub source: Option<Value>,
    /// What dropshot says there.
    pub emitted: Option<Value>,
}

/// What the comparison found.
#[derive(Debug)]
pub struct Comparison {
    /// The operations that both documents have.
    pub operations: usize,
    /// How many values were compared and found equal.
    pub equal: usize,
    /// How many differences are on the list.
    pub expected: usize,
    /// Differences that are not on the list.
    pub unexpected: Vec<Difference>,
    /// Entries of the list that no difference needed.
    pub unneeded: Vec<&'static str>,
}

/// Compares the source with the document that dropshot emitted.
pub fn compare(source: &Value, emitted: &Value) -> Comparison {
    let of_parameters = only_of_parameters(source);
    let mut source = normalise(source, source);
    let emitted = normalise(emitted, emitted);
    if let Some(Value::Object(schemas)) = source.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| !of_parameters.contains(name));
    }
    let mut differences = Differences::default();
    differences.compare(String::new(), Some(&source), Some(&emitted));
    let mut used = BTreeSet::new();
    let (mut expected, mut unexpected) = (0, Vec::new());
    for difference in differences.found {
        let entry = EXPECTED
            .iter()
            .position(|entry| is_at(entry.place, &difference.pointer));
        match entry {
            Some(entry) => {
                used.insert(entry);
                expected += 1;
            }
            None => unexpected.push(difference),
        }
    }
    let operations = source["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods
                .filter(|(method, _)| emitted["paths"][path].get(method).is_some())
                .count()
        });
    let unneeded = EXPECTED
        .iter()
        .enumerate()
        .filter(|(index, _)| !used.contains(index));
    Comparison {
        operations: operations.sum(),
        equal: differences.equal,
        expected,
        unexpected,
        unneeded: unneeded.map(|(_, entry)| entry.place).collect(),
    }
}

/// Whether a pointer is one that the pattern means.
fn is_at(pattern: &str, pointer: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some(wanted), Some(given))
                if wanted
                    .strip_suffix('*')
                    .is_some_and(|start| given.starts_with(start)) => {}
            (Some(wanted), Some(given)) if wanted == given => {}
            _ => return false,
        }
    }
}

/// Brings what both documents may write in several ways into one: references to anything but schemas are followed,
/// parameters are a map by place and name, required members have one order, the JSON media type of JSON:API is JSON, and what says the default is left
/// out.
fn normalise(document: &Value, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            if let Some(target) = members.get("$ref").and_then(Value::as_str)
                && !target.starts_with("#/components/schemas/")
                && let Some(target) = target
                    .strip_prefix('#')
                    .and_then(|pointer| document.pointer(pointer))
            {
                return normalise(document, target);
            }
            let members = members.iter().filter_map(|(name, member)| {
                let is_default = match name.as_str() {
                    "required" => *member == Value::Bool(false),
                    "style" => member == "simple" || member == "form",
                    "additionalProperties" => {
                        *member == Value::Bool(true) || *member == Value::Object(Map::new())
                    }
                    _ => false,
                };
                let name = if name == "application/vnd.api+json" {
                    "application/json"
                } else {
                    name
                };
                let member = match name {
                    "parameters" => by_name(document, member),
                    "required" => in_order(member),
                    _ => normalise(document, member),
                };
                (!is_default).then(|| (name.to_owned(), member))
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| normalise(document, item)).collect())
        }
        Value::String(text) => Value::String(text.trim_end().to_owned()),
        other => other.clone(),
    }
}

/// A list of names, whose order means nothing; anything else as it is.
fn in_order(names: &Value) -> Value {
    let Value::Array(items) = names else {
        return names.clone();
    };
    let mut items = items.clone();
    items.sort_by_key(ToString::to_string);
    Value::Array(items)
}

/// The named schemas that nothing but parameters refers to: dropshot writes those where they are used.
fn only_of_parameters(source: &Value) -> BTreeSet<String> {
    fn collect(value: &Value, in_parameter: bool, found: &mut [BTreeSet<String>; 2]) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get("$ref")
                    && let Some(name) = target.strip_prefix("#/components/schemas/")
                {
                    found[usize::from(in_parameter)].insert(name.to_owned());
                }
                for (name, member) in members {
                    collect(member, in_parameter || name == "parameters", found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    collect(item, in_parameter, found);
                }
            }
            _ => {}
        }
    }
    let mut found = [BTreeSet::new(), BTreeSet::new()];
    collect(source, false, &mut found);
    let [elsewhere, in_parameters] = found;
    in_parameters.difference(&elsewhere).cloned().collect()
}

/// A parameter as dropshot describes it: the schema is written out, and a list is a text.
fn as_described(document: &Value, parameter: Value) -> Value {
    let Value::Object(mut parameter) = parameter else {
        return parameter;
    };
    if let Some(schema) = parameter.get_mut("schema") {
        // A reference that leads to another one is written out too, and one that leads in a circle is left.
        for _ in 0..8 {
            let target = schema["$ref"]
                .as_str()
                .and_then(|target| document.pointer(target.strip_prefix('#').unwrap_or(target)));
            match target {
                Some(target) => *schema = normalise(document, target),
                None => break,
            }
        }
        if let Some(members) = schema.as_object_mut() {
            // What describes the parameter is beside its schema.
            members.remove("description");
            if members.get("type").is_some_and(|kind| kind == "array") {
                *members = Map::from_iter([("type".to_owned(), "string".into())]);
                parameter.remove("explode");
            }
        }
    }
    Value::Object(parameter)
}

/// A list of parameters by their places and names; anything else as it is.
fn by_name(document: &Value, parameters: &Value) -> Value {
    let Value::Array(items) = parameters else {
        return normalise(document, parameters);
    };
    let named = items.iter().map(|item| {
        let item = as_described(document, normalise(document, item));
        let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
        (format!("{} {}", text("in"), text("name")), item)
    });
    Value::Object(named.collect())
}

#[derive(Default)]
struct Differences {
    equal: usize,
    found: Vec<Difference>,
}

impl Differences {
    fn compare(&mut self, pointer: String, source: Option<&Value>, emitted: Option<&Value>) {
        match (source, emitted) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => {
                let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for name in names {
                    let escaped = name.replace('~', "~0").replace('/', "~1");
                    self.compare(format!("{pointer}/{escaped}"), a.get(name), b.get(name));
                }
            }
            (Some(a), Some(b)) if is_same(a, b) => self.equal += 1,
            (source, emitted) => {
                self.found.push(Difference {
                    pointer,
                    source: source.cloned(),
                    emitted: emitted.cloned(),
                });
            }
        }
    }
}

/// Equal values: numbers by what they are, not by how they are written.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_mean_the_places_that_they_name() {
        for (pattern, pointer, expected) in [
            ("/servers", "/servers", true),
            ("/servers", "/servers/0", false),
            ("/paths/*/*/x-scopes", "/paths/~1a/get/x-scopes", true),
            ("/paths/*/*/x-scopes", "/paths/~1a/get/summary", false),
            ("/info/**", "/info/license/name", true),
            ("/info/**", "/paths", false),
            ("/responses/4*", "/responses/404", true),
            ("/responses/4*", "/responses/500", false),
        ] {
            assert_eq!(is_at(pattern, pointer), expected, "{pattern} {pointer}");
        }
    }

    #[test]
    fn what_parameters_alone_refer_to_is_compared_where_they_use_it() {
        let source = json!({
            "paths": { "/a": { "get": { "parameters": [
                { "in": "query", "name": "p", "schema": { "$ref": "#/components/schemas/P" } },
                { "in": "query", "name": "l", "explode": false, "schema": { "type": "array", "items": { "$ref": "#/components/schemas/P" } } },
            ] } } },
            "components": { "schemas": { "P": { "type": "string", "pattern": "^a$", "description": "A." } } },
        });
        let mut emitted = json!({
            "paths": { "/a": { "get": { "parameters": [
                { "in": "query", "name": "p", "schema": { "type": "string", "pattern": "^a$" } },
                { "in": "query", "name": "l", "schema": { "type": "string" } },
            ] } } },
            "components": { "schemas": {} },
        });
        assert_eq!(compare(&source, &emitted).unexpected, []);
        emitted["paths"]["/a"]["get"]["parameters"][0]["schema"]["pattern"] = json!("^b$");
        let unexpected = compare(&source, &emitted).unexpected;
        assert_eq!(unexpected.len(), 1);
        assert_eq!(
            unexpected[0].pointer,
            "/paths/~1a/get/parameters/query p/schema/pattern"
        );
    }

    #[test]
    fn a_difference_that_is_not_on_the_list_is_found() {
        let source = json!({
            "paths": { "/a": { "get": { "parameters": [{ "$ref": "#/components/parameters/P" }] } } },
            "components": { "parameters": { "P": { "name": "p", "in": "query", "schema": { "maximum": 5 } } } },
        });
        let mut emitted = json!({
            "paths": { "/a": { "get": { "parameters": [
                { "in": "query", "name": "p", "required": false, "schema": { "maximum": 5.0 } },
            ] } } },
            "components": {},
        });
        assert_eq!(compare(&source, &emitted).unexpected, []);
        emitted["paths"]["/a"]["get"]["parameters"][0]["schema"]["maximum"] = json!(6);
        let unexpected = compare(&source, &emitted).unexpected;
        assert_eq!(unexpected.len(), 1);
        assert_eq!(
            unexpected[0].pointer,
            "/paths/~1a/get/parameters/query p/schema/maximum"
        );
    }
}
