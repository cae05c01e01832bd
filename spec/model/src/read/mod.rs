//! Document to model, in one pass over the tree; schemas are put in a queue and lowered after it, see `schema`.
//!
//! Every fault is collected. What cannot be read is left out of the model, which is given away only when there is no
//! fault at all, so nothing half-read is ever seen.

mod components;
mod cursor;
mod operations;
mod path_items;
mod schema;
mod version;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::files::{Files, Read};
use crate::{Api, Diagnostic, Diagnostics, Link, Pointer, SchemaId, Schemas};
use cursor::At;
pub(crate) use schema::Vocabularies;
pub use schema::{Dialect, Keyword, Treatment};
use version::Version;

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
/// In OpenAPI 3.1 a schema may give itself a URI with `$id`, against which its references are resolved, and may say with
/// `$schema` in which [`Dialect`] it is, as [`parse_json_schema`] has it.
///
/// # Errors
/// Every fault of the document and its files, with its place.
pub fn parse_with(text: &str, read: &mut Read) -> Result<Api, Diagnostics> {
    let files = load_api(text, read).map_err(Diagnostics)?;
    let mut reader = Reader::of_api(&files);
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
    parse_json_schema(text, Dialect::OpenApi30, &mut |_| {
        Err("only this one was given".to_owned())
    })
}

/// Reads a JSON Schema document, JSON or YAML, and the documents that it refers to.
///
/// `$schema` decides the dialect, and `otherwise` where it is absent; a document that is referred to and has none is
/// read in the dialect of the one that refers to it. It may name a metaschema of one's own, which is read for its own
/// `$schema` and its `$vocabulary`. `read` gets the text of each other document by its absolute URI, or
/// relative to this document where nothing gives a URI to resolve against, such as `schemas/thing.json`. The metaschemas
/// of the drafts are built in. References of every form lead where the dialect says: by JSON pointer, by `$id` (`id` in
/// draft 4), by `$anchor`, and by `$dynamicAnchor` in the dynamic scope. Where two schemas give themselves the same
/// URI or name, the first has it.
///
/// Keywords that the dialect does not have mean nothing. `readOnly` and `writeOnly` are kept where OpenAPI has them only:
/// elsewhere they do not decide what is valid.
///
/// ```
/// use openapi_model::{Dialect, parse_json_schema};
///
/// let mut read = |uri: &str| match uri {
///     "https://example.org/name" => Ok("{ type: string, minLength: 1 }".to_owned()),
///     _ => Err("there is no such document".to_owned()),
/// };
/// let (schemas, id) = parse_json_schema(
///     r##"{
///         "$schema": "http://json-schema.org/draft-07/schema#",
///         "$id": "https://example.org/person",
///         "properties": { "name": { "$ref": "name" }, "parent": { "$ref": "#" } }
///     }"##,
///     Dialect::Draft2020_12,
///     &mut read,
/// ).unwrap();
/// let property = |name| schemas.resolve(schemas.get(id).properties[name]);
/// assert_eq!(schemas.get(property("name")).min_length, Some(1));
/// assert_eq!(property("parent"), id);
/// ```
///
/// # Errors
/// Every fault of the document and of those that it refers to, with its place.
pub fn parse_json_schema(
    text: &str,
    otherwise: Dialect,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<(Schemas, SchemaId), Diagnostics> {
    let files = schema::load(text, otherwise, read).map_err(Diagnostics)?;
    let mut reader = Reader::new(&files, None);
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
    let files =
        load_api(text, &mut |_| Err("only this one was given".to_owned())).map_err(Diagnostics)?;
    let mut reader = Reader::of_api(&files);
    let api = reader.api();
    let keywords = std::mem::take(&mut reader.keywords);
    reader.finish(api.map(|_| keywords))
}

/// Reads an OpenAPI document's text, and the files that it refers to.
fn load_api(text: &str, read: &mut Read) -> Result<Files, Vec<Diagnostic>> {
    let files = Files::with(text, Dialect::OpenApi30)?;
    match Version::of(&files.get(0).root) {
        Some(Version::OpenApi31) => schema::load_api(files, read),
        _ => files.load(read).finish(),
    }
}

/// What an OpenAPI document shows before it is known what its schemas say.
struct Survey {
    /// Where schemas stand.
    schemas: Vec<(usize, Pointer)>,
    /// The files that are referred to and not at hand.
    unread: Vec<String>,
}

/// Finds the schemas of an OpenAPI document, as far as its files are at hand.
///
/// It is read as it will be in the end, and what comes of that is thrown away: so there is but one place that knows
/// where OpenAPI has schemas.
fn survey(files: &Files) -> Survey {
    let mut reader = Reader::of_api(files);
    reader.structure();
    Survey {
        schemas: reader.queue.places(),
        unread: reader.unread,
    }
}

/// What is known while a document is being read.
struct Reader<'t> {
    files: &'t Files,
    /// The version of the OpenAPI document; none where it is none, but a schema.
    version: Option<Version>,
    faults: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
    keywords: Vec<Keyword>,
    /// Files that Reference Objects lead to, and that are not at hand.
    unread: Vec<String>,
    /// The operations of callbacks and webhooks that were read: one may lead back to itself.
    met_aside: HashSet<(usize, Pointer)>,
    queue: schema::Queue<'t>,
}

