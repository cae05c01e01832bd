//! What filters of a list give: `filter_gives_its_items`, `filters_combine` and `ranges_partition`.
//!
//! A first look at the list shows what is there, and one of its items gives the values to filter by. Every item that a
//! filter gives has to satisfy it; and of the items that were seen before, it has to give all that do. What was made
//! meanwhile is not missed.

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
use crate::meaning::filter::{Comparison, Filter, Kind};
use crate::meaning::list::List;
use crate::parameters::query_decode;

pub(super) const FILTER: &str = "filter_gives_its_items";
pub(super) const COMBINE: &str = "filters_combine";
pub(super) const RANGES: &str = "ranges_partition";

/// How many pages show what is there: the fewest that show something.
const LOOK: usize = 1;

/// A law for one list.
#[derive(Debug)]
struct Filters {
    list: usize,
    operation: usize,
    which: Which,
}

/// Filters by their place in `List::filters`.
#[derive(Clone, Copy, Debug)]
enum Which {
    One(usize),
    /// Two that are drawn, of different members.
    Two,
    /// Both ends of a range of one member.
    Range {
        lower: usize,
        upper: usize,
    },
}

/// The laws for every list with filters.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, list) in contract.meaning().lists.iter().enumerate() {
        let operation = list.operation;
        let mut add = |which: Which| {
            derived.add(Filters {
                list: index,
                operation,
                which,
            })
        };
        for one in 0..list.filters.len() {
            add(Which::One(one));
        }
        let are_several = list
            .filters
            .iter()
            .any(|filter| filter.member != list.filters[0].member);
        if are_several {
            add(Which::Two);
        }
        let mut has_range = false;
        for (lower, low) in list.filters.iter().enumerate() {
            for (upper, high) in list.filters.iter().enumerate() {
                if low.member == high.member && low.by.is_lower_bound() && high.by.is_upper_bound()
                {
                    add(Which::Range { lower, upper });
                    has_range = true;
                }
            }
        }
        if list.filters.is_empty() {
            let reason = "no parameter is known to filter by a member of its items: say which with `x-contract: { filters: ... }`";
            derived.skip(FILTER, operation, reason);
        }
        if !are_several {
            derived.skip(
                COMBINE,
                operation,
                "no two of its parameters are known to filter by different members",
            );
        }
        if !has_range {
            derived.skip(
                RANGES,
                operation,
                "no member has a parameter for each end of a range",
            );
        }
    }
}

/// A filter and the value that is sent.
type Condition<'l> = (&'l Filter, Value);

impl Filters {
    fn list<'c>(&self, contract: &'c Contract) -> &'c List {
        &contract.meaning().lists[self.list]
    }

    /// What is asked for, one after the other, by an item that was seen.
    fn plan<'c>(
        &self,
        contract: &'c Contract,
        draws: &Draws<'_>,
        seen: &[(usize, &Value)],
    ) -> Vec<Vec<Condition<'c>>> {
        let filters = &self.list(contract).filters;
        let value = |filter: &Filter, item: &Value| {
            let value = item.pointer(filter.member.as_str())?;
            filter.may_send(value).then(|| value.clone())
        };
        // One of the items that have a value to filter by.
        let pick = |step: usize, wanted: &dyn Fn(&Value) -> bool| {
            let fitting: Vec<&Value> = seen
                .iter()
                .map(|(_, item)| *item)
                .filter(|i| wanted(i))
                .collect();
            fitting.get(draws.choice(step, fitting.len())).copied()
        };
        let condition = |filter: &'c Filter, item: &Value| Some((filter, value(filter, item)?));
        match self.which {
            Which::One(one) => {
                let filter = &filters[one];
                let item = pick(1, &|item| value(filter, item).is_some());
                let asked = item.and_then(|item| condition(filter, item));
                asked.map(|asked| vec![vec![asked]]).unwrap_or_default()
            }
            Which::Two => {
                let usable = |item: &Value| -> Vec<usize> {
                    (0..filters.len())
                        .filter(|one| value(&filters[*one], item).is_some())
                        .collect()
                };
                let others = |item: &Value, than: &Filter| -> Vec<usize> {
                    let all = usable(item).into_iter();
                    all.filter(|one| filters[*one].member != than.member)
                        .collect()
                };
                let wanted = |item: &Value| {
                    usable(item)
                        .first()
                        .is_some_and(|one| !others(item, &filters[*one]).is_empty())
                };
                let Some(item) = pick(1, &wanted) else {
                    return Vec::new();
                };
                let first = usable(item);
                let first = &filters[first[draws.choice(2, first.len())]];
                let second = others(item, first);
                let Some(second) = second.get(draws.choice(3, second.len())) else {
                    return Vec::new();
                };
                let both: Option<Vec<_>> = [first, &filters[*second]]
                    .into_iter()
                    .map(|filter| condition(filter, item))
                    .collect();
                both.map(|both| vec![both]).unwrap_or_default()
            }
            Which::Range { lower, upper } => {
                let (low, high) = (&filters[lower], &filters[upper]);
                let has = |item: &Value| value(low, item).is_some() && value(high, item).is_some();
                let (Some(one), Some(other)) = (pick(1, &has), pick(2, &has)) else {
                    return Vec::new();
                };
                let (Some(from), Some(to), Some(below)) = (
                    condition(low, one),
                    condition(high, one),
                    condition(high, other),
                ) else {
                    return Vec::new();
                };
                vec![vec![from.clone()], vec![to], vec![from, below]]
            }
        }
    }

    /// The look at the list, and the walks with filters.
    fn walks<'e>(&self, contract: &Contract, exchanges: &'e [Exchange]) -> Vec<Walk<'e>> {
        let list = self.list(contract);
        let mut walks: Vec<Walk<'e>> = Vec::new();
        let mut rest = exchanges;
        while !rest.is_empty() {
            let most = if walks.is_empty() { LOOK } else { usize::MAX };
            let walk = Walk::read(contract, list, rest, most);
            rest = &rest[walk.pages.len()..];
            walks.push(walk);
        }
        walks
    }
}

