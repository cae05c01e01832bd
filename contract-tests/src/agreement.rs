//! Proof (d): server and client agree, what one sends the other has, all the way through the store.
//!
//! For every operation whose success leads to another by a link of the document: the client calls the one with arguments
//! that the document allows, follows the link with what it was answered, and must find the values that it sent, wherever
//! both bodies have a place for them; and the same resource again.

use std::cell::Cell;

use contract_harness::{Contract, equality};
use http::StatusCode;
use openapi_model::{Link, Operation, SchemaId};
use serde_json::{Map, Value};
use tokio::runtime::Handle;

use crate::arguments::{arguments, shown};
use crate::driver::{Arguments, Driver, Reply};
use crate::findings::{Findings, Shown};

/// Shows it for every link. Blocks, so it wants a thread of its own in the runtime of the handle.
pub(crate) fn show(
    contract: &Contract,
    client: &impl Driver,
    runtime: &Handle,
    (seed, cases): (u64, usize),
    done: &dyn Fn(),
) -> Findings {
    let mut findings = Findings::default();
    for operation in &contract.api().operations {
        for (name, link) in operation
            .responses
            .iter()
            .flat_map(|response| &response.links)
        {
            let target = contract
                .api()
                .operations
                .iter()
                .find(|o| Some(&o.pointer) == link.operation.as_ref());
            let ids = (
                operation.id.as_deref(),
                target.and_then(|target| target.id.as_deref()),
            );
            let ((Some(id), Some(target_id)), Some(target)) = (ids, target) else {
                continue;
            };
            let subject = format!("{id} then {target_id}");
            let walk = Walk {
                contract,
                operation,
                id,
                link,
                target,
                target_id,
                client,
                runtime,
                conflicts: Cell::new(0),
            };
            match arguments(contract, operation) {
                Ok(drawn) => {
                    let check = |arguments| walk.check(arguments);
                    findings.show_each(&subject, drawn.boundaries, shown, check);
                    findings.show(&subject, (seed, cases), &drawn.strategy, shown, check);
                }
                Err(why) => findings
                    .exceptions
                    .push(format!("{subject}: link {name}: {why}")),
            }
            if walk.conflicts.get() > 0 {
                let conflicts = walk.conflicts.get();
                findings.exceptions.push(format!("{subject}: {conflicts} walks ended in 409, because the server has something else under the same key"));
            }
            done();
        }
    }
    findings
}

struct Walk<'a, D> {
    contract: &'a Contract,
    operation: &'a Operation,
    id: &'a str,
    link: &'a Link,
    target: &'a Operation,
    target_id: &'a str,
    client: &'a D,
    runtime: &'a Handle,
    /// How many calls the state of the server did not allow.
    conflicts: Cell<usize>,
}

impl<D: Driver> Walk<'_, D> {
    fn check(&self, arguments: Arguments) -> Result<Shown, String> {
        let sent = arguments.body.clone();
        let made = self.call(self.id, arguments)?;
        if made.status == StatusCode::CONFLICT {
            self.conflicts.set(self.conflicts.get() + 1);
            return Ok(Shown::Nothing);
        }
        let parameters = self.parameters(&made)?;
        let found = self.call(
            self.target_id,
            Arguments {
                parameters,
                ..Arguments::default()
            },
        )?;
        let (made_as, found_as) = (
            schema_of(self.operation, &made),
            schema_of(self.target, &found),
        );
        let (Some(made_body), Some(found_body)) = (&made.body, &found.body) else {
            return Ok(Shown::Nothing);
        };
        if let (Some(made_as), Some(found_as)) = (made_as, found_as) {
            self.same(
                "the answer",
                (made_body, made_as),
                "where its link leads",
                (found_body, found_as),
            )?;
        }
        let sent_as = self.operation.request_body.as_ref();
        let sent_as = sent_as.and_then(|body| {
            body.content
                .values()
                .find_map(|media_type| media_type.schema)
        });
        if let (Some(sent), Some(sent_as), Some(found_as)) = (&sent, sent_as, found_as) {
            self.same(
                "what was sent",
                (sent, sent_as),
                "what was found",
                (found_body, found_as),
            )?;
        }
        Ok(Shown::Held)
    }

    fn call(&self, id: &str, arguments: Arguments) -> Result<Reply, String> {
        let reply = self
            .runtime
            .block_on(self.client.call(id, arguments))
            .map_err(|e| format!("{id}: {e}"))?;
        // What is drawn may have been drawn before: a key that was used for something else is no disagreement.
        if reply.status.is_success() || reply.status == StatusCode::CONFLICT {
            return Ok(reply);
        }
        let body = reply.body.map(|body| body.to_string()).unwrap_or_default();
        Err(format!("{id} was answered {} {body}", reply.status))
    }

    /// What the link says the target is called with.
    fn parameters(&self, made: &Reply) -> Result<Map<String, Value>, String> {
        let mut parameters = Map::new();
        for (name, expression) in &self.link.parameters {
            let value = match expression
                .as_str()
                .and_then(|text| text.strip_prefix("$response.body#"))
            {
                Some(pointer) => made
                    .body
                    .as_ref()
                    .and_then(|body| body.pointer(pointer))
                    .cloned(),
                None => Some(expression.clone()),
            };
            let value = value.ok_or_else(|| format!("the answer has nothing at {expression}"))?;
            parameters.insert(name.clone(), self.as_parameter(name, value));
        }
        Ok(parameters)
    }

    /// A value as the parameter's schema has it: an id is often text in a body and a number in a path.
    fn as_parameter(&self, name: &str, value: Value) -> Value {
        let parameter = self
            .target
            .parameters
            .iter()
            .find(|parameter| parameter.name == name);
        let schemas = &self.contract.api().schemas;
        let types = parameter
            .and_then(|p| p.schema)
            .map(|id| schemas.get(schemas.resolve(id)).types);
        let wants_text = types.is_some_and(|types| types.contains(openapi_model::Types::STRING));
        match &value {
            Value::String(text) if !wants_text => serde_json::from_str(text).unwrap_or(value),
            _ => value,
        }
    }

    fn same(
        &self,
        one: &str,
        sent: (&Value, SchemaId),
        other: &str,
        came: (&Value, SchemaId),
    ) -> Result<(), String> {
        let differences = equality::differences(&self.contract.api().schemas, sent, came);
        match differences.iter().find(|difference| !difference.is_slight) {
            None => Ok(()),
            Some(difference) => Err(format!(
                "{one} and {other} differ at {}: {}",
                difference.pointer, difference.message
            )),
        }
    }
}

/// The schema that the document has for a reply's body.
fn schema_of(operation: &Operation, reply: &Reply) -> Option<SchemaId> {
    let response = operation.response(reply.status)?;
    response
        .content
        .values()
        .find_map(|media_type| media_type.schema)
}
