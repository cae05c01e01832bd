//! Keywords of objects.

use serde_json::{Map, Value};

use super::{Walk, check, is_valid, too_many_or_few};
use crate::place::Place;
use crate::{Direction, Schema, Types, words};

impl Walk {
    pub(super) fn object(
        &mut self,
        schema: &Schema,
        members: &Map<String, Value>,
        place: &Place<'_>,
    ) {
        let size = members.len() as u64;
        if let Some(least) = schema.min_properties
            && size < least
        {
            self.fail(place, "minProperties", || {
                too_many_or_few(size, least, "member", false)
            });
        }
        if let Some(most) = schema.max_properties
            && size > most
        {
            self.fail(place, "maxProperties", || {
                too_many_or_few(size, most, "member", true)
            });
        }
        for name in schema.required {
            if !members.contains_key(*name) && !self.is_excused(schema, name) {
                self.fail(place, "required", || {
                    format!("the member `{name}` is missing")
                });
            }
        }
        for (trigger, needed) in schema.dependent_required {
            if members.contains_key(*trigger) {
                for name in needed.iter().filter(|name| !members.contains_key(**name)) {
                    self.fail(place, "dependentRequired", || {
                        format!("the member `{name}` is missing, which `{trigger}` asks for")
                    });
                }
            }
        }
        for (name, property) in schema.properties {
            if let Some(member) = members.get(*name) {
                let place = Place::Member(place, name);
                if property.write_only && self.direction == Direction::Response {
                    self.fail(&place, "writeOnly", || {
                        "must not be in a response".to_owned()
                    });
                } else {
                    self.part("properties", property, member, &place);
                }
            }
        }
        self.other_members(schema, members, place);
    }

    /// The keywords that look at every member: `patternProperties`, `additionalProperties`, `propertyNames`.
    fn other_members(&mut self, schema: &Schema, members: &Map<String, Value>, place: &Place<'_>) {
        if schema.pattern_properties.is_empty()
            && schema.additional_properties.is_none()
            && schema.property_names.is_none()
        {
            return;
        }
        for (name, member) in members {
            if self.is_done() {
                return;
            }
            let place = Place::Member(place, name);
            let mut named = schema.property(name).is_some();
            for (pattern, property) in schema.pattern_properties {
                if pattern.is_found_in(name) {
                    named = true;
                    self.part("patternProperties", property, member, &place);
                }
            }
            if let Some(additional) = schema.additional_properties
                && !named
            {
                if additional.types == Types::NONE {
                    self.fail(&place, "additionalProperties", || unknown_member(schema));
                } else {
                    self.value(additional, member, &place);
                }
            }
            if let Some(names) = schema.property_names {
                self.member_name(names, name, &place);
            }
        }
    }

    /// The name of a member, as a value of its own. What is wrong with it is said of the member.
    fn member_name(&mut self, schema: &Schema, name: &str, place: &Place<'_>) {
        // Not by `holds`: the value is gone after this, and its address may be the next name's.
        let name = Value::from(name);
        if !is_valid(schema, &name, self.direction) {
            self.fail(place, "propertyNames", || {
                let reasons: Vec<String> = check(schema, &name, Direction::Request)
                    .into_iter()
                    .map(|v| v.message)
                    .collect();
                format!(
                    "has a name that is not allowed: it {}",
                    words::all(&reasons)
                )
            });
        }
    }

    /// Whether a required member may be missing because it travels the other way only.
    fn is_excused(&self, schema: &Schema, name: &str) -> bool {
        schema
            .property(name)
            .is_some_and(|property| match self.direction {
                Direction::Request => property.read_only,
                Direction::Response => property.write_only,
            })
    }
}

