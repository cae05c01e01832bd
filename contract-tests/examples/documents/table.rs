//! The table, and what there is to say about its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::row::{Outcome, Row, Side};

const HEAD: [&str; 8] = [
    "document",
    "operations",
    "served",
    "refused",
    "server",
    "client",
    "round trip",
    "contract test",
];

/// The table, and below it what was refused and why, and what went wrong.
pub fn table(rows: &[Row]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(rows.iter().map(cells));
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        let cells: Vec<String> = cells.collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    let mut reasons: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for row in rows {
        for why in &row.reasons {
            let (count, documents) = reasons.entry(why).or_default();
            *count += 1;
            documents.insert(&row.name);
        }
    }
    if !reasons.is_empty() {
        text.push_str("\nThe documents that dropshot emits differ where it has no place for what others say:\n");
    }
    for (why, (count, documents)) in reasons {
        let _ = writeln!(
            text,
            "  {count} times ({} documents): {why}",
            documents.len()
        );
    }
    for row in rows {
        let complaints =
            [("server", &row.server), ("client", &row.client)].map(|(who, side)| match side {
                Side::None => Vec::new(),
                Side::Code { complaints, .. } => {
                    complaints.iter().map(|c| format!("{who}: {c}")).collect()
                }
            });
        let untested = row
            .untested
            .iter()
            .map(|(operation, why)| format!("not tested: {operation}: {why}"));
        let all: Vec<String> = row
            .refused
            .iter()
            .cloned()
            .chain(untested)
            .chain(complaints.concat())
            .chain(row.problems.iter().cloned())
            .collect();
        if !all.is_empty() {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "\n{}", row.name);
        }
        for entry in all {
            let _ = writeln!(text, "  {}", entry.trim_end().replace('\n', "\n  "));
        }
    }
    text
}

fn cells(row: &Row) -> [String; 8] {
    let operations = row
        .api
        .as_ref()
        .map_or_else(|| "-".to_owned(), |api| api.operations.len().to_string());
    let served = match row.server {
        Side::None => "-".to_owned(),
        Side::Code { .. } => row.served.to_string(),
    };
    [
        row.name.clone(),
        operations,
        served,
        row.refused.len().to_string(),
        compiles(&row.server),
        compiles(&row.client),
        outcome(&row.round_trip),
        outcome(&row.contract),
    ]
}

fn compiles(side: &Side) -> String {
    match side {
        Side::None => "-".to_owned(),
        Side::Code { complaints, .. } if complaints.is_empty() => "compiles".to_owned(),
        Side::Code { complaints, .. } => format!("{} complaints", complaints.len()),
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::None => "-".to_owned(),
        Outcome::Well(text) | Outcome::Bad(text) => text.clone(),
    }
}
