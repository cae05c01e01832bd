//! Bodies that a server takes once: what makes each of them one of its own is drawn anew whenever a case is sent again.

use std::collections::BTreeSet;
use std::sync::Mutex;

use contract_harness::report::Replayed;
use contract_harness::{Contract, Report, Settings, Target, run};
use http::Method;
use serde_json::{Value, json};

use crate::settings;
use crate::tiny::{self, Tiny, answer, value};

const USERS: &str = r#"
openapi: 3.0.3
info: {title: Users, version: '1'}
paths:
  /users:
    post:
      operationId: makeUser
      x-contract: {identity: {by: /name, again: 409}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, size]
              properties:
                name: {type: string, pattern: '^[a-z]{6,30}$'}
                size: {type: integer, minimum: 0, maximum: 1000}
      responses:
        '204': {description: Made.}
        '409': {description: There is one of that name.}
"#;

/// A server of users, to which those of a size above 500 are too much, if it does not mend.
async fn users(is_mended: bool) -> Tiny {
    let names = Mutex::new(BTreeSet::new());
    tiny::start(move |request| {
        let refuse = |status: u16| {
            let response = http::Response::builder().status(status);
            response.body(Default::default()).unwrap()
        };
        if request.method() != Method::POST {
            return answer(405, &Value::Null);
        }
        let user = value(request);
        if !names.lock().unwrap().insert(user["name"].to_string()) {
            refuse(409)
        } else if user["size"].as_i64() > Some(500) && !is_mended {
            refuse(500)
        } else {
            refuse(204)
        }
    })
    .await
}

async fn test(server: &Tiny, settings: &Settings) -> Report {
    let contract = Contract::new(openapi_model::parse(USERS).unwrap()).unwrap();
    let target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    run(&contract, &target, settings, &|_| {}).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_are_taken_once_do_not_stop_a_failure_from_shrinking_nor_from_being_seen_again()
{
    let server = users(false).await;
    let random = Settings {
        phases: vec!["random".to_owned()],
        ..settings(5)
    };
    let report = test(&server, &random).await;
    let [failure] = report.failures.as_slice() else {
        panic!("{}", report.text());
    };
    let body: Value = serde_json::from_str(failure.step.request.body.as_deref().unwrap()).unwrap();
    assert_eq!(body["size"], json!(501), "{}", report.text());
    let only = Settings {
        regressions: report.regressions.clone(),
        phases: vec!["methods".to_owned()],
        run_id: "next".to_owned(),
        ..settings(6)
    };
    for (is_mended, expected) in [(false, Replayed::Fails), (true, Replayed::Mended)] {
        let mended;
        let server = if is_mended {
            mended = users(true).await;
            &mended
        } else {
            &server
        };
        let report = test(server, &only).await;
        let verdicts: Vec<_> = report.replayed.iter().map(|each| &each.verdict).collect();
        assert_eq!(verdicts, [&expected]);
    }
}
