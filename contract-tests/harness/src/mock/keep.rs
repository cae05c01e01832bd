//! What a mock was told to create, and serves back.
//!
//! What is sent stands in what is answered, wherever the document lets it; what only a server knows is drawn once. An
//! answer that would break the document is given up for one that does not: a mock keeps its document first.

use std::collections::BTreeMap;

use bytes::Bytes;
use indexmap::IndexMap;
use openapi_model::{Direction, Pointer, SchemaId, Schemas};
use proptest::strategy::Strategy;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::answers::{AnswerStrategy, SampleAnswer};
use crate::contract::Contract;
use crate::meaning::resource::Resource;
use crate::meaning::shape;
use crate::media_type;
use crate::parameters::{percent_decode, percent_encode};
use crate::paths::fill;
use crate::views::views;

/// What was created: of each resource, by id, as reading it answers.
#[derive(Debug, Default)]
pub(super) struct Things {
    kept: BTreeMap<usize, IndexMap<String, Value>>,
}

/// A call that may be about such things.
pub(super) struct Call<'c> {
    pub(super) contract: &'c Contract,
    pub(super) base: &'c str,
    pub(super) operation: usize,
    pub(super) path: &'c [(String, String)],
    pub(super) body: &'c Bytes,
}

/// There is nothing under the id.
#[derive(Debug)]
pub(super) struct Gone;

impl Things {
    /// The answer, with what was kept in it; as it was drawn where it is about nothing that is.
    pub(super) fn answer(
        &mut self,
        call: &Call<'_>,
        offer: &AnswerStrategy,
        drawn: SampleAnswer,
        runner: &mut TestRunner,
    ) -> Result<SampleAnswer, Gone> {
        let operation = Some(call.operation);
        let mut resources = call.contract.meaning().resources.iter().enumerate();
        let Some((index, resource)) = resources.find(|(_, resource)| {
            let Resource {
                list,
                create,
                read,
                update,
                replace,
                delete,
                ..
            } = resource;
            [list, create, read, update, replace, delete].contains(&&operation)
        }) else {
            return Ok(drawn);
        };
        if !drawn.status.is_success() {
            return Ok(drawn);
        }
        let kept = self.kept.entry(index).or_default();
        if operation == resource.create {
            return Ok(create(call, resource, kept, offer, drawn, runner));
        }
        if operation == resource.list {
            return Ok(list(call, kept, offer, drawn, runner));
        }
        let id = call
            .path
            .iter()
            .find(|(name, _)| *name == resource.parameter);
        let id = id
            .and_then(|(_, text)| percent_decode(text))
            .unwrap_or_default();
        let Some(thing) = kept.get_mut(&id) else {
            return Err(Gone);
        };
        if operation == resource.delete {
            kept.shift_remove(&id);
            return Ok(drawn);
        }
        if operation != resource.read {
            change(call, offer, thing, operation == resource.replace);
        }
        Ok(with(call.contract, offer, drawn, [thing.clone()], runner))
    }
}

fn create(
    call: &Call<'_>,
    resource: &Resource,
    kept: &mut IndexMap<String, Value>,
    offer: &AnswerStrategy,
    mut drawn: SampleAnswer,
    runner: &mut TestRunner,
) -> SampleAnswer {
    const TRIES: usize = 50;
    let (Some(id), Some(read)) = (&resource.created_id, resource.read) else {
        return drawn;
    };
    let id_of = |answer: &SampleAnswer| text(answer.body.as_ref()?.pointer(id.as_str())?);
    for _ in 0..TRIES {
        match id_of(&drawn) {
            Some(id) if !kept.contains_key(&id) => break,
            _ => match offer.new_tree(runner) {
                Ok(tree) => drawn = tree.drawn,
                Err(_) => return drawn,
            },
        }
    }
    let (Some(id), Some(body)) = (id_of(&drawn), drawn.body.clone()) else {
        return drawn;
    };
    let template = &call.contract.api().operations[read].path;
    let mut texts = call.path.to_vec();
    texts.push((resource.parameter.clone(), percent_encode(&id)));
    let path = format!("{}{}", call.base, fill(template, &texts));
    let mut candidates = Vec::new();
    if let Some((sent, schema)) = sent(call) {
        for drops in [true, false] {
            let merged = merged(&call.contract.api().schemas, &schema, &body, &sent, drops);
            candidates.push(with_self(&merged, &path));
            candidates.push(merged);
        }
    }
    candidates.push(with_self(&body, &path));
    let mut answer = with(call.contract, offer, drawn, candidates, runner);
    let has_location = answer
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("location"));
    if has_location || answer.status == http::StatusCode::CREATED {
        answer
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case("location"));
        answer.headers.push(("Location".to_owned(), path));
    }
    if let Some(body) = &answer.body {
        kept.insert(id, body.clone());
    }
    answer
}

