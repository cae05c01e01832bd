//! A store that keeps events in memory which were read before.
//!
//! Events do not change and are never taken away, so one that was read once is the same for ever, whatever becomes of the
//! store. Only what was found is kept: an id that has no event today may have one tomorrow. Reading an event again then
//! takes no turn in the store's queue, no other thread and, from PostgreSQL, no other machine.

use std::sync::Arc;

use async_trait::async_trait;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::{Creation, EventStore, Idempotency, Page, Query, StoreError};
use crate::event::{Event, EventData};

/// How much is kept, in bytes.
const MOST_BYTES: u64 = 32 << 20;

/// What an event takes beside the texts in it, in bytes, rounded up. It bounds the number of events, too.
const EVENT: u64 = 1024;

/// A store, and what was read from it.
pub struct RememberingStore {
    store: Arc<dyn EventStore>,
    events: Cache<i64, Arc<Event>, Bytes>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<i64, Arc<Event>> for Bytes {
    fn weight(&self, _: &i64, event: &Arc<Event>) -> u64 {
        EVENT + event.data.bytes() as u64
    }
}

impl RememberingStore {
    /// Reads from a store what is not in memory.
    pub fn new(store: Arc<dyn EventStore>) -> RememberingStore {
        RememberingStore::up_to(MOST_BYTES, store)
    }

    fn up_to(bytes: u64, store: Arc<dyn EventStore>) -> RememberingStore {
        let most = usize::try_from(bytes / EVENT).unwrap_or(usize::MAX);
        RememberingStore {
            store,
            events: Cache::with_weighter(most, bytes, Bytes),
        }
    }
}

#[async_trait]
impl EventStore for RememberingStore {
    async fn get(&self, id: i64) -> Result<Option<Event>, StoreError> {
        if let Some(event) = self.events.get(&id) {
            return Ok(Some((*event).clone()));
        }
        let found = self.store.get(id).await?;
        if let Some(event) = &found {
            self.events.insert(id, Arc::new(event.clone()));
        }
        Ok(found)
    }

    async fn list(&self, query: Query) -> Result<Page, StoreError> {
        self.store.list(query).await
    }

    async fn create(
        &self,
        data: EventData,
        idempotency: Option<Idempotency>,
    ) -> Result<Creation, StoreError> {
        self.store.create(data, idempotency).await
    }

    async fn close(&self) {
        self.store.close().await;
        // From here on, everything is refused alike.
        self.events.clear();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::timestamp::Timestamp;

    /// A store that has the events up to an id, and counts how often it is asked for one.
    #[derive(Default)]
    struct Counting {
        last: AtomicUsize,
        asked: AtomicUsize,
    }

    #[async_trait]
    impl EventStore for Counting {
        async fn get(&self, id: i64) -> Result<Option<Event>, StoreError> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let data = EventData {
                body: Some("x".repeat(5000)),
                ..EventData::default()
            };
            let event = Event {
                id,
                created_at: Timestamp::parse("2026-03-02T09:15:31Z").unwrap(),
                data,
            };
            let is_there = usize::try_from(id).unwrap() <= self.last.load(Ordering::Relaxed);
            Ok(is_there.then_some(event))
        }

        async fn list(&self, _: Query) -> Result<Page, StoreError> {
            unreachable!("no list is asked for")
        }

        async fn create(
            &self,
            _: EventData,
            _: Option<Idempotency>,
        ) -> Result<Creation, StoreError> {
            unreachable!("nothing is created")
        }

        async fn close(&self) {}
    }

    #[tokio::test]
    async fn what_was_found_is_asked_for_once_and_what_was_not_each_time() {
        let counting = Arc::new(Counting::default());
        let store = RememberingStore::new(counting.clone());
        let found = async |id| store.get(id).await.unwrap().map(|event| event.id);
        let asked = || counting.asked.swap(0, Ordering::Relaxed);
        assert_eq!((found(1).await, found(1).await, asked()), (None, None, 2));
        counting.last.store(2, Ordering::Relaxed);
        assert_eq!((found(1).await, found(1).await), (Some(1), Some(1)));
        assert_eq!(
            (found(2).await, found(3).await, asked()),
            (Some(2), None, 3)
        );
        store.close().await;
        assert_eq!((found(1).await, asked()), (Some(1), 1));
    }

    #[tokio::test]
    async fn however_many_events_are_read_the_memory_is_bounded() {
        let counting = Arc::new(Counting::default());
        counting.last.store(usize::MAX, Ordering::Relaxed);
        let store = RememberingStore::up_to(100 * EVENT, counting);
        for id in 1..1000 {
            store.get(id).await.unwrap();
        }
        assert!(store.events.len() <= 20, "{}", store.events.len());
        assert!(store.events.weight() <= 100 * EVENT);
    }
}
