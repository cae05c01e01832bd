//! Parameters: text in a request to checked values.

use std::collections::HashSet;

use http::HeaderMap;
use schema_check::{Direction, MOST_VIOLATIONS, check};
use serde_json::{Map, Value};

use crate::rejection::{Place, Violation};
use crate::security::cookies;
use crate::shape::{self, Pair};
use crate::spec::{
    CredentialPlace, Lead, Members, OperationSpec, ParameterLocation, ParameterSpec, Shape,
};
use crate::text::{Encoding, Query, Text, shortened};

/// Of a name that is not known, this many characters are told.
const LONGEST_NAME: usize = 100;

/// The values of an operation's parameters, in the order of its table; `None` where one was not given and has no default.
pub(crate) type Values = Vec<Option<Value>>;

/// The places of a request that hold parameters.
pub(crate) struct Given<'r> {
    pub path: Vec<(&'static str, &'r str)>,
    pub query: Query<'r>,
    pub headers: &'r HeaderMap,
}

/// Reads and checks the parameters of one kind; everything that is wrong with them is returned.
pub(crate) fn read(
    operation: &OperationSpec,
    location: ParameterLocation,
    given: &Given,
    values: &mut Values,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (parameter, value) in operation.parameters.iter().zip(values.iter_mut()) {
        if parameter.location != location {
            continue;
        }
        match read_value(operation, parameter, given) {
            Ok(Some(read)) => *value = Some(read),
            // An object whose members stand alone, and that has none, leaves nothing to see.
            Ok(None) if parameter.required && may_be_empty(parameter) => {
                *value = Some(Value::Object(Map::new()));
            }
            Ok(None) if parameter.required => {
                violations.push(violation(parameter, "required", "is missing".to_owned()));
            }
            // The generator wrote the default, and has read it.
            Ok(None) => {
                *value = parameter
                    .default
                    .and_then(|text| serde_json::from_str(text).ok())
            }
            Err(found) => violations.extend(found),
        }
    }
    if location == ParameterLocation::Query {
        violations.extend(unknown_names(operation, &given.query));
    }
    violations
}

/// The checked value of a parameter, or everything that is wrong with it; `None` where it is not given.
///
/// Of several shapes, the first that gives a valid value counts, and what is wrong with the first is told if none does.
fn read_value(
    operation: &OperationSpec,
    parameter: &ParameterSpec,
    given: &Given,
) -> Result<Option<Value>, Vec<Violation>> {
    let mut faults = None;
    for shape in parameter.shapes {
        let written = given
            .written(operation, parameter, *shape)
            .map_err(|(keyword, message)| vec![violation(parameter, keyword, message)]);
        let written = match written {
            Ok(written) if written.is_empty() => continue,
            Ok(written) => written,
            Err(found) => {
                faults.get_or_insert(found);
                continue;
            }
        };
        let checked = checked(parameter, *shape, &written).or_else(|found| {
            // An encoded comma is part of an item, but what many clients write for one between items. Where the first
            // reading is not valid, the second may be.
            let has_commas = matches!(
                shape,
                Shape::Delimited(_, ",") | Shape::Alternating(_, ",") | Shape::Pairs(_, ",")
            );
            if has_commas {
                checked(parameter, *shape, &written.plain()).map_err(|_| found)
            } else {
                Err(found)
            }
        });
        match checked {
            Ok(value) => return Ok(Some(value)),
            Err(found) => {
                faults.get_or_insert(found);
            }
        }
    }
    faults.map_or(Ok(None), Err)
}

fn checked(
    parameter: &ParameterSpec,
    shape: Shape,
    written: &Written,
) -> Result<Value, Vec<Violation>> {
    let value = match written {
        Written::Texts(texts) => shape::read(shape, texts),
        Written::Pairs(pairs) => shape::read_pairs(shape, pairs),
    };
    let value = value.map_err(|(keyword, message)| vec![violation(parameter, keyword, message)])?;
    let found = check(parameter.schema, &value, Direction::Request);
    let found: Vec<Violation> = found
        .into_iter()
        .map(|v| {
            let message = if v.pointer.is_empty() {
                v.message
            } else {
                format!("{}: {}", v.pointer, v.message)
            };
            violation(parameter, v.keyword, message)
        })
        .collect();
    if found.is_empty() {
        Ok(value)
    } else {
        Err(found)
    }
}

