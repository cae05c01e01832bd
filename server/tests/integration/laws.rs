//! What every store keeps, whichever it is: stated once, run over each.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use events_server::event::{Event, EventData};
use events_server::fingerprint::Fingerprint;
use events_server::store::{
    Clock, Creation, EventStore, Filter, IDEMPOTENCY_LIFETIME, Idempotency, Key, Order, Position,
    Query, StoreError,
};
use events_server::timestamp::Timestamp;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::events::{event_data, named, start_of_time};

/// A database, empty at first, that can be opened again and again, and more than once at a time.
#[async_trait]
pub trait Database: Sync {
    /// Opens it as another process would.
    async fn open(&self, clock: Clock) -> Arc<dyn EventStore>;
}

/// A law: its name, and what shows that it holds.
pub type Law = (&'static str, fn(&dyn Database));

/// All of them.
pub const ALL: &[Law] = &[
    ("what was put is got", what_was_put_is_got),
    (
        "what is not there is not found",
        what_is_not_there_is_not_found,
    ),
    (
        "ids grow and are never given twice",
        ids_grow_and_are_never_given_twice,
    ),
    ("created_at is the clock's", created_at_is_the_clock_s),
    (
        "a key repeats an equal request and refuses another",
        a_key_repeats_and_refuses,
    ),
    (
        "keys of different callers are different",
        keys_of_different_callers_are_different,
    ),
    (
        "keys are kept for 24 hours, and through a restart",
        keys_are_kept_for_a_day,
    ),
    (
        "of many calls with one key, one creates",
        of_many_calls_with_one_key_one_creates,
    ),
    (
        "who follows a list while several processes write misses nothing",
        who_follows_misses_nothing,
    ),
    (
        "a call that was dropped is done whole or not at all",
        a_dropped_call_is_whole,
    ),
    (
        "after closing, calls are refused",
        after_closing_calls_are_refused,
    ),
];

fn fixed_clock() -> Clock {
    Arc::new(start_of_time)
}

/// A clock that says what it is told.
pub fn set_clock() -> (Clock, Arc<AtomicU64>) {
    let seconds = Arc::new(AtomicU64::new(0));
    let read = seconds.clone();
    let clock =
        Arc::new(move || start_of_time() + Duration::from_secs(read.load(Ordering::SeqCst)));
    (clock, seconds)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn key(caller: &str, key: &str, body: &str) -> Option<Idempotency> {
    let (caller, body) = (
        Fingerprint::of(&json!(caller)),
        Fingerprint::of(&json!(body)),
    );
    Some(Idempotency {
        caller,
        key: key.to_owned(),
        body,
    })
}

pub async fn create(store: &dyn EventStore, data: EventData) -> Event {
    match store.create(data, None).await.unwrap() {
        Creation::Created(event) => event,
        other => panic!("{other:?}"),
    }
}

fn what_was_put_is_got(database: &dyn Database) {
    let mut runner = TestRunner::default();
    let strategy = event_data();
    run(async {
        let store = database.open(fixed_clock()).await;
        let mut all = Vec::new();
        for _ in 0..200 {
            let data = strategy.new_tree(&mut runner).unwrap().current();
            let event = create(&*store, data.clone()).await;
            assert_eq!(event.data, data);
            assert_eq!(store.get(event.id).await.unwrap(), Some(event.clone()));
            all.push(event);
        }
        store.close().await;
        let store = database.open(fixed_clock()).await;
        for event in all {
            assert_eq!(store.get(event.id).await.unwrap(), Some(event));
        }
        store.close().await;
    });
}

fn what_is_not_there_is_not_found(database: &dyn Database) {
    run(async {
        let store = database.open(fixed_clock()).await;
        let event = create(&*store, named("only")).await;
        for id in [i64::MIN, -event.id, -1, 0, event.id + 1, i64::MAX] {
            assert_eq!(store.get(id).await.unwrap(), None, "{id}");
        }
        store.close().await;
    });
}

fn ids_grow_and_are_never_given_twice(database: &dyn Database) {
    run(async {
        let mut last = 0;
        for _ in 0..5 {
            // Two at a time, as two processes would.
            let stores = [
                database.open(fixed_clock()).await,
                database.open(fixed_clock()).await,
            ];
            for turn in 0..6 {
                let event = create(&*stores[turn % 2], named("next")).await;
                assert!(event.id > last, "{} after {last}", event.id);
                last = event.id;
            }
            for store in stores {
                store.close().await;
            }
        }
    });
}

fn created_at_is_the_clock_s(database: &dyn Database) {
    let (clock, seconds) = set_clock();
    run(async {
        let store = database.open(clock.clone()).await;
        for second in [0, 10, 5] {
            seconds.store(second, Ordering::SeqCst);
            let event = create(&*store, named("now")).await;
            assert_eq!(event.created_at, Timestamp::at(clock()));
        }
        store.close().await;
    });
}

fn a_key_repeats_and_refuses(database: &dyn Database) {
    run(async {
        let store = database.open(fixed_clock()).await;
        let first = store
            .create(named("first"), key("ada", "k", "body"))
            .await
            .unwrap();
        let Creation::Created(event) = first else {
            panic!("{first:?}")
        };
        // What is stored with a key is what came first, and nothing is stored again.
        for _ in 0..2 {
            let again = store
                .create(named("again"), key("ada", "k", "body"))
                .await
                .unwrap();
            assert_eq!(again, Creation::Repeated(event.clone()));
            let other = store
                .create(named("other"), key("ada", "k", "other"))
                .await
                .unwrap();
            assert_eq!(other, Creation::KeyUsed);
        }
        assert_eq!(store.get(event.id + 1).await.unwrap(), None);
        // Another key, or none, has nothing to do with it; keys are compared to the letter.
        for other in [
            key("ada", "K", "body"),
            key("ada", "k ", "body"),
            key("ada", &"k".repeat(255), "body"),
            None,
        ] {
            let created = store.create(named("other"), other).await.unwrap();
            assert!(matches!(created, Creation::Created(_)), "{created:?}");
        }
        store.close().await;
    });
}

fn keys_of_different_callers_are_different(database: &dyn Database) {
    run(async {
        let store = database.open(fixed_clock()).await;
        let mut ids = BTreeSet::new();
        for caller in ["ada", "bob", "eve"] {
            let creation = store
                .create(named(caller), key(caller, "k", caller))
                .await
                .unwrap();
            let Creation::Created(event) = creation else {
                panic!("{creation:?}")
            };
            ids.insert(event.id);
        }
        assert_eq!(ids.len(), 3);
        store.close().await;
    });
}

fn keys_are_kept_for_a_day(database: &dyn Database) {
    let day = IDEMPOTENCY_LIFETIME.as_secs();
    let (clock, seconds) = set_clock();
    run(async {
        let store = database.open(clock.clone()).await;
        let creation = store
            .create(named("first"), key("ada", "k", "body"))
            .await
            .unwrap();
        let Creation::Created(first) = creation else {
            panic!("{creation:?}")
        };
        // More keys than are purged at once, so that some are still there when they have expired.
        for number in 0..600 {
            store
                .create(named("many"), key("bob", &number.to_string(), "body"))
                .await
                .unwrap();
        }
        store.close().await;

        let store = database.open(clock).await;
        seconds.store(day - 1, Ordering::SeqCst);
        let again = store
            .create(named("x"), key("ada", "k", "body"))
            .await
            .unwrap();
        assert_eq!(again, Creation::Repeated(first.clone()));
        let other = store
            .create(named("x"), key("ada", "k", "other"))
            .await
            .unwrap();
        assert_eq!(other, Creation::KeyUsed);

        seconds.store(day, Ordering::SeqCst);
        for number in (0..600).rev() {
            let creation = store
                .create(named("later"), key("bob", &number.to_string(), "other"))
                .await
                .unwrap();
            assert!(
                matches!(creation, Creation::Created(_)),
                "{number}: {creation:?}"
            );
        }
        let creation = store
            .create(named("later"), key("ada", "k", "other"))
            .await
            .unwrap();
        let Creation::Created(later) = creation else {
            panic!("{creation:?}")
        };
        assert!(later.id > first.id);
        // The event stays, though its key is gone.
        assert_eq!(store.get(first.id).await.unwrap(), Some(first));
        store.close().await;
    });
}

fn of_many_calls_with_one_key_one_creates(database: &dyn Database) {
    run(async {
        let stores = [
            database.open(fixed_clock()).await,
            database.open(fixed_clock()).await,
        ];
        for round in 0..10 {
            let calls: Vec<_> = (0..32)
                .map(|call| {
                    let store = stores[call % 2].clone();
                    let key = key("ada", &round.to_string(), "body");
                    tokio::spawn(async move {
                        store.create(named(&call.to_string()), key).await.unwrap()
                    })
                })
                .collect();
            let (mut created, mut events) = (0, Vec::new());
            for call in calls {
                match call.await.unwrap() {
                    Creation::Created(event) => {
                        created += 1;
                        events.push(event);
                    }
                    Creation::Repeated(event) => events.push(event),
                    Creation::KeyUsed => panic!("the bodies are equal"),
                }
            }
            assert_eq!(created, 1);
            assert!(events.iter().all(|event| *event == events[0]));
        }
        for store in stores {
            store.close().await;
        }
    });
}

fn who_follows_misses_nothing(database: &dyn Database) {
    run(async {
        let stores = [
            database.open(fixed_clock()).await,
            database.open(fixed_clock()).await,
        ];
        let order = Order {
            by: Key::CreatedAt,
            descending: false,
        };
        let mut writers: Vec<_> = (0..8)
            .map(|writer| {
                let store = stores[writer % 2].clone();
                tokio::spawn(async move {
                    let mut ids = Vec::new();
                    for _ in 0..10 {
                        ids.push(create(&*store, named("next")).await.id);
                    }
                    ids
                })
            })
            .collect();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            // Looked at before the page is read: what a writer had stored by then must be on it.
            let are_done = writers.iter().all(|writer| writer.is_finished());
            let query = Query {
                filter: Filter::default(),
                order,
                after,
                before: None,
                size: 7,
                count: false,
            };
            let page = stores[seen.len() % 2].list(query).await.unwrap();
            if let Some(last) = page.events.last() {
                after = Some(Position::of(last, order.by));
            } else if are_done {
                break;
            }
            seen.extend(page.events.iter().map(|event| event.id));
        }
        let mut all = Vec::new();
        for writer in &mut writers {
            all.extend(writer.await.unwrap());
        }
        all.sort_unstable();
        assert_eq!(seen, all);
        for store in stores {
            store.close().await;
        }
    });
}

fn a_dropped_call_is_whole(database: &dyn Database) {
    run(async {
        let store = database.open(fixed_clock()).await;
        for number in 0..50 {
            let (store, key) = (store.clone(), key("ada", &number.to_string(), "body"));
            let call = tokio::spawn(async move { store.create(named("dropped"), key).await });
            tokio::time::sleep(Duration::from_micros(number * 20)).await;
            call.abort();
        }
        for number in 0..50 {
            let again = store
                .create(named("again"), key("ada", &number.to_string(), "body"))
                .await
                .unwrap();
            match again {
                Creation::Created(event) => assert_eq!(event.data, named("again")),
                Creation::Repeated(event) => {
                    assert_eq!(event.data, named("dropped"));
                    assert_eq!(store.get(event.id).await.unwrap(), Some(event));
                }
                Creation::KeyUsed => panic!("the bodies are equal"),
            }
        }
        store.close().await;
    });
}

fn after_closing_calls_are_refused(database: &dyn Database) {
    run(async {
        let store = database.open(fixed_clock()).await;
        let event = create(&*store, named("only")).await;
        let same = store.clone();
        let last = tokio::spawn(async move { create(&*same, named("last")).await });
        let last = last.await.unwrap();
        store.close().await;
        store.close().await;
        assert!(matches!(
            store.get(event.id).await,
            Err(StoreError::Closed { .. })
        ));
        assert!(matches!(
            store.create(named("late"), None).await,
            Err(StoreError::Closed { .. })
        ));

        let store = database.open(fixed_clock()).await;
        assert_eq!(store.get(last.id).await.unwrap(), Some(last));
        store.close().await;
    });
}
