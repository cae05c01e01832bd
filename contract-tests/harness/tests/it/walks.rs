//! Walks over long lists with large pages: how far they go, and what is told of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use contract_harness::{Contract, Report, Settings, Target, run};
use serde_json::{Value, json};

use crate::tiny::{self, Tiny, answer};

const PAGES: &str = "pages_give_every_item_once";

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Rows, version: "1"}
paths:
  /rows:
    get:
      operationId: listRows
      parameters:
        - {name: offset, in: query, schema: {type: integer, minimum: 0}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: Rows.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Row'}}}}
components:
  schemas:
    Row:
      type: object
      required: [id, text]
      properties: {id: {type: integer}, text: {type: string}}
"#;

/// Serves the rows that a function gives, by their place and by how large the page is.
async fn rows(
    count: usize,
    text: usize,
    row: impl Fn(usize, usize) -> Option<usize> + Send + Sync + 'static,
) -> Tiny {
    let text = "x".repeat(text);
    tiny::start(move |request| {
        let number = |name: &str, default: usize| {
            let mut pairs = request.uri().query().unwrap_or_default().split('&');
            let found = pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            found.map_or(default, |text| text.parse().unwrap())
        };
        let (offset, limit) = (number("offset", 0), number("limit", 20));
        let ids = (offset..count.min(offset + limit)).filter_map(|place| row(place, limit));
        let rows: Vec<Value> = ids.map(|id| json!({ "id": id, "text": text })).collect();
        answer(200, &Value::from(rows))
    })
    .await
}

async fn walk(server: &Tiny, cases: usize) -> Report {
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    let target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let settings = Settings {
        seed: 1,
        run_id: "test".to_owned(),
        cases,
        phases: vec!["laws".to_owned()],
        laws: vec![PAGES.to_owned()],
        ..Settings::default()
    };
    run(&contract, &target, &settings, &|_| {}).await.unwrap()
}

/// The bodies that the report of the one failure shows.
fn bodies(report: &Report) -> Vec<String> {
    let [failure] = report.failures.as_slice() else {
        panic!("{}", report.text());
    };
    let steps = failure.before.iter().chain([&failure.step]);
    steps
        .map(|step| step.response.as_ref().unwrap().body.clone())
        .collect()
}

fn is_whole(body: &str) -> bool {
    serde_json::from_str::<Value>(body).is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_pages_that_fail_again_are_told_whole() {
    let server = rows(700, 1_000, |place, _| Some(place % 600)).await;
    let bodies = bodies(&walk(&server, 1).await);
    assert_eq!(bodies.len(), 7);
    assert!(bodies.iter().all(|body| is_whole(body)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_pages_that_do_not_fail_again_are_told_as_far_as_they_were_kept() {
    let shown = AtomicUsize::new(0);
    let server = rows(700, 1_000, move |place, _| {
        if place == 650 && shown.fetch_add(1, Ordering::Relaxed) == 0 {
            return Some(1);
        }
        Some(place)
    })
    .await;
    let bodies = bodies(&walk(&server, 1).await);
    let (last, before) = bodies.split_last().unwrap();
    assert!(is_whole(&before[0]) && is_whole(last));
    let cut: Vec<&String> = before.iter().filter(|body| !is_whole(body)).collect();
    assert!(!cut.is_empty());
    for body in cut {
        assert!(
            body.ends_with(" more bytes came, and were not kept)"),
            "{body}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_is_walked_to_its_end_by_one_sequence_of_many() {
    // Whoever walks to its end with smaller pages does not come upon a row that was there.
    let replaces = |place: usize, limit: usize| match place {
        1_498 if limit < 100 => Some(1_500),
        _ => Some(place),
    };
    let server = rows(1_500, 1, replaces).await;
    let report = walk(&server, 40).await;
    let failure = report.failures.first().unwrap();
    assert!(
        failure.message.starts_with("the item `1498` was there"),
        "{}",
        failure.message
    );
    assert_eq!(failure.seen, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_too_long_is_still_judged_as_far_as_walks_go() {
    let server = rows(1_000_000, 1, |place, _| Some(place)).await;
    let report = walk(&server, 40).await;
    assert!(report.is_clean(), "{}", report.text());
    let held = report.checks.iter().find(|check| check.name == PAGES);
    assert_eq!(held.unwrap().held, 2, "{}", report.text());
    assert!(report.requests < 250, "{}", report.requests);
}
