//! Decides what kind of type holds the values of some schemas.
//!
//! Nothing is remembered here, and no reference is followed twice, so that every question has an answer at once.

use openapi_model::{SchemaId, Schemas, Types};
use schema_check::Format;
use serde_json::Value;

use super::ir::Type;
use crate::merge::{Additional, Merged, Part, is_reference, is_silent, merge};

/// What kind of type holds some values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// The type for these schemas, which say all that the first ones say.
    Same(Vec<Part>),
    Scalar(Type),
    /// One of these texts, each with the schema that says nothing but this one.
    Words(Vec<(String, Option<SchemaId>)>),
    List,
    Map,
    Struct,
    /// One of these branches.
    Union(Vec<SchemaId>),
    /// No type in particular, and why, where the schema does say what it wants.
    Untyped(Option<&'static str>),
}

/// What kind of type holds the values of the schemas, and whether `null` is one more of them.
pub(super) fn kind(schemas: &Schemas, key: &[Part], merged: &Merged) -> (Kind, bool) {
    let nullable = merged.is_nullable();
    if let Some(words) = words(schemas, merged) {
        return (
            Kind::Words(words),
            nullable || branches_have_null(schemas, merged),
        );
    }
    let mut shaping = merged
        .groups()
        .into_iter()
        .filter(|group| shapes(schemas, merged, group, 0));
    match (shaping.next(), shaping.next()) {
        (None, _) => (kind_of_types(merged), nullable),
        (Some(group), None) => {
            if key.iter().any(|part| !part.is_open) {
                return (
                    Kind::Untyped(Some(
                        "has a `oneOf` or `anyOf` inside of another, beside properties",
                    )),
                    nullable,
                );
            }
            let (kind, has_null) = kind_of_group(schemas, key, merged, group);
            (kind, nullable || has_null)
        }
        (Some(_), Some(_)) => (
            Kind::Untyped(Some(
                "has several `oneOf` or `anyOf`, each with types of its own",
            )),
            nullable,
        ),
    }
}

/// The schemas for the values of one branch.
pub(super) fn key_of_branch(schemas: &Schemas, key: &[Part], branch: SchemaId) -> Vec<Part> {
    let branch_merged = merge(schemas, &[Part::open(branch)]);
    let closed = key.iter().map(|part| Part {
        is_open: false,
        ..*part
    });
    // What the branch says by itself is not said twice.
    let base: Vec<Part> = closed.filter(|part| !branch_merged.has(part.id)).collect();
    let base_merged = merge(schemas, &base);
    if base_merged.is_silent()
        && base_merged
            .types
            .union(Types::NULL)
            .contains(branch_merged.types)
    {
        return vec![Part::open(branch)];
    }
    [base, vec![Part::open(branch)]].concat()
}

/// The schemas that shape a type: what only refers to another schema, or only wraps it, is left out.
pub(super) fn without_wrappers(schemas: &Schemas, key: &[Part]) -> Option<Vec<Part>> {
    let [part] = key else {
        let mut shaping = key
            .iter()
            .filter(|part| !merge(schemas, &[**part]).is_silent());
        let only = *shaping.next()?;
        let same_types = merge(schemas, &[only]).types == merge(schemas, key).types;
        return (shaping.next().is_none() && same_types && only.is_open).then(|| vec![only]);
    };
    let schema = schemas.get(part.id);
    if !part.is_open || !is_silent(schema) || !schema.any_of.is_empty() || !schema.one_of.is_empty()
    {
        return None;
    }
    let mut below = schema.reference.iter().chain(&schema.all_of).copied();
    let child = match (below.next(), below.next()) {
        (Some(only), None) => only,
        _ => {
            let shapes = |id: &SchemaId| !merge(schemas, &[Part::open(*id)]).is_silent();
            let mut shaping = schema
                .reference
                .iter()
                .chain(&schema.all_of)
                .copied()
                .filter(shapes);
            shaping.next().filter(|_| shaping.next().is_none())?
        }
    };
    let same_types = merge(schemas, &[Part::open(child)]).types == merge(schemas, key).types;
    (is_reference(schema) || same_types).then(|| vec![Part::open(child)])
}

