//! A document, reduced to what dropshot is told of it.

use std::collections::BTreeSet;

use openapi_model::Api;
use serde_json::{Map, Value, json};

use super::Difference;
use super::normal::normalise;
use crate::lower::{Lowered, lower, prefix};
use crate::server_trait::{DescribedItem, OperationItem, ServerTrait};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What is left out, with the reason.
type LeftOut = Vec<(Difference, &'static str)>;

/// The document in its normal form without what dropshot is not told, and what that is.
pub(super) fn told(api: &Api) -> (Value, LeftOut) {
    let Lowered { server, .. } = lower(api);
    let mut source = normalise(&api.document);
    let mut left_out = LeftOut::new();
    schemas(&mut source, String::new(), false, &mut left_out);
    if let Some(paths) = source.get_mut("paths").and_then(Value::as_object_mut) {
        *paths = with_prefix(std::mem::take(paths), &prefix(&api.servers));
        for (path, item) in paths.iter_mut() {
            if let Some(item) = item.as_object_mut() {
                path_item(item, path, &server, &mut left_out);
            }
        }
        paths.retain(|_, item| item.as_object().is_none_or(|item| !item.is_empty()));
    }
    let known = described(&server);
    let listed = source.pointer_mut("/components/schemas");
    if let Some(listed) = listed.and_then(Value::as_object_mut) {
        take_out(listed, "/components/schemas", &mut left_out, |name| {
            let is_known = known.contains(name);
            (!is_known)
                .then_some("dropshot lists the schemas that the bodies it describes refer to")
        });
    }
    (source, left_out)
}

/// The operations of one path that dropshot is told about.
fn path_item(
    item: &mut Map<String, Value>,
    path: &str,
    server: &ServerTrait,
    left_out: &mut LeftOut,
) {
    distribute(item);
    let pointer = format!("/paths/{}", escape(path));
    let served = |method: &str| {
        let mut all = server.operations.iter();
        all.find(|o| o.path == path && o.http_method.eq_ignore_ascii_case(method))
    };
    take_out(item, &pointer, left_out, |method| match served(method) {
        _ if !METHODS.contains(&method) => {
            Some("dropshot describes paths by their operations only")
        }
        None => Some("the server is generated without it"),
        Some(served) if !served.is_described => Some("dropshot's router cannot hold its path"),
        Some(_) => None,
    });
    for (method, operation) in item.iter_mut() {
        let pointer = format!("{pointer}/{method}");
        if let (Some(operation), Some(served)) = (operation.as_object_mut(), served(method)) {
            take_out(operation, &pointer, left_out, |name| {
                let is_extension = name.starts_with("x-") && !name.starts_with("x-dropshot-");
                is_extension.then_some("dropshot keeps no extensions of operations")
            });
            parameters(operation, served, &pointer, left_out);
            request_body(operation, &pointer, left_out);
            responses(operation, &pointer, left_out);
        }
    }
}

/// The named schemas that dropshot meets.
fn described(server: &ServerTrait) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let operations = server.operations.iter().filter(|o| o.is_described);
    let mut waiting: Vec<&DescribedItem> = operations.flat_map(OperationItem::described).collect();
    while let Some(item) = waiting.pop() {
        if item.is_named && !names.insert(item.name.as_str()) {
            continue;
        }
        let all = server.described.iter();
        waiting.extend(all.filter(|other| item.references.contains(&other.marker)));
    }
    names
}

