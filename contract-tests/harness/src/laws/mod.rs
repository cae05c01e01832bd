//! What must hold between several exchanges.
//!
//! A law makes its calls one after the other, each from the answers so far, and judges them together. It says nothing
//! about single answers: the checks see each of its exchanges too, but for `positive_data_acceptance`, since a law knows
//! better why a call was refused.
//!
//! | law | applies to | holds when |
//! |---|---|---|
//! | `created_reads_back` | a link from what answers POST, PUT or PATCH to a GET | the GET finds it, under the id it was asked for, with the values that were sent |
//! | `location_leads_to_created` | a 201 whose `Location` is a GET of the document | it is where a link leads, or else the GET finds it, with the values that were sent |

mod location;
mod read_back;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use http::Method;
use openapi_model::{MediaType, Pointer, SchemaId};
use serde_json::Value;

use crate::case::{Case, CaseKey, Phase, Place};
use crate::checks::{Failure, Note, Outcome};
use crate::contract::Contract;
use crate::equality::differences;
use crate::exchange::Exchange;
use crate::generate::{Context, Draft, Part, anew, linked, renewable, valid};
use crate::media_type;

/// A named judgement of a sequence of exchanges, and what they are.
pub trait Law: fmt::Debug + Send + Sync {
    /// The name, as reports have it.
    fn name(&self) -> &'static str;

    /// The operation that it starts with, by its place in `Api::operations`.
    fn operation(&self) -> usize;

    /// The next call, after the exchanges so far; `None` when there is nothing more to ask.
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case>;

    /// The judgement of the exchanges.
    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome;
}

/// The laws that the document gives rise to.
pub fn laws(contract: &Contract) -> Vec<Box<dyn Law>> {
    let mut laws: Vec<Box<dyn Law>> = Vec::new();
    for (index, operation) in contract.api().operations.iter().enumerate() {
        let makes = matches!(operation.method, Method::POST | Method::PUT | Method::PATCH);
        if !makes || contract.compiled(index).untestable.is_some() {
            continue;
        }
        for number in 0..contract.compiled(index).links.len() {
            laws.extend(
                read_back::ReadBack::new(contract, index, number).map(|law| Box::new(law) as _),
            );
        }
        laws.extend(location::Location::new(contract, index).map(|law| Box::new(law) as _));
    }
    laws
}

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
    /// Cases that are not drawn, by their step.
    given: BTreeMap<usize, Case>,
    /// Whether anything is drawn anew.
    is_renewed: bool,
    /// How often the sequence was made.
    time: Cell<usize>,
}

impl<'r> Draws<'r> {
    pub(crate) fn new(context: Context<'r>, number: usize, index: usize) -> Draws<'r> {
        Draws {
            context,
            number,
            index,
            drafts: RefCell::default(),
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

    /// A valid call for a step, its optional parts at random.
    pub fn valid(&self, step: usize, operation: usize) -> Option<Case> {
        if let Some(case) = self.given.get(&step) {
            return (case.key.operation == operation).then(|| case.clone());
        }
        let key = self.key(operation);
        let mut drafts = self.drafts.borrow_mut();
        let (draft, _) = match drafts.entry(step) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let mut runner = self.context.runner(key, step);
                let mut draft = valid(&self.context, key, &mut runner)?;
                let mut parts = Vec::new();
                if self.is_renewed {
                    parts = renewable(&self.context, &draft);
                    anew(&self.context, &mut draft, &parts, self.generator(step));
                }
                entry.insert((draft, parts))
            }
        };
        draft.case(self.context.contract)
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
    pub(crate) fn fresh(&self) -> BTreeMap<usize, Vec<Place>> {
        let drafts = self.drafts.borrow();
        let places = drafts
            .iter()
            .map(|(step, (draft, parts))| (*step, draft.places(self.context.contract, parts)));
        places.collect()
    }

    pub(crate) fn simplify(&self) -> bool {
        let mut drafts = self.drafts.borrow_mut();
        drafts.values_mut().any(|(draft, _)| draft.simplify())
    }

    /// Takes back the last step, which only one of the drafts has made.
    pub(crate) fn complicate(&self) -> bool {
        let mut drafts = self.drafts.borrow_mut();
        let changed = drafts.values_mut().find(|(draft, _)| draft.is_changed());
        changed.is_some_and(|(draft, _)| draft.complicate())
    }

    pub(crate) fn keep(&self) {
        let mut drafts = self.drafts.borrow_mut();
        drafts.values_mut().for_each(|(draft, _)| draft.keep());
    }
}

/// The schema of a success's JSON body.
fn schema_of<'m>(
    mut content: impl Iterator<Item = (&'m String, &'m MediaType)>,
) -> Option<SchemaId> {
    content.find_map(|(name, content)| {
        content
            .schema
            .filter(|_| media_type::json_within(name).is_some())
    })
}

/// The schema of the JSON body that was sent.
fn sent_as(contract: &Contract, made: &Exchange) -> Option<SchemaId> {
    let body = made.case.body.as_ref()?;
    let compiled = contract.compiled(made.case.key.operation).body(body)?;
    let is_json = media_type::is_json(&body.media_type);
    compiled
        .sent
        .as_ref()
        .filter(|_| is_json)
        .map(|sent| sent.schema)
}

/// Judges a call that should have found what another one made: it is found, and holds what was sent.
fn found_as_sent(
    contract: &Contract,
    made: &Exchange,
    found: &Exchange,
    expected: &Pointer,
    leads: &str,
) -> Outcome {
    let Ok(answer) = &found.answer else {
        return Outcome::NotApplicable;
    };
    let code = answer.status.as_u16();
    if matches!(code, 429 | 500..) {
        return Outcome::NotApplicable;
    }
    let fail = |message: String, cause: String| Failure {
        message,
        expected: expected.clone(),
        cause,
    };
    if !answer.status.is_success() {
        let message = format!("{leads}, and the server answers {code} there");
        return Outcome::Broken(vec![fail(message, code.to_string())]);
    }
    let schemas = &contract.api().schemas;
    let found_operation = &contract.api().operations[found.case.key.operation];
    let response = found_operation.response(answer.status);
    let (Some(sent), Some(sent_as), Some(came), Some(came_as)) = (
        made.case.body.as_ref().map(|body| &body.value),
        sent_as(contract, made),
        answer.value(),
        response.and_then(|response| schema_of(response.content.iter())),
    ) else {
        return Outcome::Held;
    };
    let differences = differences(schemas, (sent, sent_as), (came, came_as));
    let (slight, real): (Vec<_>, Vec<_>) = differences.into_iter().partition(|d| d.is_slight);
    if !real.is_empty() {
        return Outcome::Broken(
            real.into_iter()
                .map(|d| fail(format!("at `{}`, {}", d.pointer, d.message), d.pointer))
                .collect(),
        );
    }
    match slight.first() {
        Some(d) => Outcome::Unspecified(Note::new(format!(
            "at `{}`, {}: below a microsecond",
            d.pointer, d.message
        ))),
        None => Outcome::Held,
    }
}
