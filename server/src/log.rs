//! The log: a line on standard error for each record, as text or as JSON.
//!
//! A thread writes it, so that nobody waits for whoever reads it. If that reader is too slow, records are dropped, and
//! the log says how many. Whatever a record holds, it is one line: what a caller sends cannot end it or begin another.

use std::fmt::{Arguments, Write as _};
use std::io::Write;
use std::sync::Mutex;

use chrono::{SecondsFormat, Utc};
use dropshot_runtime::slog::{
    Drain, KV as _, Key, Level, LevelFilter, Logger, Never, OwnedKVList, Record, Result,
    Serializer, o,
};
use serde::Serializer as _;
use serde::ser::SerializeMap as _;
use serde_json::Value;
use slog_async::{Async, AsyncGuard, OverflowStrategy};

use crate::upkeep::{LogFormat, LogLevel};

/// How many records may wait for the thread that writes them.
const WAITING: usize = 4096;

/// A longer text is cut: a path may have 64 kB.
const LONGEST: usize = 1000;

/// A log, and what writes it.
pub struct Log {
    /// Where to put records.
    pub logger: Logger,
    /// Waits for the records when it goes.
    _writer: AsyncGuard,
}

/// The log of a server, on standard error.
pub fn standard_error(level: LogLevel, format: LogFormat) -> Log {
    let lines = Lines {
        out: Mutex::new(std::io::stderr()),
        format,
    };
    let (lines, writer) = Async::new(lines)
        .chan_size(WAITING)
        .overflow_strategy(OverflowStrategy::DropAndReport)
        .thread_name("events-log".to_owned())
        .build_with_guard();
    let level = match level {
        LogLevel::Error => Level::Error,
        LogLevel::Warn => Level::Warning,
        LogLevel::Info => Level::Info,
    };
    Log {
        logger: Logger::root(LevelFilter::new(lines, level).ignore_res(), o!()),
        _writer: writer,
    }
}

/// Writes records.
struct Lines<W> {
    out: Mutex<W>,
    format: LogFormat,
}

impl<W: Write> Drain for Lines<W> {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, context: &OwnedKVList) -> std::result::Result<(), Never> {
        let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
        let mut line = line(self.format, &time, record, context);
        line.push('\n');
        // In one piece, and if nobody reads it, there is nobody to tell.
        if let Ok(mut out) = self.out.lock() {
            drop(out.write_all(line.as_bytes()));
        }
        Ok(())
    }
}

fn line(format: LogFormat, time: &str, record: &Record, context: &OwnedKVList) -> String {
    let mut members = Members::default();
    // What cannot be shown is left out.
    drop(context.serialize(record, &mut members));
    drop(record.kv().serialize(record, &mut members));
    // slog gives the last first.
    members.0.reverse();
    let level = record.level().as_short_str();
    let message = shown(record.msg().to_string());
    match format {
        LogFormat::Text => text(time, level, &message, &members.0),
        LogFormat::Json => json(time, level, &message, &members.0).unwrap_or_default(),
    }
}

/// `2026-03-02T09:15:31.250Z INFO request method=GET path=/events/1 status=200`
fn text(time: &str, level: &str, message: &str, members: &[(String, Value)]) -> String {
    let mut line = format!("{time} {level} ");
    for character in message.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    for (name, value) in members {
        let is_plain = |text: &str| {
            let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"=\\".contains(&byte);
            !text.is_empty() && text.bytes().all(is_plain)
        };
        // A text cannot fail.
        let _ = match value {
            Value::String(text) if is_plain(text) => write!(line, " {name}={text}"),
            Value::String(text) => write!(line, " {name}={text:?}"),
            other => write!(line, " {name}={other}"),
        };
    }
    line
}

fn json(
    time: &str,
    level: &str,
    message: &str,
    members: &[(String, Value)],
) -> std::result::Result<String, serde_json::Error> {
    let mut line = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut line);
    let mut map = serializer.serialize_map(None)?;
    for (name, value) in [("time", time), ("level", level), ("message", message)] {
        map.serialize_entry(name, value)?;
    }
    for (name, value) in members {
        map.serialize_entry(name, value)?;
    }
    map.end()?;
    Ok(String::from_utf8(line).unwrap_or_default())
}

/// A text as it may stand in a log: whatever somebody takes for a token is left out wherever it stands, even in a path, and
/// what is long is cut.
fn shown(text: String) -> String {
    cut(veil(text))
}

