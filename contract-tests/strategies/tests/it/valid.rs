use std::collections::BTreeSet;

use openapi_model::Direction;
use proptest::strategy::{Strategy, ValueTree};
use proptest_schema::{Values, valid};
use serde_json::Value;

use crate::{every_schema, oracle, parse, runner};

fn draw(values: &Values, seed: u8, count: usize) -> Vec<Value> {
    let mut runner = runner(seed);
    (0..count)
        .map(|_| values.new_tree(&mut runner).unwrap().current())
        .collect()
}

#[test]
fn every_value_is_valid() {
    for (name, schemas, id) in every_schema() {
        for direction in [Direction::Request, Direction::Response] {
            let values =
                valid(&schemas, id, direction).unwrap_or_else(|error| panic!("{name}: {error}"));
            let oracle = oracle::validator(&schemas, id, direction);
            for value in draw(&values, 1, 150) {
                assert!(
                    oracle.is_valid(&value),
                    "{name}: {value} {:?}",
                    oracle::errors(&oracle, &value)
                );
                assert!(values.is_valid(&value), "{name}: {value}");
                let text = value.to_string();
                assert_eq!(
                    serde_json::from_str::<Value>(&text).unwrap().to_string(),
                    text,
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn every_boundary_is_valid_and_none_comes_twice() {
    for (name, schemas, id) in every_schema() {
        let values = valid(&schemas, id, Direction::Request).unwrap();
        let oracle = oracle::validator(&schemas, id, Direction::Request);
        let boundaries = values.boundaries();
        assert!(!boundaries.is_empty(), "{name}");
        for value in &boundaries {
            assert!(
                oracle.is_valid(value),
                "{name}: {value} {:?}",
                oracle::errors(&oracle, value)
            );
        }
        let texts: BTreeSet<String> = boundaries.iter().map(Value::to_string).collect();
        assert_eq!(texts.len(), boundaries.len(), "{name}");
        assert_eq!(
            boundaries,
            valid(&schemas, id, Direction::Request)
                .unwrap()
                .boundaries(),
            "{name}"
        );
    }
}

#[test]
fn boundaries_reach_both_ends() {
    for (text, expected) in [
        (
            "{ type: integer, minimum: 1, maximum: 1000 }",
            vec!["1", "2", "999", "1000"],
        ),
        (
            "{ type: string, minLength: 2, maxLength: 5 }",
            vec!["\"aa\"", "\"aaaaa\"", "\"😀😀😀😀😀\""],
        ),
        (
            "{ type: string, nullable: true, enum: [cat, dog, null] }",
            vec!["\"cat\"", "\"dog\"", "null"],
        ),
        (
            "{ type: array, items: { type: boolean }, maxItems: 2 }",
            vec!["[]", "[false,false]", "[true]"],
        ),
        (
            "{ type: object, additionalProperties: false, properties: { a: { type: boolean }, b: { type: boolean } } }",
            vec![
                "{}",
                r#"{"a":false}"#,
                r#"{"a":true}"#,
                r#"{"b":false}"#,
                r#"{"a":false,"b":false}"#,
            ],
        ),
        (
            "{ oneOf: [{ type: integer, maximum: 3 }, { type: string, maxLength: 1 }] }",
            vec!["3", "\"\""],
        ),
        (
            "{ type: string, pattern: '^[0-9]{2,4}$' }",
            vec!["\"0000\""],
        ),
    ] {
        let (schemas, id) = parse(text);
        let boundaries = valid(&schemas, id, Direction::Request)
            .unwrap()
            .boundaries();
        let texts: Vec<String> = boundaries.iter().map(Value::to_string).collect();
        for value in expected {
            let length_only = text.contains("pattern");
            let found = texts
                .iter()
                .any(|t| t == value || length_only && t.len() == value.len());
            assert!(found, "{text}: {value} is not among {texts:?}");
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_values() {
    for (name, schemas, id) in every_schema() {
        let once = draw(&valid(&schemas, id, Direction::Request).unwrap(), 3, 50);
        let again = draw(&valid(&schemas, id, Direction::Request).unwrap(), 3, 50);
        assert_eq!(once, again, "{name}");
    }
}

#[test]
fn values_vary() {
    for (text, kinds) in [
        ("{ type: string }", ["\"\"", "\"null\"", "\" \""].as_slice()),
        ("{ type: integer }", &["0", "1", "-1"]),
        ("{ type: number }", &["-0.0", "1e+21", "0"]),
        (
            "{ type: boolean, nullable: true }",
            &["true", "false", "null"],
        ),
        (
            "{ type: array, items: { type: boolean } }",
            &["[]", "[true]", "[false,true]"],
        ),
        (
            "{ type: object, additionalProperties: false, properties: { a: { enum: [1] }, b: { enum: [1] } } }",
            &["{}", r#"{"a":1}"#, r#"{"b":1}"#, r#"{"a":1,"b":1}"#],
        ),
        (
            "{ oneOf: [{ enum: [a] }, { enum: [b] }, { enum: [c] }] }",
            &["\"a\"", "\"b\"", "\"c\""],
        ),
    ] {
        let (schemas, id) = parse(text);
        let drawn: BTreeSet<String> =
            draw(&valid(&schemas, id, Direction::Request).unwrap(), 9, 3000)
                .iter()
                .map(Value::to_string)
                .collect();
        for kind in kinds {
            assert!(drawn.contains(*kind), "{text}: no {kind}");
        }
    }
}

#[test]
fn what_belongs_in_the_other_direction_is_not_drawn() {
    let (schemas, id) = parse(
        "{ type: object, required: [id, secret], properties: { id: { type: integer, readOnly: true }, secret: { type: string, writeOnly: true } } }",
    );
    for (direction, present, absent) in [
        (Direction::Request, "secret", "id"),
        (Direction::Response, "id", "secret"),
    ] {
        for value in draw(&valid(&schemas, id, direction).unwrap(), 1, 200) {
            assert!(
                value.get(present).is_some() && value.get(absent).is_none(),
                "{value}"
            );
        }
    }
}
