//! The real server, and calls of it that are written by hand.
//!
//! Every answer is judged as the harness judges those to its own calls, so a test looks only for what the document does
//! not say.

use std::sync::LazyLock;

use bytes::Bytes;
use contract_harness::{Caller, Contract};
use contract_tests::system::System;
use http::{HeaderMap, Method};
use serde_json::Value;

pub const MEDIA_TYPE: &str = "application/vnd.api+json";

pub static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let api = openapi_model::parse(events_spec::DOCUMENT).unwrap();
    Contract::new(api).unwrap()
});

/// A running server, and somebody who calls it.
pub struct Api {
    pub system: System,
    caller: Caller<'static>,
}

/// A call that is not sent yet.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// Null, where it is no JSON.
    pub body: Value,
}

impl Api {
    pub async fn start() -> Api {
        let system = System::start().await.unwrap();
        let caller = Caller::new(&CONTRACT, &system.base_url()).await.unwrap();
        Api { system, caller }
    }

    /// A call with credentials.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let credentials = self.system.credentials();
        Call::new(method, path).by(&credentials["bearerAuth"], &credentials["s2sAuthToken"])
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// A wish to create something.
    pub fn post(&self, body: &Value) -> Call {
        self.call(Method::POST, "/events")
            .header("Content-Type", MEDIA_TYPE)
            .body(body.to_string())
    }

    pub async fn send(&self, call: Call) -> Answer {
        sent(&self.caller, call, &[]).await
    }
}

/// The answer to a call. It breaks no check but those that it is expected to.
pub async fn sent(caller: &Caller<'_>, call: Call, broken: &[&str]) -> Answer {
    let mut request = http::Request::builder()
        .method(call.method.clone())
        .uri(&call.path);
    for (name, value) in &call.headers {
        request = request.header(*name, value);
    }
    let request = request.body(call.body.clone()).unwrap();
    let (answer, observed) = caller.send(request).await.unwrap();
    let mut failures = observed.answer;
    failures.retain(|(check, _)| !broken.contains(check));
    assert_eq!(failures, [], "{call:?}");
    Answer {
        status: answer.status.as_u16(),
        body: answer.value().cloned().unwrap_or_default(),
        headers: answer.headers,
        text: String::from_utf8(answer.body.to_vec()).unwrap(),
    }
}

impl Call {
    /// A call without credentials.
    pub fn new(method: Method, path: &str) -> Call {
        Call {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// The call with those tokens.
    pub fn by(self, bearer: &str, service: &str) -> Call {
        self.header("Authorization", format!("Bearer {bearer}"))
            .header("S2S-Auth-Token", service)
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Call {
        self.headers.push((name, value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Bytes>) -> Call {
        self.body = body.into();
        self
    }
}

impl Answer {
    /// The header, where it is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let first = values.next()?.to_str().unwrap();
        values.next().is_none().then_some(first)
    }
}
