//! Failures that are accepted until a day.

use contract_harness::report::{FailureReport, Standing};
use contract_harness::{Baseline, Report, Settings};
use serde_json::Value;

use crate::server::{Fault, start};
use crate::{report, settings};

/// A report with one failure.
async fn failing() -> Report {
    let server = start(Some(Fault::NoLocation)).await;
    report_of(&server.base_url, "examples").await
}

/// An entry of a baseline for a failure.
fn entry(failure: &FailureReport, until: &str) -> String {
    let text = |text: &str| Value::from(text).to_string();
    format!(
        "[[accepted]]\ncheck = {}\noperations = {}\nexpected = {}\ncause = {}\nreason = \"Known.\"\nuntil = {until}\n",
        text(&failure.check),
        Value::from(failure.operations.clone()),
        text(&failure.expected),
        text(&failure.cause),
    )
}

#[tokio::test]
async fn a_baseline_accepts_until_its_day_and_tells_what_is_mended() {
    let day = |text: &str| text.parse().unwrap();
    let failing = failing().await;
    let baseline = Baseline::parse(&entry(&failing.failures[0], "2027-01-31")).unwrap();

    let mut report = failing.clone();
    baseline.apply(&mut report, day("2027-01-31"));
    assert!(
        report.is_clean() && report.baseline.is_empty(),
        "{}",
        report.text()
    );
    assert_eq!(report.accepted[0].reason, "Known.");
    assert!(
        report
            .text()
            .contains("is accepted until 2027-01-31: Known."),
        "{}",
        report.text()
    );

    let mut report = failing.clone();
    baseline.apply(&mut report, day("2027-02-01"));
    assert_eq!(report.baseline[0].standing, Standing::Expired);
    assert!(
        !report.is_clean() && report.text().contains("that day is over"),
        "{}",
        report.text()
    );

    let mut elsewhere = failing.clone();
    elsewhere.failures[0].operations.push("getThing".to_owned());
    baseline.apply(&mut elsewhere, day("2027-01-31"));
    assert!(!elsewhere.is_clean(), "{}", elsewhere.text());

    let server = start(None).await;
    let mut mended = report_of(&server.base_url, "examples").await;
    baseline.apply(&mut mended, day("2027-01-31"));
    assert_eq!(mended.baseline[0].standing, Standing::Mended);
    let mut not_judged = report_of(&server.base_url, "methods").await;
    baseline.apply(&mut not_judged, day("2027-01-31"));
    assert_eq!(not_judged.baseline[0].standing, Standing::NotJudged);
}

async fn report_of(base_url: &str, phase: &str) -> Report {
    let settings = Settings {
        phases: vec![phase.to_owned()],
        ..settings(1)
    };
    report(base_url, &settings).await
}

#[tokio::test]
async fn a_baseline_is_brought_up_to_date_and_keeps_its_comments() {
    let day = |text: &str| text.parse().unwrap();
    let failing = failing().await;
    let text = Baseline::updated("", &failing, "Known.", day("2027-01-31")).unwrap();
    let mut accepted = failing.clone();
    Baseline::parse(&text)
        .unwrap()
        .apply(&mut accepted, day("2027-01-31"));
    assert!(accepted.is_clean(), "{text}");
    // Nothing to do: nothing is done.
    let text = format!("# Ours.\n{text}");
    let again = Baseline::updated(&text, &accepted, "Other.", day("2028-01-31")).unwrap();
    assert_eq!(again, text);
    // What is over is renewed.
    let mut over = failing.clone();
    Baseline::parse(&text)
        .unwrap()
        .apply(&mut over, day("2027-02-01"));
    let renewed = Baseline::updated(&text, &over, "Other.", day("2028-01-31")).unwrap();
    let entries = Baseline::parse(&renewed).unwrap().entries;
    assert_eq!((entries.len(), entries[0].reason.as_str()), (1, "Other."));
    assert!(renewed.starts_with("# Ours."), "{renewed}");
    // What is mended is taken out.
    let server = start(None).await;
    let mut mended = report_of(&server.base_url, "examples").await;
    Baseline::parse(&text)
        .unwrap()
        .apply(&mut mended, day("2027-01-31"));
    let less = Baseline::updated(&text, &mended, "Other.", day("2028-01-31")).unwrap();
    assert_eq!(Baseline::parse(&less).unwrap().entries, [], "{less}");
}
