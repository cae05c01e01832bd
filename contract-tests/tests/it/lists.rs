//! What lists of events keep, which the document cannot say: a filter gives exactly its events, an order is one, and
//! pages lose and repeat nothing while others write.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::api::Api;

const RELATIONSHIPS: [&str; 7] = [
    "account",
    "call",
    "mailing",
    "opportunity",
    "prospect",
    "task",
    "user",
];

impl Api {
    /// Creates the event of that number, and gives it as it was answered.
    async fn create(&self, number: u64) -> Value {
        let mut attributes = json!({ "name": format!("name {}", number % 4) });
        if !number.is_multiple_of(3) {
            attributes["eventAt"] = json!(format!("2026-01-{:02}T00:00:00Z", 1 + number % 5));
        }
        let related = |index: u64| (number / (index + 1)) % 3;
        let relationships = RELATIONSHIPS
            .iter()
            .zip(0_u64..)
            .filter(|(_, index)| related(*index) > 0);
        let relationships = relationships
            .map(|(name, index)| {
                (
                    (*name).to_owned(),
                    json!({ "data": { "type": name, "id": related(index).to_string() } }),
                )
            })
            .collect::<serde_json::Map<_, _>>();
        let body = json!({ "data": { "type": "event", "attributes": attributes, "relationships": relationships } });
        let answer = self.send(self.post(&body)).await;
        assert_eq!(answer.status, 201);
        answer.body["data"].clone()
    }

