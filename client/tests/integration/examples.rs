//! Every example of the document, through the typed client and back.

use events_client::api::{self, Arguments, call};
use http::HeaderName;
use openapi_model::{Api, Location, Operation, StatusPattern};
use reqwest::Url;
use serde_json::{Map, Value, json};

use crate::server::{Sent, Server, answer};

/// The Event API.
fn document() -> Api {
    openapi_model::parse(events_spec::DOCUMENT).unwrap()
}

/// The first example of an answer.
pub fn example(operation: &str, status: u16) -> Value {
    let api = document();
    let operation = api.operation(operation).unwrap();
    let response = operation.response(status.try_into().unwrap()).unwrap();
    let (_, content) = response.content.first().unwrap();
    content.examples.values().next().unwrap().clone()
}

/// Arguments that call an operation: the examples of its parameters, and of its body.
fn arguments(operation: &Operation) -> Vec<Arguments> {
    let parameters: Map<String, Value> = operation
        .parameters
        .iter()
        .filter_map(|p| Some((p.name.clone(), p.examples.first()?.clone())))
        .collect();
    let Some(body) = &operation.request_body else {
        return vec![Arguments {
            parameters,
            ..Arguments::default()
        }];
    };
    let examples = body
        .content
        .values()
        .flat_map(|content| content.examples.values());
    examples
        .map(|example| Arguments {
            parameters: parameters.clone(),
            body: Some(example.clone()),
            content_type: None,
        })
        .collect()
}

#[tokio::test]
async fn every_example_of_an_answer_comes_through_the_typed_client() {
    let mut seen = 0;
    let api = document();
    for operation in &api.operations {
        let id = operation.id.as_deref().unwrap();
        for response in &operation.responses {
            let StatusPattern::Code(status) = response.status else {
                panic!("{id} answers {}", response.status);
            };
            let mut bodies: Vec<Option<Value>> = Vec::new();
            for content in response.content.values() {
                bodies.extend(content.examples.values().cloned().map(Some));
            }
            if response.content.is_empty() {
                bodies.push(None);
            }
            for body in bodies {
                let text = body.as_ref().map(Value::to_string).unwrap_or_default();
                let headers: Vec<(String, String)> = response
                    .headers
                    .iter()
                    .filter(|(name, _)| *name != "ETag")
                    .map(|(name, header)| {
                        let header = api.document.pointer(header.pointer.as_str()).unwrap();
                        (name.clone(), in_a_request(&header["example"]))
                    })
                    .collect();
                let answers = move |_: &Sent| {
                    let mut answer = answer(status.as_u16(), text.clone());
                    for (name, text) in &headers {
                        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                        answer.headers_mut().insert(name, text.parse().unwrap());
                    }
                    answer
                };
                let server = Server::with(answers).await;
                let given = arguments(operation).remove(0);
                let client = server.client();
                let reply = call(client.operations(), id, given).await.unwrap();
                assert_eq!(
                    (reply.status, &reply.body),
                    (status, &body),
                    "{id} {status}"
                );
                assert_eq!(reply.headers["etag"], "\"1\"");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The text of a parameter's value: where there are several, with commas between.
fn in_a_request(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(in_a_request).collect();
            texts.join(",")
        }
        other => other.to_string(),
    }
}

/// The value of a query parameter.
fn in_the_query(sent: &Sent, name: &str) -> Option<String> {
    let url = Url::parse(&format!("http://service{}", sent.uri())).unwrap();
    let mut pairs = url.query_pairs();
    pairs.find_map(|(given, value)| (given == name).then(|| value.into_owned()))
}

#[tokio::test]
async fn every_example_of_a_request_arrives_as_it_is() {
    for operation in &document().operations {
        let id = operation.id.as_deref().unwrap();
        for given in arguments(operation) {
            let server = Server::answering(500, example(id, 500).to_string()).await;
            let client = server.client();
            api::call(client.operations(), id, given.clone())
                .await
                .unwrap();
            let sent = server.sent().remove(0);
            assert_eq!(sent.method(), &operation.method);
            let body = given.body.unwrap_or_default();
            let text = if sent.body().is_empty() {
                "null"
            } else {
                sent.body()
            };
            assert_eq!(serde_json::from_str::<Value>(text).unwrap(), body, "{id}");
            for parameter in &operation.parameters {
                let name = &parameter.name;
                let expected = in_a_request(&given.parameters[name]);
                let found = match parameter.location {
                    Location::Path => sent.uri().path().rsplit('/').next().map(str::to_owned),
                    Location::Query => in_the_query(&sent, name),
                    Location::Header => {
                        let value = sent.headers().get(name);
                        value.map(|value| value.to_str().unwrap().to_owned())
                    }
                    Location::Cookie => panic!("{id} has the cookie {name}"),
                };
                assert_eq!(found, Some(expected), "{id}, {name}");
            }
        }
    }
}

#[tokio::test]
async fn what_the_document_does_not_have_cannot_be_called() {
    let server = Server::answering(500, String::new()).await;
    let mut given = Arguments::default();
    let client = server.client();
    let error = api::call(client.operations(), "deleteEvent", given.clone())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "there is no operation `deleteEvent`");
    given.parameters.insert("id".to_owned(), json!("one"));
    let error = api::call(client.operations(), "getEvent", given)
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with("the argument `id`: "),
        "{error}"
    );
}
