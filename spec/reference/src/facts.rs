//! The rules of a schema in plain words.

use openapi_model::{Schema, SchemaId, Schemas, Types};
use serde_json::{Number, Value};

use crate::names::Names;
use crate::words::{self, Words};

/// What is looked up while a schema is put into words.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) names: &'a Names,
}

/// How many values an `enum` of another section may have to be told again.
const FEW: usize = 12;

impl Speaker<'_> {
    /// What kind of value it is: `integer (int64)`, `array of Thing`, `A or null`.
    pub(crate) fn kind(self, id: SchemaId) -> Words {
        let schema = self.schemas.get(id);
        if let Some(target) = schema.reference {
            return self.named(target);
        }
        if schema.types == Types::NONE {
            return Words::default().text("no value");
        }
        if let Some(only) = only_part(schema) {
            return self.kind(only);
        }
        if let Some(branches) = self.brief_branches(schema) {
            return Words::join(branches.iter().map(|id| self.branch(*id)), " or ");
        }
        if schema.types == Types::ANY {
            return self.implied(schema);
        }
        let names = schema.types.names();
        Words::join(names.iter().map(|name| self.one_kind(name, schema)), " or ")
    }

    /// One of several kinds, in as few words as there are.
    fn branch(self, id: SchemaId) -> Words {
        match self.schemas.get(id).reference {
            Some(target) => self.link(target),
            None => self.kind(id),
        }
    }

    fn link(self, target: SchemaId) -> Words {
        match self.names.schemas.get(&target) {
            Some(named) => Words::default().link(&named.name, &named.anchor),
            None => Words::default().text("schema"),
        }
    }

    fn one_kind(self, name: &str, schema: &Schema) -> Words {
        let words = Words::default().text(name.to_owned());
        match (name, schema.items) {
            ("array", Some(items))
                if schema.prefix_items.is_empty() && !is_bare(self.schemas.get(items)) =>
            {
                words.text(" of ").words(self.kind(items))
            }
            ("string" | "number" | "integer", _) => match &schema.format {
                Some(format) => words.text(format!(" ({format})")),
                None => words,
            },
            _ => words,
        }
    }

    /// The kind of a schema that names no type.
    fn implied(self, schema: &Schema) -> Words {
        let words = Words::default();
        if !schema.properties.is_empty()
            || !schema.pattern_properties.is_empty()
            || schema.additional_properties.is_some()
            || !schema.required.is_empty()
        {
            words.text("object")
        } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
            self.one_kind("array", schema)
        } else if schema.enumeration.is_some() || schema.constant.is_some() {
            words.text("value")
        } else if !schema.all_of.is_empty() {
            words.text("all of several")
        } else if !schema.one_of.is_empty() {
            words.text("one of several")
        } else if !schema.any_of.is_empty() {
            words.text("any of several")
        } else {
            words.text("any value")
        }
    }

    fn named(self, target: SchemaId) -> Words {
        let words = self.link(target);
        let resolved = self.schemas.resolve(target);
        if is_plain(self.schemas.get(resolved)) && self.schemas.get(resolved).reference.is_none() {
            words
                .text(": ")
                .words(self.one_type(self.schemas.get(resolved)))
        } else {
            words
        }
    }

    /// The kind of a plain schema, which has no parts.
    fn one_type(self, schema: &Schema) -> Words {
        match schema.types {
            Types::ANY => self.implied(schema),
            types => Words::join(
                types.names().iter().map(|n| self.one_kind(n, schema)),
                " or ",
            ),
        }
    }

    /// The branches of an `anyOf` or `oneOf` that need no more than a word each, such as `Thing or null`.
    pub(crate) fn brief_branches(self, schema: &Schema) -> Option<&[SchemaId]> {
        let branches = match (schema.any_of.as_slice(), schema.one_of.as_slice()) {
            (branches, []) | ([], branches) if !branches.is_empty() => branches,
            _ => return None,
        };
        let has_parts = |id: &&SchemaId| {
            let resolved = self.schemas.resolve(**id);
            !is_plain(self.schemas.get(resolved))
        };
        let is_brief = schema.types == Types::ANY
            && branches.iter().all(|id| is_brief(self.schemas.get(*id)))
            && branches.iter().filter(has_parts).count() <= 1;
        is_brief.then_some(branches)
    }

    /// Every rule and remark that fits into the line of the value itself.
    pub(crate) fn facts(self, id: SchemaId) -> Vec<Words> {
        let mut facts = Vec::new();
        let schema = self.schemas.get(id);
        own_facts(schema, usize::MAX, &mut facts);
        if let Some(only) = only_part(schema) {
            facts.extend(self.facts(only));
        }
        if let Some(target) = schema.reference {
            let target = self.schemas.get(self.schemas.resolve(target));
            if is_plain(target) {
                own_facts(target, FEW, &mut facts);
            }
        }
        if let Some(discriminator) = &schema.discriminator {
            let words = Words::default()
                .code(&discriminator.property)
                .text(" tells which");
            let mapping = discriminator.mapping.iter().map(|(value, id)| {
                let words = Words::default().code(value).text(" is ");
                match self.names.schemas.get(id) {
                    Some(named) => words.link(&named.name, &named.anchor),
                    None => words.words(self.kind(*id)),
                }
            });
            let mapping = Words::join(mapping, ", ");
            facts.push(if mapping.is_empty() {
                words
            } else {
                words.text(": ").words(mapping)
            });
        }
        if let Some(items) = schema.items {
            let each = self.facts(items);
            if !each.is_empty() {
                facts.push(
                    Words::default()
                        .text("each: ")
                        .words(Words::join(each, ", ")),
                );
            }
        }
        facts
    }
}

