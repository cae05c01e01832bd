//! `x-contract`: what the document's author says where neither OpenAPI nor a convention can.
//!
//! What there is to say stands in the documentation of [`laws`](mod@crate::laws), which users read.

use openapi_model::{Api, Diagnostic, Location, Operation, Parameter, Pointer, SchemaId};
use serde_json::{Map, Value};

use super::filter::Comparison;
use super::shape::{self, Answered};

const NAME: &str = "x-contract";

/// What the annotation of an operation says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OperationNote {
    pub(crate) items: Option<Pointer>,
    pub(crate) id: Option<Pointer>,
    pub(crate) next: Option<Pointer>,
    /// Whether a list shows everything that there is, where no filter is asked for.
    pub(crate) is_complete: bool,
    pub(crate) identity: Option<Identity>,
}

/// What makes two creating calls the same, and what becomes of the second.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity {
    pub(crate) by: By,
    pub(crate) again: Again,
    pub(crate) changed: Option<u16>,
}

/// Where an identity stands in a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum By {
    /// A header, by the place of its parameter in `Operation::parameters`.
    Header(usize),
    /// A place in the body.
    Body(Pointer),
}

/// What the same call gives the second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    Same,
    Status(u16),
}

/// What the annotation of a parameter says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ParameterNote {
    pub(crate) filters: Option<(Pointer, Comparison)>,
    pub(crate) sorts: Vec<(String, Pointer)>,
    pub(crate) pages: Option<Part>,
}

/// A parameter's part in paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Size,
    Offset,
    Number,
    Cursor,
}

/// Reads an operation's annotation; what is wrong with it is added to the faults.
pub(crate) fn of_operation(
    api: &Api,
    operation: &Operation,
    faults: &mut Vec<Diagnostic>,
) -> OperationNote {
    let mut note = OperationNote::default();
    let Some(value) = operation.extensions.get(NAME) else {
        return note;
    };
    let mut reader = Reader {
        at: operation.pointer.join(NAME),
        line: operation.line,
        faults,
    };
    let Some(members) = reader.object(value) else {
        return note;
    };
    reader.known(members, &["items", "id", "next", "complete", "identity"]);
    let answered = Answered::of(api, operation);
    let body = answered.map(|answered| answered.body).unwrap_or_default();
    note.items = reader.pointer(api, members, "items", &body);
    note.next = reader.pointer(api, members, "next", &body);
    let of = match &note.items {
        Some(items) => {
            let array = shape::at(&api.schemas, &body, items);
            let items = shape::items(&api.schemas, &array);
            if items.is_none() {
                reader.fault(
                    "items",
                    "it leads to no array: let it name the array of the items",
                );
            }
            items.unwrap_or_default()
        }
        None => shape::items(&api.schemas, &body).unwrap_or(body),
    };
    note.id = reader.pointer(api, members, "id", &of);
    note.is_complete = match members.get("complete") {
        None => false,
        Some(Value::Bool(is_complete)) => *is_complete,
        Some(_) => {
            reader.fault("complete", "it must be true or false");
            false
        }
    };
    note.identity = members
        .get("identity")
        .and_then(|value| reader.identity(api, operation, value));
    note
}

