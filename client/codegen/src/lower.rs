//! Document to intermediate form: every name is settled here, and whatever the client cannot do becomes a diagnostic.

mod bodies;
mod parameters;
mod security;

use openapi_model::{Api, Diagnostic, Operation, Pointer, SchemaId, Types};
use proc_macro2::TokenStream;
use quote::quote;
use schema_codegen::Generator;

use self::bodies::{accept, request_body};
use self::security::schemes;
use crate::client::{ClientItems, OperationItem, ParameterItem};
use crate::{documentation, names};

/// What `lower` found out.
pub(crate) struct Lowered {
    pub client: ClientItems,
    /// What is left out, each with what takes it out and what to do about it.
    pub left_out: Vec<Diagnostic>,
    /// What the client does in a simpler way than the document says.
    pub notes: Vec<Diagnostic>,
}

/// Settles everything about the client of a document. What it cannot do is left out, and the smallest thing that holds
/// it with it: a parameter, an operation.
pub(crate) fn lower(api: &Api) -> Lowered {
    let mut lowering = Lowering {
        api,
        generator: Generator::new(api, syn::parse_quote!(::schema_check)),
        names: names::Operations::default(),
        left_out: Vec::new(),
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
    Lowered {
        client: items,
        left_out: lowering.left_out,
        notes: generator.notes(),
    }
}

struct Lowering<'a> {
    api: &'a Api,
    generator: Generator<'a>,
    names: names::Operations,
    left_out: Vec<Diagnostic>,
}

/// Why an operation is left out, and the place of the reason.
struct Fault {
    pointer: Pointer,
    line: usize,
    message: String,
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
            let diagnostic = Diagnostic {
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
            if !self.left_out.contains(&diagnostic) {
                self.left_out.push(diagnostic);
            }
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
}

/// The line of a place: the operation's, or none where the place is one that several operations refer to.
fn line(operation: &Operation, place: &Pointer) -> usize {
    let is_inside = place.as_str().starts_with(operation.pointer.as_str());
    if is_inside { operation.line } else { 0 }
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
