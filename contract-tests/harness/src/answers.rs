//! Answers that the document allows: what a client must understand.

use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use indexmap::IndexMap;
use openapi_model::{Direction, Operation, Response, SchemaId, StatusPattern};
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_schema::Values;
use serde_json::Value;

use crate::bodies::BodyCodec;
use crate::contract::{Contract, Gap};
use crate::parameters::Codec;
use crate::seed::{below, once_in};

/// An answer that the document allows.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers that the response declares, but for `Content-Type`.
    pub headers: Vec<(String, String)>,
    /// What to send as `Content-Type`, where there is a body.
    pub content_type: Option<String>,
    /// The body's value, where there is one.
    pub body: Option<Value>,
    /// The body as it is sent.
    pub bytes: Bytes,
}

/// Generates the answers of one declared response with one status and one media type.
#[derive(Debug)]
pub struct AnswerStrategy {
    /// The status that its answers have: for a range or `default`, one that stands for the others.
    pub status: StatusCode,
    /// The response as declared.
    pub declared: StatusPattern,
    pub(crate) content: Option<Arc<Content>>,
    headers: Vec<HeaderStrategy>,
}

/// The bodies of one media type.
#[derive(Debug)]
pub(crate) struct Content {
    /// As it is sent.
    pub(crate) media_type: String,
    pub(crate) schema: Option<SchemaId>,
    codec: BodyCodec,
    /// `None` where examples are all that can be sent.
    values: Option<Values>,
    pub(crate) examples: IndexMap<String, Value>,
}

#[derive(Debug)]
struct HeaderStrategy {
    name: String,
    codec: Codec,
    values: Values,
    required: bool,
}

impl Contract {
    /// Strategies for every answer that an operation declares, and what of them cannot be generated.
    ///
    /// `operation` is the place in `Api::operations`.
    pub fn answers(&self, operation: usize) -> (Vec<AnswerStrategy>, Vec<Gap>) {
        let declared = &self.api().operations[operation];
        let (mut strategies, mut gaps) = (Vec::new(), Vec::new());
        for response in &declared.responses {
            let mut gap = |part: String, reason: String| {
                let part = format!("response {}{part}", response.status);
                gaps.push(Gap {
                    operation: declared.label(),
                    part,
                    reason,
                });
            };
            for status in representatives(declared, response.status) {
                if response.content.is_empty() || has_no_body(status) {
                    match self.headers(response) {
                        Ok(headers) => strategies.push(AnswerStrategy {
                            status,
                            declared: response.status,
                            content: None,
                            headers,
                        }),
                        Err(reason) => gap(String::new(), reason),
                    }
                    continue;
                }
                for name in response.content.keys() {
                    match (self.content(response, name), self.headers(response)) {
                        (Ok(content), Ok(headers)) => strategies.push(AnswerStrategy {
                            status,
                            declared: response.status,
                            content: Some(content),
                            headers,
                        }),
                        (Err(reason), _) | (_, Err(reason)) => gap(format!(", `{name}`"), reason),
                    }
                }
            }
        }
        gaps.dedup();
        (strategies, gaps)
    }

    fn content(&self, response: &Response, name: &str) -> Result<Arc<Content>, String> {
        let schemas = &self.api().schemas;
        let content = response.content.get(name).ok_or("it is not declared")?;
        let (codec, media_type, _) = BodyCodec::new(schemas, name, content)?;
        let mut examples = content.examples.clone();
        let values = match (&codec, content.schema) {
            (BodyCodec::AsGiven, _) => None,
            (_, Some(schema)) => Some(self.values(schema)?),
            (_, None) => None,
        };
        if values.is_none() {
            examples.retain(|_, example| codec.write(&media_type, example, false).is_some());
            if examples.is_empty() {
                return Err(match codec {
                    BodyCodec::AsGiven => "of such bodies only examples that are texts are sent, \
                         and the document has none"
                        .to_owned(),
                    _ => "its media type has no schema".to_owned(),
                });
            }
        }
        Ok(Arc::new(Content {
            media_type,
            schema: content.schema,
            codec,
            values,
            examples,
        }))
    }

    fn headers(&self, response: &Response) -> Result<Vec<HeaderStrategy>, String> {
        let schemas = &self.api().schemas;
        let mut headers = Vec::new();
        for (name, header) in &response.headers {
            // OpenAPI 3.0.3, "Response Object": such a definition shall be ignored.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let made = Codec::of_header(schemas, name, header).and_then(|codec| {
                let schema = header.schema.ok_or("it has no schema")?;
                Ok((codec, self.values(schema)?))
            });
            match made {
                Ok((codec, values)) => headers.push(HeaderStrategy {
                    name: name.clone(),
                    codec,
                    values,
                    required: header.required,
                }),
                Err(reason) if header.required => {
                    return Err(format!(
                        "its required header `{name}` cannot be generated: {reason}"
                    ));
                }
                Err(_) => {}
            }
        }
        Ok(headers)
    }

    fn values(&self, schema: openapi_model::SchemaId) -> Result<Values, String> {
        proptest_schema::valid(&self.api().schemas, schema, Direction::Response)
            .map_err(|unsupported| unsupported.to_string())
    }
}

fn has_no_body(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) || status.is_informational()
}

fn has_success(operation: &Operation) -> bool {
    operation
        .responses
        .iter()
        .any(|response| match response.status {
            StatusPattern::Code(code) => code.is_success(),
            StatusPattern::Range(digit) => digit == 2,
            StatusPattern::Default => false,
        })
}