/// How a JSON Web Token begins: `{"` in base64url (RFC 7519, section 3).
const TOKEN: &str = "eyJ";

fn veil(text: String) -> String {
    if !text.contains(TOKEN) {
        return text;
    }
    let mut veiled = String::new();
    let mut rest = text.as_str();
    while let Some((before, token)) = rest.split_once(TOKEN) {
        veiled.push_str(before);
        veiled.push_str("[token]");
        let is_outside = |c: char| !(c.is_ascii_alphanumeric() || "-_.=".contains(c));
        rest = token.find(is_outside).map_or("", |end| &token[end..]);
    }
    veiled + rest
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push_str("...");
    }
    text
}

/// The members of a record, and of what it is about.
#[derive(Default)]
struct Members(Vec<(String, Value)>);

impl Members {
    fn add(&mut self, key: Key, value: Value) -> Result {
        self.0.push((key.to_string(), value));
        Ok(())
    }
}

impl Serializer for Members {
    fn emit_arguments(&mut self, key: Key, value: &Arguments) -> Result {
        self.add(key, shown(value.to_string()).into())
    }

    fn emit_str(&mut self, key: Key, value: &str) -> Result {
        self.add(key, shown(value.to_owned()).into())
    }

    fn emit_u16(&mut self, key: Key, value: u16) -> Result {
        self.add(key, value.into())
    }

    fn emit_u64(&mut self, key: Key, value: u64) -> Result {
        self.add(key, value.into())
    }

    fn emit_usize(&mut self, key: Key, value: usize) -> Result {
        self.add(key, value.into())
    }

    fn emit_f64(&mut self, key: Key, value: f64) -> Result {
        self.add(key, value.into())
    }

    fn emit_none(&mut self, _: Key) -> Result {
        Ok(())
    }

    fn emit_unit(&mut self, _: Key) -> Result {
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::io;
    use std::sync::Arc;

    use dropshot_runtime::slog::{error, info};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The line of a record without its time, by way of the thread.
    fn written(format: LogFormat, tell: impl Fn(&Logger)) -> String {
        let kept = Kept::default();
        let out = Mutex::new(kept.clone());
        let (lines, writer) = Async::new(Lines { out, format }).build_with_guard();
        tell(&Logger::root(lines.ignore_res(), o!()));
        drop(writer);
        let line = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        line.trim_end().to_owned()
    }

    #[test]
    fn a_record_is_one_line_whatever_it_holds() {
        let tell = |log: &Logger| {
            info!(log, "request";
                "path" => "/a\r\nb\u{2028}\u{1b}[2J\" status=200",
                "operation" => None::<&str>,
                "status" => 404_u16,
                "ms" => 0.25,
                "peer" => %"[::1]:80",
                "request_id" => "");
        };
        let text = written(LogFormat::Text, tell);
        let (time, rest) = text.split_once(' ').unwrap();
        assert!(time.parse::<chrono::DateTime<Utc>>().is_ok(), "{time}");
        assert_eq!(
            rest,
            r#"INFO request path="/a\r\nb\u{2028}\u{1b}[2J\" status=200" status=404 ms=0.25 peer=[::1]:80 request_id="""#
        );
        let json: Value = serde_json::from_str(&written(LogFormat::Json, tell)).unwrap();
        assert_eq!(json["path"], "/a\r\nb\u{2028}\u{1b}[2J\" status=200");
        assert_eq!(json["status"], 404);
        assert_eq!(json["level"], "INFO");
        assert_eq!(json["message"], "request");
        assert_eq!(json.get("operation"), None);
    }

    #[test]
    fn what_looks_like_a_token_is_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(veil(text.to_owned()), expected);
        check("/events/5", "/events/5");
        check("/events/eyJhbGciOi.eyJpc3Mi.c2ln-_5", "/events/[token]");
        check("eyJh eyJi/a", "[token] [token]/a");
        check("/eyJ", "/[token]");
    }

    #[test]
    fn a_message_cannot_end_its_line_and_what_is_long_is_cut() {
        let line = written(LogFormat::Text, |log| {
            error!(log, "a\n{}", "b"; "path" => "x".repeat(70_000));
        });
        let expected = format!("ERRO a\\nb path={}...", "x".repeat(LONGEST));
        assert_eq!(line.split_once(' ').unwrap().1, expected);
    }
}
