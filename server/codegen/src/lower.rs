//! Document to intermediate form: every name is settled here, and whatever cannot be served is left out and named.

mod bodies;
mod described;
mod forms;
mod media;
mod names;
mod parameters;
mod responses;
mod shapes;
mod types;

pub(crate) use names::prefix;

use std::collections::{HashMap, HashSet};

use openapi_model::{Api, Diagnostic, Location, Operation, Pointer, SecurityKind, SecurityUse};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use schema_codegen::Generator;
use schema_codegen::naming::{self, Names};

use crate::routes;
use crate::server_trait::{
    Extension, OperationItem, ParameterItem, ResponseBodyItem, ResponseFormItem, ResponseItem,
    ResponseKind, SchemeItem, ServerTrait,
};

/// What `lower` found out.
pub(crate) struct Lowered {
    pub server: ServerTrait,
    /// What is left out, each with what takes it out and what to do about it.
    pub left_out: Vec<Diagnostic>,
    /// What is served in a simpler way than the document says.
    pub notes: Vec<Diagnostic>,
}

/// Settles everything about the server of a document. What cannot be served is left out, and the smallest thing that
/// holds it with it: a media type, a response, an operation.
pub(crate) fn lower(api: &Api) -> Lowered {
    let mut described_names = Names::default();
    let markers = api
        .named_schemas
        .keys()
        .map(|name| (name.as_str(), type_ident(&mut described_names, name)))
        .collect();
    let mut lowering = Lowering {
        api,
        generator: Generator::new(api, syn::parse_quote!(::dropshot_runtime::schema)),
        ids: names::operation_ids(&api.operations),
        prefix: prefix(&api.servers),
        markers,
        described_names,
        undescribed: routes::undescribed(&api.operations),
        left_out: Vec::new(),
        notes: Vec::new(),
    };
    // Names that the generated code uses itself, and methods that every service has.
    let mut types = Names::reserving([
        "Err", "None", "Ok", "Option", "Result", "Self", "Send", "Some", "String", "Vec",
    ]);
    let mut methods = Names::reserving(["authenticate", "refuse"]);
    let name = type_ident(&mut types, &api.title);
    let mut operations = Vec::new();
    let mut not_served = Vec::new();
    for operation in &api.operations {
        match lowering.operation(operation, &mut types, &mut methods) {
            Some(item) => operations.push(item),
            None => not_served.push(operation),
        }
    }
    // A path that cannot be told from others has no route to answer on.
    let left_out = not_served
        .iter()
        .filter(|operation| routes::fault(&operation.path).is_none())
        .map(|operation| (operation.method.to_string(), lowering.path(operation)))
        .collect();
    let described = lowering.referenced(&operations);
    let documentation = documentation([Some(api.title.as_str()), api.description.as_deref()]);
    let mut generator = lowering.generator;
    // The types ask for tables too, so they come first.
    let types = generator.types();
    let tables = generator.tables();
    let is_served = |o: &&Operation| !not_served.iter().any(|other| std::ptr::eq(*other, *o));
    let refusals = api
        .operations
        .iter()
        .filter(is_served)
        .filter_map(undeclared_refusals);
    let notes = generator
        .notes()
        .into_iter()
        .chain(lowering.notes)
        .chain(refusals)
        .collect();
    Lowered {
        server: ServerTrait {
            name,
            documentation,
            operations,
            left_out,
            types,
            tables,
            described,
        },
        left_out: once(lowering.left_out),
        notes: once(notes),
    }
}

/// What stands in one place and is used in many is told once.
fn once(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    diagnostics.retain(|diagnostic| told.insert(diagnostic.to_string()));
    diagnostics
}

