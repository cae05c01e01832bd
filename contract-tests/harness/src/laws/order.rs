//! `order_is_kept`: a list comes in the order that was asked for, and the descending order is the reverse of the
//! ascending one.
//!
//! Numbers and instants have one order. How a server orders texts is its own: of these, only the reverse is judged, and
//! texts that some server may take for the same are the same. So are items of one value: nobody says which comes first.

use std::cmp::Ordering;

use serde_json::Value;

use super::pages::NAME as PAGES;
use super::walk::{End, NEAR, Walk, far_once, with_parameter};
use super::{Derived, Draws, Law, Sequence, few, sized};
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

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        let list = &contract.meaning().lists[self.list];
        Box::new(BothWays {
            contract,
            draws,
            list,
            sort: &list.sorts[self.sort],
            ways: Vec::new(),
            failure: None,
        })
    }
}

/// The walk up and the walk down.
struct BothWays<'s> {
    contract: &'s Contract,
    draws: &'s Draws<'s>,
    list: &'s List,
    sort: &'s Sort,
    ways: Vec<Way<'s>>,
    /// Where there is one, nothing more is asked.
    failure: Option<Failure>,
}

/// A walk in one direction.
struct Way<'s> {
    walk: Walk<'s>,
    /// How a value compares with the one behind it where the order is wrong.
    wrong: Ordering,
    /// The id of the last item with a value, and the value.
    last: Option<(String, Value)>,
    /// The ids of the items that are sorted by something, and by what.
    keys: Vec<(String, String)>,
}

impl Sequence for BothWays<'_> {
    fn next(&self) -> Option<Case> {
        if self.failure.is_some() {
            return None;
        }
        let set = |case: Case, values: &[(usize, Value)]| {
            let mut values = values.iter();
            values.try_fold(case, |case, (index, value)| {
                with_parameter(self.contract, &case, *index, value)
            })
        };
        match self.ways.as_slice() {
            [] => {
                let case = self.draws.bare(0, self.list.operation)?;
                let case = match self.list.size {
                    // Many items on a page, that a long list is walked to its end; and now and then few.
                    Some(size) => {
                        let wanted = [100, 7][self.draws.choice(1, 2)];
                        sized(self.contract, &case, size, wanted).unwrap_or(case)
                    }
                    None => case,
                };
                set(case, &self.sort.up)
            }
            [.., way] if !way.walk.is_over() => way.walk.next(),
            [up] if up.walk.end != End::Refused => set(up.walk.first.clone(), &self.sort.down),
            _ => None,
        }
    }

    fn take(&mut self, exchange: Exchange) {
        let (list, sort) = (self.list, self.sort);
        if self.ways.last().is_none_or(|way| way.walk.is_over()) {
            let wrong = [Ordering::Greater, Ordering::Less][self.ways.len().min(1)];
            // What has an order shows it on every page, and the reverse of other things needs the whole list.
            let most = if sort.kind.is_ordered() {
                NEAR
            } else {
                far_once(self.draws)
            };
            self.ways.push(Way {
                walk: Walk::begin(self.contract, list, &exchange.case, most),
                wrong,
                last: None,
                keys: Vec::new(),
            });
        }
        let Some(way) = self.ways.last_mut() else {
            return;
        };
        for item in way.walk.take(&exchange) {
            let id = list.id_of(item);
            if let Some(id) = &id
                && let Some(key) = key(sort, item)
            {
                way.keys.push((id.clone(), key));
            }
            let value = item.pointer(sort.member.as_str());
            let Some(value) = value.filter(|value| sort.kind.is_ordered() && !value.is_null())
            else {
                continue;
            };
            let id = id.unwrap_or_default();
            if self.failure.is_none()
                && let Some((before, last)) = &way.last
                && sort.kind.compare(last, value) == Some(way.wrong)
            {
                let message = format!(
                    "by `{}`, the item `{before}` with {last} comes before `{id}` with {value}",
                    sort.member.as_str()
                );
                let cause = format!("{:?}", way.wrong);
                self.failure = Some(failure(self.contract, list, sort, message, cause));
            }
            way.last = Some((id, value.clone()));
        }
    }

    fn judge(&self) -> Outcome {
        if let Some(failure) = &self.failure {
            return Outcome::Broken(vec![failure.clone()]);
        }
        let (list, sort) = (self.list, self.sort);
        let [up, down] = self.ways.as_slice() else {
            return Outcome::NotApplicable;
        };
        let are_whole = up.walk.end == End::Whole && down.walk.end == End::Whole;
        if !are_whole || list.id.is_none() {
            let is_judged = sort.kind.is_ordered() && up.walk.items > 1;
            return if is_judged {
                Outcome::Held
            } else {
                Outcome::NotApplicable
            };
        }
        // What only one of the walks came upon was made or deleted meanwhile, or is for `pages_give_every_item_once`.
        let common = |way: &'_ Way<'_>, other: &Way<'_>| -> Vec<String> {
            let keys = way.keys.iter();
            keys.filter(|(id, _)| other.walk.ids.contains_key(id))
                .map(|(_, key)| key.clone())
                .collect()
        };
        let (forth, mut reverse) = (common(up, down), common(down, up));
        reverse.reverse();
        let differs = forth.iter().zip(&reverse).position(|(a, b)| a != b);
        match differs {
            Some(at) => {
                let message = format!(
                    "by `{}`, the descending order is not the reverse of the ascending one: at place {} of the \
                     ascending one is {}, and in the reverse of the other {}",
                    sort.member.as_str(),
                    at + 1,
                    forth[at],
                    reverse[at]
                );
                let cause = "reverse".to_owned();
                Outcome::Broken(vec![failure(self.contract, list, sort, message, cause)])
            }
            None if forth.len() > 1 => Outcome::Held,
            None => Outcome::NotApplicable,
        }
    }
}

fn failure(
    contract: &Contract,
    list: &List,
    sort: &Sort,
    message: String,
    cause: String,
) -> Failure {
    let (index, _) = sort.up[0];
    Failure {
        message,
        expected: contract.api().operations[list.operation].parameters[index]
            .pointer
            .clone(),
        cause,
    }
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