/// Reads a parameter's annotation; what is wrong with it is added to the faults. `item` are the schemas of an item of
/// the list that the parameter belongs to, where it is one.
pub(crate) fn of_parameter(
    api: &Api,
    parameter: &Parameter,
    item: Option<&[SchemaId]>,
    faults: &mut Vec<Diagnostic>,
) -> ParameterNote {
    let mut note = ParameterNote::default();
    let raw = api.document.pointer(parameter.pointer.as_str());
    let Some(value) = raw.and_then(|raw| raw.get(NAME)) else {
        return note;
    };
    let mut reader = Reader {
        at: parameter.pointer.join(NAME),
        line: parameter.line,
        faults,
    };
    let Some(members) = reader.object(value) else {
        return note;
    };
    reader.known(members, &["filters", "by", "sorts", "pages"]);
    if members.is_empty() {
        return note;
    }
    let Some(item) = item.filter(|_| parameter.location == Location::Query) else {
        let message = "it means something on query parameters of lists alone: take it away";
        reader.fault("", message);
        return note;
    };
    if let Some(member) = reader.pointer(api, members, "filters", item) {
        let by = match members.get("by") {
            None => Some(Comparison::Equal),
            Some(value) => value.as_str().and_then(Comparison::named),
        };
        match by {
            Some(by) => note.filters = Some((member, by)),
            None => reader.fault("by", "it is none of eq, ne, gt, gte, lt, lte and contains"),
        }
    } else if members.contains_key("by") && !members.contains_key("filters") {
        reader.fault(
            "by",
            "it says how to filter, and `filters` does not say by what",
        );
    }
    if let Some(sorts) = members.get("sorts") {
        let Some(sorts) = reader.member_object("sorts", sorts) else {
            return note;
        };
        for name in sorts.keys() {
            let place = reader.at.join("sorts");
            let mut below = Reader {
                at: place,
                line: parameter.line,
                faults: reader.faults,
            };
            if let Some(member) = below.pointer(api, sorts, name, item) {
                note.sorts.push((name.clone(), member));
            }
        }
    }
    if let Some(value) = members.get("pages") {
        note.pages = match value.as_str() {
            Some("size") => Some(Part::Size),
            Some("offset") => Some(Part::Offset),
            Some("number") => Some(Part::Number),
            Some("cursor") => Some(Part::Cursor),
            _ => {
                reader.fault("pages", "it is none of size, offset, number and cursor");
                None
            }
        };
    }
    note
}

