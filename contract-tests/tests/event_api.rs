//! What the Event API does that its document cannot say, on the real server.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract_tests::system::System;
use events_server::token::Scheme;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

const MEDIA_TYPE: &str = "application/vnd.api+json";

/// A request with credentials.
fn request(system: &System, method: Method, path: &str) -> RequestBuilder {
    let credentials = system.credentials();
    reqwest::Client::new()
        .request(method, format!("{}{path}", system.base_url()))
        .bearer_auth(&credentials["bearerAuth"])
        .header("S2S-Auth-Token", &credentials["s2sAuthToken"])
}

/// A wish to create an event.
fn create(system: &System, body: &Value) -> RequestBuilder {
    request(system, Method::POST, "/events")
        .header("Content-Type", MEDIA_TYPE)
        .body(body.to_string())
}

fn named(name: &str) -> Value {
    json!({ "data": { "type": "event", "attributes": { "name": name } } })
}

/// The status and the body.
async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response: Response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

fn codes(body: &Value) -> Vec<&str> {
    body["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| error["code"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_of_a_bad_body_follows_from_where_its_faults_lie() {
    let system = System::start().await.unwrap();
    let attributes = json!({ "name": "a" });
    for (data, status, expected) in [
        (
            json!({ "type": "event", "id": "1", "attributes": attributes }),
            403,
            vec!["client_generated_id"],
        ),
        (
            json!({ "type": "events", "attributes": attributes }),
            409,
            vec!["wrong_type"],
        ),
        (
            json!({ "type": "event", "attributes": {} }),
            422,
            vec!["invalid_body"],
        ),
        (
            json!({ "attributes": attributes }),
            422,
            vec!["invalid_body"],
        ),
        (
            json!({ "type": "events", "id": "1", "attributes": {} }),
            403,
            vec!["wrong_type", "invalid_body", "client_generated_id"],
        ),
        (
            json!({ "type": "events", "attributes": {} }),
            409,
            vec!["wrong_type", "invalid_body"],
        ),
    ] {
        let (given, body) = answer(create(&system, &json!({ "data": data }))).await;
        assert_eq!((given, codes(&body)), (status, expected), "{data}");
        for error in body["errors"].as_array().unwrap() {
            let pointer = error["source"]["pointer"].as_str().unwrap();
            assert!(
                json!({ "data": data }).pointer(pointer).is_some(),
                "{pointer} leads nowhere in {data}"
            );
        }
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_one_event_for_one_caller() {
    let system = System::start().await.unwrap();
    let first =
        r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.50]}}}}"#;
    let equal =
        r#"{"data":{"attributes":{"payload":{"y":[2.5],"x":1},"name":"a"},"type":"event"}}"#;
    let other =
        r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.51]}}}}"#;
    let beside = r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.50]}}},"meta":{}}"#;
    let with_key = |text: &'static str| {
        request(&system, Method::POST, "/events")
            .header("Content-Type", MEDIA_TYPE)
            .header("Idempotency-Key", "key")
            .body(text)
    };
    let (status, made) = answer(with_key(first)).await;
    assert_eq!(status, 201);
    assert_eq!(answer(with_key(equal)).await, (201, made.clone()));
    for text in [other, beside] {
        let (status, body) = answer(with_key(text)).await;
        assert_eq!(
            (status, codes(&body)),
            (409, vec!["idempotency_key_used"]),
            "{text}"
        );
    }
    let somebody = system
        .token(Scheme::Bearer, "somebody else", &["events.write"])
        .unwrap();
    let theirs = reqwest::Client::new()
        .post(format!("{}/events", system.base_url()))
        .bearer_auth(somebody)
        .header("S2S-Auth-Token", &system.credentials()["s2sAuthToken"])
        .header("Content-Type", MEDIA_TYPE)
        .header("Idempotency-Key", "key")
        .body(other);
    let (status, body) = answer(theirs).await;
    assert_eq!(status, 201);
    assert_ne!(body["data"]["id"], made["data"]["id"]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_token_opens_its_own_door_and_no_other() {
    let system = System::start().await.unwrap();
    let credentials = system.credentials();
    let (bearer, service) = (
        credentials["bearerAuth"].as_str(),
        credentials["s2sAuthToken"].as_str(),
    );
    let reader = system
        .token(Scheme::Bearer, "reader", &["events.read"])
        .unwrap();
    let nobody = system.token(Scheme::Bearer, "nobody", &[]).unwrap();
    for (bearer, service, status, code) in [
        (service, bearer, 401, "unauthorized"),
        (service, service, 401, "unauthorized"),
        (bearer, bearer, 401, "unauthorized"),
        ("nonsense", service, 401, "unauthorized"),
        (reader.as_str(), service, 403, "missing_scope"),
        (nobody.as_str(), service, 403, "missing_scope"),
    ] {
        let request = reqwest::Client::new()
            .post(format!("{}/events", system.base_url()))
            .bearer_auth(bearer)
            .header("S2S-Auth-Token", service)
            .body("not looked at");
        let (given, body) = answer(request).await;
        assert_eq!((given, codes(&body)), (status, vec![code]));
        if given == 401 {
            assert_eq!(
                body["errors"][0].as_object().unwrap().len(),
                3,
                "a refusal says nothing about why: {body}"
            );
        }
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_still_stands_is_not_sent_again() {
    let system = System::start().await.unwrap();
    let (_, made) = answer(create(&system, &named("a"))).await;
    let path = made["data"]["links"]["self"].as_str().unwrap().to_owned();
    let first = request(&system, Method::GET, &path).send().await.unwrap();
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    for given in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again = request(&system, Method::GET, &path)
            .header("If-None-Match", &given)
            .send()
            .await
            .unwrap();
        assert_eq!(
            (
                again.status().as_u16(),
                again.headers()["etag"].to_str().unwrap()
            ),
            (304, tag.as_str()),
            "{given}"
        );
        assert_eq!(again.text().await.unwrap(), "");
    }
    let (status, body) =
        answer(request(&system, Method::GET, &path).header("If-None-Match", "\"other\"")).await;
    assert_eq!((status, &body), (200, &made));
    let head = request(&system, Method::HEAD, &path).send().await.unwrap();
    assert_eq!(
        (
            head.status().as_u16(),
            head.headers()["etag"].to_str().unwrap()
        ),
        (200, tag.as_str())
    );
    assert_eq!(head.text().await.unwrap(), "");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_adds_what_it_knows_of_the_request() {
    let system = System::start().await.unwrap();
    let (_, direct) = answer(create(&system, &named("a")).header("User-Agent", "prover/1.0")).await;
    let attributes = &direct["data"]["attributes"];
    assert_eq!(attributes["requestHost"], "127.0.0.1");
    assert_eq!(attributes["requestDevice"], "prover/1.0");
    assert_eq!(attributes["requestProxied"], false);
    let (_, proxied) = answer(create(&system, &named("a")).header("Via", "1.1 edge")).await;
    assert_eq!(proxied["data"]["attributes"]["requestProxied"], true);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_an_error_document() {
    let system = System::start().await.unwrap();
    let large = format!("{{\"data\":\"{}\"}}", "a".repeat(1024 * 1024));
    let json = |request: RequestBuilder| request.header("Content-Type", MEDIA_TYPE);
    for (request, status, code) in [
        (request(&system, Method::GET, "/"), 404, "not_found"),
        (
            request(&system, Method::GET, "/events/1/"),
            404,
            "not_found",
        ),
        (
            request(&system, Method::GET, "/events/999"),
            404,
            "not_found",
        ),
        (
            request(&system, Method::DELETE, "/events/1"),
            405,
            "method_not_allowed",
        ),
        (
            request(&system, Method::GET, "/events/one"),
            400,
            "invalid_parameter",
        ),
        (
            request(&system, Method::GET, "/events/1?include=x"),
            400,
            "unknown_parameter",
        ),
        (
            request(&system, Method::GET, "/events/1").header("Accept", "text/html"),
            406,
            "not_acceptable",
        ),
        (
            request(&system, Method::POST, "/events").body("{}"),
            415,
            "unsupported_media_type",
        ),
        (
            json(request(&system, Method::POST, "/events")).body("{"),
            400,
            "malformed_body",
        ),
        (
            json(request(&system, Method::POST, "/events")).body(large),
            413,
            "content_too_large",
        ),
    ] {
        let shown = format!("{request:?}").chars().take(200).collect::<String>();
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{shown}");
        assert_eq!(response.headers()["content-type"], MEDIA_TYPE, "{shown}");
        assert_eq!(
            response.headers().contains_key("allow"),
            status == 405,
            "{shown}"
        );
        let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(codes(&body), [code], "{shown}");
        assert_eq!(body["errors"][0]["status"], status.to_string(), "{shown}");
    }
    system.stop().await;
}
