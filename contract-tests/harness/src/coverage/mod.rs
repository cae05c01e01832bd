//! What a run exercised of the document: operation by operation, each response, parameter and keyword.
//!
//! This module is purely the shape of what is told. `collect` counts exchange by exchange, with `answers` and `rules`;
//! `met` leads values beside their schemas, and `why` says what stood in the way of what was never reached.

mod answers;
mod collect;
mod met;
mod rules;
mod why;

use serde::Serialize;

pub(crate) use collect::{Collector, Limits};

/// What a run exercised of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Each declared response, once for each of its media types, in the document's order.
    pub responses: Vec<ResponseCoverage>,
    /// Each part of the request that the document describes: the parameters, and the body.
    pub parts: Vec<PartCoverage>,
}

/// What a run saw of one declared response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResponseCoverage {
    /// The status or the range, or `default`.
    pub status: String,
    /// The media type or the range; `None` where no body is declared.
    pub media_type: Option<String>,
    /// The place in the document.
    pub pointer: String,
    /// How often it was answered.
    pub answers: usize,
    /// How many of those answers broke what the document says about them.
    pub broken: usize,
    /// Why it was never answered; `None` where it was.
    pub why: Option<String>,
    /// Its headers, and the keywords of its body's schema: of what an answer has reached, and the first places below
    /// that none has.
    pub rules: Vec<RuleCoverage>,
}

/// What a run sent of one part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartCoverage {
    /// Which part.
    pub part: String,
    /// The place in the document.
    pub pointer: String,
    /// Whether each call must have it.
    pub required: bool,
    /// How many valid calls had it.
    pub sent: usize,
    /// How many of those were accepted.
    pub accepted: usize,
    /// Why no valid call had it; `None` where one did.
    pub why: Option<String>,
    /// Its rules.
    pub rules: Vec<RuleCoverage>,
}

/// What a run did with one rule of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCoverage {
    /// The keyword; `syntax` for the rule that a body can be read at all, `header` for a header of an answer.
    pub keyword: String,
    /// The place in the document.
    pub pointer: String,
    /// What of the keyword, where it has several parts.
    pub what: Option<String>,
    /// Whether it spoke about a value that keeps it: one that was sent and accepted, or one that was answered.
    pub met: bool,
    /// How many calls that break it were refused.
    pub refused: usize,
    /// How often the server broke it: by accepting a call that breaks it, or in an answer.
    pub broken: usize,
    /// Why nothing put it to the test: no call that breaks it was judged, or no answer had a value for it. `None` where
    /// something did.
    pub why: Option<String>,
}

/// A rule of the document that nothing put to the test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreached {
    /// The operation.
    pub operation: String,
    /// What it is: a response, a part of the request, or a keyword.
    pub what: String,
    /// The place in the document.
    pub pointer: String,
    /// Why nothing reached it.
    pub why: String,
}

impl Coverage {
    /// How many rules there are that the run knows of, and how many of them it put to the test. A response and a part
    /// of the request count as a rule each.
    pub fn counts(&self) -> (usize, usize) {
        let whys = self.whys();
        (whys.len(), whys.iter().filter(|why| why.is_none()).count())
    }

    fn whys(&self) -> Vec<Option<&str>> {
        let responses = self.responses.iter().map(|r| (&r.why, &r.rules));
        let parts = self.parts.iter().map(|p| (&p.why, &p.rules));
        let mut whys = Vec::new();
        for (why, rules) in responses.chain(parts) {
            whys.push(why.as_deref());
            whys.extend(rules.iter().map(|rule| rule.why.as_deref()));
        }
        whys
    }

    /// What nothing put to the test.
    pub fn unreached(&self, operation: &str) -> Vec<Unreached> {
        let mut unreached = Vec::new();
        let mut push = |what: String, pointer: &str, why: &Option<String>| {
            if let Some(why) = why {
                unreached.push(Unreached {
                    operation: operation.to_owned(),
                    what,
                    pointer: pointer.to_owned(),
                    why: why.clone(),
                });
            }
        };
        for response in &self.responses {
            let name = response.name();
            push(name.clone(), &response.pointer, &response.why);
            for rule in &response.rules {
                push(format!("{name}, {}", rule.name()), &rule.pointer, &rule.why);
            }
        }
        for part in &self.parts {
            push(part.part.clone(), &part.pointer, &part.why);
            for rule in &part.rules {
                let what = format!("{}, {}", part.part, rule.name());
                push(what, &rule.pointer, &rule.why);
            }
        }
        unreached
    }
}

impl ResponseCoverage {
    /// Status and media type, for a person.
    pub fn name(&self) -> String {
        match &self.media_type {
            Some(media_type) => format!("response {} `{media_type}`", self.status),
            None => format!("response {}", self.status),
        }
    }
}

impl RuleCoverage {
    /// The keyword and what of it, for a person.
    pub fn name(&self) -> String {
        match &self.what {
            Some(what) => format!("`{}` ({what})", self.keyword),
            None => format!("`{}`", self.keyword),
        }
    }
}
