//! The intermediate form: a server with every name settled and every question answered.
//!
//! This module is purely the shape. `lower` makes it and leaves out what cannot be served; `emit` writes it down.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::describe::Description;

/// A trait to implement, and what goes with it.
pub(crate) struct ServerTrait {
    pub name: Ident,
    pub documentation: Vec<String>,
    pub operations: Vec<OperationItem>,
    /// Method and path of each operation that the document has and the server has not.
    pub left_out: Vec<(String, String)>,
    /// Modules that schema-codegen wrote: the types of the schemas, and the tables that values are checked by.
    pub types: TokenStream,
    pub tables: TokenStream,
    /// The named schemas, for dropshot's own document.
    pub described: Vec<DescribedItem>,
}

pub(crate) struct OperationItem {
    /// The type that stands for the operation, such as `GetThing`.
    pub marker: Ident,
    /// The method of the trait, such as `get_thing`.
    pub method: Ident,
    pub request: Ident,
    pub response: Ident,
    pub documentation: Vec<String>,
    pub id: String,
    pub http_method: String,
    pub path: String,
    pub is_described: bool,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<String>,
    pub deprecated: bool,
    pub security: Vec<Vec<SchemeItem>>,
    pub scopes: Vec<String>,
    pub parameters: Vec<ParameterItem>,
    pub body: Option<BodyItem>,
    pub produces: Vec<String>,
    pub responses: Vec<ResponseItem>,
    pub description_of_path: Option<DescribedItem>,
    pub description_of_query: Option<DescribedItem>,
    pub description_of_headers: Option<DescribedItem>,
    /// What dropshot itself would say beside what OpenAPI has.
    pub extension: Option<Extension>,
}

/// What dropshot says of an operation in members of its own.
pub(crate) enum Extension {
    /// `x-dropshot-pagination`, with its value as JSON.
    Paginated(String),
    /// `x-dropshot-websocket`.
    Websocket,
}

impl OperationItem {
    /// The response that dropshot, which has place for one, is told about: a good one before any other.
    pub fn success(&self) -> Option<&ResponseItem> {
        let rank = |response: &&ResponseItem| match response.status.as_bytes().first() {
            Some(b'2') => 0,
            Some(b'1' | b'3') => 1,
            Some(b'd') => 2,
            _ => 3,
        };
        self.responses.iter().min_by_key(rank)
    }

    /// What dropshot, which has place for one, is told that a failure looks like: that of `4XX` before any other.
    pub fn failure(&self) -> Option<&DescribedItem> {
        let success = self.success().map(|response| response.status.as_str());
        let failures = self.responses.iter().filter(|response| {
            response.status.starts_with(['4', '5', 'd'])
                && Some(response.status.as_str()) != success
        });
        let described = failures.filter_map(|response| {
            let item = response.body.as_ref()?.described.as_ref()?;
            Some((response.status != "4XX", item))
        });
        described
            .min_by_key(|(is_other, _)| *is_other)
            .map(|(_, item)| item)
    }

    /// Everything that dropshot is told about.
    pub fn described(&self) -> impl Iterator<Item = &DescribedItem> {
        let parts = [
            &self.description_of_path,
            &self.description_of_query,
            &self.description_of_headers,
        ];
        let body = self.body.iter().filter_map(|body| body.described.as_ref());
        let body = body.filter_map(|(_, item)| item.as_ref());
        let success = self.success().into_iter().flat_map(|response| {
            response.description_of_headers.iter().chain(
                response
                    .body
                    .iter()
                    .filter_map(|body| body.described.as_ref()),
            )
        });
        let failure = self.failure();
        parts
            .into_iter()
            .flatten()
            .chain(body)
            .chain(success)
            .chain(failure)
    }
}

pub(crate) struct SchemeItem {
    pub name: String,
    /// A value of `dropshot_runtime::CredentialPlace`.
    pub place: TokenStream,
    pub scopes: Vec<String>,
}

pub(crate) struct ParameterItem {
    pub field: Ident,
    pub name: String,
    /// A variant of `dropshot_runtime::ParameterLocation`.
    pub location: Ident,
    pub required: bool,
    pub description: Option<String>,
    pub documentation: Vec<String>,
    pub allow_reserved: bool,
    /// A value of `dropshot_runtime::Lead`, where it is not `Nothing`.
    pub lead: Option<TokenStream>,
    /// Values of `dropshot_runtime::Shape`.
    pub shapes: Vec<TokenStream>,
    /// The value where it is not given, as JSON.
    pub default: Option<String>,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
    pub table: TokenStream,
    /// Whether dropshot can be told about it, which takes parameters of one plain value only; of others it is told the
    /// name.
    pub is_plain: bool,
}

