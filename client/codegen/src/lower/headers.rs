//! Headers of answers: what each is to the caller.

use indexmap::IndexMap;
use openapi_model::{Header, ParameterFormat, Response, SchemaId, Types};
use proc_macro2::TokenStream;
use quote::quote;
use schema_codegen::naming::{self, Names};

use super::media::is_json;
use super::{Lowering, type_ident};
use crate::client::{HeaderItem, HeadersItem};
use crate::documentation;
use crate::header::header_fault;

impl Lowering<'_> {
    /// The headers of one response, where it has some.
    pub(super) fn headers(
        &mut self,
        response: &Response,
        id: &str,
        variant: &str,
    ) -> Option<HeadersItem> {
        let mut fields = Names::default();
        let mut items = Vec::new();
        for (name, header) in &response.headers {
            let shape = match header_fault(name) {
                Some(fault) => Err(fault),
                None => self
                    .header_shape(header)
                    .map_err(|why| format!("the header `{name}` {why}")),
            };
            let (shape, explode) = match shape {
                Ok(shape) => shape,
                Err(why) => {
                    self.leave_out(&header.pointer, header.line, why, "the header");
                    continue;
                }
            };
            let hint = format!("{id} {variant} {name}");
            let (rust_type, table) = match header.schema {
                Some(schema) => (
                    self.generator.rust_type(schema, &hint),
                    self.generator.table(schema, &hint),
                ),
                None => (quote!(String), quote!(&::schema_check::Schema::ANY)),
            };
            let about = format!("The header `{name}`.");
            items.push(HeaderItem {
                field: naming::ident(&fields.claim(&naming::value_name(name))),
                name: name.clone(),
                required: header.required,
                documentation: documentation::lines([
                    header.description.as_deref(),
                    Some(about.as_str()),
                ]),
                rust_type: if header.required {
                    rust_type
                } else {
                    quote!(Option<#rust_type>)
                },
                shape,
                explode,
                table,
            });
        }
        (!items.is_empty()).then(|| HeadersItem {
            name: type_ident(&mut self.headers, &format!("{id} {variant}")),
            status: response.status.to_string(),
            items,
        })
    }

    /// A value of `support::operation::Shape`, and whether names and values have `=` between them; why there is none.
    fn header_shape(&self, header: &Header) -> Result<(TokenStream, bool), String> {
        let explode = match &header.format {
            ParameterFormat::Content(media_type) if is_json(media_type) => {
                return Ok((quote!(Shape::Json), false));
            }
            ParameterFormat::Content(_) => false,
            ParameterFormat::Style(_, explode) => *explode,
        };
        let Some(id) = header.schema else {
            return Ok((quote!(Shape::One(&[Scalar::Text])), false));
        };
        let types = self.types(id).without(Types::NULL);
        if types == Types::ARRAY {
            let items = self.items(id, 0);
            let scalars = items.map_or_else(|| quote!(Scalar::Text), |items| self.scalars(items));
            if scalars.is_empty() {
                return Err("is a list of lists or of objects, which no style can write: describe it by `content` of `application/json`".to_owned());
            }
            return Ok((quote!(Shape::List(&[#scalars])), explode));
        }
        if types == Types::OBJECT {
            let mut members = IndexMap::new();
            self.collect(id, &mut members, &mut Vec::new(), 0);
            let members = members.iter().map(|(name, id)| {
                let scalars = self.scalars(*id);
                quote!((#name, &[#scalars]))
            });
            return Ok((quote!(Shape::Object(&[#(#members),*])), explode));
        }
        let scalars = self.scalars(id);
        if scalars.is_empty() {
            return Err("has no value that is allowed: mend its schema".to_owned());
        }
        Ok((quote!(Shape::One(&[#scalars])), explode))
    }

    /// Values of `support::operation::Scalar` for what a text may stand for, the narrower first.
    fn scalars(&self, id: SchemaId) -> TokenStream {
        let types = self.types(id);
        let mut scalars = Vec::new();
        if types == Types::ANY {
            return quote!(Scalar::Text);
        }
        if types.contains(Types::NUMBER) {
            scalars.push(quote!(Scalar::Number));
        } else if types.contains(Types::INTEGER) {
            scalars.push(quote!(Scalar::Integer));
        } else if types.intersects(Types::NUMBER) {
            scalars.push(quote!(Scalar::Number));
        }
        if types.contains(Types::BOOLEAN) {
            scalars.push(quote!(Scalar::Boolean));
        }
        if types.contains(Types::STRING) {
            scalars.push(quote!(Scalar::Text));
        }
        quote!(#(#scalars),*)
    }
}