fn unknown_member(schema: &Schema) -> String {
    /// A longer list helps nobody to find the misspelt name.
    const MOST: usize = 12;
    let known: Vec<&str> = schema.properties.iter().map(|(name, _)| *name).collect();
    match known.len() {
        1..=MOST => format!(
            "is an unknown member, known are {}",
            words::all(&words::names(&known))
        ),
        _ => "is an unknown member".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::expect::{INTEGER, TEXT, expect, expect_in, expect_message};
    use crate::{Direction, Pattern, Schema, Types};

    #[test]
    fn objects() {
        static SCHEMA: Schema = Schema {
            types: Types::OBJECT,
            properties: &[("a", &TEXT), ("b/c", &INTEGER), ("never", &Schema::NEVER)],
            required: &["a", "undeclared"],
            min_properties: Some(2),
            max_properties: Some(3),
            ..Schema::ANY
        };
        expect(&SCHEMA, json!({"a": "", "undeclared": null}), &[]);
        expect(
            &SCHEMA,
            json!({"a": "", "undeclared": null, "open": 1}),
            &[],
        );
        expect(
            &SCHEMA,
            json!({"a": null, "undeclared": null}),
            &["type /a"],
        );
        expect(
            &SCHEMA,
            json!({"a": "", "b/c": "1"}),
            &["required", "type /b~1c"],
        );
        expect(
            &SCHEMA,
            json!({}),
            &["minProperties", "required", "required"],
        );
        expect(
            &SCHEMA,
            json!({"a": "", "undeclared": 0, "c": 0, "d": 0}),
            &["maxProperties"],
        );
        expect(
            &SCHEMA,
            json!({"a": "", "undeclared": 0, "never": 0}),
            &["properties /never"],
        );
        expect(&SCHEMA, json!([]), &["type"]);
        expect_message(
            &SCHEMA,
            json!({"a": "", "x": 1}),
            "the member `undeclared` is missing",
        );
    }

    #[test]
    fn members_without_a_property() {
        static X: Pattern = Pattern::new("^x-");
        static CLOSED: Schema = Schema {
            properties: &[("a", &Schema::ANY), ("b", &Schema::ANY)],
            pattern_properties: &[(&X, &TEXT)],
            additional_properties: Some(&Schema::NEVER),
            ..Schema::ANY
        };
        expect(&CLOSED, json!({"a": 1, "x-1": ""}), &[]);
        expect(
            &CLOSED,
            json!({"c": 1, "x-1": 1}),
            &["additionalProperties /c", "type /x-1"],
        );
        expect(&CLOSED, json!({"~": 1}), &["additionalProperties /~0"]);
        expect_message(
            &CLOSED,
            json!({"c": 1}),
            "/c: is an unknown member, known are `a` and `b`",
        );

        static TYPED: Schema = Schema {
            properties: &[("a", &TEXT)],
            additional_properties: Some(&INTEGER),
            ..Schema::ANY
        };
        expect(&TYPED, json!({"a": "", "b": 1}), &[]);
        expect(&TYPED, json!({"a": 1, "b": ""}), &["type /a", "type /b"]);

        static LOWER: Pattern = Pattern::new("^[a-z]*$");
        static NAME: Schema = Schema {
            pattern: Some(&LOWER),
            max_length: Some(2),
            ..Schema::ANY
        };
        static NAMES: Schema = Schema {
            property_names: Some(&NAME),
            ..Schema::ANY
        };
        expect(&NAMES, json!({"ab": 1}), &[]);
        expect(
            &NAMES,
            json!({"abc": 1, "A": 1}),
            &["propertyNames /A", "propertyNames /abc"],
        );
        expect_message(
            &NAMES,
            json!({"A": 1}),
            "/A: has a name that is not allowed: it does not match the pattern ^[a-z]*$",
        );
    }

    #[test]
    fn dependent_members() {
        static NEEDS_B: Schema = Schema {
            required: &["b"],
            ..Schema::ANY
        };
        static SCHEMA: Schema = Schema {
            dependent_required: &[("card", &["holder", "expiry"])],
            dependent_schemas: &[("a", &NEEDS_B)],
            ..Schema::ANY
        };
        expect(&SCHEMA, json!({"holder": 1}), &[]);
        expect(
            &SCHEMA,
            json!({"card": 1, "expiry": 1}),
            &["dependentRequired"],
        );
        expect(&SCHEMA, json!({"a": 1}), &["required"]);
        expect(&SCHEMA, json!({"a": 1, "b": 1}), &[]);
        expect_message(
            &SCHEMA,
            json!({"card": 1, "holder": 1}),
            "the member `expiry` is missing, which `card` asks for",
        );
    }

    #[test]
    fn members_that_travel_one_way() {
        static READ: Schema = Schema {
            read_only: true,
            ..TEXT
        };
        static WRITE: Schema = Schema {
            write_only: true,
            ..TEXT
        };
        static SCHEMA: Schema = Schema {
            properties: &[("id", &READ), ("secret", &WRITE)],
            required: &["id", "secret"],
            ..Schema::ANY
        };
        expect_in(Direction::Request, &SCHEMA, json!({"secret": ""}), &[]);
        expect_in(
            Direction::Request,
            &SCHEMA,
            json!({"id": "", "secret": ""}),
            &[],
        );
        expect_in(
            Direction::Request,
            &SCHEMA,
            json!({"id": ""}),
            &["required"],
        );
        expect_in(Direction::Response, &SCHEMA, json!({"id": ""}), &[]);
        expect_in(Direction::Response, &SCHEMA, json!({}), &["required"]);
        expect_in(
            Direction::Response,
            &SCHEMA,
            json!({"id": "", "secret": ""}),
            &["writeOnly /secret"],
        );
    }
}
