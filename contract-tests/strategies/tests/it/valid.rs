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
            let oracle = oracle::validator(&schemas, id, direction).unwrap();
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
        let oracle = oracle::validator(&schemas, id, Direction::Request).unwrap();
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

/// Whether a value that is drawn has it at least once.
#[test]
fn what_finds_bugs_is_drawn() {
    type Has = fn(&Value) -> bool;
    let text: &[(&str, Has)] = &[
        ("a combining mark", |v| {
            v.as_str().is_some_and(|t| t.contains('\u{301}'))
        }),
        ("an astral character", |v| {
            v.as_str()
                .is_some_and(|t| t.chars().any(|c| c > '\u{ffff}'))
        }),
        ("right-to-left", |v| {
            v.as_str().is_some_and(|t| t.contains('ש'))
        }),
        ("NUL", |v| v.as_str().is_some_and(|t| t.contains('\0'))),
        ("a leading blank", |v| {
            v.as_str()
                .is_some_and(|t| t.starts_with(' ') && t.len() > 1)
        }),
        ("a trailing blank", |v| {
            v.as_str().is_some_and(|t| t.ends_with(' ') && t.len() > 1)
        }),
        ("a text like a number", |v| {
            v.as_str().is_some_and(|t| t.parse::<f64>().is_ok())
        }),
        ("a text like null", |v| v == "null"),
        ("a text like a boolean", |v| v == "true"),
        ("a text like an object", |v| v == "{}"),
        ("the empty text", |v| v == ""),
        ("a long text", |v| {
            v.as_str().is_some_and(|t| t.chars().count() > 60)
        }),
    ];
    let number: &[(&str, Has)] = &[
        ("-0.0", |v| {
            v.as_f64().is_some_and(|n| n == 0.0 && n.is_sign_negative())
        }),
        ("an exponent", |v| v.to_string().contains("e+")),
        ("a small exponent", |v| v.to_string().contains("e-")),
        ("beyond 2^53", |v| {
            v.as_f64()
                .is_some_and(|n| n.abs() > 9_007_199_254_740_992.0)
        }),
        ("a fraction", |v| {
            v.as_f64().is_some_and(|n| n.fract() != 0.0)
        }),
        ("below 0", |v| v.as_f64().is_some_and(|n| n < 0.0)),
    ];
    let integer: &[(&str, Has)] = &[
        ("the least of 64 bits", |v| v.as_i64() == Some(i64::MIN)),
        ("the greatest of 64 bits", |v| v.as_i64() == Some(i64::MAX)),
        ("0", |v| v.as_i64() == Some(0)),
    ];
    let date_time: &[(&str, Has)] = &[
        ("an offset", |v| {
            v.as_str().is_some_and(|t| t[19..].contains('+'))
        }),
        ("an unknown offset", |v| {
            v.as_str().is_some_and(|t| t.ends_with("-00:00"))
        }),
        ("a fraction", |v| {
            v.as_str().is_some_and(|t| t.contains('.'))
        }),
        ("nine digits of a fraction", |v| {
            v.as_str().is_some_and(|t| t.len() >= 30)
        }),
        ("small letters", |v| {
            v.as_str()
                .is_some_and(|t| t.contains('t') && t.ends_with('z'))
        }),
        ("a leap day", |v| {
            v.as_str().is_some_and(|t| t[4..10] == *"-02-29")
        }),
    ];
    for (schema, wanted) in [
        ("{ type: string }", text),
        ("{ type: number }", number),
        ("{ type: integer, format: int64 }", integer),
        ("{ type: string, format: date-time }", date_time),
    ] {
        let (schemas, id) = parse(schema);
        let drawn = draw(&valid(&schemas, id, Direction::Request).unwrap(), 4, 6000);
        for (name, has) in wanted {
            assert!(drawn.iter().any(has), "{schema}: {name}");
        }
    }
}

#[test]
fn optional_members_come_in_every_combination_and_extra_ones_where_they_may() {
    let (schemas, id) = parse(
        "{ type: object, properties: { a: { type: boolean }, b: { type: boolean }, c: { type: boolean }, d: { type: boolean }, e: { type: boolean } } }",
    );
    let drawn = draw(&valid(&schemas, id, Direction::Request).unwrap(), 4, 3000);
    let combination = |value: &Value| -> BTreeSet<String> {
        let names = value.as_object().unwrap().keys();
        names
            .filter(|name| "abcde".contains(name.as_str()) && name.len() == 1)
            .cloned()
            .collect()
    };
    let combinations: BTreeSet<BTreeSet<String>> = drawn.iter().map(combination).collect();
    assert_eq!(combinations.len(), 32);
    let extra = |value: &&Value| combination(value).len() < value.as_object().unwrap().len();
    assert!(drawn.iter().filter(extra).count() > 50);
}

#[test]
fn a_page_is_full_at_times_with_all_that_its_items_may_have() {
    let item = "{ type: object, required: [id], properties: { id: { type: integer }, a: { type: object, properties: { b: { type: array, items: { type: object }, minItems: 2 }, c: { type: object } } }, d: { type: object } } }";
    let (schemas, id) = parse(&format!(
        "{{ type: array, minItems: 50, maxItems: 50, items: {item} }}"
    ));
    let values = valid(&schemas, id, Direction::Request).unwrap();
    let is_full = |value: &Value| {
        let items = value.as_array().unwrap();
        assert_eq!(items.len(), 50);
        items.iter().all(|item| {
            let inner = &item["a"];
            item.get("d").is_some() && inner.get("b").is_some() && inner.get("c").is_some()
        })
    };
    assert!(values.boundaries().iter().any(is_full));
    assert!(draw(&values, 2, 400).iter().any(is_full));
}

#[test]
fn a_discriminator_names_the_branch_that_holds() {
    let api = openapi_model::parse(
        "{ openapi: 3.0.3, info: { title: Pets, version: '1' }, paths: {}, components: { schemas: {
            Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { hound: '#/components/schemas/Dog' } } },
            Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } },
            Dog: { type: object, required: [kind, barks], properties: { kind: { type: string }, lives: { type: string }, barks: { type: boolean } } } } } }",
    )
    .unwrap();
    let values = valid(&api.schemas, api.named_schemas["Pet"], Direction::Request).unwrap();
    let mut kinds = BTreeSet::new();
    for value in draw(&values, 3, 200) {
        let is_dog = value.get("lives").is_some_and(Value::is_string);
        let is_cat = value.get("lives").is_some_and(Value::is_number);
        let kind = value["kind"].as_str().unwrap().to_owned();
        assert!(
            !(is_dog && kind != "hound" || is_cat && kind != "Cat"),
            "{value}"
        );
        kinds.insert(kind);
    }
    assert_eq!(Vec::from_iter(kinds), ["Cat", "hound"]);
    // A reader that goes by the discriminator refuses it, one that goes by the schemas does not.
    assert!(!values.is_valid(&serde_json::json!({ "kind": "hound", "lives": 9 })));
}
