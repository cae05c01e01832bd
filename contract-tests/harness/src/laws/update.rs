//! `updated_reads_back`: what was changed reads back as it was sent, and what was not sent is as it was before.
//!
//! `PUT` replaces the whole thing, so there is no more to it than what was sent. `PATCH` with a JSON body is read as a
//! merge (RFC 7396, and JSON:API says the same of its attributes): a member that was left out keeps its value, where a
//! client can set it at all, and `null` may take a member away.

use http::{Method, StatusCode};
use openapi_model::{Pointer, SchemaId};
use serde_json::Value;

use super::thing::{Source, is_callable_get};
use super::{
    Derived, Draws, FewCalls, Law, Sequence, holds_as_sent, schema_of, sent_as, values_hold, whole,
};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::equality::{differences, generalized};
use crate::exchange::Exchange;
use crate::meaning::shape;
use crate::views::views;

pub(super) const NAME: &str = "updated_reads_back";

/// The law for one operation that changes a thing.
#[derive(Debug)]
struct Update {
    source: Source,
    read: usize,
    change: usize,
}

/// The law for every `PATCH` and `PUT` of a thing that can be read.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, resource) in contract.meaning().resources.iter().enumerate() {
        for change in [resource.update, resource.replace].into_iter().flatten() {
            let Some(read) = resource
                .read
                .filter(|read| is_callable_get(contract, *read))
            else {
                derived.skip(NAME, change, "no `GET` reads what it changes");
                continue;
            };
            let Some((_, body, _)) = contract.compiled(change).json_body() else {
                derived.skip(NAME, change, "it takes no JSON body");
                continue;
            };
            if body.media_type.contains("json-patch") {
                derived.skip(
                    NAME,
                    change,
                    "its body is a list of steps, not the members of the thing",
                );
                continue;
            }
            let source = Source::made(contract, index).or_else(|| Source::listed(contract, index));
            match source {
                Some(source) => derived.add(Update {
                    source,
                    read,
                    change,
                }),
                None => derived.skip(
                    NAME,
                    change,
                    "nothing is known to make or list what it changes",
                ),
            }
        }
    }
}

impl Law for Update {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.change
    }

    fn silence(&self) -> &'static str {
        "no thing was there to be changed, or what it was and is cannot be read"
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        vec![self.source.operation(contract), self.read, self.change]
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for Update {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        let Some(shown) = so_far.first() else {
            return self.source.first(contract, draws);
        };
        let resource = self.source.resource(contract);
        let thing = self.source.thing(contract, draws, 10, shown)?;
        match so_far {
            [_] => thing.call(contract, draws, (1, self.read), resource),
            [_, before] if before.success().is_none() => None,
            [_, _] => thing.call_with_body(contract, draws, (2, self.change), resource),
            // What was not changed, or not yet, is not asked for.
            [_, _, changed]
                if changed.success().is_none()
                    || changed.status() == Some(StatusCode::ACCEPTED) =>
            {
                None
            }
            [_, _, _] => thing.call(contract, draws, (3, self.read), resource),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [_, before, changed, after] = exchanges else {
            return Outcome::NotApplicable;
        };
        let pointer = &contract.api().operations[self.change].pointer;
        if contract.api().operations[self.change].method == Method::PUT {
            return holds_as_sent(contract, changed, after, pointer);
        }
        let schema = |exchange: &Exchange| {
            let operation = &contract.api().operations[exchange.case.key.operation];
            schema_of(operation.response(exchange.status()?)?.content.iter())
        };
        let (Some(sent), Some(sent_as), Some(was), Some(is), Some(is_as)) = (
            changed.case.body.as_ref().map(|body| &body.value),
            sent_as(contract, changed),
            before.success().and_then(|answer| answer.value()),
            after.success().and_then(|answer| answer.value()),
            schema(after),
        ) else {
            return Outcome::NotApplicable;
        };
        let mut nulls = Vec::new();
        let sent_values = without_nulls(sent, &Pointer::root(), &mut nulls);
        let mut failures = Vec::new();
        let schemas = &contract.api().schemas;
        let mut of = Vec::new();
        views(schemas, sent_as, &mut of);
        let place = |at: &Pointer| generalized(schemas, (sent, &of), at.as_str());
        for at in nulls {
            let left = is.pointer(at.as_str()).filter(|left| !left.is_null());
            if let Some(left) = left
                && !has_default(contract, is_as, &at)
            {
                let message = format!("null came back as {left}");
                failures.push(failure(pointer, &at, place(&at), message));
            }
        }
        for at in self.kept(contract, sent_as, sent) {
            let place = at.as_str();
            let (Some(was), Some(is)) = (was.pointer(place), is.pointer(place)) else {
                if was.pointer(place).is_some() {
                    let message = "it was not sent, and is gone".to_owned();
                    failures.push(failure(pointer, &at, at.as_str().to_owned(), message));
                }
                continue;
            };
            let of = member_schema(contract, is_as, &at).unwrap_or(is_as);
            let changes = differences(&contract.api().schemas, (was, of), (is, of));
            if changes.iter().any(|change| !change.is_slight) {
                let message = format!("it was not sent, and {was} is {is} now");
                failures.push(failure(pointer, &at, at.as_str().to_owned(), message));
            }
        }
        let held = values_hold(contract, (&sent_values, sent_as), (is, is_as), pointer);
        match (failures.is_empty(), held) {
            (true, held) => held,
            (false, Outcome::Broken(mut more)) => {
                more.append(&mut failures);
                Outcome::Broken(more)
            }
            (false, _) => Outcome::Broken(failures),
        }
    }
}

