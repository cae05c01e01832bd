//! Document to model, in one pass over the tree; schemas are put in a queue and lowered after it.
//!
//! Every fault is collected. What cannot be read is left out of the model, which is given away only when there is no
//! fault at all, so nothing half-read is ever seen.

mod components;
mod cursor;
mod lower;
mod operations;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::files::{Files, Read};
use crate::{Api, Diagnostic, Diagnostics, Link, Pointer, Schema, SchemaId, Schemas};
use cursor::At;
pub use lower::{Keyword, Treatment};

/// Reads a document that stands in one file.
///
/// ```
/// let api = openapi_model::parse("
/// openapi: 3.0.3
/// info: { title: Things, version: '1' }
/// paths:
///   /things/{id}:
///     get:
///       operationId: getThing
///       parameters:
///         - { name: id, in: path, required: true, schema: { type: integer } }
///       responses:
///         '200': { description: The thing }
/// ").unwrap();
/// assert_eq!(api.operations[0].id.as_deref(), Some("getThing"));
/// assert_eq!(api.operations[0].parameters[0].name, "id");
/// ```
///
/// # Errors
/// Every fault of the document, with its place. References to other files are faults: see [`parse_with`].
pub fn parse(text: &str) -> Result<Api, Diagnostics> {
    parse_with(text, &mut |_| Err("only this one was given".to_owned()))
}

/// Reads a document that may refer to other files. `read` gets the text of each by its reference, resolved against the
/// file that holds it and relative to the document, such as `schemas/thing.yaml`.
///
/// # Errors
/// Every fault of the document and its files, with its place.
pub fn parse_with(text: &str, read: &mut Read) -> Result<Api, Diagnostics> {
    let files = Files::load(text, read).map_err(Diagnostics)?;
    let mut reader = Reader::new(&files);
    let api = reader.api();
    reader.finish(api)
}

/// Reads one schema of OpenAPI 3.0's dialect, which may refer to places in its own text.
///
/// ```
/// let (schemas, id) = openapi_model::parse_schema("{ type: string, maxLength: 3 }").unwrap();
/// assert_eq!(schemas.get(id).max_length, Some(3));
/// ```
///
/// # Errors
/// Every fault of the schema, with its place.
pub fn parse_schema(text: &str) -> Result<(Schemas, SchemaId), Diagnostics> {
    let files = Files::load(text, &mut |_| Err("only this one was given".to_owned()))
        .map_err(Diagnostics)?;
    let mut reader = Reader::new(&files);
    let id = reader.schema(&At::root(&files));
    let schemas = reader.lower_all();
    reader.finish(Some((schemas, id)))
}

/// Accounts for every schema keyword of a document: where it stands, and what was made of it.
///
/// This lets somebody who does not trust the lowering count the keywords of the text and compare.
///
/// # Errors
/// Every fault of the document, with its place.
pub fn keywords(text: &str) -> Result<Vec<Keyword>, Diagnostics> {
    let files = Files::load(text, &mut |_| Err("only this one was given".to_owned()))
        .map_err(Diagnostics)?;
    let mut reader = Reader::new(&files);
    let api = reader.api();
    let keywords = std::mem::take(&mut reader.keywords);
    reader.finish(api.map(|_| keywords))
}

/// What is known while a document is being read.
struct Reader<'t> {
    files: &'t Files,
    faults: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
    keywords: Vec<Keyword>,
    /// Schemas by their place, so that each is lowered once however many references lead to it.
    schema_ids: HashMap<(usize, Pointer), SchemaId>,
    /// Schemas that have an id and are not lowered yet.
    queue: Vec<At<'t>>,
}

impl<'t> Reader<'t> {
    fn new(files: &'t Files) -> Self {
        Reader {
            files,
            faults: Vec::new(),
            notes: Vec::new(),
            keywords: Vec::new(),
            schema_ids: HashMap::new(),
            queue: Vec::new(),
        }
    }

