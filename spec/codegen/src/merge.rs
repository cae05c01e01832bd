//! Several schemas that hold for one value, looked at as one.
//!
//! A value keeps a schema, whatever its `$ref` leads to, and every branch of its `allOf`. For a type, it matters what all
//! of them say together. They are not copied into one: a [`Merged`] is a list of schemas and answers from all of them.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapi_model::{Schema, SchemaId, Schemas, Types};
use serde_json::Value;

/// A schema among several that hold for one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub id: SchemaId,
    /// Whether its `anyOf` and `oneOf` still have to be decided. They are settled in the form that one of their branches
    /// gives to a value.
    pub is_open: bool,
}

impl Part {
    pub fn open(id: SchemaId) -> Part {
        Part { id, is_open: true }
    }
}

/// What some schemas say together.
pub(crate) struct Merged<'s> {
    all: &'s Schemas,
    /// The schemas, with all that they refer to, each once, in the document's order.
    pub parts: Vec<(Part, &'s Schema)>,
    /// The types that all of them allow.
    pub types: Types,
}

/// What objects may hold beside their properties.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Additional {
    /// Nothing is said: whatever else comes is not looked at.
    Ignored,
    /// Nothing.
    Forbidden,
    /// Members of that kind. No schema at all stands for any value.
    Typed(Vec<SchemaId>),
}

/// What some schemas together say, with everything that they refer to.
pub(crate) fn merge<'s>(schemas: &'s Schemas, key: &[Part]) -> Merged<'s> {
    let mut parts = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting: Vec<Part> = key.iter().rev().copied().collect();
    while let Some(part) = waiting.pop() {
        if !seen.insert(part.id) {
            continue;
        }
        let schema = schemas.get(part.id);
        parts.push((part, schema));
        let below = schema.all_of.iter().rev().chain(&schema.reference);
        waiting.extend(below.map(|id| Part {
            id: *id,
            is_open: part.is_open,
        }));
    }
    let types = parts.iter().fold(Types::ANY, |types, (_, schema)| {
        types.intersection(schema.types)
    });
    Merged {
        all: schemas,
        parts,
        types,
    }
}

impl<'s> Merged<'s> {
    /// The schema that comes first: the one that the others were found from.
    pub fn first(&self) -> Option<(Part, &'s Schema)> {
        self.parts.first().copied()
    }

    fn schemas(&self) -> impl Iterator<Item = &'s Schema> + '_ {
        self.parts.iter().map(|(_, schema)| *schema)
    }

    /// The types without `null`, by the keywords where no `type` says it.
    pub fn kind(&self) -> Types {
        let types = if self.types == Types::ANY {
            self.implied_types()
        } else {
            self.types
        };
        if types == Types::ANY {
            types
        } else {
            types.without(Types::NULL)
        }
    }

    /// What the keywords are about, where that is one type.
    fn implied_types(&self) -> Types {
        let is_object = self.schemas().any(|s| {
            !s.properties.is_empty()
                || !s.pattern_properties.is_empty()
                || !s.required.is_empty()
                || s.additional_properties.is_some()
                || s.min_properties.is_some()
                || s.max_properties.is_some()
        });
        let is_array = self.schemas().any(|s| {
            s.items.is_some()
                || !s.prefix_items.is_empty()
                || s.min_items.is_some()
                || s.max_items.is_some()
                || s.unique_items
        });
        match (is_object, is_array) {
            (true, false) => Types::OBJECT,
            (false, true) => Types::ARRAY,
            _ => Types::ANY,
        }
    }

    /// Whether `null` is a value, as far as `type`, `enum` and `const` say.
    pub fn is_nullable(&self) -> bool {
        self.types.contains(Types::NULL)
            && self.types != Types::ANY
            && self
                .literals()
                .is_none_or(|literals| literals.contains(&&Value::Null))
            || self.types == Types::ANY
                && self
                    .literals()
                    .is_some_and(|literals| literals.contains(&&Value::Null))
    }

    /// Whether `null` is the only value.
    pub fn is_only_null(&self) -> bool {
        self.types == Types::NULL
            || self
                .literals()
                .is_some_and(|literals| literals.iter().all(|literal| literal.is_null()))
    }

