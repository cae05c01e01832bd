//! Parameters: their names, types and defaults.

use openapi_model::{Location, Parameter, SchemaId, Types};
use quote::{format_ident, quote};
use schema_codegen::naming::Names;
use serde_json::Value;

use super::shapes::Shapes;
use super::{Lowering, documentation, optional, value_ident};
use crate::server_trait::ParameterItem;

impl<'a> Lowering<'a> {
    pub(super) fn parameter(
        &mut self,
        parameter: &'a Parameter,
        shapes: Shapes,
        operation: &str,
        fields: &mut Names,
    ) -> ParameterItem {
        let hint = format!("{operation} {}", parameter.name);
        let (rust_type, table) = match parameter.schema {
            _ if shapes.is_text => (quote!(String), self.text_table(parameter.schema, &hint)),
            Some(id) => (
                self.generator.rust_type(id, &hint),
                self.generator.table(id, &hint),
            ),
            None => (
                quote!(::dropshot_runtime::schema::serde_json::Value),
                quote!(&Schema::ANY),
            ),
        };
        let default = self.default(parameter);
        let default = default.filter(|default| default.is_string() || !shapes.is_text);
        let is_always_there = parameter.required || default.is_some();
        let shown = default
            .as_ref()
            .map(|default| format!("`{default}` where it is not given."));
        ParameterItem {
            field: value_ident(fields, &parameter.name),
            name: parameter.name.clone(),
            location: format_ident!(
                "{}",
                match parameter.location {
                    Location::Path => "Path",
                    Location::Query => "Query",
                    Location::Header => "Header",
                    Location::Cookie => "Cookie",
                }
            ),
            required: parameter.required,
            description: parameter.description.clone(),
            allow_reserved: parameter.allow_reserved,
            lead: shapes.lead,
            shapes: shapes.shapes,
            default: default.map(|default| default.to_string()),
            documentation: documentation([
                parameter.description.as_deref(),
                Some(&format!(
                    "The {} parameter `{}`.",
                    parameter.location, parameter.name
                )),
                shown.as_deref(),
            ]),
            rust_type: optional(rust_type, is_always_there),
            table,
            is_plain: self.is_plain(parameter),
        }
    }

    /// The value of a parameter that is not given, where the document names one that its type can hold.
    fn default(&mut self, parameter: &'a Parameter) -> Option<&'a Value> {
        let id = parameter.schema.filter(|_| !parameter.required)?;
        let schema = self.api.schemas.get(id);
        let target = self.api.schemas.get(self.api.schemas.resolve(id));
        let default = schema
            .annotations
            .default
            .as_ref()
            .or(target.annotations.default.as_ref())?;
        if self.holds(id, default, 0) {
            return Some(default);
        }
        let message = format!(
            "the default of the {} parameter `{}` is left to the handler: it is not of the plain types that a default can have, or its own schema forbids it",
            parameter.location, parameter.name
        );
        self.note(&parameter.pointer, parameter.line, message);
        None
    }

    /// Whether the type of a schema can certainly hold a value: plain ones, and lists of them.
    fn holds(&self, id: SchemaId, value: &Value, depth: usize) -> bool {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        // Types of their own, which read texts in their own way.
        let has_own_type = |format: &String| matches!(format.as_str(), "date-time" | "uuid");
        let is_listed = schema
            .enumeration
            .as_ref()
            .is_none_or(|all| all.contains(value))
            && schema.constant.as_ref().is_none_or(|only| only == value);
        let fits = match value {
            Value::Bool(_) => schema.types.contains(Types::BOOLEAN),
            Value::String(_) => {
                schema.types.contains(Types::STRING)
                    && !schema.format.as_ref().is_some_and(has_own_type)
            }
            Value::Number(number) => {
                let is_above = |least: &serde_json::Number| number.as_f64() >= least.as_f64();
                let is_below = |most: &serde_json::Number| number.as_f64() <= most.as_f64();
                // The types of a few formats are smaller than 64 bits.
                let type_fits = schema.types.contains(Types::NUMBER)
                    || number
                        .as_i64()
                        .is_some_and(|n| match schema.format.as_deref() {
                            None | Some("int64") => true,
                            Some("int32") => i32::try_from(n).is_ok(),
                            Some(_) => (0..128).contains(&n),
                        });
                schema.types.contains(Types::INTEGER)
                    && type_fits
                    && schema.minimum.as_ref().is_none_or(is_above)
                    && schema.maximum.as_ref().is_none_or(is_below)
            }
            Value::Array(items) => {
                schema.types.contains(Types::ARRAY)
                    && schema
                        .items
                        .is_some_and(|id| items.iter().all(|item| self.holds(id, item, depth + 1)))
            }
            Value::Null | Value::Object(_) => false,
        };
        let is_plain = schema.any_of.is_empty() && schema.one_of.is_empty() && depth < 8;
        fits && is_listed
            && is_plain
            && schema
                .all_of
                .iter()
                .all(|part| self.holds(*part, value, depth + 1))
    }
}
