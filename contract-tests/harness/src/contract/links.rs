//! Where the answers of an operation lead: by the links of the document, and by habit.

use openapi_model::{Api, Link, Location, Operation};

use super::collections::feeds;
use super::compile::Compiler;
use super::{Compiled, CompiledLink};
use crate::expression::Expression;

/// Says of each operation where its answers lead.
pub(super) fn connect(api: &Api, operations: &mut [Compiled]) {
    let (feeds, awaited) = feeds(api);
    for (operation, feeds) in operations.iter_mut().zip(feeds) {
        operation.feeds = feeds;
        let fills_path = |link: &&CompiledLink| {
            let parameters = &api.operations[link.target].parameters;
            let mut places = link.feeds.iter().map(|(place, _)| *place);
            places.any(|place| parameters[place].location == Location::Path)
        };
        let links = operation.links.iter().filter(fills_path);
        operation.leads = links.map(|link| link.target).collect();
    }
    for (target, sources) in awaited.into_iter().enumerate() {
        for source in sources {
            operations[source].leads.push(target);
        }
    }
    let leads = operations.iter().flat_map(|operation| &operation.leads);
    for target in leads.copied().collect::<Vec<_>>() {
        operations[target].is_awaiting = true;
    }
}

impl Compiler<'_> {
    /// The links of an operation's responses that lead to operations of the document.
    pub(super) fn links(&mut self, operation: &Operation) -> Vec<CompiledLink> {
        let mut links = Vec::new();
        for (index, response) in operation.responses.iter().enumerate() {
            for (name, link) in &response.links {
                match self.link(link) {
                    Ok((target, feeds)) => links.push(CompiledLink {
                        response: index,
                        name: name.clone(),
                        pointer: link.pointer.clone(),
                        target,
                        feeds,
                    }),
                    Err(reason) => self.gap(operation, &format!("link `{name}`"), reason),
                }
            }
        }
        links
    }

    fn link(&self, link: &Link) -> Result<(usize, Vec<(usize, Expression)>), String> {
        let pointer = link
            .operation
            .as_ref()
            .ok_or("it leads out of the document")?;
        let target = self
            .api
            .operations
            .iter()
            .position(|operation| operation.pointer == *pointer)
            .ok_or("it leads to no operation")?;
        let mut feeds = Vec::new();
        for (name, value) in &link.parameters {
            let parameters = &self.api.operations[target].parameters;
            // A name may tell its place: `path.id`.
            let index = parameters
                .iter()
                .position(|p| p.name == *name || format!("{}.{}", p.location, p.name) == *name)
                .ok_or_else(|| {
                    format!("the operation that it leads to has no parameter `{name}`")
                })?;
            feeds.push((index, Expression::read(value)?));
        }
        Ok((target, feeds))
    }
}
