//! Forms: what the fields of each are, and how their texts become values.

use openapi_model::{SchemaId, Types};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::Lowering;
use super::shapes::{Properties, Within};

/// A form in parts.
pub(super) struct FormOfParts {
    pub fields: Vec<(String, SchemaId)>,
    pub required: Vec<String>,
    /// Whether it may have no other fields.
    pub is_closed: bool,
}

impl Lowering<'_> {
    /// The fields of a form (`application/x-www-form-urlencoded`) as a value of `dropshot_runtime::Members`; why they
    /// cannot be read.
    pub(super) fn form_members(
        &self,
        id: SchemaId,
        encoding: Option<&Value>,
    ) -> Result<TokenStream, String> {
        self.members_of(id, true, |name, ids| {
            let encoding = encoding.and_then(|encoding| encoding.get(name));
            let style = encoding.and_then(|e| e.get("style")?.as_str()).unwrap_or("form");
            let explode = encoding
                .and_then(|e| e.get("explode")?.as_bool())
                .unwrap_or(style == "form");
            let delimiter = match (style, explode) {
                ("form" | "spaceDelimited" | "pipeDelimited", true) => None,
                ("form", false) => Some(","),
                ("spaceDelimited", false) => Some(" "),
                ("pipeDelimited", false) => Some("|"),
                ("deepObject", _) => return self.member_shapes(ids, Within::Brackets, 0),
                _ => return Err(format!("is in the style `{style}`, which is none for forms: choose form, spaceDelimited, pipeDelimited or deepObject")),
            };
            let mut shapes = Vec::new();
            for id in ids.iter().filter(|id| self.text_types(**id).contains(Types::ARRAY)) {
                let items = delimiter.and(self.item_scalars(*id)).unwrap_or_default();
                shapes.extend(items.iter().map(|item| quote!(Shape::Delimited(#item, #delimiter))));
            }
            if shapes.is_empty() {
                return self.member_shapes(ids, Within::Form, 0);
            }
            Ok(shapes)
        })
    }

    /// Why the fields of a form in parts cannot be read.
    pub(super) fn parts_fault(&self, id: SchemaId) -> Option<String> {
        let fields = self.form_of_parts(id).fields;
        fields
            .iter()
            .find_map(|(name, id)| match self.part_shapes(*id) {
                Ok(shapes) if shapes.is_empty() => Some(format!(
                    "has a field `{name}` without any value that is allowed"
                )),
                Ok(_) => None,
                Err(why) => Some(format!("has a field `{name}` that {why}")),
            })
    }

    /// How the text of a part becomes a value.
    pub(super) fn part_shapes(&self, id: SchemaId) -> Result<Vec<TokenStream>, String> {
        self.member_shapes(&[id], Within::Form, 0)
    }

    /// The fields of a form in parts.
    pub(super) fn form_of_parts(&self, id: SchemaId) -> FormOfParts {
        let mut properties = Properties::new();
        self.collect(id, &mut properties, &mut Vec::new(), 0);
        let mut form = FormOfParts {
            fields: properties
                .into_iter()
                .filter_map(|(name, ids)| Some((name, *ids.first()?)))
                .collect(),
            required: Vec::new(),
            is_closed: false,
        };
        self.collect_required(id, &mut form, 0);
        form
    }

    fn collect_required(&self, id: SchemaId, form: &mut FormOfParts, depth: usize) {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        form.required.extend(schema.required.iter().cloned());
        let others = schema.additional_properties.map(|id| self.types(id));
        form.is_closed |= others == Some(Types::NONE);
        for part in schema.all_of.iter().filter(|_| depth < 32) {
            self.collect_required(*part, form, depth + 1);
        }
    }
}
