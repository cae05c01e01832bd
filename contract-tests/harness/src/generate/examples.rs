//! Calls made of the document's own examples.

use proptest::test_runner::TestRunner;

use super::Context;
use super::draft::{Draft, Part, Slot, Tree};
use super::positive::{Fullness, call};
use crate::case::{CaseKey, Mode, Origin};

/// How many cases the examples make: as many as the part with the most examples has.
pub(crate) fn count(context: &Context<'_>, operation: usize) -> usize {
    let compiled = context.compiled(operation);
    let parameters = compiled
        .parameters
        .iter()
        .flatten()
        .map(|p| p.examples.len());
    let body = compiled.body.as_ref().map(|body| body.examples.len());
    parameters.chain(body).max().unwrap_or_default()
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
    if let Some(body) = &compiled.body
        && !body.examples.is_empty()
    {
        let example = &body.examples[key.index % body.examples.len()];
        let tree = Tree::Fixed(example.clone(), None);
        slots.push(Slot::new(Part::Body, tree, Origin::Example, !body.required));
    }
    let mut draft = call(context, key, runner, Mode::Positive, Fullness::Bare, slots)?;
    draft.unknown_id |= names_a_thing;
    Some(draft)
}
