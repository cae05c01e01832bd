//! What a law draws for its calls.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use proptest::num::usize::BinarySearch;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::Value;

use crate::case::{Case, CaseKey, Phase, Place};
use crate::generate::{Context, Draft, Part, anew, linked, renewable, valid, with_body};

/// What a law draws for its calls: the same for each step, however often it is asked, until it shrinks.
///
/// A step is the place of its exchange in the sequence.
#[derive(Debug)]
pub struct Draws<'r> {
    context: Context<'r>,
    number: usize,
    index: usize,
    /// By their step, with the parts that are drawn anew each time the sequence is made.
    drafts: RefCell<BTreeMap<usize, (Draft, Vec<Part>)>>,
    /// By their number.
    choices: RefCell<BTreeMap<usize, Choice>>,
    /// Cases that are not drawn, by their step.
    given: BTreeMap<usize, Case>,
    /// Whether anything is drawn anew.
    is_renewed: bool,
    /// How often the sequence was made.
    time: Cell<usize>,
}

/// A number that gets smaller.
#[derive(Debug)]
struct Choice {
    tree: BinarySearch,
    kept: Option<usize>,
    is_changed: bool,
}

/// Choices are drawn as parts of this, since how many there are to choose from depends on the answers.
const WHOLE: usize = 1 << 8;

/// Choices and fresh texts have generators of their own, apart from those of the steps.
const CHOICES: usize = 1 << 40;
const FRESH: usize = 1 << 41;

