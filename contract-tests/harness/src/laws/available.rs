//! `ensure_resource_availability`: what was just created is there.

use http::StatusCode;

use super::thing::Way;
use super::{Derived, Draws, FewCalls, Law, Sequence, whole};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;

pub(super) const NAME: &str = "ensure_resource_availability";

/// The law for one way from what makes to what reads.
#[derive(Debug)]
struct Available {
    operation: usize,
    way: Way,
}

/// The law for every such way. Where there is none, `created_reads_back` tells the reason.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for way in Way::all(contract) {
        derived.add(Available {
            operation: way.operation(contract),
            way,
        });
    }
}

impl Law for Available {
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

impl FewCalls for Available {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => draws.valid(0, self.operation),
            // 202 says that it is not there yet (RFC 9110, section 15.3.3).
            [made] if made.status() == Some(StatusCode::ACCEPTED) => None,
            [made] => self.way.find(contract, draws, 1, made),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [_, found] = exchanges else {
            return Outcome::NotApplicable;
        };
        match found.status() {
            Some(StatusCode::NOT_FOUND | StatusCode::GONE) => {
                let code = found.status().map_or(0, |status| status.as_u16());
                let leads = self.way.leads(contract, &found.request.target);
                Outcome::Broken(vec![Failure {
                    message: format!("{leads}, and the server answers {code} there"),
                    expected: self.way.pointer(contract),
                    cause: code.to_string(),
                }])
            }
            Some(status) if status.is_success() => Outcome::Held,
            _ => Outcome::NotApplicable,
        }
    }
}
