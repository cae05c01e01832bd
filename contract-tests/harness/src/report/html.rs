//! The report as one page for a person: no script, and nothing that is fetched.
//!
//! The template stands beside this file and escapes all that it shows: bodies and headers come from a server under test,
//! and may hold anything. What is shown of them is bounded; the JSON report has it whole.

mod laws;
mod view;

use std::borrow::Borrow;
use std::io::{self, Write};

use askama::Template;

use super::text::thousands;
use super::verdict;
use super::{CheckReport, FailureReport, Report};
use laws::LawView;
use view::{AcceptedView, FailureView, OperationView, spans};

pub(super) fn write(report: &Report, mut out: impl Write) -> io::Result<()> {
    Page { report }
        .write_into(&mut out)
        .map_err(io::Error::other)?;
    out.flush()
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    report: &'r Report,
}

impl<'r> Page<'r> {
    fn title(&self) -> String {
        format!("{}: {}", verdict::headline(self.report), self.report.title)
    }

    fn verdict(&self) -> String {
        verdict::headline(self.report)
    }

    fn sentences(&self) -> Vec<String> {
        verdict::sentences(self.report)
    }

    fn meaning(&self) -> &'static str {
        verdict::MEANING
    }

    fn elapsed(&self) -> String {
        format!("{:.2} s", self.report.elapsed_seconds)
    }

    fn could_hide(&self, check: &CheckReport) -> String {
        check
            .could_hide
            .map_or_else(|| "–".to_owned(), verdict::percent)
    }

    fn failures(&self) -> Vec<FailureView<'r>> {
        views(&self.report.failures, "failure")
    }

    fn accepted(&self) -> Vec<AcceptedView<'r>> {
        let accepted = self.report.accepted.iter().enumerate();
        accepted
            .map(|(index, accepted)| AcceptedView {
                accepted,
                number: index + 1,
                id: format!("accepted-{}", index + 1),
            })
            .collect()
    }

    fn laws(&self) -> Vec<LawView<'r>> {
        self.report.laws.iter().map(LawView).collect()
    }

    fn operations(&self) -> Vec<OperationView<'r>> {
        let operations = self.report.operations.iter().enumerate();
        operations
            .map(|(index, operation)| OperationView {
                id: format!("operation-{}", index + 1),
                operation,
                failures: views(&self.report.failures, "failure")
                    .into_iter()
                    .filter(|view| view.failure.operations.contains(&operation.operation))
                    .collect(),
            })
            .collect()
    }
}

fn views<'r>(failures: &'r [FailureReport], name: &str) -> Vec<FailureView<'r>> {
    let failures = failures.iter().enumerate();
    failures
        .map(|(index, failure)| FailureView {
            failure,
            number: index + 1,
            id: format!("{name}-{}", index + 1),
        })
        .collect()
}

/// As [`thousands`]; templates give fields by reference and results of methods by value.
fn number(number: impl Borrow<usize>) -> String {
    thousands(*number.borrow())
}

fn often(count: impl Borrow<usize>) -> String {
    verdict::often(*count.borrow())
}
