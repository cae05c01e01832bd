//! What generated clients call: how a typed call becomes a request, and an answer a typed result.
//!
//! progenitor makes the builders. What they build is carried to here in a form of our own, and is judged and written
//! down anew: every parameter travels in the query, by the name of its method, as text that stands for one JSON value.
//! So what goes on the wire is decided in one place, from the document's own words, and nothing is lost on the way: a
//! path parameter of `..`, for one, would have vanished from the URL before anybody could look at it.
//!
//! This source is embedded in the generated file as it is, without its tests, so that a program that holds a client
//! depends on nothing but the crates that are named here.

pub mod answer;
pub mod body;
pub mod call;
pub mod connect;
pub mod header;
pub mod operation;
pub mod parameter;
pub mod parts;
pub mod request;
pub mod secret;
