//! What a server says of its requests and of itself.

use slog::{Drain, KV, Key, Level, Logger, Never, OwnedKVList, Record, Serializer};

use crate::observed::Observed;

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
        "path" => *path,
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

/// Hands on what dropshot says of the server, such as that a connection cannot be accepted, and passes over what it says
/// of single requests: it says that with their queries, and this crate says it too.
pub(crate) struct OfServer(pub Logger);

impl Drain for OfServer {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, context: &OwnedKVList) -> Result<(), Never> {
        if record.level().is_at_least(Level::Warning) && !is_about_request(record, context) {
            self.0.log(record);
        }
        Ok(())
    }
}

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
        let request = server.new(o!("req_id" => "5b1f", "uri" => "/?secret"));
        slog::warn!(request, "cancelled");
        slog::error!(request.new(o!("more" => 1)), "panicked");
        assert_eq!(*kept.lock().unwrap(), ["accept error"]);
    }
}
