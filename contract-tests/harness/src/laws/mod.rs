//! What must hold between several exchanges.
//!
//! A law makes its calls one after the other, each from the answers so far, and judges them together. It says nothing
//! about single answers: the checks see each of its exchanges too, but for `positive_data_acceptance`, since a law knows
//! better why a call was refused.
//!
//! | law | applies to | holds when |
//! |---|---|---|
//! | `ensure_resource_availability` | what answers a creating call leads to a `GET`, by a link or by paths | that is not a 404 |
//! | `created_reads_back` | the same | it has the values that were sent, under the id that was asked for |
//! | `location_leads_to_created` | a 201 whose `Location` is below the base URL | it is where a link leads, or else a `GET` there finds it, with the values that were sent |
//! | `updated_reads_back` | a `PATCH` or `PUT` of a thing that can be read | it then has the values that were sent, and after `PATCH` its other values are as before |
//! | `use_after_free` | a `DELETE` of a thing that can be made and read | it is not found any more |
//! | `reading_changes_nothing` | a `GET` of a thing that can be listed or made | what a client can set is the same after it was read and listed |
//! | `created_once` | a creating call with an `Idempotency-Key`, or an identity that `x-contract` names | the same call again makes no second thing |
//! | `links_lead_where_they_say` | answers of JSON:API and HAL | `self`, `first`, `next` and `prev` do |
//! | `pages_give_every_item_once` | a list whose pages and items are known | walks with pages of any size give every item that was there once, end, and no page is too large |
//! | `filter_gives_its_items` | a parameter that is known to filter a list by a member | it gives items that satisfy it, and all of them that were there |
//! | `filters_combine` | a list with two such parameters | both together give the items that satisfy both |
//! | `ranges_partition` | a list with both ends of a range | each item with the member is on one side of a bound |
//! | `order_is_kept` | a list that is known to be sorted by a member | items come in that order, and the descending one is the reverse |
//! | `unissued_tokens_are_refused` | a parameter that takes positions in a list | a text that the server never gave out is refused |
//! | `created_is_listed` | a creating call beside a list that is not narrowed by itself | a walk over the whole list comes upon what was made; where no `x-contract` says that the list is complete, it is a note |
//!
//! Where the meaning of operations, parameters and members comes from, in this order:
//!
//! 1. OpenAPI `links`;
//! 2. `x-contract`, below;
//! 3. JSON:API and HAL, where the media type says so;
//! 4. names: `POST /things` makes what `GET /things/{id}` reads, `limit` is the size of a page, and a parameter that has
//!    the name and the type of a member filters by it.
//!
//! Names decide only where they can mean but one thing. Where nothing is known nothing is judged: a law that could apply
//! and does not is told with the reason ([`Inapplicable`]).
//!
//! Laws about lists run while no call is in flight that may change anything ([`Law::is_safe`]), and judge only items
//! that were known before. A walk over a list ends after some pages, however long the list is; laws that need whole
//! lists have one sequence that goes far, and judge of a longer list what came of it.
//!
//! # `x-contract`
//!
//! What the author of a document says where neither OpenAPI nor a convention can.
//!
//! On an operation:
//!
//! | member | says |
//! |---|---|
//! | `items` | where a list's answer has its items, as a JSON pointer; empty where the answer is the array |
//! | `id` | where the id is: in an item of a list, or in the answer that is one thing |
//! | `next` | where a list's answer has what leads to the next page: a URL, or the value of the parameter with `pages: cursor` |
//! | `complete` | `true` where a list shows everything that was made, unless a filter is asked for |
//! | `identity` | what makes two creating calls the same: see below |
//!
//! `identity` has `by`, the name of a header or a JSON pointer into the body; `again`, what the same call gives the
//! second time: `same` for the same thing (this is the default) or a status; and `changed`, the status of a call with
//! the same identity and another body.
//!
//! On a query parameter:
//!
//! | member | says |
//! |---|---|
//! | `filters` | the member of an item that it filters by, as a JSON pointer |
//! | `by` | how: `eq` (the default), `ne`, `gt`, `gte`, `lt`, `lte` or `contains` |
//! | `sorts` | an object: for each of its values, without a `-` for the other direction, the member that it sorts by |
//! | `pages` | its part in paging: `size`, `offset`, `number` or `cursor` |
//!
//! ```yaml
//! parameters:
//!   - name: since
//!     in: query
//!     schema: { type: string, format: date-time }
//!     x-contract: { filters: /createdAt, by: gte }
//! ```
//!
//! An unknown member, a value that means nothing and a pointer that leads to no declared member are diagnostics
//! ([`Contract::diagnostics`]): a fault there would silently turn a law off.

