//! What the program does beside serving: filling a database, reading it out, and making tokens.

pub mod export;
pub mod import;
pub mod token;
