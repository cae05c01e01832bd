//! What the document says about each operation, as tables.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use super::spec_name;
use crate::server_trait::{
    BodyFormItem, BodyItem, BodyKind, OperationItem, ParameterItem, PartItem, PartsItem,
    ResponseFormItem, ResponseItem, ResponseKind, SchemeItem,
};

/// What the tables may name.
const NAMES: [&str; 18] = [
    "BodyForm",
    "BodyFormat",
    "BodySpec",
    "CredentialPlace",
    "Field",
    "Lead",
    "Members",
    "OperationSpec",
    "ParameterLocation",
    "ParameterSpec",
    "PartKind",
    "PartSpec",
    "PartsSpec",
    "ResponseSpec",
    "Scalar",
    "SchemeSpec",
    "Shape",
    "tables",
];

pub(super) fn emit(operations: &[OperationItem]) -> TokenStream {
    if operations.is_empty() {
        return TokenStream::new();
    }
    let specs: TokenStream = operations.iter().map(operation).collect();
    let mut named = Vec::new();
    collect_names(specs.clone(), &mut named);
    let is_named = |name: &str| named.iter().any(|ident| ident == name);
    let names = NAMES
        .iter()
        .filter(|name| **name != "tables" && is_named(name))
        .map(|name| format_ident!("{name}"));
    let schema = is_named("Schema").then(|| {
        quote!(
            use ::dropshot_runtime::schema::Schema;
        )
    });
    let tables = is_named("tables").then(|| {
        quote!(
            use super::tables;
        )
    });
    quote! {
        /// What the document says about each operation, for the steps that a request goes through.
        mod specs {
            use ::dropshot_runtime::{#(#names),*};
            #schema
            #tables
            #specs
        }
    }
}

fn collect_names(tokens: TokenStream, names: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if !names.contains(&ident) => {
                let is_name = ident == "Schema" || NAMES.iter().any(|name| ident == name);
                names.extend(is_name.then_some(ident));
            }
            TokenTree::Group(group) => collect_names(group.stream(), names),
            _ => {}
        }
    }
}

fn operation(operation: &OperationItem) -> TokenStream {
    let OperationItem {
        id,
        http_method,
        path,
        is_described,
        tags,
        deprecated,
        scopes,
        produces,
        ..
    } = operation;
    let name = spec_name(operation);
    let about = format!(" `{id}`: `{http_method} {path}`.");
    let summary = option(operation.summary.as_ref());
    let description = option(operation.description.as_ref());
    let security = operation.security.iter().map(|all| {
        let schemes = all.iter().map(
            |SchemeItem {
                 name,
                 place,
                 scopes,
             }| {
                quote!(SchemeSpec { name: #name, place: #place, scopes: &[#(#scopes),*] })
            },
        );
        quote!(&[#(#schemes),*])
    });
    let parameters = operation.parameters.iter().map(parameter);
    let body = option(operation.body.as_ref().map(body));
    let responses = operation.responses.iter().map(response);
    quote! {
        #[doc = #about]
        pub(super) static #name: OperationSpec = OperationSpec {
            id: #id,
            method: #http_method,
            path: #path,
            is_described: #is_described,
            summary: #summary,
            description: #description,
            tags: &[#(#tags),*],
            deprecated: #deprecated,
            security: &[#(#security),*],
            scopes: &[#(#scopes),*],
            parameters: &[#(#parameters),*],
            body: #body,
            produces: &[#(#produces),*],
            responses: &[#(#responses),*],
        };
    }
}

/// A parameter, but for what is as in most.
fn parameter(parameter: &ParameterItem) -> TokenStream {
    let ParameterItem {
        name,
        location,
        required,
        description,
        allow_reserved,
        lead,
        shapes,
        default,
        table,
        ..
    } = parameter;
    let description = description
        .iter()
        .map(|text| quote!(description: Some(#text),));
    let allow_reserved = allow_reserved.then(|| quote!(allow_reserved: true,));
    let lead = lead.iter().map(|lead| quote!(lead: #lead,));
    let default = default.iter().map(|text| quote!(default: Some(#text),));
    // No parameter has all of them: nothing leads in a query, where `allowReserved` is.
    quote! {
        ParameterSpec {
            name: #name,
            location: ParameterLocation::#location,
            required: #required,
            #(#description)*
            #allow_reserved
            #(#lead)*
            shapes: &[#(#shapes),*],
            #(#default)*
            schema: #table,
            ..ParameterSpec::ANY
        }
    }
}

fn body(body: &BodyItem) -> TokenStream {
    let BodyItem {
        required,
        media_types,
        forms,
        ..
    } = body;
    let forms = forms.iter().map(|BodyFormItem { media_types, kind, .. }| {
        let format = match kind {
            BodyKind::Value { table, members: None, .. } => quote!(BodyFormat::Json(#table)),
            BodyKind::Value { table, members: Some(members), .. } => {
                quote!(BodyFormat::Form(&#members, #table))
            }
            BodyKind::Text { table } => quote!(BodyFormat::Text(#table)),
            BodyKind::Parts(PartsItem { parts, is_closed, .. }) => {
                let parts = parts.iter().map(part);
                quote!(BodyFormat::Multipart(&PartsSpec { named: &[#(#parts),*], is_closed: #is_closed }))
            }
            BodyKind::Stream => quote!(BodyFormat::Stream),
        };
        quote!(BodyForm { media_types: &[#(#media_types),*], format: #format })
    });
    quote! {
        BodySpec {
            required: #required,
            media_types: &[#(#media_types),*],
            forms: &[#(#forms),*],
        }
    }
}

fn response(ResponseItem { status, body, .. }: &ResponseItem) -> TokenStream {
    let forms = body.iter().flat_map(|body| &body.forms).map(
        |ResponseFormItem {
             media_types, kind, ..
         }| {
            let format = match kind {
                ResponseKind::Json { table, .. } => quote!(BodyFormat::Json(#table)),
                ResponseKind::Text { table } => quote!(BodyFormat::Text(#table)),
                ResponseKind::Stream => quote!(BodyFormat::Stream),
            };
            quote!(BodyForm { media_types: &[#(#media_types),*], format: #format })
        },
    );
    quote!(ResponseSpec { status: #status, forms: &[#(#forms),*] })
}

fn part(part: &PartItem) -> TokenStream {
    let PartItem {
        name,
        required,
        kind,
        table,
        ..
    } = part;
    quote!(PartSpec { name: #name, required: #required, kind: #kind, schema: #table })
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