struct Lowering<'a> {
    api: &'a Api,
    generator: Generator<'a>,
    /// The name of each operation, by its place.
    ids: HashMap<&'a Pointer, String>,
    /// What stands before every path.
    prefix: String,
    /// The markers of the named schemas, for dropshot's own document.
    markers: HashMap<&'a str, Ident>,
    /// Which markers are taken.
    described_names: Names,
    /// The paths that dropshot is not told about, with the reason.
    undescribed: HashMap<&'a str, String>,
    left_out: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    /// Notes that something is left out, and why.
    fn leave_out(&mut self, pointer: &Pointer, line: usize, why: String, what: &str) {
        self.left_out.push(diagnostic(
            pointer,
            line,
            format!("{why}; {what} is left out"),
        ));
    }

    fn note(&mut self, pointer: &Pointer, line: usize, message: String) {
        self.notes.push(diagnostic(pointer, line, message));
    }

    /// The path as requests have it.
    fn path(&self, operation: &Operation) -> String {
        match operation.path.as_str() {
            "/" if !self.prefix.is_empty() => self.prefix.clone() + "/",
            path => self.prefix.clone() + path,
        }
    }

    /// One operation; `None` where it is left out.
    fn operation(
        &mut self,
        operation: &'a Operation,
        types: &mut Names,
        methods: &mut Names,
    ) -> Option<OperationItem> {
        // Whatever may leave the operation out comes first, so that no type is made for what is not there.
        if let Some(why) = routes::fault(&operation.path) {
            let message = format!("the path `{}` {why}", operation.path);
            self.leave_out(&operation.pointer, operation.line, message, "the operation");
            return None;
        }
        let security = self.security(operation)?;
        let shapes = self.shapes(operation)?;
        let groups = self.request_groups(operation)?;
        let responses = self.responses(operation)?;

        let id = self.ids[&operation.pointer].clone();
        let marker = type_ident(types, &id);
        let mut fields = Names::reserving(["body"]);
        let parameters: Vec<ParameterItem> = operation
            .parameters
            .iter()
            .zip(shapes)
            .map(|(parameter, shapes)| self.parameter(parameter, shapes, &id, &mut fields))
            .collect();
        let body = operation.request_body.as_ref();
        let body = body.map(|body| self.body(body, groups, &id, types));
        let mut variants = Names::default();
        let mut responses: Vec<ResponseItem> = responses
            .into_iter()
            .map(|response| self.response(response, &id, &mut variants, types))
            .collect();
        if responses.is_empty() {
            let message =
                "it declares no responses, so any answer is one: declare those that it has";
            self.note(&operation.pointer, operation.line, message.to_owned());
            responses.push(any_response());
        }
        let mut produces: Vec<String> = Vec::new();
        let successes = responses.iter().filter(|r| r.status.starts_with('2'));
        let forms = successes
            .filter_map(|r| r.body.as_ref())
            .flat_map(|body| &body.forms);
        for media_type in forms.flat_map(|form| &form.media_types) {
            if !produces.contains(media_type) {
                produces.push(media_type.clone());
            }
        }
        let description_of_path = self.described_parameters(operation, &id, Location::Path, "Path");
        let description_of_query =
            self.described_parameters(operation, &id, Location::Query, "Query");
        let description_of_headers =
            self.described_parameters(operation, &id, Location::Header, "Headers");
        if let Some(reason) = self.undescribed.get(operation.path.as_str()) {
            let message = format!(
                "dropshot's router cannot hold {reason}: it is served all the same, and left out of the document that dropshot emits"
            );
            self.note(&operation.pointer, operation.line, message);
        }
        Some(OperationItem {
            is_described: !self.undescribed.contains_key(operation.path.as_str()),
            method: value_ident(methods, &id),
            request: type_ident(types, &format!("{id} request")),
            response: type_ident(types, &format!("{id} response")),
            documentation: documentation([
                operation.summary.as_deref(),
                operation.description.as_deref(),
            ]),
            http_method: operation.method.to_string(),
            path: self.path(operation),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            tags: operation.tags.clone(),
            deprecated: operation.deprecated,
            security,
            scopes: operation.scopes.clone(),
            description_of_path,
            description_of_query,
            description_of_headers,
            extension: extension(operation),
            parameters,
            body,
            produces,
            responses,
            marker,
            id,
        })
    }

    /// The alternatives of `security` that a request can satisfy; `None` where there are some and none is left.
    fn security(&mut self, operation: &Operation) -> Option<Vec<Vec<SchemeItem>>> {
        let mut possible = Vec::new();
        for all in &operation.security {
            match self.unsatisfiable(all) {
                Some(why) => {
                    let what = if operation.security.len() > 1 {
                        "the alternative"
                    } else {
                        "the operation"
                    };
                    self.leave_out(
                        &operation.pointer.join("security"),
                        operation.line,
                        why,
                        what,
                    );
                }
                None => possible.push(all),
            }
        }
        if possible.is_empty() && !operation.security.is_empty() {
            return None;
        }
        let scheme = |used: &SecurityUse| {
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
                // Left out, see `unsatisfiable`.
                SecurityKind::MutualTls => return None,
            };
            Some(SchemeItem {
                name: used.scheme.clone(),
                place,
                scopes: used.scopes.clone(),
            })
        };
        let items = possible
            .into_iter()
            .map(|all| all.iter().filter_map(scheme).collect());
        Some(items.collect())
    }

    /// Why no request can satisfy all schemes of one requirement.
    fn unsatisfiable(&self, all: &[SecurityUse]) -> Option<String> {
        let kind = |used: &SecurityUse| &self.api.security_schemes[&used.scheme].kind;
        let bad_header = all.iter().find_map(|used| match kind(used) {
            SecurityKind::ApiKey(Location::Header, name) => header_fault(name),
            _ => None,
        });
        if bad_header.is_some() {
            return bad_header;
        }
        let certificate = all
            .iter()
            .find(|used| *kind(used) == SecurityKind::MutualTls);
        if let Some(used) = certificate {
            return Some(format!(
                "`{}` is the client's certificate, which the generated server does not see: ask for another scheme",
                used.scheme
            ));
        }
        let in_authorization: Vec<String> = all
            .iter()
            .filter(|used| !matches!(kind(used), SecurityKind::ApiKey(..)))
            .map(|used| format!("`{}`", used.scheme))
            .collect();
        (in_authorization.len() > 1).then(|| {
            format!(
                "{} in one requirement cannot be satisfied, since a request has one `Authorization` header: make them alternatives",
                in_authorization.join(" and ")
            )
        })
    }
}

