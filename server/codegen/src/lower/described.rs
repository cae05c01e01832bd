//! What dropshot is told about each operation, for the document that it emits.

use std::collections::BTreeSet;

use openapi_model::{Location, Operation, Parameter, SchemaId, Types};
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
        // dropshot registers parameters of one plain value only; of others it is told the name.
        let plain = [Types::BOOLEAN, Types::INTEGER, Types::NUMBER, Types::STRING];
        let schema = |p: &Parameter| {
            p.schema
                .filter(|id| plain.contains(&self.types(*id).without(Types::NULL)))
        };
        let members = parameters.iter().map(|p| {
            (
                p.name.as_str(),
                schema(p),
                p.description.as_deref(),
                p.required,
            )
        });
        let description = describe_object(self.api, members);
        Some(self.anonymous(&format!("{id} {suffix}"), description))
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
    pub(super) fn described(&mut self, id: SchemaId, hint: &str) -> DescribedItem {
        let mut at = id;
        loop {
            if let Some(name) = self.api.schema_name(at) {
                return self.named(name, at);
            }
            match self.api.schemas.get(at).reference {
                Some(target) => at = target,
                None => return self.anonymous(hint, describe(self.api, at)),
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
