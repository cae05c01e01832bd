//! Document to intermediate form: every name is settled here, and whatever the client cannot do becomes a diagnostic.

mod answers;
mod headers;
mod media;
mod names;
mod parameters;
mod requests;
mod security;
mod types;

use std::collections::{HashMap, HashSet};

use openapi_model::{Api, Diagnostic, Operation, Pointer, SchemaId};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use schema_codegen::Generator;
use schema_codegen::naming::{self, Names};

use self::answers::{Answers, accept};
use self::security::schemes;
use crate::client::{CaseItem, ParameterItem, Reading};
use crate::client::{ClientItems, ContentItem, OperationItem, Payload, ResponseItem};
use crate::documentation;

/// What `lower` found out.
pub(crate) struct Lowered {
    pub client: ClientItems,
    /// What is left out, each with what takes it out and what to do about it.
    pub left_out: Vec<Diagnostic>,
    /// What the client does in a simpler way than the document says.
    pub notes: Vec<Diagnostic>,
}

/// Settles everything about the client of a document. What it cannot do is left out, and the smallest thing that holds
/// it with it: a media type, a parameter, an operation.
pub(crate) fn lower(api: &Api) -> Lowered {
    let mut lowering = Lowering {
        api,
        generator: Generator::new(api, syn::parse_quote!(::schema_check)),
        ids: names::operation_ids(&api.operations),
        names: crate::names::Operations::default(),
        // What the types' own code names without a path.
        bodies: Names::reserving([
            "Err", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
        ]),
        headers: Names::reserving(["Err", "Ok", "Option", "Result", "Self", "String", "Vec"]),
        left_out: Vec::new(),
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
    let notes = generator
        .notes()
        .into_iter()
        .chain(lowering.notes)
        .collect();
    Lowered {
        client: items,
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
    names: crate::names::Operations,
    /// The names of the types of bodies, and of headers.
    bodies: Names,
    headers: Names,
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

    /// One operation; `None` where it is left out.
    fn operation(&mut self, operation: &'a Operation) -> Option<OperationItem> {
        // Whatever may leave the operation out comes first, so that no type is made for what is not there.
        let security = self.security(operation)?;
        let written = self.written(operation)?;
        let groups = self.request_groups(operation)?;
        let readable = self.readable(operation)?;

        let id = self.ids[&operation.pointer].clone();
        let mut methods = crate::names::Parameters::default();
        let parameters: Vec<ParameterItem> = written
            .into_iter()
            .map(|(parameter, written)| {
                self.parameter(operation, &id, parameter, written, &mut methods)
            })
            .collect();
        let body = self.body(operation, groups, &id);
        let mut responses = self.responses(&readable, &id);
        let mut answers = self.answers(&readable, &id);
        if operation.responses.is_empty() {
            let message =
                "it declares no responses, so any answer is one: declare those that it has";
            self.note(&operation.pointer, operation.line, message.to_owned());
            responses.push(any_response());
            answers = any_answer();
        }
        Some(OperationItem {
            method: self.names.claim(&id),
            http_method: operation.method.to_string(),
            path: operation.path.clone(),
            summary: operation.summary.as_deref().map(documentation::text),
            description: description(operation.description.as_deref(), operation.deprecated),
            security,
            parameters,
            body,
            accept: accept(&readable),
            responses,
            enums: answers.enums,
            success: answers.success,
            error: answers.error,
            cases: answers.cases,
            id,
        })
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
}

/// What an operation answers whose document does not say.
fn any_response() -> ResponseItem {
    ResponseItem {
        status: quote!(Status::Default),
        headers: None,
        content: vec![ContentItem {
            media_type: "*/*".to_owned(),
            format: quote!(Format::Stream),
        }],
    }
}

/// What is made of it.
fn any_answer() -> Answers {
    let case = |is_success| CaseItem {
        is_success,
        response: 0,
        content: vec![0],
        reading: Reading::Stream,
        wrappers: Vec::new(),
    };
    Answers {
        enums: Vec::new(),
        success: Payload::Stream,
        error: Payload::Stream,
        cases: vec![case(true), case(false)],
    }
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

/// A description as progenitor gets it.
fn description(text: Option<&str>, deprecated: bool) -> Option<String> {
    let text = text.map(documentation::text);
    match (text, deprecated) {
        (text, false) => text,
        (Some(text), true) => Some(format!("{text}\n\nDeprecated.")),
        (None, true) => Some("Deprecated.".to_owned()),
    }
}

/// A word with its first letter in upper case.
fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
