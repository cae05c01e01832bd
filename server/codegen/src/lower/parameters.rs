//! Parameters: how the text of each becomes a value, and what it may be.

use std::collections::HashMap;

use openapi_model::{Location, Operation, Parameter, ParameterFormat, SchemaId, Style, Types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use schema_codegen::naming::Names;
use serde_json::Value;

use super::{Lowering, documentation, header_fault, is_json, optional, value_ident};
use crate::server_trait::ParameterItem;

impl<'a> Lowering<'a> {
    /// How the texts of an operation's parameters become values; `None` where those of one cannot.
    ///
    /// A parameter that cannot be enforced takes out its operation, optional or not: a server that ignores it answers
    /// another question than the one it was asked.
    pub(super) fn shapes(&mut self, operation: &Operation) -> Option<Vec<TokenStream>> {
        let mut shapes = Vec::new();
        for parameter in &operation.parameters {
            let bad_name = match parameter.location {
                Location::Header => header_fault(&parameter.name),
                _ => None,
            };
            let shape = match bad_name {
                Some(why) => Err(why),
                None => self.shape(parameter).map_err(|why| {
                    format!(
                        "the {} parameter `{}` {why}",
                        parameter.location, parameter.name
                    )
                }),
            };
            match shape {
                Ok(shape) => shapes.push(shape),
                Err(why) => {
                    self.leave_out(&parameter.pointer, parameter.line, why, "the operation");
                }
            }
        }
        (shapes.len() == operation.parameters.len()).then_some(shapes)
    }

    pub(super) fn parameter(
        &mut self,
        parameter: &'a Parameter,
        shape: TokenStream,
        operation: &str,
        fields: &mut Names,
    ) -> ParameterItem {
        let hint = format!("{operation} {}", parameter.name);
        let (rust_type, table) = match parameter.schema {
            Some(id) => (
                self.generator.rust_type(id, &hint),
                self.generator.table(id, &hint),
            ),
            None => (
                quote!(::dropshot_runtime::schema::serde_json::Value),
                quote!(&::dropshot_runtime::schema::Schema::ANY),
            ),
        };
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
            documentation: documentation([
                parameter.description.as_deref(),
                Some(&format!(
                    "The {} parameter `{}`.",
                    parameter.location, parameter.name
                )),
            ]),
            shape,
            rust_type: optional(rust_type, parameter.required),
            table,
        }
    }

    /// How the text of a parameter becomes a value; why it cannot.
    fn shape(&self, parameter: &Parameter) -> Result<TokenStream, String> {
        let (style, explode) = match &parameter.format {
            ParameterFormat::Content(media_type) if is_json(media_type) => {
                return Ok(quote!(Shape::Json));
            }
            ParameterFormat::Content(media_type) => {
                return Err(format!("is of `{media_type}`, and only JSON is supported"));
            }
            ParameterFormat::Style(style, explode) => (*style, *explode),
        };
        let Some(id) = parameter.schema else {
            return Err("has no schema".to_owned());
        };
        let types = self.types(id);
        let is_array = types.without(Types::NULL) == Types::ARRAY;
        if matches!(style, Style::DeepObject | Style::Matrix | Style::Label)
            || types.without(Types::NULL) == Types::OBJECT
        {
            return Err("is an object or of a style that is not supported: use single values or arrays in the styles simple, form, spaceDelimited or pipeDelimited".to_owned());
        }
        if !is_array {
            let scalar = scalar(types)?;
            return Ok(quote!(Shape::One(#scalar)));
        }
        let items = self
            .items(id, 0)
            .map_or(Types::ANY, |items| self.types(items));
        let scalar = scalar(items)?;
        Ok(match (style, explode) {
            (Style::Form, true) if parameter.location == Location::Query => {
                quote!(Shape::Repeated(#scalar))
            }
            (Style::SpaceDelimited, false) => quote!(Shape::Delimited(#scalar, " ")),
            (Style::PipeDelimited, false) => quote!(Shape::Delimited(#scalar, "|")),
            (Style::SpaceDelimited | Style::PipeDelimited, true) => {
                quote!(Shape::Repeated(#scalar))
            }
            _ => quote!(Shape::Delimited(#scalar, ",")),
        })
    }

    /// The types that a schema allows, those of its branches and of its listed values considered.
    pub(super) fn types(&self, id: SchemaId) -> Types {
        self.types_within(id, &mut HashMap::new())
    }

    fn types_within(&self, id: SchemaId, known: &mut HashMap<SchemaId, Types>) -> Types {
        let id = self.api.schemas.resolve(id);
        if let Some(types) = known.get(&id) {
            return *types;
        }
        // What refers to itself adds nothing to what it says.
        known.insert(id, Types::ANY);
        let schema = self.api.schemas.get(id);
        let mut types = schema.types;
        for part in &schema.all_of {
            types = types.intersection(self.types_within(*part, known));
        }
        for branches in [&schema.any_of, &schema.one_of] {
            let each = branches
                .iter()
                .map(|branch| self.types_within(*branch, known));
            if let Some(either) = each.reduce(Types::union) {
                types = types.intersection(either);
            }
        }
        if let Some(listed) = &schema.enumeration {
            types = types.intersection(listed.iter().map(type_of).fold(Types::NONE, Types::union));
        }
        known.insert(id, types);
        types
    }

    /// The schema of an array's items, wherever it stands.
    fn items(&self, id: SchemaId, depth: usize) -> Option<SchemaId> {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        let parts = schema.all_of.iter().filter(|_| depth < 32);
        schema.items.or_else(|| {
            parts
                .into_iter()
                .find_map(|part| self.items(*part, depth + 1))
        })
    }
}

/// What one text may stand for, by the types that its value may have. Text that may be anything is text.
fn scalar(types: Types) -> Result<TokenStream, String> {
    Ok(match types.without(Types::NULL) {
        Types::INTEGER => quote!(Scalar::Integer),
        Types::NUMBER => quote!(Scalar::Number),
        Types::BOOLEAN => quote!(Scalar::Boolean),
        types if types.contains(Types::STRING) => quote!(Scalar::Text),
        types => {
            let message = "has values of several types, which its text does not tell apart: give it one `type`";
            return Err(format!("{message} ({})", types.names().join(", ")));
        }
    })
}

fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_f64() => Types::NUMBER,
        Value::Number(_) => Types::INTEGER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}
