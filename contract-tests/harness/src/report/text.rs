//! The report for a person: what was asked, what held, and last what is wrong.
//!
//! What is read first on a terminal is what stands last, so failures come last, each with all that it takes to see it
//! again. Lists are cut where a person would stop to read; the JSON report has them whole.

mod failure;
mod lists;
mod tables;

use std::fmt::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Ending, FailureReport, Report, verdict};
use failure::details;
pub(crate) use failure::exchange;
use lists::{baseline, gaps, laws, names, notes, replayed};
pub(crate) use tables::table;
use tables::{checks, operations};

/// How many failures, notes and gaps are told in full.
const MOST: usize = 20;

/// How words of a kind look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) heading: Style,
    pub(crate) good: Style,
    pub(crate) bad: Style,
    pub(crate) faint: Style,
}

impl Look {
    pub(crate) const PLAIN: Look = Look {
        heading: Style::new(),
        good: Style::new(),
        bad: Style::new(),
        faint: Style::new(),
    };

    pub(crate) const COLOURED: Look = Look {
        heading: Style::new().bold(),
        good: AnsiColor::Green.on_default().bold(),
        bad: AnsiColor::Red.on_default().bold(),
        faint: Style::new().dimmed(),
    };
}

pub(super) fn text(report: &Report, look: Look) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    write(&mut out, report, look).ok();
    out
}

/// One failure, without its number.
pub(super) fn failure_text(failure: &FailureReport) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    details(&mut out, failure, "", Look::PLAIN).ok();
    out
}

fn write(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let Report {
        title,
        version,
        base_url,
        seed,
        run_id,
        ending,
        planned,
        cases,
        requests,
        elapsed_seconds,
        failures,
        ..
    } = report;
    let Look {
        heading, good, bad, ..
    } = look;
    let rate = *requests as f64 / elapsed_seconds.max(f64::EPSILON);
    writeln!(out, "{heading}{title} {version} at {base_url}{heading:#}")?;
    writeln!(
        out,
        "{} cases, {} requests in {elapsed_seconds:.2} s ({} a second); seed {seed}, run id {run_id}",
        thousands(*cases),
        thousands(*requests),
        thousands(rate as usize),
    )?;
    let early = match ending {
        Ending::Complete => None,
        Ending::OutOfTime => Some("the time was up"),
        Ending::Interrupted => Some("it was interrupted"),
        Ending::ServerGone => Some("the server does not answer any more"),
    };
    if let Some(reason) = early {
        let (cases, planned) = (thousands(*cases), thousands(*planned));
        writeln!(
            out,
            "{bad}The run ended early: {reason} after {cases} of {planned} cases.{bad:#}"
        )?;
    }
    operations(out, report, look)?;
    checks(out, report, look)?;
    laws(out, report, look)?;
    replayed(out, report, look)?;
    notes(out, report, look)?;
    gaps(out, report, look)?;
    for (index, each) in failures.iter().take(MOST).enumerate() {
        let number = index + 1;
        let FailureReport {
            check,
            operations,
            seen,
            ..
        } = each;
        let (operations, seen) = (names(operations), times(*seen));
        writeln!(
            out,
            "\n{bad}{number}. {check}{bad:#} in {heading}{operations}{heading:#}, {seen}"
        )?;
        details(out, each, "   ", look)?;
    }
    if failures.len() > MOST {
        let others = failures.len() - MOST;
        writeln!(
            out,
            "\nand {others} more failures, which the JSON report has too"
        )?;
    }
    baseline(out, report, look)?;
    let untested = report.gaps.iter().filter(|gap| gap.part.is_empty()).count();
    // Of a run that ended early everybody knows that it did not come to all of them.
    let untested = match (untested, ending) {
        (1.., Ending::Complete) => format!(
            " No valid call was made of {untested} of {} operations.",
            report.operations.len()
        ),
        _ => String::new(),
    };
    let colour = if report.is_clean() { good } else { bad };
    let headline = verdict::headline(report);
    writeln!(out, "\n{colour}{headline}{colour:#}{untested}")
}

