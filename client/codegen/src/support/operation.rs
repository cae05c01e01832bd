//! What the document says about each operation, as tables.
//!
//! This module is purely the shape. The generator settles every question, so that nothing is decided again at a call.

use schema_check::Schema;

/// One operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// The method.
    pub method: reqwest::Method,
    /// The path template, such as `/things/{id}`.
    pub path: &'static str,
    /// The alternatives of `security`; each needs all of its schemes. None at all: everybody may call.
    pub security: &'static [&'static [Scheme]],
    /// Every parameter.
    pub parameters: &'static [Parameter],
    /// The value of `Accept`, where an answer can have a body.
    pub accept: Option<&'static str>,
    /// The responses that are declared.
    pub responses: &'static [Response],
}

impl Operation {
    /// The response that is declared for a status: the exact code, else the range, else `default`.
    ///
    /// With it comes its place among them.
    pub fn response(&self, status: u16) -> Option<(usize, &'static Response)> {
        let responses = self.responses.iter().enumerate();
        let find = |wanted| responses.clone().find(|(_, r)| r.status == wanted);
        find(Status::Code(status))
            .or_else(|| find(Status::Range(status / 100)))
            .or_else(|| find(Status::Default))
    }

    /// Whether an answer is a success that only `default` describes, where another response is the success that there
    /// is a type for.
    pub fn is_untyped(&self, status: reqwest::StatusCode) -> bool {
        let is_success = |response: &Response| match response.status {
            Status::Code(code) => code / 100 == 2,
            Status::Range(digit) => digit == 2,
            Status::Default => false,
        };
        let found = self.response(status.as_u16());
        status.is_success()
            && found.is_some_and(|(_, response)| response.status == Status::Default)
            && self.responses.iter().any(is_success)
    }
}

/// One scheme that a security requirement names.
#[derive(Debug)]
pub struct Scheme {
    /// The name in `components.securitySchemes`.
    pub name: &'static str,
    /// Where the credential stands.
    pub place: Place,
}

/// Where in a request a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind that scheme, in the `Authorization` header.
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
pub struct Parameter {
    /// The name of the builder's method, and of the value in the query on the way from there to here.
    pub method: &'static str,
    /// The name as the document has it.
    pub name: &'static str,
    /// Where it stands.
    pub location: Location,
    /// Whether the builder's text is the value; else it is JSON.
    pub is_text: bool,
    /// How its value is written.
    pub style: Style,
    /// Whether each item or member is written by itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// What its value may be.
    pub schema: &'static Schema,
}

/// Where in a request a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a value is written as text (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `,` between items, in a path or a header.
    Simple,
    /// Behind a dot, in a path.
    Label,
    /// Behind a semicolon and the name, in a path.
    Matrix,
    /// Names and values, in a query, a form or the cookies.
    Form,
    /// As `Form`, with a blank between items.
    SpaceDelimited,
    /// As `Form`, with `|` between items.
    PipeDelimited,
    /// The names of members in brackets.
    DeepObject,
    /// A text in JSON (`content`).
    Json,
}

/// One declared response.
#[derive(Debug)]
pub struct Response {
    /// Which answers it describes.
    pub status: Status,
    /// The headers.
    pub headers: &'static [Header],
    /// The media types and ranges that its body may have; empty where it has no body.
    pub content: &'static [Content],
}

/// One header of a response.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// How its text becomes a value.
    pub shape: Shape,
    /// Whether names and values have `=` between them, and not a comma.
    pub explode: bool,
    /// What its value may be.
    pub schema: &'static Schema,
}

/// How the text of a header becomes a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One value.
    One(&'static [Scalar]),
    /// A list, with commas between its items.
    List(&'static [Scalar]),
    /// Names and values; those of members that are not listed are text.
    Object(&'static [(&'static str, &'static [Scalar])]),
    /// A text in JSON (`content`).
    Json,
}

/// What one text may stand for.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// The text itself.
    Text,
}

/// Which status codes a response describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A hundred codes, by their first digit.
    Range(u16),
    /// Every code that no other response describes.
    Default,
}

/// A body of one media type.
#[derive(Debug)]
pub struct Content {
    /// The media type or range, without parameters.
    pub media_type: &'static str,
    /// How it is read.
    pub format: Format,
}

/// How a body is read, and what its value may be.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// As JSON.
    Json(&'static Schema),
    /// As one text.
    Text(&'static Schema),
    /// Not at all: it is handed on as it comes.
    Stream,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_response_is_found() {
        const fn of(status: Status) -> Response {
            Response {
                status,
                headers: &[],
                content: &[],
            }
        }
        let operation = Operation {
            id: "get",
            method: reqwest::Method::GET,
            path: "/",
            security: &[],
            parameters: &[],
            accept: None,
            responses: const {
                &[
                    of(Status::Default),
                    of(Status::Range(4)),
                    of(Status::Code(404)),
                ]
            },
        };
        let found = |status| operation.response(status).map(|(_, r)| r.status);
        assert_eq!(found(404), Some(Status::Code(404)));
        assert_eq!(found(400), Some(Status::Range(4)));
        assert_eq!(found(500), Some(Status::Default));
    }
}
