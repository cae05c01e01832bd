//! What the operations of a document mean to each other.
//!
//! A schema says what a value is; laws need to know what it stands for: which operation makes the things that another
//! one reads, which parameter filters by which member, where the next page is. That comes from, in this order:
//!
//! 1. OpenAPI `links`;
//! 2. `x-contract` ([`annotation`]);
//! 3. JSON:API and HAL, where the media type says so;
//! 4. names of methods, paths, parameters and members.
//!
//! Names decide only where they can mean but one thing. What is not known here is not judged anywhere: a law that does
//! not apply is told with the reason, and a guess that is wrong would be a false alarm.

pub(crate) mod annotation;
pub(crate) mod filter;
pub(crate) mod id;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod resource;
pub(crate) mod shape;

use http::Method;
use openapi_model::{Api, Diagnostic};

use annotation::{Identity, OperationNote, ParameterNote};
use list::List;
use resource::Resource;

/// What is known of a document's operations.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) resources: Vec<Resource>,
    pub(crate) lists: Vec<List>,
    notes: Vec<OperationNote>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Meaning {
    pub(crate) fn of(api: &Api) -> Meaning {
        let mut diagnostics = Vec::new();
        let operations = api.operations.iter().enumerate();
        let notes: Vec<OperationNote> = api
            .operations
            .iter()
            .map(|operation| annotation::of_operation(api, operation, &mut diagnostics))
            .collect();
        let resources = resource::resources(api, &notes);
        let mut lists = Vec::new();
        for (index, operation) in operations {
            let found = (operation.method == Method::GET)
                .then(|| list::items(api, operation, &notes[index]))
                .flatten();
            let item = found.as_ref().map(|(_, item)| item.as_slice());
            let parameters: Vec<ParameterNote> = operation
                .parameters
                .iter()
                .map(|parameter| annotation::of_parameter(api, parameter, item, &mut diagnostics))
                .collect();
            let resource = resources
                .iter()
                .find(|resource| resource.list == Some(index));
            if item.is_some() {
                lists.extend(List::of(api, index, &notes[index], &parameters, resource));
            }
        }
        Meaning {
            resources,
            lists,
            notes,
            diagnostics,
        }
    }

    /// Whether the document's author says that a list leaves nothing out.
    pub(crate) fn is_complete(&self, operation: usize) -> bool {
        self.notes[operation].is_complete
    }

    /// What the document's author says makes two calls of an operation the same.
    pub(crate) fn identity(&self, operation: usize) -> Option<&Identity> {
        self.notes[operation].identity.as_ref()
    }
}
