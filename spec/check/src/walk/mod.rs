//! The check: a table and a value, walked together.
//!
//! One walk does two things. *Collecting*, it writes down every violation. *Probing*, it only wants to know whether
//! there is one, for the branches of `anyOf` and the like, and stops at the first. Nothing is allocated for a value
//! that is valid, but by `pattern`, `propertyNames`, `uniqueItems` over many items, and probes that are nested deeply.

mod array;
mod combine;
#[cfg(test)]
mod expect;
mod object;
mod scalar;
mod unique;

use std::collections::HashMap;

use serde_json::Value;

use crate::place::Place;
use crate::{Direction, Schema, Types, Violation, words};

/// How many violations are collected at most. A small value can break a great many rules (an object of a thousand
/// unknown members), and an answer that lists them must not be much larger than the request was.
pub const MOST_VIOLATIONS: usize = 100;

/// How deeply schemas are followed into a value before the value counts as too deep. [`parse_json`](crate::parse_json)
/// lets at most 128 levels in; this stops values that were made in the program.
const DEEPEST: u32 = 512;

/// From this nesting of probes on, verdicts are remembered. A recursive schema with `anyOf` can ask about the same
/// part of a value again and again, twice as often on every level.
const REMEMBERED_FROM: u32 = 3;

/// Everything that is wrong with a value, in the schema's order, at most [`MOST_VIOLATIONS`].
///
/// A value of the wrong type is wrong in that way only, and text that is too long is not searched for its pattern.
/// For `anyOf` and `oneOf` there is one violation, at the value.
pub fn check(schema: &Schema, value: &Value, direction: Direction) -> Vec<Violation> {
    let mut walk = Walk::new(direction);
    walk.value(schema, value, &Place::Root);
    if walk.is_too_deep && walk.violations.is_empty() {
        walk.fail(&Place::Root, "type", too_deep);
    }
    walk.violations
}

/// Whether nothing is wrong with a value. Faster than [`check`] for a value that is not valid.
pub fn is_valid(schema: &Schema, value: &Value, direction: Direction) -> bool {
    let mut walk = Walk::new(direction);
    walk.holds(schema, value) && !walk.is_too_deep
}

/// The schemas that are being applied to one value, the innermost first.
///
/// Schemas may lead back to themselves without going into the value: a base schema lists in `oneOf` what is made from it
/// by `allOf`.
struct Applied<'a> {
    schema: &'a Schema,
    outer: Option<&'a Applied<'a>>,
}

impl Applied<'_> {
    fn has(&self, schema: &Schema) -> bool {
        let mut at = Some(self);
        while let Some(applied) = at {
            if std::ptr::eq(applied.schema, schema) {
                return true;
            }
            at = applied.outer;
        }
        false
    }
}

struct Walk {
    direction: Direction,
    violations: Vec<Violation>,
    /// How many probes are nested; 0 while collecting.
    probes: u32,
    /// Whether the present probe has failed.
    failed: bool,
    depth: u32,
    /// Whether part of the value was not looked at. Then it is not valid, even where that part stands below a `not`.
    is_too_deep: bool,
    /// Whether this walk only explains why a branch does not fit, so that no further walk is made for its branches.
    explaining: bool,
    /// How often a schema was assumed to hold, because it was being applied already.
    assumed: u64,
    /// Verdicts of deeply nested probes, by the addresses of schema and value, which stay put during the walk.
    verdicts: HashMap<(usize, usize), bool>,
}

impl Walk {
    fn new(direction: Direction) -> Walk {
        Walk {
            direction,
            violations: Vec::new(),
            probes: 0,
            failed: false,
            depth: 0,
            is_too_deep: false,
            explaining: false,
            assumed: 0,
            verdicts: HashMap::new(),
        }
    }

    /// Whether nothing can be learned any more.
    fn is_done(&self) -> bool {
        if self.probes > 0 {
            self.failed
        } else {
            self.violations.len() >= MOST_VIOLATIONS
        }
    }

