//! Bodies that are more than JSON of one type: the types of them, and how they are written and read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use schema_codegen::naming;

use super::spec_name;
use crate::client::{
    BodyFormItem, BodyItem, BodyKind, CaseItem, ClientItems, EnumItem, OperationItem, PartItem,
    PartKind, PartsItem, Payload, Reading, VariantItem,
};

/// The modules `bodies`, `requests` and `answers`, each where there is something to put into it.
pub(super) fn emit(client: &ClientItems) -> TokenStream {
    let operations = &client.operations;
    let mut modules = TokenStream::new();
    let has_bodies = operations.iter().any(OperationItem::has_bodies);
    let bodies = has_bodies.then(|| quote!(bodies,));
    if has_bodies {
        let types = operations.iter().map(types);
        modules.extend(quote! {
            /// The bodies that are more than a value of one schema: by media type, by status, and in parts.
            pub mod bodies {
                #![allow(
                    clippy::large_enum_variant,
                    dead_code,
                    rustdoc::all,
                    reason = "sizes, descriptions and what is there at all are the document's"
                )]
                #[allow(unused_imports, reason = "which of them are used is up to the document")]
                use super::{support, types};
                #(#types)*
            }
        });
    }
    if operations.iter().any(|operation| operation.body.is_some()) {
        let functions = operations.iter().filter_map(request);
        modules.extend(quote! {
            /// How the body of each operation is written.
            mod requests {
                #[allow(unused_imports, reason = "which of them are used is up to the document")]
                use super::{#bodies support::{self, body::Field, operation::Style}, tables, types};
                #(#functions)*
            }
        });
    }
    if operations
        .iter()
        .any(|operation| !operation.cases.is_empty())
    {
        let functions = operations
            .iter()
            .filter(|operation| !operation.cases.is_empty())
            .map(answer);
        modules.extend(quote! {
            /// How an answer becomes one of several types.
            mod answers {
                use ::progenitor_client::{Error, ResponseValue};
                #[allow(unused_imports, reason = "which of them are used is up to the document")]
                use super::{#bodies operations, support::{self, answer::Answer}, types};
                #(#functions)*
            }
        });
    }
    modules
}

/// The types that are made for the bodies of an operation.
fn types(operation: &OperationItem) -> TokenStream {
    let id = &operation.id;
    let mut types = TokenStream::new();
    if let Some(body) = &operation.body {
        types.extend(body.parts().map(|parts| parts_struct(parts, id)));
        types.extend(request_enum(body, id));
    }
    types.extend(operation.enums.iter().map(answer_enum));
    types
}

fn parts_struct(PartsItem { name, parts, .. }: &PartsItem, id: &str) -> TokenStream {
    let about = format!(" The form that `{id}` is called with.");
    let fields = parts.iter().map(
        |PartItem {
             field,
             name,
             documentation,
             kind,
             rust_type,
         }| {
            let documentation = documentation.iter().map(|line| format!(" {line}"));
            let default = match kind {
                PartKind::Files => quote!(#[serde(default)]),
                _ => TokenStream::new(),
            };
            quote! {
                #(#[doc = #documentation])*
                #[serde(rename = #name)]
                #default
                pub #field: #rust_type,
            }
        },
    );
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, ::schema_check::serde::Deserialize)]
        #[serde(crate = "::schema_check::serde")]
        pub struct #name {
            #(#fields)*
        }
    }
}

fn request_enum(body: &BodyItem, id: &str) -> Option<TokenStream> {
    let name = body.enum_name.as_ref()?;
    let about = format!(" The body that `{id}` is called with, by its media type.");
    let derives = if body.has_stream() {
        quote!(Debug)
    } else {
        quote!(Clone, Debug)
    };
    let variants = body.forms.iter().map(|form| {
        let quoted: Vec<String> = form.media_types.iter().map(|m| format!("`{m}`")).collect();
        let about = format!(" {}.", quoted.join(", "));
        let variant = &form.variant;
        let rust_type = match &form.kind {
            BodyKind::Parts(PartsItem { name, .. }) => quote!(#name),
            _ => form.rust_type(),
        };
        quote! {
            #[doc = #about]
            #variant(#rust_type),
        }
    });
    Some(quote! {
        #[doc = #about]
        #[derive(#derives)]
        pub enum #name {
            #(#variants)*
        }
    })
}

