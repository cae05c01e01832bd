//! The service behind nginx, with the configuration that the guide gives (`server/nginx.conf`).
//!
//! Where there is no nginx the tests say so and pass, but for `REQUIRE_NGINX`, by which they fail.

mod nginx;
mod wire;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroUsize;
use std::time::Duration;

use contract_harness::{Contract, Credentials, Settings, Target, Trust, run};
use events_server::config::Config;
use events_server::refusal::Kind;
use events_server::start::{Running, start};
use events_server::token::{Issuer, Scheme};
use events_server::upkeep::Upkeep;
use serde_json::{Value, json};

use crate::api::MEDIA_TYPE;
use nginx::{CONFIGURATION, Nginx};
use wire::{Answer, Secure, Upstream, connect, head, raw, request, rest, sent};

/// The service behind nginx.
struct Front {
    nginx: Nginx,
    server: Running,
    bearer: String,
    service: String,
    _folder: tempfile::TempDir,
}

impl Front {
    /// The service serves so many requests at once. Nothing where this machine has no nginx.
    async fn start(max_requests: usize) -> Option<Front> {
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::random("proxy").unwrap();
        let keys = folder.path().join("keys.json");
        std::fs::write(&keys, issuer.to_jwk_set()).unwrap();
        let server = start(Config {
            listen: "127.0.0.1:0".parse().unwrap(),
            database: folder.path().join("events.db").into(),
            keys: vec![keys],
            upkeep: Upkeep {
                max_requests: NonZeroUsize::new(max_requests).unwrap(),
                ..Upkeep::quiet()
            },
            ..Config::default()
        });
        let server = server.await.unwrap();
        let Some(nginx) = Nginx::before(&[server.address()]) else {
            let _ = server.shutdown(Duration::ZERO).await;
            return None;
        };
        let token = |scheme, scopes: &[&str]| {
            let lifetime = Duration::from_secs(3600);
            issuer.issue(scheme, "prover", scopes, lifetime).unwrap()
        };
        Some(Front {
            nginx,
            server,
            bearer: token(Scheme::Bearer, &["events.read", "events.write"]),
            service: token(Scheme::Service, &[]),
            _folder: folder,
        })
    }

    /// The headers of somebody who may come in and sends a document.
    fn headers(&self) -> String {
        let Front {
            bearer, service, ..
        } = self;
        format!(
            "Authorization: Bearer {bearer}\r\nS2S-Auth-Token: {service}\r\nContent-Type: {MEDIA_TYPE}\r\n"
        )
    }

    /// The answer to a request that comes through nginx.
    fn send(&self, line: &str, body: &str) -> Answer {
        sent(connect(&self.nginx), line, &self.headers(), body)
    }

    /// Somebody who begins a request, is asked for its body, and sends nothing of it.
    fn stalled(&self) -> Secure {
        let mut connection = connect(&self.nginx);
        let headers = self.headers() + "Content-Length: 100\r\nExpect: 100-continue\r\n";
        let begun = request("POST /events", &headers, "");
        connection.write_all(begun.as_bytes()).unwrap();
        assert_eq!(head(&mut connection), "HTTP/1.1 100 Continue\r\n\r\n");
        connection
    }

    async fn stop(self) {
        let _ = self.server.shutdown(Duration::from_secs(2)).await;
    }
}

/// A document to create.
fn event(payload: &str) -> String {
    json!({ "data": { "type": "event", "attributes": { "name": "a", "payload": { "a": payload } } } })
        .to_string()
}

/// An address where nobody listens.
fn nobody() -> SocketAddr {
    Upstream::new().address()
}

