//! Calls that the document allows: each boundary of each value, then random search.

use openapi_model::{Location, Operation};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::draft::{Draft, Part, Slot, Tree};
use super::shown::fitting;
use super::{Context, credentials};
use crate::bodies::BodyCodec;
use crate::case::{CaseKey, Mode, Origin, Phase, Place};
use crate::contract::{Compiled, CompiledBody, CompiledParameter, SentSchema};
use crate::seed::{below, fixed_runner, once_in};

/// How often a value is drawn again that cannot be put on the wire.
const TRIES: usize = 20;

/// Every so many random calls to a thing, one is to a thing that the server has not shown.
const EVERY: usize = 8;

/// How many optional parts a call has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fullness {
    /// None.
    Bare,
    /// Each with even chances.
    Random,
}

/// How many boundary cases an operation has: one for each boundary of each of its parts.
pub(crate) fn boundary_count(context: &Context<'_>, operation: usize) -> usize {
    context.compiled(operation).boundaries.len()
}

/// A call with one part at a boundary, and no other optional part.
pub(crate) fn boundary(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
) -> Option<Draft> {
    let compiled = context.compiled(key.operation);
    let (part, number) = compiled.boundaries.get(key.index)?;
    let sent = sent(compiled, *part)?;
    let value = sent.boundaries.get(*number)?.clone();
    let slot = Slot::new(*part, Tree::Fixed(value, None), Origin::Boundary, false);
    let mut draft = call(
        context,
        key,
        runner,
        Mode::Positive,
        Fullness::Bare,
        vec![slot],
    )?;
    if let Part::Parameter(index) = part {
        draft.unknown_id |= names_a_thing(compiled.parameters.get(*index)?.as_ref()?);
    }
    Some(draft)
}

/// Every boundary of an operation's parts.
pub(crate) fn boundaries(
    parameters: &[Option<CompiledParameter>],
    bodies: &[CompiledBody],
) -> Vec<(Part, usize)> {
    let mut boundaries = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let Some(parameter) = parameter else { continue };
        // The values that a server issues are its own to say.
        if parameter.is_opaque {
            continue;
        }
        let part = Part::Parameter(index);
        let values = parameter.sent.boundaries.iter().enumerate();
        let carried = values.filter(|(_, value)| parameter.write_valid(value).is_some());
        boundaries.extend(carried.map(|(number, _)| (part, number)));
    }
    for (index, body) in bodies.iter().enumerate() {
        let values = body.sent.iter().flat_map(|sent| sent.boundaries.iter());
        let carried = values.enumerate().filter(|(_, value)| {
            matches!(body.codec, BodyCodec::Json) || body.write_valid(value).is_some()
        });
        boundaries.extend(carried.map(|(number, _)| (Part::Body(index), number)));
    }
    boundaries
}

/// The schema of a part.
pub(crate) fn sent(compiled: &Compiled, part: Part) -> Option<&SentSchema> {
    match part {
        Part::Parameter(index) => Some(&compiled.parameters.get(index)?.as_ref()?.sent),
        Part::Body(index) => compiled.bodies.get(index)?.sent.as_deref(),
        Part::Identity => None,
    }
}

pub(crate) fn body_is_required(operation: &Operation) -> bool {
    let body = operation.request_body.as_ref();
    body.is_some_and(|body| body.required)
}

/// How many random cases an operation has: one for each alternative of its credentials is enough where a call has no
/// part that could differ.
pub(crate) fn random_count(context: &Context<'_>, operation: usize) -> usize {
    let compiled = context.compiled(operation);
    let has_parts = !compiled.bodies.is_empty() || compiled.parameters.iter().any(Option::is_some);
    if has_parts {
        context.plan.cases(operation)
    } else {
        let alternatives = credentials::alternatives(context, operation).max(1);
        context.plan.cases(operation).min(alternatives)
    }
}

/// A random call.
pub(crate) fn random(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
) -> Option<Draft> {
    let mut draft = call(
        context,
        key,
        runner,
        Mode::Positive,
        Fullness::Random,
        Vec::new(),
    )?;
    // What a law looks into must be of a type that it understands.
    let others = &context.compiled(key.operation).other_accepts;
    if key.phase == Phase::Random && key.index % 2 == 1 && !others.is_empty() {
        draft.accept = others[key.index / 2 % others.len()].clone();
    }
    Some(draft)
}

