use openapi_model::Direction;
use proptest_schema::{Unsupported, valid, violating};

use crate::parse;

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
fn a_search_that_is_given_up_is_undecided() {
    for text in [
        "{ type: string, pattern: '^a{5}$', maxLength: 3 }",
        "{ type: string, pattern: '^a+$', not: { pattern: 'a' } }",
        "{ type: string, pattern: '(' }",
        "{ type: string, minLength: 18446744073709551615 }",
        "{ type: array, items: {}, minItems: 4294967295 }",
        "{ type: object, minProperties: 4294967295 }",
        "{ type: string, pattern: '^(a{1000}){1000}b{1000000}$' }",
        "{ type: string, pattern: '^(a?){1000000000}$' }",
        "{ type: integer, minimum: 1e300 }",
    ] {
        let (schemas, id) = parse(text);
        let answer = valid(&schemas, id, Direction::Request).map(|_| ());
        assert!(
            matches!(answer, Err(Unsupported::Undecided { .. })),
            "{text}: {answer:?}"
        );
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
