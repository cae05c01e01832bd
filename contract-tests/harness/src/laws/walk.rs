//! Walks over the pages of a list.
//!
//! A walk follows the server's own links where it has any, and reads what comes without judging it: laws do that. How
//! far a walk got follows from its exchanges alone, so that a law may ask again at every step.

use std::collections::BTreeSet;

use http::{Method, Uri};
use openapi_model::SecurityKind;
use serde_json::Value;

use crate::case::Case;
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::list::List;
use crate::meaning::page::{Paging, address, link_header};
use crate::parameters::{percent_decode, query_decode};
use crate::paths;

/// Longer lists are not walked to their end: a law that takes a server's whole store would be no test, but a load.
const MOST_PAGES: usize = 12;

/// A walk, as far as it got.
#[derive(Debug)]
pub(super) struct Walk<'e> {
    /// The exchanges whose answers are pages, and last the one that is none, where the walk ended so.
    pub(super) pages: &'e [Exchange],
    /// Every item of every page, with the page that it is on.
    pub(super) items: Vec<(usize, &'e Value)>,
    pub(super) end: End,
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
    Repeated,
    /// What was to be the next page is none.
    Refused,
    /// It was given up: it is too long, or leads where we cannot follow.
    GivenUp,
}

impl<'e> Walk<'e> {
    /// The walk that exchanges start with, at most so many pages long.
    pub(super) fn read(
        contract: &Contract,
        list: &List,
        exchanges: &'e [Exchange],
        most: usize,
    ) -> Walk<'e> {
        let mut walk = Walk {
            pages: &[],
            items: Vec::new(),
            end: End::GivenUp,
        };
        let (mut seen, mut ids) = (BTreeSet::new(), BTreeSet::new());
        let mut last = Vec::new();
        for (index, exchange) in exchanges.iter().enumerate() {
            walk.pages = &exchanges[..=index];
            let items = exchange
                .success()
                .and_then(|answer| list.items_of(answer.value()?));
            let Some(items) = items else {
                // Some servers say so where the pages end, and not with an empty one.
                let is_end = index > 0
                    && !follows_links(list)
                    && exchange
                        .status()
                        .is_some_and(|status| status.as_u16() == 404);
                walk.end = if is_end { End::Whole } else { End::Refused };
                return walk;
            };
            let here: Vec<String> = items.iter().filter_map(|item| list.id_of(item)).collect();
            // Asked for a page that is none, some servers give the last one.
            if matches!(list.paging, Ok(Paging::Number { .. })) && !here.is_empty() && here == last
            {
                walk.end = End::Whole;
                return walk;
            }
            walk.items.extend(items.iter().map(|item| (index, item)));
            let (count, comes) = (ids.len(), here.len());
            ids.extend(here.iter().cloned());
            last = here;
            seen.insert(exchange.request.target.as_str());
            // It has said what it has to say, and may go on so for ever.
            if ids.len() < count + comes {
                walk.end = End::Repeated;
                return walk;
            }
            walk.end = match next(contract, list, exchange, walk.items.len(), items.len()) {
                Next::None => End::Whole,
                Next::Elsewhere => End::GivenUp,
                Next::Page(_) if index + 1 >= most.min(MOST_PAGES) => End::GivenUp,
                Next::Page(case) if seen.contains(target(&exchange.base, &case).as_str()) => {
                    End::Endless
                }
                Next::Page(case) => End::Open(case),
            };
            if !matches!(walk.end, End::Open(_)) {
                return walk;
            }
        }
        walk
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
