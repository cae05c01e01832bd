//! A server that is made of its document alone.
//!
//! It judges each request, and answers with a response that the document allows: for a request that breaks the document
//! with a refusal, and otherwise with a success, unless something else is wanted of it. What it answers follows from the
//! seed, the number of the request and the request itself. So a client can be tested with everything that its server may
//! ever say, and, with [`MockSettings::broken`], with what no server should say.
//!
//! Nothing is random that a client would follow: a link to a next page leads nowhere, because there is none.

mod breach;
mod choice;
mod keep;
mod serve;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use openapi_model::{Direction, StatusPattern};
use proptest::strategy::Strategy;
use proptest::test_runner::TestRunner;
use proptest_schema::Violations;
use serde_json::Value;

use crate::answers::{AnswerStrategy, SampleAnswer};
use crate::case::Phase;
use crate::checks::Failure;
use crate::contract::{Contract, Gap};
use crate::observed::within;
use crate::paths;
use crate::request_check::Part;
use crate::seed;
pub use breach::Breach;
use choice::Unanswered;
use keep::Things;
pub use serve::{Served, serve};

/// What is wanted of a mock.
#[derive(Clone, Debug)]
pub struct MockSettings {
    /// Where all choices start.
    pub seed: u64,
    /// The share of valid requests, from 0 to 1, that are answered with a declared response that is no success.
    pub errors: f64,
    /// The share of answers, from 0 to 1, that break the document.
    pub broken: f64,
    /// Whether what is created is kept, and served back.
    pub is_stateful: bool,
    /// What operations answer, by `operationId` or method and path. A request's `Prefer` header comes before it.
    pub answers: Vec<(String, Wanted)>,
}

impl Default for MockSettings {
    /// Successes that keep the document, from a seed at random; nothing is kept.
    fn default() -> MockSettings {
        MockSettings {
            seed: crate::settings::Settings::default().seed,
            errors: 0.0,
            broken: 0.0,
            is_stateful: false,
            answers: Vec::new(),
        }
    }
}

/// An answer that is asked for: a status, an example of the document by its name, or both.
///
/// ```
/// use contract_harness::mock::Wanted;
///
/// let wanted: Wanted = "404:missing".parse()?;
/// assert_eq!((wanted.status.map(|s| s.as_u16()), wanted.example.as_deref()), (Some(404), Some("missing")));
/// assert!(":missing".parse::<Wanted>().is_ok() && "4xx".parse::<Wanted>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The status.
    pub status: Option<StatusCode>,
    /// The example's name.
    pub example: Option<String>,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Wanted, String> {
        let (status, example) = match text.split_once(':') {
            Some((status, example)) => (status, Some(example.to_owned())),
            None => (text, None),
        };
        let wanted = "write a status such as 404, `:` and the name of an example, or both";
        let status = match status {
            "" if example.is_some() => None,
            code => Some(code.parse().map_err(|_| wanted.to_owned())?),
        };
        if example.as_deref() == Some("") {
            return Err(wanted.to_owned());
        }
        Ok(Wanted { status, example })
    }
}

/// Why there is no mock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MockError {
    /// The document has no such operation.
    #[error("there is no operation `{name}`; there are {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The operation does not declare what it is to answer.
    #[error("{operation}: {reason}")]
    NotDeclared {
        /// The operation.
        operation: String,
        /// What it has instead.
        reason: String,
    },
}

/// A server that is made of its document alone.
#[derive(Debug)]
pub struct Mock {
    contract: Contract,
    settings: MockSettings,
    operations: Vec<Vec<Offer>>,
    named: BTreeMap<usize, Wanted>,
    gaps: Vec<Gap>,
    things: Mutex<Things>,
}

/// One response that an operation may answer with.
#[derive(Debug)]
struct Offer {
    strategy: AnswerStrategy,
    /// Values that break its schema, where some are wanted.
    violations: Option<Violations>,
}

