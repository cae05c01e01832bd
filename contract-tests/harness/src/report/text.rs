//! The report for a person: what was asked, what held, and last what is wrong.
//!
//! What is read first on a terminal is what stands last, so failures come last, each with all that it takes to see it
//! again. Lists are cut where a person would stop to read; the JSON report has them whole.

use std::fmt::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    CheckReport, Ending, FailureReport, NoteReport, OperationReport, Replayed, Report, StepReport,
};
use crate::contract::Gap;
use crate::validator::shortened;

/// How many failures, notes and gaps are told in full.
const MOST: usize = 20;
/// How many operations are listed where not all of them can be.
const MOST_OPERATIONS: usize = 40;
/// How many names stand in one line.
const MOST_NAMES: usize = 3;

/// How words of a kind look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    heading: Style,
    good: Style,
    bad: Style,
    faint: Style,
}

impl Look {
    pub(super) const PLAIN: Look = Look {
        heading: Style::new(),
        good: Style::new(),
        bad: Style::new(),
        faint: Style::new(),
    };

    pub(super) const COLOURED: Look = Look {
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
    let untested = report.gaps.iter().filter(|gap| gap.part.is_empty()).count();
    // Of a run that ended early everybody knows that it did not come to all of them.
    let untested = match (untested, ending) {
        (1.., Ending::Complete) => format!(
            " No valid call was made of {untested} of {} operations.",
            report.operations.len()
        ),
        _ => String::new(),
    };
    match failures.len() {
        0 => writeln!(
            out,
            "\n{good}The server keeps its document, as far as these cases show.{good:#}{untested}"
        ),
        1 => writeln!(
            out,
            "\n{bad}The server breaks its document in one way.{bad:#}{untested}"
        ),
        count => writeln!(
            out,
            "\n{bad}The server breaks its document in {count} ways.{bad:#}{untested}"
        ),
    }
}

/// Each note once, with the operations that it is about.
fn notes(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let mut notes: Vec<(&str, Vec<&str>, usize)> = Vec::new();
    for NoteReport {
        message,
        operation,
        seen,
        ..
    } in &report.notes
    {
        match notes.iter_mut().find(|(known, _, _)| known == message) {
            Some((_, operations, all)) => {
                operations.push(operation);
                *all += seen;
            }
            None => notes.push((message, vec![operation], *seen)),
        }
    }
    title(out, "Notes, which are nobody's fault", &notes, look)?;
    for (message, operations, seen) in notes.iter().take(MOST) {
        writeln!(out, "  {message} ({}; {})", times(*seen), names(operations))?;
    }
    more(out, notes.len(), MOST, "notes")
}

/// Each reason once, with what is not tested for it. Of an operation that is not tested at all, no part is told.
fn gaps(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let whole: Vec<&str> = report
        .gaps
        .iter()
        .filter(|gap| gap.part.is_empty())
        .map(|gap| gap.operation.as_str())
        .collect();
    let mut gaps: Vec<(&str, Vec<String>)> = Vec::new();
    for Gap {
        operation,
        part,
        reason,
    } in &report.gaps
    {
        let subject = if part.is_empty() {
            operation.clone()
        } else if whole.contains(&operation.as_str()) {
            continue;
        } else {
            format!("{part} of {operation}")
        };
        match gaps.iter_mut().find(|(known, _)| known == reason) {
            Some((_, subjects)) => subjects.push(subject),
            None => gaps.push((reason, vec![subject])),
        }
    }
    title(out, "Not tested", &gaps, look)?;
    for (reason, subjects) in gaps.iter().take(MOST) {
        writeln!(out, "  {}: {reason}", names(subjects))?;
    }
    more(out, gaps.len(), MOST, "reasons")
}

/// What became of what failed before.
fn replayed(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    title(out, "Failed before", &report.replayed, look)?;
    for each in report.replayed.iter().take(MOST) {
        let became = match &each.verdict {
            Replayed::Fails => "fails again".to_owned(),
            Replayed::Mended => "holds now".to_owned(),
            Replayed::Dropped(why) => format!("is no case of the document any more: {why}"),
            Replayed::Kept(why) => format!("could not be judged: {why}"),
        };
        writeln!(out, "  {} in {} {became}", each.check, each.operation)?;
    }
    more(out, report.replayed.len(), MOST, "cases")
}

/// A heading, where something stands below it.
fn title<T>(out: &mut String, words: &str, below: &[T], look: Look) -> fmt::Result {
    let Look { heading, .. } = look;
    if below.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}{words}:{heading:#}")
}

fn more(out: &mut String, count: usize, most: usize, what: &str) -> fmt::Result {
    if count > most {
        writeln!(out, "  and {} more {what}", thousands(count - most))
    } else {
        Ok(())
    }
}

/// The first few names, and how many others there are.
fn names<T: AsRef<str>>(names: &[T]) -> String {
    let first: Vec<&str> = names.iter().take(MOST_NAMES).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first.join(", "),
        others => format!("{} and {others} more", first.join(", ")),
    }
}

fn times(count: usize) -> String {
    if count == 1 {
        "seen once".to_owned()
    } else {
        format!("seen {} times", thousands(count))
    }
}

