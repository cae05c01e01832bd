//! What holds for every operation of the Event API's document, and what was given to the letter.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use events_spec::DOCUMENT;
use openapi_model::{Api, Operation, Response, Schema, SchemaId, SecurityKind, Types, parse};

const MEDIA_TYPE: &str = "application/vnd.api+json";

fn api() -> Api {
    parse(DOCUMENT).unwrap()
}

/// The code of a response, which in this document is always a single one.
fn code(response: &Response) -> String {
    response.status.to_string()
}

fn named<'a>(api: &'a Api, name: &str) -> &'a Schema {
    api.schemas.get(api.named_schemas[name])
}

/// A property's schema, references followed.
fn property<'a>(api: &'a Api, schema: &Schema, name: &str) -> &'a Schema {
    api.schemas
        .get(api.schemas.resolve(schema.properties[name]))
}

fn is_closed(api: &Api, schema: &Schema) -> bool {
    schema
        .additional_properties
        .is_some_and(|id| api.schemas.get(id).types == Types::NONE)
}

#[test]
fn the_document_reads_without_a_note() {
    assert_eq!(api().notes, []);
}

#[test]
fn every_operation_is_described_and_has_a_scope() {
    for operation in api().operations {
        let label = operation.label();
        assert!(operation.id.is_some(), "{label} has no operationId");
        assert!(
            operation.summary.is_some() && operation.description.is_some(),
            "{label} is not described"
        );
        assert_eq!(operation.tags, ["events"], "{label}");
        assert_eq!(operation.scopes.len(), 1, "{label}");
    }
}

#[test]
fn every_operation_asks_for_both_credentials() {
    let api = api();
    for operation in &api.operations {
        let requirements: Vec<Vec<&str>> = operation
            .security
            .iter()
            .map(|requirement| {
                requirement
                    .iter()
                    .map(|scheme| scheme.scheme.as_str())
                    .collect()
            })
            .collect();
        assert_eq!(
            requirements,
            [["bearerAuth", "s2sAuthToken"]],
            "{}",
            operation.label()
        );
    }
    assert_eq!(
        api.security_schemes["bearerAuth"].kind,
        SecurityKind::Http("bearer".to_owned())
    );
    assert!(matches!(
        &api.security_schemes["s2sAuthToken"].kind,
        SecurityKind::ApiKey(openapi_model::Location::Header, name) if name == "S2S-Auth-Token"
    ));
}

#[test]
fn every_operation_declares_what_it_can_answer() {
    let api = api();
    let declares = |operation: &Operation, wanted: &str| {
        operation
            .responses
            .iter()
            .any(|response| code(response) == wanted)
    };
    for operation in &api.operations {
        let always = ["400", "401", "403", "406", "429", "500", "503"];
        let with_body = ["408", "409", "413", "415", "422"];
        for wanted in always {
            assert!(
                declares(operation, wanted),
                "{} lacks {wanted}",
                operation.label()
            );
        }
        for wanted in with_body {
            assert_eq!(
                declares(operation, wanted),
                operation.request_body.is_some(),
                "{}: {wanted}",
                operation.label()
            );
        }
        // A path is what can be missing or be there already, and a method that it has is never refused as unknown.
        assert_eq!(
            declares(operation, "404"),
            operation.path.contains('{'),
            "{}: 404",
            operation.label()
        );
        assert_eq!(
            declares(operation, "304"),
            operation.method == "GET",
            "{}: 304",
            operation.label()
        );
        assert!(!declares(operation, "405"), "{}: 405", operation.label());
    }
}

#[test]
fn every_answer_has_the_headers_that_its_status_asks_for() {
    for operation in api().operations {
        for response in &operation.responses {
            let wanted = match code(response).as_str() {
                "200" | "304" => vec!["ETag"],
                "201" => vec!["Location"],
                "401" => vec!["WWW-Authenticate"],
                "429" | "503" => vec!["Retry-After"],
                _ => vec![],
            };
            let required: Vec<&str> = response
                .headers
                .iter()
                .filter(|(_, header)| header.required)
                .map(|(name, _)| name.as_str())
                .collect();
            assert_eq!(
                required,
                wanted,
                "{}: {}",
                operation.label(),
                code(response)
            );
        }
    }
}

