//! `contract mock` beside Prism, on the Event API's document.
//!
//! Both answer the same request with generated answers (`prism mock --dynamic`), by turns and as whole processes, so that
//! what counts is the ratio within one run: how many answers a second, and how much CPU time of the mock's each costs.
//!
//! ```text
//! cargo bench -p contract-tests --bench prism -- --install
//! ```
//!
//! installs Prism from npm in the target folder (which needs Node.js and the network) before it measures. Without
//! `--install`, one that is there already is used.

#[path = "load/mod.rs"]
mod load;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use http::Request;
use http_body_util::Full;

use crate::load::{Ask, Run, Server, Why, built, free_address, median, target_folder};

/// The release that the figures in the documentation were measured with.
const PRISM: &str = "@stoplight/prism-cli@5.16.0";

/// How many connections ask, each for the next answer once it has the one before.
const CONNECTIONS: usize = 8;

/// Measures `contract mock` beside Prism.
#[derive(Debug, Parser)]
struct Arguments {
    /// Install Prism first.
    #[arg(long)]
    install: bool,

    /// How often each mock is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,

    /// For how many seconds each is asked.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    seconds: u64,

    // Cargo passes this to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("prism: {why}");
            ExitCode::from(2)
        }
    }
}

fn measure(arguments: &Arguments) -> Result<(), Why> {
    let target = target_folder()?;
    let prism = prism(&target, arguments.install)?;
    let contract = built("contract-harness", "contract")?;
    let folder = tempfile::tempdir()?;
    let document = folder.path().join("openapi.yaml");
    std::fs::write(&document, events_spec::DOCUMENT)?;
    println!("| round | mock | answers | answers/s | CPU per answer (ms) | peak (MB) |");
    println!("|---|---|---|---|---|---|");
    let mut ratios = Vec::new();
    for round in 1..=arguments.rounds.max(1) {
        let time = Duration::from_secs(arguments.seconds.max(1));
        let address = free_address()?;
        let mut ours = Command::new(&contract);
        ours.arg("mock").arg(&document);
        ours.args(["--seed", "1", "--listen", &address.to_string()]);
        let ours = run(ours, address, time)?;
        tell(round, "contract mock", &ours);
        let address = free_address()?;
        let mut theirs = Command::new(&prism);
        theirs.args(["mock", "--dynamic", "--port", &address.port().to_string()]);
        theirs.args(["--verboseLevel", "silent"]).arg(&document);
        let theirs = run(theirs, address, time)?;
        tell(round, "prism", &theirs);
        ratios.push((
            ours.rate() / theirs.rate(),
            theirs.cpu_per_answer() / ours.cpu_per_answer(),
        ));
    }
    let (rates, costs): (Vec<f64>, Vec<f64>) = ratios.into_iter().unzip();
    println!(
        "\nIn the median of the rounds, contract mock gives {:.0} times as many answers a second, each for {:.0} times less CPU time.",
        median(rates),
        median(costs)
    );
    Ok(())
}

fn tell(round: usize, name: &str, run: &Run) {
    println!(
        "| {round} | {name} | {} | {:.0} | {:.4} | {:.0} |",
        run.answers,
        run.rate(),
        run.cpu_per_answer() * 1e3,
        run.peak_bytes as f64 / 1e6
    );
}

/// Starts a mock, asks it for that time, and ends it. Its start is part of what it costs.
fn run(command: Command, address: SocketAddr, time: Duration) -> Result<Run, Why> {
    let ask: Ask = Arc::new(move |caller, before| {
        Request::get(format!("/events/{}", 1 + caller + before))
            .header("Host", address.to_string())
            .header("Accept", "application/vnd.api+json")
            .header("Authorization", "Bearer any")
            .header("S2S-Auth-Token", "any")
            .body(Full::default())
            .unwrap_or_default()
    });
    Server::start(command, address)?.asked(CONNECTIONS, time, &ask)
}

fn prism(target: &Path, install: bool) -> Result<PathBuf, Why> {
    let folder = target.join("prism");
    let program = folder.join("node_modules/.bin/prism");
    if install {
        let installed = Command::new("npm")
            .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(PRISM)
            .status()?;
        if !installed.success() {
            return Err(format!("{PRISM} could not be installed from npm").into());
        }
    }
    if !program.exists() {
        return Err(format!(
            "Prism is not at {}: --install puts it there",
            program.display()
        )
        .into());
    }
    Ok(program)
}
