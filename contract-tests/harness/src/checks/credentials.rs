//! `ignored_auth`: a call without sufficient credentials is refused.

use super::{Outcome, broken, unspecified};
use crate::case::{Fault, Mode};
use crate::contract::Contract;
use crate::exchange::Exchange;

/// Any 4xx is a refusal: who must not know that a thing exists is answered 404. Where the thing may really not exist, a
/// 404 says nothing.
pub(super) fn ignored_auth(contract: &Contract, exchange: &Exchange) -> Outcome {
    let (Mode::Credentials(fault), Some(status)) = (&exchange.case.mode, exchange.status()) else {
        return Outcome::NotApplicable;
    };
    let code = status.as_u16();
    if let Fault::Twice(_) = fault {
        let verdict = match code {
            200..=299 => "accepts",
            400 | 401 | 403 => "refuses",
            _ => return Outcome::NotApplicable,
        };
        return unspecified(format!(
            "the server {verdict} {fault}, of which HTTP says nothing"
        ));
    }
    match code {
        404 | 410 if exchange.case.unknown_id => unspecified(
            "a call without sufficient credentials found nothing at an id that was not shown",
        ),
        408 | 429 => unspecified(format!(
            "a call without sufficient credentials was answered {code}"
        )),
        400..=499 => Outcome::Held,
        200..=299 => broken(
            format!("the server accepted, with {code}, a call with {fault}"),
            contract.security(exchange.case.key.operation),
            // One cause for each scheme: who does not look at a token accepts every wrong one.
            fault.scheme().unwrap_or_default(),
        ),
        300..=399 => unspecified(format!(
            "a call without sufficient credentials was led elsewhere, with {code}"
        )),
        _ => Outcome::NotApplicable,
    }
}
