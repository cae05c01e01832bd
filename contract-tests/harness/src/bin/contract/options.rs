//! What `contract test` can be told: on the command line, and by the same names in a file.
//!
//! One type is read from both, so that they cannot drift apart. What is not given is absent; the defaults stand with
//! [`contract_harness::Settings`].

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use contract_harness::Shard;
use serde::Deserialize;

use crate::files::Remote;
use crate::pair::{Pair, pairs};
use crate::reports::Destination;
use crate::texts;
use crate::time::Time;

/// Tests whether the server at URL keeps DOCUMENT: with the document's examples, each boundary and random values, calls
/// that break exactly one rule, and calls without sufficient credentials.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The OpenAPI document, JSON or YAML; `-` reads it from standard input. Files that it refers to are read from
    /// beside it.
    pub document: Option<PathBuf>,

    /// Where the document's paths start on the server under test, such as `http://127.0.0.1:8080/v1`.
    pub url: Option<String>,

    /// A TOML file with any of these options by the same names, and `[operations.NAME]` tables; see below. The command
    /// line wins. No file is read that is not named here.
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Reads what stands at URLs that start with PREFIX from the files in FOLDER, where the document refers to them.
    /// Several times for several.
    #[arg(long, value_name = "PREFIX=FOLDER")]
    #[serde(deserialize_with = "texts::list")]
    pub remote: Vec<Remote>,

    /// Tests this operation and no others: an `operationId`, or method and path such as `GET /things/{id}`. Several
    /// times for several.
    #[arg(long, value_name = "OPERATION", help_heading = WHAT)]
    pub operation: Vec<String>,

    /// Leaves this operation out. Several times for several.
    #[arg(long, value_name = "OPERATION", help_heading = WHAT)]
    pub exclude: Vec<String>,

    /// Makes cases of this phase and no others: examples, boundaries, random, negative, credentials, methods or laws.
    /// Several times for several.
    #[arg(long, value_name = "PHASE", help_heading = WHAT)]
    pub phase: Vec<String>,

    /// Judges by this check, and by no check and no law that is not named here or by --law; a report lists them all.
    /// Several times for several.
    #[arg(long, value_name = "CHECK", help_heading = WHAT)]
    pub check: Vec<String>,

    /// Judges by this law of several exchanges, and by no law and no check that is not named here or by --check; a report
    /// lists them all. Several times for several.
    #[arg(long, value_name = "LAW", help_heading = WHAT)]
    pub law: Vec<String>,

    /// How many random cases each operation has in each phase, beside examples and boundaries. [default: 100]
    #[arg(long, value_name = "NUMBER", help_heading = WHAT)]
    pub cases: Option<usize>,

    /// Ends the run after this time with the report so far: seconds, or a number with ms, s, m or h. No limit by
    /// default.
    #[arg(long, value_name = "TIME", help_heading = WHAT)]
    pub max_time: Option<Time>,

    /// Makes the second of five parts of the run, for example; five machines then share it. Laws are in one part each.
    #[arg(long, value_name = "NUMBER/PARTS", help_heading = WHAT)]
    #[serde(deserialize_with = "texts::one")]
    pub shard: Option<Shard>,

    /// A value that exists on the server, for a parameter that only the server can make values of:
    /// `getThing.id=42`. Several times for several values.
    #[arg(long, value_name = "OPERATION.PARAMETER=VALUE", help_heading = WHAT)]
    #[serde(deserialize_with = "pairs")]
    pub value: Vec<Pair>,

    /// Credentials for a security scheme of the document; for HTTP Basic, `user:password`. `SCHEME=@COMMAND` takes what
    /// a shell command prints, and asks it again when the credentials expire; `'SCHEME=$NAME'` takes an environment
    /// variable. Both keep secrets out of the list of processes. Several times for several schemes.
    #[arg(long, value_name = "SCHEME=VALUE", help_heading = HOW)]
    #[serde(deserialize_with = "pairs")]
    pub credential: Vec<Pair>,

    /// A header that every request has. Several times for several.
    #[arg(long, value_name = "NAME: VALUE", value_parser = Pair::header, help_heading = HOW)]
    #[serde(deserialize_with = "pairs")]
    pub header: Vec<Pair>,

    /// How long an answer may take, as for --max-time; longer is a failure. [default: 10s]
    #[arg(long, value_name = "TIME", help_heading = HOW)]
    pub timeout: Option<Time>,

    /// How many requests are sent each second at most. No limit by default.
    #[arg(long, value_name = "NUMBER", help_heading = HOW)]
    pub rate: Option<f64>,

    /// How many threads make, send and judge cases. What is sent does not depend on it. [default: 1]
    #[arg(long, value_name = "NUMBER", help_heading = HOW)]
    pub workers: Option<usize>,

    /// Takes the server's certificate where one in FILE has signed it, or is it (PEM), in place of those that this machine
    /// trusts.
    #[arg(long, value_name = "FILE", help_heading = HOW, conflicts_with = "tls_insecure")]
    pub tls_ca: Option<PathBuf>,

    /// Takes any certificate for the server's: TLS then proves nothing.
    #[arg(long, help_heading = HOW)]
    pub tls_insecure: bool,

    /// Sends methods that may change something to a server that is not on this machine. Without it they are left out
    /// there, and the report says so.
    #[arg(long, help_heading = HOW)]
    pub allow_writes: bool,

    /// Starts the server under test with this shell command, waits until it answers at URL, and stops it in the end with
    /// all that it started.
    #[arg(long, value_name = "COMMAND", help_heading = SERVER)]
    pub start: Option<String>,

    /// How long the started server may take until it answers, as for --max-time. [default: 60s]
    #[arg(long, value_name = "TIME", help_heading = SERVER)]
    pub start_timeout: Option<Time>,

    /// Writes what the started server prints to this file. Its last lines are told in any case where it fails.
    #[arg(long, value_name = "FILE", help_heading = SERVER)]
    pub start_log: Option<PathBuf>,

    /// Where all random choices start: the same seed makes the same cases. Drawn at random by default, and reported.
    #[arg(long, value_name = "NUMBER", help_heading = AGAIN)]
    pub seed: Option<u64>,

    /// Makes what must be new on the server, such as unique keys: seed and run id together make the same requests, byte
    /// for byte. Drawn at random by default, and reported.
    #[arg(long, value_name = "TEXT", help_heading = AGAIN)]
    pub run_id: Option<String>,

    /// Keeps what failed in this file, and sends it first the next time; what holds again is taken out of it.
    #[arg(long, value_name = "FILE", help_heading = AGAIN)]
    pub regressions: Option<PathBuf>,

    /// Accepts the failures that this TOML file names, each with a reason and until a day; what is over fails again, and
    /// what is mended is told. --update-baseline writes it.
    #[arg(long, value_name = "FILE", help_heading = TOLD)]
    pub baseline: Option<PathBuf>,

    /// Brings the file of --baseline up to date, and ends well: what fails is accepted for 90 days, for this reason, and
    /// what is mended is taken out.
    #[arg(long, value_name = "REASON", requires = "baseline", help_heading = TOLD)]
    #[serde(skip)]
    pub update_baseline: Option<String>,

    /// Writes a report: html=PATH is a page for a person, json=PATH has all there is, junit=PATH and sarif=PATH are for
    /// continuous integration and code scanning, har=PATH has the failures' exchanges; `-` as PATH is standard output,
    /// and the summary then goes to standard error. `github` annotates the lines of the document and writes the step's
    /// summary, in GitHub Actions. Several times for several.
    #[arg(long, value_name = "FORMAT=PATH", help_heading = TOLD)]
    #[serde(deserialize_with = "texts::list")]
    pub report: Vec<Destination>,

    /// Writes credentials in clear into summary and reports. Without it, shell variables stand in their place, named
    /// after the scheme.
    #[arg(long, help_heading = TOLD)]
    pub show_secrets: bool,

    /// What is different for one operation, by its name: in a file only.
    #[arg(skip)]
    pub operations: BTreeMap<String, Different>,
}

