//! What was answered with one declared response.

use std::collections::BTreeMap;

use http::HeaderMap;
use openapi_model::{Direction, Pointer, Response};

use super::met::{Met, merge_met};
use super::rules::Rules;
use super::why::Why;
use super::{ResponseCoverage, RuleCoverage};
use crate::checks::Outcome;
use crate::contract::Contract;
use crate::exchange::Answer;
use crate::media_type;

/// What was answered with one declared response.
#[derive(Debug, Default)]
pub(super) struct SeenResponse {
    /// As in `Response::headers`: whether it was there.
    headers: Vec<bool>,
    /// As in `Response::content`; one more for answers without a body.
    bodies: Vec<SeenBody>,
    /// Answers with a body of no declared media type, and how many of them were broken.
    others: (usize, usize),
    /// The content types that came, and which of the bodies they are.
    known: Vec<(String, Option<usize>)>,
    /// How often each place of the document was broken.
    broken: BTreeMap<Pointer, usize>,
}

/// What was answered with one of its bodies.
#[derive(Debug, Default)]
struct SeenBody {
    answers: usize,
    broken: usize,
    met: Option<Met>,
}

impl SeenResponse {
    pub(super) fn new(response: &Response) -> SeenResponse {
        let contents = response.content.values().map(|content| SeenBody {
            met: content
                .schema
                .map(|schema| Met::new(schema, Direction::Response)),
            ..SeenBody::default()
        });
        SeenResponse {
            headers: vec![false; response.headers.len()],
            bodies: contents.chain([SeenBody::default()]).collect(),
            ..SeenResponse::default()
        }
    }

    pub(super) fn add(
        &mut self,
        contract: &Contract,
        response: &Response,
        answer: &Answer,
        outcomes: &[(&'static str, Outcome)],
    ) {
        const OF_ANSWERS: [&str; 3] = [
            "content_type_conformance",
            "response_headers_conformance",
            "response_schema_conformance",
        ];
        let mut is_broken = false;
        for (name, outcome) in outcomes {
            if let (true, Outcome::Broken(failures)) = (OF_ANSWERS.contains(name), outcome) {
                is_broken = true;
                for failure in failures {
                    *self.broken.entry(failure.expected.clone()).or_default() += 1;
                }
            }
        }
        for (name, seen) in response.headers.keys().zip(&mut self.headers) {
            *seen = *seen || answer.headers.contains_key(name);
        }
        let Some(body) = self
            .body(response, &answer.headers)
            .and_then(|index| self.bodies.get_mut(index))
        else {
            self.others.0 += 1;
            self.others.1 += usize::from(is_broken);
            return;
        };
        body.answers += 1;
        body.broken += usize::from(is_broken);
        // What is not valid reaches places by mistake.
        if let (Some(met), Some(value), false) = (&mut body.met, answer.value(), is_broken) {
            met.add(&contract.api().schemas, value);
        }
    }

    pub(super) fn merge(&mut self, other: SeenResponse) {
        let SeenResponse {
            headers,
            bodies,
            others,
            known: _,
            broken,
        } = other;
        for (known, seen) in self.headers.iter_mut().zip(headers) {
            *known = *known || seen;
        }
        for (known, seen) in self.bodies.iter_mut().zip(bodies) {
            known.answers += seen.answers;
            known.broken += seen.broken;
            merge_met(&mut known.met, seen.met);
        }
        self.others.0 += others.0;
        self.others.1 += others.1;
        for (place, times) in broken {
            *self.broken.entry(place).or_default() += times;
        }
    }

    /// Which of the bodies an answer has.
    fn body(&mut self, response: &Response, headers: &HeaderMap) -> Option<usize> {
        let none = self.bodies.len() - 1;
        let Some(text) = headers.get(http::header::CONTENT_TYPE) else {
            return Some(none);
        };
        if response.content.is_empty() {
            return Some(none);
        }
        let text = text.to_str().ok()?;
        if let Some((_, index)) = self.known.iter().find(|(known, _)| known == text) {
            return *index;
        }
        let found = media_type::find(response.content.keys(), text);
        let index = found.and_then(|name| response.content.get_index_of(name));
        // A server that never says the same twice must not fill our memory.
        const MOST: usize = 20;
        if self.known.len() < MOST {
            self.known.push((text.to_owned(), index));
        }
        index
    }

    pub(super) fn coverage(
        &self,
        contract: &Contract,
        response: &Response,
        why: &Why<'_>,
    ) -> Vec<ResponseCoverage> {
        let schemas = &contract.api().schemas;
        let is_answered = self.others.0 > 0 || self.bodies.iter().any(|body| body.answers > 0);
        let bare = self.bodies.last().map_or(0, |body| body.answers);
        let headers = || {
            let declared = response.headers.iter().zip(&self.headers);
            let declared =
                declared.filter(|((name, _), _)| !name.eq_ignore_ascii_case("content-type"));
            declared.map(|((name, header), is_there)| {
                let broken = self.broken_below(&header.pointer);
                RuleCoverage {
                    keyword: "header".to_owned(),
                    pointer: header.pointer.to_string(),
                    what: Some(name.clone()),
                    met: *is_there,
                    refused: 0,
                    broken,
                    why: (!is_there && broken == 0).then(|| "no answer had it".to_owned()),
                }
            })
        };
        let one = |media_type: Option<&String>, pointer: &Pointer, seen: &SeenBody| {
            let mut rules = Rules::default();
            if seen.answers > 0 {
                rules.0.extend(headers());
            }
            if let Some(met) = &seen.met {
                rules.answered(met.met(schemas), &self.broken);
                for missed in met.missed(schemas) {
                    let broken = self
                        .broken
                        .get(&missed.pointer)
                        .copied()
                        .unwrap_or_default();
                    rules.0.push(RuleCoverage {
                        keyword: missed.keyword.to_owned(),
                        pointer: missed.pointer.to_string(),
                        what: missed.what,
                        met: false,
                        refused: 0,
                        broken,
                        why: (broken == 0).then(|| "no answer had a value for it".to_owned()),
                    });
                }
            }
            let unanswered = || match media_type {
                Some(_) if is_answered && bare > 0 => "it was answered without a body".to_owned(),
                Some(_) if is_answered => "it was answered with another media type".to_owned(),
                _ => why.response(response.status),
            };
            ResponseCoverage {
                status: response.status.to_string(),
                media_type: media_type.cloned(),
                pointer: pointer.to_string(),
                answers: seen.answers,
                broken: seen.broken,
                why: (seen.answers == 0).then(unanswered),
                rules: rules.0,
            }
        };
        if response.content.is_empty() {
            let bare = self.bodies.last();
            return bare
                .map(|seen| one(None, &response.pointer, seen))
                .into_iter()
                .collect();
        }
        let contents = response.content.iter().zip(&self.bodies);
        let mut told: Vec<ResponseCoverage> = contents
            .map(|((name, content), seen)| one(Some(name), &content.pointer, seen))
            .collect();
        // An answer of an undeclared media type, or without a body, breaks what is said of all.
        if let Some(first) = told.first_mut() {
            let bare = self.bodies.last().map_or(0, |bare| bare.broken);
            first.broken += self.others.1 + bare;
        }
        told
    }

    /// How often a place or what stands below it was broken.
    fn broken_below(&self, pointer: &Pointer) -> usize {
        let is_below = |place: &Pointer| {
            place
                .as_str()
                .strip_prefix(pointer.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let below = self.broken.iter().filter(|(place, _)| is_below(place));
        below.map(|(_, times)| times).sum()
    }
}
