//! Walks over the pages of a list.
//!
//! A walk follows the server's own links where it has any, and reads what comes without judging it: laws do that. It
//! takes one page after the other and keeps their ids alone, so that a page costs the same wherever it stands.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use http::{Method, Uri};
use openapi_model::SecurityKind;
use serde_json::Value;

use super::Draws;
use crate::case::Case;
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;
use crate::meaning::page::{Paging, address, link_header};
use crate::parameters::{percent_decode, query_decode};
use crate::paths;

/// How many pages a walk has at most: a law that takes a server's whole store each time would be no test, but a load.
pub(super) const NEAR: usize = 12;
/// How many pages a walk has at most where what it is for shows only at the end of the list, and others are short.
const FAR: usize = 64;

/// How many pages the walks of a sequence have at most, of a law that needs whole walks: the first one walks far.
pub(super) fn far_once(draws: &Draws<'_>) -> usize {
    if draws.index() == 0 { FAR } else { NEAR }
}

/// A walk, as far as it got.
#[derive(Debug)]
pub(super) struct Walk<'c> {
    contract: &'c Contract,
    list: &'c List,
    /// How many pages it has at most.
    most: usize,
    /// The call of its first page.
    pub(super) first: Case,
    /// How many exchanges it has: each is a page, but for the last one of a walk that ends with one that is none.
    pub(super) pages: usize,
    /// How many items came.
    pub(super) items: usize,
    /// The ids that came, with the page that each came on first.
    pub(super) ids: HashMap<String, usize>,
    pub(super) end: End,
    targets: HashSet<String>,
    last: Vec<String>,
}

/// How a walk ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    /// It does not yet: this is the next page.
    Open(Box<Case>),
    /// There is no next page.
    Whole,
    /// A page leads to one that was there before.
    Endless,
    /// An item came twice.
    Repeated {
        id: String,
        /// The page that it came on first, from 0.
        before: usize,
    },
    /// What was to be the next page is none.
    Refused,
    /// It was given up: it is too long, or leads where we cannot follow.
    GivenUp,
}

impl<'c> Walk<'c> {
    /// A walk that begins with that call, at most so many pages long.
    pub(super) fn begin(
        contract: &'c Contract,
        list: &'c List,
        first: &Case,
        most: usize,
    ) -> Walk<'c> {
        Walk {
            contract,
            list,
            most,
            first: first.clone(),
            pages: 0,
            items: 0,
            ids: HashMap::new(),
            end: End::Open(Box::new(first.clone())),
            targets: HashSet::new(),
            last: Vec::new(),
        }
    }

    /// The call of the next page; `None` where the walk is over.
    pub(super) fn next(&self) -> Option<Case> {
        match &self.end {
            End::Open(case) => Some((**case).clone()),
            _ => None,
        }
    }

    /// Whether there is no next page to ask for.
    pub(super) fn is_over(&self) -> bool {
        !matches!(self.end, End::Open(_))
    }

    /// Takes the next page, and gives its items: none, where it is no page of the walk.
    pub(super) fn take<'e>(&mut self, exchange: &'e Exchange) -> &'e [Value] {
        let page = self.pages;
        self.pages += 1;
        let items = exchange
            .success()
            .and_then(|answer| self.list.items_of(answer.value()?));
        let Some(items) = items else {
            // Some servers say so where the pages end, and not with an empty one.
            let is_end = page > 0
                && !follows_links(self.list)
                && exchange
                    .status()
                    .is_some_and(|status| status.as_u16() == 404);
            self.end = if is_end { End::Whole } else { End::Refused };
            return &[];
        };
        let here = items.iter().filter_map(|item| self.list.id_of(item));
        let here: Vec<String> = here.collect();
        // Asked for a page that is none, some servers give the last one.
        if matches!(self.list.paging, Ok(Paging::Number { .. }))
            && !here.is_empty()
            && here == self.last
        {
            self.end = End::Whole;
            return &[];
        }
        self.items += items.len();
        let mut repeated = None;
        for id in &here {
            match self.ids.entry(id.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(page);
                }
                Entry::Occupied(entry) => {
                    let (id, before) = (id.clone(), *entry.get());
                    repeated.get_or_insert(End::Repeated { id, before });
                }
            }
        }
        self.last = here;
        self.targets.insert(exchange.request.target.clone());
        self.end = match repeated {
            // It has said what it has to say, and may go on so for ever.
            Some(repeated) => repeated,
            None => self.after(exchange, items.len()),
        };
        items
    }

    /// How the walk stands after a page with so many items.
    fn after(&self, page: &Exchange, items: usize) -> End {
        match next(self.contract, self.list, page, self.items, items) {
            Next::None => End::Whole,
            Next::Elsewhere => End::GivenUp,
            Next::Page(_) if self.pages >= self.most => End::GivenUp,
            Next::Page(case) if self.targets.contains(&target(&page.base, &case)) => End::Endless,
            Next::Page(case) => End::Open(case),
        }
    }
}

