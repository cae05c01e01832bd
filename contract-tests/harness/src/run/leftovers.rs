//! What a run has made and not deleted, so that it can be, where the document has a way to.
//!
//! Every answer is looked at, those of shrinking included: what a run leaves behind is in the way of whoever comes next.
//! A run that is cut short leaves things behind: whoever ends it wants it to end.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use openapi_model::Location;
use serde_json::Value;

use crate::case::{Case, CaseKey, Phase};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::generate::{Context, linked};
use crate::parameters::percent_decode;

/// Things that exist, by the call that deletes them: the operation, and the texts of its path.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    things: Mutex<BTreeMap<Deletion, Vec<(usize, Value)>>>,
}

type Deletion = (usize, Vec<String>);

impl Leftovers {
    /// Takes note of what an exchange has made or deleted.
    pub(super) fn see(&self, contract: &Contract, exchange: &Exchange) {
        if exchange.case.method.is_safe() || exchange.success().is_none() {
            return;
        }
        let operation = exchange.case.key.operation;
        let api = contract.api();
        for resource in &contract.meaning().resources {
            let Some(delete) = resource.delete else {
                continue;
            };
            let mut things = self.things.lock().unwrap_or_else(PoisonError::into_inner);
            if delete == operation {
                let texts = exchange.case.path.iter();
                let texts: Option<Vec<String>> =
                    texts.map(|(_, text)| percent_decode(text)).collect();
                if let Some(mut texts) = texts {
                    texts.sort();
                    things.remove(&(delete, texts));
                }
            } else if let Some(id) = resource.id_made(api, exchange)
                && let Some(given) = resource.call(api, delete, &id, &exchange.case.path)
            {
                let parameters = &api.operations[delete].parameters;
                let in_path = given
                    .iter()
                    .filter(|(index, _)| parameters[*index].location == Location::Path);
                let mut texts: Vec<String> = in_path
                    .map(|(_, value)| match value {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    })
                    .collect();
                texts.sort();
                things.insert((delete, texts), given);
            }
        }
    }

    /// The calls that delete what is left.
    pub(super) fn deletions(&self, context: &Context<'_>) -> Vec<Case> {
        let things = self.things.lock().unwrap_or_else(PoisonError::into_inner);
        let may_call = |operation: usize| {
            context.is_callable(operation) && context.plan.is_included(operation)
        };
        let cases = things.iter().filter(|((delete, _), _)| may_call(*delete));
        cases
            .filter_map(|((operation, _), given)| {
                // Of a number that no case of the phase has: nothing here is judged.
                let key = CaseKey {
                    operation: *operation,
                    phase: Phase::Random,
                    index: usize::MAX,
                };
                let mut runner = context.runner(key, 0);
                linked(context, key, &mut runner, given)?.case(context.contract)
            })
            .collect()
    }
}