    fn finish<T>(self, value: Option<T>) -> Result<T, Diagnostics> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => {
                let mut faults = self.faults;
                faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
                faults.dedup();
                Err(Diagnostics(faults))
            }
        }
    }

    fn api(&mut self) -> Option<Api> {
        let root = At::root(self.files);
        self.version(&root)?;
        self.known(
            &root,
            &[
                "openapi",
                "info",
                "servers",
                "paths",
                "components",
                "security",
                "tags",
                "externalDocs",
            ],
        );
        let info = self.required(&root, "info");
        let (mut title, mut version, mut description) = Default::default();
        if let Some(info) = &info {
            self.known(
                info,
                &[
                    "title",
                    "description",
                    "termsOfService",
                    "contact",
                    "license",
                    "version",
                ],
            );
            title = self.required_string(info, "title").unwrap_or_default();
            version = self.required_string(info, "version").unwrap_or_default();
            description = self.string(info, "description");
        }
        let servers = self.servers(&root);
        let security_schemes = self.security_schemes(&root);
        let operations = self.operations(&root, &security_schemes);
        let named_schemas = self.components(&root);
        let schemas = self.lower_all();
        Some(Api {
            title,
            version,
            description,
            servers,
            operations,
            security_schemes,
            named_schemas,
            schemas,
            notes: std::mem::take(&mut self.notes),
            document: root.node.to_value(),
        })
    }

    /// Whether this is a version of OpenAPI that can be read; a fault if not.
    fn version(&mut self, root: &At) -> Option<()> {
        if let Some(swagger) = root.member("swagger") {
            self.fault(
                &swagger,
                "this is a Swagger 2.0 document: convert it to OpenAPI 3.0",
            );
            return None;
        }
        let Some(version) = root.member("openapi") else {
            self.fault(root, "this is no OpenAPI document: the member `openapi`, such as `openapi: 3.0.3`, is missing");
            return None;
        };
        match version.node.as_str() {
            Some(text) if text.starts_with("3.0.") => Some(()),
            Some(text) if text.starts_with("3.1") || text.starts_with("3.2") => {
                let message = format!(
                    "OpenAPI {text} is not supported yet: write the document as OpenAPI 3.0.3"
                );
                self.fault(&version, message);
                None
            }
            Some(text) => {
                let message =
                    format!("`{text}` is no version of OpenAPI that is supported: write 3.0.3");
                self.fault(&version, message);
                None
            }
            None => {
                let message = format!(
                    "the version is {}, and must be a string such as '3.0.3'",
                    version.node.kind()
                );
                self.fault(&version, message);
                None
            }
        }
    }

    /// Lowers what is in the queue, and what that puts into the queue.
    fn lower_all(&mut self) -> Schemas {
        let mut lowered: Vec<(SchemaId, Schema)> = Vec::new();
        while let Some(at) = self.queue.pop() {
            let id = self.schema(&at);
            let schema = self.lower(&at);
            lowered.push((id, schema));
        }
        lowered.sort_by_key(|(id, _)| *id);
        let schemas = Schemas(lowered.into_iter().map(|(_, schema)| schema).collect());
        self.reject_circles(&schemas);
        schemas
    }

    /// A schema that is a reference to itself, directly or by way of others, says nothing.
    fn reject_circles(&mut self, schemas: &Schemas) {
        for (id, schema) in schemas.iter() {
            if schema.reference.is_some() && schemas.get(schemas.resolve(id)).reference.is_some() {
                self.faults.push(Diagnostic {
                    file: String::new(),
                    pointer: schema.pointer.clone(),
                    line: schema.line,
                    message: "the reference leads back to itself".to_owned(),
                });
            }
        }
    }

    /// The id of the schema at that place, which is lowered later.
    fn schema(&mut self, at: &At<'t>) -> SchemaId {
        let next = SchemaId(u32::try_from(self.schema_ids.len()).unwrap_or(u32::MAX));
        *self
            .schema_ids
            .entry((at.file, at.pointer.clone()))
            .or_insert_with(|| {
                self.queue.push(at.clone());
                next
            })
    }

    /// Fills in where links lead, once every operation is known.
    fn connect(
        &mut self,
        links: &mut IndexMap<String, Link>,
        targets: &HashMap<Pointer, LinkTarget<'t>>,
        by_id: &HashMap<String, Pointer>,
        operations: &HashSet<Pointer>,
    ) {
        for link in links.values_mut() {
            match targets.get(&link.pointer) {
                Some(LinkTarget::Id(at, id)) => match by_id.get(id) {
                    Some(pointer) => link.operation = Some(pointer.clone()),
                    None => {
                        let message = format!("no operation has the operationId `{id}`");
                        self.fault(at, message);
                    }
                },
                Some(LinkTarget::Reference(at, reference)) => {
                    match self.files.resolve(at.file, reference) {
                        Ok((_, pointer, _)) if operations.contains(&pointer) => {
                            link.operation = Some(pointer);
                        }
                        Ok(_) => {
                            let message =
                                format!("`{reference}` leads to no operation of this document");
                            self.note(at, message);
                        }
                        Err(message) => self.note(at, message),
                    }
                }
                None => {}
            }
        }
    }
}

/// What a link says about where it leads.
enum LinkTarget<'t> {
    Id(At<'t>, String),
    Reference(At<'t>, String),
}
