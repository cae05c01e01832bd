use openapi_model::Direction;
use proptest::strategy::{Strategy, ValueTree};
use proptest_schema::{valid, violating};
use serde_json::{Value, json};

use crate::{every_schema, oracle, parse, runner};

/// The simplest value that fails, as a caller finds it, and how many values it had to try.
pub fn shrink<T: ValueTree>(tree: &mut T, fails: impl Fn(&T::Value) -> bool) -> (T::Value, usize) {
    let mut tried = 0;
    let mut simpler = tree.simplify();
    while simpler {
        tried += 1;
        assert!(
            tried < 20_000,
            "shrinking does not end: {:?}",
            tree.current()
        );
        simpler = if fails(&tree.current()) {
            tree.simplify()
        } else {
            tree.complicate()
        };
    }
    (tree.current(), tried)
}

#[test]
fn shrinking_ends_at_the_simplest_value_that_fails() {
    type Fails = fn(&Value) -> bool;
    let cases: [(&str, Fails, Value); 12] = [
        (
            "{ type: integer }",
            |v| v.as_i64() > Some(1000),
            json!(1001),
        ),
        (
            "{ type: integer, multipleOf: 5, minimum: 3 }",
            |v| v.as_i64() > Some(1001),
            json!(1005),
        ),
        ("{ type: integer, minimum: 17 }", |_| true, json!(17)),
        ("{ type: number }", |v| v.as_f64() < Some(-2.0), json!(-3)),
        (
            "{ type: string, maxLength: 255 }",
            |v| v.as_str().is_some_and(|s| s.chars().count() >= 10),
            json!("aaaaaaaaaa"),
        ),
        (
            "{ type: string }",
            |v| v.as_str().is_some_and(|s| !s.is_ascii()),
            json!(null),
        ),
        (
            "{ type: string, format: date-time }",
            |_| true,
            json!("2000-01-01T00:00:00Z"),
        ),
        (
            "{ type: string, pattern: '^[a-z]{2,8}$' }",
            |_| true,
            json!("aa"),
        ),
        (
            "{ type: array, items: { type: integer, minimum: 0 } }",
            |v| {
                v.as_array()
                    .is_some_and(|a| a.iter().any(|i| i.as_i64() > Some(4)))
            },
            json!([5]),
        ),
        (
            "{ type: array, uniqueItems: true, minItems: 2, items: { type: integer, minimum: 0 } }",
            |_| true,
            json!([0, 1]),
        ),
        (
            "{ type: object, required: [a], properties: { a: { type: string }, b: { type: array, items: { type: string } }, c: { type: boolean } } }",
            |v| v.get("b").is_some(),
            json!({ "a": "", "b": [] }),
        ),
        (
            "{ type: object, required: [value], properties: { value: { type: integer }, children: { type: array, items: { $ref: '#' } } } }",
            |v| v.pointer("/children/0").is_some(),
            json!({ "value": 0, "children": [{ "value": 0 }] }),
        ),
    ];
    for (text, fails, expected) in cases {
        let (schemas, id) = parse(text);
        let values = valid(&schemas, id, Direction::Request).unwrap();
        let mut runner = runner(5);
        let mut failed = 0;
        for _ in 0..200 {
            let mut tree = values.new_tree(&mut runner).unwrap();
            if !fails(&tree.current()) {
                continue;
            }
            failed += 1;
            let (simplest, _) = shrink(&mut tree, fails);
            if expected.is_null() {
                assert_eq!(
                    simplest.as_str().map(|s| s.chars().count()),
                    Some(1),
                    "{text}: {simplest}"
                );
            } else if text.contains("uniqueItems") {
                let mut items = simplest.as_array().cloned().unwrap();
                items.sort_by_key(Value::as_i64);
                assert_eq!(Value::Array(items), expected, "{text}");
            } else {
                assert_eq!(simplest, expected, "{text}");
            }
        }
        assert!(failed > 5, "{text}: {failed} values failed");
    }
}

#[test]
fn every_step_of_shrinking_is_valid() {
    for (name, schemas, id) in every_schema() {
        let values = valid(&schemas, id, Direction::Request).unwrap();
        let oracle = oracle::validator(&schemas, id, Direction::Request).unwrap();
        let mut runner = runner(2);
        for round in 0..4 {
            let mut tree = values.new_tree(&mut runner).unwrap();
            let start = tree.current().to_string().len();
            let (end, _) = shrink(&mut tree, |value| {
                assert!(
                    oracle.is_valid(value),
                    "{name}: {value} {:?}",
                    oracle::errors(&oracle, value)
                );
                // Some fail and some do not, by no rule that shrinking could know.
                value.to_string().len() % 3 != round % 3
            });
            assert!(end.to_string().len() <= start.max(24), "{name}: {end}");
        }
    }
}

#[test]
fn every_step_of_shrinking_a_violation_breaks_the_same_rule() {
    for (name, schemas, id) in every_schema() {
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        let oracle = oracle::validator(&schemas, id, Direction::Request).unwrap();
        let mut runner = runner(2);
        for (index, rule) in violations.rules().iter().enumerate() {
            let mut tree = violations.breaking(index).new_tree(&mut runner).unwrap();
            shrink(&mut tree, |violation| {
                assert!(
                    oracle::names_only(&oracle, &violation.value, rule.keyword, &violation.pointer),
                    "{name}, {rule}: {} {:?}",
                    violation.value,
                    oracle::errors(&oracle, &violation.value)
                );
                true
            });
        }
    }
}

#[test]
fn a_violation_shrinks_to_one_step_beyond_the_boundary() {
    for (text, keyword, expected) in [
        ("{ type: integer, minimum: 1 }", "minimum", json!(0)),
        ("{ type: integer, maximum: 10 }", "maximum", json!(11)),
        ("{ type: string, maxLength: 3 }", "maxLength", json!("aaaa")),
        (
            "{ type: array, minItems: 2, items: { type: integer } }",
            "minItems",
            json!([]),
        ),
        (
            "{ type: object, required: [a, b], properties: { a: { type: integer }, b: { type: integer } } }",
            "required",
            json!({ "b": 0 }),
        ),
        (
            "{ type: object, additionalProperties: false }",
            "additionalProperties",
            json!({ "": null }),
        ),
    ] {
        let (schemas, id) = parse(text);
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        let rule = violations
            .rules()
            .iter()
            .position(|rule| rule.keyword == keyword)
            .unwrap();
        let mut runner = runner(4);
        for _ in 0..30 {
            let mut tree = violations.breaking(rule).new_tree(&mut runner).unwrap();
            let (simplest, _) = shrink(&mut tree, |_| true);
            let names_aside = keyword == "additionalProperties"
                && simplest.value.as_object().is_some_and(|o| o.len() == 1);
            assert!(
                simplest.value == expected || names_aside,
                "{text}: {}",
                simplest.value
            );
        }
    }
}

#[test]
fn a_value_that_does_not_fail_any_more_is_left_for_the_last_that_did() {
    let (schemas, id) = parse("{ type: array, items: { type: string } }");
    let values = valid(&schemas, id, Direction::Request).unwrap();
    let mut runner = runner(8);
    for _ in 0..50 {
        let mut tree = values.new_tree(&mut runner).unwrap();
        let start = tree.current();
        let (end, _) = shrink(&mut tree, |value| *value == start);
        assert_eq!(end, start);
    }
}