/// Rust's integer for the values, and the format that the table has to ask for where the schema has none: a type has to
/// end somewhere, and JSON Schema's integers do not.
pub(super) fn integer(merged: &Merged) -> (&'static str, Option<Format>) {
    match merged.format() {
        Some("int32") => ("i32", None),
        Some("int64") => ("i64", None),
        Some("uint8") => ("u8", None),
        Some("uint16") => ("u16", None),
        Some("uint32") => ("u32", None),
        Some("uint64") => ("u64", None),
        _ => {
            let schemas = || merged.parts.iter().map(|(_, schema)| schema);
            let is_unsigned =
                schemas().any(|s| s.minimum.as_ref().is_some_and(serde_json::Number::is_u64));
            let is_large = schemas().any(|s| {
                s.maximum
                    .as_ref()
                    .is_some_and(|n| n.is_u64() && !n.is_i64())
            });
            if is_unsigned && is_large {
                ("u64", Some(Format::Uint64))
            } else {
                ("i64", Some(Format::Int64))
            }
        }
    }
}

fn kind_of_types(merged: &Merged) -> Kind {
    match merged.kind() {
        Types::ANY => kind_of_literals(merged),
        Types::BOOLEAN => Kind::Scalar(Type::Bool),
        Types::INTEGER => Kind::Scalar(Type::Integer(integer(merged).0)),
        Types::NUMBER => Kind::Scalar(Type::Number),
        Types::STRING => Kind::Scalar(match merged.format() {
            Some("date-time") => Type::DateTime,
            Some("uuid") => Type::Uuid,
            _ => Type::Text,
        }),
        Types::ARRAY => Kind::List,
        Types::OBJECT => {
            let is_closed =
                merged.additional() == Additional::Forbidden && merged.patterns().is_empty();
            let has_fields = !merged.properties().is_empty() || !merged.required().is_empty();
            if has_fields || is_closed {
                Kind::Struct
            } else {
                Kind::Map
            }
        }
        // Nothing at all, or only `null`.
        Types::NONE => Kind::Untyped(None),
        _ => Kind::Untyped(Some("allows values of several types")),
    }
}

/// The kind of a schema that has no `type`, by the values that it lists.
fn kind_of_literals(merged: &Merged) -> Kind {
    let Some(literals) = merged.literals() else {
        return Kind::Untyped(None);
    };
    let all = |is: fn(&Value) -> bool| {
        literals
            .iter()
            .all(|literal| literal.is_null() || is(literal))
    };
    if all(Value::is_null) {
        Kind::Untyped(None)
    } else if all(Value::is_boolean) {
        Kind::Scalar(Type::Bool)
    } else if all(Value::is_i64) {
        Kind::Scalar(Type::Integer("i64"))
    } else if all(Value::is_number) {
        Kind::Scalar(Type::Number)
    } else {
        Kind::Untyped(Some("lists values of several types"))
    }
}

/// The texts of an enum: of `enum` itself, or of branches that are all enums.
fn words(schemas: &Schemas, merged: &Merged) -> Option<Vec<(String, Option<SchemaId>)>> {
    if !merged.types.intersects(Types::STRING) {
        return None;
    }
    if let Some(words) = merged.words() {
        return Some(
            words
                .into_iter()
                .map(|word| (word.to_owned(), None))
                .collect(),
        );
    }
    let groups = merged.groups();
    let ([group], None) = (groups.as_slice(), merged.literals()) else {
        return None;
    };
    let mut words: Vec<(String, Option<SchemaId>)> = Vec::new();
    for branch in *group {
        let branch_merged = merge(schemas, &[Part::open(*branch)]);
        if branch_merged.is_only_null() {
            continue;
        }
        let listed = branch_merged.words()?;
        let only = (listed.len() == 1).then_some(*branch);
        for word in listed {
            if !words.iter().any(|(known, _)| known == word) {
                words.push((word.to_owned(), only));
            }
        }
    }
    (!words.is_empty()).then_some(words)
}

