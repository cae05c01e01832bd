//! Proof (c): the client refuses what the document does not let a server say.
//!
//! For every operation and every response that it declares: an answer is broken in one way, and the client must return an
//! error that says so. It must not panic, and must not take the answer for a good one.

use std::cell::Cell;

use bytes::Bytes;
use contract_harness::mock::{Breach, Mock, MockError, MockSettings};
use contract_harness::{Contract, SampleAnswer};
use http::StatusCode;
use http::header::{ACCEPT, HeaderValue};
use openapi_model::Operation;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::Value;
use tokio::runtime::Handle;

use crate::answers::{self, Answers, answers};
use crate::arguments::{arguments, shown};
use crate::driver::{Arguments, Driver, Unanswered};
use crate::findings::{Findings, Shown, runner};
use crate::stand_in::{Asked, StandIn};

/// An answer that breaks the document.
struct Broken {
    answer: SampleAnswer,
    way: Way,
}

/// How it does.
enum Way {
    /// In its status or its body.
    Breach(Breach),
    /// A header that must be there is not.
    NoHeader(String),
}

/// Shows it for every operation. Blocks, so it wants a thread of its own in the runtime of the handle.
///
/// The client calls `server`. `done` is called after each response.
///
/// # Errors
/// Nothing can break the document, which is a fault of this program.
pub fn show(
    contract: &Contract,
    client: &impl Driver,
    server: &StandIn,
    runtime: &Handle,
    (seed, cases): (u64, usize),
    done: &dyn Fn(),
) -> Result<Findings, MockError> {
    let mut findings = Findings::default();
    let settings = MockSettings {
        seed,
        broken: 1.0,
        ..MockSettings::default()
    };
    let mock = Mock::new(contract, settings)?;
    for (index, operation) in contract.api().operations.iter().enumerate() {
        let label = operation.label();
        let (answers, _) = answers(contract, index);
        let drawn = arguments(contract, operation);
        let candidates = drawn.map(|drawn| drawn.boundaries).unwrap_or_default();
        let sent = |arguments: &Arguments| {
            server.answer_with(some_of(answers.first()?, seed)?);
            // What comes of it does not matter here: the request does.
            drop(runtime.block_on(client.call(&label, arguments.clone())));
            Some((arguments.clone(), server.asked().pop()?))
        };
        // How answers are read has nothing to do with what was sent, so it is as simple as it can be; and what no style can
        // carry is not sent.
        let Some((arguments, asked)) = candidates.iter().rev().find_map(sent) else {
            let why = "nothing is sent that could be answered";
            findings.exceptions.push(format!("{label}: {why}"));
            continue;
        };
        for answer in &answers {
            let subject = answer.subject(&label);
            let call = Call {
                operation,
                label: &label,
                arguments: &arguments,
                client,
                server,
                runtime,
            };
            let broken = call.broken(&mock, &asked, answer, (seed, cases));
            if broken.is_empty() {
                let why = "every answer of that status keeps the document";
                findings.exceptions.push(format!("{subject}: {why}"));
            }
            let describe = |broken: &Broken| {
                let (call, answer) = (shown(&arguments), answers::shown(&broken.answer));
                format!("{call}\nanswered with {answer}\nwhere {}", broken.way)
            };
            let handed_on = Cell::new(0);
            let check = |broken| call.check(broken, &handed_on);
            findings.show_each(&subject, broken, describe, check);
            if handed_on.get() > 0 {
                let times = handed_on.get();
                findings.exceptions.push(format!(
                    "{subject}: a body that may be anything is handed on as bytes, and what is wrong with it too ({times} times)"
                ));
            }
            done();
        }
    }
    Ok(findings)
}

struct Call<'a, D> {
    operation: &'a Operation,
    label: &'a str,
    arguments: &'a Arguments,
    client: &'a D,
    server: &'a StandIn,
    runtime: &'a Handle,
}

