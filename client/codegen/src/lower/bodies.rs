//! Bodies: of requests, and of answers.

use openapi_model::{
    Direction, MediaType, Operation, Response, SchemaId, StatusPattern, json_schema,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::{Fault, Lowering, line};
use crate::client::{BodyItem, ContentItem, ResponseItem};
use crate::{documentation, media};

/// What stands in the body of every answer of one kind.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum AnswerBody {
    None,
    Untyped,
    Typed(SchemaId),
}

impl Lowering<'_> {
    pub(super) fn body(
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
    pub(super) fn answer_body(
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

    pub(super) fn answer_type(&mut self, body: AnswerBody, hint: &str) -> Option<TokenStream> {
        match body {
            AnswerBody::None => None,
            AnswerBody::Untyped => Some(quote!(::schema_check::serde_json::Value)),
            AnswerBody::Typed(id) => Some(self.generator.rust_type(id, hint)),
        }
    }

    pub(super) fn responses(&mut self, operation: &Operation, id: &str) -> Vec<ResponseItem> {
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
}

/// The JSON body that the client sends, the first where there are several.
pub(super) fn request_body<'a>(
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
pub(super) fn accept(operation: &Operation) -> Option<String> {
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
