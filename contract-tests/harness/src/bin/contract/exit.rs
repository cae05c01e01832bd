//! How the program ends where it does not do what it was asked for.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

/// Why a command stopped: what standard error says, and the exit code.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// What was looked for was found wrong, and that is told already.
    Failed,
    /// What was asked for cannot be done: a document with faults, a name that is not there. Each problem is a line.
    Unusable(Vec<String>),
    /// There is nothing of the kind that was asked for, which is an answer.
    Unsatisfiable(String),
    /// A search was given up.
    Undecided(String),
}

impl Stop {
    /// Stops for one problem.
    pub fn unusable(problem: impl fmt::Display) -> Stop {
        Stop::Unusable(vec![problem.to_string()])
    }

    /// Tells it, and gives the exit code.
    pub fn tell(&self) -> ExitCode {
        match self {
            Stop::Failed => ExitCode::FAILURE,
            Stop::Unusable(problems) => {
                for problem in problems {
                    say(problem);
                }
                ExitCode::from(2)
            }
            Stop::Unsatisfiable(reason) => {
                line(format_args!("unsatisfiable: {reason}"));
                ExitCode::SUCCESS
            }
            Stop::Undecided(reason) => {
                line(format_args!("undecided: {reason}"));
                ExitCode::from(3)
            }
        }
    }
}

/// Says something on standard error, with the program's name.
pub fn say(what: impl fmt::Display) {
    line(format_args!("contract: {what}"));
}

fn line(text: fmt::Arguments<'_>) {
    // Whoever reads may have gone, which is no reason to stop.
    writeln!(io::stderr(), "{text}").ok();
}
