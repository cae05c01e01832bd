//! What callers see of the store: what becomes of their calls when it fails, and how long it keeps their keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use contract_harness::Caller;
use dropshot_runtime::Gateway;
use dropshot_runtime::dropshot::{ConfigDropshot, HttpServer};
use dropshot_runtime::slog::{Discard, Logger, o};
use events_server::event::{Event, EventData};
use events_server::keys::KeySet;
use events_server::service::EventService;
use events_server::store::{
    Creation, EventStore, Idempotency, Page, Query, SqliteStore, StoreError,
};
use events_server::token::{Issuer, Scheme};
use http::Method;

use crate::api::{Answer, CONTRACT, Call, MEDIA_TYPE, sent};

/// A store that can do nothing, for the same reason each time.
struct Failing(StoreError);

#[async_trait]
impl EventStore for Failing {
    async fn get(&self, _: i64) -> Result<Option<Event>, StoreError> {
        Err(self.0.clone())
    }

    async fn list(&self, _: Query) -> Result<Page, StoreError> {
        Err(self.0.clone())
    }

    async fn create(&self, _: EventData, _: Option<Idempotency>) -> Result<Creation, StoreError> {
        Err(self.0.clone())
    }

    async fn close(&self) {}
}

/// The service over a store of ours, and somebody who calls it.
struct Served {
    server: HttpServer<Gateway<EventService>>,
    caller: Caller<'static>,
    issuer: Issuer,
}

impl Served {
    async fn over(store: Arc<dyn EventStore>) -> Served {
        let issuer = Issuer::random("contract-tests").unwrap();
        let keys = Arc::new(KeySet::parse(&issuer.to_jwk_set()).unwrap().into());
        let log = Logger::root(Discard, o!());
        let config = ConfigDropshot {
            bind_address: "127.0.0.1:0".parse().unwrap(),
            ..ConfigDropshot::default()
        };
        let server = dropshot_runtime::start(
            Arc::new(EventService::new(keys, store, Arc::default(), log.clone())),
            events_server::api::api(),
            config,
            &log,
        );
        let server = server.unwrap();
        let url = format!("http://{}", server.local_addr());
        let caller = Caller::new(&CONTRACT, &url).await.unwrap();
        Served {
            server,
            caller,
            issuer,
        }
    }

    fn call(&self, method: Method, path: &str) -> Call {
        let token = |scheme, scopes: &[&str]| {
            let lifetime = Duration::from_secs(600);
            self.issuer.issue(scheme, "a", scopes, lifetime).unwrap()
        };
        let bearer = token(Scheme::Bearer, &["events.read", "events.write"]);
        Call::new(method, path).by(&bearer, &token(Scheme::Service, &[]))
    }

    fn post(&self) -> Call {
        self.call(Method::POST, "/events")
            .header("Content-Type", MEDIA_TYPE)
            .header("Idempotency-Key", "key")
            .body(r#"{"data":{"type":"event","attributes":{"name":"a"}}}"#)
    }

    async fn send(&self, call: Call) -> Answer {
        sent(&self.caller, call, &["not_a_server_error"]).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_busy_may_be_asked_again_and_a_broken_one_is_a_fault() {
    let database = "events.db".to_owned();
    let busy = StoreError::Busy {
        database: database.clone(),
    };
    for (error, status, code, retry_after) in [
        (busy, 503, "unavailable", Some("2")),
        (StoreError::Full { database }, 500, "internal_error", None),
    ] {
        let served = Served::over(Arc::new(Failing(error))).await;
        for call in [
            served.call(Method::GET, "/events"),
            served.call(Method::GET, "/events/1"),
            served.post(),
        ] {
            let shown = format!("{call:?}");
            let answer = served.send(call).await;
            assert_eq!(answer.status, status, "{shown}");
            assert_eq!(answer.body["errors"][0]["code"], code, "{shown}");
            assert_eq!(answer.header("retry-after"), retry_after, "{shown}");
            // Under this id, the log says what it was.
            let id = answer.body["meta"]["id"].as_str();
            assert!(id.is_some() && id == answer.header("x-request-id"));
        }
        served.server.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_is_kept_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let seconds = Arc::new(AtomicU64::new(0));
    let clock = {
        let seconds = Arc::clone(&seconds);
        move || UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed))
    };
    let store = SqliteStore::open(&folder.path().join("events.db"), Arc::new(clock)).unwrap();
    let served = Served::over(Arc::new(store)).await;
    for (now, id) in [(0, "1"), (86_399, "1"), (86_400, "2")] {
        seconds.store(now, Ordering::Relaxed);
        let answer = served.send(served.post()).await;
        assert_eq!(answer.status, 201);
        assert_eq!(answer.body["data"]["id"], id, "after {now} seconds");
    }
    served.server.close().await.unwrap();
}