fn may_be_empty(parameter: &ParameterSpec) -> bool {
    let nothing = Value::Object(Map::new());
    matches!(parameter.shapes, [Shape::Spread(_), ..])
        && check(parameter.schema, &nothing, Direction::Request).is_empty()
}

fn violation(parameter: &ParameterSpec, keyword: &'static str, message: String) -> Violation {
    Violation {
        place: Place::Parameter(parameter.location, parameter.name.to_owned()),
        keyword,
        message,
    }
}

/// The names in a query that the operation has no parameter for.
fn unknown_names(operation: &OperationSpec, query: &Query<'_>) -> Vec<Violation> {
    let mut seen = HashSet::new();
    let unknown = query
        .0
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| {
            let takes_others = |p: &ParameterSpec| {
                p.location == ParameterLocation::Query
                    && p.shapes.iter().any(|s| {
                        matches!(
                            s,
                            Shape::Spread(Members {
                                others: Some(_),
                                ..
                            })
                        )
                    })
            };
            !is_known(operation, ParameterLocation::Query, name)
                && !operation.parameters.iter().any(takes_others)
        });
    unknown
        .filter(|name| seen.insert(*name))
        // An answer must not grow with the request.
        .take(MOST_VIOLATIONS)
        .map(|name| Violation {
            place: Place::Parameter(ParameterLocation::Query, shortened(name, LONGEST_NAME)),
            keyword: "unknown",
            message: "is no parameter of this operation".to_owned(),
        })
        .collect()
}

/// Whether a name is that of a parameter, of a member that stands like one, or of a credential.
fn is_known(operation: &OperationSpec, location: ParameterLocation, name: &str) -> bool {
    let is_of = |parameter: &ParameterSpec| {
        let mut shapes = parameter.shapes.iter();
        parameter.location == location
            && shapes.any(|shape| match shape {
                Shape::Spread(members) => members.named.iter().any(|field| field.name == name),
                Shape::Deep(_) => shape::deep_path(parameter.name, name).is_some(),
                _ => parameter.name == name,
            })
    };
    let is_credential = |place: CredentialPlace| match place {
        CredentialPlace::Query(n) => location == ParameterLocation::Query && n == name,
        CredentialPlace::Cookie(n) => location == ParameterLocation::Cookie && n == name,
        _ => false,
    };
    operation.parameters.iter().any(is_of)
        || operation
            .security
            .iter()
            .copied()
            .flatten()
            .any(|scheme| is_credential(scheme.place))
}

/// What a request has for a parameter.
enum Written<'r> {
    Texts(Vec<Text<'r>>),
    /// Names within the parameter, and texts.
    Pairs(Vec<Pair<'r>>),
}

impl Written<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Written::Texts(texts) => texts.is_empty(),
            Written::Pairs(pairs) => pairs.is_empty(),
        }
    }

    fn plain(&self) -> Written<'static> {
        match self {
            Written::Texts(texts) => Written::Texts(texts.iter().map(Text::plain).collect()),
            Written::Pairs(pairs) => Written::Pairs(
                pairs
                    .iter()
                    .map(|(path, text)| (path.clone(), text.plain()))
                    .collect(),
            ),
        }
    }

    fn can_be_decoded(&self) -> bool {
        match self {
            Written::Texts(texts) => texts.iter().all(Text::can_be_decoded),
            Written::Pairs(pairs) => pairs.iter().all(|(_, text)| text.can_be_decoded()),
        }
    }
}

