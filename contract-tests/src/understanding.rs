//! Proof (b): the client understands what the document lets a server say, and sends what it is told as the document has
//! it.
//!
//! For every operation and every response that it declares: the client is called with arguments that the document
//! allows, by a server that answers with what the document allows. The request must keep the document and say what the
//! client was called with, no more and no less; the reply must be of the kind that the status stands for and have the
//! status, every header, by its text and by its type, and every declared member of the body.

use std::cell::Cell;
use std::collections::BTreeSet;

use contract_harness::{Contract, Gap, Said, SampleAnswer, equality};
use openapi_model::Operation;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::Value;
use tokio::runtime::Handle;

use crate::answers::{self, Answers, answers};
use crate::arguments::{arguments, name_of, shown};
use crate::driver::{Arguments, Driver, Kind, Reply, Unanswered};
use crate::findings::{Findings, Shown};
use crate::kept;
use crate::sent::{self, Credentials};
use crate::stand_in::StandIn;

/// Shows it for every operation. Blocks, so it wants a thread of its own in the runtime of the handle.
///
/// The client calls `server`, with these credentials. `done` is called after each response.
pub fn show(
    contract: &Contract,
    client: &impl Driver,
    credentials: &Credentials,
    server: &StandIn,
    runtime: &Handle,
    (seed, cases): (u64, usize),
    done: &dyn Fn(),
) -> Findings {
    let mut findings = Findings::default();
    for (index, operation) in contract.api().operations.iter().enumerate() {
        let label = operation.label();
        let drawn = match arguments(contract, operation) {
            Ok(drawn) => drawn,
            Err(why) => {
                findings
                    .exceptions
                    .push(format!("{label}: no arguments can be drawn: {why}"));
                continue;
            }
        };
        let (answers, gaps) = answers(contract, index);
        let unread = contract.gaps().iter().filter(|gap| {
            // What is not known of answers is nothing to a client.
            gap.operation == label && !gap.part.starts_with("response")
        });
        let unread = unread.map(|Gap { part, reason, .. }| match part.as_str() {
            "" => reason.clone(),
            part => format!("{part}: {reason}"),
        });
        let gaps = gaps.into_iter().chain(drawn.gaps).chain(unread);
        findings
            .exceptions
            .extend(gaps.map(|gap| format!("{label}: {gap}")));
        let uncarried = Cell::new(0);
        let mut schemas = BTreeSet::new();
        for (place, answer) in answers.iter().enumerate() {
            let subject = answer.subject(&label);
            let exchange = Exchange {
                contract,
                index,
                operation,
                label: &label,
                client,
                credentials,
                server,
                runtime,
                answer,
                uncarried: &uncarried,
            };
            let describe = |(arguments, answer): &(Arguments, SampleAnswer)| {
                let arguments = shown(arguments);
                format!("{arguments}\nanswered with {}", answers::shown(answer))
            };
            let check = |(arguments, sample)| exchange.check(arguments, &sample);
            // What is sent has nothing to do with what comes back, so its boundaries are called once; and those of what
            // comes back once for each schema.
            let calls = if place == 0 {
                &drawn.boundaries[..]
            } else {
                &[]
            };
            let schema = answer.schema.map(|id| contract.api().schemas.resolve(id));
            let is_new = schemas.insert(schema);
            let edges = edges(&drawn.boundaries, calls, (answer, is_new), seed);
            findings.show_each(&subject, edges, describe, check);
            let strategy = (&drawn.strategy, &answer.strategy);
            findings.show(&subject, (seed, cases), &strategy, describe, check);
            if answer.kind == Kind::Untyped {
                findings.exceptions.push(format!(
                    "{subject}: there is no type for such an answer, which is given whole"
                ));
            }
            done();
        }
        if uncarried.get() > 0 {
            let times = uncarried.get();
            findings.exceptions.push(format!(
                "{label}: what no style of the document can carry is refused by the client, or written in a way that the document does not define ({times} times)"
            ));
        }
    }
    findings
}

/// Each boundary of what is sent with some answer, and each boundary of what comes back with the simplest call.
fn edges(
    all: &[Arguments],
    calls: &[Arguments],
    (answer, is_new): (&Answers, bool),
    seed: u64,
) -> Vec<(Arguments, SampleAnswer)> {
    let mut runner = crate::findings::runner(seed, "boundaries", 1);
    let simplest = all.last().cloned().unwrap_or_default();
    let some = answer
        .strategy
        .new_tree(&mut runner)
        .map(|tree| tree.current());
    let calls = some.into_iter().flat_map(|some| {
        let with = move |arguments: &Arguments| (arguments.clone(), some.clone());
        calls.iter().map(with)
    });
    let mut edges: Vec<(Arguments, SampleAnswer)> = calls.collect();
    if is_new {
        let answers = answer.boundaries.iter().cloned();
        edges.extend(answers.map(|answer| (simplest.clone(), answer)));
    }
    edges
}

struct Exchange<'a, D> {
    contract: &'a Contract,
    index: usize,
    operation: &'a Operation,
    label: &'a str,
    client: &'a D,
    credentials: &'a Credentials,
    server: &'a StandIn,
    runtime: &'a Handle,
    answer: &'a Answers,
    /// How often there was something to send that cannot be carried.
    uncarried: &'a Cell<usize>,
}

