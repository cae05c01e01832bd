//! Events as lines of text: one resource object for each, as the API shows it, with the id and the time that a client
//! cannot choose.
//!
//! A line is judged as a request is, by a table, so that everything that is wrong with it is said at once. The
//! document's own table for an event does not serve here: answers are open, and a member that nobody knows would be
//! lost without a word. So this one is closed, and what a client can create stands in it as the document has it.

use chrono::SecondsFormat;
use dropshot_runtime::schema::{
    Direction, Format, JsonError, Literal, Schema, Types, check, decode, parse_json,
};
use serde::Serialize;

use crate::api::types::{
    Event as Resource, EventAttributes, EventCreate, EventCreateAttributes,
    EventCreateRelationships, EventCreateType, EventRelationships, EventType,
};
use crate::api::{EVENT_CREATE_RELATIONSHIPS, EVENT_PAYLOAD, RESOURCE_ID};
use crate::event::{Event, EventData};
use crate::resource::{NotShown, data, document};
use crate::timestamp::Timestamp;

/// A line with a greater id is refused: an event that is created later has a greater one still, and needs room.
const GREATEST_ID: i64 = 900_000_000_000_000_000;

static LINE: Schema = Schema {
    types: Types::OBJECT,
    properties: &[
        ("type", &TYPE),
        ("id", &RESOURCE_ID),
        ("attributes", &ATTRIBUTES),
        ("relationships", &EVENT_CREATE_RELATIONSHIPS),
        // It follows from the id.
        ("links", &OBJECT),
    ],
    additional_properties: Some(&Schema::NEVER),
    required: &["type", "id", "attributes"],
    ..Schema::ANY
};

static ATTRIBUTES: Schema = Schema {
    types: Types::OBJECT,
    properties: &[
        ("body", &TEXT),
        ("createdAt", &INSTANT),
        ("eventAt", &INSTANT),
        ("externalUrl", &TEXT),
        ("name", &SHORT_TEXT),
        ("payload", &EVENT_PAYLOAD),
        ("requestCity", &SHORT_TEXT),
        ("requestDevice", &SHORT_TEXT),
        ("requestHost", &SHORT_TEXT),
        ("requestProxied", &BOOLEAN),
        ("requestRegion", &SHORT_TEXT),
    ],
    additional_properties: Some(&Schema::NEVER),
    required: &["createdAt"],
    ..Schema::ANY
};

static TYPE: Schema = Schema {
    types: Types::STRING,
    enumeration: Some(&[Literal::String("event")]),
    ..Schema::ANY
};

static OBJECT: Schema = Schema {
    types: Types::OBJECT,
    ..Schema::ANY
};

static TEXT: Schema = Schema {
    types: Types::STRING,
    ..Schema::ANY
};

static SHORT_TEXT: Schema = Schema {
    types: Types::STRING,
    max_length: Some(255),
    ..Schema::ANY
};

static INSTANT: Schema = Schema {
    types: Types::STRING,
    format: Some(Format::DateTime),
    ..Schema::ANY
};

static BOOLEAN: Schema = Schema {
    types: Types::BOOLEAN,
    ..Schema::ANY
};

/// Reads a line.
///
/// # Errors
/// Everything that is wrong with it, in words.
pub fn event(line: &[u8]) -> Result<Event, String> {
    let value = parse_json(line).map_err(not_json)?;
    let violations = check(&LINE, &value, Direction::Response);
    if !violations.is_empty() {
        let reasons: Vec<String> = violations.iter().map(ToString::to_string).collect();
        return Err(reasons.join("; "));
    }
    let id = value["id"].as_str().and_then(|id| id.parse().ok());
    let id = id.filter(|id| *id <= GREATEST_ID).ok_or_else(|| {
        format!("/id: is above {GREATEST_ID}, which leaves no room for new events")
    })?;

    let unusable = |place| move |error: serde_json::Error| format!("{place}: {error}");
    let attributes: EventAttributes =
        decode(&value["attributes"]).map_err(unusable("/attributes"))?;
    let relationships: Option<EventCreateRelationships> =
        decode(&value["relationships"]).map_err(unusable("/relationships"))?;
    let EventAttributes {
        body,
        created_at,
        event_at,
        external_url,
        name,
        payload,
        request_city,
        request_device,
        request_host,
        request_proxied,
        request_region,
    } = attributes;
    let created_at = created_at
        .map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        .and_then(|text| Timestamp::parse(&text).ok())
        .ok_or("/attributes/createdAt: is not a date and time")?;
    // What a client could have created goes the way of a creation; the rest is added.
    let created = data(EventCreate {
        type_: EventCreateType::Event,
        attributes: EventCreateAttributes {
            body,
            event_at,
            external_url,
            name: String::new(),
            payload,
        },
        relationships,
    });
    Ok(Event {
        id,
        created_at,
        data: EventData {
            name,
            request_city,
            request_device,
            request_host,
            request_proxied,
            request_region,
            ..created
        },
    })
}

