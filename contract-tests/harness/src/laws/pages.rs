//! `pages_give_every_item_once`: however large the pages are, a walk over them gives every item once, and ends.
//!
//! The list is walked two or three times with pages of different sizes. Only items that an earlier walk has shown are
//! missed in a later one: others may have been made meanwhile, by somebody else.

use std::collections::BTreeSet;

use openapi_model::Pointer;

use super::walk::{End, Walk, far_once, follows_links};
use super::{Derived, Draws, Law, Sequence, few, sized};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;
use crate::parameters::query_decode;

pub(super) const NAME: &str = "pages_give_every_item_once";
const WALKS: usize = 3;

/// The law for one list.
#[derive(Debug)]
struct Pages {
    list: usize,
    operation: usize,
}

/// The law for every list whose pages and items are known.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, list) in contract.meaning().lists.iter().enumerate() {
        let operation = list.operation;
        match (&list.paging, &list.id) {
            (Err(reason), _) => derived.skip(NAME, operation, reason.clone()),
            (Ok(_), None) => derived.skip(
                NAME,
                operation,
                "nothing tells its items apart: they have no `id`",
            ),
            (Ok(_), Some(_)) => derived.add(Pages {
                list: index,
                operation,
            }),
        }
    }
}

impl Law for Pages {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn silence(&self) -> &'static str {
        "the list had no item, or no second page that we can follow"
    }

    fn is_safe(&self) -> bool {
        true
    }

    fn sequences(&self, cases: usize) -> usize {
        few(cases)
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        Box::new(Walks {
            contract,
            draws,
            list: &contract.meaning().lists[self.list],
            first: None,
            walk: None,
            over: 0,
            is_refused: false,
            target: String::new(),
            known: BTreeSet::new(),
            is_judged: false,
            failures: Vec::new(),
        })
    }
}

/// Walks over one list, one after the other.
struct Walks<'s> {
    contract: &'s Contract,
    draws: &'s Draws<'s>,
    list: &'s List,
    /// The first walk, when it is over.
    first: Option<First>,
    /// The walk that is not over.
    walk: Option<Walk<'s>>,
    /// How many walks are over.
    over: usize,
    /// Whether the last one met what is no page: then there is no more to learn.
    is_refused: bool,
    /// What the last page was asked for with.
    target: String,
    /// The items of the walks that are over.
    known: BTreeSet<String>,
    is_judged: bool,
    /// Where there are any, nothing more is asked.
    failures: Vec<Failure>,
}

/// What the other walks go by.
struct First {
    case: Case,
    items: usize,
    on_first_page: usize,
}

impl Sequence for Walks<'_> {
    fn next(&self) -> Option<Case> {
        if !self.failures.is_empty() {
            return None;
        }
        match &self.walk {
            Some(walk) => walk.next(),
            None => self.start(),
        }
    }

    fn take(&mut self, exchange: Exchange) {
        let begin = || {
            let most = far_once(self.draws);
            Walk::begin(self.contract, self.list, &exchange.case, most)
        };
        let mut walk = self.walk.take().unwrap_or_else(begin);
        let here = walk.take(&exchange).len();
        let too_large = too_large(self.contract, self.list, &exchange, (walk.pages, here));
        self.failures.extend(too_large);
        if walk.is_over() {
            self.ended(&walk, &exchange);
        } else {
            self.walk = Some(walk);
        }
        self.target = exchange.request.target;
    }

    fn judge(&self) -> Outcome {
        match (
            self.failures.is_empty(),
            self.is_judged && !self.known.is_empty(),
        ) {
            (false, _) => Outcome::Broken(self.failures.clone()),
            (true, true) => Outcome::Held,
            (true, false) => Outcome::NotApplicable,
        }
    }
}

