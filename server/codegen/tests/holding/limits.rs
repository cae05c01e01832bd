//! Too much at once, bodies that do not come or do not end, and handlers that panic.

use std::time::Duration;

use dropshot_runtime::Limits;

use crate::service::{GATED, PANICS, WORSE, start};
use crate::wire::Connection;

const JSON: &str = "Content-Type: application/vnd.things+json";

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_limit_a_request_is_refused_before_its_body_is_read() {
    let running = start(Limits {
        requests: 2,
        ..Limits::default()
    });
    let address = running.server.local_addr();
    let mut held = [Connection::to(address), Connection::to(address)];
    for connection in &mut held {
        connection.send(&format!("GET {GATED}"), &[]);
    }
    running.things.has_begun(2).await;
    assert_eq!(running.server.app_private().load().in_flight(), 2);

    // Of this one's body nothing is ever sent.
    let mut refused = Connection::to(address);
    refused.send("POST /things", &[JSON, "Content-Length: 100"]);
    let answer = refused.answer();
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("1"))
    );
    let message = "the server has too much to do at the moment (";
    assert!(answer.body.contains(message), "{answer:?}");
    // Where the document does not declare 503, it is plain.
    let mut plain = Connection::to(address);
    let answer = plain.get("/things/1");
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("1"))
    );
    assert_eq!(answer.body, "503 Service Unavailable\n");
    // What needs no handler is answered as ever.
    assert_eq!(plain.get("/nothing").status, 404);

    running.things.gate.add_permits(2);
    for connection in &mut held {
        assert_eq!(connection.answer().status, 200);
    }
    assert_eq!(plain.get("/things/1").status, 200);
    assert_eq!(running.server.app_private().load().in_flight(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_arrive_in_time_is_408_and_ends_the_connection() {
    let running = start(Limits {
        body_time: Duration::from_millis(20),
        ..Limits::default()
    });
    let address = running.server.local_addr();
    for body in ["", "{\"na"] {
        let mut slow = Connection::to(address);
        slow.send("POST /things", &[JSON, "Content-Length: 12"]);
        slow.send_bytes(body.as_bytes());
        let answer = slow.answer();
        assert_eq!(answer.status, 408);
        assert_eq!(answer.header("connection"), Some("close"));
        let message = "the body did not arrive within 20ms (";
        assert!(answer.body.contains(message), "{answer:?}");
        assert!(slow.is_closed());
    }
    let mut whole = Connection::to(address);
    whole.send("POST /things", &[JSON, "Content-Length: 12"]);
    whole.send_bytes(b"{\"name\":\"a\"}");
    assert_eq!(whole.answer().status, 418);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_body_is_cut_off_whether_it_is_wanted_or_not() {
    let running = start(Limits::default());
    let check = |line: &str, expected: u16| {
        let mut endless = Connection::to(running.server.local_addr());
        endless.send(line, &[JSON, "Transfer-Encoding: chunked"]);
        let mut reader = endless.reader();
        // It sends until the other side takes no more, so this test ends only if the connection does.
        let sender = std::thread::spawn(move || {
            let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
            while endless.send_bytes(chunk.as_bytes()) {}
        });
        assert_eq!(reader.answer().status, expected, "{line}");
        assert!(reader.is_closed());
        sender.join().unwrap();
    };
    check("POST /things", 413);
    check("GET /things/1", 200);
    check("GET /nothing", 404);
    check("PUT /things", 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_500_with_a_request_id_and_the_connection_goes_on() {
    let running = start(Limits::default());
    let mut connection = Connection::to(running.server.local_addr());
    // `getThing` does not declare 500.
    let answer = connection.get(PANICS);
    assert_eq!(answer.status, 500);
    let id = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(connection.get("/things/1").status, 200);
    // It was told once, with its place, and not by the process's own hook.
    let records = running.log.all();
    let [told] = records
        .iter()
        .filter(|record| record.starts_with("ERRO"))
        .collect::<Vec<_>>()[..]
    else {
        panic!("{records:#?}")
    };
    let start = "ERRO a handler panicked operation=getThing message=thing 3 is\nbad place=server/codegen/tests/holding/service.rs:";
    assert!(told.starts_with(start), "{told}");
    assert!(told.ends_with(&format!(" request_id={id}")), "{told}");
    assert_eq!(running.server.app_private().load().in_flight(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_refusal_is_500_too() {
    let running = start(Limits::default());
    let mut connection = Connection::to(running.server.local_addr());
    connection.send(&format!("GET {WORSE}"), &["X-Request-Id: worse"]);
    let answer = connection.answer();
    assert_eq!(
        (answer.status, &*answer.body),
        (500, "500 Internal Server Error\n")
    );
    assert_eq!(answer.header("x-correlation-id"), Some("worse"));
    assert_eq!(connection.get("/things/1").status, 200);
}