#[test]
fn every_body_is_of_the_one_media_type_and_has_an_example() {
    let api = api();
    for operation in &api.operations {
        let requests = operation
            .request_body
            .iter()
            .map(|body| ("request".to_owned(), &body.content));
        let responses = operation
            .responses
            .iter()
            .map(|response| (code(response), &response.content));
        for (place, content) in requests.chain(responses) {
            let label = format!("{}: {place}", operation.label());
            if place == "304" {
                assert!(content.is_empty(), "{label} has a body");
                continue;
            }
            assert_eq!(content.keys().collect::<Vec<_>>(), [MEDIA_TYPE], "{label}");
            let body = &content[MEDIA_TYPE];
            assert!(!body.examples.is_empty(), "{label} has no example");
            if place.starts_with(['4', '5']) {
                let schema = api
                    .schemas
                    .resolve(body.schema.expect("a body has a schema"));
                assert_eq!(api.schema_name(schema), Some("ErrorDocument"), "{label}");
                let statuses: BTreeSet<String> = body
                    .examples
                    .values()
                    .flat_map(|example| example["errors"].as_array().unwrap())
                    .map(|error| error["status"].as_str().unwrap().to_owned())
                    .collect();
                assert_eq!(
                    statuses,
                    BTreeSet::from([place]),
                    "the errors of the example of {label}"
                );
            }
        }
    }
}

#[test]
fn a_created_event_leads_to_itself() {
    let api = api();
    let created = api
        .operation("createEvent")
        .unwrap()
        .responses
        .iter()
        .find(|response| code(response) == "201")
        .unwrap();
    let link = &created.links["getEvent"];
    assert_eq!(
        link.operation.as_ref(),
        Some(&api.operation("getEvent").unwrap().pointer)
    );
    assert_eq!(link.parameters["id"], "$response.body#/data/id");
    for example in created.content[MEDIA_TYPE].examples.values() {
        assert_eq!(example["data"]["links"]["self"], example["links"]["self"]);
    }
}

#[test]
fn the_parameters_of_a_list_are_those_of_its_relationships_attributes_and_pages() {
    let api = api();
    let list = api.operation("listEvents").unwrap();
    let names: Vec<&str> = list
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let filters = named(&api, "EventRelationships")
        .properties
        .keys()
        .map(|name| format!("filter[{name}][id]"));
    let others = [
        "filter[name]",
        "filter[eventAt][gte]",
        "filter[eventAt][lt]",
        "filter[createdAt][gte]",
        "filter[createdAt][lt]",
        "sort",
        "page[size]",
        "page[after]",
        "page[before]",
        "page[total]",
        "fields[event]",
        "If-None-Match",
    ];
    let expected: Vec<String> = filters.chain(others.map(str::to_owned)).collect();
    assert_eq!(names, expected);
    for parameter in &list.parameters {
        assert!(!parameter.required, "{}", parameter.name);
        assert!(!parameter.examples.is_empty(), "{}", parameter.name);
        let schema = api
            .schemas
            .get(api.schemas.resolve(parameter.schema.unwrap()));
        match parameter.name.as_str() {
            name if name.ends_with("[id]") => {
                assert_eq!(schema.pattern.as_deref(), Some("^[1-9][0-9]{0,17}$"));
            }
            name if name.ends_with("[gte]") || name.ends_with("[lt]") => {
                assert_eq!(schema.format.as_deref(), Some("date-time"));
            }
            // Whatever has this form is the number of an instant and that of an id, so no cursor of it is refused.
            "page[after]" | "page[before]" => {
                assert_eq!(schema.pattern.as_deref(), Some("^[0-9a-f]{32}$"));
            }
            _ => {}
        }
    }
}

#[test]
fn the_fields_that_can_be_chosen_are_all_attributes_and_relationships() {
    let api = api();
    let fields: Vec<&str> = named(&api, "EventField")
        .enumeration
        .iter()
        .flatten()
        .map(|field| field.as_str().unwrap())
        .collect();
    let attributes = named(&api, "EventAttributes").properties.keys();
    let relationships = named(&api, "EventRelationships").properties.keys();
    assert_eq!(fields, attributes.chain(relationships).collect::<Vec<_>>());
    // What was not chosen is absent.
    for name in ["EventAttributes", "EventRelationships"] {
        assert_eq!(named(&api, name).required, [""; 0], "{name}");
    }
}

#[test]
fn the_links_of_a_page_are_there_even_where_they_lead_nowhere() {
    let api = api();
    let links = named(&api, "PageLinks");
    assert_eq!(links.required, ["self", "first", "prev", "next"]);
    for name in ["first", "prev", "next"] {
        let link = property(&api, links, name);
        assert_eq!(link.types, Types::STRING.union(Types::NULL), "{name}");
    }
}

