//! A run as a value. Every output format is a function of it.

mod github;
mod har;
mod html;
mod json;
mod junit;
mod laws;
pub(crate) mod line;
mod sarif;
mod text;
mod veil;
mod verdict;

use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::checks::Failure;
use crate::contract::Gap;
use crate::coverage::{Coverage, Unreached};
use crate::curl::curl;
use crate::exchange::{Answer, Exchange, NoAnswer};
use crate::regressions::Regressions;
use crate::request::Request;
use crate::secrets::{MARK, Secrets};
use crate::wire::Wire;
pub use laws::{LawOperationReport, LawReport};
pub(crate) use text::{Look, exchange as exchange_text, table, thousands, times};
pub(crate) use veil::Veil;
pub(crate) use verdict::could_hide;
pub use verdict::missed_rate;

/// What a run found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// The server.
    pub base_url: String,
    /// Where all choices started.
    pub seed: u64,
    /// What tells this run's choices from another's of the same seed.
    pub run_id: String,
    /// How the run came to its end.
    pub ending: Ending,
    /// How many cases and sequences there were to judge, had it come to its own end.
    pub planned: usize,
    /// How many cases and sequences were judged.
    pub cases: usize,
    /// How many requests were sent, those of shrinking included.
    pub requests: usize,
    /// How long it took.
    pub elapsed_seconds: f64,
    /// What each operation was asked and answered.
    pub operations: Vec<OperationReport>,
    /// What each check and law found, of those that the settings have judge.
    pub checks: Vec<CheckReport>,
    /// Where each law applied, and why it did not elsewhere.
    pub laws: Vec<LawReport>,
    /// What a person may want to know and nobody did wrong.
    pub notes: Vec<NoteReport>,
    /// What was not tested, and why.
    pub gaps: Vec<Gap>,
    /// What became of the cases that failed before.
    pub replayed: Vec<ReplayReport>,
    /// What the server did wrong, each cause once.
    pub failures: Vec<FailureReport>,
    /// What it did wrong and a baseline accepts: see [`Baseline::apply`](crate::Baseline::apply).
    pub accepted: Vec<AcceptedReport>,
    /// The entries of the baseline that accept nothing.
    pub baseline: Vec<StandingReport>,
    /// What the next run should send first: the failures of this one, and what failed before and was not judged again.
    #[serde(skip)]
    pub regressions: Regressions,
}

impl Report {
    /// Whether the server broke nothing.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty()
    }

    /// The names of the checks and laws that neither held nor were broken.
    pub fn never_applied(&self) -> Vec<&str> {
        let idle = self
            .checks
            .iter()
            .filter(|check| check.held + check.broken == 0);
        idle.map(|check| check.name.as_str()).collect()
    }

    /// The rules of the document that nothing put to the test, operation by operation.
    pub fn unreached(&self) -> Vec<Unreached> {
        let operations = self.operations.iter();
        operations
            .flat_map(|operation| operation.coverage.unreached(&operation.operation))
            .collect()
    }

    /// A summary for a person to read.
    pub fn text(&self) -> String {
        text::text(self, Look::PLAIN)
    }

    /// The same with ANSI escape sequences, for a terminal.
    pub fn coloured_text(&self) -> String {
        text::text(self, Look::COLOURED)
    }

    /// The whole report as one JSON object.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_json(&self, out: impl io::Write) -> io::Result<()> {
        json::write(self, out)
    }

    /// The report as JUnit's XML: a test suite for each operation, a test for each check that judged it.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_junit(&self, out: impl io::Write) -> io::Result<()> {
        junit::write(self, out)
    }

    /// The exchanges of the failures as an HTTP archive (HAR 1.2).
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_har(&self, out: impl io::Write) -> io::Result<()> {
        har::write(self, out)
    }

    /// The failures as SARIF 2.1.0, at the lines of the document's file; without one, by their operations alone.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_sarif(&self, document: Option<&str>, out: impl io::Write) -> io::Result<()> {
        sarif::write(self, document, out)
    }

    /// The report as one HTML page for a person, without scripts and without anything that is fetched.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_html(&self, out: impl io::Write) -> io::Result<()> {
        html::write(self, out)
    }

    /// The failures as annotations of GitHub Actions, at the lines of the document's file: for standard output.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_annotations(&self, document: Option<&str>, out: impl io::Write) -> io::Result<()> {
        github::annotations(self, document, out)
    }

    /// The report in Markdown: for the file that GitHub Actions names in `GITHUB_STEP_SUMMARY`.
    ///
    /// # Errors
    /// What writing meets.
    pub fn write_step_summary(&self, out: impl io::Write) -> io::Result<()> {
        github::summary(self, out)
    }
}

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Everything was done.
    Complete,
    /// Its time was up.
    OutOfTime,
    /// It was told to stop.
    Interrupted,
    /// The server was there, and then was not.
    ServerGone,
}