impl Walks<'_> {
    /// The first page of the next walk.
    fn start(&self) -> Option<Case> {
        let (list, draws) = (self.list, self.draws);
        let sized = |case: &Case, parameter, wanted| sized(self.contract, case, parameter, wanted);
        let Some(first) = &self.first else {
            let case = draws.bare(0, list.operation)?;
            return list
                .size
                .and_then(|size| sized(&case, size, 100))
                .or(Some(case));
        };
        if self.is_refused || self.over == WALKS {
            return None;
        }
        let Some(parameter) = list.size else {
            return (self.over == 1).then(|| first.case.clone());
        };
        // Another walk with pages of another size; one without any size, as most callers make it; or both.
        match (draws.choice(0, 3), self.over) {
            (0, 1) | (2, 1) => {}
            (1, 1) | (2, 2) => return draws.bare(0, list.operation),
            _ => return None,
        }
        // From a few large pages to many small ones.
        let pages = 2 + draws.choice(1, 12);
        let wanted = first.items.div_ceil(pages) + draws.choice(2, 2);
        let wanted = wanted.min(first.on_first_page.saturating_sub(1)).max(1);
        sized(&first.case, parameter, wanted).or_else(|| Some(first.case.clone()))
    }

    /// Judges a walk that ended with that exchange.
    fn ended(&mut self, walk: &Walk<'_>, last: &Exchange) {
        let pointer = &self.contract.api().operations[self.list.operation].pointer;
        match &walk.end {
            End::Open(_) | End::GivenUp => {}
            End::Endless => self.failures.push(failure(
                pointer,
                format!(
                    "the walk does not end: page {} leads to one that was there before",
                    walk.pages
                ),
                "endless",
            )),
            // Positions that we make up may lie beyond what a server allows.
            End::Refused if walk.pages > 1 && follows_links(self.list) => {
                self.failures.extend(not_there(pointer, &self.target, last));
            }
            End::Refused => {}
            End::Repeated { id, before } => {
                let message = format!(
                    "the item `{id}` comes twice in one walk, on pages {} and {}",
                    before + 1,
                    walk.pages
                );
                self.failures.push(failure(pointer, message, "twice"));
            }
            End::Whole => {
                if let Some(id) = self.known.iter().find(|id| !walk.ids.contains_key(*id)) {
                    let message = format!(
                        "the item `{id}` was there before, and a walk over {} pages does not come upon it",
                        walk.pages
                    );
                    self.failures.push(failure(pointer, message, "missing"));
                }
            }
        }
        self.is_judged |= match walk.end {
            End::Open(_) | End::Refused => false,
            End::Whole | End::Endless | End::Repeated { .. } => true,
            // What came of a longer list came once.
            End::GivenUp => walk.pages > 1,
        };
        self.is_refused = walk.end == End::Refused;
        self.known.extend(walk.ids.keys().cloned());
        self.over += 1;
        self.first.get_or_insert_with(|| First {
            case: walk.first.clone(),
            items: walk.items,
            on_first_page: walk.ids.values().filter(|page| **page == 0).count(),
        });
    }
}

fn failure(pointer: &Pointer, message: String, cause: &str) -> Failure {
    Failure {
        message,
        expected: pointer.clone(),
        cause: cause.to_owned(),
    }
}

/// The failure where a page, by its number and how many items it has, is larger than what was asked for, or than what
/// the document says it is.
fn too_large(
    contract: &Contract,
    list: &List,
    exchange: &Exchange,
    (page, items): (usize, usize),
) -> Option<Failure> {
    let parameter = &contract.api().operations[list.operation].parameters[list.size?];
    let sent = exchange
        .case
        .query
        .iter()
        .find(|(name, _)| query_decode(name).as_ref() == Some(&parameter.name));
    let limit = match sent {
        Some((_, text)) => text.parse().ok(),
        // Where a link leads, the server decides.
        None if page == 1 => list.default_size,
        None => None,
    };
    let limit = limit.filter(|limit| items as u64 > *limit)?;
    let message = format!(
        "page {page} has {items} items, and `{}` allows {limit}",
        parameter.name
    );
    Some(failure(&parameter.pointer, message, "size"))
}

/// The failure where a page leads to what is no page. What protects the server is none of it, and a 5xx is told by
/// `not_a_server_error`.
fn not_there(pointer: &Pointer, from: &str, refused: &Exchange) -> Option<Failure> {
    let status = refused.status()?.as_u16();
    let is_ours = !matches!(status, 401 | 403 | 429) && (400..500).contains(&status);
    is_ours.then(|| {
        let message = format!(
            "the page {from} leads to {}, and the server answers {status} there",
            refused.request.target
        );
        failure(pointer, message, "refused")
    })
}
