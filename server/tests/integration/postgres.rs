//! The laws over PostgreSQL, and what is particular to a database that others share: strangers, locks, outages.

use std::sync::Arc;

use async_trait::async_trait;
use events_server::store::address::{Address, PostgresAddress};
use events_server::store::{
    Clock, Creation, EventStore, Filter, Instants, Key, Order, PostgresStore, Query, StoreError,
    system_clock,
};

use crate::cluster::{Cluster, Fresh};
use crate::events::named;
use crate::laws::{self, Database, create};
use crate::lists;

struct Postgres {
    fresh: Fresh,
}

#[async_trait]
impl Database for Postgres {
    async fn open(&self, clock: Clock) -> Arc<dyn EventStore> {
        let store = PostgresStore::open(&self.fresh.address(), clock).await;
        Arc::new(store.unwrap())
    }
}

#[test]
fn postgres_keeps_every_law() {
    for (name, law) in laws::ALL.iter().chain(lists::ALL) {
        println!("{name}");
        let Some(fresh) = Fresh::new("the laws over PostgreSQL") else {
            return;
        };
        law(&Postgres { fresh });
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

async fn open(address: &PostgresAddress) -> Result<PostgresStore, StoreError> {
    PostgresStore::open(address, system_clock()).await
}

fn query() -> Query {
    Query {
        filter: Filter::default(),
        order: Order {
            by: Key::EventAt,
            descending: false,
        },
        after: None,
        before: None,
        size: 10,
        count: true,
    }
}

#[test]
fn processes_that_make_the_same_tables_at_once_all_have_them() {
    for _ in 0..5 {
        let Some(fresh) = Fresh::new("starting at once") else {
            return;
        };
        run(async {
            let address = fresh.address();
            let opening = (0..6).map(|_| open(&address));
            for store in futures::future::join_all(opening).await {
                let store = store.unwrap();
                create(&store, named("one")).await;
                store.close().await;
            }
        });
        assert_eq!(fresh.query("SELECT version FROM events_layout"), ["1"]);
        assert_eq!(fresh.query("SELECT last FROM event_id"), ["6"]);
    }
}

#[test]
fn the_tables_of_another_program_are_refused_and_left_as_they_are() {
    let Some(fresh) = Fresh::new("tables of others") else {
        return;
    };
    fresh.execute("CREATE TABLE event (a int); INSERT INTO event VALUES (7)");
    let error = run(open(&fresh.address())).err().unwrap();
    assert!(matches!(error, StoreError::ForeignTables { .. }), "{error}");
    assert_eq!(fresh.query("SELECT a FROM event"), ["7"]);
    assert_eq!(
        fresh.query(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        ),
        ["event"]
    );
}

#[test]
fn a_newer_layout_is_refused_and_left_as_it_is() {
    let Some(fresh) = Fresh::new("a newer layout") else {
        return;
    };
    run(async { open(&fresh.address()).await.unwrap().close().await });
    fresh.execute("UPDATE events_layout SET version = 99");
    let error = run(open(&fresh.address())).err().unwrap();
    assert!(
        matches!(error, StoreError::NewerVersion { found: 99, .. }),
        "{error}"
    );
    assert_eq!(fresh.query("SELECT version FROM events_layout"), ["99"]);
}

#[test]
fn who_is_not_let_in_is_told_so_without_the_password() {
    let Some(mut cluster) = Cluster::start("a user without rights") else {
        return;
    };
    Fresh::on(cluster.url()).execute("CREATE USER ada PASSWORD 'right'");
    let folder = cluster.url().rsplit('=').next().unwrap().to_owned();
    let refusal = |url: &str| {
        let Ok(Address::Postgres(address)) = Address::parse(url) else {
            panic!("{url}")
        };
        let error = run(open(&address)).err().unwrap();
        let text = format!("{error} {error:?} {address} {address:?}");
        assert!(
            !text.contains("wrong") && !text.contains("right@"),
            "{text}"
        );
        error
    };
    for url in [
        format!("postgres://ada:wrong@/postgres?host={folder}"),
        format!("postgres://ada:right@/none?host={folder}"),
        // Since PostgreSQL 15, others than its owner make no tables in a database's `public`.
        format!("postgres://ada:right@/postgres?host={folder}"),
    ] {
        let error = refusal(&url);
        assert!(matches!(error, StoreError::Refused { .. }), "{error}");
        assert!(!error.is_temporary());
    }
    // It may come back, so it is waited for; but not for ever.
    cluster.tell("stop");
    let error = refusal(&format!("postgres://ada:wrong@/postgres?host={folder}"));
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
    assert!(
        error.to_string().contains("error connecting to server: "),
        "{error}"
    );
}

#[test]
fn what_others_have_locked_is_waited_for_and_then_refused_and_reading_goes_on() {
    let Some(fresh) = Fresh::new("locks of others") else {
        return;
    };
    run(async {
        let store = open(&fresh.address()).await.unwrap();
        let event = create(&store, named("first")).await;
        let (mut other, connection) = tokio_postgres::connect(&fresh.url(), tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        let lock = other.transaction().await.unwrap();
        lock.execute("SELECT last FROM event_id FOR UPDATE", &[])
            .await
            .unwrap();
        let (refused, read) = tokio::join!(store.create(named("not now"), None), store.get(1));
        let error = refused.unwrap_err();
        assert!(matches!(error, StoreError::Busy { .. }), "{error}");
        assert!(error.is_temporary());
        assert_eq!(read.unwrap(), Some(event));
        lock.rollback().await.unwrap();
        create(&store, named("now")).await;
        store.close().await;
    });
    // Nothing of the refused call is there, and its id was not lost.
    assert_eq!(
        fresh.query("SELECT id || convert_from(name, 'UTF8') FROM event ORDER BY id"),
        ["1first", "2now"]
    );
}

#[test]
fn the_id_of_an_event_that_somebody_removed_is_not_given_again() {
    let Some(fresh) = Fresh::new("removed events") else {
        return;
    };
    run(async {
        let store = open(&fresh.address()).await.unwrap();
        let event = create(&store, named("gone")).await;
        fresh.execute("DELETE FROM event");
        assert_eq!(create(&store, named("next")).await.id, event.id + 1);
        store.close().await;
    });
}

#[test]
fn when_too_many_calls_wait_the_next_is_refused_at_once() {
    let Some(fresh) = Fresh::new("too many calls") else {
        return;
    };
    run(async {
        let store = Arc::new(open(&fresh.address()).await.unwrap());
        let calls: Vec<_> = (0..4000)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move { store.create(named(&number.to_string()), None).await })
            })
            .collect();
        let (mut created, mut overloaded) = (0, 0);
        for call in calls {
            match call.await.unwrap() {
                Ok(Creation::Created(_)) => created += 1,
                Err(StoreError::Overloaded { .. }) => overloaded += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(created >= 1024 && created + overloaded == 4000, "{created}");
        let page = store.list(query()).await.unwrap();
        assert_eq!(page.total, Some(created));
        store.close().await;
    });
}

#[test]
fn while_the_database_is_away_calls_are_refused_and_then_work_again_by_themselves() {
    let Some(mut cluster) = Cluster::start("a database that goes away") else {
        return;
    };
    let url = cluster.url().to_owned();
    let Ok(Address::Postgres(address)) = Address::parse(&url) else {
        panic!("{url}")
    };
    run(async {
        let store = open(&address).await.unwrap();
        for round in 0..3 {
            let event = create(&store, named("before")).await;
            cluster.tell("stop");
            for _ in 0..20 {
                let errors = [
                    store.create(named("not now"), None).await.err(),
                    store.get(event.id).await.err(),
                    store.list(query()).await.err(),
                ];
                for error in errors {
                    let error = error.unwrap();
                    assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
                    assert!(error.is_temporary());
                }
            }
            cluster.tell("start");
            // Soon, which is after the time for which no attempt is made.
            let again = loop {
                match store.create(named("after"), None).await {
                    Ok(Creation::Created(again)) => break again,
                    Err(StoreError::Unavailable { .. }) => tokio::task::yield_now().await,
                    other => panic!("{other:?}"),
                }
            };
            assert_eq!(again.id, event.id + 1);
            // Reading has attempts of its own.
            while store.get(event.id).await.is_err() {
                tokio::task::yield_now().await;
            }
            assert_eq!(store.get(event.id).await.unwrap(), Some(event));
            let total = store.list(query()).await.unwrap().total;
            assert_eq!(total, Some(2 * (round + 1)));
        }
        store.close().await;
    });
}

/// The server is told to write the plan of each statement to its log.
#[test]
fn an_index_serves_every_filter_in_every_order_without_sorting() {
    let Some(cluster) = Cluster::start("plans of lists") else {
        return;
    };
    let folder = cluster.url().rsplit('=').next().unwrap().to_owned();
    let url = format!(
        "{}&options=-csession_preload_libraries%3Dauto_explain%20-cauto_explain.log_min_duration%3D0",
        cluster.url()
    );
    let Ok(Address::Postgres(address)) = Address::parse(&url) else {
        panic!("{url}")
    };
    let number = |bit: u32, set: u32| (set & 1 << bit != 0).then_some(1);
    // Each filter by itself, none, all, and two at a time.
    let pairs = (0..10).flat_map(|one| (one..10).map(move |other| 1 << one | 1 << other));
    let filters = pairs.chain([0, 0x3ff]).map(|set| {
        let instants = |bit: u32| Instants {
            from: number(bit, set),
            until: number(bit, set),
        };
        Filter {
            account: number(0, set),
            call: number(1, set),
            mailing: number(2, set),
            opportunity: number(3, set),
            prospect: number(4, set),
            task: number(5, set),
            user: number(6, set),
            name: number(7, set).map(|_| "name".to_owned()),
            event_at: instants(8),
            created_at: instants(9),
        }
    });
    run(async {
        let store = open(&address).await.unwrap();
        for filter in filters {
            for (by, descending) in [
                (Key::CreatedAt, false),
                (Key::CreatedAt, true),
                (Key::EventAt, false),
                (Key::EventAt, true),
            ] {
                let query = Query {
                    filter: filter.clone(),
                    order: Order { by, descending },
                    ..query()
                };
                store.list(query).await.unwrap();
            }
        }
        store.close().await;
    });
    let log = std::fs::read_to_string(format!("{folder}/log")).unwrap();
    let (_, log) = log.split_once("Query Text: SELECT event.id").unwrap();
    assert!(log.matches("Index Scan").count() > 100, "{log}");
    for (number, line) in log.lines().enumerate() {
        let is_slow = ["Sort", "Seq Scan", "Bitmap"]
            .iter()
            .any(|step| line.contains(step));
        assert!(!is_slow, "line {number} of {log}");
    }
    for filter in [
        "",
        "account_",
        "call_",
        "mailing_",
        "opportunity_",
        "prospect_",
        "task_",
        "user_",
        "name_",
    ] {
        for key in ["created_at_us", "event_order_us"] {
            let index = format!("using event_{filter}{key} on");
            assert!(log.contains(&index), "{index}");
        }
    }
}
