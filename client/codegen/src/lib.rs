//! Generates a progenitor client from an OpenAPI document.
//!
//! In `build.rs`, which then needs no other line:
//!
//! ```no_run
//! # const DOCUMENT: &str = "";
//! # #[expect(clippy::needless_doctest_main, reason = "this is a build script")]
//! fn main() -> Result<(), progenitor_codegen::BuildError> {
//!     progenitor_codegen::build(DOCUMENT)
//! }
//! ```
//!
//! and in the program, which depends on `http`, `progenitor-client`, `reqwest` (features `json` and `query`, and `stream` to
//! send bytes piece by piece) and `schema-check`: `pub mod api { include!(concat!(env!("OUT_DIR"), "/client.rs")); }`.
//!
//! What comes out is progenitor's client, with a builder for each operation, typed in both directions, and around it
//! what makes it tell the truth:
//!
//! ```ignore
//! let credentials = api::Credentials { bearer_auth: Some(token.into()), ..Default::default() };
//! let client = api::Client::new("https://things.example.com", credentials)?;
//! let thing = client.get_thing().id(42).send().await?;
//! let tag = api::headers::GetThingOk::read(thing.headers())?.etag;
//! let same = api::call(&client, "getThing", api::Arguments { parameters, ..Default::default() }).await?;
//! ```
//!
//! - Requests carry the names, places, styles, media types and credentials of the document. One that the document does
//!   not allow is `Error::InvalidRequest` and is not sent, also where the rule is one that a type cannot express.
//! - A body is a value (JSON and forms), a `String` (text and XML), a struct of fields and files (forms in parts), or
//!   bytes that are streamed. Where a body may be several of these, or answers differ by status, it is an enum in `bodies`.
//! - An answer of another media type than the document has, or whose body breaks its schema, is
//!   `Error::InvalidResponsePayload`; one of a status that is not declared is `Error::UnexpectedResponse`.
//! - `Client::new` follows no redirects, says in `User-Agent` which crate calls, and does not panic.
//!
//! What the client cannot do is left out: the smallest thing that holds it, such as a media type, a parameter or an
//! operation. It is named with its place and what to do about it, and the rest is there. These things are:
//!
//! - certificates of the client, and two schemes of one requirement that both want the `Authorization` header;
//! - parameters that no style can write, such as a list of objects; of other parameters and of forms, single values that
//!   their style cannot write, such as an empty list, are refused when they are given;
//! - types for answers of 1XX and 3XX, and for successes that only `default` describes beside others: they are
//!   `Error::UnexpectedResponse`, which holds them whole;
//! - in forms in parts, the headers that `encoding` gives to parts, and a choice of media types: there the caller chooses
//!   that of a file.
//!
//! The generator has two passes. `lower` settles every name and finds what the client cannot do. `emit` writes down what
//! was settled, beside the code that progenitor makes of a document that `facade` puts before it. That document has no
//! word of the real one, so that nothing in a document can make progenitor panic, and `adjust` takes out of its code what
//! follows from that: bodies that are JSON, and answers of one type.

mod adjust;
mod build;
mod client;
mod documentation;
mod embed;
mod emit;
mod facade;
mod header;
mod lower;
mod names;
#[cfg(test)]
#[allow(
    dead_code,
    reason = "it is for generated clients; here it is only tested"
)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod support;

pub use build::{BuildError, build, build_strict};

use lower::Lowered;
use openapi_model::{Diagnostic, Diagnostics, Pointer};

/// A generated client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Rust code: the items of one module.
    pub code: String,
    /// What the client has not, though the document has it.
    pub left_out: Vec<Diagnostic>,
    /// What the client does in a simpler way than the document says.
    pub notes: Vec<Diagnostic>,
}

impl Client {
    /// The client, if nothing was left out.
    ///
    /// # Errors
    /// Everything that was left out.
    pub fn strict(self) -> Result<Client, Diagnostics> {
        if self.left_out.is_empty() {
            Ok(self)
        } else {
            Err(Diagnostics(self.left_out))
        }
    }
}

/// Generates the client of a document.
///
/// ```
/// let client = progenitor_codegen::generate("
/// openapi: 3.0.3
/// info: { title: Things, version: '1' }
/// paths:
///   /things/{id}:
///     get:
///       operationId: getThing
///       parameters:
///         - { name: id, in: path, required: true, schema: { type: integer } }
///       responses:
///         '204': { description: It is there }
/// ")?;
/// assert!(client.code.contains("pub struct GetThing<'a>"));
/// assert!(client.code.contains("V: std::convert::TryInto<i64>"));
/// # Ok::<(), openapi_model::Diagnostics>(())
/// ```
///
/// # Errors
/// Every fault of the document, with its place; or everything that is left out, where not one operation can be called.
pub fn generate(document: &str) -> Result<Client, Diagnostics> {
    let api = openapi_model::parse(document)?;
    let Lowered {
        client,
        left_out,
        notes,
    } = lower::lower(&api);
    if client.operations.is_empty() && !left_out.is_empty() {
        return Err(Diagnostics(left_out));
    }
    let code = write(&client).map_err(|error| {
        let message =
            format!("what was generated is no Rust, which is a fault of the generator: {error}");
        Diagnostics(vec![Diagnostic {
            file: String::new(),
            pointer: Pointer::root(),
            line: 0,
            message,
        }])
    })?;
    Ok(Client {
        code,
        left_out,
        notes: api.notes.into_iter().chain(notes).collect(),
    })
}

fn write(client: &client::ClientItems) -> Result<String, String> {
    let tokens = facade::generate(client)?;
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    adjust::adjust(&mut file, client);
    let items = emit::emit(client, &quote::quote!(#file), &embed::support()?);
    let header = format!(
        "The client of {}, made from its document by progenitor-codegen.",
        client.title.trim()
    );
    schema_codegen::print(&header, items).map_err(|error| error.to_string())
}
