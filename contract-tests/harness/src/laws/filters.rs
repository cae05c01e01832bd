//! What filters of a list give: `filter_gives_its_items`, `filters_combine` and `ranges_partition`.
//!
//! A first look at the list shows what is there, and one of its items gives the values to filter by. Every item that a
//! filter gives has to satisfy it; and of the items that were seen before, it has to give all that do. What was made
//! meanwhile is not missed.

use openapi_model::Pointer;
use serde_json::Value;

use super::pages::NAME as PAGES;
use super::walk::{End, NEAR, Walk, with_parameter};
use super::{Derived, Draws, Law, Sequence, few, sized};
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

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        Box::new(Narrowing {
            contract,
            draws,
            list: &contract.meaning().lists[self.list],
            which: self.which,
            look: None,
            walks: Vec::new(),
            failures: Vec::new(),
        })
    }
}

/// A look at the list, and the walks with filters.
struct Narrowing<'s> {
    contract: &'s Contract,
    draws: &'s Draws<'s>,
    list: &'s List,
    which: Which,
    look: Option<Look>,
    walks: Vec<Narrowed<'s>>,
    /// Where there are any, nothing more is asked.
    failures: Vec<Failure>,
}

/// What is there: one page, which is the least that shows something.
struct Look {
    case: Case,
    /// The body of the answer, where it is a success.
    body: Option<Value>,
}

/// A walk with filters.
struct Narrowed<'s> {
    walk: Walk<'s>,
    conditions: Vec<Condition<'s>>,
}

impl Sequence for Narrowing<'_> {
    fn next(&self) -> Option<Case> {
        if !self.failures.is_empty() {
            return None;
        }
        let sized = |case: &Case, parameter, wanted| sized(self.contract, case, parameter, wanted);
        let Some(look) = &self.look else {
            let case = self.draws.bare(0, self.list.operation)?;
            let size = self.list.size;
            return size.and_then(|size| sized(&case, size, 50)).or(Some(case));
        };
        match self.walks.last().map(|last| &last.walk) {
            Some(walk) if !walk.is_over() => return walk.next(),
            Some(walk) if walk.end == End::Refused => return None,
            _ => {}
        }
        let plan = self.plan();
        let conditions = plan.get(self.walks.len())?;
        let first = look.case.clone();
        // As few pages as there may be, or some, or many.
        let first = match (self.list.size, self.draws.choice(4, 3)) {
            (Some(size), 0) => sized(&first, size, 100).unwrap_or(first),
            (Some(size), 2) => sized(&first, size, 5).unwrap_or(first),
            _ => first,
        };
        conditions.iter().try_fold(first, |case, (filter, value)| {
            let value = if filter.is_list {
                Value::from(vec![value.clone()])
            } else {
                value.clone()
            };
            with_parameter(self.contract, &case, filter.parameter, &value)
        })
    }

    fn take(&mut self, exchange: Exchange) {
        if self.look.is_none() {
            let case = exchange.case.clone();
            let body = exchange.into_value();
            self.look = Some(Look { case, body });
            return;
        }
        let mut narrowed = match self.walks.pop_if(|last| !last.walk.is_over()) {
            Some(narrowed) => narrowed,
            None => Narrowed {
                walk: Walk::begin(self.contract, self.list, &exchange.case, NEAR),
                conditions: conditions(self.contract, self.list, &exchange.case),
            },
        };
        let items = narrowed.walk.take(&exchange);
        let failure = self.not_asked_for(items, &narrowed.conditions);
        self.failures.extend(failure);
        if narrowed.walk.end == End::Whole {
            let failure = self.missing(&narrowed);
            self.failures.extend(failure);
        }
        self.walks.push(narrowed);
        if let (Which::Range { lower, upper }, [from, to]) = (self.which, self.walks.as_slice()) {
            let ends = (&self.list.filters[lower], &self.list.filters[upper]);
            let failure = self.on_the_wrong_side(ends, (&from.walk, &to.walk));
            self.failures.extend(failure);
        }
    }

    fn judge(&self) -> Outcome {
        let is_judged = |walk: &Walk<'_>| walk.items > 0 || walk.end == End::Whole;
        match self.failures.is_empty() {
            false => Outcome::Broken(self.failures.clone()),
            true if self.walks.iter().any(|narrowed| is_judged(&narrowed.walk)) => Outcome::Held,
            true => Outcome::NotApplicable,
        }
    }
}

impl<'s> Narrowing<'s> {
    /// The items that were there before.
    fn seen(&self) -> &[Value] {
        let body = self.look.as_ref().and_then(|look| look.body.as_ref());
        body.and_then(|body| self.list.items_of(body))
            .map_or(&[], Vec::as_slice)
    }

