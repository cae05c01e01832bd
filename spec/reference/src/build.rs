//! The one call of a build script.

use std::path::PathBuf;
use std::{env, fs, io};

use openapi_model::Diagnostics;

/// Why a build script could not make its page.
#[derive(thiserror::Error)]
pub enum BuildError {
    /// The document has faults.
    #[error("the document cannot be read:\n{0}")]
    Document(#[from] Diagnostics),
    /// This is no build script: cargo sets `OUT_DIR` there.
    #[error("OUT_DIR is not set: call this from a build script")]
    NoOutDir,
    /// The file could not be written.
    #[error("{path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// As it is displayed: cargo prints a failed build script's error by `Debug`.
impl std::fmt::Debug for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// Writes the page of a document to `$OUT_DIR/reference.html`, for
/// `include_str!(concat!(env!("OUT_DIR"), "/reference.html"))`.
///
/// # Errors
/// The document has faults, each told with its JSON pointer and line; or the file cannot be written.
pub fn build(document: &str) -> Result<(), BuildError> {
    // The document is compiled into the build script; without this line every change in the package would run it again.
    println!("cargo::rerun-if-changed=build.rs");
    let page = crate::page(&openapi_model::parse(document)?);
    let path =
        PathBuf::from(env::var_os("OUT_DIR").ok_or(BuildError::NoOutDir)?).join("reference.html");
    fs::write(&path, page).map_err(|error| BuildError::Write { path, error })
}
