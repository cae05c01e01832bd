//! Whether a request keeps the document: the judgement of what a client sends.
//!
//! Everything is judged that the document says: path, method, parameters, credentials (that they are there, not that
//! they are valid), media type and body. A query parameter that is not declared is a failure, because a client sends
//! nothing but what the document allows; other headers are a client's own affair.

use http::{HeaderMap, Method};
use openapi_model::{Direction, Location, Operation, Pointer, SecurityKind, SecurityUse};
use serde_json::Value;

use crate::bodies::BodyCodec;
use crate::case::Place;
use crate::checks::Failure;
use crate::contract::{CompiledParameter, Contract};
use crate::media_type;
use crate::parameters::query_decode;
use crate::paths;

/// A query, a header or a cookie: name and text.
type Pairs = Vec<(String, String)>;

impl Contract {
    /// The operation that a request is for, by its place in `Api::operations`.
    ///
    /// `path_and_query` stands as on the wire, without what the server's URL has before the document's paths.
    pub fn operation_for(&self, method: &Method, path_and_query: &str) -> Option<usize> {
        let path = path_and_query.split('?').next().unwrap_or_default();
        paths::find(self.api(), path)?.operation(self.api(), method)
    }

    /// Whether some path of the document fits, without what the server's URL has before the document's paths.
    pub fn knows_path(&self, path: &str) -> bool {
        paths::find(self.api(), path).is_some()
    }

    /// Every way in which a request breaks the document; none, where it keeps it.
    ///
    /// `path_and_query` stands as on the wire, without what the server's URL has before the document's paths.
    pub fn check_request(
        &self,
        method: &Method,
        path_and_query: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Vec<Failure> {
        let faults = self.request_faults(method, path_and_query, headers, body);
        faults.into_iter().map(|(_, failure)| failure).collect()
    }

    /// The same, each with what of the request it is about.
    pub(crate) fn request_faults(
        &self,
        method: &Method,
        path_and_query: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Vec<(Part, Failure)> {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let Some(found) = paths::find(self.api(), path) else {
            let message = format!("no path of the document fits `{path}`");
            let failure = failure(message, Pointer::root().join("paths"), "path");
            return vec![(Part::Path, failure)];
        };
        let operations = &self.api().operations;
        let Some(index) = found.operation(self.api(), method) else {
            let template = &operations[found.operations[0]].path;
            let message = format!("the path `{template}` has no {method}");
            let pointer = Pointer::root().join("paths").join(template);
            return vec![(Part::Method, failure(message, pointer, "method"))];
        };
        let request = Received::new(self, (index, found.texts), query, headers, body);
        let of = |part: Part, failures: Vec<Failure>| {
            failures.into_iter().map(move |failure| (part, failure))
        };
        of(Part::Parameters, request.parameters())
            .chain(of(Part::Parameters, request.undeclared_query()))
            .chain(of(Part::Credentials, request.credentials()))
            .chain(request.body())
            .collect()
    }
}

/// What of a request is wrong, in the order in which servers look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Path,
    Method,
    Credentials,
    Parameters,
    ContentType,
    Syntax,
    Body,
}

pub(crate) struct Received<'r> {
    contract: &'r Contract,
    index: usize,
    path: Pairs,
    query: Pairs,
    cookies: Pairs,
    headers: &'r HeaderMap,
    body: &'r [u8],
}

