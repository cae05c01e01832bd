//! Requests that are too much of something.

use crate::program::{Answer, Program, credentials};

const JSON: &str = "Content-Type: application/vnd.api+json\r\n";

fn document(payload: &str) -> String {
    format!(r#"{{"data":{{"type":"event","attributes":{{"name":"a","payload":{payload}}}}}}}"#)
}

#[test]
fn what_is_too_long_is_refused_by_the_service_s_own_document() {
    let program = Program::serving();
    let get = |query: &str, headers: &str| {
        program.send(
            &format!("GET /events{query}"),
            &(credentials() + headers),
            "",
        )
    };
    let post = |headers: &str, body: &str| {
        program.send("POST /events", &(credentials() + JSON + headers), body)
    };
    let check = |answer: Answer, status: u16, code: &str| {
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{answer:?}"
        );
        assert!(answer.body.len() < 25_000, "{} bytes", answer.body.len());
    };
    let long = |bytes: usize| "x".repeat(bytes);
    check(
        get(&format!("?filter[name]={}", long(256)), ""),
        400,
        "invalid_parameter",
    );
    check(
        get(&format!("?a={}", long(16_000)), ""),
        400,
        "unknown_parameter",
    );
    check(
        get(&format!("?a={}", long(16_400)), ""),
        414,
        "uri_too_long",
    );
    check(
        get(&format!("?{}", "a&b&".repeat(4000)), ""),
        400,
        "unknown_parameter",
    );
    check(
        get(
            &format!(
                "?{}",
                (0..2500).map(|n| format!("a{n}&")).collect::<String>()
            ),
            "",
        ),
        400,
        "unknown_parameter",
    );
    check(
        get(&format!("?filter{}=1", "[a]".repeat(5000)), ""),
        400,
        "unknown_parameter",
    );
    check(
        get("", &format!("A: {}\r\n", long(33_000))),
        431,
        "headers_too_large",
    );
    check(
        get("", &format!("A: {}\r\n", long(600)).repeat(60)),
        431,
        "headers_too_large",
    );
    check(
        post("", &document(&format!("\"{}\"", long(1 << 20)))),
        413,
        "content_too_large",
    );
    check(
        post("", &("[".repeat(200) + &"]".repeat(200))),
        400,
        "malformed_body",
    );
    check(post("", &"[".repeat(1 << 20)), 400, "malformed_body");
    check(post("", &"{\"a\":".repeat(100_000)), 400, "malformed_body");
    let name = long(500_000);
    check(
        post("", &format!("{{\"{name}\":1,\"{name}\":2}}")),
        400,
        "malformed_body",
    );
    check(
        post(
            "",
            &format!("{{\"data\":{{\"{name}\":{{\"a\":1,\"a\":2}}}}}}"),
        ),
        400,
        "malformed_body",
    );
    let many: String = (0..50_000).map(|n| format!("\"m{n}\":1,")).collect();
    check(
        post(
            "",
            &format!("{{\"data\":{{{many}\"type\":\"{}\"}}}}", long(100_000)),
        ),
        409,
        "invalid_body",
    );
    check(
        post(
            &format!("Idempotency-Key: {}\r\n", long(256)),
            &document("{}"),
        ),
        400,
        "invalid_parameter",
    );
    // Without credentials, too long is too long, too.
    check(
        program.send(&format!("GET /events?a={}", long(20_000)), "", ""),
        414,
        "uri_too_long",
    );

    // What hyper refuses by itself has no document.
    check(get(&format!("?a={}", long(70_000)), ""), 414, "");
    check(
        get(
            "",
            &(0..110).map(|n| format!("A{n}: b\r\n")).collect::<String>(),
        ),
        431,
        "",
    );
    check(get("", &format!("A: {}\r\n", long(500_000))), 431, "");

    check_still_serves(&program);
}

