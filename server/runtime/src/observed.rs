//! What is known of a request once it is answered.

use std::net::SocketAddr;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::rejection::Cause;
use crate::spec::OperationSpec;

/// A request and what it was answered, for a service that counts: see [`Service::observe`](crate::Service::observe).
///
/// It has nothing of what a caller keeps secret: neither query, headers nor bodies.
#[derive(Debug)]
pub struct Observed<'r> {
    /// The request's method.
    pub method: &'r Method,
    /// The request's path, without its query. It is what the caller sent, percent-encoded or not.
    pub path: &'r str,
    /// The operation, where path and method name one.
    pub operation: Option<&'static OperationSpec>,
    /// The answer's status.
    pub status: StatusCode,
    /// Why the request was refused, where it was not its handler that answered.
    pub cause: Option<&'r Cause>,
    /// The time from the request's head to the answer's: reading the body is in it, and sending the answer's is not.
    pub duration: Duration,
    /// How many bytes the answer's body has, where that is known before it is sent.
    pub bytes: Option<u64>,
    /// The request's id: see [`Call::request_id`](crate::Call::request_id).
    pub request_id: &'r str,
    /// The address that the request came from.
    pub peer: SocketAddr,
}
