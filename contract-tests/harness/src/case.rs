//! One concrete call to one operation.
//!
//! This module is purely the shape of what generation makes and the sender sends. A case holds its texts as they
//! stand on the wire, but for credentials: those stay names until the request is written, so that a case can be shown
//! without a secret in it.

use std::fmt;

use bytes::Bytes;
use openapi_model::Pointer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One concrete call to one operation, and what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Which case of the run it is.
    pub key: CaseKey,
    /// What kind of case it is, which decides what the checks expect.
    pub mode: Mode,
    /// Whether the path names something that the server has not shown: then it may answer 404.
    pub unknown_id: bool,
    /// The method that is sent: the operation's, but for undeclared methods.
    pub method: http::Method,
    /// The path template of the operation.
    pub template: String,
    /// Path parameters by name, percent-encoded as they stand in the URL.
    pub path: Vec<(String, String)>,
    /// The pairs of the query string, percent-encoded as they stand in the URL.
    pub query: Vec<(String, String)>,
    /// Header parameters by name.
    pub headers: Vec<(String, String)>,
    /// Cookies by name.
    pub cookies: Vec<(String, String)>,
    /// What is sent as `Accept`.
    pub accept: String,
    /// The credentials that are sent, valid or not.
    pub credentials: Vec<Credential>,
    /// The body, where there is one.
    pub body: Option<Body>,
    /// Where the value of each part comes from.
    pub origins: Vec<(Place, Origin)>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What is sent as `Content-Type`.
    pub media_type: String,
    /// The bytes that are sent.
    pub bytes: Bytes,
    /// The value that the bytes were written from.
    pub value: Value,
}

/// Which case of a run: with seed, run id and document it determines the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseKey {
    /// The operation, by its place in `Api::operations`.
    pub operation: usize,
    /// The phase of the run.
    pub phase: Phase,
    /// The number of the case within operation and phase.
    pub index: usize,
}

/// The phases of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The document's own examples.
    Examples,
    /// Each boundary of each value.
    Boundaries,
    /// Random valid calls.
    Random,
    /// Calls that break one rule.
    Negative,
    /// Calls whose credentials do not suffice.
    Credentials,
    /// Methods that the path does not declare.
    Methods,
    /// Sequences of calls, each law numbered.
    Law(usize),
}

impl Phase {
    /// The names that [`Settings::phases`](crate::Settings::phases) knows, in the order of the enum.
    pub const NAMES: [&str; 7] = [
        "examples",
        "boundaries",
        "random",
        "negative",
        "credentials",
        "methods",
        "laws",
    ];

    /// The phases of single cases.
    pub(crate) const ALONE: [Phase; 6] = [
        Phase::Examples,
        Phase::Boundaries,
        Phase::Random,
        Phase::Negative,
        Phase::Credentials,
        Phase::Methods,
    ];

    /// The name that the settings have for it.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Examples => "examples",
            Phase::Boundaries => "boundaries",
            Phase::Random => "random",
            Phase::Negative => "negative",
            Phase::Credentials => "credentials",
            Phase::Methods => "methods",
            Phase::Law(_) => "laws",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Phase::Law(number) => write!(f, "law {number}"),
            other => f.write_str(other.name()),
        }
    }
}

/// What kind of case it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The document allows the call.
    Positive,
    /// The call breaks exactly one rule of the document.
    Negative(Violation),
    /// The document does not say what a server has to make of it.
    Odd(Oddity),
    /// The call is valid but for its credentials.
    Credentials(Fault),
    /// The path does not declare the method.
    UndeclaredMethod,
    /// Somebody else made the call, and nothing is known of what it is after.
    #[serde(skip)]
    Observed,
    /// The document does not have the path: an answer leads there.
    Elsewhere,
}

impl Mode {
    /// Whether the document describes what answers such a call.
    pub(crate) fn is_described(&self) -> bool {
        !matches!(self, Mode::UndeclaredMethod | Mode::Elsewhere)
    }

    /// The kind in a word, for reports.
    pub fn name(&self) -> &'static str {
        match self {
            Mode::Positive => "positive",
            Mode::Negative(_) => "negative",
            Mode::Odd(_) => "odd",
            Mode::Credentials(_) => "credentials",
            Mode::UndeclaredMethod => "method",
            Mode::Observed => "observed",
            Mode::Elsewhere => "elsewhere",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mode::Positive => f.write_str("a valid call"),
            Mode::Negative(violation) => write!(f, "a call where {violation}"),
            Mode::Odd(oddity) => write!(f, "a valid call with {oddity}"),
            Mode::Credentials(fault) => write!(f, "a valid call with {fault}"),
            Mode::UndeclaredMethod => f.write_str("a method that the path does not declare"),
            Mode::Observed => f.write_str("a call that somebody else made"),
            Mode::Elsewhere => f.write_str("a call to where an answer leads"),
        }
    }
}