fn branches_have_null(schemas: &Schemas, merged: &Merged) -> bool {
    let mut branches = merged.groups().into_iter().flatten();
    branches.any(|branch| {
        let branch = merge(schemas, &[Part::open(*branch)]);
        branch.is_only_null() || branch.is_nullable()
    })
}

fn kind_of_group(
    schemas: &Schemas,
    key: &[Part],
    merged: &Merged,
    group: &[SchemaId],
) -> (Kind, bool) {
    let is_null = |id: &SchemaId| merge(schemas, &[Part::open(*id)]).is_only_null();
    let branches: Vec<SchemaId> = group.iter().copied().filter(|id| !is_null(id)).collect();
    // `null` is no longer one of the values where the schema itself has another type.
    let has_null = branches.len() < group.len() && merged.types.contains(Types::NULL);
    if let [only] = branches[..] {
        return (Kind::Same(key_of_branch(schemas, key, only)), has_null);
    }
    // Branches that differ in their limits alone need no variants.
    let mut scalars = branches.iter().map(|id| {
        let branch = merge(schemas, &key_of_branch(schemas, key, *id));
        match kind_of_types(&branch) {
            Kind::Scalar(scalar) if branch.groups().is_empty() && !branch.is_nullable() => {
                Some(scalar)
            }
            _ => None,
        }
    });
    if let Some(Some(first)) = scalars.next()
        && scalars.all(|scalar| scalar.as_ref() == Some(&first))
    {
        return (Kind::Scalar(first), has_null);
    }
    (Kind::Union(branches), has_null)
}

