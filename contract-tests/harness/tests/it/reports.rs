//! The formats of a report, from one run against a server with one fault.
//!
//! What differs from run to run, such as the server's port and the times, is put in its place before; the rest is under
//! review in `tests/it/reports`. `EXPECTORATE=overwrite cargo test -p contract-harness --test it reports` writes it anew.

use std::io::Write;
use std::path::Path;

use contract_harness::report::StepReport;
use contract_harness::{Report, Settings};
use expectorate::assert_contents;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::server::{BEARER, Fault, KEY, start};
use crate::{report, settings};

/// A report that is the same each time.
async fn fixed() -> Report {
    let server = start(Some(Fault::NoLocation)).await;
    let settings = Settings {
        phases: vec!["examples".to_owned()],
        ..settings(1)
    };
    let mut report = report(&server.base_url, &settings).await;
    let base_url = std::mem::replace(&mut report.base_url, "http://things.test".to_owned());
    report.elapsed_seconds = 0.5;
    report.requests = 5;
    for failure in &mut report.failures {
        failure
            .before
            .iter_mut()
            .for_each(|step| fix(step, &base_url));
        fix(&mut failure.step, &base_url);
    }
    report
}

/// Puts in its place what is drawn, and what the server makes of it.
fn fix(step: &mut StepReport, base_url: &str) {
    let tags = step.request.headers.iter_mut();
    for (_, tag) in tags.filter(|(name, _)| name == "Request-Tag") {
        let (drawn, fixed) = (format!("Request-Tag: {tag}"), "Request-Tag: a-tag");
        step.curl = step.curl.replace(&drawn, fixed);
        *tag = "a-tag".to_owned();
    }
    step.curl = step.curl.replace(base_url, "http://things.test");
    step.started = "2026-01-02T03:04:05.678Z".to_owned();
    step.elapsed_seconds = 0.25;
    if let Some(response) = &mut step.response {
        response
            .headers
            .retain(|(name, _)| name != "date" && name != "content-length");
        let mut body: Value = serde_json::from_str(&response.body).unwrap();
        body["id"] = Value::from(1);
        response.body = body.to_string();
    }
}

/// The report with a failure whose every text is hostile.
async fn hostile() -> Report {
    let mut report = fixed().await;
    let text = "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)> `\" ' & ]]> \u{1b}[31m\r\n::error::x|y";
    let failure = &mut report.failures[0];
    failure.message = text.to_owned();
    failure.case = text.to_owned();
    failure.cause = text.to_owned();
    failure.step.request.target = text.to_owned();
    failure.step.request.body = Some(text.to_owned());
    failure.step.curl = text.to_owned();
    let response = failure.step.response.as_mut().unwrap();
    response.headers.push(("x".to_owned(), text.to_owned()));
    response.body = text.repeat(100);
    report.title = text.to_owned();
    report
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    out.flush().unwrap();
    String::from_utf8(out).unwrap()
}

fn check(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reports");
    assert_contents(path.join(file), actual);
}

#[tokio::test]
async fn each_format_is_as_reviewed() {
    let report = fixed().await;
    let document = Some("spec/things.json");
    check("failures.har", &written(|out| report.write_har(out)));
    check(
        "failures.sarif",
        &written(|out| report.write_sarif(document, out)),
    );
    check(
        "annotations.txt",
        &written(|out| report.write_annotations(document, out)),
    );
    check("summary.md", &written(|out| report.write_step_summary(out)));
    check("page.html", &written(|out| report.write_html(out)));
}

#[tokio::test]
async fn the_page_is_html_without_scripts_and_without_anything_from_elsewhere() {
    for report in [fixed().await, hostile().await] {
        let text = written(|out| report.write_html(out));
        let page = Html::parse_document(&text);
        assert_eq!(page.errors, [""; 0], "{text}");
        let select = |selector: &str| {
            let selector = Selector::parse(selector).unwrap();
            page.select(&selector).count()
        };
        for nothing in [
            "script",
            "img",
            "link",
            "iframe",
            "[src]",
            "[onerror]",
            "form",
            "object",
        ] {
            assert_eq!(select(nothing), 0, "{nothing}");
        }
        assert_eq!(select("a[href]"), select("a[href^='#']"));
        assert_eq!((select("h1"), select("article.failure")), (1, 1));
        assert_eq!(select("table"), select("table > caption"));
        assert!(!text.contains("url(") && !text.contains("@import"));
        // Whoever follows a link finds something.
        let links = Selector::parse("a[href]").unwrap();
        for link in page.select(&links).filter_map(|link| link.attr("href")) {
            assert_eq!(select(link), 1, "{link}");
        }
        assert_eq!(
            select("article.failure pre"),
            3 + select("article.failure details")
        );
    }
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let report = hostile().await;
    let annotations = written(|out| report.write_annotations(Some("a,b:c.yaml"), out));
    assert_eq!(annotations.lines().count(), 1, "{annotations}");
    assert!(
        annotations.starts_with("::error file=a%2Cb%3Ac.yaml,line="),
        "{annotations}"
    );
    let summary = written(|out| report.write_step_summary(out));
    let escaped = summary.replace(r"\<", "");
    assert!(
        !escaped.contains("<script") && !escaped.contains("<img"),
        "{summary}"
    );
    assert_eq!(summary.matches("</pre>").count(), 1, "{summary}");
    for archive in [
        written(|out| report.write_har(out)),
        written(|out| report.write_sarif(None, out)),
    ] {
        let value: Value = serde_json::from_str(&archive).unwrap();
        assert!(value.to_string().contains("alert(1)"), "{archive}");
    }
}

#[tokio::test]
async fn no_format_tells_a_secret() {
    let server = start(Some(Fault::MissingMember)).await;
    let report = report(&server.base_url, &settings(3)).await;
    assert!(!report.failures.is_empty());
    for text in [
        written(|out| report.write_har(out)),
        written(|out| report.write_sarif(None, out)),
        written(|out| report.write_annotations(None, out)),
        written(|out| report.write_step_summary(out)),
        written(|out| report.write_html(out)),
    ] {
        assert!(!text.contains(BEARER) && !text.contains(KEY), "{text}");
    }
}
