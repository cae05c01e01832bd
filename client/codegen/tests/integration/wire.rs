//! What arrives at a server, and what the caller gets of its answers.

use reqwest::StatusCode;
use schema_check::serde_json::{Value, json};

use crate::recorder::{Answer, Recorded, Recorder};
use crate::things::{self, Arguments, CallError, Client, Credentials, Error, types};

const JSON_API: (&str, &str) = ("content-type", "application/vnd.api+json");
const THING: Answer = Answer {
    status: 200,
    headers: Vec::new(),
    body: r#"{"id":9007199254740993,"name":"a"}"#,
};

fn answer(status: u16, body: &'static str) -> Answer {
    Answer {
        status,
        headers: vec![JSON_API, ("x-trace", "7")],
        body,
    }
}

fn credentials() -> Credentials {
    Credentials {
        bearer: Some("caller".into()),
        service: Some("caller's service".into()),
        key: None,
    }
}

async fn start(status: u16, body: &'static str) -> (Recorder, Client) {
    let recorder = Recorder::start(answer(status, body)).await;
    let client = Client::new(&recorder.url, credentials()).unwrap();
    (recorder, client)
}

fn new_thing() -> types::NewThing {
    types::NewThing {
        name: "é".to_owned(),
        note: None,
        size: None,
    }
}

/// Those headers, and the one that tells who sends them.
fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let agent = (
        "user-agent",
        concat!("progenitor-codegen/", env!("CARGO_PKG_VERSION")),
    );
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut pairs: Vec<_> = headers.iter().chain([&agent]).map(pair).collect();
    pairs.sort();
    pairs
}

#[tokio::test]
async fn a_request_is_what_the_document_says_and_nothing_else() {
    let (recorder, client) = start(201, THING.body).await;
    let call = client.create_thing().idempotency_key("a, b").weight(0.5);
    let created = call.body(new_thing()).send().await.unwrap();
    assert_eq!(created.id, 9_007_199_254_740_993);
    assert_eq!(
        recorder.only(),
        Recorded {
            method: "POST".to_owned(),
            target: "/things?weight=0.5".to_owned(),
            headers: pairs(&[
                ("accept", "application/vnd.api+json"),
                ("authorization", "Bearer caller"),
                ("content-type", "application/vnd.api+json"),
                ("idempotency-key", "a, b"),
                ("x-service", "caller's service"),
            ]),
            body: r#"{"name":"é"}"#.to_owned(),
        }
    );
}

#[tokio::test]
async fn parameters_are_written_in_their_styles() {
    let (recorder, client) = start(200, "[]").await;
    let since = schema_check::chrono::DateTime::parse_from_rfc3339("2026-01-01T00:00:00+01:00");
    client
        .list_things()
        .filter_name("a&b+c")
        .tag(vec!["x y".to_owned(), "a,b".to_owned()])
        .sort(vec![
            types::ListThingsSortItem::MinusName,
            types::ListThingsSortItem::Name,
        ])
        .limit(7)
        .since(since.unwrap())
        .theme("dark;")
        .send()
        .await
        .unwrap();
    let recorded = recorder.only();
    assert_eq!(
        recorded.target,
        "/things?filter%5Bname%5D=a%26b%2Bc&tag=x%20y&tag=a%2Cb&sort=-name,name&limit=7&since=2026-01-01T00%3A00%3A00%2B01%3A00"
    );
    assert!(
        recorded
            .headers
            .contains(&pairs(&[("cookie", "theme=dark%3B")])[0])
    );
}