pub(crate) fn times(count: usize) -> String {
    if count == 1 {
        "seen once".to_owned()
    } else {
        format!("seen {} times", thousands(count))
    }
}

/// 12345 as 12,345.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Gap;
    use crate::coverage::Coverage;
    use crate::report::{
        CheckReport, LawOperationReport, LawReport, NoteReport, OperationReport, ReplayReport,
        Replayed, RequestReport, ResponseReport, StepReport,
    };

    fn operation(name: &str, cases: usize) -> OperationReport {
        OperationReport {
            operation: name.to_owned(),
            method: "GET".to_owned(),
            path: "/".to_owned(),
            cases: (cases > 0)
                .then(|| ("positive".to_owned(), cases))
                .into_iter()
                .collect(),
            statuses: (cases > 0).then_some((200, cases)).into_iter().collect(),
            no_answer: 0,
            given_up: 0,
            never_answered: vec!["404".to_owned()],
            checks: Vec::new(),
            coverage: Coverage::default(),
        }
    }

    fn check(name: &str, held: usize, broken: usize) -> CheckReport {
        CheckReport {
            name: name.to_owned(),
            applied: held + broken,
            held,
            broken,
            unspecified: 0,
            could_hide: crate::report::could_hide(held, broken),
        }
    }

    fn law(name: &str, operations: &[(&str, Option<&str>)]) -> LawReport {
        let operations = operations.iter();
        LawReport {
            law: name.to_owned(),
            why: None,
            operations: operations
                .map(|(operation, why)| LawOperationReport {
                    operation: (*operation).to_owned(),
                    about: None,
                    sequences: 1,
                    held: usize::from(why.is_none()),
                    broken: 0,
                    unspecified: 0,
                    why: why.map(str::to_owned),
                })
                .collect(),
        }
    }

    fn note(operation: &str) -> NoteReport {
        NoteReport {
            check: "ignored_auth".to_owned(),
            operation: operation.to_owned(),
            message: "the server is kind".to_owned(),
            seen: 2,
        }
    }

    fn gap(operation: &str, part: &str, reason: &str) -> Gap {
        Gap {
            operation: operation.to_owned(),
            part: part.to_owned(),
            reason: reason.to_owned(),
        }
    }

    fn replay(operation: &str, verdict: Replayed) -> ReplayReport {
        ReplayReport {
            check: "not_a_server_error".to_owned(),
            operation: operation.to_owned(),
            message: "it failed".to_owned(),
            verdict,
        }
    }

    fn failure() -> FailureReport {
        FailureReport {
            check: "not_a_server_error".to_owned(),
            operation: "putThing".to_owned(),
            operations: ["putThing", "getThing", "a", "b"]
                .map(str::to_owned)
                .to_vec(),
            message: "the server answered 500".to_owned(),
            expected: "#/paths/~1things".to_owned(),
            line: Some(7),
            cause: "500".to_owned(),
            seen: 1200,
            case: "a valid call".to_owned(),
            before: Vec::new(),
            step: StepReport {
                request: RequestReport {
                    method: "PUT".to_owned(),
                    target: "/things".to_owned(),
                    headers: Vec::new(),
                    body: Some("{\n}".to_owned()),
                },
                response: Some(ResponseReport {
                    status: 500,
                    headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
                    body: "oh".to_owned(),
                }),
                no_answer: None,
                curl: "curl -i -X PUT 'http://here/things'".to_owned(),
                started: "2026-01-02T03:04:05.678Z".to_owned(),
                elapsed_seconds: 0.25,
            },
        }
    }

    fn report() -> Report {
        Report {
            title: "Things".to_owned(),
            version: "1".to_owned(),
            base_url: "http://here".to_owned(),
            seed: 7,
            run_id: "r".to_owned(),
            ending: Ending::Complete,
            planned: 1500,
            cases: 1500,
            requests: 3000,
            elapsed_seconds: 1.5,
            operations: vec![operation("getThing", 1500), operation("putThing", 0)],
            checks: vec![
                check("not_a_server_error", 1499, 1),
                check("unsupported_method", 1000, 0),
                check("ignored_auth", 0, 0),
            ],
            laws: vec![
                law("use_after_free", &[("getThing", None), ("putThing", None)]),
                law(
                    "order_is_kept",
                    &[
                        ("getThing", Some("no parameter sorts")),
                        ("putThing", Some("it is no list")),
                        ("listThings", Some("no parameter sorts")),
                    ],
                ),
                LawReport {
                    why: Some("the settings leave it out".to_owned()),
                    ..law("created_once", &[])
                },
            ],
            notes: vec![note("getThing"), note("putThing")],
            gaps: vec![
                gap("putThing", "", "there are no credentials"),
                gap("putThing", "the body", "it cannot be broken"),
                gap("getThing", "response 200", "it is no JSON"),
            ],
            replayed: vec![
                replay("a", Replayed::Mended),
                replay("b", Replayed::Dropped("it is gone".to_owned())),
                replay("c", Replayed::Mended),
            ],
            failures: vec![failure()],
            accepted: Vec::new(),
            baseline: Vec::new(),
            regressions: crate::Regressions::default(),
        }
    }

    const EXPECTED: &str = "\
Things 1 at http://here
1,500 cases, 3,000 requests in 1.50 s (2,000 a second); seed 7, run id r

