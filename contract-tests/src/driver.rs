//! A typed client that is driven by the document alone.
//!
//! Every generated client can call its operations by name: arguments are decoded into the types of a builder, and what
//! the builder gives is written as values again. The types of such a call are the client's own, so [`drive!`](crate::drive)
//! makes them these, which are the same for every client.

use std::future::Future;

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

/// What an operation is called with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// The parameters by their names in the document; where two of an operation have one name, by place and name, such as
    /// `query:id`.
    pub parameters: Map<String, Value>,
    /// The body.
    pub body: Option<Value>,
    /// Its media type.
    pub content_type: Option<String>,
}

/// What the typed client makes of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// As what the caller gets it.
    pub kind: Kind,
    /// The status.
    pub status: StatusCode,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// The headers that the document declares, as their type is written.
    pub typed_headers: Map<String, Value>,
    /// The body, as its type is written; bytes are the list of their numbers.
    pub body: Option<Value>,
}

/// As what a caller gets an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As the result of the call.
    Success,
    /// As the typed error.
    Error,
    /// As an answer that there is no type for.
    Untyped,
}

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// The client refuses to send it.
    #[error("the client refuses to send it: {0}")]
    NotSent(String),
    /// The client refuses the answer.
    #[error("the client refuses the answer: {0}")]
    Refused(String),
    /// The document declares no such status.
    #[error("the client says that the status {0} is not declared")]
    Undeclared(StatusCode),
    /// The answer did not come to its end.
    #[error("the client says that there is no answer: {0}")]
    BrokenOff(String),
}

/// A typed client of any document.
pub trait Driver: Send + Sync {
    /// Calls the operation of that `operationId`, or of that method and path.
    fn call(
        &self,
        id: &str,
        arguments: Arguments,
    ) -> impl Future<Output = Result<Reply, Unanswered>> + Send;
}

/// Makes a generated client a [`Driver`](crate::driver::Driver), given its module.
///
/// ```ignore
/// mod client {
///     include!(concat!(env!("OUT_DIR"), "/client.rs"));
/// }
/// contract_tests::drive!(client);
/// ```
#[macro_export]
macro_rules! drive {
    ($($module:ident)::+) => {
        impl $crate::driver::Driver for $($module)::+::Client {
            async fn call(
                &self,
                id: &str,
                arguments: $crate::driver::Arguments,
            ) -> Result<$crate::driver::Reply, $crate::driver::Unanswered> {
                use $crate::driver::{Arguments, Kind, Reply, Unanswered};
                use $($module)::+::{CallError, ReplyKind};
                let Arguments { parameters, body, content_type } = arguments;
                let arguments = $($module)::+::Arguments { parameters, body, content_type };
                match $($module)::+::call(self, id, arguments).await {
                    Ok(reply) => Ok(Reply {
                        kind: match reply.kind {
                            ReplyKind::Success => Kind::Success,
                            ReplyKind::Error => Kind::Error,
                            ReplyKind::Untyped => Kind::Untyped,
                        },
                        status: reply.status,
                        headers: reply.headers,
                        typed_headers: reply.typed_headers,
                        body: reply.body,
                    }),
                    Err(CallError::InvalidAnswer(message)) => Err(Unanswered::Refused(message)),
                    Err(CallError::UndeclaredStatus(status)) => Err(Unanswered::Undeclared(status)),
                    Err(CallError::Communication(error)) => Err(Unanswered::BrokenOff(error.to_string())),
                    Err(other) => Err(Unanswered::NotSent(other.to_string())),
                }
            }
        }
    };
}

crate::drive!(events_client::api);
