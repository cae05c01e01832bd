//! What the handlers need from storage.
//!
//! The trait is small on purpose: it says what is done with events, not how tables are read, so that each store can do
//! it in the way that is fastest for it. All stores keep the same laws, which `tests/` states once and runs over each.

pub mod address;
mod bulk;
mod paging;
mod postgres;
mod query;
mod sqlite;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;

use self::address::Address;
pub use self::bulk::Bulk;
pub use self::postgres::PostgresStore;
pub use self::query::{Filter, Instants, Key, Order, Page, Position, Query};
pub use self::sqlite::SqliteStore;
pub use self::sqlite::backup::{BackupError, backup as backup_file};
use crate::event::{Event, EventData};
use crate::fingerprint::Fingerprint;

/// How long an idempotency key is kept: 24 hours.
pub const IDEMPOTENCY_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Tells the time. Stores ask it when an event is created; tests bring their own.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// The system's clock.
pub fn system_clock() -> Clock {
    Arc::new(SystemTime::now)
}

/// Opens the database at an address, and makes it first where there is none.
///
/// This blocks, so it is for a thread that may; for a PostgreSQL database, in a runtime, which works for it from then on.
/// If it turns out later on that a file is damaged, `damaged` is told, and from then on every call is refused.
///
/// # Errors
/// It cannot be opened, or is not ours.
pub fn open(
    address: &Address,
    clock: Clock,
    damaged: impl FnOnce(&StoreError) + Send + 'static,
) -> Result<Arc<dyn EventStore>, StoreError> {
    match address {
        Address::File(path) => Ok(Arc::new(SqliteStore::open_and_tell(path, clock, damaged)?)),
        Address::Postgres(address) => postgres::open(address, clock),
    }
}

/// Keeps events.
///
/// A call that is dropped before it is done (because its client has gone) still takes place, whole, or not at all.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// The event of this id, or `None` if there is none.
    async fn get(&self, id: i64) -> Result<Option<Event>, StoreError>;

    /// A page of the events that match a filter, in an order.
    ///
    /// Whoever goes from page to page gets every event that was there before the first one, once and in order, whatever
    /// is stored meanwhile.
    async fn list(&self, query: Query) -> Result<Page, StoreError>;

    /// Stores an event under a new id, above every id that was given before. When this answers, the event is on disk.
    ///
    /// With an idempotency key, the event and the key are stored together or not at all, and of several calls with one
    /// key, whatever the number of processes they come from, one creates the event.
    async fn create(
        &self,
        data: EventData,
        idempotency: Option<Idempotency>,
    ) -> Result<Creation, StoreError>;

    /// Finishes the calls that are under way and lets go of the database. Calls after it are refused as
    /// [`StoreError::Closed`].
    async fn close(&self);
}

/// An idempotency key, with what it is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Whose key it is. The keys of different callers have nothing to do with each other.
    pub caller: Fingerprint,
    /// The key, as the caller chose it.
    pub key: String,
    /// What the caller sent with it.
    pub body: Fingerprint,
}

/// What came of a wish to create an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// It was created.
    Created(Event),
    /// It had been created before, with the same key and an equal body. This is that event.
    Repeated(Event),
    /// The key was used before with another body. Nothing was created.
    KeyUsed,
}

