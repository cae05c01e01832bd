//! Many events at once, in a PostgreSQL database.
//!
//! A batch is one statement and one transaction, which gives ids as a server's does: while it is written, the servers
//! wait, for no longer than that.

use std::collections::HashMap;

use tokio::runtime::Runtime;
use tokio_postgres::IsolationLevel;

use super::connect::Connections;
use super::error::{Database, Failure};
use super::{prepare, rows};
use crate::event::Event;
use crate::store::StoreError;
use crate::store::address::PostgresAddress;
use crate::timestamp::Timestamp;

/// How many events are read at a time.
const PORTION: i32 = 1000;

/// A PostgreSQL database, opened to be filled or to be read whole.
pub(in crate::store) struct PostgresBulk {
    database: Database,
    connections: Connections,
    runtime: Runtime,
}

impl PostgresBulk {
    /// Opens the database as [`PostgresStore::open`](super::PostgresStore::open) does.
    pub(in crate::store) fn open(address: &PostgresAddress) -> Result<PostgresBulk, StoreError> {
        let database = Database::new(address.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StoreError::Other {
                database: database.name(),
                detail: error.to_string(),
            })?;
        let connections = Connections::new(address, database.clone(), 1)?;
        runtime.block_on(prepare(&database, &connections))?;
        Ok(PostgresBulk {
            database,
            connections,
            runtime,
        })
    }

    pub(in crate::store) fn store(
        &mut self,
        events: &[&Event],
    ) -> Result<Vec<Option<Event>>, StoreError> {
        let stored = async {
            let mut client = self.connections.connection().await?;
            let stored = store(&mut client, events).await;
            stored.map_err(|failure| self.database.error(failure))
        };
        self.runtime.block_on(stored)
    }

    pub(in crate::store) fn each<E: From<StoreError>>(
        &mut self,
        mut receive: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |failure| E::from(self.database.error(failure));
        let database = |error| failed(Failure::Database(error));
        self.runtime.block_on(async {
            let mut client = self.connections.connection().await?;
            let transaction = client
                .build_transaction()
                .isolation_level(IsolationLevel::RepeatableRead)
                .read_only(true)
                .start()
                .await
                .map_err(database)?;
            // Whoever takes the events may take his time.
            transaction
                .batch_execute(
                    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
                )
                .await
                .map_err(database)?;
            let sql = format!("SELECT {} FROM event ORDER BY id", rows::EVENT);
            let statement = transaction.prepare(&sql).await.map_err(database)?;
            let portal = transaction.bind(&statement, &[]).await.map_err(database)?;
            loop {
                let portion = transaction
                    .query_portal(&portal, PORTION)
                    .await
                    .map_err(database)?;
                if portion.is_empty() {
                    return Ok(());
                }
                for row in &portion {
                    receive(rows::read_event(row).map_err(failed)?)?;
                }
            }
        })
    }
}

async fn store(
    client: &mut deadpool_postgres::Object,
    events: &[&Event],
) -> Result<Vec<Option<Event>>, Failure> {
    if events.is_empty() {
        return Ok(vec![]);
    }
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .start()
        .await?;
    rows::lock_last_id(&transaction).await?;
    let now = Timestamp::at(std::time::SystemTime::now());
    let inserted = rows::insert(&transaction, &now, events, &[]).await?;
    let mut new: std::collections::HashSet<i64> = inserted.into_iter().collect();
    // Of several events of one id, the first one is stored, and the others find it there.
    let is_new: Vec<bool> = events.iter().map(|event| new.remove(&event.id)).collect();
    let taken: Vec<i64> = events
        .iter()
        .zip(&is_new)
        .filter(|(_, is_new)| !**is_new)
        .map(|(event, _)| event.id)
        .collect();
    let present: HashMap<i64, Event> = rows::events(&transaction, &taken)
        .await?
        .into_iter()
        .map(|event| (event.id, event))
        .collect();
    transaction.commit().await?;
    events
        .iter()
        .zip(is_new)
        .map(|(event, is_new)| {
            if is_new {
                return Ok(None);
            }
            let present = present.get(&event.id).cloned();
            let gone = || Failure::Damaged(format!("the event {} is gone", event.id));
            present.map(Some).ok_or_else(gone)
        })
        .collect()
}