pub(crate) struct BodyItem {
    pub required: bool,
    pub media_types: Vec<String>,
    pub documentation: Vec<String>,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
    /// The type that has a variant for each form, where there are several.
    pub enum_name: Option<Ident>,
    pub forms: Vec<BodyFormItem>,
    /// What dropshot is told about: one media type that it knows, and the schema, where it is not bytes.
    pub described: Option<(DescribedAs, Option<DescribedItem>)>,
}

/// The media types that dropshot knows for request bodies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DescribedAs {
    Json,
    UrlEncoded,
    MultipartFormData,
    Bytes,
}

pub(crate) struct BodyFormItem {
    pub variant: Ident,
    pub media_types: Vec<String>,
    pub kind: BodyKind,
}

pub(crate) enum BodyKind {
    /// JSON; or a form, where there are members, a value of `dropshot_runtime::Members`.
    Value {
        rust_type: TokenStream,
        table: TokenStream,
        members: Option<TokenStream>,
    },
    Text {
        table: TokenStream,
    },
    Parts(PartsItem),
    Stream,
}

impl BodyKind {
    /// The type that a handler gets.
    pub fn rust_type(&self) -> TokenStream {
        match self {
            BodyKind::Value { rust_type, .. } => rust_type.clone(),
            BodyKind::Text { .. } => quote!(String),
            BodyKind::Parts(PartsItem { name, .. }) => quote!(#name),
            BodyKind::Stream => quote!(::dropshot_runtime::BodyStream),
        }
    }
}

/// A form in parts, and the type that is made for it.
pub(crate) struct PartsItem {
    pub name: Ident,
    pub parts: Vec<PartItem>,
    pub is_closed: bool,
}

pub(crate) struct PartItem {
    pub field: Ident,
    pub name: String,
    pub required: bool,
    pub documentation: Vec<String>,
    /// A value of `dropshot_runtime::PartKind`.
    pub kind: TokenStream,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
    /// An expression that takes it from `values`.
    pub decode: TokenStream,
    pub table: TokenStream,
}

pub(crate) struct ResponseItem {
    pub variant: Ident,
    pub documentation: Vec<String>,
    /// As the document has it: `200`, `4XX` or `default`.
    pub status: String,
    /// The one code, where it is one; else the handler says which.
    pub code: Option<u16>,
    pub description: String,
    pub headers: Vec<HeaderItem>,
    pub body: Option<ResponseBodyItem>,
    pub description_of_headers: Option<DescribedItem>,
}

pub(crate) struct HeaderItem {
    pub field: Ident,
    /// In lower case, as `http::HeaderName::from_static` wants it.
    pub name: String,
    pub required: bool,
    pub documentation: Vec<String>,
    /// The type of the field, `Option` included.
    pub rust_type: TokenStream,
}

pub(crate) struct ResponseBodyItem {
    /// The type that has a variant for each form, where there are several.
    pub enum_name: Option<Ident>,
    pub forms: Vec<ResponseFormItem>,
    pub described: Option<DescribedItem>,
}

pub(crate) struct ResponseFormItem {
    pub variant: Ident,
    pub media_types: Vec<String>,
    /// Whether the handler says which media type it is.
    pub is_named: bool,
    pub kind: ResponseKind,
}

pub(crate) enum ResponseKind {
    /// JSON of that type, checked by that table where answers are.
    Json {
        rust_type: TokenStream,
        table: TokenStream,
    },
    Text {
        table: TokenStream,
    },
    Stream,
}

impl ResponseKind {
    /// The type that a handler gives.
    pub fn rust_type(&self) -> TokenStream {
        match self {
            ResponseKind::Json { rust_type, .. } => rust_type.clone(),
            ResponseKind::Text { .. } => quote!(String),
            ResponseKind::Stream => quote!(::dropshot_runtime::BodyStream),
        }
    }
}

/// A schema that dropshot is told about.
pub(crate) struct DescribedItem {
    pub marker: Ident,
    pub name: String,
    pub is_named: bool,
    pub description: Description,
    /// The markers of the named schemas that it refers to.
    pub references: Vec<Ident>,
}
