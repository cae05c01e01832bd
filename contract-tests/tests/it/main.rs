//! What the document of the Event API cannot say, on the real server; and that the proofs are not of its client alone.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod agreement;
mod api;
mod event_api;
mod faulty_clients;
mod gallery;
mod https;
mod jsonapi;
mod lists;
mod proxy;
mod running;
mod store;