fn list(
    call: &Call<'_>,
    kept: &IndexMap<String, Value>,
    offer: &AnswerStrategy,
    drawn: SampleAnswer,
    runner: &mut TestRunner,
) -> SampleAnswer {
    let mut lists = call.contract.meaning().lists.iter();
    let Some(list) = lists.find(|list| list.operation == call.operation) else {
        return drawn;
    };
    let Some(body) = &drawn.body else {
        return drawn;
    };
    let whole = || kept.values().cloned().collect::<Vec<Value>>();
    // In an envelope, the thing is its one member.
    let inner = || {
        kept.values()
            .filter_map(|thing| thing.get("data").cloned())
            .collect()
    };
    let candidates = [whole(), inner(), Vec::new()]
        .into_iter()
        .filter_map(|items: Vec<Value>| {
            let mut body = body.clone();
            *body.pointer_mut(list.items.as_str())? = Value::Array(items);
            Some(body)
        });
    let candidates: Vec<Value> = candidates.collect();
    with(call.contract, offer, drawn, candidates, runner)
}

/// Changes a thing as a call wants it.
fn change(call: &Call<'_>, offer: &AnswerStrategy, thing: &mut Value, whole: bool) {
    let Some((sent, schema)) = sent(call) else {
        return;
    };
    let changed = merged(&call.contract.api().schemas, &schema, thing, &sent, whole);
    if offer.content.is_none() || is_valid(call.contract, offer, &changed) {
        *thing = changed;
    }
}

/// The JSON body of a request, and the schemas that speak about it.
fn sent(call: &Call<'_>) -> Option<(Value, Vec<SchemaId>)> {
    let api = call.contract.api();
    let declared = api.operations[call.operation].request_body.as_ref()?;
    let (_, content) = declared
        .content
        .iter()
        .find(|(name, _)| media_type::json_within(name).is_some())?;
    let mut schemas = Vec::new();
    views(&api.schemas, content.schema?, &mut schemas);
    Some((serde_json::from_slice(call.body).ok()?, schemas))
}

/// What was sent in what was there. `drops` takes away what a client may send and did not.
fn merged(schemas: &Schemas, of: &[SchemaId], there: &Value, sent: &Value, drops: bool) -> Value {
    let (Value::Object(there), Value::Object(sent)) = (there, sent) else {
        return sent.clone();
    };
    let mut merged = there.clone();
    if drops {
        let left_out =
            |name: &String| !sent.contains_key(name) && shape::declares(schemas, of, name);
        merged.retain(|name, _| !left_out(name));
    }
    for (name, value) in sent {
        let below = shape::declared(schemas, of, name);
        let value = match there.get(name) {
            Some(there) => self::merged(schemas, &below, there, value, drops),
            None => value.clone(),
        };
        merged.insert(name.clone(), value);
    }
    Value::Object(merged)
}

/// The body with its own links leading to itself, as JSON:API has them.
fn with_self(body: &Value, path: &str) -> Value {
    let mut body = body.clone();
    for at in ["/links/self", "/data/links/self"] {
        if let Some(link @ Value::String(_)) = body.pointer_mut(at) {
            *link = Value::from(path);
        }
    }
    body
}

/// The answer with the first of these bodies that the document allows.
fn with(
    contract: &Contract,
    offer: &AnswerStrategy,
    drawn: SampleAnswer,
    bodies: impl IntoIterator<Item = Value>,
    runner: &mut TestRunner,
) -> SampleAnswer {
    let mut valid = bodies
        .into_iter()
        .filter(|body| is_valid(contract, offer, body));
    match valid.find_map(|body| offer.with_body(body, runner)) {
        Some(answer) => SampleAnswer {
            body: answer.body,
            bytes: answer.bytes,
            ..drawn
        },
        None => drawn,
    }
}

/// Whether the response allows a body.
pub(super) fn is_valid(contract: &Contract, offer: &AnswerStrategy, body: &Value) -> bool {
    let schema = offer.content.as_ref().and_then(|content| content.schema);
    let validator = schema.and_then(|schema| contract.validator(schema, Direction::Response));
    validator.is_some_and(|validator| validator.is_valid(body))
}

/// The body of a page that is the last: with null in the place of what leads on, or without it.
pub(super) fn ended(body: &Value, next: &Pointer) -> Vec<Value> {
    let mut ended = Vec::new();
    let mut null = body.clone();
    if let Some(place) = null.pointer_mut(next.as_str()) {
        *place = Value::Null;
        ended.push(null);
    }
    let mut without = body.clone();
    if let (Some((parent, _)), Some(name)) = (next.as_str().rsplit_once('/'), next.last())
        && let Some(Value::Object(members)) = without.pointer_mut(parent)
    {
        members.remove(&name);
        ended.push(without);
    }
    ended
}

fn text(id: &Value) -> Option<String> {
    match id {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