operation  positive  negative  odd  credentials  method  law  answers
getThing      1,500         -    -            -       -    -  200: 1,500
declared and never answered: getThing 404

check                held  broken  unspecified  could hide
not_a_server_error  1,499       1            -           -
unsupported_method  1,000       -            -       0.30%
never applied: ignored_auth
could hide: a defect that strikes this share of a check's cases would have gone unseen with 5% probability, were the \
cases independent and drawn at random.

Laws, and where they say nothing:
  use_after_free: in getThing, putThing
  order_is_kept: not in getThing, listThings: no parameter sorts; not in putThing: it is no list
  created_once: the settings leave it out

Failed before:
  2 mended: not_a_server_error in a, not_a_server_error in c
  1 dropped, because it is gone: not_a_server_error in b

Notes, which are nobody's fault:
  the server is kind (seen 4 times; getThing, putThing)

Not tested:
  putThing: there are no credentials
  response 200 of getThing: it is no JSON

1. not_a_server_error in putThing, getThing, a and 1 more, seen 1,200 times
   the server answered 500
   expected by    #/paths/~1things (line 7)
   smallest case  putThing, a valid call
     > PUT /things
     > { }
     < 500 text/plain
     < oh
   curl -i -X PUT 'http://here/things'

The server breaks its document in one way. No valid call was made of 1 of 2 operations.
";

    #[test]
    fn a_report_reads_from_what_was_asked_to_what_is_wrong() {
        assert_eq!(text(&report(), Look::PLAIN), EXPECTED);
    }

    #[test]
    fn colours_are_all_that_a_terminal_has_more() {
        let coloured = text(&report(), Look::COLOURED);
        assert_ne!(coloured, EXPECTED);
        assert_eq!(
            anstream::adapter::strip_str(&coloured).to_string(),
            EXPECTED
        );
    }

    #[test]
    fn a_run_that_ended_early_says_so_first_and_claims_less() {
        let early = Report {
            ending: Ending::Interrupted,
            planned: 2000,
            ..report()
        };
        let text = text(&early, Look::PLAIN);
        let third = text.lines().nth(2);
        assert_eq!(
            third,
            Some("The run ended early: it was interrupted after 1,500 of 2,000 cases.")
        );
        assert!(text.ends_with("The server breaks its document in one way.\n"));
    }

    #[test]
    fn lists_are_cut_where_a_person_would_stop() {
        let long = Report {
            operations: (0..50).map(|n| operation(&format!("op{n}"), 1)).collect(),
            failures: vec![failure(); 25],
            ..report()
        };
        let text = text(&long, Look::PLAIN);
        for line in [
            "  and 10 more operations",
            "and 5 more failures, which the JSON report has too",
            "The server breaks its document in 25 ways. No valid call was made of 1 of 50 operations.",
        ] {
            assert!(text.lines().any(|each| each == line), "{line} in {text}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1234567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), expected);
        }
    }
}
