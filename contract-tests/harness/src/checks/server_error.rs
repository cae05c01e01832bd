//! `not_a_server_error`: there is an answer, and it is not a 5xx.

use super::{Outcome, broken, operation, unspecified};
use crate::case::Mode;
use crate::contract::Contract;
use crate::exchange::{Exchange, NoAnswer};

/// A 503 that says when to come back is a server that protects itself; a 501 is how HTTP lets a server say that it does
/// not know a method.
pub(super) fn not_a_server_error(contract: &Contract, exchange: &Exchange) -> Outcome {
    if exchange.case.mode == Mode::Elsewhere {
        return Outcome::NotApplicable;
    }
    let pointer = operation(contract, exchange).pointer.join("responses");
    let answer = match &exchange.answer {
        Ok(answer) => answer,
        Err(reason) => {
            let cause = match reason {
                NoAnswer::TimedOut(_) => "timed out",
                NoAnswer::NotConnected(_) => "not connected",
                NoAnswer::NotTrusted(_) => "not trusted",
                NoAnswer::Broken(_) => "broken",
                // The document bounds no body, so this is our bound and not the server's fault.
                NoAnswer::TooLong(_) => {
                    return unspecified(format!(
                        "{reason}: it was not read to its end, and not judged"
                    ));
                }
            };
            return broken(
                format!("the server gave {}", no_answer(reason)),
                pointer,
                cause,
            );
        }
    };
    if !answer.status.is_server_error() {
        return Outcome::Held;
    }
    let status = answer.status.as_u16();
    match status {
        501 if exchange.case.mode == Mode::UndeclaredMethod => Outcome::Held,
        503 if answer.headers.contains_key(http::header::RETRY_AFTER) => unspecified(
            "the server answered 503 with `Retry-After`: it is overloaded, or down on purpose",
        ),
        _ => broken(
            format!("the server answered {status}, a server error"),
            pointer,
            status.to_string(),
        ),
    }
}

fn no_answer(reason: &NoAnswer) -> String {
    let text = reason.to_string();
    if text.starts_with("no ") {
        text
    } else {
        format!("no answer that could be read: {text}")
    }
}
