//! A change that makes a value simpler.

use std::ops::Range;

use serde_json::Value;

use super::simplicity::weight;
use crate::judge::equal;

/// A change at one place of a value.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(super) way: Vec<Segment>,
    pub(super) change: Change,
}

#[derive(Clone, Debug)]
pub(super) enum Segment {
    Member(String),
    Item(usize),
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Replace(Value),
    /// Every part that is equal to the one is replaced by the other: items that must stay equal change together.
    ReplaceAll(Value, Value),
    Rename(String, String),
    /// A member for another one.
    Swap(String, String, Value),
    DropTwo(usize, usize),
    DropMembers(Vec<String>),
    DropItems(Range<usize>),
    /// Characters are counted, not bytes.
    DropChars(Range<usize>),
    SetChars(Range<usize>, char),
}

impl Edit {
    /// The value with the change made; `None` where that changes nothing.
    pub(crate) fn apply(&self, value: &Value) -> Option<Value> {
        let mut changed = value.clone();
        let mut place = &mut changed;
        for segment in &self.way {
            place = match segment {
                Segment::Member(name) => place.get_mut(name)?,
                Segment::Item(index) => place.get_mut(index)?,
            };
        }
        match (&self.change, &mut *place) {
            (Change::Replace(new), _) => *place = new.clone(),
            (Change::ReplaceAll(old, new), place) => replace_all(place, old, new),
            (Change::Rename(from, to), Value::Object(members)) => {
                if members.contains_key(to) {
                    return None;
                }
                let member = members.remove(from)?;
                members.insert(to.clone(), member);
            }
            (Change::Swap(from, to, value), Value::Object(members)) => {
                members.remove(from)?;
                members.insert(to.clone(), value.clone());
            }
            (Change::DropTwo(first, second), Value::Array(items)) => {
                // The second lies behind the first.
                if *second >= items.len() {
                    return None;
                }
                items.remove(*second);
                items.remove(*first);
            }
            (Change::DropMembers(names), Value::Object(members)) => {
                names.iter().for_each(|name| drop(members.remove(name)));
            }
            (Change::DropItems(range), Value::Array(items)) => {
                items.drain(range.start.min(items.len())..range.end.min(items.len()));
            }
            (Change::DropChars(range), Value::String(text)) => {
                *text = text
                    .chars()
                    .enumerate()
                    .filter(|(i, _)| !range.contains(i))
                    .map(|(_, c)| c)
                    .collect();
            }
            (Change::SetChars(range, with), Value::String(text)) => {
                *text = text
                    .chars()
                    .enumerate()
                    .map(|(i, c)| {
                        if range.contains(&i) && weight(c) > weight(*with) {
                            *with
                        } else {
                            c
                        }
                    })
                    .collect();
            }
            _ => return None,
        }
        (changed != *value).then_some(changed)
    }
}

fn replace_all(place: &mut Value, old: &Value, new: &Value) {
    if equal(place, old) {
        *place = new.clone();
        return;
    }
    match place {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| replace_all(item, old, new)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| replace_all(member, old, new)),
        _ => {}
    }
}
