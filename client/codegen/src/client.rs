//! The intermediate form: a client with every name settled and every question answered.
//!
//! This module is purely the shape. `lower` makes it and may leave things out; `facade` shows it to progenitor, and
//! `emit` writes down what progenitor does not know.

use proc_macro2::{Ident, TokenStream};

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
    /// The type of the body of every success; `None` where there is no body.
    pub success: Option<TokenStream>,
    /// The type of the body of every error; `None` where there is no body.
    pub error: Option<TokenStream>,
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
    /// A value of `support::operation::Form`.
    pub form: TokenStream,
    /// The type of its values.
    pub rust_type: TokenStream,
    /// The type that the builder takes: the same, or a wrapper around it.
    pub builder_type: TokenStream,
    pub table: TokenStream,
}

pub(crate) struct BodyItem {
    pub media_type: String,
    pub required: bool,
    pub description: Option<String>,
    /// The type of its values.
    pub rust_type: TokenStream,
    /// The type that the builder takes: the same, or a wrapper around it.
    pub builder_type: TokenStream,
    pub table: TokenStream,
}

pub(crate) struct ResponseItem {
    /// A value of `support::operation::Status`.
    pub status: TokenStream,
    pub content: Vec<ContentItem>,
}

pub(crate) struct ContentItem {
    /// Without parameters.
    pub media_type: String,
    pub table: TokenStream,
}
