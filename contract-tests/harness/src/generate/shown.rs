//! Values that the server has shown: they make a valid call one that finds something.

use serde_json::Value;

use crate::case::CaseKey;
use crate::contract::Contract;
use crate::exchange::Exchange;

/// For each operation, the parameter values that answers and links gave for it.
///
/// Values are added in the order of the cases that gave them, never in that of their arrival: so a run chooses the same
/// ones however many cases are in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    by_operation: Vec<Vec<Shot>>,
}

/// What one answer gave for one call: values by the place of their parameter in `Operation::parameters`.
pub(crate) type Shot = Vec<(usize, Value)>;

/// How many are kept for an operation.
const MOST: usize = 1_000;

impl Shown {
    pub(crate) fn new(contract: &Contract) -> Shown {
        Shown {
            by_operation: vec![Vec::new(); contract.api().operations.len()],
        }
    }

    /// What is known for calls of an operation.
    pub(crate) fn of(&self, operation: usize) -> &[Shot] {
        self.by_operation
            .get(operation)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Adds what a round of cases found, in the order of the cases.
    pub(crate) fn add(&mut self, mut found: Vec<(CaseKey, usize, Shot)>) {
        found.sort_by_key(|(key, target, _)| (*key, *target));
        for (_, target, shot) in found {
            let known = &mut self.by_operation[target];
            if known.len() < MOST && !known.contains(&shot) {
                known.push(shot);
            }
        }
    }
}

/// What an answer gives for other calls, by way of the links of its response.
pub(crate) fn shots(contract: &Contract, exchange: &Exchange) -> Vec<(CaseKey, usize, Shot)> {
    let key = exchange.case.key;
    let Some(answer) = exchange.success() else {
        return Vec::new();
    };
    let operation = &contract.api().operations[key.operation];
    let Some(response) = operation.response(answer.status) else {
        return Vec::new();
    };
    let links = contract.compiled(key.operation).links.iter();
    links
        .filter(|link| operation.responses[link.response].status == response.status)
        .filter_map(|link| {
            let values = link
                .feeds
                .iter()
                .map(|(index, expression)| Some((*index, expression.value(exchange)?)));
            Some((key, link.target, values.collect::<Option<Shot>>()?))
        })
        .collect()
}
