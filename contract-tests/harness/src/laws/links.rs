//! `links_lead_where_they_say`: the links of JSON:API and of HAL.
//!
//! `self` of a thing leads to that thing; `self` of a page to that page; what `next` leads to has none of the page's
//! items, and `prev` from there leads back; `first` leads to the page that comes without a position; behind `last` comes
//! nothing that was seen. What is `related` to a thing is there, and it is what the relationship says. Links that lead to
//! another host or out of the document are not followed, and neither are those of relationships that clients can set: they
//! may have set what is not there.

use std::collections::BTreeSet;

use openapi_model::Pointer;
use serde_json::Value;

use super::pages::NAME as PAGES;
use super::related;
use super::thing::{Source, is_callable_get};
use super::walk::follow;
use super::{Derived, Draws, FewCalls, Law, Sequence, few, sized, whole};
use crate::case::Case;
use crate::checks::{Failure, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;
use crate::meaning::page::address;
use crate::meaning::shape::{self, Answered};

pub(super) const NAME: &str = "links_lead_where_they_say";

/// What comes behind the last page.
const BEYOND: &str = "next of last";

/// The law for every thing and every list whose media type has links.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, resource) in contract.meaning().resources.iter().enumerate() {
        let Some(read) = resource
            .read
            .filter(|read| is_callable_get(contract, *read))
        else {
            continue;
        };
        let Some(places) = own_links(contract, read) else {
            derived.skip(NAME, read, "its media type says nothing about links");
            continue;
        };
        let source = Source::listed(contract, index).or_else(|| Source::made(contract, index));
        match source {
            Some(source) => derived.add(OfThing {
                source,
                read,
                places,
            }),
            None => derived.skip(NAME, read, "nothing is known to make or list what it reads"),
        }
    }
    for (index, list) in contract.meaning().lists.iter().enumerate() {
        let operation = list.operation;
        match (list.links, &list.id) {
            (None, _) => derived.skip(NAME, operation, "its media type says nothing about links"),
            (Some(_), None) => derived.skip(NAME, operation, "nothing tells its items apart"),
            (Some(links), Some(_)) => derived.add(OfList {
                list: index,
                operation,
                links: Pointer::root().join(links),
            }),
        }
    }
}

/// Where the answer that is one thing has a link to itself.
fn own_links(contract: &Contract, read: usize) -> Option<Vec<Pointer>> {
    let answered = Answered::of(contract.api(), &contract.api().operations[read])?;
    let root = Pointer::root();
    if answered.is_json_api() {
        let own = |at: Pointer| at.join("links").join("self");
        Some(vec![own(root.clone()), own(root.join("data"))])
    } else {
        shape::is_hal(&answered.media_type).then(|| vec![root.join("_links").join("self")])
    }
}

fn failure(pointer: &Pointer, message: String, cause: &str) -> Failure {
    Failure {
        message,
        expected: pointer.clone(),
        cause: cause.to_owned(),
    }
}

/// Whether an answer says that a link leads to nothing. What protects the server does not say so.
fn leads_nowhere(exchange: &Exchange) -> Option<u16> {
    let code = exchange.status()?.as_u16();
    ((400..500).contains(&code) && !matches!(code, 401 | 403 | 429)).then_some(code)
}

/// A link in an answer's body.
fn link<'e>(exchange: &'e Exchange, at: &Pointer) -> Option<&'e str> {
    address(exchange.success()?.value()?.pointer(at.as_str())?)
}

/// The law for what reads one thing.
#[derive(Debug)]
struct OfThing {
    source: Source,
    read: usize,
    places: Vec<Pointer>,
}

impl OfThing {
    /// The links that can be followed, and where they lead.
    fn leads(&self, contract: &Contract, found: &Exchange) -> Vec<(Pointer, Case)> {
        let mut places = self.places.clone();
        // Where laws make things, others delete some meanwhile.
        if self.is_safe() {
            let resource = self.source.resource(contract);
            places.extend(related::places(contract, resource, found));
        }
        let leads = places.into_iter().filter_map(|place| {
            let case = follow(contract, found, link(found, &place)?)?;
            Some((place, case))
        });
        leads.collect()
    }
}

