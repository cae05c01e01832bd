//! An operation as a line for a shell, to be filled in.
//!
//! What the caller chooses stands as `{name}`, credentials are variables of the shell.

use openapi_model::{Api, Location, Operation, SecurityKind};

/// The command of an operation: what it requires, and no more.
pub(crate) fn curl(api: &Api, operation: &Operation) -> String {
    let method = match operation.method.as_str() {
        "GET" => String::new(),
        "HEAD" => "--head ".to_owned(),
        method => format!("-X {method} "),
    };
    let mut query = Vec::new();
    let mut headers = Vec::new();
    for parameter in operation.parameters.iter().filter(|p| p.required) {
        let name = &parameter.name;
        let holder = format!("{{{name}}}");
        match parameter.location {
            Location::Path => {}
            Location::Query => query.push(single(&format!("{}={holder}", percent(name)))),
            Location::Header => headers.push(format!("-H {}", quote(&format!("{name}: {holder}")))),
            Location::Cookie => headers.push(format!("-b {}", quote(&format!("{name}={holder}")))),
        }
    }
    let uses = operation.security.first().into_iter().flatten();
    for scheme in uses.filter_map(|each| api.security_schemes.get(&each.scheme)) {
        let variable = variable(&scheme.name);
        match &scheme.kind {
            SecurityKind::Http(kind) if kind == "basic" => {
                headers.push(format!("-u \"${variable}\""));
            }
            SecurityKind::Http(kind) => {
                let scheme = if kind == "bearer" { "Bearer" } else { kind };
                let start = double(&format!("Authorization: {scheme} "));
                headers.push(format!("-H \"{start}${variable}\""));
            }
            SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                headers.push(format!("-H \"Authorization: Bearer ${variable}\""));
            }
            SecurityKind::ApiKey(Location::Query, name) => {
                query.push(format!("{}='\"${variable}\"'", percent(name)));
            }
            SecurityKind::ApiKey(Location::Cookie, name) => {
                headers.push(format!("-b \"{}=${variable}\"", double(name)));
            }
            SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                headers.push(format!("-H \"{}: ${variable}\"", double(name)));
            }
            SecurityKind::MutualTls => headers.push(format!("--cert \"${variable}\"")),
        }
    }
    let server = api
        .servers
        .first()
        .map_or("", |url| url.trim_end_matches('/'));
    let mut url = single(&format!("{server}{}", operation.path));
    for (index, part) in query.iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(part);
    }
    let mut parts = vec![format!("curl {method}'{url}'")];
    parts.extend(headers);
    if let Some(body) = &operation.request_body
        && let Some((media_type, content)) = body.content.first()
    {
        let schema = content
            .schema
            .map(|id| api.schemas.get(api.schemas.resolve(id)));
        let fields = schema
            .map(|schema| schema.required.as_slice())
            .unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let (option, holder) = match essence.to_ascii_lowercase().as_str() {
            "multipart/form-data" => ("-F", "="),
            "application/x-www-form-urlencoded" => ("--data-urlencode", "="),
            _ => ("", ""),
        };
        if holder.is_empty() || fields.is_empty() {
            parts.push(format!(
                "-H {}",
                quote(&format!("Content-Type: {media_type}"))
            ));
            parts.push("--data-binary @body".to_owned());
        } else {
            let fields = fields.iter();
            parts.extend(
                fields.map(|name| {
                    format!("{option} {}", quote(&format!("{name}{holder}{{{name}}}")))
                }),
            );
        }
    }
    parts.join(" \\\n  ")
}

/// A word for a shell.
fn quote(text: &str) -> String {
    format!("'{}'", single(text))
}

/// Text within single quotes.
fn single(text: &str) -> String {
    text.replace('\'', r"'\''")
}

/// Text within double quotes.
fn double(text: &str) -> String {
    let mut quoted = String::new();
    for character in text.chars() {
        if matches!(character, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted
}

/// The name of a query parameter as a URL has it.
fn percent(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// `s2sAuthToken` as the name of a variable: `S2S_AUTH_TOKEN`.
fn variable(name: &str) -> String {
    let mut variable = String::new();
    let mut was_lower = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && was_lower {
                variable.push('_');
            }
            variable.push(character.to_ascii_uppercase());
        } else if !variable.is_empty() && !variable.ends_with('_') {
            variable.push('_');
        }
        was_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    let variable = variable.trim_end_matches('_');
    if variable.is_empty() || variable.starts_with(|c: char| c.is_ascii_digit()) {
        format!("KEY_{variable}").trim_end_matches('_').to_owned()
    } else {
        variable.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    fn check(operation: &str, expected: &str) {
        let api = openapi_model::parse(&format!(
            "
openapi: 3.0.3
info: {{ title: Things, version: '1' }}
servers: [{{ url: 'https://things.test/v1/' }}]
components:
  securitySchemes:
    apiToken: {{ type: http, scheme: bearer }}
    user: {{ type: http, scheme: basic }}
    key: {{ type: apiKey, in: query, name: 'k[]' }}
paths:
  /things/{{id}}:
    parameters:
      - {{ name: id, in: path, required: true, schema: {{ type: integer }} }}
    {operation}
"
        ))
        .unwrap();
        assert_eq!(curl(&api, &api.operations[0]), expected);
    }

    #[test]
    fn an_operation_is_a_line_to_fill_in() {
        check(
            "get: { responses: { '200': { description: OK } } }",
            "curl 'https://things.test/v1/things/{id}'",
        );
        check(
            "get: { security: [{ apiToken: [], key: [] }], responses: { '200': { description: OK } } }",
            "curl 'https://things.test/v1/things/{id}?k%5B%5D='\"$KEY\"'' \\\n  -H \"Authorization: Bearer $API_TOKEN\"",
        );
        check(
            "put: { security: [{ user: [] }], requestBody: { content: { application/json: {} } }, responses: { '200': { description: OK } } }",
            "curl -X PUT 'https://things.test/v1/things/{id}' \\\n  -u \"$USER\" \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @body",
        );
    }

    #[test]
    fn what_a_shell_would_read_is_quoted() {
        assert_eq!(quote("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(double("a\"$`\\"), "a\\\"\\$\\`\\\\");
        assert_eq!(variable("s2sAuthToken"), "S2S_AUTH_TOKEN");
        assert_eq!(variable("api key"), "API_KEY");
        assert_eq!(variable("1 \"; rm"), "KEY_1_RM");
    }
}
