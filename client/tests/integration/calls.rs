//! The calls of the client, one by one.

use events_client::types::{
    AccountIdentifier, AccountRelationshipCreate, EventCreate, EventCreateAttributes,
    EventCreateDocument, EventCreateRelationships, EventCreateType,
};
use events_client::{Client, Error};
use serde_json::{Value, json};

use crate::examples::example;
use crate::server::{Server, credentials};

fn event(name: &str) -> EventCreateDocument {
    EventCreateDocument {
        data: EventCreate {
            type_: EventCreateType::Event,
            attributes: EventCreateAttributes {
                body: None,
                event_at: None,
                external_url: None,
                name: name.to_owned(),
                payload: None,
            },
            relationships: None,
        },
    }
}

fn header<'r>(request: &'r crate::server::Sent, name: &str) -> Option<&'r str> {
    request
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn an_event_is_got() {
    let server = Server::answering(200, example("getEvent", 200).to_string()).await;
    let event = server.client().get_event(42).await.unwrap();
    assert_eq!(
        event.data.attributes.name.as_deref(),
        Some("mailbox_created")
    );
    let sent = &server.sent()[0];
    assert_eq!(
        (sent.method().as_str(), sent.uri().path()),
        ("GET", "/events/42")
    );
    assert_eq!(header(sent, "accept"), Some("application/vnd.api+json"));
    assert_eq!(header(sent, "authorization"), Some("Bearer callers.token"));
    assert_eq!(header(sent, "s2s-auth-token"), Some("services.token"));
    let agent = concat!("events-client/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(sent, "user-agent"), Some(agent));
    assert_eq!(header(sent, "content-type"), None);
    assert_eq!(header(sent, "api-version"), None);
}

#[tokio::test]
async fn an_event_is_created() {
    let server = Server::answering(201, example("createEvent", 201).to_string()).await;
    let mut event = event("a\u{0}\u{1F600}");
    event.data.relationships = Some(EventCreateRelationships {
        account: Some(AccountRelationshipCreate {
            data: Some(None),
            links: None,
        }),
        ..Default::default()
    });
    let created = server.client().create_event(&event, Some("k 1")).await;
    let Err(Error::InvalidRequest(message)) = created else {
        panic!("{created:?}");
    };
    assert!(
        message.starts_with("the header `Idempotency-Key`: "),
        "{message}"
    );
    assert!(server.sent().is_empty());
    let created = server
        .client()
        .create_event(&event, Some("k1"))
        .await
        .unwrap();
    assert_eq!(
        created.data.attributes.name.as_deref(),
        Some("webinar_attended")
    );
    let sent = &server.sent()[0];
    assert_eq!(
        (sent.method().as_str(), sent.uri().path()),
        ("POST", "/events")
    );
    assert_eq!(
        header(sent, "content-type"),
        Some("application/vnd.api+json")
    );
    assert_eq!(header(sent, "idempotency-key"), Some("k1"));
    let body: Value = serde_json::from_str(sent.body()).unwrap();
    assert_eq!(
        body,
        json!({ "data": {
            "type": "event",
            "attributes": { "name": "a\u{0}\u{1F600}" },
            "relationships": { "account": { "data": null } },
        } })
    );
}

#[tokio::test]
async fn an_event_that_breaks_a_rule_is_not_sent() {
    let server = Server::answering(201, example("createEvent", 201).to_string()).await;
    let mut event = event(&"a".repeat(256));
    event.data.relationships = Some(EventCreateRelationships {
        account: Some(AccountRelationshipCreate::default()),
        ..Default::default()
    });
    let error = server
        .client()
        .create_event(&event, None)
        .await
        .unwrap_err();
    let Error::InvalidRequest(_) = &error else {
        panic!("{error}");
    };
    let message = error.to_string();
    assert!(
        message.contains(
            "the body at /data/attributes/name: is 256 characters long, at most 255 are allowed"
        ),
        "{message}"
    );
    assert!(
        message.contains("the body at /data/relationships/account: "),
        "{message}"
    );
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn a_refusal_is_told_in_words() {
    let document = json!({
        "errors": [
            { "status": "422", "code": "invalid_body", "title": "The body is not valid", "detail": "must be text", "source": { "pointer": "/data/attributes/name" } },
            { "status": "422", "code": "other", "title": "Something else" },
        ],
        "meta": { "id": "r-1" },
    });
    let server = Server::answering(422, document.to_string()).await;
    let error = server
        .client()
        .create_event(&event("a"), None)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service refused the request (422 Unprocessable Entity): The body is not valid: must be text (at /data/attributes/name); Something else (request r-1)"
    );
    let Error::Refused { status, document } = error else {
        panic!("it is no refusal");
    };
    assert_eq!(status.as_u16(), 422);
    assert_eq!(document.errors[0].code, "invalid_body");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_told_with_its_address() {
    let client = Client::new("http://127.0.0.1:1", credentials()).unwrap();
    let error = client.get_event(1).await.unwrap_err();
    assert!(matches!(error, Error::Communication(_)));
    let message = error.to_string();
    let expected = "the service at http://127.0.0.1:1 cannot be reached: Connection refused";
    assert!(message.starts_with(expected), "{message}");
}

#[tokio::test]
async fn an_answer_that_is_none_of_the_document_is_told() {
    let server = Server::answering(200, "{}".to_owned()).await;
    let error = server.client().get_event(1).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer is not as the API's document has it: getEvent answered 200 OK: the body: the member `data` is missing; the body: the member `links` is missing"
    );
    let server = Server::answering(204, String::new()).await;
    let error = server.client().get_event(1).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer is not as the API's document has it: it has the status 204 No Content"
    );
}

#[test]
fn a_base_url_that_is_none_is_told() {
    let error = Client::new("127.0.0.1:8080", credentials()).unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("`127.0.0.1:8080` is no base URL of the service: "),
        "{message}"
    );
}

#[tokio::test]
async fn members_that_the_document_does_not_name_are_ignored() {
    let mut answer = example("getEvent", 200);
    answer["later"] = json!({ "data": null });
    answer["data"]["meta"] = json!({});
    answer["data"]["attributes"]["later"] = json!(1);
    answer["data"]["relationships"]["later"] = json!({ "links": { "self": "/" } });
    answer["data"]["links"]["later"] = json!(null);
    let server = Server::answering(200, answer.to_string()).await;
    let event = server.client().get_event(42).await.unwrap();
    let expected = serde_json::from_value(example("getEvent", 200)).unwrap();
    assert_eq!(event, expected);
}

#[test]
fn an_identifier_is_typed() {
    // What the document calls an id is text, and has a name of its own.
    let identifier: AccountIdentifier =
        serde_json::from_value(json!({ "type": "account", "id": "7" })).unwrap();
    assert_eq!(identifier.id, "7");
}
