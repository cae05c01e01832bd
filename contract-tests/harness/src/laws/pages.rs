//! `pages_give_every_item_once`: however large the pages are, a walk over them gives every item once, and ends.
//!
//! The list is walked two or three times with pages of different sizes. Only items that an earlier walk has shown are
//! missed in a later one: others may have been made meanwhile, by somebody else.

use std::collections::{BTreeMap, BTreeSet};

use openapi_model::Pointer;

use super::walk::{End, Walk, follows_links};
use super::{Derived, Draws, Law, few, is_over, sized};
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

impl Pages {
    fn list<'c>(&self, contract: &'c Contract) -> &'c List {
        &contract.meaning().lists[self.list]
    }

    /// The walks so far.
    fn walks<'e>(&self, contract: &Contract, exchanges: &'e [Exchange]) -> Vec<Walk<'e>> {
        let mut walks: Vec<Walk<'e>> = Vec::new();
        let mut rest = exchanges;
        while !rest.is_empty() && walks.len() < WALKS {
            let walk = Walk::read(contract, self.list(contract), rest, usize::MAX);
            rest = &rest[walk.pages.len()..];
            walks.push(walk);
        }
        walks
    }

    /// The first page of the next walk.
    fn start(&self, contract: &Contract, draws: &Draws<'_>, walks: &[Walk<'_>]) -> Option<Case> {
        let size = self.list(contract).size;
        let Some(before) = walks.first() else {
            let case = draws.bare(0, self.operation)?;
            return size
                .and_then(|size| sized(contract, &case, size, 100))
                .or(Some(case));
        };
        let first = &before.pages.first()?.case;
        let Some(parameter) = size else {
            return (walks.len() == 1).then(|| first.clone());
        };
        // Another walk with pages of another size; one without any size, as most callers make it; or both.
        match (draws.choice(0, 3), walks.len()) {
            (0, 1) | (2, 1) => {}
            (1, 1) | (2, 2) => return draws.bare(0, self.operation),
            _ => return None,
        }
        // From a few large pages to many small ones.
        let pages = 2 + draws.choice(1, 12);
        let wanted = before.items.len().div_ceil(pages) + draws.choice(2, 2);
        let on_first = before.items.iter().filter(|(page, _)| *page == 0).count();
        let wanted = wanted.min(on_first.saturating_sub(1)).max(1);
        sized(contract, first, parameter, wanted).or_else(|| Some(first.clone()))
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
        "the list had no item, or was too long to be walked to its end"
    }

    fn is_safe(&self) -> bool {
        true
    }

    fn sequences(&self, cases: usize) -> usize {
        few(cases)
    }

    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        if is_over(self, contract, so_far) {
            return None;
        }
        let walks = self.walks(contract, so_far);
        match walks.last() {
            Some(Walk {
                end: End::Open(case),
                ..
            }) => Some((**case).clone()),
            Some(Walk {
                end: End::Refused, ..
            }) => None,
            _ if walks.len() < WALKS => self.start(contract, draws, &walks),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let list = self.list(contract);
        let pointer = &contract.api().operations[self.operation].pointer;
        let walks = self.walks(contract, exchanges);
        let mut failures = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut is_judged = false;
        for walk in &walks {
            too_large(contract, list, walk, &mut failures);
            is_judged |= matches!(walk.end, End::Whole | End::Endless | End::Repeated);
            if walk.end == End::Endless {
                failures.push(failure(
                    pointer,
                    format!(
                        "the walk does not end: page {} leads to one that was there before",
                        walk.pages.len()
                    ),
                    "endless",
                ));
            }
            // Positions that we make up may lie beyond what a server allows.
            if let (true, End::Refused, [.., from, refused]) =
                (follows_links(list), &walk.end, walk.pages)
            {
                failures.extend(not_there(pointer, from, refused));
            }
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for (page, item) in &walk.items {
                let Some(id) = list.id_of(item) else { continue };
                if let Some(before) = seen.insert(id.clone(), *page) {
                    let message = format!(
                        "the item `{id}` comes twice in one walk, on pages {} and {}",
                        before + 1,
                        page + 1
                    );
                    failures.push(failure(pointer, message, "twice"));
                    break;
                }
            }
            if walk.end == End::Whole
                && let Some(id) = known.iter().find(|id| !seen.contains_key(*id))
            {
                let message = format!(
                    "the item `{id}` was there before, and a walk over {} pages does not come upon it",
                    walk.pages.len()
                );
                failures.push(failure(pointer, message, "missing"));
            }
            known.extend(seen.into_keys());
        }
        match (failures.is_empty(), is_judged && !known.is_empty()) {
            (false, _) => Outcome::Broken(failures),
            (true, true) => Outcome::Held,
            (true, false) => Outcome::NotApplicable,
        }
    }
}

fn failure(pointer: &Pointer, message: String, cause: &str) -> Failure {
    Failure {
        message,
        expected: pointer.clone(),
        cause: cause.to_owned(),
    }
}

/// The failure where a page is larger than what was asked for, or than what the document says it is.
fn too_large(contract: &Contract, list: &List, walk: &Walk<'_>, failures: &mut Vec<Failure>) {
    let Some(size) = list.size else { return };
    let parameter = &contract.api().operations[list.operation].parameters[size];
    for (index, exchange) in walk.pages.iter().enumerate() {
        let sent = exchange
            .case
            .query
            .iter()
            .find(|(name, _)| query_decode(name).as_ref() == Some(&parameter.name));
        let limit = match sent {
            Some((_, text)) => text.parse().ok(),
            // Where a link leads, the server decides.
            None if index == 0 => list.default_size,
            None => None,
        };
        let here = walk.items.iter().filter(|(page, _)| *page == index).count();
        if let Some(limit) = limit
            && here as u64 > limit
        {
            let message = format!(
                "page {} has {here} items, and `{}` allows {limit}",
                index + 1,
                parameter.name
            );
            failures.push(failure(&parameter.pointer, message, "size"));
            return;
        }
    }
}

/// The failure where a page leads to what is no page. What protects the server is none of it, and a 5xx is told by
/// `not_a_server_error`.
fn not_there(pointer: &Pointer, from: &Exchange, refused: &Exchange) -> Option<Failure> {
    let status = refused.status()?.as_u16();
    let is_ours = !matches!(status, 401 | 403 | 429) && (400..500).contains(&status);
    is_ours.then(|| {
        let message = format!(
            "the page {} leads to {}, and the server answers {status} there",
            from.request.target, refused.request.target
        );
        failure(pointer, message, "refused")
    })
}
