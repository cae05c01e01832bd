//! From options to a run: every name looked up, every file opened, all problems told at once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use contract_harness::regressions::Regressions;
use contract_harness::{Contract, Credentials, Override, Settings, Target, Trust};
use http::{HeaderName, HeaderValue};

use crate::accepted::Accepted;
use crate::exit::Stop;
use crate::options::Options;
use crate::pair::Pair;
use crate::reports::{Destination, Reserved};
use crate::{credential, files, given};

/// How long a started server may take where nobody says otherwise.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// A run that is ready to be made.
#[derive(Debug)]
pub struct Plan {
    /// What is tested.
    pub contract: Contract,
    /// The server.
    pub target: Target,
    /// How it is tested.
    pub settings: Settings,
    /// The server's command, where it is started.
    pub start: Option<Start>,
    /// Where reports go.
    pub reports: Vec<Reserved>,
    /// Whether standard output is a report's, so that the summary must go elsewhere.
    pub output_is_taken: bool,
    /// The file of what failed.
    pub regressions: Option<PathBuf>,
    /// What is accepted.
    pub baseline: Option<Accepted>,
}

/// How the server under test is started.
#[derive(Debug)]
pub struct Start {
    /// The shell command.
    pub command: String,
    /// How long it may take until it answers.
    pub patience: Duration,
    /// Where its output goes.
    pub log: Option<File>,
}

/// Makes a plan.
///
/// # Errors
/// Everything that is wrong with the options and with what they name.
pub fn plan(options: &Options) -> Result<Plan, Stop> {
    let mut problems = Problems(Vec::new());
    let contract = problems.keep(contract(options));
    let target = problems.keep(target(options));
    let reports = problems.keep(reserved(&options.report));
    let start = problems.keep(start(options));
    let settings = problems.keep(settings(options, contract.as_ref()));
    let baseline = problems.keep(Accepted::read(options).map_err(|problem| vec![problem]));
    if let (Some(contract), Some(target), Some(settings)) = (&contract, &target, &settings) {
        for error in contract_harness::check(contract, target, settings) {
            let lines = error.to_string();
            problems.0.extend(lines.lines().map(str::to_owned));
        }
    }
    match (contract, target, reports, start, settings, baseline) {
        (
            Some(contract),
            Some(target),
            Some(reports),
            Some(start),
            Some(settings),
            Some(baseline),
        ) if problems.0.is_empty() => Ok(Plan {
            contract,
            target,
            settings,
            start,
            reports,
            output_is_taken: options.report.iter().any(Destination::is_standard_output),
            regressions: options.regressions.clone(),
            baseline,
        }),
        _ => Err(Stop::Unusable(problems.0)),
    }
}

/// What is wrong so far.
struct Problems(Vec<String>);

impl Problems {
    fn keep<T>(&mut self, made: Result<T, Vec<String>>) -> Option<T> {
        match made {
            Ok(made) => Some(made),
            Err(problems) => {
                self.0.extend(problems);
                None
            }
        }
    }
}

/// All of them, or what is wrong with each that could not be made.
fn all<T>(made: impl IntoIterator<Item = Result<T, String>>) -> Result<Vec<T>, Vec<String>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for each in made {
        match each {
            Ok(made) => good.push(made),
            Err(problem) => bad.push(problem),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(bad) }
}

fn contract(options: &Options) -> Result<Contract, Vec<String>> {
    match &options.document {
        Some(path) => files::contract(path, &options.remote),
        None => Err(vec![
            "the document is missing: `contract test DOCUMENT URL`".to_owned(),
        ]),
    }
}

fn target(options: &Options) -> Result<Target, Vec<String>> {
    let mut credentials = Credentials::default();
    let added = all(options
        .credential
        .iter()
        .map(|pair| credential::add(&mut credentials, pair)));
    match (&options.url, added) {
        (Some(url), Ok(_)) => Ok(Target {
            base_url: url.clone(),
            credentials,
        }),
        (Some(_), Err(problems)) => Err(problems),
        (None, added) => {
            let mut problems =
                vec!["the URL of the server is missing: `contract test DOCUMENT URL`".to_owned()];
            problems.extend(added.err().unwrap_or_default());
            Err(problems)
        }
    }
}

pub fn reserved(destinations: &[Destination]) -> Result<Vec<Reserved>, Vec<String>> {
    let mut problems = Vec::new();
    if destinations
        .iter()
        .filter(|each| each.is_standard_output())
        .count()
        > 1
    {
        problems.push("--report: standard output can be one report's only".to_owned());
    }
    match all(destinations.iter().map(Destination::reserve)) {
        Ok(reserved) if problems.is_empty() => Ok(reserved),
        other => {
            problems.extend(other.err().unwrap_or_default());
            Err(problems)
        }
    }
}

