//! A service that answers with values of the document's own schemas.

use openapi_model::{Api, MediaType, Operation, Response};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Fields, Type};

use crate::drawn::{fits_header, simple, values};
use crate::shape::{Method, Shape, Variant};

/// A service for a generated server.
pub struct Stub {
    /// Items for the server's own module.
    pub code: String,
    /// How many operations the server has.
    pub served: usize,
    /// What stands before every path.
    pub prefix: String,
    /// Calls that it cannot answer as a service would, each with the reason.
    pub untested: Vec<(String, String)>,
}

/// Writes the service of a generated server.
///
/// # Errors
/// The server is not as generated servers are.
pub fn stub(api: &Api, code: &str) -> Result<Stub, String> {
    let shape = Shape::read(code)?;
    let mut untested = Vec::new();
    let mut prefix = String::new();
    let mut refusals = Vec::new();
    let mut operations = api.operations.iter();
    let methods: Vec<TokenStream> = shape
        .methods
        .iter()
        .map(|method| {
            // Some operations may have been left out, and what stands before the paths is not known here.
            let is_it = |o: &&Operation| {
                let own = method.label.strip_prefix(o.method.as_str());
                own.is_some_and(|path| path.ends_with(&o.path))
            };
            let operation = operations
                .by_ref()
                .find(is_it)
                .ok_or_else(|| format!("the document has no {}", method.label))?;
            refusals.push(refusal(api, operation, &method.label));
            let (_, path) = method.label.split_once(' ').unwrap_or_default();
            path.strip_suffix(&operation.path).unwrap_or_default().clone_into(&mut prefix);
            let answer = answer(api, &shape, operation, method).unwrap_or_else(|why| {
                untested.push((operation.label(), why.clone()));
                quote!(panic!("{}", #why))
            });
            let Method { name, request, response, .. } = method;
            Ok(quote! {
                async fn #name(&self, call: ::dropshot_runtime::Call<()>, _: #request) -> #response {
                    let _ = &call;
                    #answer
                }
            })
        })
        .collect::<Result<_, String>>()?;
    let name = &shape.name;
    let tokens = quote! {
        pub struct Stub;

        impl ::dropshot_runtime::Service for Stub {
            type Caller = ();

            async fn authenticate(
                &self,
                credentials: &[::dropshot_runtime::Credential],
                _: &[&str],
            ) -> Result<(), ::dropshot_runtime::Denial> {
                crate::stub::authenticate(credentials)
            }

            fn refuse(&self, rejection: &::dropshot_runtime::Rejection) -> ::dropshot_runtime::Refusal {
                crate::stub::refuse(rejection, REFUSALS)
            }
        }

        impl #name for Stub { #(#methods)* }

        const REFUSALS: crate::stub::Refusals = &[#(#refusals),*];

        pub fn stub() -> (Stub, ::dropshot_runtime::Api<Stub>) { (Stub, api()) }
    };
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(Stub {
        code: prettyplease::unparse(&file),
        served: shape.methods.len(),
        prefix,
        untested,
    })
}

/// The expression that a method answers with.
fn answer(
    api: &Api,
    shape: &Shape,
    operation: &Operation,
    method: &Method,
) -> Result<TokenStream, String> {
    let variants = shape
        .variants(&method.response)
        .ok_or("its response is no enum")?;
    let variant = variants
        .iter()
        .min_by_key(|variant| match status(variant).as_bytes().first() {
            Some(b'2') => 0,
            Some(b'3') => 1,
            Some(b'd') => 2,
            _ => 3,
        })
        .ok_or("it has no response")?;
    let status = status(variant);
    if status.starts_with('1') || status.starts_with('4') || status.starts_with('5') {
        return Err(format!(
            "its answer would be {status}, which does not say that a call was good"
        ));
    }
    let declared = operation
        .responses
        .iter()
        .find(|r| r.status.to_string() == status);
    let fields = match &variant.fields {
        Fields::Named(fields) => &fields.named,
        _ => return Ok(variant_of(method, variant, &TokenStream::new())),
    };
    let names = declared.into_iter().flat_map(|response| &response.headers);
    let mut headers =
        names.filter(|(name, _)| http::HeaderName::from_bytes(name.as_bytes()).is_ok());
    let content = declared
        .map(|response| Vec::from_iter(&response.content))
        .unwrap_or_default();
    let mut set = TokenStream::new();
    for field in fields {
        let name = field.ident.as_ref().ok_or("a field without a name")?;
        let value = match name.to_string().as_str() {
            "status" => quote!(crate::stub::status(#status)),
            "content_type" => {
                let name = media_type(&content);
                quote!(#name.to_owned())
            }
            "body" => body(api, shape, &content, &field.ty)?,
            _ => {
                let (name, header) = headers.next().ok_or("a field that is no header")?;
                let drawn = values(api, header.schema, fits_header)
                    .map_err(|why| format!("the header `{name}`: {why}"))?;
                typed(&drawn)
            }
        };
        set.extend(quote!(#name: #value,));
    }
    Ok(variant_of(method, variant, &quote!({ #set })))
}

fn variant_of(method: &Method, variant: &Variant, fields: &TokenStream) -> TokenStream {
    let (response, name) = (&method.response, &variant.name);
    quote!(#response::#name #fields)
}

/// What stands before the colon of its comment: `404`, `4XX` or `default`.
fn status(variant: &Variant) -> String {
    variant
        .about
        .split(':')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The media types of a body, with what the document says about each.
type Content<'a> = Vec<(&'a String, &'a MediaType)>;

/// The body of an answer.
fn body(
    api: &Api,
    shape: &Shape,
    content: &Content,
    rust_type: &Type,
) -> Result<TokenStream, String> {
    let Some(forms) = shape.variants(rust_type) else {
        return form(api, content, rust_type);
    };
    let mut arms = Vec::new();
    let mut offered = Vec::new();
    for variant in &forms {
        let listed: Content = content
            .iter()
            .filter(|(name, _)| variant.about.contains(&format!("`{name}`")))
            .copied()
            .collect();
        // A range of JSON is sent under the name of JSON.
        let listed = if listed.is_empty() {
            content.clone()
        } else {
            listed
        };
        let media_type = media_type(&listed);
        let name = &variant.name;
        let made = match &variant.fields {
            Fields::Named(fields) => {
                let body = fields
                    .named
                    .iter()
                    .find(|field| field.ident.as_ref().is_some_and(|i| i == "body"));
                let body = form(api, &listed, &body.ok_or("a form without a body")?.ty)?;
                quote!(#rust_type::#name { content_type: #media_type.to_owned(), body: #body })
            }
            fields => {
                let body = fields.iter().next().ok_or("a form without a body")?;
                let body = form(api, &listed, &body.ty)?;
                quote!(#rust_type::#name(#body))
            }
        };
        arms.push(quote!(#media_type => #made,));
        offered.push(media_type);
    }
    let otherwise = quote!(_ => unreachable!("a media type that is not offered"),);
    Ok(quote!(match call.accept.choose(&[#(#offered),*]) { #(#arms)* #otherwise }))
}

/// A body of one form.
fn form(api: &Api, content: &Content, rust_type: &Type) -> Result<TokenStream, String> {
    let is_json = |name: &str| {
        let essence = name
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    };
    let schema = content
        .first()
        .and_then(|(_, media_type)| media_type.schema);
    let last = match rust_type {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    };
    match last.as_deref() {
        Some("BodyStream") => Ok(quote!(::dropshot_runtime::BodyStream::from("stub"))),
        Some("String") if !content.iter().any(|(name, _)| is_json(name)) => {
            // The schema of a text may be about what the text stands for, such as XML.
            let drawn = values(api, schema, Value::is_string).unwrap_or_default();
            let text = drawn.first().and_then(Value::as_str).unwrap_or("stub");
            Ok(quote!(#text.to_owned()))
        }
        _ => Ok(typed(&values(api, schema, |_| true)?)),
    }
}

/// One of these values, as whatever type is wanted.
fn typed(values: &[Value]) -> TokenStream {
    let texts = values.iter().map(Value::to_string);
    quote!(crate::stub::value(&[#(#texts),*]))
}

/// A media type that an answer may name, of those that are declared.
fn media_type(content: &Content) -> String {
    let name = content.first().map_or("*/*", |(name, _)| name.as_str());
    match name.split_once('/') {
        Some(("*", _)) => "application/octet-stream".to_owned(),
        Some((kind, "*")) => format!("{kind}/stub"),
        _ => name.to_owned(),
    }
}

/// The operation's answers to what it refuses, by their statuses.
fn refusal(api: &Api, operation: &Operation, label: &str) -> TokenStream {
    let is_error = |r: &&Response| !r.status.to_string().starts_with(['1', '2', '3']);
    let answers = operation.responses.iter().filter(is_error).map(|response| {
        let status = response.status.to_string();
        let content = Vec::from_iter(&response.content);
        let media_type = if content.is_empty() {
            "text/plain".to_owned()
        } else {
            media_type(&content)
        };
        let schema = content
            .first()
            .and_then(|(_, media_type)| media_type.schema);
        let drawn = values(api, schema, |_| true).unwrap_or_default();
        let body = match drawn.first() {
            _ if content.is_empty() => String::new(),
            Some(Value::String(text)) if !media_type.contains("json") => text.clone(),
            Some(value) => value.to_string(),
            None => "stub".to_owned(),
        };
        let headers = response.headers.iter().filter_map(|(name, header)| {
            let drawn = values(api, header.schema, fits_header).ok()?;
            let (name, value) = (name.to_ascii_lowercase(), simple(drawn.first()?));
            Some(quote!((#name, #value)))
        });
        let headers: Vec<TokenStream> = headers.collect();
        quote! {
            crate::stub::Answer {
                status: #status,
                content_type: #media_type,
                body: #body,
                headers: &[#(#headers),*],
            }
        }
    });
    quote!((#label, &[#(#answers),*]))
}
