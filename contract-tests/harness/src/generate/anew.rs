//! Values that are drawn anew when a case is sent again.
//!
//! A server that takes a call may refuse the same call the second time, for a key that it has seen. So where a case is
//! sent more than once, what need not stay the same does not.

use openapi_model::Pointer;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::draft::{Draft, Part, Slot, Tree};
use super::{Context, draw_parameter, identity};
use crate::case::{Origin, Place};
use crate::contract::Contract;

/// The numbers of the generators that draw anew start here; those of a law's steps are smaller.
const ANEW: usize = 1_000;

/// The parts of a draft that may be drawn anew: valid parameters of our own choice, of a call that changes something, and
/// what makes it one of its own.
pub(crate) fn renewable(context: &Context<'_>, draft: &Draft) -> Vec<Part> {
    if draft.method.is_safe() {
        return Vec::new();
    }
    let parameters = &context.compiled(draft.key.operation).parameters;
    let is_renewable = |slot: &&Slot| {
        let Part::Parameter(index) = slot.part else {
            return false;
        };
        let is_ours = !matches!(slot.origin, Origin::Shown | Origin::Given)
            && !matches!(slot.tree, Tree::Broken(_) | Tree::Fixed(_, Some(_)));
        let Some(parameter) = parameters[index]
            .as_ref()
            .filter(|p| is_ours && !p.is_listed)
        else {
            return false;
        };
        // Kept for later, it is found again by its name.
        let (Place::Path(name) | Place::Query(name) | Place::Header(name) | Place::Cookie(name)) =
            &parameter.place
        else {
            return false;
        };
        let written = parameter.write_valid(&slot.tree.current().0);
        written.is_some_and(|pairs| pairs.iter().all(|(written, _)| written == name))
    };
    let parts = draft.slots.iter().filter(is_renewable);
    parts
        .map(|slot| slot.part)
        .chain(has_identity(context, draft).then_some(Part::Identity))
        .collect()
}

/// Whether the body is valid, and has what makes the call one of its own.
fn has_identity(context: &Context<'_>, draft: &Draft) -> bool {
    let Some(at) = identity::place(context.contract, draft.key.operation) else {
        return false;
    };
    draft.spoil.is_none()
        && draft.slots.iter().any(|slot| {
            let (value, broken) = slot.tree.current();
            matches!(slot.part, Part::Body(_))
                && broken.is_none()
                && value.pointer(at.as_str()).is_some()
        })
}

/// Draws parts anew. They do not shrink any more: what is small is soon used up.
pub(crate) fn anew(context: &Context<'_>, draft: &mut Draft, parts: &[Part], time: usize) {
    let mut runner = context.runner(draft.key, ANEW + time);
    if parts.contains(&Part::Identity) {
        draft.identity = draw_identity(context, draft, &mut runner);
    }
    for slot in draft
        .slots
        .iter_mut()
        .filter(|slot| parts.contains(&slot.part))
    {
        let Part::Parameter(index) = slot.part else {
            continue;
        };
        let parameter = context.compiled(draft.key.operation).parameters[index].as_ref();
        if let Some(tree) = parameter.and_then(|parameter| draw_parameter(parameter, &mut runner)) {
            slot.tree = Tree::Fixed(tree.current().0, None);
        }
    }
}

fn draw_identity(
    context: &Context<'_>,
    draft: &Draft,
    runner: &mut TestRunner,
) -> Option<(Pointer, Value)> {
    let operation = draft.key.operation;
    let at = identity::place(context.contract, operation)?;
    let mut bodies = draft.slots.iter().filter_map(|slot| match slot.part {
        Part::Body(index) => context.compiled(operation).bodies.get(index),
        _ => None,
    });
    let value = identity::draw(bodies.next()?, at, runner)?;
    Some((at.clone(), value))
}

impl Draft {
    /// Takes the trees of parts out, so that the parts keep their values and do not shrink.
    pub(crate) fn take_trees(&mut self, parts: &[Part]) -> Vec<(Part, Tree)> {
        let slots = self
            .slots
            .iter_mut()
            .filter(|slot| parts.contains(&slot.part));
        slots
            .map(|slot| {
                let fixed = Tree::Fixed(slot.tree.current().0, None);
                (slot.part, std::mem::replace(&mut slot.tree, fixed))
            })
            .collect()
    }

    /// Gives a part a tree.
    pub(crate) fn put_tree(&mut self, part: Part, tree: Tree) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.part == part) {
            slot.tree = tree;
        }
    }

    /// Where parts stand in the request.
    pub(crate) fn places(&self, contract: &Contract, parts: &[Part]) -> Vec<Place> {
        let parameters = &contract.compiled(self.key.operation).parameters;
        let present = self
            .slots
            .iter()
            .filter(|slot| slot.is_present && parts.contains(&slot.part));
        let parameter = present.filter_map(|slot| match slot.part {
            Part::Parameter(index) => parameters[index].as_ref(),
            _ => None,
        });
        let is_fresh = parts.contains(&Part::Identity);
        let identity = self.identity.as_ref().filter(|_| is_fresh);
        parameter
            .map(|parameter| parameter.place.clone())
            .chain(identity.map(|(at, _)| Place::Body(at.as_str().to_owned())))
            .collect()
    }
}
