//! What somebody tries who should not get in, or wants to be a burden: against the program itself, over a socket.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bounds;
mod https;
mod paths;
mod program;
mod secrets;
mod tokens;