/// A random call whose parameters a link fills.
pub(crate) fn linked(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
    shot: &[(usize, Value)],
) -> Option<Draft> {
    let slots = shot.iter().map(|(index, value)| {
        Slot::new(
            Part::Parameter(*index),
            Tree::Fixed(value.clone(), None),
            Origin::Shown,
            false,
        )
    });
    call(
        context,
        key,
        runner,
        Mode::Positive,
        Fullness::Bare,
        slots.collect(),
    )
}

/// A call whose parameters are given and whose body is drawn, where the operation takes one. What the call can do
/// without is left out, so that the body alone decides what it does.
pub(crate) fn with_body(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
    given: &[(usize, Value)],
) -> Option<Draft> {
    let slots = given.iter().map(|(index, value)| {
        let tree = Tree::Fixed(value.clone(), None);
        Slot::new(Part::Parameter(*index), tree, Origin::Shown, false)
    });
    let mut slots: Vec<Slot> = slots.collect();
    if let Some((index, body, _)) = context.compiled(key.operation).json_body() {
        let tree = draw_body(body, runner)?;
        slots.push(Slot::new(Part::Body(index), tree, Origin::Drawn, false));
    }
    call(context, key, runner, Mode::Positive, Fullness::Bare, slots)
}

/// A valid call with the slots that are given, and others drawn.
pub(crate) fn call(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
    mode: Mode,
    fullness: Fullness,
    given: Vec<Slot>,
) -> Option<Draft> {
    let compiled = context.compiled(key.operation);
    let mut draft = Draft::new(context, key, mode);
    draft.credentials =
        credentials::alternative(context, key.operation, key.index).unwrap_or_default();
    draft.slots = given;
    // A valid call to a thing that is not there is worth a case as well; other modes need one that is.
    let names_things = compiled.parameters.iter().flatten().any(names_a_thing);
    let wants_nothing = names_things
        && draft.mode == Mode::Positive
        && key.phase == Phase::Random
        && key.index % EVERY == EVERY / 2;
    if names_things && !wants_nothing {
        find_things(context, &mut draft, runner);
    }
    for (index, parameter) in compiled.parameters.iter().enumerate() {
        let (part, Some(parameter)) = (Part::Parameter(index), parameter) else {
            continue;
        };
        if draft.has(part) {
            continue;
        }
        let is_wanted = parameter.required || fullness == Fullness::Random;
        let is_invented = wants_nothing && names_a_thing(parameter);
        let given = pick_given(context, key.operation, index, parameter, runner)
            .filter(|_| is_wanted && !is_invented);
        let (tree, origin) = if let Some(value) = given {
            (Tree::Fixed(value, None), Origin::Given)
        } else if !parameter.required
            && (fullness == Fullness::Bare || parameter.is_opaque || once_in(runner, 2))
        {
            continue;
        } else {
            let may_be_unknown = names_a_thing(parameter) || parameter.is_opaque;
            draft.unknown_id |= may_be_unknown;
            match pick_example(parameter, runner).filter(|_| may_be_unknown && !is_invented) {
                Some(value) => (Tree::Fixed(value, None), Origin::Example),
                // What only the server can make is not invented.
                None if parameter.is_opaque => return None,
                None => (draw_parameter(parameter, runner)?, Origin::Drawn),
            }
        };
        draft
            .slots
            .push(Slot::new(part, tree, origin, !parameter.required));
    }
    let is_required = body_is_required(context.operation(key.operation));
    if !compiled.bodies.is_empty()
        && !draft.has_body()
        && (is_required || (fullness == Fullness::Random && !once_in(runner, 4)))
    {
        let index = match fullness {
            Fullness::Bare => 0,
            Fullness::Random => below(runner, compiled.bodies.len()),
        };
        let tree = draw_body(&compiled.bodies[index], runner)?;
        let part = Part::Body(index);
        draft
            .slots
            .push(Slot::new(part, tree, Origin::Drawn, !is_required));
    }
    Some(draft)
}

/// Whether a parameter names a thing that exists or does not.
pub(crate) fn names_a_thing(parameter: &CompiledParameter) -> bool {
    matches!(parameter.place, Place::Path(_)) && !parameter.is_listed
}

