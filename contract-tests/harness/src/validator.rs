//! The oracle of one schema: an independent JSON Schema validator over what the model lowered.

use std::sync::Arc;

use jsonschema::ValidationError;
use openapi_model::{Direction, Pointer, Schema, SchemaId, Schemas, json_schema};
use serde_json::Value;

use crate::formats::with_formats;

/// One schema in one direction, ready to judge values.
#[derive(Debug)]
pub(crate) struct Validator {
    /// Shared by schemas that say the same.
    inner: Arc<jsonschema::Validator>,
    root: SchemaId,
}

/// How a value differs from its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// The place in the value.
    pub(crate) instance: String,
    /// The keyword that is broken.
    pub(crate) keyword: String,
    /// What is wrong, for a person.
    pub(crate) message: String,
    /// The place of the keyword in the document.
    pub(crate) expected: Pointer,
}

impl Validator {
    /// Compiles what a schema says; the error says why the validator cannot.
    pub(crate) fn compile(
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
    ) -> Result<Arc<jsonschema::Validator>, String> {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        with_formats(options)
            .build(&json_schema(schemas, id, direction))
            .map(Arc::new)
            .map_err(|error| error.to_string())
    }

    /// The validator of a schema that says what was compiled.
    pub(crate) fn new(inner: Arc<jsonschema::Validator>, root: SchemaId) -> Validator {
        Validator { inner, root }
    }

    pub(crate) fn is_valid(&self, value: &Value) -> bool {
        self.inner.is_valid(value)
    }

    /// Every way in which the value differs from the schema.
    pub(crate) fn mismatches(&self, schemas: &Schemas, value: &Value) -> Vec<Mismatch> {
        // Most values are valid, and that is quickly told.
        if self.inner.is_valid(value) {
            return Vec::new();
        }
        self.inner
            .iter_errors(value)
            .map(|error| Mismatch {
                instance: error.instance_path().to_string(),
                keyword: error.kind().keyword().to_owned(),
                message: message(&error),
                expected: place(schemas, self.root, error.schema_path().as_str()),
            })
            .collect()
    }
}

fn message(error: &ValidationError<'_>) -> String {
    let at = match error.instance_path().as_str() {
        "" => String::new(),
        path => format!("at `{path}`, "),
    };
    format!(
        "{at}{} (the value is {})",
        error.masked(),
        shortened(&error.instance().to_string())
    )
}

/// The text, cut where it is long.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// Leads a place in the schema that `json_schema` wrote back to the document.
fn place(schemas: &Schemas, root: SchemaId, path: &str) -> Pointer {
    let mut at = root;
    let segments: Vec<String> = Pointer::parse(path)
        .unwrap_or_default()
        .segments()
        .collect();
    let mut rest = segments.as_slice();
    while let Some((next, behind)) = step(schemas, at, rest) {
        at = next;
        rest = behind;
    }
    rest.iter()
        .fold(schemas.get(at).pointer.clone(), |pointer, segment| {
            pointer.join(segment)
        })
}

fn step<'s>(
    schemas: &Schemas,
    at: SchemaId,
    path: &'s [String],
) -> Option<(SchemaId, &'s [String])> {
    let Schema {
        items,
        contains,
        additional_properties,
        property_names,
        unevaluated_items,
        unevaluated_properties,
        not,
        if_,
        then,
        else_,
        prefix_items,
        all_of,
        any_of,
        one_of,
        properties,
        pattern_properties,
        dependent_schemas,
        ..
    } = schemas.get(at);
    let one = |id: &Option<SchemaId>| id.map(|id| (id, &path[1..]));
    let numbered = |branches: &[SchemaId]| {
        let index: usize = path.get(1)?.parse().ok()?;
        Some((*branches.get(index)?, &path[2..]))
    };
    let named = |members: &indexmap::IndexMap<String, SchemaId>| {
        Some((*members.get(path.get(1)?)?, &path[2..]))
    };
    match path.first()?.as_str() {
        "$defs" => {
            let index: usize = path.get(1)?.strip_prefix("schema")?.parse().ok()?;
            let (id, _) = schemas.iter().nth(index)?;
            Some((id, &path[2..]))
        }
        "items" => one(items),
        "contains" => one(contains),
        "additionalProperties" => one(additional_properties).filter(|(_, rest)| !rest.is_empty()),
        "propertyNames" => one(property_names),
        "unevaluatedItems" => one(unevaluated_items).filter(|(_, rest)| !rest.is_empty()),
        "unevaluatedProperties" => one(unevaluated_properties).filter(|(_, rest)| !rest.is_empty()),
        "not" => one(not).filter(|(_, rest)| !rest.is_empty()),
        "if" => one(if_),
        "then" => one(then),
        "else" => one(else_),
        "prefixItems" => numbered(prefix_items),
        "allOf" => numbered(all_of),
        "anyOf" => numbered(any_of),
        "oneOf" => numbered(one_of),
        "properties" => named(properties),
        "patternProperties" => named(pattern_properties),
        "dependentSchemas" => named(dependent_schemas),
        _ => None,
    }
}
