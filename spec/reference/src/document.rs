//! What the document says about the API as a whole, beside what the model keeps of it.

use openapi_model::Api;
use serde_json::Value;

use crate::markdown::{self, Html};

/// A link out of the page.
#[derive(Clone, Debug)]
pub(crate) struct Outward {
    pub(crate) text: String,
    /// Empty where there is no address that may be followed.
    pub(crate) url: String,
}

/// A server, with what it is for.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: Html,
}

pub(crate) fn servers(api: &Api) -> Vec<Server> {
    let servers = api.servers.iter().enumerate();
    servers
        .map(|(index, url)| Server {
            url: url.clone(),
            description: markdown::render(text(api, &format!("/servers/{index}/description")), 2),
        })
        .collect()
}

/// The licence, whom to ask, and where there is more to read.
pub(crate) fn about(api: &Api) -> Vec<(&'static str, Outward)> {
    let mut about = Vec::new();
    let mut add = |label, name: Option<&str>, url: Option<&str>| {
        if let Some(text) = name.or(url) {
            let url = url.filter(|url| markdown::is_harmless(url));
            about.push((
                label,
                Outward {
                    text: text.to_owned(),
                    url: url.unwrap_or_default().to_owned(),
                },
            ));
        }
    };
    add(
        "Licence",
        text(api, "/info/license/name"),
        text(api, "/info/license/url"),
    );
    let email = text(api, "/info/contact/email");
    let letter = email.map(|email| format!("mailto:{email}"));
    add(
        "Contact",
        text(api, "/info/contact/name").or(email),
        text(api, "/info/contact/url").or(letter.as_deref()),
    );
    add("Terms", None, text(api, "/info/termsOfService"));
    add(
        "More",
        text(api, "/externalDocs/description"),
        text(api, "/externalDocs/url"),
    );
    about
}

/// The names of `tags` with their descriptions, in the document's order.
pub(crate) fn tags(api: &Api) -> Vec<(&str, Option<&str>)> {
    let tags = api.document.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten();
    tags.filter_map(|tag| {
        let name = tag.get("name")?.as_str()?;
        Some((name, tag.get("description").and_then(Value::as_str)))
    })
    .collect()
}

/// The text at a pointer.
pub(crate) fn text<'a>(api: &'a Api, pointer: &str) -> Option<&'a str> {
    let text = api.document.pointer(pointer)?.as_str()?;
    (!text.trim().is_empty()).then_some(text)
}