/// The codes that stand for a response.
fn representatives(operation: &Operation, pattern: StatusPattern) -> Vec<StatusCode> {
    let codes: &[u16] = match pattern {
        StatusPattern::Code(code) => return vec![code],
        StatusPattern::Range(2) => &[200, 201],
        StatusPattern::Range(3) => &[303],
        StatusPattern::Range(4) => &[400, 404, 422],
        StatusPattern::Range(5) => &[500, 503],
        StatusPattern::Range(_) => &[],
        // Where nothing else is one, it is the success.
        StatusPattern::Default if !has_success(operation) => &[200, 400],
        StatusPattern::Default => &[400, 404, 500, 503, 200],
    };
    let described = |status: &StatusCode| {
        operation
            .response(*status)
            .is_some_and(|response| response.status == pattern)
    };
    codes
        .iter()
        .filter_map(|code| StatusCode::from_u16(*code).ok())
        .filter(described)
        .take(2)
        .collect()
}

impl AnswerStrategy {
    /// The media type that its answers have, as it is declared but for what stands for a range.
    pub fn media_type(&self) -> Option<&str> {
        let content = self.content.as_ref();
        content.map(|content| content.media_type.as_str())
    }

    /// The schema of its bodies.
    pub fn schema(&self) -> Option<SchemaId> {
        self.content.as_ref().and_then(|content| content.schema)
    }

    /// Answers whose bodies are the boundaries of their schema; all of them are valid.
    pub fn boundaries(&self, runner: &mut TestRunner) -> Vec<SampleAnswer> {
        let values = self.content.as_ref().and_then(|c| c.values.as_ref());
        let values = values.map(Values::boundaries).unwrap_or_default();
        let with = |value| self.with_body(value, runner);
        values.into_iter().filter_map(with).collect()
    }

    /// The answer with that body, which must be one of its schema's; `None` where its media type cannot carry it.
    pub(crate) fn with_body(&self, value: Value, runner: &mut TestRunner) -> Option<SampleAnswer> {
        let headers = self.draw_headers(runner);
        self.content.as_ref()?.answer(self.status, headers, value)
    }

    fn draw_headers(&self, runner: &mut TestRunner) -> Vec<(String, String)> {
        const TRIES: usize = 20;
        let mut drawn = Vec::new();
        for HeaderStrategy {
            name,
            codec,
            values,
            required,
        } in &self.headers
        {
            if !required && once_in(runner, 2) {
                continue;
            }
            // What a header cannot carry is drawn again, and where that is most of it, there are the boundaries.
            let drawn_again =
                (0..TRIES).map_while(|_| Some(values.new_tree(runner).ok()?.current()));
            let boundaries = || values.boundaries().into_iter();
            let pairs = drawn_again
                .chain(std::iter::once_with(boundaries).flatten())
                .find_map(|value| codec.write(&value, false));
            let texts = pairs
                .into_iter()
                .flatten()
                .map(|(_, text)| (name.clone(), text));
            drawn.extend(texts);
        }
        drawn
    }
}

impl Content {
    fn answer(
        &self,
        status: StatusCode,
        headers: Vec<(String, String)>,
        value: Value,
    ) -> Option<SampleAnswer> {
        let written = self.codec.write(&self.media_type, &value, false)?;
        Some(SampleAnswer {
            status,
            headers,
            content_type: Some(written.media_type),
            body: Some(written.value),
            bytes: written.bytes.into(),
        })
    }
}

/// An answer whose body shrinks.
#[derive(Debug)]
pub struct AnswerTree {
    /// What is sent where there is no body, or where what it shrank to cannot be carried.
    pub(crate) drawn: SampleAnswer,
    body: Option<(Arc<Content>, <Values as Strategy>::Tree)>,
}

impl Strategy for AnswerStrategy {
    type Tree = AnswerTree;
    type Value = SampleAnswer;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        const TRIES: usize = 20;
        let headers = self.draw_headers(runner);
        let bare = SampleAnswer {
            status: self.status,
            headers: headers.clone(),
            content_type: None,
            body: None,
            bytes: Bytes::new(),
        };
        let Some(content) = &self.content else {
            return Ok(AnswerTree {
                drawn: bare,
                body: None,
            });
        };
        let Some(values) = &content.values else {
            let index = below(runner, content.examples.len().max(1));
            let example = content.examples.get_index(index);
            let example = example.map(|(_, example)| example.clone());
            let drawn = content.answer(self.status, headers, example.unwrap_or_default());
            return Ok(AnswerTree {
                drawn: drawn.unwrap_or(bare),
                body: None,
            });
        };
        // What its media type cannot carry is drawn again.
        for _ in 0..TRIES {
            let tree = values.new_tree(runner)?;
            if let Some(drawn) = content.answer(self.status, headers.clone(), tree.current()) {
                let body = Some((content.clone(), tree));
                return Ok(AnswerTree { drawn, body });
            }
        }
        Err(format!("no value that `{}` can carry was drawn", content.media_type).into())
    }
}

impl ValueTree for AnswerTree {
    type Value = SampleAnswer;

    fn current(&self) -> SampleAnswer {
        let SampleAnswer {
            status, headers, ..
        } = &self.drawn;
        let shrunk = self
            .body
            .as_ref()
            .and_then(|(content, tree)| content.answer(*status, headers.clone(), tree.current()));
        shrunk.unwrap_or_else(|| self.drawn.clone())
    }

    fn simplify(&mut self) -> bool {
        self.body.as_mut().is_some_and(|(_, tree)| tree.simplify())
    }

    fn complicate(&mut self) -> bool {
        self.body
            .as_mut()
            .is_some_and(|(_, tree)| tree.complicate())
    }
}
