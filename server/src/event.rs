//! An event as the service keeps it: purely the shape of what passes between the handlers and a store.
//!
//! It is not the type that is generated from the document. A stored event outlives many versions of the document, and
//! the handlers' translation between the two is the one place where a change of the document meets what is on disk.

use serde::{Deserialize, Deserializer, Serialize};

use crate::timestamp::Timestamp;

/// An event that is stored. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The id, above zero. It is never given to another event.
    pub id: i64,
    /// When the event was stored.
    pub created_at: Timestamp,
    /// All else that is known of it.
    pub data: EventData,
}

/// What is known of an event when it is created. `None` is "not known"; empty text is known, and empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventData {
    /// The name of the event that took place.
    pub name: Option<String>,
    /// When it took place.
    pub event_at: Option<Timestamp>,
    /// The event's body.
    pub body: Option<String>,
    /// The address outside of the application that belongs to it.
    pub external_url: Option<String>,
    /// The data that came with it: the text of a JSON object, kept as it was written, so that no digit of a number is
    /// lost.
    pub payload: Option<String>,
    /// The city where the request that created it was made.
    pub request_city: Option<String>,
    /// The type of device on which that request was made.
    pub request_device: Option<String>,
    /// The name or address of the host that made that request.
    pub request_host: Option<String>,
    /// Whether that request came by way of a proxy.
    pub request_proxied: Option<bool>,
    /// The region where that request was made.
    pub request_region: Option<String>,
    /// What it has to do with.
    pub relationships: Relationships,
}

impl EventData {
    /// How many bytes its texts have: about what it takes, and what it takes to send it.
    pub fn bytes(&self) -> usize {
        let EventData {
            name,
            event_at: _,
            body,
            external_url,
            payload,
            request_city,
            request_device,
            request_host,
            request_proxied: _,
            request_region,
            relationships,
        } = self;
        let texts = [
            name,
            body,
            external_url,
            payload,
            request_city,
            request_device,
            request_host,
            request_region,
        ];
        let Relationships {
            account,
            call,
            mailing,
            opportunity,
            prospect,
            task,
            user,
        } = relationships;
        let links = [account, call, mailing, opportunity, prospect, task, user]
            .into_iter()
            .flatten()
            .filter_map(|relationship| relationship.links.as_ref())
            .flat_map(|links| [&links.related, &links.this]);
        let texts = texts.into_iter().chain(links).flatten();
        texts.map(String::len).sum()
    }
}

/// The seven relationships of an event, each of which can be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say what they relate to")]
pub struct Relationships {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailing: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Relationship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Relationship>,
}

/// One relationship of a resource (JSON:API, "Relationships").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relationship {
    /// What it leads to, if that was said.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub data: Option<Linkage>,
    /// Where it leads, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

/// What a relationship to at most one resource leads to (JSON:API, "Resource Linkage").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Option<i64>", into = "Option<i64>")]
pub enum Linkage {
    /// To nothing: `null`, which is not the same as a relationship of which nothing was said.
    Empty,
    /// To the resource of this id. Its type follows from the relationship.
    Id(i64),
}

/// The links of a relationship.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// The address of the related resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<String>,
    /// The address of the relationship itself: the link `self`.
    #[serde(default, rename = "self", skip_serializing_if = "Option::is_none")]
    pub this: Option<String>,
}

impl From<Option<i64>> for Linkage {
    fn from(id: Option<i64>) -> Linkage {
        id.map_or(Linkage::Empty, Linkage::Id)
    }
}

impl From<Linkage> for Option<i64> {
    fn from(linkage: Linkage) -> Option<i64> {
        match linkage {
            Linkage::Empty => None,
            Linkage::Id(id) => Some(id),
        }
    }
}

/// Reads a member that is there. Without this, serde would take a `null` for a member that is absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Linkage>, D::Error> {
    Linkage::deserialize(deserializer).map(Some)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn absent_null_and_an_id_are_told_apart() {
        let check = |text: &str, data: Option<Linkage>| {
            let relationship: Relationship = serde_json::from_str(text).unwrap();
            assert_eq!(relationship.data, data, "{text}");
            assert_eq!(serde_json::to_string(&relationship).unwrap(), text);
        };
        check("{}", None);
        check(r#"{"data":null}"#, Some(Linkage::Empty));
        check(
            r#"{"data":999999999999999999}"#,
            Some(Linkage::Id(999_999_999_999_999_999)),
        );
        check(
            r#"{"data":7,"links":{"related":"/a","self":""}}"#,
            Some(Linkage::Id(7)),
        );
        check(r#"{"links":{}}"#, None);
    }
}
