//! Between a request for a list and the pages that a store has: what is asked of the store, and how a page is shown.
//!
//! A cursor is the text of a position: the numbers of an instant and of an id, 16 hexadecimal digits each. So every
//! text of that form is a position, no cursor ever becomes invalid, and nothing has to be kept for those that have been
//! given out. The price is that a cursor says the instant and the id of an event to whoever looks, which whoever has it
//! has seen.
//!
//! The links of a page are written from the request as it was understood, defaults and all, in one order and one spelling,
//! so that equal pages have equal addresses.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::api::ListEventsRequest;
use crate::api::types::{
    EventListDocument, JsonApi, ListEventsSort, ListMeta, PageLinks, PageMeta, ResourceId,
};
use crate::resource::{NotShown, resource};
use crate::store::{Filter, Instants, Key, Order, Page, Position, Query};

/// What a value may hold as it is (RFC 3986, section 3.4), but for what could be taken for something else.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b',');

/// What is asked of the store.
pub fn query(request: &ListEventsRequest) -> Query {
    let (by, descending) = match request.sort {
        ListEventsSort::EventAt => (Key::EventAt, false),
        ListEventsSort::MinusEventAt => (Key::EventAt, true),
        ListEventsSort::CreatedAt => (Key::CreatedAt, false),
        ListEventsSort::MinusCreatedAt => (Key::CreatedAt, true),
    };
    // The pattern of an id allows 18 digits, which 64 bits hold.
    let id = |id: &Option<ResourceId>| id.as_ref().and_then(|id| id.parse().ok());
    let instants = |from: &Option<DateTime<FixedOffset>>, until: &Option<DateTime<FixedOffset>>| {
        let micros = |at: &DateTime<FixedOffset>| at.timestamp_micros();
        Instants {
            from: from.as_ref().map(micros),
            until: until.as_ref().map(micros),
        }
    };
    Query {
        filter: Filter {
            account: id(&request.filter_account_id),
            call: id(&request.filter_call_id),
            mailing: id(&request.filter_mailing_id),
            opportunity: id(&request.filter_opportunity_id),
            prospect: id(&request.filter_prospect_id),
            task: id(&request.filter_task_id),
            user: id(&request.filter_user_id),
            name: request.filter_name.clone(),
            event_at: instants(&request.filter_event_at_gte, &request.filter_event_at_lt),
            created_at: instants(
                &request.filter_created_at_gte,
                &request.filter_created_at_lt,
            ),
        },
        order: Order { by, descending },
        after: request.page_after.as_deref().and_then(position),
        before: request.page_before.as_deref().and_then(position),
        // The document keeps it above 0.
        size: usize::try_from(request.page_size).unwrap_or(1),
        count: request.page_total,
    }
}

/// A page as the document has it.
///
/// # Errors
/// The database holds what this program did not write.
pub fn document(request: &ListEventsRequest, page: Page) -> Result<EventListDocument, NotShown> {
    let Page {
        events,
        previous,
        next,
        total,
    } = page;
    let fields = request.fields_event.as_deref();
    let given = |cursor: &Option<String>| cursor.clone();
    Ok(EventListDocument {
        data: events
            .into_iter()
            .map(|event| resource(event, fields))
            .collect::<Result<_, _>>()?,
        links: PageLinks {
            self_: address(
                request,
                given(&request.page_after),
                given(&request.page_before),
            ),
            first: Some(address(request, None, None)),
            prev: previous.map(|position| address(request, None, Some(cursor(position)))),
            // Where the request has both ends, the pages go on up to the second one.
            next: next.map(|position| {
                let before = request.page_after.as_ref().and(given(&request.page_before));
                address(request, Some(cursor(position)), before)
            }),
        },
        meta: total.map(|total| ListMeta {
            page: Some(PageMeta { total: Some(total) }),
        }),
        jsonapi: Some(JsonApi {
            version: "1.1".to_owned(),
        }),
    })
}

/// Names the state of a page: a digest of all that it says.
///
/// # Errors
/// It has no text, which can be said of no document.
pub fn entity_tag(document: &EventListDocument) -> Result<String, serde_json::Error> {
    let digest = Sha256::digest(serde_json::to_vec(document)?);
    let digits: String = digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(format!("\"{digits}\""))
}

