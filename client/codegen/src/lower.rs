//! Document to intermediate form: every name is settled here, and whatever the client cannot do becomes a diagnostic.

use openapi_model::{
    Api, Diagnostic, Direction, Location, MediaType, Operation, Parameter, ParameterFormat,
    Pointer, Response, SchemaId, SecurityKind, StatusPattern, Style, Types, json_schema,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use schema_codegen::{Generator, naming};

use crate::client::{
    BodyItem, ClientItems, ContentItem, OperationItem, ParameterItem, ResponseItem, SchemeItem,
    SchemeUse,
};
use crate::{documentation, media, names};

/// Settles everything about the client of a document, and tells what is left out of it.
pub(crate) fn lower(api: &Api) -> (ClientItems, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        api,
        generator: Generator::new(api, syn::parse_quote!(::schema_check)),
        names: names::Operations::default(),
        notes: Vec::new(),
    };
    let operations: Vec<OperationItem> = api
        .operations
        .iter()
        .filter_map(|operation| lowering.operation(operation))
        .collect();
    let mut generator = lowering.generator;
    let items = ClientItems {
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.as_deref().map(documentation::text),
        schemes: schemes(api, &operations),
        operations,
        types: generator.types(),
        tables: generator.tables(),
    };
    let mut notes = lowering.notes;
    notes.extend(generator.notes());
    (items, notes)
}

/// The schemes that operations ask for.
fn schemes(api: &Api, operations: &[OperationItem]) -> Vec<SchemeItem> {
    let mut fields = naming::Names::default();
    let is_used = |name: &str| {
        let mut uses = operations.iter().flat_map(|o| o.security.iter().flatten());
        uses.any(|used| used.name == name)
    };
    let schemes = api.security_schemes.values();
    schemes
        .filter(|scheme| is_used(&scheme.name))
        .map(|scheme| {
            let place = match &scheme.kind {
                SecurityKind::Http(kind) => {
                    format!(
                        "what stands behind `{}` in the header `Authorization`",
                        title_case(kind)
                    )
                }
                SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                    "what stands behind `Bearer` in the header `Authorization`".to_owned()
                }
                SecurityKind::ApiKey(Location::Query, name) => {
                    format!("the value of the query parameter `{name}`")
                }
                SecurityKind::ApiKey(Location::Cookie, name) => {
                    format!("the value of the cookie `{name}`")
                }
                SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                    format!("the value of the header `{name}`")
                }
            };
            let about = format!("`{}`: {place}.", scheme.name);
            SchemeItem {
                name: scheme.name.clone(),
                field: naming::ident(&fields.claim(&naming::value_name(&scheme.name))),
                documentation: documentation::lines([scheme.description.as_deref(), Some(&about)]),
            }
        })
        .collect()
}

struct Lowering<'a> {
    api: &'a Api,
    generator: Generator<'a>,
    names: names::Operations,
    notes: Vec<Diagnostic>,
}

/// Why an operation is left out, and the place of the reason.
struct Fault {
    pointer: Pointer,
    line: usize,
    message: String,
}

/// What stands in the body of every answer of one kind.
#[derive(Clone, Copy, PartialEq)]
enum AnswerBody {
    None,
    Untyped,
    Typed(SchemaId),
}

