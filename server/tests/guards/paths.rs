//! Paths that mean another path to somebody, and requests in which two readers find different ones.

use crate::program::{Program, credentials};

#[test]
fn no_other_path_leads_to_an_event() {
    let program = Program::serving();
    let post = "Content-Type: application/vnd.api+json\r\n";
    let body = r#"{"data":{"type":"event","attributes":{"name":"a"}}}"#;
    assert_eq!(
        program
            .send("POST /events", &(credentials() + post), body)
            .status,
        201
    );
    let status = |path: &str| {
        program
            .send(&format!("GET {path}"), &credentials(), "")
            .status
    };
    assert_eq!(status("/events/1"), 200);
    for path in [
        "//events/1",
        "/events//1",
        "/events/1/",
        "/./events/1",
        "/events/./1",
        "/events/../events/1",
        "/%2e/events/1",
        "/events/%2e%2e/events/1",
        "/events%2F1",
        "/events%2f1",
        "/events%5C1",
        "/events\\1",
        "/EVENTS/1",
        "/Events/1",
        "/events;a=b/1",
        "/events/1;a=b",
        "/events/1%00",
        "/events/1%0d%0aX:%20y",
        "/events/1.json",
        "/events/1%23",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/../../../etc/passwd",
        "/events/%ff",
        "/events/%",
        "/events/%4",
        "*",
        "/keys.json",
        "/events.db",
        "/events.db.dev-key.json",
        "/.git/config",
    ] {
        let status = status(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
    for method in [
        "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "GET\t",
        "G E T",
    ] {
        let status = program
            .send(&format!("{method} /events/1"), &credentials(), "")
            .status;
        assert!(matches!(status, 400 | 404 | 405), "{method}: {status}");
    }
    // A way of writing one's own GET over it is a header like any other.
    for header in [
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /",
        "X-Rewrite-URL: /",
        "X-Forwarded-Host: eve.example",
    ] {
        let answer = program.send(
            "GET /events/1",
            &format!("{}{header}\r\n", credentials()),
            "",
        );
        assert_eq!(answer.status, 200, "{header}");
        assert!(!format!("{answer:?}").contains("eve.example"));
    }
}

/// How many answers come back on one connection, and the statuses of them.
fn statuses(answer: &str) -> Vec<&str> {
    answer
        .split("HTTP/1.1 ")
        .skip(1)
        .filter_map(|rest| rest.get(..3))
        .collect()
}

#[test]
fn a_request_is_never_taken_for_two() {
    let program = Program::serving();
    // The second request would be answered 404, were it one.
    let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let length = smuggled.len();
    let post = |headers: &str, body: &str| {
        format!("POST /events HTTP/1.1\r\nHost: a\r\n{headers}\r\n{body}")
    };
    let requests = [
        post(
            &format!("Content-Length: 0\r\nContent-Length: {length}\r\n"),
            smuggled,
        ),
        post(
            &format!("Content-Length: {length}\r\nContent-Length: 0\r\n"),
            smuggled,
        ),
        post(&format!("Content-Length: {length}, 0\r\n"), smuggled),
        post("Content-Length: +0\r\n", smuggled),
        post("Content-Length: -1\r\n", smuggled),
        post("Content-Length: 0x0\r\n", smuggled),
        post("Content-Length:\r\n", smuggled),
        post("Content-Length : 0\r\n", smuggled),
        post("Content-Length: 99999999999999999999\r\n", smuggled),
        post(
            "Transfer-Encoding: xchunked\r\n",
            &format!("0\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding: chunked, identity\r\n",
            &format!("0\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding: identity\r\n",
            &format!("0\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding : chunked\r\n",
            &format!("0\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding: chunked\r\n",
            &format!("x\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding: chunked\r\n",
            &format!("-1\r\n\r\n{smuggled}"),
        ),
        post(
            "Transfer-Encoding: chunked\r\n",
            &format!("ffffffffffffffffff\r\n\r\n{smuggled}"),
        ),
        post(
            &format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
            &format!("0\r\n\r\n{smuggled}"),
        ),
        post("A: b\r\n Content-Length: 0\r\n", smuggled),
        post("A\u{0}: b\r\n", smuggled),
    ];
    for request in requests {
        let answer = program.raw(request.as_bytes());
        let statuses = statuses(&answer);
        assert!(
            !statuses.contains(&"404") && statuses.len() <= 1,
            "{statuses:?} to {request:?}"
        );
    }
}

#[test]
fn a_request_says_once_and_readably_which_host_it_is_for() {
    let program = Program::serving();
    let credentials = credentials();
    let check = |version: &str, headers: &str, expected: &str| {
        let request = format!(
            "GET /events HTTP/{version}\r\n{headers}Connection: close\r\n{credentials}\r\n"
        );
        let answer = program.raw(request.as_bytes());
        assert_eq!(
            statuses(&answer),
            [expected],
            "{version} {headers:?}: {answer}"
        );
        if expected == "400" && !headers.contains('\u{1}') {
            assert!(answer.contains("\"header\":\"Host\""), "{answer}");
        }
    };
    check("1.1", "Host: a.example\r\n", "200");
    check("1.1", "Host: [::1]:8080\r\n", "200");
    // Where there is no authority, it is empty.
    check("1.1", "Host:\r\n", "200");
    for bad in [
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhost: b\r\n",
        "Host: a, b\r\n",
        "Host: a b\r\n",
        "Host: user@a\r\n",
        "Host: a/b\r\n",
        "Host: a:b\r\n",
        "Host: http://a\r\n",
        "Host: a\u{1}\r\n",
    ] {
        check("1.1", bad, "400");
    }
    // The same in absolute form, whose own host does not count for the line.
    let request = "GET http://a/events HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert_eq!(statuses(&program.raw(request.as_bytes())), ["400"]);
}
