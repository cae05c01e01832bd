//! How one operation is served: the steps from a request to the handler, and from its response to the answer.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;

use async_trait::async_trait;
use dropshot::{
    ApiEndpoint, ApiEndpointBodyContentType, ApiEndpointResponse, ApiEndpointVersions, Body,
    ExclusiveExtractor, ExtractorMetadata, HttpError, HttpResponse, HttpResponseError,
    RequestContext, ServerContext,
};
use http::header::{ACCEPT, VARY};
use http::{HeaderValue, Method, Response, StatusCode};

use crate::answer::Respond;
use crate::checks::{self, ResponseChecks, Sent};
use crate::content::{Accepted, Decoder, Refused};
use crate::gateway::Gateway;
use crate::limits::Limits;
use crate::media::Accept;
use crate::panics::caught;
use crate::parameters::{Given, Values, read};
use crate::rejection::{Cause, Rejection, Violation};
use crate::service::{Call, Service};
use crate::spec::{OperationSpec, ParameterLocation};
use crate::template::match_path;
use crate::text::Query;
use crate::{content, refuse, security};

/// One operation, as generated code describes it.
pub trait Operation: Send + Sync + 'static {
    /// What the document says.
    const SPEC: &'static OperationSpec;
    /// Its parameters and body, typed.
    type Request: Send + 'static;
    /// Its responses, and no others.
    type Response: Respond;
    /// Describes its failures to dropshot.
    type Failure: HttpResponseError + Send + Sync + 'static;

    /// Makes the typed request of values that have passed every rule of the document.
    ///
    /// # Errors
    /// A value passed its schema and does not fit its type, which is a fault of the generator.
    fn decode(values: &mut Decoder) -> Result<Self::Request, serde_json::Error>;

    /// Describes parameters and body to dropshot.
    fn describe_request(content_type: &ApiEndpointBodyContentType) -> ExtractorMetadata;

    /// Describes the successful response to dropshot.
    fn describe_response() -> ApiEndpointResponse;
}

/// An operation as dropshot registers it.
pub(crate) fn endpoint<S, O, H, F>(handler: H) -> ApiEndpoint<Gateway<S>>
where
    S: Service,
    O: Operation,
    H: Fn(Arc<S>, Call<S::Caller>, O::Request) -> F + Copy + Send + Sync + 'static,
    F: Future<Output = O::Response> + Send + 'static,
{
    let method = Method::from_bytes(O::SPEC.method.as_bytes()).unwrap_or_default();
    let mut endpoint = ApiEndpoint::new(
        O::SPEC.id.to_owned(),
        move |context: RequestContext<Gateway<S>>, incoming: Incoming<O>| async move {
            Ok::<_, O::Failure>(Outgoing::<O>(
                serve::<S, O, H, F>(context, incoming.request, handler)
                    .await
                    .response,
                PhantomData,
            ))
        },
        method,
        dropshot::CONTENT_TYPE_JSON,
        O::SPEC.path,
        ApiEndpointVersions::All,
    );
    if let Some(summary) = O::SPEC.summary {
        endpoint = endpoint.summary(summary);
    }
    if let Some(description) = O::SPEC.description {
        endpoint = endpoint.description(description);
    }
    for tag in O::SPEC.tags {
        endpoint = endpoint.tag(*tag);
    }
    endpoint.deprecated(O::SPEC.deprecated)
}

/// An answer, and why it is a refusal if it is one.
pub(crate) struct Served {
    pub response: Response<Body>,
    pub cause: Option<Cause>,
}

/// The answer to a request on an operation.
pub(crate) async fn serve<S, O, H, F>(
    context: RequestContext<Gateway<S>>,
    request: http::Request<Body>,
    handler: H,
) -> Served
where
    S: Service,
    O: Operation,
    H: Fn(Arc<S>, Call<S::Caller>, O::Request) -> F,
    F: Future<Output = O::Response> + Send,
{
    // Without this, whatever panics would close the connection without an answer.
    let responding = pin!(respond::<S, O, H, F>(&context, request, handler));
    let answered = caught(responding).await;
    let response = answered.unwrap_or_else(|panic| {
        slog::error!(context.log, "a handler panicked"; "operation" => O::SPEC.id,
            "message" => panic.message, "place" => panic.place, "request_id" => &context.request_id);
        Err((Cause::Fault, Vec::new()))
    });
    let cause = response.as_ref().err().map(|(cause, _)| cause.clone());
    let refuse = |cause, violations| {
        // A path that only looks like the operation's is nobody's, and what is too long is refused by the server.
        let is_servers = matches!(
            cause,
            Cause::UnknownPath | Cause::UriTooLong(_) | Cause::HeadersTooLarge(_)
        );
        let operation = (!is_servers).then_some(O::SPEC);
        let request_id = context.request_id.clone();
        let rejection = Rejection {
            cause,
            violations,
            operation,
            request_id,
        };
        refuse::answer(&**context.context().service(), &rejection)
    };
    let answer = match response {
        Ok(response) => Sent::Answer(response),
        Err((cause, violations)) => Sent::Refusal(refuse(cause, violations)),
    };
    let mut response = match context.context().checks {
        ResponseChecks::Off => answer.into_response(),
        checks => {
            let fault = || refuse(Cause::Fault, Vec::new());
            let request_id = context.request_id.clone();
            let log = context.log.new(slog::o!("request_id" => request_id));
            Box::pin(checks::keep(checks, O::SPEC, answer, &log, fault)).await
        }
    };
    if !O::SPEC.produces.is_empty() {
        let accept = HeaderValue::from_static("Accept");
        response.headers_mut().append(VARY, accept);
    }
    Served { response, cause }
}

