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
    /// Every response that is declared.
    pub responses: &'static [ResponseSpec],
}

impl OperationSpec {
    /// Whether the document declares an answer with that status.
    pub fn declares(&self, status: http::StatusCode) -> bool {
        self.response(status).is_some()
    }

    /// The response that is declared for a status: that of the code itself, else of its range, else the default.
    pub fn response(&self, status: http::StatusCode) -> Option<&ResponseSpec> {
        let (code, range) = (status.as_str(), format!("{}XX", status.as_u16() / 100));
        [code, range.as_str(), "default"]
            .iter()
            .find_map(|name| self.responses.iter().find(|r| r.status == *name))
    }
}

/// One response that an operation declares.
#[derive(Debug)]
pub struct ResponseSpec {
    /// `404`, `4XX` or `default`.
    pub status: &'static str,
    /// The forms that its body may have; empty where the document says nothing of a body.
    pub forms: &'static [BodyForm],
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
    /// `allowReserved`: a `+` in the query stands for itself, and not for a blank.
    pub allow_reserved: bool,
    /// What stands before the value in a path.
    pub lead: Lead,
    /// How its text becomes a value; the first that gives a valid one counts.
    pub shapes: &'static [Shape],
    /// The value where it is not given, as JSON.
    pub default: Option<&'static str>,
    /// What its value may be.
    pub schema: &'static Schema,
}

impl ParameterSpec {
    /// A text in the query that may be anything: what a parameter is where nothing else is said.
    pub const ANY: ParameterSpec = ParameterSpec {
        name: "",
        location: ParameterLocation::Query,
        required: false,
        description: None,
        allow_reserved: false,
        lead: Lead::Nothing,
        shapes: &[Shape::One(Scalar::Text)],
        default: None,
        schema: &Schema::ANY,
    };
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

/// What stands before a value in a path (`style`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Nothing (`simple`).
    Nothing,
    /// A dot (`label`).
    Dot,
    /// `;name=`, once (`matrix`).
    Name,
    /// `;name=`, before each item (`matrix` with `explode`).
    EachName,
    /// A semicolon (`matrix` with `explode`, for an object).
    Semicolon,
}

/// How the text of a parameter, or of a field in a form, becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One(Scalar),
    /// Several values with that text between them.
    Delimited(Scalar, &'static str),
    /// One value for each time that the name stands there (`form` with `explode`).
    Repeated(Scalar),
    /// A text in JSON (`content`).
    Json,
    /// An object: names and values by turns, with that text between them (`R,100,G,200`).
    Alternating(&'static Members, &'static str),
    /// An object: names and values with `=` between them, and that text between these (`R=100,G=200`).
    Pairs(&'static Members, &'static str),
    /// An object whose members stand there like parameters of their own (`form` with `explode`).
    Spread(&'static Members),
    /// An object whose members are named behind its own name (`deepObject`): `colour[R]=100`.
    Deep(&'static Members),
}

/// The members of an object that is written as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Members {
    /// Those that have a name.
    pub named: &'static [Field],
    /// What the values of all others are; `None` where there are no others.
    pub others: Option<Scalar>,
}

/// A member of an object that is written as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// How its text becomes a value; the first that reads it counts.
    pub shapes: &'static [Shape],
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
    /// Every media type and range that is accepted.
    pub media_types: &'static [&'static str],
    /// The forms that it may have, each of some of the media types.
    pub forms: &'static [BodyForm],
}

/// One form of a body.
#[derive(Debug)]
pub struct BodyForm {
    /// Its media types and ranges.
    pub media_types: &'static [&'static str],
    /// How it is read.
    pub format: BodyFormat,
}

/// How a body is read.
#[derive(Debug)]
pub enum BodyFormat {
    /// As JSON.
    Json(&'static Schema),
    /// As one text.
    Text(&'static Schema),
    /// As the pairs of a form (`application/x-www-form-urlencoded`).
    Form(&'static Members, &'static Schema),
    /// As the parts of a form (`multipart/form-data`).
    Multipart(&'static PartsSpec),
    /// Not at all: the handler gets it as it comes.
    Stream,
}

/// A form in parts.
#[derive(Debug)]
pub struct PartsSpec {
    /// Its fields.
    pub named: &'static [PartSpec],
    /// Whether there may be no others, which else are passed over.
    pub is_closed: bool,
}

/// A field of a form in parts.
#[derive(Debug)]
pub struct PartSpec {
    /// Its name.
    pub name: &'static str,
    /// Whether a form without it is refused.
    pub required: bool,
    /// What it is.
    pub kind: PartKind,
    /// What its value may be, where it is no file.
    pub schema: &'static Schema,
}

/// What a field of a form in parts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A text that stands for a value; the first shape that reads it counts.
    Value(&'static [Shape]),
    /// One file.
    File,
    /// Any number of files.
    Files,
}
