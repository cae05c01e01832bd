//! The command line `events`: what the arguments ask for, through the client, to the terminal or the next program.
//!
//! `arguments` is purely what can be said, `run` does it, and `output` shows it.

mod arguments;
mod draft;
mod failure;
mod instant;
mod output;
mod run;
mod table;
mod tokens;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use arguments::Arguments;
use failure::Failure;
use output::Output;

/// Does what the command line says.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match act(arguments) {
        // A program that reads no more has what it wanted, as `head` has.
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "events: {failure}");
            failure.exit_code()
        }
    }
}

fn act(arguments: Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("it cannot start: {error}")))?;
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let mut output = Output::new(&mut stdout, output::terminal_width());
    runtime.block_on(run::run(arguments, &mut output))
}