fn start(options: &Options) -> Result<Option<Start>, Vec<String>> {
    let Some(command) = &options.start else {
        let idle = [
            ("--start-timeout", options.start_timeout.is_some()),
            ("--start-log", options.start_log.is_some()),
        ];
        let idle = idle.into_iter().filter(|(_, given)| *given);
        let idle: Vec<String> = idle
            .map(|(name, _)| format!("{name} says nothing without --start"))
            .collect();
        return if idle.is_empty() { Ok(None) } else { Err(idle) };
    };
    let create = |path: &PathBuf| {
        File::create(path).map_err(|error| vec![format!("--start-log {}: {error}", path.display())])
    };
    Ok(Some(Start {
        command: command.clone(),
        patience: options.start_timeout.map_or(START_TIMEOUT, |time| time.0),
        log: options.start_log.as_ref().map(create).transpose()?,
    }))
}

/// The settings; without a contract only what can be known without it is looked at.
fn settings(options: &Options, contract: Option<&Contract>) -> Result<Settings, Vec<String>> {
    let mut problems = Problems(Vec::new());
    let values = contract.map(|contract| {
        all(options
            .value
            .iter()
            .map(|pair| given::given(contract.api(), pair)))
    });
    let values = problems.keep(values.unwrap_or(Ok(Vec::new())));
    let headers = problems.keep(all(options.header.iter().map(header)));
    let regressions = options
        .regressions
        .as_deref()
        .map_or(Ok(Regressions::default()), read);
    let regressions = problems.keep(regressions);
    if let Some(rate) = options
        .rate
        .filter(|rate| !(*rate > 0.0 && rate.is_finite()))
    {
        problems
            .0
            .push(format!("--rate {rate}: a number above 0 is wanted"));
    }
    let (Some(values), Some(headers), Some(regressions), []) =
        (values, headers, regressions, problems.0.as_slice())
    else {
        return Err(problems.0);
    };
    let default = Settings::default();
    Ok(Settings {
        seed: options.seed.unwrap_or(default.seed),
        run_id: options.run_id.clone().unwrap_or(default.run_id),
        cases: options.cases.unwrap_or(default.cases),
        timeout: options.timeout.map_or(default.timeout, |time| time.0),
        max_time: options.max_time.map(|time| time.0),
        rate: options.rate,
        workers: options.workers.unwrap_or(default.workers),
        shard: options.shard,
        include: options.operation.clone(),
        exclude: options.exclude.clone(),
        phases: options.phase.clone(),
        checks: options.check.clone(),
        laws: options.law.clone(),
        headers,
        values,
        overrides: overrides(options),
        allow_writes: options.allow_writes,
        trust: trust(options.tls_insecure, options.tls_ca.as_ref()),
        show_secrets: options.show_secrets,
        regressions,
        in_flight: default.in_flight,
    })
}

/// Whose certificates are taken. To take any takes those of a file, too.
pub fn trust(any: bool, file: Option<&PathBuf>) -> Trust {
    match (any, file) {
        (true, _) => Trust::Any,
        (false, Some(file)) => Trust::File(file.clone()),
        (false, None) => Trust::Machine,
    }
}

fn overrides(options: &Options) -> Vec<Override> {
    let each = options
        .operations
        .iter()
        .map(|(operation, different)| Override {
            operation: operation.clone(),
            cases: different.cases,
            timeout: different.timeout.map(|time| time.0),
            skip: different.skip.clone(),
        });
    each.collect()
}

fn header(pair: &Pair) -> Result<(HeaderName, HeaderValue), String> {
    let Pair { name, text } = pair;
    let problem = |what: &str| format!("--header {name}: {what}");
    let header = name
        .parse()
        .map_err(|_| problem("no header can have that name"))?;
    let value = text
        .parse()
        .map_err(|_| problem("no header can have that value"))?;
    Ok((header, value))
}

fn read(path: &Path) -> Result<Regressions, Vec<String>> {
    // Where nothing can be read because there is no folder, nothing can be written after the run.
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    if let Some(Err(error)) = folder.map(Path::metadata) {
        return Err(vec![format!("--regressions {}: {error}", path.display())]);
    }
    Regressions::read(path).map_err(|error| vec![error.to_string()])
}
