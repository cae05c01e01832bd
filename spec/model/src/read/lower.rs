//! The one lowering of schemas: OpenAPI 3.0's dialect to the vocabulary of JSON Schema 2020-12.
//!
//! No other file matches on the document's schema keywords. Every keyword that is met is accounted for, see
//! [`Keyword`].

use indexmap::IndexMap;
use serde_json::Number;

use super::Reader;
use super::cursor::At;
use crate::tree::Data;
use crate::{Discriminator, Pointer, Schema, SchemaId, Types};

/// One keyword of one schema, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// Where it stands.
    pub pointer: Pointer,
    /// What was made of it.
    pub treatment: Treatment,
}

/// What was made of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It restricts values in the model as it does in the document.
    Lowered,
    /// It is kept, and restricts nothing.
    Annotation,
    /// It has no effect, and a note of [`crate::Api::notes`] says so.
    Diagnosed,
}

impl<'t> Reader<'t> {
    pub(super) fn lower(&mut self, at: &At<'t>) -> Schema {
        let mut schema = Schema {
            pointer: at.pointer.clone(),
            line: at.node.line,
            ..Schema::default()
        };
        match &at.node.data {
            // Only `additionalProperties` may be a boolean, and whoever reads it looks; see `boolean_or_schema`.
            Data::Bool(allowed) => schema.types = if *allowed { Types::ANY } else { Types::NONE },
            Data::Object(_) if at.node.get("$ref").is_some() => {
                self.lower_reference(at, &mut schema)
            }
            Data::Object(_) => self.lower_keywords(at, &mut schema),
            _ => self.fault(
                at,
                format!("this is {}, and must be a schema", at.node.kind()),
            ),
        }
        schema
    }

    fn lower_reference(&mut self, at: &At<'t>, schema: &mut Schema) {
        for (name, member) in at.members() {
            if name != "$ref" {
                self.note(
                    &member,
                    format!(
                        "`{name}` stands beside `$ref`, where OpenAPI 3.0 ignores it: use `allOf`"
                    ),
                );
                self.account(&member, Treatment::Diagnosed);
                continue;
            }
            self.account(&member, Treatment::Lowered);
            let Some(text) = member.node.as_str() else {
                self.fault(&member, "a reference must be a string");
                continue;
            };
            match self.files.resolve(at.file, text) {
                Ok((file, pointer, node)) => {
                    schema.reference = Some(self.schema(&At {
                        file,
                        pointer,
                        node,
                    }))
                }
                Err(message) => self.fault(&member, message),
            }
        }
    }

    fn lower_keywords(&mut self, at: &At<'t>, schema: &mut Schema) {
        let (mut exclusive_minimum, mut exclusive_maximum, mut nullable) = (false, false, false);
        for (name, member) in at.members() {
            let mut treatment = Treatment::Lowered;
            match name {
                "type" => schema.types = self.types(&member),
                "nullable" => nullable = self.boolean(at, name, false),
                "enum" => {
                    let values = self.items(at, name);
                    if values.is_empty() {
                        self.fault(&member, "`enum` must list at least one value");
                    }
                    schema.enumeration = Some(values.iter().map(|v| v.node.to_value()).collect());
                }
                "minimum" => schema.minimum = self.number(&member),
                "maximum" => schema.maximum = self.number(&member),
                "exclusiveMinimum" => exclusive_minimum = self.boolean(at, name, false),
                "exclusiveMaximum" => exclusive_maximum = self.boolean(at, name, false),
                "multipleOf" => {
                    schema.multiple_of = self.number(&member);
                    if schema
                        .multiple_of
                        .as_ref()
                        .and_then(Number::as_f64)
                        .is_some_and(|n| n <= 0.0)
                    {
                        self.fault(&member, "`multipleOf` must be above 0");
                    }
                }
                "minLength" => schema.min_length = self.count(&member),
                "maxLength" => schema.max_length = self.count(&member),
                "pattern" => schema.pattern = self.string(at, name),
                "format" => schema.format = self.string(at, name),
                "items" => schema.items = Some(self.schema(&member)),
                "minItems" => schema.min_items = self.count(&member),
                "maxItems" => schema.max_items = self.count(&member),
                "uniqueItems" => schema.unique_items = self.boolean(at, name, false),
                "properties" => {
                    for (property, member) in self.map(at, name) {
                        let id = self.schema(&member);
                        schema.properties.insert(property.to_owned(), id);
                    }
                }
                "additionalProperties" => schema.additional_properties = Some(self.schema(&member)),
                "required" => schema.required = self.strings(at, name),
                "minProperties" => schema.min_properties = self.count(&member),
                "maxProperties" => schema.max_properties = self.count(&member),
                "allOf" => schema.all_of = self.branches(at, name),
                "anyOf" => schema.any_of = self.branches(at, name),
                "oneOf" => schema.one_of = self.branches(at, name),
                "not" => schema.not = Some(self.schema(&member)),
                "discriminator" => schema.discriminator = self.discriminator(&member),
                _ => treatment = self.annotate(at, name, &member, schema),
            }
            if treatment == Treatment::Lowered && !matches!(name, "additionalProperties") {
                self.reject_boolean_schema(name, &member);
            }
            self.account(&member, treatment);
        }
        // OpenAPI 3.0.3: `nullable` has a meaning only beside a `type` in the same schema.
        if nullable && at.node.get("type").is_some() {
            schema.types = schema.types.union(Types::NULL);
        }
        if exclusive_minimum {
            schema.exclusive_minimum = schema.minimum.take();
        }
        if exclusive_maximum {
            schema.exclusive_maximum = schema.maximum.take();
        }
    }

