//! The one call of a build script.

use std::path::PathBuf;
use std::{env, fmt, fs, io};

use openapi_model::Diagnostics;

use crate::Client;

/// Why a build script could not generate its client.
#[derive(thiserror::Error)]
pub enum BuildError {
    /// The document has faults, or says what the client cannot do.
    #[error("no client can be made from the document:\n{0}")]
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
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Generates the client of a document into `$OUT_DIR/client.rs`.
///
/// What is left out of it, and what it does in a simpler way than the document says, is printed as a warning of the build.
///
/// # Errors
/// The document has faults, each told with its JSON pointer and line; or the file cannot be written.
pub fn build(document: &str) -> Result<(), BuildError> {
    start();
    write(crate::generate(document)?)
}

/// As [`build`], but nothing may be left out.
///
/// # Errors
/// As [`build`]; and everything that the client cannot do.
pub fn build_strict(document: &str) -> Result<(), BuildError> {
    start();
    write(crate::generate(document)?.strict()?)
}

fn start() {
    // The document is compiled into the build script; without this line every change in the package would run it again.
    println!("cargo::rerun-if-changed=build.rs");
}

fn write(client: Client) -> Result<(), BuildError> {
    for diagnostic in client.left_out.iter().chain(&client.notes) {
        // A line break would end the instruction.
        let line = diagnostic.to_string().replace(['\r', '\n'], " ");
        println!("cargo::warning={line}");
    }
    let path = PathBuf::from(env::var_os("OUT_DIR").ok_or(BuildError::NoOutDir)?).join("client.rs");
    fs::write(&path, client.code).map_err(|error| BuildError::Write { path, error })
}
