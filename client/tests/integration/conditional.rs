//! Calls that ask for an event if it is another than the one that the caller has.

use events_client::{Error, IfChanged};
use hyper::Response;

use crate::examples::example;
use crate::server::{Server, answer};

/// A server whose event has the tag `"1"`.
async fn server() -> Server {
    let event = example("getEvent", 200).to_string();
    Server::with(
        move |request| match request.headers().get("if-none-match") {
            Some(tag) if tag == "\"1\"" => answer(304, String::new()),
            _ => answer(200, event.clone()),
        },
    )
    .await
}

#[tokio::test]
async fn an_event_that_the_caller_has_does_not_come_again() {
    let server = server().await;
    let client = server.client();
    let first = client.get_event_if_changed(42, None).await.unwrap();
    let IfChanged::Changed { event, etag } = first else {
        panic!("it did not come at all");
    };
    assert_eq!((event.data.id.as_str(), etag.as_str()), ("42", "\"1\""));
    let again = client.get_event_if_changed(42, Some(&etag)).await.unwrap();
    assert_eq!(again, IfChanged::NotModified);
    let other = client.get_event_if_changed(42, Some("\"2\"")).await;
    assert_eq!(other.unwrap(), IfChanged::Changed { event, etag });
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_no_event() {
    let server = Server::answering(304, String::new()).await;
    let unasked = server.client().get_event_if_changed(42, None).await;
    assert!(
        matches!(unasked, Err(Error::UnexpectedAnswer(_))),
        "{unasked:?}"
    );
    let event = example("getEvent", 200).to_string();
    let server = Server::with(move |_| {
        let response = Response::builder().header("content-type", "application/vnd.api+json");
        response.body(event.clone().into()).unwrap()
    })
    .await;
    let error = server.client().get_event_if_changed(42, None).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "the answer is not as the API's document has it: it has no `ETag`"
    );
}
