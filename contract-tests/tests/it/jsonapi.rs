//! What JSON:API 1.1 asks of a server, sentence by sentence, on the real one.
//!
//! The tests are named with the words of the standard, in its order. One sentence has no test, because nothing here can
//! break it: relationships are not checked for whether what they name exists, so there is no 404 for that. That the client
//! ignores what the standard does not define, too, is a test of the client.

use http::Method;
use serde_json::{Map, Value, json};

use crate::api::{Answer, Api, Call, MEDIA_TYPE};

/// The status of each answer, with its call, where it is not the expected one.
async fn statuses(api: &Api, calls: Vec<(Call, u16)>) {
    for (call, expected) in calls {
        let shown = format!("{call:?}");
        let answer = api.send(call).await;
        assert_eq!(answer.status, expected, "{shown}: {}", answer.body);
    }
}

fn post_as(api: &Api, content_type: &str, body: &Value) -> Call {
    api.call(Method::POST, "/events")
        .header("Content-Type", content_type)
        .body(body.to_string())
}

/// An event to create.
fn event(name: &str) -> Value {
    json!({ "data": { "type": "event", "attributes": { "name": name } } })
}

/// An event to create, with everything that one can have.
fn full() -> Value {
    json!({ "data": {
        "type": "event",
        "attributes": {
            "name": "webinar_attended",
            "eventAt": "2026-03-03T16:00:00Z",
            "body": "b",
            "externalUrl": "https://example.com/1",
            "payload": { "minutes": 47 },
        },
        "relationships": {
            "account": { "data": { "type": "account", "id": "7" } },
            "opportunity": { "data": null },
            "prospect": {
                "data": { "type": "prospect", "id": "9" },
                "links": { "related": "https://example.com/prospects/9" },
            },
            "task": { "links": { "self": "https://example.com/events/1/relationships/task" } },
        },
    } })
}

/// A server that has three events: `a`, `b` and, of account 7, `webinar_attended`.
async fn with_events() -> Api {
    let api = Api::start().await;
    for event in [event("a"), event("b"), full()] {
        assert_eq!(api.send(api.post(&event)).await.status, 201);
    }
    api
}

/// An answer of every kind that the server gives.
async fn answers(api: &Api) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (request, status) in [
        (api.get("/events/3"), 200),
        (api.get("/events"), 200),
        (api.get("/events?page%5Bsize%5D=1"), 200),
        (api.get("/events?filter%5Bname%5D=none"), 200),
        (api.get("/events?page%5Btotal%5D=true"), 200),
        (api.post(&full()), 201),
        (api.get("/events/one"), 400),
        (api.get("/events?sort=name&color=red"), 400),
        (Call::new(Method::GET, "/events/1"), 401),
        (api.get("/nothing"), 404),
        (api.get("/events/99"), 404),
        (api.call(Method::DELETE, "/events/1"), 405),
        (api.get("/events/1").header("Accept", "text/html"), 406),
        (api.post(&json!({ "data": { "type": "other" } })), 409),
        (post_as(api, "application/json", &event("a")), 415),
        (api.post(&json!({ "data": { "type": "event" } })), 422),
    ] {
        let answer = api.send(request).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        answers.push(answer);
    }
    answers
}

