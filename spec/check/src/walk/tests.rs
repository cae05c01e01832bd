//! Tables of values and what is wrong with them, one for each group of keywords.

use serde_json::{Value, json};

use crate::{
    Direction, Format, Literal, MOST_VIOLATIONS, Number, Pattern, Schema, Types, check, is_valid,
};

/// Checks one value, and compares what is wrong with it: `keyword pointer`, in order.
#[track_caller]
fn expect(schema: &'static Schema, value: Value, expected: &[&str]) {
    expect_in(Direction::Request, schema, value, expected);
}

#[track_caller]
fn expect_in(direction: Direction, schema: &'static Schema, value: Value, expected: &[&str]) {
    let violations = check(schema, &value, direction);
    let found: Vec<String> = violations
        .iter()
        .map(|v| format!("{} {}", v.keyword, v.pointer).trim().to_owned())
        .collect();
    assert_eq!(found, expected, "{value}");
    assert_eq!(
        is_valid(schema, &value, direction),
        expected.is_empty(),
        "{value}"
    );
    for violation in violations {
        assert!(
            value.pointer(&violation.pointer).is_some(),
            "{} is a place in {value}",
            violation.pointer
        );
    }
}

/// Checks one value, and compares the messages.
#[track_caller]
fn expect_message(schema: &'static Schema, value: Value, expected: &str) {
    let shown: Vec<String> = check(schema, &value, Direction::Request)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(shown.join("\n"), expected, "{value}");
}

static TEXT: Schema = Schema {
    types: Types::STRING,
    ..Schema::ANY
};
static INTEGER: Schema = Schema {
    types: Types::INTEGER,
    ..Schema::ANY
};
static NULL: Schema = Schema {
    types: Types::NULL,
    ..Schema::ANY
};

#[test]
fn types() {
    expect(&INTEGER, json!(1), &[]);
    expect(&INTEGER, json!(1.0), &[]);
    expect(&INTEGER, json!(1e300), &[]);
    expect(&INTEGER, json!(1.5), &["type"]);
    expect(&INTEGER, json!("1"), &["type"]);
    expect(&TEXT, json!(null), &["type"]);
    expect(&Schema::ANY, json!({"a": [null]}), &[]);
    expect(&Schema::NEVER, json!(null), &["type"]);

    static TWO: Schema = Schema {
        types: Types::STRING.or(Types::NULL),
        ..Schema::ANY
    };
    expect(&TWO, json!(null), &[]);
    expect_message(
        &TWO,
        json!(1),
        "is an integer, a string or null is expected",
    );
    expect_message(&INTEGER, json!(1.5), "is a number, an integer is expected");
}

#[test]
fn enumerations_and_constants() {
    static ENUM: Schema = Schema {
        enumeration: Some(&[
            Literal::String("a"),
            Literal::Number(Number::Integer(1)),
            Literal::Null,
        ]),
        ..Schema::ANY
    };
    expect(&ENUM, json!("a"), &[]);
    expect(&ENUM, json!(1.0), &[]);
    expect(&ENUM, json!(null), &[]);
    expect(&ENUM, json!("b"), &["enum"]);
    expect_message(&ENUM, json!("b"), r#"is "b", expected is "a", 1 or null"#);
    expect_message(
        &ENUM,
        json!({"a": 1}),
        r#"is the object, expected is "a", 1 or null"#,
    );

    static CONST: Schema = Schema {
        constant: Some(&Literal::Array(&[Literal::Bool(true)])),
        ..Schema::ANY
    };
    expect(&CONST, json!([true]), &[]);
    expect(&CONST, json!([false]), &["const"]);
    expect_message(&CONST, json!(false), "is false, expected is [true]");
}

#[test]
fn numbers() {
    static INCLUSIVE: Schema = Schema {
        minimum: Some(Number::Integer(1)),
        maximum: Some(Number::Float(2.5)),
        ..Schema::ANY
    };
    expect(&INCLUSIVE, json!(1), &[]);
    expect(&INCLUSIVE, json!(2.5), &[]);
    expect(&INCLUSIVE, json!(0.99), &["minimum"]);
    expect(&INCLUSIVE, json!(2.51), &["maximum"]);
    expect(&INCLUSIVE, json!("0"), &[]);
    expect_message(&INCLUSIVE, json!(0), "is 0, at least 1 is allowed");
    expect_message(&INCLUSIVE, json!(3), "is 3, at most 2.5 is allowed");

    static EXCLUSIVE: Schema = Schema {
        exclusive_minimum: Some(Number::Integer(0)),
        exclusive_maximum: Some(Number::Integer(9_007_199_254_740_993)),
        ..Schema::ANY
    };
    expect(&EXCLUSIVE, json!(1e-300), &[]);
    expect(&EXCLUSIVE, json!(9_007_199_254_740_992_u64), &[]);
    expect(&EXCLUSIVE, json!(0), &["exclusiveMinimum"]);
    expect(&EXCLUSIVE, json!(-0.0), &["exclusiveMinimum"]);
    expect(
        &EXCLUSIVE,
        json!(9_007_199_254_740_993_u64),
        &["exclusiveMaximum"],
    );

    static CENTS: Schema = Schema {
        multiple_of: Some(Number::Float(0.01)),
        ..Schema::ANY
    };
    expect(&CENTS, json!(19.99), &[]);
    expect(&CENTS, json!(19.999), &["multipleOf"]);
    expect_message(
        &CENTS,
        json!(0.001),
        "is 0.001, a multiple of 0.01 is expected",
    );

    static SHORT: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int32),
        ..Schema::ANY
    };
    expect(&SHORT, json!(2_147_483_647), &[]);
    expect(&SHORT, json!(2_147_483_648_u64), &["format"]);
}

