//! Traffic for a person: what the client has met, and last what was broken.

use std::fmt::{self, Write};

use super::{OperationTraffic, Side, TrafficFailure, TrafficReport};
use crate::report::{Look, exchange_text, table, thousands, times};

/// How many failures are told in full.
const MOST: usize = 20;

pub(super) fn text(report: &TrafficReport, look: Look) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    write(&mut out, report, look).ok();
    out
}

fn write(out: &mut String, report: &TrafficReport, look: Look) -> fmt::Result {
    let TrafficReport {
        title,
        version,
        exchanges,
        foreign,
        failures,
        ..
    } = report;
    let Look {
        heading,
        good,
        bad,
        faint,
    } = look;
    let others = match foreign {
        0 => String::new(),
        n => format!("; {} more are none of the document's", thousands(*n)),
    };
    writeln!(
        out,
        "{heading}{title} {version}{heading:#}: {} exchanges{others}",
        thousands(*exchanges)
    )?;
    operations(out, report, look)?;
    for (index, TrafficFailure { side, failure }) in failures.iter().take(MOST).enumerate() {
        let who = match side {
            Side::Client => "client",
            Side::Server => "server",
        };
        let (number, seen) = (index + 1, times(failure.seen));
        writeln!(
            out,
            "\n{bad}{number}. {who}: {}{bad:#} in {heading}{}{heading:#}, {seen}",
            failure.check,
            failure.operations.join(", ")
        )?;
        writeln!(out, "   {}", failure.message)?;
        let line = match failure.line {
            Some(line) => format!(" (line {line})"),
            None => String::new(),
        };
        writeln!(
            out,
            "   {faint}expected by{faint:#}  {}{line}",
            failure.expected
        )?;
        exchange_text(out, &failure.step, "   ")?;
        writeln!(out, "   {}", failure.step.curl)?;
    }
    if failures.len() > MOST {
        let more = failures.len() - MOST;
        writeln!(out, "\nand {more} more, which the JSON report has")?;
    }
    writeln!(out)?;
    for (side, name) in [(Side::Client, "client"), (Side::Server, "server")] {
        if side == Side::Server && !report.is_server_judged {
            continue;
        }
        let count = failures.iter().filter(|f| f.side == side).count();
        match count {
            0 => writeln!(out, "{good}The {name} broke nothing.{good:#}")?,
            1 => writeln!(out, "{bad}The {name} broke the document in one way.{bad:#}")?,
            n => writeln!(
                out,
                "{bad}The {name} broke the document in {n} ways.{bad:#}"
            )?,
        }
    }
    Ok(())
}

fn operations(out: &mut String, report: &TrafficReport, look: Look) -> fmt::Result {
    let (called, not): (Vec<_>, Vec<_>) = report
        .operations
        .iter()
        .partition(|operation| operation.requests > 0);
    if !called.is_empty() {
        let header = ["operation", "requests", "keywords met", "answers"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for operation in &called {
            let OperationTraffic {
                requests,
                statuses,
                no_answer,
                ..
            } = operation;
            let mut answers: Vec<String> = statuses
                .iter()
                .map(|(status, count)| format!("{status}: {}", thousands(*count)))
                .collect();
            if *no_answer > 0 {
                answers.push(format!("none: {}", thousands(*no_answer)));
            }
            let (met, all) = operation.keywords();
            rows.push(vec![
                operation.operation.clone(),
                thousands(*requests),
                format!("{met} of {all}"),
                answers.join("  "),
            ]);
        }
        writeln!(out)?;
        table(out, &rows, look)?;
    }
    let never: Vec<String> = called
        .iter()
        .flat_map(|operation| {
            let responses = operation.responses.iter();
            let silent = responses.filter(|response| response.answers == 0);
            silent.map(|response| format!("{} {}", operation.operation, response.status))
        })
        .collect();
    list(out, "declared and never met", &never)?;
    let not: Vec<String> = not.iter().map(|o| o.operation.clone()).collect();
    list(out, "never called", &not)
}

fn list(out: &mut String, what: &str, names: &[String]) -> fmt::Result {
    if names.is_empty() {
        return Ok(());
    }
    let more = match names.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let shown = names[..names.len().min(MOST)].join(", ");
    writeln!(out, "{what}: {shown}{more}")
}

impl OperationTraffic {
    /// How many keywords of its answers the client has met, and how many there are: of the responses that came at all.
    fn keywords(&self) -> (usize, usize) {
        let rules = self
            .responses
            .iter()
            .filter(|response| response.answers > 0)
            .flat_map(|response| &response.rules);
        let (met, all): (Vec<_>, usize) =
            (rules.clone().filter(|r| r.met).collect(), rules.count());
        (met.len(), all)
    }
}
