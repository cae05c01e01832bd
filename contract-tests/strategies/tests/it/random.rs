//! Schemas that nobody wrote: keywords thrown together, so that they contradict and overlap.

use openapi_model::{Direction, SchemaId, Schemas};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest_schema::{Unsupported, valid, violating};
use serde_json::{Value, json};

use crate::{oracle, parse, parse_2020_12, runner};

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-4_i64..12).prop_map(Value::from),
        Just(json!(0.5)),
        Just(json!(2.25)),
        Just(json!(1_000_000_007)),
    ]
}

/// One keyword of a schema that contains no other.
fn leaf_keyword() -> impl Strategy<Value = (&'static str, Value)> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c")];
    prop_oneof![
        4 => prop_oneof![Just("integer"), Just("number"), Just("string"), Just("array"), Just("object"), Just("boolean")]
            .prop_map(|t| ("type", json!(t))),
        1 => Just(("nullable", json!(true))),
        1 => number().prop_map(|n| ("minimum", n)),
        1 => number().prop_map(|n| ("maximum", n)),
        1 => any::<bool>().prop_map(|b| ("exclusiveMinimum", json!(b))),
        1 => any::<bool>().prop_map(|b| ("exclusiveMaximum", json!(b))),
        1 => prop_oneof![Just(json!(1)), Just(json!(3)), Just(json!(0.5)), Just(json!(0.01))].prop_map(|n| ("multipleOf", n)),
        1 => (0..4_u64).prop_map(|n| ("minLength", json!(n))),
        1 => (0..6_u64).prop_map(|n| ("maxLength", json!(n))),
        1 => prop_oneof![Just("^[a-z]+$"), Just("b"), Just("^(ab|c)*$"), Just("^\\d{2,}$"), Just("^$")].prop_map(|p| ("pattern", json!(p))),
        1 => (0..3_u64).prop_map(|n| ("minItems", json!(n))),
        1 => (0..4_u64).prop_map(|n| ("maxItems", json!(n))),
        1 => any::<bool>().prop_map(|b| ("uniqueItems", json!(b))),
        1 => (0..3_u64).prop_map(|n| ("minProperties", json!(n))),
        1 => (0..4_u64).prop_map(|n| ("maxProperties", json!(n))),
        2 => prop::collection::btree_set(name, 1..3).prop_map(|names| ("required", json!(names))),
        1 => any::<bool>().prop_map(|b| ("additionalProperties", json!(b))),
        1 => prop::collection::vec(
            prop_oneof![Just(json!("a")), Just(json!("ab")), Just(json!(1)), Just(json!(7.5)), Just(json!(null)), Just(json!([])), Just(json!({"a": 1})), Just(json!(true))],
            1..4,
        ).prop_map(|mut values| { values.dedup(); ("enum", json!(values)) }),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop::collection::vec(leaf_keyword(), 0..4).prop_map(object);
    leaf.prop_recursive(3, 24, 4, |inner| {
        let branches = prop::collection::vec(inner.clone(), 1..4);
        let keyword = prop_oneof![
            4 => leaf_keyword(),
            2 => inner.clone().prop_map(|s| ("items", s)),
            1 => inner.clone().prop_map(|s| ("additionalProperties", s)),
            1 => inner.clone().prop_map(|s| ("not", s)),
            2 => branches.clone().prop_map(|s| ("allOf", json!(s))),
            2 => branches.clone().prop_map(|s| ("anyOf", json!(s))),
            2 => branches.prop_map(|s| ("oneOf", json!(s))),
            4 => prop::collection::btree_map(prop_oneof![Just("a"), Just("b"), Just("c")], inner, 1..4)
                .prop_map(|p| ("properties", json!(p))),
        ];
        prop::collection::vec(keyword, 1..5).prop_map(object)
    })
}

/// The keywords that 2020-12 has and OpenAPI 3.0 has not, among the others.
fn schema_2020_12() -> impl Strategy<Value = Value> {
    let own = ["nullable", "exclusiveMinimum", "exclusiveMaximum"];
    let simple =
        move || leaf_keyword().prop_filter("is of OpenAPI", move |(name, _)| !own.contains(name));
    let leaf = prop_oneof![
        8 => prop::collection::vec(simple(), 0..3).prop_map(object),
        1 => any::<bool>().prop_map(Value::Bool),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let one = |name: &'static str| inner.clone().prop_map(move |s| (name, s)).boxed();
        let several = prop::collection::vec(inner.clone(), 1..4);
        let list = |name: &'static str| several.clone().prop_map(move |s| (name, json!(s))).boxed();
        let of = |names: [&'static str; 3]| {
            let name = prop::sample::select(names.to_vec());
            prop::collection::btree_map(name, inner.clone(), 1..3)
        };
        let count = |name: &'static str| (0..3_u64).prop_map(move |n| (name, json!(n))).boxed();
        let keyword = prop_oneof![
            6 => simple().boxed(),
            1 => number().prop_map(|n| ("exclusiveMinimum", n)).boxed(),
            1 => number().prop_map(|n| ("exclusiveMaximum", n)).boxed(),
            1 => prop_oneof![Just(json!("a")), Just(json!(3)), Just(json!({"a": 1})), Just(json!([1]))]
                .prop_map(|v| ("const", v)).boxed(),
            1 => one("items"),
            1 => list("prefixItems"),
            2 => one("contains"),
            1 => count("minContains"),
            1 => count("maxContains"),
            1 => one("additionalProperties"),
            1 => one("propertyNames"),
            3 => of(["a", "b", "c"]).prop_map(|p| ("properties", json!(p))).boxed(),
            2 => of(["^a", "b", "^[abc]$"]).prop_map(|p| ("patternProperties", json!(p))).boxed(),
            1 => of(["a", "b", "c"]).prop_map(|p| ("dependentSchemas", json!(p))).boxed(),
            1 => prop::sample::select(vec![json!({"a": ["b"]}), json!({"a": ["b", "c"], "b": ["a"]}), json!({"c": []})])
                .prop_map(|v| ("dependentRequired", v)).boxed(),
            1 => one("unevaluatedItems"),
            1 => one("unevaluatedProperties"),
            1 => one("not"),
            2 => one("if"),
            1 => one("then"),
            1 => one("else"),
            1 => list("allOf"),
            1 => list("anyOf"),
            1 => list("oneOf"),
        ];
        prop::collection::vec(keyword, 1..5).prop_map(object)
    })
}

