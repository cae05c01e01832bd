//! Whether the files that are open still have their names.
//!
//! Where somebody removes the database or its log while it is open, or puts another file in its place, the system lets
//! everything go on, in files that are gone as soon as they are closed. So a commit counts only while the names lead to
//! what was opened: two questions to the system for each commit, which are nothing beside the wait for the disk.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::error::Database;
use crate::store::StoreError;

/// The files as they were when they were opened.
pub(super) struct Place {
    database: Database,
    files: Vec<(PathBuf, Option<Identity>)>,
}

/// A file, whatever its name.
type Identity = (u64, u64);

impl Place {
    /// Notes which files have the names by now. The database has been opened, and its log has been switched on.
    pub(super) fn of(database: &Database, connection: &Connection) -> Result<Place, StoreError> {
        // The log is opened with the first look at the database.
        connection
            .query_row("SELECT EXISTS (SELECT 1 FROM event)", [], |_| Ok(()))
            .map_err(|error| database.error(error))?;
        let path = database.path();
        // SQLite follows a link, and has its log there.
        let mut log = std::fs::canonicalize(path)
            .unwrap_or_else(|_| path.to_owned())
            .into_os_string();
        log.push("-wal");
        let noted = |path: PathBuf| {
            let identity = identity(&path);
            (path, identity)
        };
        Ok(Place {
            database: database.clone(),
            files: [path.to_owned(), log.into()].map(noted).into(),
        })
    }

    /// That the names lead to the same files.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let moved = |(path, opened): &&(PathBuf, Option<Identity>)| {
            opened.is_some() && identity(path) != *opened
        };
        match self.files.iter().find(moved) {
            None => Ok(()),
            Some((file, _)) => Err(StoreError::Moved {
                database: self.database.name(),
                file: file.display().to_string(),
            }),
        }
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere a file that is open can neither be removed nor renamed.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}
