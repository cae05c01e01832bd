//! `unsupported_method`: an undeclared method is answered 405, with `Allow`.

use http::Method;
use openapi_model::Pointer;

use super::{Outcome, broken, operation, unspecified};
use crate::case::Mode;
use crate::contract::Contract;
use crate::exchange::Exchange;

/// HEAD beside GET, and OPTIONS, are HTTP's own. A 501 is as good as a 405 (RFC 9110, section 15.6.2); other refusals
/// say nothing about the method.
pub(super) fn unsupported_method(contract: &Contract, exchange: &Exchange) -> Outcome {
    let (Mode::UndeclaredMethod, Ok(answer)) = (&exchange.case.mode, &exchange.answer) else {
        return Outcome::NotApplicable;
    };
    let method = &exchange.case.method;
    if matches!(*method, Method::HEAD | Method::OPTIONS) {
        return Outcome::NotApplicable;
    }
    let code = answer.status.as_u16();
    let path = operation(contract, exchange)
        .pointer
        .segments()
        .nth(1)
        .unwrap_or_default();
    let pointer = Pointer::root().join("paths").join(&path);
    match code {
        405 if answer.headers.contains_key(http::header::ALLOW) => Outcome::Held,
        405 => broken(
            format!(
                "{method} on `{path}` is answered 405 without `Allow`, which RFC 9110, section 15.5.6, asks for"
            ),
            // Who leaves it out does so everywhere.
            Pointer::root().join("paths"),
            "no Allow",
        ),
        501 => Outcome::Held,
        200..=299 => broken(
            format!("{method} on `{path}` is not declared, and the server accepted it with {code}"),
            pointer,
            method.to_string(),
        ),
        500..=599 => Outcome::NotApplicable,
        _ => unspecified(format!("an undeclared method is answered {code}")),
    }
}
