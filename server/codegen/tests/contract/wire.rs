//! What HTTP and the styles of OpenAPI say of a generated server, and its document cannot: which of several types is sent,
//! what arrives of the parameters, and how paths, methods and credentials are read.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::channel;

use dropshot_runtime::Gateway;
use dropshot_runtime::dropshot::HttpServer;

use crate::service::{Pictures, operations, server};

pub const JSON: &str = "Content-Type: application/json";

/// A server that keeps one picture.
pub struct Wire(HttpServer<Gateway<Pictures>>);

impl Wire {
    pub fn new() -> Wire {
        let wire = Wire(server());
        wire.check(
            "POST /v1/pictures",
            &[JSON],
            r#"{"title":"a"}"#,
            201,
            &["/v1/pictures/1\r"],
        );
        wire
    }

    pub fn check(&self, line: &str, headers: &[&str], body: &str, status: u16, expected: &[&str]) {
        let length = format!("Content-Length: {}", body.len());
        let mut headers = headers.to_vec();
        if !body.is_empty() {
            headers.push(&length);
        }
        self.check_bytes(line, &headers, body.as_bytes(), status, expected);
    }

    /// The answer must have the status, and hold each of the texts. The connection ends with it, unless a header says
    /// otherwise.
    pub fn check_bytes(
        &self,
        line: &str,
        headers: &[&str],
        body: &[u8],
        status: u16,
        expected: &[&str],
    ) {
        let mut text = format!("{line} HTTP/1.1\r\nHost: gallery\r\n");
        if !headers
            .iter()
            .any(|header| header.starts_with("Connection:"))
        {
            text.push_str("Connection: close\r\n");
        }
        for header in headers {
            text.push_str(&format!("{header}\r\n"));
        }
        let mut stream = TcpStream::connect(self.0.local_addr()).unwrap();
        stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
        // Who is refused before the end may find the connection closed.
        drop(stream.write_all(body));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer);
        let shown = format!("{text}\n{answer}");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "expected {status}: {shown}"
        );
        for text in expected {
            assert!(answer.contains(text), "expected `{text}`: {shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_of_the_type_that_is_wanted_most() {
    let wire = Wire::new();
    for (accept, expected) in [
        ("*/*", "application/json\r"),
        ("application/hal+json", "application/hal+json\r"),
        (
            "application/json;q=0.1, application/hal+json;q=0.2",
            "application/hal+json\r",
        ),
        (
            "application/json;q=0.2, application/hal+json;q=0.2",
            "application/json\r",
        ),
        ("image/*;q=0.5, application/xml;q=0.4", "image/png\r"),
        ("image/*;q=0.4, application/xml;q=0.5", "application/xml\r"),
        (
            "application/*;q=0.9, application/json;q=0.1, application/hal+json;q=0",
            "application/xml\r",
        ),
        ("application/json;q=0, */*;q=0.1", "application/hal+json\r"),
        ("Application/XML ; Q=1", "application/xml\r"),
        (
            "image/png;q=0.1, application/json;q=0.5, image/png;q=0.9",
            "image/png\r",
        ),
        (
            "image/png;q=0.9, application/json;q=0.5, image/png;q=0.1",
            "image/png\r",
        ),
        (
            "application/json; version=2, application/xml",
            "application/xml\r",
        ),
        ("application/json; charset=utf-8", "application/json\r"),
        (
            "text/css; a=\"x, application/json, y\", image/png",
            "image/png\r",
        ),
        (
            "text/css; a=\"x\\\", application/json, y\", image/png",
            "image/png\r",
        ),
        ("text/css, image/*; level=1", "image/png\r"),
        (
            "application/json;q=5, image/png;q=NaN",
            "application/json\r",
        ),
    ] {
        let accept = format!("Accept: {accept}");
        let expected = format!("content-type: {expected}");
        wire.check(
            "GET /v1/pictures/1",
            &[&accept],
            "",
            200,
            &[&expected, "vary: Accept\r"],
        );
    }
    wire.check(
        "GET /v1/pictures/1",
        &[],
        "",
        200,
        &["content-type: application/json\r", "x-tags: a,b\r"],
    );
    wire.check(
        "GET /v1/pictures/1",
        &["Accept: text/css", "Accept: image/png"],
        "",
        200,
        &["image/png"],
    );
    wire.check(
        "GET /v1/pictures/special",
        &["Accept: text/plain"],
        "",
        200,
        &["text/plain; charset=utf-8\r"],
    );
    for accept in [
        "text/css",
        "application/json; version=2",
        "*/*;q=0",
        "json",
        "application/*;q=0",
    ] {
        wire.check(
            "GET /v1/pictures/1",
            &[&format!("Accept: {accept}")],
            "",
            406,
            &[],
        );
    }
    wire.check(
        "HEAD /v1/pictures/1",
        &["Accept: image/png"],
        "",
        200,
        &["content-length: 3\r"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_arrive_as_they_were_sent() {
    let wire = Wire::new();
    let path = "1.5/1,2/width,3,height,4/width=3,height=4/.5/.1.2/.width=3.height=4/;matrix=5/;matrices=1,2/;exploded=1;exploded=2/;width=3;height=4";
    let size = "Size { width: 3, height: Some(4) }";
    let expected = format!(
        "{{ plain: 1.5, list: [1, 2], row: {size}, pairs: {size}, label: 5, labels: [1, 2], labelled: {size}, matrix: 5, matrices: [1, 2], exploded: [1, 2], spread: {size} }}"
    );
    wire.check(&format!("GET /v1/paths/{path}"), &[], "", 200, &[&expected]);
    wire.check(
        "GET /v1/pictures/5/12t.jpg",
        &[],
        "",
        200,
        &["id: 5, page: 12, format: Jpg"],
    );
    let get = |query: &str, headers: &[&str], status, expected: &str| {
        wire.check(
            &format!("GET /v1/queries?{query}"),
            headers,
            "",
            status,
            &[expected],
        );
    };
    get(
        "",
        &[],
        200,
        "limit: 10, sort: Up, since: None, spaces: None",
    );
    get("limit=5&&sort=down", &[], 200, "limit: 5, sort: Down");
    get(
        "spaces=a%20b+c",
        &[],
        200,
        "spaces: Some([\"a\", \"b\", \"c\"])",
    );
    get(
        "spaces=%25+%c3%a9",
        &[],
        200,
        "spaces: Some([\"%\", \"\u{e9}\"])",
    );
    get("pipes=1|2%7C3", &[], 200, "pipes: Some([1, 2, 3])");
    get(
        "width=3&height=4",
        &[],
        200,
        "size: Some(Size { width: 3, height: Some(4) })",
    );
    get(
        "flat=width%2C3",
        &[],
        200,
        "flat: Some(Size { width: 3, height: None })",
    );
    get(
        "filter[word]=a%5Bb&filter%5Bfrom%5D=-3",
        &[],
        200,
        "word: Some(\"a[b\"), from: Some(-3)",
    );
    get(
        "filter[tags][]=a&filter[tags][]=b",
        &[],
        200,
        "tags: Some([\"a\", \"b\"])",
    );
    get("path=/a+b?c=d", &[], 200, "path: Some(\"/a+b?c=d\")");
    get(
        "where={%22width%22:3}",
        &[],
        200,
        "where_: Some(Size { width: 3, height: None })",
    );
    get("note=a+c", &[], 200, "note: Some(\"a c\")");
    get("either=true", &[], 200, "(true))");
    get(
        "",
        &["X-List: 1, 2", "X-List:  3 "],
        200,
        "x_list: Some([1, 2, 3])",
    );
    get(
        "",
        &["X-Pairs: width=3, height=4"],
        200,
        "x_pairs: Some(Size { width: 3, height: Some(4) })",
    );
    get("", &["Cookie: other=7; ids=1,2"], 200, "ids: Some([1, 2])");
    wire.check(
        "GET /v1/themes",
        &["Cookie: a=b; dark=true"],
        "",
        200,
        &["dark: Some(true)"],
    );
    wire.check("GET /v1/themes", &[], "", 200, &["dark: None"]);
    for (query, said) in [
        (
            "depth=4&depth=5&other=1",
            "`depth` is no parameter of this operation\n`other`",
        ),
        ("size=4", "`size` is no parameter"),
        ("filter=3", "`filter` is no parameter"),
        ("filter[word=3", "is no parameter"),
        ("filter[from][x]=3", "is an object"),
        ("note=%ff", "not UTF-8"),
        ("note=%+1", "not UTF-8"),
        ("limit=%2B5", "not an integer"),
        ("limit=05", "not an integer"),
        ("limit=%205", "not an integer"),
        ("limit=5%20", "not an integer"),
        ("limit=5.0", "not an integer"),
        ("limit=1&limit=2", "2 times"),
        ("where={", "`where`"),
        (
            "depth=1&limit=x",
            "`limit` is not an integer\n`depth` is no parameter",
        ),
        ("height=3", "`width` is missing"),
        ("flat=", "`width` is missing"),
        ("pipes=", "has 0 items"),
    ] {
        get(query, &[], 400, said);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_methods_and_credentials_are_the_documents() {
    let wire = Wire::new();
    for path in [
        "/",
        "/v1",
        "/v1/pictures/",
        "/v1//pictures",
        "/v1/pictures/1/",
        "/v1/Pictures/1",
        "/pictures/1",
        "/v1/pictures/5/12.jpg",
        "/v1/pictures/5/t.jpg",
        "/v1/pictures/5/12t.",
    ] {
        let said = ["there is nothing at this path"];
        wire.check(&format!("GET {path}"), &[], "", 404, &said);
    }
    wire.check("GET /v1/left-out", &[], "", 501, &[]);
    // Of two templates that fit, the one with more letters of its own.
    wire.check(
        "GET /v1/pictures/5/v3t.txt",
        &[],
        "",
        400,
        &["`version` is not an integer"],
    );
    wire.check("GET /v1/pictures/%31", &[], "", 200, &["\"title\":\"a\""]);
    wire.check(
        "GET /v1/p%69ctures/special",
        &[],
        "",
        200,
        &["the special one"],
    );
    wire.check(
        "DELETE /v1/pictures/special",
        &[],
        "",
        405,
        &["allow: GET, HEAD\r"],
    );
    wire.check(
        "PATCH /v1/pictures/1",
        &[],
        "",
        405,
        &["allow: GET, PUT, DELETE, HEAD\r"],
    );
    wire.check("GET /v1/pictures", &[], "", 405, &["allow: POST\r"]);
    let challenges = [
        "www-authenticate: Bearer\r",
        "www-authenticate: Basic realm=\"api\", charset=\"UTF-8\"\r",
        "www-authenticate: ApiKey in=\"header\", name=\"X-Key\"\r",
    ];
    wire.check("GET /v1/members/either", &[], "", 401, &challenges);
    let either = |headers: &[&str], expected: &str| {
        wire.check("GET /v1/members/either", headers, "", 200, &[expected]);
    };
    either(&["Authorization: bearer  the-token"], "\r\n\r\ntoken");
    either(
        &["Authorization: BASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ=="],
        "\r\n\r\nlogin",
    );
    either(
        &["Authorization: Bearer wrong", "X-Key: the-header-key"],
        "\r\n\r\nheaderKey",
    );
    let twice = ["X-Key: the-header-key", "X-Key: the-header-key"];
    wire.check("GET /v1/members/either", &twice, "", 401, &[]);
    let both = |query: &str, cookie: &str, status| {
        wire.check(
            &format!("GET /v1/members/both?{query}"),
            &[cookie],
            "",
            status,
            &[],
        );
    };
    both(
        "limit=1&key=the+query%26key",
        "Cookie: a=1; key=the-cookie-key",
        200,
    );
    both(
        "key=the+query%26key&key=the+query%26key",
        "Cookie: key=the-cookie-key",
        401,
    );
    both(
        "key=the+query%26key",
        "Cookie: key=the-cookie-key; key=the-cookie-key",
        401,
    );
    both("key=the+query%26key", "Cookie: a=the-cookie-key", 401);
    both(
        "key=the+query%26key&depth=2",
        "Cookie: key=the-cookie-key",
        400,
    );
    // What is a parameter of its own, or a credential, is none of the others.
    wire.check(
        "GET /v1/members/both?limit=1&key=the+query%26key",
        &["Cookie: key=the-cookie-key; width=3"],
        "",
        200,
        &["limit: Some(1), crumbs: Some({\"width\": 3})"],
    );
    let others = ["others: Some({\"depth\": 2})"];
    wire.check("GET /v1/members/maybe?depth=2", &[], "", 200, &others);
    wire.check("GET /v1/members/maybe?depth=x", &[], "", 400, &["`depth`"]);
    wire.check("GET /v1/members/maybe", &[], "", 200, &["others: None"]);
    wire.check(
        "GET /v1/members/maybe",
        &["Authorization: Bearer the-token"],
        "",
        200,
        &["\r\n\r\ntoken"],
    );
}

/// What a program that does nothing but serve is told: where it listens, or why it does not.
fn served(address: SocketAddr) -> Result<SocketAddr, String> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let listening = |address| drop(tell.send(Ok(address)));
        let ended = dropshot_runtime::serve(Pictures::default(), operations(), address, listening);
        drop(tell.send(Err(ended.unwrap_err().to_string())));
    });
    told.recv().unwrap()
}

#[test]
fn a_program_that_does_nothing_else_serves_at_the_address_that_it_gives() {
    let address = served(([127, 0, 0, 1], 0).into()).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = "GET /v1/pictures/special HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("the special one"), "{answer}");
    // The address is taken now.
    assert!(served(address).is_err());
}
