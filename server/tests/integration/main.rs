//! What the crate's parts do together, and with the disk.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cluster;
mod commands;
mod durability;
mod events;
mod laws;
mod lists;
mod postgres;
mod postgres_tls;
mod program;
mod sqlite;
