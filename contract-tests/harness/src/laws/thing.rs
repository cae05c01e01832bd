//! A thing to try a law on: one that the law makes, or one that a list shows.

use openapi_model::Location;
use serde_json::Value;

use super::Draws;
use crate::case::Case;
use crate::contract::Contract;
use crate::exchange::Exchange;
use crate::meaning::resource::Resource;

/// How a law comes to know what it has made.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// By a link of the document, by its place among those of the operation.
    Link { operation: usize, link: usize },
    /// By the path of one thing, of a resource by its place in `Meaning::resources`.
    Path { resource: usize },
}

impl Way {
    /// Every way from what answers a call that makes or changes something to a `GET` of it. By its path where no link
    /// leads there.
    pub(super) fn all(contract: &Contract) -> Vec<Way> {
        let mut ways = Vec::new();
        for (operation, described) in contract.api().operations.iter().enumerate() {
            if !matches!(described.method.as_str(), "POST" | "PUT" | "PATCH") {
                continue;
            }
            let links = contract.compiled(operation).links.iter().enumerate();
            for (link, compiled) in links {
                let target = &contract.api().operations[compiled.target];
                let feeds_path = compiled
                    .feeds
                    .iter()
                    .any(|(index, _)| target.parameters[*index].location == Location::Path);
                if feeds_path && is_callable_get(contract, compiled.target) {
                    ways.push(Way::Link { operation, link });
                }
            }
        }
        for (index, resource) in contract.meaning().resources.iter().enumerate() {
            let (Some(create), Some(read)) = (resource.create, resource.read) else {
                continue;
            };
            let is_linked = ways.iter().any(|way| {
                matches!(way, Way::Link { operation, link }
                    if *operation == create && contract.compiled(create).links[*link].target == read)
            });
            if !is_linked && resource.created_id.is_some() && is_callable_get(contract, read) {
                ways.push(Way::Path { resource: index });
            }
        }
        ways
    }

    /// The operation that makes.
    pub(super) fn operation(self, contract: &Contract) -> usize {
        match self {
            Way::Link { operation, .. } => operation,
            Way::Path { resource } => contract.meaning().resources[resource]
                .create
                .unwrap_or_default(),
        }
    }

    /// The operation that finds.
    pub(super) fn target(self, contract: &Contract) -> usize {
        match self {
            Way::Link { operation, link } => contract.compiled(operation).links[link].target,
            Way::Path { resource } => contract.meaning().resources[resource]
                .read
                .unwrap_or_default(),
        }
    }

    /// The call that finds what an exchange has made.
    pub(super) fn find(
        self,
        contract: &Contract,
        draws: &Draws<'_>,
        step: usize,
        made: &Exchange,
    ) -> Option<Case> {
        let answer = made.success()?;
        match self {
            Way::Link { operation, link } => {
                let link = &contract.compiled(operation).links[link];
                let operation = &contract.api().operations[operation];
                let declared = &operation.responses[link.response];
                if operation.response(answer.status)?.status != declared.status {
                    return None;
                }
                let given: Option<Vec<_>> = link
                    .feeds
                    .iter()
                    .map(|(index, expression)| Some((*index, expression.value(made)?)))
                    .collect();
                draws.linked(step, link.target, &given?)
            }
            Way::Path { resource } => {
                let resource = &contract.meaning().resources[resource];
                let id = resource.id_made(contract.api(), made)?;
                let read = resource.read?;
                let given = resource.call(contract.api(), read, &id, &made.case.path)?;
                draws.linked(step, read, &given)
            }
        }
    }

    /// The link, where it is one.
    pub(super) fn name(self, contract: &Contract) -> Option<String> {
        match self {
            Way::Link { operation, link } => {
                let link = &contract.compiled(operation).links[link];
                Some(format!("the link `{}`", link.name))
            }
            Way::Path { .. } => None,
        }
    }

    /// In words, where it leads.
    pub(super) fn leads(self, contract: &Contract, target: &str) -> String {
        match self {
            Way::Link { operation, link } => {
                let name = &contract.compiled(operation).links[link].name;
                format!("the link `{name}` leads to {target}")
            }
            Way::Path { .. } => format!("what was made is at {target}"),
        }
    }

    /// The place in the document that says so.
    pub(super) fn pointer(self, contract: &Contract) -> openapi_model::Pointer {
        match self {
            Way::Link { operation, link } => {
                contract.compiled(operation).links[link].pointer.clone()
            }
            Way::Path { resource } => {
                let read = contract.meaning().resources[resource]
                    .read
                    .unwrap_or_default();
                contract.api().operations[read].pointer.clone()
            }
        }
    }
}

