//! Parameters: how they are written, and what they are to the caller.

use indexmap::IndexMap;
use openapi_model::{Location, Operation, Parameter, ParameterFormat, SchemaId, Style, Types};
use proc_macro2::Ident;
use quote::{format_ident, quote};

use super::media::is_json;
use super::{Lowering, description, title_case};
use crate::client::ParameterItem;
use crate::header::header_fault;
use crate::names;

/// How a parameter's value is written.
pub(super) struct Written {
    /// A variant of `support::operation::Style`.
    style: Ident,
    explode: bool,
    /// Whether the value is the text itself, whatever the schema says.
    is_text: bool,
}

impl<'a> Lowering<'a> {
    /// How every parameter is written; `None` where one that must be there cannot be. Another that cannot be written is
    /// left out by itself.
    pub(super) fn written(
        &mut self,
        operation: &'a Operation,
    ) -> Option<Vec<(&'a Parameter, Written)>> {
        let mut forms = Vec::new();
        let mut is_complete = true;
        for parameter in &operation.parameters {
            let Parameter {
                location,
                name,
                pointer,
                line,
                ..
            } = parameter;
            let why = match self.form(parameter) {
                Ok(written) => {
                    forms.push((parameter, written));
                    continue;
                }
                Err(why) => why,
            };
            let why = match self.name_fault(parameter) {
                Some(fault) => fault,
                None => format!("the {location} parameter `{name}` {why}"),
            };
            let what = if parameter.required {
                "the operation"
            } else {
                "the parameter"
            };
            self.leave_out(pointer, *line, why, what);
            is_complete &= !parameter.required;
        }
        is_complete.then_some(forms)
    }

    fn name_fault(&self, parameter: &Parameter) -> Option<String> {
        match parameter.location {
            Location::Header | Location::Cookie => header_fault(&parameter.name),
            Location::Path | Location::Query => None,
        }
    }

    /// How a parameter's value is written; why it cannot be.
    fn form(&mut self, parameter: &Parameter) -> Result<Written, String> {
        if let Some(fault) = self.name_fault(parameter) {
            return Err(fault);
        }
        let Parameter { location, name, .. } = parameter;
        let plain = match location {
            Location::Path | Location::Header => format_ident!("Simple"),
            Location::Query | Location::Cookie => format_ident!("Form"),
        };
        let (style, explode) = match &parameter.format {
            ParameterFormat::Content(media_type) => {
                let is_text = !is_json(media_type);
                let is_unchecked = parameter
                    .schema
                    .is_some_and(|id| !self.types(id).contains(Types::STRING));
                if is_text && is_unchecked {
                    let message = format!(
                        "the {location} parameter `{name}` is handed on as text: its schema is not checked"
                    );
                    self.note(&parameter.pointer, parameter.line, message);
                }
                return Ok(Written {
                    style: if is_text {
                        plain
                    } else {
                        format_ident!("Json")
                    },
                    explode: false,
                    is_text,
                });
            }
            ParameterFormat::Style(style, explode) => (*style, *explode),
        };
        if let Some(id) = parameter.schema {
            self.check_shape(parameter, style, explode, id)?;
        }
        Ok(Written {
            style: match style {
                Style::Matrix => format_ident!("Matrix"),
                Style::Label => format_ident!("Label"),
                Style::Form => format_ident!("Form"),
                Style::Simple => format_ident!("Simple"),
                Style::SpaceDelimited => format_ident!("SpaceDelimited"),
                Style::PipeDelimited => format_ident!("PipeDelimited"),
                Style::DeepObject => format_ident!("DeepObject"),
            },
            explode,
            is_text: false,
        })
    }