    /// What is asked for, one after the other, by an item that was seen.
    fn plan(&self) -> Vec<Vec<Condition<'s>>> {
        let filters = &self.list.filters;
        let value = |filter: &Filter, item: &Value| {
            let value = item.pointer(filter.member.as_str())?;
            filter.may_send(value).then(|| value.clone())
        };
        // One of the items that have a value to filter by.
        let pick = |step: usize, wanted: &dyn Fn(&Value) -> bool| {
            let fitting: Vec<&Value> = self.seen().iter().filter(|i| wanted(i)).collect();
            fitting.get(self.draws.choice(step, fitting.len())).copied()
        };
        let condition = |filter: &'s Filter, item: &Value| Some((filter, value(filter, item)?));
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
                let first = &filters[first[self.draws.choice(2, first.len())]];
                let second = others(item, first);
                let Some(second) = second.get(self.draws.choice(3, second.len())) else {
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

    /// An item in words.
    fn name(&self, item: &Value) -> String {
        self.list
            .id_of(item)
            .map_or("an item".to_owned(), |id| format!("the item `{id}`"))
    }

    /// The failure where a walk gives an item that does not satisfy its conditions.
    fn not_asked_for(&self, items: &[Value], conditions: &[Condition<'_>]) -> Option<Failure> {
        let (first, _) = conditions.first()?;
        let (item, filter) = items.iter().find_map(|item| {
            let (filter, _) = conditions
                .iter()
                .find(|(filter, bound)| filter.holds(item, bound) == Some(false))?;
            Some((item, filter))
        })?;
        let value = item
            .pointer(filter.member.as_str())
            .map_or("nothing".to_owned(), Value::to_string);
        Some(Failure {
            message: format!(
                "only items with {} were asked for, and {} comes, where `{}` is {value}",
                asked(conditions),
                self.name(item),
                filter.member.as_str()
            ),
            expected: pointer(self.contract, self.list, first),
            cause: "not asked for".to_owned(),
        })
    }

    /// The failure where a whole walk lacks an item that was there and satisfies its conditions.
    fn missing(&self, Narrowed { walk, conditions }: &Narrowed<'_>) -> Option<Failure> {
        let (first, _) = conditions.first()?;
        let missing = self.seen().iter().find(|item| {
            let id = self.list.id_of(item);
            id.is_some_and(|id| !walk.ids.contains_key(&id))
                && conditions
                    .iter()
                    .all(|(filter, bound)| filter.holds(item, bound) == Some(true))
        })?;
        Some(Failure {
            message: format!(
                "{} was there before, with {}, and does not come where such items are asked for",
                self.name(missing),
                asked(conditions)
            ),
            expected: pointer(self.contract, self.list, first),
            cause: "missing".to_owned(),
        })
    }

    /// Every item that has the member lies on one side of a bound: on one alone, where just one of the two sides has
    /// the bound itself.
    fn on_the_wrong_side(
        &self,
        (lower, upper): (&Filter, &Filter),
        (above, below): (&Walk<'_>, &Walk<'_>),
    ) -> Option<Failure> {
        if above.end != End::Whole || below.end != End::Whole {
            return None;
        }
        let has_bound =
            |filter: &Filter| matches!(filter.by, Comparison::AtLeast | Comparison::AtMost);
        let (both, neither) = (
            has_bound(lower) && has_bound(upper),
            !has_bound(lower) && !has_bound(upper),
        );
        let member = lower.member.as_str();
        let known = self
            .seen()
            .iter()
            .filter(|item| item.pointer(member).is_some_and(|v| !v.is_null()));
        let sides = |id: &String| {
            usize::from(above.ids.contains_key(id)) + usize::from(below.ids.contains_key(id))
        };
        let (sides, id) = known
            .filter_map(|item| self.list.id_of(item))
            .map(|id| (sides(&id), id))
            .find(|(sides, _)| (*sides == 0 && !neither) || (*sides == 2 && !both))?;
        let where_ = if sides == 0 {
            "neither side"
        } else {
            "both sides"
        };
        Some(Failure {
            message: format!("the item `{id}` has `{member}` and is on {where_} of the bound"),
            expected: pointer(self.contract, self.list, lower),
            cause: where_.to_owned(),
        })
    }
}

fn pointer(contract: &Contract, list: &List, filter: &Filter) -> Pointer {
    contract.api().operations[list.operation].parameters[filter.parameter]
        .pointer
        .clone()
}

fn asked(conditions: &[Condition<'_>]) -> String {
    let each: Vec<String> = conditions.iter().map(words).collect();
    each.join(" and ")
}

fn words((filter, value): &Condition<'_>) -> String {
    format!("`{}` {} {value}", filter.member.as_str(), filter.by.words())
}
