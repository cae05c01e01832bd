//! What the program does beside serving: filling a database, reading it out, copying it, and making tokens.

pub mod backup;
pub mod export;
pub mod import;
pub mod token;
