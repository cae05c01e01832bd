//! Many events at once, for a command that has the process to itself: it may block, and chooses the ids.
//!
//! It works on the file directly and not by way of the writer's queue, so that thousands of events share one commit, and
//! a server that has the same file open waits for no more than one of these.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::Database;
use super::{open, rows};
use crate::event::Event;
use crate::store::StoreError;

/// How much of the file is kept in memory, in KiB: an event's place in each of the indexes is anywhere.
const CACHE: i64 = 64 << 10;

/// How many pages the log has before it is emptied into the file. Since most events change the same pages, the longer
/// the log, the fewer of them are written to the file time and again.
const LOG_PAGES: i64 = 16 << 10;

/// An SQLite file, opened to be filled or to be read whole.
pub(in crate::store) struct SqliteBulk {
    database: Database,
    connection: Connection,
}

impl SqliteBulk {
    /// Opens the database as [`SqliteStore::open`](super::SqliteStore::open) does, which makes it if there is none.
    pub fn open(path: &Path) -> Result<SqliteBulk, StoreError> {
        let database = Database::new(path);
        let connection = open::writer(&database)?;
        connection
            .pragma_update(None, "cache_size", -CACHE)
            .and_then(|()| {
                connection.pragma_update_and_check(
                    None,
                    "wal_autocheckpoint",
                    LOG_PAGES,
                    |_| Ok(()),
                )
            })
            .map_err(|error| database.error(error))?;
        Ok(SqliteBulk {
            database,
            connection,
        })
    }

    /// Opens a database that there is.
    pub fn open_existing(path: &Path) -> Result<SqliteBulk, StoreError> {
        if path.exists() {
            SqliteBulk::open(path)
        } else {
            Err(Database::new(path).cannot_open("there is no such file"))
        }
    }

    /// Stores events under the ids that they have, in one transaction. When this answers, they are on disk.
    ///
    /// Where there is an event of an id, it stays as it is, and is what the answer has in the place of that id's event.
    pub fn store(&mut self, events: &[&Event]) -> Result<Vec<Option<Event>>, StoreError> {
        let database = &self.database;
        store(&mut self.connection, events).map_err(|error| database.error(error))
    }

    /// Gives each event, by ascending id, to `receive`, until that fails. All are of one moment: what is stored in the
    /// meantime is not among them.
    pub fn each<E: From<StoreError>>(
        &mut self,
        mut receive: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| self.database.error(error);
        let moment = self.connection.unchecked_transaction().map_err(failed)?;
        let mut statement = moment
            .prepare(&format!("SELECT {} FROM event ORDER BY id", rows::EVENT))
            .map_err(failed)?;
        let events = statement.query_map([], rows::read_event).map_err(failed)?;
        for event in events {
            receive(event.map_err(failed)?)?;
        }
        Ok(())
    }
}

fn store(connection: &mut Connection, events: &[&Event]) -> rusqlite::Result<Vec<Option<Event>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = events
        .iter()
        .map(|event| {
            let Event {
                id,
                created_at,
                data,
            } = event;
            if rows::insert_event_row(&transaction, Some(*id), created_at, data)? {
                return Ok(None);
            }
            let present = rows::event(&transaction, *id)?;
            present
                .map(Some)
                .ok_or(rusqlite::Error::QueryReturnedNoRows)
        })
        .collect::<rusqlite::Result<_>>()?;
    transaction.commit()?;
    Ok(stored)
}
