//! The types of bodies that have several forms, or parts; and how they come and go.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::derives;
use crate::server_trait::{
    BodyFormItem, BodyItem, BodyKind, OperationItem, PartItem, PartsItem, ResponseBodyItem,
    ResponseFormItem, ResponseKind,
};

/// The types that stand beside an operation's request and response.
pub(super) fn emit(operation: &OperationItem) -> TokenStream {
    let id = &operation.id;
    let mut types = TokenStream::new();
    if let Some(body) = &operation.body {
        let parts = body.forms.iter().filter_map(|form| match &form.kind {
            BodyKind::Parts(parts) => Some(parts_struct(parts, id)),
            _ => None,
        });
        types.extend(parts);
        types.extend(
            body.enum_name
                .as_ref()
                .map(|name| request_enum(name, body, id)),
        );
    }
    let bodies = operation
        .responses
        .iter()
        .filter_map(|response| response.body.as_ref());
    for body in bodies {
        types.extend(
            body.enum_name
                .as_ref()
                .map(|name| response_enum(name, body, id)),
        );
    }
    types
}

/// A form in parts.
fn parts_struct(PartsItem { name, parts, .. }: &PartsItem, id: &str) -> TokenStream {
    let about = format!(" The form that `{id}` is called with.");
    let fields = parts.iter().map(
        |PartItem {
             field,
             documentation,
             rust_type,
             ..
         }| {
            quote! {
                #(#[doc = #documentation])*
                pub #field: #rust_type,
            }
        },
    );
    quote! {
        #[doc = #about]
        #[allow(dead_code, rustdoc::all, reason = "fields and descriptions are the document's")]
        #[derive(Clone, Debug)]
        pub struct #name {
            #(#fields)*
        }
    }
}

fn request_enum(name: &Ident, body: &BodyItem, id: &str) -> TokenStream {
    let about = format!(" The body that `{id}` is called with, by its media type.");
    let derives = derives(
        body.forms
            .iter()
            .any(|form| matches!(form.kind, BodyKind::Stream)),
    );
    let variants = body.forms.iter().map(
        |BodyFormItem {
             variant,
             media_types,
             kind,
         }| {
            let about = listed(media_types);
            let rust_type = kind.rust_type();
            quote! {
                #[doc = #about]
                #variant(#rust_type),
            }
        },
    );
    quote! {
        #[doc = #about]
        #[allow(clippy::large_enum_variant, dead_code, reason = "sizes and what is there at all are the document's")]
        #[derive(#derives)]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn response_enum(name: &Ident, body: &ResponseBodyItem, id: &str) -> TokenStream {
    let about = format!(" A body that `{id}` answers with, by its media type.");
    let derives = derives(
        body.forms
            .iter()
            .any(|form| matches!(form.kind, ResponseKind::Stream)),
    );
    let variants = body.forms.iter().map(|form| {
        let ResponseFormItem {
            variant,
            media_types,
            is_named,
            kind,
        } = form;
        let about = listed(media_types);
        let rust_type = kind.rust_type();
        let fields = if *is_named {
            let content_type = content_type_field();
            quote!({ #content_type #[doc = " The body."] body: #rust_type })
        } else {
            quote!((#rust_type))
        };
        quote! {
            #[doc = #about]
            #variant #fields,
        }
    });
    quote! {
        #[doc = #about]
        #[allow(clippy::large_enum_variant, dead_code, reason = "sizes and what is there at all are the document's")]
        #[derive(#derives)]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn listed(media_types: &[String]) -> String {
    let quoted: Vec<String> = media_types.iter().map(|name| format!("`{name}`")).collect();
    format!(" {}.", quoted.join(", "))
}

fn content_type_field() -> TokenStream {
    quote! {
        /// The media type, which must be one of the document's.
        content_type: String,
    }
}

/// How the field `body` of a request is taken from `values`.
pub(super) fn decode(body: &BodyItem) -> TokenStream {
    let of_kind = |kind: &BodyKind| match kind {
        BodyKind::Value { .. } => quote!(values.body()?),
        BodyKind::Text { .. } => quote!(values.text()?),
        BodyKind::Stream => quote!(values.stream()?),
        BodyKind::Parts(PartsItem { name, parts, .. }) => {
            let fields = parts
                .iter()
                .map(|PartItem { field, decode, .. }| quote!(#field: #decode));
            quote!(#name { #(#fields),* })
        }
    };
    let value = match (&body.enum_name, body.forms.as_slice()) {
        (None, [only]) => of_kind(&only.kind),
        (name, forms) => {
            let last = forms.len().saturating_sub(1);
            let arms =
                forms
                    .iter()
                    .enumerate()
                    .map(|(index, BodyFormItem { variant, kind, .. })| {
                        let number = Literal::usize_unsuffixed(index);
                        let pattern = if index == last {
                            quote!(_)
                        } else {
                            quote!(#number)
                        };
                        let value = of_kind(kind);
                        quote!(#pattern => #name::#variant(#value),)
                    });
            quote!(match values.form() { #(#arms)* })
        }
    };
    if body.required {
        quote!(body: #value,)
    } else {
        quote!(body: if values.has_body() { Some(#value) } else { None },)
    }
}

/// The fields that a response has for its body.
pub(super) fn response_fields(body: &ResponseBodyItem) -> TokenStream {
    let (rust_type, is_named) = match (&body.enum_name, body.forms.as_slice()) {
        (None, [only]) => (only.kind.rust_type(), only.is_named),
        (name, _) => (quote!(#name), false),
    };
    let content_type = is_named.then(content_type_field);
    quote! {
        #content_type
        /// The body.
        body: #rust_type,
    }
}

/// Their names.
pub(super) fn response_field_names(body: &ResponseBodyItem) -> Vec<Ident> {
    let is_named = body.enum_name.is_none() && body.forms.iter().any(|form| form.is_named);
    let content_type = is_named.then(|| format_ident!("content_type"));
    content_type
        .into_iter()
        .chain([format_ident!("body")])
        .collect()
}

/// Whether the media type of a body follows from what the caller takes.
pub(super) fn is_chosen(form: &ResponseFormItem) -> bool {
    !form.is_named && form.media_types.len() > 1
}

/// The expression that gives an answer its body.
pub(super) fn answer(body: &ResponseBodyItem, answer: &TokenStream) -> TokenStream {
    let of_form = |form: &ResponseFormItem| {
        let media_types = &form.media_types;
        let media_type = match media_types.as_slice() {
            _ if form.is_named => {
                quote!(::dropshot_runtime::declared(&content_type, &[#(#media_types),*])?)
            }
            [only] => quote!(#only),
            several => quote!(accept.choose(&[#(#several),*])),
        };
        match form.kind {
            ResponseKind::Json { .. } => quote!(.json(#media_type, &body)),
            ResponseKind::Text { .. } => quote!(.text(#media_type, body)),
            ResponseKind::Stream => quote!(.stream(#media_type, body)),
        }
    };
    match (&body.enum_name, body.forms.as_slice()) {
        (None, [only]) => {
            let set = of_form(only);
            quote!(#answer #set)
        }
        (name, forms) => {
            let arms = forms.iter().map(|form| {
                let variant = &form.variant;
                let set = of_form(form);
                if form.is_named {
                    quote!(#name::#variant { content_type, body } => answer #set,)
                } else {
                    quote!(#name::#variant(body) => answer #set,)
                }
            });
            quote!({
                let answer = #answer;
                match body { #(#arms)* }
            })
        }
    }
}