impl<D: Driver> Exchange<'_, D> {
    fn check(&self, arguments: Arguments, answer: &SampleAnswer) -> Result<Shown, String> {
        self.server.answer_with(answer.clone());
        let call = self.client.call(self.label, arguments.clone());
        match self.runtime.block_on(call) {
            Err(Unanswered::NotSent(_)) if !self.is_carried(&arguments) => {
                self.uncarried.set(self.uncarried.get() + 1);
                Ok(Shown::Nothing)
            }
            Err(Unanswered::NotSent(message)) => Err(format!(
                "the client refuses to send what the document allows: {message}"
            )),
            Err(error) => {
                self.check_request(&arguments)?;
                Err(format!(
                    "the client does not understand the answer: {error}"
                ))
            }
            Ok(reply) => {
                self.check_reply(answer, &reply)?;
                match self.check_request(&arguments) {
                    Err(_) if !self.is_carried(&arguments) => {
                        self.uncarried.set(self.uncarried.get() + 1);
                        Ok(Shown::Nothing)
                    }
                    checked => checked.map(|()| Shown::Held),
                }
            }
        }
    }

    /// Whether all that is to be sent has a way to be written.
    fn is_carried(&self, arguments: &Arguments) -> bool {
        let parameters = self.operation.parameters.iter().enumerate();
        let mut given = parameters.filter_map(|(place, parameter)| {
            let value = arguments
                .parameters
                .get(&name_of(self.operation, parameter))?;
            Some((place, value))
        });
        let content_type = arguments.content_type.as_deref().unwrap_or_default();
        given.all(|(place, value)| self.contract.carries(self.index, place, value))
            && arguments
                .body
                .as_ref()
                .is_none_or(|body| self.contract.carries_body(self.index, content_type, body))
    }

    /// What the client sent must be one request, which says what it was called with.
    fn check_request(&self, arguments: &Arguments) -> Result<(), String> {
        let asked = self.server.asked();
        let [asked] = asked.as_slice() else {
            return Err(format!(
                "the client sent {} requests, and should have sent one",
                asked.len()
            ));
        };
        let checked = sent::check(
            self.contract,
            self.index,
            self.credentials,
            arguments,
            asked,
        );
        checked.map_err(|why| {
            format!(
                "the client sent {} {}: {why}",
                asked.method, asked.path_and_query
            )
        })
    }

    /// What the client has must be what the server said.
    fn check_reply(&self, answer: &SampleAnswer, reply: &Reply) -> Result<(), String> {
        let kind = self.answer.kind;
        if reply.kind != kind {
            let has = reply.kind;
            return Err(format!("the client has it as {has:?}, and it is {kind:?}"));
        }
        if reply.status != answer.status {
            return Err(format!("the client has the status {}", reply.status));
        }
        for (name, value) in &answer.headers {
            let has = reply
                .headers
                .get_all(name)
                .iter()
                .any(|given| given.as_bytes() == value.as_bytes());
            if !has {
                return Err(format!(
                    "the client does not have the header {name}: {value}"
                ));
            }
        }
        self.check_typed_headers(reply)?;
        self.check_body(answer, reply)
    }

    /// What the type of the headers holds must be what their texts say.
    fn check_typed_headers(&self, reply: &Reply) -> Result<(), String> {
        let headers = self
            .contract
            .said_by_headers(self.index, reply.status, &reply.headers);
        for (name, said) in headers {
            let typed = reply.typed_headers.get(name);
            let readings = match said {
                // OpenAPI 3.0.3, "Response Object": such a definition shall be ignored.
                _ if name.eq_ignore_ascii_case("content-type") => continue,
                Said::Unknown => continue,
                Said::Nothing if typed.is_none() => continue,
                Said::Nothing => return Err(format!("the client has a header {name}")),
                Said::OneOf(readings) => readings,
            };
            let schema = self.operation.response(reply.status);
            let schema = schema.and_then(|response| response.headers.get(name)?.schema);
            let (Some(typed), Some(schema)) = (typed, schema) else {
                return Err(format!("the client has no typed header {name}"));
            };
            let schemas = &self.contract.api().schemas;
            let is_same = |reading: &Value| {
                let found = equality::differences(schemas, (reading, schema), (typed, schema));
                found.iter().all(|difference| difference.is_slight)
            };
            if !readings.iter().any(is_same) {
                return Err(format!("the client's typed header {name} is {typed}"));
            }
        }
        Ok(())
    }

    fn check_body(&self, answer: &SampleAnswer, reply: &Reply) -> Result<(), String> {
        let (Some(sent), Some(has)) = (&answer.body, &reply.body) else {
            return match (&answer.body, &reply.body) {
                (Some(_), None) => Err("the client has no body".to_owned()),
                (None, Some(has)) => Err(format!("the client has a body: {has}")),
                _ => Ok(()),
            };
        };
        // Bytes and texts are handed on as they came.
        let text = std::str::from_utf8(&answer.bytes).ok();
        let is_handed_on =
            *has == Value::from(answer.bytes.to_vec()) || (has.is_string() && has.as_str() == text);
        let Some(schema) = self.answer.schema.filter(|_| !is_handed_on) else {
            return if is_handed_on || has == sent {
                Ok(())
            } else {
                Err(format!("the body is {has}"))
            };
        };
        let schemas = &self.contract.api().schemas;
        let differences = equality::differences(schemas, (sent, schema), (has, schema));
        if let Some(difference) = differences.iter().find(|difference| !difference.is_slight) {
            return Err(format!(
                "the body's {}: {}",
                difference.pointer, difference.message
            ));
        }
        match kept::lost(schemas, schema, sent, has) {
            None => Ok(()),
            Some(pointer) => Err(format!("the body's {pointer} is lost")),
        }
    }
}
