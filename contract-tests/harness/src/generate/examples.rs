//! Calls made of the document's own examples.

use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::Context;
use super::draft::{Draft, Part, Slot, Tree};
use super::positive::{Fullness, body_is_required, call};
use crate::case::{CaseKey, Mode, Origin};
use crate::contract::Compiled;

/// How many cases the examples make: as many as the part with the most examples has.
pub(crate) fn count(context: &Context<'_>, operation: usize) -> usize {
    let compiled = context.compiled(operation);
    let parameters = compiled
        .parameters
        .iter()
        .flatten()
        .map(|p| p.examples.len());
    parameters
        .chain([bodies(compiled).count()])
        .max()
        .unwrap_or_default()
}

/// The examples of every media type of the body.
fn bodies(compiled: &Compiled) -> impl Iterator<Item = (usize, &Value)> {
    let bodies = compiled.bodies.iter().enumerate();
    bodies.flat_map(|(index, body)| body.examples.iter().map(move |example| (index, example)))
}

/// The call made of each part's example of that number; a part with fewer starts over.
///
/// An example's id need not exist on the server under test, so the call may be answered 404.
pub(crate) fn draft(context: &Context<'_>, key: CaseKey, runner: &mut TestRunner) -> Option<Draft> {
    let compiled = context.compiled(key.operation);
    let mut slots = Vec::new();
    let mut names_a_thing = false;
    for (index, parameter) in compiled.parameters.iter().enumerate() {
        let Some(parameter) = parameter else { continue };
        if parameter.examples.is_empty() {
            continue;
        }
        let example = &parameter.examples[key.index % parameter.examples.len()];
        if parameter.codec.write(example, false).is_none() {
            continue;
        }
        names_a_thing |= super::positive::names_a_thing(parameter) || parameter.is_opaque;
        let tree = Tree::Fixed(example.clone(), None);
        slots.push(Slot::new(
            Part::Parameter(index),
            tree,
            Origin::Example,
            !parameter.required,
        ));
    }
    let examples: Vec<_> = bodies(compiled).collect();
    if !examples.is_empty() {
        let (body, example) = examples[key.index % examples.len()];
        let tree = Tree::Fixed(example.clone(), None);
        let is_removable = !body_is_required(context.operation(key.operation));
        slots.push(Slot::new(
            Part::Body(body),
            tree,
            Origin::Example,
            is_removable,
        ));
    }
    let mut draft = call(context, key, runner, Mode::Positive, Fullness::Bare, slots)?;
    draft.unknown_id |= names_a_thing;
    Some(draft)
}
