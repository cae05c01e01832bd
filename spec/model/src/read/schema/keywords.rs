//! What each keyword of a schema means, in the vocabulary of JSON Schema 2020-12.
//!
//! Every keyword that is met is accounted for, see [`Keyword`].

use indexmap::IndexMap;
use serde_json::Number;

use super::dialect::Holds;
use super::{Dialect, Place};
use crate::read::Reader;
use crate::read::cursor::At;
use crate::tree::Data;
use crate::{Discriminator, Pointer, Schema, SchemaId, Types, uri};

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
    pub(super) fn lower(&mut self, place: &Place<'t>) -> Schema {
        let at = &place.at;
        let mut schema = Schema {
            file: self.file_of(at),
            pointer: at.pointer.clone(),
            line: at.node.line,
            ..Schema::default()
        };
        match &at.node.data {
            // Whether one may stand here is asked where it is met, see `part`.
            Data::Bool(allowed) => schema.types = if *allowed { Types::ANY } else { Types::NONE },
            Data::Object(members)
                if members.contains_key("$ref") && place.home.dialect.references_stand_alone() =>
            {
                self.lower_reference(place, &mut schema)
            }
            Data::Object(_) => self.lower_keywords(place, &mut schema),
            _ => self.fault(
                at,
                format!("this is {}, and must be a schema", at.node.kind()),
            ),
        }
        schema
    }

    /// A reference beside which nothing counts.
    fn lower_reference(&mut self, place: &Place<'t>, schema: &mut Schema) {
        for (name, member) in place.at.members() {
            if name == "$ref" {
                schema.reference = self.referenced(place, &member, false);
                self.account(&member, Treatment::Lowered);
                continue;
            }
            let message = format!(
                "`{name}` stands beside `$ref`, where {} ignores it: use `allOf`",
                place.home.dialect
            );
            self.note(&member, message);
            self.account(&member, Treatment::Diagnosed);
        }
    }

    fn lower_keywords(&mut self, place: &Place<'t>, schema: &mut Schema) {
        let (at, dialect) = (&place.at, place.home.dialect);
        for (name, member) in at.members() {
            let treatment = match place.home.keyword(name) {
                Some(_) if self.assert(place, name, &member, schema) => Treatment::Lowered,
                Some(_) => {
                    self.annotate(place, name, &member, schema);
                    Treatment::Annotation
                }
                None => self.unknown(dialect, name, &member, schema),
            };
            self.account(&member, treatment);
        }
        if dialect == Dialect::OpenApi30 {
            // OpenAPI 3.0.3: `nullable` has a meaning only beside a `type` in the same schema.
            let nullable = self.boolean(at, "nullable", false);
            if nullable && at.node.get("type").is_some() {
                schema.types = schema.types.union(Types::NULL);
            }
        }
        if dialect.has_boolean_bounds() {
            if self.boolean(at, "exclusiveMinimum", false) {
                schema.exclusive_minimum = schema.minimum.take();
            }
            if self.boolean(at, "exclusiveMaximum", false) {
                schema.exclusive_maximum = schema.maximum.take();
            }
        }
        // These qualify a keyword beside them, and mean nothing without it.
        if schema.contains.is_none() {
            (schema.min_contains, schema.max_contains) = (None, None);
        }
        if schema.if_.is_none() {
            (schema.then, schema.else_) = (None, None);
        }
    }

    /// Lowers a keyword of the schema's dialect, if it is one that restricts values.
    fn assert(
        &mut self,
        place: &Place<'t>,
        name: &str,
        member: &At<'t>,
        schema: &mut Schema,
    ) -> bool {
        let (at, dialect) = (&place.at, place.home.dialect);
        match name {
            "$ref" | "$dynamicRef" => {
                if let Some(target) = self.referenced(place, member, name == "$dynamicRef") {
                    match schema.reference {
                        None => schema.reference = Some(target),
                        Some(_) => schema.all_of.push(self.reference_to(target, member)),
                    }
                }
            }
            "type" => schema.types = self.types(member, dialect),
            // See `lower_keywords`: they change what others mean.
            "nullable" => {}
            "exclusiveMinimum" | "exclusiveMaximum" if dialect.has_boolean_bounds() => {}
            "enum" => {
                let values = self.items(at, name);
                if values.is_empty()
                    && matches!(member.node.data, Data::Array(_))
                    && !dialect.has_empty_enums()
                {
                    self.fault(member, "`enum` must list at least one value");
                }
                schema.enumeration = Some(values.iter().map(|v| v.node.to_value()).collect());
            }
            "const" => schema.constant = Some(member.node.to_value()),
            "minimum" => schema.minimum = self.number(member),
            "maximum" => schema.maximum = self.number(member),
            "exclusiveMinimum" => schema.exclusive_minimum = self.number(member),
            "exclusiveMaximum" => schema.exclusive_maximum = self.number(member),
            "multipleOf" => {
                schema.multiple_of = self.number(member);
                if schema
                    .multiple_of
                    .as_ref()
                    .and_then(Number::as_f64)
                    .is_some_and(|n| n <= 0.0)
                {
                    self.fault(member, "`multipleOf` must be above 0");
                }
            }
            "minLength" => schema.min_length = self.count(member),
            "maxLength" => schema.max_length = self.count(member),
            "pattern" => schema.pattern = self.string(at, name),
            "format" => schema.format = self.string(at, name),
            // What OpenAPI 3.0 calls `byte`, which is what a tool that moves a document to 3.1 makes of it.
            "contentEncoding"
                if dialect == Dialect::OpenApi31
                    && member.node.as_str() == Some("base64")
                    && at.node.get("format").is_none() =>
            {
                schema.format = Some("byte".to_owned());
            }
            "items" => self.lower_items(place, member, schema),
            // Lowered with `items`, or else without a meaning.
            "additionalItems" => {
                if !matches!(member.node.data, Data::Bool(_)) {
                    self.part(place, member);
                }
            }
            "prefixItems" => schema.prefix_items = self.branches(place, name),
            "minItems" => schema.min_items = self.count(member),
            "maxItems" => schema.max_items = self.count(member),
            "uniqueItems" => schema.unique_items = self.boolean(at, name, false),
            "contains" => schema.contains = Some(self.part(place, member)),
            "minContains" => schema.min_contains = self.count(member),
            "maxContains" => schema.max_contains = self.count(member),
            "properties" => schema.properties = self.named(place, name),
            "patternProperties" => schema.pattern_properties = self.named(place, name),
            "additionalProperties" => {
                schema.additional_properties = Some(self.part_or_boolean(place, member))
            }
            "propertyNames" => schema.property_names = Some(self.part(place, member)),
            "required" => schema.required = self.strings(at, name),
            "minProperties" => schema.min_properties = self.count(member),
            "maxProperties" => schema.max_properties = self.count(member),
            "dependencies" => self.lower_dependencies(place, name, schema),
            "dependentRequired" => {
                for (property, _) in self.map(at, name) {
                    let names = self.strings(member, property);
                    schema.dependent_required.insert(property.to_owned(), names);
                }
            }
            "dependentSchemas" => schema.dependent_schemas = self.named(place, name),
            "unevaluatedItems" => schema.unevaluated_items = Some(self.part(place, member)),
            "unevaluatedProperties" => {
                schema.unevaluated_properties = Some(self.part(place, member))
            }
            "allOf" => {
                let branches = self.branches(place, name);
                schema.all_of.extend(branches);
            }
            "anyOf" => schema.any_of = self.branches(place, name),
            "oneOf" => schema.one_of = self.branches(place, name),
            "not" => schema.not = Some(self.part(place, member)),
            "if" => schema.if_ = Some(self.part(place, member)),
            "then" => schema.then = Some(self.part(place, member)),
            "else" => schema.else_ = Some(self.part(place, member)),
            "discriminator" => schema.discriminator = self.discriminator(place, member),
            _ => return false,
        }
        true
    }

    /// Until draft 7 `items` may be a list, which is `prefixItems` since, and `additionalItems` is then what `items` is
    /// since.
    fn lower_items(&mut self, place: &Place<'t>, member: &At<'t>, schema: &mut Schema) {
        match member.node.data {
            Data::Array(_) if place.home.dialect.has_tuples_in_items() => {
                schema.prefix_items = self.branches(place, "items");
                let rest = place.at.member("additionalItems");
                schema.items = rest.map(|rest| self.part_or_boolean(place, &rest));
            }
            Data::Array(_) if place.home.dialect.is_2020_12() => self.fault(
                member,
                "`items` is an array, and must be a schema: 2020-12 calls the list `prefixItems`, and `items` what follows it",
            ),
            _ => schema.items = Some(self.part(place, member)),
        }
    }

    /// What `dependentRequired` and `dependentSchemas` are since 2020-12.
    fn lower_dependencies(&mut self, place: &Place<'t>, name: &str, schema: &mut Schema) {
        for (property, member) in self.map(&place.at, name) {
            if matches!(member.node.data, Data::Array(_)) {
                let names = member.items().filter_map(|item| self.text(&item)).collect();
                schema.dependent_required.insert(property.to_owned(), names);
            } else {
                let id = self.part(place, &member);
                schema.dependent_schemas.insert(property.to_owned(), id);
            }
        }
    }

    /// What restricts no value: identifiers, and descriptions.
    fn annotate(&mut self, place: &Place<'t>, name: &str, member: &At<'t>, schema: &mut Schema) {
        let (at, dialect) = (&place.at, place.home.dialect);
        let annotations = &mut schema.annotations;
        match name {
            "title" => annotations.title = self.string(at, name),
            "description" => annotations.description = self.string(at, name),
            "default" => annotations.default = Some(member.node.to_value()),
            "example" => annotations.examples.push(member.node.to_value()),
            "examples" => {
                let examples = self.items(at, name);
                let examples = examples.iter().map(|e| e.node.to_value());
                annotations.examples.extend(examples);
            }
            "deprecated" => annotations.deprecated = self.boolean(at, name, false),
            "readOnly" | "writeOnly" => {
                // JSON Schema has them for the reader; that they decide what is valid is OpenAPI's.
                let decides = dialect.is_open_api() || self.version.is_some();
                let only = self.boolean(at, name, false) && decides;
                match name {
                    "readOnly" => annotations.read_only = only,
                    _ => annotations.write_only = only,
                }
            }
            "contentMediaType" => {
                annotations.content_media_type = self.string(at, name);
                // What OpenAPI 3.0 calls `binary`.
                let unencoded = ["contentEncoding", "format"]
                    .iter()
                    .all(|other| at.node.get(other).is_none());
                if dialect == Dialect::OpenApi31
                    && unencoded
                    && annotations
                        .content_media_type
                        .as_deref()
                        .is_some_and(is_binary)
                {
                    schema.format = Some("binary".to_owned());
                }
            }
            "contentEncoding" => annotations.content_encoding = self.string(at, name),
            "externalDocs" => annotations.external_docs = Some(member.node.to_value()),
            "xml" => annotations.xml = Some(member.node.to_value()),
            // What it names is looked at before anything is lowered, see `identifiers`.
            "$schema" => drop(self.text(member)),
            "id" | "$id" => self.check_id(member, dialect),
            "$anchor" | "$dynamicAnchor" => self.check_anchor(member),
            _ => match place.home.keyword(name) {
                // Nothing but a reference leads there, and what is wrong there is to be known all the same.
                Some(Holds::Named) => drop(self.named(place, name)),
                Some(Holds::Schemas) => drop(self.part(place, member)),
                Some(Holds::Nothing) | None => {}
            },
        }
    }

    /// What no keyword of the dialect is.
    fn unknown(
        &mut self,
        dialect: Dialect,
        name: &str,
        member: &At<'t>,
        schema: &mut Schema,
    ) -> Treatment {
        if name.starts_with("x-") {
            schema
                .annotations
                .extensions
                .insert(name.to_owned(), member.node.to_value());
            return Treatment::Annotation;
        }
        let remedy = match name {
            "nullable" if dialect.is_2020_12() => ": put 'null' in the list `type`",
            _ => "",
        };
        self.note(
            member,
            format!("{dialect} has no schema keyword `{name}`: it is ignored{remedy}"),
        );
        Treatment::Diagnosed
    }

    fn check_id(&mut self, at: &At<'t>, dialect: Dialect) {
        if let Some(text) = self.text(at)
            && dialect.is_2020_12()
            && !uri::split(&text).1.is_empty()
        {
            self.fault(
                at,
                format!("`{text}` has a fragment, which an `$id` must not have: use `$anchor`"),
            );
        }
    }

    fn check_anchor(&mut self, at: &At<'t>) {
        if let Some(text) = self.text(at)
            && !(text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')))
        {
            self.fault(
                at,
                format!("`{text}` is no name for a schema: it must be letters, digits, `-`, `.` and `_`, and start with a letter or `_`"),
            );
        }
    }

    fn account(&mut self, at: &At, treatment: Treatment) {
        self.keywords.push(Keyword {
            pointer: at.pointer.clone(),
            treatment,
        });
    }

    fn branches(&mut self, place: &Place<'t>, name: &str) -> Vec<SchemaId> {
        let branches = self.items(&place.at, name);
        if let Some(list) = place.at.member(name)
            && matches!(&list.node.data, Data::Array(items) if items.is_empty())
        {
            self.fault(&list, format!("`{name}` must list at least one schema"));
        }
        branches
            .iter()
            .map(|branch| self.part(place, branch))
            .collect()
    }

    fn named(&mut self, place: &Place<'t>, name: &str) -> IndexMap<String, SchemaId> {
        self.map(&place.at, name)
            .into_iter()
            .map(|(name, member)| (name.to_owned(), self.part(place, &member)))
            .collect()
    }

    fn discriminator(&mut self, place: &Place<'t>, at: &At<'t>) -> Option<Discriminator> {
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
                .or_else(|_| self.files.resolve(place.home.resource, text));
            match found {
                Ok(target) => {
                    let id = self.at_target(place, target);
                    mapping.insert(value.to_owned(), id);
                }
                Err(message) => self.fault(&target, message),
            }
        }
        Some(Discriminator { property, mapping })
    }
}

/// Whether documents of a media type are bytes and no text.
fn is_binary(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    let name = name.to_ascii_lowercase();
    name == "application/octet-stream"
        || ["image/", "audio/", "video/"]
            .iter()
            .any(|kind| name.starts_with(kind))
}
