//! Intermediate form to code. Nothing is decided here, and nothing can fail.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

mod bodies;
mod specs;

use crate::server_trait::{
    BodyItem, BodyKind, DescribedAs, DescribedItem, Extension, HeaderItem, OperationItem,
    ParameterItem, ResponseItem, ResponseKind, ServerTrait,
};

/// The items of one module: the trait, the types around it, and their registration with dropshot.
pub(crate) fn emit(server: &ServerTrait) -> TokenStream {
    let ServerTrait { types, tables, .. } = server;
    let server_trait = emit_trait(server);
    let registration = emit_registration(server);
    let bodies = server.operations.iter().map(bodies::emit);
    let requests = server.operations.iter().map(emit_request);
    let responses = server.operations.iter().map(emit_response);
    let operations = server.operations.iter().map(emit_operation);
    let specs = specs::emit(&server.operations);
    let described = emit_described(server);
    quote! {
        #server_trait
        #registration
        #(#requests)*
        #(#bodies)*
        #(#responses)*
        #(#operations)*

        pub mod types {
            #![doc = " The types of the document's schemas."]
            #types
        }

        #specs

        /// What the document says about each value.
        mod tables {
            #tables
        }

        #described
    }
}

fn emit_trait(server: &ServerTrait) -> TokenStream {
    let ServerTrait {
        name,
        documentation,
        operations,
        ..
    } = server;
    let methods = operations.iter().map(|operation| {
        let OperationItem {
            method,
            request,
            response,
            documentation,
            http_method,
            path,
            ..
        } = operation;
        let place = format!(" `{http_method} {path}`");
        let gap = (!documentation.is_empty()).then(|| quote!(#[doc = ""]));
        quote! {
            #(#[doc = #documentation])*
            #gap
            #[doc = #place]
            fn #method(
                &self,
                call: ::dropshot_runtime::Call<Self::Caller>,
                request: #request,
            ) -> impl ::core::future::Future<Output = #response> + Send;
        }
    });
    quote! {
        #(#[doc = #documentation])*
        #[doc = ""]
        /// A service implements one method for each operation of the document. A method is called only with a request
        /// that keeps the document in every respect, and answers with one of the responses that it declares.
        #[allow(rustdoc::all, reason = "descriptions are the document's")]
        pub trait #name: ::dropshot_runtime::Service {
            #(#methods)*
        }
    }
}