#[test]
fn the_attributes_are_those_that_were_given() {
    let api = api();
    // name, type, format, most characters, description
    let given = [
        (
            "body",
            Types::STRING,
            None,
            None,
            "The event body (for external events only)",
        ),
        (
            "createdAt",
            Types::STRING,
            Some("date-time"),
            None,
            "The date and time the event was created.",
        ),
        (
            "eventAt",
            Types::STRING,
            Some("date-time"),
            None,
            "The date and time the event occurred.",
        ),
        (
            "externalUrl",
            Types::STRING,
            None,
            None,
            "The external URL associated with this event (for external events only)",
        ),
        (
            "name",
            Types::STRING,
            None,
            Some(255),
            "The name of the event that took place (e.g. \"mailbox_created\").",
        ),
        (
            "payload",
            Types::OBJECT,
            None,
            None,
            "The transmitted data for the event (cannot be updated once an event has been created)",
        ),
        (
            "requestCity",
            Types::STRING,
            None,
            Some(255),
            "The city where the request that created the event was made.",
        ),
        (
            "requestDevice",
            Types::STRING,
            None,
            Some(255),
            "The type of device on which the request that created the event was made.",
        ),
        (
            "requestHost",
            Types::STRING,
            None,
            Some(255),
            "Name of the host from which the request was made.",
        ),
        (
            "requestProxied",
            Types::BOOLEAN,
            None,
            None,
            "Whether the request was proxied. For example, when true the request city refers to the location of the email \
             server and not the prospect.",
        ),
        (
            "requestRegion",
            Types::STRING,
            None,
            Some(255),
            "Name of the region from which the request was made.",
        ),
    ];
    let in_answers = named(&api, "EventAttributes");
    assert_eq!(
        in_answers.properties.keys().collect::<Vec<_>>(),
        given.each_ref().map(|attribute| attribute.0)
    );
    assert_eq!(in_answers.required, [""; 0]);
    let in_requests = named(&api, "EventCreateAttributes");
    assert_eq!(
        in_requests.properties.keys().collect::<Vec<_>>(),
        ["body", "eventAt", "externalUrl", "name", "payload"]
    );
    assert_eq!(in_requests.required, ["name"]);
    for (name, types, format, most, description) in given {
        for schema in [in_answers, in_requests] {
            if !schema.properties.contains_key(name) {
                continue;
            }
            let attribute = property(&api, schema, name);
            assert_eq!(attribute.types, types, "{name}");
            assert_eq!(attribute.format.as_deref(), format, "{name}");
            assert_eq!(attribute.max_length, most, "{name}");
            assert_eq!(
                attribute.annotations.description.as_deref(),
                Some(description),
                "{name}"
            );
        }
    }
}

#[test]
fn the_relationships_are_those_that_were_given() {
    let api = api();
    let given = [
        "account",
        "call",
        "mailing",
        "opportunity",
        "prospect",
        "task",
        "user",
    ];
    for (relationships, is_request) in [
        ("EventRelationships", false),
        ("EventCreateRelationships", true),
    ] {
        let relationships = named(&api, relationships);
        assert_eq!(relationships.properties.keys().collect::<Vec<_>>(), given);
        for name in given {
            let relationship = property(&api, relationships, name);
            let one_of_them: Vec<&[String]> = relationship
                .any_of
                .iter()
                .map(|branch| api.schemas.get(*branch).required.as_slice())
                .collect();
            assert_eq!(one_of_them, [["data"], ["links"]], "{name}");
            assert_eq!(is_closed(&api, relationship), is_request, "{name}");
            if !is_request {
                let description = format!(
                    "You can use only the attribute id to filter events by {name} (e.g. filter[{name}][id]=X)"
                );
                assert_eq!(relationship.annotations.description, Some(description));
            }
            let identifier = property(&api, relationship, "data");
            assert_eq!(identifier.types, Types::OBJECT.union(Types::NULL), "{name}");
            assert_eq!(identifier.required, ["type", "id"], "{name}");
            let of_type = property(&api, identifier, "type").enumeration.as_deref();
            assert_eq!(of_type, Some([name.into()].as_slice()), "{name}");
            let id = property(&api, identifier, "id");
            assert_eq!(id.pattern.as_deref(), Some("^[1-9][0-9]{0,17}$"), "{name}");
        }
    }
}

#[test]
fn answers_are_open_and_the_resource_of_a_request_is_closed() {
    let api = api();
    let answers = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses)
        .flat_map(|response| response.content.values())
        .filter_map(|body| body.schema);
    for id in reachable(&api, answers.collect()) {
        let schema = api.schemas.get(id);
        assert!(!is_closed(&api, schema), "{} is closed", schema.pointer);
    }
    for name in [
        "EventCreate",
        "EventCreateAttributes",
        "EventCreateRelationships",
    ] {
        assert!(is_closed(&api, named(&api, name)), "{name} is open");
    }
    assert!(!is_closed(&api, named(&api, "EventCreateDocument")));
}

/// These schemas and all that they lead to by references, properties and items, which is how this document is written.
fn reachable(api: &Api, mut from: Vec<SchemaId>) -> BTreeSet<SchemaId> {
    let mut seen = BTreeSet::new();
    while let Some(id) = from.pop() {
        if seen.insert(id) {
            let schema = api.schemas.get(id);
            from.extend(
                schema
                    .reference
                    .iter()
                    .chain(&schema.items)
                    .chain(schema.properties.values()),
            );
        }
    }
    seen
}
