//! The command line: one variant for each command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::options::Options;
use crate::{mock, proxy, replay, sample, test};

/// Proves that HTTP servers and clients keep their OpenAPI document, and makes values of the document's schemas.
#[derive(Debug, Parser)]
#[command(name = "contract", version, max_term_width = 120)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(override_usage = test::USAGE, after_help = test::MORE)]
    Test(Box<Options>),
    Mock(mock::Arguments),
    Proxy(proxy::Arguments),
    Replay(replay::Arguments),
    Sample(sample::Arguments),
}

/// Does what the command line says. What is wrong with the command line itself is exit code 2.
pub fn run() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Test(options) => test::run(*options),
        Command::Mock(arguments) => mock::run(&arguments),
        Command::Proxy(arguments) => proxy::run(&arguments),
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.tell(),
    }
}