fn emit_registration(server: &ServerTrait) -> TokenStream {
    let ServerTrait {
        name,
        operations,
        left_out,
        ..
    } = server;
    let registrations = operations
        .iter()
        .map(|OperationItem { marker, method, .. }| {
            quote! {
                .operation(#marker, |service: ::std::sync::Arc<S>, call, request| async move {
                    service.#method(call, request).await
                })
            }
        });
    let left_out = left_out
        .iter()
        .map(|(method, path)| quote!(.left_out(#method, #path)));
    quote! {
        /// Every operation, with the method of the service that serves it.
        pub fn api<S: #name>() -> ::dropshot_runtime::Api<S> {
            ::dropshot_runtime::Api::new() #(#registrations)* #(#left_out)*
        }
    }
}

fn emit_request(operation: &OperationItem) -> TokenStream {
    let OperationItem {
        request,
        id,
        parameters,
        body,
        ..
    } = operation;
    let about = format!(" What `{id}` is called with.");
    let streams = body.iter().flat_map(|body| &body.forms);
    let derives = derives(
        streams
            .map(|form| &form.kind)
            .any(|kind| matches!(kind, BodyKind::Stream)),
    );
    let fields = parameters.iter().map(
        |ParameterItem {
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
    let body = body.iter().map(
        |BodyItem {
             documentation,
             rust_type,
             ..
         }| {
            quote! {
                #(#[doc = #documentation])*
                pub body: #rust_type,
            }
        },
    );
    quote! {
        #[doc = #about]
        #[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
        #[derive(#derives)]
        pub struct #request {
            #(#fields)*
            #(#body)*
        }
    }
}

fn emit_response(operation: &OperationItem) -> TokenStream {
    let OperationItem {
        response,
        id,
        responses,
        ..
    } = operation;
    let about =
        format!(" What `{id}` answers: the responses that the document declares, and no others.");
    let variants = responses.iter().map(|response| {
        let ResponseItem {
            variant,
            documentation,
            code,
            headers,
            body,
            ..
        } = response;
        let status = code.is_none().then(|| {
            quote! {
                /// The status.
                status: ::dropshot_runtime::http::StatusCode,
            }
        });
        let headers = headers.iter().map(
            |HeaderItem {
                 field,
                 documentation,
                 rust_type,
                 ..
             }| {
                quote! {
                    #(#[doc = #documentation])*
                    #field: #rust_type,
                }
            },
        );
        let body = body.iter().map(bodies::response_fields);
        let fields = quote!(#status #(#headers)* #(#body)*);
        let fields = (!fields.is_empty()).then(|| quote!({ #fields }));
        quote! {
            #(#[doc = #documentation])*
            #variant #fields,
        }
    });
    let arms = responses.iter().map(emit_answer);
    let forms = || {
        responses
            .iter()
            .filter_map(|r| r.body.as_ref())
            .flat_map(|body| &body.forms)
    };
    let has_stream = forms().any(|form| matches!(form.kind, ResponseKind::Stream));
    let is_chosen = forms().any(bodies::is_chosen);
    let derives = derives(has_stream);
    let accept = if is_chosen {
        format_ident!("accept")
    } else {
        format_ident!("_accept")
    };
    // What is sent to one caller can be sent to another only where it does not depend on what they take.
    let can_be_kept = !has_stream && !is_chosen;
    let written = can_be_kept.then(|| {
        quote! {
            /// One of these, written before.
            Written(::dropshot_runtime::Written<Self>),
        }
    });
    let written_arm =
        can_be_kept.then(|| quote!(Self::Written(written) => Ok(written.into_answer()),));
    quote! {
        #[doc = #about]
        #[allow(clippy::large_enum_variant, dead_code, rustdoc::all, reason = "sizes, parts and descriptions are the document's")]
        #[derive(#derives)]
        pub enum #response {
            #(#variants)*
            #written
        }

        impl ::dropshot_runtime::Respond for #response {
            fn respond(
                self,
                #accept: &::dropshot_runtime::Accept,
            ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
                match self {
                    #(#arms)*
                    #written_arm
                }
            }
        }
    }
}

fn emit_answer(response: &ResponseItem) -> TokenStream {
    let ResponseItem {
        variant,
        code,
        headers,
        body,
        ..
    } = response;
    let mut fields: Vec<Ident> = headers.iter().map(|header| header.field.clone()).collect();
    let start = match code {
        Some(code) => {
            let code = Literal::u16_unsuffixed(*code);
            quote!(::dropshot_runtime::Answer::with_code(#code))
        }
        None => {
            fields.push(format_ident!("status"));
            quote!(::dropshot_runtime::Answer::new(status))
        }
    };
    let set_headers = headers.iter().map(
        |HeaderItem {
             field,
             name,
             required,
             ..
         }| {
            let method = if *required {
                format_ident!("header")
            } else {
                format_ident!("optional_header")
            };
            quote!(.#method(#name, &#field)?)
        },
    );
    let answer = quote!(#start #(#set_headers)*);
    let value = match body {
        Some(body) => {
            fields.extend(bodies::response_field_names(body));
            bodies::answer(body, &answer)
        }
        None => quote!(Ok(#answer)),
    };
    let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
    quote!(Self::#variant #fields => #value,)
}

/// What a type of ours derives: a stream cannot be read twice.
fn derives(has_stream: bool) -> TokenStream {
    if has_stream {
        quote!(Debug)
    } else {
        quote!(Clone, Debug)
    }
}

fn emit_operation(operation: &OperationItem) -> TokenStream {
    let OperationItem {
        marker,
        request,
        response,
        id,
        parameters,
        body,
        extension,
        ..
    } = operation;
    let about = format!(" The operation `{id}`.");
    let spec = spec_name(operation);
    let fields = parameters
        .iter()
        .map(|ParameterItem { field, .. }| quote!(#field: values.parameter()?,));
    let decode_body = body.iter().map(bodies::decode);
    let values = if parameters.is_empty() && body.is_none() {
        format_ident!("_values")
    } else {
        format_ident!("values")
    };
    let parts = [
        ("path", &operation.description_of_path),
        ("query", &operation.description_of_query),
        ("header", &operation.description_of_headers),
    ];
    let body = body.as_ref().and_then(|body| body.described.as_ref());
    let mut describe: Vec<TokenStream> = parts
        .into_iter()
        .filter_map(|(method, item)| Some((method, item.as_ref()?)))
        .map(|(method, DescribedItem { marker, .. })| {
            let method = format_ident!("{method}");
            quote!(.#method::<described::#marker>(content_type))
        })
        .collect();
    let is_json = matches!(body, Some((DescribedAs::Json, _)));
    let content_type = if describe.is_empty() && !is_json {
        format_ident!("_content_type")
    } else {
        format_ident!("content_type")
    };
    describe.extend(body.map(|(known, item)| {
        let name = match known {
            DescribedAs::Json => None,
            DescribedAs::UrlEncoded => Some("UrlEncoded"),
            DescribedAs::MultipartFormData => Some("MultipartFormData"),
            DescribedAs::Bytes => Some("Bytes"),
        };
        let name = name.map(|name| format_ident!("{name}"));
        let known = match name {
            Some(name) => {
                quote!(&::dropshot_runtime::dropshot::ApiEndpointBodyContentType::#name)
            }
            None => quote!(content_type),
        };
        match item {
            Some(DescribedItem { marker, .. }) => quote!(.body::<described::#marker>(#known)),
            None => quote!(.bytes(#known)),
        }
    }));
    describe.extend(extension.as_ref().map(|extension| match extension {
        Extension::Paginated(first_page) => quote!(.paginated(#first_page)),
        Extension::Websocket => quote!(.websocket()),
    }));
    let failure = match operation.failure() {
        Some(DescribedItem { marker, .. }) => {
            quote!(::dropshot_runtime::describe::Failure<described::#marker>)
        }
        None => quote!(::dropshot_runtime::dropshot::HttpError),
    };
    let describe_success = match operation.success() {
        Some(ResponseItem {
            code,
            description,
            body,
            description_of_headers,
            ..
        }) => {
            let code = code.map(Literal::u16_unsuffixed);
            let body = body.iter().map(|body| match &body.described {
                Some(DescribedItem { marker, .. }) => quote!(.body::<described::#marker>()),
                None => quote!(.any_body()),
            });
            let headers = description_of_headers
                .iter()
                .map(|DescribedItem { marker, .. }| quote!(.headers::<described::#marker>()));
            let start = match code {
                Some(code) => quote!(new(#code, #description)),
                None => quote!(of_any_status(#description)),
            };
            quote!(::dropshot_runtime::describe::Success::#start #(#body)* #(#headers)*)
        }
        None => quote!(::dropshot_runtime::describe::Success::new(200, "")),
    };
    quote! {
        #[doc = #about]
        pub struct #marker;

        impl ::dropshot_runtime::Operation for #marker {
            const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::#spec;
            type Request = #request;
            type Response = #response;
            type Failure = #failure;

            fn decode(
                #values: &mut ::dropshot_runtime::Decoder,
            ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
                Ok(#request { #(#fields)* #(#decode_body)* })
            }

            fn describe_request(
                #content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
            ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
                ::dropshot_runtime::describe::Request::new() #(#describe)* .metadata()
            }

            fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
                #describe_success.metadata()
            }
        }
    }
}

fn spec_name(operation: &OperationItem) -> Ident {
    let name = operation.method.to_string();
    format_ident!("{}", name.trim_start_matches("r#").to_uppercase())
}

/// One type for each schema that dropshot is told about.
fn emit_described(server: &ServerTrait) -> TokenStream {
    let anonymous = server.operations.iter().flat_map(OperationItem::described);
    let items: Vec<&DescribedItem> = server
        .described
        .iter()
        .chain(anonymous.filter(|item| !item.is_named))
        .collect();
    if items.is_empty() {
        return TokenStream::new();
    }
    let imports = if items.iter().any(|item| !item.references.is_empty()) {
        quote!(Described, Typed)
    } else {
        quote!(Described)
    };
    let items = items.into_iter().map(|item| {
        let DescribedItem {
            marker,
            name,
            is_named,
            description,
            references,
        } = item;
        let text = &description.text;
        let generator = if references.is_empty() {
            format_ident!("_generator")
        } else {
            format_ident!("generator")
        };
        quote! {
            pub struct #marker;

            impl Described for #marker {
                const NAME: &'static str = #name;
                const IS_NAMED: bool = #is_named;
                const TEXT: &'static str = #text;

                fn refer(#generator: &mut SchemaGenerator) {
                    #(generator.subschema_for::<Typed<#references>>();)*
                }
            }
        }
    });
    quote! {
        /// The document's schemas, for the document that dropshot emits.
        mod described {
            use ::dropshot_runtime::describe::{#imports};
            use ::dropshot_runtime::schemars::r#gen::SchemaGenerator;
            #(#items)*
        }
    }
}
