//! Proof (b): the client understands what the document lets a server say, and sends only what the document allows.
//!
//! For every operation and every response that it declares: the client is called with arguments that the document
//! allows, by a server that answers with what the document allows. The request must keep the document; the reply must
//! have the status, the headers and every declared member of the body.

use contract_harness::{AnswerStrategy, Contract, SampleAnswer, equality};
use events_client::api::{Arguments, CallError, Client, Reply, call};
use openapi_model::Operation;
use tokio::runtime::Handle;

use crate::arguments::{arguments, shown};
use crate::findings::{Findings, Shown};
use crate::stand_in::{Asked, StandIn};

/// Shows it for every operation. Blocks, so it wants a thread of its own in the runtime of the handle.
pub(crate) fn show(
    contract: &Contract,
    client: &Client,
    server: &StandIn,
    runtime: &Handle,
    (seed, cases): (u64, usize),
    done: &dyn Fn(),
) -> Findings {
    let mut findings = Findings::default();
    for (index, operation) in contract.api().operations.iter().enumerate() {
        let Some(id) = operation.id.as_deref() else {
            findings.exceptions.push(format!(
                "{}: the client calls operations by their operationId",
                operation.label()
            ));
            continue;
        };
        let arguments = match arguments(contract, operation) {
            Ok(arguments) => arguments,
            Err(why) => {
                findings
                    .exceptions
                    .push(format!("{id}: no arguments can be drawn: {why}"));
                continue;
            }
        };
        let (answers, gaps) = contract.answers(index);
        findings.exceptions.extend(
            gaps.iter()
                .map(|gap| format!("{}: {}: {}", gap.operation, gap.part, gap.reason)),
        );
        for answer in answers {
            let subject = format!("{id} {}", answer.status.as_u16());
            let exchange = Exchange {
                contract,
                operation,
                id,
                client,
                server,
                runtime,
                answer: &answer,
            };
            findings.show(
                &subject,
                (seed, cases),
                &(&arguments, &answer),
                |(arguments, answer)| {
                    format!(
                        "{}\nanswered with {}",
                        shown(arguments),
                        shown_answer(answer)
                    )
                },
                |(arguments, sample)| exchange.check(arguments, &sample),
            );
            done();
        }
    }
    findings
}

fn shown_answer(answer: &SampleAnswer) -> String {
    let headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let body = answer
        .body
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!("{} {} {body}", answer.status, headers.join(", "))
}

struct Exchange<'a> {
    contract: &'a Contract,
    operation: &'a Operation,
    id: &'a str,
    client: &'a Client,
    server: &'a StandIn,
    runtime: &'a Handle,
    answer: &'a AnswerStrategy,
}

impl Exchange<'_> {
    fn check(&self, arguments: Arguments, answer: &SampleAnswer) -> Result<Shown, String> {
        self.server.answer_with(answer.clone());
        let reply = self.runtime.block_on(call(self.client, self.id, arguments));
        match reply {
            Err(CallError::InvalidRequest(message)) => Err(format!(
                "the client refuses to send what the document allows: {message}"
            )),
            Err(error) => {
                self.check_request()?;
                Err(format!(
                    "the client does not understand the answer: {error}"
                ))
            }
            Ok(reply) => {
                self.check_request()?;
                self.check_reply(answer, &reply)?;
                Ok(Shown::Held)
            }
        }
    }

    /// What the client sent must keep the document, and be one request.
    fn check_request(&self) -> Result<(), String> {
        let asked = self.server.asked();
        let [
            Asked {
                method,
                path_and_query,
                headers,
                body,
            },
        ] = asked.as_slice()
        else {
            return Err(format!(
                "the client sent {} requests, and should have sent one",
                asked.len()
            ));
        };
        let failures = self
            .contract
            .check_request(method, path_and_query, headers, body);
        match failures.first() {
            None => Ok(()),
            Some(failure) => Err(format!(
                "the client sent {method} {path_and_query}, which breaks the document: {} ({})",
                failure.message, failure.expected
            )),
        }
    }

    /// What the client has must be what the server said.
    fn check_reply(&self, answer: &SampleAnswer, reply: &Reply) -> Result<(), String> {
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
        let response = self.operation.response(self.answer.status);
        let schema =
            response.and_then(|r| r.content.values().find_map(|media_type| media_type.schema));
        let (Some(schema), Some(sent)) = (schema, &answer.body) else {
            return Ok(());
        };
        let Some(has) = &reply.body else {
            return Err("the client has no body".to_owned());
        };
        let differences =
            equality::differences(&self.contract.api().schemas, (sent, schema), (has, schema));
        match differences.iter().find(|difference| !difference.is_slight) {
            None => Ok(()),
            Some(difference) => Err(format!(
                "the body's {}: {}",
                difference.pointer, difference.message
            )),
        }
    }
}
