//! Answers that the document allows: what a client must understand.

use http::StatusCode;
use openapi_model::{Direction, Operation, Response, StatusPattern};
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_schema::Values;
use serde_json::Value;

use crate::contract::{Contract, Gap};
use crate::media_type;
use crate::parameters::Codec;
use crate::seed::once_in;

/// An answer that the document allows.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers that the response declares, but for `Content-Type`.
    pub headers: Vec<(String, String)>,
    /// What to send as `Content-Type`, where there is a body.
    pub content_type: Option<String>,
    /// The body, where there is one.
    pub body: Option<Value>,
}

/// Generates the answers of one declared response with one status and one media type.
#[derive(Debug)]
pub struct AnswerStrategy {
    /// The status that its answers have: for a range or `default`, one that stands for the others.
    pub status: StatusCode,
    /// The response as declared.
    pub declared: StatusPattern,
    content: Option<(String, Values)>,
    headers: Vec<HeaderStrategy>,
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

    fn content(&self, response: &Response, name: &str) -> Result<(String, Values), String> {
        let media_type = media_type::json_within(name).ok_or("only JSON is generated")?;
        let schema = response
            .content
            .get(name)
            .and_then(|content| content.schema);
        let schema = schema.ok_or("its media type has no schema")?;
        Ok((media_type, self.values(schema)?))
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

/// The codes that stand for a response.
fn representatives(operation: &Operation, pattern: StatusPattern) -> Vec<StatusCode> {
    let codes: &[u16] = match pattern {
        StatusPattern::Code(code) => return vec![code],
        StatusPattern::Range(2) => &[200, 201],
        StatusPattern::Range(3) => &[303],
        StatusPattern::Range(4) => &[400, 404, 422],
        StatusPattern::Range(5) => &[500, 503],
        StatusPattern::Range(_) => &[],
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
    /// Answers whose bodies are the boundaries of their schema; all of them are valid.
    pub fn boundaries(&self, runner: &mut TestRunner) -> Vec<SampleAnswer> {
        let Some((media_type, values)) = &self.content else {
            return Vec::new();
        };
        values
            .boundaries()
            .into_iter()
            .map(|body| SampleAnswer {
                status: self.status,
                headers: self.draw_headers(runner),
                content_type: Some(media_type.clone()),
                body: Some(body),
            })
            .collect()
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
            // What a header cannot carry is drawn again.
            let pairs = (0..TRIES)
                .find_map(|_| codec.write(&values.new_tree(runner).ok()?.current(), false));
            let texts = pairs
                .into_iter()
                .flatten()
                .map(|(_, text)| (name.clone(), text));
            drawn.extend(texts);
        }
        drawn
    }
}

/// An answer whose body shrinks.
#[derive(Debug)]
pub struct AnswerTree {
    answer: SampleAnswer,
    body: Option<<Values as Strategy>::Tree>,
}

impl Strategy for AnswerStrategy {
    type Tree = AnswerTree;
    type Value = SampleAnswer;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let body = match &self.content {
            Some((_, values)) => Some(values.new_tree(runner)?),
            None => None,
        };
        let answer = SampleAnswer {
            status: self.status,
            headers: self.draw_headers(runner),
            content_type: self
                .content
                .as_ref()
                .map(|(media_type, _)| media_type.clone()),
            body: None,
        };
        Ok(AnswerTree { answer, body })
    }
}

impl ValueTree for AnswerTree {
    type Value = SampleAnswer;

    fn current(&self) -> SampleAnswer {
        SampleAnswer {
            body: self.body.as_ref().map(ValueTree::current),
            ..self.answer.clone()
        }
    }

    fn simplify(&mut self) -> bool {
        self.body.as_mut().is_some_and(ValueTree::simplify)
    }

    fn complicate(&mut self) -> bool {
        self.body.as_mut().is_some_and(ValueTree::complicate)
    }
}