/// The one rule that a case breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Violation {
    /// The keyword of the document that is broken; `syntax` where the body is not JSON at all.
    pub keyword: String,
    /// The place in the request.
    pub place: Place,
    /// The place of the rule in the document.
    #[serde(with = "pointer")]
    pub rule: Pointer,
    /// What was done, in words; `None` where keyword and place say it.
    pub what: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Some(what) => f.write_str(what),
            None => write!(f, "{} breaks `{}`", self.place, self.keyword),
        }
    }
}

/// A place in a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A path parameter.
    Path(String),
    /// A query parameter.
    Query(String),
    /// A header.
    Header(String),
    /// A cookie.
    Cookie(String),
    /// A place in the body, as a JSON pointer.
    Body(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Path(name) => write!(f, "path parameter `{name}`"),
            Place::Query(name) => write!(f, "query parameter `{name}`"),
            Place::Header(name) => write!(f, "header `{name}`"),
            Place::Cookie(name) => write!(f, "cookie `{name}`"),
            Place::Body(pointer) if pointer.is_empty() => f.write_str("the body"),
            Place::Body(pointer) => write!(f, "the body's `{pointer}`"),
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An example of the document.
    Example,
    /// A boundary of its schema.
    Boundary,
    /// Drawn at random, within its schema or to break one rule.
    Drawn,
    /// An answer of the server, by way of a link of the document.
    Shown,
    /// An answer of the server, by its `Location`, or by the habit that `/things/{id}` is one of `/things`.
    Guessed,
    /// The settings of the run.
    Given,
}

/// What the document leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// A query parameter of a name that the operation does not declare.
    UnknownQueryName,
    /// A query parameter that is sent twice, with the same value.
    RepeatedQueryName,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Oddity::UnknownQueryName => "a query parameter of an undeclared name",
            Oddity::RepeatedQueryName => "a query parameter sent twice",
        })
    }
}

/// What is wrong with the credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// None are sent.
    NoneAtAll,
    /// That scheme's are left out, the others are valid.
    Missing(String),
    /// That scheme's are valid but for one more character at their end.
    Altered(String),
    /// That scheme's are a word that was never a credential.
    Nonsense(String),
    /// That scheme's stand behind another `Authorization` scheme's name.
    OtherScheme(String),
    /// The first scheme's stand where the second scheme's belong.
    Misplaced(String, String),
    /// That scheme's header is sent twice. HTTP forbids it, and does not say what a server makes of it.
    Twice(String),
    /// Several schemes' at once.
    Several(Vec<Fault>),
}

impl Fault {
    /// The scheme whose place is not filled as it should be; `None` where no scheme's is.
    pub fn scheme(&self) -> Option<&str> {
        match self {
            Fault::NoneAtAll => None,
            Fault::Missing(scheme)
            | Fault::Altered(scheme)
            | Fault::Nonsense(scheme)
            | Fault::OtherScheme(scheme)
            | Fault::Misplaced(_, scheme)
            | Fault::Twice(scheme) => Some(scheme),
            Fault::Several(faults) => faults.first()?.scheme(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoneAtAll => f.write_str("no credentials"),
            Fault::Missing(scheme) => write!(f, "no credentials for `{scheme}`"),
            Fault::Altered(scheme) => write!(f, "altered credentials for `{scheme}`"),
            Fault::Nonsense(scheme) => write!(f, "nonsense as credentials for `{scheme}`"),
            Fault::OtherScheme(scheme) => {
                write!(
                    f,
                    "the credentials for `{scheme}` behind another scheme's name"
                )
            }
            Fault::Misplaced(from, to) => {
                write!(
                    f,
                    "the credentials for `{from}` in the place of those for `{to}`"
                )
            }
            Fault::Twice(scheme) => write!(f, "the credentials for `{scheme}` twice"),
            Fault::Several(faults) => {
                for (index, fault) in faults.iter().enumerate() {
                    let before = if index == 0 { "" } else { ", and " };
                    write!(f, "{before}{fault}")?;
                }
                Ok(())
            }
        }
    }
}

/// One scheme's part of the credentials that a case sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Credential {
    /// The scheme in whose place they are sent.
    pub scheme: String,
    /// What is sent there.
    pub sent: Sent,
}

/// What is sent in a scheme's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// What the target has for the scheme.
    Valid,
    /// The same with one more character at the end.
    Altered,
    /// A word that was never a credential.
    Nonsense,
    /// The same, behind another `Authorization` scheme's name.
    OtherScheme,
    /// What the target has for another scheme.
    Of(String),
    /// What the target has for the scheme, in two headers.
    Twice,
}

/// A pointer as its text.
mod pointer {
    use openapi_model::Pointer;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(pointer: &Pointer, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(pointer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Pointer, D::Error> {
        let text = String::deserialize(from)?;
        let stripped = text.strip_prefix('#').unwrap_or(&text);
        Pointer::parse(stripped)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no JSON pointer")))
    }
}
