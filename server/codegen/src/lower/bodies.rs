//! Request bodies: the forms that each may have.

use openapi_model::{Operation, RequestBody, SchemaId, Types};
use proc_macro2::TokenStream;
use quote::quote;
use schema_codegen::naming::Names;

use super::media::{Format, Group, essence};
use super::{Lowering, documentation, optional, type_ident, value_ident};
use crate::server_trait::{
    BodyFormItem, BodyItem, BodyKind, DescribedAs, DescribedItem, PartItem, PartsItem,
};

impl<'a> Lowering<'a> {
    /// The forms of the request body that are served; `None` where it has some and none is left.
    pub(super) fn request_groups(&mut self, operation: &'a Operation) -> Option<Vec<Group>> {
        let Some(body) = &operation.request_body else {
            return Some(Vec::new());
        };
        let groups = self.groups(&body.content, true);
        if groups.is_empty() {
            let why = "none of the media types of the request body is served".to_owned();
            self.leave_out(&operation.pointer, operation.line, why, "the operation");
            return None;
        }
        Some(groups)
    }

    pub(super) fn body(
        &mut self,
        body: &'a RequestBody,
        groups: Vec<Group>,
        id: &str,
        types: &mut Names,
    ) -> BodyItem {
        let hint = format!("{id} body");
        let enum_name = (groups.len() > 1).then(|| type_ident(types, &hint));
        let mut variants = Names::default();
        let media_types: Vec<String> = groups
            .iter()
            .flat_map(|group| group.media_types.clone())
            .collect();
        let described = self.described_body(&groups, &hint);
        let forms: Vec<BodyFormItem> = groups
            .into_iter()
            .map(|group| {
                let hint = match group.format {
                    Format::Json => hint.clone(),
                    other => format!("{hint} {}", other.name()),
                };
                BodyFormItem {
                    variant: type_ident(&mut variants, group.format.name()),
                    kind: self.body_kind(&group, &hint, types),
                    media_types: group.media_types,
                }
            })
            .collect();
        let rust_type = match (&enum_name, forms.as_slice()) {
            (None, [only]) => only.kind.rust_type(),
            _ => quote!(#enum_name),
        };
        BodyItem {
            required: body.required,
            media_types,
            documentation: documentation([body.description.as_deref(), Some("The body.")]),
            rust_type: optional(rust_type, body.required),
            enum_name,
            forms,
            described,
        }
    }

    /// What dropshot is told about the body, which is one of its forms.
    fn described_body(
        &mut self,
        groups: &[Group],
        hint: &str,
    ) -> Option<(DescribedAs, Option<DescribedItem>)> {
        let known = groups.iter().filter_map(|group| {
            let known = match group.format {
                Format::Json => DescribedAs::Json,
                Format::Form => DescribedAs::UrlEncoded,
                Format::Multipart => DescribedAs::MultipartFormData,
                Format::Text | Format::Stream => {
                    group
                        .media_types
                        .iter()
                        .find_map(|name| match essence(name).as_str() {
                            "application/octet-stream" => Some(DescribedAs::Bytes),
                            "multipart/form-data" => Some(DescribedAs::MultipartFormData),
                            "application/x-www-form-urlencoded" => Some(DescribedAs::UrlEncoded),
                            _ => None,
                        })?
                }
            };
            Some((known, group.schema))
        });
        let (known, schema) = known.min_by_key(|(known, _)| *known)?;
        let is_bytes = matches!(known, DescribedAs::MultipartFormData | DescribedAs::Bytes)
            && schema.is_some_and(|id| self.is_file(id));
        Some((known, (!is_bytes).then(|| self.described(schema, hint))))
    }

    fn body_kind(&mut self, group: &Group, hint: &str, types: &mut Names) -> BodyKind {
        match group.format {
            Format::Stream => BodyKind::Stream,
            Format::Text => BodyKind::Text {
                table: self.text_table(group.schema, hint),
            },
            Format::Json | Format::Form | Format::Multipart => {
                let Some(schema) = group.schema else {
                    return BodyKind::Value {
                        rust_type: quote!(::dropshot_runtime::schema::serde_json::Value),
                        table: quote!(&Schema::ANY),
                        members: None,
                    };
                };
                if group.format == Format::Multipart {
                    return BodyKind::Parts(self.parts(schema, hint, types));
                }
                let is_form = group.format == Format::Form;
                let members = is_form.then(|| self.form_members(schema, group.encoding.as_ref()));
                BodyKind::Value {
                    rust_type: self.generator.rust_type(schema, hint),
                    table: self.generator.table(schema, hint),
                    // A form whose members cannot be read has been left out.
                    members: members.and_then(Result::ok),
                }
            }
        }
    }

    /// What a text is checked against. The schema of a text that is no string is about what stands in it, such as XML.
    pub(super) fn text_table(&mut self, schema: Option<SchemaId>, hint: &str) -> TokenStream {
        match schema.filter(|id| self.types(*id).contains(Types::STRING)) {
            Some(id) => self.generator.table(id, hint),
            None => quote!(&Schema::ANY),
        }
    }

    /// A form in parts has a type of its own, because files are no values of a schema.
    fn parts(&mut self, schema: SchemaId, hint: &str, types: &mut Names) -> PartsItem {
        let mut names = Names::default();
        let form = self.form_of_parts(schema);
        let parts = form
            .fields
            .into_iter()
            .map(|(name, id)| {
                let required = form.required.contains(&name);
                let hint = format!("{hint} {name}");
                let is_file = self.is_file(id);
                let is_files = self.file_items(id);
                let (rust_type, kind, table) = if is_files {
                    (
                        quote!(Vec<::dropshot_runtime::File>),
                        quote!(PartKind::Files),
                        None,
                    )
                } else if is_file {
                    let file = quote!(::dropshot_runtime::File);
                    (optional(file, required), quote!(PartKind::File), None)
                } else {
                    let shapes = self.part_shapes(id).unwrap_or_default();
                    let rust_type = self.generator.rust_type(id, &hint);
                    (
                        optional(rust_type, required),
                        quote!(PartKind::Value(&[#(#shapes),*])),
                        Some(self.generator.table(id, &hint)),
                    )
                };
                let decode = match (is_files, is_file, required) {
                    (true, _, _) => quote!(values.files()),
                    (_, true, true) => quote!(values.file()?),
                    (_, true, false) => quote!(values.optional_file()),
                    _ => quote!(values.part()?),
                };
                let schema = self.api.schemas.get(self.api.schemas.resolve(id));
                PartItem {
                    field: value_ident(&mut names, &name),
                    documentation: documentation([
                        schema.annotations.description.as_deref(),
                        Some(&format!("The field `{name}`.")),
                    ]),
                    name,
                    required,
                    kind,
                    rust_type,
                    decode,
                    table: table.unwrap_or_else(|| quote!(&Schema::ANY)),
                }
            })
            .collect();
        PartsItem {
            name: type_ident(types, hint),
            parts,
            is_closed: form.is_closed,
        }
    }

    fn is_file(&self, id: SchemaId) -> bool {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        schema.format.as_deref() == Some("binary")
    }

    fn file_items(&self, id: SchemaId) -> bool {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        schema.items.is_some_and(|items| self.is_file(items))
    }
}
