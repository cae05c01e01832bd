//! `created_is_listed`: what was created stands in its list.
//!
//! The whole list is walked, without a filter, and so the law says nothing of lists that are too long to be. It says
//! nothing either of a list that leaves something out by itself: one that has a parameter with a default that is about more
//! than pages, their order and how items are shown. What is not listed is asked for: what is not there at all, another law
//! tells. Where the document does not say that the list is complete, what it leaves out is a note.

use openapi_model::Location;
use serde_json::Value;

use super::pages::NAME as PAGES;
use super::thing::{Source, has_location};
use super::walk::{End, NEAR, Walk};
use super::{Derived, Draws, Law, Sequence, sized};
use crate::case::Case;
use crate::checks::{Failure, Note, Outcome};
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;
use crate::meaning::page::is_about_pages;
use crate::meaning::resource::Resource;
use crate::words::words;

pub(super) const NAME: &str = "created_is_listed";

/// What parameters are about, by their first word, that leave no item out.
const SHOWING: [&str; 13] = [
    "page",
    "sort",
    "order",
    "ordering",
    "direction",
    "fields",
    "include",
    "expand",
    "embed",
    "count",
    "total",
    "format",
    "pretty",
];

/// The law for one operation that makes things.
#[derive(Debug)]
struct Listed {
    resource: usize,
    list: usize,
    create: usize,
    operation: usize,
}

/// The law for every operation that makes what a list shows.
pub(super) fn derive(contract: &Contract, derived: &mut Derived) {
    for (index, resource) in contract.meaning().resources.iter().enumerate() {
        let Some(create) = resource.create else {
            continue;
        };
        match of(contract, index, resource) {
            Ok(list) => derived.add(Listed {
                resource: index,
                list,
                create,
                operation: contract.meaning().lists[list].operation,
            }),
            Err(reason) => derived.skip(NAME, resource.list.unwrap_or(create), reason),
        }
    }
}

/// The list that shows everything of a kind, by its place in `Meaning::lists`; or why there is none.
fn of(contract: &Contract, index: usize, resource: &Resource) -> Result<usize, String> {
    let lists = &contract.meaning().lists;
    let list = lists
        .iter()
        .position(|list| Some(list.operation) == resource.list)
        .ok_or("no `GET` is known to list what it makes")?;
    if Source::made(contract, index).is_none() {
        let create = resource.create.unwrap_or_default();
        let reason = if has_location(contract, create) {
            "it cannot be called"
        } else {
            "its answer has no id that is known"
        };
        return Err(reason.to_owned());
    }
    let List {
        operation,
        id,
        paging,
        sorts,
        ..
    } = &lists[list];
    if id.is_none() {
        return Err("nothing tells the items of its list apart".to_owned());
    }
    if let Err(reason) = paging {
        return Err(format!("of its list, {reason}"));
    }
    let api = contract.api();
    let sorting = |parameter: usize| {
        let mut known = sorts.iter().flat_map(|sort| &sort.up);
        known.any(|(index, _)| *index == parameter)
    };
    let is_about_showing = |name: &str| {
        let words = words(name);
        words
            .first()
            .is_some_and(|word| SHOWING.contains(&word.as_str()))
    };
    let mut parameters = api.operations[*operation].parameters.iter().enumerate();
    let narrows = parameters.find(|(index, parameter)| {
        let has_default = parameter.schema.is_some_and(|schema| {
            let schema = api.schemas.get(api.schemas.resolve(schema));
            schema.annotations.default.is_some()
        });
        parameter.location == Location::Query
            && (has_default || parameter.required)
            && !is_about_pages(parameter)
            && !is_about_showing(&parameter.name)
            && !sorting(*index)
    });
    match narrows {
        Some((_, parameter)) => Err(format!(
            "its list may leave something out, by `{}`",
            parameter.name
        )),
        None => Ok(list),
    }
}

