//! A generated server holds up under what it cannot serve: too much at once, bodies that do not come or do not end,
//! handlers that panic, and being stopped. And it says what it did.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod api {
    include!("../things/server.rs");
}
mod inside;
mod limits;
mod service;
mod stopping;
mod wire;