/// The conditions that a call of a list sends.
fn conditions<'c>(contract: &Contract, list: &'c List, case: &Case) -> Vec<Condition<'c>> {
    let described = &contract.api().operations[list.operation];
    let filters = list.filters.iter();
    filters
        .filter_map(|filter| {
            let name = &described.parameters[filter.parameter].name;
            let (_, text) = case
                .query
                .iter()
                .find(|(n, _)| query_decode(n).as_ref() == Some(name))?;
            let text = query_decode(text)?;
            let value = match filter.kind {
                Kind::Number | Kind::Boolean => serde_json::from_str(&text).ok()?,
                _ => Value::from(text),
            };
            Some((filter, value))
        })
        .collect()
}

impl Law for Filters {
    fn name(&self) -> &'static str {
        match self.which {
            Which::One(_) => FILTER,
            Which::Two => COMBINE,
            Which::Range { .. } => RANGES,
        }
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn about(&self, contract: &Contract) -> Option<String> {
        let list = &contract.meaning().lists[self.list];
        let parameters = &contract.api().operations[self.operation].parameters;
        let name = |filter: usize| &parameters[list.filters[filter].parameter].name;
        match self.which {
            Which::One(one) => Some(format!("`{}`", name(one))),
            Which::Two => None,
            Which::Range { lower, upper } => {
                Some(format!("`{}` and `{}`", name(lower), name(upper)))
            }
        }
    }

    fn silence(&self) -> &'static str {
        match self.which {
            Which::One(_) => "no item that was seen has a value to filter by",
            Which::Two => "no item that was seen has values for two filters",
            Which::Range { .. } => "no item that was seen has a value for the bounds",
        }
    }

    fn is_safe(&self) -> bool {
        true
    }

    fn stands_on(&self) -> &'static [&'static str] {
        match self.which {
            Which::One(_) => &[PAGES],
            Which::Two => &[PAGES, FILTER],
            Which::Range { .. } => &[PAGES, FILTER, COMBINE],
        }
    }

    fn sequences(&self, cases: usize) -> usize {
        match self.which {
            // Many pairs are drawn from.
            Which::Two => cases.div_ceil(5),
            Which::One(_) | Which::Range { .. } => few(cases),
        }
    }

    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        if is_over(self, contract, so_far) {
            return None;
        }
        let walks = self.walks(contract, so_far);
        let Some(look) = walks.first() else {
            let case = draws.bare(0, self.operation)?;
            let size = self.list(contract).size;
            return size
                .and_then(|size| sized(contract, &case, size, 50))
                .or(Some(case));
        };
        match walks.last() {
            Some(Walk {
                end: End::Open(case),
                ..
            }) => return Some((**case).clone()),
            Some(Walk {
                end: End::Refused, ..
            }) => return None,
            _ => {}
        }
        let plan = self.plan(contract, draws, &look.items);
        let conditions = plan.get(walks.len() - 1)?;
        let first = look.pages.first()?.case.clone();
        // As few pages as there may be, or some, or many.
        let first = match (self.list(contract).size, draws.choice(4, 3)) {
            (Some(size), 0) => sized(contract, &first, size, 100).unwrap_or(first),
            (Some(size), 2) => sized(contract, &first, size, 5).unwrap_or(first),
            _ => first,
        };
        conditions.iter().try_fold(first, |case, (filter, value)| {
            let value = if filter.is_list {
                Value::from(vec![value.clone()])
            } else {
                value.clone()
            };
            with_parameter(contract, &case, filter.parameter, &value)
        })
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let list = self.list(contract);
        let walks = self.walks(contract, exchanges);
        let Some((look, narrowed)) = walks.split_first() else {
            return Outcome::NotApplicable;
        };
        let mut failures = Vec::new();
        let mut is_judged = false;
        for walk in narrowed {
            let Some(first) = walk.pages.first() else {
                continue;
            };
            let conditions = conditions(contract, list, &first.case);
            is_judged |= !walk.items.is_empty() || walk.end == End::Whole;
            self.judge_walk(contract, &look.items, walk, &conditions, &mut failures);
        }
        if let (Which::Range { lower, upper }, [from, to, ..]) = (self.which, narrowed) {
            let ends = (&list.filters[lower], &list.filters[upper]);
            judge_partition(contract, list, &look.items, ends, (from, to), &mut failures);
        }
        match (failures.is_empty(), is_judged) {
            (false, _) => Outcome::Broken(failures),
            (true, true) => Outcome::Held,
            (true, false) => Outcome::NotApplicable,
        }
    }
}

