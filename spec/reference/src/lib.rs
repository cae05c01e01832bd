//! Makes a reference page for the browser from an OpenAPI document.
//!
//! [`page`] gives one HTML file that fetches nothing: it can be served, sent by mail, printed, or opened from a disk. It is
//! whole without JavaScript, which adds a box to find operations by and nothing else. A content security policy in the page
//! allows its own style and its own script, by their hashes, and nothing besides.
//!
//! What the document says is shown, and nothing is made up: where it has no example, the page has none. Texts are escaped;
//! descriptions are read as CommonMark, with the HTML in them shown as text.
//!
//! Every operation and every named schema has an address within the page that stays: `#operation-getThing`,
//! `#schema-Thing`. A named schema stands once, in its own section. Where an operation uses one it is opened in place as
//! long as that stays short, and is a link beyond, so that a page grows as its document does, and recursive schemas end.
//!
//! In `build.rs`, [`build`] writes the page to `$OUT_DIR/reference.html`:
//!
//! ```no_run
//! # const DOCUMENT: &str = "";
//! # #[expect(clippy::needless_doctest_main, reason = "this is a build script")]
//! fn main() -> Result<(), openapi_reference::BuildError> {
//!     openapi_reference::build(DOCUMENT)
//! }
//! ```

mod build;
mod credentials;
mod curl;
mod document;
mod facts;
mod markdown;
mod names;
mod operation;
mod page;
mod tree;
mod words;

pub use build::{BuildError, build};
pub use page::page;
