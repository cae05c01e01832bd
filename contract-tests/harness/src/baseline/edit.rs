//! A baseline brought up to date with a report: nobody writes pointers and causes by hand.
//!
//! The text is edited, not written anew, so that comments and the order of the entries stay.

use chrono::NaiveDate;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::{Baseline, Entry};
use crate::report::{FailureReport, Report, Standing, StandingReport};

/// Why the text of a baseline cannot be edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It is no baseline; the error has the line.
    #[error(transparent)]
    Content(#[from] toml::de::Error),
    /// It is no TOML.
    #[error(transparent)]
    Syntax(#[from] toml_edit::TomlError),
    /// It has its entries in a form that is not edited.
    #[error("write each entry under a line `[[accepted]]`")]
    Form,
}

const ABOUT: &str = "\
# Failures that are known. Each is accepted until its day, and fails again from the day after on.
# `contract test --baseline FILE --update-baseline REASON` adds what fails, and takes out what is mended.
";

impl Baseline {
    /// The text of a baseline, brought up to date with a report that it was applied to: what still fails is added, with
    /// the reason and the day; entries whose day is over get new ones; what is mended is taken out. What was not judged
    /// stays. An empty text is a new baseline.
    ///
    /// # Errors
    /// The text is no baseline.
    pub fn updated(
        text: &str,
        report: &Report,
        reason: &str,
        until: NaiveDate,
    ) -> Result<String, EditError> {
        let known = Baseline::parse(text)?;
        let text = if text.trim().is_empty() { ABOUT } else { text };
        let mut document: DocumentMut = text.parse()?;
        let tables = match document.remove("accepted") {
            None => ArrayOfTables::new(),
            Some(item) => item.into_array_of_tables().map_err(|_| EditError::Form)?,
        };
        let mut edited = ArrayOfTables::new();
        // Comments stay, whatever becomes of the entry below them.
        let mut loose = String::new();
        for (entry, mut table) in known.entries.iter().zip(tables) {
            let before = table.decor().prefix().and_then(|text| text.as_str());
            loose.push_str(before.unwrap_or_default());
            if !entry.is_over(report) {
                table.decor_mut().set_prefix(std::mem::take(&mut loose));
                edited.push(table);
            }
        }
        loose.push_str(document.trailing().as_str().unwrap_or_default());
        for failure in &report.failures {
            let mut table = table(failure, reason, until)?;
            loose.push('\n');
            table.decor_mut().set_prefix(std::mem::take(&mut loose));
            edited.push(table);
        }
        document.set_trailing(loose);
        if !edited.is_empty() {
            document.insert("accepted", Item::ArrayOfTables(edited));
        }
        Ok(document.to_string())
    }
}

impl Entry {
    /// Whether it is taken out: it is mended, or its day is over, or it does not name all operations where it is seen.
    fn is_over(&self, report: &Report) -> bool {
        let still_fails = report.failures.iter().any(|failure| self.is_about(failure));
        let is_mended = |each: &StandingReport| {
            each.standing == Standing::Mended
                && self.check == each.check
                && self.operations == each.operations
                && self.expected == each.expected
                && self.cause == each.cause
        };
        still_fails || report.baseline.iter().any(is_mended)
    }
}

fn table(failure: &FailureReport, reason: &str, until: NaiveDate) -> Result<Table, EditError> {
    let operations: Array = failure.operations.iter().map(String::as_str).collect();
    let until: Value = until.to_string().parse()?;
    let mut table = Table::new();
    table.insert("check", value(failure.check.as_str()));
    table.insert("operations", value(operations));
    table.insert("expected", value(failure.expected.as_str()));
    table.insert("cause", value(failure.cause.as_str()));
    table.insert("reason", value(reason));
    table.insert("until", value(until));
    Ok(table)
}