impl<'r> Draws<'r> {
    pub(crate) fn new(context: Context<'r>, number: usize, index: usize) -> Draws<'r> {
        Draws {
            context,
            number,
            index,
            drafts: RefCell::default(),
            choices: RefCell::default(),
            given: BTreeMap::new(),
            is_renewed: false,
            time: Cell::new(0),
        }
    }

    /// Draws that differ, each time the sequence is made, in what need not stay the same.
    pub(crate) fn renewed(context: Context<'r>, number: usize, index: usize) -> Draws<'r> {
        Draws {
            is_renewed: true,
            ..Draws::new(context, number, index)
        }
    }

    /// Cases that were drawn before, and now are given.
    pub(crate) fn again(
        context: Context<'r>,
        number: usize,
        index: usize,
        given: BTreeMap<usize, Case>,
    ) -> Draws<'r> {
        Draws {
            given,
            ..Draws::new(context, number, index)
        }
    }

    /// Which of the law's sequences it is, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// A valid call for a step, its optional parts at random.
    pub fn valid(&self, step: usize, operation: usize) -> Option<Case> {
        self.draft(step, operation, &[], |key| {
            valid(&self.context, key, &mut self.context.runner(key, step))
        })
    }

    /// A valid call for a step with what it cannot do without.
    pub fn bare(&self, step: usize, operation: usize) -> Option<Case> {
        self.draft(step, operation, &[], |key| {
            let mut runner = self.context.runner(key, step);
            linked(&self.context, key, &mut runner, &[])
        })
    }

    /// A valid call for a step whose parameters are given, by their place in `Operation::parameters`. It has a body,
    /// where the operation takes one, and no other optional part.
    pub fn with_body(
        &self,
        step: usize,
        operation: usize,
        given: &[(usize, Value)],
    ) -> Option<Case> {
        self.draft(step, operation, given, |key| {
            let mut runner = self.context.runner(key, step);
            with_body(&self.context, key, &mut runner, given)
        })
    }

    /// A valid call for a step whose parameters are given, by their place in `Operation::parameters`.
    pub fn linked(&self, step: usize, operation: usize, given: &[(usize, Value)]) -> Option<Case> {
        // What is given follows from the answers, so nothing is kept that could shrink.
        let key = self.key(operation);
        let part = if self.is_renewed {
            self.generator(step)
        } else {
            step
        };
        let mut runner = self.context.runner(key, part);
        linked(&self.context, key, &mut runner, given)?.case(self.context.contract)
    }

    /// A number below `bound`, the same for each asking number: 0 where there is nothing to choose from.
    pub fn choice(&self, number: usize, bound: usize) -> usize {
        let mut choices = self.choices.borrow_mut();
        let choice = choices.entry(number).or_insert_with(|| {
            let mut runner = self.context.runner(self.key(0), CHOICES + number);
            let tree = (0..WHOLE).new_tree(&mut runner);
            Choice {
                tree: tree.unwrap_or_else(|_| BinarySearch::new(0)),
                kept: None,
                is_changed: false,
            }
        });
        choice.tree.current() * bound / WHOLE
    }

    /// Letters and digits that no other sequence of the run has, nor the same one when it is made again.
    pub fn fresh(&self, step: usize) -> String {
        let mut runner = self
            .context
            .runner(self.key(0), FRESH + self.generator(step));
        let mut part = || crate::seed::below(&mut runner, 1 << 32);
        format!("{:08x}{:08x}", part(), part())
    }

    fn draft(
        &self,
        step: usize,
        operation: usize,
        given: &[(usize, Value)],
        draw: impl Fn(CaseKey) -> Option<Draft>,
    ) -> Option<Case> {
        if let Some(case) = self.given.get(&step) {
            let is_it = case.key.operation == operation;
            return is_it.then(|| self.give(case.clone(), given))?;
        }
        let key = self.key(operation);
        let mut drafts = self.drafts.borrow_mut();
        let (draft, _) = match drafts.entry(step) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let mut draft = draw(key)?;
                let mut parts = Vec::new();
                if self.is_renewed {
                    parts = renewable(&self.context, &draft);
                    anew(&self.context, &mut draft, &parts, self.generator(step));
                }
                entry.insert((draft, parts))
            }
        };
        // What it was drawn for may be another thing by now.
        draft.give(given);
        draft.case(self.context.contract)
    }

    /// Puts path parameters into a case that was drawn for another thing.
    fn give(&self, mut case: Case, given: &[(usize, Value)]) -> Option<Case> {
        let parameters = &self.context.compiled(case.key.operation).parameters;
        for (index, value) in given {
            let parameter = parameters.get(*index)?.as_ref()?;
            if matches!(parameter.place, Place::Path(_)) {
                let written = parameter.codec.write(value, false)?;
                case.path
                    .retain(|(name, _)| !written.iter().any(|(new, _)| new == name));
                case.path.extend(written);
            }
        }
        Some(case)
    }

    /// One generator for each step each time; the steps of a law are few.
    fn generator(&self, step: usize) -> usize {
        (self.time.get() + 1) * 1_000 + step
    }

    fn key(&self, operation: usize) -> CaseKey {
        CaseKey {
            operation,
            phase: Phase::Law(self.number),
            index: self.index,
        }
    }

    /// The steps that were drawn, or given in the place of that.
    pub(crate) fn steps(&self) -> Vec<usize> {
        let drawn = self.drafts.borrow();
        drawn.keys().chain(self.given.keys()).copied().collect()
    }

    /// Draws anew what need not stay the same.
    pub(crate) fn anew(&self, time: usize) {
        self.time.set(time);
        for (step, (draft, parts)) in self.drafts.borrow_mut().iter_mut() {
            anew(&self.context, draft, parts, self.generator(*step));
        }
    }

    /// Where what is drawn anew stands, by step.
    pub(crate) fn renewed_places(&self) -> BTreeMap<usize, Vec<Place>> {
        let drafts = self.drafts.borrow();
        let places = drafts
            .iter()
            .map(|(step, (draft, parts))| (*step, draft.places(self.context.contract, parts)));
        places.collect()
    }

    pub(crate) fn simplify(&self) -> bool {
        let mut drafts = self.drafts.borrow_mut();
        self.choices.borrow_mut().values_mut().any(Choice::simplify)
            || drafts.values_mut().any(|(draft, _)| draft.simplify())
    }

    /// Takes back the last step, which only one of the draws has made.
    pub(crate) fn complicate(&self) -> bool {
        let mut choices = self.choices.borrow_mut();
        if let Some(choice) = choices.values_mut().find(|choice| choice.is_changed) {
            return choice.complicate();
        }
        let mut drafts = self.drafts.borrow_mut();
        let changed = drafts.values_mut().find(|(draft, _)| draft.is_changed());
        changed.is_some_and(|(draft, _)| draft.complicate())
    }

    pub(crate) fn keep(&self) {
        self.choices
            .borrow_mut()
            .values_mut()
            .for_each(Choice::keep);
        let mut drafts = self.drafts.borrow_mut();
        drafts.values_mut().for_each(|(draft, _)| draft.keep());
    }
}

impl Choice {
    fn simplify(&mut self) -> bool {
        self.is_changed = self.tree.simplify();
        self.is_changed
    }

    fn complicate(&mut self) -> bool {
        if self.tree.complicate() {
            return true;
        }
        if let Some(kept) = self.kept {
            self.tree = BinarySearch::new_above(kept, kept);
        }
        self.is_changed = false;
        false
    }

    fn keep(&mut self) {
        self.kept = Some(self.tree.current());
    }
}
