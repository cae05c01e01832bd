//! What the Event API does that its document cannot say, on the real server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use events_server::token::Scheme;
use http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::api::{Api, Call, MEDIA_TYPE};

fn named(name: &str) -> Value {
    json!({ "data": { "type": "event", "attributes": { "name": name } } })
}

/// The status and the body.
async fn answer(api: &Api, call: Call) -> (u16, Value) {
    let answer = api.send(call).await;
    (answer.status, answer.body)
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
    let api = Api::start().await;
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
        let (given, body) = answer(&api, api.post(&json!({ "data": data }))).await;
        assert_eq!((given, codes(&body)), (status, expected), "{data}");
        for error in body["errors"].as_array().unwrap() {
            let pointer = error["source"]["pointer"].as_str().unwrap();
            assert!(
                json!({ "data": data }).pointer(pointer).is_some(),
                "{pointer} leads nowhere in {data}"
            );
        }
    }
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_one_event_for_one_caller() {
    let api = Api::start().await;
    let first = r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.50,1e2,-0.0]}}}}"#;
    let equal = r#"{"data":{"attributes":{"payload":{"y":[2.5,100,0],"x":1.0},"name":"a"},"type":"event"}}"#;
    let other = r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.51,1e2,-0.0]}}}}"#;
    let beside = r#"{"data":{"type":"event","attributes":{"name":"a","payload":{"x":1,"y":[2.50,1e2,-0.0]}}},"meta":{}}"#;
    let with_key = |text: &'static str| {
        api.call(Method::POST, "/events")
            .header("Content-Type", MEDIA_TYPE)
            .header("Idempotency-Key", "key")
            .body(text)
    };
    for (key, one, other) in [
        ("digits", "9007199254740993", "9007199254740992"),
        ("kinds", "1", "\"1\""),
        ("lengths", "[\"ab\",\"c\"]", "[\"a\",\"bc\"]"),
    ] {
        for (payload, status) in [(one, 201), (other, 409), (one, 201)] {
            let text = format!(
                r#"{{"data":{{"type":"event","attributes":{{"name":"a","payload":{{"x":{payload}}}}}}}}}"#
            );
            let call = api.call(Method::POST, "/events");
            let call = call
                .header("Content-Type", MEDIA_TYPE)
                .header("Idempotency-Key", key);
            assert_eq!(answer(&api, call.body(text)).await.0, status, "{payload}");
        }
    }
    let (status, made) = answer(&api, with_key(first)).await;
    assert_eq!(status, 201);
    assert_eq!(answer(&api, with_key(equal)).await, (201, made.clone()));
    for text in [other, beside] {
        let (status, body) = answer(&api, with_key(text)).await;
        assert_eq!(
            (status, codes(&body)),
            (409, vec!["idempotency_key_used"]),
            "{text}"
        );
        assert_eq!(
            body["errors"][0]["source"],
            json!({ "header": "Idempotency-Key" })
        );
    }
    let somebody = api
        .system
        .token(Scheme::Bearer, "somebody else", &["events.write"])
        .unwrap();
    let theirs = Call::new(Method::POST, "/events")
        .by(&somebody, &api.system.credentials()["s2sAuthToken"])
        .header("Content-Type", MEDIA_TYPE)
        .header("Idempotency-Key", "key")
        .body(other);
    let (status, body) = answer(&api, theirs).await;
    assert_eq!(status, 201);
    assert_ne!(body["data"]["id"], made["data"]["id"]);
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_token_opens_its_own_door_and_no_other() {
    let api = Api::start().await;
    let credentials = api.system.credentials();
    let (bearer, service) = (
        credentials["bearerAuth"].as_str(),
        credentials["s2sAuthToken"].as_str(),
    );
    let reader = api
        .system
        .token(Scheme::Bearer, "reader", &["events.read"])
        .unwrap();
    let nobody = api.system.token(Scheme::Bearer, "nobody", &[]).unwrap();
    for (bearer, service, status, code) in [
        (service, bearer, 401, "unauthorized"),
        (service, service, 401, "unauthorized"),
        (bearer, bearer, 401, "unauthorized"),
        ("nonsense", service, 401, "unauthorized"),
        (reader.as_str(), service, 403, "missing_scope"),
        (nobody.as_str(), service, 403, "missing_scope"),
    ] {
        let call = Call::new(Method::POST, "/events")
            .by(bearer, service)
            .body("not looked at");
        let (given, body) = answer(&api, call).await;
        assert_eq!((given, codes(&body)), (status, vec![code]));
        if given == 403 {
            assert_eq!(
                body["errors"][0]["source"],
                json!({ "header": "Authorization" })
            );
        }
        if given == 401 {
            assert_eq!(
                body["errors"][0].as_object().unwrap().len(),
                3,
                "a refusal says nothing about why: {body}"
            );
        }
    }
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_in_every_claim_or_it_is_not_good() {
    let api = Api::start().await;
    let keys: Value = serde_json::from_str(&api.system.keys()).unwrap();
    let key = &keys["keys"][0];
    let (id, secret) = (key["kid"].as_str().unwrap(), key["k"].as_str().unwrap());
    let secret = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(secret).unwrap());
    let own: Value = {
        let token = &api.system.credentials()["bearerAuth"];
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap());
        serde_json::from_slice(&claims.unwrap()).unwrap()
    };
    let service: Value = {
        let token = &api.system.credentials()["s2sAuthToken"];
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap());
        serde_json::from_slice(&claims.unwrap()).unwrap()
    };
    let now = own["iat"].as_u64().unwrap();
    let (ours, theirs) = (&own["aud"], &service["aud"]);
    let header = |id: Option<&str>, algorithm| Header {
        kid: id.map(str::to_owned),
        ..Header::new(algorithm)
    };
    let good = || header(Some(id), Algorithm::HS256);
    let signed = |header: &Header, changed: &Value| {
        let mut claims = own.clone();
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        jsonwebtoken::encode(header, &claims, &secret).unwrap()
    };
    let of = |padding: &usize| signed(&good(), &json!({ "padding": "x".repeat(*padding) })).len();
    let longest = (0..8 * 1024)
        .rfind(|padding| of(padding) <= 8 * 1024)
        .unwrap();
    assert_eq!(of(&longest), 8 * 1024);
    for (header, changed, status) in [
        (good(), json!({}), 200),
        (good(), json!({ "aud": [ours] }), 200),
        (good(), json!({ "aud": [ours, "somebody"] }), 200),
        (good(), json!({ "scope": " events.read  other " }), 200),
        (good(), json!({ "nbf": now - 100 }), 200),
        (header(None, Algorithm::HS256), json!({}), 200),
        (header(Some("other"), Algorithm::HS256), json!({}), 401),
        (header(Some(id), Algorithm::HS384), json!({}), 401),
        (good(), json!({ "iss": "" }), 401),
        (good(), json!({ "sub": "" }), 401),
        (good(), json!({ "sub": null }), 401),
        (good(), json!({ "aud": "somebody" }), 401),
        (good(), json!({ "aud": [ours, theirs] }), 401),
        (good(), json!({ "exp": now - 1000 }), 401),
        (good(), json!({ "exp": null }), 401),
        (good(), json!({ "nbf": now + 1000 }), 401),
        (good(), json!({ "scope": null }), 403),
        (good(), json!({ "scope": "events.readers" }), 403),
        (good(), json!({ "padding": "x".repeat(20_000) }), 401),
        // Exactly as long as a token may be, and one more byte of claims.
        (good(), json!({ "padding": "x".repeat(longest) }), 200),
        (good(), json!({ "padding": "x".repeat(longest + 1) }), 401),
    ] {
        let token = signed(&header, &changed);
        let call = Call::new(Method::GET, "/events?page[size]=1")
            .by(&token, &api.system.credentials()["s2sAuthToken"]);
        let (given, _) = answer(&api, call).await;
        let shown = changed.to_string();
        assert_eq!(given, status, "{header:?} {shown:.100}");
    }
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_still_stands_is_not_sent_again() {
    let api = Api::start().await;
    let (_, made) = answer(&api, api.post(&named("a"))).await;
    let path = made["data"]["links"]["self"].as_str().unwrap().to_owned();
    let first = api.send(api.get(&path)).await;
    let tag = first.header("etag").unwrap().to_owned();
    for given in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again = api.get(&path).header("If-None-Match", &given);
        let again = api.send(again).await;
        assert_eq!(
            (again.status, again.header("etag"), again.text.as_str()),
            (304, Some(tag.as_str()), ""),
            "{given}"
        );
    }
    let (status, body) = answer(&api, api.get(&path).header("If-None-Match", "\"other\"")).await;
    assert_eq!((status, &body), (200, &made));

    let list = || api.get("/events?sort=createdAt");
    let page = api.send(list()).await;
    let page_tag = page.header("etag").unwrap().to_owned();
    let again = api.send(list().header("If-None-Match", &page_tag)).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    // What is said of another event, or of a list that has grown, is something else.
    let (_, other) = answer(&api, api.post(&named("b"))).await;
    let other = api.get(other["data"]["links"]["self"].as_str().unwrap());
    for (call, tag) in [(other, &tag), (list(), &page_tag)] {
        let answer = api.send(call.header("If-None-Match", tag)).await;
        assert_eq!(answer.status, 200);
        assert_ne!(answer.header("etag"), Some(tag.as_str()));
    }
    let head = api.send(api.call(Method::HEAD, &path)).await;
    assert_eq!(
        (head.status, head.header("etag"), head.text.as_str()),
        (200, Some(tag.as_str()), "")
    );
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_adds_what_it_knows_of_the_request() {
    let api = Api::start().await;
    let (_, direct) = answer(
        &api,
        api.post(&named("a")).header("User-Agent", "prover/1.0"),
    )
    .await;
    let attributes = &direct["data"]["attributes"];
    assert_eq!(attributes["requestHost"], "127.0.0.1");
    assert_eq!(attributes["requestDevice"], "prover/1.0");
    assert_eq!(attributes["requestProxied"], false);
    let (_, proxied) = answer(&api, api.post(&named("a")).header("Via", "1.1 edge")).await;
    assert_eq!(proxied["data"]["attributes"]["requestProxied"], true);
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_an_error_document() {
    let api = Api::start().await;
    let large = format!("{{\"data\":\"{}\"}}", "a".repeat(1024 * 1024));
    let json = |call: Call| call.header("Content-Type", MEDIA_TYPE);
    for (call, status, code, said, source) in [
        (
            api.call(Method::GET, "/"),
            404,
            "not_found",
            "path",
            Value::Null,
        ),
        (
            api.call(Method::GET, "/events/1/"),
            404,
            "not_found",
            "path",
            Value::Null,
        ),
        (
            api.call(Method::GET, "/events/999"),
            404,
            "not_found",
            "",
            json!({ "parameter": "id" }),
        ),
        (
            api.call(Method::DELETE, "/events/1"),
            405,
            "method_not_allowed",
            "it has GET, HEAD",
            Value::Null,
        ),
        (
            api.call(Method::GET, "/events/one"),
            400,
            "invalid_parameter",
            "`id` is not an integer",
            json!({ "parameter": "id" }),
        ),
        (
            api.call(Method::GET, "/events?page[size]=0"),
            400,
            "invalid_parameter",
            "`page[size]` is 0",
            json!({ "parameter": "page[size]" }),
        ),
        (
            api.call(Method::GET, "/events/1?include=x"),
            400,
            "unknown_parameter",
            "`include` is no parameter",
            json!({ "parameter": "include" }),
        ),
        (
            api.call(Method::GET, "/events/1")
                .header("Accept", "text/html"),
            406,
            "not_acceptable",
            "`application/vnd.api+json`",
            json!({ "header": "Accept" }),
        ),
        (
            api.call(Method::POST, "/events").body("{}"),
            415,
            "unsupported_media_type",
            "`application/vnd.api+json`",
            json!({ "header": "Content-Type" }),
        ),
        (
            json(api.call(Method::POST, "/events")).body("{"),
            400,
            "malformed_body",
            "JSON",
            Value::Null,
        ),
        (
            json(api.call(Method::POST, "/events")).body(large),
            413,
            "content_too_large",
            "1048576 bytes",
            Value::Null,
        ),
    ] {
        let shown = format!("{call:?}").chars().take(200).collect::<String>();
        let answer = api.send(call).await;
        assert_eq!(answer.status, status, "{shown}");
        assert_eq!(answer.header("content-type"), Some(MEDIA_TYPE), "{shown}");
        assert_eq!(answer.header("allow").is_some(), status == 405, "{shown}");
        assert_eq!(codes(&answer.body), [code], "{shown}");
        assert_eq!(
            answer.body["errors"][0]["status"],
            status.to_string(),
            "{shown}"
        );
        let detail = answer.body["errors"][0]["detail"].as_str();
        assert!(
            detail.unwrap_or_default().contains(said),
            "{shown}: {detail:?}"
        );
        assert_eq!(answer.body["errors"][0]["source"], source, "{shown}");
        // There is nothing to look up in the log: the caller has been told it all.
        assert_eq!(answer.body.get("meta"), None, "{shown}");
    }
    api.system.stop().await;
}