    /// The values that `enum` and `const` leave.
    pub fn literals(&self) -> Option<Vec<&'s Value>> {
        let mut lists = self.schemas().flat_map(|schema| {
            let constant = schema.constant.as_ref().map(|constant| vec![constant]);
            schema
                .enumeration
                .as_ref()
                .map(|list| list.iter().collect())
                .into_iter()
                .chain(constant)
        });
        let mut literals: Vec<&Value> = lists.next()?;
        for list in lists {
            literals.retain(|literal| list.contains(literal));
        }
        let mut seen = Vec::new();
        literals.retain(|literal| {
            let is_new = !seen.contains(literal);
            seen.push(*literal);
            is_new
        });
        Some(literals)
    }

    /// The values of `enum` and `const`, where they are strings, or strings and `null`.
    pub fn words(&self) -> Option<Vec<&'s str>> {
        let literals = self.literals()?;
        let words: Vec<&str> = literals
            .iter()
            .filter_map(|literal| literal.as_str())
            .collect();
        let nulls = literals.iter().filter(|literal| literal.is_null()).count();
        (!words.is_empty() && words.len() + nulls == literals.len()).then_some(words)
    }

    /// The properties, each with all the schemas that hold for it.
    pub fn properties(&self) -> IndexMap<&'s str, Vec<SchemaId>> {
        let mut properties: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
        for schema in self.schemas() {
            for (name, id) in &schema.properties {
                let ids = properties.entry(name).or_default();
                if !ids.contains(id) {
                    ids.push(*id);
                }
            }
        }
        properties
    }

    /// The names of the members that must be there.
    pub fn required(&self) -> IndexSet<&'s str> {
        self.schemas()
            .flat_map(|schema| schema.required.iter().map(String::as_str))
            .collect()
    }

    pub fn additional(&self) -> Additional {
        let ids: Vec<SchemaId> = self
            .schemas()
            .filter_map(|schema| schema.additional_properties)
            .collect();
        if ids.iter().any(|id| self.all.get(*id).types == Types::NONE) {
            Additional::Forbidden
        } else if ids.is_empty() {
            Additional::Ignored
        } else {
            Additional::Typed(
                ids.into_iter()
                    .filter(|id| !is_any(self.all.get(*id)))
                    .collect(),
            )
        }
    }

    /// The schemas of `patternProperties`.
    pub fn patterns(&self) -> Vec<SchemaId> {
        self.schemas()
            .flat_map(|schema| schema.pattern_properties.values().copied())
            .collect()
    }

    /// The schemas of an array's items.
    pub fn items(&self) -> Vec<SchemaId> {
        self.schemas().filter_map(|schema| schema.items).collect()
    }

    pub fn has_prefix_items(&self) -> bool {
        self.schemas().any(|schema| !schema.prefix_items.is_empty())
    }

    pub fn format(&self) -> Option<&'s str> {
        self.schemas().find_map(|schema| schema.format.as_deref())
    }

    /// Whether a schema is one of those that are merged here.
    pub fn has(&self, id: SchemaId) -> bool {
        let id = self.all.resolve(id);
        self.parts.iter().any(|(part, _)| part.id == id)
    }

    /// Each `anyOf` and `oneOf` that is not decided yet.
    ///
    /// One of them may list a schema that is merged here, as where a base schema lists those that are made from it by
    /// `allOf`. Then it is decided: that branch is the one.
    pub fn groups(&self) -> Vec<&'s [SchemaId]> {
        let open = self.parts.iter().filter(|(part, _)| part.is_open);
        open.flat_map(|(_, schema)| [schema.any_of.as_slice(), &schema.one_of])
            .filter(|group| !group.is_empty() && !group.iter().any(|branch| self.has(*branch)))
            .collect()
    }

    /// Whether the schemas say nothing that a type could show, beside the types themselves.
    pub fn is_silent(&self) -> bool {
        self.schemas().all(is_silent) && self.groups().is_empty()
    }
}

/// Whether a schema by itself, without its references and branches, says nothing that a type could show.
pub(crate) fn is_silent(schema: &Schema) -> bool {
    schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.format.is_none()
        && schema.properties.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.additional_properties.is_none()
        && schema.required.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
}

/// Whether a schema is nothing but a reference.
pub(crate) fn is_reference(schema: &Schema) -> bool {
    schema.reference.is_some()
        && says_nothing_else(&Schema {
            reference: None,
            ..schema.clone()
        })
}

