//! `reading_changes_nothing`: a thing that is read, listed and read again is the same (RFC 9110, section 9.2.1).
//!
//! A server may count readers and tell the time. So only what a client can set is compared, and whether the thing is
//! there at all.

use http::StatusCode;
use openapi_model::Pointer;

use super::thing::{Source, is_callable_get};
use super::{Derived, Draws, FewCalls, Law, Sequence, whole};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::equality::differences;
use crate::exchange::Exchange;
use crate::meaning::shape;
use crate::views::views;

pub(super) const NAME: &str = "reading_changes_nothing";

/// The law for one operation that reads a thing.
#[derive(Debug)]
struct Reading {
    source: Source,
    read: usize,
}

/// The law for every `GET` of a thing that can be listed or made.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, resource) in contract.meaning().resources.iter().enumerate() {
        let Some(read) = resource
            .read
            .filter(|read| is_callable_get(contract, *read))
        else {
            continue;
        };
        let source = Source::listed(contract, index).or_else(|| Source::made(contract, index));
        match source {
            Some(source) => derived.add(Reading { source, read }),
            None => derived.skip(NAME, read, "nothing is known to make or list what it reads"),
        }
    }
}

impl Law for Reading {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.read
    }

    fn silence(&self) -> &'static str {
        "no thing was there to be read"
    }

    fn is_safe(&self) -> bool {
        matches!(self.source, Source::Listed { .. })
    }

    fn sequences(&self, cases: usize) -> usize {
        cases.div_ceil(4)
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        vec![self.source.operation(contract), self.read]
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Reading {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        let Some(shown) = so_far.first() else {
            return self.source.first(contract, draws);
        };
        let resource = self.source.resource(contract);
        let thing = self.source.thing(contract, draws, 10, shown)?;
        let read = || thing.call(contract, draws, (1, self.read), resource);
        match (so_far, self.source) {
            ([_], _) => read(),
            ([_, first, ..], _) if first.success().is_none() => None,
            // To list them is to read them as well.
            ([list, _], Source::Listed { .. }) => Some(list.case.clone()),
            ([_, _], Source::Made { .. }) | ([_, _, _], Source::Listed { .. }) => read(),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let ([_, first, last] | [_, first, _, last]) = exchanges else {
            return Outcome::NotApplicable;
        };
        if last.case.key.operation != self.read {
            return Outcome::NotApplicable;
        }
        let described = &contract.api().operations[self.read];
        if let Some(status @ (StatusCode::NOT_FOUND | StatusCode::GONE)) = last.status() {
            let message = format!(
                "{} was there, and after it was read the server answers {} there",
                last.request.target,
                status.as_u16()
            );
            return broken(&described.pointer, message, "gone");
        }
        let (Some(was), Some(is)) = (
            first.success().and_then(|answer| answer.value()),
            last.success().and_then(|answer| answer.value()),
        ) else {
            return Outcome::NotApplicable;
        };
        for (at, of) in self.settable(contract) {
            let place = at.as_str();
            let (was, is) = match (was.pointer(place), is.pointer(place)) {
                (None, None) => continue,
                (Some(was), Some(is)) => (was, is),
                (was, is) => {
                    let message = format!(
                        "at `{place}`, reading turned {} into {}",
                        show(was),
                        show(is)
                    );
                    return broken(&described.pointer, message, place);
                }
            };
            let changes = differences(&contract.api().schemas, (was, of), (is, of));
            if changes.iter().any(|change| !change.is_slight) {
                let message = format!("at `{place}`, reading turned {was} into {is}");
                return broken(&described.pointer, message, place);
            }
        }
        Outcome::Held
    }
}

impl Reading {
    /// The places of the answer that a client can set, and their schemas.
    fn settable(&self, contract: &Contract) -> Vec<(Pointer, openapi_model::SchemaId)> {
        let schemas = &contract.api().schemas;
        let resource = self.source.resource(contract);
        let Some(answered) =
            shape::Answered::of(contract.api(), &contract.api().operations[self.read])
        else {
            return Vec::new();
        };
        let base = if answered.is_json_api() {
            Pointer::root().join("data").join("attributes")
        } else {
            Pointer::root()
        };
        let bodies = [resource.create, resource.update, resource.replace];
        let mut found: Vec<(Pointer, openapi_model::SchemaId)> = Vec::new();
        for (_, _, sent) in bodies
            .into_iter()
            .flatten()
            .filter_map(|operation| contract.compiled(operation).json_body())
        {
            let mut here = Vec::new();
            views(schemas, sent.schema, &mut here);
            let here = shape::at(schemas, &here, &base);
            for name in shape::names(schemas, &here) {
                let member = shape::declared(schemas, &here, &name);
                let at = base.join(name);
                if let Some(id) = member.first()
                    && !shape::is_read_only(schemas, &member)
                    && !found.iter().any(|(known, _)| *known == at)
                {
                    found.push((at, *id));
                }
            }
        }
        found
    }
}

fn show(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

fn broken(pointer: &Pointer, message: String, cause: &str) -> Outcome {
    Outcome::Broken(vec![Failure {
        message,
        expected: pointer.clone(),
        cause: cause.to_owned(),
    }])
}