/// The address of a page of the same list, in the order of the document's parameters.
fn address(request: &ListEventsRequest, after: Option<String>, before: Option<String>) -> String {
    let ListEventsRequest {
        filter_account_id,
        filter_call_id,
        filter_mailing_id,
        filter_opportunity_id,
        filter_prospect_id,
        filter_task_id,
        filter_user_id,
        filter_name,
        filter_event_at_gte,
        filter_event_at_lt,
        filter_created_at_gte,
        filter_created_at_lt,
        sort,
        page_size,
        page_after: _,
        page_before: _,
        page_total,
        fields_event,
        if_none_match: _,
    } = request;
    let instant = |at: &Option<DateTime<FixedOffset>>| {
        at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    };
    let fields = fields_event.as_ref().map(|fields| {
        let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        names.join(",")
    });
    let parameters = [
        ("filter[account][id]", filter_account_id.clone()),
        ("filter[call][id]", filter_call_id.clone()),
        ("filter[mailing][id]", filter_mailing_id.clone()),
        ("filter[opportunity][id]", filter_opportunity_id.clone()),
        ("filter[prospect][id]", filter_prospect_id.clone()),
        ("filter[task][id]", filter_task_id.clone()),
        ("filter[user][id]", filter_user_id.clone()),
        ("filter[name]", filter_name.clone()),
        ("filter[eventAt][gte]", instant(filter_event_at_gte)),
        ("filter[eventAt][lt]", instant(filter_event_at_lt)),
        ("filter[createdAt][gte]", instant(filter_created_at_gte)),
        ("filter[createdAt][lt]", instant(filter_created_at_lt)),
        ("sort", Some(sort.to_string())),
        ("page[size]", Some(page_size.to_string())),
        ("page[after]", after),
        ("page[before]", before),
        ("page[total]", Some(page_total.to_string())),
        ("fields[event]", fields),
    ];
    let query: Vec<String> = parameters
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value?;
            let [name, value] = [name, &value].map(|text| utf8_percent_encode(text, ENCODED));
            Some(format!("{name}={value}"))
        })
        .collect();
    format!("/events?{}", query.join("&"))
}

/// The text of a position. Numbers below zero come first, so that the order of the texts is that of the positions.
fn cursor(Position { instant, id }: Position) -> String {
    let shifted = |number: i64| number.cast_unsigned() ^ (1 << 63);
    format!("{:016x}{:016x}", shifted(instant), shifted(id))
}

