//! Lists of what many operations share: each thing once, with the operations that it is about.

use std::fmt::{self, Write};

use super::{Look, MOST, thousands, times};
use crate::contract::Gap;
use crate::report::{AcceptedReport, LawReport, NoteReport, Replayed, Report};

/// How many names stand in one line.
const MOST_NAMES: usize = 3;

/// What a baseline accepts, and which of its entries accept nothing.
pub(super) fn baseline(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let Report {
        accepted, baseline, ..
    } = report;
    title(out, "Accepted for now", accepted, look)?;
    for each in accepted.iter().take(MOST) {
        let AcceptedReport {
            reason,
            until,
            failure,
        } = each;
        let operations = names(&failure.operations);
        writeln!(
            out,
            "  {} in {operations} is accepted until {until}: {reason}",
            failure.check
        )?;
    }
    more(out, accepted.len(), MOST, "failures")?;
    title(
        out,
        "Entries of the baseline that accept nothing",
        baseline,
        look,
    )?;
    for each in baseline.iter().take(MOST) {
        writeln!(out, "  {}", each.sentence())?;
    }
    more(out, baseline.len(), MOST, "entries")
}

/// Each note once, with the operations that it is about.
pub(super) fn notes(out: &mut String, report: &Report, look: Look) -> fmt::Result {
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
pub(super) fn gaps(out: &mut String, report: &Report, look: Look) -> fmt::Result {
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

/// A line for each law: where it applied, and why not elsewhere.
pub(super) fn laws(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let (tried, others): (Vec<&LawReport>, Vec<&LawReport>) =
        report.laws.iter().partition(|law| law.why.is_none());
    title(out, "Laws, and where they say nothing", &tried, look)?;
    for law in &tried {
        let mut parts = Vec::new();
        match law.applied().as_slice() {
            [] => {}
            applied => parts.push(format!("in {}", names(applied))),
        }
        let silent = law.silent(MOST_NAMES).into_iter();
        parts.extend(silent.map(|(why, places)| format!("not in {}: {why}", names(&places))));
        writeln!(out, "  {}: {}", law.law, parts.join("; "))?;
    }
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for law in &others {
        let why = law.why.as_deref().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, laws)) => laws.push(&law.law),
            None => reasons.push((why, vec![&law.law])),
        }
    }
    if tried.is_empty() {
        return Ok(());
    }
    for (why, laws) in reasons {
        writeln!(out, "  {}: {why}", laws.join(", "))?;
    }
    Ok(())
}

/// What became of what failed before, joined by what that is.
pub(super) fn replayed(out: &mut String, report: &Report, look: Look) -> fmt::Result {
    let mut fates: Vec<(String, Vec<String>)> = Vec::new();
    for each in &report.replayed {
        let fate = match &each.verdict {
            Replayed::Fails => "failing again".to_owned(),
            Replayed::Mended => "mended".to_owned(),
            Replayed::Dropped(why) => format!("dropped, because {why}"),
            Replayed::Kept(why) => format!("not judged, because {why}"),
        };
        let subject = format!("{} in {}", each.check, each.operation);
        match fates.iter_mut().find(|(known, _)| *known == fate) {
            Some((_, subjects)) => subjects.push(subject),
            None => fates.push((fate, vec![subject])),
        }
    }
    title(out, "Failed before", &fates, look)?;
    for (fate, subjects) in fates.iter().take(MOST) {
        writeln!(out, "  {} {fate}: {}", subjects.len(), names(subjects))?;
    }
    more(out, fates.len(), MOST, "reasons")
}

/// A heading, where something stands below it.
fn title<T>(out: &mut String, words: &str, below: &[T], look: Look) -> fmt::Result {
    let Look { heading, .. } = look;
    if below.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}{words}:{heading:#}")
}

pub(super) fn more(out: &mut String, count: usize, most: usize, what: &str) -> fmt::Result {
    if count > most {
        writeln!(out, "  and {} more {what}", thousands(count - most))
    } else {
        Ok(())
    }
}

/// The first few names, and how many others there are.
pub(super) fn names<T: AsRef<str>>(names: &[T]) -> String {
    let first: Vec<&str> = names.iter().take(MOST_NAMES).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first.join(", "),
        others => format!("{} and {others} more", first.join(", ")),
    }
}
