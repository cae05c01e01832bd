//! The document of the Event API, embedded in whatever is made from it.
//!
//! `spec/openapi.yaml` is the contract between the server and its clients, and **the only file that one edits to
//! change the API**. The server's trait and its checks, the client, and the proof that the two agree are all made from
//! this text. After an edit, `cargo check` lists what the server's handlers lack.
//!
//! The document is text here and nothing more: `openapi_model::parse` reads it. This crate depends on nothing, so that
//! every build script can depend on it.

/// The Event API's document, as it stands in `spec/openapi.yaml`: OpenAPI 3.0.3, in YAML.
pub const DOCUMENT: &str = include_str!("../openapi.yaml");
