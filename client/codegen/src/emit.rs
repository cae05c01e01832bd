//! Intermediate form to code, without what progenitor makes. Nothing is decided here, and nothing can fail.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use schema_codegen::naming;

mod bodies;
mod headers;

use crate::client::{
    BodyFormItem, BodyItem, BodyKind, ClientItems, ContentItem, OperationItem, ParameterItem,
    Payload, ResponseItem, SchemeItem, SchemeUse,
};

/// The items of one module: progenitor's client, and what makes it tell the truth.
pub(crate) fn emit(
    client: &ClientItems,
    progenitor: &TokenStream,
    support: &TokenStream,
) -> TokenStream {
    let ClientItems { types, tables, .. } = client;
    let bodies = bodies::emit(client);
    let headers = headers::emit(client);
    let credentials = emit_credentials(client);
    let hooks = emit_hooks();
    let call = emit_call(client);
    let operations = client.operations.iter().map(emit_operation);
    let found = client.operations.iter().map(|operation| {
        let OperationItem { method, .. } = operation;
        let spec = spec_name(operation);
        quote!(#method => Some(&#spec))
    });
    quote! {
        pub use progenitor::Client;
        #[allow(unused_imports, reason = "not every program names everything")]
        pub use progenitor::{ClientInfo, Error, ResponseValue, builder};
        #[allow(unused_imports, reason = "not every program names everything")]
        pub use support::{
            answer::BodyStream,
            body::{Named, OptionalBody},
            call::{Arguments, CallError, Reply, ReplyKind},
            connect::ConnectError,
            header::HeaderError,
            parameter::Json,
            parts::File,
            secret::Secret,
        };

        impl Client {
            /// Creates a client of the service at that URL, which ends with the path that all paths begin with.
            ///
            /// It waits 10 seconds for a connection and 30 for an answer, follows no redirect, and its `User-Agent` is name
            /// and version of this crate. With [`Client::new_with_client`] that is up to the caller.
            ///
            /// # Errors
            /// The URL is none of HTTP, or the HTTP client cannot be set up.
            pub fn new(base_url: &str, credentials: Credentials) -> Result<Client, ConnectError> {
                let base_url = support::connect::base_url(base_url)?;
                let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
                let client = support::connect::http_client(agent)?;
                Ok(Client::new_with_client(&base_url, client, credentials))
            }
        }

        #credentials
        #hooks
        #call

        /// The types of the document's schemas.
        pub mod types {
            #types
        }

        #bodies
        #headers

        /// What the document says about each operation.
        mod operations {
            #[allow(unused_imports, reason = "which ones are used is up to the document")]
            use super::support::operation::{
                Content, Format, Header, Location, Operation, Parameter, Place, Response, Scalar, Scheme, Shape,
                Status, Style,
            };
            #[allow(unused_imports, reason = "there may be no schema")]
            use super::tables;

            /// The operation that progenitor knows by that name.
            #[allow(clippy::match_single_binding, reason = "there may be no operation")]
            pub(super) fn find(method: &str) -> Option<&'static Operation> {
                match method {
                    #(#found,)*
                    _ => None,
                }
            }

            #(#operations)*
        }

        /// What the document says about each value.
        mod tables {
            #tables
        }

        /// What progenitor made: the client and the builders.
        #[allow(
            clippy::all,
            clippy::pedantic,
            clippy::restriction,
            missing_docs,
            rustdoc::all,
            unused_imports,
            reason = "the code is progenitor's"
        )]
        mod progenitor {
            #progenitor
        }

        /// How calls become requests and answers results, for any document.
        #[allow(dead_code, reason = "which parts are used is up to the document")]
        mod support {
            #support
        }
    }
}

