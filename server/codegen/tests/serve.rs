//! The generated server of `things/document.yaml`, on a real port: every refusal, and what gets through.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use dropshot_runtime::{Call, Cause, Credential, Denial, Refusal, Rejection, Service};
use http::StatusCode;

mod api {
    include!("things/server.rs");
}

use api::types::{Problem, Thing};
use api::{
    CreateThingRequest, CreateThingResponse, DeleteThingRequest, DeleteThingResponse,
    GetThingRequest, GetThingResponse, ListThingsRequest, ListThingsResponse, ThingService,
};

struct Things;

impl Service for Things {
    type Caller = String;
    const MAX_BODY_BYTES: usize = 200;

    async fn authenticate(
        &self,
        credentials: &[Credential],
        scopes: &[&str],
    ) -> Result<String, Denial> {
        if credentials.iter().any(|c| !c.value.starts_with("good")) {
            return Err(Denial::Credentials);
        }
        if !scopes.is_empty() && credentials.iter().all(|c| c.value != "good-writer") {
            return Err(Denial::Scopes(
                scopes.iter().map(|s| (*s).to_owned()).collect(),
            ));
        }
        Ok(credentials
            .iter()
            .map(|c| c.scheme)
            .collect::<Vec<_>>()
            .join("+"))
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        let status = match rejection.cause {
            Cause::UnknownPath => 404,
            Cause::UnknownMethod(_) => 405,
            Cause::NotImplemented => 501,
            Cause::UriTooLong(_) => 414,
            Cause::HeadersTooLarge(_) => 431,
            Cause::Credentials(_) => 401,
            Cause::Scopes(_) => 403,
            Cause::Accept(_) => 406,
            Cause::Host | Cause::Path | Cause::Query | Cause::Header | Cause::Syntax => 400,
            Cause::ContentType(_) | Cause::ContentEncoding => 415,
            Cause::Size(_) => 413,
            Cause::Body => 422,
            Cause::Slow(_) => 408,
            Cause::Unavailable(_) | Cause::Overloaded | Cause::Stopping => 503,
            Cause::Fault => 500,
        };
        let faults: Vec<String> = rejection
            .violations
            .iter()
            .map(|v| format!("{v} ({})", v.keyword))
            .collect();
        Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            headers: Vec::new(),
            content_type: "application/json",
            body: serde_json::to_vec(
                &serde_json::json!({ "message": "refused", "faults": faults }),
            )
            .unwrap(),
        }
    }
}

impl ThingService for Things {
    async fn list_things(
        &self,
        call: Call<String>,
        request: ListThingsRequest,
    ) -> ListThingsResponse {
        let name = format!("{} {:?}", call.caller, request);
        let thing = Thing {
            id: 1,
            name,
            size: None,
            kind: None,
        };
        ListThingsResponse::Ok {
            x_total: 1,
            body: vec![thing],
        }
    }

    async fn create_thing(
        &self,
        _: Call<String>,
        request: CreateThingRequest,
    ) -> CreateThingResponse {
        let size = request.body.size;
        if request.body.name == "panic" {
            panic!("as asked");
        }
        if request.body.name == "teapot" {
            let body = Problem {
                message: "teapot".to_owned(),
                faults: None,
            };
            return CreateThingResponse::Default {
                status: StatusCode::IM_A_TEAPOT,
                body,
            };
        }
        let location = if request.body.name == "broken" {
            "a\nb".to_owned()
        } else {
            "/things/7".to_owned()
        };
        CreateThingResponse::Created {
            location,
            body: Thing {
                id: 7,
                name: request.body.name,
                size,
                kind: None,
            },
        }
    }

    async fn get_thing(&self, _: Call<String>, request: GetThingRequest) -> GetThingResponse {
        if request.id == 404 {
            return GetThingResponse::NotFound {
                body: Problem {
                    message: "no such thing".to_owned(),
                    faults: None,
                },
            };
        }
        GetThingResponse::Ok {
            body: Thing {
                id: request.id,
                name: "thing".to_owned(),
                size: None,
                kind: None,
            },
        }
    }

    async fn delete_thing(&self, _: Call<String>, _: DeleteThingRequest) -> DeleteThingResponse {
        DeleteThingResponse::NoContent
    }
}