    async fn page(&self, path: &str) -> Value {
        let answer = self.send(self.get(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    /// Every event of a list, by following the link of that name from page to page.
    async fn walk(&self, path: &str, link: &str) -> Vec<Value> {
        let mut events = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let page = self.page(&path).await;
            let mut data = page["data"].as_array().unwrap().clone();
            if link == "prev" {
                data.reverse();
            }
            events.extend(data);
            next = page["links"][link].as_str().map(str::to_owned);
        }
        events
    }
}

fn ids(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["id"].as_str().unwrap())
        .collect()
}

/// What orders events: the instant, where there is one, and then the id.
fn position(event: &Value, attribute: &str) -> (Option<String>, u64) {
    let instant = event["attributes"][attribute].as_str().map(str::to_owned);
    (instant, event["id"].as_str().unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_gives_exactly_its_events_in_every_order() {
    let api = Api::start().await;
    let mut all = Vec::new();
    for number in 0..90 {
        all.push(api.create(number).await);
    }
    type Matches = Box<dyn Fn(&Value) -> bool>;
    let mut filters: Vec<(String, Matches)> = vec![
        (String::new(), Box::new(|_| true)),
        ("filter[name]=name+1&".to_owned(), Box::new(|event| event["attributes"]["name"] == "name 1")),
        ("filter[name]=nothing&".to_owned(), Box::new(|_| false)),
        (
            "filter[eventAt][gte]=2026-01-02T00:00:00Z&filter[eventAt][lt]=2026-01-04T01:00:00%2B01:00&".to_owned(),
            Box::new(|event| {
                let at = event["attributes"]["eventAt"].as_str();
                at.is_some_and(|at| ("2026-01-02"..="2026-01-03T99").contains(&at))
            }),
        ),
        // An event whose instant nobody knows is on neither side.
        ("filter[eventAt][lt]=2026-01-03T00:00:00Z&".to_owned(), Box::new(|event| {
            event["attributes"]["eventAt"].as_str().is_some_and(|at| at < "2026-01-03")
        })),
        ("filter[eventAt][gte]=2026-01-03T00:00:00Z&".to_owned(), Box::new(|event| {
            event["attributes"]["eventAt"].as_str().is_some_and(|at| at >= "2026-01-03")
        })),
        ("filter[eventAt][gte]=2026-02-01T00:00:00Z&filter[eventAt][lt]=2026-01-01T00:00:00Z&".to_owned(), Box::new(|_| false)),
    ];
    for name in RELATIONSHIPS {
        let is = move |event: &Value| event["relationships"][name]["data"]["id"] == "1";
        filters.push((format!("filter[{name}][id]=1&"), Box::new(is)));
    }
    filters.push((
        "filter[account][id]=1&filter[user][id]=2&".to_owned(),
        Box::new(|event| {
            let id = |name: &str| event["relationships"][name]["data"]["id"].clone();
            id("account") == "1" && id("user") == "2"
        }),
    ));
    for (filter, matches) in &filters {
        let expected: BTreeSet<&str> = all
            .iter()
            .filter(|event| matches(event))
            .map(|event| event["id"].as_str().unwrap())
            .collect();
        for sort in ["eventAt", "-eventAt", "createdAt", "-createdAt"] {
            let path = format!("/events?{filter}sort={sort}&page[size]=7&page[total]=true");
            let found = api.walk(&path, "next").await;
            assert_eq!(
                ids(&found).into_iter().collect::<BTreeSet<_>>(),
                expected,
                "{path}"
            );
            assert_eq!(found.len(), expected.len(), "an event is repeated: {path}");
            let attribute = sort.trim_start_matches('-');
            let mut in_order = found.clone();
            in_order.sort_by_key(|event| position(event, attribute));
            if sort.starts_with('-') {
                in_order.reverse();
            }
            assert_eq!(ids(&found), ids(&in_order), "{path}");
            let first = api.page(&path).await;
            assert_eq!(first["meta"]["page"]["total"], expected.len(), "{path}");
            assert!(first["links"]["prev"].is_null(), "{path}");
        }
    }
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_is_the_way_there_in_reverse() {
    let api = Api::start().await;
    for number in 0..25 {
        api.create(number).await;
    }
    for sort in ["eventAt", "-createdAt"] {
        let mut last = format!("/events?sort={sort}&page[size]=4");
        let there = api.walk(&last, "next").await;
        while let Some(next) = api.page(&last).await["links"]["next"].as_str() {
            last = next.to_owned();
        }
        let mut back = api.walk(&last, "prev").await;
        back.reverse();
        assert_eq!(ids(&back), ids(&there));
    }
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_lose_and_repeat_nothing_while_others_write() {
    let api = Api::start().await;
    let mut known = BTreeSet::new();
    for number in 0..60 {
        known.insert(api.create(number).await["id"].as_str().unwrap().to_owned());
    }
    let done = AtomicBool::new(false);
    let write = async {
        let mut number = 60;
        while !done.load(Ordering::Relaxed) && number < 5_000 {
            api.create(number).await;
            number += 1;
        }
    };
    let read = async {
        for sort in ["eventAt", "-eventAt", "createdAt", "-createdAt"] {
            for filter in ["", "filter[name]=name+2&"] {
                // Ascending by creation, the writer could keep ahead of us for ever; a bound on creation ends the walk.
                let path = format!("/events?{filter}sort={sort}&page[size]=5");
                let mut seen = Vec::new();
                let mut next = Some(path.clone());
                while let Some(path) = next.filter(|_| seen.len() < 2_000) {
                    let page = api.page(&path).await;
                    seen.extend(
                        page["data"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|e| e["id"].as_str().unwrap().to_owned()),
                    );
                    next = page["links"]["next"].as_str().map(str::to_owned);
                }
                let unique: BTreeSet<&String> = seen.iter().collect();
                assert_eq!(unique.len(), seen.len(), "an event is repeated: {path}");
                let lost: Vec<&String> = known
                    .iter()
                    .filter(|id| filter.is_empty() || (id.parse::<u64>().unwrap() - 1) % 4 == 2)
                    .filter(|id| !unique.contains(id))
                    .collect();
                assert!(lost.is_empty(), "{lost:?} are lost: {path}");
            }
        }
        done.store(true, Ordering::Relaxed);
    };
    tokio::join!(write, read);
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_leads_nowhere_where_its_list_has_no_more_events() {
    let api = Api::start().await;
    for number in 0..10 {
        api.create(number).await;
    }
    let first = api.page("/events?sort=createdAt&page[size]=1").await;
    let behind_first = first["links"]["next"].as_str().unwrap();
    // Of the events behind the first one, those of another name have none before them.
    let page = api
        .page(&format!("{behind_first}&filter[name]=name+1"))
        .await;
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    assert!(page["links"]["prev"].is_null(), "{}", page["links"]);
    assert!(page["links"]["next"].is_string(), "{}", page["links"]);
    let mut last = first;
    while let Some(next) = last["links"]["next"].as_str() {
        last = api.page(next).await;
    }
    // And of those before the last one, those of another name have none behind them.
    let before_last = last["links"]["prev"].as_str().unwrap();
    let page = api
        .page(&format!("{before_last}&filter[name]=name+0"))
        .await;
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    assert!(page["links"]["next"].is_null(), "{}", page["links"]);
    assert!(page["links"]["prev"].is_string(), "{}", page["links"]);
    api.system.stop().await;
}
