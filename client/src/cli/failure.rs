//! Why a command was not done.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// Why a command was not done.
#[derive(Debug)]
pub enum Failure {
    /// What was asked for cannot be meant so.
    Usage(String),
    /// It was refused, or failed.
    Failed(String),
    /// Whoever reads the output reads no more.
    Closed,
}

impl Failure {
    /// What the program exits with.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage(_) => ExitCode::from(2),
            Failure::Failed(_) => ExitCode::from(1),
            Failure::Closed => ExitCode::SUCCESS,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(message) | Failure::Failed(message) => f.write_str(message),
            Failure::Closed => f.write_str("the output is closed"),
        }
    }
}

impl From<events_client::Error> for Failure {
    fn from(error: events_client::Error) -> Failure {
        Failure::Failed(error.to_string())
    }
}

impl From<io::Error> for Failure {
    /// For writing alone: whatever is read has its own words.
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Failed(format!("the output cannot be written: {error}")),
        }
    }
}
