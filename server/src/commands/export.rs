//! `export`: all events of a database as lines.

use std::io::{self, BufWriter, ErrorKind, Write};

use crate::config::Database;
use crate::line::line;
use crate::resource::NotShown;
use crate::store::{Bulk, StoreError};

/// What to export.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Export {
    #[command(flatten)]
    #[expect(missing_docs, reason = "a comment here would be taken for help")]
    pub database: Database,
}

/// Why not every event was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database holds what this program did not write.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// Nobody takes the lines.
    #[error("the events cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Writes every event as a line, by ascending id. Where the reader has had enough, as `head` has, that is the end and no
/// error.
///
/// # Errors
/// Why not every event was written.
pub fn export(export: &Export, out: impl Write) -> Result<(), ExportError> {
    let Export { database } = export;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let written = Bulk::open_existing(&database.database)?
        .each(|event| writeln!(out, "{}", line(event)?).map_err(ExportError::from))
        .and_then(|()| out.flush().map_err(ExportError::from));
    match written {
        Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
