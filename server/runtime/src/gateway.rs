//! The front of a server: which operation is asked for, unknown paths and methods, and HEAD.
//!
//! dropshot answers unknown paths by itself, in a form of its own, and its router cannot hold every document's paths. So
//! what dropshot serves is one endpoint that takes every path, and the routes are ours. The trade is a second look-up per
//! request.
//!
//! Whatever becomes of a request, this is where it is counted, and where it gets its line in the log.

use std::fmt;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use dropshot::{
    ApiDescription, ApiEndpoint, ApiEndpointBodyContentType, ApiEndpointVersions, Body, BuildError,
    ConfigDropshot, ConfigLogging, ConfigLoggingLevel, ConfigTls, ExclusiveExtractor,
    ExtractorMetadata, HttpError, HttpServer, Path, RequestContext, ServerBuilder, ServerContext,
};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body::Body as _;
use schemars::JsonSchema;
use serde::Deserialize;
use slog::{Logger, o};

use crate::api::{Api, Target};
use crate::checks::ResponseChecks;
use crate::limits::{InFlight, Limits, Load};
use crate::log::{self, OfServer};
use crate::observed::Observed;
use crate::operation::Served;
use crate::panics::{caught, keep_places};
use crate::rejection::{Cause, Rejection};
use crate::routes::Routes;
use crate::service::Service;
use crate::stop::{GivenUp, StopSignals, stop};
use crate::{host, refuse, request_id};

/// A service behind its routes: the context that dropshot hands to every handler.
pub struct Gateway<S: Service> {
    pub(crate) service: Arc<S>,
    pub(crate) routes: Routes<Target<S>>,
    pub(crate) checks: ResponseChecks,
    pub(crate) limits: Limits,
    pub(crate) in_flight: Arc<InFlight>,
    pub(crate) log: slog::Logger,
}

impl<S: Service> Gateway<S> {
    /// The service.
    pub fn service(&self) -> &Arc<S> {
        &self.service
    }

    /// What the server has to do.
    pub fn load(&self) -> Load {
        Load(Arc::clone(&self.in_flight))
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
/// `log` gets a record at the level info for each request, warnings and errors of this crate, and those of dropshot that
/// are not about one request. None of them holds a query, a header or a body. The process's panic hook is replaced by one
/// that keeps quiet of panics in handlers, which the log has, and hands on all others.
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
    keep_places();
    let gateway = operations.into_gateway(service, log.clone());
    ServerBuilder::new(front(), gateway, Logger::root(OfServer(log.clone()), o!()))
        .config(config)
        .tls(tls)
        .start()
}

/// How long [`serve`] waits for the requests under way once it is asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Starts a server and serves until Ctrl-C or SIGTERM: for a program that does nothing else. `listening` is called with
/// the address, which has the port that the system gave where it was 0.
///
/// Warnings and errors go to standard error. The requests that are under way when it is asked to stop have 10 seconds, or
/// until it is asked again.
///
/// # Errors
/// The address cannot be listened on, the server has stopped by itself, or some of the requests under way had to be given
/// up.
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
    let served = runtime.block_on(async {
        let mut signals = StopSignals::new()?;
        let server = start(Arc::new(service), operations, config, &log)?;
        listening(server.local_addr());
        tokio::select! {
            stopped = server.wait_for_shutdown() => return stopped.map_err(ServeError::Stopped),
            () = signals.next() => {}
        }
        tokio::select! {
            stopped = stop(server, GRACE) => stopped.map_err(ServeError::GivenUp),
            () = signals.next() => Ok(()),
        }
    });
    // What has been given up is not waited for.
    runtime.shutdown_background();
    served
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
    /// It was asked to stop, and not everybody had their answers in time.
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
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
    mut context: RequestContext<Gateway<S>>,
    Any(request): Any,
) -> Result<Response<Body>, HttpError> {
    let server = Arc::clone(&context.server);
    let log = &server.private.log;
    context.log = log.clone();
    let given = request_id::given(request.headers()).map(str::to_owned);
    let own = match &given {
        Some(given) => Some(std::mem::replace(&mut context.request_id, given.clone())),
        None => None,
    };
    let id = context.request_id.clone();
    // What the service says to a refusal and does with what it observes may panic too.
    let answering = pin!(answer(&server.private, context, request, own.as_deref()));
    let answered = caught(answering).await;
    let mut response = answered.unwrap_or_else(|panic| {
        slog::error!(log, "the service panicked"; "message" => panic.message, "place" => panic.place, "request_id" => id);
        refuse::plain(StatusCode::INTERNAL_SERVER_ERROR)
    });
    if let Some(value) = given.and_then(|given| HeaderValue::from_str(&given).ok()) {
        response.headers_mut().insert(request_id::RETURNED, value);
    }
    Ok(response)
}

/// The answer to a request, which is counted and logged. `own` is dropshot's id for it, where it goes by another one.
async fn answer<S: Service>(
    gateway: &Gateway<S>,
    context: RequestContext<Gateway<S>>,
    request: Request<Body>,
    own: Option<&str>,
) -> Response<Body> {
    let begun = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let (peer, request_id) = (context.request.remote_addr(), context.request_id.clone());
    let refused = |cause, operation| {
        let rejection = Rejection {
            cause,
            violations: Vec::new(),
            operation,
            request_id: request_id.clone(),
        };
        Served {
            response: refuse::answer(&*gateway.service, &rejection),
            cause: Some(rejection.cause),
        }
    };
    let found = if host::is_given(request.version(), request.headers()) {
        gateway.find(&method, uri.path())
    } else {
        Err(Cause::Host)
    };
    let (operation, served) = match found {
        Ok(Target::Operation(spec, serve)) => {
            let served = match gateway.in_flight.enter() {
                Ok(_entered) => serve(context, request).await,
                Err(cause) => refused(cause, Some(*spec)),
            };
            (Some(*spec), served)
        }
        Ok(Target::LeftOut) => (None, refused(Cause::NotImplemented, None)),
        Err(cause) => (None, refused(cause, None)),
    };
    let Served { response, cause } = served;
    let observed = Observed {
        method: &method,
        path: uri.path(),
        operation,
        status: response.status(),
        cause: cause.as_ref(),
        duration: begun.elapsed(),
        bytes: response.body().size_hint().exact(),
        request_id: &request_id,
        peer,
    };
    log::request(&gateway.log, &observed, own);
    gateway.service.observe(&observed);
    response
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
