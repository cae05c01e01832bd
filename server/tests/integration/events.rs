//! Events to put into stores: any that the document allows, unusual ones above all.

use std::time::{Duration, UNIX_EPOCH};

use events_server::event::{EventData, Linkage, Links, Relationship, Relationships};
use events_server::timestamp::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// An event of which nothing but its name is known.
pub fn named(name: &str) -> EventData {
    EventData {
        name: Some(name.to_owned()),
        ..EventData::default()
    }
}

/// Any event.
pub fn event_data() -> impl Strategy<Value = EventData> {
    let texts = (text(), text(), text(), text(), text(), text(), text());
    (
        texts,
        option::of(timestamp()),
        option::of(payload()),
        any::<Option<bool>>(),
        relationships(),
    )
        .prop_map(
            |(
                (name, body, external_url, city, device, host, region),
                event_at,
                payload,
                proxied,
                relationships,
            )| {
                EventData {
                    name,
                    event_at,
                    body,
                    external_url,
                    payload,
                    request_city: city,
                    request_device: device,
                    request_host: host,
                    request_proxied: proxied,
                    request_region: region,
                    relationships,
                }
            },
        )
}

/// Any text, among it what databases are known to trip over.
fn some_text() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        Just("\0"),
        Just("a\0b\0"),
        Just(""),
        Just(" "),
        Just("'; DROP TABLE event; --"),
        Just("%_\\\"'`"),
        Just("\r\n\t\u{1b}\u{7f}"),
        Just("\u{feff}\u{200b}\u{202e}\u{fffd}\u{ffff}"),
        Just("e\u{301}\u{e9}\u{1f468}\u{200d}\u{1f469}\u{10ffff}"),
        Just("NULL"),
        Just("1e400"),
        Just("00012"),
    ];
    let long = (any::<char>(), 0..70_000_usize).prop_map(|(c, count)| c.to_string().repeat(count));
    prop_oneof![
        4 => vec(any::<char>(), 0..40).prop_map(String::from_iter),
        4 => odd.prop_map(str::to_owned),
        1 => long,
    ]
}

fn text() -> impl Strategy<Value = Option<String>> {
    option::of(some_text())
}

/// Any date and time: years 0 to 9999, up to twelve digits below the second, any offset, leap seconds.
fn timestamp() -> impl Strategy<Value = Timestamp> {
    let date = (0..=9999, 1..=12, 1..=28);
    let time = (0..24, 0..60, 0..=60, option::of("[0-9]{1,12}"));
    let offset = prop_oneof![
        Just("Z".to_owned()),
        Just("z".to_owned()),
        (any::<bool>(), 0..24, 0..60).prop_map(|(east, hours, minutes)| format!(
            "{}{hours:02}:{minutes:02}",
            if east { '+' } else { '-' }
        )),
    ];
    (date, "[Tt]", time, offset).prop_map(|((year, month, day), t, (hour, minute, second, fraction), offset)| {
        let fraction = fraction.map_or(String::new(), |digits| format!(".{digits}"));
        let text = format!("{year:04}-{month:02}-{day:02}{t}{hour:02}:{minute:02}:{second:02}{fraction}{offset}");
        Timestamp::parse(&text).unwrap()
    })
}

/// The text of a JSON object, with numbers that do not survive being read and written again.
fn payload() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just("-0.0"),
        Just("1.10"),
        Just("1E+2"),
        Just("123456789012345678901234567890.000000000000000000001"),
        Just("1e400"),
        Just("18446744073709551616"),
    ];
    let value = prop_oneof![
        number.prop_map(str::to_owned),
        some_text().prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just(r#""\ud800\u0000""#.to_owned()),
        Just("null".to_owned()),
        Just(format!("{}1{}", "[".repeat(500), "]".repeat(500))),
    ];
    vec((some_text(), value), 0..4).prop_map(|members| {
        let members: Vec<_> = members
            .into_iter()
            .map(|(name, value)| format!("{} : {value}", serde_json::to_string(&name).unwrap()))
            .collect();
        format!("{{ {} }}", members.join(" , "))
    })
}

fn relationships() -> impl Strategy<Value = Relationships> {
    let one = || option::of(relationship());
    (one(), one(), one(), one(), one(), one(), one()).prop_map(
        |(account, call, mailing, opportunity, prospect, task, user)| Relationships {
            account,
            call,
            mailing,
            opportunity,
            prospect,
            task,
            user,
        },
    )
}

fn relationship() -> impl Strategy<Value = Relationship> {
    let linkage = prop_oneof![
        Just(Linkage::Empty),
        (1..=999_999_999_999_999_999_i64).prop_map(Linkage::Id)
    ];
    let links = (text(), text()).prop_map(|(related, this)| Links { related, this });
    (option::of(linkage), option::of(links)).prop_map(|(data, links)| Relationship { data, links })
}

/// A date and time in 2026 that the laws' clocks start from.
pub fn start_of_time() -> std::time::SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_772_500_000)
}
