//! From what PostgreSQL says to what a person can act on.

use std::error::Error as _;

use tokio_postgres::Error;

use crate::store::StoreError;

/// The database, which every message names, without its password.
#[derive(Clone, Debug)]
pub(super) struct Database(String);

/// Why a call of the database failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The database said so, or could not be reached.
    Database(Error),
    /// It did not answer in time.
    Late,
    /// What it holds is not what was written.
    Damaged(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Database(error)
    }
}

impl Database {
    pub(super) fn new(name: String) -> Database {
        Database(name)
    }

    pub(super) fn name(&self) -> String {
        self.0.clone()
    }

    pub(super) fn closed(&self) -> StoreError {
        StoreError::Closed {
            database: self.name(),
        }
    }

    pub(super) fn overloaded(&self) -> StoreError {
        StoreError::Overloaded {
            database: self.name(),
        }
    }

    pub(super) fn away(&self, detail: impl ToString) -> StoreError {
        StoreError::Unavailable {
            database: self.name(),
            detail: detail.to_string(),
        }
    }

    pub(super) fn error(&self, failure: Failure) -> StoreError {
        let error = match failure {
            Failure::Database(error) => error,
            Failure::Late => return self.away("it does not answer"),
            Failure::Damaged(detail) => {
                return StoreError::Other {
                    database: self.name(),
                    detail,
                };
            }
        };
        let (database, detail) = (self.name(), told(&error));
        if let Some(detail) = not_trusted(&error) {
            return StoreError::NotTrusted { database, detail };
        }
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        match error.code().map(|code| code.code()) {
            // It is stopped, starts, or has all the connections that it takes; or the connection has ended.
            None | Some("57P01" | "57P02" | "57P03" | "57P05" | "53300" | "25P03") => {
                StoreError::Unavailable { database, detail }
            }
            // Somebody else holds a lock, or it took too long.
            Some("55P03" | "57014" | "40001" | "40P01") => StoreError::Busy { database },
            Some("53100") => StoreError::Full { database },
            // It does not know us, does not have that database, or does not let us.
            Some("28000" | "28P01" | "3D000" | "42501") => StoreError::Refused { database, detail },
            Some(code) if code.starts_with("08") => StoreError::Unavailable { database, detail },
            Some(code) if code.starts_with("53") => StoreError::Overloaded { database },
            Some(_) => StoreError::Other { database, detail },
        }
    }
}

/// What happened, in the words of whoever knows most.
fn told(error: &Error) -> String {
    if let Some(error) = error.as_db_error() {
        return format!("{} (SQLSTATE {})", error.message(), error.code().code());
    }
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// What is wrong with the certificate that the database has shown, if it is that.
fn not_trusted(error: &Error) -> Option<String> {
    let mut cause = error.source();
    while let Some(error) = cause {
        // What a connection fails by is packed into an error of input and output, which does not tell it as its source.
        let packed = error
            .downcast_ref::<std::io::Error>()
            .and_then(|error| error.get_ref());
        let found = match packed {
            Some(packed) => packed.downcast_ref(),
            None => error.downcast_ref(),
        };
        if let Some(error @ rustls::Error::InvalidCertificate(_)) = found {
            return Some(error.to_string());
        }
        cause = error.source();
    }
    None
}
