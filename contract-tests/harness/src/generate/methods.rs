//! Methods that a path does not declare.

use http::Method;
use openapi_model::Operation;
use proptest::test_runner::TestRunner;

use super::Context;
use super::draft::Draft;
use super::positive::{Fullness, call};
use crate::case::{CaseKey, Mode};

/// CONNECT is not for a path, and TRACE is for what stands between client and server.
const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

pub(crate) fn count(context: &Context<'_>, operation: usize) -> usize {
    undeclared(context, operation).len()
}

/// What is a valid call to one of the path's operations, but for its method.
pub(crate) fn draft(context: &Context<'_>, key: CaseKey, runner: &mut TestRunner) -> Option<Draft> {
    let method = undeclared(context, key.operation)
        .into_iter()
        .nth(key.index)?;
    let mut draft = call(
        context,
        key,
        runner,
        Mode::UndeclaredMethod,
        Fullness::Bare,
        Vec::new(),
    )?;
    draft.method = method;
    Some(draft)
}

/// The methods that the path does not declare. The first operation of a path that can be called asks for all of them.
fn undeclared(context: &Context<'_>, operation: usize) -> Vec<Method> {
    let operations = &context.contract.api().operations;
    let path = &context.operation(operation).path;
    let same: Vec<(usize, &Operation)> = operations
        .iter()
        .enumerate()
        .filter(|(_, o)| o.path == *path)
        .collect();
    let first = same.iter().find(|(index, _)| context.is_callable(*index));
    if first.map(|(index, _)| *index) != Some(operation) {
        return Vec::new();
    }
    // `/things/mine` also fits `/things/{id}`, whose methods it may answer.
    let others: Vec<&Operation> = operations
        .iter()
        .filter(|o| o.path != *path && crate::paths::overlap(&o.path, path))
        .collect();
    let declares = |method: &Method| {
        same.iter().any(|(_, o)| o.method == *method) || others.iter().any(|o| o.method == *method)
    };
    METHODS
        .into_iter()
        .filter(|method| !declares(method))
        .collect()
}
