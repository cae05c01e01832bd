//! The listener: a small dropshot server beside the API's.
//!
//! It is one endpoint that takes every path, because dropshot answers unknown paths by itself, and who mistypes one here
//! should see what there is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dropshot_runtime::dropshot::{
    self, ApiDescription, ApiEndpoint, ApiEndpointVersions, Body, BuildError, ConfigDropshot,
    HttpError, HttpServer, Path, RequestContext, ServerBuilder,
};
use dropshot_runtime::schemars::{self, JsonSchema};
use dropshot_runtime::slog::{Discard, Logger, o};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;

use super::health::Health;
use super::metrics::{self, Metrics};
use crate::reference::REFERENCE;

/// How long a connection that is kept open is waited for when all is over.
const GRACE: Duration = Duration::from_millis(200);

/// The document as JSON.
const DOCUMENT_AS_JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

const PLAIN: &str = "text/plain; charset=utf-8";

/// A page, what it is, and what makes it.
struct Page(&'static str, &'static str, Kind);

#[derive(Clone, Copy)]
enum Kind {
    Index,
    Metrics,
    Live,
    Ready,
    DocumentAsYaml,
    DocumentAsJson,
    Reference,
}

/// What there is.
const PAGES: [Page; 7] = [
    Page("/", "this list", Kind::Index),
    Page(
        "/metrics",
        "what was counted, for Prometheus",
        Kind::Metrics,
    ),
    Page("/live", "200 while the process serves", Kind::Live),
    Page(
        "/ready",
        "200 while requests are welcome, else 503 and why",
        Kind::Ready,
    ),
    Page("/openapi.yaml", "the document", Kind::DocumentAsYaml),
    Page(
        "/openapi.json",
        "the document as JSON",
        Kind::DocumentAsJson,
    ),
    Page(
        "/reference",
        "the document to read in a browser",
        Kind::Reference,
    ),
];

/// What the pages show.
struct Inside {
    metrics: Arc<Metrics>,
    health: Health,
}

/// A listener that listens.
pub struct Admin(HttpServer<Inside>);

/// Listens on an address.
///
/// # Errors
/// It cannot.
pub fn start(
    listen: SocketAddr,
    metrics: Arc<Metrics>,
    health: Health,
) -> Result<Admin, BuildError> {
    let mut pages = ApiDescription::new();
    for (name, method) in [("get", Method::GET), ("head", Method::HEAD)] {
        let endpoint = ApiEndpoint::new(
            name.to_owned(),
            page,
            method,
            dropshot::CONTENT_TYPE_JSON,
            "/{rest:.*}",
            ApiEndpointVersions::All,
        );
        // Two methods on one path never conflict.
        drop(pages.register(endpoint.visible(false)));
    }
    let config = ConfigDropshot {
        bind_address: listen,
        ..ConfigDropshot::default()
    };
    // The log is about the API.
    let log = Logger::root(Discard, o!());
    ServerBuilder::new(pages, Inside { metrics, health }, log)
        .config(config)
        .start()
        .map(Admin)
}

impl Admin {
    /// Where it listens: with port 0, the port that it got.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr()
    }

    /// Stops listening.
    pub async fn close(self) {
        drop(tokio::time::timeout(GRACE, self.0.close()).await);
    }
}

/// The variable of the path, which dropshot wants to be told about.
#[derive(Deserialize, JsonSchema)]
struct AnyPath {
    #[serde(rename = "rest")]
    _rest: Vec<String>,
}

async fn page(
    context: RequestContext<Inside>,
    _: Path<AnyPath>,
) -> Result<Response<Body>, HttpError> {
    let Inside { metrics, health } = context.context();
    let path = context.request.uri().path();
    let Some(Page(_, _, kind)) = PAGES.iter().find(|Page(name, ..)| *name == path) else {
        let text = format!("there is nothing at this path; there is:\n\n{}", index());
        return Ok(answer(StatusCode::NOT_FOUND, PLAIN, text));
    };
    let ok = |media_type, text| answer(StatusCode::OK, media_type, text);
    Ok(match kind {
        Kind::Index => ok(PLAIN, index()),
        Kind::Metrics => match metrics.text(health.in_flight()) {
            Ok(text) => ok(metrics::MEDIA_TYPE, text),
            Err(error) => answer(StatusCode::INTERNAL_SERVER_ERROR, PLAIN, error.to_string()),
        },
        Kind::Live => ok(PLAIN, "live\n".to_owned()),
        Kind::Ready => match health.faults().await {
            faults if faults.is_empty() => ok(PLAIN, "ready\n".to_owned()),
            faults => answer(
                StatusCode::SERVICE_UNAVAILABLE,
                PLAIN,
                faults.join("\n") + "\n",
            ),
        },
        Kind::DocumentAsYaml => ok("application/yaml", events_spec::DOCUMENT.to_owned()),
        Kind::DocumentAsJson => ok("application/json", DOCUMENT_AS_JSON.to_owned()),
        Kind::Reference => ok("text/html; charset=utf-8", REFERENCE.to_owned()),
    })
}

fn index() -> String {
    let line = |Page(path, what, _): &Page| format!("{path:15} {what}\n");
    PAGES.iter().map(line).collect()
}

fn answer(status: StatusCode, media_type: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static(media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
