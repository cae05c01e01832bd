//! Keywords that apply further schemas to the same value.

use serde_json::Value;

use super::{Applied, Walk};
use crate::place::Place;
use crate::{Schema, Types, Violation, words};

impl Walk {
    pub(super) fn combine(
        &mut self,
        schema: &Schema,
        value: &Value,
        place: &Place<'_>,
        applied: &Applied<'_>,
    ) {
        for part in schema.all_of {
            self.value_too(part, value, place, applied);
        }
        if !schema.any_of.is_empty()
            && !schema
                .any_of
                .iter()
                .any(|branch| self.holds_too(branch, value, applied))
        {
            self.no_branch(schema.any_of, value, place, applied, "anyOf");
        }
        if !schema.one_of.is_empty() {
            self.one_of(schema.one_of, value, place, applied);
        }
        if let Some(excluded) = schema.not
            && self.holds_too(excluded, value, applied)
        {
            self.fail(place, "not", || match only_required(excluded) {
                Some(names) => format!("must not have {}", words::all(&words::names(names))),
                None => "is of a form that is excluded".to_owned(),
            });
        }
        if let Some(condition) = schema.if_ {
            let branch = if self.holds_too(condition, value, applied) {
                schema.then
            } else {
                schema.else_
            };
            if let Some(branch) = branch {
                self.value_too(branch, value, place, applied);
            }
        }
        if let Value::Object(members) = value {
            for (trigger, dependent) in schema.dependent_schemas {
                if members.contains_key(*trigger) {
                    self.value_too(dependent, value, place, applied);
                }
            }
        }
    }

    fn one_of(
        &mut self,
        branches: &[&Schema],
        value: &Value,
        place: &Place<'_>,
        applied: &Applied<'_>,
    ) {
        let mut fitting = (1_usize..)
            .zip(branches)
            .filter(|(_, branch)| self.holds_too(branch, value, applied))
            .map(|(number, _)| number);
        match (fitting.next(), fitting.next()) {
            (Some(_), None) => {}
            (None, _) => self.no_branch(branches, value, place, applied, "oneOf"),
            (Some(first), Some(second)) => self.fail(place, "oneOf", || {
                let count = branches.len();
                format!("fits the allowed forms {first} and {second} of {count}, exactly one is expected")
            }),
        }
    }

    /// No branch fits: says what would have done, or how the nearest branch is missed.
    fn no_branch(
        &mut self,
        branches: &[&Schema],
        value: &Value,
        place: &Place<'_>,
        applied: &Applied<'_>,
        keyword: &'static str,
    ) {
        if self.probes > 0 {
            self.failed = true;
            return;
        }
        let lists: Vec<&[&str]> = branches
            .iter()
            .filter_map(|branch| only_required(branch))
            .collect();
        let types = branches
            .iter()
            .fold(Types::NONE, |types, branch| types.or(branch.types));
        let message = if !value.is_object() || lists.len() != branches.len() {
            if types.contains(Types::of(value)) {
                self.nearest_branch(branches, value, applied)
            } else {
                super::wrong_type(types, Types::of(value))
            }
        } else {
            let lists: Vec<String> = lists
                .iter()
                .map(|list| words::all(&words::names(list)))
                .collect();
            let number = if keyword == "anyOf" {
                "at least"
            } else {
                "exactly"
            };
            format!(
                "has too few members, {number} one of {} is needed",
                words::either(&lists)
            )
        };
        self.fail(place, keyword, || message);
    }

    fn nearest_branch(&self, branches: &[&Schema], value: &Value, applied: &Applied<'_>) -> String {
        let count = branches.len();
        let plain = format!("fits none of the {count} allowed forms");
        if self.explaining {
            // Explaining the branches of branches would take time by the power of their depth.
            return plain;
        }
        let nearest = branches
            .iter()
            .filter(|branch| branch.types.contains(Types::of(value)))
            .map(|branch| self.violations_of(branch, value, applied))
            .min_by_key(|violations| distance(violations));
        match nearest.as_deref() {
            Some([only]) => format!("{plain}, the nearest one but for this: {only}"),
            Some([first, rest @ ..]) => {
                format!(
                    "{plain}, the nearest one but for this: {first}; and {} more",
                    rest.len()
                )
            }
            _ => plain,
        }
    }