fn answer_enum(item: &EnumItem) -> TokenStream {
    let EnumItem {
        name,
        documentation,
        variants,
    } = item;
    let about = format!(" {documentation}");
    let declared = variants.iter().map(
        |VariantItem {
             variant,
             documentation,
             payload,
         }| {
            let documentation = documentation.iter().map(|line| format!(" {line}"));
            let fields = match payload {
                Payload::None => TokenStream::new(),
                Payload::Enum(name) => quote!((#name)),
                other => {
                    let rust_type = other.rust_type();
                    quote!((#rust_type))
                }
            };
            quote! {
                #(#[doc = #documentation])*
                #variant #fields,
            }
        },
    );
    let written = variants.iter().map(
        |VariantItem {
             variant, payload, ..
         }| match payload {
            Payload::None => quote!(Self::#variant => support::call::empty(()).await,),
            Payload::Json(_) | Payload::Text => {
                quote!(Self::#variant(body) => support::call::typed(body).await,)
            }
            Payload::Stream => quote!(Self::#variant(body) => support::call::bytes(body).await,),
            Payload::Enum(_) => quote!(Self::#variant(body) => body.written().await,),
        },
    );
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        pub enum #name {
            #(#declared)*
        }

        impl #name {
            /// The body as a value.
            pub(super) async fn written(self) -> support::call::Written {
                match self {
                    #(#written)*
                }
            }
        }
    }
}

/// The function that writes the body of an operation.
fn request(operation: &OperationItem) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let about = format!(" The body of `{}`.", operation.id);
    let function = naming::ident(&operation.method);
    let rust_type = &body.rust_type;
    let written = match (&body.enum_name, body.forms.as_slice()) {
        (None, [only]) => write(only),
        (name, forms) => {
            let arms = forms.iter().map(|form| {
                let variant = &form.variant;
                let written = write(form);
                quote!(bodies::#name::#variant(body) => #written,)
            });
            quote!(match body { #(#arms)* })
        }
    };
    Some(quote! {
        #[doc = #about]
        pub(super) fn #function(body: #rust_type) -> Result<support::body::Outgoing, String> {
            #written
        }
    })
}

/// The expression that writes `body`.
fn write(form: &BodyFormItem) -> TokenStream {
    let BodyFormItem {
        media_types,
        is_named,
        kind,
        ..
    } = form;
    let (named, media_type, value) = if *is_named {
        let check = quote!(support::body::declared(&body.content_type, &[#(#media_types),*])?;);
        (check, quote!(&body.content_type), quote!(body.body))
    } else {
        // Of several names for JSON any will do, and a range has one that is JSON's own.
        let concrete = media_types.iter().find(|name| !name.contains('*'));
        let media_type = concrete.map_or("application/json", String::as_str);
        (TokenStream::new(), quote!(#media_type), quote!(body))
    };
    let written = match kind {
        BodyKind::Json { table, .. } => {
            quote!(support::body::json(#media_type, #table, &#value))
        }
        BodyKind::Form { table, fields, .. } => {
            quote!(support::body::form(#media_type, #table, &[#(#fields),*], &#value))
        }
        BodyKind::Text { table } => quote!(support::body::text(#media_type, #table, #value)),
        BodyKind::Stream => quote!(support::body::stream(#media_type, #value)),
        BodyKind::Parts(PartsItem {
            parts,
            content_types,
            ..
        }) => {
            let content_types = content_types
                .iter()
                .map(|(name, content_type)| quote!((#name, #content_type)));
            let parts = parts.iter().map(
                |PartItem {
                     field, name, kind, ..
                 }| match kind {
                    PartKind::File => quote!(.files(#name, [#value.#field])),
                    PartKind::Files => quote!(.files(#name, #value.#field)),
                    PartKind::Value {
                        required: true,
                        table,
                    } => {
                        quote!(.value(#name, #table, &#value.#field))
                    }
                    PartKind::Value {
                        required: false,
                        table,
                    } => {
                        quote!(.optional_value(#name, #table, &#value.#field))
                    }
                },
            );
            quote!(support::parts::Parts::new(&[#(#content_types),*]) #(#parts)* .send(#media_type))
        }
    };
    if *is_named {
        quote!({ #named #written })
    } else {
        written
    }
}

/// The function that makes a type of the answer to an operation.
fn answer(operation: &OperationItem) -> TokenStream {
    let about = format!(" What `{}` is answered with.", operation.id);
    let function = naming::ident(&operation.method);
    let spec = spec_name(operation);
    let (success, error) = (operation.success.rust_type(), operation.error.rust_type());
    let arms = operation.cases.iter().map(case);
    quote! {
        #[doc = #about]
        pub(super) async fn #function(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<#success>, Error<#error>> {
            let answer = Answer::new(&operations::#spec, response);
            match answer.case() {
                #(#arms)*
                _ => Err(answer.unexpected()),
            }
        }
    }
}

fn case(case: &CaseItem) -> TokenStream {
    let CaseItem {
        is_success,
        response,
        content,
        reading,
        wrappers,
    } = case;
    let response = Literal::usize_unsuffixed(*response);
    let content = content
        .iter()
        .map(|place| Literal::usize_unsuffixed(*place));
    let content = if content.len() == 0 {
        quote!(_)
    } else {
        quote!(#(#content)|*)
    };
    let wrap = match wrappers.as_slice() {
        [] => quote!(::core::convert::identity),
        [only] => quote!(#only),
        several => {
            let wrapped = several.iter().rev();
            let wrapped = wrapped.fold(quote!(body), |inner, outer| quote!(#outer(#inner)));
            quote!(|body| #wrapped)
        }
    };
    let read = match reading {
        Reading::Empty => {
            let value = match wrappers.first() {
                Some(variant) => quote!(#variant),
                None => quote!(()),
            };
            quote!(answer.empty(#value))
        }
        Reading::Json => quote!(answer.json(#wrap).await?),
        Reading::Text => quote!(answer.text(#wrap).await?),
        Reading::Stream => quote!(answer.stream(#wrap)),
    };
    let result = if *is_success {
        quote!(Ok(#read))
    } else {
        quote!(Err(Error::ErrorResponse(#read)))
    };
    quote!((#is_success, #response, #content) => #result,)
}
