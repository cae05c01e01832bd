//! Opening the file: whose it is, whether it is whole, and bringing its tables up to date.
//!
//! Until it is known that the file is ours, it is only read, and not by SQLite, which would clean up after another
//! program's crash while it looks. That the header alone can tell is made sure of when a file is made: the first
//! transaction, which marks the file as ours, is committed before the write-ahead log is switched on, so that the mark
//! is never in the log only.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};

use super::error::Database;
use super::layout::{APPLICATION_ID, STEPS, TABLES, VERSION};
use crate::store::StoreError;

/// How long to wait for another process that holds the file.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file up to this size is checked whole before it is used, which takes some hundredths of a second.
const CHECKED_FIRST: u64 = 16 << 20;

/// A file up to this size is checked whole, which takes a fraction of a second. Of a larger one, faults show when the page
/// that has them is read.
const CHECKED_WHOLE: u64 = 256 << 20;

/// The log is cut back to this size after it has been emptied into the file.
const LOG_KEPT: i64 = 64 << 20;

/// A file that was opened.
pub(super) struct Opened {
    pub(super) connection: Connection,
    /// Whether it is yet to be looked for damage.
    pub(super) is_unchecked: bool,
}

/// Opens the file for writing, and makes it or brings it up to date first.
pub(super) fn writer(database: &Database) -> Result<Opened, StoreError> {
    open_to_write(database, VERSION, CHECKED_FIRST)
}

/// Opens the file to fill it, or to read all of it. A new one gets the tables alone, and one that has no more than these is
/// left at that. [`bring_up_to_date`] does the rest; if it does not come to that, the next [`writer`] does.
pub(super) fn filler(database: &Database) -> Result<Connection, StoreError> {
    Ok(open_to_write(database, TABLES, CHECKED_WHOLE)?.connection)
}

/// Opens the file with a layout or a newer one. It is checked before it is used up to a size, and up to a greater one if
/// it has to be brought to that layout.
fn open_to_write(
    database: &Database,
    layout: i64,
    checked_first: u64,
) -> Result<Opened, StoreError> {
    let size = identify(database)?;
    if size == 0 {
        make(database)?;
    }
    let mut connection = open(database)?;
    let failed = |error| database.error(error);
    if connection.is_readonly(MAIN_DB).map_err(failed)? {
        return Err(StoreError::ReadOnly {
            database: database.name(),
        });
    }
    let is_to_be_checked = size > 0 && size <= CHECKED_WHOLE;
    let is_checked = is_to_be_checked
        && (size <= checked_first || version(&connection).map_err(failed)? < layout);
    if is_checked {
        check(database, &connection)?;
    }
    take_steps(database, &mut connection, layout)?;
    switch_log_on(database, &connection)?;
    Ok(Opened {
        connection,
        is_unchecked: is_to_be_checked && !is_checked,
    })
}

/// Opens the file for reading. The writer has been opened before.
pub(super) fn reader(database: &Database) -> Result<Connection, StoreError> {
    let connection = open(database)?;
    connection
        .pragma_update(None, "query_only", true)
        .map_err(|error| database.error(error))?;
    Ok(connection)
}

/// Opens a file that is there, as it is: it is neither made nor brought up to date.
pub(super) fn existing(database: &Database) -> Result<Connection, StoreError> {
    if identify(database)? == 0 {
        return Err(database.cannot_open("there is no such file, or it is empty"));
    }
    open(database)
}

/// Reads a copy that was made of a file, all of it, and says how many events it has.
pub(super) fn check_copy(database: &Database) -> Result<i64, StoreError> {
    let connection = existing(database)?;
    check(database, &connection)?;
    connection
        .query_row("SELECT count(*) FROM event", [], |row| row.get(0))
        .map_err(|error| database.error(error))
}

/// Reads the header, as <https://www.sqlite.org/fileformat.html#the_database_header> has it. The file's size, 0 if
/// there is none.
fn identify(database: &Database) -> Result<u64, StoreError> {
    let path = database.path();
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                    Err(database.cannot_open(format!("there is no folder {}", folder.display())))
                }
                _ => Ok(0),
            };
        }
        Err(error) => return Err(database.cannot_open(error)),
    };
    // To open something else, such as a pipe, could wait for ever.
    if !metadata.is_file() {
        return Err(database.cannot_open("it is not a file"));
    }
    let mut header = Vec::with_capacity(100);
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut header))
        .map_err(|error| database.cannot_open(error))?;
    if header.is_empty() {
        return Ok(0);
    }
    let Ok(header) = <[u8; 100]>::try_from(header) else {
        return Err(StoreError::NotADatabase {
            database: database.name(),
        });
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotADatabase {
            database: database.name(),
        });
    }
    let application_id = u32::from_be_bytes([header[68], header[69], header[70], header[71]]);
    if application_id != APPLICATION_ID {
        return Err(StoreError::ForeignFile {
            database: database.name(),
            application_id,
        });
    }
    // SQLite takes what is missing of the last page for zeros, and in an index they can pass for what was there.
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    if page_size > 0 && metadata.len() % page_size > 0 && !has_log(path) {
        return Err(database.corrupt("its last page is cut short"));
    }
    Ok(metadata.len())
}