impl Law for OfThing {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.read
    }

    fn silence(&self) -> &'static str {
        "no answer had a link that can be followed to the same operation"
    }

    fn is_safe(&self) -> bool {
        matches!(self.source, Source::Listed { .. })
    }

    fn sequences(&self, cases: usize) -> usize {
        cases.div_ceil(4)
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        vec![self.source.operation(contract), self.read]
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        whole(self, contract, draws)
    }
}

impl FewCalls for OfThing {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        match so_far {
            [] => self.source.first(contract, draws),
            [shown] => {
                let thing = self.source.thing(contract, draws, 10, shown)?;
                thing.call(
                    contract,
                    draws,
                    (1, self.read),
                    self.source.resource(contract),
                )
            }
            [_, found, followed @ ..] => {
                let mut leads = self.leads(contract, found);
                (followed.len() < leads.len()).then(|| leads.swap_remove(followed.len()).1)
            }
        }
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let [_, found, followed @ ..] = exchanges else {
            return Outcome::NotApplicable;
        };
        let pointer = &contract.api().operations[self.read].pointer;
        let id = self.source.resource(contract).read_id.as_ref();
        let id = |exchange: &Exchange| {
            let body = exchange.success()?.value()?;
            body.pointer(id?.as_str()).cloned()
        };
        let mut failures = Vec::new();
        for ((at, _), there) in self.leads(contract, found).iter().zip(followed) {
            let (place, target) = (at.as_str(), &there.request.target);
            if !self.places.contains(at) && there.success().is_some() {
                if let Some((came, wanted)) = related::differs(at, found, there) {
                    let message = format!(
                        "`{place}` leads to {target}, which is {came}, and the relationship says {wanted}"
                    );
                    failures.push(failure(pointer, message, place));
                }
            } else if let Some(code) = leads_nowhere(there) {
                let message =
                    format!("`{place}` leads to {target}, and the server answers {code} there");
                failures.push(failure(pointer, message, place));
            } else if there.success().is_some() && id(there) != id(found) {
                let show = |id: Option<Value>| id.map_or("nothing".to_owned(), |id| id.to_string());
                let message = format!(
                    "`{place}` of {} leads to {target}, which is {}",
                    show(id(found)),
                    show(id(there))
                );
                failures.push(failure(pointer, message, place));
            }
        }
        match (failures.is_empty(), followed.is_empty()) {
            (false, _) => Outcome::Broken(failures),
            (true, false) => Outcome::Held,
            (true, true) => Outcome::NotApplicable,
        }
    }
}

/// The law for a list.
#[derive(Debug)]
struct OfList {
    list: usize,
    operation: usize,
    links: Pointer,
}

/// A link that was followed: its name, the page that has it, and the one that it led to.
struct Step<'e> {
    relation: &'static str,
    from: &'e Exchange,
    to: &'e Exchange,
}

impl OfList {
    fn list<'c>(&self, contract: &'c Contract) -> &'c List {
        &contract.meaning().lists[self.list]
    }

    /// The links that were followed, and the call that follows the next one.
    fn steps<'e>(
        &self,
        contract: &Contract,
        exchanges: &'e [Exchange],
    ) -> (Vec<Step<'e>>, Option<Case>) {
        let Some((page, mut rest)) = exchanges.split_first() else {
            return (Vec::new(), None);
        };
        let mut steps: Vec<Step<'e>> = Vec::new();
        // Where one of them leads too far, the others have shown what is there.
        for relation in ["self", "next", "prev", "first", "last", BEYOND] {
            let led = |relation: &str| {
                let mut steps = steps.iter();
                steps
                    .find(|step| step.relation == relation)
                    .map(|step| step.to)
            };
            let (from, name) = match relation {
                "prev" => (led("next"), relation),
                BEYOND => (led("last"), "next"),
                _ => (Some(page), relation),
            };
            let lead = from.and_then(|from| {
                let address = link(from, &self.links.join(name))?;
                Some((from, follow(contract, from, address)?))
            });
            let Some((from, case)) = lead.filter(|(_, case)| case.key.operation == self.operation)
            else {
                continue;
            };
            let Some((to, others)) = rest.split_first() else {
                return (steps, Some(case));
            };
            steps.push(Step { relation, from, to });
            rest = others;
        }
        (steps, None)
    }

    fn ids(&self, contract: &Contract, page: &Exchange) -> Option<Vec<String>> {
        let list = self.list(contract);
        let items = list.items_of(page.success()?.value()?)?;
        items.iter().map(|item| list.id_of(item)).collect()
    }
}

