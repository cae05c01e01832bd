//! The log of what should not happen: a line on standard error for each warning and error of the runtime, such as a
//! handler that panicked, or an answer that breaks the document.
//!
//! dropshot's own records are passed over before they are formatted. It has one for each request, and one for each
//! client that leaves early, neither of which says anything about this program.

use std::fmt::Arguments;

use dropshot_runtime::slog::{
    Drain, KV as _, Key, Level, Logger, Never, OwnedKVList, Record, Result, Serializer, o,
};

/// The log of a server.
pub fn standard_error() -> Logger {
    Logger::root(Lines(|line: &str| eprintln!("events-server: {line}")), o!())
}

/// Hands on the lines that matter.
struct Lines<W>(W);

impl<W: Fn(&str)> Drain for Lines<W> {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, context: &OwnedKVList) -> std::result::Result<(), Never> {
        let is_ours = record.module().starts_with("dropshot_runtime");
        if is_ours && record.level().is_at_least(Level::Warning) {
            (self.0)(&line(record, context));
        }
        Ok(())
    }
}

/// `request 5b1f: the answer breaks the document: is missing (operation: getEvent, status: 200, pointer: /data)`
fn line(record: &Record, context: &OwnedKVList) -> String {
    let (mut about_request, mut about_record) = (Pairs::default(), Pairs::default());
    // What cannot be shown is left out of the line.
    drop(context.serialize(record, &mut about_request));
    drop(record.kv().serialize(record, &mut about_record));
    let request = about_request.0.iter().find(|(key, _)| key == "req_id");
    let request = request.map(|(_, id)| format!("request {id}: "));
    // slog gives the last first.
    let pairs = about_record.0.iter().rev();
    let pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    let line = format!(
        "{}{} ({})",
        request.unwrap_or_default(),
        record.msg(),
        pairs.join(", ")
    );
    // One line, whatever a message holds.
    line.replace(['\r', '\n'], " ")
}

/// The members of a record, as text.
#[derive(Default)]
struct Pairs(Vec<(String, String)>);

impl Serializer for Pairs {
    fn emit_arguments(&mut self, key: Key, value: &Arguments) -> Result {
        self.0.push((key.to_string(), value.to_string()));
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::Mutex;

    use dropshot_runtime::slog::{RecordLocation, RecordStatic, b};

    use super::*;

    #[test]
    fn a_record_is_one_line_with_its_request() {
        let check = |level, module: &'static str, expected: &[&str]| {
            let lines = Mutex::new(Vec::new());
            let drain = Lines(|line: &str| lines.lock().unwrap().push(line.to_owned()));
            let context = o!("req_id" => "5b1f", "method" => "GET").into();
            let location = RecordLocation {
                file: "",
                line: 0,
                column: 0,
                function: "",
                module,
            };
            let place = RecordStatic {
                location: &location,
                tag: "",
                level,
            };
            let pairs = b!("operation" => "getEvent", "status" => 200);
            let message = format_args!("it is\nbroken");
            let record = Record::new(&place, &message, pairs);
            drain.log(&record, &context).unwrap();
            assert_eq!(*lines.lock().unwrap(), expected);
        };
        let line = "request 5b1f: it is broken (operation: getEvent, status: 200)";
        check(Level::Warning, "dropshot_runtime::checks", &[line]);
        check(Level::Error, "dropshot_runtime::operation", &[line]);
        check(Level::Info, "dropshot_runtime::operation", &[]);
        check(Level::Error, "dropshot::server", &[]);
    }
}
