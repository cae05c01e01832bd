//! How near shrinking comes to the smallest value that fails.
//!
//! The predicates are planted: each asks for one thing that a fault might depend on, and the smallest value that has it
//! is known. `cargo test -p proptest-schema optimum -- --nocapture` prints the sizes.

use openapi_model::{Direction, parse};
use proptest::strategy::Strategy;
use proptest_schema::{Values, valid};
use serde_json::{Value, json};

use crate::runner;
use crate::shrinking::shrink;

type Fails = fn(&Value) -> bool;

/// How many values that fail are shrunk for each predicate.
const VALUES: usize = 10;

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn items(value: &Value) -> &[Value] {
    value["data"].as_array().map_or(&[], Vec::as_slice)
}

fn attribute<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.pointer(&format!("/data/attributes/{name}"))?.as_str()
}

fn resource() -> Value {
    json!({ "type": "shipment", "id": "1", "attributes": {}, "relationships": {}, "links": { "self": "a" } })
}

fn body(attributes: Value) -> Value {
    json!({ "data": { "type": "shipment", "attributes": attributes } })
}

fn page(data: Vec<Value>) -> Value {
    let links = json!({ "self": "a", "first": null, "prev": null, "next": null });
    json!({ "data": data, "links": links })
}

/// The schema, what fails, and a smallest value that does.
fn cases() -> Vec<(&'static str, &'static str, Fails, Value)> {
    let with = |name: &str, value: Value| {
        let mut attributes = json!({ "reference": "" });
        attributes[name] = value;
        body(attributes)
    };
    let with_id = |id: &str| {
        let mut resource = resource();
        resource["id"] = json!(id);
        resource
    };
    let with_attribute = |name: &str, value: Value| {
        let mut resource = resource();
        resource["attributes"][name] = value;
        resource
    };
    vec![
        (
            "ShipmentCreateDocument",
            "anything",
            |_| true,
            body(json!({ "reference": "" })),
        ),
        (
            "ShipmentCreateDocument",
            "a text beyond ASCII",
            |v| texts(v).iter().any(|text| !text.is_ascii()),
            body(json!({ "reference": "é" })),
        ),
        (
            "ShipmentCreateDocument",
            "a reference of more than 100 characters",
            |v| attribute(v, "reference").is_some_and(|text| text.chars().count() > 100),
            body(json!({ "reference": "a".repeat(101) })),
        ),
        (
            "ShipmentCreateDocument",
            "a reference with a blank at its end",
            |v| attribute(v, "reference").is_some_and(|text| text.ends_with(' ')),
            body(json!({ "reference": " " })),
        ),
        (
            "ShipmentCreateDocument",
            "a date-time with an offset",
            |v| attribute(v, "sentAt").is_some_and(|text| text[19..].contains(['+', '-'])),
            with("sentAt", json!("2000-01-01T00:00:00+14:00")),
        ),
        (
            "ShipmentCreateDocument",
            "a date-time with a fraction",
            |v| attribute(v, "sentAt").is_some_and(|text| text.contains('.')),
            with("sentAt", json!("2000-01-01T00:00:00.5Z")),
        ),
        (
            "ShipmentCreateDocument",
            "more than 3 attributes",
            |v| {
                v.pointer("/data/attributes")
                    .and_then(Value::as_object)
                    .is_some_and(|of| of.len() > 3)
            },
            body(json!({ "reference": "", "note": "", "customs": {}, "trackingUrl": "" })),
        ),
        (
            "ShipmentCreateDocument",
            "an identifier above a thousand",
            |v| {
                let id = v.pointer("/data/relationships/order/data/id");
                id.and_then(Value::as_str).is_some_and(|id| id.len() > 3)
            },
            {
                let mut body = body(json!({ "reference": "" }));
                body["data"]["relationships"] =
                    json!({ "order": { "data": { "type": "order", "id": "1000" } } });
                body
            },
        ),
        (
            "ShipmentCreateDocument",
            "two relationships",
            |v| {
                let of = v.pointer("/data/relationships").and_then(Value::as_object);
                of.is_some_and(|members| members.len() > 1)
            },
            {
                let mut body = body(json!({ "reference": "" }));
                body["data"]["relationships"] =
                    json!({ "depot": { "data": null }, "order": { "data": null } });
                body
            },
        ),
        (
            "ShipmentCreateDocument",
            "a relationship with a link and without data",
            |v| {
                let order = v.pointer("/data/relationships/order");
                order.is_some_and(|order| order.get("data").is_none())
            },
            {
                let mut body = body(json!({ "reference": "" }));
                body["data"]["relationships"] = json!({ "order": { "links": { "self": "a" } } });
                body
            },
        ),
        ("ShipmentPage", "anything", |_| true, page(vec![])),
        (
            "ShipmentPage",
            "more than 3 resources",
            |v| items(v).len() > 3,
            page(vec![resource(); 4]),
        ),
        (
            "ShipmentPage",
            "two equal identifiers",
            |v| {
                let items = items(v);
                (1..items.len()).any(|i| items[i]["id"] == items[i - 1]["id"])
            },
            page(vec![resource(); 2]),
        ),
        (
            "ShipmentPage",
            "two neighbours in descending order",
            |v| {
                let number = |v: &Value| v["id"].as_str().and_then(|id| id.parse::<u64>().ok());
                items(v)
                    .windows(2)
                    .any(|two| number(&two[0]) > number(&two[1]))
            },
            page(vec![with_id("2"), with_id("1")]),
        ),
        (
            "ShipmentPage",
            "a resource that is insured",
            |v| {
                items(v)
                    .iter()
                    .any(|one| one["attributes"]["insured"] == json!(true))
            },
            page(vec![with_attribute("insured", json!(true))]),
        ),
        (
            "ShipmentPage",
            "a city of more than 20 characters beside a date",
            |v| {
                items(v).iter().any(|one| {
                    let city = one["attributes"]["originCity"].as_str();
                    city.is_some_and(|city| city.chars().count() > 20)
                        && one["attributes"].get("createdAt").is_some()
                })
            },
            {
                let mut one = with_attribute("originCity", json!("a".repeat(21)));
                one["attributes"]["createdAt"] = json!("2000-01-01T00:00:00Z");
                page(vec![one])
            },
        ),
        (
            "ShipmentPage",
            "a total above a thousand",
            |v| v.pointer("/meta/page/total").and_then(Value::as_i64) > Some(1000),
            {
                let mut page = page(vec![]);
                page["meta"] = json!({ "page": { "total": 1001 } });
                page
            },
        ),
        ("Category", "three levels", |v| depth(v) > 4, {
            let leaf = json!({ "code": "AA-0" });
            let inner = json!({ "code": "AA-0", "children": [leaf] });
            json!({ "code": "AA-0", "children": [inner] })
        }),
        (
            "Category",
            "a code with a nine",
            |v| texts(v).iter().any(|code| code.contains('9')),
            json!({ "code": "AA-9" }),
        ),
        (
            "Label",
            "a weight above 777",
            |v| v["weight"].as_i64() > Some(777),
            json!({ "name": "a", "weight": 778 }),
        ),
    ]
}

