//! The front of a server: unknown paths and methods, and HEAD.
//!
//! dropshot answers those by itself, in a form of its own. So the operations are registered with an inner description
//! whose router we ask, and what dropshot serves is one endpoint that takes every path. The trade is a second look-up
//! per request.

use std::sync::Arc;

use async_trait::async_trait;
use dropshot::{
    ApiDescription, ApiEndpoint, ApiEndpointBodyContentType, ApiEndpointVersions, Body, BuildError,
    ConfigDropshot, ExclusiveExtractor, ExtractorMetadata, HttpError, HttpServer, Path,
    RequestContext, ServerBuilder, ServerContext,
};
use futures::future::BoxFuture;
use http::{Method, Request, Response, StatusCode};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::refuse;
use crate::rejection::{Cause, Rejection};
use crate::service::Service;

/// A service behind its router: the context that dropshot hands to every handler.
pub struct Gateway<S: Service> {
    service: Arc<S>,
    dispatch: Box<Dispatch<S>>,
}

/// Finds the operation that a method and a path name. The types of dropshot's router have no public names, so it lives
/// in a closure.
type Dispatch<S> = dyn Fn(&Method, &str) -> Result<Found<S>, Cause> + Send + Sync;
type Found<S> = Box<
    dyn FnOnce(RequestContext<Gateway<S>>, Request<Body>) -> BoxFuture<'static, Response<Body>>
        + Send,
>;

impl<S: Service> Gateway<S> {
    /// The service.
    pub fn service(&self) -> &Arc<S> {
        &self.service
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
    operations: ApiDescription<Gateway<S>>,
    config: ConfigDropshot,
    log: &slog::Logger,
) -> Result<HttpServer<Gateway<S>>, BuildError> {
    let router = operations.into_router();
    let dispatch: Box<Dispatch<S>> = Box::new(move |method, path| {
        let found = router
            .lookup_route(method, path.into(), None)
            .map_err(|error| {
                if error.status_code.as_status() == StatusCode::METHOD_NOT_ALLOWED {
                    let is_allowed = |method: &&str| {
                        Method::from_bytes(method.as_bytes()).is_ok_and(|method| {
                            router.lookup_route(&method, path.into(), None).is_ok()
                        })
                    };
                    let mut allowed: Vec<&'static str> =
                        METHODS.into_iter().filter(is_allowed).collect();
                    if allowed.contains(&"GET") && !allowed.contains(&"HEAD") {
                        allowed.push("HEAD");
                    }
                    Cause::UnknownMethod(allowed)
                } else {
                    Cause::UnknownPath
                }
            })?;
        Ok(Box::new(
            move |mut context: RequestContext<Gateway<S>>, request| {
                context.endpoint = found.endpoint;
                Box::pin(async move {
                    match found.handler.handle_request(context, request).await {
                        Ok(response) => response,
                        // Neither our extractor nor our handlers fail at dropshot's level.
                        Err(_) => {
                            let mut response = Response::new(Body::empty());
                            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                            response
                        }
                    }
                })
            },
        ))
    });
    let gateway = Gateway { service, dispatch };
    ServerBuilder::new(front(), gateway, log.clone())
        .config(config)
        .start()
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
    let path = request.uri().path();
    // dropshot's router passes over empty segments, which no path of a document has.
    let is_strict = path == "/" || !(path.ends_with('/') || path.contains("//"));
    let find = |method| (gateway.dispatch)(method, path);
    let found = match request.method() {
        _ if !is_strict => Err(Cause::UnknownPath),
        // GET answers it too: the connection knows that it was HEAD, and sends no body.
        &Method::HEAD => find(&Method::HEAD).or_else(|_| find(&Method::GET)),
        method => find(method),
    };
    Ok(match found {
        Ok(operation) => operation(context, request).await,
        Err(cause) => {
            let request_id = context.request_id.clone();
            let rejection = Rejection {
                cause,
                violations: Vec::new(),
                operation: None,
                request_id,
            };
            refuse::answer(&*gateway.service, &rejection)
        }
    })
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