/// What a mock answers.
#[derive(Debug)]
pub struct Reply {
    /// The answer.
    pub answer: SampleAnswer,
    /// What the request broke.
    pub faults: Vec<Failure>,
    /// How the answer breaks the document, where it was made to.
    pub breach: Option<Breach>,
}

impl Mock {
    /// Makes a mock.
    ///
    /// ```
    /// # use bytes::Bytes;
    /// # use contract_harness::{Contract, mock::{Mock, MockSettings}};
    /// let contract = Contract::new(openapi_model::parse("
    /// openapi: 3.0.3
    /// info: { title: Things, version: '1' }
    /// paths:
    ///   /things:
    ///     get:
    ///       responses:
    ///         '200': { description: Some, content: { application/json: { schema: { type: boolean } } } }
    /// ")?)?;
    /// let mock = Mock::new(&contract, MockSettings { seed: 5, ..MockSettings::default() })?;
    /// let get = |path: &str| http::Request::get(path).body(Bytes::new());
    /// let reply = mock.reply("", 0, &get("/things")?);
    /// assert_eq!(reply.answer.status, 200);
    /// assert!(reply.answer.body.is_some_and(|body| body.is_boolean()));
    /// assert_eq!(mock.reply("", 1, &get("/parts")?).answer.status, 404);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What the settings want of operations is not the document's.
    pub fn new(contract: &Contract, settings: MockSettings) -> Result<Mock, MockError> {
        let api = contract.api();
        let (mut operations, mut gaps) = (Vec::new(), Vec::new());
        for index in 0..api.operations.len() {
            let (strategies, missing) = contract.answers(index);
            gaps.extend(missing);
            let offers = strategies.into_iter().map(|strategy| {
                let schema = strategy.content.as_ref().and_then(|content| content.schema);
                let violations = schema.filter(|_| settings.broken > 0.0).and_then(|schema| {
                    proptest_schema::violating(&api.schemas, schema, Direction::Response).ok()
                });
                Offer {
                    strategy,
                    violations,
                }
            });
            operations.push(offers.collect());
        }
        let mut mock = Mock {
            contract: contract.clone(),
            operations,
            named: BTreeMap::new(),
            gaps,
            things: Mutex::default(),
            settings,
        };
        for (name, wanted) in &mock.settings.answers {
            let is_it = |o: &openapi_model::Operation| {
                o.id.as_deref() == Some(name) || format!("{} {}", o.method, o.path) == *name
            };
            let Some(index) = api.operations.iter().position(is_it) else {
                let known: Vec<String> = api.operations.iter().map(|o| o.label()).collect();
                return Err(MockError::Unknown {
                    name: name.clone(),
                    known: known.join(", "),
                });
            };
            mock.wanted(index, wanted, &HeaderMap::new())
                .map_err(|unanswered| MockError::NotDeclared {
                    operation: name.clone(),
                    reason: unanswered.to_string(),
                })?;
            mock.named.insert(index, wanted.clone());
        }
        Ok(mock)
    }

    /// What of the document it cannot answer with, and why.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The answer to a request, which is the one of that number. `base` is the path that stands before every path of the
    /// document.
    pub fn reply(&self, base: &str, number: usize, request: &http::Request<Bytes>) -> Reply {
        let within = within(base, request);
        let faults = self.contract.request_faults(
            request.method(),
            within,
            request.headers(),
            request.body(),
        );
        let operation = self.contract.operation_for(request.method(), within);
        let label = operation.map(|index| self.contract.api().operations[index].label());
        let mut runner = seed::runner(
            self.settings.seed,
            "mock",
            &label.unwrap_or_default(),
            Phase::Random,
            number,
            0,
        );
        let worst = faults.iter().min_by_key(|(part, _)| *part);
        let (answer, breach) = match (worst, operation) {
            (Some((part, failure)), _) => {
                let answer = self.refusal(operation, *part, &failure.message, within, &mut runner);
                (answer, None)
            }
            (None, None) => (plain(StatusCode::NOT_FOUND, "there is nothing here"), None),
            (None, Some(operation)) => self.answer(base, operation, within, request, &mut runner),
        };
        Reply {
            answer,
            faults: faults.into_iter().map(|(_, failure)| failure).collect(),
            breach,
        }
    }

