//! Many events at once, for a command that has the process to itself: it may block, and chooses the ids.

use super::StoreError;
use super::address::Address;
use super::postgres::bulk::PostgresBulk;
use super::sqlite::bulk::SqliteBulk;
use crate::event::Event;

/// A database, opened to be filled or to be read whole.
pub struct Bulk(Backend);

enum Backend {
    Sqlite(SqliteBulk),
    Postgres(PostgresBulk),
}

impl Bulk {
    /// Opens the database to fill it, and makes it if there is none. Once it is filled, [`Bulk::finish`] is called.
    ///
    /// # Errors
    /// It cannot be opened, or is not ours.
    pub fn open(address: &Address) -> Result<Bulk, StoreError> {
        Ok(Bulk(match address {
            Address::File(path) => Backend::Sqlite(SqliteBulk::open(path)?),
            Address::Postgres(address) => Backend::Postgres(PostgresBulk::open(address)?),
        }))
    }

    /// Opens a database that is there. Where it is a file, none is made.
    ///
    /// # Errors
    /// There is none, or it cannot be opened, or is not ours.
    pub fn open_existing(address: &Address) -> Result<Bulk, StoreError> {
        match address {
            Address::File(path) => Ok(Bulk(Backend::Sqlite(SqliteBulk::open_existing(path)?))),
            Address::Postgres(_) => Bulk::open(address),
        }
    }

    /// Stores events under the ids that they have, in one transaction. When this answers, they are on disk.
    ///
    /// Where there is an event of an id, it stays as it is, and is what the answer has in the place of that id's event.
    ///
    /// # Errors
    /// Nothing was stored.
    pub fn store(&mut self, events: &[&Event]) -> Result<Vec<Option<Event>>, StoreError> {
        match &mut self.0 {
            Backend::Sqlite(bulk) => bulk.store(events),
            Backend::Postgres(bulk) => bulk.store(events),
        }
    }

    /// Does what is done faster once for all events than with each of them. A new SQLite file gets the indexes of its lists
    /// only here; without them it is whole too, but whoever opens it next has to wait for them.
    ///
    /// # Errors
    /// It was not done. What was stored stays stored.
    pub fn finish(self) -> Result<(), StoreError> {
        match self.0 {
            Backend::Sqlite(bulk) => bulk.finish(),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Gives each event, by ascending id, to `receive`, until that fails. All are of one moment: what is stored in the
    /// meantime is not among them.
    ///
    /// # Errors
    /// The database could not be read, or `receive` failed.
    pub fn each<E: From<StoreError>>(
        &mut self,
        receive: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        match &mut self.0 {
            Backend::Sqlite(bulk) => bulk.each(receive),
            Backend::Postgres(bulk) => bulk.each(receive),
        }
    }
}
