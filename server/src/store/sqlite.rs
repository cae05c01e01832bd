//! Events in an SQLite file.
//!
//! SQLite's calls block, so none of them is made on a thread that serves requests. One thread writes and a few read,
//! each with a connection of its own; with the write-ahead log, neither waits for the other. The queues in front of
//! them are bounded: a call that finds its queue full is refused at once, instead of being late for everybody.
//!
//! A commit waits for the disk, which takes longer than all else. So the writer takes the calls that wait, up to a
//! limit, into one transaction, and answers them after its commit. Under load, many events share the price of one.
//!
//! Several processes may have the file open at once.

pub(super) mod backup;
pub(super) mod bulk;
mod crossing;
mod error;
mod layout;
mod list;
mod open;
mod place;
mod rows;
mod soundness;
mod workers;

use std::path::Path;

use async_trait::async_trait;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use self::error::Database;
use self::open::Opened;
use self::place::Place;
use self::soundness::Soundness;
use self::workers::Workers;
use super::{Clock, Creation, EventStore, Idempotency, Page, Query, StoreError};
use crate::event::{Event, EventData};
use crate::timestamp::Timestamp;

/// How many calls may wait for the writer, and as many for the readers.
const QUEUE: usize = 1024;

/// How many events share one commit at most. It bounds how long the first of them waits.
const BATCH: usize = 64;

/// Events in an SQLite file.
pub struct SqliteStore {
    database: Database,
    soundness: Soundness,
    writer: Workers<Write>,
    readers: Workers<Read>,
}

/// One call of [`EventStore::create`], on its way to the writer.
struct Write {
    data: EventData,
    idempotency: Option<Idempotency>,
    reply: oneshot::Sender<Result<Creation, StoreError>>,
}

/// One query, on its way to a reader. It answers by itself.
type Read = Box<dyn FnOnce(&Connection) + Send>;

impl SqliteStore {
    /// Opens the database, and makes it first if there is no file of this name or an empty one. An older layout is
    /// brought up to date. A file that is not ours, or is damaged, is left as it is.
    ///
    /// Damage in a file of more than 16 MB may be found later on; from then on every call is refused.
    ///
    /// This blocks, for some seconds if another process holds the file.
    ///
    /// # Errors
    /// It cannot be opened, or is not ours, or is damaged.
    pub fn open(path: &Path, clock: Clock) -> Result<SqliteStore, StoreError> {
        SqliteStore::open_and_tell(path, clock, |_| {})
    }

    /// The same, and what `damaged` is for is told if damage is found later on.
    ///
    /// # Errors
    /// It cannot be opened, or is not ours, or is damaged.
    pub fn open_and_tell(
        path: &Path,
        clock: Clock,
        damaged: impl FnOnce(&StoreError) + Send + 'static,
    ) -> Result<SqliteStore, StoreError> {
        let database = Database::new(path);
        let Opened {
            connection: writer,
            is_unchecked,
        } = open::writer(&database)?;
        let place = Place::of(&database, &writer)?;
        let readers = std::thread::available_parallelism()
            .map_or(2, usize::from)
            .clamp(2, 4);
        let readers = (0..readers)
            .map(|_| open::reader(&database))
            .collect::<Result<Vec<_>, _>>()?;
        let soundness = if is_unchecked {
            Soundness::find_out(&database, damaged)?
        } else {
            Soundness::taken_for_granted()
        };

        let other = |error| database.no_thread(error);
        Ok(SqliteStore {
            readers: Workers::start("events-reader", QUEUE, readers, read).map_err(other)?,
            writer: {
                let (database, verdict) = (database.clone(), soundness.verdict().clone());
                let work =
                    move |connection: &mut Connection,
                          first: Write,
                          waiting: &mut dyn FnMut() -> Option<Write>| {
                        match verdict.wait() {
                            Ok(()) => {
                                write(connection, (&database, &place), &clock, first, waiting)
                            }
                            Err(damage) => drop(first.reply.send(Err(damage))),
                        }
                    };
                Workers::start("events-writer", QUEUE, vec![writer], work).map_err(other)?
            },
            soundness,
            database,
        })
    }

