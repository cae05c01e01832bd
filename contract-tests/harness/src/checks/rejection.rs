//! A call that breaks one rule is refused: `negative_data_rejection`, `missing_required_header`.

use super::{Outcome, broken, unspecified};
use crate::case::{Mode, Oddity, Place, Violation};
use crate::contract::Contract;
use crate::exchange::Exchange;

pub(super) fn negative_data_rejection(_: &Contract, exchange: &Exchange) -> Outcome {
    match &exchange.case.mode {
        Mode::Negative(violation) if !is_missing_header(violation) => judge(exchange, violation),
        Mode::Odd(oddity) => odd(exchange, *oddity),
        _ => Outcome::NotApplicable,
    }
}

pub(super) fn missing_required_header(_: &Contract, exchange: &Exchange) -> Outcome {
    match &exchange.case.mode {
        Mode::Negative(violation) if is_missing_header(violation) => judge(exchange, violation),
        _ => Outcome::NotApplicable,
    }
}

fn is_missing_header(violation: &Violation) -> bool {
    violation.keyword == "required" && matches!(violation.place, Place::Header(_))
}

/// Any 4xx is a refusal, but for those that are about something else: then the call says nothing about the rule.
fn judge(exchange: &Exchange, violation: &Violation) -> Outcome {
    let Some(status) = exchange.status() else {
        return Outcome::NotApplicable;
    };
    let code = status.as_u16();
    let in_path = matches!(violation.place, Place::Path(_));
    match code {
        401 | 405 | 408 | 429 => {
            return unspecified(format!(
                "a call that breaks a rule was refused for another reason, with {code}"
            ));
        }
        404 | 410 if !in_path && exchange.case.unknown_id => {
            return unspecified(
                "a call that breaks a rule found nothing at an id that was not shown",
            );
        }
        _ => {}
    }
    if status.is_client_error() {
        return Outcome::Held;
    }
    if status.is_server_error() {
        return Outcome::NotApplicable;
    }
    if status.is_redirection() {
        return unspecified(format!(
            "a call that breaks a rule was led elsewhere, with {code}"
        ));
    }
    broken(
        format!("the server accepted, with {code}, a call where {violation}"),
        violation.rule.clone(),
        format!("{}", violation.place),
    )
}

/// The document does not say whether such a call is refused, so both are fine.
fn odd(exchange: &Exchange, oddity: Oddity) -> Outcome {
    match exchange.status() {
        Some(status) if status.is_success() => unspecified(format!(
            "the server accepts {oddity}, of which the document says nothing"
        )),
        Some(status) if status.is_client_error() => unspecified(format!(
            "the server refuses {oddity}, of which the document says nothing"
        )),
        _ => Outcome::NotApplicable,
    }
}
