//! What the document of the Event API cannot say, on the real server.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod api;
mod event_api;
mod jsonapi;
mod lists;
mod running;
mod store;
