//! The report as JUnit's XML, which continuous integration shows.
//!
//! JUnit knows suites of tests that pass, fail or are skipped. Here a suite is an operation and a test is a check that
//! judged it, so that names stay the same from run to run; an operation that was not tested is skipped, with the reason.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::text::failure_text;
use super::{FailureReport, OperationReport, Report};

pub(super) fn write(report: &Report, out: impl Write) -> io::Result<()> {
    let mut junit = quick_junit::Report::new(format!("{} {}", report.title, report.version));
    junit.set_time(Duration::try_from_secs_f64(report.elapsed_seconds).unwrap_or_default());
    for operation in &report.operations {
        junit.add_test_suite(suite(report, operation));
    }
    junit.serialize(out).map_err(io::Error::other)
}

fn suite(report: &Report, operation: &OperationReport) -> TestSuite {
    let name = &operation.operation;
    let mut suite = TestSuite::new(name.as_str());
    suite.add_property(("seed", report.seed.to_string().as_str()));
    suite.add_property(("run_id", report.run_id.as_str()));
    for check in operation.checks.iter().filter(|check| check.applied > 0) {
        let is_here = |failure: &&FailureReport| {
            failure.check == check.name && failure.operations.contains(name)
        };
        let broken: Vec<&FailureReport> = report.failures.iter().filter(is_here).collect();
        suite.add_test_case(test(name, &check.name, &broken));
    }
    if suite.test_cases.is_empty() {
        let mut status = TestCaseStatus::skipped();
        let gap = report
            .gaps
            .iter()
            .find(|gap| gap.operation == *name && gap.part.is_empty());
        status.set_message(gap.map_or("no case of it was judged", |gap| gap.reason.as_str()));
        let mut test = TestCase::new("tested", status);
        test.set_classname(name.as_str());
        suite.add_test_case(test);
    }
    suite
}

fn test(operation: &str, check: &str, broken: &[&FailureReport]) -> TestCase {
    let status = match broken {
        [] => TestCaseStatus::success(),
        [first, others @ ..] => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let others = match others.len() {
                0 => String::new(),
                count => format!(" (and {count} more)"),
            };
            status.set_message(format!("{}{others}", first.message));
            status.set_type(check);
            let texts: Vec<String> = broken.iter().map(|failure| failure_text(failure)).collect();
            status.set_description(texts.join("\n"));
            status
        }
    };
    let mut test = TestCase::new(check, status);
    test.set_classname(operation);
    test
}