fn operations(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    const KINDS: [&str; 6] = [
        "positive",
        "negative",
        "odd",
        "credentials",
        "method",
        "law",
    ];
    let mut rows = vec![
        std::iter::once("operation")
            .chain(KINDS)
            .chain(["answers"])
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    ];
    let is_broken = |operation: &&OperationReport| {
        let mut failures = report.failures.iter();
        failures.any(|failure| failure.operations.contains(&operation.operation))
    };
    let all = &report.operations;
    let mut listed: Vec<&OperationReport> = all.iter().collect();
    if all.len() > MOST_OPERATIONS {
        // Those that something is wrong with, and then the others; both in the document's order.
        listed.sort_by_key(|operation| !is_broken(operation));
        listed.truncate(MOST_OPERATIONS);
    }
    for operation in listed {
        let mut row = vec![operation.operation.clone()];
        row.extend(KINDS.iter().map(|kind| match operation.cases.get(*kind) {
            Some(count) => thousands(*count),
            None => "-".to_owned(),
        }));
        let mut answers: Vec<String> = operation
            .statuses
            .iter()
            .map(|(status, count)| format!("{status}: {}", thousands(*count)))
            .collect();
        if operation.no_answer > 0 {
            answers.push(format!("none: {}", thousands(operation.no_answer)));
        }
        if operation.given_up > 0 {
            answers.push(format!("given up: {}", thousands(operation.given_up)));
        }
        row.push(answers.join("  "));
        rows.push(row);
    }
    writeln!(out)?;
    table(out, &rows, look)?;
    more(out, all.len(), MOST_OPERATIONS, "operations")?;
    let silent = all
        .iter()
        .filter(|operation| !operation.never_answered.is_empty());
    let silent: Vec<String> = silent
        .map(|operation| {
            format!(
                "{} {}",
                operation.operation,
                operation.never_answered.join(", ")
            )
        })
        .collect();
    if !silent.is_empty() {
        let others = match silent.len().saturating_sub(MOST) {
            0 => String::new(),
            others => format!("; and {others} more operations"),
        };
        let shown = silent[..silent.len().min(MOST)].join("; ");
        writeln!(out, "declared and never answered: {shown}{others}")?;
    }
    Ok(())
}

fn checks(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let header = ["check", "held", "broken", "unspecified"]
        .map(str::to_owned)
        .to_vec();
    let mut rows = vec![header];
    for CheckReport {
        name,
        applied,
        held,
        broken,
        unspecified,
    } in &report.checks
    {
        if applied + unspecified > 0 {
            let count = |n: usize| if n == 0 { "-".to_owned() } else { thousands(n) };
            rows.push(vec![
                name.clone(),
                count(*held),
                count(*broken),
                count(*unspecified),
            ]);
        }
    }
    writeln!(out)?;
    table(out, &rows, look)?;
    let idle = report.never_applied();
    if !idle.is_empty() {
        writeln!(out, "never applied: {}", idle.join(", "))?;
    }
    Ok(())
}

/// Columns of equal width: the first to the left, numbers to the right, the last as it comes.
fn table(out: &mut String, rows: &[Vec<String>], look: Look) -> fmt::Result {
    let Look { heading, .. } = look;
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let is_words =
                column + 1 == columns && rows.iter().skip(1).any(|r| r[column].contains(':'));
            match column {
                0 => write!(line, "{cell:<width$}")?,
                _ if is_words => write!(line, "  {cell}")?,
                _ => write!(line, "  {cell:>width$}")?,
            }
        }
        match number {
            0 => writeln!(out, "{heading}{}{heading:#}", line.trim_end())?,
            _ => writeln!(out, "{}", line.trim_end())?,
        }
    }
    Ok(())
}

fn details(out: &mut String, failure: &FailureReport, indent: &str, look: Look) -> fmt::Result {
    let Look { faint, .. } = look;
    let FailureReport {
        check: _,
        operation,
        operations,
        message,
        expected,
        line,
        seen: _,
        case,
        before,
        step,
    } = failure;
    writeln!(out, "{indent}{message}")?;
    let line = match line {
        Some(line) => format!(" (line {line})"),
        None => String::new(),
    };
    writeln!(
        out,
        "{indent}{faint}expected by{faint:#}    {expected}{line}"
    )?;
    let operation = match operations.len() {
        0 | 1 => String::new(),
        _ => format!("{operation}, "),
    };
    writeln!(
        out,
        "{indent}{faint}smallest case{faint:#}  {operation}{case}"
    )?;
    for each in before.iter().chain([step]) {
        exchange(out, each, indent)?;
    }
    for each in before.iter().chain([step]) {
        writeln!(out, "{indent}{}", each.curl)?;
    }
    Ok(())
}

fn exchange(out: &mut String, step: &StepReport, indent: &str) -> fmt::Result {
    let StepReport {
        request,
        response,
        no_answer,
        ..
    } = step;
    writeln!(out, "{indent}  > {} {}", request.method, request.target)?;
    if let Some(body) = &request.body {
        writeln!(out, "{indent}  > {}", one_line(body))?;
    }
    match (response, no_answer) {
        (Some(response), _) => {
            let content_type = response
                .headers
                .iter()
                .find(|(name, _)| name == "content-type");
            let content_type = content_type
                .map(|(_, value)| value.as_str())
                .unwrap_or_default();
            writeln!(out, "{indent}  < {} {content_type}", response.status)?;
            if !response.body.is_empty() {
                writeln!(out, "{indent}  < {}", one_line(&response.body))?;
            }
        }
        (None, Some(reason)) => writeln!(out, "{indent}  < {reason}")?,
        (None, None) => {}
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    shortened(&flat)
}

/// 12345 as 12,345.
fn thousands(number: usize) -> String {
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
