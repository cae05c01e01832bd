//! Each fault, the one check or law that must catch it, and within how many random cases.

use std::time::Duration;

use contract_harness::{Report, Settings};

use crate::server::{Fault, start};
use crate::{report, settings};

/// The fault, what catches it, in which operation, and within how many random cases of each operation and phase: what
/// examples, boundaries and rules find takes hardly any.
const TABLE: [(Fault, &str, &str, usize); 32] = [
    (
        Fault::WrongStatus,
        "status_code_conformance",
        "createThing",
        1,
    ),
    (
        Fault::UndeclaredStatus,
        "status_code_conformance",
        "getThing",
        1,
    ),
    (
        Fault::MissingMember,
        "response_schema_conformance",
        "getThing",
        1,
    ),
    (
        Fault::WrongRefusal,
        "response_schema_conformance",
        "listThings",
        1,
    ),
    (Fault::NotJson, "response_schema_conformance", "getThing", 1),
    (Fault::UncheckedBearer, "ignored_auth", "createThing", 1),
    (Fault::UncheckedKey, "ignored_auth", "getThing", 1),
    (Fault::AnyKey, "ignored_auth", "listThings", 1),
    (
        Fault::LongNames,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::ShortNames,
        "positive_data_acceptance",
        "createThing",
        1,
    ),
    (
        Fault::UncheckedCount,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::UnknownMembers,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::UncheckedLimit,
        "negative_data_rejection",
        "listThings",
        1,
    ),
    (
        Fault::UncheckedColors,
        "negative_data_rejection",
        "listThings",
        1,
    ),
    (Fault::NoNull, "positive_data_acceptance", "createThing", 1),
    (
        Fault::WrongContentType,
        "content_type_conformance",
        "getThing",
        1,
    ),
    (
        Fault::OptionalTag,
        "missing_required_header",
        "createThing",
        1,
    ),
    (
        Fault::NoLocation,
        "response_headers_conformance",
        "createThing",
        1,
    ),
    (
        Fault::FailsOnBoundary,
        "not_a_server_error",
        "createThing",
        1,
    ),
    (
        Fault::TrailingBytes,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::EmptyBody,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::AnyMediaType,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (
        Fault::AnyAccept,
        "negative_data_rejection",
        "createThing",
        1,
    ),
    (Fault::UndeclaredMethod, "unsupported_method", "getThing", 1),
    (Fault::NoAllow, "unsupported_method", "listThings", 1),
    (Fault::LostNote, "created_reads_back", "createThing", 1),
    (Fault::LostNulls, "created_reads_back", "createThing", 30),
    (Fault::LocalTime, "created_reads_back", "createThing", 10),
    (Fault::WrongId, "created_reads_back", "createThing", 1),
    (
        Fault::WrongLocation,
        "location_leads_to_created",
        "createThing",
        1,
    ),
    (
        Fault::Forgets,
        "ensure_resource_availability",
        "createThing",
        1,
    ),
    (Fault::Drops, "not_a_server_error", "createThing", 1),
];

/// Faults that another check or law sees as well, with the same right.
const SEEN_TWICE: [(Fault, &str); 2] = [
    (Fault::MissingMember, "created_reads_back"),
    (Fault::Forgets, "positive_data_acceptance"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_caught_by_its_check_alone() {
    let mut wrong = Vec::new();
    for (fault, check, operation, cases) in TABLE {
        let server = start(Some(fault)).await;
        let report = report(
            &server.base_url,
            &Settings {
                cases,
                ..settings(11)
            },
        )
        .await;
        let is_caught = report
            .failures
            .iter()
            .any(|f| f.check == check && f.operations.iter().any(|o| o == operation));
        let expected = |name: &str| name == check || SEEN_TWICE.contains(&(fault, name));
        let others = report
            .failures
            .iter()
            .filter(|f| !expected(&f.check))
            .count();
        if !is_caught || others > 0 {
            wrong.push(format!(
                "{fault:?} should be caught by {check}:\n{}",
                report.text()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The one failure of a check, where there is one of many causes at most.
async fn smallest(fault: Fault, check: &str) -> (Report, usize) {
    let server = start(Some(fault)).await;
    let report = report(&server.base_url, &settings(3)).await;
    let index = report
        .failures
        .iter()
        .position(|f| f.check == check)
        .unwrap();
    (report, index)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_shrinks_to_its_smallest_case() {
    let (report, at) = smallest(Fault::LongNames, "negative_data_rejection").await;
    let failure = &report.failures[at];
    let body: serde_json::Value =
        serde_json::from_str(failure.step.request.body.as_deref().unwrap()).unwrap();
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["name"], "{}", report.text());
    assert_eq!(
        body["name"].as_str().unwrap().chars().count(),
        21,
        "{}",
        report.text()
    );
    assert_eq!(
        failure.expected,
        "#/components/schemas/NewThing/properties/name/maxLength"
    );

    let (report, at) = smallest(Fault::FailsOnBoundary, "not_a_server_error").await;
    let body = report.failures[at].step.request.body.as_deref().unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["count"], 100, "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_with_members_of_free_names_is_told_once() {
    let (report, at) = smallest(Fault::LostNulls, "created_reads_back").await;
    assert_eq!(report.failures.len(), 1, "{}", report.text());
    assert_eq!(report.failures[at].cause, "/extra/*");
    assert!(report.failures[at].seen > 1, "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_law_shrinks_as_a_sequence() {
    let (report, at) = smallest(Fault::LostNote, "created_reads_back").await;
    let failure = &report.failures[at];
    assert_eq!(failure.before.len(), 1, "{}", report.text());
    let body = failure.before[0].request.body.as_deref().unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let mut members: Vec<&String> = body.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["name", "note"], "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_is_a_failure_and_does_not_hang_the_run() {
    let server = start(Some(Fault::Hangs)).await;
    let settings = Settings {
        timeout: Duration::from_millis(200),
        ..settings(5)
    };
    let report = report(&server.base_url, &settings).await;
    let failure = report
        .failures
        .iter()
        .find(|f| f.check == "not_a_server_error")
        .unwrap();
    assert_eq!(
        failure.step.no_answer.as_deref(),
        Some("no answer within 0.2 s")
    );
    assert!(report.elapsed_seconds < 10.0, "{}", report.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_tells_how_to_see_it_again_without_a_secret() {
    let (report, at) = smallest(Fault::MissingMember, "response_schema_conformance").await;
    let curl = &report.failures[at].step.curl;
    assert!(
        curl.contains(r#"'Authorization: Bearer '"$BEARER_AUTH""#),
        "{curl}"
    );
    assert!(curl.contains(r#"'X-Key: '"$KEY_AUTH""#), "{curl}");
    let everything = serde_json::to_string(&report).unwrap() + &report.text();
    assert!(
        !everything.contains(crate::server::BEARER) && !everything.contains(crate::server::KEY)
    );
}
