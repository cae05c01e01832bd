use openapi_model::Direction;
use proptest::strategy::{Strategy, ValueTree};
use proptest_schema::{Unsupported, valid, violating};

use crate::{parse, parse_2020_12, runner};

#[test]
fn a_schema_without_a_value_is_unsatisfiable() {
    for text in [
        "{ not: {} }",
        "{ type: integer, minimum: 5, maximum: 4 }",
        "{ type: integer, minimum: 5, maximum: 5, exclusiveMaximum: true }",
        "{ type: number, minimum: 1, exclusiveMinimum: true, maximum: 1 }",
        "{ type: integer, minimum: 1, maximum: 4, multipleOf: 5 }",
        "{ type: string, minLength: 2, maxLength: 1 }",
        "{ type: array, items: {}, minItems: 2, maxItems: 1 }",
        "{ type: array, items: { type: boolean }, uniqueItems: true, minItems: 3 }",
        "{ allOf: [{ type: string, enum: [a, b] }, { type: string, enum: [c] }] }",
        "{ allOf: [{ type: string }, { type: integer }] }",
        "{ type: string, enum: [abc], maxLength: 2 }",
        "{ type: object, required: [a], additionalProperties: false }",
        "{ type: object, required: [a], properties: { a: { type: integer, minimum: 1, maximum: 0 } } }",
        "{ type: object, minProperties: 2, additionalProperties: false, properties: { a: {} } }",
        "{ type: object, required: [next], properties: { next: { $ref: '#' } } }",
        "{ anyOf: [{ type: integer, minimum: 1, maximum: 0 }, { not: {} }] }",
        "{ type: boolean, oneOf: [{ type: boolean }, { type: boolean }] }",
    ] {
        let (schemas, id) = parse(text);
        let answer = valid(&schemas, id, Direction::Request).map(|_| ());
        assert!(
            matches!(answer, Err(Unsupported::Unsatisfiable { .. })),
            "{text}: {answer:?}"
        );
    }
}

#[test]
fn a_json_schema_without_a_value_is_unsatisfiable() {
    for text in [
        "false",
        "{ enum: [] }",
        "{ type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2 }",
        "{ type: integer, minimum: 1.2, maximum: 1.8 }",
        "{ type: integer, minimum: 11, maximum: 19, multipleOf: 10 }",
        "{ enum: [a, b], allOf: [{ enum: [c] }] }",
        "{ enum: [a, b], type: integer }",
        "{ enum: [a, b], pattern: '^c' }",
        "{ enum: [a, b], not: { type: string } }",
        "{ enum: [a, b], not: { enum: [b, a] } }",
        "{ const: 1, enum: [2, 3] }",
        "{ allOf: [{ const: 1 }, { const: 2 }] }",
        "{ type: object, required: [a], properties: { a: false } }",
        "{ type: object, required: [ab], patternProperties: { '^a': false } }",
        "{ type: object, required: [a], propertyNames: { minLength: 2 } }",
        "{ type: object, required: [a], unevaluatedProperties: false }",
        "{ type: object, required: [a], dependentRequired: { a: [b] }, properties: { b: false } }",
        "{ type: object, required: [a], dependentSchemas: { a: false } }",
        "{ type: object, propertyNames: { enum: [a, b] }, minProperties: 3 }",
        "{ type: object, propertyNames: false, minProperties: 1 }",
        "{ type: array, items: { enum: [1, 2] }, uniqueItems: true, minItems: 3 }",
        "{ type: array, items: { type: 'null' }, uniqueItems: true, minItems: 2 }",
        "{ type: array, items: { type: object, additionalProperties: false, properties: { a: { const: 1 } } }, uniqueItems: true, minItems: 3 }",
        "{ type: array, contains: false }",
        "{ type: array, contains: { type: integer }, items: { type: string } }",
        "{ type: array, contains: true, maxItems: 0 }",
        "{ type: array, contains: true, minContains: 3, maxContains: 2 }",
        "{ type: array, prefixItems: [true, false], minItems: 2 }",
        "{ type: array, prefixItems: [true], items: false, minItems: 2 }",
        "{ oneOf: [{ type: string }, { type: string }], type: string }",
        "{ oneOf: [true, true] }",
        "{ anyOf: [false, { allOf: [{ type: string }, { type: integer }] }] }",
        "{ not: { not: false } }",
        "{ if: true, then: false }",
        "{ type: integer, if: { type: integer }, then: { maximum: 1 }, minimum: 2 }",
        "{ type: object, required: [next], properties: { next: { $ref: '#' } } }",
        "{ type: object, required: [a], properties: { a: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } } }",
        "{ $ref: '#/$defs/a', type: string, $defs: { a: { type: integer } } }",
    ] {
        let (schemas, id) = parse_2020_12(text);
        let answer = valid(&schemas, id, Direction::Request).map(|_| ());
        assert!(
            matches!(answer, Err(Unsupported::Unsatisfiable { .. })),
            "{text}: {answer:?}"
        );
    }
}

