//! Parameters: how they are written, and what they are to the caller.

use openapi_model::{Diagnostic, Location, Operation, Parameter, ParameterFormat, Style, Types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Fault, Lowering, description, title_case};
use crate::client::ParameterItem;
use crate::{media, names};

impl<'a> Lowering<'a> {
    /// How every parameter is written. One that cannot be is left out of its operation, which is left out itself where
    /// the parameter must be there.
    pub(super) fn forms(
        &mut self,
        operation: &'a Operation,
        faults: &mut Vec<Fault>,
    ) -> Vec<(&'a Parameter, TokenStream)> {
        let mut forms = Vec::new();
        for parameter in &operation.parameters {
            let reason = match self.form(parameter) {
                Ok(form) => {
                    forms.push((parameter, form));
                    continue;
                }
                Err(reason) => reason,
            };
            let (pointer, line) = (parameter.pointer.clone(), parameter.line);
            let what = format!(
                "the {} parameter `{}` {reason}",
                parameter.location, parameter.name
            );
            if parameter.required {
                faults.push(Fault {
                    pointer,
                    line,
                    message: what,
                });
            } else {
                let message = format!("`{}` goes without a parameter: {what}", operation.label());
                self.left_out.push(Diagnostic {
                    file: String::new(),
                    pointer,
                    line,
                    message,
                });
            }
        }
        forms
    }

    /// How a parameter's value is written; why it cannot be.
    fn form(&self, parameter: &Parameter) -> Result<TokenStream, String> {
        let is_name = matches!(parameter.location, Location::Path | Location::Query);
        if !is_name && !media::is_token(&parameter.name) {
            return Err("has a name that cannot be sent".to_owned());
        }
        let (style, explode) = match &parameter.format {
            ParameterFormat::Content(name) if media::json(name).is_some() => {
                return Ok(quote!(Form::Json));
            }
            ParameterFormat::Content(name) => {
                return Err(format!("is of `{name}`, and only JSON is supported"));
            }
            ParameterFormat::Style(style, explode) => (*style, *explode),
        };
        let types = parameter.schema.map_or(Types::ANY, |id| self.types(id, 0));
        if matches!(style, Style::DeepObject | Style::Matrix | Style::Label)
            || types.without(Types::NULL) == Types::OBJECT
        {
            return Err("is an object or of a style that is not supported: single values and arrays are, in the styles simple, form, spaceDelimited and pipeDelimited".to_owned());
        }
        if types.without(Types::NULL) != Types::ARRAY {
            return Ok(quote!(Form::One));
        }
        let is_query = parameter.location == Location::Query;
        Ok(match (style, explode) {
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) if is_query => {
                quote!(Form::Repeated)
            }
            (Style::SpaceDelimited, _) => quote!(Form::Delimited(" ")),
            (Style::PipeDelimited, _) => quote!(Form::Delimited("|")),
            _ => quote!(Form::Delimited(",")),
        })
    }

    pub(super) fn parameter(
        &mut self,
        operation: &Operation,
        id: &str,
        parameter: &Parameter,
        form: TokenStream,
        methods: &mut names::Parameters,
    ) -> ParameterItem {
        let name = &parameter.name;
        let hint = format!("{id} {name}");
        let types = parameter.schema.map_or(Types::ANY, |id| self.types(id, 0));
        let (rust_type, table) = self.type_and_table(parameter.schema, &hint);
        // What the builder's query holds as it is; everything else travels there as JSON.
        let is_scalar =
            [Types::STRING, Types::INTEGER, Types::NUMBER, Types::BOOLEAN].contains(&types);
        let has_namesake = operation
            .parameters
            .iter()
            .filter(|p| p.name == *name)
            .count()
            > 1;
        let location = parameter.location;
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
            is_text: types == Types::STRING,
            form,
            builder_type: if is_scalar {
                rust_type.clone()
            } else {
                quote!(super::super::support::parameter::Json<#rust_type>)
            },
            rust_type,
            table,
        }
    }
}
