//! `use_after_free`: what was deleted is gone.

use http::StatusCode;

use super::thing::{Source, is_callable_get};
use super::{Derived, Draws, FewCalls, Law, Sequence, whole};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;

pub(super) const NAME: &str = "use_after_free";

/// The law for one operation that deletes a thing.
#[derive(Debug)]
struct Deleted {
    source: Source,
    read: usize,
    delete: usize,
}

/// The law for every `DELETE` of a thing that can be made and read.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, resource) in contract.meaning().resources.iter().enumerate() {
        let Some(delete) = resource.delete else {
            continue;
        };
        let read = resource
            .read
            .filter(|read| is_callable_get(contract, *read));
        match (read, Source::made(contract, index)) {
            (None, _) => derived.skip(NAME, delete, "no `GET` reads what it deletes"),
            // What others made is not ours to delete.
            (_, None) => derived.skip(NAME, delete, "nothing is known to make what it deletes"),
            (Some(read), Some(source)) => derived.add(Deleted {
                source,
                read,
                delete,
            }),
        }
    }
}

impl Law for Deleted {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.delete
    }

    fn silence(&self) -> &'static str {
        "no answer of the creating call told what it had made"
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        vec![self.source.operation(contract), self.read, self.delete]
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Deleted {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        let Some(made) = so_far.first() else {
            return self.source.first(contract, draws);
        };
        let resource = self.source.resource(contract);
        let thing = self.source.thing(contract, draws, 10, made)?;
        match so_far {
            [_] => thing.call(contract, draws, (1, self.delete), resource),
            // What was not deleted, or not yet, may still be there.
            [_, deleted]
                if deleted.success().is_none()
                    || deleted.status() == Some(StatusCode::ACCEPTED) =>
            {
                None
            }
            [_, _] => thing.call(contract, draws, (2, self.read), resource),
            // `not_a_server_error` judges what a second deletion gives.
            [_, _, _] => thing.call(contract, draws, (3, self.delete), resource),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [_, deleted, found, ..] = exchanges else {
            return Outcome::NotApplicable;
        };
        match found.status() {
            Some(StatusCode::NOT_FOUND | StatusCode::GONE) => Outcome::Held,
            Some(status) if status.is_success() => Outcome::Broken(vec![Failure {
                message: format!(
                    "{} was deleted, and the server still answers {} there",
                    deleted.request.target,
                    status.as_u16()
                ),
                expected: contract.api().operations[self.delete].pointer.clone(),
                cause: status.as_u16().to_string(),
            }]),
            _ => Outcome::NotApplicable,
        }
    }
}
