//! Traffic between a client and a server that are not ours, and what it says of both.
//!
//! Every exchange is judged by itself ([`Contract::observe`]). What is told is each cause once, with the first exchange
//! that shows it, and what of the document the client has met. Nothing is shrunk, because nothing can be sent again.

pub mod archive;
mod shown;
mod text;

use std::collections::BTreeMap;
use std::io;

use bytes::Bytes;
use serde::Serialize;

use crate::checks::Failure;
use crate::contract::Contract;
use crate::coverage::{Collector, Limits, ResponseCoverage};
use crate::exchange::{Answer, NoAnswer};
use crate::observed::Judged;
use crate::report::{FailureReport, line};
use crate::run::Error;
use crate::site::Site;

/// The name under which a failure of the client is told.
pub const REQUEST_CONFORMANCE: &str = "request_conformance";

/// Judges exchanges as they come, and keeps what is to be told.
#[derive(Debug)]
pub struct Traffic {
    contract: Contract,
    site: Site,
    exchanges: usize,
    foreign: usize,
    operations: BTreeMap<usize, Counts>,
    causes: BTreeMap<(Side, &'static str, String, String), FailureReport>,
    met: Collector,
    is_server_judged: bool,
}

#[derive(Debug, Default)]
struct Counts {
    requests: usize,
    statuses: BTreeMap<u16, usize>,
    no_answer: usize,
}

/// Who broke the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one that asks.
    Client,
    /// The one that answers.
    Server,
}

/// What one exchange broke, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Who did.
    pub side: Side,
    /// What was expected, and what was seen.
    pub message: String,
    /// Whether it is the first of its cause.
    pub is_new: bool,
}

/// Traffic as a value. Every output format is a function of it.
#[derive(Clone, Debug, Serialize)]
pub struct TrafficReport {
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// How many exchanges were judged.
    pub exchanges: usize,
    /// How many exchanges were none of the document's, and were left alone.
    pub foreign: usize,
    /// What the client has met of each operation.
    pub operations: Vec<OperationTraffic>,
    /// Whether the answers were judged: those of a mock are its own.
    pub is_server_judged: bool,
    /// What was broken, each cause once; the client's first.
    pub failures: Vec<TrafficFailure>,
}

/// What a client has met of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationTraffic {
    /// Its `operationId`, or its method and path.
    pub operation: String,
    /// How often it was called.
    pub requests: usize,
    /// How often each status was answered.
    pub statuses: BTreeMap<u16, usize>,
    /// How often there was no answer.
    pub no_answer: usize,
    /// What came of each declared response, keyword by keyword.
    pub responses: Vec<ResponseCoverage>,
}

/// One cause of failure, with the first exchange that shows it.
#[derive(Clone, Debug, Serialize)]
pub struct TrafficFailure {
    /// Who broke the document.
    pub side: Side,
    /// What was broken, and how.
    #[serde(flatten)]
    pub failure: FailureReport,
}

impl Traffic {
    /// No traffic yet; `base_url` is where the server is, with the path that it has before every path of the document.
    ///
    /// # Errors
    /// `base_url` is none.
    pub fn new(contract: &Contract, base_url: &str) -> Result<Traffic, Error> {
        Ok(Traffic {
            contract: contract.clone(),
            site: Site::new(base_url)?,
            exchanges: 0,
            foreign: 0,
            operations: BTreeMap::new(),
            causes: BTreeMap::new(),
            met: Collector::new(contract),
            is_server_judged: false,
        })
    }