impl<'r> Given<'r> {
    /// What the request has for a parameter; or the keyword and the message of why that cannot be read.
    fn written(
        &self,
        operation: &OperationSpec,
        parameter: &ParameterSpec,
        shape: Shape,
    ) -> Result<Written<'r>, (&'static str, String)> {
        let written = match shape {
            Shape::Deep(_) => {
                let pairs = self.query_pairs(parameter);
                let of = |(name, text)| Some((shape::deep_path(parameter.name, name)?, text));
                Written::Pairs(pairs.filter_map(of).collect())
            }
            Shape::Spread(members) => {
                let is_member = |name: &str| {
                    members.named.iter().any(|field| field.name == name)
                        || (members.others.is_some()
                            && !is_known(operation, parameter.location, name))
                };
                let pairs: Vec<(&str, Text)> = match parameter.location {
                    ParameterLocation::Cookie => self.cookie_pairs().collect(),
                    _ => self.query_pairs(parameter).collect(),
                };
                let members = pairs.into_iter().filter(|(name, _)| is_member(name));
                Written::Pairs(
                    members
                        .map(|(n, text)| (vec![n.to_owned()], text))
                        .collect(),
                )
            }
            _ => Written::Texts(self.texts(parameter)?),
        };
        if written.can_be_decoded() {
            Ok(written)
        } else {
            Err(("encoding", "is not UTF-8 in percent-encoding".to_owned()))
        }
    }

    fn query_pairs(&self, parameter: &ParameterSpec) -> impl Iterator<Item = (&str, Text<'r>)> {
        // Where reserved characters stand for themselves, so does `+`.
        let encoding = if parameter.allow_reserved {
            Encoding::Percent
        } else {
            Encoding::Form
        };
        let pairs = self.query.0.iter();
        pairs.map(move |(name, text)| (name.as_str(), Text::new(*text, encoding)))
    }

    fn cookie_pairs(&self) -> impl Iterator<Item = (&'r str, Text<'r>)> {
        cookies(self.headers).map(|(name, text)| (name, Text::new(text, Encoding::Percent)))
    }

    /// The texts that a request has for a parameter under its own name.
    fn texts(&self, parameter: &ParameterSpec) -> Result<Vec<Text<'r>>, (&'static str, String)> {
        match parameter.location {
            ParameterLocation::Path => {
                let text = self.path.iter().find(|(name, _)| *name == parameter.name);
                text.map_or(Ok(Vec::new()), |(_, text)| without_lead(parameter, text))
            }
            ParameterLocation::Query => Ok(self
                .query_pairs(parameter)
                .filter(|(name, _)| *name == parameter.name)
                .map(|(_, text)| text)
                .collect()),
            // Several lines of one header are one list (RFC 9110, section 5.3).
            ParameterLocation::Header => {
                let lines = self.headers.get_all(parameter.name).iter();
                let lines: Result<Vec<&str>, _> = lines.map(|line| line.to_str()).collect();
                let message = "holds something else than visible ASCII";
                let lines = lines.map_err(|_| ("encoding", message.to_owned()))?;
                if lines.is_empty() {
                    return Ok(Vec::new());
                }
                let line = lines.join(", ").trim().to_owned();
                Ok(vec![Text::new(line, Encoding::Header)])
            }
            ParameterLocation::Cookie => Ok(self
                .cookie_pairs()
                .filter(|(name, _)| *name == parameter.name)
                .map(|(_, text)| text)
                .collect()),
        }
    }
}

/// The texts of a parameter in the path, without what its style puts before them.
fn without_lead<'r>(
    parameter: &ParameterSpec,
    text: &'r str,
) -> Result<Vec<Text<'r>>, (&'static str, String)> {
    let name = parameter.name;
    let named = |text: &'r str| match text.strip_prefix(name)? {
        "" => Some(""),
        rest => rest.strip_prefix('='),
    };
    let found: Option<Vec<&str>> = match parameter.lead {
        Lead::Nothing => Some(vec![text]),
        Lead::Dot => text.strip_prefix('.').map(|text| vec![text]),
        Lead::Semicolon => text.strip_prefix(';').map(|text| vec![text]),
        Lead::Name => text
            .strip_prefix(';')
            .and_then(named)
            .map(|text| vec![text]),
        Lead::EachName => text
            .strip_prefix(';')
            .and_then(|text| text.split(';').map(named).collect()),
    };
    let found = found.ok_or_else(|| {
        let expected = match parameter.lead {
            Lead::Nothing | Lead::Dot => ".".to_owned(),
            Lead::Semicolon => ";".to_owned(),
            Lead::Name | Lead::EachName => format!(";{name}="),
        };
        ("style", format!("does not begin with `{expected}`"))
    })?;
    let encoded = |text| Text::new(text, Encoding::Percent);
    Ok(found.into_iter().map(encoded).collect())
}