impl Law for OfList {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn silence(&self) -> &'static str {
        "no answer had a link that can be followed to the same operation"
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
        whole(self, contract, draws)
    }
}

impl FewCalls for OfList {
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case> {
        if !so_far.is_empty() {
            return self.steps(contract, so_far).1;
        }
        let case = draws.bare(0, self.operation)?;
        let size = self.list(contract).size;
        // Small pages, that there is a next one.
        size.and_then(|size| sized(contract, &case, size, 2 + draws.choice(1, 6)))
            .or(Some(case))
    }

    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome {
        let pointer = &contract.api().operations[self.operation].pointer;
        let (steps, _) = self.steps(contract, exchanges);
        let mut known: BTreeSet<String> = BTreeSet::new();
        known.extend(
            exchanges
                .first()
                .and_then(|page| self.ids(contract, page))
                .unwrap_or_default(),
        );
        // What was not on the page when it was asked for, and is when it is asked for again.
        let mut newer: BTreeSet<String> = BTreeSet::new();
        let mut failures = Vec::new();
        for Step { relation, from, to } in &steps {
            let (here, target) = (&from.request.target, &to.request.target);
            if let Some(code) = leads_nowhere(to) {
                let message = format!(
                    "`{relation}` of {here} leads to {target}, and the server answers {code} there"
                );
                failures.push(failure(pointer, message, relation));
                continue;
            }
            let (Some(page), Some(there)) = (self.ids(contract, from), self.ids(contract, to))
            else {
                continue;
            };
            let first = exchanges
                .first()
                .and_then(|page| self.ids(contract, page))
                .unwrap_or_default();
            // What nobody has seen yet was made meanwhile, and moves what is on a page.
            let unseen = |id: &&String| !known.contains(*id);
            if *relation == "self" {
                newer.extend(there.iter().filter(unseen).cloned());
            }
            let is_disturbed = there.iter().any(|id| unseen(&id) || newer.contains(id));
            let wrong = match *relation {
                // Whether `first` keeps the size of the page, nobody says.
                "first"
                    if !is_disturbed
                        && page.iter().zip(&there).any(|(one, other)| one != other) =>
                {
                    "other items than the page itself"
                }
                "self" if !is_disturbed && there != page => "other items than the page itself",
                "next" if there.iter().any(|id| page.contains(id)) => "items of the page itself",
                "prev" if there.iter().any(|id| page.contains(id)) => "items of the page itself",
                BEYOND if there.iter().any(|id| known.contains(id)) => {
                    "items that were seen before: `last` is not the last page"
                }
                "prev" if first.last().is_some_and(|last| !there.contains(last)) => {
                    "another page than the one whose `next` led here"
                }
                _ => "",
            };
            if !wrong.is_empty() {
                let message =
                    format!("`{relation}` of {here} leads to {target}, which has {wrong}");
                failures.push(failure(pointer, message, relation));
            }
            known.extend(there);
        }
        match (failures.is_empty(), steps.is_empty()) {
            (false, _) => Outcome::Broken(failures),
            (true, false) => Outcome::Held,
            (true, true) => Outcome::NotApplicable,
        }
    }
}
