//! The Event service: what stands behind the API that `spec/openapi.yaml` describes.
//!
//! The document decides what a request may be and which answers there are; a trait that is generated from it asks for
//! one method for each operation. This crate is what those methods need, from the outside in:
//!
//! - [`run`], [`cli`], [`config`] and [`upkeep`]: how it is started. [`start`] turns settings into a server, or says why
//!   not.
//! - [`commands`]: what can be done beside serving. [`mod@line`] is the form of an event in their files.
//! - [`api`]: the generated trait and types. [`service`] implements the one, [`resource`] and
//!   [`page`] fill the others. [`answers`] keeps what was answered.
//! - [`authenticate`], [`keys`], [`token`] and [`caller`]: who may come in. [`development_key`] and [`welcome`] let a
//!   newcomer in. [`tls`]: what nobody else can read on the way.
//! - [`origin`] and [`fingerprint`]: what is learned from a request beside its body. [`refusal`]: how one is refused.
//! - [`event`], [`timestamp`] and [`store`]: what is kept, and how.
//! - [`mod@log`], [`admin`] and [`mod@reference`]: what is said of all this to whoever runs it, and of the API to whoever
//!   reads it in a browser.

pub mod admin;
pub mod answers;
pub mod api;
pub mod authenticate;
pub mod caller;
pub mod cli;
pub mod commands;
pub mod config;
pub mod development_key;
pub mod duration;
pub mod event;
pub mod fingerprint;
pub mod keys;
pub mod line;
pub mod log;
pub mod origin;
pub mod page;
pub mod reference;
pub mod refusal;
pub mod resource;
mod rights;
pub mod run;
pub mod service;
pub mod start;
pub mod store;
pub mod timestamp;
pub mod tls;
pub mod token;
pub mod upkeep;
pub mod welcome;
