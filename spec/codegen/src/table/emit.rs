//! Writes tables as tokens.

use std::collections::{BTreeMap, BTreeSet};

use openapi_model::{Diagnostic, Schema, SchemaId, Types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use schema_check::{Format, Pattern};

use super::literal::{literal, number};
use super::{Tables, Target};
use crate::naming::{constant_name, ident};
use crate::rust::Held;

pub(super) fn emit(
    tables: &mut Tables<'_>,
    order: &[SchemaId],
    held: &BTreeMap<SchemaId, Held>,
) -> (TokenStream, Vec<Diagnostic>) {
    let mut writer = Writer {
        tables,
        held,
        imports: BTreeSet::new(),
        patterns: Vec::new(),
        notes: Vec::new(),
    };
    let items: Vec<TokenStream> = order.iter().map(|id| writer.table(*id)).collect();
    let support = writer.tables.support.clone();
    let imports = writer.imports.iter().map(|name| format_ident!("{name}"));
    let used = (!items.is_empty()).then(|| quote!(use #support::{#(#imports),*};));
    (quote!(#used #(#items)*), writer.notes)
}

struct Writer<'t, 'a> {
    tables: &'t mut Tables<'a>,
    held: &'t BTreeMap<SchemaId, Held>,
    imports: BTreeSet<&'static str>,
    /// The patterns of the table that is being written.
    patterns: Vec<TokenStream>,
    notes: Vec<Diagnostic>,
}

impl Writer<'_, '_> {
    fn table(&mut self, id: SchemaId) -> TokenStream {
        let name = self.tables.known[&id].clone();
        let place = format!(" `{}`", self.tables.schemas.get(id).pointer);
        let fields = self.fields(id, &name);
        let patterns = std::mem::take(&mut self.patterns);
        self.imports.insert("Schema");
        let name = ident(&name);
        let schema = if fields.is_empty() {
            quote!(Schema::ANY)
        } else {
            quote!(Schema { #(#fields,)* ..Schema::ANY })
        };
        quote! {
            #[doc = #place]
            pub static #name: Schema = #schema;
            #(#patterns)*
        }
    }

    /// The fields that are not as in `Schema::ANY`.
    fn fields(&mut self, id: SchemaId, name: &str) -> Vec<TokenStream> {
        // Taken apart in full, so that a keyword that is added to the model is not forgotten here.
        let Schema {
            file: _,
            pointer: _,
            line: _,
            reference,
            types,
            enumeration,
            constant,
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of,
            min_length,
            max_length,
            pattern,
            format,
            items,
            prefix_items,
            min_items,
            max_items,
            unique_items,
            contains,
            min_contains,
            max_contains,
            properties,
            pattern_properties,
            additional_properties,
            property_names,
            required,
            min_properties,
            max_properties,
            dependent_required,
            dependent_schemas,
            unevaluated_items,
            unevaluated_properties,
            all_of,
            any_of,
            one_of,
            not,
            if_,
            then,
            else_,
            // Says which branch of `oneOf` is meant, which `oneOf` itself finds out.
            discriminator: _,
            annotations,
        } = self.tables.schemas.get(id);
        let mut fields = Vec::new();
        let field = |name: &str, value: TokenStream| {
            let name = format_ident!("{name}");
            quote!(#name: #value)
        };

        let types = match self.held.get(&id) {
            Some(Held::Only(only)) => types.intersection(*only),
            _ => *types,
        };
        if types != Types::ANY {
            self.imports.insert("Types");
            fields.push(field("types", json_types(types)));
        }
        if let Some(values) = enumeration {
            let values = values.iter().map(literal);
            fields.push(field("enumeration", quote!(Some(&[#(#values),*]))));
        }
        if let Some(value) = constant {
            let value = literal(value);
            fields.push(field("constant", quote!(Some(&#value))));
        }
        if enumeration.is_some() || constant.is_some() {
            self.imports.insert("Literal");
        }
        let has_number = |value: &serde_json::Value| contains_number(value);
        if enumeration.iter().flatten().chain(constant).any(has_number) {
            self.imports.insert("Number");
        }
        for (name, bound) in [
            ("minimum", minimum),
            ("maximum", maximum),
            ("exclusive_minimum", exclusive_minimum),
            ("exclusive_maximum", exclusive_maximum),
            ("multiple_of", multiple_of),
        ] {
            if let Some(bound) = bound {
                self.imports.insert("Number");
                let bound = number(bound);
                fields.push(field(name, quote!(Some(#bound))));
            }
        }
        for (name, count) in [("min_length", min_length), ("max_length", max_length)] {
            fields.extend(count.map(|count| field(name, some(count))));
        }
        if let Some(pattern) = pattern
            .as_ref()
            .and_then(|text| self.pattern(id, text, &format!("{name}_PATTERN")))
        {
            fields.push(field("pattern", quote!(Some(#pattern))));
        }
        if let Some(format) = self.format(id, format.as_deref()) {
            self.imports.insert("Format");
            let variant = format_ident!("{format:?}");
            fields.push(field("format", quote!(Some(Format::#variant))));
        }
        self.optional(&mut fields, "items", *items);
        self.list(&mut fields, "prefix_items", prefix_items);
        for (name, count) in [("min_items", min_items), ("max_items", max_items)] {
            fields.extend(count.map(|count| field(name, some(count))));
        }
        if *unique_items {
            fields.push(field("unique_items", quote!(true)));
        }
        self.optional(&mut fields, "contains", *contains);
        for (name, count) in [
            ("min_contains", min_contains),
            ("max_contains", max_contains),
        ] {
            fields.extend(count.map(|count| field(name, some(count))));
        }
        if !properties.is_empty() {
            let members: Vec<TokenStream> = properties
                .iter()
                .map(|(name, id)| {
                    let table = self.table_of(*id);
                    quote!((#name, #table))
                })
                .collect();
            fields.push(field("properties", quote!(&[#(#members),*])));
        }
        let patterns: Vec<TokenStream> = pattern_properties
            .iter()
            .filter_map(|(pattern, property)| {
                let pattern = self.pattern(
                    id,
                    pattern,
                    &format!("{name}_{}_NAME", constant_name(pattern)),
                )?;
                let table = self.table_of(*property);
                Some(quote!((#pattern, #table)))
            })
            .collect();
        if !patterns.is_empty() {
            fields.push(field("pattern_properties", quote!(&[#(#patterns),*])));
        }
        // `true` says no more than nothing at all.
        self.optional(&mut fields, "additional_properties", *additional_properties);
        self.optional(&mut fields, "property_names", *property_names);
        if !required.is_empty() {
            fields.push(field("required", quote!(&[#(#required),*])));
        }
        for (name, count) in [
            ("min_properties", min_properties),
            ("max_properties", max_properties),
        ] {
            fields.extend(count.map(|count| field(name, some(count))));
        }
        if !dependent_required.is_empty() {
            let members = dependent_required
                .iter()
                .map(|(name, needed)| quote!((#name, &[#(#needed),*])));
            fields.push(field("dependent_required", quote!(&[#(#members),*])));
        }
        let dependents: Vec<TokenStream> = dependent_schemas
            .iter()
            .map(|(name, dependent)| {
                let table = self.table_of(*dependent);
                quote!((#name, #table))
            })
            .collect();
        if !dependents.is_empty() {
            fields.push(field("dependent_schemas", quote!(&[#(#dependents),*])));
        }
        let all_of: Vec<SchemaId> = reference.iter().chain(all_of).copied().collect();
        for (name, branches) in [("all_of", &all_of), ("any_of", any_of), ("one_of", one_of)] {
            self.list(&mut fields, name, branches);
        }
        for (name, schema) in [("not", not), ("if_", if_), ("then", then), ("else_", else_)] {
            self.optional(&mut fields, name, *schema);
        }
        for (keyword, schema) in [
            ("unevaluatedItems", unevaluated_items),
            ("unevaluatedProperties", unevaluated_properties),
        ] {
            if schema.is_some() {
                self.note(id, format!("`{keyword}` is not checked"));
            }
        }
        if annotations.read_only {
            fields.push(field("read_only", quote!(true)));
        }
        if annotations.write_only {
            fields.push(field("write_only", quote!(true)));
        }
        fields
    }

    /// The format to check: that of the schema, or else that of the integer that holds its values.
    fn format(&self, id: SchemaId, format: Option<&str>) -> Option<Format> {
        match self.held.get(&id) {
            Some(Held::As(format)) => Some(*format),
            _ => format.and_then(Format::named),
        }
    }

    fn optional(&mut self, fields: &mut Vec<TokenStream>, name: &str, id: Option<SchemaId>) {
        if let Some(id) = id {
            let table = self.table_of(id);
            let name = format_ident!("{name}");
            fields.push(quote!(#name: Some(#table)));
        }
    }

    fn list(&mut self, fields: &mut Vec<TokenStream>, name: &str, ids: &[SchemaId]) {
        if !ids.is_empty() {
            let tables: Vec<TokenStream> = ids.iter().map(|id| self.table_of(*id)).collect();
            let name = format_ident!("{name}");
            fields.push(quote!(#name: &[#(#tables),*]));
        }
    }

    /// A reference to a table, in the module of tables.
    fn table_of(&mut self, id: SchemaId) -> TokenStream {
        match self.tables.name(id, "schema") {
            Target::Any => quote!(&Schema::ANY),
            Target::Never => quote!(&Schema::NEVER),
            Target::Table(name) => {
                let name = ident(&name);
                quote!(&#name)
            }
        }
    }

    /// A reference to a pattern of its own, if the text is a regular expression.
    fn pattern(&mut self, id: SchemaId, text: &str, name: &str) -> Option<TokenStream> {
        if let Some(fault) = Pattern::fault(text) {
            self.note(
                id,
                format!(
                    "`{text}` is no regular expression of ECMA 262, and is not checked: {fault}"
                ),
            );
            return None;
        }
        self.imports.insert("Pattern");
        let name = ident(&self.tables.names.claim(name));
        self.patterns
            .push(quote!(static #name: Pattern = Pattern::new(#text);));
        Some(quote!(&#name))
    }

    fn note(&mut self, id: SchemaId, message: String) {
        let schema = self.tables.schemas.get(id);
        self.notes.push(Diagnostic {
            file: String::new(),
            pointer: schema.pointer.clone(),
            line: schema.line,
            message,
        });
    }
}

fn some(count: u64) -> TokenStream {
    let count = proc_macro2::Literal::u64_unsuffixed(count);
    quote!(Some(#count))
}

fn contains_number(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Number(_) => true,
        Value::Array(items) => items.iter().any(contains_number),
        Value::Object(members) => members.values().any(contains_number),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// `Types::STRING.or(Types::NULL)`
fn json_types(types: Types) -> TokenStream {
    let names = types.names();
    let constants: Vec<_> = names
        .iter()
        .map(|name| format_ident!("{}", name.to_uppercase()))
        .collect();
    match &constants[..] {
        [] => quote!(Types::NONE),
        [first, rest @ ..] => quote!(Types::#first #(.or(Types::#rest))*),
    }
}