/// The place in the line: which line of the text it is would mislead, where the text is one of many lines.
fn not_json(error: JsonError) -> String {
    match error {
        JsonError::Malformed {
            column, message, ..
        } => format!("column {column}: no JSON: {message}"),
        JsonError::RepeatedName { pointer, .. } => {
            format!("{pointer}: the object has another member of that name")
        }
    }
}

/// Writes an event as a line, without the line's end. Two events are equal to whoever reads them if their lines are.
///
/// # Errors
/// The database holds what this program did not write.
pub fn line(event: Event) -> Result<String, NotShown> {
    let number = event.id;
    let Resource {
        type_,
        id,
        attributes,
        relationships,
        // It follows from the id.
        links: _,
    } = document(event)?.data;
    let line = Line {
        type_,
        id,
        attributes,
        relationships,
    };
    serde_json::to_string(&line).map_err(|_| NotShown {
        id: number,
        part: "text",
    })
}

#[derive(Serialize)]
struct Line {
    #[serde(rename = "type")]
    type_: EventType,
    id: String,
    attributes: EventAttributes,
    relationships: EventRelationships,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use openapi_model::json_schema;

    use super::*;

    const FULL: &str = concat!(
        r#"{"type":"event","id":"42","attributes":{"body":"","createdAt":"2026-03-02T09:15:31.207Z","#,
        r#""eventAt":"2026-03-02T10:15:30+01:00","externalUrl":"https://example.org","name":"mailbox_created","#,
        r#""payload":{"a":[1,1.5,null,"é"]},"requestCity":"Lisboa","requestDevice":"desktop","#,
        r#""requestHost":"gateway-3","requestProxied":false,"requestRegion":"Lisboa"},"relationships":{"#,
        r#""account":{"data":{"type":"account","id":"7"}},"call":{"data":null},"#,
        r#""mailing":{"links":{"related":"/mailings/7"}},"#,
        r#""user":{"data":{"type":"user","id":"3"},"links":{"self":"/users/3"}}}}"#,
    );

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        assert_eq!(event(text.as_bytes()).unwrap_err(), expected, "{text}");
    }

    #[test]
    fn a_line_that_was_read_is_written_again() {
        let check = |text: &str| {
            let event = event(text.as_bytes()).unwrap();
            assert_eq!(line(event).unwrap(), text);
        };
        check(FULL);
        check(
            r#"{"type":"event","id":"899999999999999999","attributes":{"createdAt":"1969-12-31T23:59:59Z"},"relationships":{}}"#,
        );
    }

    #[test]
    fn what_the_api_shows_of_an_event_is_a_line() {
        let event = event(FULL.as_bytes()).unwrap();
        let shown = serde_json::to_vec(&document(event.clone()).unwrap().data).unwrap();
        assert_eq!(super::event(&shown).unwrap(), event);
    }

    #[test]
    fn relationships_can_be_left_out() {
        let text = r#"{"type":"event","id":"1","attributes":{"createdAt":"2026-01-01T00:00:00Z"}}"#;
        let event = event(text.as_bytes()).unwrap();
        assert_eq!((event.id, event.data), (1, EventData::default()));
    }

    #[test]
    fn everything_that_is_wrong_is_said() {
        check_error("{", "column 1: no JSON: EOF while parsing an object");
        check_error("[]", "is an array, an object is expected");
        check_error(
            r#"{"id":"1","id":"2"}"#,
            "/id: the object has another member of that name",
        );
        check_error(
            r#"{"type":"task","id":"07","attributes":{"name":7,"createdAt":"today"}}"#,
            "/type: is \"task\", expected is \"event\"; /id: does not match the pattern ^[1-9][0-9]{0,17}$; \
             /attributes/createdAt: is not a date-time of RFC 3339, such as 2024-02-29T12:00:00Z; \
             /attributes/name: is an integer, a string is expected",
        );
        check_error(
            r#"{"type":"event","id":"7","attributes":{},"relationships":{"user":{},"call":{"data":7}}}"#,
            "/attributes: the member `createdAt` is missing; \
             /relationships/call/data: is an integer, an object or null is expected; \
             /relationships/user: has too few members, at least one of `data` or `links` is needed",
        );
    }

    #[test]
    fn an_id_leaves_room_for_later_ones() {
        check_error(
            &FULL.replace("\"42\"", "\"900000000000000001\""),
            "/id: is above 900000000000000000, which leaves no room for new events",
        );
    }

    #[test]
    fn the_table_has_the_attributes_and_the_limits_of_the_document() {
        let api = openapi_model::parse(events_spec::DOCUMENT).unwrap();
        let schema = json_schema(
            &api.schemas,
            api.named_schemas["EventAttributes"],
            openapi_model::Direction::Response,
        );
        let described: Vec<_> = schema["properties"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, property)| {
                let is_instant = property["format"] == "date-time";
                (name.as_str(), property["maxLength"].as_u64(), is_instant)
            })
            .collect();
        let mut known: Vec<_> = ATTRIBUTES
            .properties
            .iter()
            .map(|(name, table)| (*name, table.max_length, table.format.is_some()))
            .collect();
        known.sort_unstable();
        assert_eq!(known, described);
    }
}
