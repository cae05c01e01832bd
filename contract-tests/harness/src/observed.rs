//! Exchanges that somebody else made: calls by hand, and traffic that was recorded or passed on.
//!
//! Nothing is known of what such a call was after, so what is judged is what stands in the document alone: whether the
//! request keeps it, and whether the answer does. That a call was rightly accepted or refused is for whoever made it.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use openapi_model::Operation;

use crate::case::{Case, CaseKey, Mode, Phase};
use crate::checks::{CHECKS, Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::{Answer, Exchange, NoAnswer};
use crate::paths;
use crate::request::Request;
use crate::run::Error;
use crate::send::{Route, Sender};
use crate::settings::Settings;
use crate::site::Site;
use crate::trust::Trust;

/// How an exchange breaks the document: not at all, where both lists are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// The operation that the request is for, by its place in `Api::operations`; `None` where the document has none.
    pub operation: Option<usize>,
    /// What the client did wrong.
    pub request: Vec<Failure>,
    /// What the server did wrong, each with the name of its check.
    pub answer: Vec<(&'static str, Failure)>,
}

impl Contract {
    /// Judges an exchange that somebody else made.
    ///
    /// `base` is the path that the server has before every path of the document, without a slash at its end. An answer
    /// to a path that is not the document's is for nobody to judge.
    ///
    /// ```
    /// # use bytes::Bytes;
    /// # use http::{HeaderMap, Request, StatusCode};
    /// # use contract_harness::{Answer, Contract};
    /// let contract = Contract::new(openapi_model::parse("
    /// openapi: 3.0.3
    /// info: { title: Things, version: '1' }
    /// paths:
    ///   /things/{id}:
    ///     get:
    ///       parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    ///       responses: { '204': { description: It is there } }
    /// ")?)?;
    /// let request = Request::get("/v1/things/one").body(Bytes::new())?;
    /// let answer = Answer::new(StatusCode::OK, HeaderMap::new(), Bytes::new());
    /// let observed = contract.observe("/v1", &request, &Ok(answer));
    /// assert!(observed.request[0].message.contains("path parameter `id`"));
    /// assert_eq!(observed.answer[0].0, "status_code_conformance");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn observe(
        &self,
        base: &str,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> Observed {
        let Judged {
            operation,
            request,
            answer,
        } = self.judge_observed(base, request, answer);
        let broken = |(name, outcome)| {
            match outcome {
                Outcome::Broken(failures) => failures,
                _ => Vec::new(),
            }
            .into_iter()
            .map(move |failure| (name, failure))
        };
        let answer = answer.into_iter().flat_map(|(_, outcomes)| outcomes);
        Observed {
            operation,
            request,
            answer: answer.flat_map(broken).collect(),
        }
    }

    pub(crate) fn judge_observed(
        &self,
        base: &str,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> Judged {
        let within = within(base, request);
        let broken =
            self.check_request(request.method(), within, request.headers(), request.body());
        let exchange = self.observed(base, request, answer);
        let outcomes = |exchange: Exchange| {
            let outcomes = CHECKS
                .iter()
                .map(|check| (check.name, (check.run)(self, &exchange)));
            let outcomes = outcomes.collect();
            (exchange, outcomes)
        };
        Judged {
            operation: self.operation_for(request.method(), within),
            request: broken,
            answer: exchange.map(outcomes),
        }
    }

    /// The exchange as checks take it; `None` where the path is not the document's.
    pub(crate) fn observed(
        &self,
        base: &str,
        request: &http::Request<Bytes>,
        answer: &Result<Answer, NoAnswer>,
    ) -> Option<Exchange> {
        let path = within(base, request).split('?').next()?;
        let found = paths::find(self.api(), path)?;
        let (index, mode) = match found.operation(self.api(), request.method()) {
            Some(index) => (index, Mode::Observed),
            None => (*found.operations.first()?, Mode::UndeclaredMethod),
        };
        let operation = &self.api().operations[index];
        Some(exchange(
            index,
            operation,
            mode,
            found.texts,
            request,
            answer,
        ))
    }
}

/// What is found of an exchange that somebody else made.
pub(crate) struct Judged {
    pub(crate) operation: Option<usize>,
    pub(crate) request: Vec<Failure>,
    /// The exchange, and what each check finds; `None` where the path is not the document's.
    pub(crate) answer: Option<(Exchange, Vec<(&'static str, Outcome)>)>,
}

/// The path and the query as the document has them.
pub(crate) fn within<'r>(base: &str, request: &'r http::Request<Bytes>) -> &'r str {
    let target = request.uri().path_and_query().map_or("/", |t| t.as_str());
    target.strip_prefix(base).unwrap_or(target)
}

/// The exchange as checks take it.
fn exchange(
    index: usize,
    operation: &Operation,
    mode: Mode,
    path: Vec<(String, String)>,
    request: &http::Request<Bytes>,
    answer: &Result<Answer, NoAnswer>,
) -> Exchange {
    let headers = texts(request.headers());
    let target = request.uri().path_and_query();
    let target = target.map_or_else(|| "/".to_owned(), ToString::to_string);
    let body = Some(request.body())
        .filter(|body| !body.is_empty())
        .cloned();
    Exchange {
        case: Case {
            key: CaseKey {
                operation: index,
                phase: Phase::Random,
                index: 0,
            },
            mode,
            unknown_id: true,
            method: request.method().clone(),
            template: operation.path.clone(),
            path,
            query: Vec::new(),
            headers: headers.clone(),
            cookies: Vec::new(),
            accept: String::new(),
            credentials: Vec::new(),
            body: None,
            origins: Vec::new(),
        },
        host: "".into(),
        base: "".into(),
        request: Request {
            method: request.method().clone(),
            target,
            headers,
            body,
        },
        answer: answer.clone(),
        started: SystemTime::UNIX_EPOCH,
        elapsed: Duration::ZERO,
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

/// Whether HTTP has a status for what a call may provoke that somebody else made: it is not for us to say that this one
/// did not.
pub(crate) fn may_be_provoked(status: StatusCode) -> bool {
    matches!(
        status.as_u16(),
        304 | 401 | 404 | 406 | 412..=416 | 429 | 431 | 503
    )
}

/// Sends calls that are written by hand, and judges their answers as every other.
///
/// ```no_run
/// # use bytes::Bytes;
/// # use contract_harness::{Caller, Contract};
/// # async fn example(contract: &Contract) -> Result<(), Box<dyn std::error::Error>> {
/// let caller = Caller::new(contract, "http://127.0.0.1:8080").await?;
/// let (answer, observed) = caller.send(http::Request::get("/things/1").body(Bytes::new())?).await?;
/// assert_eq!((answer.status.as_u16(), observed.answer), (204, vec![]));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Caller<'c> {
    contract: &'c Contract,
    sender: Sender,
}

impl<'c> Caller<'c> {
    /// Looks the server up; `base_url` is as in [`Target`](crate::Target).
    ///
    /// # Errors
    /// `base_url` is none, or its host is not known.
    pub async fn new(contract: &'c Contract, base_url: &str) -> Result<Caller<'c>, Error> {
        let site = Site::new(base_url)?;
        let route = Route::new(site, &Trust::Machine, None, Settings::default().timeout).await?;
        Ok(Caller {
            contract,
            sender: Sender::new(route),
        })
    }

    /// Sends a request as it is, and judges the exchange.
    ///
    /// Its URI is path and query alone, and goes behind the path of the base URL. `Host` and `Content-Length` are added.
    ///
    /// # Errors
    /// There is no answer. That is for the caller to judge.
    pub async fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<(Answer, Observed), NoAnswer> {
        let base = self.sender.route.site.base.as_str();
        let written = Request {
            method: request.method().clone(),
            target: format!("{base}{}", request.uri()),
            headers: texts(request.headers()),
            body: Some(request.body())
                .filter(|body| !body.is_empty())
                .cloned(),
        };
        let sent = self
            .sender
            .send(&written, Settings::default().timeout)
            .await;
        let answer = sent.answer?;
        let answer = Ok(answer);
        let observed = self.contract.observe("", &request, &answer);
        answer.map(|answer| (answer, observed))
    }
}