/// What an operation was asked and answered.
#[derive(Clone, Debug, Serialize)]
pub struct OperationReport {
    /// Its `operationId`, or its method and path.
    pub operation: String,
    /// Its method.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// How many calls of each kind were made.
    pub cases: BTreeMap<String, usize>,
    /// How often each status was answered.
    pub statuses: BTreeMap<u16, usize>,
    /// How often there was no answer.
    pub no_answer: usize,
    /// How many cases were not sent because answers did not come in time.
    pub given_up: usize,
    /// The declared responses that were never answered.
    pub never_answered: Vec<String>,
    /// What the checks and laws that judged it found.
    pub checks: Vec<CheckReport>,
    /// What was exercised of it.
    pub coverage: Coverage,
}

/// What a check or law found.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// Its name.
    pub name: String,
    /// How often the document had something to say: the server kept it, or broke it.
    pub applied: usize,
    /// How often the server kept the document.
    pub held: usize,
    /// How often the server broke it.
    pub broken: usize,
    /// How often the document did not say.
    pub unspecified: usize,
    /// The share of its cases that a defect can strike and still have gone unseen with 5% probability: see
    /// [`missed_rate`]. `None` where it never held, and where it was broken: then nothing went unseen.
    pub could_hide: Option<f64>,
}

/// A note and how often it was made.
#[derive(Clone, Debug, Serialize)]
pub struct NoteReport {
    /// The check or law.
    pub check: String,
    /// The operation.
    pub operation: String,
    /// What was seen.
    pub message: String,
    /// How often.
    pub seen: usize,
}

/// What became of a case that failed before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplayReport {
    /// The check or law that it broke.
    pub check: String,
    /// The operation.
    pub operation: String,
    /// What was expected, and what was seen when it failed.
    pub message: String,
    /// What became of it.
    pub verdict: Replayed,
}

/// What became of a case that failed before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Replayed {
    /// It fails as it did.
    Fails,
    /// It holds now, and is forgotten.
    Mended,
    /// It is no case of the document any more, and is forgotten. Why.
    Dropped(String),
    /// It could not be judged, and is kept. Why.
    Kept(String),
}

/// One cause of failure, with its smallest case.
#[derive(Clone, Debug, Serialize)]
pub struct FailureReport {
    /// The check or law.
    pub check: String,
    /// The operation of the case that is shown.
    pub operation: String,
    /// Every operation where it was seen.
    pub operations: Vec<String>,
    /// What was expected, and what was seen.
    pub message: String,
    /// The place in the document of what was expected, behind the name of its file where that is another one.
    pub expected: String,
    /// The line of that place, or of the nearest one around it that has a line; `None` in a file that the document refers
    /// to.
    pub line: Option<usize>,
    /// What tells it apart from other failures of the check at that place.
    pub cause: String,
    /// How often it was seen.
    pub seen: usize,
    /// What kind of call it was.
    pub case: String,
    /// The calls that came before, where it takes several.
    pub before: Vec<StepReport>,
    /// The call.
    #[serde(flatten)]
    pub step: StepReport,
}

impl FailureReport {
    /// Its calls in their order.
    pub fn steps(&self) -> impl Iterator<Item = &StepReport> {
        self.before.iter().chain([&self.step])
    }
}

/// A failure that a baseline accepts.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedReport {
    /// Why.
    pub reason: String,
    /// The last day on which it is accepted.
    pub until: String,
    /// The failure.
    #[serde(flatten)]
    pub failure: FailureReport,
}

/// An entry of a baseline that accepts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingReport {
    /// The check or law.
    pub check: String,
    /// The operations where it was accepted.
    pub operations: Vec<String>,
    /// The place in the document of what is expected.
    pub expected: String,
    /// What tells it apart from other failures of the check at that place.
    pub cause: String,
    /// Why it was accepted.
    pub reason: String,
    /// The last day on which it was accepted.
    pub until: String,
    /// Why it accepts nothing.
    pub standing: Standing,
}

/// Why an entry of a baseline accepts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its day is over, and it still fails.
    Expired,
    /// It does not fail any more.
    Mended,
    /// The run did not judge it.
    NotJudged,
}

impl StandingReport {
    /// What there is to say, and to do.
    pub fn sentence(&self) -> String {
        let StandingReport {
            check,
            operations,
            expected,
            reason,
            until,
            standing,
            ..
        } = self;
        let which = format!("`{check}` in {} by {expected}", operations.join(", "));
        match standing {
            Standing::Expired => {
                format!(
                    "{which} was accepted until {until} ({reason}); that day is over, and it still fails"
                )
            }
            Standing::Mended => {
                format!("{which} does not fail any more: take it out of the baseline")
            }
            Standing::NotJudged => format!("{which} is in the baseline and was not judged"),
        }
    }
}

