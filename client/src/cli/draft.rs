//! The event to create, from flags or from a document.
//!
//! Both ways lead through the JSON of the document. Members that its type does not have would be lost there without a
//! word, so what is read is written again, and what is missing then is told.

use std::io::Read as _;
use std::path::Path;

use chrono::SecondsFormat;
use events_client::types::EventCreateDocument;
use schema_check::parse_json;
use serde_json::{Map, Value, json};

use super::arguments::{About, Create};
use super::failure::Failure;

/// The event that the flags, or the file, describe.
///
/// # Errors
/// A file cannot be read, or what is in it is no event to create.
pub fn event(create: &Create) -> Result<EventCreateDocument, Failure> {
    match &create.file {
        Some(file) => {
            let (name, text) = read(file)?;
            let value = parse_json(&text)
                .map_err(|error| Failure::Failed(format!("{name} is not JSON: {error}")))?;
            decode(&value).map_err(|faults| {
                Failure::Failed(format!("{name} is no event to create: {faults}"))
            })
        }
        None => decode(&from_flags(create)?).map_err(Failure::Usage),
    }
}

fn from_flags(create: &Create) -> Result<Value, Failure> {
    let Create {
        file: _,
        name,
        event_at,
        body,
        external_url,
        payload,
        about,
        idempotency_key: _,
    } = create;
    let mut attributes = Map::new();
    let event_at = event_at.map(|instant| instant.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    for (attribute, value) in [
        ("name", name),
        ("eventAt", &event_at),
        ("body", body),
        ("externalUrl", external_url),
    ] {
        if let Some(value) = value {
            attributes.insert(attribute.to_owned(), json!(value));
        }
    }
    if let Some(payload) = payload {
        attributes.insert("payload".to_owned(), self::payload(payload)?);
    }
    let mut data = json!({ "type": "event", "attributes": attributes });
    let relationships = relationships(about);
    if !relationships.is_empty() {
        data["relationships"] = Value::Object(relationships);
    }
    Ok(json!({ "data": data }))
}

fn relationships(about: &About) -> Map<String, Value> {
    let About {
        account,
        call,
        mailing,
        opportunity,
        prospect,
        task,
        user,
    } = about;
    [
        ("account", account),
        ("call", call),
        ("mailing", mailing),
        ("opportunity", opportunity),
        ("prospect", prospect),
        ("task", task),
        ("user", user),
    ]
    .into_iter()
    .filter_map(|(kind, id)| {
        let id = id.as_ref()?;
        Some((
            kind.to_owned(),
            json!({ "data": { "type": kind, "id": id } }),
        ))
    })
    .collect()
}

/// The payload: an object, or an `@` and the file that it is in.
fn payload(given: &str) -> Result<Value, Failure> {
    let (name, text) = match given.strip_prefix('@') {
        Some(file) => read(Path::new(file))?,
        None => ("--payload".to_owned(), given.as_bytes().to_vec()),
    };
    match parse_json(&text) {
        Ok(payload @ Value::Object(_)) => Ok(payload),
        Ok(_) => Err(Failure::Usage(format!(
            "{name} is no object, such as {{\"minutes\": 47}}"
        ))),
        Err(error) => Err(Failure::Usage(format!("{name} is not JSON: {error}"))),
    }
}

/// The bytes of a file, or of standard input, and what to call it.
fn read(file: &Path) -> Result<(String, Vec<u8>), Failure> {
    let mut bytes = Vec::new();
    let (name, result) = if file == Path::new("-") {
        let name = "standard input".to_owned();
        (name, std::io::stdin().lock().read_to_end(&mut bytes))
    } else {
        let open = std::fs::File::open(file);
        let result = open.and_then(|mut file| file.read_to_end(&mut bytes));
        (file.display().to_string(), result)
    };
    match result {
        Ok(_) => Ok((name, bytes)),
        Err(error) => Err(Failure::Failed(format!("{name} cannot be read: {error}"))),
    }
}

/// The event that a document describes, or all that it has and an event to create has not.
fn decode(value: &Value) -> Result<EventCreateDocument, String> {
    let event: EventCreateDocument =
        serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    let kept = serde_json::to_value(&event).map_err(|error| error.to_string())?;
    let mut faults = Vec::new();
    // The API ignores what stands beside `data`.
    lost(&value["data"], &kept["data"], "/data", &mut faults);
    match faults.is_empty() {
        true => Ok(event),
        false => Err(faults.join("; ")),
    }
}

/// Collects the members of `given` that are not in `kept`.
fn lost(given: &Value, kept: &Value, place: &str, faults: &mut Vec<String>) {
    let (Value::Object(given), Value::Object(kept)) = (given, kept) else {
        return;
    };
    for (name, value) in given {
        let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
        match kept.get(name) {
            Some(kept) => lost(value, kept, &place, faults),
            None if value.is_null() => faults.push(format!("{place} cannot be null")),
            None => faults.push(format!("{place} is not known")),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use clap::Parser as _;

    use super::super::arguments::{Arguments, Command};
    use super::*;

    fn create(arguments: &[&str]) -> Create {
        let all = ["events", "create"].iter().chain(arguments);
        let Command::Create(create) = Arguments::try_parse_from(all).unwrap().command else {
            panic!("it is another command");
        };
        create
    }

    fn check(arguments: &[&str], expected: &Value) {
        let event = event(&create(arguments)).unwrap();
        assert_eq!(&serde_json::to_value(event).unwrap(), expected);
    }

    #[test]
    fn flags_become_members() {
        check(
            &["--name", "a"],
            &json!({ "data": { "type": "event", "attributes": { "name": "a" } } }),
        );
        check(
            &[
                "--name",
                "a",
                "--event-at",
                "2026-03-03T17:00:00+01:00",
                "--body",
                "-b",
                "--external-url",
                "https://example.com/1",
                "--payload",
                r#"{"x":[1.50,null]}"#,
                "--account",
                "7",
                "--user",
                "12",
            ],
            &json!({ "data": {
                "type": "event",
                "attributes": {
                    "name": "a",
                    "eventAt": "2026-03-03T17:00:00+01:00",
                    "body": "-b",
                    "externalUrl": "https://example.com/1",
                    "payload": { "x": [1.5, null] },
                },
                "relationships": {
                    "account": { "data": { "type": "account", "id": "7" } },
                    "user": { "data": { "type": "user", "id": "12" } },
                },
            } }),
        );
    }

    #[test]
    fn a_file_is_the_document() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let document = json!({ "data": {
            "type": "event",
            "attributes": { "name": "a", "payload": { "x": null } },
            "relationships": { "task": { "data": null } },
        } });
        std::fs::write(file.path(), document.to_string()).unwrap();
        check(&[file.path().to_str().unwrap()], &document);
    }

    #[test]
    fn a_payload_can_come_from_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), r#"{"x":1}"#).unwrap();
        let payload = format!("@{}", file.path().display());
        let event = event(&create(&["--name", "a", "--payload", &payload])).unwrap();
        let payload = event.data.attributes.payload.unwrap();
        assert_eq!(Value::Object(payload), json!({ "x": 1 }));
    }

    #[test]
    fn nothing_is_left_out_in_silence() {
        let check = |text: Value, expected: &str| {
            assert_eq!(decode(&text).unwrap_err(), expected);
        };
        check(
            json!({ "data": {
                "type": "event",
                "id": "1",
                "attributes": { "name": "a", "colour": 1, "body": null },
                "relationships": { "account": { "data": null, "a/b": {} } },
            } }),
            "/data/attributes/body cannot be null; /data/attributes/colour is not known; \
             /data/id is not known; /data/relationships/account/a~1b is not known",
        );
        check(
            json!({ "data": { "type": "event", "attributes": {} } }),
            "missing field `name`",
        );
        let beside = json!({
            "data": { "type": "event", "attributes": { "name": "a" } },
            "meta": { "x": 1 },
        });
        assert!(decode(&beside).is_ok());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let check = |arguments: &[&str], expected: &str| {
            let message = event(&create(arguments)).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        };
        check(&["no/such/file"], "no/such/file cannot be read: ");
        check(
            &["--name", "a", "--payload", "@no/such/file"],
            "no/such/file cannot be read: ",
        );
        check(
            &["--name", "a", "--payload", "{"],
            "--payload is not JSON: ",
        );
        check(
            &["--name", "a", "--payload", "[]"],
            "--payload is no object",
        );
        let twice = r#"{"a":1,"a":2}"#;
        check(
            &["--name", "a", "--payload", twice],
            "--payload is not JSON: ",
        );
    }
}