/// The position that a cursor is the text of; of every text that the document lets through, it is one.
fn position(cursor: &str) -> Option<Position> {
    let (instant, id) = cursor.split_at_checked(16)?;
    let number = |digits: &str| {
        let shifted = u64::from_str_radix(digits, 16).ok()?;
        Some((shifted ^ (1 << 63)).cast_signed())
    };
    Some(Position {
        instant: number(instant)?,
        id: number(id)?,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::api::types::EventField;

    /// A request without parameters, as it is understood.
    fn plain() -> ListEventsRequest {
        ListEventsRequest {
            filter_account_id: None,
            filter_call_id: None,
            filter_mailing_id: None,
            filter_opportunity_id: None,
            filter_prospect_id: None,
            filter_task_id: None,
            filter_user_id: None,
            filter_name: None,
            filter_event_at_gte: None,
            filter_event_at_lt: None,
            filter_created_at_gte: None,
            filter_created_at_lt: None,
            sort: ListEventsSort::MinusCreatedAt,
            page_size: 50,
            page_after: None,
            page_before: None,
            page_total: false,
            fields_event: None,
            if_none_match: None,
        }
    }

    fn at(text: &str) -> Option<DateTime<FixedOffset>> {
        Some(DateTime::parse_from_rfc3339(text).unwrap())
    }

    const CURSOR: &str = "80064c07074c9b58800000000000002a";

    proptest! {
        #[test]
        fn every_text_of_the_form_is_a_position(text in "[0-9a-f]{32}") {
            prop_assert_eq!(position(&text).map(cursor), Some(text));
        }

        #[test]
        fn texts_are_in_the_order_of_their_positions(one: (i64, i64), other: (i64, i64)) {
            let position = |(instant, id)| Position { instant, id };
            let (one, other) = (position(one), position(other));
            prop_assert_eq!(cursor(one).cmp(&cursor(other)), one.cmp(&other));
        }
    }

    #[test]
    fn without_parameters_the_newest_fifty_are_asked_for() {
        let expected = Query {
            filter: Filter::default(),
            order: Order {
                by: Key::CreatedAt,
                descending: true,
            },
            after: None,
            before: None,
            size: 50,
            count: false,
        };
        assert_eq!(query(&plain()), expected);
    }

    #[test]
    fn every_parameter_is_in_the_query_and_in_the_address() {
        let request = ListEventsRequest {
            filter_account_id: Some("1".to_owned()),
            filter_call_id: Some("2".to_owned()),
            filter_mailing_id: Some("3".to_owned()),
            filter_opportunity_id: Some("4".to_owned()),
            filter_prospect_id: Some("5".to_owned()),
            filter_task_id: Some("6".to_owned()),
            filter_user_id: Some("999999999999999999".to_owned()),
            filter_name: Some("a&b=é+ #".to_owned()),
            filter_event_at_gte: at("1970-01-01T00:00:00.000001Z"),
            filter_event_at_lt: at("1970-01-01T01:00:00+01:00"),
            filter_created_at_gte: at("1969-12-31T23:59:59Z"),
            filter_created_at_lt: at("1970-01-01T00:00:01Z"),
            sort: ListEventsSort::MinusEventAt,
            page_size: 1000,
            page_after: Some(CURSOR.to_owned()),
            page_before: Some("0".repeat(32)),
            page_total: true,
            fields_event: Some(vec![EventField::Name, EventField::Account]),
            if_none_match: Some("*".to_owned()),
        };
        let expected = Query {
            filter: Filter {
                account: Some(1),
                call: Some(2),
                mailing: Some(3),
                opportunity: Some(4),
                prospect: Some(5),
                task: Some(6),
                user: Some(999_999_999_999_999_999),
                name: Some("a&b=é+ #".to_owned()),
                event_at: Instants {
                    from: Some(1),
                    until: Some(0),
                },
                created_at: Instants {
                    from: Some(-1_000_000),
                    until: Some(1_000_000),
                },
            },
            order: Order {
                by: Key::EventAt,
                descending: true,
            },
            after: Some(Position {
                instant: 1_772_442_931_207_000,
                id: 42,
            }),
            before: Some(Position::FIRST),
            size: 1000,
            count: true,
        };
        assert_eq!(query(&request), expected);
        let links = document(&request, page(None, None)).unwrap().links;
        let filters = "/events?filter%5Baccount%5D%5Bid%5D=1&filter%5Bcall%5D%5Bid%5D=2&filter%5Bmailing%5D%5Bid%5D=3\
                       &filter%5Bopportunity%5D%5Bid%5D=4&filter%5Bprospect%5D%5Bid%5D=5&filter%5Btask%5D%5Bid%5D=6\
                       &filter%5Buser%5D%5Bid%5D=999999999999999999&filter%5Bname%5D=a%26b%3D%C3%A9%2B%20%23\
                       &filter%5BeventAt%5D%5Bgte%5D=1970-01-01T00:00:00.000001Z\
                       &filter%5BeventAt%5D%5Blt%5D=1970-01-01T01:00:00%2B01:00\
                       &filter%5BcreatedAt%5D%5Bgte%5D=1969-12-31T23:59:59Z\
                       &filter%5BcreatedAt%5D%5Blt%5D=1970-01-01T00:00:01Z&sort=-eventAt&page%5Bsize%5D=1000";
        let rest = "&page%5Btotal%5D=true&fields%5Bevent%5D=name,account";
        let cursors = format!(
            "&page%5Bafter%5D={CURSOR}&page%5Bbefore%5D={}",
            "0".repeat(32)
        );
        assert_eq!(links.self_, format!("{filters}{cursors}{rest}"));
        assert_eq!(links.first, Some(format!("{filters}{rest}")));
    }

    fn page(previous: Option<Position>, next: Option<Position>) -> Page {
        Page {
            events: vec![],
            previous,
            next,
            total: None,
        }
    }

    #[test]
    fn links_go_from_one_page_to_the_next_and_stay_before_the_end_of_a_range() {
        let [one, two, end] = [1, 2, 9].map(|instant| Position { instant, id: 0 });
        let check = |after: Option<Position>, before: Option<Position>, prev: &str, next: &str| {
            let request = ListEventsRequest {
                page_after: after.map(cursor),
                page_before: before.map(cursor),
                ..plain()
            };
            let links = document(&request, page(Some(one), Some(two)))
                .unwrap()
                .links;
            assert_eq!(
                (links.prev.unwrap(), links.next.unwrap()),
                (prev.to_owned(), next.to_owned())
            );
        };
        let link = |cursors: String| {
            format!("/events?sort=-createdAt&page%5Bsize%5D=50{cursors}&page%5Btotal%5D=false")
        };
        let before = |position| format!("&page%5Bbefore%5D={}", cursor(position));
        let after = |position| format!("&page%5Bafter%5D={}", cursor(position));
        let before_one = link(before(one));
        let after_two = link(after(two));
        let up_to_the_end = link(after(two) + &before(end));
        check(None, None, &before_one, &after_two);
        check(Some(one), None, &before_one, &after_two);
        check(None, Some(end), &before_one, &after_two);
        check(Some(one), Some(end), &before_one, &up_to_the_end);
    }

    #[test]
    fn the_tag_of_a_page_changes_with_anything_that_it_says() {
        let tag = |request: &ListEventsRequest, page: &Page| {
            entity_tag(&document(request, page.clone()).unwrap()).unwrap()
        };
        let before = tag(&plain(), &page(None, None));
        assert_eq!(before, tag(&plain(), &page(None, None)));
        assert_eq!(before.len(), 34);
        let counted = Page {
            total: Some(0),
            ..page(None, None)
        };
        assert_ne!(before, tag(&plain(), &counted));
        assert_ne!(before, tag(&plain(), &page(None, Some(Position::FIRST))));
        let sized = ListEventsRequest {
            page_size: 51,
            ..plain()
        };
        assert_ne!(before, tag(&sized, &page(None, None)));
    }
}
