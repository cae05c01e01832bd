//! Generates a dropshot server from an OpenAPI document.
//!
//! In `build.rs`, which then needs no other line:
//!
//! ```no_run
//! # const DOCUMENT: &str = "";
//! # #[expect(clippy::needless_doctest_main, reason = "this is a build script")]
//! fn main() -> Result<(), dropshot_codegen::BuildError> {
//!     dropshot_codegen::build(DOCUMENT)
//! }
//! ```
//!
//! and in the program: `mod api { include!(concat!(env!("OUT_DIR"), "/server.rs")); }`.
//!
//! What comes out is a trait with one method for each operation, a type for each schema, a request and a response type
//! for each operation, and `api`, which registers the operations with dropshot. There are no default methods: an
//! operation that is added to the document is a compile error until it is implemented.
//!
//! What cannot be served is left out: the smallest thing that holds it, such as a media type or an operation. It is named
//! with its place and what to do about it, and the rest is served. An operation that was left out is answered as not
//! implemented (501), since the document has it; that there is no such path would not be true.
//!
//! The generator has two passes. `lower` settles every name and finds everything that cannot be served; `emit` writes
//! down what was settled. How a request is served is not generated but stands in `dropshot-runtime`, so that the
//! generated part is small enough to read: tables and types.

mod build;
mod describe;
mod emit;
mod emitted;
mod lower;
mod routes;
mod server_trait;

pub use build::{BuildError, build, build_strict};
pub use emitted::{Comparison, Difference, EXPECTED, Expected, Kind, compare};

use lower::Lowered;
use openapi_model::{Diagnostic, Diagnostics, Pointer};

/// A generated server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Rust code: the items of one module.
    pub code: String,
    /// What the server has not, though the document has it.
    pub left_out: Vec<Diagnostic>,
    /// What the server does in a simpler way than the document says.
    pub notes: Vec<Diagnostic>,
}

impl Server {
    /// The server, if nothing was left out.
    ///
    /// # Errors
    /// Everything that was left out.
    pub fn strict(self) -> Result<Server, Diagnostics> {
        if self.left_out.is_empty() {
            Ok(self)
        } else {
            Err(Diagnostics(self.left_out))
        }
    }
}

/// Generates the server of a document.
///
/// ```
/// let server = dropshot_codegen::generate("
/// openapi: 3.0.3
/// info: { title: Thing service, version: '1' }
/// paths:
///   /things/{id}:
///     get:
///       operationId: getThing
///       parameters:
///         - { name: id, in: path, required: true, schema: { type: integer } }
///       responses:
///         '204': { description: It is there }
/// ")?;
/// assert!(server.code.contains("pub trait ThingService"));
/// assert!(server.code.contains("fn get_thing("));
/// # Ok::<(), openapi_model::Diagnostics>(())
/// ```
///
/// # Errors
/// Every fault of the document, with its place; or everything that is left out, where not one operation is served.
pub fn generate(document: &str) -> Result<Server, Diagnostics> {
    let api = openapi_model::parse(document)?;
    let Lowered {
        server,
        left_out,
        notes,
    } = lower::lower(&api);
    if server.operations.is_empty() && !left_out.is_empty() {
        return Err(Diagnostics(left_out));
    }
    let about = format!("The server of {}, generated from its document.", api.title);
    let code = schema_codegen::print(&about, emit::emit(&server)).map_err(|error| {
        let message =
            format!("what was generated is no Rust, which is a fault of the generator: {error}");
        Diagnostics(vec![Diagnostic {
            file: String::new(),
            pointer: Pointer::root(),
            line: 0,
            message,
        }])
    })?;
    Ok(Server {
        code,
        left_out,
        notes: api.notes.into_iter().chain(notes).collect(),
    })
}