/// From a request to the answer of its handler, or why there is none.
async fn respond<S, O, H, F>(
    context: &RequestContext<Gateway<S>>,
    request: http::Request<Body>,
    handler: H,
) -> Result<Response<Body>, Refused>
where
    S: Service,
    O: Operation,
    H: Fn(Arc<S>, Call<S::Caller>, O::Request) -> F,
    F: Future<Output = O::Response> + Send,
{
    let service = context.context().service();
    let (parts, body) = request.into_parts();
    let Ready {
        caller,
        accept,
        values,
        body,
    } = ready(&**service, O::SPEC, &parts, body, context.context().limits).await?;
    let bytes = body.bytes.clone();
    let mut decoder = Decoder::new(values, body);
    let request = O::decode(&mut decoder).map_err(|error| {
        slog::error!(context.log, "a value passed its schema and does not fit its type"; "operation" => O::SPEC.id,
            "error" => %error, "request_id" => &context.request_id);
        (Cause::Fault, Vec::new())
    })?;
    let call = Call {
        caller,
        request_id: context.request_id.clone(),
        peer: context.request.remote_addr(),
        headers: parts.headers,
        uri: parts.uri,
        accept: accept.clone(),
        body: bytes,
    };
    let response = handler(Arc::clone(service), call, request).await;
    response
        .respond(&accept)
        .map(|answer| answer.0)
        .map_err(|error| {
            slog::error!(context.log, "a response cannot be sent"; "operation" => O::SPEC.id,
                "error" => %error, "request_id" => &context.request_id);
            (Cause::Fault, Vec::new())
        })
}

/// A request that has passed every step.
struct Ready<C> {
    caller: C,
    accept: Accept,
    values: Values,
    body: Accepted,
}

/// The steps before the handler, in the order that every refusal keeps to.
async fn ready<S: Service>(
    service: &S,
    operation: &'static OperationSpec,
    parts: &http::request::Parts,
    body: Body,
    Limits { body_time, .. }: Limits,
) -> Result<Ready<S::Caller>, Refused> {
    let only = |cause| (cause, Vec::new());
    within_bounds::<S>(parts).map_err(only)?;
    let path =
        match_path(operation.path, parts.uri.path()).ok_or_else(|| only(Cause::UnknownPath))?;
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let headers = &parts.headers;

    let caller = security::authenticate(service, operation, headers, &query)
        .await
        .map_err(only)?;

    let accept = headers.get_all(ACCEPT).iter();
    let accept = Accept::parse(accept.map(|value| value.to_str().unwrap_or_default()));
    if !accept.leaves_room_for(operation.produces) {
        return Err(only(Cause::Accept(operation.produces)));
    }

    let given = Given {
        path,
        query,
        headers,
    };
    let mut values: Values = operation.parameters.iter().map(|_| None).collect();
    for (locations, cause) in [
        (&[ParameterLocation::Path][..], Cause::Path),
        (&[ParameterLocation::Query], Cause::Query),
        (
            &[ParameterLocation::Header, ParameterLocation::Cookie],
            Cause::Header,
        ),
    ] {
        let read = |location: &ParameterLocation| read(operation, *location, &given, &mut values);
        let violations: Vec<Violation> = locations.iter().flat_map(read).collect();
        if !violations.is_empty() {
            return Err((cause, violations));
        }
    }

    let limits = (S::MAX_BODY_BYTES, S::MAX_STREAM_BYTES);
    let body = match &operation.body {
        Some(spec) => {
            // Boxed, so that requests without a body need not carry the room that reading one takes.
            let parameters = operation.parameters;
            Box::pin(content::accept(
                parameters, spec, headers, body, limits, body_time,
            ))
            .await?
        }
        None => Accepted::none(),
    };
    Ok(Ready {
        caller,
        accept,
        values,
        body,
    })
}

/// Whether path, query and headers are of a size that is worth looking at.
fn within_bounds<S: Service>(parts: &http::request::Parts) -> Result<(), Cause> {
    let query = parts.uri.query().map_or(0, |query| 1 + query.len());
    if parts.uri.path().len() + query > S::MAX_URI_BYTES {
        return Err(Cause::UriTooLong(S::MAX_URI_BYTES));
    }
    let headers = parts.headers.iter();
    let bytes: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if bytes > S::MAX_HEADER_BYTES {
        return Err(Cause::HeadersTooLarge(S::MAX_HEADER_BYTES));
    }
    Ok(())
}

/// A request before anything is known about it.
///
/// dropshot's own extractors are too lax, run at the same time, and answer by themselves; so this one takes everything
/// and never fails, and the steps are ours.
struct Incoming<O> {
    request: http::Request<Body>,
    operation: PhantomData<O>,
}

#[async_trait]
impl<O: Operation> ExclusiveExtractor for Incoming<O> {
    async fn from_request<C: ServerContext>(
        _: &RequestContext<C>,
        request: http::Request<Body>,
    ) -> Result<Self, HttpError> {
        Ok(Incoming {
            request,
            operation: PhantomData,
        })
    }

    fn metadata(content_type: ApiEndpointBodyContentType) -> ExtractorMetadata {
        O::describe_request(&content_type)
    }
}

/// An answer on its way out, refusals included: dropshot would send an `Err` in a form of its own.
struct Outgoing<O>(Response<Body>, PhantomData<O>);

impl<O: Operation> HttpResponse for Outgoing<O> {
    fn to_result(self) -> Result<Response<Body>, HttpError> {
        Ok(self.0)
    }

    fn response_metadata() -> ApiEndpointResponse {
        O::describe_response()
    }

    fn status_code(&self) -> StatusCode {
        self.0.status()
    }
}
