//! A case that can still change: its values are trees that shrink.
//!
//! A draft is to a case what proptest's `ValueTree` is to a value. It is driven by hand, because a run has many cases
//! in flight and proptest's own runner waits for each.

use std::fmt;

use bytes::Bytes;
use openapi_model::Pointer;
use proptest::strategy::ValueTree;
use proptest_schema::Violation as BrokenValue;
use serde_json::Value;

use super::Context;
use super::spoil::Spoil;
use crate::case::{Case, CaseKey, Credential, Mode, Oddity, Origin, Place};
use crate::contract::Contract;
use crate::paths::is_unambiguous;

/// Where the value of a part comes from, and how it shrinks.
pub(crate) enum Tree {
    /// A value that does not shrink; with the place in it that breaks a rule, where one does.
    Fixed(Value, Option<String>),
    Valid(Box<dyn ValueTree<Value = Value> + Send>),
    Broken(Box<dyn ValueTree<Value = BrokenValue> + Send>),
}

impl Tree {
    /// The value, and the place in it that breaks a rule, where one does.
    pub(crate) fn current(&self) -> (Value, Option<String>) {
        match self {
            Tree::Fixed(value, broken) => (value.clone(), broken.clone()),
            Tree::Valid(tree) => (tree.current(), None),
            Tree::Broken(tree) => {
                let BrokenValue { value, pointer, .. } = tree.current();
                (value, Some(pointer))
            }
        }
    }

    fn simplify(&mut self) -> bool {
        match self {
            Tree::Fixed(..) => false,
            Tree::Valid(tree) => tree.simplify(),
            Tree::Broken(tree) => tree.simplify(),
        }
    }

    fn complicate(&mut self) -> bool {
        match self {
            Tree::Fixed(..) => false,
            Tree::Valid(tree) => tree.complicate(),
            Tree::Broken(tree) => tree.complicate(),
        }
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.current().0)
    }
}

/// A part of a request that has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A parameter, by its place in `Operation::parameters`.
    Parameter(usize),
    /// A body of a media type, by its place among those that can be sent.
    Body(usize),
    /// The member of the body that makes the call one of its own. It has no slot: it is drawn anew or stays in the body.
    Identity,
}

/// A part and its value.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) part: Part,
    pub(crate) tree: Tree,
    pub(crate) origin: Origin,
    /// Whether the call is of the same kind without it.
    pub(crate) is_removable: bool,
    pub(crate) is_present: bool,
    /// The value at the last failure, when a shrink went too far for the tree to find back.
    pub(crate) kept: Option<(Value, Option<String>)>,
}

impl Slot {
    pub(crate) fn new(part: Part, tree: Tree, origin: Origin, is_removable: bool) -> Slot {
        Slot {
            part,
            tree,
            origin,
            is_removable,
            is_present: true,
            kept: None,
        }
    }
}

/// A case that can still change.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) key: CaseKey,
    pub(crate) mode: Mode,
    pub(crate) unknown_id: bool,
    pub(crate) method: http::Method,
    pub(crate) accept: String,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) slots: Vec<Slot>,
    /// What stands in `Content-Type` in the place of the body's own media type.
    pub(crate) media_type: Option<String>,
    pub(crate) spoil: Option<Spoil>,
    /// What stands in the body in the place of what was drawn there.
    pub(crate) identity: Option<(Pointer, Value)>,
    /// Where shrinking stands: first each slot is taken out, then each one's value gets simpler.
    cursor: usize,
    last: Option<Step>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Removed(usize),
    Simplified(usize),
}

impl Draft {
    pub(crate) fn new(context: &Context<'_>, key: CaseKey, mode: Mode) -> Draft {
        Draft {
            key,
            mode,
            unknown_id: false,
            method: context.operation(key.operation).method.clone(),
            accept: context.compiled(key.operation).accept.clone(),
            credentials: Vec::new(),
            slots: Vec::new(),
            media_type: None,
            spoil: None,
            identity: None,
            cursor: 0,
            last: None,
        }
    }

    pub(crate) fn has(&self, part: Part) -> bool {
        self.slots.iter().any(|slot| slot.part == part)
    }

    /// Whether there is a body, of whatever media type.
    pub(crate) fn has_body(&self) -> bool {
        let mut parts = self.slots.iter().map(|slot| slot.part);
        parts.any(|part| matches!(part, Part::Body(_)))
    }