fn size(value: &Value) -> usize {
    value.to_string().chars().count()
}

#[test]
fn shrinking_ends_at_the_optimum_or_next_to_it() {
    let api = parse(include_str!("../../benches/shipments.yaml")).unwrap();
    println!(
        "{:<24} {:<52} {:>8} {:>8} {:>8} {:>6} {:>6}",
        "schema", "fails on", "from", "found", "optimum", "right", "tries"
    );
    let mut missed = Vec::new();
    for (schema, name, fails, smallest) in cases() {
        let id = api.named_schemas[schema];
        let values: Values = valid(&api.schemas, id, Direction::Response).unwrap();
        assert!(
            values.is_valid(&smallest) && fails(&smallest),
            "{name}: {smallest}"
        );
        let mut runner = runner(6);
        let (mut from, mut found, mut right, mut tries, mut worst) = (0, 0, 0, 0, smallest.clone());
        let mut shrunk = 0;
        for _ in 0..100_000 {
            let mut tree = values.new_tree(&mut runner).unwrap();
            let start = proptest::strategy::ValueTree::current(&tree);
            if !fails(&start) {
                continue;
            }
            let (end, tried) = shrink(&mut tree, fails);
            from += size(&start);
            found += size(&end);
            right += usize::from(size(&end) <= size(&smallest));
            tries += tried;
            if size(&end) > size(&worst) {
                worst = end;
            }
            shrunk += 1;
            if shrunk == VALUES {
                break;
            }
        }
        assert!(shrunk >= VALUES / 2, "{name}: only {shrunk} values fail");
        println!(
            "{schema:<24} {name:<52} {:>8.1} {:>8.1} {:>8} {:>5}% {:>6}",
            from as f64 / shrunk as f64,
            found as f64 / shrunk as f64,
            size(&smallest),
            100 * right / shrunk,
            tries / shrunk,
        );
        if right * 10 < shrunk * 9 {
            missed.push(format!(
                "{name}: {right} of {shrunk} are right, and one is {worst}"
            ));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