/// What dropshot would say of an operation in a member of its own, where the document says it.
fn extension(operation: &Operation) -> Option<Extension> {
    let paginated = operation.extensions.get("x-dropshot-pagination");
    let paginated = paginated.map(|first_page| Extension::Paginated(first_page.to_string()));
    let websocket = operation.extensions.get("x-dropshot-websocket");
    paginated.or(websocket.map(|_| Extension::Websocket))
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
        (408, has_body),
        (413, has_body),
        (415, has_body),
        (500, true),
        // Too much at once, or about to stop.
        (503, true),
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
    let pointer = operation.pointer.join("responses");
    (!undeclared.is_empty()).then(|| diagnostic(&pointer, operation.line, message))
}

/// Why a header cannot have that name: whoever writes it would panic.
fn header_fault(name: &str) -> Option<String> {
    let is_name = http::HeaderName::from_bytes(name.as_bytes()).is_ok();
    (!is_name)
        .then(|| format!("`{name}` is no name for a header: it must be one word of visible ASCII"))
}

fn diagnostic(pointer: &Pointer, line: usize, message: String) -> Diagnostic {
    Diagnostic {
        file: String::new(),
        pointer: pointer.clone(),
        line,
        message,
    }
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

/// What an operation answers whose document does not say.
fn any_response() -> ResponseItem {
    ResponseItem {
        variant: naming::ident("Default"),
        documentation: documentation([Some("default: Any answer.")]),
        status: "default".to_owned(),
        code: None,
        description: String::new(),
        headers: Vec::new(),
        body: Some(ResponseBodyItem {
            enum_name: None,
            forms: vec![ResponseFormItem {
                variant: naming::ident("Stream"),
                media_types: vec!["*/*".to_owned()],
                is_named: true,
                kind: ResponseKind::Stream,
            }],
            described: None,
        }),
        description_of_headers: None,
    }
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
