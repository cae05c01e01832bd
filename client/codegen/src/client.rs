//! The intermediate form: a client with every name settled and every question answered.
//!
//! This module is purely the shape. `lower` makes it and may leave things out; `facade` shows it to progenitor, and
//! `emit` writes down what progenitor does not know.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A client, and what goes with it.
pub(crate) struct ClientItems {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    /// The schemes that operations ask for, in the document's order.
    pub schemes: Vec<SchemeItem>,
    pub operations: Vec<OperationItem>,
    /// Modules that schema-codegen wrote: the types of the schemas, and the tables that values are checked by.
    pub types: TokenStream,
    pub tables: TokenStream,
}

impl ClientItems {
    /// The modules that progenitor's code may use.
    pub fn modules(&self) -> Vec<&'static str> {
        let operations = &self.operations;
        let modules = [
            ("answers", operations.iter().any(|o| !o.cases.is_empty())),
            ("bodies", operations.iter().any(OperationItem::has_bodies)),
            ("requests", operations.iter().any(|o| o.body.is_some())),
            ("support", true),
            ("types", true),
        ];
        let present = modules.into_iter().filter(|(_, is_there)| *is_there);
        present.map(|(name, _)| name).collect()
    }
}

pub(crate) struct SchemeItem {
    pub name: String,
    /// The field of the credentials.
    pub field: Ident,
    pub documentation: Vec<String>,
}

pub(crate) struct OperationItem {
    /// `operationId`, or what stands for it.
    pub id: String,
    /// The name that progenitor gets: that of the client's method, and of the builder when it is in Pascal case.
    pub method: String,
    /// Upper case.
    pub http_method: String,
    pub path: String,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub security: Vec<Vec<SchemeUse>>,
    pub parameters: Vec<ParameterItem>,
    pub body: Option<BodyItem>,
    pub accept: Option<String>,
    pub responses: Vec<ResponseItem>,
    /// The types of answers that have a variant for each response or each media type.
    pub enums: Vec<EnumItem>,
    /// What every success is, and what every error is.
    pub success: Payload,
    pub error: Payload,
    /// How an answer becomes one of them. Empty where progenitor knows it: where both are JSON or nothing.
    pub cases: Vec<CaseItem>,
}

impl OperationItem {
    /// Whether a type is made for one of its bodies.
    pub fn has_bodies(&self) -> bool {
        let body = self.body.as_ref();
        body.is_some_and(|body| body.enum_name.is_some() || body.parts().next().is_some())
            || !self.enums.is_empty()
    }
}

pub(crate) struct SchemeUse {
    pub name: String,
    /// A value of `support::operation::Place`.
    pub place: TokenStream,
}

pub(crate) struct ParameterItem {
    pub name: String,
    /// The name among the arguments of a call by name.
    pub argument: String,
    /// The name that progenitor gets: that of the builder's method.
    pub method: String,
    /// A variant of `support::operation::Location`.
    pub location: Ident,
    pub required: bool,
    pub description: Option<String>,
    pub is_text: bool,
    /// A variant of `support::operation::Style`.
    pub style: Ident,
    pub explode: bool,
    pub allow_reserved: bool,
    /// The type of its values.
    pub rust_type: TokenStream,
    /// The type that the builder takes: the same, or a wrapper around it.
    pub builder_type: TokenStream,
    pub table: TokenStream,
}

pub(crate) struct BodyItem {
    pub required: bool,
    pub description: Option<String>,
    /// The type of its values.
    pub rust_type: TokenStream,
    /// The type that the builder takes: the same, or a wrapper around it.
    pub builder_type: TokenStream,
    /// The type that has a variant for each form, where there are several.
    pub enum_name: Option<Ident>,
    pub forms: Vec<BodyFormItem>,
}

impl BodyItem {
    /// The forms in parts.
    pub fn parts(&self) -> impl Iterator<Item = &PartsItem> {
        self.forms.iter().filter_map(|form| match &form.kind {
            BodyKind::Parts(parts) => Some(parts),
            _ => None,
        })
    }

    /// Whether it can be sent only once.
    pub fn has_stream(&self) -> bool {
        let mut forms = self.forms.iter();
        forms.any(|form| matches!(form.kind, BodyKind::Stream))
    }
}

