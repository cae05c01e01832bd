//! Document to intermediate form: every name is settled here, and whatever cannot be served becomes a diagnostic.

mod described;
mod parameters;

use std::collections::HashMap;

use openapi_model::{
    Api, Diagnostic, Location, MediaType, Operation, Pointer, Response, SchemaId, SecurityKind,
    StatusPattern, Types,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use schema_codegen::Generator;
use schema_codegen::naming::{self, Names};

use crate::describe::{Description, describe_object};
use crate::routes;
use crate::server_trait::{
    BodyItem, HeaderItem, OperationItem, ParameterItem, ResponseBodyItem, ResponseItem, SchemeItem,
    ServerTrait,
};

/// Settles everything about the server of a document.
///
/// # Errors
/// Every construct that cannot be served, with its place.
pub(crate) fn lower(api: &Api) -> Result<(ServerTrait, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut described_names = Names::default();
    let markers = api
        .named_schemas
        .keys()
        .map(|name| (name.as_str(), type_ident(&mut described_names, name)))
        .collect();
    let mut lowering = Lowering {
        api,
        generator: Generator::new(api, syn::parse_quote!(::dropshot_runtime::schema)),
        markers,
        described_names,
        faults: Vec::new(),
        notes: Vec::new(),
    };
    // Names that the generated code uses itself, and methods that every service has.
    let mut types = Names::reserving([
        "Err", "None", "Ok", "Option", "Result", "Self", "Send", "Some", "String", "Vec",
    ]);
    let mut methods = Names::reserving(["authenticate", "refuse"]);
    let name = type_ident(&mut types, &api.title);
    for scheme in api.security_schemes.values() {
        if let SecurityKind::ApiKey(Location::Header, name) = &scheme.kind {
            lowering.check_header(name, &scheme.pointer, 0);
        }
    }
    let operations: Vec<OperationItem> = api
        .operations
        .iter()
        .map(|o| lowering.operation(o, &mut types, &mut methods))
        .collect();
    let described = lowering.referenced(&operations);
    lowering.faults.extend(routes::faults(&api.operations));
    if !lowering.faults.is_empty() {
        return Err(lowering.faults);
    }
    let documentation = documentation([Some(api.title.as_str()), api.description.as_deref()]);
    let mut generator = lowering.generator;
    // The types ask for tables too, so they come first.
    let types = generator.types();
    let tables = generator.tables();
    let refusals = api.operations.iter().filter_map(undeclared_refusals);
    let notes = generator
        .notes()
        .into_iter()
        .chain(lowering.notes)
        .chain(refusals)
        .collect();
    Ok((
        ServerTrait {
            name,
            documentation,
            operations,
            types,
            tables,
            described,
        },
        notes,
    ))
}

struct Lowering<'a> {
    api: &'a Api,
    generator: Generator<'a>,
    /// The markers of the named schemas, for dropshot's own document.
    markers: HashMap<&'a str, Ident>,
    /// Which markers are taken.
    described_names: Names,
    faults: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn fault(&mut self, pointer: &Pointer, line: usize, message: String) {
        self.faults.push(Diagnostic {
            file: String::new(),
            pointer: pointer.clone(),
            line,
            message,
        });
    }

    fn operation(
        &mut self,
        operation: &'a Operation,
        types: &mut Names,
        methods: &mut Names,
    ) -> OperationItem {
        let id = operation
            .id
            .clone()
            .unwrap_or_else(|| derived_id(operation));
        self.check_security(operation);
        let marker = type_ident(types, &id);
        let mut fields = Names::reserving(["body"]);
        let parameters: Vec<ParameterItem> = operation
            .parameters
            .iter()
            .filter_map(|p| self.parameter(p, &id, &mut fields))
            .collect();
        let body = self.body(operation, &id);
        let mut variants = Names::default();
        let responses: Vec<ResponseItem> = operation
            .responses
            .iter()
            .map(|r| self.response(r, &id, &mut variants))
            .collect();
        let mut produces: Vec<String> = Vec::new();
        for media_type in responses
            .iter()
            .filter(|r| r.status.starts_with('2'))
            .filter_map(|r| r.body.as_ref())
        {
            if !produces.contains(&media_type.media_type) {
                produces.push(media_type.media_type.clone());
            }
        }
        let description_of_path = self.described_parameters(operation, &id, Location::Path, "Path");
        let description_of_query =
            self.described_parameters(operation, &id, Location::Query, "Query");
        let description_of_headers =
            self.described_parameters(operation, &id, Location::Header, "Headers");
        OperationItem {
            method: value_ident(methods, &id),
            request: type_ident(types, &format!("{id} request")),
            response: type_ident(types, &format!("{id} response")),
            documentation: documentation([
                operation.summary.as_deref(),
                operation.description.as_deref(),
            ]),
            http_method: operation.method.to_string(),
            path: operation.path.clone(),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            tags: operation.tags.clone(),
            deprecated: operation.deprecated,
            security: self.security(operation),
            scopes: operation.scopes.clone(),
            description_of_path,
            description_of_query,
            description_of_headers,
            parameters,
            body,
            produces,
            responses,
            marker,
            id,
        }
    }

    /// A request has one `Authorization` header, so two schemes of one requirement cannot both stand there.
    fn check_security(&mut self, operation: &Operation) {
        let in_authorization = |used: &&openapi_model::SecurityUse| {
            let kind = &self.api.security_schemes[&used.scheme].kind;
            !matches!(kind, SecurityKind::ApiKey(..) | SecurityKind::MutualTls)
        };
        let crowded = |all: &&Vec<openapi_model::SecurityUse>| {
            all.iter().filter(in_authorization).count() > 1
        };
        if let Some(all) = operation.security.iter().find(crowded) {
            let names: Vec<String> = all
                .iter()
                .map(|used| format!("`{}`", used.scheme))
                .collect();
            let message = format!(
                "{} in one requirement cannot be satisfied, since a request has one `Authorization` header: make them alternatives",
                names.join(" and ")
            );
            self.fault(&operation.pointer.join("security"), operation.line, message);
        }
        let mut used = operation.security.iter().flatten();
        if let Some(used) = used
            .find(|used| self.api.security_schemes[&used.scheme].kind == SecurityKind::MutualTls)
        {
            let message = format!(
                "`{}` is the client's certificate, which the generated server does not see: ask for another scheme",
                used.scheme
            );
            self.fault(&operation.pointer.join("security"), operation.line, message);
        }
    }

    fn security(&self, operation: &Operation) -> Vec<Vec<SchemeItem>> {
        let scheme = |used: &openapi_model::SecurityUse| {
            let place = match &self.api.security_schemes[&used.scheme].kind {
                SecurityKind::Http(scheme) => quote!(CredentialPlace::Authorization(#scheme)),
                SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                    quote!(CredentialPlace::Authorization("bearer"))
                }
                SecurityKind::ApiKey(Location::Query, name) => {
                    quote!(CredentialPlace::Query(#name))
                }
                SecurityKind::ApiKey(Location::Cookie, name) => {
                    quote!(CredentialPlace::Cookie(#name))
                }
                SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                    quote!(CredentialPlace::Header(#name))
                }
                // Refused, see `check_security`.
                SecurityKind::MutualTls => return None,
            };
            Some(SchemeItem {
                name: used.scheme.clone(),
                place,
                scopes: used.scopes.clone(),
            })
        };
        operation
            .security
            .iter()
            .map(|all| all.iter().filter_map(scheme).collect())
            .collect()
    }

    /// A name that no header can have would make a server that panics when it answers.
    fn check_header(&mut self, name: &str, pointer: &Pointer, line: usize) {
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            self.fault(
                pointer,
                line,
                format!("`{name}` is no name for a header: it must be one word of visible ASCII"),
            );
        }
    }

    fn body(&mut self, operation: &'a Operation, id: &str) -> Option<BodyItem> {
        let body = operation.request_body.as_ref()?;
        let json: Vec<(&String, &MediaType)> = body
            .content
            .iter()
            .filter(|(name, _)| is_json(name))
            .collect();
        for (name, media_type) in body.content.iter().filter(|(name, _)| !is_json(name)) {
            let message = format!(
                "a request body of `{name}` is not supported: only JSON and `+json` types are"
            );
            self.fault(&media_type.pointer, media_type.line, message);
        }
        let (_, first) = json.first()?;
        let Some(schema) = first.schema else {
            self.fault(
                &first.pointer,
                first.line,
                "a request body without a schema is not supported".to_owned(),
            );
            return None;
        };
        if json.iter().any(|(_, other)| {
            other.schema.map(|s| self.api.schemas.resolve(s))
                != Some(self.api.schemas.resolve(schema))
        }) {
            self.fault(
                &body.pointer,
                body.line,
                "media types with different schemas are not supported".to_owned(),
            );
        }
        let hint = format!("{id} body");
        let rust_type = self.generator.rust_type(schema, &hint);
        Some(BodyItem {
            required: body.required,
            media_types: json.iter().map(|(name, _)| (*name).clone()).collect(),
            documentation: documentation([body.description.as_deref(), Some("The body.")]),
            rust_type: optional(rust_type, body.required),
            table: self.generator.table(schema, &hint),
            described: self.described(schema, &hint),
        })
    }

    fn response(&mut self, response: &'a Response, id: &str, variants: &mut Names) -> ResponseItem {
        let status = response.status.to_string();
        let code = match response.status {
            StatusPattern::Code(code) => Some(code.as_u16()),
            StatusPattern::Range(_) | StatusPattern::Default => None,
        };
        let variant = match response.status {
            StatusPattern::Code(code) => code
                .canonical_reason()
                .map_or_else(|| format!("status {code}"), str::to_owned),
            StatusPattern::Range(digit) => format!("status {digit}xx"),
            StatusPattern::Default => "default".to_owned(),
        };
        for (name, header) in &response.headers {
            self.check_header(name, &header.pointer, header.line);
        }
        let mut fields = Names::reserving(["status", "body"]);
        let headers: Vec<HeaderItem> = response
            .headers
            .iter()
            .map(|(name, header)| {
                let rust_type = match header.schema {
                    Some(schema) => self.header_type(schema),
                    None => quote!(String),
                };
                HeaderItem {
                    field: value_ident(&mut fields, name),
                    name: name.to_ascii_lowercase(),
                    required: header.required,
                    documentation: documentation([
                        header.description.as_deref(),
                        Some(&format!("The header `{name}`.")),
                    ]),
                    rust_type: optional(rust_type, header.required),
                }
            })
            .collect();
        for (name, media_type) in response.content.iter().filter(|(name, _)| !is_json(name)) {
            let message =
                format!("a response of `{name}` is not supported: only JSON and `+json` types are");
            self.fault(&media_type.pointer, media_type.line, message);
        }
        let mut json = response.content.iter().filter(|(name, _)| is_json(name));
        let first = json.next();
        self.notes.extend(json.map(|(name, media_type)| Diagnostic {
            file: String::new(),
            pointer: media_type.pointer.clone(),
            line: media_type.line,
            message: format!(
                "the answer is sent in the first media type that is declared, and not as `{name}`"
            ),
        }));
        let body = first.map(|(name, media_type)| {
            let hint = format!("{id} {variant} body");
            let rust_type = match media_type.schema {
                Some(schema) => self.generator.rust_type(schema, &hint),
                None => quote!(::dropshot_runtime::schema::serde_json::Value),
            };
            let described = match media_type.schema {
                Some(schema) => self.described(schema, &hint),
                None => self.anonymous(
                    &hint,
                    Description {
                        text: "true".to_owned(),
                        references: Vec::new(),
                    },
                ),
            };
            ResponseBodyItem {
                media_type: name.clone(),
                rust_type,
                described,
            }
        });
        let members = response.headers.iter().map(|(name, h)| {
            (
                name.as_str(),
                h.schema,
                h.description.as_deref(),
                h.required,
            )
        });
        let description_of_headers = (!response.headers.is_empty()).then(|| {
            self.anonymous(
                &format!("{id} {variant} headers"),
                describe_object(self.api, members),
            )
        });
        ResponseItem {
            variant: type_ident(variants, &variant),
            documentation: documentation([Some(
                format!("{status}: {}", response.description).as_str(),
            )]),
            status,
            code,
            description: response.description.clone(),
            headers,
            body,
            description_of_headers,
        }
    }

    /// Headers are text: numbers and booleans are written as JSON has them, everything else is up to the handler.
    fn header_type(&self, id: SchemaId) -> TokenStream {
        match self.types(id) {
            Types::INTEGER => quote!(i64),
            Types::NUMBER => quote!(f64),
            Types::BOOLEAN => quote!(bool),
            _ => quote!(String),
        }
    }
}

/// The refusals that an operation can answer and does not declare: they are sent, with a plain body.
fn undeclared_refusals(operation: &Operation) -> Option<Diagnostic> {
    let asks_scopes = operation
        .security
        .iter()
        .flatten()
        .any(|used| !used.scopes.is_empty());
    let has_body = operation.request_body.is_some();
    let answers_body = operation
        .responses
        .iter()
        .any(|response| !response.content.is_empty());
    let possible = [
        (400, true),
        (401, !operation.security.is_empty()),
        (403, asks_scopes || !operation.scopes.is_empty()),
        (406, answers_body),
        (413, has_body),
        (415, has_body),
        (500, true),
    ];
    let undeclared: Vec<String> = possible
        .into_iter()
        .filter(|(_, is_possible)| *is_possible)
        .filter_map(|(code, _)| http::StatusCode::from_u16(code).ok())
        .filter(|status| operation.response(*status).is_none())
        .map(|status| status.as_str().to_owned())
        .collect();
    let message = format!(
        "{} declares no {}: such a refusal is sent with its status and a plain body",
        operation.label(),
        undeclared.join(", no ")
    );
    (!undeclared.is_empty()).then(|| Diagnostic {
        file: String::new(),
        pointer: operation.pointer.join("responses"),
        line: operation.line,
        message,
    })
}

fn type_ident(names: &mut Names, text: &str) -> Ident {
    naming::ident(&names.claim(&naming::type_name(text)))
}

fn value_ident(names: &mut Names, text: &str) -> Ident {
    naming::ident(&names.claim(&naming::value_name(text)))
}

fn optional(rust_type: TokenStream, required: bool) -> TokenStream {
    if required {
        rust_type
    } else {
        quote!(Option<#rust_type>)
    }
}

/// Whether a media type is JSON: `application/json` itself or one whose name ends in `+json` (RFC 6839, section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// A name for an operation that has none: `get_things_by_id` for `GET /things/{id}`.
fn derived_id(operation: &Operation) -> String {
    let path = operation.path.replace('{', "by ").replace('}', "");
    format!("{} {path}", operation.method.as_str().to_lowercase())
}

/// The lines of a comment made of several texts, with an empty line between them.
fn documentation<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts
        .into_iter()
        .flatten()
        .filter(|text| !text.trim().is_empty())
    {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text.trim().lines().map(|line| match line.trim_end() {
            "" => String::new(),
            line => format!(" {line}"),
        }));
    }
    lines
}