impl<'t> Reader<'t> {
    fn of_api(files: &'t Files) -> Self {
        Reader::new(files, Version::of(&files.get(0).root))
    }

    fn new(files: &'t Files, version: Option<Version>) -> Self {
        Reader {
            files,
            version,
            faults: Vec::new(),
            notes: Vec::new(),
            keywords: Vec::new(),
            unread: Vec::new(),
            met_aside: HashSet::new(),
            queue: schema::Queue::default(),
        }
    }

    fn finish<T>(self, value: Option<T>) -> Result<T, Diagnostics> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => {
                let mut faults = self.faults;
                faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
                let mut seen = HashSet::new();
                faults.retain(|fault| seen.insert((fault.pointer.clone(), fault.to_string())));
                Err(Diagnostics(faults))
            }
        }
    }

    /// Everything but what the schemas say: that is found out in the end, see `lower_all`.
    fn structure(&mut self) -> Option<Api> {
        let root = At::root(self.files);
        self.check_version(&root)?;
        self.known_in(
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
            &["jsonSchemaDialect", "webhooks"],
        );
        let info = self.required(&root, "info");
        let (mut title, mut version) = Default::default();
        let (mut summary, mut description) = (None, None);
        if let Some(info) = &info {
            self.known_in(
                info,
                &[
                    "title",
                    "description",
                    "termsOfService",
                    "contact",
                    "license",
                    "version",
                ],
                &["summary"],
            );
            title = self.required_string(info, "title").unwrap_or_default();
            version = self.required_string(info, "version").unwrap_or_default();
            description = self.string(info, "description");
            self.license(info);
        }
        if self.is_31() {
            summary = info.as_ref().and_then(|info| self.string(info, "summary"));
            // What it names was looked at before, see `schema::load_api`.
            self.string(&root, "jsonSchemaDialect");
        }
        let servers = self.servers(&root);
        let security_schemes = self.security_schemes(&root);
        let operations = self.operations(&root, &security_schemes);
        let named_schemas = self.components(&root);
        self.webhooks(&root);
        Some(Api {
            title,
            version,
            summary,
            description,
            servers,
            operations,
            security_schemes,
            named_schemas,
            schemas: Schemas::default(),
            notes: Vec::new(),
            document: root.node.to_value(),
        })
    }

    fn api(&mut self) -> Option<Api> {
        let mut api = self.structure()?;
        api.schemas = self.lower_all();
        api.notes = std::mem::take(&mut self.notes);
        Some(api)
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
                    match self
                        .files
                        .resolve(self.files.resource_of_file(at.file), reference)
                    {
                        Ok(target) if operations.contains(&target.pointer) => {
                            link.operation = Some(target.pointer);
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
