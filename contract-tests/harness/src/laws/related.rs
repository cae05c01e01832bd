//! What JSON:API says of relationships: `related` leads to the thing that `data` names.

use openapi_model::Pointer;
use serde_json::Value;

use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::resource::Resource;
use crate::meaning::shape;
use crate::views::views;

/// The links to the one thing of each relationship that the server alone can set. Of one that clients set, nobody knows
/// whether what it names is there.
pub(super) fn places(contract: &Contract, resource: &Resource, found: &Exchange) -> Vec<Pointer> {
    let all = all();
    let body = found.success().and_then(|answer| answer.value());
    let members = body
        .and_then(|body| body.pointer(all.as_str()))
        .and_then(Value::as_object);
    members
        .into_iter()
        .flatten()
        .filter(|(name, relationship)| {
            one(relationship).is_some() && !is_settable(contract, resource, name)
        })
        .map(|(name, _)| all.join(name).join("links").join("related"))
        .collect()
}

/// What a link of a relationship should lead to and does not, in words: what is there, and what it should be.
pub(super) fn differs(
    place: &Pointer,
    found: &Exchange,
    there: &Exchange,
) -> Option<(String, String)> {
    let mut names = place.segments();
    let name = names.nth(2)?;
    let relationship = found
        .success()?
        .value()?
        .pointer(all().join(name).as_str())?;
    let wanted = one(relationship)?;
    let answered = there.success()?.value()?.get("data")?;
    let came = named(answered);
    (came.as_ref() != Some(&wanted)).then(|| {
        let show = |(kind, id): (&str, &str)| format!("`{kind}` `{id}`");
        (came.map_or("nothing".to_owned(), show), show(wanted))
    })
}

fn all() -> Pointer {
    Pointer::root().join("data").join("relationships")
}

/// The one thing that a relationship leads to.
fn one(relationship: &Value) -> Option<(&str, &str)> {
    named(relationship.get("data")?)
}

fn named(thing: &Value) -> Option<(&str, &str)> {
    Some((thing.get("type")?.as_str()?, thing.get("id")?.as_str()?))
}

/// Whether some body of a client may have the relationship.
fn is_settable(contract: &Contract, resource: &Resource, name: &str) -> bool {
    let schemas = &contract.api().schemas;
    let bodies = [resource.create, resource.update, resource.replace];
    bodies.into_iter().flatten().any(|operation| {
        let Some((_, _, sent)) = contract.compiled(operation).json_body() else {
            return false;
        };
        let mut here = Vec::new();
        views(schemas, sent.schema, &mut here);
        let here = shape::at(schemas, &here, &all());
        let names = shape::names(schemas, &here);
        // What is declared without names takes any.
        names.iter().any(|each| each == name) || (names.is_empty() && !here.is_empty())
    })
}