impl<'r> Received<'r> {
    /// A request for the operation of that place, with the texts of its path parameters.
    pub(crate) fn new(
        contract: &'r Contract,
        (index, path): (usize, Pairs),
        query: &str,
        headers: &'r HeaderMap,
        body: &'r [u8],
    ) -> Received<'r> {
        Received {
            contract,
            index,
            path,
            query: query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
            cookies: cookies(headers),
            headers,
            body,
        }
    }

    fn operation(&self) -> &Operation {
        &self.contract.api().operations[self.index]
    }

    fn parameters(&self) -> Vec<Failure> {
        let compiled = self
            .contract
            .compiled(self.index)
            .parameters
            .iter()
            .flatten();
        compiled
            .flat_map(|parameter| self.parameter(parameter))
            .collect()
    }

    /// What of the request belongs to a parameter.
    pub(crate) fn pairs(&self, parameter: &CompiledParameter) -> Pairs {
        let CompiledParameter { codec, place, .. } = parameter;
        let named = |pairs: &Pairs| -> Pairs {
            pairs
                .iter()
                .filter(|(name, _)| codec.owns(name))
                .cloned()
                .collect()
        };
        match place {
            Place::Path(_) => named(&self.path),
            Place::Query(_) => {
                let owned = |(name, _): &&(String, String)| {
                    query_decode(name).is_some_and(|name| codec.owns(&name))
                };
                self.query.iter().filter(owned).cloned().collect()
            }
            Place::Cookie(_) => named(&self.cookies),
            Place::Header(name) => {
                let lines = self.headers.get_all(name).iter();
                let texts: Vec<String> = lines
                    .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
                    .collect();
                if texts.is_empty() {
                    Vec::new()
                } else {
                    vec![(name.clone(), texts.join(", "))]
                }
            }
            Place::Body(_) => Vec::new(),
        }
    }

    fn parameter(&self, parameter: &CompiledParameter) -> Vec<Failure> {
        let CompiledParameter {
            codec,
            place,
            sent,
            required,
            pointer,
            ..
        } = parameter;
        let pairs = self.pairs(parameter);
        if pairs.is_empty() {
            if *required {
                let message = format!("the required {place} is missing");
                return vec![failure(message, pointer.clone(), "missing")];
            }
            return Vec::new();
        }
        if pairs.len() > 1 && !codec.is_composite() {
            return vec![failure(
                format!("the {place} is there {} times", pairs.len()),
                pointer.clone(),
                "repeated",
            )];
        }
        let validator = &sent.validator;
        if codec.is_allowed_empty(&pairs) {
            return Vec::new();
        }
        let readings = codec.readings(&pairs, false);
        if readings.iter().any(|value| validator.is_valid(value)) {
            return Vec::new();
        }
        // The last reading is the one that is typed most like the schema wants it.
        let Some(closest) = readings.last() else {
            return vec![failure(
                format!("the {place} is not written as its style asks, or not text in UTF-8"),
                pointer.clone(),
                "style",
            )];
        };
        validator
            .mismatches(&self.contract.api().schemas, closest)
            .into_iter()
            .map(|m| {
                failure(
                    format!("the {place} is not valid: {}", m.message),
                    m.expected,
                    &m.keyword,
                )
            })
            .collect()
    }

    /// Query parameters that the operation does not declare.
    fn undeclared_query(&self) -> Vec<Failure> {
        let parameters = &self.contract.compiled(self.index).parameters;
        // What we cannot read may own any name, and so may an object whose members the document does not name.
        let declared = &self.operation().parameters;
        let owns_all = |compiled: &Option<CompiledParameter>| {
            compiled
                .as_ref()
                .is_none_or(|compiled| compiled.codec.takes_any_name())
        };
        let is_open = declared
            .iter()
            .zip(parameters)
            .any(|(declared, compiled)| declared.location == Location::Query && owns_all(compiled));
        if is_open {
            return Vec::new();
        }
        let is_known = |name: &str| {
            let in_query =
                |parameter: &&CompiledParameter| matches!(parameter.place, Place::Query(_));
            parameters.iter().flatten().filter(in_query).any(|parameter| parameter.codec.owns(name))
                || self.contract.api().security_schemes.values().any(|scheme| {
                    matches!(&scheme.kind, SecurityKind::ApiKey(Location::Query, key) if key == name)
                })
        };
        let names = self.query.iter().filter_map(|(name, _)| query_decode(name));
        names
            .filter(|name| !is_known(name))
            .map(|name| {
                let pointer = self.operation().pointer.join("parameters");
                failure(
                    format!("the operation has no query parameter `{name}`"),
                    pointer,
                    &name,
                )
            })
            .collect()
    }

    /// That one alternative's credentials are all there; whether they are valid is for the server.
    fn credentials(&self) -> Vec<Failure> {
        let security = &self.operation().security;
        let satisfied =
            |alternative: &Vec<SecurityUse>| alternative.iter().all(|each| self.has(&each.scheme));
        if security.is_empty() || security.iter().any(satisfied) {
            return Vec::new();
        }
        let names: Vec<String> = security
            .iter()
            .map(|alternative| {
                let names: Vec<&str> = alternative
                    .iter()
                    .map(|each| each.scheme.as_str())
                    .collect();
                names.join(" and ")
            })
            .collect();
        let message = format!("the credentials for {} are missing", names.join(", or "));
        vec![failure(
            message,
            self.contract.security(self.index),
            "credentials",
        )]
    }

    fn has(&self, scheme: &str) -> bool {
        let Some(scheme) = self.contract.api().security_schemes.get(scheme) else {
            return false;
        };
        let authorized_by = |wanted: &str| {
            self.headers
                .get_all(http::header::AUTHORIZATION)
                .iter()
                .any(|value| {
                    let value = value.to_str().unwrap_or_default();
                    value.split_once(' ').is_some_and(|(kind, rest)| {
                        kind.eq_ignore_ascii_case(wanted) && !rest.trim().is_empty()
                    })
                })
        };
        match &scheme.kind {
            SecurityKind::Http(kind) => authorized_by(kind),
            SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => authorized_by("bearer"),
            SecurityKind::ApiKey(Location::Header, name) => self.headers.contains_key(name),
            // The connection has it, which is not to be seen here.
            SecurityKind::MutualTls => true,
            SecurityKind::ApiKey(Location::Cookie, name) => {
                self.cookies.iter().any(|(n, _)| n == name)
            }
            SecurityKind::ApiKey(_, name) => self
                .query
                .iter()
                .any(|(n, _)| query_decode(n).as_ref() == Some(name)),
        }
    }

    /// Every value that the body can stand for; the error says why it stands for none. `None` where nothing is known about
    /// what bytes of that media type mean.
    pub(crate) fn body_readings(&self, media_type: &str) -> Option<Result<Vec<Value>, String>> {
        // A range is declared for more than what we send of it.
        let compiled = self.contract.compiled(self.index).bodies.iter();
        let codec = compiled
            .filter(|body| media_type::matches(&body.media_type, media_type))
            .map(|body| &body.codec)
            .next();
        let codec = match codec {
            _ if media_type::is_json(media_type) => &BodyCodec::Json,
            codec => codec?,
        };
        codec.readings(media_type, self.body, false)
    }

    fn body(&self) -> Vec<(Part, Failure)> {
        let operation = self.operation();
        let Some(declared) = &operation.request_body else {
            if self.body.is_empty() {
                return Vec::new();
            }
            let failure = failure(
                "the operation has no body",
                operation.pointer.clone(),
                "body",
            );
            return vec![(Part::Body, failure)];
        };
        let media_type = self
            .headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if self.body.is_empty() && media_type.is_none() {
            if declared.required {
                let failure = failure(
                    "the required body is missing",
                    declared.pointer.clone(),
                    "missing",
                );
                return vec![(Part::Body, failure)];
            }
            return Vec::new();
        }
        let pointer = declared.pointer.join("content");
        let Some(media_type) = media_type else {
            let failure = failure("the body has no `Content-Type`", pointer, "content type");
            return vec![(Part::ContentType, failure)];
        };
        let content = media_type::find(declared.content.keys(), media_type)
            .and_then(|name| declared.content.get(name));
        let Some(content) = content else {
            let message = format!("the body is `{media_type}`, which is not declared");
            return vec![(Part::ContentType, failure(message, pointer, "content type"))];
        };
        let readings = match self.body_readings(media_type) {
            None => return Vec::new(),
            Some(Ok(readings)) => readings,
            Some(Err(reason)) => {
                let failure = failure(
                    format!("the body cannot be read: {reason}"),
                    content.pointer.clone(),
                    "syntax",
                );
                return vec![(Part::Syntax, failure)];
            }
        };
        let validator = content
            .schema
            .and_then(|schema| self.contract.validator(schema, Direction::Request));
        let Some(validator) = validator else {
            return Vec::new();
        };
        if readings.iter().any(|value| validator.is_valid(value)) {
            return Vec::new();
        }
        // The last reading is the one that is typed most like the schema wants it.
        let closest = readings.last().unwrap_or(&Value::Null);
        validator
            .mismatches(&self.contract.api().schemas, closest)
            .into_iter()
            .map(|m| {
                let message = format!("the body is not valid: {}", m.message);
                (Part::Body, failure(message, m.expected, &m.keyword))
            })
            .collect()
    }
}

fn failure(message: impl Into<String>, expected: Pointer, cause: &str) -> Failure {
    Failure {
        message: message.into(),
        expected,
        cause: cause.to_owned(),
    }
}

fn cookies(headers: &HeaderMap) -> Pairs {
    headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, text)| (name.trim().to_owned(), text.trim().to_owned()))
        .collect()
}
