//! Lists, page after page.

use events_client::Error;
use events_client::types::ListEventsSort;
use futures::TryStreamExt as _;
use serde_json::{Value, json};

use crate::examples::example;
use crate::server::{Answer, Sent, Server, answer};

/// A page with these events, and that link to the next one.
pub fn page(ids: &[&str], next: Option<&str>) -> String {
    let event = example("getEvent", 200)["data"].clone();
    let data: Vec<Value> = ids
        .iter()
        .map(|&id| {
            let mut event = event.clone();
            event["id"] = json!(id);
            event
        })
        .collect();
    let links = json!({ "self": "/events", "first": "/events", "prev": null, "next": next });
    json!({ "data": data, "links": links }).to_string()
}

/// Three pages, the second of which is empty.
pub fn three_pages(request: &Sent) -> Answer {
    let text = match request.uri().query() {
        Some("p=2") => page(&[], Some("?p=3")),
        Some("p=3") => page(&["1"], None),
        _ => page(&["3", "2"], Some("/events?p=2")),
    };
    answer(200, text)
}

#[tokio::test]
async fn the_servers_own_links_are_followed_to_the_last_page() {
    let server = Server::with(three_pages).await;
    let client = server.client();
    let list = client.list_events(|list| {
        list.filter_account_id("7")
            .sort(ListEventsSort::ALL[0])
            .page_size(2)
    });
    let pages: Vec<_> = list.pages().try_collect().await.unwrap();
    let ids: Vec<Vec<&str>> = pages
        .iter()
        .map(|page| page.data.iter().map(|event| event.id.as_str()).collect())
        .collect();
    assert_eq!(ids, [vec!["3", "2"], vec![], vec!["1"]]);
    let sent = server.sent();
    let asked: Vec<String> = sent
        .iter()
        .map(|request| request.uri().to_string())
        .collect();
    assert_eq!(asked.len(), 3);
    for part in ["filter%5Baccount%5D%5Bid%5D=7", "page%5Bsize%5D=2", "sort="] {
        assert!(asked[0].contains(part), "{}", asked[0]);
    }
    assert_eq!(asked[1..], ["/events?p=2", "/events?p=3"]);
    for request in &sent {
        let header = |name| request.headers()[name].to_str().unwrap();
        assert_eq!(request.method(), "GET");
        assert_eq!(header("accept"), "application/vnd.api+json");
        assert_eq!(header("authorization"), "Bearer callers.token");
        assert_eq!(header("s2s-auth-token"), "services.token");
    }
}

#[tokio::test]
async fn the_events_of_all_pages_come_in_a_row() {
    let server = Server::with(three_pages).await;
    let client = server.client();
    let events: Vec<_> = client
        .list_events(|list| list)
        .events()
        .map_ok(|event| event.id)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(events, ["3", "2", "1"]);
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_read() {
    let server = Server::with(three_pages).await;
    let client = server.client();
    let mut pages = Box::pin(client.list_events(|list| list).pages());
    assert_eq!(server.sent().len(), 0);
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(server.sent().len(), 1);
}

/// What became of a list whose first page is good and whose next is this.
async fn second(next: &'static str, second: fn() -> Answer) -> (usize, Error, usize) {
    let server = Server::with(move |request| match request.uri().query() {
        None => answer(200, page(&["1"], Some(next))),
        Some(_) => second(),
    })
    .await;
    let client = server.client();
    let mut pages = Box::pin(client.list_events(|list| list).pages());
    let mut read = 0;
    let error = loop {
        match pages.try_next().await {
            Ok(page) => {
                page.unwrap();
                read += 1;
            }
            Err(error) => break error,
        }
    };
    assert!(pages.try_next().await.unwrap().is_none(), "it has no end");
    (read, error, server.sent().len())
}

#[tokio::test]
async fn a_later_page_is_looked_at_as_the_first_one_is() {
    let (_, error, _) = second("?p=2", || answer(200, "{}".to_owned())).await;
    assert!(
        error
            .to_string()
            .contains("listEvents answered 200 OK: the body: the member `data` is missing"),
        "{error}"
    );
    let refused = || answer(429, example("listEvents", 429).to_string());
    let (read, error, _) = second("?p=2", refused).await;
    assert_eq!(read, 1);
    let Error::Refused { status, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(status.as_u16(), 429);
    let (_, error, _) = second("?p=2", || answer(304, String::new())).await;
    assert!(matches!(error, Error::UnexpectedAnswer(_)), "{error}");
}

#[tokio::test]
async fn tokens_are_not_sent_to_others() {
    for elsewhere in [
        "http://127.0.0.1:1/events?p=2",
        "//example.com/events?p=2",
        "https://127.0.0.1/events?p=2",
    ] {
        let (_, error, requests) = second(elsewhere, || answer(200, page(&["2"], None))).await;
        let message = error.to_string();
        assert!(
            message.ends_with(&format!(
                "the link `{elsewhere}` to the next page leaves the service, and the tokens are not for others"
            )),
            "{message}"
        );
        assert_eq!(requests, 1);
    }
}
