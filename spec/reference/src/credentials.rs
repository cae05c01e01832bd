//! Security schemes in words: what they are, and how a request carries them.

use openapi_model::{Api, Location, Operation, SecurityKind, SecurityScheme};
use serde_json::Value;

use crate::document;
use crate::markdown::{self, Html};
use crate::names::Names;
use crate::words::Words;

/// One scheme, explained.
#[derive(Clone, Debug)]
pub(crate) struct Scheme {
    pub(crate) name: String,
    pub(crate) anchor: String,
    pub(crate) how: Words,
    pub(crate) description: Html,
    /// Where tokens come from, and what they may allow.
    pub(crate) flows: Vec<Flow>,
}

/// One of the flows of OAuth 2.0.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) name: &'static str,
    pub(crate) urls: Vec<(&'static str, String)>,
    pub(crate) scopes: Vec<(String, String)>,
}

pub(crate) fn schemes(api: &Api, names: &Names) -> Vec<Scheme> {
    let schemes = api.security_schemes.values();
    schemes
        .map(|scheme| Scheme {
            name: scheme.name.clone(),
            anchor: names.schemes.get(&scheme.name).cloned().unwrap_or_default(),
            how: how(api, scheme),
            description: markdown::render(scheme.description.as_deref(), 3),
            flows: flows(api, scheme),
        })
        .collect()
}

fn how(api: &Api, scheme: &SecurityScheme) -> Words {
    let words = Words::default();
    match &scheme.kind {
        SecurityKind::Http(kind) if kind == "basic" => words
            .text("User name and password, sent as ")
            .code("Authorization: Basic CREDENTIALS")
            .text(", which are ")
            .code("user:password")
            .text(" in Base64."),
        SecurityKind::Http(kind) if kind == "bearer" => {
            let place = format!("{}/bearerFormat", scheme.pointer.as_str());
            let words = words.text("A token");
            let words = match document::text(api, &place) {
                Some(format) => words.text(format!(" ({format})")),
                None => words,
            };
            words
                .text(", sent as ")
                .code("Authorization: Bearer TOKEN")
                .text(".")
        }
        SecurityKind::Http(kind) => words
            .text("HTTP authentication, sent as ")
            .code(format!("Authorization: {kind} CREDENTIALS"))
            .text("."),
        SecurityKind::ApiKey(location, name) => {
            let place = match location {
                Location::Query => "query parameter",
                Location::Cookie => "cookie",
                Location::Header | Location::Path => "header",
            };
            words
                .text(format!("A key, sent in the {place} "))
                .code(name)
                .text(".")
        }
        SecurityKind::OAuth2 => words
            .text("A token by OAuth 2.0, sent as ")
            .code("Authorization: Bearer TOKEN")
            .text("."),
        SecurityKind::OpenIdConnect(url) => words
            .text("A token by OpenID Connect, sent as ")
            .code("Authorization: Bearer TOKEN")
            .text(". Its issuer is described at ")
            .code(url)
            .text("."),
        SecurityKind::MutualTls => words.text("A certificate of the client, shown by TLS."),
    }
}

fn flows(api: &Api, scheme: &SecurityScheme) -> Vec<Flow> {
    let place = format!("{}/flows", scheme.pointer.as_str());
    let Some(flows) = api.document.pointer(&place) else {
        return Vec::new();
    };
    let known = [
        ("authorizationCode", "Authorization code"),
        ("clientCredentials", "Client credentials"),
        ("password", "Resource owner password"),
        ("implicit", "Implicit"),
    ];
    let flow = |(key, name)| {
        let flow = flows.get(key)?;
        let urls = [
            ("authorize at", "authorizationUrl"),
            ("tokens from", "tokenUrl"),
            ("refresh at", "refreshUrl"),
        ];
        let urls = urls.into_iter().filter_map(|(label, key)| {
            let url = flow.get(key)?.as_str()?;
            Some((label, url.to_owned()))
        });
        let scopes = flow.get("scopes").and_then(Value::as_object);
        let scopes = scopes.into_iter().flatten().map(|(name, what)| {
            let what = what.as_str().unwrap_or_default();
            (name.clone(), what.to_owned())
        });
        Some(Flow {
            name,
            urls: urls.collect(),
            scopes: scopes.collect(),
        })
    };
    known.into_iter().filter_map(flow).collect()
}

/// What credentials an operation asks for.
pub(crate) fn needed(operation: &Operation, names: &Names) -> Words {
    let alternatives = operation.security.iter().map(|uses| {
        if uses.is_empty() {
            return Words::default().text("none");
        }
        let uses = uses.iter().map(|each| {
            let words = match names.schemes.get(&each.scheme) {
                Some(anchor) => Words::default().link(&each.scheme, anchor),
                None => Words::default().code(&each.scheme),
            };
            scopes(words, &each.scopes)
        });
        Words::join(uses, " together with ")
    });
    let words = Words::join(alternatives, ", or ");
    let words = if words.is_empty() {
        words.text("none")
    } else {
        words
    };
    scopes(words, &operation.scopes)
}

fn scopes(words: Words, scopes: &[String]) -> Words {
    let what = match scopes.len() {
        0 => return words,
        1 => " with the scope ",
        _ => " with the scopes ",
    };
    let scopes = scopes.iter().map(|scope| Words::default().code(scope));
    words.text(what).words(Words::join(scopes, ", "))
}
