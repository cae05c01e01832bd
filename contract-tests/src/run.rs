//! The program.

use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use clap::Parser;
use events_server::store::address::Address;
use indicatif::{ProgressBar, ProgressStyle};

use crate::proof::{Settings, prove};

const EXIT_CODES: &str = "\
Exit codes: 0 document, server and client agree; 1 they do not, and the report says where; 2 the proof could not be made.";

/// Proves that the Event API's document, server and client agree.
///
/// The real server is started on a free port, with a fresh database where none is given, and stopped at the end.
#[derive(Debug, Parser)]
#[command(name = "contract-tests", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Where all random choices start; the same seed makes the same choices. Drawn at random by default.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// How many random cases each operation has in each kind of proof.
    #[arg(long, value_name = "NUMBER", default_value_t = Settings::DEFAULT_CASES, value_parser = at_least_one)]
    cases: usize,

    /// An empty PostgreSQL database for the server to keep its events in (postgres://user:password@host/name), which is
    /// not empty afterwards. Without it, the server has a fresh file.
    #[arg(
        long,
        value_name = "URL",
        env = "EVENTS_DATABASE",
        hide_env_values = true
    )]
    database: Option<Address>,
}

/// Of no cases, everything holds and nothing is shown.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("give a whole number of at least 1".to_owned()),
        Ok(number) => Ok(number),
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let Arguments {
        seed,
        cases,
        database,
    } = Arguments::parse();
    let settings = Settings {
        cases,
        database,
        seed: seed.unwrap_or_else(|| Settings::default().seed),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return could_not_run(&error),
    };
    let progress = progress();
    let proof = runtime.block_on(async {
        tokio::select! {
            proof = prove(&settings, &progress) => Some(proof),
            // What the server left on disk is removed with its folder.
            _ = tokio::signal::ctrl_c() => None,
        }
    });
    // A proof that was interrupted is not waited for.
    runtime.shutdown_background();
    progress.finish_and_clear();
    match proof {
        None => could_not_run(&"it was interrupted"),
        Some(Err(error)) => could_not_run(&error),
        Some(Ok(proof)) => {
            // Whoever reads may have gone, which changes nothing about the result.
            drop(std::io::stdout().write_all(proof.text().as_bytes()));
            if proof.holds() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            }
        }
    }
}

fn could_not_run(why: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("contract-tests: the proof could not be made: {why}");
    ExitCode::from(2)
}

/// Shown on a terminal only: elsewhere the report is all that anybody wants.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg:32} {bar:40} {pos}/{len}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