/// Whether the branches of a group differ in what a type can show. If not, they are left to the table: a choice of
/// `required` lists, for example, is of no interest to a type.
fn shapes(schemas: &Schemas, base: &Merged, group: &[SchemaId], depth: u32) -> bool {
    /// Branches of branches of branches: whoever writes this wants a type of its own.
    const DEEPEST: u32 = 3;
    let kind = base.kind();
    if [Types::BOOLEAN, Types::INTEGER, Types::NUMBER, Types::STRING].contains(&kind) {
        return false;
    }
    let properties = base.properties();
    let is_deep = |id: &SchemaId| {
        let property = merge(schemas, &[Part::open(*id)]);
        !property.properties().is_empty()
            || !property.items().is_empty()
            || !property.groups().is_empty()
    };
    group.iter().any(|id| {
        let branch = merge(schemas, &[Part::open(*id)]);
        if branch.is_only_null() {
            return group.len() > 1 && kind == Types::ANY;
        }
        let is_narrower = !branch.types.union(Types::NULL).contains(kind);
        let lists_values = kind == Types::ANY && branch.literals().is_some();
        let adds_properties = branch
            .properties()
            .iter()
            .any(|(name, ids)| !properties.contains_key(name) || ids.iter().any(is_deep));
        let adds_members =
            matches!(branch.additional(), Additional::Typed(_)) || !branch.patterns().is_empty();
        let adds_items = !branch.items().is_empty() || branch.has_prefix_items();
        is_narrower
            || lists_values
            || adds_properties
            || adds_members
            || adds_items
            || branch
                .groups()
                .iter()
                .any(|group| depth == DEEPEST || shapes(schemas, base, group, depth + 1))
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let (schemas, id) = openapi_model::parse_schema(text).unwrap();
        let key = [Part::open(id)];
        let merged = merge(&schemas, &key);
        let (kind, nullable) = kind(&schemas, &key, &merged);
        let kind = match kind {
            Kind::Same(_) => "same".to_owned(),
            Kind::Scalar(scalar) => format!("{scalar:?}"),
            Kind::Words(words) => words
                .into_iter()
                .map(|(word, _)| word)
                .collect::<Vec<_>>()
                .join("|"),
            Kind::Union(branches) => format!("union of {}", branches.len()),
            Kind::Untyped(None) => "anything".to_owned(),
            Kind::Untyped(Some(why)) => why.to_owned(),
            kind => format!("{kind:?}"),
        };
        assert_eq!(
            if nullable {
                format!("{kind} or null")
            } else {
                kind
            },
            expected,
            "{text}"
        );
    }

    #[test]
    fn scalars_are_told_by_type_and_format() {
        check("{ type: boolean }", "Bool");
        check("{ type: integer }", r#"Integer("i64")"#);
        check(
            "{ type: integer, format: int32, nullable: true }",
            r#"Integer("i32") or null"#,
        );
        check(
            "{ type: integer, minimum: 0, maximum: 18446744073709551615 }",
            r#"Integer("u64")"#,
        );
        check("{ type: number }", "Number");
        check("{ type: string, format: date-time }", "DateTime");
        check("{ type: string, format: colour }", "Text");
        check("{ enum: [1, 2] }", r#"Integer("i64")"#);
        check("{ enum: [1, 2.5] }", "Number");
    }

    #[test]
    fn objects_are_structs_where_a_member_has_a_name_and_maps_otherwise() {
        check("{ type: object }", "Map");
        check(
            "{ type: object, additionalProperties: { type: string } }",
            "Map",
        );
        check("{ type: object, additionalProperties: false }", "Struct");
        check("{ type: object, required: [a] }", "Struct");
        check("{ properties: { a: {} } }", "Struct");
    }

    #[test]
    fn enums_of_texts_are_found_in_branches_too() {
        check("{ type: string, enum: [a, b] }", "a|b");
        check("{ enum: [a, null] }", "a or null");
        check(
            "{ oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }] }",
            "a|b",
        );
        check("{ oneOf: [{ enum: [a] }, { enum: [null] }] }", "a or null");
        check("{ enum: [a, 1] }", "lists values of several types");
    }

    #[test]
    fn branches_that_only_assert_do_not_shape_a_type() {
        check(
            "{ type: object, properties: { a: {}, b: {} }, anyOf: [{ required: [a] }, { required: [b] }] }",
            "Struct",
        );
        check(
            "{ properties: { a: {} }, oneOf: [{ type: object, properties: { a: { enum: [x] } } }, { maxProperties: 3 }] }",
            "Struct",
        );
        check(
            "{ type: string, oneOf: [{ format: date-time }, { maxLength: 3 }] }",
            "Text",
        );
        check("{ oneOf: [{ maxLength: 3 }, { minimum: 3 }] }", "anything");
    }

    #[test]
    fn branches_of_different_types_are_a_union() {
        check(
            "{ oneOf: [{ type: string }, { type: integer }] }",
            "union of 2",
        );
        check(
            "{ type: object, properties: { a: {} }, oneOf: [{ properties: { b: {} } }, { properties: { c: {} } }] }",
            "union of 2",
        );
        check(
            "{ oneOf: [{ type: string, format: email }, { type: string, maxLength: 3 }] }",
            "Text",
        );
        check(
            "{ anyOf: [{ type: string }, { type: string, format: uuid }] }",
            "union of 2",
        );
    }

    #[test]
    fn a_branch_that_is_null_is_no_branch() {
        check(
            "{ oneOf: [{ type: object, properties: { a: {} } }, { enum: [null] }] }",
            "same or null",
        );
        check(
            "{ oneOf: [{ type: string }, { type: integer }, { enum: [null] }] }",
            "union of 2 or null",
        );
    }

    #[test]
    fn what_has_no_pleasant_type_says_why() {
        check("{}", "anything");
        check(
            "{ oneOf: [{ type: string }, { type: integer }], anyOf: [{ type: boolean }, { type: integer }] }",
            "has several `oneOf` or `anyOf`, each with types of its own",
        );
    }
}
