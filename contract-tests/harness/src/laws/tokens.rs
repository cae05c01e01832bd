//! `unissued_tokens_are_refused`: a position in a list that the server never gave out is refused.
//!
//! Where a schema says which texts are positions, each of them may be one. So the law speaks of parameters whose schema
//! says nothing but that they are text.

use serde_json::Value;

use super::walk::with_parameter;
use super::{Derived, Draws, FewCalls, Law, Sequence, whole};
use crate::case::Case;
use crate::checks::{Failure, Note, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;

pub(super) const NAME: &str = "unissued_tokens_are_refused";

/// The law for one parameter of a list.
#[derive(Debug)]
struct Tokens {
    list: usize,
    parameter: usize,
    operation: usize,
}

/// The law for every parameter that takes positions.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, list) in contract.meaning().lists.iter().enumerate() {
        let operation = list.operation;
        for parameter in &list.tokens {
            derived.add(Tokens {
                list: index,
                parameter: *parameter,
                operation,
            });
        }
        if list.tokens.is_empty() {
            derived.skip(
                NAME,
                operation,
                "no parameter is known to take only what the server gave out",
            );
        }
    }
}

impl Law for Tokens {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn about(&self, contract: &Contract) -> Option<String> {
        let parameters = &contract.api().operations[self.operation].parameters;
        Some(format!("`{}`", parameters[self.parameter].name))
    }

    fn silence(&self) -> &'static str {
        "the list had no item"
    }

    fn is_safe(&self) -> bool {
        true
    }

    fn sequences(&self, cases: usize) -> usize {
        super::few(cases)
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Tokens {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.bare(0, self.operation),
            [page] if page.success().is_some() => {
                let fresh = draws.fresh(1);
                let texts = [
                    format!("never-issued-{fresh}"),
                    fresh.clone(),
                    fresh[..8].to_owned(),
                ];
                texts.into_iter().find_map(|text| {
                    with_parameter(contract, &page.case, self.parameter, &Value::from(text))
                })
            }
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [page, answered] = exchanges else {
            return Outcome::NotApplicable;
        };
        let list: &List = &contract.meaning().lists[self.list];
        let parameter = &contract.api().operations[self.operation].parameters[self.parameter];
        match answered.status() {
            Some(status) if status.as_u16() == 429 => Outcome::NotApplicable,
            Some(status) if status.is_client_error() => Outcome::Held,
            Some(status) if status.is_success() => {
                let items = |exchange: &Exchange| {
                    let answer = exchange.success()?;
                    list.items_of(answer.value()?).cloned()
                };
                let (Some(without), Some(with)) = (items(page), items(answered)) else {
                    return Outcome::NotApplicable;
                };
                if without.is_empty() {
                    return Outcome::NotApplicable;
                }
                if without != with {
                    return Outcome::Unspecified(Note::new(format!(
                        "the server answers {} to a `{}` that it never gave out",
                        status.as_u16(),
                        parameter.name
                    )));
                }
                Outcome::Broken(vec![Failure {
                    message: format!(
                        "the server never gave out this `{}`, and answers with the same items as without it",
                        parameter.name
                    ),
                    expected: parameter.pointer.clone(),
                    cause: "accepted".to_owned(),
                }])
            }
            // A 5xx, and no answer at all, are told by `not_a_server_error`.
            _ => Outcome::NotApplicable,
        }
    }
}
