//! Documentation of what is emitted: the document's descriptions, and limits in words.

use openapi_model::{Schema, Schemas, Types};
use serde_json::Number;

use crate::merge::{Merged, Part, is_reference, merge};

/// The documentation of a type.
pub(super) fn of_type(merged: &Merged, otherwise: &str) -> Vec<String> {
    let description = merged
        .parts
        .iter()
        .find_map(|(_, schema)| own_description(schema));
    let mut docs = match description {
        Some(description) => lines(description),
        None => vec![otherwise.to_owned()],
    };
    paragraph(&mut docs, limits(merged));
    docs
}

/// The documentation of a field or variant.
pub(super) fn of_member(schemas: &Schemas, key: &[Part], otherwise: &str) -> Vec<String> {
    let merged = merge(schemas, key);
    let mut described = merged
        .parts
        .iter()
        .filter_map(|(part, schema)| Some((*part, own_description(schema)?)));
    let refers = matches!(key, [part] if is_reference(schemas.get(part.id)));
    let mut docs = match described.next() {
        // What stands at another place in full is only mentioned here.
        Some((part, description)) if !key.contains(&part) => first_paragraph(lines(description)),
        Some((_, description)) => lines(description),
        None => vec![otherwise.to_owned()],
    };
    let mut notes = Vec::new();
    if !refers {
        notes.extend(limits(&merged));
    }
    if let Some(part) = key.first() {
        let annotations = &schemas.get(schemas.resolve(part.id)).annotations;
        if annotations.read_only {
            notes.push("Only in answers.".to_owned());
        }
        if annotations.write_only {
            notes.push("Only in requests.".to_owned());
        }
    }
    paragraph(&mut docs, notes);
    docs
}

fn own_description(schema: &Schema) -> Option<&str> {
    let texts = [
        schema.annotations.description.as_deref(),
        schema.annotations.title.as_deref(),
    ];
    texts
        .into_iter()
        .flatten()
        .find(|text| !text.trim().is_empty())
}

/// What the values must keep beside their type.
fn limits(merged: &Merged) -> Vec<String> {
    let mut limits = Vec::new();
    let kind = merged.kind();
    let schemas = || merged.parts.iter().map(|(_, schema)| *schema);
    let mut push = |limit: Option<String>| limits.extend(limit);
    for schema in schemas() {
        if kind == Types::STRING {
            push(range(schema.min_length, schema.max_length, "character"));
            push(
                schema
                    .pattern
                    .as_deref()
                    .map(|pattern| format!("Matches {}.", code(pattern))),
            );
            let format = schema
                .format
                .as_deref()
                .filter(|format| !["date-time", "uuid"].contains(format));
            push(format.map(|format| format!("Of the format {}.", code(format))));
        }
        if Types::NUMBER.contains(kind) {
            push(bounds(schema));
            push(
                schema
                    .multiple_of
                    .as_ref()
                    .map(|step| format!("A multiple of {step}.")),
            );
            push(values(schema));
        }
        if kind == Types::ARRAY {
            push(range(schema.min_items, schema.max_items, "item"));
            push(
                schema
                    .unique_items
                    .then(|| "No two items are equal.".to_owned()),
            );
        }
        if kind == Types::OBJECT {
            push(range(
                schema.min_properties,
                schema.max_properties,
                "member",
            ));
        }
        push(
            schema
                .annotations
                .default
                .as_ref()
                .map(|default| format!("Default: {}.", code(&default.to_string()))),
        );
        push(
            schema
                .annotations
                .deprecated
                .then(|| "Deprecated.".to_owned()),
        );
    }
    limits
}

fn range(least: Option<u64>, most: Option<u64>, noun: &str) -> Option<String> {
    let count = |number: u64| {
        if number == 1 {
            format!("1 {noun}")
        } else {
            format!("{number} {noun}s")
        }
    };
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {}.", count(most))),
        (Some(least), Some(most)) => Some(format!("{least} to {}.", count(most))),
        (Some(least), None) => Some(format!("At least {}.", count(least))),
        (None, Some(most)) => Some(format!("At most {}.", count(most))),
        (None, None) => None,
    }
}

