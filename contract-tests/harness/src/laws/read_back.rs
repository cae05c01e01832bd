//! `created_reads_back`: what was created or changed is found under the id that was asked for, and with the values that
//! were sent.

use openapi_model::Pointer;

use super::thing::{Way, has_location};
use super::{Derived, Draws, FewCalls, Law, Sequence, holds_as_sent, schema_of, whole};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::expression::Expression;

pub(super) const NAME: &str = "created_reads_back";

/// The law for one way from what makes to what reads.
#[derive(Debug)]
struct ReadBack {
    operation: usize,
    way: Way,
}

/// The law for every such way.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for way in Way::all(contract) {
        derived.add(ReadBack {
            operation: way.operation(contract),
            way,
        });
    }
    for resource in &contract.meaning().resources {
        let Some(create) = resource.create else {
            continue;
        };
        let reason = match (resource.read, &resource.created_id) {
            (None, _) => "no `GET` reads what it makes",
            (Some(_), None) if has_location(contract, create) => {
                "its answer has no id: `location_leads_to_created` goes by its `Location`"
            }
            (Some(_), None) => {
                "its answer has no id that is known: say which with a link, or with `x-contract: { id: ... }`"
            }
            _ => continue,
        };
        if !contract
            .compiled(create)
            .links
            .iter()
            .any(|link| Some(link.target) == resource.read)
        {
            derived.skip(NAME, create, reason);
        }
    }
}

impl Law for ReadBack {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn about(&self, contract: &Contract) -> Option<String> {
        self.way.name(contract)
    }

    fn silence(&self) -> &'static str {
        "no answer of the creating call led to a thing"
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        vec![self.operation, self.way.target(contract)]
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for ReadBack {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.valid(0, self.operation),
            [made] => self.way.find(contract, draws, 1, made),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [made, found] = exchanges else {
            return Outcome::NotApplicable;
        };
        match holds_as_sent(contract, made, found, &self.way.pointer(contract)) {
            outcome @ (Outcome::Held | Outcome::Unspecified(_)) => {
                let failures = self.other_ids(contract, made, found);
                if failures.is_empty() {
                    outcome
                } else {
                    Outcome::Broken(failures)
                }
            }
            outcome => outcome,
        }
    }
}

impl ReadBack {
    /// What leads from one answer to the other stands in both.
    fn other_ids(&self, contract: &Contract, made: &Exchange, found: &Exchange) -> Vec<Failure> {
        let pairs = match self.way {
            Way::Link { operation, link } => {
                // Where both answers have the same schema, what the link took from the first stands in the second.
                if schema(contract, made).is_none()
                    || schema(contract, made) != schema(contract, found)
                {
                    return Vec::new();
                }
                let feeds = contract.compiled(operation).links[link].feeds.iter();
                feeds
                    .filter_map(|(_, expression)| match expression {
                        Expression::ResponseBody(pointer) => {
                            Some((pointer.clone(), pointer.clone()))
                        }
                        _ => None,
                    })
                    .collect()
            }
            Way::Path { resource } => {
                let resource = &contract.meaning().resources[resource];
                let pair = resource.created_id.clone().zip(resource.read_id.clone());
                Vec::from_iter(pair)
            }
        };
        let value = |exchange: &Exchange, pointer: &Pointer| {
            exchange
                .success()?
                .value()?
                .pointer(pointer.as_str())
                .cloned()
        };
        // What is not JSON is for the checks.
        if found
            .success()
            .is_none_or(|answer| answer.value().is_none())
        {
            return Vec::new();
        }
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        pairs
            .into_iter()
            .filter(|(from, to)| {
                value(made, from).is_some_and(|id| {
                    value(found, to).is_none_or(|other| text(&id) != text(&other))
                })
            })
            .map(|(from, to)| {
                let show = |value: Option<serde_json::Value>| {
                    value.map_or("nothing".to_owned(), |v| v.to_string())
                };
                Failure {
                    message: format!(
                        "`{}` is {} in the answer that made it, and `{}` is {} in the answer at {}",
                        from.as_str(),
                        show(value(made, &from)),
                        to.as_str(),
                        show(value(found, &to)),
                        found.request.target
                    ),
                    expected: self.way.pointer(contract),
                    cause: format!("id {}", from.as_str()),
                }
            })
            .collect()
    }
}

fn schema(contract: &Contract, exchange: &Exchange) -> Option<openapi_model::SchemaId> {
    let operation = &contract.api().operations[exchange.case.key.operation];
    let response = operation.response(exchange.status()?)?;
    Some(
        contract
            .api()
            .schemas
            .resolve(schema_of(response.content.iter())?),
    )
}
