//! Server and client agree, all the way through the store: what the typed client sends is what the store has, and what the
//! store has is what its caller gets.
//!
//! Events of any values that the document allows are created by the typed client, and then asked for in every way that the
//! document has. What must come is known from what was created; a parameter, attribute, relationship or header that no
//! test here knows is a failure, so that none can be added in silence.

use std::collections::{BTreeMap, BTreeSet};

use contract_harness::{Contract, equality};
use contract_tests::arguments::arguments;
use contract_tests::driver::{Arguments, Driver, Kind, Reply};
use http::StatusCode;
use openapi_model::{Operation, SchemaId};
use proptest::sample::{select, subsequence};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use schema_check::chrono::DateTime;
use serde_json::{Map, Value, json};

use crate::api::Api;

/// How many events there are.
const EVENTS: usize = 60;

/// How many lists are asked for.
const LISTS: usize = 120;

/// A server with events that the typed client created.
struct World {
    api: Api,
    contract: Contract,
    client: events_client::Client,
    runner: TestRunner,
    events: Vec<Created>,
}

/// An event, and how it came to be.
struct Created {
    arguments: Arguments,
    reply: Reply,
}

impl Created {
    /// The event as the typed client has it.
    fn event(&self) -> &Value {
        &self.reply.body.as_ref().unwrap()["data"]
    }

    fn id(&self) -> &str {
        self.event()["id"].as_str().unwrap()
    }

    fn at(&self, pointer: &str) -> Option<&Value> {
        self.event().pointer(pointer)
    }
}

impl World {
    async fn start() -> World {
        let api = Api::start().await;
        let contract = Contract::new(openapi_model::parse(events_spec::DOCUMENT).unwrap()).unwrap();
        let client = api.system.client(&api.system.base_url()).unwrap();
        let mut world = World {
            api,
            contract,
            client,
            runner: TestRunner::deterministic(),
            events: Vec::new(),
        };
        world.fill().await;
        world
    }

    /// Creates events of any values. Every third is called like the one before it and has to do with the same things, so
    /// that filters give several.
    async fn fill(&mut self) {
        let drawn = arguments(&self.contract, self.operation("createEvent")).unwrap();
        while self.events.len() < EVENTS {
            let mut arguments = self.draw(&drawn.strategy);
            let before = self
                .events
                .last()
                .filter(|_| self.events.len().is_multiple_of(3));
            if let (Some(before), Some(body)) = (before, &mut arguments.body) {
                let before = before.arguments.body.as_ref().unwrap();
                for pointer in [
                    "/data/attributes/name",
                    "/data/attributes/eventAt",
                    "/data/relationships",
                ] {
                    let (parent, member) = pointer.rsplit_once('/').unwrap();
                    if let Some(value) = before.pointer(pointer) {
                        body.pointer_mut(parent).unwrap()[member] = value.clone();
                    }
                }
            }
            let reply = self.call("createEvent", arguments.clone()).await;
            assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
            self.events.push(Created { arguments, reply });
        }
    }

    fn draw<S: Strategy>(&mut self, strategy: S) -> S::Value {
        strategy.new_tree(&mut self.runner).unwrap().current()
    }

    fn operation(&self, id: &str) -> &Operation {
        let mut operations = self.contract.api().operations.iter();
        operations.find(|o| o.id.as_deref() == Some(id)).unwrap()
    }

    async fn call(&self, id: &str, arguments: Arguments) -> Reply {
        let shown = format!("{id} {arguments:?}");
        let reply = self.client.operations().call(id, arguments).await;
        reply.unwrap_or_else(|error| panic!("{shown}: {error}"))
    }

    async fn get(&self, id: &str, if_none_match: Option<&str>) -> Reply {
        let mut parameters = json!({ "id": id.parse::<i64>().unwrap() });
        if let Some(text) = if_none_match {
            parameters["If-None-Match"] = json!(text);
        }
        self.call("getEvent", with(parameters)).await
    }

    fn schema(&self, name: &str) -> SchemaId {
        self.contract.api().named_schemas[name]
    }

    #[track_caller]
    fn assert_same(&self, one: (&Value, SchemaId), other: (&Value, SchemaId)) {
        let differences = equality::differences(&self.contract.api().schemas, one, other);
        let differ: Vec<_> = differences.iter().filter(|d| !d.is_slight).collect();
        assert!(differ.is_empty(), "{differ:?}\n{}\n{}", one.0, other.0);
    }
}

