//! `status_code_conformance`: the operation declares the status.

use http::StatusCode;

use super::{Outcome, broken, is_conditional, is_large, operation, unspecified};
use crate::case::{Mode, Place};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::observed::may_be_provoked;

/// An undeclared status is a note where HTTP itself has it for what the case provokes. An undeclared 5xx is told by
/// `not_a_server_error` alone.
pub(super) fn status_code_conformance(contract: &Contract, exchange: &Exchange) -> Outcome {
    let Some(status) = exchange.status() else {
        return Outcome::NotApplicable;
    };
    if !exchange.case.mode.is_described() {
        return Outcome::NotApplicable;
    }
    let operation = operation(contract, exchange);
    if operation.response(status).is_some() {
        return Outcome::Held;
    }
    if is_provoked(exchange, status) {
        return unspecified(format!(
            "the server answers {}, which is not declared",
            status.as_u16()
        ));
    }
    if status.is_server_error() {
        return Outcome::NotApplicable;
    }
    let declared: Vec<String> = operation
        .responses
        .iter()
        .map(|r| r.status.to_string())
        .collect();
    broken(
        format!(
            "the server answered {}, and the operation declares {}",
            status.as_u16(),
            declared.join(", ")
        ),
        operation.pointer.join("responses"),
        status.as_u16().to_string(),
    )
}

/// Whether the case provokes a status that HTTP has for it.
fn is_provoked(exchange: &Exchange, status: StatusCode) -> bool {
    let case = &exchange.case;
    if case.mode == Mode::Observed {
        return may_be_provoked(status);
    }
    let breaks = |wanted: fn(&Place) -> bool| match &case.mode {
        Mode::Negative(violation) => wanted(&violation.place),
        _ => false,
    };
    match status.as_u16() {
        401 => matches!(case.mode, Mode::Credentials(_)),
        404 => case.unknown_id || breaks(|place| matches!(place, Place::Path(_))),
        406 => breaks(|place| matches!(place, Place::Header(name) if name == "Accept")),
        413 | 414 | 431 => is_large(exchange),
        415 => breaks(|place| matches!(place, Place::Header(name) if name == "Content-Type")),
        304 | 412 | 416 => is_conditional(exchange),
        429 | 503 => true,
        _ => false,
    }
}
