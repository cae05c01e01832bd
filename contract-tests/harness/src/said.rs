//! What a message says: the values that its texts and bytes can stand for.
//!
//! Whoever gave a client some values finds here whether they are what the client wrote, and whoever served an answer
//! whether the client read what was served. Types are a matter of reading, so one text may stand for several values.

use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use crate::contract::Contract;
use crate::media_type;
use crate::parameters::Codec;
use crate::paths;
use crate::request_check::Received;

/// What a part of a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It is not there.
    Nothing,
    /// It is there, and what it means is not known: no schema says it, or no style.
    Unknown,
    /// One of these values; none, where it is not written as the document asks.
    OneOf(Vec<Value>),
}

/// What a request says to its operation.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidRequest {
    /// The operation, by its place in `Api::operations`.
    pub operation: usize,
    /// Each of its parameters, as in `Operation::parameters`.
    pub parameters: Vec<Said>,
    /// The body.
    pub body: Said,
}

impl Contract {
    /// What a request says; `None` where it is for no operation of the document.
    ///
    /// `path_and_query` stands as on the wire, without what the server's URL has before the document's paths.
    ///
    /// ```
    /// # use contract_harness::{Contract, Said};
    /// # use http::{HeaderMap, Method};
    /// # use serde_json::json;
    /// let contract = Contract::new(openapi_model::parse("
    /// openapi: 3.0.3
    /// info: { title: Things, version: '1' }
    /// paths:
    ///   /things/{id}:
    ///     get:
    ///       parameters:
    ///         - { name: id, in: path, required: true, schema: { type: integer } }
    ///         - { name: limit, in: query, schema: { type: integer } }
    ///       responses: { '204': { description: It is there } }
    /// ")?)?;
    /// let said = contract.said(&Method::GET, "/things/5", &HeaderMap::new(), b"");
    /// let said = said.ok_or("there is no such operation")?;
    /// assert_eq!(said.parameters[0], Said::OneOf(vec![json!("5"), json!(5)]));
    /// assert_eq!((&said.parameters[1], said.body), (&Said::Nothing, Said::Nothing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn said(
        &self,
        method: &Method,
        path_and_query: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<SaidRequest> {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let found = paths::find(self.api(), path)?;
        let operation = found.operation(self.api(), method)?;
        let request = Received::new(self, (operation, found.texts), query, headers, body);
        let parameters = self.compiled(operation).parameters.iter();
        let parameters = parameters.map(|parameter| {
            let Some(parameter) = parameter else {
                return Said::Unknown;
            };
            let pairs = request.pairs(parameter);
            if pairs.is_empty() {
                Said::Nothing
            } else {
                Said::OneOf(parameter.codec.readings(&pairs, false))
            }
        });
        let parameters = parameters.collect();
        let media_type = headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let said = match media_type.map(|media_type| request.body_readings(media_type)) {
            None if body.is_empty() => Said::Nothing,
            None | Some(None) => Said::Unknown,
            Some(Some(readings)) => Said::OneOf(readings.unwrap_or_default()),
        };
        Some(SaidRequest {
            operation,
            parameters,
            body: said,
        })
    }

    /// What the headers of an answer say that its response declares, by their names in the document. `operation` is the
    /// place in `Api::operations`.
    pub fn said_by_headers(
        &self,
        operation: usize,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Vec<(&str, Said)> {
        let response = self.api().operations[operation].response(status);
        let declared = response.iter().flat_map(|response| &response.headers);
        let said = declared.map(|(name, header)| {
            let texts: Vec<String> = headers
                .get_all(name)
                .iter()
                .map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned())
                .collect();
            let said = match Codec::of_header(&self.api().schemas, name, header) {
                _ if texts.is_empty() => Said::Nothing,
                Err(_) => Said::Unknown,
                Ok(codec) => {
                    Said::OneOf(codec.readings(&[(name.clone(), texts.join(", "))], false))
                }
            };
            (name.as_str(), said)
        });
        said.collect()
    }

    /// Whether a value of a parameter can be written so that every reader has the same of it: some values no style can
    /// carry. Operation and parameter are given by their places in the document.
    pub fn carries(&self, operation: usize, parameter: usize, value: &Value) -> bool {
        let compiled = self.compiled(operation).parameters.get(parameter);
        let compiled = compiled.and_then(Option::as_ref);
        compiled.is_some_and(|parameter| parameter.write_valid(value).is_some())
    }

    /// Whether all of a body can be written in that media type.
    pub fn carries_body(&self, operation: usize, content_type: &str, value: &Value) -> bool {
        let mut bodies = self.compiled(operation).bodies.iter();
        let body = bodies.find(|body| media_type::matches(&body.media_type, content_type));
        let written = body.and_then(|body| body.codec.write(&body.media_type, value, false));
        written.is_some_and(|written| written.left_out.is_empty())
    }
}
