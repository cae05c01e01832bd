//! `location_leads_to_created`: the `Location` of a 201 is where the thing is (RFC 9110, section 15.3.2).
//!
//! A `Location` may lead out of the document, and be right all the same: to another server, or to a path that nobody
//! described. It is wrong where the document itself knows the `GET` of what was made, and the server knows nothing at the
//! place where `Location` leads. To another server, and out of the base URL, nothing is sent.

use http::{Method, StatusCode, Uri};
use openapi_model::{Pointer, StatusPattern};
use serde_json::Value;

use super::thing::Way;
use super::{Derived, Draws, FewCalls, Law, Sequence, holds_as_sent, whole};
use crate::case::{Case, Mode};
use crate::checks::{Failure, Note, Outcome};
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
    /// The ways of the document to what was made.
    ways: Vec<Way>,
}

/// The law for every operation that declares a 201.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    let ways = Way::all(contract);
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
                let ways = ways.iter().copied();
                let ways = ways.filter(|way| way.operation(contract) == operation);
                derived.add(Location {
                    operation,
                    pointer,
                    ways: ways.collect(),
                });
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
        "no 201 had a `Location` that can be followed"
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Location {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.valid(0, self.operation),
            [made] => {
                let place = place(made, location(made)?)?;
                let Some((operation, given)) = target(contract, &place) else {
                    return self.elsewhere(contract, draws, made, &place);
                };
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
                    .and_then(|location| target(contract, &place(made, location)?))
                    .is_some_and(|(operation, given)| is_linked(contract, made, operation, &given));
                return if same {
                    Outcome::Held
                } else {
                    Outcome::NotApplicable
                };
            }
            _ => return Outcome::NotApplicable,
        };
        if found.case.mode == Mode::Elsewhere {
            return self.judge_elsewhere(contract, made, found);
        }
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

impl Location {
    /// The call of a place that the document does not have, where it has the `GET` of what was made.
    fn elsewhere(
        &self,
        contract: &Contract,
        draws: &Draws<'_>,
        made: &Exchange,
        place: &str,
    ) -> Option<Case> {
        let path = place.split('?').next().unwrap_or_default();
        if paths::find(contract.api(), path).is_some() {
            return None;
        }
        let mut ways = self.ways.iter();
        let mut case = ways.find_map(|way| way.find(contract, draws, 1, made))?;
        case.mode = Mode::Elsewhere;
        case.template = place.to_owned();
        case.path.clear();
        case.query.clear();
        Some(case)
    }

    fn judge_elsewhere(&self, contract: &Contract, made: &Exchange, found: &Exchange) -> Outcome {
        let target = &found.request.target;
        match found.status() {
            Some(status @ (StatusCode::NOT_FOUND | StatusCode::GONE)) => {
                let read = found.case.key.operation;
                let read = &contract.api().operations[read].path;
                Outcome::Broken(vec![Failure {
                    message: format!(
                        "`Location` is `{}`, and the server answers {} there: {target} is no path of the document, which \
                         has what was made at {read}",
                        location(made).unwrap_or_default(),
                        status.as_u16(),
                    ),
                    expected: self.pointer.clone(),
                    cause: "elsewhere".to_owned(),
                }])
            }
            Some(status) if status.is_success() => Outcome::Unspecified(Note::new(
                "`Location` leads to a path that the document does not have",
            )),
            _ => Outcome::NotApplicable,
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

/// Path and query that a `Location` names, below the base URL; `None` for another server's, and for what is no path of
/// ours.
fn place(made: &Exchange, location: &str) -> Option<String> {
    let location = location.split('#').next()?;
    let here = made.request.target.split('?').next()?;
    // RFC 3986, section 5.2, without the steps up that no server takes.
    let absolute = if location.starts_with('/') || location.contains("://") {
        location.to_owned()
    } else {
        format!("{}/{location}", here.rsplit_once('/')?.0)
    };
    if absolute.starts_with("//") || absolute.contains("/.") {
        return None;
    }
    let uri: Uri = absolute.parse().ok()?;
    if let Some(authority) = uri.authority()
        && !made.host.eq_ignore_ascii_case(authority.as_str())
    {
        return None;
    }
    let place = uri.path_and_query()?.as_str();
    let place = place.strip_prefix(&*made.base)?;
    place.starts_with('/').then(|| place.to_owned())
}

/// The `GET` of the document at a place, and its parameters.
fn target(contract: &Contract, place: &str) -> Option<(usize, Vec<(usize, Value)>)> {
    let found = paths::find(contract.api(), place.split('?').next()?)?;
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
