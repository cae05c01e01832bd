//! What is shown: tables to a person, JSON to a program.
//!
//! A list goes out page by page, so that its first events are there before its last ones are asked for.

use std::io::{self, IsTerminal as _, Write};

use chrono::DateTime;
use events_client::types::{Event, EventDocument};
use serde::Serialize;
use serde_json::Value;

use super::failure::Failure;
use super::table::{Columns, details};

/// Where it is shown, and how.
pub struct Output<'w> {
    to: &'w mut dyn Write,
    /// The columns of the terminal, where there is one.
    width: Option<usize>,
    /// The table that has been begun.
    columns: Columns,
    listed: usize,
}

/// How many columns standard output has, if it is a terminal.
pub fn terminal_width() -> Option<usize> {
    let stdout = io::stdout();
    stdout.is_terminal().then(|| {
        // A terminal that does not know its width is taken for one of the usual width.
        terminal_size::terminal_size_of(&stdout).map_or(80, |(width, _)| width.0.into())
    })
}

impl<'w> Output<'w> {
    /// Shows in a table of that width, or without one as JSON.
    pub fn new(to: &'w mut dyn Write, width: Option<usize>) -> Output<'w> {
        Output {
            to,
            width,
            columns: Columns::new(&[
                ("ID", false),
                ("OCCURRED (UTC)", false),
                ("CREATED (UTC)", false),
                ("NAME", true),
                ("ABOUT", true),
            ]),
            listed: 0,
        }
    }

    /// Shows one event.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn event(&mut self, document: &EventDocument) -> Result<(), Failure> {
        let text = match self.width {
            Some(_) => details(&facts(&json(&document.data)?)),
            None => {
                let text = serde_json::to_string_pretty(document).map_err(io::Error::from)?;
                text + "\n"
            }
        };
        self.write(&text)
    }

    /// Shows events of a list that goes on.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn events(&mut self, events: &[Event]) -> Result<(), Failure> {
        let mut text = String::new();
        match self.width {
            Some(width) => {
                let mut rows = Vec::new();
                for event in events {
                    rows.push(row(&json(event)?));
                }
                text = self.columns.print(&rows, width);
            }
            None => {
                for event in events {
                    text += &serde_json::to_string(event).map_err(io::Error::from)?;
                    text.push('\n');
                }
            }
        }
        self.listed += events.len();
        self.write(&text)
    }

    /// Ends a list; `more` is whether more events would have fitted. A program is told nothing of it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end_of_list(&mut self, more: bool) -> Result<(), Failure> {
        let text = match (self.width, self.listed) {
            (None, _) => return Ok(()),
            (Some(_), 0) => "No events.\n",
            (Some(_), _) if more => "There are more: see them with --limit N or --all.\n",
            (Some(_), _) => return Ok(()),
        };
        self.write(text)
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.to.write_all(text.as_bytes())?;
        Ok(self.to.flush()?)
    }
}

fn json(event: &impl Serialize) -> Result<Value, Failure> {
    Ok(serde_json::to_value(event).map_err(io::Error::from)?)
}

/// An event in a line.
fn row(event: &Value) -> Vec<String> {
    let attributes = &event["attributes"];
    vec![
        text(&event["id"]),
        minute(&attributes["eventAt"]),
        minute(&attributes["createdAt"]),
        text(&attributes["name"]),
        about(event).join(", "),
    ]
}

/// An instant, short enough for a column: those that want all of it look at the event.
fn minute(value: &Value) -> String {
    let text = text(value);
    match DateTime::parse_from_rfc3339(&text) {
        Ok(instant) => instant.to_utc().format("%Y-%m-%d %H:%M").to_string(),
        Err(_) => text,
    }
}

/// All that is known of an event, by name.
fn facts(event: &Value) -> Vec<(String, String)> {
    let mut facts = vec![("id".to_owned(), text(&event["id"]))];
    for (name, value) in event["attributes"].as_object().into_iter().flatten() {
        let value = match value {
            Value::Object(_) => serde_json::to_string_pretty(value).unwrap_or_default(),
            _ => text(value),
        };
        facts.push((name.clone(), value));
    }
    let about = about(event);
    if !about.is_empty() {
        facts.push(("about".to_owned(), about.join(", ")));
    }
    facts
}

/// What the event has to do with, such as `account 7`; where only a link is known, that.
fn about(event: &Value) -> Vec<String> {
    let relationships = event["relationships"].as_object().into_iter().flatten();
    relationships
        .filter_map(|(name, relationship)| {
            let Value::Object(members) = relationship else {
                return None;
            };
            let what = match members.get("data") {
                Some(data) => data["id"].as_str(),
                None => {
                    let links = &relationship["links"];
                    links["related"].as_str().or_else(|| links["self"].as_str())
                }
            };
            Some(format!("{name} {}", what?))
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(id: &str, name: &str) -> Value {
        json!({
            "type": "event",
            "id": id,
            "attributes": {
                "name": name,
                "eventAt": "2026-03-02T09:15:30Z",
                "createdAt": "2026-03-02T09:15:31.207Z",
                "payload": { "x": 1 },
            },
            "relationships": {
                "account": { "data": { "type": "account", "id": "7" } },
                "prospect": { "links": { "self": "/p" } },
                "task": { "data": null },
            },
            "links": { "self": format!("/events/{id}") },
        })
    }

    fn shown(width: Option<usize>, show: impl FnOnce(&mut Output<'_>)) -> String {
        let mut text = Vec::new();
        show(&mut Output::new(&mut text, width));
        String::from_utf8(text).unwrap()
    }

    fn list(width: Option<usize>, events: &[Value], more: bool) -> String {
        let typed: Vec<Event> = events
            .iter()
            .map(|event| serde_json::from_value(event.clone()).unwrap())
            .collect();
        shown(width, |output| {
            output.events(&typed).unwrap();
            output.end_of_list(more).unwrap();
        })
    }

    #[test]
    fn a_program_gets_an_event_a_line() {
        let events = [event("1", "a\nb"), event("2", "c")];
        let text = list(None, &events, true);
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, events);
        assert_eq!(list(None, &[], false), "");
    }

    #[test]
    fn a_program_gets_one_event_as_its_document() {
        let document = json!({ "data": event("1", "a"), "links": { "self": "/events/1" } });
        let typed = serde_json::from_value(document.clone()).unwrap();
        let text = shown(None, |output| output.event(&typed).unwrap());
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document);
    }

    #[test]
    fn a_person_gets_a_table() {
        assert_eq!(
            list(
                Some(100),
                &[event("1", "a"), event("12", "mailbox_created")],
                true
            ),
            "\
ID  OCCURRED (UTC)    CREATED (UTC)     NAME             ABOUT
1   2026-03-02 09:15  2026-03-02 09:15  a                account 7, prospect /p
12  2026-03-02 09:15  2026-03-02 09:15  mailbox_created  account 7, prospect /p
There are more: see them with --limit N or --all.
"
        );
        assert_eq!(list(Some(80), &[], false), "No events.\n");
    }

    #[test]
    fn a_person_gets_one_event_as_its_facts() {
        let document = json!({ "data": event("1", "a"), "links": { "self": "/events/1" } });
        let typed = serde_json::from_value(document).unwrap();
        let text = shown(Some(80), |output| output.event(&typed).unwrap());
        assert_eq!(
            text,
            "\
id         1
createdAt  2026-03-02T09:15:31.207Z
eventAt    2026-03-02T09:15:30Z
name       a
payload    {
             \"x\": 1
           }
about      account 7, prospect /p
"
        );
    }
}