/// Fills parameters from what the server has shown. What it has not shown stays to be given or drawn.
fn find_things(context: &Context<'_>, draft: &mut Draft, runner: &mut TestRunner) {
    let operation = draft.key.operation;
    let shown = context.shown.of(operation);
    if shown.is_empty() {
        return;
    }
    let shot = if context.operation(operation).method == http::Method::DELETE {
        // What removes a thing leaves none behind. So each valid call has a thing to itself, of the newer half; what
        // should be refused is asked of the older half, whether it is or not.
        let half = shown.len().div_ceil(2);
        if draft.mode == Mode::Positive {
            shown[half..]
                .iter()
                .rev()
                .nth(draft.key.index)
                .filter(|_| draft.key.phase == Phase::Random)
        } else {
            shown.get(below(runner, half))
        }
    } else {
        shown.get(below(runner, shown.len()))
    };
    let Some(shot) = shot else { return };
    // Who gives a value knows better than a guess, which may have led on from that value all the same.
    if shot.is_guess && has_given(context, operation) && once_in(runner, 2) {
        return;
    }
    let origin = if shot.is_guess {
        Origin::Guessed
    } else {
        Origin::Shown
    };
    for (index, value) in &shot.values {
        let part = Part::Parameter(*index);
        if !draft.has(part) {
            let tree = Tree::Fixed(value.clone(), None);
            draft.slots.push(Slot::new(part, tree, origin, false));
            draft.unknown_id |= shot.is_guess;
        }
    }
}

/// Whether the settings give a value for a parameter in the path.
fn has_given(context: &Context<'_>, operation: usize) -> bool {
    let mut parameters = context.operation(operation).parameters.iter().enumerate();
    parameters.any(|(place, parameter)| {
        parameter.location == Location::Path
            && context.plan.values(operation, place).next().is_some()
    })
}

/// One of the values that the settings give for a parameter, of those that its schema allows.
fn pick_given(
    context: &Context<'_>,
    operation: usize,
    place: usize,
    parameter: &CompiledParameter,
    runner: &mut TestRunner,
) -> Option<Value> {
    let given: Vec<Value> = context
        .plan
        .values(operation, place)
        .filter_map(|value| fitting(parameter, value))
        .collect();
    if given.is_empty() {
        return None;
    }
    Some(given[below(runner, given.len())].clone())
}

fn pick_example(parameter: &CompiledParameter, runner: &mut TestRunner) -> Option<Value> {
    let carried = |value: &&Value| parameter.write_valid(value).is_some();
    let examples: Vec<&Value> = parameter.examples.iter().filter(carried).collect();
    if examples.is_empty() {
        return None;
    }
    Some(examples[below(runner, examples.len())].clone())
}

/// A valid value of a parameter that can be put on the wire and keeps its meaning there.
pub(crate) fn draw_parameter(
    parameter: &CompiledParameter,
    runner: &mut TestRunner,
) -> Option<Tree> {
    (0..TRIES).find_map(|_| {
        let tree = parameter.sent.values.new_tree(runner).ok()?;
        parameter.write_valid(&tree.current())?;
        Some(Tree::Valid(Box::new(tree)))
    })
}

/// A valid body.
pub(crate) fn draw_body(body: &CompiledBody, runner: &mut TestRunner) -> Option<Tree> {
    let Some(sent) = &body.sent else {
        return Some(Tree::Fixed(draw_unsaid(body, runner), None));
    };
    (0..TRIES).find_map(|_| {
        let tree = sent.values.new_tree(runner).ok()?;
        let value = tree.current();
        // Where strategy and validator disagree, one of ours is wrong, not the server.
        let is_valid = match body.codec {
            BodyCodec::Json => sent.validator.is_valid(&value),
            _ => body.write_valid(&value).is_some(),
        };
        is_valid.then(|| Tree::Valid(Box::new(tree)))
    })
}

/// A body that no schema describes: one of its examples, or else any text at all.
fn draw_unsaid(body: &CompiledBody, runner: &mut TestRunner) -> Value {
    const LONGEST: usize = 32;
    if !body.examples.is_empty() {
        return body.examples[below(runner, body.examples.len())].clone();
    }
    let length = 1 + below(runner, LONGEST);
    let characters = (0..length).map(|_| {
        let number = match body.codec {
            BodyCodec::Binary => below(runner, 0x100),
            _ => 0x20 + below(runner, 0x5f),
        };
        char::from(number as u8)
    });
    Value::String(characters.collect())
}

/// Whether a valid body can be drawn at all.
pub(crate) fn can_be_drawn(body: &CompiledBody) -> bool {
    let Some(sent) = &body.sent else {
        return true;
    };
    let is_carried = |value| body.write_valid(value).is_some();
    sent.boundaries.iter().any(is_carried) || draw_body(body, &mut fixed_runner()).is_some()
}
