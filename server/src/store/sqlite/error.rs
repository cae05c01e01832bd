//! From what SQLite says to what a person can act on.

use std::path::{Path, PathBuf};

use rusqlite::{Error, ErrorCode};

use super::workers::Refused;
use crate::store::StoreError;

/// The file, which every message names.
#[derive(Clone, Debug)]
pub(super) struct Database(PathBuf);

impl Database {
    pub(super) fn new(path: &Path) -> Database {
        Database(path.to_owned())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn name(&self) -> String {
        self.0.display().to_string()
    }

    pub(super) fn refused(&self, refused: Refused) -> StoreError {
        match refused {
            Refused::Full => StoreError::Overloaded {
                database: self.name(),
            },
            Refused::Stopped => self.closed(),
        }
    }

    pub(super) fn closed(&self) -> StoreError {
        StoreError::Closed {
            database: self.name(),
        }
    }

    pub(super) fn no_thread(&self, error: std::io::Error) -> StoreError {
        StoreError::Other {
            database: self.name(),
            detail: format!("no thread could be started: {error}"),
        }
    }

    pub(super) fn cannot_open(&self, detail: impl ToString) -> StoreError {
        StoreError::CannotOpen {
            database: self.name(),
            detail: detail.to_string(),
        }
    }

    pub(super) fn corrupt(&self, detail: impl ToString) -> StoreError {
        StoreError::Corrupt {
            database: self.name(),
            detail: detail.to_string(),
        }
    }

    pub(super) fn error(&self, error: Error) -> StoreError {
        let database = self.name();
        let detail = error.to_string();
        match error {
            Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed => StoreError::Busy { database },
                ErrorCode::DatabaseCorrupt => StoreError::Corrupt { database, detail },
                ErrorCode::NotADatabase => StoreError::NotADatabase { database },
                ErrorCode::SystemIoFailure => StoreError::Disk { database, detail },
                ErrorCode::DiskFull => StoreError::Full { database },
                ErrorCode::ReadOnly => StoreError::ReadOnly { database },
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                    StoreError::CannotOpen { database, detail }
                }
                _ => StoreError::Other { database, detail },
            },
            // A row that cannot be read as what was written, or that is not where another one says it is.
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
            | Error::QueryReturnedNoRows => StoreError::Corrupt { database, detail },
            _ => StoreError::Other { database, detail },
        }
    }
}