#[test]
fn text() {
    static CODE: Pattern = Pattern::new("^[a-z]*$");
    static SCHEMA: Schema = Schema {
        min_length: Some(2),
        max_length: Some(3),
        pattern: Some(&CODE),
        ..Schema::ANY
    };
    expect(&SCHEMA, json!("ab"), &[]);
    expect(&SCHEMA, json!("a"), &["minLength"]);
    expect(&SCHEMA, json!("A"), &["minLength", "pattern"]);
    expect(&SCHEMA, json!("AB"), &["pattern"]);
    expect(&SCHEMA, json!("ABCD"), &["maxLength"]);
    expect(&SCHEMA, json!(1), &[]);
    expect_message(
        &SCHEMA,
        json!("a"),
        "is 1 character long, at least 2 are needed",
    );
    expect_message(
        &SCHEMA,
        json!("abcd"),
        "is 4 characters long, at most 3 are allowed",
    );

    static SCALARS: Schema = Schema {
        max_length: Some(2),
        ..Schema::ANY
    };
    expect(&SCALARS, json!("😀😀"), &[]);
    expect(&SCALARS, json!("e\u{301}e"), &["maxLength"]);

    static DATE: Schema = Schema {
        format: Some(Format::Date),
        ..Schema::ANY
    };
    expect(&DATE, json!("2024-02-29"), &[]);
    expect(&DATE, json!(20_240_229), &[]);
    expect_message(
        &DATE,
        json!("2023-02-29"),
        "is not a date, such as 2024-02-29",
    );
}

#[test]
fn arrays() {
    static SCHEMA: Schema = Schema {
        min_items: Some(1),
        max_items: Some(3),
        unique_items: true,
        prefix_items: &[&TEXT],
        items: Some(&INTEGER),
        ..Schema::ANY
    };
    expect(&SCHEMA, json!(["a"]), &[]);
    expect(&SCHEMA, json!(["a", 1, 2]), &[]);
    expect(&SCHEMA, json!([]), &["minItems"]);
    expect(&SCHEMA, json!(["a", 1, 2, 3]), &["maxItems"]);
    expect(&SCHEMA, json!(["a", 1, 1.0]), &["uniqueItems"]);
    expect(&SCHEMA, json!([1, "a"]), &["type /0", "type /1"]);
    expect_message(
        &SCHEMA,
        json!(["a", 1, 1]),
        "has the same item twice, as number 1 and 2 from 0",
    );

    static PAIR: Schema = Schema {
        prefix_items: &[&TEXT, &Schema::NEVER],
        items: Some(&Schema::NEVER),
        ..Schema::ANY
    };
    expect(&PAIR, json!(["a"]), &[]);
    expect(&PAIR, json!(["a", 1, 2]), &["prefixItems /1", "items /2"]);
}

#[test]
fn contained_items() {
    static SOME: Schema = Schema {
        contains: Some(&TEXT),
        ..Schema::ANY
    };
    expect(&SOME, json!([1, "a"]), &[]);
    expect(&SOME, json!([1]), &["contains"]);

    static TWO: Schema = Schema {
        contains: Some(&TEXT),
        min_contains: Some(0),
        max_contains: Some(2),
        ..Schema::ANY
    };
    expect(&TWO, json!([]), &[]);
    expect(&TWO, json!(["a", "b", 1]), &[]);
    expect(&TWO, json!(["a", "b", "c"]), &["maxContains"]);

    static MANY: Schema = Schema {
        contains: Some(&TEXT),
        min_contains: Some(2),
        ..Schema::ANY
    };
    expect(&MANY, json!(["a"]), &["minContains"]);
    expect_message(
        &MANY,
        json!(["a"]),
        "has 1 item of the kind that it must contain, at least 2 are needed",
    );

    static WITHOUT_MEANING: Schema = Schema {
        min_contains: Some(2),
        ..Schema::ANY
    };
    expect(&WITHOUT_MEANING, json!([]), &[]);
}

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
    let deep = |end: Value| (0..100).fold(json!({"end": end}), |inner, _| json!({"child": inner}));
    expect(&NODE, deep(json!(null)), &[]);
    expect(&NODE, deep(json!(1)), &["anyOf"]);
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
