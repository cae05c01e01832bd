//! Calls that the document allows: each boundary of each value, then random search.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::draft::{Draft, Part, Slot, Tree};
use super::{Context, credentials};
use crate::case::{CaseKey, Mode, Origin, Phase, Place};
use crate::contract::{CompiledBody, CompiledParameter};
use crate::seed::{below, once_in};

/// How often a value is drawn again that cannot be put on the wire.
const TRIES: usize = 20;

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
    let sent = match part {
        Part::Parameter(index) => &compiled.parameters.get(*index)?.as_ref()?.sent,
        Part::Body => &compiled.body.as_ref()?.sent,
    };
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
    body: Option<&CompiledBody>,
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
    if let Some(body) = body {
        boundaries.extend((0..body.sent.boundaries.len()).map(|number| (Part::Body, number)));
    }
    boundaries
}

/// How many random cases an operation has: one is enough where a call has no part that could differ.
pub(crate) fn random_count(context: &Context<'_>, operation: usize) -> usize {
    let compiled = context.compiled(operation);
    let has_parts = compiled.body.is_some() || compiled.parameters.iter().any(Option::is_some);
    if has_parts {
        context.plan.cases(operation)
    } else {
        context.plan.cases(operation).min(1)
    }
}

/// A random call.
pub(crate) fn random(
    context: &Context<'_>,
    key: CaseKey,
    runner: &mut TestRunner,
) -> Option<Draft> {
    call(
        context,
        key,
        runner,
        Mode::Positive,
        Fullness::Random,
        Vec::new(),
    )
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
    find_things(context, &mut draft, runner);
    for (index, parameter) in compiled.parameters.iter().enumerate() {
        let (part, Some(parameter)) = (Part::Parameter(index), parameter) else {
            continue;
        };
        if draft.slot(part).is_some() {
            continue;
        }
        let (tree, origin) = match pick_given(context, key.operation, index, runner) {
            Some(value) if parameter.required || fullness == Fullness::Random => {
                (Tree::Fixed(value, None), Origin::Given)
            }
            _ => {
                if !parameter.required
                    && (fullness == Fullness::Bare || parameter.is_opaque || once_in(runner, 2))
                {
                    continue;
                }
                draft.unknown_id |= names_a_thing(parameter) || parameter.is_opaque;
                (draw_parameter(parameter, runner)?, Origin::Drawn)
            }
        };
        draft
            .slots
            .push(Slot::new(part, tree, origin, !parameter.required));
    }
    if let Some(body) = &compiled.body
        && draft.slot(Part::Body).is_none()
        && (body.required || (fullness == Fullness::Random && !once_in(runner, 4)))
    {
        let tree = draw_body(body, runner)?;
        draft
            .slots
            .push(Slot::new(Part::Body, tree, Origin::Drawn, !body.required));
    }
    Some(draft)
}

/// Whether a parameter names a thing that exists or does not.
pub(crate) fn names_a_thing(parameter: &CompiledParameter) -> bool {
    matches!(parameter.place, Place::Path(_)) && !parameter.is_listed
}

/// Fills parameters from what the server has shown, or else from the settings. Where there is neither, or now and then
/// all the same, they stay for values that are drawn.
fn find_things(context: &Context<'_>, draft: &mut Draft, runner: &mut TestRunner) {
    let operation = draft.key.operation;
    let shown = context.shown.of(operation);
    let parameters = &context.compiled(operation).parameters;
    if !parameters.iter().flatten().any(names_a_thing) {
        return;
    }
    // A valid call to a thing that is not there is worth a case as well; other modes need one that is.
    if draft.mode == Mode::Positive && draft.slots.is_empty() && once_in(runner, 8) {
        return;
    }
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
    for (index, value) in shot.into_iter().flatten() {
        let part = Part::Parameter(*index);
        if draft.slot(part).is_none() {
            let tree = Tree::Fixed(value.clone(), None);
            draft
                .slots
                .push(Slot::new(part, tree, Origin::Shown, false));
        }
    }
}

/// One of the values that the settings give for a parameter.
fn pick_given(
    context: &Context<'_>,
    operation: usize,
    parameter: usize,
    runner: &mut TestRunner,
) -> Option<Value> {
    let given: Vec<&Value> = context.plan.values(operation, parameter).collect();
    if given.is_empty() {
        return None;
    }
    Some(given[below(runner, given.len())].clone())
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
    (0..TRIES).find_map(|_| {
        let tree = body.sent.values.new_tree(runner).ok()?;
        // Where strategy and validator disagree, one of ours is wrong, not the server.
        body.sent
            .validator
            .is_valid(&tree.current())
            .then(|| Tree::Valid(Box::new(tree)))
    })
}
