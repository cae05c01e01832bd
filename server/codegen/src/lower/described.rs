//! What dropshot is told about each operation, for the document that it emits.

use std::collections::BTreeSet;

use openapi_model::{Location, Operation, Parameter, ParameterFormat, SchemaId, Types};
use proc_macro2::Ident;

use super::{Lowering, type_ident};
use crate::describe::{Description, describe, describe_object};
use crate::server_trait::{DescribedItem, OperationItem};

impl Lowering<'_> {
    pub(super) fn described_parameters(
        &mut self,
        operation: &Operation,
        id: &str,
        location: Location,
        suffix: &str,
    ) -> Option<DescribedItem> {
        let parameters: Vec<&Parameter> = operation
            .parameters
            .iter()
            .filter(|p| p.location == location)
            .collect();
        if parameters.is_empty() {
            return None;
        }
        let schema = |p: &Parameter| p.schema.filter(|_| self.is_plain(p));
        let members = parameters.iter().map(|p| {
            (
                p.name.as_str(),
                schema(p),
                p.description.as_deref(),
                p.required,
            )
        });
        let description = describe_object(self.api, true, members);
        Some(self.anonymous(&format!("{id} {suffix}"), description))
    }

    /// Whether the schema of a parameter can be told to dropshot.
    pub(super) fn is_plain(&self, parameter: &Parameter) -> bool {
        let plain = [Types::BOOLEAN, Types::INTEGER, Types::NUMBER, Types::STRING];
        let types = parameter
            .schema
            .map(|id| self.types(id).without(Types::NULL));
        types.is_some_and(|types| plain.contains(&types))
            && matches!(parameter.format, ParameterFormat::Style(..))
    }

    /// The named schemas that the operations are described by, and those that these refer to.
    pub(super) fn referenced(&self, operations: &[OperationItem]) -> Vec<DescribedItem> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut waiting: Vec<String> = Vec::new();
        for item in operations.iter().flat_map(OperationItem::described) {
            waiting.extend(item.is_named.then(|| item.name.clone()));
            waiting.extend(item.description.references.iter().cloned());
        }
        while let Some(name) = waiting.pop() {
            if names.insert(name.clone()) {
                waiting.extend(describe(self.api, self.api.named_schemas[&name]).references);
            }
        }
        let in_order = self
            .api
            .named_schemas
            .iter()
            .filter(|(name, _)| names.contains(*name));
        in_order.map(|(name, id)| self.named(name, *id)).collect()
    }

    /// The description of a schema where it is used: the named schema itself, or the schema that stands there.
    /// Without a schema, anything is described.
    pub(super) fn described(&mut self, id: Option<SchemaId>, hint: &str) -> DescribedItem {
        let Some(mut at) = id else {
            let anything = Description {
                text: "true".to_owned(),
                references: Vec::new(),
            };
            return self.anonymous(hint, anything);
        };
        loop {
            if let Some(name) = self.api.schema_name(at) {
                return self.named(name, at);
            }
            match self.api.schemas.get(at).reference {
                Some(target) => at = target,
                None => {
                    let mut item = self.anonymous(hint, describe(self.api, at));
                    // dropshot takes the name for the title.
                    let title = &self.api.schemas.get(at).annotations.title;
                    if let Some(title) = title {
                        item.name.clone_from(title);
                    }
                    return item;
                }
            }
        }
    }

    pub(super) fn named(&self, name: &str, id: SchemaId) -> DescribedItem {
        self.item(
            self.markers[name].clone(),
            name.to_owned(),
            true,
            describe(self.api, id),
        )
    }

    pub(super) fn anonymous(&mut self, hint: &str, description: Description) -> DescribedItem {
        let marker = type_ident(&mut self.described_names, hint);
        self.item(marker.clone(), marker.to_string(), false, description)
    }

    fn item(
        &self,
        marker: Ident,
        name: String,
        is_named: bool,
        description: Description,
    ) -> DescribedItem {
        let references = description
            .references
            .iter()
            .map(|name| self.markers[name.as_str()].clone())
            .collect();
        DescribedItem {
            marker,
            name,
            is_named,
            description,
            references,
        }
    }
}
