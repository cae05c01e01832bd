//! Many events at once, for a command that has the process to itself: it may block, and chooses the ids.
//!
//! It works on the file directly and not by way of the writer's queue, so that thousands of events share one commit, and
//! a server that has the same file open waits for no more than one of these.
//!
//! A new file is filled before it has the indexes of its lists: to sort all events once for each of them takes half as
//! long as to find the place of every event as it comes. The trade: an import that is broken off leaves a file that lacks
//! them. It is whole as it is, as a file of an older version is, and whoever opens it next makes them or, to import more,
//! leaves them out again. A server that opens it in the middle of an import makes them too, and the import goes on with
//! them.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::error::Database;
use super::{open, rows};
use crate::event::Event;
use crate::store::StoreError;

/// How long to wait for another process that holds the file: it may be making the indexes of many events.
const PATIENCE: Duration = Duration::from_secs(600);

/// How much of the file is kept in memory, in KiB: where there are indexes, an event's place in each of them is anywhere.
const CACHE: i64 = 64 << 10;

/// The same where indexes are made, which is also what is sorted at a time. As much as a processor has close at hand is
/// sorted quicker, and then merged, than a multiple of it: with 64 MB, the indexes of a million events take half as long
/// again.
const SORTED: i64 = 2 << 10;

/// How many pages the log has before it is emptied into the file. Since most events change the same pages, the longer
/// the log, the fewer of them are written to the file time and again.
const LOG_PAGES: i64 = 16 << 10;

/// An SQLite file, opened to be filled or to be read whole.
pub(in crate::store) struct SqliteBulk {
    database: Database,
    connection: Connection,
}

impl SqliteBulk {
    /// Opens the database, and makes it if there is none.
    pub fn open(path: &Path) -> Result<SqliteBulk, StoreError> {
        let database = Database::new(path);
        let connection = open::filler(&database)?;
        connection
            .busy_timeout(PATIENCE)
            .and_then(|()| connection.pragma_update(None, "cache_size", -CACHE))
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

    /// Brings the file to the newest layout.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.connection
            .pragma_update(None, "cache_size", -SORTED)
            .map_err(|error| self.database.error(error))?;
        open::bring_up_to_date(&self.database, &mut self.connection)
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
