//! How a run is made: what its settings do to it, and what they do not.

use std::collections::BTreeSet;
use std::time::Duration;

use contract_harness::report::{Ending, Report};
use contract_harness::{Contract, Override, Settings, Shard, Target, run, run_until};
use serde_json::{Value, json};

use crate::server::{Fault, start};
use crate::tiny::{self, ONE};
use crate::{contract, report, settings, target};

/// What a server was sent and what the report says, without the times.
async fn seen(fault: Option<Fault>, settings: &Settings) -> (Vec<String>, Value) {
    let server = start(fault).await;
    let report = report(&server.base_url, settings).await;
    let mut requests = server.requests.lock().unwrap().clone();
    requests.sort();
    let mut report = serde_json::to_value(&report).unwrap();
    report["elapsed_seconds"] = Value::Null;
    report["base_url"] = Value::Null;
    forget_times(&mut report, &server.base_url);
    (requests, report)
}

/// The hour of an answer, and the port that a server happens to have.
fn forget_times(value: &mut Value, base_url: &str) {
    match value {
        Value::Array(items) if items.first() == Some(&json!("date")) => items.truncate(1),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| forget_times(item, base_url)),
        Value::Object(members) => {
            members.retain(|name, _| name != "started" && name != "elapsed_seconds");
            members
                .values_mut()
                .for_each(|item| forget_times(item, base_url));
        }
        Value::String(text) => *text = text.replace(base_url, ""),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_and_report_are_the_same_whatever_the_number_of_workers() {
    for fault in [None, Some(Fault::LongNames), Some(Fault::LostNote)] {
        let mut runs = Vec::new();
        for (workers, in_flight) in [(1, 1), (1, 16), (2, 16), (4, 8)] {
            let settings = Settings {
                workers,
                in_flight,
                cases: 30,
                // What a list shows follows from what is there when it is asked.
                exclude: vec!["listThings".to_owned()],
                ..settings(7)
            };
            runs.push((workers, seen(fault, &settings).await));
        }
        let (_, (requests, report)) = &runs[0];
        for (workers, (same, alike)) in &runs[1..] {
            assert_eq!(requests, same, "{fault:?}, {workers} workers");
            assert_eq!(report, alike, "{fault:?}, {workers} workers");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_is_of_exactly_one_shard() {
    let whole = Settings {
        cases: 20,
        ..settings(1)
    };
    let server = start(None).await;
    let all = report(&server.base_url, &whole).await;
    let mut planned = 0;
    let mut laws = BTreeSet::new();
    for number in 1..=3 {
        let part = Settings {
            shard: Shard::new(number, 3),
            ..whole.clone()
        };
        let server = start(None).await;
        let part = report(&server.base_url, &part).await;
        assert!(part.is_clean(), "{}", part.text());
        assert!(part.planned < all.planned);
        planned += part.planned;
        for check in part
            .checks
            .iter()
            .filter(|c| c.applied > 0 && c.name.contains('_'))
        {
            if ["created_reads_back", "location_leads_to_created"].contains(&check.name.as_str()) {
                assert!(laws.insert(check.name.clone()), "{} is split", check.name);
            }
        }
    }
    assert_eq!(planned, all.planned);
    assert_eq!(laws.len(), 2);
}

/// The operations that were called, and the kinds of calls.
fn called(report: &Report) -> Vec<String> {
    let operations = report.operations.iter();
    operations
        .flat_map(|o| o.cases.keys().map(|kind| format!("{} {kind}", o.operation)))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_is_asked_for_is_tested() {
    let server = start(None).await;
    let check = async |settings: Settings, expected: &[&str]| {
        let report = report(&server.base_url, &settings).await;
        assert_eq!(called(&report), expected);
        assert_eq!(report.failures.len(), 0, "{}", report.text());
        report
    };
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    check(
        Settings {
            include: names(&["listThings", "get /things/{id}"]),
            exclude: names(&["getThing"]),
            phases: names(&["random", "credentials"]),
            ..settings(1)
        },
        &["listThings credentials", "listThings positive"],
    )
    .await;
    let judged = check(
        Settings {
            include: names(&["listThings"]),
            phases: names(&["negative"]),
            checks: names(&["not_a_server_error"]),
            ..settings(1)
        },
        &["listThings negative", "listThings odd"],
    )
    .await;
    let applied: Vec<&str> = judged
        .checks
        .iter()
        .filter(|c| c.applied > 0)
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(applied, ["not_a_server_error"]);
    let other = check(
        Settings {
            include: names(&["listThings"]),
            phases: names(&["random"]),
            overrides: vec![Override {
                operation: "GET /things".to_owned(),
                cases: Some(7),
                skip: names(&["positive_data_acceptance"]),
                ..Override::default()
            }],
            ..settings(1)
        },
        &["listThings positive"],
    )
    .await;
    assert_eq!(other.cases, 7);
    assert!(other.never_applied().contains(&"positive_data_acceptance"));
}

#[tokio::test]
async fn names_that_nothing_has_end_the_run_before_it_starts() {
    let names = |name: &str| vec![name.to_owned()];
    let wrong = Settings {
        include: names("getThink"),
        exclude: names("PUT /things"),
        phases: names("fuzzing"),
        checks: names("no_such_check"),
        overrides: vec![Override {
            operation: "nothing".to_owned(),
            ..Override::default()
        }],
        ..settings(1)
    };
    let error = run(&contract(), &target("http://127.0.0.1:1"), &wrong, &|_| {})
        .await
        .unwrap_err();
    let lines = error.to_string();
    let expected = [
        "there is no phase `fuzzing`: known are `examples`",
        "the document has no operation `getThink`: known are `listThings`",
        "the document has no operation `PUT /things`",
        "there is no check `no_such_check`: known are `not_a_server_error`",
        "the document has no operation `nothing`",
    ];
    assert_eq!(lines.lines().count(), expected.len(), "{lines}");
    for (line, expected) in lines.lines().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_cut_short_says_so() {
    let server = start(None).await;
    let no_time = Settings {
        max_time: Some(Duration::ZERO),
        ..settings(1)
    };
    let cut = report(&server.base_url, &no_time).await;
    assert_eq!(cut.ending, Ending::OutOfTime);
    assert!(cut.cases < cut.planned);
    let stopped = run_until(
        &contract(),
        &target(&server.base_url),
        &settings(1),
        &|_| {},
        async {},
    )
    .await
    .unwrap();
    assert_eq!(stopped.ending, Ending::Interrupted);
    assert!(stopped.cases < stopped.planned);
    assert!(stopped.is_clean(), "{}", stopped.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_elsewhere_is_only_read() {
    let server = start(None).await;
    // The address of no machine in particular leads here, and is not known to.
    let elsewhere = server.base_url.replace("127.0.0.1", "0.0.0.0");
    let report = report(&elsewhere, &settings(1)).await;
    assert!(report.is_clean(), "{}", report.text());
    let written = server.requests.lock().unwrap().iter().any(|request| {
        !["GET ", "HEAD ", "OPTIONS ", "TRACE "]
            .iter()
            .any(|method| request.starts_with(method))
    });
    assert!(!written);
    let withheld: Vec<&str> = report
        .gaps
        .iter()
        .filter(|gap| gap.reason.contains("allow writes"))
        .map(|gap| gap.operation.as_str())
        .collect();
    assert_eq!(withheld, ["createThing", "deleteThing"]);
    let only_writes = Settings {
        include: vec!["createThing".to_owned()],
        ..settings(1)
    };
    let error = run(&contract(), &target(&elsewhere), &only_writes, &|_| {})
        .await
        .unwrap_err();
    assert!(error.to_string().contains("allow writes"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_of_the_settings_are_sent_and_kept_secret_where_they_are() {
    let server = tiny::start(|request| {
        let has = |name: &str, text: &str| request.headers().get(name).is_some_and(|v| v == text);
        if has("x-tenant", "a") && has("cookie", "session=hidden") && has("user-agent", "me") {
            return tiny::answer(500, &json!(1));
        }
        tiny::answer(200, &json!(1))
    })
    .await;
    let contract = Contract::new(openapi_model::parse(ONE).unwrap()).unwrap();
    let target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let header = |name: &'static str, value: &'static str| {
        (
            http::HeaderName::from_static(name),
            http::HeaderValue::from_static(value),
        )
    };
    let settings = Settings {
        headers: vec![
            header("x-tenant", "a"),
            header("cookie", "session=hidden"),
            header("user-agent", "me"),
        ],
        phases: vec!["random".to_owned()],
        ..settings(1)
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    let curl = &report.failures[0].step.curl;
    assert!(
        curl.contains("'x-tenant: a'") && curl.contains(r#"'cookie: '"$COOKIE""#),
        "{curl}"
    );
    assert!(!serde_json::to_string(&report).unwrap().contains("hidden"));
}