struct Server {
    address: SocketAddr,
    _server: dropshot_runtime::dropshot::HttpServer<dropshot_runtime::Gateway<Things>>,
}

fn server() -> Server {
    let config = dropshot_runtime::dropshot::ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let log = dropshot_runtime::slog::Logger::root(
        dropshot_runtime::slog::Discard,
        dropshot_runtime::slog::o!(),
    );
    let server = dropshot_runtime::start(Arc::new(Things), api::api(), config, &log).unwrap();
    Server {
        address: server.local_addr(),
        _server: server,
    }
}

impl Server {
    /// Sends a request line with headers and a body, and gives the whole answer as text.
    fn send(&self, line: &str, headers: &[&str], body: &str) -> String {
        let mut text = format!("{line} HTTP/1.1\r\nHost: things\r\nConnection: close\r\n");
        for header in headers {
            text.push_str(header);
            text.push_str("\r\n");
        }
        if !body.is_empty() {
            text.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .write_all(format!("{text}\r\n{body}").as_bytes())
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// The answer must have the status, and hold each of the texts.
    fn check(&self, line: &str, headers: &[&str], body: &str, status: u16, expected: &[&str]) {
        let answer = self.send(line, headers, body);
        let shown = format!("{line} {headers:?} {body}\n{answer}");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "expected {status} to {shown}"
        );
        for text in expected {
            assert!(
                answer.contains(text),
                "expected `{text}` in the answer to {shown}"
            );
        }
    }
}

const TOKEN: &str = "Authorization: Bearer good";
const WRITER: &str = "Authorization: Bearer good-writer";
const KEY: &str = "X-Key: good";
const JSON: &str = "Content-Type: application/vnd.things+json";

#[tokio::test(flavor = "multi_thread")]
async fn paths_and_methods_are_the_documents() {
    let server = server();
    server.check(
        "GET /things/5",
        &[],
        "",
        200,
        &["\"id\":5", "content-type: application/vnd.things+json"],
    );
    server.check("GET /things/-5", &[], "", 200, &["\"id\":-5"]);
    server.check("GET /things/%35", &[], "", 200, &["\"id\":5"]);
    server.check("GET /things/404", &[], "", 404, &["no such thing"]);
    server.check("DELETE /things/5", &[], "", 204, &[]);
    for unknown in [
        "/",
        "/thing",
        "/things/5/",
        "//things/5",
        "/things//5",
        "/things/5/6",
        "/things/",
    ] {
        server.check(
            &format!("GET {unknown}"),
            &[],
            "",
            404,
            &["\"message\":\"refused\""],
        );
    }
    server.check(
        "DELETE /things/",
        &[],
        "",
        404,
        &["\"message\":\"refused\""],
    );
    server.check(
        "PUT /things/5",
        &[],
        "",
        405,
        &["allow: GET, DELETE, HEAD", "\"message\":\"refused\""],
    );
    server.check("OPTIONS /things", &[], "", 405, &["allow: GET, POST, HEAD"]);
    let found = server.send("GET /things/5", &[], "");
    assert!(found.contains("vary: Accept"), "{found}");
    let head = server.send("HEAD /things/5", &[], "");
    assert!(
        head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(head.contains("content-length: "), "{head}");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_come_before_everything_else() {
    let server = server();
    let create = |headers: &[&str], status, expected: &[&str]| {
        server.check(
            "POST /things?colour=red",
            headers,
            "no json",
            status,
            expected,
        );
    };
    create(
        &[],
        401,
        &[
            "www-authenticate: Bearer",
            "www-authenticate: ApiKey in=\"header\", name=\"X-Key\"",
        ],
    );
    create(&[WRITER], 401, &[]);
    create(&[KEY], 401, &[]);
    create(&[WRITER, "X-Key: bad"], 401, &[]);
    create(&["Authorization: Basic good-writer", KEY], 401, &[]);
    create(&[WRITER, WRITER, KEY], 401, &[]);
    create(&[WRITER, KEY, KEY], 401, &[]);
    create(&[TOKEN, KEY], 403, &[]);
    create(
        &[WRITER, KEY],
        400,
        &["`colour` is no parameter of this operation (unknown)"],
    );
    create(&["authorization: bearer   good-writer", KEY], 400, &[]);
    // An alternative is enough where the document says so.
    server.check("GET /things", &[TOKEN], "", 200, &["\"name\":\"token "]);
    server.check("GET /things", &[KEY], "", 200, &["\"name\":\"key "]);
    server.check(
        "GET /things",
        &["Authorization: Bearer bad", KEY],
        "",
        200,
        &["\"name\":\"key "],
    );
    server.check("GET /things", &[], "", 401, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_keep_their_rules() {
    let server = server();
    let list = |query: &str, status, expected: &[&str]| {
        server.check(
            &format!("GET /things?{query}"),
            &[TOKEN],
            "",
            status,
            expected,
        );
    };
    list(
        "limit=5&exact=true",
        200,
        &["limit: 5", "exact: Some(true)", "x-total: 1"],
    );
    list(
        "filter%5Bname%5D=a+b%26",
        200,
        &["filter_name: Some(\\\"a b&\\\")"],
    );
    list("tag=a&tag=b", 200, &["tag: Some([\\\"a\\\", \\\"b\\\"])"]);
    list("fields=name,size", 200, &["fields: Some([Name, Size])"]);
    list("fields=name%2Csize", 200, &["fields: Some([Name, Size])"]);
    list("fields=name,%20size", 400, &["`fields`", "(enum)"]);
    list("fields=name%2Ccolour", 400, &["`fields`", "(enum)"]);
    list("fields=", 200, &["fields: Some([])"]);
    list("tag=a&tag=b&tag=c", 400, &["`tag`", "(maxItems)"]);
    list(
        "fields=name&fields=size",
        400,
        &["`fields` stands 2 times", "(repeated)"],
    );
    list("limit=0", 400, &["`limit`", "(minimum)"]);
    list("limit=101", 400, &["(maximum)"]);
    list("limit=five", 400, &["`limit` is not an integer (type)"]);
    list("limit=99999999999999999999", 400, &["`limit`"]);
    list("limit=1&limit=2", 400, &["(repeated)"]);
    list(
        "exact=yes&limit=0&x=1&x=2",
        400,
        &[
            "(type)",
            "(minimum)",
            "`x` is no parameter of this operation (unknown)",
        ],
    );
    list("filter[name]=", 400, &["(minLength)"]);
    list("filter[name]=%ff", 400, &["(encoding)"]);
    server.check(
        "GET /things/5.0",
        &[],
        "",
        400,
        &["`id` is not an integer (type)"],
    );
    server.check("GET /things/+5", &[], "", 400, &["(type)"]);
    server.check("GET /things/005", &[], "", 400, &["(type)"]);
    server.check(
        "GET /things/9223372036854775808",
        &[],
        "",
        400,
        &["`id`", "(format)"],
    );
    server.check(
        "GET /things",
        &[TOKEN, "Cookie: a=1; session=abc"],
        "",
        200,
        &["session: Some(\\\"abc\\\")"],
    );
    server.check(
        "GET /things",
        &[TOKEN, "Cookie: session=ABC"],
        "",
        400,
        &["`session`", "(pattern)"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_keep_their_rules() {
    let server = server();
    let create = |headers: &[&str], body: &str, status, expected: &[&str]| {
        let headers: Vec<&str> = [WRITER, KEY]
            .into_iter()
            .chain(headers.iter().copied())
            .collect();
        server.check("POST /things", &headers, body, status, expected);
    };
    create(
        &[JSON],
        r#"{"name": "a", "size": 0.5}"#,
        201,
        &["location: /things/7", r#"{"id":7,"name":"a","size":0.5}"#],
    );
    create(
        &[JSON],
        r#"{"name": "a", "size": null}"#,
        201,
        &[r#"{"id":7,"name":"a","size":null}"#],
    );
    create(
        &[JSON],
        r#"{"name": "a"}"#,
        201,
        &[r#"{"id":7,"name":"a"}"#],
    );
    create(
        &[JSON],
        r#"{"name": "a", "madeAt": "2020-01-01t00:00:00.5+01:00"}"#,
        201,
        &[],
    );
    create(
        &["Content-Type: application/json"],
        r#"{"name": "a"}"#,
        415,
        &[],
    );
    create(&[], r#"{"name": "a"}"#, 415, &[]);
    create(&[], "", 400, &["the body is missing (syntax)"]);
    create(
        &[JSON, "Content-Type: text/plain"],
        r#"{"name": "a"}"#,
        415,
        &[],
    );
    for encoded in [
        "gzip",
        "identity, gzip",
        "GZIP",
        "br,identity",
        "deflate",
        "aws-chunked",
    ] {
        let header = format!("Content-Encoding: {encoded}");
        let told = ["accept-encoding: identity", "\"message\":\"refused\""];
        create(&[JSON, &header], r#"{"name": "a"}"#, 415, &told);
        create(
            &[JSON, "Content-Encoding: identity", &header],
            "\u{1f}",
            415,
            &told,
        );
        create(&[&header], "", 400, &["the body is missing (syntax)"]);
    }
    for plain in ["identity", "Identity , identity", "", " , "] {
        let header = format!("Content-Encoding: {plain}");
        create(&[JSON, &header], r#"{"name": "a"}"#, 201, &[]);
    }
    create(&[JSON], "{\"name\": ", 400, &["(syntax)"]);
    create(&[JSON], r#"{"name": "a"} x"#, 400, &["(syntax)"]);
    create(&[JSON], r#"{"name": "a", "name": "b"}"#, 400, &["(syntax)"]);
    create(&[JSON], "[]", 422, &["(type)"]);
    create(&[JSON], "{}", 422, &["(required)"]);
    create(
        &[JSON],
        r#"{"name": "", "size": 0, "x": 1}"#,
        422,
        &[
            "/name",
            "(minLength)",
            "/size",
            "(exclusiveMinimum)",
            "/x",
            "(additionalProperties)",
        ],
    );
    create(&[JSON], r#"{"name": null}"#, 422, &["/name", "(type)"]);
    create(
        &[JSON],
        r#"{"name": "a", "parts": [{"name": "b"}, {"name": "b"}]}"#,
        422,
        &["/parts", "(uniqueItems)"],
    );
    create(
        &[JSON],
        r#"{"name": "a", "parts": [{"name": "12345678901"}]}"#,
        422,
        &["/parts/0/name", "(maxLength)"],
    );
    create(
        &[JSON],
        r#"{"name": "a", "madeAt": "2020-01-01 00:00:00Z"}"#,
        422,
        &["/madeAt", "(format)"],
    );
    create(
        &[JSON],
        &format!("{{\"name\": \"{}\"}}", "a".repeat(300)),
        413,
        &["connection: close"],
    );
    create(
        &[JSON, "Idempotency-Key: 123456"],
        r#"{"name": "a"}"#,
        400,
        &["`Idempotency-Key`", "(maxLength)"],
    );
    create(&[JSON, "Accept: text/html"], "not read", 406, &[]);
    create(
        &[JSON, "Accept: application/*"],
        r#"{"name": "a"}"#,
        201,
        &[],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_in_a_handler_is_answered() {
    let server = server();
    let create = |name: &str, status, expected: &[&str]| {
        server.check(
            "POST /things",
            &[WRITER, KEY, JSON],
            &format!("{{\"name\": \"{name}\"}}"),
            status,
            expected,
        );
    };
    create("teapot", 418, &["{\"message\":\"teapot\"}"]);
    create("panic", 500, &["\"message\":\"refused\"", "x-request-id: "]);
    create("broken", 500, &["\"message\":\"refused\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_the_document_does_not_declare_is_plain() {
    let server = server();
    // `deleteThing` declares 204 only, `listThings` every 4XX.
    server.check(
        "DELETE /things/x",
        &[],
        "",
        400,
        &["content-type: text/plain", "\r\n400 Bad Request\n"],
    );
    server.check(
        "GET /things?limit=x",
        &[TOKEN],
        "",
        400,
        &["content-type: application/json"],
    );
}

#[test]
fn dropshot_emits_the_document_that_the_server_was_made_from() {
    let definition = api::api::<Things>().description().unwrap();
    let emitted = definition
        .openapi("Thing service", "1.0.0".parse().unwrap())
        .json()
        .unwrap();
    let source = openapi_model::parse(include_str!("things/document.yaml")).unwrap();
    let comparison = dropshot_codegen::compare(&source, &emitted);
    assert_eq!(comparison.unexpected, []);
    assert_eq!(comparison.operations, 4);
}