fn emit_credentials(client: &ClientItems) -> TokenStream {
    let fields = client.schemes.iter().map(|scheme| {
        let SchemeItem {
            field,
            documentation,
            ..
        } = scheme;
        let documentation = documentation.iter().map(|line| format!(" {line}"));
        quote! {
            #(#[doc = #documentation])*
            pub #field: Option<Secret>,
        }
    });
    let get = client
        .schemes
        .iter()
        .map(|SchemeItem { name, field, .. }| quote!(#name => self.#field.as_ref()));
    let set = client
        .schemes
        .iter()
        .map(|SchemeItem { name, field, .. }| quote!(#name => &mut self.#field));
    let methods = if client.schemes.is_empty() {
        quote! {
            /// The credential for a scheme, by its name in the document, which has none.
            pub fn get(&self, _scheme: &str) -> Option<&Secret> {
                None
            }

            /// Says whether there is such a scheme, which there is not.
            pub fn set(&mut self, _scheme: &str, _credential: Secret) -> bool {
                false
            }
        }
    } else {
        quote! {
            /// The credential for a scheme, by its name in the document.
            pub fn get(&self, scheme: &str) -> Option<&Secret> {
                match scheme {
                    #(#get,)*
                    _ => None,
                }
            }

            /// Sets the credential for a scheme, by its name in the document; says whether there is such a scheme.
            pub fn set(&mut self, scheme: &str, credential: Secret) -> bool {
                let field = match scheme {
                    #(#set,)*
                    _ => return false,
                };
                *field = Some(credential);
                true
            }
        }
    };
    quote! {
        /// The credentials of a caller, by the security schemes of the document.
        ///
        /// An operation is called with those of the first alternative that the caller has all of. Where there is none,
        /// nothing is sent, but where the document lets everybody call.
        #[derive(Clone, Debug, Default)]
        pub struct Credentials {
            #(#fields)*
        }

        impl Credentials {
            #methods
        }
    }
}

fn emit_hooks() -> TokenStream {
    quote! {
        impl ::progenitor_client::ClientHooks<Credentials> for Client {
            /// Writes the request as the document has it, with credentials, or refuses to send it.
            async fn pre<E>(
                &self,
                request: &mut ::reqwest::Request,
                info: &::progenitor_client::OperationInfo,
            ) -> Result<(), Error<E>> {
                let Some(operation) = operations::find(info.operation_id) else { return Ok(()) };
                let credential = |scheme: &str| self.inner().get(scheme);
                support::request::prepare(request, operation, self.baseurl(), credential)
                    .map_err(Error::InvalidRequest)
            }

            /// Sends the request, and compares the answer with the document.
            async fn exec(
                &self,
                request: ::reqwest::Request,
                info: &::progenitor_client::OperationInfo,
            ) -> ::reqwest::Result<::reqwest::Response> {
                let response = self.client().execute(request).await?;
                match operations::find(info.operation_id) {
                    Some(operation) => support::answer::receive(operation, response).await,
                    None => Ok(response),
                }
            }

            /// Refuses an answer that breaks the document.
            async fn post<E>(
                &self,
                result: &::reqwest::Result<::reqwest::Response>,
                _info: &::progenitor_client::OperationInfo,
            ) -> Result<(), Error<E>> {
                support::answer::refuse(result)
            }
        }
    }
}

fn emit_call(client: &ClientItems) -> TokenStream {
    let arms = client.operations.iter().map(|operation| {
        let OperationItem {
            id,
            method,
            http_method,
            path,
            body,
            success,
            error,
            ..
        } = operation;
        let place = format!("{http_method} {path}");
        let method = naming::ident(method);
        let spec = spec_name(operation);
        let parameters = operation.parameters.iter().map(|parameter| {
            let ParameterItem {
                argument,
                method,
                required,
                rust_type,
                ..
            } = parameter;
            let method = naming::ident(method);
            if *required {
                quote!(call = call.#method(given.required::<#rust_type>(#argument)?);)
            } else {
                quote! {
                    if let Some(value) = given.optional::<#rust_type>(#argument)? {
                        call = call.#method(value);
                    }
                }
            }
        });
        let body = body.iter().map(|body| {
            let value = call_body(body);
            if body.required {
                quote!(call = call.body(#value);)
            } else {
                quote! {
                    if given.has_body() {
                        call = call.body(#value);
                    }
                }
            }
        });
        let has_arguments = operation.body.is_some() || !operation.parameters.is_empty();
        let mutable = has_arguments.then(|| quote!(mut));
        let written = |payload: &Payload| match payload {
            Payload::None => quote!(support::call::empty),
            Payload::Json(_) | Payload::Text => quote!(support::call::typed),
            Payload::Stream => quote!(support::call::bytes),
            Payload::Enum(name) => quote!(bodies::#name::written),
        };
        let (ok, err) = (written(success), written(error));
        let headers = headers::read(operation);
        quote! {
            #id | #place => {
                let #mutable call = client.#method();
                #(#parameters)*
                #(#body)*
                given.finish()?;
                support::call::reply(&operations::#spec, call.send().await, #ok, #err, #headers).await
            }
        }
    });
    quote! {
        /// Calls an operation by its `operationId`, or by method and path such as `GET /things/{id}`: decodes the arguments
        /// into the types of its builder, sends what the builder builds, and gives back what the typed result is written
        /// as.
        ///
        /// This is for programs that know the document only when they run, such as contract tests, which drive the
        /// typed client in this way without code for each operation, and generic command lines. Where the operation is
        /// known, its builder is the better way.
        ///
        /// # Errors
        /// There is no such operation, an argument does not fit its type, the document does not allow the request, which
        /// then is not sent, or the answer; or there is no answer.
        #[allow(
            clippy::match_single_binding,
            unused_mut,
            unused_variables,
            reason = "there may be no argument or no operation in the whole document"
        )]
        pub async fn call(client: &Client, operation_id: &str, arguments: Arguments) -> Result<Reply, CallError> {
            let mut given = support::call::Given::new(arguments);
            match operation_id {
                #(#arms)*
                _ => Err(CallError::UnknownOperation(operation_id.to_owned())),
            }
        }
    }
}

/// The expression that makes the builder's body of the one in a call by name, which is of the first form in JSON, or
/// else of the first, where no media type is given.
fn call_body(body: &BodyItem) -> TokenStream {
    let BodyItem {
        enum_name, forms, ..
    } = body;
    let is_json = |form: &BodyFormItem| matches!(form.kind, BodyKind::Json { .. });
    let usual = forms.iter().position(is_json).unwrap_or_default();
    let usual = Literal::usize_unsuffixed(usual);
    let media_types = forms
        .iter()
        .map(|BodyFormItem { media_types, .. }| quote!(&[#(#media_types),*]));
    let value = |form: &BodyFormItem| {
        let value = call_form(form);
        match enum_name {
            Some(name) => {
                let variant = &form.variant;
                quote!(bodies::#name::#variant(#value))
            }
            None => value,
        }
    };
    let (last, others) = match forms.split_last() {
        Some((last, others)) => (value(last), others),
        None => (quote!(given.body::<()>()?), &[][..]),
    };
    let form = quote!(given.form(&[#(#media_types),*], #usual)?);
    if others.is_empty() {
        return quote!({
            let (_, content_type) = #form;
            #last
        });
    }
    let arms = others.iter().enumerate().map(|(place, form)| {
        let (place, value) = (Literal::usize_unsuffixed(place), value(form));
        quote!((#place, content_type) => #value,)
    });
    quote! {
        match #form {
            #(#arms)*
            (_, content_type) => #last,
        }
    }
}

/// The expression that makes one form of a body.
fn call_form(form: &BodyFormItem) -> TokenStream {
    let BodyFormItem {
        media_types,
        is_named,
        kind,
        ..
    } = form;
    let value = match kind {
        BodyKind::Stream => quote!(::reqwest::Body::from(
            given.body::<support::parts::Octets>()?.0
        )),
        other => {
            let rust_type = other.rust_type();
            quote!(given.body::<#rust_type>()?)
        }
    };
    if !is_named {
        return value;
    }
    let concrete = media_types.iter().find(|name| !name.contains('*'));
    let usual = concrete.map_or("application/octet-stream", String::as_str);
    quote! {
        support::body::Named {
            content_type: content_type.unwrap_or_else(|| #usual.to_owned()),
            body: #value,
        }
    }
}

pub(crate) fn spec_name(operation: &OperationItem) -> Ident {
    // In upper case a name that is free stays free, and no keyword is in upper case.
    format_ident!("{}", operation.method.to_uppercase())
}

fn emit_operation(operation: &OperationItem) -> TokenStream {
    let OperationItem {
        id,
        http_method,
        path,
        ..
    } = operation;
    let name = spec_name(operation);
    let about = format!(" `{id}`: `{http_method} {path}`.");
    let http_method = format_ident!("{http_method}");
    let security = operation.security.iter().map(|all| {
        let schemes = all
            .iter()
            .map(|SchemeUse { name, place }| quote!(Scheme { name: #name, place: #place }));
        quote!(&[#(#schemes),*])
    });
    let parameters = operation.parameters.iter().map(|parameter| {
        let ParameterItem {
            method,
            name,
            location,
            is_text,
            style,
            explode,
            allow_reserved,
            table,
            ..
        } = parameter;
        quote! {
            Parameter {
                method: #method,
                name: #name,
                location: Location::#location,
                is_text: #is_text,
                style: Style::#style,
                explode: #explode,
                allow_reserved: #allow_reserved,
                schema: #table,
            }
        }
    });
    let accept = option(operation.accept.as_ref());
    let responses = operation.responses.iter().map(|response| {
        let ResponseItem {
            status,
            headers,
            content,
        } = response;
        let headers = headers.iter().map(headers::table);
        let content = content.iter().map(|ContentItem { media_type, format }| {
                quote!(Content { media_type: #media_type, format: #format })
            });
        quote!(Response { status: #status, headers: &[#(#headers),*], content: &[#(#content),*] })
    });
    quote! {
        #[doc = #about]
        pub(super) static #name: Operation = Operation {
            id: #id,
            method: ::reqwest::Method::#http_method,
            path: #path,
            security: &[#(#security),*],
            parameters: &[#(#parameters),*],
            accept: #accept,
            responses: &[#(#responses),*],
        };
    }
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
