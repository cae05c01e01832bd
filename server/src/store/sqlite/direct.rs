//! Events that are read where they are asked for.
//!
//! To read one event takes SQLite some microseconds, and to hand that to another thread and wake up again takes as long
//! once more. So there is one connection for it, which is used on the thread that serves the request, and never waited
//! for: whoever finds it in use, or finds another process in the way, goes to the readers' queue like everybody else. The
//! trade: where the disk is slow, it is a serving thread that waits for it, but one at most.

use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::error::Database;
use super::open;
use super::rows;
use crate::event::Event;
use crate::store::StoreError;

/// A connection for reads of one event.
pub(super) struct Direct(Mutex<Option<Connection>>);

impl Direct {
    /// Opens the file for reading. The writer has been opened before.
    pub(super) fn open(database: &Database) -> Result<Direct, StoreError> {
        let connection = open::reader(database)?;
        connection
            .busy_timeout(Duration::ZERO)
            .map_err(|error| database.error(error))?;
        Ok(Direct(Mutex::new(Some(connection))))
    }

    /// The event of this id; `None` where that would mean to wait, or it is closed.
    pub(super) fn event(&self, id: i64) -> Option<rusqlite::Result<Option<Event>>> {
        let guard = match self.0.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        let found = rows::event(guard.as_ref()?, id);
        let is_busy = found
            .as_ref()
            .is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        (!is_busy).then_some(found)
    }

    /// Closes the connection.
    pub(super) fn close(&self) {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(connection.take());
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
        {
            let _in_use = direct.0.lock().unwrap();
            assert_eq!(read(1), None);
        }
        assert_eq!(read(1), Some(Some(1)));
        direct.close();
        assert_eq!(read(1), None);
    }
}
