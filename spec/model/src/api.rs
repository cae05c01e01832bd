//! The resolved, indexed document.
//!
//! This module is purely the shape that `read` makes and every other crate looks at. No `$ref` is left but
//! between schemas, and each of those is known to resolve.

use std::fmt;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{Diagnostic, Pointer, SchemaId, Schemas};

/// An API, as its document describes it.
#[derive(Clone, Debug)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.summary` (OpenAPI 3.1).
    pub summary: Option<String>,
    /// `info.description`, in CommonMark.
    pub description: Option<String>,
    /// The URLs of `servers`, variables filled with their defaults; `/` where the document names none.
    pub servers: Vec<String>,
    /// Every operation, in the document's order.
    pub operations: Vec<Operation>,
    /// `components.securitySchemes`.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// `components.schemas`: the schemas that have a name.
    pub named_schemas: IndexMap<String, SchemaId>,
    /// All schemas, named or not.
    pub schemas: Schemas,
    /// What was read but has no effect (an unknown keyword, a member beside `$ref`). Nothing here stops anyone.
    pub notes: Vec<Diagnostic>,
    /// The document itself as one value.
    pub document: Value,
}

impl Api {
    /// The operation with that `operationId`.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|o| o.id.as_deref() == Some(id))
    }

    /// The name of a schema that stands in `components.schemas`.
    pub fn schema_name(&self, id: SchemaId) -> Option<&str> {
        self.named_schemas
            .iter()
            .find(|(_, i)| **i == id)
            .map(|(name, _)| name.as_str())
    }
}

/// One method on one path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, unique where it is given.
    pub id: Option<String>,
    /// The method.
    pub method: http::Method,
    /// The path template as written, such as `/things/{id}`.
    pub path: String,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where the operation stands.
    pub pointer: Pointer,
    /// The line of the operation, from 1.
    pub line: usize,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The parameters, those of the path item included.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub request_body: Option<RequestBody>,
    /// `responses`, in the document's order.
    pub responses: Vec<Response>,
    /// The alternatives of `security`, the operation's or else the document's. Each alternative needs all of its
    /// schemes. No alternative at all: no credentials are asked for.
    pub security: Vec<Vec<SecurityUse>>,
    /// `x-scopes`: what the caller must be allowed to do, for the kinds of scheme whose requirement has no scopes in
    /// OpenAPI 3.0 (`http`, `apiKey`).
    pub scopes: Vec<String>,
    /// The other members whose names start with `x-`, as written.
    pub extensions: IndexMap<String, Value>,
}

impl Operation {
    /// The `operationId`, or the method and path where it has none: for messages.
    pub fn label(&self) -> String {
        self.id
            .clone()
            .unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }

    /// The response that is declared for a status: the exact code, else the range, else `default`.
    pub fn response(&self, status: http::StatusCode) -> Option<&Response> {
        let find = |wanted: StatusPattern| self.responses.iter().find(|r| r.status == wanted);
        find(StatusPattern::Code(status))
            .or_else(|| find(StatusPattern::Range((status.as_u16() / 100) as u8)))
            .or_else(|| find(StatusPattern::Default))
    }
}

/// One parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name as written; header names are compared without case.
    pub name: String,
    /// `in`.
    pub location: Location,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `required`; always true in a path.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty_value: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// How its value is written.
    pub format: ParameterFormat,
    /// The schema of its value, where there is one.
    pub schema: Option<SchemaId>,
    /// The examples of its value.
    pub examples: Vec<Value>,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// The line of the parameter, from 1.
    pub line: usize,
}

/// Where in a request a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// A segment of the path, or part of one.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        })
    }
}

/// How a parameter's value is written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterFormat {
    /// By a `style`, with or without `explode`.
    Style(Style, bool),
    /// As a document of that media type (`content`).
    Content(String),
}

/// `style` (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the document's own")]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// `requestBody`.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`, by media type or range.
    pub content: IndexMap<String, MediaType>,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// The line where it stands, from 1.
    pub line: usize,
}

/// What a body of one media type looks like.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// The schema, where there is one.
    pub schema: Option<SchemaId>,
    /// `example`, or `examples` that stand in the document, by name.
    pub examples: IndexMap<String, Value>,
    /// `encoding`, as written.
    pub encoding: Option<Value>,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// The line where it stands, from 1.
    pub line: usize,
}

/// One declared response of an operation.
#[derive(Clone, Debug)]
pub struct Response {
    /// Which answers it describes.
    pub status: StatusPattern,
    /// `description`, in CommonMark.
    pub description: String,
    /// `headers`; their names are compared without case.
    pub headers: IndexMap<String, Header>,
    /// `content`, by media type or range; empty where it has no body.
    pub content: IndexMap<String, MediaType>,
    /// `links`.
    pub links: IndexMap<String, Link>,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// The line where it stands, from 1.
    pub line: usize,
}

/// Which status codes a response describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusPattern {
    /// One code.
    Code(http::StatusCode),
    /// A hundred codes, by their first digit: `4XX`.
    Range(u8),
    /// Every code that no other response describes.
    Default,
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusPattern::Code(code) => write!(f, "{}", code.as_u16()),
            StatusPattern::Range(digit) => write!(f, "{digit}XX"),
            StatusPattern::Default => f.write_str("default"),
        }
    }
}

/// One header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// How its value is written.
    pub format: ParameterFormat,
    /// The schema of its value, where there is one.
    pub schema: Option<SchemaId>,
    /// The file that it is in, where the document has several; empty for the document itself.
    pub file: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// The line where it stands, from 1.
    pub line: usize,
}

/// Where an answer leads: an operation to call with what the answer holds.
#[derive(Clone, Debug)]
pub struct Link {
    /// The place of the operation that it leads to, as in [`Operation::pointer`]. `None` where `operationRef` leads out
    /// of the document.
    pub operation: Option<Pointer>,
    /// `parameters`: constants, or runtime expressions such as `$response.body#/id`, as written.
    pub parameters: IndexMap<String, Value>,
    /// `requestBody`: a constant or a runtime expression, as written.
    pub request_body: Option<Value>,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// One scheme that a caller can identify itself by.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The name in `components.securitySchemes`.
    pub name: String,
    /// What kind it is.
    pub kind: SecurityKind,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// The kinds of security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `http`: the `Authorization` header with this scheme, in lower case, such as `basic` or `bearer`.
    Http(String),
    /// `apiKey`: the key is that parameter.
    ApiKey(Location, String),
    /// `oauth2`: a bearer token.
    OAuth2,
    /// `openIdConnect`: a bearer token; the URL is where its issuer describes itself.
    OpenIdConnect(String),
    /// `mutualTLS` (OpenAPI 3.1): the client's certificate, which stands in no request.
    MutualTls,
}

/// One scheme that a requirement names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityUse {
    /// The name in [`Api::security_schemes`].
    pub scheme: String,
    /// The scopes that are asked for (`oauth2` and `openIdConnect`), or the roles (the other kinds, since OpenAPI 3.1).
    pub scopes: Vec<String>,
}
