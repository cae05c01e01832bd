//! Whether what a client put on the wire is what it was told to send, and as the document has it.

use contract_harness::{Contract, Said, equality};
use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use openapi_model::{Location, Operation, SchemaId, SecurityKind, Types};
use serde_json::Value;

use crate::arguments::name_of;
use crate::driver::Arguments;
use crate::stand_in::Asked;

/// The credentials of a caller: the names of schemes, and the texts that stand for them on the wire.
pub type Credentials = [(String, String)];

/// Compares a request with what the operation at `index` was called with.
pub(crate) fn check(
    contract: &Contract,
    index: usize,
    credentials: &Credentials,
    arguments: &Arguments,
    asked: &Asked,
) -> Result<(), String> {
    let Asked {
        method,
        path_and_query,
        headers,
        body,
    } = asked;
    let failures = contract.check_request(method, path_and_query, headers, body);
    if let Some(failure) = failures.first() {
        return Err(format!(
            "it breaks the document: {} ({})",
            failure.message, failure.expected
        ));
    }
    let said = contract.said(method, path_and_query, headers, body);
    let said = said
        .filter(|said| said.operation == index)
        .ok_or("it is for another operation")?;
    let sent = Sent {
        contract,
        operation: &contract.api().operations[index],
        headers,
        path_and_query,
    };
    for (parameter, said) in sent.operation.parameters.iter().zip(&said.parameters) {
        let given = arguments
            .parameters
            .get(&name_of(sent.operation, parameter));
        sent.same(given, parameter.schema, said).map_err(|why| {
            format!(
                "the {} parameter `{}` {why}",
                parameter.location, parameter.name
            )
        })?;
    }
    let schema = sent.body_schema(arguments.content_type.as_deref());
    sent.same(arguments.body.as_ref(), schema, &said.body)
        .map_err(|why| format!("the body {why}"))?;
    sent.media_type(arguments)?;
    sent.credentials(credentials)?;
    sent.nothing_else()
}

struct Sent<'a> {
    contract: &'a Contract,
    operation: &'a Operation,
    headers: &'a HeaderMap,
    path_and_query: &'a str,
}