/// The rules of one schema, without those of others that it names. An `enum` of more than `few` values is counted.
fn own_facts(schema: &Schema, few: usize, facts: &mut Vec<Words>) {
    // Taken apart in full, so that a keyword that is added to the model is not forgotten here.
    let Schema {
        file: _,
        pointer: _,
        line: _,
        reference: _,
        types: _,
        enumeration,
        constant,
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        format: _,
        items: _,
        prefix_items: _,
        min_items,
        max_items,
        unique_items,
        // These have a group of their own in the tree, and so do all other schemas within.
        contains: _,
        min_contains: _,
        max_contains: _,
        properties,
        pattern_properties: _,
        additional_properties: _,
        property_names: _,
        required,
        min_properties,
        max_properties,
        dependent_required,
        dependent_schemas: _,
        unevaluated_items: _,
        unevaluated_properties: _,
        all_of: _,
        any_of: _,
        one_of: _,
        not: _,
        if_: _,
        then: _,
        else_: _,
        discriminator: _,
        annotations,
    } = schema;
    let text = |text: String| Words::default().text(text);
    if let Some(values) = enumeration {
        facts.push(match values.as_slice() {
            [only] => Words::default().text("always ").code(words::value(only)),
            values if values.len() > few => text(format!("one of {} values", values.len())),
            values => Words::default().text("one of ").words(listed(values)),
        });
    }
    if let Some(value) = constant {
        facts.push(Words::default().text("always ").code(words::value(value)));
    }
    facts.extend(range(minimum, maximum).map(text));
    let above = exclusive_minimum.iter().map(|n| format!("more than {n}"));
    let below = exclusive_maximum.iter().map(|n| format!("less than {n}"));
    let steps = multiple_of.iter().map(|n| format!("a multiple of {n}"));
    facts.extend(above.chain(below).chain(steps).map(text));
    facts.extend(count(*min_length, *max_length, "character").map(text));
    if let Some(pattern) = pattern {
        facts.push(Words::default().text("matches ").code(pattern));
    }
    facts.extend(count(*min_items, *max_items, "item").map(text));
    if *unique_items {
        facts.push(text("no item twice".to_owned()));
    }
    facts.extend(count(*min_properties, *max_properties, "member").map(text));
    let others: Vec<Value> = (required.iter())
        .filter(|name| !properties.contains_key(*name))
        .map(|name| Value::from(name.as_str()))
        .collect();
    if !others.is_empty() {
        facts.push(Words::default().text("must have ").words(listed(&others)));
    }
    for (name, needed) in dependent_required {
        let needed: Vec<Value> = needed
            .iter()
            .map(|name| Value::from(name.as_str()))
            .collect();
        if !needed.is_empty() {
            let words = Words::default()
                .text("with ")
                .code(name)
                .text(" must have ");
            facts.push(words.words(listed(&needed)));
        }
    }
    if let Some(media_type) = &annotations.content_media_type {
        facts.push(Words::default().text("holds ").code(media_type));
    }
    if let Some(encoding) = &annotations.content_encoding {
        facts.push(Words::default().text("encoded as ").code(encoding));
    }
    if let Some(value) = &annotations.default {
        facts.push(Words::default().text("default ").code(words::value(value)));
    }
    if annotations.read_only {
        facts.push(text("in answers only".to_owned()));
    }
    if annotations.write_only {
        facts.push(text("in requests only".to_owned()));
    }
}

fn listed(values: &[Value]) -> Words {
    let codes = values
        .iter()
        .map(|v| Words::default().code(words::value(v)));
    Words::join(codes, ", ")
}

