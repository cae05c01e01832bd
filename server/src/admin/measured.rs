//! A store whose calls are timed.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;

use super::metrics::Metrics;
use crate::event::{Event, EventData};
use crate::store::{Creation, EventStore, Idempotency, Page, Query, StoreError};

/// A store, and where its calls are counted.
pub struct Measured {
    store: Arc<dyn EventStore>,
    metrics: Arc<Metrics>,
}

impl Measured {
    /// The same store, with its calls counted there.
    pub fn new(store: Arc<dyn EventStore>, metrics: Arc<Metrics>) -> Measured {
        Measured { store, metrics }
    }

    async fn time<T>(
        &self,
        call: &'static str,
        done: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let done = done.await;
        self.metrics.call(call, done.is_ok(), begun.elapsed());
        done
    }
}

#[async_trait]
impl EventStore for Measured {
    async fn get(&self, id: i64) -> Result<Option<Event>, StoreError> {
        self.time("get", self.store.get(id)).await
    }

    async fn list(&self, query: Query) -> Result<Page, StoreError> {
        self.time("list", self.store.list(query)).await
    }

    async fn create(
        &self,
        data: EventData,
        idempotency: Option<Idempotency>,
    ) -> Result<Creation, StoreError> {
        self.time("create", self.store.create(data, idempotency))
            .await
    }

    async fn close(&self) {
        self.store.close().await;
    }
}