fn object(keywords: Vec<(&'static str, Value)>) -> Value {
    Value::Object(
        keywords
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Values that were not drawn from the schema.
fn bystanders() -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(3),
        json!(6),
        json!(10),
        json!(-4),
        json!(0.5),
        json!(2.25),
        json!(7.5),
        json!(11.5),
        json!(3_000_000_021_u64),
        json!(""),
        json!("a"),
        json!("ab"),
        json!("abc"),
        json!("12"),
        json!("127.0.0.1"),
        json!("2000-01-01"),
        json!("urn:a"),
        json!("00000000-0000-0000-0000-000000000000"),
    ];
    for scalar in values.clone() {
        values.push(json!([scalar]));
        values.push(json!([scalar, 2]));
        values.push(json!({ "a": scalar }));
        values.push(json!({ "a": scalar, "b": 1 }));
        values.push(json!({ "a": "a", "b": scalar, "c": [] }));
    }
    values.extend([json!([]), json!({}), json!({ "d": 1 })]);
    values
}

/// Draws from the schema and judges what comes out.
fn check(schema: &Value, (schemas, id): (Schemas, SchemaId)) {
    let direction = Direction::Request;
    let oracle = oracle::validator(&schemas, id, direction).unwrap();
    let mut runner = runner(1);
    let answer = valid(&schemas, id, direction);
    for value in bystanders() {
        match &answer {
            Ok(values) => assert!(
                !values.is_valid(&value) || oracle.is_valid(&value),
                "{schema}: {value} {:?}",
                oracle::errors(&oracle, &value)
            ),
            Err(Unsupported::Unsatisfiable { .. }) => {
                assert!(!oracle.is_valid(&value), "{schema}: {value} is valid");
            }
            Err(_) => {}
        }
    }
    if let Ok(values) = answer {
        for _ in 0..20 {
            let value = values.new_tree(&mut runner).unwrap().current();
            assert!(
                oracle.is_valid(&value),
                "{schema}: {value} {:?}",
                oracle::errors(&oracle, &value)
            );
        }
        for value in values.boundaries() {
            assert!(
                oracle.is_valid(&value),
                "{schema}: {value} {:?}",
                oracle::errors(&oracle, &value)
            );
        }
    }
    let violations = violating(&schemas, id, direction).unwrap();
    for (index, rule) in violations.rules().iter().enumerate() {
        for _ in 0..2 {
            let violation = violations
                .breaking(index)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            assert!(
                oracle::names_only(&oracle, &violation.value, rule.keyword, &violation.pointer),
                "{schema}, {rule}: {} {:?}",
                violation.value,
                oracle::errors(&oracle, &violation.value)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        // `PROPTEST_CASES` asks for more.
        cases: ProptestConfig::default().cases / 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_drawn_from_a_random_schema_is_what_it_is_said_to_be(schema in schema()) {
        check(&schema, parse(&schema.to_string()));
    }

    #[test]
    fn whatever_is_drawn_from_a_random_json_schema_is_what_it_is_said_to_be(schema in schema_2020_12()) {
        check(&schema, parse_2020_12(&schema.to_string()));
    }
}