    fn fail(&mut self, place: &Place<'_>, keyword: &'static str, message: impl FnOnce() -> String) {
        if self.probes > 0 {
            self.failed = true;
        } else if self.violations.len() < MOST_VIOLATIONS {
            self.violations.push(Violation {
                pointer: place.pointer(),
                keyword,
                message: message(),
            });
        }
    }

    /// Whether a part of the value is valid, without a word about why not.
    fn holds(&mut self, schema: &Schema, value: &Value) -> bool {
        self.probe(schema, value, |walk| {
            walk.value(schema, value, &Place::Root)
        })
    }

    /// Whether the present value is valid for a further schema.
    fn holds_too(&mut self, schema: &Schema, value: &Value, outer: &Applied<'_>) -> bool {
        self.probe(schema, value, |walk| {
            walk.value_too(schema, value, &Place::Root, outer)
        })
    }

    fn probe(&mut self, schema: &Schema, value: &Value, check: impl FnOnce(&mut Walk)) -> bool {
        let key = (
            std::ptr::from_ref(schema).addr(),
            std::ptr::from_ref(value).addr(),
        );
        let remembered = self.probes >= REMEMBERED_FROM;
        if remembered && let Some(verdict) = self.verdicts.get(&key) {
            return *verdict;
        }
        let outer = std::mem::replace(&mut self.failed, false);
        let assumed = self.assumed;
        self.probes += 1;
        check(self);
        self.probes -= 1;
        let verdict = !std::mem::replace(&mut self.failed, outer);
        // A verdict that rests on an assumption holds here only.
        if remembered && assumed == self.assumed {
            self.verdicts.insert(key, verdict);
        }
        verdict
    }

    /// Checks a part of the value, to which no other schema has been applied yet.
    fn value(&mut self, schema: &Schema, value: &Value, place: &Place<'_>) {
        self.apply(
            schema,
            value,
            place,
            &Applied {
                schema,
                outer: None,
            },
        );
    }

    /// Checks the present value with a further schema. One that is being applied to it already, further out, asks for
    /// nothing new, and is assumed to hold.
    fn value_too(
        &mut self,
        schema: &Schema,
        value: &Value,
        place: &Place<'_>,
        outer: &Applied<'_>,
    ) {
        if outer.has(schema) {
            self.assumed += 1;
        } else {
            self.apply(
                schema,
                value,
                place,
                &Applied {
                    schema,
                    outer: Some(outer),
                },
            );
        }
    }

    /// Every keyword works by itself; those for another type than the value's have nothing to say.
    fn apply(&mut self, schema: &Schema, value: &Value, place: &Place<'_>, applied: &Applied<'_>) {
        if self.is_done() {
            return;
        }
        if self.depth == DEEPEST {
            self.is_too_deep = true;
            return self.fail(place, "type", too_deep);
        }
        self.depth += 1;
        let found = Types::of(value);
        if schema.types.contains(found) {
            self.enumeration(schema, value, place);
            match value {
                Value::Null | Value::Bool(_) => {}
                Value::Number(number) => self.number(schema, number, place),
                Value::String(text) => self.text(schema, text, place),
                Value::Array(items) => self.array(schema, items, place),
                Value::Object(members) => self.object(schema, members, place),
            }
            self.combine(schema, value, place, applied);
        } else {
            self.fail(place, "type", || wrong_type(schema.types, found));
        }
        self.depth -= 1;
    }

    /// Checks a part of a value. Where no value at all may stand, the keyword that says so is to blame.
    fn part(&mut self, keyword: &'static str, schema: &Schema, value: &Value, place: &Place<'_>) {
        if schema.types == Types::NONE {
            self.fail(place, keyword, || "is not allowed".to_owned());
        } else {
            self.value(schema, value, place);
        }
    }
}

fn too_deep() -> String {
    "is nested too deeply".to_owned()
}

fn wrong_type(expected: Types, found: Types) -> String {
    if expected == Types::NONE {
        return "is not allowed".to_owned();
    }
    format!(
        "is {}, {} is expected",
        found.in_words(),
        expected.in_words()
    )
}