/// What is different for one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Different {
    /// As `--cases`.
    pub cases: Option<usize>,
    /// As `--timeout`.
    pub timeout: Option<Time>,
    /// Checks and laws that do not judge it.
    pub skip: Vec<String>,
}

const WHAT: &str = "What is tested";
const HOW: &str = "How it is sent";
const SERVER: &str = "The server under test";
const AGAIN: &str = "The same again";
const TOLD: &str = "What is told";

impl Options {
    /// These options, and where they say nothing those. Lists of names and values are joined name by name, other lists
    /// taken whole.
    #[must_use]
    pub fn over(self, other: Options) -> Options {
        let Options {
            document,
            url,
            config,
            remote,
            operation,
            exclude,
            phase,
            check,
            law,
            cases,
            max_time,
            shard,
            value,
            credential,
            header,
            timeout,
            rate,
            workers,
            tls_ca,
            tls_insecure,
            allow_writes,
            start,
            start_timeout,
            start_log,
            seed,
            run_id,
            regressions,
            baseline,
            update_baseline,
            report,
            show_secrets,
            operations,
        } = self;
        Options {
            document: document.or(other.document),
            url: url.or(other.url),
            config,
            remote: first_given(remote, other.remote),
            operation: first_given(operation, other.operation),
            exclude: first_given(exclude, other.exclude),
            phase: first_given(phase, other.phase),
            check: first_given(check, other.check),
            law: first_given(law, other.law),
            cases: cases.or(other.cases),
            max_time: max_time.or(other.max_time),
            shard: shard.or(other.shard),
            value: joined(value, other.value),
            credential: joined(credential, other.credential),
            header: joined(header, other.header),
            timeout: timeout.or(other.timeout),
            rate: rate.or(other.rate),
            workers: workers.or(other.workers),
            tls_ca: tls_ca.or(other.tls_ca),
            tls_insecure: tls_insecure || other.tls_insecure,
            allow_writes: allow_writes || other.allow_writes,
            start: start.or(other.start),
            start_timeout: start_timeout.or(other.start_timeout),
            start_log: start_log.or(other.start_log),
            seed: seed.or(other.seed),
            run_id: run_id.or(other.run_id),
            regressions: regressions.or(other.regressions),
            baseline: baseline.or(other.baseline),
            update_baseline,
            report: first_given(report, other.report),
            show_secrets: show_secrets || other.show_secrets,
            operations: if operations.is_empty() {
                other.operations
            } else {
                operations
            },
        }
    }
}

fn first_given<T>(these: Vec<T>, those: Vec<T>) -> Vec<T> {
    if these.is_empty() { those } else { these }
}

fn joined(mut these: Vec<Pair>, those: Vec<Pair>) -> Vec<Pair> {
    let more = those
        .into_iter()
        .filter(|that| !these.iter().any(|this| this.name == that.name));
    let more: Vec<Pair> = more.collect();
    these.extend(more);
    these
}
