//! The strategies against a validator that is not ours.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;
mod random;
mod refusals;
mod schemas;
mod shrinking;
mod valid;
mod violations;

use openapi_model::{SchemaId, Schemas};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn parse(text: &str) -> (Schemas, SchemaId) {
    openapi_model::parse_schema(text).unwrap_or_else(|faults| panic!("{text}: {faults}"))
}

fn runner(seed: u8) -> TestRunner {
    TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
    )
}