/// Says that a number of things is above or below a limit: `has 3 items, at most 2 are allowed`.
fn too_many_or_few(actual: u64, limit: u64, noun: &str, above: bool) -> String {
    let verdict = if above {
        format!("at most {limit} {}", words::are(limit, "allowed"))
    } else {
        format!("at least {limit} {}", words::are(limit, "needed"))
    };
    format!("has {}, {verdict}", words::count(actual, noun))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::expect::{TEXT, expect};
    use crate::{Direction, Literal, MOST_VIOLATIONS, Schema, Types, check, is_valid};

    #[test]
    fn recursive_schemas_are_followed_into_the_value() {
        static TREE: Schema = Schema {
            types: Types::OBJECT,
            properties: &[("children", &TREES), ("name", &TEXT)],
            ..Schema::ANY
        };
        static TREES: Schema = Schema {
            types: Types::ARRAY,
            items: Some(&TREE),
            ..Schema::ANY
        };
        expect(
            &TREE,
            json!({"children": [{"children": []}, {"children": [{}]}]}),
            &[],
        );
        expect(
            &TREE,
            json!({"children": [{}, {"children": [{"name": 1}]}]}),
            &["type /children/1/children/0/name"],
        );
    }

    #[test]
    fn values_that_are_too_deep_are_refused() {
        static NESTED: Schema = Schema {
            types: Types::ARRAY,
            items: Some(&NESTED),
            ..Schema::ANY
        };
        let deep = (0..1000).fold(json!([]), |inner, _| Value::Array(vec![inner]));
        assert_eq!(check(&NESTED, &deep, Direction::Request).len(), 1);
    }

    #[test]
    fn a_schema_that_leads_back_to_itself_asks_for_nothing_new() {
        static ITSELF: Schema = Schema {
            all_of: &[&ITSELF],
            types: Types::STRING,
            ..Schema::ANY
        };
        expect(&ITSELF, json!("a"), &[]);
        expect(&ITSELF, json!(1), &["type"]);
        static NOT_ITSELF: Schema = Schema {
            not: Some(&ITSELF),
            ..Schema::ANY
        };
        expect(&NOT_ITSELF, json!("a"), &["not"]);

        // A base that lists what is made from it.
        static PET: Schema = Schema {
            types: Types::OBJECT,
            required: &["name"],
            one_of: &[&CAT, &DOG],
            ..Schema::ANY
        };
        static CAT: Schema = Schema {
            all_of: &[&PET],
            required: &["lives"],
            ..Schema::ANY
        };
        static DOG: Schema = Schema {
            all_of: &[&PET],
            required: &["owner"],
            ..Schema::ANY
        };
        for schema in [&PET, &CAT] {
            expect(schema, json!({"name": "a", "lives": 9}), &[]);
            assert!(!is_valid(schema, &json!({"lives": 9}), Direction::Request));
            expect(
                schema,
                json!({"name": "a", "lives": 9, "owner": "b"}),
                &["oneOf"],
            );
        }
        expect(&PET, json!({"name": "a"}), &["oneOf"]);
        expect(
            &CAT,
            json!({"name": "a", "owner": "b"}),
            &["required", "oneOf"],
        );
    }

    #[test]
    fn an_answer_does_not_grow_with_the_request() {
        static CLOSED: Schema = Schema {
            additional_properties: Some(&Schema::NEVER),
            ..Schema::ANY
        };
        let members: serde_json::Map<String, Value> =
            (0..10_000).map(|n| (n.to_string(), json!(1))).collect();
        let violations = check(&CLOSED, &Value::Object(members), Direction::Request);
        assert_eq!(violations.len(), MOST_VIOLATIONS);

        static SHORT: Schema = Schema {
            enumeration: Some(&[Literal::String("a")]),
            ..Schema::ANY
        };
        let violations = check(&SHORT, &json!("x".repeat(1_000_000)), Direction::Request);
        assert!(
            violations.iter().all(|v| v.message.len() < 100),
            "{violations:?}"
        );
    }
}
