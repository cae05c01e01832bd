//! `contract mock`: a server made of its document.

use std::io::Write as _;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;

use clap::Args;
use contract_harness::mock::{Mock, MockSettings, Served, Wanted, serve};
use contract_harness::traffic::Fault;
use contract_harness::{Gap, Settings, Traffic};
use tokio::net::TcpListener;

use crate::exit::{Stop, say};
use crate::interrupt::Interrupts;
use crate::judging::{FailOn, Judging};

const MORE: &str = "\
The mock serves until Ctrl-C (or SIGTERM), and then reports which requests broke what, and which operations, statuses and keywords the \
client has met. GET of --report-path tells the same at any time, as JSON.

A request that keeps the document is answered with a success that is drawn at random from its schema. One that breaks it is refused with \
what the operation declares for that (401, 404, 405, 406, 415, 422, 400), and the header Contract-Fault says why. A client can ask for a \
certain answer, as Prism's users know it: `Prefer: code=404`, `Prefer: example=name`.

Exit codes: 0 every request kept the document; 1 some did not; 2 the mock could not be served.

Examples:
  contract mock openapi.yaml --seed 5
  contract mock openapi.yaml --listen 127.0.0.1:0 --errors 0.2 --broken 0.1
  contract mock openapi.yaml --answer getThing=404 --answer listThings=:empty --stateful";

/// Serves DOCUMENT without a server: checks every request against it, and answers with what it allows.
#[derive(Args, Debug)]
#[command(after_help = MORE)]
pub struct Arguments {
    #[command(flatten)]
    judging: Judging,

    /// The address to listen on; port 0 takes a free one. The URL is printed as the first line on standard output.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    listen: SocketAddr,

    /// The path before every path of the document. By default that of the first of its `servers`.
    #[arg(long, value_name = "PATH")]
    base_path: Option<String>,

    /// Where all random choices start: the same requests in the same order get the same answers. Drawn at random by
    /// default, and printed.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// The share of valid requests, from 0 to 1, that are answered with a declared response that is no success.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    errors: f64,

    /// The share of answers, from 0 to 1, that break the document: a rule of the body's schema, JSON that is none, a body
    /// that is cut off, an undeclared media type or status.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    broken: f64,

    /// Keeps what is created, and serves it back: where `POST /things` makes what `GET /things/{id}` reads, or links say
    /// so. What was never created is not found.
    #[arg(long)]
    stateful: bool,

    /// What an operation answers to valid requests: `getThing=404`, `getThing=200:name` or `getThing=:name` with the name
    /// of an example. Several times for several operations.
    #[arg(long, value_name = "OPERATION=STATUS[:EXAMPLE]")]
    answer: Vec<Chosen>,

    /// Where GET tells what was seen so far.
    #[arg(long, value_name = "PATH", default_value = "/.well-known/contract")]
    report_path: String,
}

/// What an operation answers.
#[derive(Clone, Debug)]
struct Chosen(String, Wanted);

impl FromStr for Chosen {
    type Err = String;

    fn from_str(text: &str) -> Result<Chosen, String> {
        // An operation may be named by method and path, which have no `=`.
        let (operation, wanted) = text
            .split_once('=')
            .ok_or("write OPERATION=STATUS, OPERATION=STATUS:EXAMPLE or OPERATION=:EXAMPLE")?;
        Ok(Chosen(operation.to_owned(), wanted.parse()?))
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("write a number from 0 to 1, such as 0.1".to_owned()),
    }
}

/// Serves the mock until it is told to stop.
///
/// # Errors
/// A request broke the document, or the mock could not be served.
pub fn run(arguments: &Arguments) -> Result<(), Stop> {
    let (contract, tell) = arguments.judging.ready()?.parts();
    let settings = MockSettings {
        seed: arguments.seed.unwrap_or_else(|| Settings::default().seed),
        errors: arguments.errors,
        broken: arguments.broken,
        is_stateful: arguments.stateful,
        answers: arguments
            .answer
            .iter()
            .map(|Chosen(operation, wanted)| (operation.clone(), wanted.clone()))
            .collect(),
    };
    let seed = settings.seed;
    let base = match &arguments.base_path {
        Some(base) => base.clone(),
        None => contract.base_path(),
    };
    let mock = Mock::new(&contract, settings).map_err(Stop::unusable)?;
    for Gap {
        operation,
        part,
        reason,
    } in mock.gaps()
    {
        say(format_args!(
            "{operation}: {part} is not answered with: {reason}"
        ));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::unusable(format!("the mock cannot be served: {error}")))?;
    let served = runtime.block_on(async {
        let cannot = |error: &dyn std::fmt::Display| {
            Stop::unusable(format!(
                "the mock cannot listen on {}: {error}",
                arguments.listen
            ))
        };
        let listener = TcpListener::bind(arguments.listen)
            .await
            .map_err(|error| cannot(&error))?;
        let address = listener.local_addr().map_err(|error| cannot(&error))?;
        let url = format!("http://{address}{}", base.trim_end_matches('/'));
        let traffic = Traffic::new(&contract, &url).map_err(|error| cannot(&error))?;
        let served = Arc::new(Served::new(mock, &base, &arguments.report_path, traffic));
        let interrupts = Interrupts::watch().map_err(|error| cannot(&error))?;
        // Whoever starts the mock may wait for this line, and may then not read on.
        let mut out = anstream::stdout();
        writeln!(out, "{url}").and_then(|()| out.flush()).ok();
        say(format_args!(
            "{} {}, --seed {seed}; Ctrl-C ends it",
            contract.api().title,
            contract.api().version
        ));
        serve(served.clone(), listener, interrupts.reach(1), told).await;
        Ok::<_, Stop>(served)
    })?;
    runtime.shutdown_background();
    let report = served.traffic().report();
    tell(&report, FailOn::Client)
}

/// Says what a request broke when it is seen first.
fn told(fault: &Fault) {
    if fault.is_new {
        say(&fault.message);
    }
}
