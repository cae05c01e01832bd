//! What generated dropshot servers call.
//!
//! A server that `dropshot-codegen` made from a document consists of tables, types and a trait; how a request is served
//! by them is here. Before a handler runs, everything that the document says about the request holds. The steps are, in
//! this order, and the first that fails answers: path and method, credentials, scopes, `Accept`, path parameters, query
//! parameters, headers, `Content-Type`, size, body. Within the step that fails everything that is wrong is collected
//! into one [`Rejection`], which the [`Service`] maps to its answer.
//!
//! This crate knows nothing about any document. It uses dropshot for what dropshot does well (connections, routes, the
//! document it emits) and does by itself what dropshot leaves open: security, media types, strict parameters and bodies,
//! refusals in the document's own form, HEAD, limits, and handlers that panic.

// What generated code says.
pub mod describe;
mod spec;

// What a service says, and is told.
mod answer;
mod checks;
mod limits;
mod observed;
mod rejection;
mod service;
mod written;

// The steps.
mod api;
mod body;
mod content;
mod gateway;
mod host;
mod log;
mod media;
mod multipart;
mod operation;
mod panics;
mod parameters;
mod refuse;
mod request_id;
mod routes;
mod security;
mod shape;
mod stop;
mod stream;
mod template;
mod text;

pub use answer::{Answer, AnswerError, Respond, declared};
pub use api::Api;
pub use checks::ResponseChecks;
pub use content::{Decoder, File};
pub use gateway::{Gateway, ServeError, serve, start, start_with_tls};
pub use limits::{Limits, Load};
pub use media::Accept;
pub use observed::Observed;
pub use operation::Operation;
pub use rejection::{Cause, Place, Rejection, Violation};
pub use service::{Call, Credential, Denial, Refusal, Service};
pub use spec::{
    BodyForm, BodyFormat, BodySpec, CredentialPlace, Field, Lead, Members, OperationSpec,
    ParameterLocation, ParameterSpec, PartKind, PartSpec, PartsSpec, ResponseSpec, Scalar,
    SchemeSpec, Shape,
};
pub use stop::{GivenUp, StopSignals, stop};
pub use stream::{BodyStream, StreamError};
pub use written::Written;

// Generated code names these by this crate's path, so that the program that holds it needs none of them itself.
pub use dropshot;
pub use http;
pub use schema_check as schema;
pub use schemars;
pub use slog;
