//! `positive_data_acceptance`: a valid call is accepted.

use super::{Outcome, broken, is_conditional, is_large, operation, unspecified};
use crate::accept;
use crate::case::{Mode, Origin, Place};
use crate::contract::Contract;
use crate::exchange::Exchange;

/// A 404 for a thing that the server has not shown is as good as the thing. What depends on the server's state, where
/// the document declares it (409), and what protects it (413, 429), is a note. A 5xx is told by `not_a_server_error`
/// alone.
pub(super) fn positive_data_acceptance(contract: &Contract, exchange: &Exchange) -> Outcome {
    let (Mode::Positive, Some(status)) = (&exchange.case.mode, exchange.status()) else {
        return Outcome::NotApplicable;
    };
    if status.is_success() || status.is_redirection() {
        return Outcome::Held;
    }
    if status.is_server_error() {
        return Outcome::NotApplicable;
    }
    let operation = operation(contract, exchange);
    let is_declared = operation.response(status).is_some();
    let code = status.as_u16();
    let case = &exchange.case;
    match code {
        404 | 410 if case.unknown_id => return Outcome::Held,
        // Text can be an id that the server could never have made: then it may say so.
        400 | 422 if case.unknown_id && has_free_text_in_path(contract, exchange) => {
            return unspecified(format!(
                "the server answers {code} to an id that it has not shown"
            ));
        }
        404 | 410 if case.method == http::Method::DELETE => {
            return unspecified(format!(
                "the server answers {code} where something was to be deleted"
            ));
        }
        409 | 423 if is_declared => {
            return unspecified(format!(
                "the server answers {code}: its state does not allow the call"
            ));
        }
        // Not every thing need be there in every form that the document names.
        406 if case.accept != contract.compiled(case.key.operation).accept
            && accept::offered(operation).len() > 1 =>
        {
            return unspecified("the server answers 406 to a call that takes one of its types");
        }
        412 | 416 if is_conditional(exchange) => return Outcome::Held,
        413 | 414 | 431 if is_large(exchange) => {
            return unspecified(format!(
                "the server answers {code}: the request is too large for it"
            ));
        }
        429 => return unspecified("the server answers 429: it asks for fewer calls"),
        _ => {}
    }
    let is_shown = case
        .origins
        .iter()
        .any(|(_, origin)| *origin == Origin::Shown);
    let hint = match code {
        404 | 410 if is_shown => ", for what one of its own answers led to",
        401 => ": are the target's credentials valid?",
        403 => ": may the target's credentials do that?",
        _ => "",
    };
    // Who does not know the caller refuses every call: that is one cause for all operations.
    let expected = match code {
        401 => contract.security(exchange.case.key.operation),
        _ => operation.pointer.clone(),
    };
    broken(
        format!("the server refused a valid call with {code}{hint}"),
        expected,
        code.to_string(),
    )
}

fn has_free_text_in_path(contract: &Contract, exchange: &Exchange) -> bool {
    let compiled = contract.compiled(exchange.case.key.operation);
    compiled.parameters.iter().flatten().any(|parameter| {
        let is_text = contract
            .api()
            .schemas
            .get(contract.api().schemas.resolve(parameter.sent.schema))
            .types
            .intersects(openapi_model::Types::STRING);
        let was_invented = exchange.case.origins.iter().any(|(place, origin)| {
            *place == parameter.place
                && matches!(origin, Origin::Drawn | Origin::Example | Origin::Guessed)
        });
        is_text
            && was_invented
            && (parameter.is_opaque || matches!(parameter.place, Place::Path(_)))
    })
}