fn bounds(schema: &Schema) -> Option<String> {
    let bound = |words: &str, number: &Option<Number>| {
        number.as_ref().map(|number| format!("{words} {number}"))
    };
    let least = bound("at least", &schema.minimum)
        .or_else(|| bound("more than", &schema.exclusive_minimum));
    let most =
        bound("at most", &schema.maximum).or_else(|| bound("less than", &schema.exclusive_maximum));
    let bounds: Vec<String> = least.into_iter().chain(most).collect();
    let sentence = bounds.join(" and ");
    let mut characters = sentence.chars();
    characters
        .next()
        .map(|first| format!("{}{}.", first.to_uppercase(), characters.as_str()))
}

fn values(schema: &Schema) -> Option<String> {
    let values = schema.enumeration.as_ref()?;
    let texts: Vec<String> = values.iter().take(12).map(ToString::to_string).collect();
    let more = if values.len() > 12 { ", ..." } else { "" };
    Some(format!("One of {}{more}.", texts.join(", ")))
}

fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn paragraph(docs: &mut Vec<String>, sentences: Vec<String>) {
    if !sentences.is_empty() {
        docs.push(String::new());
        docs.push(sentences.join(" "));
    }
}

fn first_paragraph(lines: Vec<String>) -> Vec<String> {
    lines
        .into_iter()
        .take_while(|line| !line.is_empty())
        .collect()
}

/// The lines of a description, such that rustdoc takes no code in it for a test.
fn lines(description: &str) -> Vec<String> {
    let mut in_fence = false;
    let mut lines = Vec::new();
    for line in description.trim().lines() {
        let line = line.trim_end().replace('\t', "    ");
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let fence = ["```", "~~~"]
            .into_iter()
            .find(|fence| text.starts_with(fence));
        lines.push(match fence {
            Some(fence) if in_fence => {
                in_fence = false;
                format!("{}{fence}", " ".repeat(indent.min(3)))
            }
            Some(fence) => {
                in_fence = true;
                format!("{}{fence}text", " ".repeat(indent.min(3)))
            }
            None if in_fence => line,
            // Four blanks begin code.
            None => format!("{}{text}", " ".repeat(indent.min(3))),
        });
    }
    if in_fence {
        lines.push("```".to_owned());
    }
    lines
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (schemas, id) = openapi_model::parse_schema(text).unwrap();
        assert_eq!(
            of_member(&schemas, &[Part::open(id)], "The member `a`."),
            expected,
            "{text}"
        );
    }

    #[test]
    fn limits_are_told_in_words() {
        check(
            "{ type: string, description: A name., minLength: 1, maxLength: 255 }",
            &["A name.", "", "1 to 255 characters."],
        );
        check(
            "{ type: string, maxLength: 1 }",
            &["The member `a`.", "", "At most 1 character."],
        );
        check(
            "{ type: string, pattern: '^a`$', format: email }",
            &[
                "The member `a`.",
                "",
                "Matches `` ^a`$ ``. Of the format `email`.",
            ],
        );
        check(
            "{ type: integer, minimum: 1, maximum: 1000, default: 50 }",
            &[
                "The member `a`.",
                "",
                "At least 1 and at most 1000. Default: `50`.",
            ],
        );
        check(
            "{ type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 }",
            &["The member `a`.", "", "More than 0. A multiple of 0.5."],
        );
        check(
            "{ type: array, items: {}, minItems: 2, maxItems: 2, uniqueItems: true }",
            &[
                "The member `a`.",
                "",
                "Exactly 2 items. No two items are equal.",
            ],
        );
        check(
            "{ type: boolean, readOnly: true, deprecated: true }",
            &["The member `a`.", "", "Deprecated. Only in answers."],
        );
        check(
            "{ type: integer, enum: [1, 2] }",
            &["The member `a`.", "", "One of 1, 2."],
        );
    }

    #[test]
    fn a_title_stands_in_for_a_description() {
        check("{ title: A thing. }", &["A thing."]);
        check("{ title: A thing., description: ' ' }", &["A thing."]);
    }

    #[test]
    fn what_a_reference_leads_to_is_only_mentioned() {
        let text = "{ allOf: [{ $ref: '#/x-thing' }], x-thing: { type: string, maxLength: 3, description: \"Long.\\n\\nVery.\" } }";
        check(text, &["Long.", "", "At most 3 characters."]);
    }

    #[test]
    fn code_in_descriptions_is_no_test() {
        let description = "Call:\n\n```\nf()\n```\n\n    g()\n\n~~~json\n{";
        assert_eq!(
            lines(description),
            [
                "Call:", "", "```text", "f()", "```", "", "   g()", "", "~~~text", "{", "```"
            ]
        );
    }
}
