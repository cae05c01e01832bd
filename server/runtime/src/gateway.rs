//! The front of a server: which operation is asked for, unknown paths and methods, and HEAD.
//!
//! dropshot answers unknown paths by itself, in a form of its own, and its router cannot hold every document's paths. So
//! what dropshot serves is one endpoint that takes every path, and the routes are ours. The trade is a second look-up per
//! request.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use dropshot::{
    ApiDescription, ApiEndpoint, ApiEndpointBodyContentType, ApiEndpointVersions, Body, BuildError,
    ConfigDropshot, ConfigLogging, ConfigLoggingLevel, ConfigTls, ExclusiveExtractor,
    ExtractorMetadata, HttpError, HttpServer, Path, RequestContext, ServerBuilder, ServerContext,
};
use http::{Method, Request, Response};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::{Api, Target};
use crate::checks::ResponseChecks;
use crate::refuse;
use crate::rejection::{Cause, Rejection};
use crate::routes::Routes;
use crate::service::Service;

/// A service behind its routes: the context that dropshot hands to every handler.
pub struct Gateway<S: Service> {
    pub(crate) service: Arc<S>,
    pub(crate) routes: Routes<Target<S>>,
    pub(crate) checks: ResponseChecks,
}

impl<S: Service> Gateway<S> {
    /// The service.
    pub fn service(&self) -> &Arc<S> {
        &self.service
    }

    /// What a method of a path leads to, or why it leads nowhere.
    fn find(&self, method: &Method, path: &str) -> Result<&Target<S>, Cause> {
        let targets = self.routes.find(path);
        let of = |method: &str| targets.iter().find(|(name, _)| *name == method);
        // GET answers HEAD too: the connection knows that it was HEAD, and sends no body.
        let found = of(method.as_str()).or_else(|| of("GET").filter(|_| method == Method::HEAD));
        match found {
            Some((_, target)) => Ok(target),
            None if targets.is_empty() => Err(Cause::UnknownPath),
            None => {
                let mut allowed = METHODS.to_vec();
                allowed.retain(|method| of(method).is_some());
                if allowed.contains(&"GET") && !allowed.contains(&"HEAD") {
                    allowed.push("HEAD");
                }
                Err(Cause::UnknownMethod(allowed))
            }
        }
    }
}

/// Starts a server.
///
/// `operations` is what the generated function `api` gives. dropshot's limit on bodies is not used: see
/// [`Service::MAX_BODY_BYTES`].
///
/// # Errors
/// The address cannot be listened on.
pub fn start<S: Service>(
    service: Arc<S>,
    operations: Api<S>,
    config: ConfigDropshot,
    log: &slog::Logger,
) -> Result<HttpServer<Gateway<S>>, BuildError> {
    start_with_tls(service, operations, config, None, log)
}

/// Starts a server that speaks HTTPS, where `tls` says how.
///
/// # Errors
/// As [`start`]; or the certificate cannot be used.
pub fn start_with_tls<S: Service>(
    service: Arc<S>,
    operations: Api<S>,
    config: ConfigDropshot,
    tls: Option<ConfigTls>,
    log: &slog::Logger,
) -> Result<HttpServer<Gateway<S>>, BuildError> {
    ServerBuilder::new(front(), operations.into_gateway(service), log.clone())
        .config(config)
        .tls(tls)
        .start()
}

/// Starts a server and serves until the process ends: for a program that does nothing else. `listening` is called with
/// the address, which has the port that the system gave where it was 0.
///
/// Warnings and errors go to standard error.
///
/// # Errors
/// The address cannot be listened on, or the server has stopped by itself.
pub fn serve<S: Service>(
    service: S,
    operations: Api<S>,
    address: impl Into<SocketAddr>,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let config = ConfigDropshot {
        bind_address: address.into(),
        ..ConfigDropshot::default()
    };
    let level = ConfigLoggingLevel::Warn;
    let log = ConfigLogging::StderrTerminal { level }.to_logger("server")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = start(Arc::new(service), operations, config, &log)?;
        listening(server.local_addr());
        server.await.map_err(ServeError::Stopped)
    })
}

/// Why a server does not serve.
#[derive(thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error(transparent)]
    Start(#[from] BuildError),
    /// The system has no threads or no standard error for it.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// It has stopped by itself.
    #[error("the server has stopped: {0}")]
    Stopped(String),
}

/// As it is displayed: a program prints what its `main` returns by `Debug`.
impl fmt::Debug for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The methods that HTTP knows ([registry](https://www.iana.org/assignments/http-methods)) and a document can have,
/// and CONNECT.
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
];

/// One endpoint that takes every path, once for each method.
fn front<S: Service>() -> ApiDescription<Gateway<S>> {
    let mut front = ApiDescription::new();
    for method in METHODS {
        let endpoint = ApiEndpoint::new(
            format!("any_{method}"),
            handle::<S>,
            Method::from_bytes(method.as_bytes()).unwrap_or_default(),
            dropshot::CONTENT_TYPE_JSON,
            "/{rest:.*}",
            ApiEndpointVersions::All,
        )
        .visible(false);
        // Nine methods on one path never conflict.
        drop(front.register(endpoint));
    }
    front
}

async fn handle<S: Service>(
    context: RequestContext<Gateway<S>>,
    any: Any,
) -> Result<Response<Body>, HttpError> {
    let request = any.0;
    let gateway = context.context();
    let cause = match gateway.find(request.method(), request.uri().path()) {
        Ok(Target::Operation(serve)) => {
            let serve = Arc::clone(serve);
            return Ok(serve(context, request).await);
        }
        Ok(Target::LeftOut) => Cause::NotImplemented,
        Err(cause) => cause,
    };
    let rejection = Rejection {
        cause,
        violations: Vec::new(),
        operation: None,
        request_id: context.request_id.clone(),
    };
    Ok(refuse::answer(&*gateway.service, &rejection))
}

/// A request on any path.
struct Any(Request<Body>);

/// The variable of the path, which dropshot wants to be told about.
#[derive(Deserialize, JsonSchema)]
struct AnyPath {
    #[serde(rename = "rest")]
    _rest: Vec<String>,
}

#[async_trait]
impl ExclusiveExtractor for Any {
    async fn from_request<C: ServerContext>(
        _: &RequestContext<C>,
        request: Request<Body>,
    ) -> Result<Self, HttpError> {
        Ok(Any(request))
    }

    fn metadata(content_type: ApiEndpointBodyContentType) -> ExtractorMetadata {
        <Path<AnyPath> as dropshot::SharedExtractor>::metadata(content_type)
    }
}
