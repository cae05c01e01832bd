//! One form for what documents may write in several ways.

use serde_json::{Map, Value};

/// How many references may lead to each other. One that leads in a circle is left where that ends.
const MOST_REFERENCES: usize = 16;

/// Brings what both documents may write in several ways into one: references to anything but named schemas are
/// followed, parameters are a map by place and name, media types have no parameters, all JSON is `application/json`,
/// required members have one order, and what says the default is left out. Title, version and the like are left out
/// too, since whoever emits the document tells them.
pub(super) fn normalise(document: &Value) -> Value {
    let normal = Normal { document };
    let mut value = normal.value(document, 0);
    if let Value::Object(members) = &mut value {
        // Of the components, only schemas are left where they stand.
        let components = members.remove("components");
        let schemas = components.and_then(|mut components| {
            let schemas = components.get_mut("schemas")?;
            Some(schemas.take())
        });
        let schemas = schemas.unwrap_or_else(|| Value::Object(Map::new()));
        let components = Map::from_iter([("schemas".to_owned(), schemas)]);
        members.insert("components".to_owned(), Value::Object(components));
        // Whoever emits the document says what it is.
        members.remove("info");
        members.remove("openapi");
    }
    value
}

struct Normal<'d> {
    document: &'d Value,
}

impl Normal<'_> {
    fn value(&self, value: &Value, followed: usize) -> Value {
        match value {
            Value::Object(members) => {
                if let Some(target) = self.target(members).filter(|_| followed < MOST_REFERENCES) {
                    return self.value(target, followed + 1);
                }
                let members = members.iter().filter_map(|(name, member)| {
                    let member = match name.as_str() {
                        "parameters" => self.by_name(member, followed),
                        "content" => self.by_media_type(member, followed),
                        "headers" => in_lower_case(self.value(member, followed)),
                        "required" => in_order(member),
                        _ => self.value(member, followed),
                    };
                    (!is_default(name, &member)).then(|| (name.clone(), member))
                });
                Value::Object(members.collect())
            }
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.value(item, followed))
                    .collect(),
            ),
            Value::String(text) => Value::String(text.trim_end().to_owned()),
            other => other.clone(),
        }
    }

    /// What a reference leads to, but for named schemas.
    fn target(&self, members: &Map<String, Value>) -> Option<&Value> {
        let target = members.get("$ref")?.as_str()?.strip_prefix('#')?;
        let name = target.strip_prefix("/components/schemas/");
        if name.is_some_and(|name| !name.contains('/')) {
            return None;
        }
        self.document.pointer(target)
    }

    /// A list of parameters by their places and names; anything else as it is.
    fn by_name(&self, parameters: &Value, followed: usize) -> Value {
        let Value::Array(items) = parameters else {
            return self.value(parameters, followed);
        };
        let named = items.iter().map(|item| {
            let item = self.parameter(self.value(item, followed));
            let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
            let (place, name) = (text("in"), text("name"));
            let name = if place == "header" {
                name.to_ascii_lowercase()
            } else {
                name
            };
            (format!("{place} {name}"), item)
        });
        Value::Object(named.collect())
    }

    /// A parameter as dropshot describes it: its schema is written out, and what is no plain value is a text.
    fn parameter(&self, parameter: Value) -> Value {
        let Value::Object(mut parameter) = parameter else {
            return parameter;
        };
        if parameter.get("in").is_some_and(|place| place == "header")
            && let Some(Value::String(name)) = parameter.get_mut("name")
        {
            name.make_ascii_lowercase();
        }
        let place = parameter.get("in").and_then(Value::as_str);
        let explodes = matches!(place, Some("query" | "cookie"));
        if parameter
            .get("explode")
            .is_some_and(|explode| *explode == explodes)
        {
            parameter.remove("explode");
        }
        if let Some(schema) = parameter.get_mut("schema") {
            // A reference may lead to another one.
            for _ in 0..MOST_REFERENCES {
                let target = schema["$ref"]
                    .as_str()
                    .and_then(|t| self.document.pointer(t.strip_prefix('#')?));
                match target {
                    Some(target) => *schema = self.value(target, 0),
                    None => break,
                }
            }
            if let Some(members) = schema.as_object_mut() {
                // What describes the parameter is beside its schema.
                members.remove("description");
            }
        }
        Value::Object(parameter)
    }

    /// Bodies by the names of their media types without parameters. Where several are JSON, it is the first of these.
    fn by_media_type(&self, content: &Value, followed: usize) -> Value {
        let Value::Object(members) = content else {
            return self.value(content, followed);
        };
        let mut all = Map::new();
        for (name, member) in members {
            let essence = name
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            let is_json = essence.ends_with("+json");
            let name = if is_json {
                "application/json".to_owned()
            } else {
                essence
            };
            all.entry(name)
                .or_insert_with(|| self.value(member, followed));
        }
        Value::Object(all)
    }
}

/// Whether a member says what goes without saying.
fn is_default(name: &str, value: &Value) -> bool {
    let is_empty = match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match name {
        "required" | "nullable" | "deprecated" | "uniqueItems" | "readOnly" | "writeOnly"
        | "allowReserved" | "allowEmptyValue" | "exclusiveMinimum" | "exclusiveMaximum" => {
            *value == Value::Bool(false) || is_empty
        }
        "style" => value == "simple" || value == "form",
        "additionalProperties" => *value == Value::Bool(true) || is_empty,
        "content" | "headers" | "parameters" | "schema" | "tags" => is_empty,
        _ => false,
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

/// Headers, whose names are compared without case.
fn in_lower_case(headers: Value) -> Value {
    let Value::Object(members) = headers else {
        return headers;
    };
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(name, header)| (name.to_ascii_lowercase(), header))
            .collect(),
    )
}