#[test]
fn a_search_that_is_given_up_is_undecided_and_says_where() {
    for (text, place) in [
        ("{ type: string, pattern: '^a{5}$', maxLength: 3 }", "#"),
        (
            "{ type: string, pattern: '^a+$', not: { pattern: 'a' } }",
            "#",
        ),
        ("{ type: string, pattern: '(' }", "#"),
        ("{ type: string, minLength: 18446744073709551615 }", "#"),
        ("{ type: array, items: {}, minItems: 4294967295 }", "#"),
        ("{ type: object, minProperties: 4294967295 }", "#"),
        (
            "{ type: string, pattern: '^(a{1000}){1000}b{1000000}$' }",
            "#",
        ),
        ("{ type: string, pattern: '^(a?){1000000000}$' }", "#"),
        ("{ type: integer, minimum: 1e300 }", "#"),
        (
            "{ type: array, minItems: 16384, items: { type: array, minItems: 16384, items: {} } }",
            "#",
        ),
        (
            "{ type: object, required: [a], properties: { a: { type: string, pattern: 'b', maxLength: 0 } } }",
            "#/properties/a",
        ),
    ] {
        let (schemas, id) = parse(text);
        match valid(&schemas, id, Direction::Request) {
            Err(Unsupported::Undecided { pointer, .. }) => {
                assert_eq!(pointer.to_string(), place, "{text}");
            }
            answer => panic!("{text}: {answer:?}"),
        }
    }
}

/// Definitions of which each refers to the next in the same way, and the last is an integer.
fn chain(length: usize, link: impl Fn(&str) -> String) -> String {
    let mut definitions: Vec<String> = (0..length)
        .map(|i| format!("a{i}: {}", link(&format!("$ref: '#/$defs/a{}'", i + 1))))
        .collect();
    definitions.push(format!("a{length}: {{ type: integer }}"));
    format!(
        "{{ $ref: '#/$defs/a0', $defs: {{ {} }} }}",
        definitions.join(", ")
    )
}

#[test]
fn schemas_that_multiply_come_to_an_end() {
    for (text, has_value) in [
        (chain(1000, |next| format!("{{ {next} }}")), false),
        (
            chain(500, |next| {
                format!("{{ type: object, required: [x], properties: {{ x: {{ {next} }} }} }}")
            }),
            false,
        ),
        (
            chain(500, |next| {
                format!("{{ type: object, properties: {{ x: {{ {next} }} }} }}")
            }),
            true,
        ),
        (
            chain(40, |next| {
                format!(
                    "{{ type: object, required: [l, r], properties: {{ l: {{ {next} }}, r: {{ {next} }} }} }}"
                )
            }),
            false,
        ),
        (
            chain(40, |next| {
                format!("{{ type: object, properties: {{ l: {{ {next} }}, r: {{ {next} }} }} }}")
            }),
            true,
        ),
        (
            chain(30, |next| {
                format!("{{ anyOf: [{{ {next} }}, {{ {next} }}] }}")
            }),
            true,
        ),
    ] {
        let (schemas, id) = parse_2020_12(&text);
        let answer = valid(&schemas, id, Direction::Request);
        let end = &text[text.len().saturating_sub(100)..];
        match answer {
            Ok(values) => {
                assert!(has_value, "{end}");
                assert!(!values.boundaries().is_empty(), "{end}");
            }
            Err(Unsupported::Undecided { .. }) => assert!(!has_value, "{end}"),
            Err(other) => panic!("{end}: {other}"),
        }
    }
}

#[test]
fn what_is_large_but_within_the_limits_is_drawn() {
    let mut runner = runner(1);
    for (text, length) in [
        ("{ type: string, minLength: 1000000 }", 1_000_000),
        (
            "{ type: string, minLength: 5000, pattern: '^(ab|c)+$' }",
            5000,
        ),
        ("{ type: string, minLength: 100, pattern: '^(a+)+$' }", 100),
        (
            "{ type: array, minItems: 5000, items: { type: integer } }",
            5000,
        ),
        (
            "{ type: array, minItems: 2000, uniqueItems: true, items: { type: integer, minimum: 1, maximum: 2000 } }",
            2000,
        ),
        (
            "{ type: object, minProperties: 1000, additionalProperties: { type: boolean } }",
            1000,
        ),
    ] {
        let (schemas, id) = parse(text);
        let values = valid(&schemas, id, Direction::Request).unwrap();
        let value = values.new_tree(&mut runner).unwrap().current();
        let found = match &value {
            serde_json::Value::String(text) => text.chars().count(),
            serde_json::Value::Array(items) => items.len(),
            serde_json::Value::Object(members) => members.len(),
            _ => 0,
        };
        assert!(found >= length, "{text}: {found}");
    }
}

#[test]
fn parts_without_a_value_are_left_out() {
    for text in [
        "{ type: object, properties: { a: { not: {} }, b: { type: integer } } }",
        "{ type: array, items: { not: {} } }",
        "{ anyOf: [{ not: {} }, { type: integer }] }",
        "{ type: object, properties: { next: { $ref: '#' }, other: { type: object, required: [other], properties: { other: { $ref: '#/properties/other' } } } } }",
    ] {
        let (schemas, id) = parse(text);
        assert!(valid(&schemas, id, Direction::Request).is_ok(), "{text}");
    }
}

#[test]
fn patterns_that_engines_choke_on_come_to_an_end() {
    for pattern in [
        "^(a+)+$",
        "^(a|a)*b$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
    ] {
        let text = format!("{{ type: string, pattern: '{pattern}' }}");
        let (schemas, id) = parse(&text);
        assert!(
            !valid(&schemas, id, Direction::Request)
                .unwrap()
                .boundaries()
                .is_empty()
        );
        let violations = violating(&schemas, id, Direction::Request).unwrap();
        assert!(!violations.rules().is_empty());
    }
}