/// Makes an empty file where there is none, for its owner alone: SQLite would give it the rights that new files have. The
/// files that SQLite puts beside it get its rights. A file that is there keeps its own.
fn make(database: &Database) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(database.path())
        .map(drop)
        .map_err(|error| database.cannot_open(error))
}

/// Whether a crash has left a log beside the file, from which SQLite can complete what is missing of it.
fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|suffix| {
        let mut log = path.as_os_str().to_owned();
        log.push(suffix);
        Path::new(&log).exists()
    })
}

fn open(database: &Database) -> Result<Connection, StoreError> {
    // An absolute path, because SQLite gives a name that begins with `file:` a meaning of its own.
    let path = std::path::absolute(database.path()).map_err(|error| database.cannot_open(error))?;
    // Each connection belongs to one thread, so SQLite need not guard it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    connect(&path, flags).map_err(|error| database.error(error))
}

fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // A file can come from anywhere: what is in it must not run anything, nor be trusted to be well formed.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A commit waits until the log is on disk. On macOS that takes a special call.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update_and_check(None, "journal_size_limit", LOG_KEPT, |_| Ok(()))?;
    Ok(connection)
}

/// Reads every page, and that rows are what their tables say.
pub(super) fn check(database: &Database, connection: &Connection) -> Result<(), StoreError> {
    let verdict: rusqlite::Result<String> =
        connection.pragma_query_value(None, "quick_check", |row| row.get(0));
    match verdict {
        Ok(verdict) if verdict == "ok" => Ok(()),
        Ok(verdict) => Err(database.corrupt(verdict.replace('\n', " "))),
        // The statement itself is sound, so what fails is the content, such as JSON that a column is computed from.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => {
            Err(database.corrupt(error))
        }
        Err(error) => Err(database.error(error)),
    }
}

/// Takes the steps that the file lacks.
pub(super) fn bring_up_to_date(
    database: &Database,
    connection: &mut Connection,
) -> Result<(), StoreError> {
    take_steps(database, connection, VERSION)
}

/// Takes the steps that the file lacks of a layout, in one transaction: of two processes that start at once, the second
/// one waits, and then finds nothing to do.
fn take_steps(
    database: &Database,
    connection: &mut Connection,
    layout: i64,
) -> Result<(), StoreError> {
    let failed = |error| database.error(error);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    let found = version(&transaction).map_err(failed)?;
    let newer = || StoreError::NewerVersion {
        database: database.name(),
        found,
        known: VERSION,
    };
    let missing = usize::try_from(found)
        .ok()
        .and_then(|found| STEPS.get(found..))
        .ok_or_else(newer)?;
    let wanted = usize::try_from(layout - found).unwrap_or(0);
    let missing = missing.get(..wanted).unwrap_or(missing);
    if found == 0 && !is_empty(&transaction).map_err(failed)? {
        return Err(StoreError::ForeignFile {
            database: database.name(),
            application_id: 0,
        });
    }
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION_ID)
        .map_err(failed)?;
    transaction
        .pragma_update(None, "user_version", layout)
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether the file has no tables, as one that has just been made.
fn is_empty(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    transaction.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)",
        [],
        |row| row.get(0),
    )
}

/// The write-ahead log: readers and the writer do not wait for each other, and a commit is one write. The switch is
/// kept in the file. While another process looks at the file it is refused at once, so the waiting is done here.
fn switch_log_on(database: &Database, connection: &Connection) -> Result<(), StoreError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let mode: rusqlite::Result<String> =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0));
        match mode {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                return Err(StoreError::Other {
                    database: database.name(),
                    detail: format!(
                        "it cannot have a write-ahead log (its journal stays `{mode}`); keep it on a local disk"
                    ),
                });
            }
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < deadline =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(database.error(error)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// No test can pull the plug, so what makes a commit wait for the disk is looked at itself.
    #[test]
    fn a_commit_waits_for_the_disk_and_readers_do_not_wait_for_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(&folder.path().join("events.db"));
        let writer = writer(&database).unwrap().connection;
        let reader = reader(&database).unwrap();
        let check = |connection: &Connection, pragma: &str, expected: &str| {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let value: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(value, expected, "{pragma}");
        };
        for connection in [&writer, &reader] {
            check(connection, "journal_mode", "wal");
            check(connection, "synchronous", "2");
            check(connection, "fullfsync", "1");
            check(connection, "foreign_keys", "1");
            check(connection, "trusted_schema", "0");
        }
        check(&writer, "query_only", "0");
        check(&reader, "query_only", "1");
    }
}
