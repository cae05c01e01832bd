//! What generated code says about each operation: tables, read by the steps that a request goes through.
//!
//! This module is purely the shape. The generator settles every question (which style, which types, which statuses), so
//! that nothing here needs to be decided again while a request waits.

use schema_check::Schema;

/// One operation of the document.
#[derive(Debug)]
pub struct OperationSpec {
    /// `operationId`.
    pub id: &'static str,
    /// The method, in upper case.
    pub method: &'static str,
    /// The path template, such as `/things/{id}`.
    pub path: &'static str,
    /// Whether dropshot is told about it: its router cannot hold every path.
    pub is_described: bool,
    /// `summary`.
    pub summary: Option<&'static str>,
    /// `description`.
    pub description: Option<&'static str>,
    /// `tags`.
    pub tags: &'static [&'static str],
    /// `deprecated`.
    pub deprecated: bool,
    /// The alternatives of `security`; each needs all of its schemes. None at all: everybody may call.
    pub security: &'static [&'static [SchemeSpec]],
    /// `x-scopes`: what the caller must be allowed to do, whichever alternative it came by.
    pub scopes: &'static [&'static str],
    /// Every parameter.
    pub parameters: &'static [ParameterSpec],
    /// The request body, where the operation has one.
    pub body: Option<BodySpec>,
    /// The media types of its successful responses; empty where none has a body.
    pub produces: &'static [&'static str],
    /// The statuses that are declared: `404`, `4XX` or `default`.
    pub responses: &'static [&'static str],
}

impl OperationSpec {
    /// Whether the document declares an answer with that status.
    pub fn declares(&self, status: http::StatusCode) -> bool {
        self.responses
            .iter()
            .any(|declared| match declared.as_bytes() {
                b"default" => true,
                [first, b'X', b'X'] => status.as_str().as_bytes().first() == Some(first),
                code => status.as_str().as_bytes() == code,
            })
    }
}

/// One scheme that a security requirement names.
#[derive(Debug)]
pub struct SchemeSpec {
    /// The name in `components.securitySchemes`.
    pub name: &'static str,
    /// Where the credential stands.
    pub place: CredentialPlace,
    /// The scopes that the requirement asks of this scheme.
    pub scopes: &'static [&'static str],
}

/// Where in a request a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialPlace {
    /// Behind that scheme, in lower case, in the `Authorization` header.
    Authorization(&'static str),
    /// The value of that header.
    Header(&'static str),
    /// The value of that query parameter.
    Query(&'static str),
    /// The value of that cookie.
    Cookie(&'static str),
}

/// One parameter.
#[derive(Debug)]
pub struct ParameterSpec {
    /// The name as written.
    pub name: &'static str,
    /// Where it stands.
    pub location: ParameterLocation,
    /// `required`.
    pub required: bool,
    /// `description`.
    pub description: Option<&'static str>,
    /// How its text becomes a value.
    pub shape: Shape,
    /// What its value may be.
    pub schema: &'static Schema,
}

/// Where in a request a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the document's own")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the text of a parameter becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One(Scalar),
    /// Several values with that text between them.
    Delimited(Scalar, &'static str),
    /// One value for each time that the name stands in the query (`form` with `explode`).
    Repeated(Scalar),
    /// A text in JSON (`content`).
    Json,
}

/// What one text may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// The text as it is.
    Text,
    /// A number as JSON writes it.
    Number,
    /// An integer as JSON writes it, without fraction and exponent.
    Integer,
    /// `true` or `false`.
    Boolean,
}

/// A request body.
#[derive(Debug)]
pub struct BodySpec {
    /// Whether a request without a body is refused.
    pub required: bool,
    /// The media types that are accepted, all of them JSON.
    pub media_types: &'static [&'static str],
    /// What its value may be.
    pub schema: &'static Schema,
}
