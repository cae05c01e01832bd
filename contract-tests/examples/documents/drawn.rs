//! Values of a document's schemas, drawn from one seed.

use openapi_model::{Api, Direction, SchemaId};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

/// How many values there are to choose from, beside the simplest.
const MORE: usize = 3;

/// How often a value is drawn that must also be of another kind.
const TRIES: usize = 200;

/// Values that an answer may hold: the simplest one, and some at random. Without a schema, an empty object.
///
/// # Errors
/// The schema allows none that is acceptable.
pub fn values(
    api: &Api,
    schema: Option<SchemaId>,
    is_acceptable: impl Fn(&Value) -> bool,
) -> Result<Vec<Value>, String> {
    let Some(schema) = schema else {
        return Ok(vec![Value::Object(serde_json::Map::new())]);
    };
    let strategy = proptest_schema::valid(&api.schemas, schema, Direction::Response)
        .map_err(|unsupported| unsupported.to_string())?;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let simplest = strategy.boundaries().into_iter().find(&is_acceptable);
    let mut values: Vec<Value> = simplest.into_iter().collect();
    for _ in 0..TRIES {
        let drawn = strategy
            .new_tree(&mut runner)
            .map_err(|why| why.to_string())?;
        let drawn = drawn.current();
        if is_acceptable(&drawn) && !values.contains(&drawn) {
            values.push(drawn);
        }
        if values.len() > MORE {
            break;
        }
    }
    if values.is_empty() {
        return Err("none of the values that were drawn can stand there".to_owned());
    }
    Ok(values)
}

/// Whether a value can stand in a header: visible ASCII, with nothing in it that separates.
pub fn fits_header(value: &Value) -> bool {
    let is_plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_graphic() && b != b',' && b != b'=')
    };
    match value {
        Value::Null => false,
        Value::String(text) => is_plain(text),
        Value::Bool(_) | Value::Number(_) => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(fits_header),
        Value::Object(members) => {
            !members.is_empty()
                && members
                    .iter()
                    .all(|(name, v)| is_plain(name) && fits_header(v))
        }
    }
}

/// A value in the style `simple`, which is that of headers.
pub fn simple(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(simple).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let pairs = members
                .iter()
                .map(|(name, value)| format!("{name},{}", simple(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}
