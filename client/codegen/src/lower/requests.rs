//! Request bodies: the forms that each may have.

use indexmap::IndexMap;
use openapi_model::{Operation, SchemaId, Types};
use proc_macro2::TokenStream;
use quote::quote;
use schema_codegen::naming::{self, Names};

use super::media::{Format, Group, content_types, fields};
use super::{Lowering, type_ident};
use crate::client::{BodyFormItem, BodyItem, BodyKind, PartItem, PartKind, PartsItem};
use crate::documentation;

impl<'a> Lowering<'a> {
    /// The forms of the request body that can be sent; `None` where it has some, must have one, and none is left.
    pub(super) fn request_groups(&mut self, operation: &'a Operation) -> Option<Vec<Group>> {
        let Some(body) = &operation.request_body else {
            return Some(Vec::new());
        };
        let groups = self.groups(&body.content, true);
        if groups.is_empty() {
            let why = "none of the media types of the request body can be sent".to_owned();
            let what = if body.required {
                "the operation"
            } else {
                "the request body"
            };
            self.leave_out(&body.pointer, body.line, why, what);
            return (!body.required).then_some(groups);
        }
        Some(groups)
    }

    /// The request body, where there is a form of it.
    pub(super) fn body(
        &mut self,
        operation: &Operation,
        groups: Vec<Group>,
        id: &str,
    ) -> Option<BodyItem> {
        let body = operation.request_body.as_ref()?;
        let hint = format!("{id} body");
        let enum_name = (groups.len() > 1).then(|| type_ident(&mut self.bodies, &hint));
        let mut variants = Names::default();
        let forms: Vec<BodyFormItem> = groups
            .into_iter()
            .map(|group| {
                let hint = match group.format {
                    Format::Json => hint.clone(),
                    other => format!("{hint} {}", other.name()),
                };
                BodyFormItem {
                    variant: type_ident(&mut variants, group.format.name()),
                    is_named: group.is_named(),
                    kind: self.body_kind(&group, &hint),
                    media_types: group.media_types,
                }
            })
            .collect();
        let rust_type = match (&enum_name, forms.as_slice()) {
            (None, [only]) => only.rust_type(),
            (None, _) => return None,
            (Some(name), _) => quote!(bodies::#name),
        };
        let builder_type = if body.required {
            rust_type.clone()
        } else {
            quote!(support::body::OptionalBody<#rust_type>)
        };
        Some(BodyItem {
            required: body.required,
            description: body.description.as_deref().map(documentation::text),
            rust_type,
            builder_type,
            enum_name,
            forms,
        })
    }

    fn body_kind(&mut self, group: &Group, hint: &str) -> BodyKind {
        let schema = group.schema;
        match (group.format, schema) {
            (Format::Stream, _) => BodyKind::Stream,
            (Format::Text, _) => BodyKind::Text {
                table: self.text_table(schema, hint),
            },
            (Format::Multipart, Some(schema)) => {
                let content_types = content_types(group.encoding.as_ref());
                BodyKind::Parts(self.parts(schema, hint, content_types))
            }
            (Format::Form, _) => {
                let (rust_type, table) = self.type_and_table(schema, hint);
                BodyKind::Form {
                    rust_type,
                    table,
                    // A form whose fields cannot be written has been left out.
                    fields: fields(group.encoding.as_ref()).unwrap_or_default(),
                }
            }
            (Format::Json | Format::Multipart, _) => {
                let (rust_type, table) = self.type_and_table(schema, hint);
                BodyKind::Json { rust_type, table }
            }
        }
    }

    /// What a text is checked against. The schema of a text that is no string is about what stands in it, such as XML.
    pub(super) fn text_table(&mut self, schema: Option<SchemaId>, hint: &str) -> TokenStream {
        match schema.filter(|id| self.types(*id).contains(Types::STRING)) {
            Some(id) => self.generator.table(id, hint),
            None => quote!(&::schema_check::Schema::ANY),
        }
    }

    /// A form in parts has a type of its own, because files are no values of a schema.
    fn parts(
        &mut self,
        schema: SchemaId,
        hint: &str,
        content_types: Vec<(String, String)>,
    ) -> PartsItem {
        let mut names = Names::default();
        let (mut properties, mut required) = (IndexMap::new(), Vec::new());
        self.collect(schema, &mut properties, &mut required, 0);
        let parts = properties
            .into_iter()
            .map(|(name, id)| {
                let required = required.contains(&name);
                let schema = self.api.schemas.get(self.api.schemas.resolve(id));
                let file = quote!(support::parts::File);
                let (rust_type, kind) = if schema.items.is_some_and(|items| self.is_file(items)) {
                    (quote!(Vec<#file>), PartKind::Files)
                } else if self.is_file(id) && required {
                    (file, PartKind::File)
                } else if self.is_file(id) {
                    (quote!(Option<#file>), PartKind::Files)
                } else {
                    let hint = format!("{hint} {name}");
                    let rust_type = self.generator.rust_type(id, &hint);
                    let rust_type = if required {
                        rust_type
                    } else {
                        quote!(Option<#rust_type>)
                    };
                    let table = self.generator.table(id, &hint);
                    (rust_type, PartKind::Value { required, table })
                };
                let about = format!("The field `{name}`.");
                PartItem {
                    field: naming::ident(&names.claim(&naming::value_name(&name))),
                    documentation: documentation::lines([
                        schema.annotations.description.as_deref(),
                        Some(&about),
                    ]),
                    name,
                    kind,
                    rust_type,
                }
            })
            .collect();
        PartsItem {
            name: type_ident(&mut self.bodies, hint),
            content_types,
            parts,
        }
    }

    fn is_file(&self, id: SchemaId) -> bool {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        schema.format.as_deref() == Some("binary")
    }

    /// The members of an object, those of its branches too, and which of them are required.
    pub(super) fn collect(
        &self,
        id: SchemaId,
        properties: &mut IndexMap<String, SchemaId>,
        required: &mut Vec<String>,
        depth: usize,
    ) {
        if depth > 32 {
            return;
        }
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        for (name, id) in &schema.properties {
            properties.entry(name.clone()).or_insert(*id);
        }
        required.extend(schema.required.iter().cloned());
        for part in &schema.all_of {
            self.collect(*part, properties, required, depth + 1);
        }
        // Nobody knows which of these it will be.
        for part in schema.any_of.iter().chain(&schema.one_of) {
            self.collect(*part, properties, &mut Vec::new(), depth + 1);
        }
    }
}
