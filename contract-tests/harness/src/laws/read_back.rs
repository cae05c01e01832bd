//! `created_reads_back`: what was created is found by way of the document's link, under the id that was asked for, and
//! with the values that were sent.

use http::Method;
use openapi_model::{Location, Pointer};

use super::{Draws, Law, found_as_sent, schema_of};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::{CompiledLink, Contract};
use crate::exchange::Exchange;
use crate::expression::Expression;

/// The law for one link.
#[derive(Debug)]
pub(super) struct ReadBack {
    operation: usize,
    /// The link, by its place among those of the operation.
    link: usize,
}

impl ReadBack {
    /// The law, where the link leads to a GET of something that its path names.
    pub(super) fn new(contract: &Contract, operation: usize, link: usize) -> Option<ReadBack> {
        let compiled = &contract.compiled(operation).links[link];
        let target = &contract.api().operations[compiled.target];
        let feeds_path = compiled
            .feeds
            .iter()
            .any(|(index, _)| target.parameters[*index].location == Location::Path);
        let applies = target.method == Method::GET
            && feeds_path
            && contract.compiled(compiled.target).untestable.is_none();
        applies.then_some(ReadBack { operation, link })
    }

    fn link<'c>(&self, contract: &'c Contract) -> &'c CompiledLink {
        &contract.compiled(self.operation).links[self.link]
    }
}

impl Law for ReadBack {
    fn name(&self) -> &'static str {
        "created_reads_back"
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.valid(0, self.operation),
            [made] => {
                let link = self.link(contract);
                let answer = made.success()?;
                let operation = &contract.api().operations[self.operation];
                let declared = &operation.responses[link.response];
                if operation.response(answer.status)?.status != declared.status {
                    return None;
                }
                let given: Vec<_> = link
                    .feeds
                    .iter()
                    .map(|(index, expression)| Some((*index, expression.value(made)?)))
                    .collect::<Option<_>>()?;
                draws.linked(1, link.target, &given)
            }
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [made, found] = exchanges else {
            return Outcome::NotApplicable;
        };
        let link = self.link(contract);
        let leads = format!("the link `{}` leads to {}", link.name, found.request.target);
        match found_as_sent(contract, made, found, &link.pointer, &leads) {
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
    /// Where both answers have the same schema, what the link took from the first stands in the second as well.
    fn other_ids(&self, contract: &Contract, made: &Exchange, found: &Exchange) -> Vec<Failure> {
        let link = self.link(contract);
        let operations = &contract.api().operations;
        let schema = |exchange: &Exchange| {
            let response = operations[exchange.case.key.operation].response(exchange.status()?)?;
            Some(
                contract
                    .api()
                    .schemas
                    .resolve(schema_of(response.content.iter())?),
            )
        };
        // What is not JSON is for the checks.
        let is_read = found
            .success()
            .is_some_and(|answer| answer.value().is_some());
        if !is_read || schema(made).is_none() || schema(made) != schema(found) {
            return Vec::new();
        }
        let value = |exchange: &Exchange, pointer: &Pointer| {
            exchange
                .success()?
                .value()?
                .pointer(pointer.as_str())
                .cloned()
        };
        let taken = link
            .feeds
            .iter()
            .filter_map(|(_, expression)| match expression {
                Expression::ResponseBody(pointer) => Some(pointer),
                _ => None,
            });
        taken
            .filter(|pointer| value(made, pointer) != value(found, pointer))
            .map(|pointer| {
                let show = |exchange| {
                    value(exchange, pointer).map_or("nothing".to_owned(), |v| v.to_string())
                };
                Failure {
                    message: format!(
                        "`{}` is {} in the answer that made it, and {} where the link `{}` leads",
                        pointer.as_str(),
                        show(made),
                        show(found),
                        link.name
                    ),
                    expected: link.pointer.clone(),
                    cause: format!("id {}", pointer.as_str()),
                }
            })
            .collect()
    }
}
