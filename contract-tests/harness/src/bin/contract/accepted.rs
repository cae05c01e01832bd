//! The baseline: what is known to fail, and accepted.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::Days;
use contract_harness::Report;
use contract_harness::baseline::{Baseline, today};

use crate::options::Options;

/// How long what fails now is accepted, in days: time to mend it, and no time to forget it.
const ACCEPTED_FOR: Days = Days::new(90);

/// A baseline and its file.
#[derive(Debug)]
pub struct Accepted {
    path: PathBuf,
    text: String,
    baseline: Baseline,
    /// Why what fails now is to be accepted.
    reason: Option<String>,
}

impl Accepted {
    /// Reads the baseline that the options name; `None` where they name none. Where it is to be written, it need not be
    /// there.
    ///
    /// # Errors
    /// It cannot be read, or holds something else.
    pub fn read(options: &Options) -> Result<Option<Accepted>, String> {
        let Some(path) = &options.baseline else {
            return Ok(None);
        };
        let reason = options.update_baseline.clone();
        if reason
            .as_ref()
            .is_some_and(|reason| reason.trim().is_empty())
        {
            return Err("--update-baseline: say why the failures are accepted".to_owned());
        }
        let problem = |problem: String| format!("the baseline {}: {problem}", path.display());
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && reason.is_some() => String::new(),
            read => read.map_err(|error| problem(error.to_string()))?,
        };
        let baseline = Baseline::parse(&text).map_err(|error| problem(error.to_string()))?;
        Ok(Some(Accepted {
            path: path.clone(),
            text,
            baseline,
            reason,
        }))
    }

    /// Takes what is accepted out of the failures.
    pub fn apply(&self, report: &mut Report) {
        self.baseline.apply(report, today());
    }

    /// Brings the file up to date, where that was asked for; says what was done.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn update(&self, report: &Report) -> Result<Option<String>, String> {
        let Some(reason) = &self.reason else {
            return Ok(None);
        };
        let until = today() + ACCEPTED_FOR;
        let problem = |problem: String| format!("the baseline {}: {problem}", self.path.display());
        let text = Baseline::updated(&self.text, report, reason, until)
            .map_err(|error| problem(error.to_string()))?;
        write(&self.path, &text).map_err(|error| problem(error.to_string()))?;
        Ok(Some(format!(
            "{}: {} accepted until {until}",
            self.path.display(),
            match report.failures.len() {
                1 => "1 more failure is".to_owned(),
                count => format!("{count} more failures are"),
            }
        )))
    }
}

/// Writes a file whole, or not at all.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