impl<'a> Lowering<'a> {
    fn operation(&mut self, operation: &'a Operation) -> Option<OperationItem> {
        let mut faults = Vec::new();
        let forms = self.forms(operation, &mut faults);
        let body = request_body(operation, &mut faults);
        let success = self.answer_body(operation, true, &mut faults);
        let error = self.answer_body(operation, false, &mut faults);
        self.check_security(operation, &mut faults);
        if !faults.is_empty() {
            self.leave_out(operation, faults);
            return None;
        }
        let id = operation
            .id
            .clone()
            .unwrap_or_else(|| derived_id(operation));
        let mut methods = names::Parameters::default();
        let parameters: Vec<ParameterItem> = forms
            .into_iter()
            .map(|(parameter, form)| self.parameter(operation, &id, parameter, form, &mut methods))
            .collect();
        let body = body.map(|(name, content)| self.body(operation, &id, name, content));
        let responses = self.responses(operation, &id);
        Some(OperationItem {
            method: self.names.claim(&id),
            http_method: operation.method.to_string(),
            path: operation.path.clone(),
            summary: operation.summary.as_deref().map(documentation::text),
            description: description(operation.description.as_deref(), operation.deprecated),
            security: self.security(operation),
            parameters,
            body,
            accept: accept(operation),
            responses,
            success: self.answer_type(success, &format!("{id} answer")),
            error: self.answer_type(error, &format!("{id} error")),
            id,
        })
    }