/// Whether a schema allows every value.
pub(crate) fn is_any(schema: &Schema) -> bool {
    says_nothing_else(schema)
}

fn says_nothing_else(schema: &Schema) -> bool {
    let Schema {
        pointer,
        line,
        annotations,
        ..
    } = schema.clone();
    *schema
        == Schema {
            pointer,
            line,
            annotations,
            ..Schema::default()
        }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    /// Merges the properties `a`, `b`, ... of a schema, so that tests can write several in one text.
    fn check(text: &str, look: impl FnOnce(&Schemas, Merged)) {
        let (schemas, id) = openapi_model::parse_schema(text).unwrap();
        let parts: Vec<Part> = schemas
            .get(id)
            .properties
            .values()
            .map(|id| Part::open(*id))
            .collect();
        look(&schemas, merge(&schemas, &parts));
    }

    #[test]
    fn references_and_branches_of_all_of_are_followed() {
        let text = "{ properties: { a: { allOf: [{ $ref: '#/properties/b' }, { required: [x] }] }, b: { type: object } } }";
        check(text, |_, merged| {
            assert_eq!(merged.parts.len(), 4);
            assert_eq!(merged.types, Types::OBJECT);
            assert_eq!(merged.required(), IndexSet::from(["x"]));
        });
    }

    #[test]
    fn a_schema_that_leads_back_to_itself_is_merged_once() {
        check(
            "{ properties: { a: { allOf: [{ $ref: '#/properties/a' }], type: string } } }",
            |_, merged| {
                assert_eq!(merged.parts.len(), 2);
                assert_eq!(merged.types, Types::STRING);
            },
        );
    }

    #[test]
    fn what_all_allow_is_left() {
        check(
            "{ properties: { a: { type: number, nullable: true }, b: { type: integer } } }",
            |_, merged| {
                assert_eq!(merged.types, Types::INTEGER);
                assert!(!merged.is_nullable());
            },
        );
        check(
            "{ properties: { a: { enum: [a, b, c, b] }, b: { enum: [c, b, d] } } }",
            |_, merged| {
                assert_eq!(merged.literals(), Some(vec![&json!("b"), &json!("c")]));
                assert_eq!(merged.words(), Some(vec!["b", "c"]));
            },
        );
    }

    #[test]
    fn null_is_a_value_where_type_and_enum_both_have_it() {
        check(
            "{ properties: { a: { type: string, nullable: true } } }",
            |_, merged| assert!(merged.is_nullable()),
        );
        check(
            "{ properties: { a: { type: string, nullable: true, enum: [a] } } }",
            |_, merged| assert!(!merged.is_nullable()),
        );
        check(
            "{ properties: { a: { type: string, nullable: true, enum: [a, null] } } }",
            |_, merged| assert!(merged.is_nullable()),
        );
        check("{ properties: { a: { enum: [a, null] } } }", |_, merged| {
            assert!(merged.is_nullable())
        });
        check("{ properties: { a: { enum: [null] } } }", |_, merged| {
            assert!(merged.is_only_null())
        });
    }

    #[test]
    fn a_schema_without_type_is_of_the_type_that_its_keywords_are_about() {
        check("{ properties: { a: { required: [x] } } }", |_, merged| {
            assert_eq!(merged.kind(), Types::OBJECT)
        });
        check("{ properties: { a: { minItems: 1 } } }", |_, merged| {
            assert_eq!(merged.kind(), Types::ARRAY)
        });
        check("{ properties: { a: { maxLength: 1 } } }", |_, merged| {
            assert_eq!(merged.kind(), Types::ANY)
        });
    }

    #[test]
    fn members_beside_the_properties_are_what_every_schema_allows() {
        check("{ properties: { a: { properties: {} } } }", |_, merged| {
            assert_eq!(merged.additional(), Additional::Ignored)
        });
        check(
            "{ properties: { a: { additionalProperties: true } } }",
            |_, merged| {
                assert_eq!(merged.additional(), Additional::Typed(vec![]));
            },
        );
        check(
            "{ properties: { a: { additionalProperties: { type: string } }, b: { additionalProperties: false } } }",
            |_, merged| {
                assert_eq!(merged.additional(), Additional::Forbidden);
            },
        );
    }
}