/// Whether the server says itself where the next page is.
pub(super) fn follows_links(list: &List) -> bool {
    matches!(
        list.paging,
        Ok(Paging::Link(_) | Paging::LinkHeader | Paging::Cursor { .. })
    )
}

fn target(base: &str, case: &Case) -> String {
    let mut target = format!("{base}{}", paths::fill(&case.template, &case.path));
    for (index, (name, value)) in case.query.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(&format!("{name}={value}"));
    }
    target
}

enum Next {
    None,
    Page(Box<Case>),
    /// There is one, and we cannot go there.
    Elsewhere,
}

/// Where a page leads, after so many items in all and on this page.
fn next(contract: &Contract, list: &List, from: &Exchange, walked: usize, here: usize) -> Next {
    let Some(answer) = from.success() else {
        return Next::None;
    };
    let linked = |link: Option<&str>| match link {
        None => Next::None,
        Some(link) => match follow(contract, from, link) {
            Some(case) if case.key.operation == list.operation => Next::Page(Box::new(case)),
            _ => Next::Elsewhere,
        },
    };
    let with = |parameter: usize, value: &Value| {
        let query = with_parameter(contract, &from.case, parameter, value);
        match query {
            Some(case) => Next::Page(Box::new(case)),
            None => Next::Elsewhere,
        }
    };
    match &list.paging {
        Err(_) => Next::Elsewhere,
        Ok(Paging::Link(at)) => {
            let link = answer.value().and_then(|body| body.pointer(at.as_str()));
            linked(link.and_then(address))
        }
        Ok(Paging::LinkHeader) => linked(link_header(&answer.headers, "next").as_deref()),
        Ok(Paging::Cursor {
            parameter,
            from: at,
        }) => match answer.value().and_then(|body| body.pointer(at.as_str())) {
            None | Some(Value::Null | Value::Bool(_)) => Next::None,
            Some(Value::String(text)) if text.is_empty() => Next::None,
            Some(value) => with(*parameter, value),
        },
        // A page may be shorter than what was asked for, and yet not the last: only an empty one is.
        Ok(Paging::Offset { .. } | Paging::Number { .. }) if here == 0 => Next::None,
        Ok(Paging::Offset { parameter }) => with(*parameter, &Value::from(walked)),
        Ok(Paging::Number { parameter, first }) => {
            let name = &contract.api().operations[list.operation].parameters[*parameter].name;
            let sent = from
                .case
                .query
                .iter()
                .find(|(n, _)| query_decode(n).as_ref() == Some(name));
            let number = sent
                .and_then(|(_, value)| value.parse::<i64>().ok())
                .unwrap_or(*first);
            with(*parameter, &Value::from(number + 1))
        }
    }
}

/// The same call with a query parameter set; `None` where the value is none of the parameter's.
pub(super) fn with_parameter(
    contract: &Contract,
    case: &Case,
    parameter: usize,
    value: &Value,
) -> Option<Case> {
    let compiled = contract
        .compiled(case.key.operation)
        .parameters
        .get(parameter)?
        .as_ref()?;
    if !compiled.sent.validator.is_valid(value) {
        return None;
    }
    let pairs = compiled.write_valid(value)?;
    let mut case = case.clone();
    case.query
        .retain(|(name, _)| !pairs.iter().any(|(new, _)| new == name));
    case.query.extend(pairs);
    Some(case)
}

/// The call that a link of an answer leads to; `None` where that is no `GET` of the document, or on another host.
pub(super) fn follow(contract: &Contract, from: &Exchange, link: &str) -> Option<Case> {
    let here = from.request.target.split('?').next()?;
    let link = link.split('#').next()?;
    let absolute = if link.starts_with('?') {
        format!("{here}{link}")
    } else if link.contains("://") || link.starts_with('/') {
        link.to_owned()
    } else {
        format!("{}/{link}", here.rsplit_once('/')?.0)
    };
    let uri: Uri = absolute.parse().ok()?;
    if let Some(authority) = uri.authority()
        && !from.host.eq_ignore_ascii_case(authority.as_str())
    {
        return None;
    }
    let found = paths::find(contract.api(), uri.path().strip_prefix(&*from.base)?)?;
    let operations = &contract.api().operations;
    let operation = found.operations.into_iter().find(|index| {
        operations[*index].method == Method::GET && contract.compiled(*index).untestable.is_none()
    })?;
    let mut case = from.case.clone();
    case.key.operation = operation;
    case.method = Method::GET;
    case.template = operations[operation].path.clone();
    case.accept = contract.compiled(operation).accept.clone();
    case.path = found.texts;
    case.body = None;
    case.origins = Vec::new();
    let is_key = |name: &str| {
        contract.api().security_schemes.values().any(|scheme| {
            matches!(&scheme.kind, SecurityKind::ApiKey(_, key) if percent_decode(name).as_ref() == Some(key))
        })
    };
    let pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    case.query = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        // The credentials are added to every call.
        .filter(|(name, _)| !is_key(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Some(case)
}