fn missing(pointer: String, source: Value) -> Difference {
    Difference {
        pointer,
        source: Some(source),
        emitted: None,
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Takes out the members of schemas that dropshot's schemas have not, and those that mean nothing.
fn schemas(value: &mut Value, pointer: String, is_map: bool, left_out: &mut LeftOut) {
    match value {
        Value::Object(members) => {
            let has_type = members.contains_key("type");
            let is_reference = members.get("$ref").is_some_and(Value::is_string);
            take_out(members, &pointer, left_out, |name| match name {
                _ if is_map => None,
                "$ref" => None,
                _ if is_reference => {
                    Some("what stands beside a `$ref` means nothing (OpenAPI 3.0.3)")
                }
                "nullable" if !has_type => {
                    Some("`nullable` without `type` means nothing (OpenAPI 3.0.3)")
                }
                "enum" if !has_type => Some("dropshot keeps no `enum` of a schema without `type`"),
                "const" | "discriminator" | "externalDocs" | "xml" => {
                    Some("dropshot's schemas have no such member")
                }
                _ => None,
            });
            for (name, member) in members {
                if !is_map && ["allOf", "anyOf", "oneOf"].contains(&name.as_str()) {
                    branches(member, &format!("{pointer}/{name}"), left_out);
                }
                let is_map = !is_map
                    && matches!(
                        name.as_str(),
                        "properties" | "schemas" | "example" | "default"
                    );
                schemas(
                    member,
                    format!("{pointer}/{}", escape(name)),
                    is_map,
                    left_out,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                schemas(item, format!("{pointer}/{index}"), false, left_out);
            }
        }
        _ => {}
    }
}

/// Empties the branches that dropshot keeps nothing of.
fn branches(all: &mut Value, pointer: &str, left_out: &mut LeftOut) {
    const KEPT: [&str; 6] = ["$ref", "type", "allOf", "anyOf", "oneOf", "not"];
    for (index, branch) in all.as_array_mut().into_iter().flatten().enumerate() {
        if let Value::Object(members) = branch
            && !KEPT.iter().any(|name| members.contains_key(*name))
        {
            take_out(members, &format!("{pointer}/{index}"), left_out, |_| {
                Some("dropshot keeps nothing of a schema in a branch that has no type")
            });
        }
    }
}

/// Takes out the members that there is a reason for.
fn take_out(
    members: &mut Map<String, Value>,
    pointer: &str,
    left_out: &mut LeftOut,
    why: impl Fn(&str) -> Option<&'static str>,
) {
    members.retain(|name, member| {
        let Some(why) = why(name) else { return true };
        let pointer = format!("{pointer}/{}", escape(name));
        left_out.push((missing(pointer, member.take()), why));
        false
    });
}

/// The paths as requests have them.
fn with_prefix(paths: Map<String, Value>, prefix: &str) -> Map<String, Value> {
    let path = |path: String| match path.as_str() {
        "/" if !prefix.is_empty() => format!("{prefix}/"),
        path => format!("{prefix}{path}"),
    };
    paths
        .into_iter()
        .map(|(name, item)| (path(name), item))
        .collect()
}

/// Puts the parameters of a path item, by their places and names, where they are used.
fn distribute(item: &mut Map<String, Value>) {
    let Some(Value::Object(shared)) = item.remove("parameters") else {
        return;
    };
    for (_, operation) in item
        .iter_mut()
        .filter(|(name, _)| METHODS.contains(&name.as_str()))
    {
        let Some(operation) = operation.as_object_mut() else {
            continue;
        };
        let own = operation
            .entry("parameters")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Some(own) = own.as_object_mut() {
            for (name, parameter) in &shared {
                own.entry(name.clone()).or_insert_with(|| parameter.clone());
            }
        }
    }
}

/// dropshot takes parameters of one plain value in path, query and headers. Of others it is told the name.
fn parameters(
    operation: &mut Map<String, Value>,
    served: &OperationItem,
    pointer: &str,
    left_out: &mut LeftOut,
) {
    let Some(Value::Object(all)) = operation.get_mut("parameters") else {
        return;
    };
    all.retain(|key, parameter| {
        let pointer = format!("{pointer}/parameters/{}", escape(key));
        if matches!(key.as_str(), "header accept" | "header authorization" | "header content-type") {
            left_out.push((missing(pointer, parameter.take()), "such a definition shall be ignored (OpenAPI 3.0.3, \"Parameter Object\")"));
            return false;
        }
        if parameter["in"] == "cookie" {
            left_out.push((missing(pointer, parameter.take()), "dropshot knows no cookies"));
            return false;
        }
        let name = parameter["name"].as_str().unwrap_or_default();
        let item = served.parameters.iter().find(|item| {
            item.name.eq_ignore_ascii_case(name)
                && parameter["in"].as_str().is_some_and(|place| item.location == place_name(place))
        });
        if let (Some(item), Some(members)) = (item, parameter.as_object_mut())
            && !item.is_plain
        {
            for member in ["schema", "content", "style", "explode"] {
                if let Some(value) = members.remove(member) {
                    left_out.push((missing(format!("{pointer}/{member}"), value), "dropshot takes parameters of one plain value; of others it is told the name"));
                }
            }
            members.insert("schema".to_owned(), json!({ "type": "string" }));
        }
        true
    });
    if all.is_empty() {
        operation.remove("parameters");
    }
}

fn place_name(place: &str) -> &str {
    match place {
        "path" => "Path",
        "query" => "Query",
        "header" => "Header",
        _ => "Cookie",
    }
}

/// dropshot describes one media type of a request body, of those that it knows.
fn request_body(operation: &mut Map<String, Value>, pointer: &str, left_out: &mut LeftOut) {
    const KNOWN: [&str; 4] = [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/octet-stream",
    ];
    let Some(Value::Object(content)) = operation
        .get_mut("requestBody")
        .and_then(|body| body.get_mut("content"))
    else {
        return;
    };
    let told = KNOWN
        .iter()
        .find(|name| content.contains_key(**name))
        .copied();
    let pointer = format!("{pointer}/requestBody/content");
    take_out(content, &pointer, left_out, |name| {
        (Some(name) != told).then_some(
            "dropshot describes one media type of a request body, of JSON, forms and bytes",
        )
    });
    if told.is_none() {
        operation.remove("requestBody");
    }
}

/// dropshot describes a body that is not JSON as anything.
fn responses(operation: &mut Map<String, Value>, pointer: &str, left_out: &mut LeftOut) {
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    for (status, response) in responses {
        let pointer = format!("{pointer}/responses/{}", escape(status));
        if let Some(response) = response.as_object_mut() {
            take_out(response, &pointer, left_out, |name| match name {
                "description" | "headers" | "content" | "links" => None,
                _ if name.starts_with("x-") => Some("dropshot keeps no extensions of responses"),
                _ => Some("OpenAPI has no such member"),
            });
        }
        let is_error = matches!(status.as_str(), "4XX" | "5XX");
        if let Some(response) = response.as_object_mut()
            && is_error
            && response
                .get("content")
                .is_some_and(|content| content.get("application/json").is_none())
        {
            take_out(response, &pointer, left_out, |name| {
                (name == "content").then_some("dropshot describes errors as JSON")
            });
        }
        let Some(Value::Object(content)) = response.get_mut("content") else {
            continue;
        };
        let is_json = content.contains_key("application/json");
        let had_content = !content.is_empty();
        let pointer = format!("{pointer}/content");
        take_out(content, &pointer, left_out, |name| {
            let is_told = name == "application/json" || (!is_json && name == "*/*");
            (!is_told)
                .then_some("dropshot describes JSON, and a body that is never JSON as anything")
        });
        if had_content && content.is_empty() {
            content.insert("*/*".to_owned(), Value::Object(Map::new()));
        }
    }
}