    /// Judges both sides of an exchange. The request's target is whole, as the server gets it.
    pub fn add(
        &mut self,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> Vec<Fault> {
        let judged = self
            .contract
            .judge_observed(&self.site.base, request, answer);
        self.count(judged.operation, answer);
        let Judged {
            request: broken,
            answer: outcomes,
            ..
        } = judged;
        self.is_server_judged = true;
        let mut faults = Vec::new();
        for failure in broken {
            faults.push(self.fail(Side::Client, REQUEST_CONFORMANCE, failure, request, answer));
        }
        if let Some((exchange, outcomes)) = outcomes {
            self.met.add(&self.contract, &exchange, &outcomes);
            for (check, outcome) in outcomes {
                let crate::checks::Outcome::Broken(broken) = outcome else {
                    continue;
                };
                for failure in broken {
                    faults.push(self.fail(Side::Server, check, failure, request, answer));
                }
            }
        }
        faults
    }

    /// Takes an exchange whose request was found to break the document so, and whose answer is our own: a valid one, or
    /// one that was made to break the document.
    pub fn add_own(
        &mut self,
        request: &http::Request<Bytes>,
        broken: Vec<Failure>,
        is_valid: bool,
        answer: &Result<Answer, NoAnswer>,
    ) -> Vec<Fault> {
        let within = crate::observed::within(&self.site.base, request);
        let operation = self.contract.operation_for(request.method(), within);
        self.count(operation, answer);
        let exchange = self.contract.observed(&self.site.base, request, answer);
        if let Some(exchange) = exchange.filter(|_| is_valid) {
            self.met.add(&self.contract, &exchange, &[]);
        }
        let broken = broken.into_iter();
        broken
            .map(|failure| self.fail(Side::Client, REQUEST_CONFORMANCE, failure, request, answer))
            .collect()
    }

    /// Counts an exchange that is none of the document's.
    pub fn leave_alone(&mut self) {
        self.foreign += 1;
    }

    /// Whether that side broke the document.
    pub fn has_failed(&self, side: Side) -> bool {
        self.causes.keys().any(|(who, ..)| *who == side)
    }

    fn count(&mut self, operation: Option<usize>, answer: &Result<Answer, NoAnswer>) {
        self.exchanges += 1;
        let Some(operation) = operation else {
            return;
        };
        let counts = self.operations.entry(operation).or_default();
        counts.requests += 1;
        match answer {
            Ok(answer) => *counts.statuses.entry(answer.status.as_u16()).or_default() += 1,
            Err(_) => counts.no_answer += 1,
        }
    }

    fn fail(
        &mut self,
        side: Side,
        check: &'static str,
        failure: Failure,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> Fault {
        let message = failure.message.clone();
        let key = (
            side,
            check,
            failure.expected.to_string(),
            failure.cause.clone(),
        );
        let operation = self.label(request);
        let known = self.causes.get_mut(&key);
        let is_new = known.is_none();
        match known {
            Some(known) => {
                known.seen += 1;
                if !known.operations.contains(&operation) {
                    known.operations.push(operation);
                }
            }
            None => {
                let told = self.told(check, operation, failure, request, answer);
                self.causes.insert(key, told);
            }
        }
        Fault {
            side,
            message,
            is_new,
        }
    }

    /// The operation's name, or else method and path.
    fn label(&self, request: &http::Request<Bytes>) -> String {
        let within = crate::observed::within(&self.site.base, request);
        match self.contract.operation_for(request.method(), within) {
            Some(index) => self.contract.api().operations[index].label(),
            None => {
                let path = within.split('?').next().unwrap_or_default();
                format!("{} {path}", request.method())
            }
        }
    }

    fn told(
        &self,
        check: &str,
        operation: String,
        failure: Failure,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> FailureReport {
        let api = self.contract.api();
        let (step, veil) = shown::step(api, &self.site, request, answer);
        FailureReport {
            check: check.to_owned(),
            operations: vec![operation.clone()],
            operation,
            message: veil.over(&failure.message),
            line: line::line(api, &failure.expected),
            expected: line::named(api, &failure.expected),
            cause: veil.over(&failure.cause),
            seen: 1,
            case: crate::case::Mode::Observed.to_string(),
            before: Vec::new(),
            step,
        }
    }

    /// What there is to tell by now.
    pub fn report(&self) -> TrafficReport {
        let api = self.contract.api();
        let limits = Limits::default();
        let none = Counts::default();
        let operations = api.operations.iter().enumerate().map(|(index, operation)| {
            let counts = self.operations.get(&index).unwrap_or(&none);
            OperationTraffic {
                operation: operation.label(),
                requests: counts.requests,
                statuses: counts.statuses.clone(),
                no_answer: counts.no_answer,
                responses: self.met.coverage(&self.contract, index, &limits).responses,
            }
        });
        TrafficReport {
            title: api.title.clone(),
            version: api.version.clone(),
            exchanges: self.exchanges,
            foreign: self.foreign,
            is_server_judged: self.is_server_judged,
            operations: operations.collect(),
            failures: self
                .causes
                .iter()
                .map(|((side, ..), failure)| TrafficFailure {
                    side: *side,
                    failure: failure.clone(),
                })
                .collect(),
        }
    }
}

impl TrafficReport {
    /// Whether that side kept the document.
    pub fn is_clean(&self, side: Side) -> bool {
        self.failures.iter().all(|failure| failure.side != side)
    }

    /// A summary for a person to read.
    pub fn text(&self) -> String {
        text::text(self, crate::report::Look::PLAIN)
    }

    /// The same with ANSI escape sequences, for a terminal.
    pub fn coloured_text(&self) -> String {
        text::text(self, crate::report::Look::COLOURED)
    }

    /// The whole report as one JSON object.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_json(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")?;
        out.flush()
    }
}
