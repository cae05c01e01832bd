//! Metaschemas of one's own ([JSON Schema core, section 8.1](https://json-schema.org/draft/2020-12/json-schema-core#section-8.1)):
//! `$schema` may name a metaschema that is not one of the drafts', and is in the dialect of one. In 2020-12 it says with
//! `$vocabulary` which groups of keywords its schemas have; a keyword of another group has no meaning in them.

use super::Dialect;
use crate::files::Files;
use crate::tree::{Data, Node};
use crate::uri;

/// How many metaschemas may stand between a schema and that of a draft.
const MAX_METASCHEMAS: usize = 10;

/// A set of the vocabularies that restrict values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vocabularies(u8);

impl Vocabularies {
    const NONE: Vocabularies = Vocabularies(0);
    const APPLICATOR: Vocabularies = Vocabularies(1);
    const UNEVALUATED: Vocabularies = Vocabularies(2);
    const VALIDATION: Vocabularies = Vocabularies(4);
    const FORMAT: Vocabularies = Vocabularies(8);
    /// All that there are, as where nothing is said about them.
    pub(crate) const ALL: Vocabularies = Vocabularies(15);

    /// The vocabulary of a keyword; none where the keyword restricts nothing by itself, and so is always there.
    fn of(keyword: &str) -> Vocabularies {
        match keyword {
            "prefixItems"
            | "items"
            | "contains"
            | "additionalProperties"
            | "properties"
            | "patternProperties"
            | "dependentSchemas"
            | "propertyNames"
            | "if"
            | "then"
            | "else"
            | "allOf"
            | "anyOf"
            | "oneOf"
            | "not" => Vocabularies::APPLICATOR,
            "unevaluatedItems" | "unevaluatedProperties" => Vocabularies::UNEVALUATED,
            "type" | "enum" | "const" | "multipleOf" | "maximum" | "exclusiveMaximum"
            | "minimum" | "exclusiveMinimum" | "maxLength" | "minLength" | "pattern"
            | "maxItems" | "minItems" | "uniqueItems" | "maxContains" | "minContains"
            | "maxProperties" | "minProperties" | "required" | "dependentRequired" => {
                Vocabularies::VALIDATION
            }
            "format" => Vocabularies::FORMAT,
            _ => Vocabularies::NONE,
        }
    }

    /// Whether a keyword has a meaning.
    pub(super) fn have(self, keyword: &str) -> bool {
        let needed = Vocabularies::of(keyword);
        self.0 & needed.0 == needed.0
    }

    /// What the `$vocabulary` of a metaschema lists; the error is a vocabulary that it needs and nobody here knows.
    fn listed(metaschema: &Node) -> Result<Vocabularies, String> {
        let Some(listed) = metaschema.get("$vocabulary").and_then(Node::as_object) else {
            return Ok(Vocabularies::ALL);
        };
        let mut vocabularies = Vocabularies::NONE;
        for (uri, required) in listed {
            let name = uri.strip_prefix("https://json-schema.org/draft/2020-12/vocab/");
            let known = match name {
                Some("applicator") => Vocabularies::APPLICATOR,
                Some("unevaluated") => Vocabularies::UNEVALUATED,
                Some("validation") => Vocabularies::VALIDATION,
                Some("format-annotation" | "format-assertion") => Vocabularies::FORMAT,
                Some("core" | "meta-data" | "content") => Vocabularies::NONE,
                _ if is_open_api(uri) => Vocabularies::NONE,
                _ if required.data == Data::Bool(false) => Vocabularies::NONE,
                _ => {
                    return Err(format!(
                        "it needs the vocabulary `{uri}`, which is not known"
                    ));
                }
            };
            vocabularies.0 |= known.0;
        }
        Ok(vocabularies)
    }
}

/// Whether a vocabulary is the one that makes OpenAPI 3.1's dialect of 2020-12.
fn is_open_api(vocabulary: &str) -> bool {
    vocabulary.starts_with("https://spec.openapis.org/oas/3.1/vocab/")
}

/// The dialect that a `$schema` names, directly or by way of metaschemas that `fetch` gets, and its vocabularies. The
/// error says why there is none.
pub(super) fn dialect_of(
    schema: &str,
    files: &mut Files,
    mut fetch: impl FnMut(&mut Files, String),
) -> Result<(Dialect, Vocabularies), String> {
    let (mut vocabularies, mut has_open_api) = (None, false);
    let mut schema = schema.to_owned();
    for _ in 0..MAX_METASCHEMAS {
        if let Some(dialect) = Dialect::named(&schema) {
            let dialect = match dialect {
                Dialect::Draft2020_12 if has_open_api => Dialect::OpenApi31,
                dialect => dialect,
            };
            return Ok((dialect, vocabularies.unwrap_or(Vocabularies::ALL)));
        }
        let uri = uri::split(&schema).0;
        if !files.is_known(uri) {
            fetch(files, uri.to_owned());
        }
        let metaschema = files.document(uri)?;
        if vocabularies.is_none() {
            vocabularies = Some(Vocabularies::listed(metaschema)?);
            let listed = metaschema.get("$vocabulary").and_then(Node::as_object);
            has_open_api = listed.is_some_and(|listed| listed.keys().any(|uri| is_open_api(uri)));
        }
        schema = match metaschema.get("$schema").and_then(Node::as_str) {
            Some(next) if next != schema => next.to_owned(),
            _ => return Err("it names no other dialect".to_owned()),
        };
    }
    Err("it names one metaschema after another".to_owned())
}