/// One call and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    /// The request as sent, credentials replaced by the names of shell variables unless the settings show them.
    pub request: RequestReport,
    /// The answer, where there was one.
    pub response: Option<ResponseReport>,
    /// Why there was none.
    pub no_answer: Option<String>,
    /// A command that sends the same.
    pub curl: String,
    /// When it was sent, in UTC (RFC 3339).
    pub started: String,
    /// From the first byte sent to the last one received.
    pub elapsed_seconds: f64,
}

/// A request.
#[derive(Clone, Debug, Serialize)]
pub struct RequestReport {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body, where there is one; bytes that are not UTF-8 replaced.
    pub body: Option<String>,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseReport {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body; bytes that are not UTF-8 replaced.
    pub body: String,
}

/// Shows exchanges, without their secrets where nobody wants to see them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Show<'r> {
    pub(crate) wire: Wire<'r>,
    pub(crate) secrets: bool,
}

impl Show<'_> {
    pub(crate) fn failure(
        self,
        check: &str,
        operation: String,
        operations: Vec<String>,
        seen: usize,
        failure: &Failure,
        exchanges: &[Exchange],
    ) -> Option<FailureReport> {
        let veil = self.veil(exchanges);
        let (last, before) = exchanges.split_last()?;
        Some(FailureReport {
            check: check.to_owned(),
            operation,
            operations,
            message: veil.over(&failure.message),
            expected: line::named(self.wire.api, &failure.expected),
            line: line::line(self.wire.api, &failure.expected),
            cause: veil.over(&failure.cause),
            seen,
            case: last.case.mode.to_string(),
            before: before
                .iter()
                .map(|exchange| self.step(exchange, &veil))
                .collect(),
            step: self.step(last, &veil),
        })
    }

    /// A failure's message without secrets, whether or not they are shown: for what is kept.
    pub(crate) fn message(self, failure: &Failure, exchanges: &[Exchange]) -> String {
        let show = Show {
            secrets: false,
            ..self
        };
        show.veil(exchanges).over(&failure.message)
    }

    /// What the server may say back of what it was sent.
    fn veil(self, exchanges: &[Exchange]) -> Veil {
        let mut veil = Veil::default();
        for exchange in exchanges.iter().filter(|_| !self.secrets) {
            let shown = self.wire.request(&exchange.case, Secrets::Shell);
            veil.learn(&shown.target, &exchange.request.target);
            let sent = exchange.request.headers.iter();
            for ((_, shown), (_, sent)) in shown.headers.iter().zip(sent) {
                veil.learn(shown, sent);
            }
        }
        veil
    }

    fn step(self, exchange: &Exchange, veil: &Veil) -> StepReport {
        let shown = if self.secrets {
            exchange.request.clone()
        } else {
            self.wire.request(&exchange.case, Secrets::Shell)
        };
        let times = (exchange.started, exchange.elapsed);
        step(self.wire, &shown, &exchange.answer, times, veil)
    }
}

/// A call and its answer; secrets stand between their [`MARK`]s in the request, and the veil knows them.
pub(crate) fn step(
    wire: Wire<'_>,
    shown: &Request,
    answer: &Result<Answer, NoAnswer>,
    (started, elapsed): (SystemTime, Duration),
    veil: &Veil,
) -> StepReport {
    let open = |text: &str| text.replace(MARK, "");
    StepReport {
        request: RequestReport {
            method: shown.method.to_string(),
            target: open(&shown.target),
            headers: shown
                .headers
                .iter()
                .map(|(n, v)| (n.clone(), open(v)))
                .collect(),
            body: shown
                .body
                .as_ref()
                .map(|body| String::from_utf8_lossy(body).into_owned()),
        },
        response: answer.as_ref().ok().map(|answer| ResponseReport {
            status: answer.status.as_u16(),
            headers: answer
                .headers
                .iter()
                .map(|(name, value)| {
                    (
                        name.to_string(),
                        veil.over(&String::from_utf8_lossy(value.as_bytes())),
                    )
                })
                .collect(),
            body: veil.over(&String::from_utf8_lossy(&answer.body)) + &left_out(answer),
        }),
        no_answer: answer.as_ref().err().map(ToString::to_string),
        curl: curl(wire, shown),
        started: DateTime::<Utc>::from(started).to_rfc3339_opts(SecondsFormat::Millis, true),
        elapsed_seconds: elapsed.as_secs_f64(),
    }
}

/// In words, what is missing at the end of a body that was not kept whole.
fn left_out(answer: &Answer) -> String {
    match answer.left_out {
        0 => String::new(),
        bytes => format!("... ({bytes} more bytes came, and were not kept)"),
    }
}
