//! The strategies against a validator that is not ours.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod optimum;
mod oracle;
mod random;
mod refusals;
mod schemas;
mod shrinking;
mod valid;
mod violations;

use openapi_model::{Dialect, SchemaId, Schemas};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Reads a schema of OpenAPI 3.0.
fn parse(text: &str) -> (Schemas, SchemaId) {
    openapi_model::parse_schema(text).unwrap_or_else(|faults| panic!("{text}: {faults}"))
}

/// Reads a schema of JSON Schema 2020-12.
fn parse_2020_12(text: &str) -> (Schemas, SchemaId) {
    let mut none = |_: &str| Err("there is no other document".to_owned());
    openapi_model::parse_json_schema(text, Dialect::Draft2020_12, &mut none)
        .unwrap_or_else(|faults| panic!("{text}: {faults}"))
}

/// Every schema of the tables, by its name.
fn every_schema() -> impl Iterator<Item = (&'static str, Schemas, SchemaId)> {
    let openapi = schemas::OPENAPI.iter().map(|entry| (entry, parse(entry.1)));
    let json = schemas::JSON_SCHEMA
        .iter()
        .map(|entry| (entry, parse_2020_12(entry.1)));
    openapi
        .chain(json)
        .map(|((name, _), (schemas, id))| (*name, schemas, id))
}

fn runner(seed: u8) -> TestRunner {
    TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
    )
}
