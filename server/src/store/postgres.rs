//! Events in a PostgreSQL database, which any number of server processes can share.
//!
//! As with SQLite, a process takes the calls that wait into one transaction, and answers them after its commit. Queues
//! and connections are bounded: a call for which there is no room is refused at once.
//!
//! ## Order
//!
//! A sequence would give ids that grow, but not in the order in which they are committed: whoever follows a list would
//! pass over an event whose transaction began before, and ended after, that of an event behind it. So whoever gives
//! ids locks the row that has the last one, and holds it until the commit: ids, and the instants of creation that one
//! clock gives, become visible in their order, and none is missing that is not refused. The trade is that one
//! transaction at a time writes, over all processes. What that costs is made up for by how much each of them takes
//! along: the next transaction has all that came in while the one before it was written. The same lock lets one of
//! several calls with one idempotency key create the event.
//!
//! ## When the database goes away
//!
//! Calls are refused as [`StoreError::Unavailable`], which is temporary, until it is back. Of a call that was under way,
//! all or nothing is done. If the connection ends while a commit is under way, nobody can say which, and the call is
//! refused too; a caller who sends it again with the same idempotency key has its event once.

pub(super) mod bulk;
mod connect;
mod error;
mod layout;
mod list;
mod rows;
mod write;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;

use self::connect::Connections;
use self::error::Database;
use self::write::Write;
use super::address::PostgresAddress;
use super::{Clock, Creation, EventStore, Idempotency, Page, Query, StoreError};
use crate::event::{Event, EventData};

/// How many calls may wait for the writer, and as many for the readers.
const QUEUE: usize = 1024;

/// How many connections a process has for reading. It has one more for writing.
const READERS: usize = 8;

/// How long to try to reach the database when it is opened: it may be about to start too.
const PATIENCE: Duration = Duration::from_secs(5);

/// Events in a PostgreSQL database.
pub struct PostgresStore {
    database: Database,
    readers: Connections,
    reading: Semaphore,
    /// Taken away when the store is closed.
    queue: Mutex<Option<mpsc::Sender<Write>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl PostgresStore {
    /// Opens the database, and makes its tables first if there are none. An older layout is brought up to date. What
    /// another program has put there is left as it is.
    ///
    /// The runtime that this is called in is the one that works for the store from then on.
    ///
    /// # Errors
    /// The database does not answer within some seconds, does not let us in, or is not ours.
    pub async fn open(
        address: &PostgresAddress,
        clock: Clock,
    ) -> Result<PostgresStore, StoreError> {
        let database = Database::new(address.to_string());
        let writer = Connections::new(address, database.clone(), 1)?;
        prepare(&database, &writer).await?;
        let readers = Connections::new(address, database.clone(), READERS)?;
        let (queue, calls) = mpsc::channel(QUEUE);
        let writer = tokio::spawn(write::serve(writer, clock, calls));
        Ok(PostgresStore {
            database,
            readers,
            reading: Semaphore::new(QUEUE),
            queue: Mutex::new(Some(queue)),
            writer: Mutex::new(Some(writer)),
        })
    }

    fn queue(&self) -> Result<mpsc::Sender<Write>, StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.clone().ok_or_else(|| self.database.closed())
    }

    /// Room for one more call that reads.
    fn room(&self) -> Result<tokio::sync::SemaphorePermit<'_>, StoreError> {
        self.queue()?;
        self.reading
            .try_acquire()
            .map_err(|_| self.database.overloaded())
    }
}

/// Waits for the database, and brings its tables up to date.
async fn prepare(database: &Database, connections: &Connections) -> Result<(), StoreError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match connections.connection().await {
            Ok(mut connection) => {
                return layout::bring_up_to_date(database, &mut connection).await;
            }
            Err(error @ StoreError::Unavailable { .. }) if Instant::now() > deadline => {
                return Err(error);
            }
            Err(StoreError::Unavailable { .. }) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

#[async_trait]
impl EventStore for PostgresStore {
    async fn get(&self, id: i64) -> Result<Option<Event>, StoreError> {
        let _room = self.room()?;
        self.readers
            .run(|client| Box::pin(async move { rows::event(client, id).await }))
            .await
    }

    async fn list(&self, query: Query) -> Result<Page, StoreError> {
        let _room = self.room()?;
        self.readers
            .run(|client| Box::pin(async move { list::page(client, &query).await }))
            .await
    }

    async fn create(
        &self,
        data: EventData,
        idempotency: Option<Idempotency>,
    ) -> Result<Creation, StoreError> {
        let (reply, answer) = oneshot::channel();
        let call = Write {
            data,
            idempotency,
            reply,
        };
        self.queue()?.try_send(call).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => self.database.overloaded(),
            mpsc::error::TrySendError::Closed(_) => self.database.closed(),
        })?;
        answer.await.map_err(|_| self.database.closed())?
    }

    async fn close(&self) {
        drop(
            self.queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writer) = writer {
            // If it panicked, it has ended too.
            drop(writer.await);
        }
        // All the room there is: when nobody reads any more.
        drop(self.reading.acquire_many(QUEUE as u32).await);
        self.readers.close();
    }
}

/// Opens a database from a thread that may block.
pub(super) fn open(
    address: &PostgresAddress,
    clock: Clock,
) -> Result<Arc<dyn EventStore>, StoreError> {
    let runtime = tokio::runtime::Handle::try_current().map_err(|error| StoreError::Other {
        database: address.to_string(),
        detail: error.to_string(),
    })?;
    Ok(Arc::new(
        runtime.block_on(PostgresStore::open(address, clock))?,
    ))
}
