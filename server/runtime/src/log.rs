//! What a server says of its requests and of itself.

use std::borrow::Cow;

use slog::{Drain, KV, Key, Level, Logger, Never, OwnedKVList, Record, Serializer};

use crate::observed::Observed;
use crate::text::shortened;

/// A path is told up to this many characters.
const LONGEST_PATH: usize = 300;

/// Of a longer segment of a path, the beginning is told. A token that somebody has put there by mistake is longer.
const LONGEST_SEGMENT: usize = 64;

/// That much of it.
const BEGINNING: usize = 8;

/// A record for a request that was answered. `own` is the id in the answer's `X-Request-Id`, where the request goes by
/// another one.
pub(crate) fn request(log: &Logger, observed: &Observed, own: Option<&str>) {
    let Observed {
        method,
        path,
        operation,
        status,
        cause,
        duration,
        bytes,
        request_id,
        peer,
    } = observed;
    // Microseconds are as much as a reader wants.
    let milliseconds = duration.as_micros() as f64 / 1000.0;
    slog::info!(log, "request";
        "method" => method.as_str(),
        "path" => &*shown(path),
        "operation" => operation.map(|operation| operation.id),
        "status" => status.as_u16(),
        "refused" => cause.map(|cause| cause.name()),
        "ms" => milliseconds,
        "bytes" => *bytes,
        "request_id" => *request_id,
        "own_id" => own,
        "peer" => %peer,
    );
}

/// A path as it is told: neither a secret nor a burden.
fn shown(path: &str) -> Cow<'_, str> {
    if path.len() <= LONGEST_SEGMENT {
        return path.into();
    }
    let segments = path.split('/').map(|segment| match segment.len() {
        length if length > LONGEST_SEGMENT => shortened(segment, BEGINNING),
        _ => segment.to_owned(),
    });
    shortened(&segments.collect::<Vec<_>>().join("/"), LONGEST_PATH).into()
}

/// Hands on what dropshot says of the server, such as that a connection cannot be accepted, and passes over what it says
/// of single clients: it says that with their queries, or as often as they like.
pub(crate) struct OfServer(pub Logger);

impl Drain for OfServer {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, context: &OwnedKVList) -> Result<(), Never> {
        let is_about_client =
            || is_about_request(record, context) || record.msg().to_string().starts_with(NO_TLS);
        if record.level().is_at_least(Level::Warning) && !is_about_client() {
            self.0.log(record);
        }
        Ok(())
    }
}

/// How dropshot's record of a client begins that does not manage to speak TLS.
const NO_TLS: &str = "tls accept err";

fn is_about_request(record: &Record, context: &OwnedKVList) -> bool {
    struct Seeker(bool);
    impl Serializer for Seeker {
        fn emit_arguments(&mut self, key: Key, _: &std::fmt::Arguments) -> slog::Result {
            self.0 |= key == "req_id";
            Ok(())
        }
    }
    let mut seeker = Seeker(false);
    // It does not fail.
    drop(context.serialize(record, &mut seeker));
    seeker.0
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::{Arc, Mutex};

    use slog::o;

    use super::*;

    #[test]
    fn a_path_is_told_but_not_what_is_long_in_it() {
        let check = |path: &str, expected: &str| assert_eq!(shown(path), expected);
        check("/events/42", "/events/42");
        let (word, token) = ("a".repeat(64), "eyJhbGciOiJIUzI1NiJ9".repeat(10));
        check(&format!("/events/{word}"), &format!("/events/{word}"));
        check(&format!("/a/{token}/b"), "/a/eyJhbGci.../b");
        let many = "/ab".repeat(20_000);
        check(&many, &format!("{}...", &many[..300]));
    }

    #[test]
    fn of_dropshot_s_records_those_of_the_server_are_handed_on() {
        struct Kept(Arc<Mutex<Vec<String>>>);
        impl Drain for Kept {
            type Ok = ();
            type Err = Never;
            fn log(&self, record: &Record, _: &OwnedKVList) -> Result<(), Never> {
                self.0.lock().unwrap().push(record.msg().to_string());
                Ok(())
            }
        }
        let kept = Arc::default();
        let log = Logger::root(Kept(Arc::clone(&kept)), o!());
        let server = Logger::root(OfServer(log), o!("local_addr" => "[::]:1"));
        slog::warn!(server, "accept error");
        slog::info!(server, "listening");
        slog::warn!(server, "tls accept err: no certificate");
        let request = server.new(o!("req_id" => "5b1f", "uri" => "/?secret"));
        slog::warn!(request, "cancelled");
        slog::error!(request.new(o!("more" => 1)), "panicked");
        assert_eq!(*kept.lock().unwrap(), ["accept error"]);
    }
}