impl Update {
    /// The members that a client can set and this call did not send.
    fn kept(&self, contract: &Contract, sent_as: SchemaId, sent: &Value) -> Vec<Pointer> {
        let schemas = &contract.api().schemas;
        let mut here = Vec::new();
        views(schemas, sent_as, &mut here);
        // JSON:API has what a client can set one step further down.
        let attributes = Pointer::root().join("data").join("attributes");
        let is_json_api = contract
            .compiled(self.change)
            .json_body()
            .is_some_and(|(_, body, _)| shape::is_json_api(&body.media_type));
        let base = if is_json_api {
            attributes
        } else {
            Pointer::root()
        };
        let here = shape::at(schemas, &here, &base);
        let settable = shape::names(schemas, &here).into_iter().filter(|name| {
            let member = shape::declared(schemas, &here, name);
            let is_hidden = member
                .iter()
                .any(|id| schemas.get(*id).annotations.write_only);
            !is_hidden && !shape::is_read_only(schemas, &member)
        });
        settable
            .map(|name| base.join(name))
            .filter(|at| sent.pointer(at.as_str()).is_none())
            .collect()
    }
}

fn failure(pointer: &Pointer, at: &Pointer, place: String, message: String) -> Failure {
    Failure {
        message: format!("at `{}`, {message}", at.as_str()),
        expected: pointer.clone(),
        cause: place,
    }
}

/// The value without its members that are `null`, whose places are collected.
fn without_nulls(value: &Value, at: &Pointer, nulls: &mut Vec<Pointer>) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(name, value)| {
                let below = at.join(name);
                if value.is_null() {
                    nulls.push(below);
                    return None;
                }
                Some((name.clone(), without_nulls(value, &below, nulls)))
            });
            Value::Object(kept.collect())
        }
        other => other.clone(),
    }
}

/// The schema of a place in a value.
fn member_schema(contract: &Contract, root: SchemaId, at: &Pointer) -> Option<SchemaId> {
    let mut here = Vec::new();
    views(&contract.api().schemas, root, &mut here);
    shape::at(&contract.api().schemas, &here, at)
        .first()
        .copied()
}

fn has_default(contract: &Contract, root: SchemaId, at: &Pointer) -> bool {
    let schemas = &contract.api().schemas;
    let mut here = Vec::new();
    views(schemas, root, &mut here);
    shape::at(schemas, &here, at)
        .iter()
        .any(|id| schemas.get(*id).annotations.default.is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_are_told_apart_from_values() {
        let mut nulls = Vec::new();
        let sent = json!({ "a": null, "b": { "c": null, "d": 1 }, "e": [null] });
        let kept = without_nulls(&sent, &Pointer::root(), &mut nulls);
        assert_eq!(kept, json!({ "b": { "d": 1 }, "e": [null] }));
        let nulls: Vec<&str> = nulls.iter().map(Pointer::as_str).collect();
        assert_eq!(nulls, ["/a", "/b/c"]);
    }
}
