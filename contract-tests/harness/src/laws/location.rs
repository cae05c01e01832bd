//! `location_leads_to_created`: the `Location` of a 201 is where the thing is (RFC 9110, section 15.3.2).

use http::{Method, StatusCode, Uri};
use openapi_model::{Pointer, StatusPattern};
use serde_json::Value;

use super::{Derived, Draws, Law, holds_as_sent};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::generate::by_links;
use crate::parameters::percent_decode;
use crate::paths;

pub(super) const NAME: &str = "location_leads_to_created";

/// The law for one operation.
#[derive(Debug)]
struct Location {
    operation: usize,
    pointer: Pointer,
}

/// The law for every operation that declares a 201.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (operation, described) in contract.api().operations.iter().enumerate() {
        let created = described
            .responses
            .iter()
            .find(|r| r.status == StatusPattern::Code(StatusCode::CREATED));
        match created {
            Some(created) => {
                let header = created
                    .headers
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case("location"));
                let pointer = header
                    .map_or(&created.pointer, |(_, header)| &header.pointer)
                    .clone();
                derived.add(Location { operation, pointer });
            }
            None if described.method == Method::POST => {
                derived.skip(NAME, operation, "it declares no 201");
            }
            None => {}
        }
    }
}

impl Law for Location {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn silence(&self) -> &'static str {
        "no 201 had a `Location` that leads to a `GET` of the document"
    }

    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.valid(0, self.operation),
            [made] => {
                let (operation, given) = target(contract, made, location(made)?)?;
                if is_linked(contract, made, operation, &given) {
                    return None;
                }
                draws.linked(1, operation, &given)
            }
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let (made, found) = match exchanges {
            [made, found] => (made, found),
            [made] => {
                let same = location(made)
                    .and_then(|location| target(contract, made, location))
                    .is_some_and(|(operation, given)| is_linked(contract, made, operation, &given));
                return if same {
                    Outcome::Held
                } else {
                    Outcome::NotApplicable
                };
            }
            _ => return Outcome::NotApplicable,
        };
        match found.status() {
            Some(status) if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
                let (code, target) = (status.as_u16(), &found.request.target);
                Outcome::Broken(vec![Failure {
                    message: format!(
                        "`Location` leads to {target}, and the server answers {code} there"
                    ),
                    expected: self.pointer.clone(),
                    cause: code.to_string(),
                }])
            }
            _ => holds_as_sent(contract, made, found, &self.pointer),
        }
    }
}

/// The `Location` of a 201.
fn location(made: &Exchange) -> Option<&str> {
    let answer = made
        .success()
        .filter(|answer| answer.status == StatusCode::CREATED)?;
    answer.headers.get(http::header::LOCATION)?.to_str().ok()
}

/// Whether a link of the answer, or the id that it shows, leads to the same call: then `created_reads_back` makes it.
fn is_linked(
    contract: &Contract,
    made: &Exchange,
    operation: usize,
    given: &[(usize, Value)],
) -> bool {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let same = |shot: &[(usize, Value)]| {
        given.iter().all(|(index, value)| {
            shot.iter()
                .any(|(fed, linked)| fed == index && text(linked) == text(value))
        })
    };
    let api = contract.api();
    let by_id = contract.meaning().resources.iter().any(|resource| {
        let id = resource.id_shown(api, made);
        let call = id.and_then(|id| resource.call(api, operation, &id, &made.case.path));
        resource.read == Some(operation) && call.is_some_and(|call| same(&call))
    });
    by_id
        || by_links(contract, made)
            .into_iter()
            .any(|(_, target, shot)| target == operation && same(&shot.values))
}

/// The GET of the document that a `Location` names, and its parameters. What leads elsewhere, to another host or out of
/// the document, is not followed.
fn target(
    contract: &Contract,
    made: &Exchange,
    location: &str,
) -> Option<(usize, Vec<(usize, Value)>)> {
    let uri: Uri = location.parse().ok()?;
    if let Some(authority) = uri.authority()
        && !made.host.eq_ignore_ascii_case(authority.as_str())
    {
        return None;
    }
    if !location.starts_with('/') && uri.authority().is_none() {
        return None;
    }
    let path = uri.path().strip_prefix(&*made.base)?;
    let found = paths::find(contract.api(), path)?;
    let operations = &contract.api().operations;
    let index = found.operations.into_iter().find(|index| {
        operations[*index].method == Method::GET && contract.compiled(*index).untestable.is_none()
    })?;
    let given: Option<Vec<_>> = found
        .texts
        .iter()
        .map(|(name, text)| {
            let parameters = &operations[index].parameters;
            let at = parameters
                .iter()
                .position(|p| p.location == openapi_model::Location::Path && p.name == *name)?;
            Some((at, Value::from(percent_decode(text)?)))
        })
        .collect();
    Some((index, given?))
}
