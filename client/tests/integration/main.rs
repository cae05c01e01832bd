//! The client against a server that answers with the examples of the document.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod calls;
mod command_line;
mod conditional;
mod examples;
mod lists;
mod server;