#[tokio::test]
async fn what_a_path_holds_stays_in_its_segment() {
    for (part, target) in [
        ("a/b", "/things/-1/parts/a%2Fb"),
        ("../x", "/things/-1/parts/..%2Fx"),
        ("a\\b?c#d", "/things/-1/parts/a%5Cb%3Fc%23d"),
        ("100% é", "/things/-1/parts/100%25%20%C3%A9"),
        ("{id}", "/things/-1/parts/%7Bid%7D"),
    ] {
        let (recorder, client) = start(200, THING.body).await;
        client.get_part().id(-1).part(part).send().await.unwrap();
        assert_eq!(recorder.only().target, target);
    }
    for part in ["..", ".", ""] {
        let (recorder, client) = start(200, THING.body).await;
        let refused = client.get_part().id(1).part(part).send().await;
        assert!(matches!(refused, Err(Error::InvalidRequest(_))), "{part}");
        assert_eq!(recorder.recorded(), []);
    }
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_is_not_sent() {
    let (recorder, client) = start(201, THING.body).await;
    let too_long = types::NewThing {
        name: "abcdef".to_owned(),
        size: Some(-1),
        ..new_thing()
    };
    let refused = client
        .create_thing()
        .idempotency_key("")
        .weight(2.0)
        .body(too_long);
    let Err(Error::InvalidRequest(message)) = refused.send().await else {
        panic!("it was sent");
    };
    let faults: Vec<&str> = message.split("; ").collect();
    assert_eq!(
        faults,
        [
            "the header `Idempotency-Key`: is 0 characters long, at least 1 is needed",
            "the query parameter `weight`: is 2.0, at most 1.5 is allowed",
            "the body at /name: is 6 characters long, at most 5 are allowed",
            "the body at /size: is -1, at least 0 is allowed",
        ]
    );
    let refused = client
        .list_things()
        .tag(vec!["a".to_owned(); 3])
        .send()
        .await;
    assert!(matches!(refused, Err(Error::InvalidRequest(_))));
    let refused = client.get_part().id(1).send().await;
    let Err(Error::InvalidRequest(message)) = refused else {
        panic!("it was sent");
    };
    assert_eq!(message, "part was not initialized");
    assert_eq!(recorder.recorded(), []);
}

#[tokio::test]
async fn credentials_are_those_of_an_alternative_or_nothing_is_sent() {
    let recorder = Recorder::start(answer(200, "[]")).await;
    let call = async |credentials| {
        let client = Client::new(&recorder.url, credentials).unwrap();
        client.list_things().send().await.map(|_| ())
    };
    let half = Credentials {
        service: None,
        ..credentials()
    };
    let Err(Error::InvalidRequest(message)) = call(half.clone()).await else {
        panic!("it was sent");
    };
    assert_eq!(
        message,
        "the credentials: this operation needs `bearer` and `service`, or `key`"
    );
    let other = Credentials {
        key: Some("k&".into()),
        ..half
    };
    call(other).await.unwrap();
    let recorded = recorder.only();
    assert_eq!(recorded.target, "/things?key=k%26");
    assert_eq!(
        recorded.headers,
        pairs(&[("accept", "application/vnd.api+json")])
    );
}

#[tokio::test]
async fn credentials_are_not_shown() {
    let client = Client::new("http://127.0.0.1:1", credentials()).unwrap();
    assert!(!format!("{client:?}").contains("caller"));
    let mut by_name = Credentials::default();
    assert!(by_name.set("bearer", "x".into()));
    assert!(!by_name.set("other", "x".into()));
    assert_eq!(by_name.get("bearer").unwrap().reveal(), "x");
}

#[tokio::test]
async fn null_is_told_from_absent_in_both_directions() {
    for (note, sent, received) in [
        (None, r#"{"name":"é"}"#, r#"{"id":1,"name":"a"}"#),
        (
            Some(None),
            r#"{"name":"é","note":null}"#,
            r#"{"id":1,"name":"a","note":null}"#,
        ),
        (
            Some(Some("x".to_owned())),
            r#"{"name":"é","note":"x"}"#,
            r#"{"id":1,"name":"a","note":"x"}"#,
        ),
    ] {
        let (recorder, client) = start(201, received).await;
        let thing = types::NewThing {
            note: note.clone(),
            ..new_thing()
        };
        let created = client.create_thing().body(thing).send().await.unwrap();
        assert_eq!(recorder.only().body, sent);
        assert_eq!(created.note, note);
    }
}

#[tokio::test]
async fn an_error_has_a_type() {
    for status in [400, 500, 503] {
        let (_recorder, client) = start(status, r#"{"errors":["no"]}"#).await;
        let refused = client.create_thing().body(new_thing()).send().await;
        let Err(Error::ErrorResponse(error)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(error.status().as_u16(), status);
        assert_eq!(error.headers()["x-trace"], "7");
        assert_eq!(error.into_inner().errors, ["no"]);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_the_document_is_an_error() {
    let check = async |answer: Answer, expected: &str| {
        let recorder = Recorder::start(answer).await;
        let client = Client::new(&recorder.url, credentials()).unwrap();
        let result = client.create_thing().body(new_thing()).send().await;
        let Err(Error::InvalidResponsePayload(_, error)) = result else {
            panic!("{result:?}");
        };
        assert_eq!(error.to_string(), expected);
    };
    check(
        Answer {
            headers: vec![("content-type", "text/html")],
            ..answer(201, "<p>")
        },
        "createThing answered 201 Created: the body is of `text/html`, not of `application/vnd.api+json`",
    )
    .await;
    check(
        answer(201, r#"{"id":1,"name":"abcdef"}"#),
        "createThing answered 201 Created: the body at /name: is 6 characters long, at most 5 are allowed",
    )
    .await;
    check(
        answer(400, r#"{"errors":[]}"#),
        "createThing answered 400 Bad Request: the body at /errors: has 0 items, at least 1 is needed",
    )
    .await;
    check(
        answer(201, r#"{"id":1,"id":2,"name":"a"}"#),
        "createThing answered 201 Created: the body is not JSON: line 1, column 12: the object has another member of that name: /id",
    )
    .await;
}

#[tokio::test]
async fn an_answer_that_is_not_declared_is_unexpected_and_whole() {
    for status in [200, 302, 404] {
        let (_recorder, client) = start(status, THING.body).await;
        let result = client.create_thing().body(new_thing()).send().await;
        let Err(Error::UnexpectedResponse(response)) = result else {
            panic!("{result:?}");
        };
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.url().path(), "/things");
        assert_eq!(response.headers()["x-trace"], "7");
        assert_eq!(response.text().await.unwrap(), THING.body);
    }
}

#[tokio::test]
async fn a_success_that_only_default_describes_is_unexpected() {
    let body = r#"{"errors":["later"]}"#;
    let (_recorder, client) = start(202, body).await;
    let result = client.list_things().send().await;
    let Err(Error::UnexpectedResponse(response)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(response.text().await.unwrap(), body);
    let reply = things::call(&client, "listThings", Arguments::default()).await;
    let reply = reply.unwrap();
    assert_eq!(reply.body, Some(json!({ "errors": ["later"] })));
}

#[tokio::test]
async fn redirections_are_not_followed() {
    let moved = Answer {
        headers: vec![("location", "/elsewhere")],
        ..answer(307, "")
    };
    let recorder = Recorder::start(moved).await;
    let client = Client::new(&recorder.url, credentials()).unwrap();
    let result = client.list_things().send().await;
    // `default` declares it, and progenitor has no type for it.
    assert!(
        matches!(result, Err(Error::InvalidResponsePayload(..))),
        "{result:?}"
    );
    assert_eq!(recorder.recorded().len(), 1);
}

#[tokio::test]
async fn a_body_that_need_not_be_there_is_sent_when_it_is_given() {
    for (body, sent) in [(None, ""), (Some(None), "null"), (Some(Some(5)), "5")] {
        let (recorder, client) = start(204, "").await;
        let mut call = client.poke_thing().id(1);
        if let Some(body) = body {
            call = call.body(body);
        }
        call.send().await.unwrap();
        let recorded = recorder.only();
        assert_eq!(
            (recorded.method.as_str(), recorded.body.as_str()),
            ("PUT", sent)
        );
        let accept = ("accept", "*/*");
        let types = pairs(&[accept, ("content-type", "application/json")]);
        assert_eq!(
            recorded.headers,
            if body.is_some() {
                types
            } else {
                pairs(&[accept])
            }
        );
    }
}

fn arguments(parameters: Value, body: Option<Value>) -> Arguments {
    let Value::Object(parameters) = parameters else {
        panic!("parameters have names");
    };
    Arguments {
        parameters,
        body,
        content_type: None,
    }
}

#[tokio::test]
async fn a_call_by_name_is_the_typed_call() {
    let (recorder, client) = start(201, r#"{"id":1,"name":"a","note":null,"other":2}"#).await;
    let given = arguments(
        json!({ "Idempotency-Key": "k" }),
        Some(json!({ "name": "a", "note": null })),
    );
    let reply = things::call(&client, "createThing", given).await.unwrap();
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.headers["x-trace"], "7");
    // What the type does not know is not in the reply: it shows what the typed client has.
    assert_eq!(
        reply.body,
        Some(json!({ "id": 1, "name": "a", "note": null }))
    );
    let recorded = recorder.only();
    assert_eq!(recorded.body, r#"{"name":"a","note":null}"#);
    assert!(
        recorded
            .headers
            .contains(&pairs(&[("idempotency-key", "k")])[0])
    );
}

#[tokio::test]
async fn a_call_by_name_gives_errors_and_redirections_back() {
    let given = || arguments(json!({ "id": 1, "part": "a" }), None);
    let (_recorder, client) = start(404, r#"{"errors":["no"]}"#).await;
    let reply = things::call(&client, "getPart", given()).await.unwrap();
    assert_eq!(
        (reply.status.as_u16(), reply.body),
        (404, Some(json!({ "errors": ["no"] })))
    );
    let (_recorder, client) = start(304, "").await;
    let reply = things::call(&client, "getPart", given()).await.unwrap();
    assert_eq!((reply.status.as_u16(), reply.body), (304, None));
    let (recorder, client) = start(204, "").await;
    let given = arguments(json!({ "path:id": 1, "query:id": 2 }), Some(json!(null)));
    let reply = things::call(&client, "pokeThing", given).await.unwrap();
    assert_eq!((reply.status.as_u16(), reply.body), (204, None));
    assert_eq!(recorder.only().target, "/things/1?id=2");
}

#[tokio::test]
async fn a_call_by_name_that_fails_says_why() {
    let told = async |status, body, id: &str, given| {
        let (_recorder, client) = start(status, body).await;
        let error = things::call(&client, id, given).await.unwrap_err();
        error.to_string()
    };
    let given = || arguments(json!({}), Some(json!({ "name": "a" })));
    let cases = [
        ("nothing", given(), "there is no operation `nothing`"),
        (
            "createThing",
            arguments(json!({}), None),
            "the argument `body`: is missing",
        ),
        (
            "createThing",
            arguments(json!({ "a": 1 }), Some(json!({ "name": "a" }))),
            "the argument `a`: the operation has none of that name",
        ),
        (
            "createThing",
            arguments(json!({}), Some(json!({ "name": "abcdef" }))),
            "the request is not valid: the body at /name: is 6 characters long, at most 5 are allowed",
        ),
        (
            "createThing",
            given(),
            "the answer 418 I'm a teapot is not declared",
        ),
    ];
    for (id, given, expected) in cases {
        assert_eq!(told(418, "", id, given).await, expected);
    }
    let error = told(201, "{}", "createThing", given()).await;
    assert!(error.starts_with("the answer is not valid: "), "{error}");
    let client = Client::new("http://127.0.0.1:1", credentials()).unwrap();
    let error = things::call(&client, "createThing", given())
        .await
        .unwrap_err();
    assert!(matches!(error, CallError::Communication(_)), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_no_answer() {
    let cut = Answer {
        headers: vec![JSON_API, ("content-length", "1000")],
        ..answer(201, r#"{"id":1,"#)
    };
    let recorder = Recorder::start(cut).await;
    let client = Client::new(&recorder.url, credentials()).unwrap();
    let result = client.create_thing().body(new_thing()).send().await;
    assert!(
        matches!(result, Err(Error::CommunicationError(_))),
        "{result:?}"
    );
}

#[tokio::test]
async fn numbers_that_json_does_not_have_are_not_sent() {
    let (recorder, client) = start(201, THING.body).await;
    for odd in [f64::NAN, f64::INFINITY] {
        let call = client.create_thing().weight(odd).body(new_thing());
        let refused = call.send().await;
        assert!(
            matches!(refused, Err(Error::InvalidRequest(_))),
            "{refused:?}"
        );
    }
    assert_eq!(recorder.recorded(), []);
}

#[tokio::test]
async fn calls_can_run_side_by_side() {
    let (recorder, client) = start(200, THING.body).await;
    let mut calls = Vec::new();
    for id in 0..8 {
        let client = client.clone();
        calls.push(tokio::spawn(async move {
            let typed = client.get_part().id(id).part("a").send().await;
            let given = arguments(json!({ "id": id, "part": "b" }), None);
            let by_name = things::call(&client, "getPart", given).await;
            (typed.map(|_| ()), by_name.map(|_| ()))
        }));
    }
    for call in calls {
        let (typed, by_name) = call.await.unwrap();
        typed.unwrap();
        by_name.unwrap();
    }
    assert_eq!(recorder.recorded().len(), 16);
}