    fn answer(
        &self,
        base: &str,
        operation: usize,
        within: &str,
        request: &http::Request<Bytes>,
        runner: &mut TestRunner,
    ) -> (SampleAnswer, Option<Breach>) {
        let unanswered = |unanswered: Unanswered, runner: &mut TestRunner| {
            let text = unanswered.to_string();
            let codes: &[u16] = match unanswered {
                Unanswered::NotAcceptable { .. } => &[406],
                _ => return plain(StatusCode::NOT_IMPLEMENTED, &text),
            };
            self.declared(operation, codes, &text, runner)
        };
        let preferred = choice::prefer(request.headers());
        let wanted = preferred.as_ref().or_else(|| self.named.get(&operation));
        let offer = match wanted {
            Some(wanted) => self
                .wanted(operation, wanted, request.headers())
                .map(|(offer, status)| (offer, Some((status, wanted.example.as_deref())))),
            None => self
                .offered(operation, request.headers(), runner)
                .map(|offer| (offer, None)),
        };
        let (offer, exact) = match offer {
            Ok(found) => found,
            Err(reason) => return (unanswered(reason, runner), None),
        };
        let mut answer = match exact {
            Some((status, example)) => {
                let mut answer = offer.example(example, runner);
                answer.status = status;
                answer
            }
            None => offer.draw(runner),
        };
        if let (true, None, Some(found)) = (
            self.settings.is_stateful,
            exact,
            paths::find(
                self.contract.api(),
                within.split('?').next().unwrap_or_default(),
            ),
        ) {
            let mut things = self.things.lock().unwrap_or_else(PoisonError::into_inner);
            let call = keep::Call {
                contract: &self.contract,
                base,
                operation,
                path: &found.texts,
                body: request.body(),
            };
            match things.answer(&call, &offer.strategy, answer, runner) {
                Ok(kept) => answer = kept,
                Err(keep::Gone) => {
                    let missing =
                        self.declared(operation, &[404, 410], "there is no such thing", runner);
                    return (missing, None);
                }
            }
        }
        let answer = self.without_pages(operation, &offer.strategy, answer, runner);
        if !self.is_struck(self.settings.broken, runner) {
            return (answer, None);
        }
        let described = &self.contract.api().operations[operation];
        breach::breach(described, offer.violations.as_ref(), answer, runner)
    }

    /// A refusal of a request that breaks the document.
    fn refusal(
        &self,
        operation: Option<usize>,
        part: Part,
        message: &str,
        within: &str,
        runner: &mut TestRunner,
    ) -> SampleAnswer {
        let codes: &[u16] = match part {
            Part::Path => &[404],
            Part::Method => &[405],
            Part::Credentials => &[401, 403],
            Part::Parameters | Part::Syntax => &[400, 422],
            Part::ContentType => &[415, 400],
            Part::Body => &[422, 400],
        };
        if let Some(operation) = operation {
            return self.declared(operation, codes, message, runner);
        }
        let status = StatusCode::from_u16(codes[0]).unwrap_or(StatusCode::NOT_FOUND);
        let mut answer = plain(status, message);
        if part == Part::Method {
            let path = within.split('?').next().unwrap_or_default();
            let operations = &self.contract.api().operations;
            let here = paths::find(self.contract.api(), path).into_iter();
            let methods = here.flat_map(|found| found.operations);
            let methods: Vec<&str> = methods
                .map(|index| operations[index].method.as_str())
                .collect();
            answer
                .headers
                .push(("Allow".to_owned(), methods.join(", ")));
        }
        answer
    }