    fn violations_of(
        &self,
        schema: &Schema,
        value: &Value,
        applied: &Applied<'_>,
    ) -> Vec<Violation> {
        let mut walk = Walk::new(self.direction);
        walk.explaining = true;
        walk.depth = self.depth;
        walk.value_too(schema, value, &Place::Root, applied);
        walk.violations
    }
}

/// How far a value is from a branch: a property with another constant value says that another branch is meant.
fn distance(violations: &[Violation]) -> (bool, usize) {
    let is_tag = |v: &Violation| {
        matches!(v.keyword, "enum" | "const") && v.pointer.matches('/').count() == 1
    };
    (violations.iter().any(is_tag), violations.len())
}

/// The names that a schema requires, where that is all that it says.
fn only_required(schema: &Schema) -> Option<&'static [&'static str]> {
    let Schema {
        types,
        enumeration: None,
        constant: None,
        properties: [],
        pattern_properties: [],
        additional_properties: None,
        property_names: None,
        required,
        min_properties: None,
        max_properties: None,
        dependent_required: [],
        dependent_schemas: [],
        all_of: [],
        any_of: [],
        one_of: [],
        not: None,
        if_: None,
        ..
    } = *schema
    else {
        return None;
    };
    (types.contains(Types::OBJECT) && !required.is_empty()).then_some(required)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::expect::{INTEGER, NULL, TEXT, expect, expect_message};
    use crate::{Literal, Number, Pattern, Schema, Types};

    #[test]
    fn combinations() {
        static ALL: Schema = Schema {
            all_of: &[
                &TEXT,
                &Schema {
                    max_length: Some(1),
                    ..Schema::ANY
                },
            ],
            ..Schema::ANY
        };
        expect(&ALL, json!("a"), &[]);
        expect(&ALL, json!("ab"), &["maxLength"]);

        static SMALL: Schema = Schema {
            types: Types::INTEGER,
            maximum: Some(Number::Integer(10)),
            ..Schema::ANY
        };
        static ANY_OF: Schema = Schema {
            any_of: &[&TEXT, &SMALL, &INTEGER],
            ..Schema::ANY
        };
        expect(&ANY_OF, json!("a"), &[]);
        expect(&ANY_OF, json!(5), &[]);
        expect(&ANY_OF, json!(null), &["anyOf"]);
        expect_message(
            &ANY_OF,
            json!(null),
            "is null, an integer or a string is expected",
        );

        static ONE_OF: Schema = Schema {
            one_of: &[&TEXT, &SMALL, &INTEGER],
            ..Schema::ANY
        };
        expect(&ONE_OF, json!(50), &[]);
        expect(&ONE_OF, json!(5), &["oneOf"]);
        expect_message(
            &ONE_OF,
            json!(5),
            "fits the allowed forms 2 and 3 of 3, exactly one is expected",
        );

        static NOT: Schema = Schema {
            not: Some(&TEXT),
            ..Schema::ANY
        };
        expect(&NOT, json!(1), &[]);
        expect(&NOT, json!(""), &["not"]);
        static WITHOUT_A: Schema = Schema {
            not: Some(&Schema {
                required: &["a"],
                ..Schema::ANY
            }),
            ..Schema::ANY
        };
        expect_message(&WITHOUT_A, json!({"a": 1}), "must not have `a`");

        static IF: Schema = Schema {
            if_: Some(&INTEGER),
            then: Some(&SMALL),
            else_: Some(&TEXT),
            ..Schema::ANY
        };
        expect(&IF, json!(1), &[]);
        expect(&IF, json!(11), &["maximum"]);
        expect(&IF, json!("a"), &[]);
        expect(&IF, json!(null), &["type"]);
        static ONLY_IF: Schema = Schema {
            if_: Some(&INTEGER),
            ..Schema::ANY
        };
        expect(&ONLY_IF, json!(null), &[]);
    }

    #[test]
    fn branches_that_only_require_members_are_named_by_them() {
        static DATA: Schema = Schema {
            required: &["data"],
            ..Schema::ANY
        };
        static LINKS: Schema = Schema {
            required: &["links"],
            ..Schema::ANY
        };
        static EITHER: Schema = Schema {
            types: Types::OBJECT,
            any_of: &[&DATA, &LINKS],
            ..Schema::ANY
        };
        expect(&EITHER, json!({"data": 1, "links": 1}), &[]);
        expect(&EITHER, json!({}), &["anyOf"]);
        expect_message(
            &EITHER,
            json!({}),
            "has too few members, at least one of `data` or `links` is needed",
        );
    }

    #[test]
    fn the_nearest_branch_is_the_one_with_the_right_tag() {
        static CAT_KIND: Schema = Schema {
            enumeration: Some(&[Literal::String("cat")]),
            ..Schema::ANY
        };
        static DOG_KIND: Schema = Schema {
            enumeration: Some(&[Literal::String("dog")]),
            ..Schema::ANY
        };
        static CAT: Schema = Schema {
            properties: &[("kind", &CAT_KIND)],
            required: &["kind"],
            ..Schema::ANY
        };
        static DOG: Schema = Schema {
            properties: &[("kind", &DOG_KIND), ("name", &TEXT), ("age", &INTEGER)],
            required: &["kind", "name"],
            ..Schema::ANY
        };
        static PET: Schema = Schema {
            one_of: &[&CAT, &DOG],
            ..Schema::ANY
        };
        expect_message(
            &PET,
            json!({"kind": "dog", "name": 1}),
            "fits none of the 2 allowed forms, the nearest one but for this: /name: is an integer, a string is expected",
        );
        expect_message(
            &PET,
            json!({"kind": "dog", "age": "x"}),
            "fits none of the 2 allowed forms, the nearest one but for this: the member `name` is missing; and 1 more",
        );
    }

    #[test]
    fn names_of_members_are_judged_one_by_one_inside_branches() {
        static LOWER: Pattern = Pattern::new("^[a-z]$");
        static NAME: Schema = Schema {
            pattern: Some(&LOWER),
            ..Schema::ANY
        };
        static NAMES: Schema = Schema {
            property_names: Some(&NAME),
            ..Schema::ANY
        };
        static NESTED: Schema = Schema {
            not: Some(&Schema {
                not: Some(&NAMES),
                ..Schema::ANY
            }),
            ..Schema::ANY
        };
        static DEEPER: Schema = Schema {
            not: Some(&Schema {
                not: Some(&NESTED),
                ..Schema::ANY
            }),
            ..Schema::ANY
        };
        expect(&DEEPER, json!({"a": 1, "b": 1}), &[]);
        expect(&DEEPER, json!({"a": 1, "b": 1, "c1": 1}), &["not"]);
    }

    /// Without remembered verdicts this would take two to the power of a hundred steps.
    #[test]
    fn branches_that_share_their_parts_take_no_longer_than_the_value_is_deep() {
        static A: Schema = Schema {
            properties: &[("child", &NODE), ("end", &TEXT)],
            ..Schema::ANY
        };
        static B: Schema = Schema {
            properties: &[("child", &NODE), ("end", &NULL)],
            ..Schema::ANY
        };
        static NODE: Schema = Schema {
            any_of: &[&A, &B],
            ..Schema::ANY
        };
        let deep =
            |end: Value| (0..100).fold(json!({"end": end}), |inner, _| json!({"child": inner}));
        expect(&NODE, deep(json!(null)), &[]);
        expect(&NODE, deep(json!(1)), &["anyOf"]);
    }
}