impl Law for Listed {
    fn name(&self) -> &'static str {
        NAME
    }

    fn operation(&self) -> usize {
        self.operation
    }

    fn silence(&self) -> &'static str {
        "the list was too long to be walked to its end, or changed meanwhile"
    }

    fn only_adds(&self) -> bool {
        true
    }

    fn stands_on(&self) -> &'static [&'static str] {
        &[PAGES]
    }

    fn sequences(&self, cases: usize) -> usize {
        cases.div_ceil(10)
    }

    fn calls(&self, contract: &Contract) -> Vec<usize> {
        let read = contract.meaning().resources[self.resource].read;
        [self.create, self.operation]
            .into_iter()
            .chain(read)
            .collect()
    }

    fn begin<'s>(&'s self, contract: &'s Contract, draws: &'s Draws<'s>) -> Box<dyn Sequence + 's> {
        Box::new(Search {
            law: self,
            contract,
            draws,
            made: None,
            walk: None,
            is_listed: false,
            is_found: None,
        })
    }
}

/// One thing that is made, and looked for in its list.
struct Search<'s> {
    law: &'s Listed,
    contract: &'s Contract,
    draws: &'s Draws<'s>,
    made: Option<Made>,
    walk: Option<Walk<'s>>,
    /// Whether the walk came upon it.
    is_listed: bool,
    /// Whether it was there when it was asked for.
    is_found: Option<bool>,
}

/// What was made: the call that did, and the id of the thing; `None` where nothing was.
struct Made {
    path: Vec<(String, String)>,
    id: Option<Value>,
}

impl<'s> Search<'s> {
    fn resource(&self) -> &'s Resource {
        &self.contract.meaning().resources[self.law.resource]
    }

    fn list(&self) -> &'s List {
        &self.contract.meaning().lists[self.law.list]
    }

    /// The first page of the list that should show what was made.
    fn first(&self, made: &Made) -> Option<Case> {
        let (api, list) = (self.contract.api(), self.list());
        let id = made.id.as_ref()?;
        let given = self.resource().call(api, list.operation, id, &made.path)?;
        let case = self.draws.linked(1, list.operation, &given)?;
        list.size
            .and_then(|size| sized(self.contract, &case, size, 100))
            .or(Some(case))
    }

    /// The call that asks for what was not listed.
    fn question(&self, made: &Made) -> Option<Case> {
        let read = self.resource().read?;
        let id = made.id.as_ref()?;
        let given = self
            .resource()
            .call(self.contract.api(), read, id, &made.path)?;
        self.draws.linked(2, read, &given)
    }
}

impl Sequence for Search<'_> {
    fn next(&self) -> Option<Case> {
        let Some(made) = &self.made else {
            return self.draws.valid(0, self.law.create);
        };
        match &self.walk {
            None => self.first(made),
            Some(_) if self.is_listed || self.is_found.is_some() => None,
            Some(walk) if walk.end == End::Whole => self.question(made),
            Some(walk) => walk.next(),
        }
    }

    fn take(&mut self, exchange: Exchange) {
        let Some(made) = &self.made else {
            self.made = Some(Made {
                id: self.resource().id_made(self.contract.api(), &exchange),
                path: exchange.case.path,
            });
            return;
        };
        let (contract, list) = (self.contract, self.list());
        if self.walk.as_ref().is_some_and(Walk::is_over) {
            self.is_found = Some(exchange.success().is_some());
            return;
        }
        let begin = || Walk::begin(contract, list, &exchange.case, NEAR);
        let walk = self.walk.get_or_insert_with(begin);
        let wanted = made.id.as_ref().map(text);
        let items = walk.take(&exchange).iter();
        let mut ids = items.map(|item| list.id_in_path(item).map(text));
        self.is_listed |= ids.any(|id| id.is_some() && id == wanted);
    }

    fn judge(&self) -> Outcome {
        let id = self.made.as_ref().and_then(|made| made.id.as_ref());
        let (Some(id), Some(walk)) = (id, &self.walk) else {
            return Outcome::NotApplicable;
        };
        if self.is_listed {
            return Outcome::Held;
        }
        let is_there = self.resource().read.is_none() || self.is_found == Some(true);
        if walk.end != End::Whole || !is_there {
            return Outcome::NotApplicable;
        }
        let message = format!(
            "`{}` was made, and a walk over the whole list, of {} pages, does not come upon it",
            text(id),
            walk.pages
        );
        if !self.contract.meaning().is_complete(self.law.operation) {
            // A list may leave out what is not published, for example, and most documents do not say so.
            return Outcome::Unspecified(Note::new(message));
        }
        Outcome::Broken(vec![Failure {
            message,
            expected: self.contract.api().operations[self.law.operation]
                .pointer
                .clone(),
            cause: "missing".to_owned(),
        }])
    }
}

fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