#[test]
fn what_is_large_within_bounds_is_taken() {
    let program = Program::serving();
    let post = |body: &str| {
        program
            .send("POST /events", &(credentials() + JSON), body)
            .status
    };
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(post(&document(&format!("{{\"a\":{}}}", nested(100)))), 201);
    let members: String = (0..60_000).map(|n| format!("\"m{n}\":{n},")).collect();
    assert_eq!(post(&document(&format!("{{{members}\"a\":1}}"))), 201);
    let digits = "9".repeat(300);
    assert_eq!(post(&document(&format!("{{\"a\":{digits}}}"))), 201);
    let items = "1,".repeat(400_000);
    assert_eq!(post(&document(&format!("{{\"a\":[{items}1]}}"))), 201);
    check_still_serves(&program);
}

#[test]
fn numbers_and_cursors_are_what_the_document_says_or_they_are_400() {
    let program = Program::serving();
    for number in 0..3 {
        let body = document(&number.to_string())
            .replace(&format!("\"payload\":{number}"), "\"payload\":{}");
        assert_eq!(
            program
                .send("POST /events", &(credentials() + JSON), &body)
                .status,
            201
        );
    }
    let status = |path: &str| {
        program
            .send(&format!("GET {path}"), &credentials(), "")
            .status
    };
    for size in ["1", "1000"] {
        assert_eq!(status(&format!("/events?page[size]={size}")), 200, "{size}");
    }
    for size in [
        "0",
        "-1",
        "1001",
        "1e3",
        "1.0",
        "%201",
        "1%20",
        "+1",
        "0x10",
        "",
        "2147483648",
        "4294967297",
        "9223372036854775808",
        "18446744073709551617",
        "999999999999999999999999999999",
        "NaN",
        "1%00",
        "%D9%A1",
    ] {
        assert_eq!(status(&format!("/events?page[size]={size}")), 400, "{size}");
    }
    for cursor in [
        "0".repeat(32),
        "f".repeat(32),
        "7".repeat(32),
        format!("8{}", "0".repeat(31)),
    ] {
        for name in ["after", "before"] {
            assert_eq!(
                status(&format!("/events?page[{name}]={cursor}")),
                200,
                "{name} {cursor}"
            );
        }
    }
    let cursors = [
        String::new(),
        "0".repeat(31),
        "0".repeat(33),
        "F".repeat(32),
        "g".repeat(32),
        format!("-{}", "0".repeat(31)),
        format!("{}%00", "0".repeat(31)),
        "%C3%A9".repeat(16),
        format!("{}%0A", "0".repeat(32)),
    ];
    for cursor in cursors {
        assert_eq!(
            status(&format!("/events?page[after]={cursor}")),
            400,
            "{cursor}"
        );
    }
    for id in ["-1", "0", "4", "9223372036854775807"] {
        assert!(
            matches!(status(&format!("/events/{id}")), 400 | 404),
            "{id}"
        );
    }
    for id in [
        "9223372036854775808",
        "18446744073709551617",
        "01",
        "1e0",
        "1.0",
        "%31%00",
        "1;DROP%20TABLE%20event",
        "1%27",
        "null",
        "%20",
        "1%20OR%201=1",
    ] {
        assert_eq!(status(&format!("/events/{id}")), 400, "{id}");
    }
    assert_eq!(status("/events/%31"), 200, "this is 1");
}

#[test]
fn a_filter_is_a_value_and_never_a_statement() {
    let program = Program::serving();
    assert_eq!(
        program
            .send("POST /events", &(credentials() + JSON), &document("{}"))
            .status,
        201
    );
    for name in [
        "'%20OR%201=1%20--",
        "a'%3B%20DROP%20TABLE%20event%3B--",
        "%25",
        "_",
        "a%00",
        "\\",
        "a%22%20OR%20%221%22=%221",
        "%F0%9F%92%A9",
    ] {
        let answer = program.send(
            &format!("GET /events?filter[name]={name}"),
            &credentials(),
            "",
        );
        if answer.status == 200 {
            assert!(answer.body.contains("\"data\":[]"), "{name}: {answer:?}");
        } else {
            assert_eq!(answer.status, 400, "{name}");
        }
    }
    check_still_serves(&program);
    assert_eq!(
        program.send("GET /events/1", &credentials(), "").status,
        200
    );
}

fn check_still_serves(program: &Program) {
    let answer = program.send("GET /events", &credentials(), "");
    assert_eq!(answer.status, 200, "{answer:?}");
}