pub(super) fn is_callable_get(contract: &Contract, operation: usize) -> bool {
    contract.api().operations[operation].method == http::Method::GET
        && contract.compiled(operation).untestable.is_none()
}

/// Where a thing comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// The law makes it.
    Made { resource: usize },
    /// A list shows it.
    Listed { resource: usize, list: usize },
}

/// A thing, as its path names it.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) id: Value,
    /// What else the path holds.
    path: Vec<(String, String)>,
}

impl Source {
    /// A thing that the law makes itself, which nobody else touches.
    pub(super) fn made(contract: &Contract, resource: usize) -> Option<Source> {
        let found = &contract.meaning().resources[resource];
        let create = found.create?;
        let is_known = found.created_id.is_some() || has_location(contract, create);
        (is_known && contract.compiled(create).untestable.is_none())
            .then_some(Source::Made { resource })
    }

    /// A thing that a list shows.
    pub(super) fn listed(contract: &Contract, resource: usize) -> Option<Source> {
        let operation = contract.meaning().resources[resource].list?;
        let list = contract
            .meaning()
            .lists
            .iter()
            .position(|list| list.operation == operation && list.id.is_some())?;
        (contract.compiled(operation).untestable.is_none())
            .then_some(Source::Listed { resource, list })
    }

    pub(super) fn resource(self, contract: &Contract) -> &Resource {
        let (Source::Made { resource } | Source::Listed { resource, .. }) = self;
        &contract.meaning().resources[resource]
    }

    /// The operation whose answer shows the thing.
    pub(super) fn operation(self, contract: &Contract) -> usize {
        match self {
            Source::Made { resource } => contract.meaning().resources[resource]
                .create
                .unwrap_or_default(),
            Source::Listed { list, .. } => contract.meaning().lists[list].operation,
        }
    }

    /// The call whose answer shows the thing: step 0 of the law.
    pub(super) fn first(self, contract: &Contract, draws: &Draws<'_>) -> Option<Case> {
        match self {
            Source::Made { .. } => draws.valid(0, self.operation(contract)),
            Source::Listed { .. } => draws.bare(0, self.operation(contract)),
        }
    }

    /// The thing that the answer shows; of several, one that is drawn with that step.
    pub(super) fn thing(
        self,
        contract: &Contract,
        draws: &Draws<'_>,
        step: usize,
        shown: &Exchange,
    ) -> Option<Thing> {
        let id = match self {
            Source::Made { .. } => self.resource(contract).id_made(contract.api(), shown)?,
            Source::Listed { list, .. } => {
                let list = &contract.meaning().lists[list];
                let items = list.items_of(shown.success()?.value()?)?;
                let item = items.get(draws.choice(step, items.len()))?;
                list.id_in_path(item)?.clone()
            }
        };
        Some(Thing {
            id,
            path: shown.case.path.clone(),
        })
    }
}

impl Thing {
    /// A call of an operation on the thing.
    pub(super) fn call(
        &self,
        contract: &Contract,
        draws: &Draws<'_>,
        (step, operation): (usize, usize),
        resource: &Resource,
    ) -> Option<Case> {
        let given = resource.call(contract.api(), operation, &self.id, &self.path)?;
        draws.linked(step, operation, &given)
    }

    /// A call of an operation on the thing, with a body that says of its id what the path says.
    pub(super) fn call_with_body(
        &self,
        contract: &Contract,
        draws: &Draws<'_>,
        (step, operation): (usize, usize),
        resource: &Resource,
    ) -> Option<Case> {
        let given = resource.call(contract.api(), operation, &self.id, &self.path)?;
        let mut case = draws.with_body(step, operation, &given)?;
        let body = case.body.as_mut()?;
        if let Some(id) = resource
            .read_id
            .as_ref()
            .and_then(|pointer| body.value.pointer_mut(pointer.as_str()))
        {
            *id = match (&self.id, &*id) {
                (Value::Number(number), Value::String(_)) => Value::from(number.to_string()),
                (Value::String(text), Value::Number(_)) => text.parse::<i64>().ok()?.into(),
                (same, _) => same.clone(),
            };
            body.bytes = serde_json::to_vec(&body.value).ok()?.into();
        }
        Some(case)
    }
}

/// Whether some success of an operation declares `Location`.
pub(super) fn has_location(contract: &Contract, operation: usize) -> bool {
    let responses = contract.api().operations[operation].responses.iter();
    responses
        .flat_map(|response| response.headers.keys())
        .any(|name| name.eq_ignore_ascii_case("location"))
}
