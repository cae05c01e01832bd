//! What the commands share that judge traffic between others.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use contract_harness::traffic::Side;
use contract_harness::{Contract, TrafficReport};

use crate::exit::{Stop, say};
use crate::files::{self, Remote};
use crate::plan;
use crate::reports::{Destination, Reserved};

/// What is judged, and what is told of it.
#[derive(Args, Clone, Debug)]
pub struct Judging {
    /// The OpenAPI document, JSON or YAML. Files that it refers to are read from beside it.
    pub document: PathBuf,

    /// Reads what stands at URLs that start with PREFIX from the files in FOLDER, where the document refers to them.
    /// Several times for several.
    #[arg(long, value_name = "PREFIX=FOLDER")]
    pub remote: Vec<Remote>,

    /// Writes the report: `json=PATH`, where `-` is standard output. The summary then goes to standard error.
    #[arg(long, value_name = "json=PATH")]
    pub report: Vec<Destination>,
}

/// Whose faults make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// The client's.
    Client,
    /// The server's.
    Server,
    /// Either's.
    Any,
    /// Nobody's: the report is all that is wanted.
    Nothing,
}

/// What is ready to judge with.
#[derive(Debug)]
pub struct Judge {
    /// The document.
    pub contract: Contract,
    reports: Vec<Reserved>,
    output_is_taken: bool,
}

impl Judging {
    /// Reads the document, and makes sure of the places for reports.
    ///
    /// # Errors
    /// Everything that is wrong with either.
    pub fn ready(&self) -> Result<Judge, Stop> {
        let mut problems = Vec::new();
        let other = |report: &&Destination| !report.is_json();
        if self.report.iter().any(|report| other(&report)) {
            problems.push("--report: traffic is reported as json=PATH only".to_owned());
        }
        let contract = files::contract(&self.document, &self.remote);
        let reports = plan::reserved(&self.report);
        match (contract, reports) {
            (Ok(contract), Ok(reports)) if problems.is_empty() => Ok(Judge {
                contract,
                reports,
                output_is_taken: self.report.iter().any(Destination::is_standard_output),
            }),
            (contract, reports) => {
                problems.extend(contract.err().unwrap_or_default());
                problems.extend(reports.err().unwrap_or_default());
                Err(Stop::Unusable(problems))
            }
        }
    }
}

/// Writes summary and reports, and gives the verdict.
///
/// # Errors
/// Somebody broke the document whose faults count, or a report could not be written.
pub fn tell(
    report: &TrafficReport,
    reports: Vec<Reserved>,
    output_is_taken: bool,
    fail_on: FailOn,
) -> Result<(), Stop> {
    let summary = report.coloured_text();
    // Whoever reads may have gone, which changes nothing about the result.
    if output_is_taken {
        anstream::stderr().write_all(summary.as_bytes()).ok();
    } else {
        anstream::stdout().write_all(summary.as_bytes()).ok();
    }
    let written = reports.into_iter().map(|place| place.write_traffic(report));
    let problems: Vec<String> = written.filter_map(Result::err).collect();
    let counts = |side: Side| match fail_on {
        FailOn::Client => side == Side::Client,
        FailOn::Server => side == Side::Server,
        FailOn::Any => true,
        FailOn::Nothing => false,
    };
    if report.failures.iter().any(|failure| counts(failure.side)) {
        problems.iter().for_each(say);
        return Err(Stop::Failed);
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Stop::Unusable(problems))
    }
}

impl Judge {
    /// The document apart from where its reports go.
    pub fn parts(
        self,
    ) -> (
        Contract,
        impl FnOnce(&TrafficReport, FailOn) -> Result<(), Stop>,
    ) {
        let Judge {
            contract,
            reports,
            output_is_taken,
        } = self;
        (contract, move |report: &TrafficReport, fail_on| {
            tell(report, reports, output_is_taken, fail_on)
        })
    }
}