mod available;
mod deleted;
mod draws;
mod filters;
mod links;
mod listed;
mod location;
mod order;
mod pages;
mod read_back;
mod reading;
mod related;
mod sequence;
mod thing;
mod tokens;
mod twice;
mod update;
mod walk;

use std::fmt;

use openapi_model::{MediaType, Operation, Pointer, SchemaId};
use serde::Serialize;
use serde_json::Value;

use crate::case::Case;
use crate::checks::{Failure, Note, Outcome};
use crate::contract::Contract;
use crate::equality::differences;
use crate::exchange::Exchange;
use crate::media_type;

pub use draws::Draws;
pub use sequence::Sequence;
use sequence::{FewCalls, whole};
use walk::with_parameter;

/// The name of every law, whether or not a document gives rise to it.
pub const LAWS: [&str; 15] = [
    available::NAME,
    read_back::NAME,
    location::NAME,
    update::NAME,
    deleted::NAME,
    reading::NAME,
    twice::NAME,
    links::NAME,
    pages::NAME,
    filters::FILTER,
    filters::COMBINE,
    filters::RANGES,
    order::NAME,
    tokens::NAME,
    listed::NAME,
];

/// A named judgement of sequences of exchanges, and what they are.
///
/// A law itself is pure and keeps nothing; each [`Sequence`] keeps what it needs of its own exchanges.
pub trait Law: fmt::Debug + Send + Sync {
    /// The name, as reports have it.
    fn name(&self) -> &'static str;

    /// The operation that it starts with, by its place in `Api::operations`.
    fn operation(&self) -> usize;

    /// Every operation that it is known to call. It is tried where all of them may be called.
    fn calls(&self, _contract: &Contract) -> Vec<usize> {
        vec![self.operation()]
    }

    /// Whether each of its calls is safe (RFC 9110, section 9.2.1). Such laws judge what others make and change: they
    /// are tried while no other call is in flight but those of their kind.
    fn is_safe(&self) -> bool {
        false
    }

    /// Whether each of its calls that is not safe makes a thing, and none changes or deletes one. Such laws judge lists
    /// that may grow and not shrink: they are tried while no other call is in flight but those of their kind.
    fn only_adds(&self) -> bool {
        false
    }

    /// The laws without which this one's findings mean nothing: where one of these is broken for the same operation,
    /// what breaks this one is the same fault seen once more, and is not told again.
    fn stands_on(&self) -> &'static [&'static str] {
        &[]
    }

    /// How many sequences are tried, where each operation has so many random cases.
    fn sequences(&self, cases: usize) -> usize {
        cases.div_ceil(2)
    }

    /// A sequence of its calls, of which none is made yet.
    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's>;

    /// What it is about in its operation, where several of one name can be.
    fn about(&self, _contract: &Contract) -> Option<String> {
        None
    }

    /// Why exchanges that ended in a success can leave it nothing to judge.
    fn silence(&self) -> &'static str;
}

/// A law that says nothing of an operation, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inapplicable {
    /// The law.
    pub law: &'static str,
    /// The operation.
    pub operation: String,
    /// Why.
    pub reason: String,
}

