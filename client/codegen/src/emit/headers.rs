//! The headers of answers: the types of them, and their tables.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::spec_name;
use crate::client::{ClientItems, HeaderItem, HeadersItem, OperationItem};

/// The module `headers`, where a response has some.
pub(super) fn emit(client: &ClientItems) -> TokenStream {
    let types: Vec<TokenStream> = client.operations.iter().flat_map(types).collect();
    if types.is_empty() {
        return TokenStream::new();
    }
    quote! {
        /// The headers of answers, as the document has them.
        pub mod headers {
            #![allow(
                dead_code,
                rustdoc::all,
                reason = "what is there at all and descriptions are the document's"
            )]
            #[allow(unused_imports, reason = "which of them are used is up to the document")]
            use super::{operations, support::{self, header::HeaderError}, types};
            #(#types)*
        }
    }
}

fn types(operation: &OperationItem) -> Vec<TokenStream> {
    let responses = operation.responses.iter().enumerate();
    responses
        .filter_map(|(place, response)| {
            let headers = response.headers.as_ref()?;
            Some(headers_struct(operation, place, headers))
        })
        .collect()
}

fn headers_struct(operation: &OperationItem, place: usize, headers: &HeadersItem) -> TokenStream {
    let HeadersItem {
        name,
        status,
        items,
    } = headers;
    let about = format!(
        " The headers that `{}` is answered with beside {status}.",
        operation.id
    );
    let spec = spec_name(operation);
    let place = Literal::usize_unsuffixed(place);
    let fields = items.iter().map(
        |HeaderItem {
             field,
             name,
             documentation,
             rust_type,
             required,
             ..
         }| {
            let documentation = documentation.iter().map(|line| format!(" {line}"));
            let skip = (!required)
                .then(|| quote!(#[serde(skip_serializing_if = "::core::option::Option::is_none")]));
            quote! {
                #(#[doc = #documentation])*
                #[serde(rename = #name)]
                #skip
                pub #field: #rust_type,
            }
        },
    );
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, ::schema_check::serde::Deserialize, ::schema_check::serde::Serialize)]
        #[serde(crate = "::schema_check::serde")]
        pub struct #name {
            #(#fields)*
        }

        impl #name {
            /// Reads them from those of an answer.
            ///
            /// # Errors
            /// One is missing, or is not as the document has it.
            pub fn read(headers: &::reqwest::header::HeaderMap) -> Result<Self, HeaderError> {
                support::header::read(operations::#spec.responses[#place].headers, headers)
            }
        }
    }
}

/// The expression that makes values of an answer's headers, by the place of its response.
pub(super) fn read(operation: &OperationItem) -> TokenStream {
    let responses = operation.responses.iter().enumerate();
    let arms = responses.filter_map(|(place, response)| {
        let HeadersItem { name, .. } = response.headers.as_ref()?;
        let place = Literal::usize_unsuffixed(place);
        Some(quote!(#place => support::header::written(headers::#name::read(given)),))
    });
    let arms: Vec<TokenStream> = arms.collect();
    if arms.is_empty() {
        return quote!(support::call::no_headers);
    }
    quote! {
        |place, given| match place {
            #(#arms)*
            _ => support::call::no_headers(place, given),
        }
    }
}

/// The tables of a response's headers, with commas between them.
pub(super) fn table(headers: &HeadersItem) -> TokenStream {
    let items = headers.items.iter().map(
        |HeaderItem {
             name,
             required,
             shape,
             explode,
             table,
             ..
         }| {
            quote! {
                Header { name: #name, required: #required, shape: #shape, explode: #explode, schema: #table }
            }
        },
    );
    quote!(#(#items),*)
}