fn with(parameters: Value) -> Arguments {
    let Value::Object(parameters) = parameters else {
        panic!("parameters have names");
    };
    Arguments {
        parameters,
        ..Arguments::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_sends_is_what_is_kept_and_what_its_caller_gets() {
    let world = World::start().await;
    let (sent_as, came_as) = (
        world.schema("EventCreateDocument"),
        world.schema("EventDocument"),
    );
    let mut met = BTreeSet::new();
    for created in &world.events {
        let sent = created.arguments.body.as_ref().unwrap();
        let found = world.get(created.id(), None).await;
        let found = found.body.unwrap();
        world.assert_same((sent, sent_as), (&found, came_as));
        // The same without the typed client: it has all that the server sent, and nothing else.
        let raw = world.api.get(&format!("/events/{}", created.id()));
        let raw = world.api.send(raw).await.body;
        world.assert_same((&raw, came_as), (&found, came_as));
        world.assert_same((&found, came_as), (&raw, came_as));
        assert_eq!(found["data"], *created.event());
        for part in ["attributes", "relationships"] {
            let members = sent["data"][part].as_object().into_iter().flatten();
            met.extend(members.map(|(name, _)| format!("{part}/{name}")));
        }
    }
    let declared = ["attributes", "relationships"].map(|part| {
        let schemas = &world.contract.api().schemas;
        let name = format!("EventCreate{}{}", part[..1].to_uppercase(), &part[1..]);
        let schema = schemas.get(schemas.resolve(world.schema(&name)));
        schema
            .properties
            .keys()
            .map(move |name| format!("{part}/{name}"))
    });
    assert_eq!(met, declared.into_iter().flatten().collect());
    world.api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_headers_of_both_sides_arrive() {
    let world = World::start().await;
    let mut repeated = 0;
    for pair in world.events.windows(2) {
        let [other, created] = pair else { continue };
        let location = created.reply.typed_headers["Location"].as_str().unwrap();
        assert_eq!(created.at("/links/self").unwrap(), location);
        let there = world.api.send(world.api.get(location)).await.body;
        assert_eq!(there["data"]["id"], created.id());

        if created.arguments.parameters.contains_key("Idempotency-Key") {
            let again = world.call("createEvent", created.arguments.clone()).await;
            assert_eq!(again.body, created.reply.body);
            repeated += 1;
        }

        let (reply, of_other) = (
            world.get(created.id(), None).await,
            world.get(other.id(), None).await,
        );
        let tag = reply.typed_headers["ETag"].as_str().unwrap();
        let tag_of_other = of_other.typed_headers["ETag"].as_str().unwrap();
        let several = format!("{tag_of_other}, {tag}");
        for current in [tag, &several, "*"] {
            let reply = world.get(created.id(), Some(current)).await;
            assert_eq!(
                (reply.kind, reply.status),
                (Kind::Untyped, StatusCode::NOT_MODIFIED)
            );
            assert_eq!(reply.typed_headers["ETag"], tag);
        }
        let reply = world.get(created.id(), Some(tag_of_other)).await;
        assert_eq!((reply.kind, reply.status), (Kind::Success, StatusCode::OK));
    }
    assert!(repeated > 10, "{repeated}");

    let strangers = events_client::Credentials {
        bearer: "nobody".into(),
        service: "nobody".into(),
    };
    let stranger = events_client::Client::new(&world.api.system.base_url(), strangers).unwrap();
    let refused = stranger
        .operations()
        .call("getEvent", with(json!({ "id": 1 })));
    let refused = refused.await.unwrap();
    assert_eq!(
        (refused.kind, refused.status),
        (Kind::Error, StatusCode::UNAUTHORIZED)
    );
    assert!(
        refused.typed_headers["WWW-Authenticate"].is_string(),
        "{refused:?}"
    );

    // Every header of the document stands above, but for the one that only a server under load sends: what the client
    // makes of that is shown with answers that are drawn.
    let mut declared = BTreeSet::new();
    for operation in &world.contract.api().operations {
        let parameters = operation.parameters.iter();
        let here = parameters.filter(|p| p.location == openapi_model::Location::Header);
        declared.extend(here.map(|parameter| parameter.name.as_str()));
        let responses = operation.responses.iter();
        declared.extend(responses.flat_map(|r| r.headers.keys().map(String::as_str)));
    }
    let known = [
        "ETag",
        "Idempotency-Key",
        "If-None-Match",
        "Location",
        "Retry-After",
        "WWW-Authenticate",
    ];
    assert_eq!(declared, BTreeSet::from(known));
    world.api.system.stop().await;
}

/// What a query parameter of a list says, by the names that JSON:API gives to such.
#[derive(Clone, Debug)]
enum Meaning {
    Equal(String),
    From(String),
    Until(String),
    Sort,
    Size,
    After,
    Before,
    Total,
    Fields,
}

fn meaning(name: &str) -> Meaning {
    let words: Vec<&str> = name
        .split(['[', ']'])
        .filter(|word| !word.is_empty())
        .collect();
    let attribute = |name: &str| format!("/attributes/{name}");
    match words[..] {
        ["filter", related, "id"] => Meaning::Equal(format!("/relationships/{related}/data/id")),
        ["filter", name] => Meaning::Equal(attribute(name)),
        ["filter", name, "gte"] => Meaning::From(attribute(name)),
        ["filter", name, "lt"] => Meaning::Until(attribute(name)),
        ["sort"] => Meaning::Sort,
        ["page", "size"] => Meaning::Size,
        ["page", "after"] => Meaning::After,
        ["page", "before"] => Meaning::Before,
        ["page", "total"] => Meaning::Total,
        ["fields", "event"] => Meaning::Fields,
        _ => panic!("`{name}`: say here what it means, so that it is tested"),
    }
}

/// A list that is asked for, and what must come.
struct Asked {
    parameters: Map<String, Value>,
    /// The parameters by which some events are chosen, and not all.
    choosing: Vec<String>,
    ids: Vec<String>,
    fields: Option<Vec<String>>,
    is_counted: bool,
}

impl World {
    /// Draws what to ask for.
    fn ask(&mut self) -> Asked {
        let names: Vec<String> = self
            .operation("listEvents")
            .parameters
            .iter()
            .filter(|parameter| parameter.location == openapi_model::Location::Query)
            .map(|parameter| parameter.name.clone())
            .collect();
        // Most filters leave nothing over when there are many of them.
        let some = self.draw(subsequence(names.clone(), 1..=3));
        let others = names.iter().filter(|name| !name.starts_with("filter"));
        let others: Vec<String> = others.cloned().collect();
        let others = self.draw(subsequence(others.clone(), 0..=others.len()));
        let mut asked = Asked {
            parameters: Map::new(),
            choosing: Vec::new(),
            ids: Vec::new(),
            fields: None,
            is_counted: false,
        };
        let mut chosen: Vec<usize> = (0..self.events.len()).collect();
        let mut order = "-createdAt".to_owned();
        for name in some.into_iter().chain(others) {
            let value = match meaning(&name) {
                Meaning::Equal(pointer) | Meaning::From(pointer) | Meaning::Until(pointer) => {
                    let values = self.events.iter().filter_map(|event| event.at(&pointer));
                    let values: Vec<Value> = values.cloned().collect();
                    let value = self.draw(select(values));
                    let before = chosen.len();
                    chosen.retain(|index| {
                        let has = self.events[*index].at(&pointer);
                        match meaning(&name) {
                            Meaning::From(_) => {
                                has.is_some_and(|has| instant(has) >= instant(&value))
                            }
                            Meaning::Until(_) => {
                                has.is_some_and(|has| instant(has) < instant(&value))
                            }
                            _ => has == Some(&value),
                        }
                    });
                    if !chosen.is_empty() && chosen.len() < before {
                        asked.choosing.push(name.clone());
                    }
                    value
                }
                Meaning::Sort => {
                    order = self
                        .draw(select(vec![
                            "eventAt",
                            "-eventAt",
                            "createdAt",
                            "-createdAt",
                        ]))
                        .to_owned();
                    json!(order)
                }
                Meaning::Size => json!(self.draw(1..30)),
                // Those come from links.
                Meaning::After | Meaning::Before => continue,
                Meaning::Total => {
                    asked.is_counted = self.draw(proptest::bool::ANY);
                    json!(asked.is_counted)
                }
                Meaning::Fields => {
                    let schemas = &self.contract.api().schemas;
                    let all = &schemas
                        .get(schemas.resolve(self.schema("EventField")))
                        .enumeration;
                    let all: Vec<String> = all
                        .iter()
                        .flatten()
                        .map(|name| name.as_str().unwrap().to_owned())
                        .collect();
                    let fields = self.draw(subsequence(all.clone(), 0..all.len()));
                    asked.fields = Some(fields.clone());
                    json!(fields)
                }
            };
            asked.parameters.insert(name, value);
        }
        let attribute = format!("/attributes/{}", order.trim_start_matches('-'));
        // What has no instant stands before all that have one; where instants are equal, ids decide.
        chosen.sort_by_key(|index| {
            let event = &self.events[*index];
            (
                event.at(&attribute).map(instant),
                event.id().parse::<u64>().unwrap(),
            )
        });
        if order.starts_with('-') {
            chosen.reverse();
        }
        asked.ids = chosen
            .iter()
            .map(|index| self.events[*index].id().to_owned())
            .collect();
        asked
    }

    /// Walks over all pages by their links, to the end and a page back.
    async fn walk(&self, asked: &Asked) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let mut parameters = asked.parameters.clone();
        let mut before: Option<Vec<Value>> = None;
        loop {
            let arguments = Arguments {
                parameters: parameters.clone(),
                ..Arguments::default()
            };
            let reply = self.call("listEvents", arguments).await;
            assert_eq!((reply.kind, reply.status), (Kind::Success, StatusCode::OK));
            let tag = reply.typed_headers["ETag"].clone();
            let body = reply.body.unwrap();
            let total = body.pointer("/meta/page/total");
            let expected = asked.is_counted.then(|| json!(asked.ids.len()));
            assert_eq!(total, expected.as_ref(), "{parameters:?}");

            let mut same = parameters.clone();
            same.insert("If-None-Match".to_owned(), tag);
            let arguments = Arguments {
                parameters: same,
                ..Arguments::default()
            };
            let unchanged = self.call("listEvents", arguments).await;
            assert_eq!(
                (unchanged.kind, unchanged.status),
                (Kind::Untyped, StatusCode::NOT_MODIFIED)
            );

            let page = body["data"].as_array().unwrap().clone();
            if let (Some(before), Some(cursor)) = (before, cursor(&body, "prev", "before")) {
                let mut back = asked.parameters.clone();
                back.insert("page[before]".to_owned(), cursor);
                let arguments = Arguments {
                    parameters: back,
                    ..Arguments::default()
                };
                let back = self.call("listEvents", arguments).await.body.unwrap();
                assert_eq!(back["data"], Value::from(before));
            }
            before = Some(page.clone());
            all.extend(page);
            match cursor(&body, "next", "after") {
                Some(cursor) => parameters.insert("page[after]".to_owned(), cursor),
                None => return all,
            };
        }
    }

    /// The event as a list has it that is asked for some fields alone.
    fn expected(&self, id: &str, fields: Option<&Vec<String>>) -> Value {
        let created = self.events.iter().find(|event| event.id() == id).unwrap();
        let mut event = created.event().clone();
        for part in ["attributes", "relationships"] {
            let members = event[part].as_object_mut().unwrap();
            members.retain(|name, _| fields.is_none_or(|fields| fields.contains(name)));
        }
        event
    }
}

/// The position in a link of a page, where there is one.
fn cursor(body: &Value, link: &str, name: &str) -> Option<Value> {
    let link = body["links"][link].as_str()?;
    let name = format!("page%5B{name}%5D=");
    let (_, rest) = link.split_once(&name)?;
    Some(json!(rest.split('&').next().unwrap()))
}

/// The microseconds of an instant.
fn instant(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    DateTime::parse_from_rfc3339(text)
        .unwrap()
        .timestamp_micros()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_the_events_that_the_client_asks_for() {
    let mut world = World::start().await;
    let mut asked_for: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for _ in 0..LISTS {
        let asked = world.ask();
        for name in asked.parameters.keys() {
            asked_for.entry(name.clone()).or_default().0 += 1;
        }
        for name in &asked.choosing {
            asked_for.entry(name.clone()).or_default().1 += 1;
        }
        let found = world.walk(&asked).await;
        let expected: Vec<Value> = asked
            .ids
            .iter()
            .map(|id| world.expected(id, asked.fields.as_ref()))
            .collect();
        assert_eq!(found, expected, "{:?}", asked.parameters);
    }
    for parameter in &world.operation("listEvents").parameters {
        let name = parameter.name.as_str();
        let (asked, chose) = asked_for.get(name).copied().unwrap_or_default();
        match parameter.location {
            openapi_model::Location::Query if name.starts_with("filter") => {
                assert!(
                    chose > 0,
                    "`{name}` was asked for {asked} times, and chose none or all"
                );
            }
            openapi_model::Location::Query
                if !name.contains("[after]") && !name.contains("[before]") =>
            {
                assert!(asked > 0, "`{name}`");
            }
            _ => {}
        }
    }
    world.api.system.stop().await;
}
