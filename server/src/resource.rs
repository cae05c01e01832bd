//! Between what is stored and what the document describes: events as resource objects.
//!
//! This is the one place where a change of the document's schemas meets what is on disk.

use chrono::{DateTime, FixedOffset};

use crate::api::types;
use crate::api::types::{
    DocumentLinks, Event as Resource, EventAttributes, EventCreate, EventCreateAttributes,
    EventCreateRelationships, EventDocument, EventField, EventLinks, EventRelationships, EventType,
    JsonApi, RelationshipLinks,
};
use crate::event::{Event, EventData, Linkage, Links, Relationship, Relationships};
use crate::timestamp::Timestamp;

/// What is stored cannot be shown as the document asks: the database holds what this program did not write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event {id} cannot be shown: its {part} is not what was written")]
pub struct NotShown {
    /// The event.
    pub id: i64,
    /// What part of it.
    pub part: &'static str,
}

/// The path of an event, which is its `links.self` too.
pub fn path(id: i64) -> String {
    format!("/events/{id}")
}

/// Names the state of an event. Events do not change, so the id says it all; but what is said of one could change with
/// this program, so its version counts too.
pub fn entity_tag(id: i64) -> String {
    format!("\"{id}-{}\"", env!("CARGO_PKG_VERSION"))
}

/// Whether `If-None-Match` names that state (RFC 9110, section 13.1.2, which compares weakly).
pub fn is_current(if_none_match: &str, entity_tag: &str) -> bool {
    let same = |given: &str| given.strip_prefix("W/").unwrap_or(given) == entity_tag;
    // Our tags hold no comma, so what a list is split into by commas can match only where it should.
    if_none_match.trim() == "*" || if_none_match.split(',').any(|given| same(given.trim()))
}

/// An event as the document has it.
///
/// # Errors
/// The database holds what this program did not write.
pub fn document(event: Event) -> Result<EventDocument, NotShown> {
    let self_ = path(event.id);
    Ok(EventDocument {
        data: resource(event, None)?,
        links: DocumentLinks { self_ },
        jsonapi: Some(JsonApi {
            version: "1.1".to_owned(),
        }),
    })
}

/// An event as a resource object, with these attributes and relationships alone, or with all of them.
///
/// # Errors
/// The database holds what this program did not write.
pub fn resource(event: Event, fields: Option<&[EventField]>) -> Result<Resource, NotShown> {
    let Event {
        id,
        created_at,
        data,
    } = event;
    let broken = |part| NotShown { id, part };
    let instant = |timestamp: &Timestamp, part| -> Result<DateTime<FixedOffset>, NotShown> {
        DateTime::parse_from_rfc3339(timestamp.text()).map_err(|_| broken(part))
    };
    let wanted = |field| fields.is_none_or(|fields| fields.contains(&field));
    let text = |text: Option<String>, field| text.filter(|_| wanted(field));
    let payload = data
        .payload
        .as_deref()
        .filter(|_| wanted(EventField::Payload))
        .map(serde_json::from_str)
        .transpose();
    let attributes = EventAttributes {
        body: text(data.body, EventField::Body),
        created_at: Some(created_at)
            .filter(|_| wanted(EventField::CreatedAt))
            .map(|at| instant(&at, "createdAt"))
            .transpose()?,
        event_at: data
            .event_at
            .filter(|_| wanted(EventField::EventAt))
            .map(|at| instant(&at, "eventAt"))
            .transpose()?,
        external_url: text(data.external_url, EventField::ExternalUrl),
        name: text(data.name, EventField::Name),
        payload: payload.map_err(|_| broken("payload"))?,
        request_city: text(data.request_city, EventField::RequestCity),
        request_device: text(data.request_device, EventField::RequestDevice),
        request_host: text(data.request_host, EventField::RequestHost),
        request_proxied: data
            .request_proxied
            .filter(|_| wanted(EventField::RequestProxied)),
        request_region: text(data.request_region, EventField::RequestRegion),
    };
    Ok(Resource {
        type_: EventType::Event,
        id: id.to_string(),
        attributes,
        relationships: shown(data.relationships, wanted),
        links: EventLinks { self_: path(id) },
    })
}

/// What is known of an event that somebody asks to be created, but for what the server finds out by itself.
pub fn data(create: EventCreate) -> EventData {
    let EventCreate {
        type_: _,
        attributes,
        relationships,
    } = create;
    let EventCreateAttributes {
        body,
        event_at,
        external_url,
        name,
        payload,
    } = attributes;
    EventData {
        name: Some(name),
        // What chrono prints as RFC 3339 is a timestamp.
        event_at: event_at.and_then(|at| Timestamp::parse(&at.to_rfc3339()).ok()),
        body,
        external_url,
        payload: payload.map(|payload| serde_json::Value::Object(payload).to_string()),
        relationships: relationships.map(known).unwrap_or_default(),
        ..EventData::default()
    }
}

/// The seven relationships have types of their own that differ in nothing but their names.
macro_rules! relationships {
    ($($name:ident: $create:ident, $answer:ident, $identifier:ident, $type:ident, $variant:ident;)*) => {
        fn known(create: EventCreateRelationships) -> Relationships {
            Relationships {
                $($name: create.$name.map(|types::$create { data, links }| Relationship {
                    data: data.map(|data| linkage(data.map(|identifier| identifier.id))),
                    links: links.map(known_links),
                }),)*
            }
        }

        fn shown(relationships: Relationships, wanted: impl Fn(EventField) -> bool) -> EventRelationships {
            EventRelationships {
                $($name: relationships.$name.filter(|_| wanted(EventField::$variant)).map(|Relationship { data, links }| types::$answer {
                    data: data.map(|data| Option::<i64>::from(data).map(|id| types::$identifier {
                        type_: types::$type::$variant,
                        id: id.to_string(),
                    })),
                    links: links.map(shown_links),
                }),)*
            }
        }
    };
}

