//! `created_once`: the same call again does what the document says.
//!
//! What makes two calls the same, `x-contract` says; else it is a header named `Idempotency-Key`
//! (draft-ietf-httpapi-idempotency-key-header): the same key and body give the same thing again, or a 409 that is
//! declared; the same key with another body makes no second thing, where a 409 or a 422 is declared.

use http::StatusCode;
use openapi_model::{Location, Pointer, StatusPattern};

use super::{Derived, Draws, FewCalls, Law, Sequence, whole};
use crate::case::Case;
use crate::checks::{Failure, Note, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::annotation::{Again, By, Identity};

pub(super) const NAME: &str = "created_once";

/// The law for one operation.
#[derive(Debug)]
struct Twice {
    resource: usize,
    operation: usize,
    identity: Identity,
    /// Whether the document's author says so, and not a name alone.
    is_said: bool,
    /// Whether the operation declares what becomes of another body.
    declares_conflict: bool,
}

/// The law for every operation that makes things and has an identity for calls.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (resource, described) in contract.meaning().resources.iter().enumerate() {
        let Some(operation) = described.create else {
            continue;
        };
        let api = &contract.api().operations[operation];
        let said = contract.meaning().identity(operation);
        let by_name = || {
            let header = api.parameters.iter().position(|parameter| {
                parameter.location == Location::Header
                    && parameter.name.eq_ignore_ascii_case("idempotency-key")
            });
            header.map(|index| Identity {
                by: By::Header(index),
                again: Again::Same,
                changed: None,
            })
        };
        let declares = |code: StatusCode| {
            api.responses
                .iter()
                .any(|r| r.status == StatusPattern::Code(code))
        };
        match said.cloned().or_else(by_name) {
            Some(identity) if described.created_id.is_some() => derived.add(Twice {
                resource,
                operation,
                identity,
                is_said: said.is_some(),
                declares_conflict: declares(StatusCode::CONFLICT)
                    || declares(StatusCode::UNPROCESSABLE_ENTITY),
            }),
            Some(_) => derived.skip(NAME, operation, "its answer has no id that is known"),
            None => derived.skip(
                NAME,
                operation,
                "nothing says which calls are the same: no `Idempotency-Key`, no `x-contract: { identity: ... }`",
            ),
        }
    }
}

impl Twice {
    /// Gives a call the identity of another one, or a new one.
    fn identify(
        &self,
        contract: &Contract,
        mut case: Case,
        like: Option<&Case>,
        fresh: &str,
    ) -> Option<Case> {
        match &self.identity.by {
            By::Header(index) => {
                let compiled = contract
                    .compiled(self.operation)
                    .parameters
                    .get(*index)?
                    .as_ref()?;
                let name = &contract.api().operations[self.operation].parameters[*index].name;
                let is_it = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
                let pairs = match like {
                    Some(like) => vec![like.headers.iter().find(is_it)?.clone()],
                    None => {
                        let value = fresh.into();
                        let is_valid = compiled.sent.validator.is_valid(&value);
                        is_valid.then(|| compiled.write_valid(&value))??
                    }
                };
                case.headers.retain(|pair| !is_it(&pair));
                case.headers.extend(pairs);
            }
            By::Body(pointer) => {
                let body = case.body.as_mut()?;
                let place = body.value.pointer_mut(pointer.as_str())?;
                if let Some(like) = like {
                    *place = like.body.as_ref()?.value.pointer(pointer.as_str())?.clone();
                    body.bytes = serde_json::to_vec(&body.value).ok()?.into();
                }
            }
        }
        Some(case)
    }

    fn failure(&self, pointer: &Pointer, message: String, cause: &str) -> Outcome {
        Outcome::Broken(vec![Failure {
            message,
            expected: pointer.clone(),
            cause: cause.to_owned(),
        }])
    }
}

impl Law for Twice {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn silence(&self) -> &'static str {
        "no answer of the creating call told what it had made"
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Twice {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => {
                let case = draws.valid(0, self.operation)?;
                self.identify(contract, case, None, &draws.fresh(5))
            }
            [first] if first.success().is_some() => Some(first.case.clone()),
            [first, again] if again.answer.is_ok() => {
                let other = draws.valid(2, self.operation)?;
                let other = self.identify(contract, other, Some(&first.case), "")?;
                let body = |case: &Case| case.body.as_ref().map(|body| body.value.clone());
                (body(&other) != body(&first.case)).then_some(other)
            }
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [first, again, rest @ ..] = exchanges else {
            return Outcome::NotApplicable;
        };
        let api = contract.api();
        let described = &api.operations[self.operation];
        let pointer = match &self.identity.by {
            By::Header(index) => &described.parameters[*index].pointer,
            By::Body(_) => &described.pointer,
        };
        let resource = &contract.meaning().resources[self.resource];
        let Some(id) = resource.id_made(api, first) else {
            return Outcome::NotApplicable;
        };
        let (Some(status), conflicts) =
            (again.status(), again.status() == Some(StatusCode::CONFLICT))
        else {
            return Outcome::NotApplicable;
        };
        // A 200 may say what a 201 said before.
        let read = |exchange: &Exchange| {
            let body = exchange.success()?.value()?;
            body.pointer(resource.created_id.as_ref()?.as_str())
                .cloned()
        };
        let code = status.as_u16();
        match self.identity.again {
            _ if status.is_server_error() || code == 429 => return Outcome::NotApplicable,
            Again::Same if status.is_success() => {
                if let Some(other) = read(again)
                    && other != id
                {
                    let message = format!(
                        "the same call again made a second thing: first {id}, then {other}"
                    );
                    return self.failure(pointer, message, "second");
                }
            }
            Again::Same if conflicts && !self.is_said => {}
            Again::Same if self.is_said => {
                let message = format!(
                    "the same call again should give the same thing, and the server answers {code}"
                );
                return self.failure(pointer, message, "refused");
            }
            Again::Same => {
                return Outcome::Unspecified(Note::new(format!(
                    "the server answers {code} to the same call again"
                )));
            }
            Again::Status(expected) if code != expected => {
                let message = format!(
                    "the same call again should give {expected}, and the server answers {code}"
                );
                return self.failure(pointer, message, "again");
            }
            Again::Status(_) => {}
        }
        let Some(changed) = rest.first() else {
            return Outcome::Held;
        };
        let Some(status) = changed.status().filter(|status| !status.is_server_error()) else {
            return Outcome::Held;
        };
        let code = status.as_u16();
        match self.identity.changed {
            Some(expected) if code != expected && code != 429 => {
                let message = format!(
                    "another body under the same identity should give {expected}, and the server answers {code}"
                );
                self.failure(pointer, message, "changed")
            }
            Some(_) => Outcome::Held,
            None if status.is_success() && read(changed).is_some_and(|other| other != id) => {
                if !self.declares_conflict || self.is_said {
                    return Outcome::Held;
                }
                let message = "another body under the same key made a second thing".to_owned();
                self.failure(pointer, message, "changed")
            }
            None if status.is_success() => Outcome::Unspecified(Note::new(
                "another body under the same identity is answered as if it were the same",
            )),
            None => Outcome::Held,
        }
    }
}