impl Filters {
    fn judge_walk(
        &self,
        contract: &Contract,
        seen: &[(usize, &Value)],
        walk: &Walk<'_>,
        conditions: &[Condition<'_>],
        failures: &mut Vec<Failure>,
    ) {
        let list = self.list(contract);
        let Some((first, _)) = conditions.first() else {
            return;
        };
        let pointer = pointer(contract, list, first);
        let asked: Vec<String> = conditions.iter().map(words).collect();
        let asked = asked.join(" and ");
        let name = |item: &Value| {
            list.id_of(item)
                .map_or("an item".to_owned(), |id| format!("the item `{id}`"))
        };
        let wrong = walk.items.iter().find_map(|(_, item)| {
            let (filter, _) = conditions
                .iter()
                .find(|(filter, bound)| filter.holds(item, bound) == Some(false))?;
            Some((item, filter))
        });
        if let Some((item, filter)) = wrong {
            let value = item
                .pointer(filter.member.as_str())
                .map_or("nothing".to_owned(), Value::to_string);
            failures.push(Failure {
                message: format!(
                    "only items with {asked} were asked for, and {} comes, where `{}` is {value}",
                    name(item),
                    filter.member.as_str()
                ),
                expected: pointer.clone(),
                cause: "not asked for".to_owned(),
            });
        }
        if walk.end != End::Whole || list.id.is_none() {
            return;
        }
        let given: BTreeSet<String> = walk
            .items
            .iter()
            .filter_map(|(_, item)| list.id_of(item))
            .collect();
        let missing = seen.iter().find(|(_, item)| {
            list.id_of(item).is_some_and(|id| !given.contains(&id))
                && conditions
                    .iter()
                    .all(|(filter, bound)| filter.holds(item, bound) == Some(true))
        });
        if let Some((_, item)) = missing {
            failures.push(Failure {
                message: format!(
                    "{} was there before, with {asked}, and does not come where such items are asked for",
                    name(item)
                ),
                expected: pointer,
                cause: "missing".to_owned(),
            });
        }
    }
}

/// Every item that has the member lies on one side of a bound: on one alone, where just one of the two sides has the
/// bound itself.
fn judge_partition(
    contract: &Contract,
    list: &List,
    seen: &[(usize, &Value)],
    (lower, upper): (&Filter, &Filter),
    (from, to): (&Walk<'_>, &Walk<'_>),
    failures: &mut Vec<Failure>,
) {
    if from.end != End::Whole || to.end != End::Whole || list.id.is_none() {
        return;
    }
    let ids = |walk: &Walk<'_>| -> BTreeSet<String> {
        walk.items
            .iter()
            .filter_map(|(_, item)| list.id_of(item))
            .collect()
    };
    let (above, below) = (ids(from), ids(to));
    let has_bound = |filter: &Filter| matches!(filter.by, Comparison::AtLeast | Comparison::AtMost);
    let (both, neither) = (
        has_bound(lower) && has_bound(upper),
        !has_bound(lower) && !has_bound(upper),
    );
    let member = lower.member.as_str();
    let known = seen
        .iter()
        .filter(|(_, item)| item.pointer(member).is_some_and(|v| !v.is_null()));
    for id in known.filter_map(|(_, item)| list.id_of(item)) {
        let sides = usize::from(above.contains(&id)) + usize::from(below.contains(&id));
        let is_wrong = (sides == 0 && !neither) || (sides == 2 && !both);
        if is_wrong {
            let where_ = if sides == 0 {
                "neither side"
            } else {
                "both sides"
            };
            failures.push(Failure {
                message: format!("the item `{id}` has `{member}` and is on {where_} of the bound"),
                expected: pointer(contract, list, lower),
                cause: where_.to_owned(),
            });
            return;
        }
    }
}

fn pointer(contract: &Contract, list: &List, filter: &Filter) -> Pointer {
    contract.api().operations[list.operation].parameters[filter.parameter]
        .pointer
        .clone()
}

fn words((filter, value): &Condition<'_>) -> String {
    format!("`{}` {} {value}", filter.member.as_str(), filter.by.words())
}
