//! Writes types as tokens. Everything is decided by now.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::finish::named_item;
use super::ir::{Field, Item, ItemId, Shape, Struct, Type, Variant, Word};
use crate::naming::ident;

/// A type as code names it that stands beside the modules `types` and `tables`.
pub(crate) fn name_outside(ty: &Type, items: &[Item], support: &syn::Path) -> TokenStream {
    Scope::new(items, support, false).name(ty, false)
}

/// The items of the module `types`: those that were asked for, each followed by what it holds.
pub(crate) fn emit(items: &[Item], roots: &[Type], support: &syn::Path) -> TokenStream {
    let scope = Scope::new(items, support, true);
    let written: Vec<TokenStream> = in_order(items, roots)
        .into_iter()
        .map(|id| scope.item(&items[id.0]))
        .collect();
    let imports = scope.imports.into_inner();
    let std_imports = imports.contains("BTreeMap").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let tables = imports.contains("tables").then(|| {
        quote!(
            use super::tables;
        )
    });
    let names = [
        "UnknownValue",
        "choose",
        "chrono",
        "integer",
        "present",
        "serde_json",
        "uuid",
    ];
    let mut used: Vec<TokenStream> = names
        .into_iter()
        .filter(|name| imports.contains(name))
        .map(|name| {
            let name = format_ident!("{name}");
            quote!(#name)
        })
        .collect();
    if imports.contains("serde") {
        used.push(quote!(serde::{Deserialize, Serialize}));
    }
    let supported = (!used.is_empty()).then(|| quote!(use #support::{#(#used),*};));
    quote! {
        #![allow(
            clippy::doc_lazy_continuation,
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            dead_code,
            rustdoc::all,
            reason = "names, sizes, descriptions and what is there at all are the document's"
        )]
        #std_imports
        #supported
        #tables
        #(#written)*
    }
}

/// The items in the order in which a reader meets them.
fn in_order(items: &[Item], roots: &[Type]) -> Vec<ItemId> {
    let mut order = Vec::new();
    let mut seen = vec![false; items.len()];
    let mut waiting: Vec<ItemId> = roots.iter().rev().filter_map(named_item).collect();
    while let Some(id) = waiting.pop() {
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        order.push(id);
        let below: Vec<ItemId> = match &items[id.0].shape {
            Shape::Alias(ty) | Shape::Wrapper(ty) => named_item(ty).into_iter().collect(),
            Shape::Struct(shape) => {
                let types = shape
                    .fields
                    .iter()
                    .map(|field| &field.ty)
                    .chain(shape.extra.as_ref().map(|(_, ty)| ty));
                types.filter_map(named_item).collect()
            }
            Shape::Union(variants) => variants
                .iter()
                .filter_map(|variant| named_item(&variant.ty))
                .collect(),
            Shape::Words(_) => Vec::new(),
        };
        waiting.extend(below.into_iter().rev());
    }
    order
}

struct Scope<'a> {
    items: &'a [Item],
    support: &'a syn::Path,
    /// Whether names are written as in the module `types`, which imports what it uses.
    inside: bool,
    imports: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Scope<'a> {
    fn new(items: &'a [Item], support: &'a syn::Path, inside: bool) -> Scope<'a> {
        Scope {
            items,
            support,
            inside,
            imports: RefCell::default(),
        }
    }

    fn import(&self, name: &'static str) {
        self.imports.borrow_mut().insert(name);
    }

    /// The path of a module that `support` offers.
    fn module(&self, name: &'static str) -> TokenStream {
        let module = format_ident!("{name}");
        if self.inside {
            self.import(name);
            return quote!(#module);
        }
        let support = self.support;
        quote!(#support::#module)
    }

    fn name(&self, ty: &Type, is_boxed: bool) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::Integer(name) => {
                let name = format_ident!("{name}");
                quote!(#name)
            }
            Type::Number => quote!(f64),
            Type::Text => quote!(String),
            Type::DateTime => {
                let chrono = self.module("chrono");
                quote!(#chrono::DateTime<#chrono::FixedOffset>)
            }
            Type::Uuid => {
                let uuid = self.module("uuid");
                quote!(#uuid::Uuid)
            }
            Type::Value => {
                let serde_json = self.module("serde_json");
                quote!(#serde_json::Value)
            }
            Type::Object => {
                let serde_json = self.module("serde_json");
                quote!(#serde_json::Map<String, #serde_json::Value>)
            }
            Type::List(item) => {
                let item = self.name(item, false);
                quote!(Vec<#item>)
            }
            Type::Map(member) => {
                let member = self.name(member, false);
                if self.inside {
                    self.import("BTreeMap");
                    quote!(BTreeMap<String, #member>)
                } else {
                    quote!(::std::collections::BTreeMap<String, #member>)
                }
            }
            Type::Nullable(inner) => {
                let inner = self.name(inner, is_boxed);
                quote!(Option<#inner>)
            }
            Type::Item(id) => {
                let name = ident(&self.items[id.0].name);
                match (self.inside, is_boxed) {
                    (false, _) => quote!(types::#name),
                    (true, true) => quote!(Box<#name>),
                    (true, false) => quote!(#name),
                }
            }
        }
    }

    fn item(&self, item: &Item) -> TokenStream {
        match &item.shape {
            Shape::Alias(ty) => {
                let (docs, name, ty) = (docs(&item.docs), ident(&item.name), self.name(ty, false));
                quote!(#docs pub type #name = #ty;)
            }
            Shape::Wrapper(ty) => self.wrapper(item, ty),
            Shape::Struct(shape) => self.structure(item, shape),
            Shape::Words(words) => self.enumeration(item, words),
            Shape::Union(variants) => self.union(item, variants),
        }
    }

    /// `#[serde(crate = "...")]`, so that the program needs no dependency on serde itself, and further arguments.
    fn serde(&self, arguments: &TokenStream) -> TokenStream {
        self.import("serde");
        let support = self.support;
        let path = quote!(#support::serde).to_string().replace(' ', "");
        quote!(#[serde(crate = #path #arguments)])
    }

    fn wrapper(&self, item: &Item, ty: &Type) -> TokenStream {
        let (docs, name, serde) = (
            docs(&item.docs),
            ident(&item.name),
            self.serde(&quote!(, transparent)),
        );
        let read = self.is_integer(ty).then(|| {
            self.import("integer");
            quote!(#[serde(deserialize_with = "integer::deserialize")])
        });
        let ty = self.name(ty, false);
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #serde
            pub struct #name(#read pub #ty);
        }
    }

    fn structure(&self, item: &Item, shape: &Struct) -> TokenStream {
        let (docs, name, serde) = (
            docs(&item.docs),
            ident(&item.name),
            self.serde(&TokenStream::new()),
        );
        let default = shape
            .fields
            .iter()
            .all(|field| self.has_default(field))
            .then(|| quote!(Default,));
        let fields = shape.fields.iter().map(|field| self.field(field));
        let extra = shape.extra.as_ref().map(|(name, ty)| {
            self.import("BTreeMap");
            let read = self.is_integer(ty).then(|| {
                self.import("integer");
                quote!(, deserialize_with = "integer::deserialize")
            });
            let (name, ty) = (ident(name), self.name(ty, false));
            quote! {
                /// The members beside those above.
                #[serde(flatten #read)]
                pub #name: BTreeMap<String, #ty>,
            }
        });
        quote! {
            #docs
            #[derive(Clone, Debug, #default PartialEq, Serialize, Deserialize)]
            #serde
            pub struct #name { #(#fields)* #extra }
        }
    }

    fn field(&self, field: &Field) -> TokenStream {
        let (docs, name) = (docs(&field.docs), ident(&field.name));
        let mut arguments: Vec<TokenStream> = Vec::new();
        if field.name != field.property {
            let property = &field.property;
            arguments.push(quote!(rename = #property));
        }
        let is_integer = self.is_integer(&field.ty);
        let is_present = !field.is_required && self.may_be_null(&field.ty);
        if !field.is_required {
            arguments.push(quote!(default));
            arguments.push(quote!(skip_serializing_if = "Option::is_none"));
        }
        let read = match (is_integer, is_present) {
            (true, true) => Some(("integer", "integer::present")),
            (true, false) => Some(("integer", "integer::deserialize")),
            (false, true) => Some(("present", "present::deserialize")),
            (false, false) => None,
        };
        if let Some((import, function)) = read {
            self.import(import);
            arguments.push(quote!(deserialize_with = #function));
        }
        let serde = (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]));
        let mut ty = self.name(&field.ty, field.is_boxed);
        if !field.is_required {
            ty = quote!(Option<#ty>);
        }
        quote!(#docs #serde pub #name: #ty,)
    }

    fn enumeration(&self, item: &Item, words: &[Word]) -> TokenStream {
        self.import("UnknownValue");
        let (docs_of_item, name, serde) = (
            docs(&item.docs),
            ident(&item.name),
            self.serde(&TokenStream::new()),
        );
        let only = words.len() == 1;
        let count = Literal::usize_unsuffixed(words.len());
        let default = only.then(|| quote!(Default,));
        let default_variant = only.then(|| quote!(#[default]));
        let variants: Vec<_> = words.iter().map(|word| ident(&word.name)).collect();
        let texts: Vec<_> = words.iter().map(|word| &word.text).collect();
        let documented = words.iter().map(|word| docs(&word.docs));
        let renames = words.iter().map(|word| {
            let text = &word.text;
            (word.name != word.text).then(|| quote!(#[serde(rename = #text)]))
        });
        quote! {
            #docs_of_item
            #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            #serde
            pub enum #name {
                #(#documented #renames #default_variant #variants,)*
            }

            impl #name {
                /// Every value, in the document's order.
                pub const ALL: [Self; #count] = [#(Self::#variants),*];

                /// The value as the document writes it.
                pub fn as_str(self) -> &'static str {
                    match self { #(Self::#variants => #texts,)* }
                }
            }

            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl std::str::FromStr for #name {
                type Err = UnknownValue;

                fn from_str(text: &str) -> Result<Self, UnknownValue> {
                    match text {
                        #(#texts => Ok(Self::#variants),)*
                        _ => Err(UnknownValue { expected: &[#(#texts),*] }),
                    }
                }
            }
        }
    }

    fn union(&self, item: &Item, variants: &[Variant]) -> TokenStream {
        self.import("tables");
        self.import("choose");
        let serde_json = self.module("serde_json");
        let support = self.support;
        let (docs_of_item, name, serde) = (
            docs(&item.docs),
            ident(&item.name),
            self.serde(&quote!(, untagged)),
        );
        let names: Vec<_> = variants
            .iter()
            .map(|variant| ident(&variant.name))
            .collect();
        let documented = variants.iter().map(|variant| docs(&variant.docs));
        let types = variants
            .iter()
            .map(|variant| self.name(&variant.ty, variant.is_boxed));
        let tables = variants.iter().map(|variant| &variant.table);
        let indexes = (0..variants.len()).map(Literal::usize_unsuffixed);
        let reads = variants.iter().map(|variant| {
            if self.is_integer(&variant.ty) {
                self.import("integer");
                quote!(integer::deserialize(value))
            } else {
                quote!(#serde_json::from_value(value))
            }
        });
        quote! {
            #docs_of_item
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #serde
            pub enum #name {
                #(#documented #names(#types),)*
            }

            impl<'de> Deserialize<'de> for #name {
                /// Reads the form whose schema the value keeps.
                fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
                where
                    D: #support::serde::Deserializer<'de>,
                {
                    use #support::serde::de::Error;
                    let value = #serde_json::Value::deserialize(deserializer)?;
                    let read = match choose(&[#(#tables),*], &value) {
                        #(Some(#indexes) => #reads.map(Self::#names),)*
                        _ => return Err(D::Error::custom("the value has none of the allowed forms")),
                    };
                    read.map_err(D::Error::custom)
                }
            }
        }
    }

    /// Whether the type is put together from an integer in such a way that the helper for integers reads it.
    fn is_integer(&self, ty: &Type) -> bool {
        let mut ty = ty;
        loop {
            match ty {
                Type::Integer(_) => return true,
                Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => ty = inner,
                Type::Item(id) => match &self.items[id.0].shape {
                    // No alias leads back to itself any more.
                    Shape::Alias(alias) => ty = alias,
                    _ => return false,
                },
                _ => return false,
            }
        }
    }

    /// Whether `null` can be read as the type.
    fn may_be_null(&self, ty: &Type) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![ty];
        while let Some(ty) = waiting.pop() {
            match ty {
                Type::Value | Type::Nullable(_) => return true,
                Type::Item(id) if seen.insert(*id) => match &self.items[id.0].shape {
                    Shape::Alias(ty) | Shape::Wrapper(ty) => waiting.push(ty),
                    Shape::Union(variants) => {
                        waiting.extend(variants.iter().map(|variant| &variant.ty))
                    }
                    Shape::Struct(_) | Shape::Words(_) => {}
                },
                _ => {}
            }
        }
        false
    }

    /// Whether a field can be left out when a value is made.
    fn has_default(&self, field: &Field) -> bool {
        let is_single = |id: &ItemId| matches!(&self.items[id.0].shape, Shape::Words(words) if words.len() == 1);
        !field.is_required
            || matches!(&field.ty, Type::Nullable(_))
            || matches!(&field.ty, Type::Item(id) if is_single(id))
    }
}

/// Documentation as attributes, a line each.
fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
