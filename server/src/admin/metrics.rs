//! What is counted, as Prometheus reads it.
//!
//! The names of operations, causes and calls are this program's own, so that nothing that a caller sends makes a new
//! series.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use dropshot_runtime::Observed;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// From a repeated read of one event to what a caller gives up on, in seconds.
const BUCKETS: [f64; 14] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// The operation of a request that has none.
const NONE: &str = "none";

/// What a server has done.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter<u64, AtomicU64>>,
    durations: Family<OfOperation, Histogram, fn() -> Histogram>,
    refused: Family<Refused, Counter<u64, AtomicU64>>,
    in_flight: Gauge,
    calls: Family<Call, Histogram, fn() -> Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfOperation {
    operation: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    call: &'static str,
    outcome: &'static str,
}

impl Metrics {
    /// Nothing has been done yet.
    pub fn new() -> Metrics {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let mut metrics = Metrics {
            registry: Registry::with_prefix("events"),
            requests: Family::default(),
            durations: Family::new_with_constructor(histogram),
            refused: Family::default(),
            in_flight: Gauge::default(),
            calls: Family::new_with_constructor(histogram),
        };
        let Metrics {
            registry,
            requests,
            durations,
            refused,
            in_flight,
            calls,
        } = &mut metrics;
        registry.register(
            "http_requests",
            "Requests that were answered, by operation and status",
            requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "From the head of a request to the head of its answer, by operation",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register(
            "http_requests_refused",
            "Requests that were answered by no handler, by the step that refused them",
            refused.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests that are being served",
            in_flight.clone(),
        );
        registry.register_with_unit(
            "store_call_duration",
            "Calls of the store, by what was asked and whether it could be done",
            Unit::Seconds,
            calls.clone(),
        );
        metrics
    }

    /// Counts a request.
    pub fn request(&self, observed: &Observed<'_>) {
        let operation = observed.operation.map_or(NONE, |operation| operation.id);
        let status = observed.status.as_u16();
        self.requests
            .get_or_create(&Answered { operation, status })
            .inc();
        self.durations
            .get_or_create(&OfOperation { operation })
            .observe(observed.duration.as_secs_f64());
        if let Some(cause) = observed.cause {
            let reason = cause.name();
            self.refused.get_or_create(&Refused { reason }).inc();
        }
    }

    /// Counts a call of the store.
    pub fn call(&self, call: &'static str, is_done: bool, duration: Duration) {
        let outcome = if is_done { "done" } else { "failed" };
        self.calls
            .get_or_create(&Call { call, outcome })
            .observe(duration.as_secs_f64());
    }

    /// All of it, in the text form of OpenMetrics 1.0.
    ///
    /// # Errors
    /// A value cannot be written, which is a fault of this program.
    pub fn text(&self, in_flight: usize) -> Result<String, fmt::Error> {
        self.in_flight
            .set(i64::try_from(in_flight).unwrap_or(i64::MAX));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use dropshot_runtime::Cause;
    use http::{Method, StatusCode};

    use super::*;

    #[test]
    fn requests_and_calls_are_counted() {
        let metrics = Metrics::new();
        let request = |status, cause: Option<Cause>| {
            metrics.request(&Observed {
                method: &Method::GET,
                path: "/events/1?secret\"\n",
                operation: None,
                status,
                cause: cause.as_ref(),
                duration: Duration::from_millis(3),
                bytes: None,
                request_id: "",
                peer: "[::1]:1".parse().unwrap(),
            });
        };
        request(StatusCode::OK, None);
        request(StatusCode::NOT_FOUND, Some(Cause::UnknownPath));
        request(StatusCode::NOT_FOUND, Some(Cause::UnknownPath));
        metrics.call("get", true, Duration::from_micros(200));
        let text = metrics.text(7).unwrap();
        for line in [
            "# TYPE events_http_requests counter",
            "events_http_requests_total{operation=\"none\",status=\"200\"} 1",
            "events_http_requests_total{operation=\"none\",status=\"404\"} 2",
            "# UNIT events_http_request_duration_seconds seconds",
            "events_http_request_duration_seconds_count{operation=\"none\"} 3",
            "events_http_request_duration_seconds_bucket{le=\"0.0025\",operation=\"none\"} 0",
            "events_http_request_duration_seconds_bucket{le=\"0.005\",operation=\"none\"} 3",
            "events_http_requests_refused_total{reason=\"unknown_path\"} 2",
            "events_http_requests_in_flight 7",
            "events_store_call_duration_seconds_count{call=\"get\",outcome=\"done\"} 1",
            "# EOF",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
        assert!(!text.contains("secret"), "{text}");
    }
}
