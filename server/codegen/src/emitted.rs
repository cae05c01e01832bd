//! The document that dropshot emits, compared with the one that the server was made from.
//!
//! That they are the same proves names, paths, parameters, schemas, and that every operation is registered. That a rule
//! is enforced is another proof. dropshot's document has no place for some of what others say; each such difference is
//! [expected](EXPECTED), with its reason. A document that dropshot itself could have emitted needs none of them.
//!
//! The documents are compared as they are written, and not as the model reads them: what the model passes over would be
//! passed over on both sides.

mod expected;
mod normal;
mod told;

use std::collections::BTreeSet;
use std::fmt;

use openapi_model::Api;
use serde_json::Value;

pub use expected::{EXPECTED, Expected, Kind};
use normal::normalise;

/// One difference between the documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The JSON pointer of the place, in the source with everything but schemas resolved, and with parameters by their
    /// places and names.
    pub pointer: String,
    /// What the source says there.
    pub source: Option<Value>,
    /// What dropshot says there.
    pub emitted: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<Value>| match value {
            None => "nothing".to_owned(),
            Some(value) => shortened(&value.to_string()),
        };
        let (source, emitted) = (shown(&self.source), shown(&self.emitted));
        write!(
            f,
            "{}: the document has {source}, dropshot has {emitted}",
            self.pointer
        )
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What the comparison found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The operations that both documents have.
    pub operations: usize,
    /// How many values were compared and found equal.
    pub equal: usize,
    /// Differences that are on the list, each with the reason.
    pub expected: Vec<(Difference, &'static str)>,
    /// Differences that are not on the list.
    pub unexpected: Vec<Difference>,
}

/// Compares a document with the one that dropshot emits for its generated server: what
/// `api::<Service>().description()?.openapi(title, version).json()?` gives.
///
/// ```
/// let api = openapi_model::parse("
/// openapi: 3.0.3
/// info: { title: Things, version: '1' }
/// paths:
///   /things:
///     get: { operationId: list, summary: List things, responses: { '204': { description: None } } }
/// ")?;
/// let mut emitted = api.document.clone();
/// emitted["paths"]["/things"]["get"]["summary"] = "Something else".into();
/// let unexpected = dropshot_codegen::compare(&api, &emitted).unexpected;
/// assert_eq!(unexpected[0].pointer, "/paths/~1things/get/summary");
/// # Ok::<(), openapi_model::Diagnostics>(())
/// ```
pub fn compare(api: &Api, emitted: &Value) -> Comparison {
    let (source, mut expected) = told::told(api);
    let emitted = normalise(emitted);
    let mut differences = Differences::default();
    differences.compare(String::new(), Some(&source), Some(&emitted));
    let mut unexpected = Vec::new();
    for difference in differences.found {
        let entry = EXPECTED.iter().find(|entry| entry.covers(&difference));
        match entry {
            Some(entry) => expected.push((difference, entry.reason)),
            None => unexpected.push(difference),
        }
    }
    let paths = source["paths"].as_object().into_iter().flatten();
    let operations = paths.map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods
            .filter(|(method, _)| emitted["paths"][path].get(method).is_some())
            .count()
    });
    Comparison {
        operations: operations.sum(),
        equal: differences.equal,
        expected,
        unexpected,
    }
}

#[derive(Default)]
struct Differences {
    equal: usize,
    found: Vec<Difference>,
}

impl Differences {
    fn compare(&mut self, pointer: String, source: Option<&Value>, emitted: Option<&Value>) {
        match (source, emitted) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => {
                let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for name in names {
                    let escaped = name.replace('~', "~0").replace('/', "~1");
                    self.compare(format!("{pointer}/{escaped}"), a.get(name), b.get(name));
                }
            }
            (Some(a), Some(b)) if is_same(a, b) => self.equal += 1,
            (source, emitted) => {
                self.found.push(Difference {
                    pointer,
                    source: source.cloned(),
                    emitted: emitted.cloned(),
                });
            }
        }
    }
}

/// Equal values: numbers by what they are, not by how they are written.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}
