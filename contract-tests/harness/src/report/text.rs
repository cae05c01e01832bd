//! The report for a person: what was asked, what held, and last what is wrong.

use std::fmt::{self, Write};

use super::{CheckReport, FailureReport, NoteReport, Report, StepReport};
use crate::validator::shortened;

/// How many failures and notes are told in full.
const MOST: usize = 20;

pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    write(&mut out, report).ok();
    out
}

fn write(out: &mut String, report: &Report) -> fmt::Result {
    let Report {
        title,
        version,
        base_url,
        seed,
        run_id,
        cases,
        requests,
        elapsed_seconds,
        ..
    } = report;
    let rate = *requests as f64 / elapsed_seconds.max(f64::EPSILON);
    writeln!(out, "{title} {version} at {base_url}")?;
    writeln!(
        out,
        "{} cases, {} requests in {elapsed_seconds:.2} s ({} a second); seed {seed}, run id {run_id}",
        thousands(*cases),
        thousands(*requests),
        thousands(rate as usize),
    )?;
    operations(out, report)?;
    checks(out, report)?;
    notes(out, report)?;
    if !report.gaps.is_empty() {
        writeln!(out, "\nNot tested:")?;
        for gap in report.gaps.iter().take(MOST) {
            let part = if gap.part.is_empty() {
                String::new()
            } else {
                format!(", {}", gap.part)
            };
            writeln!(out, "  {}{part}: {}", gap.operation, gap.reason)?;
        }
        more(out, report.gaps.len())?;
    }
    for (index, each) in report.failures.iter().take(MOST).enumerate() {
        failure(out, index + 1, each)?;
    }
    match report.failures.len() {
        0 => writeln!(
            out,
            "\nThe server keeps its document, as far as these cases show."
        ),
        1 => writeln!(out, "\nThe server breaks its document in one way."),
        count => {
            more(out, count)?;
            writeln!(out, "\nThe server breaks its document in {count} ways.")
        }
    }
}

/// Each note once, with the operations that it is about.
fn notes(out: &mut String, report: &Report) -> fmt::Result {
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
    if !notes.is_empty() {
        writeln!(out, "\nNotes, which are nobody's fault:")?;
    }
    for (message, operations, seen) in notes.iter().take(MOST) {
        let others = match operations.len().saturating_sub(3) {
            0 => String::new(),
            others => format!(" and {others} more"),
        };
        let first = operations
            .iter()
            .take(3)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(out, "  {message} ({}; {first}{others})", times(*seen))?;
    }
    more(out, notes.len())
}

fn more(out: &mut String, count: usize) -> fmt::Result {
    if count > MOST {
        writeln!(out, "  and {} more", count - MOST)
    } else {
        Ok(())
    }
}

fn times(count: usize) -> String {
    if count == 1 {
        "once".to_owned()
    } else {
        format!("{} times", thousands(count))
    }
}

fn operations(out: &mut String, report: &Report) -> fmt::Result {
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
    for operation in &report.operations {
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
    table(out, &rows)?;
    let silent = report
        .operations
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
        writeln!(out, "declared and never answered: {}", silent.join("; "))?;
    }
    Ok(())
}

fn checks(out: &mut String, report: &Report) -> fmt::Result {
    let header = ["check", "held", "broken", "open"]
        .map(str::to_owned)
        .to_vec();
    let mut rows = vec![header];
    for CheckReport {
        name,
        held,
        broken,
        unspecified,
    } in &report.checks
    {
        if held + broken + unspecified > 0 {
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
    table(out, &rows)?;
    let idle = report.never_applied();
    if !idle.is_empty() {
        writeln!(out, "never applied: {}", idle.join(", "))?;
    }
    Ok(())
}

/// Columns of equal width: the first to the left, numbers to the right, the last as it comes.
fn table(out: &mut String, rows: &[Vec<String>]) -> fmt::Result {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
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
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn failure(out: &mut String, number: usize, failure: &FailureReport) -> fmt::Result {
    let FailureReport {
        check,
        operation,
        operations: _,
        message,
        expected,
        seen,
        case,
        before,
        step,
    } = failure;
    writeln!(
        out,
        "\n{number}. {check} in {operation}, seen {}",
        times(*seen)
    )?;
    writeln!(out, "   {message}")?;
    writeln!(out, "   expected by {expected}")?;
    writeln!(out, "   smallest case: {case}")?;
    for each in before.iter().chain([step]) {
        exchange(out, each)?;
    }
    for each in before.iter().chain([step]) {
        writeln!(out, "   {}", each.curl)?;
    }
    Ok(())
}

fn exchange(out: &mut String, step: &StepReport) -> fmt::Result {
    let StepReport {
        request,
        response,
        no_answer,
        ..
    } = step;
    writeln!(out, "     > {} {}", request.method, request.target)?;
    if let Some(body) = &request.body {
        writeln!(out, "     > {}", one_line(body))?;
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
            writeln!(out, "     < {} {content_type}", response.status)?;
            if !response.body.is_empty() {
                writeln!(out, "     < {}", one_line(&response.body))?;
            }
        }
        (None, Some(reason)) => writeln!(out, "     < {reason}")?,
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