impl<D: Driver> Call<'_, D> {
    /// Answers that break the document, to what the client sent.
    fn broken(
        &self,
        mock: &Mock,
        asked: &Asked,
        answers: &Answers,
        (seed, cases): (u64, usize),
    ) -> Vec<Broken> {
        let mut broken = Vec::new();
        if let Some(response) = self.operation.response(answers.status) {
            let headers = response.headers.iter();
            let required = headers.filter(|(_, header)| header.required);
            broken.extend(required.filter_map(|(name, _)| {
                let mut answer = some_of(answers, seed)?;
                answer.headers.retain(|(other, _)| other != name);
                let way = Way::NoHeader(name.clone());
                Some(Broken { answer, way })
            }));
        }
        let by_mock = request(asked.clone(), answers).into_iter();
        let by_mock = by_mock.flat_map(|request| {
            (0..cases).filter_map(move |number| {
                let reply = mock.reply("", number, &request);
                let (answer, way) = (reply.answer, Way::Breach(reply.breach?));
                Some(Broken { answer, way })
            })
        });
        let before = broken.len();
        broken.extend(by_mock);
        if broken.len() == before {
            broken.extend(self.by_hand(answers, seed));
        }
        broken
    }

    /// What can be done to answers that the mock cannot draw, because the document does not say what they hold.
    fn by_hand(&self, answers: &Answers, seed: u64) -> Vec<Broken> {
        let Some(answer) = some_of(answers, seed) else {
            return Vec::new();
        };
        let mut broken = Vec::new();
        let mut add = |answer, breach| {
            let way = Way::Breach(breach);
            broken.push(Broken { answer, way });
        };
        if answer.bytes.len() > 1 {
            add(answer.clone(), Breach::CutOff);
        }
        let response = self.operation.response(answers.status);
        let mut declared = response.iter().flat_map(|response| response.content.keys());
        if declared.all(|name| name != "*/*") {
            let content_type = Some("chemical/x-undeclared".to_owned());
            let answer = SampleAnswer {
                content_type,
                ..answer.clone()
            };
            add(answer, Breach::MediaType);
        }
        let codes = [418, 203, 500]
            .map(StatusCode::from_u16)
            .into_iter()
            .flatten();
        let undeclared = codes
            .into_iter()
            .find(|code| self.operation.response(*code).is_none());
        if let Some(status) = undeclared {
            add(SampleAnswer { status, ..answer }, Breach::Status(status));
        }
        broken
    }

    fn check(
        &self,
        Broken { answer, way }: Broken,
        handed_on: &Cell<usize>,
    ) -> Result<Shown, String> {
        let bytes = Value::from(answer.bytes.to_vec());
        match way {
            Way::Breach(Breach::CutOff) => self.server.break_off(answer),
            _ => self.server.answer_with(answer),
        }
        let call = self.client.call(self.label, self.arguments.clone());
        let reply = self.runtime.block_on(call);
        let is_told = match (&way, &reply) {
            (_, Ok(_) | Err(Unanswered::NotSent(_))) => false,
            (Way::Breach(Breach::CutOff), Err(error)) => {
                matches!(error, Unanswered::BrokenOff(_))
            }
            (Way::Breach(Breach::Status(status)), Err(error)) => {
                *error == Unanswered::Undeclared(*status)
            }
            (_, Err(error)) => matches!(error, Unanswered::Refused(_)),
        };
        let is_of_body = matches!(way, Way::Breach(Breach::Rule { .. } | Breach::Syntax));
        match reply {
            // It is for the caller to read them.
            Ok(reply) if is_of_body && reply.body.as_ref() == Some(&bytes) => {
                handed_on.set(handed_on.get() + 1);
                Ok(Shown::Nothing)
            }
            _ if is_told => Ok(Shown::Held),
            Ok(reply) => Err(format!("the client takes it for good: {reply:?}")),
            Err(error) => Err(format!("the client does not say what is wrong: {error}")),
        }
    }
}

fn some_of(answers: &Answers, seed: u64) -> Option<SampleAnswer> {
    let tree = answers
        .strategy
        .new_tree(&mut runner(seed, "some", 1))
        .ok()?;
    Some(tree.current())
}

/// The request as it came, which asks for a certain response.
fn request(asked: Asked, answers: &Answers) -> Option<http::Request<Bytes>> {
    let Asked {
        method,
        path_and_query,
        headers,
        body,
    } = asked;
    let mut request = http::Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = path_and_query.parse().ok()?;
    *request.headers_mut() = headers;
    let code = format!("code={}", answers.status.as_u16());
    let code = HeaderValue::from_str(&code).ok()?;
    request.headers_mut().insert("prefer", code);
    if let Some(media_type) = &answers.media_type {
        let media_type = HeaderValue::from_str(media_type).ok()?;
        request.headers_mut().insert(ACCEPT, media_type);
    }
    Some(request)
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Way::Breach(breach) => breach.fmt(f),
            Way::NoHeader(name) => write!(f, "the header `{name}` is missing"),
        }
    }
}
