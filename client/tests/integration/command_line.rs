//! The program `events`, as it is run.

use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::examples::example;
use crate::lists::{page, three_pages};
use crate::server::{Server, answer};

/// The program, with tokens and a service.
fn events(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_events"));
    command
        .args(arguments)
        .env_clear()
        .env("EVENTS_URL", url)
        .env("EVENTS_TOKEN", "callers.token")
        .env("EVENTS_S2S_TOKEN", "services.token")
        .stdin(Stdio::null());
    command
}

/// Runs it to its end. It is waited for beside the server.
async fn run(mut command: Command) -> (Option<i32>, String, String) {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let Output {
        status,
        stdout,
        stderr,
    } = output.await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn get_writes_the_document() {
    let server = Server::answering(200, example("getEvent", 200).to_string()).await;
    let (code, stdout, stderr) = run(events(server.url(), &["get", "42"])).await;
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document, example("getEvent", 200));
    let sent = server.sent().remove(0);
    assert_eq!(sent.uri(), "/events/42");
    assert_eq!(sent.headers()["authorization"], "Bearer callers.token");
    assert_eq!(sent.headers()["s2s-auth-token"], "services.token");
}

#[tokio::test(flavor = "multi_thread")]
async fn list_writes_an_event_a_line() {
    let server = Server::with(three_pages).await;
    for (arguments, expected, requests) in [
        (&["list"][..], "321", 3),
        (&["list", "--all"], "321", 3),
        (&["list", "--limit", "3"], "321", 3),
        (&["list", "--limit", "2"], "32", 1),
        (&["list", "--limit", "1"], "3", 1),
    ] {
        let (code, stdout, stderr) = run(events(server.url(), arguments)).await;
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        let ids: String = stdout
            .lines()
            .map(|line| {
                let event: Value = serde_json::from_str(line).unwrap();
                event["id"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(ids, expected, "{arguments:?}");
        assert_eq!(server.sent().len(), requests, "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn list_asks_for_what_it_is_told() {
    let server = Server::answering(200, page(&[], None)).await;
    for (arguments, expected) in [
        (&["--account", "7"][..], "filter[account][id]=7"),
        (&["--call", "7"], "filter[call][id]=7"),
        (&["--mailing", "7"], "filter[mailing][id]=7"),
        (&["--opportunity", "7"], "filter[opportunity][id]=7"),
        (&["--prospect", "7"], "filter[prospect][id]=7"),
        (&["--task", "7"], "filter[task][id]=7"),
        (&["--user", "7"], "filter[user][id]=7"),
        (&["--name", "a b&c"], "filter[name]=a b&c"),
        (
            &["--since", "2026-01-01"],
            "filter[eventAt][gte]=2026-01-01T00:00:00Z",
        ),
        (
            &["--until", "2026-01-01T02:00:00+02:00"],
            "filter[eventAt][lt]=2026-01-01T02:00:00+02:00",
        ),
        (
            &["--created-since", "2026-01-01"],
            "filter[createdAt][gte]=2026-01-01T00:00:00Z",
        ),
        (
            &["--created-until", "2026-01-01"],
            "filter[createdAt][lt]=2026-01-01T00:00:00Z",
        ),
        (&["--sort", "-eventAt"], "sort=-eventAt"),
        (&["--limit", "7"], "page[size]=7"),
        (&["--limit", "1001"], "page[size]=1000"),
        (&["--all"], "page[size]=1000"),
        (&[], "page[size]=50"),
    ] {
        let all: Vec<&str> = ["list"].iter().chain(arguments).copied().collect();
        let (code, stdout, stderr) = run(events(server.url(), &all)).await;
        assert_eq!(
            (code, stdout.as_str(), stderr.as_str()),
            (Some(0), "", ""),
            "{arguments:?}"
        );
        let sent = server.sent().remove(0);
        let url = reqwest::Url::parse(&format!("http://x{}", sent.uri())).unwrap();
        let query: Vec<String> = url
            .query_pairs()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert!(query.iter().any(|pair| pair == expected), "{query:?}");
        let size = usize::from(!expected.starts_with("page[size]"));
        assert_eq!(query.len(), 1 + size, "{query:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn create_sends_what_the_flags_or_the_document_say() {
    let server = Server::answering(201, example("createEvent", 201).to_string()).await;
    let (code, stdout, stderr) = run(events(
        server.url(),
        &[
            "create",
            "--name",
            "a",
            "--account",
            "7",
            "--payload",
            r#"{"x":1}"#,
            "--idempotency-key",
            "k1",
        ],
    ))
    .await;
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document, example("createEvent", 201));
    let sent = server.sent().remove(0);
    assert_eq!(
        (sent.method().as_str(), sent.uri().path()),
        ("POST", "/events")
    );
    assert_eq!(sent.headers()["idempotency-key"], "k1");
    let body: Value = serde_json::from_str(sent.body()).unwrap();
    let expected = json!({ "data": {
        "type": "event",
        "attributes": { "name": "a", "payload": { "x": 1 } },
        "relationships": { "account": { "data": { "type": "account", "id": "7" } } },
    } });
    assert_eq!(body, expected);

    let mut command = events(server.url(), &["create", "-"]);
    let text = expected.to_string();
    let code = tokio::task::spawn_blocking(move || {
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
        drop(stdin);
        child.wait().unwrap().code()
    });
    assert_eq!(code.await.unwrap(), Some(0));
    let sent = server.sent().remove(0);
    let body: Value = serde_json::from_str(sent.body()).unwrap();
    assert_eq!(body, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_1_and_goes_to_standard_error() {
    let server = Server::answering(404, example("getEvent", 404).to_string()).await;
    let (code, stdout, stderr) = run(events(server.url(), &["get", "9"])).await;
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(
        stderr.starts_with("events: the service refused the request (404 Not Found): "),
        "{stderr}"
    );
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    let (code, _, stderr) = run(events("http://127.0.0.1:1", &["get", "9"])).await;
    assert_eq!(code, Some(1));
    assert!(
        stderr.starts_with("events: the service at http://127.0.0.1:1 cannot be reached: "),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_command_line_is_2() {
    let mut tokenless = events("http://127.0.0.1:1", &["get", "1"]);
    tokenless.env_remove("EVENTS_S2S_TOKEN");
    for (command, expected) in [
        (tokenless, "events: EVENTS_S2S_TOKEN is not set. "),
        (
            events("127.0.0.1:1", &["get", "1"]),
            "events: `127.0.0.1:1` is no base URL of the service: ",
        ),
        (
            events("http://127.0.0.1:1", &["list", "--since", "monday"]),
            "error: invalid value 'monday' for '--since <WHEN>': ",
        ),
        (
            events(
                "http://127.0.0.1:1",
                &["create", "--name", "a", "--payload", "1"],
            ),
            "events: --payload is no object",
        ),
    ] {
        let (code, stdout, stderr) = run(command).await;
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(stderr.starts_with(expected), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_command_it_says_what_there_is() {
    let (code, stdout, stderr) = run(events("http://127.0.0.1:1", &[])).await;
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("Examples:\n  events get 42\n"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flag_goes_before_the_variable() {
    let server = Server::answering(200, example("getEvent", 200).to_string()).await;
    let arguments = ["get", "42", "--url", server.url()];
    let (code, _, stderr) = run(events("http://127.0.0.1:1", &arguments)).await;
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_no_failure() {
    // Each page leads to itself, so that nothing but the reader ends this list.
    let ids: Vec<&str> = vec!["1"; 500];
    let endless = page(&ids, Some("/events"));
    let server = Server::with(move |_| answer(200, endless.clone())).await;
    let mut command = events(server.url(), &["list", "--all"]);
    let ended = tokio::task::spawn_blocking(move || {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    });
    assert_eq!(ended.await.unwrap(), (Some(0), String::new()));
}
