//! The proxy: what passes is not changed, and is judged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use contract_harness::proxy::{Proxy, relay};
use contract_harness::traffic::{Side, TrafficReport};
use contract_harness::{Settings, Traffic, Trust, run};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::server::{self, Fault};
use crate::{contract, settings, target};

/// A proxy that runs before a server.
struct Passing {
    proxy: Arc<Proxy>,
    base_url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    was_unreachable: Arc<AtomicBool>,
}

impl Passing {
    async fn start(upstream: &str) -> Passing {
        let traffic = Traffic::new(&contract(), upstream).unwrap();
        let proxy = Arc::new(
            Proxy::new(traffic, upstream, &Trust::default())
                .await
                .unwrap(),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let was_unreachable = Arc::new(AtomicBool::new(false));
        let (shared, unreachable) = (proxy.clone(), was_unreachable.clone());
        let task = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            let told = move |told: contract_harness::proxy::Told<'_>| {
                if matches!(told, contract_harness::proxy::Told::Unreachable(_)) {
                    unreachable.store(true, Ordering::Relaxed);
                }
            };
            relay(shared, listener, stopped, told).await;
        });
        Passing {
            proxy,
            base_url,
            stop,
            task,
            was_unreachable,
        }
    }

    async fn end(self) -> TrafficReport {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
        self.proxy.traffic().report()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_through_the_proxy_is_a_run_and_every_exchange_of_it_is_judged() {
    for (fault, broken) in [
        (None, None),
        (
            Some(Fault::UndeclaredStatus),
            Some("status_code_conformance"),
        ),
        (
            Some(Fault::WrongContentType),
            Some("content_type_conformance"),
        ),
        (
            Some(Fault::MissingMember),
            Some("response_schema_conformance"),
        ),
    ] {
        let server = server::start(fault).await;
        let passing = Passing::start(&server.base_url).await;
        let settings = Settings {
            cases: 20,
            ..settings(3)
        };
        let report = run(&contract(), &target(&passing.base_url), &settings, &|_| {}).await;
        let report = report.unwrap();
        assert_eq!(report.is_clean(), fault.is_none(), "{}", report.text());
        let seen = passing.end().await;
        assert_eq!(seen.exchanges, report.requests, "{}", seen.text());
        // Half of the calls break the document on purpose.
        assert!(!seen.is_clean(Side::Client));
        let by_server = seen.failures.iter().filter(|f| f.side == Side::Server);
        let checks: Vec<&str> = by_server.map(|f| f.failure.check.as_str()).collect();
        match broken {
            None => assert!(checks.is_empty(), "{}", seen.text()),
            Some(check) => assert!(checks.contains(&check), "{}", seen.text()),
        }
    }
}

#[tokio::test]
async fn every_byte_passes_as_it_was() {
    const ASKED: &[u8] =
        b"POST /things HTTP/1.1\r\nhOsT:  h\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n\xff\x00a\r\n0\r\nX: y\r\n\r\n";
    const ANSWERED: &[u8] =
        b"HTTP/1.1 200 Fine by me\r\nX-oDD:value\r\nx-odd: other\r\nContent-Length: 2\r\n\r\n\x01\x02";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = vec![0; ASKED.len()];
        stream.read_exact(&mut asked).await.unwrap();
        // In two pieces: the first one is not held back until the second.
        stream.write_all(&ANSWERED[..30]).await.unwrap();
        let mut more = [0; 1];
        stream.read_exact(&mut more).await.unwrap();
        stream.write_all(&ANSWERED[30..]).await.unwrap();
        asked
    });
    let passing = Passing::start(&upstream).await;
    let address = passing.base_url.strip_prefix("http://").unwrap();
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(ASKED).await.unwrap();
    let mut first = vec![0; 30];
    client.read_exact(&mut first).await.unwrap();
    client.write_all(b"!").await.unwrap();
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
    assert_eq!([first, rest].concat(), ANSWERED);
    assert_eq!(server.await.unwrap(), ASKED);
    assert_eq!(passing.end().await.exchanges, 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_502() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let passing = Passing::start(&upstream).await;
    let address = passing.base_url.strip_prefix("http://").unwrap();
    let mut client = TcpStream::connect(address).await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 502 Bad Gateway\r\n"),
        "{answer}"
    );
    assert!(passing.was_unreachable.load(Ordering::Relaxed));
    assert_eq!(passing.end().await.exchanges, 0);
}
