//! `order_is_kept`: a list comes in the order that was asked for, and the descending order is the reverse of the
//! ascending one.
//!
//! Numbers and instants have one order. How a server orders texts is its own: of these, only the reverse is judged, and
//! texts that some server may take for the same are the same. So are items of one value: nobody says which comes first.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use openapi_model::Pointer;
use serde_json::Value;

use super::pages::NAME as PAGES;
use super::walk::{End, Walk, with_parameter};
use super::{Derived, Draws, Law, few, is_over, sized};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::filter::Kind;
use crate::meaning::list::{List, Sort};

pub(super) const NAME: &str = "order_is_kept";

/// The law for one order of a list.
#[derive(Debug)]
struct Order {
    list: usize,
    sort: usize,
    operation: usize,
}

/// The law for every order that is known.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, list) in contract.meaning().lists.iter().enumerate() {
        let operation = list.operation;
        for sort in 0..list.sorts.len() {
            derived.add(Order {
                list: index,
                sort,
                operation,
            });
        }
        if list.sorts.is_empty() {
            let reason = "no parameter is known to sort by a member of its items: say which with `x-contract: { sorts: ... }`";
            derived.skip(NAME, operation, reason);
        }
    }
}

impl Order {
    fn list<'c>(&self, contract: &'c Contract) -> &'c List {
        &contract.meaning().lists[self.list]
    }

    fn sort<'c>(&self, contract: &'c Contract) -> &'c Sort {
        &self.list(contract).sorts[self.sort]
    }

    /// The walk up and the walk down.
    fn walks<'e>(&self, contract: &Contract, exchanges: &'e [Exchange]) -> Vec<Walk<'e>> {
        let mut walks: Vec<Walk<'e>> = Vec::new();
        let mut rest = exchanges;
        while !rest.is_empty() {
            let walk = Walk::read(contract, self.list(contract), rest, usize::MAX);
            rest = &rest[walk.pages.len()..];
            walks.push(walk);
        }
        walks
    }
}

impl Law for Order {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn about(&self, contract: &Contract) -> Option<String> {
        let sort = &contract.meaning().lists[self.list].sorts[self.sort];
        Some(format!("`{}`", sort.member.as_str()))
    }

    fn silence(&self) -> &'static str {
        "no two items had different values of the member"
    }

    fn is_safe(&self) -> bool {
        true
    }

    fn stands_on(&self) -> &'static [&'static str] {
        &[PAGES]
    }

    fn sequences(&self, cases: usize) -> usize {
        few(cases)
    }

    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        if is_over(self, contract, so_far) {
            return None;
        }
        let walks = self.walks(contract, so_far);
        let sort = self.sort(contract);
        let set = |case: Case, values: &[(usize, Value)]| {
            let mut values = values.iter();
            values.try_fold(case, |case, (index, value)| {
                with_parameter(contract, &case, *index, value)
            })
        };
        match walks.as_slice() {
            [] => {
                let case = draws.bare(0, self.operation)?;
                let case = match self.list(contract).size {
                    // Many items on a page, that a long list is walked to its end; and now and then few.
                    Some(size) => {
                        let wanted = [100, 7][draws.choice(1, 2)];
                        sized(contract, &case, size, wanted).unwrap_or(case)
                    }
                    None => case,
                };
                set(case, &sort.up)
            }
            [
                ..,
                Walk {
                    end: End::Open(case),
                    ..
                },
            ] => Some((**case).clone()),
            [
                ..,
                Walk {
                    end: End::Refused, ..
                },
            ] => None,
            [up] => set(up.pages.first()?.case.clone(), &sort.down),
            _ => None,
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let (list, sort) = (self.list(contract), self.sort(contract));
        let (index, _) = sort.up[0];
        let pointer = &contract.api().operations[self.operation].parameters[index].pointer;
        let walks = self.walks(contract, exchanges);
        for (walk, wrong) in walks.iter().zip([Ordering::Greater, Ordering::Less]) {
            if let Some(failure) = out_of_order(list, sort, walk, wrong, pointer) {
                return Outcome::Broken(vec![failure]);
            }
        }
        let [up, down] = walks.as_slice() else {
            return Outcome::NotApplicable;
        };
        if up.end != End::Whole || down.end != End::Whole || list.id.is_none() {
            let is_judged = sort.kind.is_ordered() && up.items.len() > 1;
            return if is_judged {
                Outcome::Held
            } else {
                Outcome::NotApplicable
            };
        }
        let there = ids(list, up);
        let back = ids(list, down);
        // What only one of the walks came upon was made or deleted meanwhile, or is for `pages_give_every_item_once`.
        let keys = |walk: &Walk<'_>| -> Vec<String> {
            let items = walk.items.iter().filter(|(_, item)| {
                list.id_of(item)
                    .is_some_and(|id| there.contains(&id) && back.contains(&id))
            });
            items.filter_map(|(_, item)| key(sort, item)).collect()
        };
        let (forth, mut reverse) = (keys(up), keys(down));
        reverse.reverse();
        let differs = forth.iter().zip(&reverse).position(|(a, b)| a != b);
        match differs {
            Some(at) => Outcome::Broken(vec![Failure {
                message: format!(
                    "by `{}`, the descending order is not the reverse of the ascending one: at place {} of the \
                     ascending one is {}, and in the reverse of the other {}",
                    sort.member.as_str(),
                    at + 1,
                    forth[at],
                    reverse[at]
                ),
                expected: pointer.clone(),
                cause: "reverse".to_owned(),
            }]),
            None if forth.len() > 1 => Outcome::Held,
            None => Outcome::NotApplicable,
        }
    }
}

fn ids(list: &List, walk: &Walk<'_>) -> BTreeSet<String> {
    walk.items
        .iter()
        .filter_map(|(_, item)| list.id_of(item))
        .collect()
}

/// What an item is sorted by, as far as servers agree on it; nothing for an item without it, which may come first or
/// last.
fn key(sort: &Sort, item: &Value) -> Option<String> {
    match item.pointer(sort.member.as_str())? {
        Value::Null => None,
        Value::String(text) if sort.kind == Kind::Text || sort.kind == Kind::Word => {
            // Of letters beyond ASCII, nobody knows which are the same to the server.
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            text.is_ascii()
                .then(|| letters.map(|c| c.to_ascii_lowercase()).collect())
        }
        // Their order is judged already.
        _ if sort.kind.is_ordered() => Some(String::new()),
        other => Some(other.to_string()),
    }
}

/// The failure where an item stands before another one that it should follow.
fn out_of_order(
    list: &List,
    sort: &Sort,
    walk: &Walk<'_>,
    wrong: Ordering,
    pointer: &Pointer,
) -> Option<Failure> {
    if !sort.kind.is_ordered() {
        return None;
    }
    let member = sort.member.as_str();
    let values: Vec<(&Value, &Value)> = walk
        .items
        .iter()
        .filter_map(|(_, item)| Some((*item, item.pointer(member)?)))
        .filter(|(_, value)| !value.is_null())
        .collect();
    let [(before, a), (after, b)] = values
        .windows(2)
        .find(|pair| sort.kind.compare(pair[0].1, pair[1].1) == Some(wrong))?
    else {
        return None;
    };
    let name = |item: &Value| list.id_of(item).unwrap_or_default();
    Some(Failure {
        message: format!(
            "by `{member}`, the item `{}` with {a} comes before `{}` with {b}",
            name(before),
            name(after)
        ),
        expected: pointer.clone(),
        cause: format!("{wrong:?}"),
    })
}