    /// Runs a query on a reader's thread.
    async fn query<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.soundness.verdict().so_far()?;
        let (reply, answer) = oneshot::channel();
        self.readers
            .send(Box::new(move |connection| {
                // Whoever asked may have gone; then nobody needs the answer.
                let _ = reply.send(query(connection));
            }))
            .map_err(|refused| self.database.refused(refused))?;
        let rows = answer.await.map_err(|_| self.database.closed())?;
        rows.map_err(|error| self.database.error(error))
    }
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn get(&self, id: i64) -> Result<Option<Event>, StoreError> {
        self.query(move |connection| rows::event(connection, id))
            .await
    }

    async fn list(&self, query: Query) -> Result<Page, StoreError> {
        self.query(move |connection| list::page(connection, &query))
            .await
    }

    async fn create(
        &self,
        data: EventData,
        idempotency: Option<Idempotency>,
    ) -> Result<Creation, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.writer
            .send(Write {
                data,
                idempotency,
                reply,
            })
            .map_err(|refused| self.database.refused(refused))?;
        answer.await.map_err(|_| self.database.closed())?
    }

    async fn close(&self) {
        self.soundness.stop().await;
        // The writer is the last one to go: as the last connection to the file, it empties the log into it.
        self.readers.stop().await;
        self.writer.stop().await;
    }
}

fn read(connection: &mut Connection, query: Read, _more: &mut dyn FnMut() -> Option<Read>) {
    query(connection);
}

/// Stores a call and those that wait with it, and answers them. What makes a commit fail (the disk is full, another
/// process holds the file) concerns all of them, so all of them have the same answer.
fn write(
    connection: &mut Connection,
    (database, place): (&Database, &Place),
    clock: &Clock,
    first: Write,
    waiting: &mut dyn FnMut() -> Option<Write>,
) {
    let batch = std::iter::once(first)
        .chain(std::iter::from_fn(&mut *waiting))
        .take(BATCH);
    let (calls, mut replies): (Vec<_>, Vec<_>) = batch
        .map(|write| ((write.data, write.idempotency), write.reply))
        .unzip();
    // Whoever asked may have gone; what is stored stays stored.
    let committed = place.check().and_then(|()| {
        let creations = commit(connection, clock, calls).map_err(|error| database.error(error))?;
        place.check().map(|()| creations)
    });
    match committed {
        Ok(creations) => {
            for (reply, creation) in replies.into_iter().zip(creations) {
                let _ = reply.send(Ok(creation));
            }
        }
        Err(error) => {
            if matches!(error, StoreError::Busy { .. }) {
                // To wait for the other process again, for each of the batches behind, would keep the last call of the
                // queue waiting for half a minute. They are taken before anybody hears of it: whoever is answered may
                // call again at once, and by then the file may be free.
                replies.extend(
                    std::iter::from_fn(waiting)
                        .take(QUEUE)
                        .map(|write| write.reply),
                );
            }
            for reply in replies {
                let _ = reply.send(Err(error.clone()));
            }
        }
    }
}

/// One transaction: all of the calls, or nothing. When it returns without an error, they are on disk.
fn commit(
    connection: &mut Connection,
    clock: &Clock,
    calls: Vec<(EventData, Option<Idempotency>)>,
) -> rusqlite::Result<Vec<Creation>> {
    // Immediate, because a transaction that begins as a reader can find, when it comes to write, that another process
    // was faster, and would have to start again.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let now = Timestamp::at(clock());
    rows::purge_idempotency_keys(&transaction, &now)?;
    let creations = calls
        .into_iter()
        .map(|(data, idempotency)| create(&transaction, &now, data, idempotency.as_ref()))
        .collect::<rusqlite::Result<_>>()?;
    transaction.commit()?;
    Ok(creations)
}

fn create(
    connection: &Connection,
    now: &Timestamp,
    data: EventData,
    idempotency: Option<&Idempotency>,
) -> rusqlite::Result<Creation> {
    let Some(idempotency) = idempotency else {
        return Ok(Creation::Created(rows::insert_event(
            connection, now, data,
        )?));
    };
    if let Some((body, id)) = rows::idempotency_key(connection, now, idempotency)? {
        if body != *idempotency.body.as_bytes() {
            return Ok(Creation::KeyUsed);
        }
        let event = rows::event(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        return Ok(Creation::Repeated(event));
    }
    let event = rows::insert_event(connection, now, data)?;
    rows::insert_idempotency_key(connection, now, idempotency, event.id)?;
    Ok(Creation::Created(event))
}
