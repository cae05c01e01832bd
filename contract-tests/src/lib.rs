//! The proof that the Event API's document, server and client agree.
//!
//! [`prove`] starts the real server on a free port with a fresh store, and shows with generated values:
//!
//! - (a) the server keeps the document: [`contract_harness::run`], for requests that the document allows and for requests
//!   that break exactly one rule of it;
//! - (b) the client understands what the document lets a server say, and sends what it is told as the document has it:
//!   [`understanding`];
//! - (c) it refuses what the document does not let a server say: [`refusing`];
//! - (d) server and client agree, what one sends the other has: [`agreement`];
//! - (e) the document that dropshot emits is the one that the server was made from: [`dropshot_codegen::compare`].
//!
//! None of it names an operation: what is proved follows from the document. A failure is data in the [`Proof`]; an error
//! means that the proof could not be made.

pub mod agreement;
mod answers;
pub mod arguments;
pub mod driver;
pub mod findings;
mod kept;
pub mod proof;
pub mod refusing;
mod report;
pub mod run;
pub mod sent;
pub mod stand_in;
pub mod system;
pub mod understanding;

pub use proof::{Proof, Settings, prove};
