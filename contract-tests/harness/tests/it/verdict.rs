//! Whether a case is what it says, by the document that it was drawn from.

use contract_harness::{Case, Cases, Contract, Fault, Mode, Place};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Whether a case is what it says; the error shows it.
pub fn judge(contract: &Contract, cases: &Cases<'_>, case: &Case) -> Result<(), String> {
    let request = cases.request(case);
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
        let value = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
        headers.append(name, value);
    }
    let body = request.body.as_deref().unwrap_or_default();
    let failures = contract.check_request(&request.method, &request.target, &headers, body);
    let found: Vec<&str> = failures
        .iter()
        .map(|failure| failure.message.as_str())
        .collect();
    let (is_right, expected) = match &case.mode {
        Mode::Positive => (failures.is_empty(), "no fault".to_owned()),
        Mode::Negative(violation) => {
            let part = match &violation.place {
                // The document may declare what nobody can judge in a request.
                Place::Header(name) if name == "Accept" => return Ok(()),
                Place::Header(name) if name == "Content-Type" => "the body is".to_owned(),
                Place::Body(_) => "body".to_owned(),
                place => place.to_string(),
            };
            let is_right = !found.is_empty() && found.iter().all(|message| message.contains(&part));
            (is_right, violation.to_string())
        }
        Mode::Credentials(Fault::NoneAtAll | Fault::Missing(_)) => {
            let is_right = found
                .iter()
                .all(|message| message.starts_with("the credentials"));
            (
                is_right && !found.is_empty(),
                "credentials that are missing".to_owned(),
            )
        }
        Mode::Observed => (false, "a case of ours".to_owned()),
        Mode::UndeclaredMethod => {
            let is_right = found.iter().all(|message| message.contains(" has no "));
            (
                // HEAD is allowed where GET is.
                is_right && (!found.is_empty() || case.method == http::Method::HEAD),
                "a method that is not declared".to_owned(),
            )
        }
        // What else is wrong with credentials, and what the document leaves open, no document tells.
        Mode::Odd(_) | Mode::Credentials(_) | Mode::Elsewhere => return Ok(()),
    };
    if is_right {
        return Ok(());
    }
    Err(format!(
        "expected {expected}, found {found:?} in {} {} {:?} {}",
        request.method,
        request.target,
        request.headers,
        String::from_utf8_lossy(body)
    ))
}