    /// What restricts no value: descriptions, extensions, and keywords that OpenAPI 3.0 does not have.
    fn annotate(
        &mut self,
        at: &At<'t>,
        name: &str,
        member: &At<'t>,
        schema: &mut Schema,
    ) -> Treatment {
        let annotations = &mut schema.annotations;
        match name {
            "title" => annotations.title = self.string(at, name),
            "description" => annotations.description = self.string(at, name),
            "default" => annotations.default = Some(member.node.to_value()),
            "example" => annotations.examples.push(member.node.to_value()),
            "deprecated" => annotations.deprecated = self.boolean(at, name, false),
            "readOnly" => annotations.read_only = self.boolean(at, name, false),
            "writeOnly" => annotations.write_only = self.boolean(at, name, false),
            "externalDocs" => annotations.external_docs = Some(member.node.to_value()),
            "xml" => annotations.xml = Some(member.node.to_value()),
            _ if name.starts_with("x-") => {
                annotations
                    .extensions
                    .insert(name.to_owned(), member.node.to_value());
            }
            _ => {
                self.note(
                    member,
                    format!("OpenAPI 3.0 has no schema keyword `{name}`: it is ignored"),
                );
                return Treatment::Diagnosed;
            }
        }
        Treatment::Annotation
    }

    fn account(&mut self, at: &At, treatment: Treatment) {
        self.keywords.push(Keyword {
            pointer: at.pointer.clone(),
            treatment,
        });
    }

    fn types(&mut self, at: &At<'t>) -> Types {
        let known = at
            .node
            .as_str()
            .filter(|name| *name != "null")
            .and_then(Types::named);
        known.unwrap_or_else(|| {
            let message = match (&at.node.data, at.node.as_str()) {
                (Data::Array(_), _) => {
                    "`type` is an array, which OpenAPI 3.0 does not have: use `nullable: true` for null, and `oneOf` for several types".to_owned()
                }
                (_, Some("null")) => "OpenAPI 3.0 has no type `null`: use `nullable: true` beside another type".to_owned(),
                (_, Some(text)) => format!(
                    "`{text}` is no type: it must be one of boolean, integer, number, string, array and object"
                ),
                (_, None) => format!("`type` is {}, and must be a string", at.node.kind()),
            };
            self.fault(at, message);
            Types::ANY
        })
    }

    fn number(&mut self, at: &At<'t>) -> Option<Number> {
        match &at.node.data {
            Data::Number(number) => Some(number.clone()),
            _ => {
                self.fault(
                    at,
                    format!("this is {}, and must be a number", at.node.kind()),
                );
                None
            }
        }
    }

    /// A number of characters, items or members.
    fn count(&mut self, at: &At<'t>) -> Option<u64> {
        let number = self.number(at)?;
        // `1.0` is an integer as JSON Schema sees it.
        let count = number.as_u64().or_else(|| {
            number
                .as_f64()
                .filter(|n| n.fract() == 0.0 && *n >= 0.0 && *n <= 9e15)
                .map(|n| n as u64)
        });
        if count.is_none() {
            self.fault(at, format!("{number} must be a whole number of at least 0"));
        }
        count
    }

    fn branches(&mut self, at: &At<'t>, name: &str) -> Vec<SchemaId> {
        let branches = self.items(at, name);
        if branches.is_empty()
            && let Some(list) = at.member(name)
        {
            self.fault(&list, format!("`{name}` must list at least one schema"));
        }
        branches.iter().map(|branch| self.schema(branch)).collect()
    }

    fn discriminator(&mut self, at: &At<'t>) -> Option<Discriminator> {
        self.known(at, &["propertyName", "mapping"]);
        let property = self.required_string(at, "propertyName")?;
        let mut mapping = IndexMap::new();
        for (value, target) in self.map(at, "mapping") {
            let Some(text) = target.node.as_str() else {
                self.fault(
                    &target,
                    format!(
                        "this is {}, and must be the name of a schema",
                        target.node.kind()
                    ),
                );
                continue;
            };
            // The name of a schema, or a reference to one; what could be both is a name.
            let by_name = Pointer::root()
                .join("components")
                .join("schemas")
                .join(text)
                .to_string();
            let found = self
                .files
                .resolve(0, &by_name)
                .or_else(|_| self.files.resolve(target.file, text));
            match found {
                Ok((file, pointer, node)) => {
                    let id = self.schema(&At {
                        file,
                        pointer,
                        node,
                    });
                    mapping.insert(value.to_owned(), id);
                }
                Err(message) => self.fault(&target, message),
            }
        }
        Some(Discriminator { property, mapping })
    }

    /// Boolean schemas are JSON Schema's, and in OpenAPI 3.0 stand only in `additionalProperties`.
    fn reject_boolean_schema(&mut self, name: &str, member: &At<'t>) {
        let mut reject = |at: &At<'t>| {
            if matches!(at.node.data, Data::Bool(_)) {
                self.fault(at, "this is a boolean, and must be a schema");
            }
        };
        match name {
            "items" | "not" => reject(member),
            "properties" => member.members().for_each(|(_, property)| reject(&property)),
            "allOf" | "anyOf" | "oneOf" => {
                if let Data::Array(items) = &member.node.data {
                    for (index, node) in items.iter().enumerate() {
                        reject(&At {
                            file: member.file,
                            pointer: member.pointer.join(index.to_string()),
                            node,
                        });
                    }
                }
            }
            _ => {}
        }
    }
}
