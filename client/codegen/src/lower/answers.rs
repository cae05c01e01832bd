//! Answers: what a caller gets of each response.

use openapi_model::{Operation, Response, SchemaId, StatusPattern};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use schema_codegen::naming::Names;

use super::media::{Format, Group, essence};
use super::{Lowering, type_ident};
use crate::client::{CaseItem, ContentItem, EnumItem, Payload, Reading, ResponseItem, VariantItem};
use crate::documentation;

/// A response that can be read, and the forms of its body.
pub(super) type Readable<'a> = (&'a Response, Vec<Group>);

/// What the answers of one operation are.
pub(super) struct Answers {
    pub enums: Vec<EnumItem>,
    pub success: Payload,
    pub error: Payload,
    pub cases: Vec<CaseItem>,
}

/// What is in the body of one response.
#[derive(Clone)]
enum Body {
    None,
    Json(Option<SchemaId>),
    Text,
    Stream,
    /// One of several.
    Enum(Ident),
}

/// One response: what is in its body, and how that is read.
struct Answered<'a> {
    response: &'a Response,
    body: Body,
    cases: Vec<CaseItem>,
}

impl<'a> Lowering<'a> {
    /// The responses that can be read; `None` where there are some and none is left.
    pub(super) fn readable(&mut self, operation: &'a Operation) -> Option<Vec<Readable<'a>>> {
        let mut readable = Vec::new();
        for response in &operation.responses {
            if !has_body(operation, response) {
                readable.push((response, Vec::new()));
                continue;
            }
            let groups = self.groups(&response.content, false);
            if groups.is_empty() {
                let why = "none of its media types can be read".to_owned();
                self.leave_out(&response.pointer, response.line, why, "the response");
            } else {
                readable.push((response, groups));
            }
        }
        if readable.is_empty() && !operation.responses.is_empty() {
            let why = "none of its responses can be read".to_owned();
            self.leave_out(&operation.pointer, operation.line, why, "the operation");
            return None;
        }
        Some(readable)
    }

    /// The tables of the responses.
    pub(super) fn responses(&mut self, responses: &[Readable], id: &str) -> Vec<ResponseItem> {
        let mut items = Vec::new();
        for (response, groups) in responses {
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
            let mut content: Vec<(usize, ContentItem)> = Vec::new();
            for group in groups {
                let format = match (group.format, group.schema) {
                    (Format::Json, Some(schema)) => {
                        let table = self.generator.table(schema, &hint);
                        quote!(Format::Json(#table))
                    }
                    (Format::Json, None) => quote!(Format::Json(&::schema_check::Schema::ANY)),
                    (Format::Text, schema) => {
                        let table = self.text_table(schema, &hint);
                        quote!(Format::Text(#table))
                    }
                    _ => quote!(Format::Stream),
                };
                for (place, media_type) in group.places.iter().zip(&group.media_types) {
                    let item = ContentItem {
                        media_type: essence(media_type),
                        format: format.clone(),
                    };
                    content.push((*place, item));
                }
            }
            content.sort_by_key(|(place, _)| *place);
            items.push(ResponseItem {
                status,
                headers: self.headers(response, id, &variant_name(response.status)),
                content: content.into_iter().map(|(_, item)| item).collect(),
            });
        }
        items
    }

    /// What the caller gets: one type for all successes and one for all errors, each with a variant for each response
    /// where these have different bodies.
    pub(super) fn answers(&mut self, responses: &[Readable<'a>], id: &str) -> Answers {
        let mut enums = Vec::new();
        let answered: Vec<Answered> = responses
            .iter()
            .enumerate()
            .map(|(place, (response, groups))| {
                self.answered(place, response, groups, id, &mut enums)
            })
            .collect();
        let mut cases = Vec::new();
        let success = self.kind(&answered, true, id, &mut enums, &mut cases);
        let error = self.kind(&answered, false, id, &mut enums, &mut cases);
        let is_plain = |payload: &Payload| matches!(payload, Payload::None | Payload::Json(_));
        if is_plain(&success) && is_plain(&error) {
            cases.clear();
        }
        Answers {
            enums,
            success,
            error,
            cases,
        }
    }

    /// One response; several media types make its body an enum.
    fn answered(
        &mut self,
        place: usize,
        response: &'a Response,
        groups: &[Group],
        id: &str,
        enums: &mut Vec<EnumItem>,
    ) -> Answered<'a> {
        let case = |content: Vec<usize>, body: &Body, wrapper: Option<TokenStream>| CaseItem {
            // Which kind it is, its status says.
            is_success: false,
            response: place,
            content,
            reading: match body {
                Body::Json(_) => Reading::Json,
                Body::Text => Reading::Text,
                Body::Stream => Reading::Stream,
                Body::None | Body::Enum(_) => Reading::Empty,
            },
            wrappers: wrapper.into_iter().collect(),
        };
        let body_of = |group: &Group| match group.format {
            Format::Json => Body::Json(group.schema),
            Format::Text => Body::Text,
            _ => Body::Stream,
        };
        if groups.len() < 2 {
            let body = groups.first().map_or(Body::None, body_of);
            let content = groups.iter().flat_map(|group| group.places.clone());
            return Answered {
                response,
                cases: vec![case(content.collect(), &body, None)],
                body,
            };
        }
        let hint = format!("{id} {} body", variant_name(response.status));
        let name = type_ident(&mut self.bodies, &hint);
        let mut names = Names::default();
        let (mut variants, mut cases) = (Vec::new(), Vec::new());
        for group in groups {
            let variant = type_ident(&mut names, group.format.name());
            let listed: Vec<String> = group.media_types.iter().map(|m| format!("`{m}`")).collect();
            let body = body_of(group);
            let wrapper = quote!(bodies::#name::#variant);
            cases.push(case(group.places.clone(), &body, Some(wrapper)));
            variants.push(VariantItem {
                variant,
                documentation: vec![format!("{}.", listed.join(", "))],
                payload: self.payload(&body, &hint),
            });
        }
        enums.push(EnumItem {
            name: name.clone(),
            documentation: format!("A body that `{id}` is answered with, by its media type."),
            variants,
        });
        Answered {
            response,
            body: Body::Enum(name),
            cases,
        }
    }

    /// The type of all successes, or of all errors.
    fn kind(
        &mut self,
        answered: &[Answered],
        is_success: bool,
        id: &str,
        enums: &mut Vec<EnumItem>,
        cases: &mut Vec<CaseItem>,
    ) -> Payload {
        let has_success = answered.iter().any(|a| self::is_success(a.response.status));
        let is_meant = |answered: &&Answered| match answered.response.status {
            StatusPattern::Default => !is_success || !has_success,
            status if is_success => self::is_success(status),
            StatusPattern::Code(code) => code.is_client_error() || code.is_server_error(),
            StatusPattern::Range(digit) => digit == 4 || digit == 5,
        };
        let meant: Vec<&Answered> = answered.iter().filter(is_meant).collect();
        let mut add = |answered: &Answered, outer: Option<TokenStream>| {
            cases.extend(answered.cases.iter().map(|case| CaseItem {
                is_success,
                wrappers: outer.iter().chain(&case.wrappers).cloned().collect(),
                ..case.clone()
            }));
        };
        let first = meant.first().map_or(&Body::None, |answered| &answered.body);
        if meant
            .iter()
            .all(|answered| self.is_same(first, &answered.body))
        {
            meant.iter().for_each(|answered| add(answered, None));
            let hint = if is_success { "answer" } else { "error" };
            return self.payload(first, &format!("{id} {hint}"));
        }
        let (suffix, kind) = if is_success {
            ("response", "success")
        } else {
            ("error", "error")
        };
        let name = type_ident(&mut self.bodies, &format!("{id} {suffix}"));
        let mut names = Names::default();
        let mut variants = Vec::new();
        for answered in meant {
            let Response {
                status,
                description,
                ..
            } = answered.response;
            let text = variant_name(*status);
            let variant = type_ident(&mut names, &text);
            add(answered, Some(quote!(bodies::#name::#variant)));
            let about = format!("{status}: {description}");
            variants.push(VariantItem {
                variant,
                documentation: documentation::lines([Some(about.as_str())]),
                payload: self.payload(&answered.body, &format!("{id} {text} body")),
            });
        }
        enums.push(EnumItem {
            name: name.clone(),
            documentation: format!("Each {kind} that `{id}` is answered with."),
            variants,
        });
        Payload::Enum(name)
    }

    fn payload(&mut self, body: &Body, hint: &str) -> Payload {
        match body {
            Body::None => Payload::None,
            Body::Json(Some(id)) => Payload::Json(self.generator.rust_type(*id, hint)),
            Body::Json(None) => Payload::Json(quote!(::schema_check::serde_json::Value)),
            Body::Text => Payload::Text,
            Body::Stream => Payload::Stream,
            Body::Enum(name) => Payload::Enum(name.clone()),
        }
    }

    fn is_same(&self, one: &Body, other: &Body) -> bool {
        match (one, other) {
            (Body::Json(one), Body::Json(other)) => self.says_the_same(*one, *other),
            (Body::Enum(one), Body::Enum(other)) => one == other,
            (Body::None, Body::None) | (Body::Text, Body::Text) => true,
            (Body::Stream, Body::Stream) => true,
            _ => false,
        }
    }
}

/// The name of the variant for a response.
fn variant_name(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code
            .canonical_reason()
            .map_or_else(|| format!("status {}", code.as_u16()), str::to_owned),
        StatusPattern::Range(digit) => format!("status {digit}xx"),
        StatusPattern::Default => "default".to_owned(),
    }
}

/// Every media type that an answer may have.
pub(super) fn accept(responses: &[Readable]) -> Option<String> {
    let mut accepted: Vec<&str> = Vec::new();
    for media_type in responses
        .iter()
        .flat_map(|(_, groups)| groups)
        .flat_map(|group| &group.media_types)
    {
        if !accepted.contains(&media_type.as_str()) {
            accepted.push(media_type);
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