/// The number that stands in the configuration after some words.
fn configured(words: &str) -> usize {
    let (_, rest) = CONFIGURATION.split_once(words).unwrap();
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
    digits.unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_keeps_its_document_behind_nginx() {
    let Some(front) = Front::start(512).await else {
        return;
    };
    let contract = Contract::new(openapi_model::parse(events_spec::DOCUMENT).unwrap()).unwrap();
    let target = Target {
        base_url: format!("https://{}", front.nginx.address),
        credentials: Credentials::from([
            ("bearerAuth", front.bearer.clone()),
            ("s2sAuthToken", front.service.clone()),
        ]),
    };
    // The other tests look at the certificate.
    let settings = Settings {
        trust: Trust::Any,
        cases: 20,
        ..Settings::default()
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    assert!(report.is_clean() && report.cases > 0, "{}", report.text());
    front.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_says_comes_through_as_it_is() {
    let Some(front) = Front::start(512).await else {
        return;
    };
    let created = front.send("POST /events", &event("a"));
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.header("location"), Some("/events/1"));
    let document: Value = serde_json::from_str(&created.body).unwrap();
    // By `Via` the service knows that there is a proxy.
    assert_eq!(document["data"]["attributes"]["requestProxied"], true);

    let direct = |line: &str, headers: &str, body: &str| {
        let stream = TcpStream::connect(front.server.address()).unwrap();
        sent(stream, line, &(front.headers() + headers), body)
    };
    let got = direct("GET /events/1", "", "");
    let tag = got.header("etag").unwrap();
    let current = format!("If-None-Match: {tag}\r\n");
    for (line, headers, body, status) in [
        ("GET /events/1", "", "", 200),
        ("GET /events/%31", "", "", 200),
        ("GET /events/1", &*current, "", 304),
        ("GET /events/1", "Accept: text/html\r\n", "", 406),
        ("HEAD /events/1", "", "", 200),
        ("GET /events", "", "", 200),
        (
            "GET /events?page[size]=1&sort=eventAt&filter%5Bname%5D=%61",
            "",
            "",
            200,
        ),
        ("GET /events?page%5Bsize%5D=0&a=b", "", "", 400),
        ("GET /events/one", "", "", 400),
        ("GET /events/2", "", "", 404),
        ("GET /events/", "", "", 404),
        ("GET //events", "", "", 404),
        ("GET /events%2F1", "", "", 404),
        ("GET /", "", "", 404),
        ("GET /metrics", "", "", 404),
        ("DELETE /events/1", "", "", 405),
        ("OPTIONS /events", "", "", 405),
        ("POST /events", "Idempotency-Key: a b\r\n", "{}", 400),
        ("POST /events", "", "{", 400),
        ("POST /events", "", "{\"data\":{\"type\":\"event\"}}", 422),
        ("POST /events", "S2S-Auth-Token: another\r\n", "{}", 401),
    ] {
        let through = sent(
            connect(&front.nginx),
            line,
            &(front.headers() + headers),
            body,
        );
        let [through, direct] = [through, direct(line, headers, body)].map(|mut answer| {
            let is_hop_s =
                |name: &str| matches!(name, "connection" | "date" | "server" | "x-request-id");
            answer.headers.retain(|(name, _)| !is_hop_s(name));
            answer
        });
        assert_eq!(through, direct, "{line} {headers}");
        assert_eq!(through.status, status, "{line} {headers}");
    }
    front.stop().await;
}

#[test]
fn a_request_goes_by_one_id_whoever_has_made_it() {
    let upstream = Upstream::new();
    let Some(nginx) = Nginx::before(&[upstream.address()]) else {
        return;
    };
    let long = "x".repeat(129);
    for (given, is_taken) in [
        ("job-5", true),
        (&long[1..], true),
        ("a\"{}\\", true),
        ("", false),
        ("two words", false),
        (&long, false),
    ] {
        let mut client = connect(&nginx);
        let headers = format!("X-Request-Id: {given}\r\nConnection: close\r\n");
        let text = request("GET /events", &headers, "");
        client.write_all(text.as_bytes()).unwrap();
        let mut server = upstream.accept();
        let asked = head(&mut server);
        let answer = "HTTP/1.1 200 OK\r\nX-Request-Id: 1\r\nX-Correlation-Id: 2\r\nContent-Length: 0\r\n\r\n";
        server.write_all(answer.as_bytes()).unwrap();
        let answer = rest(&mut client);
        let header = |text: &str| {
            let ids = text
                .lines()
                .filter_map(|line| line.strip_prefix("X-Request-Id: "));
            ids.map(str::to_owned).collect::<Vec<_>>()
        };
        let [id] = &header(&asked)[..] else {
            panic!("{asked}")
        };
        assert_eq!(header(&answer), [id.as_str()], "{answer}");
        assert!(!answer.contains("X-Correlation-Id"), "{answer}");
        let is_own = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert_eq!((id == given, is_own), (is_taken, !is_taken), "{id}");
    }
    let log = nginx.log();
    assert!(
        log.contains(" job-5\n") && log.lines().count() == 6,
        "{log}"
    );
}

#[test]
fn the_server_is_asked_on_connections_that_stay_with_the_caller_s_host() {
    let upstream = Upstream::new();
    let Some(nginx) = Nginx::before(&[upstream.address()]) else {
        return;
    };
    let mut server = None;
    for via in ["", "Via: 1.1 edge\r\n"] {
        let mut client = connect(&nginx);
        let text = request(
            "GET /events?a=%5B&b",
            &format!("{via}Connection: close\r\n"),
            "",
        );
        client.write_all(text.as_bytes()).unwrap();
        // The second request comes on the connection of the first, or nobody waits for it.
        let server = server.get_or_insert_with(|| upstream.accept());
        let asked = head(server);
        assert!(
            asked.starts_with("GET /events?a=%5B&b HTTP/1.1\r\n"),
            "{asked}"
        );
        assert!(asked.contains("\r\nHost: localhost\r\n"), "{asked}");
        assert!(!asked.contains("Connection"), "{asked}");
        let before = if via.is_empty() { "" } else { "1.1 edge, " };
        let expected = format!("\r\nVia: {before}HTTP/1.1 nginx\r\n");
        assert!(asked.contains(&expected), "{asked}");
        server
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .unwrap();
        assert!(rest(&mut client).starts_with("HTTP/1.1 204 "));
    }
}

#[test]
fn what_nginx_refuses_by_itself_is_refused_as_the_service_does() {
    let Some(nginx) = Nginx::before(&[nobody()]) else {
        return;
    };
    let check = |answer: &Answer, kind: Kind| {
        let Kind {
            status,
            code,
            title,
        } = kind;
        assert_eq!(answer.status, status.as_u16(), "{answer:?}");
        assert_eq!(answer.header("content-type"), Some(MEDIA_TYPE));
        assert_eq!(answer.header("x-request-id").map(str::len), Some(32));
        assert_eq!(answer.error("status"), status.as_str());
        assert_eq!(
            (&*answer.error("code"), &*answer.error("title")),
            (code, title)
        );
        let asks_to_wait = status.as_u16() == 429 || status.as_u16() == 503;
        assert_eq!(answer.header("retry-after").is_some(), asks_to_wait);
    };
    let send = |line: &str, headers: &str, body: &str| sent(connect(&nginx), line, headers, body);
    let long = |bytes: usize| "x".repeat(bytes);

    let too_large = send("POST /events", "", &long((1 << 20) + 1));
    check(&too_large, Kind::CONTENT_TOO_LARGE);
    assert_eq!(
        too_large.error("detail"),
        "a body has at most 1048576 bytes"
    );
    let chunked = format!("100001\r\n{}\r\n0\r\n\r\n", long(0x10_0001));
    let head = request("POST /events", "Transfer-Encoding: chunked\r\n", "");
    let chunked = raw(&mut connect(&nginx), (head + &chunked).as_bytes());
    check(&chunked, Kind::CONTENT_TOO_LARGE);
    check(
        &send(&format!("GET /events?a={}", long(33_000)), "", ""),
        Kind::URI_TOO_LONG,
    );
    check(
        &send("GET /events", &format!("A: {}\r\n", long(33_000)), ""),
        Kind::HEADERS_TOO_LARGE,
    );
    check(&send("TRACE /events", "", ""), Kind::NOT_IMPLEMENTED);

    // What is just small enough is the server's business, and there is none.
    for passed in [
        send("POST /events", "", &long(1 << 20)),
        send(&format!("GET /events?a={}", long(16_000)), "", ""),
        send("GET /events", &format!("A: {}\r\n", long(32_000)), ""),
    ] {
        check(&passed, Kind::UNAVAILABLE);
    }

    let malformed = Kind {
        status: http::StatusCode::BAD_REQUEST,
        code: "malformed_request",
        title: "The request is not as HTTP asks",
    };
    check(&send("GET /%zz", "", ""), malformed);
    check(&send("GET /../a", "", ""), malformed);
    check(
        &send("GET /", "Authorization: a\r\nAuthorization: b\r\n", ""),
        malformed,
    );
    check(&raw(&mut connect(&nginx), b"nonsense\r\n\r\n"), malformed);
    let plain = TcpStream::connect(nginx.address).unwrap();
    check(&sent(plain, "GET /events", "", ""), malformed);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_so_many_requests_under_way_and_slow_ones_do_not_reach_the_server() {
    // One request more than this, and the server would say 503.
    let Some(front) = Front::start(1).await else {
        return;
    };
    let mut stalled = Vec::new();
    let most = configured("limit_conn events_by_address ");
    while stalled.len() < most {
        // Of those before, the server has seen nothing.
        assert_eq!(front.send("GET /events", "").status, 200);
        stalled.push(front.stalled());
    }
    let refused = front.send("GET /events", "");
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("content-type"), Some(MEDIA_TYPE));
    assert_eq!(refused.header("retry-after"), Some("2"));
    assert_eq!(refused.error("code"), "too_many_requests");
    assert_eq!(refused.error("title"), "Too many requests were sent");
    stalled.pop();
    while front.send("GET /events", "").status == 429 {}
    assert_eq!(front.send("GET /events", "").status, 200);
    front.stop().await;
}

#[test]
fn an_answer_is_taken_from_the_server_at_once_however_slowly_it_is_read() {
    let upstream = Upstream::new();
    let Some(nginx) = Nginx::before(&[upstream.address()]) else {
        return;
    };
    let mut client = connect(&nginx);
    let text = request("GET /events", "Connection: close\r\n", "");
    client.write_all(text.as_bytes()).unwrap();
    let mut server = upstream.accept();
    head(&mut server);
    let body = "x".repeat(32 << 20);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    // All of it goes, and nobody has read any of it.
    server.write_all(answer.as_bytes()).unwrap();
    server.write_all(body.as_bytes()).unwrap();
    assert!(rest(&mut client).ends_with(&body));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_slow_is_cut_off() {
    let Some(front) = Front::start(512).await else {
        return;
    };
    // A page as large as pages get, which is more than fits between nginx and somebody who reads none of it.
    for _ in 0..5 {
        let created = front.send("POST /events", &event(&"x".repeat(1_000_000)));
        assert_eq!(created.status, 201);
    }
    let mut reader = connect(&front.nginx);
    let text = request("GET /events", &front.headers(), "");
    reader.write_all(text.as_bytes()).unwrap();
    let answer = head(&mut reader);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");

    let mut silent = TcpStream::connect(front.nginx.address).unwrap();
    let mut in_its_head = connect(&front.nginx);
    in_its_head
        .write_all(b"GET /events HTTP/1.1\r\nHost: ")
        .unwrap();
    let mut in_its_body = front.stalled();
    assert_eq!(rest(&mut silent), "");
    for slow in [&mut in_its_head, &mut in_its_body] {
        // It gets no answer, since nobody knows whether it would read one.
        assert_eq!(rest(slow), "");
    }
    let timed_out = front
        .nginx
        .told("timed out (110: Connection timed out) while sending to client");
    assert_eq!(timed_out, Ok(()));
    let mut body = Vec::new();
    drop(reader.read_to_end(&mut body));
    assert!(body.len() < 4_000_000, "{} bytes", body.len());
    assert_eq!(front.send("GET /events/1", "").status, 200);
    front.stop().await;
}

#[test]
fn what_may_have_created_something_is_not_sent_again() {
    for (method, times) in [("POST", 1), ("GET", 2)] {
        let servers = [Upstream::new(), Upstream::new()];
        let Some(nginx) = Nginx::before(&servers.each_ref().map(Upstream::address)) else {
            return;
        };
        let (teller, asked) = std::sync::mpsc::channel();
        for server in servers {
            let teller = teller.clone();
            // Takes requests and hangs up.
            std::thread::spawn(move || {
                loop {
                    let mut connection = server.accept();
                    let head = head(&mut connection);
                    // Told before the connection goes, so before nginx goes on.
                    teller.send(head).unwrap();
                }
            });
        }
        let answer = sent(connect(&nginx), &format!("{method} /events"), "", "");
        assert_eq!(answer.status, 503);
        let asked: Vec<_> = asked.try_iter().collect();
        assert_eq!(asked.len(), times, "{asked:?}");
    }
}
