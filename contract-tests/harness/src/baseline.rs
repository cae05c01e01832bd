//! Failures that are known, and accepted until a day.
//!
//! A baseline lets a run pass while something known is being mended, and not a day longer than somebody decided. It is
//! a file that is committed and reviewed, so each of its entries says why it is there and when it ends:
//!
//! ```toml
//! [[accepted]]
//! check = "negative_data_rejection"
//! operations = ["createThing"]
//! expected = "#/components/schemas/NewThing/properties/name/maxLength"
//! cause = "the body's `/name`"
//! reason = "The limit is enforced from release 3 on."
//! until = 2027-01-31
//! ```
//!
//! Check, place and cause tell a failure from every other one; that it is seen in an operation that the entry does not
//! name is a failure again.

mod edit;

use chrono::{NaiveDate, Utc};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::report::{AcceptedReport, Ending, FailureReport, Report, Standing, StandingReport};

pub use edit::EditError;

/// Failures that are known, and accepted until a day.
///
/// ```
/// use contract_harness::Baseline;
///
/// let faults = Baseline::parse("[[accepted]]\ncheck = \"ignored_auth\"\nwhy = \"later\"").unwrap_err();
/// assert!(faults.to_string().contains("line 3"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// In the order of the file.
    #[serde(default, rename = "accepted")]
    pub entries: Vec<Entry>,
}

/// A failure that is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The check or law.
    pub check: String,
    /// The operations where it is accepted, by their labels.
    pub operations: Vec<String>,
    /// The place in the document of what is expected.
    pub expected: String,
    /// What tells it apart from other failures of the check at that place.
    pub cause: String,
    /// Why it is accepted.
    #[serde(deserialize_with = "some_text")]
    pub reason: String,
    /// The last day on which it is accepted, in UTC.
    #[serde(deserialize_with = "day")]
    pub until: NaiveDate,
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// The text is no baseline; the error has the line.
    pub fn parse(text: &str) -> Result<Baseline, toml::de::Error> {
        toml::from_str(text)
    }

    /// Takes the failures out of a report that are accepted on a day, and tells what became of the other entries.
    pub fn apply(&self, report: &mut Report, today: NaiveDate) {
        let mut is_seen = vec![false; self.entries.len()];
        let mut failures = Vec::new();
        for failure in std::mem::take(&mut report.failures) {
            let about: Vec<usize> = (0..self.entries.len())
                .filter(|index| self.entries[*index].is_about(&failure))
                .collect();
            about.iter().for_each(|index| is_seen[*index] = true);
            let live: Vec<&Entry> = about
                .iter()
                .map(|index| &self.entries[*index])
                .filter(|entry| today <= entry.until)
                .collect();
            let is_named = |name: &String| live.iter().any(|entry| entry.operations.contains(name));
            match live.iter().min_by_key(|entry| entry.until) {
                Some(first) if failure.operations.iter().all(is_named) => {
                    report.accepted.push(AcceptedReport {
                        reason: first.reason.clone(),
                        until: first.until.to_string(),
                        failure,
                    });
                }
                _ => failures.push(failure),
            }
        }
        report.failures = failures;
        for (entry, is_seen) in self.entries.iter().zip(is_seen) {
            let standing = match is_seen {
                true if today <= entry.until => continue,
                true => Standing::Expired,
                false if entry.is_judged(report) => Standing::Mended,
                false => Standing::NotJudged,
            };
            let Entry {
                check,
                operations,
                expected,
                cause,
                reason,
                until,
            } = entry;
            report.baseline.push(StandingReport {
                check: check.clone(),
                operations: operations.clone(),
                expected: expected.clone(),
                cause: cause.clone(),
                reason: reason.clone(),
                until: until.to_string(),
                standing,
            });
        }
    }
}

impl Entry {
    /// Whether it names the failure, in some operation.
    fn is_about(&self, failure: &FailureReport) -> bool {
        self.check == failure.check
            && self.expected == failure.expected
            && self.cause == failure.cause
            && failure
                .operations
                .iter()
                .any(|name| self.operations.contains(name))
    }

    /// Whether the run would have seen it: it came to its end, and the check judged each of the operations.
    fn is_judged(&self, report: &Report) -> bool {
        report.ending == Ending::Complete
            && self.operations.iter().all(|name| {
                let mut operations = report.operations.iter();
                operations
                    .find(|operation| operation.operation == *name)
                    .is_none_or(|operation| {
                        let mut checks = operation.checks.iter();
                        checks.any(|check| check.name == self.check && check.applied > 0)
                    })
            })
    }
}

/// The day that it is, in UTC.
pub fn today() -> NaiveDate {
    Utc::now().date_naive()
}

fn some_text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom("it must say why the failure is accepted"));
    }
    Ok(text)
}

/// A day as TOML writes it, `2027-01-31`, or the same as a string.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Day::deserialize(from) {
        Ok(Day::Date(date)) => date.to_string(),
        Ok(Day::Text(text)) => text,
        Err(_) => String::new(),
    };
    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .map_err(|_| D::Error::custom("a day is wanted, such as 2027-01-31"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    const ENTRY: &str = r##"
[[accepted]]
check = "ignored_auth"
operations = ["getThing"]
expected = "#/security"
cause = "none"
reason = "Later."
until = 2027-01-31
"##;

    #[test]
    fn an_entry_is_read_with_its_day() {
        let expected = Entry {
            check: "ignored_auth".to_owned(),
            operations: vec!["getThing".to_owned()],
            expected: "#/security".to_owned(),
            cause: "none".to_owned(),
            reason: "Later.".to_owned(),
            until: NaiveDate::from_ymd_opt(2027, 1, 31).unwrap(),
        };
        assert_eq!(
            Baseline::parse(ENTRY).unwrap().entries,
            std::slice::from_ref(&expected)
        );
        let quoted = ENTRY.replace("2027-01-31", "\"2027-01-31\"");
        assert_eq!(Baseline::parse(&quoted).unwrap().entries, [expected]);
        assert_eq!(Baseline::parse("").unwrap().entries, []);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (good, bad, line, message) in [
            ("cause =", "causes =", "line 6", "unknown field `causes`"),
            (
                "[[accepted]]",
                "[[accept]]",
                "line 2",
                "unknown field `accept`",
            ),
            ("2027-01-31", "2027-02-31", "line 8", ""),
            (
                "2027-01-31",
                "2027-01-31T10:00:00Z",
                "line 8",
                "a day is wanted",
            ),
            ("2027-01-31", "soon", "line 8", ""),
            ("\"Later.\"", "\" \"", "line 7", "must say why"),
            (
                "reason = \"Later.\"\n",
                "",
                "line 2",
                "missing field `reason`",
            ),
        ] {
            let error = Baseline::parse(&ENTRY.replace(good, bad)).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(line) && error.contains(message), "{error}");
        }
    }
}
