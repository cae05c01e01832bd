//! Events that are read where they are asked for.
//!
//! To read one event takes SQLite some microseconds, and to hand that to another thread and wake up again takes as long
//! once more. So there are connections for it that are used on the thread that serves the request, and never waited for:
//! whoever finds all of them in use, or another process in the way, goes to the readers' queue like everybody else. The
//! trade: where the disk is slow, it is a serving thread that waits for it, but no more of them than there are connections.

use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::error::Database;
use super::open;
use super::rows;
use crate::event::Event;
use crate::store::StoreError;

/// How many there are: with one, every second of two threads would find it in use.
const CONNECTIONS: usize = 2;

/// Connections for reads of one event.
pub(super) struct Direct([Mutex<Option<Connection>>; CONNECTIONS]);

impl Direct {
    /// Opens the file for reading. The writer has been opened before.
    pub(super) fn open(database: &Database) -> Result<Direct, StoreError> {
        let mut connections = [const { Mutex::new(None) }; CONNECTIONS];
        for place in &mut connections {
            let connection = open::reader(database)?;
            connection
                .busy_timeout(Duration::ZERO)
                .map_err(|error| database.error(error))?;
            *place = Mutex::new(Some(connection));
        }
        Ok(Direct(connections))
    }

    /// The event of this id; `None` where that would mean to wait, or they are closed.
    pub(super) fn event(&self, id: i64) -> Option<rusqlite::Result<Option<Event>>> {
        let mut connections = self.0.iter();
        let guard = connections.find_map(|connection| match connection.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        })?;
        let found = rows::event(guard.as_ref()?, id);
        let is_busy = found
            .as_ref()
            .is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        (!is_busy).then_some(found)
    }

    /// Closes the connections.
    pub(super) fn close(&self) {
        for connection in &self.0 {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            drop(connection.take());
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::event::EventData;
    use crate::timestamp::Timestamp;

    #[test]
    fn an_event_is_read_at_once_or_left_to_the_queue() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(&folder.path().join("events.db"));
        let writer = open::writer(&database).unwrap().connection;
        let now = Timestamp::parse("2026-03-02T09:15:31Z").unwrap();
        rows::insert_event(&writer, &now, EventData::default()).unwrap();
        let direct = Direct::open(&database).unwrap();
        let read = |id| {
            let found = direct.event(id)?;
            Some(found.unwrap().map(|event| event.id))
        };
        assert_eq!((read(1), read(2)), (Some(Some(1)), Some(None)));
        let [one, other] = &direct.0;
        {
            let _in_use = one.lock().unwrap();
            assert_eq!(read(1), Some(Some(1)));
            let _in_use = other.lock().unwrap();
            assert_eq!(read(1), None);
        }
        assert_eq!(read(1), Some(Some(1)));
        direct.close();
        assert_eq!(read(1), None);
    }
}