    fn leave_out(&mut self, operation: &Operation, faults: Vec<Fault>) {
        for fault in faults {
            let note = Diagnostic {
                file: String::new(),
                pointer: fault.pointer,
                line: fault.line,
                message: format!(
                    "`{}` is left out of the client: {}",
                    operation.label(),
                    fault.message
                ),
            };
            // `default` may be met as a success and as an error.
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// How every parameter is written. One that cannot be is left out of its operation, which is left out itself where
    /// the parameter must be there.
    fn forms(
        &mut self,
        operation: &'a Operation,
        faults: &mut Vec<Fault>,
    ) -> Vec<(&'a Parameter, TokenStream)> {
        let mut forms = Vec::new();
        for parameter in &operation.parameters {
            let reason = match self.form(parameter) {
                Ok(form) => {
                    forms.push((parameter, form));
                    continue;
                }
                Err(reason) => reason,
            };
            let (pointer, line) = (parameter.pointer.clone(), parameter.line);
            let what = format!(
                "the {} parameter `{}` {reason}",
                parameter.location, parameter.name
            );
            if parameter.required {
                faults.push(Fault {
                    pointer,
                    line,
                    message: what,
                });
            } else {
                let message = format!("`{}` goes without a parameter: {what}", operation.label());
                self.notes.push(Diagnostic {
                    file: String::new(),
                    pointer,
                    line,
                    message,
                });
            }
        }
        forms
    }

    /// How a parameter's value is written; why it cannot be.
    fn form(&self, parameter: &Parameter) -> Result<TokenStream, String> {
        let is_name = matches!(parameter.location, Location::Path | Location::Query);
        if !is_name && !media::is_token(&parameter.name) {
            return Err("has a name that cannot be sent".to_owned());
        }
        let (style, explode) = match &parameter.format {
            ParameterFormat::Content(name) if media::json(name).is_some() => {
                return Ok(quote!(Form::Json));
            }
            ParameterFormat::Content(name) => {
                return Err(format!("is of `{name}`, and only JSON is supported"));
            }
            ParameterFormat::Style(style, explode) => (*style, *explode),
        };
        let types = parameter.schema.map_or(Types::ANY, |id| self.types(id, 0));
        if matches!(style, Style::DeepObject | Style::Matrix | Style::Label)
            || types.without(Types::NULL) == Types::OBJECT
        {
            return Err("is an object or of a style that is not supported: single values and arrays are, in the styles simple, form, spaceDelimited and pipeDelimited".to_owned());
        }
        if types.without(Types::NULL) != Types::ARRAY {
            return Ok(quote!(Form::One));
        }
        let is_query = parameter.location == Location::Query;
        Ok(match (style, explode) {
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) if is_query => {
                quote!(Form::Repeated)
            }
            (Style::SpaceDelimited, _) => quote!(Form::Delimited(" ")),
            (Style::PipeDelimited, _) => quote!(Form::Delimited("|")),
            _ => quote!(Form::Delimited(",")),
        })
    }

    fn parameter(
        &mut self,
        operation: &Operation,
        id: &str,
        parameter: &Parameter,
        form: TokenStream,
        methods: &mut names::Parameters,
    ) -> ParameterItem {
        let name = &parameter.name;
        let hint = format!("{id} {name}");
        let types = parameter.schema.map_or(Types::ANY, |id| self.types(id, 0));
        let (rust_type, table) = self.type_and_table(parameter.schema, &hint);
        // What the builder's query holds as it is; everything else travels there as JSON.
        let is_scalar =
            [Types::STRING, Types::INTEGER, Types::NUMBER, Types::BOOLEAN].contains(&types);
        let has_namesake = operation
            .parameters
            .iter()
            .filter(|p| p.name == *name)
            .count()
            > 1;
        let location = parameter.location;
        let about = match (&parameter.description, location) {
            (Some(description), _) => description.clone(),
            (None, Location::Header) => format!("The header `{name}`."),
            (None, Location::Cookie) => format!("The cookie `{name}`."),
            (None, _) => format!("The {location} parameter `{name}`."),
        };
        ParameterItem {
            name: name.clone(),
            argument: if has_namesake {
                format!("{location}:{name}")
            } else {
                name.clone()
            },
            method: methods.claim(name),
            location: format_ident!("{}", title_case(&location.to_string())),
            required: parameter.required,
            description: description(Some(&about), parameter.deprecated),
            is_text: types == Types::STRING,
            form,
            builder_type: if is_scalar {
                rust_type.clone()
            } else {
                quote!(super::super::support::parameter::Json<#rust_type>)
            },
            rust_type,
            table,
        }
    }

    fn type_and_table(
        &mut self,
        schema: Option<SchemaId>,
        hint: &str,
    ) -> (TokenStream, TokenStream) {
        match schema {
            Some(id) => (
                self.generator.rust_type(id, hint),
                self.generator.table(id, hint),
            ),
            None => (
                quote!(::schema_check::serde_json::Value),
                quote!(&::schema_check::Schema::ANY),
            ),
        }
    }

    /// The types that a schema allows, those of its `allOf` considered.
    fn types(&self, id: SchemaId, depth: usize) -> Types {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        let parts = schema.all_of.iter().filter(|_| depth < 32);
        parts.fold(schema.types, |types, part| {
            types.intersection(self.types(*part, depth + 1))
        })
    }

    fn body(
        &mut self,
        operation: &Operation,
        id: &str,
        name: &str,
        content: &MediaType,
    ) -> BodyItem {
        let body = operation.request_body.as_ref();
        let required = body.is_some_and(|body| body.required);
        let (rust_type, table) = self.type_and_table(content.schema, &format!("{id} body"));
        BodyItem {
            media_type: name.trim().to_owned(),
            required,
            description: body
                .and_then(|body| body.description.as_deref())
                .map(documentation::text),
            builder_type: if required {
                rust_type.clone()
            } else {
                quote!(super::super::support::body::OptionalBody<#rust_type>)
            },
            rust_type,
            table,
        }
    }

    /// What stands in the bodies of all successes, or of all errors: only one thing can.
    fn answer_body(
        &self,
        operation: &Operation,
        of_success: bool,
        faults: &mut Vec<Fault>,
    ) -> AnswerBody {
        let has_success = operation.responses.iter().any(|r| is_success(r.status));
        let is_meant = |response: &&Response| match response.status {
            StatusPattern::Default => !of_success || !has_success,
            status if of_success => is_success(status),
            StatusPattern::Code(code) => code.is_client_error() || code.is_server_error(),
            StatusPattern::Range(digit) => digit == 4 || digit == 5,
        };
        let mut found: Option<AnswerBody> = None;
        for response in operation.responses.iter().filter(is_meant) {
            for body in self.bodies(operation, response, faults) {
                if found.is_some_and(|found| !self.is_same(found, body)) {
                    let kind = if of_success { "successes" } else { "errors" };
                    faults.push(Fault {
                        pointer: response.pointer.clone(),
                        line: line(operation, &response.pointer),
                        message: format!("its {kind} have bodies of different schemas, or only some have a body, and one schema for all is supported"),
                    });
                    return AnswerBody::None;
                }
                found = Some(body);
            }
        }
        found.unwrap_or(AnswerBody::None)
    }

    fn bodies(
        &self,
        operation: &Operation,
        response: &Response,
        faults: &mut Vec<Fault>,
    ) -> Vec<AnswerBody> {
        if !has_body(operation, response) {
            return vec![AnswerBody::None];
        }
        let bodies: Vec<AnswerBody> = json_content(&response.content)
            .map(|(_, content)| match content.schema {
                Some(id) => AnswerBody::Typed(self.api.schemas.resolve(id)),
                None => AnswerBody::Untyped,
            })
            .collect();
        if bodies.is_empty() {
            let names: Vec<&str> = response.content.keys().map(String::as_str).collect();
            faults.push(Fault {
                pointer: response.pointer.clone(),
                line: line(operation, &response.pointer),
                message: format!(
                    "its answer {} is of `{}`, and only JSON and `+json` types are supported",
                    response.status,
                    names.join("` or `")
                ),
            });
        }
        bodies
    }

    /// Whether two bodies have one schema: the same one, or two that say the same in different places.
    fn is_same(&self, one: AnswerBody, other: AnswerBody) -> bool {
        let (AnswerBody::Typed(one_id), AnswerBody::Typed(other_id)) = (one, other) else {
            return one == other;
        };
        let written = |id| json_schema(&self.api.schemas, id, Direction::Response);
        one_id == other_id || written(one_id) == written(other_id)
    }

    fn answer_type(&mut self, body: AnswerBody, hint: &str) -> Option<TokenStream> {
        match body {
            AnswerBody::None => None,
            AnswerBody::Untyped => Some(quote!(::schema_check::serde_json::Value)),
            AnswerBody::Typed(id) => Some(self.generator.rust_type(id, hint)),
        }
    }

    fn responses(&mut self, operation: &Operation, id: &str) -> Vec<ResponseItem> {
        let response = |response: &Response| {
            let status = match response.status {
                StatusPattern::Code(code) => {
                    let code = code.as_u16();
                    quote!(Status::Code(#code))
                }
                StatusPattern::Range(digit) => {
                    let digit = u16::from(digit);
                    quote!(Status::Range(#digit))
                }
                StatusPattern::Default => quote!(Status::Default),
            };
            let hint = format!("{id} {} answer", response.status);
            let content = json_content(&response.content).filter(|_| has_body(operation, response));
            let content = content
                .filter_map(|(name, content)| {
                    Some(ContentItem {
                        media_type: media::json(name)?,
                        table: match content.schema {
                            Some(id) => self.generator.table(id, &hint),
                            None => quote!(&::schema_check::Schema::ANY),
                        },
                    })
                })
                .collect();
            ResponseItem { status, content }
        };
        operation.responses.iter().map(response).collect()
    }

    fn check_security(&self, operation: &Operation, faults: &mut Vec<Fault>) {
        for used in operation.security.iter().flatten() {
            let Some(scheme) = self.api.security_schemes.get(&used.scheme) else {
                continue;
            };
            let name = match &scheme.kind {
                SecurityKind::Http(name) => name,
                SecurityKind::ApiKey(Location::Header | Location::Cookie, name) => name,
                _ => continue,
            };
            if !media::is_token(name) {
                faults.push(Fault {
                    pointer: scheme.pointer.clone(),
                    line: line(operation, &scheme.pointer),
                    message: format!(
                        "its credential `{}` has a name that cannot be sent",
                        scheme.name
                    ),
                });
            }
        }
    }

    fn security(&self, operation: &Operation) -> Vec<Vec<SchemeUse>> {
        let scheme_use = |used: &openapi_model::SecurityUse| {
            let scheme = self.api.security_schemes.get(&used.scheme)?;
            let place = match &scheme.kind {
                SecurityKind::Http(kind) => {
                    let kind = title_case(kind);
                    quote!(Place::Authorization(#kind))
                }
                SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                    quote!(Place::Authorization("Bearer"))
                }
                SecurityKind::ApiKey(Location::Query, name) => quote!(Place::Query(#name)),
                SecurityKind::ApiKey(Location::Cookie, name) => quote!(Place::Cookie(#name)),
                SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                    quote!(Place::Header(#name))
                }
            };
            Some(SchemeUse {
                name: used.scheme.clone(),
                place,
            })
        };
        let alternatives = operation.security.iter();
        alternatives
            .map(|all| all.iter().filter_map(scheme_use).collect())
            .collect()
    }
}

/// The line of a place: the operation's, or none where the place is one that several operations refer to.
fn line(operation: &Operation, place: &Pointer) -> usize {
    let is_inside = place.as_str().starts_with(operation.pointer.as_str());
    if is_inside { operation.line } else { 0 }
}

/// The JSON body that the client sends, the first where there are several.
fn request_body<'a>(
    operation: &'a Operation,
    faults: &mut Vec<Fault>,
) -> Option<(&'a str, &'a MediaType)> {
    let body = operation.request_body.as_ref()?;
    let json = json_content(&body.content).next();
    if json.is_none() && !body.content.is_empty() {
        let names: Vec<&str> = body.content.keys().map(String::as_str).collect();
        faults.push(Fault {
            pointer: body.pointer.clone(),
            line: line(operation, &body.pointer),
            message: format!(
                "its body is of `{}`, and only JSON and `+json` types are supported",
                names.join("` or `")
            ),
        });
    }
    json
}

fn json_content(
    content: &indexmap::IndexMap<String, MediaType>,
) -> impl Iterator<Item = (&str, &MediaType)> {
    content
        .iter()
        .filter(|(name, _)| media::json(name).is_some())
        .map(|(name, content)| (name.as_str(), content))
}

/// Every JSON type that an answer may have.
fn accept(operation: &Operation) -> Option<String> {
    let mut accepted: Vec<&str> = Vec::new();
    let responses = operation.responses.iter();
    for response in responses.filter(|response| has_body(operation, response)) {
        for (name, _) in json_content(&response.content) {
            if !accepted.contains(&name.trim()) {
                accepted.push(name.trim());
            }
        }
    }
    (!accepted.is_empty()).then(|| accepted.join(", "))
}

fn is_success(status: StatusPattern) -> bool {
    match status {
        StatusPattern::Code(code) => code.is_success(),
        StatusPattern::Range(digit) => digit == 2,
        StatusPattern::Default => false,
    }
}

/// Whether an answer has a body by the document, and can have one by HTTP (RFC 9110, section 6.4.1).
fn has_body(operation: &Operation, response: &Response) -> bool {
    let can_have = match response.status {
        StatusPattern::Code(code) => ![204, 205, 304].contains(&code.as_u16()),
        StatusPattern::Range(_) | StatusPattern::Default => true,
    };
    can_have && operation.method != "HEAD" && !response.content.is_empty()
}

/// A description as progenitor gets it.
fn description(text: Option<&str>, deprecated: bool) -> Option<String> {
    let text = text.map(documentation::text);
    match (text, deprecated) {
        (text, false) => text,
        (Some(text), true) => Some(format!("{text}\n\nDeprecated.")),
        (None, true) => Some("Deprecated.".to_owned()),
    }
}

/// A name for an operation that has none: `get_things_by_id` for `GET /things/{id}`.
fn derived_id(operation: &Operation) -> String {
    let path = operation.path.replace('{', "by ").replace('}', "");
    format!("{} {path}", operation.method.as_str().to_lowercase())
}

/// A word with its first letter in upper case.
fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
