//! `contract test`: a run against a server, and what is told of it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use contract_harness::report::{Ending, OperationReport};
use contract_harness::{Error, Gap, Report, run_until};

use crate::exit::{Stop, say};
use crate::interrupt::Interrupts;
use crate::options::Options;
use crate::plan::{Plan, Start, plan};
use crate::progress::Display;
use crate::reports::Told;
use crate::start::{Server, StartError};
use crate::{again, config};

/// How the command is called.
pub const USAGE: &str = "\
contract test [OPTIONS] <DOCUMENT> <URL>
       contract test [OPTIONS] --config <FILE>";

/// What follows the options in the help.
pub const MORE: &str = "\
Exit codes: 0 the server kept its document; 1 it did not, and the summary says where; 2 the run could not be made, made no valid call, or \
was interrupted before anything was found. Ctrl-C ends a run with the report so far; pressed again, without.

A file for --config:
  document = \"openapi.yaml\"
  url = \"http://127.0.0.1:8080\"
  start = \"my-server --port 8080\"
  cases = 200
  report = [\"junit=report.xml\"]
  [credential]
  bearerAuth = \"$TOKEN\"
  [value]
  \"getThing.id\" = [42, 43]
  [operations.createReport]      # an operationId, or \"POST /reports\" in quotation marks
  timeout = \"1m\"
  cases = 20
  skip = [\"positive_data_acceptance\"]
Paths in it are relative to the working folder, as on the command line.

Examples:
  contract test openapi.yaml http://127.0.0.1:8080 --credential 'bearerAuth=@my-token --for test'
  contract test openapi.yaml http://127.0.0.1:8080 --operation createThing --phase negative --seed 5
  contract test openapi.yaml http://127.0.0.1:8080 --start 'my-server' --report junit=report.xml";

/// Tests a server.
///
/// # Errors
/// The server breaks its document, or the run could not be made.
pub fn run(options: Options) -> Result<(), Stop> {
    let options = config::merged(options)?;
    let plan = plan(&options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Stop::unusable(format!("the run cannot be started: {error}")))?;
    let report = runtime.block_on(report(&plan));
    // A run that was ended is not waited for.
    runtime.shutdown_background();
    let mut report = report?;
    if let Some(accepted) = &plan.baseline {
        accepted.apply(&mut report);
    }
    tell(&report, plan, &options)
}

/// Makes the run, with a server of our own where one is to be started.
async fn report(plan: &Plan) -> Result<Report, Stop> {
    let interrupts = Interrupts::watch()
        .map_err(|error| Stop::unusable(format!("the run cannot be started: {error}")))?;
    let mut server = match &plan.start {
        None => None,
        Some(start) => tokio::select! {
            started = started(plan, start) => Some(started?),
            () = interrupts.reach(1) => return Err(interrupted()),
        },
    };
    let display = Display::new();
    let show = |progress| display.show(progress);
    let report = tokio::select! {
        report = run_until(&plan.contract, &plan.target, &plan.settings, &show, interrupts.reach(1)) => report,
        () = interrupts.reach(2) => {
            display.finish();
            return Err(interrupted());
        }
    };
    display.finish();
    if let Some(Err(error)) = server.as_mut().map(Server::alive) {
        say(error);
    }
    report.map_err(could_not_run)
}

async fn started(plan: &Plan, start: &Start) -> Result<Server, Stop> {
    let url = &plan.target.base_url;
    let call = || async {
        contract_harness::reach(&plan.target, &plan.settings)
            .await
            .map_err(|error| error.to_string())
    };
    if call().await.is_ok() {
        let url = url.clone();
        return Err(Stop::unusable(StartError::Occupied { url }));
    }
    let log = start.log.as_ref().map(std::fs::File::try_clone).transpose();
    let log = log.map_err(|error| Stop::unusable(StartError::Shell(error)))?;
    let mut server = Server::start(&start.command, log).map_err(Stop::unusable)?;
    server
        .ready(url, start.patience, call)
        .await
        .map_err(Stop::unusable)?;
    Ok(server)
}

fn interrupted() -> Stop {
    Stop::unusable("interrupted")
}

fn could_not_run(error: Error) -> Stop {
    Stop::Unusable(error.to_string().lines().map(str::to_owned).collect())
}

/// Writes summary and reports, and gives the verdict.
fn tell(report: &Report, plan: Plan, options: &Options) -> Result<(), Stop> {
    let mut summary = report.coloured_text();
    if !report.is_clean() {
        // Writing to a `String` cannot fail.
        let words: Vec<String> = std::env::args().collect();
        let again = again::line(&words, report.seed, &report.run_id, options.show_secrets);
        writeln!(
            summary,
            "The same again, on a server that is as it was:\n  {again}"
        )
        .ok();
    }
    // Whoever reads may have gone, which changes nothing about the result.
    if plan.output_is_taken {
        anstream::stderr().write_all(summary.as_bytes()).ok();
    } else {
        anstream::stdout().write_all(summary.as_bytes()).ok();
    }
    let mut problems = Vec::new();
    let document = options.document.as_deref().and_then(Path::to_str);
    let told = Told {
        document: document.filter(|name| *name != "-"),
        output_is_taken: plan.output_is_taken,
    };
    for place in plan.reports {
        problems.extend(place.write(report, told).err());
    }
    let mut is_updated = false;
    match plan.baseline.map(|accepted| accepted.update(report)) {
        Some(Ok(Some(done))) => {
            say(done);
            is_updated = true;
        }
        Some(Err(problem)) => problems.push(problem),
        Some(Ok(None)) | None => {}
    }
    if let Some(path) = &plan.regressions {
        let written = report.regressions.write(path);
        problems.extend(written.err().map(|error| error.to_string()));
    }
    if !report.is_clean() && !is_updated {
        // What the server breaks counts for more than what we could not write.
        problems.iter().for_each(say);
        return Err(Stop::Failed);
    }
    if !problems.is_empty() {
        return Err(Stop::Unusable(problems));
    }
    match report.ending {
        Ending::Interrupted => Err(interrupted()),
        Ending::ServerGone => Err(Stop::unusable(
            "the server went away before the run was over",
        )),
        Ending::Complete | Ending::OutOfTime if report.cases == 0 => {
            Err(Stop::unusable("nothing was tested"))
        }
        Ending::Complete if lacks_valid_calls(report) => Err(Stop::unusable(
            "no valid call was made of any operation, which shows little: see `Not tested`",
        )),
        Ending::Complete | Ending::OutOfTime => Ok(()),
    }
}

/// Whether valid calls were wanted and none could be made, as where credentials are missing: a pipeline that forgot them
/// must not look like one that passed.
fn lacks_valid_calls(report: &Report) -> bool {
    let has_valid_call = |o: &OperationReport| o.cases.contains_key("positive");
    let is_untested = |gap: &Gap| gap.part.is_empty();
    report.gaps.iter().any(is_untested) && !report.operations.iter().any(has_valid_call)
}
