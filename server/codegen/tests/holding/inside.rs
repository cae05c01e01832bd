//! What a server says of its requests: records, observations, and the ids of both.

use dropshot_runtime::Limits;

use crate::service::start;
use crate::wire::Connection;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_goes_by_the_id_that_its_caller_gave() {
    let running = start(Limits::default());
    let mut connection = Connection::to(running.server.local_addr());
    let mut check = |path: &str, given: &[&str], expected: Option<&str>| {
        let headers: Vec<_> = given
            .iter()
            .map(|id| format!("X-Request-Id: {id}"))
            .collect();
        let headers: Vec<_> = headers.iter().map(String::as_str).collect();
        connection.send(&format!("GET {path}"), &headers);
        let answer = connection.answer();
        let own = answer.header("x-request-id").unwrap();
        assert_eq!(answer.header("x-correlation-id"), expected);
        let id = expected.unwrap_or(own);
        // The handler's answer has it as a name, a refusal in brackets.
        let shown = [format!("\"name\":\"{id}\""), format!(" ({id})")];
        assert!(
            shown.iter().any(|id| answer.body.contains(id)),
            "{answer:?}"
        );
        let last = running.log.all().pop().unwrap();
        assert!(last.contains(&format!(" request_id={id} ")), "{last}");
        assert!(last.contains(own), "{last}");
    };
    check("/things/1", &["job-5"], Some("job-5"));
    check("/things/x", &["job-5"], Some("job-5"));
    check("/nothing", &["job-5"], Some("job-5"));
    check("/things/1", &[], None);
    check("/nothing", &[], None);
    check("/things/1", &["two words"], None);
    check("/things/1", &["job-5", "job-6"], None);
    check("/things/1", &[&"x".repeat(129)], None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_one_record_without_its_query_its_headers_and_its_body() {
    let running = start(Limits::default());
    let mut connection = Connection::to(running.server.local_addr());
    let length = "Content-Length: 17";
    let json = "Content-Type: application/vnd.things+json";
    connection.send(
        "POST /things?secret=secret",
        &[json, length, "X-Secret: secret"],
    );
    connection.send_bytes(b"{\"name\":\"secret\"}");
    let answer = connection.answer();
    assert_eq!(answer.status, 400);
    let records = running.log.all();
    let [record] = &records[..] else {
        panic!("{records:#?}")
    };
    assert!(!record.contains("secret"), "{record}");
    let start = "INFO request method=POST path=/things operation=createThing status=400 refused=query ms=0.";
    assert!(
        record.starts_with(start) || record.starts_with(&start.replace("=0.", "=")),
        "{record}"
    );
    let id = answer.header("x-request-id").unwrap();
    let end = format!(
        " bytes={} request_id={id} own_id= peer=127.0.0.1:",
        answer.body.len()
    );
    assert!(record.contains(&end), "{record}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_observes_every_request() {
    let running = start(Limits::default());
    let mut connection = Connection::to(running.server.local_addr());
    for path in ["/things/1", "/things/x", "/things/3", "/nothing"] {
        connection.get(path);
    }
    connection.send("DELETE /things", &[]);
    connection.answer();
    let expected = [
        "getThing 200 handled",
        "getThing 400 path",
        "getThing 500 fault",
        "none 404 unknown_path",
        "none 405 unknown_method",
    ];
    assert_eq!(*running.things.observed.lock().unwrap(), expected);
}