relationships! {
    account: AccountRelationshipCreate, AccountRelationship, AccountIdentifier, AccountIdentifierType, Account;
    call: CallRelationshipCreate, CallRelationship, CallIdentifier, CallIdentifierType, Call;
    mailing: MailingRelationshipCreate, MailingRelationship, MailingIdentifier, MailingIdentifierType, Mailing;
    opportunity: OpportunityRelationshipCreate, OpportunityRelationship, OpportunityIdentifier, OpportunityIdentifierType, Opportunity;
    prospect: ProspectRelationshipCreate, ProspectRelationship, ProspectIdentifier, ProspectIdentifierType, Prospect;
    task: TaskRelationshipCreate, TaskRelationship, TaskIdentifier, TaskIdentifierType, Task;
    user: UserRelationshipCreate, UserRelationship, UserIdentifier, UserIdentifierType, User;
}

/// The pattern of an id allows 18 digits, which 64 bits hold.
fn linkage(id: Option<String>) -> Linkage {
    id.and_then(|id| id.parse().ok())
        .map_or(Linkage::Empty, Linkage::Id)
}

fn known_links(RelationshipLinks { related, self_ }: RelationshipLinks) -> Links {
    Links {
        related,
        this: self_,
    }
}

fn shown_links(Links { related, this }: Links) -> RelationshipLinks {
    RelationshipLinks {
        related,
        self_: this,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_was_asked_to_be_created_is_what_is_shown() {
        let sent = json!({
            "type": "event",
            "attributes": {
                "name": "mailbox_created",
                "body": "",
                "eventAt": "2026-03-03T17:00:00.25+01:00",
                "externalUrl": "https://example.org",
                "payload": { "a": [1, 1.5, null, "é\u{0}"] },
            },
            "relationships": {
                "account": { "data": { "type": "account", "id": "999999999999999999" } },
                "call": { "data": null },
                "mailing": { "links": { "related": "/mailings/7" } },
                "opportunity": { "data": null, "links": { "self": "x" } },
                "prospect": { "data": { "type": "prospect", "id": "1" } },
                "task": { "data": { "type": "task", "id": "2" } },
                "user": { "data": { "type": "user", "id": "3" } },
            },
        });
        let create: EventCreate = serde_json::from_value(sent.clone()).unwrap();
        let created_at = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let event = Event {
            id: 42,
            created_at,
            data: data(create),
        };
        let shown: Value = serde_json::to_value(document(event).unwrap()).unwrap();
        let mut expected = sent;
        expected["id"] = json!("42");
        expected["links"] = json!({ "self": "/events/42" });
        expected["attributes"]["createdAt"] = json!("2026-01-01T00:00:00Z");
        // A fraction of a second is written in steps of three digits.
        expected["attributes"]["eventAt"] = json!("2026-03-03T17:00:00.250+01:00");
        assert_eq!(shown["data"], expected);
    }

    #[test]
    fn each_field_is_shown_where_it_was_chosen_and_nothing_else() {
        let text = Some("text".to_owned());
        let relationship = || {
            Some(Relationship {
                data: Some(Linkage::Id(7)),
                links: None,
            })
        };
        let at = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let event = Event {
            id: 1,
            created_at: at.clone(),
            data: EventData {
                name: text.clone(),
                event_at: Some(at),
                body: text.clone(),
                external_url: text.clone(),
                payload: Some("{}".to_owned()),
                request_city: text.clone(),
                request_device: text.clone(),
                request_host: text.clone(),
                request_proxied: Some(false),
                request_region: text,
                relationships: Relationships {
                    account: relationship(),
                    call: relationship(),
                    mailing: relationship(),
                    opportunity: relationship(),
                    prospect: relationship(),
                    task: relationship(),
                    user: relationship(),
                },
            },
        };
        let names = |fields: Option<&[EventField]>| -> Vec<String> {
            let shown = serde_json::to_value(resource(event.clone(), fields).unwrap()).unwrap();
            [&shown["attributes"], &shown["relationships"]]
                .iter()
                .flat_map(|part| part.as_object().unwrap().keys().cloned())
                .collect()
        };
        for field in EventField::ALL {
            assert_eq!(names(Some(&[field])), [field.as_str()]);
        }
        let two = [EventField::User, EventField::Body, EventField::User];
        assert_eq!(names(Some(&two)), ["body", "user"]);
        assert_eq!(names(Some(&[])), [""; 0]);
        assert_eq!(names(None).len(), EventField::ALL.len());
    }

    #[test]
    fn what_the_database_should_not_hold_is_not_shown() {
        let data = EventData {
            payload: Some("[".to_owned()),
            ..EventData::default()
        };
        let created_at = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let event = Event {
            id: 1,
            created_at,
            data,
        };
        assert_eq!(
            document(event).unwrap_err(),
            NotShown {
                id: 1,
                part: "payload"
            }
        );
    }

    #[test]
    fn a_state_is_named_by_any_of_the_forms_that_http_has() {
        for (given, expected) in [
            ("\"1-a\"", true),
            ("W/\"1-a\"", true),
            ("\"x\", W/\"1-a\" ,\"y\"", true),
            ("*", true),
            ("\"1-b\"", false),
            ("1-a", false),
            ("", false),
        ] {
            assert_eq!(is_current(given, "\"1-a\""), expected, "{given}");
        }
    }
}