pub(crate) struct BodyFormItem {
    pub variant: Ident,
    pub media_types: Vec<String>,
    /// Whether the caller says which media type it is.
    pub is_named: bool,
    pub kind: BodyKind,
}

impl BodyFormItem {
    /// The type that a caller gives.
    pub fn rust_type(&self) -> TokenStream {
        let rust_type = self.kind.rust_type();
        if self.is_named {
            quote!(support::body::Named<#rust_type>)
        } else {
            rust_type
        }
    }
}

pub(crate) enum BodyKind {
    Json {
        rust_type: TokenStream,
        table: TokenStream,
    },
    Form {
        rust_type: TokenStream,
        table: TokenStream,
        /// Values of `support::body::Field`.
        fields: Vec<TokenStream>,
    },
    Text {
        table: TokenStream,
    },
    Parts(PartsItem),
    Stream,
}

impl BodyKind {
    /// The type of the body itself.
    pub fn rust_type(&self) -> TokenStream {
        match self {
            BodyKind::Json { rust_type, .. } | BodyKind::Form { rust_type, .. } => {
                rust_type.clone()
            }
            BodyKind::Text { .. } => quote!(String),
            BodyKind::Parts(PartsItem { name, .. }) => quote!(bodies::#name),
            BodyKind::Stream => quote!(::reqwest::Body),
        }
    }
}

/// A form in parts, and the type that is made for it.
pub(crate) struct PartsItem {
    pub name: Ident,
    /// The media types of fields, where the document names them.
    pub content_types: Vec<(String, String)>,
    pub parts: Vec<PartItem>,
}

pub(crate) struct PartItem {
    pub field: Ident,
    pub name: String,
    pub documentation: Vec<String>,
    pub kind: PartKind,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
}

pub(crate) enum PartKind {
    /// One file that must be there.
    File,
    /// As many as there are.
    Files,
    Value {
        required: bool,
        table: TokenStream,
    },
}

pub(crate) struct ResponseItem {
    /// A value of `support::operation::Status`.
    pub status: TokenStream,
    pub headers: Option<HeadersItem>,
    pub content: Vec<ContentItem>,
}

/// The headers of a response, and the type that is made for them.
pub(crate) struct HeadersItem {
    pub name: Ident,
    /// As the document has it: `200`, `4XX` or `default`.
    pub status: String,
    pub items: Vec<HeaderItem>,
}

pub(crate) struct HeaderItem {
    pub field: Ident,
    pub name: String,
    pub required: bool,
    pub documentation: Vec<String>,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
    /// A value of `support::operation::Shape`.
    pub shape: TokenStream,
    pub explode: bool,
    pub table: TokenStream,
}

pub(crate) struct ContentItem {
    /// Without parameters.
    pub media_type: String,
    /// A value of `support::operation::Format`.
    pub format: TokenStream,
}

/// What is in an answer.
#[derive(Clone)]
pub(crate) enum Payload {
    None,
    /// JSON of that type.
    Json(TokenStream),
    Text,
    Stream,
    /// One of several, of a type that is made for it.
    Enum(Ident),
}

impl Payload {
    /// The type that a caller gets.
    pub fn rust_type(&self) -> TokenStream {
        match self {
            Payload::None => quote!(()),
            Payload::Json(rust_type) => rust_type.clone(),
            Payload::Text => quote!(String),
            Payload::Stream => quote!(support::answer::BodyStream),
            Payload::Enum(name) => quote!(bodies::#name),
        }
    }
}

/// A type that has a variant for each response, or each form of one.
pub(crate) struct EnumItem {
    pub name: Ident,
    pub documentation: String,
    pub variants: Vec<VariantItem>,
}

pub(crate) struct VariantItem {
    pub variant: Ident,
    pub documentation: Vec<String>,
    pub payload: Payload,
}

/// Answers of one response and form, and what is made of them.
#[derive(Clone)]
pub(crate) struct CaseItem {
    pub is_success: bool,
    /// The place of the response.
    pub response: usize,
    /// The places of the media types; empty where there is no body.
    pub content: Vec<usize>,
    pub reading: Reading,
    /// The variants that it is wrapped in, the outermost first.
    pub wrappers: Vec<TokenStream>,
}

/// How a body is read.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    Empty,
    Json,
    Text,
    Stream,
}
