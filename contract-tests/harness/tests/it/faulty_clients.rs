//! Clients with one fault each, against a mock on a real port: each is told by the exact rule that it breaks, and a client
//! without a fault by none.

use std::sync::Arc;

use contract_harness::mock::{Mock, MockSettings, Served, serve};
use contract_harness::traffic::Side;
use contract_harness::{Contract, Traffic};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Shelf, version: '1' }
security: [{ key: [] }]
paths:
  /shelves/{shelf}/books:
    parameters:
      - { name: shelf, in: path, required: true, schema: { type: integer, minimum: 1 } }
    get:
      operationId: listBooks
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, maximum: 50 } }
        - { name: tags, in: query, explode: false, schema: { type: array, maxItems: 2, items: { enum: [old, new] } } }
        - { name: by, in: query, style: deepObject, schema: { type: object, required: [name], properties: { name: { type: string } } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, pattern: '^[a-f0-9]{4}$' } }
        - { name: theme, in: cookie, schema: { enum: [dark, light] } }
      responses: { '200': { description: Books } }
    post:
      operationId: addBook
      security: [{ key: [] }, { token: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [title]
              additionalProperties: false
              properties:
                title: { type: string, minLength: 1 }
                pages: { type: integer, minimum: 1 }
                id: { type: integer, readOnly: true }
                authors: { type: array, uniqueItems: true, items: { type: string } }
      responses: { '201': { description: Added } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
";

const LIST: &str = "#/paths/~1shelves~1{shelf}~1books/get";
const ADD: &str = "#/paths/~1shelves~1{shelf}~1books/post";
const BOOK: &str = "/requestBody/content/application~1json/schema";

const SOUND: [&str; 2] = ["X-Key: k", "X-Trace: 00ff"];
const JSON: [&str; 2] = ["X-Key: k", "Content-Type: application/json"];

/// A call, and the rules that it breaks.
struct Row {
    method: &'static str,
    target: &'static str,
    headers: Vec<&'static str>,
    body: &'static str,
    rules: Vec<String>,
}

fn get(target: &'static str, headers: &[&'static str], rules: &[&str]) -> Row {
    Row {
        method: "GET",
        target,
        headers: headers.to_vec(),
        body: "",
        rules: rules.iter().map(|rule| format!("{LIST}{rule}")).collect(),
    }
}

fn post(headers: &[&'static str], body: &'static str, rules: &[&str]) -> Row {
    Row {
        method: "POST",
        target: "/shelves/1/books",
        headers: headers.to_vec(),
        body,
        rules: rules.iter().map(|rule| format!("{ADD}{rule}")).collect(),
    }
}

fn rows() -> Vec<Row> {
    let with = |more: &'static str| [SOUND[0], SOUND[1], more];
    let shelf = "#/paths/~1shelves~1{shelf}~1books/parameters/0/schema/minimum";
    let (title, body) = (r#"{"title":"a"}"#, format!("{BOOK}/"));
    let book = |keyword: &str| format!("{body}{keyword}");
    vec![
        get("/shelves/1/books?limit=5", &SOUND, &[]),
        get(
            "/shelves/1/books?limit=5&tags=old,new&by[name]=x",
            &with("Cookie: a=b; theme=dark"),
            &[],
        ),
        get(
            "/shelves/1/books?limit=51",
            &SOUND,
            &["/parameters/0/schema/maximum"],
        ),
        get(
            "/shelves/1/books?limit=five",
            &SOUND,
            &["/parameters/0/schema/type"],
        ),
        get("/shelves/1/books", &SOUND, &["/parameters/0"]),
        get(
            "/shelves/1/books?limit=1&limit=2",
            &SOUND,
            &["/parameters/0"],
        ),
        get(
            "/shelves/1/books?limit=1&tags=odd",
            &SOUND,
            &["/parameters/1/schema/items/enum"],
        ),
        get(
            "/shelves/1/books?limit=1&tags=old,new,old",
            &SOUND,
            &["/parameters/1/schema/maxItems"],
        ),
        get(
            "/shelves/1/books?limit=1&by[nom]=x",
            &SOUND,
            &["/parameters/2/schema/required"],
        ),
        get(
            "/shelves/1/books?limit=1&color=red",
            &SOUND,
            &["/parameters"],
        ),
        get(
            "/shelves/1/books?limit=1",
            &["X-Key: k"],
            &["/parameters/3"],
        ),
        get(
            "/shelves/1/books?limit=1",
            &["X-Key: k", "X-Trace: xyz"],
            &["/parameters/3/schema/pattern"],
        ),
        get(
            "/shelves/1/books?limit=1",
            &with("Cookie: theme=blue"),
            &["/parameters/4/schema/enum"],
        ),
        Row {
            rules: vec![shelf.to_owned()],
            ..get("/shelves/0/books?limit=1", &SOUND, &[])
        },
        Row {
            rules: vec!["#/security".to_owned()],
            ..get("/shelves/1/books?limit=1", &SOUND[1..], &[])
        },
        Row {
            rules: vec!["#/paths".to_owned()],
            ..get("/shelf/1/books?limit=1", &SOUND, &[])
        },
        Row {
            method: "DELETE",
            rules: vec!["#/paths/~1shelves~1{shelf}~1books".to_owned()],
            ..get("/shelves/1/books?limit=1", &SOUND, &[])
        },
        post(&JSON, title, &[]),
        post(&["Authorization: Bearer t", JSON[1]], title, &[]),
        post(&JSON[1..], title, &["/security"]),
        post(&["Authorization: Basic t", JSON[1]], title, &["/security"]),
        post(&JSON[..1], "", &["/requestBody"]),
        post(
            &["X-Key: k", "Content-Type: text/plain"],
            "a",
            &["/requestBody/content"],
        ),
        post(&JSON, "{", &["/requestBody/content/application~1json"]),
        post(&JSON, "{}", &[&book("required")]),
        post(
            &JSON,
            r#"{"title":""}"#,
            &[&book("properties/title/minLength")],
        ),
        post(
            &JSON,
            r#"{"title":null}"#,
            &[&book("properties/title/type")],
        ),
        post(
            &JSON,
            r#"{"title":"a","pages":0}"#,
            &[&book("properties/pages/minimum")],
        ),
        post(
            &JSON,
            r#"{"title":"a","pages":1.5}"#,
            &[&book("properties/pages/type")],
        ),
        post(
            &JSON,
            r#"{"title":"a","more":1}"#,
            &[&book("additionalProperties")],
        ),
        // OpenAPI 3.0.3, "Schema Object": it should not be sent, which forbids nothing.
        post(&JSON, r#"{"title":"a","id":1}"#, &[]),
        post(
            &JSON,
            r#"{"title":"a","authors":["b","b"]}"#,
            &[&book("properties/authors/uniqueItems")],
        ),
    ]
}

#[tokio::test]
async fn each_fault_of_a_client_is_told_by_the_rule_that_it_breaks() {
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for row in rows() {
        let Row {
            method,
            target,
            headers,
            body,
            rules,
        } = row;
        let mock = Mock::new(
            &contract,
            MockSettings {
                seed: 1,
                ..MockSettings::default()
            },
        )
        .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let traffic = Traffic::new(&contract, &format!("http://{address}")).unwrap();
        let served = Arc::new(Served::new(mock, "", "/report", traffic));
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(serve(
            served.clone(),
            listener,
            async { drop(stopped.await) },
            |_| {},
        ));

        let mut stream = TcpStream::connect(address).await.unwrap();
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{lines}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        stop.send(()).unwrap();
        task.await.unwrap();

        let report = served.traffic().report();
        assert!(report.failures.iter().all(|f| f.side == Side::Client));
        let told: Vec<&str> = report
            .failures
            .iter()
            .map(|f| f.failure.expected.as_str())
            .collect();
        let is_refused = !answer.starts_with("HTTP/1.1 2");
        if told != rules || is_refused == rules.is_empty() {
            let first = answer.lines().next().unwrap_or_default();
            wrong.push(format!(
                "{method} {target} {headers:?} {body}: {told:?}, expected {rules:?}; {first}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
