//! Why something was never reached.
//!
//! Each reason is the nearest one that is known: what kept the whole operation from being tested, then what the document
//! or its values stand in the way with, and last what the server decides alone.

use openapi_model::{Operation, StatusPattern};

use super::collect::Limits;
use super::rules::SeenRule;
use crate::contract::{CompiledParameter, Contract};

/// What is known about an operation that was not tested in full.
#[derive(Clone, Copy, Debug)]
pub(super) struct Why<'r> {
    pub(super) contract: &'r Contract,
    pub(super) operation: &'r Operation,
    pub(super) limits: &'r Limits,
    /// Whether a call can break a rule of it.
    pub(super) has_breakable: bool,
}

impl Why<'_> {
    /// What kept the whole operation from being tested.
    fn whole(&self) -> Option<String> {
        self.limits.untested.clone()
    }

    fn phase(&self, phase: &str) -> Option<String> {
        let is_left_out = self.limits.phases_left_out.contains(&phase);
        is_left_out.then(|| format!("the phase `{phase}` was left out"))
    }

    /// Why a response was never answered.
    pub(super) fn response(&self, status: StatusPattern) -> String {
        let code = match status {
            StatusPattern::Code(code) => code.as_u16(),
            StatusPattern::Range(digit) => u16::from(digit) * 100,
            StatusPattern::Default => 0,
        };
        let own = || match code {
            0 => "every answer had a status of its own".to_owned(),
            401 if self.operation.security.is_empty() => {
                "no credentials are asked for, so none can be missing".to_owned()
            }
            401 => self.phase("credentials").unwrap_or_else(|| {
                "calls without sufficient credentials were answered otherwise".to_owned()
            }),
            403 => "no case has valid credentials that may do less".to_owned(),
            404 | 410 if !self.names_a_thing() => {
                "the path names no thing that could be missing".to_owned()
            }
            404 | 410 => "calls for things that were not shown were answered otherwise".to_owned(),
            405 => "it is about other methods of the path".to_owned(),
            409 | 412 | 423 | 428 => {
                "it depends on what the server holds, and no case led there".to_owned()
            }
            408 => "no body came that slowly".to_owned(),
            413 | 414 | 431 => "no case is that large".to_owned(),
            429 => "the server did not ask for fewer calls".to_owned(),
            400 | 406 | 415 | 422 if !self.has_breakable => {
                "the operation has no rule that a call could break".to_owned()
            }
            400..=499 => self
                .phase("negative")
                .unwrap_or_else(|| "calls that break a rule were answered otherwise".to_owned()),
            500..=599 => "the server did not fail".to_owned(),
            _ => "valid calls were answered otherwise".to_owned(),
        };
        self.whole().unwrap_or_else(own)
    }

    fn names_a_thing(&self) -> bool {
        self.operation.path.contains('{')
    }

    /// What the contract itself says about a part.
    fn gap(&self, part: &str) -> Option<String> {
        let label = self.operation.label();
        let gaps = self.contract.gaps().iter();
        let mut here = gaps.filter(|gap| gap.operation == label && gap.part == part);
        here.next().map(|gap| gap.reason.clone())
    }

    /// Why no valid call had a parameter.
    pub(super) fn parameter(&self, compiled: Option<&CompiledParameter>, name: &str) -> String {
        let own = || match compiled {
            None => {
                "what fills it is no parameter's to say: credentials, or a header of HTTP's own"
                    .to_owned()
            }
            Some(parameter) if parameter.is_opaque => {
                "only the server can make its values, and no answer showed one".to_owned()
            }
            Some(_) => self.unsent(),
        };
        self.whole().or_else(|| self.gap(name)).unwrap_or_else(own)
    }

    /// Why no valid call had a body, or one of a media type.
    pub(super) fn body(&self, media_type: Option<&str>) -> String {
        let part = match media_type {
            None => "request body".to_owned(),
            Some(name) => format!("request body `{name}`"),
        };
        let own = || match media_type {
            Some(_) => "bodies of another media type were sent".to_owned(),
            None => self.unsent(),
        };
        self.whole().or_else(|| self.gap(&part)).unwrap_or_else(own)
    }

    fn unsent(&self) -> String {
        if self.limits.is_complete {
            "no valid call had it".to_owned()
        } else {
            "the run ended before a valid call had it".to_owned()
        }
    }

    /// Why no call that breaks a rule was judged by it.
    pub(super) fn unbroken(&self, rule: &SeenRule) -> String {
        let own = || {
            if rule.unjudged > 0 {
                "the calls that break it were refused for another reason".to_owned()
            } else if rule
                .numbers
                .iter()
                .all(|n| self.limits.not_made.contains(n))
            {
                "no call could be made that breaks it and nothing else".to_owned()
            } else if self.limits.is_complete {
                "no call that breaks it was sent".to_owned()
            } else {
                "the run ended before a call that breaks it".to_owned()
            }
        };
        self.whole()
            .or_else(|| self.phase("negative"))
            .unwrap_or_else(own)
    }

    /// Why no call breaks a rule that values can break.
    pub(super) fn unwritable(&self) -> String {
        self.whole().unwrap_or_else(|| {
            "whatever is written in its place can be read as a valid value".to_owned()
        })
    }

    /// Why no value breaks a rule.
    pub(super) fn unbreakable(&self) -> String {
        "no value breaks it and nothing else".to_owned()
    }
}