/// Why a store could not do what was asked. Each message names the database and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the database, and did not let go of it in time.
    #[error(
        "the database {database} is locked by another process; stop that process, or wait until it is done, and try again"
    )]
    Busy {
        /// The database.
        database: String,
    },
    /// More calls wait for the database than it can answer soon.
    #[error("the database {database} has too much to do; try again in a moment")]
    Overloaded {
        /// The database.
        database: String,
    },
    /// The database is on another machine or in another process, and cannot be reached. A call that was under way may
    /// have been done, all of it, or not.
    #[error(
        "the database {database} cannot be reached ({detail}); see that it runs and takes connections, or wait until it does"
    )]
    Unavailable {
        /// The database.
        database: String,
        /// What happened.
        detail: String,
    },
    /// The database does not let us in.
    #[error(
        "the database {database} refuses: {detail}; see that it exists and that the user of --database has the right password and may make and use tables in it"
    )]
    Refused {
        /// The database.
        database: String,
        /// Why.
        detail: String,
    },
    /// The database has shown a certificate that is not good, or not its own.
    #[error(
        "the database {database} is not trusted ({detail}); see that the host in the URL is one that its certificate names, and give the certificate of who signed it with sslrootcert=FILE"
    )]
    NotTrusted {
        /// The database.
        database: String,
        /// What is wrong with the certificate.
        detail: String,
    },
    /// The database has tables of another program where ours would be.
    #[error(
        "the database {database} has tables of another program ({tables}); they were left as they are; choose another database with --database"
    )]
    ForeignTables {
        /// The database.
        database: String,
        /// The tables.
        tables: String,
    },
    /// The database was closed, because the server stops.
    #[error("the database {database} is closed; start the server again")]
    Closed {
        /// The database.
        database: String,
    },
    /// What is on disk is not what was written.
    #[error(
        "the database {database} is damaged ({detail}); it was left as it is; keep a copy of it, then restore a backup, or rescue what can be read with `sqlite3 {database} .recover`"
    )]
    Corrupt {
        /// The database.
        database: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The file is something else.
    #[error(
        "{database} is not a database; it was left as it is; choose another file with --database"
    )]
    NotADatabase {
        /// The file.
        database: String,
    },
    /// The file is a database of another program.
    #[error(
        "{database} is a database of another program (application id {application_id:#010x}); it was left as it is; choose another file with --database"
    )]
    ForeignFile {
        /// The file.
        database: String,
        /// The number by which SQLite files say whose they are (bytes 68 to 71 of the file).
        application_id: u32,
    },
    /// The database was written by a newer version of this program.
    #[error(
        "the database {database} was written by a newer version of this program (layout {found}; this one knows layouts up to {known}); it was left as it is; start the newer version"
    )]
    NewerVersion {
        /// The database.
        database: String,
        /// The version of its layout.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file cannot be opened or made.
    #[error(
        "the database {database} cannot be opened: {detail}; see that its folder exists and that this user can read and write both, or choose another file with --database"
    )]
    CannotOpen {
        /// The database.
        database: String,
        /// Why not.
        detail: String,
    },
    /// The file can be read, but not written.
    #[error(
        "the database {database} cannot be written; give this user the right to write the file and its folder"
    )]
    ReadOnly {
        /// The database.
        database: String,
    },
    /// The file, or the log beside it, was removed or replaced while it was open: what is written now would be gone with
    /// the end of this process.
    #[error(
        "the database {database} is open, and {file} was removed or replaced; put it back, or stop the server and start it again to go on with what is there now"
    )]
    Moved {
        /// The database.
        database: String,
        /// The file that is not what it was.
        file: String,
    },
    /// The system could not read or write.
    #[error(
        "the database {database} failed ({detail}); see that its file system can be written, and what the system's log says of its disk"
    )]
    Disk {
        /// The database.
        database: String,
        /// What happened.
        detail: String,
    },
    /// No space is left.
    #[error(
        "there is no space left for the database {database}; nothing was stored; make room and try again"
    )]
    Full {
        /// The database.
        database: String,
    },
    /// Anything else.
    #[error("the database {database} failed: {detail}")]
    Other {
        /// The database.
        database: String,
        /// What happened.
        detail: String,
    },
}

impl StoreError {
    /// Whether the same call can be expected to work in a moment (503), or not before somebody helps (500).
    pub fn is_temporary(&self) -> bool {
        match self {
            StoreError::Busy { .. }
            | StoreError::Overloaded { .. }
            | StoreError::Unavailable { .. }
            | StoreError::Closed { .. } => true,
            StoreError::Corrupt { .. }
            | StoreError::NotADatabase { .. }
            | StoreError::ForeignFile { .. }
            | StoreError::NewerVersion { .. }
            | StoreError::CannotOpen { .. }
            | StoreError::Refused { .. }
            | StoreError::NotTrusted { .. }
            | StoreError::ForeignTables { .. }
            | StoreError::ReadOnly { .. }
            | StoreError::Moved { .. }
            | StoreError::Disk { .. }
            | StoreError::Full { .. }
            | StoreError::Other { .. } => false,
        }
    }
}