/// The laws that a document gives rise to, and where they do not apply.
#[derive(Debug, Default)]
pub struct Derived {
    /// The laws.
    pub laws: Vec<Box<dyn Law>>,
    /// Where one could be expected and there is none.
    pub inapplicable: Vec<Inapplicable>,
    labels: Vec<String>,
}

impl Derived {
    fn add(&mut self, law: impl Law + 'static) {
        self.laws.push(Box::new(law));
    }

    fn skip(&mut self, law: &'static str, operation: usize, reason: impl Into<String>) {
        self.inapplicable.push(Inapplicable {
            law,
            operation: self.labels[operation].clone(),
            reason: reason.into(),
        });
    }
}

/// The laws that the document gives rise to.
pub fn laws(contract: &Contract) -> Derived {
    let operations = contract.api().operations.iter();
    let mut derived = Derived {
        labels: operations.map(Operation::label).collect(),
        ..Derived::default()
    };
    for derive in [
        available::derive,
        read_back::derive,
        location::derive,
        update::derive,
        deleted::derive,
        reading::derive,
        twice::derive,
        links::derive,
        pages::derive,
        filters::derive,
        order::derive,
        tokens::derive,
        listed::derive,
    ] {
        derive(contract, &mut derived);
    }
    let (laws, untestable) = std::mem::take(&mut derived.laws)
        .into_iter()
        .partition(|law| contract.compiled(law.operation()).untestable.is_none());
    derived.laws = laws;
    for law in untestable {
        let reason = contract.compiled(law.operation()).untestable.clone();
        derived.skip(law.name(), law.operation(), reason.unwrap_or_default());
    }
    derived
}

/// How many sequences a law has that makes many calls in each.
fn few(cases: usize) -> usize {
    cases.div_ceil(20)
}

/// The call with a page of the size that comes next to the wanted one among those that the document allows.
fn sized(contract: &Contract, case: &Case, parameter: usize, wanted: usize) -> Option<Case> {
    let described = &contract.api().operations[case.key.operation].parameters[parameter];
    let schemas = &contract.api().schemas;
    let schema = schemas.get(schemas.resolve(described.schema?));
    let bound = |number: &Option<serde_json::Number>| number.as_ref().and_then(|n| n.as_u64());
    let least = bound(&schema.minimum).unwrap_or(1).max(1);
    let most = bound(&schema.maximum).unwrap_or(u64::MAX);
    let size = u64::try_from(wanted).ok()?.max(least).min(most);
    with_parameter(contract, case, parameter, &Value::from(size))
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

/// Judges a call that found what another one made: it holds what was sent.
fn holds_as_sent(
    contract: &Contract,
    made: &Exchange,
    found: &Exchange,
    expected: &Pointer,
) -> Outcome {
    let Some(answer) = found.success() else {
        return Outcome::NotApplicable;
    };
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
    values_hold(contract, (sent, sent_as), (came, came_as), expected)
}

/// Judges whether values came back as they were sent, each beside its schema.
fn values_hold(
    contract: &Contract,
    sent: (&Value, SchemaId),
    came: (&Value, SchemaId),
    expected: &Pointer,
) -> Outcome {
    let differences = differences(&contract.api().schemas, sent, came);
    let (slight, real): (Vec<_>, Vec<_>) = differences.into_iter().partition(|d| d.is_slight);
    let mut failures: Vec<Failure> = Vec::new();
    for d in real {
        // Each cause once, however many members have it.
        if !failures.iter().any(|failure| failure.cause == d.place) {
            failures.push(Failure {
                message: format!("at `{}`, {}", d.pointer, d.message),
                expected: expected.clone(),
                cause: d.place,
            });
        }
    }
    if !failures.is_empty() {
        return Outcome::Broken(failures);
    }
    match slight.first() {
        Some(d) => Outcome::Unspecified(Note::new(format!(
            "at `{}`, {}: below a microsecond",
            d.pointer, d.message
        ))),
        None => Outcome::Held,
    }
}