impl Sent<'_> {
    fn same(
        &self,
        given: Option<&Value>,
        schema: Option<SchemaId>,
        said: &Said,
    ) -> Result<(), String> {
        let (given, readings) = match (given, said) {
            (None, Said::Nothing) | (_, Said::Unknown) => return Ok(()),
            (None, _) => return Err("is sent and was not given".to_owned()),
            (Some(given), Said::Nothing) => return Err(format!("is not sent, and was {given}")),
            (Some(given), Said::OneOf(readings)) => (given, readings),
        };
        let Some(schema) = schema else {
            return Ok(());
        };
        let schemas = &self.contract.api().schemas;
        let is_same = |reading: &&Value| {
            let there = equality::differences(schemas, (given, schema), (reading, schema));
            let back = equality::differences(schemas, (reading, schema), (given, schema));
            there
                .iter()
                .chain(&back)
                .all(|difference| difference.is_slight)
        };
        match readings.iter().find(is_same) {
            Some(_) => Ok(()),
            None => {
                let read: Vec<String> = readings.iter().map(Value::to_string).collect();
                Err(format!("was {given}, and is sent as {}", read.join(" or ")))
            }
        }
    }

    /// The schema of a body of that media type.
    fn body_schema(&self, content_type: Option<&str>) -> Option<SchemaId> {
        let content = &self.operation.request_body.as_ref()?.content;
        let exact = content_type.and_then(|name| content.get(name));
        exact.or_else(|| content.values().next())?.schema
    }

    /// The body is of the media type that was asked for, or says the same in another kind of JSON.
    fn media_type(&self, arguments: &Arguments) -> Result<(), String> {
        let Some(wanted) = &arguments.content_type else {
            return Ok(());
        };
        let sent = text(self.headers, CONTENT_TYPE.as_str());
        let sent = essence(sent.unwrap_or_default());
        let is_json = |name: &str| name.ends_with("json");
        if sent == essence(wanted) || (is_json(&sent) && is_json(wanted)) {
            Ok(())
        } else {
            Err(format!("the body was to be `{wanted}`, and is `{sent}`"))
        }
    }

    /// Those of one alternative of the document are shown, each in its place, and no others.
    fn credentials(&self, credentials: &Credentials) -> Result<(), String> {
        let shown = |(scheme, text): &&(String, String)| self.shows(scheme, text);
        let mut shown: Vec<&str> = credentials
            .iter()
            .filter(shown)
            .map(|(scheme, _)| scheme.as_str())
            .collect();
        shown.sort_unstable();
        let alternatives = self.operation.security.iter().map(|all| {
            let mut names: Vec<&str> = all.iter().map(|each| each.scheme.as_str()).collect();
            names.sort_unstable();
            names
        });
        let alternatives: Vec<Vec<&str>> = alternatives.collect();
        let is_one = alternatives.contains(&shown)
            // Whoever can be known is.
            && (!shown.is_empty() || alternatives.iter().all(Vec::is_empty));
        if is_one || (alternatives.is_empty() && shown.is_empty()) {
            Ok(())
        } else {
            Err(format!(
                "the credentials that are shown are those for {shown:?}, and the document asks for one of {alternatives:?}"
            ))
        }
    }

    /// Whether a scheme's credential stands in its place, to the letter.
    fn shows(&self, scheme: &str, credential: &str) -> bool {
        let Some(scheme) = self.contract.api().security_schemes.get(scheme) else {
            return false;
        };
        let authorized = |kind: &str| {
            let text = text(self.headers, AUTHORIZATION.as_str()).unwrap_or_default();
            text.split_once(' ')
                .is_some_and(|(sent, rest)| sent.eq_ignore_ascii_case(kind) && rest == credential)
        };
        match &scheme.kind {
            SecurityKind::Http(kind) => authorized(kind),
            SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => authorized("bearer"),
            SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                text(self.headers, name) == Some(credential)
            }
            SecurityKind::ApiKey(Location::Cookie, name) => self
                .cookies()
                .any(|pair| pair == (name.as_str(), credential)),
            SecurityKind::ApiKey(Location::Query, name) => {
                let (_, query) = self.path_and_query.split_once('?').unwrap_or_default();
                query
                    .split('&')
                    .any(|pair| pair == format!("{name}={credential}"))
            }
            SecurityKind::MutualTls => false,
        }
    }

    fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.headers.get_all(COOKIE).iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split("; "));
        pairs.filter_map(|pair| pair.split_once('='))
    }

    /// No header and no cookie is there that the document does not have, but for those of HTTP itself.
    fn nothing_else(&self) -> Result<(), String> {
        const OF_HTTP: [&str; 6] = [
            "host",
            "content-length",
            "transfer-encoding",
            "content-type",
            "accept",
            "user-agent",
        ];
        let parameters = |location| {
            let parameters = self.operation.parameters.iter();
            let here = parameters.filter(move |parameter| parameter.location == location);
            here.map(|parameter| parameter.name.as_str())
        };
        let schemes = || {
            let uses = self.operation.security.iter().flatten();
            uses.filter_map(|used| self.contract.api().security_schemes.get(&used.scheme))
        };
        let has_key = |wanted: Location, name: &str| {
            schemes().any(|scheme| match &scheme.kind {
                SecurityKind::ApiKey(location, key) => {
                    *location == wanted && key.eq_ignore_ascii_case(name)
                }
                _ => wanted == Location::Header && name == AUTHORIZATION.as_str(),
            })
        };
        for name in self.headers.keys().map(|name| name.as_str()) {
            let is_known = OF_HTTP.contains(&name)
                || name == COOKIE.as_str()
                || parameters(Location::Header).any(|known| known.eq_ignore_ascii_case(name))
                || has_key(Location::Header, name);
            if !is_known || self.headers.get_all(name).iter().count() > 1 {
                return Err(format!(
                    "the header `{name}` is not the document's, or is there twice"
                ));
            }
        }
        // An object as a cookie stands there by its members' names.
        let schemas = &self.contract.api().schemas;
        let is_object = |id: SchemaId| schemas.get(schemas.resolve(id)).types == Types::OBJECT;
        let cookies = self.operation.parameters.iter();
        let mut cookies = cookies.filter(|parameter| parameter.location == Location::Cookie);
        let has_objects = cookies.any(|parameter| parameter.schema.is_some_and(is_object));
        let is_stray = |(name, _): &(&str, &str)| {
            !has_objects
                && parameters(Location::Cookie).all(|known| known != *name)
                && !has_key(Location::Cookie, name)
        };
        if let Some((name, _)) = self.cookies().find(is_stray) {
            return Err(format!("the cookie `{name}` is not the document's"));
        }
        let accept = text(self.headers, ACCEPT.as_str()).unwrap_or("*/*");
        let accepted: Vec<String> = accept.split(',').map(essence).collect();
        let contents = self.operation.responses.iter();
        let mut contents = contents.flat_map(|response| response.content.keys());
        let covers = |name: &String| {
            let kind = name.split('/').next().unwrap_or_default();
            accepted.contains(&essence(name))
                || accepted.contains(&format!("{kind}/*"))
                || accepted.contains(&"*/*".to_owned())
        };
        match contents.find(|name| !covers(name)) {
            None => Ok(()),
            Some(name) => Err(format!(
                "`Accept` is `{accept}`, and the document answers with `{name}` too"
            )),
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A media type without its parameters, in lower case.
fn essence(text: impl AsRef<str>) -> String {
    let essence = text.as_ref().split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