/// The resource objects of a document.
fn resources(document: &Value) -> Vec<&Value> {
    match &document["data"] {
        Value::Array(resources) => resources.iter().collect(),
        Value::Null => Vec::new(),
        resource => vec![resource],
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

/// The ids of a page.
fn ids(document: &Value) -> Vec<&str> {
    let events = document["data"].as_array().unwrap().iter();
    events.map(|event| event["id"].as_str().unwrap()).collect()
}

mod content_negotiation {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_payload_is_sent_as_the_media_type_without_parameters() {
        let api = with_events().await;
        for answer in answers(&api).await {
            assert_eq!(answer.header("content-type"), Some(MEDIA_TYPE));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_content_type_with_another_parameter_than_ext_or_profile_is_415() {
        let api = Api::start().await;
        let given = |parameters: &str, status| {
            let content_type = format!("{MEDIA_TYPE}{parameters}");
            (post_as(&api, &content_type, &event("a")), status)
        };
        statuses(
            &api,
            vec![
                given("", 201),
                given("; charset=utf-8", 415),
                given(";version=1", 415),
                given("; profile=\"https://example.com/p\"; charset=utf-8", 415),
            ],
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_content_type_with_an_ext_that_is_not_supported_is_415() {
        let api = Api::start().await;
        let content_type = format!("{MEDIA_TYPE}; ext=\"https://jsonapi.org/ext/atomic\"");
        statuses(&api, vec![(post_as(&api, &content_type, &event("a")), 415)]).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_instance_with_another_parameter_is_ignored_and_406_where_all_are_such() {
        let api = with_events().await;
        let accepting = |accept: &str, status| {
            let accept = accept.replace("API", MEDIA_TYPE);
            (api.get("/events/1").header("Accept", accept), status)
        };
        statuses(
            &api,
            vec![
                (api.get("/events/1"), 200),
                accepting("*/*", 200),
                accepting("application/*", 200),
                accepting("API", 200),
                accepting("text/html, API", 200),
                accepting("API; charset=utf-8, API", 200),
                accepting("API; ext=\"https://jsonapi.org/ext/atomic\", API", 200),
                accepting("API; charset=utf-8", 406),
                accepting("API; charset=utf-8, API; version=1", 406),
                accepting("API; ext=\"https://jsonapi.org/ext/atomic\"", 406),
                accepting(
                    "API; ext=\"https://jsonapi.org/ext/atomic\", API; version=1",
                    406,
                ),
            ],
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn unknown_profiles_are_ignored() {
        let api = with_events().await;
        let profile = format!("{MEDIA_TYPE}; profile=\"https://example.com/unknown\"");
        statuses(
            &api,
            vec![
                (post_as(&api, &profile, &event("a")), 201),
                (api.get("/events/1").header("Accept", &profile), 200),
            ],
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn answers_vary_with_accept() {
        let api = with_events().await;
        for path in ["/events/1", "/events"] {
            let answer = api.send(api.get(path)).await;
            let names: Vec<String> = answer
                .headers
                .get_all("vary")
                .iter()
                .flat_map(|names| names.to_str().unwrap().split(','))
                .map(|name| name.trim().to_ascii_lowercase())
                .collect();
            assert!(names.contains(&"accept".to_owned()), "{path}: {names:?}");
        }
    }
}

mod document {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn at_the_root_is_an_object_with_data_errors_or_meta_and_never_data_and_errors() {
        let api = with_events().await;
        for answer in answers(&api).await {
            let root = object(&answer.body);
            let has = |name: &str| root.contains_key(name);
            assert!(has("data") || has("errors") || has("meta"));
            assert!(!(has("data") && has("errors")), "{}", answer.body);
            assert_eq!(has("errors"), answer.status >= 400, "{}", answer.body);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_collection_is_an_array_with_0_or_1_items_too() {
        let api = with_events().await;
        for (path, expected) in [
            ("/events?filter%5Bname%5D=none", vec![]),
            ("/events?filter%5Bname%5D=b", vec!["2"]),
            ("/events?sort=createdAt", vec!["1", "2", "3"]),
        ] {
            let answer = api.send(api.get(path)).await;
            assert_eq!(ids(&answer.body), expected, "{path}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn each_resource_has_a_type_and_an_id_that_are_strings() {
        let api = with_events().await;
        let mut seen = 0;
        for answer in answers(&api).await {
            for resource in resources(&answer.body) {
                assert_eq!(resource["type"], "event");
                assert!(resource["id"].is_string(), "{resource}");
                seen += 1;
            }
        }
        assert!(seen > 5);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn attributes_and_relationships_share_one_namespace() {
        let api = with_events().await;
        for answer in answers(&api).await {
            for resource in resources(&answer.body) {
                let relationships = object(&resource["relationships"]);
                for name in object(&resource["attributes"]).keys() {
                    assert!(!relationships.contains_key(name), "{resource}");
                    assert!(name != "type" && name != "id", "{resource}");
                }
                assert!(!relationships.contains_key("type"), "{resource}");
                assert!(!relationships.contains_key("id"), "{resource}");
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relationship_holds_links_data_or_meta_and_linkage_is_null_or_identifiers() {
        let api = with_events().await;
        let mut seen = 0;
        for answer in answers(&api).await {
            for resource in resources(&answer.body) {
                for relationship in object(&resource["relationships"]).values() {
                    let members = object(relationship);
                    let mut names = ["links", "data", "meta"].iter();
                    assert!(names.any(|&name| members.contains_key(name)), "{resource}");
                    match members.get("data") {
                        None | Some(Value::Null) => {}
                        Some(Value::Array(identifiers)) => {
                            identifiers.iter().for_each(assert_identifier);
                        }
                        Some(identifier) => assert_identifier(identifier),
                    }
                    seen += 1;
                }
            }
        }
        assert!(seen > 8, "{seen}");
    }

    fn assert_identifier(identifier: &Value) {
        assert!(identifier["type"].is_string(), "{identifier}");
        assert!(identifier["id"].is_string(), "{identifier}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_type_and_id_come_twice_in_one_document() {
        let api = with_events().await;
        let answer = api.send(api.get("/events")).await;
        let mut found = ids(&answer.body);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["1", "2", "3"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_link_is_a_string_an_object_with_href_or_null() {
        let api = with_events().await;
        let mut seen = 0;
        for answer in answers(&api).await {
            let mut links = vec![&answer.body["links"]];
            for resource in resources(&answer.body) {
                links.push(&resource["links"]);
                let relationships = object(&resource["relationships"]).values();
                links.extend(relationships.map(|relationship| &relationship["links"]));
            }
            for link in links.iter().filter_map(|links| links.as_object()).flatten() {
                let (name, link) = link;
                let held = link.is_string() || link["href"].is_string() || link.is_null();
                assert!(held, "{name}: {link}");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn jsonapi_is_an_object_with_a_version() {
        let api = with_events().await;
        let mut seen = 0;
        for answer in answers(&api).await {
            if let Some(jsonapi) = answer.body.get("jsonapi") {
                assert_eq!(jsonapi["version"], "1.1");
                seen += 1;
            }
        }
        assert!(seen > 0);
    }
}

mod getting {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_found_is_200_and_a_missing_single_resource_404() {
        let api = with_events().await;
        statuses(
            &api,
            vec![
                (api.get("/events/1"), 200),
                (api.get("/events"), 200),
                (api.get("/events?filter%5Bname%5D=none"), 200),
                (api.get("/events/99"), 404),
                (api.get("/events/-1"), 404),
            ],
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn include_is_400_where_it_is_not_supported() {
        let api = with_events().await;
        for path in [
            "/events/1?include=account",
            "/events?include=account",
            "/events?include=",
        ] {
            let answer = api.send(api.get(path)).await;
            assert_eq!(answer.status, 400, "{path}");
            let source = &answer.body["errors"][0]["source"];
            assert_eq!(source["parameter"], "include", "{path}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn only_the_named_fields_come_back_and_an_empty_value_means_none() {
        let api = with_events().await;
        for (fields, attributes, relationships) in [
            ("name", vec!["name"], vec![]),
            ("name,account", vec!["name"], vec!["account"]),
            ("account,task", vec![], vec!["account", "task"]),
            ("", vec![], vec![]),
        ] {
            let path =
                format!("/events?fields%5Bevent%5D={fields}&filter%5Bname%5D=webinar_attended");
            let answer = api.send(api.get(&path)).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let event = &answer.body["data"][0];
            let names = |member: &str| -> Vec<&str> {
                let members = event[member].as_object().into_iter().flatten();
                members.map(|(name, _)| name.as_str()).collect()
            };
            assert_eq!(names("attributes"), attributes, "{fields}");
            assert_eq!(names("relationships"), relationships, "{fields}");
            assert_eq!(event["id"], "3", "{fields}");
        }
        let unknown = api.get("/events?fields%5Bevent%5D=color");
        let other = api.get("/events?fields%5Baccount%5D=name");
        statuses(&api, vec![(unknown, 400), (other, 400)]).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn sort_is_as_asked_or_400() {
        let api = with_events().await;
        for (sort, expected) in [("createdAt", "123"), ("-createdAt", "321")] {
            let answer = api.send(api.get(&format!("/events?sort={sort}"))).await;
            assert_eq!(ids(&answer.body).concat(), expected, "{sort}");
        }
        for sort in ["name", "createdAt,eventAt", "+createdAt", ""] {
            let answer = api.send(api.get(&format!("/events?sort={sort}"))).await;
            assert_eq!(answer.status, 400, "{sort}");
            let source = &answer.body["errors"][0]["source"];
            assert_eq!(source["parameter"], "sort", "{sort}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn pagination_links_are_first_last_prev_and_next_and_null_when_unavailable() {
        let api = with_events().await;
        let mut answer = api
            .send(api.get("/events?sort=createdAt&page%5Bsize%5D=1"))
            .await;
        let first = answer.body["links"]["first"].clone();
        assert!(answer.body["links"]["prev"].is_null());
        let mut found = Vec::new();
        loop {
            let links = object(&answer.body["links"]);
            for name in links.keys() {
                let known = ["self", "first", "last", "prev", "next"];
                assert!(known.contains(&name.as_str()), "{name}");
            }
            assert_eq!(links["first"], first);
            found.push(ids(&answer.body).concat());
            let Some(next) = links["next"].as_str() else {
                break;
            };
            let path = next.to_owned();
            answer = api.send(api.get(&path)).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        }
        assert_eq!(found, ["1", "2", "3"]);
        let prev = answer.body["links"]["prev"].as_str().unwrap();
        assert_eq!(ids(&api.send(api.get(prev)).await.body), ["2"]);
        let first = first.as_str().unwrap();
        assert_eq!(ids(&api.send(api.get(first)).await.body), ["1"]);
    }
}

mod creating {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn data_is_one_resource_object_with_at_least_a_type() {
        let api = Api::start().await;
        let data = event("a")["data"].clone();
        statuses(
            &api,
            vec![
                (api.post(&json!({ "data": [data] })), 422),
                (api.post(&json!({ "data": null })), 422),
                (api.post(&json!({ "meta": {} })), 422),
                (
                    api.post(&json!({ "data": { "attributes": { "name": "a" } } })),
                    422,
                ),
            ],
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_created_is_201_with_the_document_and_location_equals_the_self_link() {
        let api = Api::start().await;
        let answer = api.send(api.post(&full())).await;
        assert_eq!(answer.status, 201);
        let location = answer.header("location").unwrap().to_owned();
        assert_eq!(answer.body["data"]["links"]["self"], location);
        let got = api.send(api.get(&location)).await;
        assert_eq!(got.body["data"], answer.body["data"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_id_of_the_client_is_403_and_a_wrong_type_409() {
        let api = Api::start().await;
        let (mut with_id, mut other) = (event("a"), event("a"));
        with_id["data"]["id"] = json!("5");
        other["data"]["type"] = json!("call");
        statuses(
            &api,
            vec![
                (api.post(&with_id), 403),
                (api.post(&other), 409),
                (api.get("/events/1"), 404),
            ],
        )
        .await;
    }
}

mod query_parameters {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_name_that_breaks_the_rules_or_is_not_known_is_400() {
        let api = with_events().await;
        for path in ["/events", "/events/1"] {
            for name in [
                "color",
                "Color",
                "_x",
                "filter%5B%5D",
                "a%20b",
                "%00",
                "page",
            ] {
                let answer = api.send(api.get(&format!("{path}?{name}=1"))).await;
                assert_eq!(answer.status, 400, "{path} {name}");
                let error = &answer.body["errors"][0];
                assert!(error["source"]["parameter"].is_string(), "{error}");
            }
        }
        let post = api
            .call(Method::POST, "/events?color=1")
            .header("Content-Type", MEDIA_TYPE)
            .body(event("a").to_string());
        statuses(&api, vec![(post, 400)]).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn names_are_compared_after_percent_decoding() {
        let api = with_events().await;
        for query in ["filter[name]=a", "filter%5Bname%5D=a", "%66ilter%5bname]=a"] {
            let answer = api.send(api.get(&format!("/events?{query}"))).await;
            assert_eq!(ids(&answer.body), ["1"], "{query}");
        }
        let twice = api.get("/events?filter[name]=a&filter%5Bname%5D=b");
        statuses(&api, vec![(twice, 400)]).await;
    }

    #[test]
    fn only_what_the_standard_names_or_names_with_a_character_outside_a_to_z_are_allowed() {
        let api = openapi_model::parse(events_spec::DOCUMENT).unwrap();
        let mut seen = 0;
        for operation in &api.operations {
            for parameter in &operation.parameters {
                if parameter.location != openapi_model::Location::Query {
                    continue;
                }
                let name = parameter.name.as_str();
                let family = name.split('[').next().unwrap();
                let standard = ["include", "sort", "fields", "filter", "page"].contains(&family);
                let own = family.contains(|c: char| !c.is_ascii_lowercase());
                assert!(standard || own, "{name}");
                seen += 1;
            }
        }
        assert!(seen > 10, "{seen}");
    }
}

mod errors {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn errors_are_an_array_and_each_holds_what_an_error_has_with_the_status_as_a_string() {
        let api = with_events().await;
        let mut seen = 0;
        for answer in answers(&api).await {
            if answer.status < 400 {
                continue;
            }
            // Errors of one answer may differ, as those of a body with several faults do.
            let mut statuses = Vec::new();
            for error in answer.body["errors"].as_array().unwrap() {
                let members = object(error);
                let known = [
                    "id", "links", "status", "code", "title", "detail", "source", "meta",
                ];
                assert!(known.iter().any(|&name| members.contains_key(name)));
                let status = error["status"].as_str().unwrap();
                assert!(matches!(status.parse(), Ok(400..=599)), "{error}");
                statuses.push(status);
                for name in ["code", "title", "detail"] {
                    let text = members.get(name);
                    assert!(text.is_none_or(Value::is_string), "{error}");
                }
                seen += 1;
            }
            let own = answer.status.to_string();
            assert!(statuses.contains(&own.as_str()), "{}", answer.body);
        }
        assert!(seen > 8, "{seen}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn source_pointer_points_at_a_value_that_exists_in_the_request() {
        let api = Api::start().await;
        let mut seen = 0;
        for body in [
            json!([]),
            json!({}),
            json!({ "data": [] }),
            json!({ "data": {} }),
            json!({ "data": { "type": "event" } }),
            json!({ "data": { "type": "event", "attributes": {} } }),
            json!({ "data": { "type": "event", "id": "1", "attributes": { "name": 5, "x/y": 1 } } }),
            json!({ "data": {
                "type": "other",
                "attributes": { "name": "a", "eventAt": "now", "payload": [] },
                "relationships": { "account": {}, "user": { "data": { "type": "user" } } },
            } }),
        ] {
            let answer = api.send(api.post(&body)).await;
            assert!(answer.status >= 400, "{body}");
            for error in answer.body["errors"].as_array().unwrap() {
                let pointer = error["source"]["pointer"].as_str().unwrap();
                assert!(body.pointer(pointer).is_some(), "{pointer} in {body}");
                seen += 1;
            }
        }
        assert!(seen > 8, "{seen}");
    }
}

mod both_sides {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn members_that_the_standard_does_not_define_are_ignored() {
        let api = Api::start().await;
        let mut event = event("a");
        event["color"] = json!("red");
        event["meta"] = json!({ "x": 1 });
        event["jsonapi"] = json!({ "version": "1.0", "y": [] });
        let answer = api.send(api.post(&event)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert!(answer.body.get("color").is_none());
    }
}
