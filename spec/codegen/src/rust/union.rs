//! Names for the forms of a union.

use openapi_model::{SchemaId, Schemas, Types};

use crate::merge::{Merged, Part, merge};
use crate::naming::{Names, type_name};

/// A name for each branch: the branch's own, that of the value which tells it from the others, its title, its type, or a
/// number.
pub(super) fn variant_names(
    schemas: &Schemas,
    branches: &[SchemaId],
    name_of: impl Fn(SchemaId) -> Option<String>,
) -> Vec<String> {
    let tags = tags(schemas, branches);
    let mut names = Names::default();
    let name = |(index, id): (usize, &SchemaId)| {
        let resolved = schemas.resolve(*id);
        let title = schemas.get(resolved).annotations.title.as_deref();
        let named = name_of(resolved)
            .or_else(|| tags.as_ref().map(|tags| type_name(&tags[index])))
            .or_else(|| title.map(type_name))
            .or_else(|| name_of_kind(&merge(schemas, &[Part::open(*id)])))
            .unwrap_or_else(|| format!("Form{}", index + 1));
        names.claim(&named)
    };
    branches.iter().enumerate().map(name).collect()
}

/// The values of the first property that has exactly one text in every branch, another one in each.
fn tags(schemas: &Schemas, branches: &[SchemaId]) -> Option<Vec<String>> {
    let candidates = merge(schemas, &[Part::open(*branches.first()?)]).properties();
    candidates.keys().find_map(|name| {
        let tags: Vec<String> = branches
            .iter()
            .map(|branch| {
                let properties = merge(schemas, &[Part::open(*branch)]).properties();
                let key: Vec<Part> = properties
                    .get(name)?
                    .iter()
                    .map(|id| Part::open(*id))
                    .collect();
                match merge(schemas, &key).words()?[..] {
                    [word] => Some(word.to_owned()),
                    _ => None,
                }
            })
            .collect::<Option<_>>()?;
        let differ = tags
            .iter()
            .enumerate()
            .all(|(index, tag)| !tags[..index].contains(tag));
        differ.then_some(tags)
    })
}

/// A name for a branch that has none, by its type.
fn name_of_kind(merged: &Merged) -> Option<String> {
    let name = match (merged.kind(), merged.words().as_deref(), merged.format()) {
        (_, Some([word]), _) => return Some(type_name(word)),
        (_, Some(_), _) => "Word",
        (Types::BOOLEAN, ..) => "Bool",
        (Types::INTEGER, ..) => "Integer",
        (Types::NUMBER, ..) => "Number",
        (Types::STRING, _, Some("date-time")) => "DateTime",
        (Types::STRING, _, Some("uuid")) => "Uuid",
        (Types::STRING, ..) => "Text",
        (Types::ARRAY, ..) => "List",
        (Types::OBJECT, ..) => "Object",
        _ => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (schemas, id) = openapi_model::parse_schema(text).unwrap();
        assert_eq!(
            variant_names(&schemas, &schemas.get(id).one_of, |_| None),
            expected,
            "{text}"
        );
    }

    #[test]
    fn variants_are_named_by_what_tells_them_apart() {
        check(
            "{ oneOf: [{ properties: { n: {}, kind: { enum: [cat] } } }, { properties: { kind: { enum: [dog] } } }] }",
            &["Cat", "Dog"],
        );
        check(
            "{ oneOf: [{ type: string, enum: [new] }, { enum: [a, b] }, { type: string, format: uuid }] }",
            &["New", "Word", "Uuid"],
        );
        check(
            "{ oneOf: [{ title: a cat }, { type: string }] }",
            &["ACat", "Text"],
        );
        check(
            "{ oneOf: [{ type: object }, { type: object }, { type: array, items: {} }, {}] }",
            &["Object", "Object2", "List", "Form4"],
        );
        check(
            "{ oneOf: [{ properties: { kind: { enum: [cat] } } }, { properties: { kind: { enum: [cat] } } }] }",
            &["Object", "Object2"],
        );
    }
}
