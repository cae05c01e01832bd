//! The server as a program: its log, its inside, and how it stops.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// A server, and what it printed at its start.
struct Server {
    process: Child,
    api: String,
    admin: String,
    bearer: String,
    service: String,
    // Both stay open: a program need not live with a closed output, and its folder goes with it.
    _out: BufReader<ChildStdout>,
    _folder: TempDir,
}

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_events-server"));
    command
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn serve(arguments: &[&str]) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let mut process = command(&folder, arguments).spawn().unwrap();
    let mut out = BufReader::new(process.stdout.take().unwrap());
    let mut after = |start: &str| {
        loop {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "no {start}");
            if let Some(rest) = line.strip_prefix(start) {
                return rest.trim_end().to_owned();
            }
        }
    };
    Server {
        api: after("# The Event API is served on http://"),
        admin: after("# Metrics, health and the document are on http://"),
        bearer: after("export EVENTS_TOKEN="),
        service: after("export EVENTS_S2S_TOKEN="),
        process,
        _out: out,
        _folder: folder,
    }
}

/// What is answered to a request on a connection of its own.
fn get(address: &str, path: &str, headers: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
    connection.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

const CREATE: &str = r#"{"data":{"type":"event","attributes":{"name":"created"}}}"#;

impl Server {
    fn signal(&self) {
        let pid = Pid::from_raw(self.process.id().try_into().unwrap()).unwrap();
        kill_process(pid, Signal::TERM).unwrap();
    }

    /// The headers of a caller who may do everything.
    fn credentials(&self) -> String {
        format!(
            "Authorization: Bearer {}\r\nS2S-Auth-Token: {}\r\n",
            self.bearer, self.service
        )
    }

    /// The head of a request to create an event.
    fn send_head(&self) -> TcpStream {
        let mut connection = TcpStream::connect(&self.api).unwrap();
        let head = format!(
            "POST /events HTTP/1.1\r\nHost: a\r\n{}Content-Type: application/vnd.api+json\r\n\
             Content-Length: {}\r\n\r\n",
            self.credentials(),
            CREATE.len(),
        );
        connection.write_all(head.as_bytes()).unwrap();
        connection
    }

    /// A request to create an event that is being served, and of whose body nothing is sent yet.
    fn begin_create(&self) -> TcpStream {
        let connection = self.send_head();
        let in_flight = "\nevents_http_requests_in_flight 1\n";
        while !get(&self.admin, "/metrics", "").contains(in_flight) {}
        connection
    }

    /// Waits until it is about to stop.
    fn is_stopping(&self) {
        while get(&self.admin, "/ready", "").starts_with("HTTP/1.1 200 ") {}
    }

    /// Its exit code and what it has said on standard error.
    fn end(self) -> (Option<i32>, String) {
        let output = self.process.wait_with_output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

#[test]
fn the_inside_has_a_listener_of_its_own() {
    let server = serve(&[]);
    assert!(get(&server.api, "/events/1", "").starts_with("HTTP/1.1 401 "));
    let ok = |path: &str, media_type: &str| {
        let answer = get(&server.admin, path, "");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        let header = format!("content-type: {media_type}");
        assert!(answer.contains(&header), "{answer}");
        body(&answer).to_owned()
    };
    let metrics = ok("/metrics", "application/openmetrics-text; version=1.0.0");
    for line in [
        "events_http_requests_total{operation=\"getEvent\",status=\"401\"} 1",
        "events_http_requests_refused_total{reason=\"credentials\"} 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{metrics}");
    }
    assert_eq!(ok("/live", "text/plain"), "live\n");
    assert_eq!(ok("/ready", "text/plain"), "ready\n");
    assert_eq!(
        ok("/openapi.yaml", "application/yaml"),
        events_spec::DOCUMENT
    );
    let document: Value = serde_json::from_str(&ok("/openapi.json", "application/json")).unwrap();
    assert_eq!(
        document,
        openapi_model::parse(events_spec::DOCUMENT)
            .unwrap()
            .document
    );
    assert!(ok("/reference", "text/html; charset=utf-8").contains("operation-getEvent"));
    let list = ok("/", "text/plain");
    for path in ["/metric", "/metrics/", "/events/1"] {
        let answer = get(&server.admin, path, "");
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
        assert!(body(&answer).ends_with(&list), "{answer}");
    }
    for path in [
        "/metrics",
        "/live",
        "/ready",
        "/openapi.yaml",
        "/openapi.json",
        "/reference",
        "/",
    ] {
        assert!(list.contains(path), "{list}");
        let answer = get(&server.api, path, "");
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    }
    server.signal();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn the_store_s_calls_are_timed() {
    let server = serve(&[]);
    let credentials = server.credentials();
    assert!(get(&server.api, "/events/1", &credentials).starts_with("HTTP/1.1 404 "));
    let metrics = get(&server.admin, "/metrics", "");
    let line = "\nevents_store_call_duration_seconds_count{call=\"get\",outcome=\"done\"} 1\n";
    assert!(metrics.contains(line), "{metrics}");
    server.signal();
    server.end();
}

#[test]
fn an_event_that_was_found_is_read_from_the_store_once_and_one_that_was_not_each_time() {
    let server = serve(&[]);
    let credentials = server.credentials();
    let check = |path: &str, more: &str, status: u16, reads: u32| {
        let answer = get(&server.api, path, &format!("{credentials}{more}"));
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        let metrics = get(&server.admin, "/metrics", "");
        let line = format!(
            "\nevents_store_call_duration_seconds_count{{call=\"get\",outcome=\"done\"}} {reads}\n"
        );
        assert!(metrics.contains(&line), "{path}: {metrics}");
        answer
    };
    check("/events/1", "", 404, 1);
    check("/events/1", "", 404, 2);
    let mut create = server.send_head();
    create.write_all(CREATE.as_bytes()).unwrap();
    let mut created = String::new();
    BufReader::new(create).read_line(&mut created).unwrap();
    assert_eq!(created, "HTTP/1.1 201 Created\r\n");
    let first = check("/events/1", "", 200, 3);
    let again = check("/events/1", "", 200, 3);
    assert!(body(&first).contains("\"name\":\"created\""), "{first}");
    assert_eq!(body(&first), body(&again));
    check("/events/1", "If-None-Match: *\r\n", 304, 3);
    check("/events/2", "", 404, 4);
    server.signal();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn a_request_under_way_is_answered_before_the_server_stops() {
    let server = serve(&["--grace", "1m"]);
    let mut connection = server.begin_create();
    server.signal();
    server.is_stopping();
    let ready = get(&server.admin, "/ready", "");
    assert!(ready.starts_with("HTTP/1.1 503 "), "{ready}");
    assert_eq!(body(&ready), "the server is about to stop\n");
    assert!(get(&server.admin, "/live", "").starts_with("HTTP/1.1 200 "));
    let refused = get(&server.api, "/events/1", "");
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(refused.contains("\r\nretry-after: 1\r\n"), "{refused}");

    connection.write_all(CREATE.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    let (code, log) = server.end();
    assert_eq!(code, Some(0), "{log}");
}

#[test]
fn what_stalls_is_given_up_after_the_grace_or_at_the_second_signal() {
    let server = serve(&["--grace", "0s"]);
    let _stalled = server.begin_create();
    server.signal();
    let (code, log) = server.end();
    assert_eq!(code, Some(1));
    let message = "events-server: the grace of 0ns was over with 1 requests under way; their connections are given up\n";
    assert!(log.ends_with(message), "{log}");

    let server = serve(&["--grace", "1h", "--body-timeout", "1h"]);
    let _stalled = server.begin_create();
    server.signal();
    server.is_stopping();
    server.signal();
    let (code, log) = server.end();
    assert_eq!(code, Some(1));
    assert!(log.contains("asked to stop a second time"), "{log}");
}

#[test]
fn beyond_max_requests_the_answer_is_503_as_the_document_has_it() {
    let server = serve(&["--max-requests", "1"]);
    let mut connection = server.begin_create();
    let refused = get(&server.api, "/events/1", "");
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(
        refused.contains("content-type: application/vnd.api+json\r\n"),
        "{refused}"
    );
    assert!(refused.contains("\r\nretry-after: 1\r\n"), "{refused}");
    assert!(
        body(&refused).contains("\"code\":\"unavailable\""),
        "{refused}"
    );
    connection.write_all(CREATE.as_bytes()).unwrap();
    server.signal();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn a_body_that_does_not_arrive_in_time_is_408_as_the_document_has_it() {
    let server = serve(&["--body-timeout", "1s"]);
    let mut connection = server.send_head();
    connection.write_all(&CREATE.as_bytes()[..10]).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(
        answer.contains("content-type: application/vnd.api+json\r\n"),
        "{answer}"
    );
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    let error = r#"{"status":"408","code":"slow_body","title":"The body did not arrive in time","detail":"a body arrives within 1s"}"#;
    assert_eq!(body(&answer), format!("{{\"errors\":[{error}]}}"));
    server.signal();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn the_log_is_a_line_of_json_for_each_request_and_tells_no_secret() {
    let server = serve(&["--log-format", "json"]);
    let headers = format!(
        "Authorization: Bearer {}\r\nS2S-Auth-Token: secret\r\nX-Request-Id: job-5\r\n",
        server.bearer
    );
    let answer = get(&server.api, "/events?secret=secret", &headers);
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(
        answer.contains("\r\nx-correlation-id: job-5\r\n"),
        "{answer}"
    );
    get(&server.api, "/%0A%22secret%22", "");
    server.signal();
    let bearer = server.bearer.clone();
    let (code, log) = server.end();
    assert_eq!(code, Some(0));
    assert!(
        !log.contains(&bearer) && !log.contains("secret=secret"),
        "{log}"
    );
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [first, second, stopping] = &lines[..] else {
        panic!("{log}")
    };
    for (name, value) in [
        ("level", "INFO"),
        ("message", "request"),
        ("method", "GET"),
        ("path", "/events"),
        ("operation", "listEvents"),
        ("refused", "credentials"),
        ("request_id", "job-5"),
    ] {
        assert_eq!(first[name], value, "{log}");
    }
    assert_eq!(first["status"], 401);
    assert_eq!(first["bytes"], body(&answer).len());
    assert!(
        first["ms"].is_number() && first["peer"].is_string(),
        "{log}"
    );
    assert!(answer.contains(first["own_id"].as_str().unwrap()), "{log}");
    assert_eq!(second["path"], "/%0A%22secret%22");
    assert_eq!(second.get("operation"), None);
    assert_eq!(stopping["message"], "stopping");
}

#[test]
fn with_log_level_warn_nothing_is_said_of_requests() {
    let server = serve(&["--log-level", "warn"]);
    get(&server.api, "/events", "");
    server.signal();
    assert_eq!(server.end(), (Some(0), String::new()));
}

#[test]
fn a_taken_admin_port_is_said_with_its_flag() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let output = command(&folder, &["--admin-listen", &address])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    let start = format!("events-server: the admin listener cannot listen on {address}: ");
    assert!(message.starts_with(&start), "{message}");
    let end = "; choose another address with --admin-listen, or `--admin-listen off` for none\n";
    assert!(message.ends_with(end), "{message}");
}
