//! Which of an operation's responses is the answer.

use std::fmt;

use http::header::ACCEPT;
use http::{HeaderMap, StatusCode};
use openapi_model::StatusPattern;
use proptest::test_runner::TestRunner;

use super::{Mock, Offer, Wanted};
use crate::accept;
use crate::seed::below;

/// Why none is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// It declares no response with that status.
    Status { wanted: StatusCode, known: String },
    /// None has an example of that name.
    Example { wanted: String, known: String },
    /// None has a media type that the client takes.
    NotAcceptable { accept: String, known: String },
    /// None can be generated.
    Nothing,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unanswered::Status { wanted, known } => {
                write!(
                    f,
                    "no response {} is declared, or it cannot be generated; there are {known}",
                    wanted.as_u16()
                )
            }
            Unanswered::Example { wanted, known } => {
                write!(
                    f,
                    "no such response has an example `{wanted}`; there are {known}"
                )
            }
            Unanswered::NotAcceptable { accept, known } => {
                write!(f, "the client takes `{accept}`, and there are {known}")
            }
            Unanswered::Nothing => f.write_str("no response of the operation can be generated"),
        }
    }
}

impl Mock {
    /// The response that somebody wants, and its status.
    pub(super) fn wanted(
        &self,
        operation: usize,
        wanted: &Wanted,
        headers: &HeaderMap,
    ) -> Result<(&Offer, StatusCode), Unanswered> {
        let all: Vec<&Offer> = self.operations[operation].iter().collect();
        let fitting: Vec<&Offer> = match wanted.status {
            None => all.clone(),
            Some(status) => {
                // The response that describes the status, as the document decides it.
                let described = self.contract.api().operations[operation].response(status);
                let pattern = described.map(|response| response.status);
                let fits = |offer: &&Offer| Some(offer.strategy.declared) == pattern;
                all.iter().copied().filter(fits).collect()
            }
        };
        if fitting.is_empty() {
            return Err(match wanted.status {
                Some(status) => Unanswered::Status {
                    wanted: status,
                    known: known(all.iter().map(|offer| offer.strategy.declared.to_string())),
                },
                None => Unanswered::Nothing,
            });
        }
        let named = match &wanted.example {
            None => fitting.clone(),
            Some(name) => {
                let has = |offer: &&Offer| {
                    let content = offer.strategy.content.as_ref();
                    content.is_some_and(|content| content.examples.contains_key(name))
                };
                fitting.iter().copied().filter(has).collect()
            }
        };
        if named.is_empty() {
            let contents = fitting
                .iter()
                .filter_map(|offer| offer.strategy.content.as_ref());
            let names = contents.flat_map(|content| content.examples.keys().cloned());
            return Err(Unanswered::Example {
                wanted: wanted.example.clone().unwrap_or_default(),
                known: known(names),
            });
        }
        // Without a status, an answer that is a success comes before others.
        let successes: Vec<&Offer> = named
            .iter()
            .copied()
            .filter(|offer| offer.is_success())
            .collect();
        let named = if wanted.status.is_none() && !successes.is_empty() {
            successes
        } else {
            named
        };
        let offer = acceptable(&named, headers)?[0];
        Ok((offer, wanted.status.unwrap_or(offer.strategy.status)))
    }

    /// The response that a valid request gets when nobody wants a certain one.
    pub(super) fn offered(
        &self,
        operation: usize,
        headers: &HeaderMap,
        runner: &mut TestRunner,
    ) -> Result<&Offer, Unanswered> {
        let all = &self.operations[operation];
        let (successes, others): (Vec<&Offer>, Vec<&Offer>) =
            all.iter().partition(|offer| offer.is_success());
        let is_error = self.is_struck(self.settings.errors, runner);
        let fitting = match (successes.is_empty(), others.is_empty()) {
            (true, true) => return Err(Unanswered::Nothing),
            (false, true) => successes,
            (true, false) => others,
            (false, false) if is_error => others,
            (false, false) => successes,
        };
        let fitting = acceptable(&fitting, headers)?;
        Ok(fitting[below(runner, fitting.len())])
    }
}

impl Offer {
    fn is_success(&self) -> bool {
        self.strategy.status.is_success() || self.strategy.declared == StatusPattern::Range(2)
    }
}

fn known(names: impl Iterator<Item = String>) -> String {
    let mut known: Vec<String> = names.collect();
    known.dedup();
    if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    }
}

/// Those whose media type the client takes most gladly (RFC 9110, section 12.5.1). What has no body it always takes.
fn acceptable<'o>(offers: &[&'o Offer], headers: &HeaderMap) -> Result<Vec<&'o Offer>, Unanswered> {
    let lines = headers.get_all(ACCEPT).iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    if lines.is_empty() {
        return Ok(offers.to_vec());
    }
    let accept = lines.join(", ");
    let quality = |offer: &Offer| match &offer.strategy.content {
        None => 1.0,
        Some(content) => accept::quality(&accept, &content.media_type),
    };
    let best = offers
        .iter()
        .map(|offer| quality(offer))
        .max_by(f32::total_cmp);
    match best {
        Some(best) if best > 0.0 => {
            let is_best = |offer: &&&Offer| quality(offer) == best;
            Ok(offers.iter().filter(is_best).copied().collect())
        }
        _ => {
            let contents = offers
                .iter()
                .filter_map(|offer| offer.strategy.content.as_ref());
            Err(Unanswered::NotAcceptable {
                known: known(contents.map(|content| content.media_type.clone())),
                accept,
            })
        }
    }
}

/// What a request's `Prefer` headers ask for (RFC 7240): `code=404`, `example=name`.
pub(super) fn prefer(headers: &HeaderMap) -> Option<Wanted> {
    let mut wanted = Wanted::default();
    for line in headers.get_all("prefer") {
        let Ok(line) = line.to_str() else { continue };
        for preference in line.split([',', ';']) {
            let Some((name, value)) = preference.split_once('=') else {
                continue;
            };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => wanted.status = value.parse().ok().or(wanted.status),
                "example" => wanted.example = Some(value.to_owned()),
                _ => {}
            }
        }
    }
    (wanted != Wanted::default()).then_some(wanted)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read_from_every_line() {
        let mut headers = HeaderMap::new();
        assert_eq!(prefer(&headers), None);
        headers.append("prefer", "code=404, dynamic=true".parse().unwrap());
        headers.append(
            "prefer",
            "respond-async; example=\"none left\"".parse().unwrap(),
        );
        let wanted = prefer(&headers).unwrap();
        assert_eq!(wanted.to_string(), "404:none left");
    }
}
