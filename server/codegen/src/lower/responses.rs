//! Responses: their statuses, headers and bodies.

use openapi_model::{Operation, Response, StatusPattern};
use quote::quote;
use schema_codegen::naming::Names;

use super::media::{Format, Group};
use super::{Lowering, documentation, header_fault, optional, type_ident, value_ident};
use crate::describe::describe_object;
use crate::server_trait::{
    HeaderItem, ResponseBodyItem, ResponseFormItem, ResponseItem, ResponseKind,
};

/// A response that is served, and the forms of its body.
pub(super) type Served<'a> = (&'a Response, Vec<Group>);

impl<'a> Lowering<'a> {
    /// The responses that are served; `None` where there are some and none is left.
    pub(super) fn responses(&mut self, operation: &'a Operation) -> Option<Vec<Served<'a>>> {
        let mut served = Vec::new();
        for response in &operation.responses {
            let groups = self.groups(&response.content, false);
            if groups.is_empty() && !response.content.is_empty() {
                let why = "none of its media types can be written".to_owned();
                self.leave_out(&response.pointer, response.line, why, "the response");
            } else {
                served.push((response, groups));
            }
        }
        if served.is_empty() && !operation.responses.is_empty() {
            let why = "none of its responses can be written".to_owned();
            self.leave_out(&operation.pointer, operation.line, why, "the operation");
            return None;
        }
        Some(served)
    }

    pub(super) fn response(
        &mut self,
        (response, groups): Served<'a>,
        id: &str,
        variants: &mut Names,
        types: &mut Names,
    ) -> ResponseItem {
        let status = response.status.to_string();
        let code = match response.status {
            StatusPattern::Code(code) => Some(code.as_u16()),
            StatusPattern::Range(_) | StatusPattern::Default => None,
        };
        let variant = match response.status {
            StatusPattern::Code(code) => code
                .canonical_reason()
                .map_or_else(|| format!("status {code}"), str::to_owned),
            StatusPattern::Range(digit) => format!("status {digit}xx"),
            StatusPattern::Default => "default".to_owned(),
        };
        let headers = self.headers(response, &format!("{id} {variant}"));
        let hint = format!("{id} {variant} body");
        let body = (!groups.is_empty()).then(|| self.response_body(groups, &hint, types));
        let members = response.headers.iter().map(|(name, h)| {
            (
                name.as_str(),
                h.schema,
                h.description.as_deref(),
                h.required,
            )
        });
        let description_of_headers = (!response.headers.is_empty()).then(|| {
            self.anonymous(
                &format!("{id} {variant} headers"),
                describe_object(self.api, false, members),
            )
        });
        ResponseItem {
            variant: type_ident(variants, &variant),
            documentation: documentation([Some(
                format!("{status}: {}", response.description).as_str(),
            )]),
            status,
            code,
            description: response.description.clone(),
            headers,
            body,
            description_of_headers,
        }
    }

    fn headers(&mut self, response: &'a Response, hint: &str) -> Vec<HeaderItem> {
        let mut fields = Names::reserving(["accept", "body", "content_type", "status"]);
        let mut items = Vec::new();
        for (name, header) in &response.headers {
            if let Some(why) = header_fault(name) {
                self.leave_out(&header.pointer, header.line, why, "the header");
                continue;
            }
            let rust_type = match header.schema {
                Some(schema) => self.generator.rust_type(schema, &format!("{hint} {name}")),
                None => quote!(String),
            };
            items.push(HeaderItem {
                field: value_ident(&mut fields, name),
                name: name.to_ascii_lowercase(),
                required: header.required,
                documentation: documentation([
                    header.description.as_deref(),
                    Some(&format!("The header `{name}`.")),
                ]),
                rust_type: optional(rust_type, header.required),
            });
        }
        items
    }

    fn response_body(
        &mut self,
        groups: Vec<Group>,
        hint: &str,
        types: &mut Names,
    ) -> ResponseBodyItem {
        let enum_name = (groups.len() > 1).then(|| type_ident(types, hint));
        let mut variants = Names::default();
        let described = groups.iter().find(|group| group.format == Format::Json);
        let described = described.map(|group| self.described(group.schema, hint));
        let forms = groups
            .into_iter()
            .map(|group| ResponseFormItem {
                variant: type_ident(&mut variants, group.format.name()),
                is_named: group.is_named(),
                kind: match (group.format, group.schema) {
                    (Format::Json, Some(schema)) => ResponseKind::Json {
                        rust_type: self.generator.rust_type(schema, hint),
                        table: self.generator.table(schema, hint),
                    },
                    (Format::Json, None) => ResponseKind::Json {
                        rust_type: quote!(::dropshot_runtime::schema::serde_json::Value),
                        table: quote!(&Schema::ANY),
                    },
                    (Format::Text, schema) => ResponseKind::Text {
                        table: self.text_table(schema, hint),
                    },
                    _ => ResponseKind::Stream,
                },
                // A range of JSON is sent as what JSON is called.
                media_types: group
                    .media_types
                    .into_iter()
                    .map(|name| match (group.format, name.contains('*')) {
                        (Format::Json, true) => "application/json".to_owned(),
                        _ => name,
                    })
                    .collect(),
            })
            .collect();
        ResponseBodyItem {
            enum_name,
            forms,
            described,
        }
    }
}
