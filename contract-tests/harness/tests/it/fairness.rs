//! A server that keeps its document passes, under any seed; and a run's choices follow from its seed alone.

use contract_harness::{Settings, Target, run};

use crate::server::start;
use crate::{contract, report, settings, target};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correct_server_passes_under_every_seed() {
    for seed in 0..100 {
        let server = start(None).await;
        // What no seed changes is left to the first ones.
        let varies = ["random", "negative", "laws"].map(str::to_owned).to_vec();
        let phases = if seed < 10 { Vec::new() } else { varies };
        let is_whole = phases.is_empty();
        let settings = Settings {
            cases: 10,
            phases,
            ..settings(seed)
        };
        let report = report(&server.base_url, &settings).await;
        assert!(report.is_clean(), "seed {seed}:\n{}", report.text());
        for note in &report.notes {
            assert!(is_open(&note.message), "seed {seed}: {}", note.message);
        }
        if is_whole {
            let idle = report.never_applied();
            assert_eq!(idle, Vec::<&str>::new(), "seed {seed}:\n{}", report.text());
        }
    }
}

/// Whether a note is about what document and HTTP leave to the server.
fn is_open(message: &str) -> bool {
    ["the document says nothing", "HTTP says nothing"]
        .iter()
        .any(|open| message.contains(open))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notes_are_about_what_the_document_leaves_open() {
    let server = start(None).await;
    let report = report(&server.base_url, &settings(1)).await;
    for note in &report.notes {
        assert!(
            is_open(&note.message),
            "{}: {}",
            note.operation,
            note.message
        );
    }
    let untested: Vec<&str> = report.gaps.iter().map(|gap| gap.part.as_str()).collect();
    assert!(
        untested.iter().all(|part| !part.is_empty()),
        "{:?}",
        report.gaps
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_the_same_however_many_are_in_flight() {
    let mut runs = Vec::new();
    for in_flight in [1, 16] {
        let server = start(None).await;
        report(
            &server.base_url,
            &Settings {
                in_flight,
                cases: 40,
                ..settings(7)
            },
        )
        .await;
        let mut requests = server.requests.lock().unwrap().clone();
        requests.sort();
        runs.push(requests);
    }
    assert_eq!(runs[0], runs[1]);
    let server = start(None).await;
    let other = Settings {
        run_id: "other".to_owned(),
        cases: 40,
        ..settings(7)
    };
    report(&server.base_url, &other).await;
    assert_ne!(runs[0].len(), 0);
    assert_ne!(*server.requests.lock().unwrap(), runs[0]);
}

#[tokio::test]
async fn a_run_that_cannot_be_made_says_what_to_do() {
    let check = async |target: &Target, expected: &str| {
        let error = run(&contract(), target, &settings(1), &|_| {})
            .await
            .unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(
        &target("http://127.0.0.1:1"),
        "no server answers at 127.0.0.1:1",
    )
    .await;
    check(&target("ftp://127.0.0.1"), "it starts with neither").await;
    let mut unknown = target("http://127.0.0.1:1");
    unknown.credentials.insert("bearer", "x");
    let error = run(&contract(), &unknown, &settings(1), &|_| {})
        .await
        .unwrap_err();
    let expected =
        "the document has no security scheme `bearer`: known are `bearerAuth`, `keyAuth`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_credentials_only_their_absence_is_tested() {
    let server = start(None).await;
    let anonymous = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let report = run(&contract(), &anonymous, &settings(1), &|_| {})
        .await
        .unwrap();
    assert!(report.is_clean(), "{}", report.text());
    let held: Vec<&str> = report
        .checks
        .iter()
        .filter(|c| c.held > 0)
        .map(|c| c.name.as_str())
        .collect();
    assert!(
        held.contains(&"ignored_auth") && !held.contains(&"positive_data_acceptance"),
        "{held:?}"
    );
    assert!(
        report
            .gaps
            .iter()
            .any(|gap| gap.reason.contains("bearerAuth")),
        "{:?}",
        report.gaps
    );
}
