//! The proof that the Event API's document, server and client agree.
//!
//! [`prove`] starts the real server on a free port with a fresh store, and shows with generated values:
//!
//! - (a) the server keeps the document: [`contract_harness::run`], for requests that the document allows and for requests
//!   that break exactly one rule of it;
//! - (b) the client understands what the document lets a server say, and sends only what it allows: [`understanding`];
//! - (c) server and client agree, what one sends the other has: [`agreement`];
//! - (d) the document that dropshot emits is the one that the server was made from: [`dropshot_codegen::compare`].
//!
//! None of it names an operation: what is proved follows from the document. A failure is data in the [`Proof`]; an error
//! means that the proof could not be made.

pub mod agreement;
pub mod arguments;
pub mod findings;
pub mod proof;
mod report;
pub mod run;
mod stand_in;
pub mod system;
pub mod understanding;

pub use proof::{Proof, Settings, prove};