    /// The answer of the first of these codes that the operation declares, by itself or in a range; a plain one of the
    /// first where it declares none. The message goes with it, for the person who looks.
    fn declared(
        &self,
        operation: usize,
        codes: &[u16],
        message: &str,
        runner: &mut TestRunner,
    ) -> SampleAnswer {
        let codes = || {
            codes
                .iter()
                .filter_map(|code| StatusCode::from_u16(*code).ok())
        };
        let offers = &self.operations[operation];
        let by = |pattern: &dyn Fn(StatusPattern, StatusCode) -> bool| {
            codes().find_map(|code| {
                let fits = |offer: &&Offer| pattern(offer.strategy.declared, code);
                offers.iter().find(fits).map(|offer| (offer, code))
            })
        };
        let found = by(&|declared, code| declared == StatusPattern::Code(code))
            .or_else(|| {
                by(&|declared, code| declared == StatusPattern::Range(code.as_u16() as u8 / 100))
            })
            .or_else(|| by(&|declared, _| declared == StatusPattern::Default));
        let mut answer = match found {
            Some((offer, status)) => SampleAnswer {
                status,
                ..offer.draw(runner)
            },
            None => plain(codes().next().unwrap_or(StatusCode::BAD_REQUEST), message),
        };
        let text: String = message
            .chars()
            .filter(|c| (' '..='~').contains(c))
            .collect();
        answer.headers.push(("Contract-Fault".to_owned(), text));
        answer
    }

    /// The answer without a link to a next page, where the document allows that.
    fn without_pages(
        &self,
        operation: usize,
        offer: &AnswerStrategy,
        answer: SampleAnswer,
        runner: &mut TestRunner,
    ) -> SampleAnswer {
        let lists = &self.contract.meaning().lists;
        let next = lists
            .iter()
            .find(|list| list.operation == operation)
            .and_then(|list| list.next());
        let Some((next, body)) = next.zip(answer.body.as_ref()) else {
            return answer;
        };
        if body.pointer(next.as_str()).is_none_or(Value::is_null) {
            return answer;
        }
        let candidates = keep::ended(body, next);
        let valid = candidates
            .into_iter()
            .find(|body| self.is_valid(offer, body));
        let ended = valid.and_then(|body| offer.with_body(body, runner));
        match ended {
            Some(ended) => SampleAnswer {
                body: ended.body,
                bytes: ended.bytes,
                ..answer
            },
            None => answer,
        }
    }

    fn is_valid(&self, offer: &AnswerStrategy, body: &Value) -> bool {
        keep::is_valid(&self.contract, offer, body)
    }

    /// True for that share of all draws.
    fn is_struck(&self, share: f64, runner: &mut TestRunner) -> bool {
        const WHOLE: usize = 1 << 20;
        share > 0.0 && (seed::below(runner, WHOLE) as f64) < share * WHOLE as f64
    }
}

impl Offer {
    fn draw(&self, runner: &mut TestRunner) -> SampleAnswer {
        match self.strategy.new_tree(runner) {
            Ok(tree) => tree.drawn,
            Err(reason) => plain(StatusCode::NOT_IMPLEMENTED, &reason.to_string()),
        }
    }

    /// The answer with that example; a drawn one where none is asked for.
    fn example(&self, name: Option<&str>, runner: &mut TestRunner) -> SampleAnswer {
        let content = self.strategy.content.as_ref();
        let example = name.and_then(|name| content?.examples.get(name)).cloned();
        example
            .and_then(|value| self.strategy.with_body(value, runner))
            .unwrap_or_else(|| self.draw(runner))
    }
}

/// An answer of our own.
fn plain(status: StatusCode, text: &str) -> SampleAnswer {
    SampleAnswer {
        status,
        headers: Vec::new(),
        content_type: Some("text/plain; charset=utf-8".to_owned()),
        body: Some(Value::from(text)),
        bytes: Bytes::from(format!("{text}\n")),
    }
}

/// Whether an answer to that method has a body.
fn has_body(method: &Method) -> bool {
    *method != Method::HEAD
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status {
            write!(f, "{}", status.as_u16())?;
        }
        match &self.example {
            Some(example) => write!(f, ":{example}"),
            None => Ok(()),
        }
    }
}
