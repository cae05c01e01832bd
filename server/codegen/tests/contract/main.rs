//! The generated server of `gallery/document.yaml` keeps the document, under requests that are made from it: every style,
//! form and kind of credentials that a generated server knows.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract_harness::{Contract, GivenValue, Report, Settings, Target, run};
use serde_json::{Value, json};

use service::{CREDENTIALS, server};

mod api {
    include!("../gallery/server.rs");
}
mod answers;
mod bodies;
mod emitted;
mod service;
mod wire;

/// What exists: without these, a server that finds nothing at a path would be as good as one that does.
fn values() -> Vec<GivenValue> {
    let list = json!([[1, 2], [-3, 0, 5]]);
    let size = json!([{ "width": 3, "height": 4 }, { "width": 12 }]);
    let number = json!([5, -7]);
    let values = [
        ("plain", json!([1.5, 0.25, -2])),
        ("list", list.clone()),
        ("row", size.clone()),
        ("pairs", size.clone()),
        ("label", number.clone()),
        ("labels", list.clone()),
        ("labelled", size.clone()),
        ("matrix", number.clone()),
        ("matrices", list.clone()),
        ("exploded", list),
        ("spread", size),
    ];
    let values = values.map(|(parameter, values)| ("showPaths", parameter, values));
    let thumbnail = "GET /pictures/{id}/{page}t.{format}";
    let values = values.into_iter().chain([
        (thumbnail, "id", number),
        (thumbnail, "page", json!([1, 23])),
        ("showVersion", "id", json!([5])),
        ("showVersion", "version", json!([1, 23])),
    ]);
    let each = |(operation, parameter, values): (&str, &str, Value)| {
        let given = |value: &Value| GivenValue {
            operation: operation.to_owned(),
            parameter: parameter.to_owned(),
            value: value.clone(),
        };
        values
            .as_array()
            .unwrap()
            .iter()
            .map(given)
            .collect::<Vec<_>>()
    };
    values.flat_map(each).collect()
}

async fn tested(seed: u64, cases: usize) -> Report {
    let server = server();
    let document = include_str!("../gallery/document.yaml");
    let contract = Contract::new(openapi_model::parse(document).unwrap()).unwrap();
    let credentials = CREDENTIALS.map(|(scheme, shown, _)| (scheme, shown));
    let target = Target {
        base_url: format!("http://{}/v1", server.local_addr()),
        credentials: credentials.into(),
    };
    let settings = Settings {
        seed,
        run_id: "contract".to_owned(),
        cases,
        values: values(),
        ..Settings::default()
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    server.close().await.unwrap();
    report
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generated_server_keeps_its_document() {
    let report = tested(1, 50).await;
    assert!(report.is_clean(), "{}", report.text());
    assert!(report.cases > 1000, "{}", report.text());
}
