//! A copy of the file, of one moment, while servers go on to write to it.
//!
//! `VACUUM INTO` reads in one transaction, for which no writer waits, and writes the copy without the room that the
//! file has to spare. The trade: meanwhile the write-ahead log cannot be emptied, and grows with what is written.
//!
//! The copy gets its name last, after it was read again and is on disk: under that name there is a whole backup or none.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::Database;
use super::open;
use crate::store::StoreError;

/// Why there is no backup. What there was before is still there.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is a file of that name.
    #[error(
        "{} is there already and was left as it is; choose another name, or give --force to replace it",
        file.display()
    )]
    IsThere {
        /// The file.
        file: PathBuf,
    },
    /// The backup would take the place of the database.
    #[error("{} is the database itself; choose another name", file.display())]
    IsTheDatabase {
        /// The file.
        file: PathBuf,
    },
    /// The backup cannot be written.
    #[error("the backup {} cannot be written: {source}; see that its folder exists, can be written, and has room", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What happened.
        source: std::io::Error,
    },
}

/// Copies a database to a file, and says how many events it has. A file of that name is replaced only if `force` is
/// given.
///
/// # Errors
/// There is no backup.
pub fn backup(database: &Path, file: &Path, force: bool) -> Result<i64, BackupError> {
    let write = |source| BackupError::Write {
        file: file.to_owned(),
        source,
    };
    let database = Database::new(database);
    let connection = open::existing(&database)?;
    if file.exists() {
        let same = |one: &Path, other: &Path| matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other);
        let file = file.to_owned();
        if same(database.path(), &file) {
            return Err(BackupError::IsTheDatabase { file });
        }
        if !force {
            return Err(BackupError::IsThere { file });
        }
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Only this user can read it, and if this ends early, it goes.
    let copy = tempfile::Builder::new()
        .prefix(".events-backup-")
        .tempfile_in(folder)
        .map_err(write)?;
    let path = std::path::absolute(copy.path()).map_err(write)?;
    let Some(name) = path.to_str() else {
        return Err(write(std::io::Error::new(
            ErrorKind::InvalidFilename,
            "its name is not UTF-8",
        )));
    };
    // SQLite does not say which of the two files it could not read or write.
    connection
        .execute("VACUUM INTO ?1", [name])
        .map_err(|error| write(std::io::Error::other(error)))?;
    let events = open::check_copy(&Database::new(&path))?;
    keep(copy, file, force).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => BackupError::IsThere {
            file: file.to_owned(),
        },
        _ => write(source),
    })?;
    // The name too is to outlast a power cut.
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(write)?;
    Ok(events)
}

/// Gives the copy its name, once all of it is on disk.
fn keep(copy: NamedTempFile, file: &Path, force: bool) -> std::io::Result<()> {
    File::open(copy.path())?.sync_all()?;
    let kept = if force {
        copy.persist(file)
    } else {
        copy.persist_noclobber(file)
    };
    kept.map(drop).map_err(|error| error.error)
}