    /// The case as it stands; `None` where it cannot be put on the wire, or would not be of its kind.
    pub(crate) fn case(&self, contract: &Contract) -> Option<Case> {
        let compiled = contract.compiled(self.key.operation);
        let mut case = Case {
            key: self.key,
            mode: self.mode.clone(),
            unknown_id: self.unknown_id,
            method: self.method.clone(),
            template: contract.api().operations[self.key.operation].path.clone(),
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            accept: self.accept.clone(),
            credentials: self.credentials.clone(),
            body: None,
            origins: Vec::new(),
        };
        let schemas = &contract.api().schemas;
        let keyword = match &self.mode {
            Mode::Negative(violation) => violation.keyword.as_str(),
            _ => "",
        };
        for slot in self.slots.iter().filter(|slot| slot.is_present) {
            let (mut value, broken) = slot.tree.current();
            match slot.part {
                Part::Body(index) => {
                    let compiled = compiled.bodies.get(index)?;
                    let mut body = match broken {
                        Some(pointer) => {
                            let body = compiled.write_broken(schemas, &value, keyword, &pointer)?;
                            if let Mode::Negative(violation) = &mut case.mode {
                                violation.place = Place::Body(pointer);
                            }
                            body
                        }
                        None => {
                            if let Some((at, fresh)) = &self.identity
                                && let Some(member) = value.pointer_mut(at.as_str())
                            {
                                *member = fresh.clone();
                            }
                            compiled.write_valid(&value)?
                        }
                    };
                    if let Some(spoil) = self.spoil {
                        body.bytes = Bytes::from(spoil.apply(body.bytes.to_vec()));
                    }
                    if let Some(media_type) = &self.media_type {
                        body.media_type = media_type.clone();
                    }
                    case.body = Some(body);
                    case.origins.push((Place::Body(String::new()), slot.origin));
                }
                // It is in the body.
                Part::Identity => {}
                Part::Parameter(index) => {
                    let parameter = compiled.parameters.get(index)?.as_ref()?;
                    let mut pairs = if broken.is_some() {
                        parameter.write_broken(schemas, &value, keyword)?
                    } else {
                        parameter.codec.write(&value, false)?
                    };
                    match &parameter.place {
                        Place::Path(_) => case.path.append(&mut pairs),
                        Place::Query(_) => case.query.append(&mut pairs),
                        Place::Header(_) => case.headers.append(&mut pairs),
                        Place::Cookie(_) => case.cookies.append(&mut pairs),
                        Place::Body(_) => return None,
                    }
                    case.origins.push((parameter.place.clone(), slot.origin));
                }
            }
        }
        if !is_unambiguous(&case.template, &compiled.rivals, &case.path) {
            return None;
        }
        match &self.mode {
            Mode::Odd(Oddity::UnknownQueryName) => {
                case.query
                    .push(("no-such-parameter".to_owned(), "1".to_owned()));
            }
            Mode::Odd(Oddity::RepeatedQueryName) => {
                let again = case.query.first()?.clone();
                case.query.push(again);
            }
            _ => {}
        }
        Some(case)
    }

    /// Puts other values in the place of those that were given, by their place in `Operation::parameters`.
    pub(crate) fn give(&mut self, given: &[(usize, Value)]) {
        for (index, value) in given {
            let part = Part::Parameter(*index);
            if let Some(slot) = self.slots.iter_mut().find(|slot| slot.part == part) {
                slot.tree = Tree::Fixed(value.clone(), None);
            }
        }
    }

    /// Whether a step was taken that can be taken back.
    pub(crate) fn is_changed(&self) -> bool {
        self.last.is_some()
    }

    /// Makes the case smaller; `false` when it is as small as it gets.
    pub(crate) fn simplify(&mut self) -> bool {
        let count = self.slots.len();
        while self.cursor < 2 * count {
            let index = self.cursor % count;
            let slot = &mut self.slots[index];
            if self.cursor < count {
                self.cursor += 1;
                if slot.is_present && slot.is_removable {
                    slot.is_present = false;
                    self.last = Some(Step::Removed(index));
                    return true;
                }
            } else if slot.is_present && slot.tree.simplify() {
                self.last = Some(Step::Simplified(index));
                return true;
            } else {
                self.cursor += 1;
            }
        }
        self.last = None;
        false
    }

    /// Takes back part of the last step; `false` when nothing is left to take back but the step as a whole, which is
    /// then undone.
    pub(crate) fn complicate(&mut self) -> bool {
        match self.last {
            None => false,
            Some(Step::Removed(index)) => {
                self.slots[index].is_present = true;
                self.last = None;
                false
            }
            Some(Step::Simplified(index)) => {
                let slot = &mut self.slots[index];
                if slot.tree.complicate() {
                    return true;
                }
                if let Some((value, broken)) = slot.kept.clone() {
                    slot.tree = Tree::Fixed(value, broken);
                }
                self.cursor += 1;
                self.last = None;
                false
            }
        }
    }

    /// Remembers the values as they stand: the case fails with them.
    pub(crate) fn keep(&mut self) {
        for slot in &mut self.slots {
            slot.kept = Some(slot.tree.current());
        }
    }
}
