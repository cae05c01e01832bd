//! What makes a call one of its own, where it stands in the body.
//!
//! A server refuses the same body the second time for what it may have only once, such as a user's name. The document
//! says which member that is by `x-contract: { identity: { by: /name } }`; for parameters it need not, since each of them
//! can be drawn anew by itself.

use openapi_model::Pointer;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::draw_body;
use crate::contract::{CompiledBody, Contract};
use crate::meaning::annotation::By;

/// How often a body is drawn until one has the member.
const TRIES: usize = 8;

/// Where the bodies of an operation have it.
pub(crate) fn place(contract: &Contract, operation: usize) -> Option<&Pointer> {
    match &contract.meaning().identity(operation)?.by {
        By::Body(pointer) => Some(pointer),
        By::Header(_) => None,
    }
}

/// A valid value for it.
pub(crate) fn draw(body: &CompiledBody, at: &Pointer, runner: &mut TestRunner) -> Option<Value> {
    (0..TRIES).find_map(|_| {
        let (value, _) = draw_body(body, runner)?.current();
        value.pointer(at.as_str()).cloned()
    })
}
