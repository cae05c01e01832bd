use std::collections::BTreeSet;

use openapi_model::Direction;
use proptest::strategy::{Strategy, ValueTree};
use proptest_schema::violating;

use crate::{every_schema, oracle, parse, runner};

#[test]
fn every_violation_breaks_its_rule_and_no_other() {
    for (name, schemas, id) in every_schema() {
        for direction in [Direction::Request, Direction::Response] {
            let violations = violating(&schemas, id, direction).unwrap();
            let oracle = oracle::validator(&schemas, id, direction).unwrap();
            let mut runner = runner(1);
            for (index, rule) in violations.rules().iter().enumerate() {
                for _ in 0..10 {
                    let violation = violations
                        .breaking(index)
                        .new_tree(&mut runner)
                        .unwrap()
                        .current();
                    let value = &violation.value;
                    assert_eq!(violation.keyword, rule.keyword, "{name}, {rule}: {value}");
                    assert!(
                        oracle::names_only(&oracle, value, violation.keyword, &violation.pointer),
                        "{name}, {rule}: {value} {:?}",
                        oracle::errors(&oracle, value)
                    );
                }
            }
        }
    }
}

#[test]
fn every_rule_that_can_be_broken_alone_is_listed() {
    for (text, expected) in [
        ("{}", vec![]),
        (
            "{ type: integer, minimum: 1, maximum: 5 }",
            vec!["type", "type (null)", "minimum", "maximum"],
        ),
        (
            "{ type: integer, nullable: true, multipleOf: 2 }",
            vec!["type", "multipleOf"],
        ),
        (
            "{ type: integer, format: int32 }",
            vec!["type", "type (null)", "format"],
        ),
        (
            "{ type: string, minLength: 1, maxLength: 3, pattern: '^[ab]*$' }",
            vec!["type", "type (null)", "minLength", "maxLength", "pattern"],
        ),
        ("{ type: string, enum: [a] }", vec!["enum"]),
        ("{ enum: [1, a] }", vec!["enum"]),
        (
            "{ type: array, items: { type: boolean }, minItems: 2, maxItems: 3, uniqueItems: true }",
            // Three different booleans do not exist, four even less.
            vec![
                "type",
                "type (null)",
                "minItems",
                "uniqueItems",
                "type at /*",
                "type (null) at /*",
            ],
        ),
        (
            "{ type: object, required: [a, b], additionalProperties: false, properties: { a: {}, b: { type: string, format: date } } }",
            vec![
                "type",
                "type (null)",
                "required (a)",
                "required (b)",
                "additionalProperties",
                "type at /b",
                "type (null) at /b",
                "format at /b",
            ],
        ),
        // Without the one member there are too few.
        (
            "{ type: object, required: [a], minProperties: 2, additionalProperties: false, properties: { a: {}, b: {} } }",
            vec![
                "type",
                "type (null)",
                "additionalProperties",
                "minProperties",
            ],
        ),
        (
            "{ type: object, additionalProperties: { type: integer } }",
            vec!["type", "type (null)", "type at /*", "type (null) at /*"],
        ),
        ("{ not: { type: string } }", vec!["not"]),
        (
            "{ oneOf: [{ type: string, maxLength: 1 }, { type: object, required: [a] }] }",
            vec!["oneOf"],
        ),
    ] {
        let (schemas, id) = parse(text);
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        let mut rules: Vec<String> = violations
            .rules()
            .iter()
            .filter(|r| r.within.is_none())
            .map(ToString::to_string)
            .collect();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        rules.sort();
        expected.sort();
        assert_eq!(rules, expected, "{text}");
    }
}

#[test]
fn a_rule_within_a_branch_names_what_it_is_within() {
    let (schemas, id) = parse(
        "{ type: object, properties: { data: { oneOf: [{ type: integer, maximum: 3 }, { type: array, maxItems: 1 }] } } }",
    );
    let violations = violating(&schemas, id, Direction::Request).unwrap();
    let within: BTreeSet<String> = violations
        .rules()
        .iter()
        .filter_map(|rule| {
            Some(format!(
                "{rule} within {} at {}",
                rule.within.as_ref()?.keyword,
                rule.within.as_ref()?.pointer
            ))
        })
        .collect();
    assert!(
        within.contains("maximum at /data within oneOf at /data"),
        "{within:?}"
    );
    assert!(
        within.contains("maxItems at /data within oneOf at /data"),
        "{within:?}"
    );
}

#[test]
fn a_violation_is_one_step_beyond_the_boundary() {
    for (text, keyword, expected) in [
        ("{ type: integer, minimum: 1 }", "minimum", "0"),
        (
            "{ type: integer, maximum: 9007199254740993 }",
            "maximum",
            "9007199254740994",
        ),
        ("{ type: string, maxLength: 3 }", "maxLength", "\"aaaa\""),
        ("{ type: array, maxItems: 0 }", "maxItems", "[null]"),
        ("{ type: string, enum: [cat] }", "enum", "\"Cat\""),
    ] {
        let (schemas, id) = parse(text);
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        let rule = violations
            .rules()
            .iter()
            .position(|rule| rule.keyword == keyword)
            .unwrap();
        let mut runner = runner(1);
        let drawn: Vec<String> = (0..500)
            .map(|_| {
                violations
                    .breaking(rule)
                    .new_tree(&mut runner)
                    .unwrap()
                    .current()
                    .value
                    .to_string()
            })
            .collect();
        let near = drawn
            .iter()
            .filter(|value| value.chars().count() == expected.chars().count())
            .count();
        assert!(near >= 20, "{text}: {near} of 500 are like {expected}");
    }
}

#[test]
fn the_simplest_violation_has_nothing_that_need_not_be_there() {
    for (text, rule, expected) in [
        ("{ type: integer, minimum: 1 }", "minimum", r#"0"#),
        ("{ type: string, maxLength: 2 }", "maxLength", r#""aaa""#),
        (
            "{ type: string, nullable: true, minLength: 2 }",
            "minLength",
            r#""""#,
        ),
        (
            "{ type: object, required: [a], properties: { a: { type: boolean }, b: { type: array, maxItems: 1, items: { type: integer } } } }",
            "maxItems at /b",
            r#"{"a":false,"b":[0,0]}"#,
        ),
        (
            "{ type: object, additionalProperties: false, properties: { a: { type: boolean } } }",
            "additionalProperties",
            r#"{"extra":null}"#,
        ),
        (
            "{ type: object, required: [a, b], properties: { a: { type: boolean }, b: { type: boolean } } }",
            "required (b)",
            r#"{"a":false}"#,
        ),
    ] {
        let (schemas, id) = parse(text);
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        let index = violations
            .rules()
            .iter()
            .position(|found| found.to_string() == rule)
            .unwrap();
        let simplest = violations.breaking(index).simplest().unwrap();
        assert_eq!(simplest.value.to_string(), expected, "{text}, {rule}");
    }
}

#[test]
fn what_is_too_large_to_be_drawn_is_left_out() {
    for (text, absent) in [
        ("{ type: string, maxLength: 4294967295 }", "maxLength"),
        (
            "{ type: string, maxLength: 18446744073709551615 }",
            "maxLength",
        ),
        (
            "{ type: array, items: {}, maxItems: 4294967295 }",
            "maxItems",
        ),
        (
            "{ type: object, maxProperties: 4294967295 }",
            "maxProperties",
        ),
    ] {
        let (schemas, id) = parse(text);
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        assert!(
            violations.rules().iter().all(|rule| rule.keyword != absent),
            "{text}"
        );
    }
}
