//! The tables of operations and of checks.

use std::fmt::{self, Write};

use super::lists::more;
use super::{Look, MOST, thousands};
use crate::report::{CheckReport, OperationReport, Report, verdict};

/// How many operations are listed where not all of them can be.
const MOST_OPERATIONS: usize = 40;

pub(super) fn operations(out: &mut String, report: &Report, look: Look) -> fmt::Result {
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
    // Those that nothing was asked of are left out on purpose, or stand below with the reason.
    let was_asked =
        |operation: &&OperationReport| !operation.cases.is_empty() || operation.given_up > 0;
    let all: Vec<&OperationReport> = report.operations.iter().filter(was_asked).collect();
    let mut listed = all.clone();
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

pub(super) fn checks(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let header = ["check", "held", "broken", "unspecified", "could hide"]
        .map(str::to_owned)
        .to_vec();
    let mut rows = vec![header];
    for CheckReport {
        name,
        applied,
        held,
        broken,
        unspecified,
        could_hide,
    } in &report.checks
    {
        if applied + unspecified > 0 {
            let count = |n: usize| if n == 0 { "-".to_owned() } else { thousands(n) };
            rows.push(vec![
                name.clone(),
                count(*held),
                count(*broken),
                count(*unspecified),
                could_hide.map_or_else(|| "-".to_owned(), verdict::percent),
            ]);
        }
    }
    writeln!(out)?;
    table(out, &rows, look)?;
    let idle = report.never_applied();
    if !idle.is_empty() {
        writeln!(out, "never applied: {}", idle.join(", "))?;
    }
    if report.checks.iter().any(|check| check.could_hide.is_some()) {
        writeln!(out, "{}", verdict::MEANING)?;
    }
    if let Some(sentence) = verdict::unreached(report) {
        writeln!(out, "{sentence} The JSON report lists them.")?;
    }
    Ok(())
}

/// Columns of equal width: the first to the left, numbers to the right, the last as it comes.
pub(crate) fn table(out: &mut String, rows: &[Vec<String>], look: Look) -> fmt::Result {
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