    /// Whether a style can write a value of that schema; why it never can. What it cannot write of some values is noted.
    fn check_shape(
        &mut self,
        parameter: &Parameter,
        style: Style,
        explode: bool,
        id: SchemaId,
    ) -> Result<(), String> {
        let types = self.types(id).without(Types::NULL);
        let json = "describe it by `content` of `application/json`";
        if types == Types::NONE {
            return Err("has no value that is allowed: mend its schema".to_owned());
        }
        if types == Types::ARRAY && style == Style::DeepObject {
            return Err(
                "is a list, and the style deepObject is for objects: choose the style form"
                    .to_owned(),
            );
        }
        if types == Types::ARRAY && !self.has_plain_items(id) {
            return Err(format!(
                "is a list of lists or of objects, which no style can write: {json}"
            ));
        }
        if style == Style::DeepObject && !types.contains(Types::OBJECT) {
            return Err(
                "is no object, which the style deepObject is for: choose the style form".to_owned(),
            );
        }
        let is_delimited = matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
        if types == Types::OBJECT && is_delimited && explode {
            return Err(
                "is an object in a style that has none: choose the style form or deepObject"
                    .to_owned(),
            );
        }
        if types != Types::OBJECT || style == Style::DeepObject {
            return Ok(());
        }
        let mut members = IndexMap::new();
        self.collect(id, &mut members, &mut Vec::new(), 0);
        for (member, id) in members {
            let types = self.types(id).without(Types::NULL);
            let fault = if types == Types::OBJECT {
                format!("is an object: choose the style deepObject, or {json}")
            } else if types != Types::ARRAY {
                continue;
            } else if !(style == Style::Form && explode) {
                "is a list, which has no place in a row of names and values: choose another style"
                    .to_owned()
            } else if !self.has_plain_items(id) {
                format!("is a list of lists or of objects: {json}")
            } else {
                continue;
            };
            let Parameter { location, name, .. } = parameter;
            let message = format!(
                "the {location} parameter `{name}` has a member `{member}` that {fault}; a call that gives it is refused"
            );
            self.note(&parameter.pointer, parameter.line, message);
        }
        Ok(())
    }

    /// Whether the items of a list may be single values.
    fn has_plain_items(&self, id: SchemaId) -> bool {
        let nested = Types::ARRAY.union(Types::OBJECT).union(Types::NULL);
        self.items(id, 0)
            .is_none_or(|items| self.types(items).without(nested) != Types::NONE)
    }

    pub(super) fn parameter(
        &mut self,
        operation: &Operation,
        id: &str,
        parameter: &Parameter,
        written: Written,
        methods: &mut names::Parameters,
    ) -> ParameterItem {
        let Parameter { name, location, .. } = parameter;
        let hint = format!("{id} {name}");
        let types = parameter.schema.map_or(Types::ANY, |id| self.types(id));
        let (rust_type, table) = if written.is_text {
            (quote!(String), self.text_table(parameter.schema, &hint))
        } else {
            self.type_and_table(parameter.schema, &hint)
        };
        // What the builder's query holds as it is; everything else travels there as JSON.
        let is_scalar = written.is_text
            || [Types::STRING, Types::INTEGER, Types::NUMBER, Types::BOOLEAN].contains(&types);
        let has_namesake = operation
            .parameters
            .iter()
            .filter(|p| p.name == *name)
            .count()
            > 1;
        let about = match (&parameter.description, location) {
            (Some(description), _) => description.clone(),
            (None, Location::Header) => format!("The header `{name}`."),
            (None, Location::Cookie) => format!("The cookie `{name}`."),
            (None, _) => format!("The {location} parameter `{name}`."),
        };
        ParameterItem {
            name: name.clone(),
            argument: if has_namesake {
                format!("{location}:{name}")
            } else {
                name.clone()
            },
            method: methods.claim(name),
            location: format_ident!("{}", title_case(&location.to_string())),
            required: parameter.required,
            description: description(Some(&about), parameter.deprecated),
            is_text: written.is_text || types == Types::STRING,
            style: written.style,
            explode: written.explode,
            allow_reserved: parameter.allow_reserved,
            builder_type: if is_scalar {
                rust_type.clone()
            } else {
                quote!(support::parameter::Json<#rust_type>)
            },
            rust_type,
            table,
        }
    }
}