fn range(minimum: &Option<Number>, maximum: &Option<Number>) -> Option<String> {
    match (minimum, maximum) {
        (Some(minimum), Some(maximum)) if minimum == maximum => Some(format!("exactly {minimum}")),
        (Some(minimum), Some(maximum)) => Some(format!("{minimum} to {maximum}")),
        (Some(minimum), None) => Some(format!("at least {minimum}")),
        (None, Some(maximum)) => Some(format!("at most {maximum}")),
        (None, None) => None,
    }
}

/// `1 to 5 items`.
pub(crate) fn count(minimum: Option<u64>, maximum: Option<u64>, what: &str) -> Option<String> {
    let least = minimum.filter(|minimum| *minimum > 0);
    let words = match (least, maximum) {
        (_, Some(0)) => return Some(format!("no {what}s")),
        (Some(least), Some(most)) if least == most => format!("exactly {least} {what}"),
        (Some(least), Some(most)) => format!("{least} to {most} {what}"),
        (Some(least), None) => format!("at least {least} {what}"),
        (None, Some(most)) => format!("at most {most} {what}"),
        (None, None) => return None,
    };
    let is_one = maximum.or(least) == Some(1);
    Some(if is_one { words } else { format!("{words}s") })
}

/// The one part of an `allOf` that stands for the whole: how OpenAPI 3.0 describes a schema that it refers to.
pub(crate) fn only_part(schema: &Schema) -> Option<SchemaId> {
    match schema.all_of.as_slice() {
        [only]
            if schema.properties.is_empty()
                && schema.items.is_none()
                && schema.any_of.is_empty()
                && schema.one_of.is_empty() =>
        {
            Some(*only)
        }
        _ => None,
    }
}

/// Whether a schema says nothing at all: every value is valid.
pub(crate) fn is_bare(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.types == Types::ANY
        && schema.format.is_none()
        && is_brief(schema)
}

/// Whether a schema is a name or a type and nothing more.
fn is_brief(schema: &Schema) -> bool {
    let mut facts = Vec::new();
    own_facts(schema, 0, &mut facts);
    facts.is_empty() && is_plain(schema) && schema.annotations == Default::default()
}

/// Whether all that a schema says fits into a line: it has no schemas within.
pub(crate) fn is_plain(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.additional_properties.is_none()
        && schema.property_names.is_none()
        && schema.dependent_schemas.is_empty()
        && schema.unevaluated_properties.is_none()
        && schema.unevaluated_items.is_none()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.contains.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.not.is_none()
        && schema.if_.is_none()
        && schema.then.is_none()
        && schema.else_.is_none()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    fn check(schema: &str, expected: &str) {
        let (schemas, id) = openapi_model::parse_schema(schema).unwrap();
        let names = Names::default();
        let speaker = Speaker {
            schemas: &schemas,
            names: &names,
        };
        let said = std::iter::once(speaker.kind(id)).chain(speaker.facts(id));
        let said: Vec<String> = said.map(|words| words.plain()).collect();
        assert_eq!(said.join(", "), expected, "{schema}");
    }

    #[test]
    fn rules_are_said_in_plain_words() {
        check("{}", "any value");
        check(
            "{ type: integer, minimum: 1, maximum: 100 }",
            "integer, 1 to 100",
        );
        check(
            "{ type: integer, format: int64, minimum: 1 }",
            "integer (int64), at least 1",
        );
        check(
            "{ type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 }",
            "number, more than 0, a multiple of 0.5",
        );
        check(
            "{ type: string, minLength: 1, maxLength: 1 }",
            "string, exactly 1 character",
        );
        check(
            "{ type: string, maxLength: 255 }",
            "string, at most 255 characters",
        );
        check("{ type: string, minLength: 0 }", "string");
        check(
            "{ type: string, enum: [a, b, '1'] }",
            "string, one of a, b, \"1\"",
        );
        check("{ enum: [1] }", "value, always 1");
        check(
            "{ type: string, nullable: true, default: x }",
            "null or string, default x",
        );
        check(
            "{ type: array, maxItems: 3, uniqueItems: true, items: { type: string, pattern: ^a$ } }",
            "array of string, at most 3 items, no item twice, each: matches ^a$",
        );
        check(
            "{ type: object, required: [a], minProperties: 1 }",
            "object, at least 1 member, must have a",
        );
        check(
            "{ oneOf: [{ type: string }, { type: integer }] }",
            "string or integer",
        );
        check(
            "{ allOf: [{ type: string, maxLength: 2 }] }",
            "string, at most 2 characters",
        );
        check(
            "{ type: string, readOnly: true }",
            "string, in answers only",
        );
    }
}
