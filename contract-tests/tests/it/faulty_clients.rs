//! Clients with one fault each: the proofs tell of each, by what is wrong with it.

use contract_harness::Contract;
use contract_tests::driver::{Arguments, Driver, Kind, Reply, Unanswered};
use contract_tests::findings::Findings;
use contract_tests::stand_in::StandIn;
use contract_tests::{refusing, understanding};
use events_client::{Client, Credentials};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};
use tokio::runtime::Handle;

/// The real client, and what is done to its calls and to its replies.
struct Faulty {
    client: Client,
    sent: fn(&mut Arguments),
    answered: fn(Result<Reply, Unanswered>) -> Result<Reply, Unanswered>,
}

impl Driver for Faulty {
    async fn call(&self, id: &str, mut arguments: Arguments) -> Result<Reply, Unanswered> {
        (self.sent)(&mut arguments);
        (self.answered)(self.client.operations().call(id, arguments).await)
    }
}

/// What is found of a faulty client when it makes these operations, whose answers have these statuses.
async fn found(
    (operation, statuses): (&str, &[u16]),
    sent: fn(&mut Arguments),
    answered: fn(Result<Reply, Unanswered>) -> Result<Reply, Unanswered>,
) -> String {
    let mut api = openapi_model::parse(events_spec::DOCUMENT).unwrap();
    api.operations
        .retain(|o| o.id.as_deref() == Some(operation));
    let is_asked = |status: StatusCode| statuses.contains(&status.as_u16());
    api.operations[0].responses.retain(
        |response| matches!(response.status, openapi_model::StatusPattern::Code(code) if is_asked(code)),
    );
    let contract = Contract::new(api).unwrap();
    let server = StandIn::start().await.unwrap();
    let credentials = Credentials {
        bearer: "b".into(),
        service: "s".into(),
    };
    let shown = [("bearerAuth", "b"), ("s2sAuthToken", "s")];
    let shown = shown.map(|(scheme, text)| (scheme.to_owned(), text.to_owned()));
    let client = Client::new(&server.base_url(), credentials).unwrap();
    let faulty = Faulty {
        client,
        sent,
        answered,
    };
    let found = tokio::task::spawn_blocking(move || {
        let runtime = Handle::current();
        let (seed, done) = ((1, 10), || {});
        let found = understanding::show(&contract, &faulty, &shown, &server, &runtime, seed, &done);
        let refused = refusing::show(&contract, &faulty, &server, &runtime, seed, &done);
        [found, refused.unwrap()]
    });
    let found = found.await.unwrap();
    let failures = found.iter().flat_map(|Findings { failures, .. }| failures);
    let told = failures.map(|failure| failure.message.lines().next().unwrap_or_default());
    told.collect::<Vec<_>>().join("\n")
}

fn as_it_is(_: &mut Arguments) {}

fn nothing(result: Result<Reply, Unanswered>) -> Result<Reply, Unanswered> {
    result
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_a_fault_is_told_of_nothing() {
    let told = found(("getEvent", &[200, 304, 503]), as_it_is, nothing).await;
    assert_eq!(told, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_sends_otherwise_than_it_was_told_is_found() {
    type Change = fn(&mut Arguments);
    let rows: [(&str, Change, &str); 4] = [
        (
            "getEvent",
            |arguments| {
                arguments.parameters.remove("If-None-Match");
            },
            "the header parameter `If-None-Match` is not sent, and was ",
        ),
        (
            "getEvent",
            |arguments| {
                arguments
                    .parameters
                    .entry("If-None-Match")
                    .or_insert(json!("*"));
            },
            "the header parameter `If-None-Match` is sent and was not given",
        ),
        (
            "getEvent",
            // As one that keeps numbers as doubles.
            |arguments| {
                let id = arguments.parameters["id"].as_f64().unwrap();
                arguments.parameters["id"] = json!(id as i64);
            },
            "the path parameter `id` was ",
        ),
        (
            "listEvents",
            |arguments| {
                let (from, until) = ("filter[createdAt][gte]", "filter[createdAt][lt]");
                let value = arguments.parameters.remove(from);
                let parameters = &mut arguments.parameters;
                parameters.extend(value.map(|value| (until.to_owned(), value)));
            },
            "the query parameter `filter[createdAt][gte]` is not sent, and was ",
        ),
    ];
    for (operation, sent, expected) in rows {
        let told = found((operation, &[403]), sent, nothing).await;
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_makes_of_an_answer_that_is_not_in_it_is_found() {
    type Change = fn(Result<Reply, Unanswered>) -> Result<Reply, Unanswered>;
    fn forget(body: &mut Option<Value>, pointer: &str, member: &str) {
        let parent = body.as_mut().and_then(|body| body.pointer_mut(pointer));
        if let Some(Value::Object(members)) = parent {
            members.remove(member);
        }
    }
    let rows: [(u16, Change, &str); 8] = [
        (
            200,
            |result| {
                result.map(|mut reply| {
                    forget(&mut reply.body, "/data/attributes", "requestCity");
                    reply
                })
            },
            "/data/attributes/requestCity: ",
        ),
        (
            404,
            |result| {
                result.map(|mut reply| {
                    forget(&mut reply.body, "/errors/0", "detail");
                    reply
                })
            },
            "/errors/0/detail: ",
        ),
        (
            404,
            |result| {
                result.map(|reply| Reply {
                    kind: Kind::Success,
                    ..reply
                })
            },
            "the client has it as Success, and it is Error",
        ),
        (
            404,
            |result| {
                result.map(|reply| Reply {
                    status: StatusCode::BAD_REQUEST,
                    ..reply
                })
            },
            "the client has the status 400 Bad Request",
        ),
        (
            304,
            |result| {
                result.map(|reply| Reply {
                    headers: HeaderMap::new(),
                    ..reply
                })
            },
            "the client does not have the header ETag: ",
        ),
        (
            304,
            |result| {
                result.map(|reply| Reply {
                    typed_headers: Map::new(),
                    ..reply
                })
            },
            "the client has no typed header ETag",
        ),
        (
            404,
            // As one that takes any answer for the one that it waits for.
            |result| {
                result.or_else(|error| match error {
                    Unanswered::Refused(_) => Ok(Reply {
                        kind: Kind::Success,
                        status: StatusCode::OK,
                        headers: HeaderMap::new(),
                        typed_headers: Map::new(),
                        body: None,
                    }),
                    other => Err(other),
                })
            },
            "the client takes it for good",
        ),
        (
            304,
            |result| {
                result.map_err(|error| match error {
                    Unanswered::Undeclared(_) => panic!("a status that nobody knows"),
                    other => other,
                })
            },
            "it panicked",
        ),
    ];
    for (status, answered, expected) in rows {
        let told = found(("getEvent", &[status]), as_it_is, answered).await;
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}