struct Reader<'f> {
    at: Pointer,
    line: usize,
    faults: &'f mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn fault(&mut self, member: &str, message: impl Into<String>) {
        let pointer = if member.is_empty() {
            self.at.clone()
        } else {
            self.at.join(member)
        };
        // A parameter that several operations share is read once for each.
        if !self.faults.iter().any(|fault| fault.pointer == pointer) {
            self.faults.push(Diagnostic {
                file: String::new(),
                pointer,
                line: self.line,
                message: message.into(),
            });
        }
    }

    fn object<'v>(&mut self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.fault("", "it must be an object");
        }
        object
    }

    fn member_object<'v>(
        &mut self,
        name: &str,
        value: &'v Value,
    ) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.fault(name, "it must be an object");
        }
        object
    }

    fn known(&mut self, members: &Map<String, Value>, known: &[&str]) {
        for name in members
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
        {
            let known = known.join("`, `");
            self.fault(name, format!("it is not known here: there are `{known}`"));
        }
    }

    /// A pointer to a member that the schemas declare.
    fn pointer(
        &mut self,
        api: &Api,
        members: &Map<String, Value>,
        name: &str,
        of: &[SchemaId],
    ) -> Option<Pointer> {
        let value = members.get(name)?;
        let Some(pointer) = value.as_str().and_then(Pointer::parse) else {
            self.fault(name, "it must be a JSON pointer, such as `/name`");
            return None;
        };
        if shape::at(&api.schemas, of, &pointer).is_empty() {
            let message = format!("`{}` leads to no declared member", pointer.as_str());
            self.fault(name, message);
            return None;
        }
        Some(pointer)
    }

    fn identity(&mut self, api: &Api, operation: &Operation, value: &Value) -> Option<Identity> {
        let members = self.member_object("identity", value)?;
        let at = self.at.join("identity");
        let mut below = Reader {
            at,
            line: self.line,
            faults: self.faults,
        };
        below.known(members, &["by", "again", "changed"]);
        let by = match members.get("by").and_then(Value::as_str) {
            Some(text) if text.starts_with('/') => {
                let contents = operation
                    .request_body
                    .iter()
                    .flat_map(|body| body.content.values());
                let mut body = Vec::new();
                for schema in contents.filter_map(|content| content.schema) {
                    crate::views::views(&api.schemas, schema, &mut body);
                }
                below.pointer(api, members, "by", &body).map(By::Body)
            }
            Some(name) => {
                let found = operation.parameters.iter().position(|p| {
                    p.location == Location::Header && p.name.eq_ignore_ascii_case(name)
                });
                if found.is_none() {
                    below.fault("by", format!("the operation has no header `{name}`"));
                }
                found.map(By::Header)
            }
            None => {
                below.fault(
                    "by",
                    "it must be the name of a header, or a JSON pointer into the body",
                );
                None
            }
        };
        let status = |value: &Value| {
            let code = value.as_u64().and_then(|code| u16::try_from(code).ok());
            code.filter(|code| (400..500).contains(code))
        };
        let again = match members.get("again") {
            None => Some(Again::Same),
            Some(value) if value == "same" => Some(Again::Same),
            Some(value) => status(value).map(Again::Status),
        };
        if again.is_none() {
            below.fault("again", "it must be `same` or a status from 400 to 499");
        }
        let changed = members.get("changed").map(status);
        if changed == Some(None) {
            below.fault("changed", "it must be a status from 400 to 499");
        }
        Some(Identity {
            by: by?,
            again: again?,
            changed: changed.flatten(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use crate::Contract;

    /// A list with that annotation, and a parameter with that one.
    fn check(operation: &str, parameter: &str, expected: &[&str]) {
        let document = format!(
            "
openapi: 3.0.3
info: {{ title: T, version: '1' }}
paths:
  /things:
    get:
      x-contract: {operation}
      parameters:
        - {{ name: q, in: query, schema: {{ type: string }}, x-contract: {parameter} }}
      responses:
        '200':
          description: Things.
          content:
            application/json:
              schema:
                properties:
                  found: {{ type: array, items: {{ properties: {{ key: {{ type: string }} }} }} }}
                  more: {{ type: string }}
"
        );
        let contract = Contract::new(openapi_model::parse(&document).unwrap()).unwrap();
        let found: Vec<String> = contract
            .diagnostics()
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.pointer, diagnostic.message))
            .collect();
        assert_eq!(
            found.len(),
            expected.len(),
            "{operation} {parameter}: {found:?}"
        );
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found} should have {expected}");
        }
    }

    #[test]
    fn annotations_that_mean_something_are_no_faults() {
        check(
            "{ items: /found, id: /key, next: /more }",
            "{ pages: cursor }",
            &[],
        );
        check("{}", "{ filters: /key, by: contains }", &[]);
        check("{}", "{ sorts: { key: /key } }", &[]);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let at = "#/paths/~1things/get/x-contract";
        let parameter = "#/paths/~1things/get/parameters/0/x-contract";
        for (operation, of_parameter, expected) in [
            (
                "{ item: /found }",
                "{}",
                vec![format!("{at}/item: it is not known here")],
            ),
            (
                "{ complete: yes-it-is }",
                "{}",
                vec![format!("{at}/complete: it must be true or false")],
            ),
            ("5", "{}", vec![format!("{at}: it must be an object")]),
            (
                "{ id: /name }",
                "{}",
                vec![format!("{at}/id: `/name` leads to no declared member")],
            ),
            (
                "{ items: /more }",
                "{}",
                vec![format!("{at}/items: it leads to no array")],
            ),
            (
                "{ id: key }",
                "{}",
                vec![format!("{at}/id: it must be a JSON pointer")],
            ),
            (
                "{ identity: { by: X-Key, again: 200 } }",
                "{}",
                vec![
                    format!("{at}/identity/by: the operation has no header `X-Key`"),
                    format!("{at}/identity/again: it must be `same`"),
                ],
            ),
            (
                "{}",
                "{ by: gt }",
                vec![format!("{parameter}/by: it says how to filter")],
            ),
            (
                "{}",
                "{ filters: /key, by: like }",
                vec![format!("{parameter}/by: it is none of eq")],
            ),
            (
                "{}",
                "{ sorts: { a: /b } }",
                vec![format!("{parameter}/sorts/a: `/b` leads")],
            ),
            (
                "{}",
                "{ pages: 3 }",
                vec![format!("{parameter}/pages: it is none of size")],
            ),
        ] {
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            check(operation, of_parameter, &expected);
        }
    }
}
