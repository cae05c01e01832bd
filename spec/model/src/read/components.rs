//! The parts of the document beside its paths: servers, security schemes, and what only waits to be referred to.

use indexmap::IndexMap;

use super::Reader;
use super::cursor::At;
use crate::{Location, SchemaId, SecurityKind, SecurityScheme};

impl<'t> Reader<'t> {
    /// The URLs of `servers`, each variable replaced by its default.
    pub(super) fn servers(&mut self, root: &At<'t>) -> Vec<String> {
        let mut urls = Vec::new();
        for server in self.items(root, "servers") {
            self.known(&server, &["url", "description", "variables"]);
            let Some(mut url) = self.required_string(&server, "url") else {
                continue;
            };
            for (name, variable) in self.map(&server, "variables") {
                self.known(&variable, &["enum", "default", "description"]);
                let values = self.strings(&variable, "enum");
                let Some(default) = self.required_string(&variable, "default") else {
                    continue;
                };
                if self.is_31() && variable.member("enum").is_some() && !values.contains(&default) {
                    let message = format!("`{default}` must be one of the values of `enum`");
                    self.note(&variable, message);
                }
                url = url.replace(&format!("{{{name}}}"), &default);
            }
            urls.push(url);
        }
        if urls.is_empty() {
            urls.push("/".to_owned());
        }
        urls
    }

    /// Looks at `license`, which nothing is kept of.
    pub(super) fn license(&mut self, info: &At<'t>) {
        let Some(license) = info.member("license") else {
            return;
        };
        self.known_in(&license, &["name", "url"], &["identifier"]);
        if self.is_31()
            && let Some(identifier) = license.member("identifier")
            && license.member("url").is_some()
        {
            self.note(&identifier, "`identifier` and `url` exclude each other");
        }
    }

    pub(super) fn security_schemes(&mut self, root: &At<'t>) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        let Some(components) = root.member("components") else {
            return schemes;
        };
        for (name, at) in self.map(&components, "securitySchemes") {
            let Some((at, description)) = self.described(&at) else {
                continue;
            };
            let Some(kind) = self.security_kind(&at) else {
                continue;
            };
            let scheme = SecurityScheme {
                name: name.to_owned(),
                kind,
                description,
                pointer: at.pointer.clone(),
            };
            schemes.insert(name.to_owned(), scheme);
        }
        schemes
    }

    fn security_kind(&mut self, at: &At<'t>) -> Option<SecurityKind> {
        let kind = self.required_string(at, "type")?;
        let mut known = vec!["type", "description"];
        let kind = match kind.as_str() {
            "http" => {
                known.extend(["scheme", "bearerFormat"]);
                Some(SecurityKind::Http(
                    self.required_string(at, "scheme")?.to_ascii_lowercase(),
                ))
            }
            "apiKey" => {
                known.extend(["name", "in"]);
                let name = self.required_string(at, "name")?;
                let location = match self.required_string(at, "in")?.as_str() {
                    "query" => Some(Location::Query),
                    "header" => Some(Location::Header),
                    "cookie" => Some(Location::Cookie),
                    other => {
                        self.fault(
                            at,
                            format!(
                                "an API key is in query, header or cookie, and not in `{other}`"
                            ),
                        );
                        None
                    }
                };
                Some(SecurityKind::ApiKey(location?, name))
            }
            "oauth2" => {
                known.push("flows");
                self.required(at, "flows")?;
                Some(SecurityKind::OAuth2)
            }
            "openIdConnect" => {
                known.push("openIdConnectUrl");
                Some(SecurityKind::OpenIdConnect(
                    self.required_string(at, "openIdConnectUrl")?,
                ))
            }
            "mutualTLS" if self.is_31() => Some(SecurityKind::MutualTls),
            other => {
                let message = format!(
                    "`{other}` is no type of security scheme: it must be one of http, apiKey, {}oauth2 and openIdConnect",
                    if self.is_31() { "mutualTLS, " } else { "" }
                );
                self.fault(at, message);
                None
            }
        };
        self.known(at, &known);
        kind
    }

    /// Reads what stands in `components`, used or not, so that its faults are seen, but for links and examples, which are
    /// read where they are used; the named schemas are returned.
    pub(super) fn components(&mut self, root: &At<'t>) -> IndexMap<String, SchemaId> {
        let mut named = IndexMap::new();
        let Some(at) = root.member("components") else {
            return named;
        };
        self.known_in(
            &at,
            &[
                "schemas",
                "responses",
                "parameters",
                "examples",
                "requestBodies",
                "headers",
                "securitySchemes",
                "links",
                "callbacks",
            ],
            &["pathItems"],
        );
        for (section, members) in at.members().filter(|(name, _)| !name.starts_with("x-")) {
            for (name, member) in self.map(&at, section) {
                let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                if name.is_empty() || !name.chars().all(allowed) {
                    self.fault(&member, format!("`{name}` is no name for a component: only letters, digits, `.`, `-` and `_` may stand in one"));
                }
            }
            let members = members.members();
            match section {
                "schemas" => named
                    .extend(members.map(|(name, member)| (name.to_owned(), self.schema(&member)))),
                "responses" => {
                    let mut targets = Default::default();
                    for (_, member) in members {
                        self.response(&member, crate::StatusPattern::Default, &mut targets);
                    }
                }
                "parameters" => members.for_each(|(_, member)| drop(self.parameter(&member))),
                "requestBodies" => members.for_each(|(_, member)| drop(self.request_body(&member))),
                "headers" => members.for_each(|(_, member)| drop(self.header(&member))),
                "callbacks" => self.callbacks(&at),
                "pathItems" if self.is_31() => {
                    members.for_each(|(name, member)| self.read_aside(name, &member));
                }
                _ => {}
            }
        }
        named
    }
}
