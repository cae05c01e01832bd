//! Runtime expressions of OpenAPI links: how an answer leads to the next call (OpenAPI 3.0.3, "Runtime Expressions").

use openapi_model::Pointer;
use serde_json::Value;

use crate::exchange::Exchange;
use crate::parameters::{percent_decode, query_decode};

/// What a link says about one parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Constant(Value),
    Url,
    Method,
    StatusCode,
    RequestHeader(String),
    RequestQuery(String),
    RequestPath(String),
    RequestBody(Pointer),
    ResponseHeader(String),
    ResponseBody(Pointer),
    /// Text with expressions in braces between.
    Text(Vec<Expression>),
}

impl Expression {
    /// Reads what a link has for a parameter. Text that is no expression is a constant.
    pub(crate) fn read(value: &Value) -> Result<Expression, String> {
        match value {
            Value::String(text) if text.starts_with('$') => Expression::read_text(text),
            Value::String(text) if text.contains("{$") => {
                let mut parts = Vec::new();
                let mut rest = text.as_str();
                while let Some(start) = rest.find("{$") {
                    let (before, from) = rest.split_at(start);
                    let end = from
                        .find('}')
                        .ok_or_else(|| format!("`{text}`: a brace is not closed"))?;
                    parts.push(Expression::Constant(Value::from(before)));
                    parts.push(Expression::read_text(&from[1..end])?);
                    rest = &from[end + 1..];
                }
                parts.push(Expression::Constant(Value::from(rest)));
                Ok(Expression::Text(parts))
            }
            other => Ok(Expression::Constant(other.clone())),
        }
    }

    fn read_text(text: &str) -> Result<Expression, String> {
        let unknown = || format!("`{text}` is not a runtime expression");
        let body = |rest: &str| match rest.strip_prefix('#') {
            Some(pointer) => Pointer::parse(pointer).ok_or_else(unknown),
            None if rest.is_empty() => Ok(Pointer::root()),
            None => Err(unknown()),
        };
        Ok(match text {
            "$url" => Expression::Url,
            "$method" => Expression::Method,
            "$statusCode" => Expression::StatusCode,
            _ => {
                if let Some(rest) = text.strip_prefix("$request.body") {
                    Expression::RequestBody(body(rest)?)
                } else if let Some(rest) = text.strip_prefix("$response.body") {
                    Expression::ResponseBody(body(rest)?)
                } else if let Some(name) = text.strip_prefix("$request.header.") {
                    Expression::RequestHeader(name.to_owned())
                } else if let Some(name) = text.strip_prefix("$request.query.") {
                    Expression::RequestQuery(name.to_owned())
                } else if let Some(name) = text.strip_prefix("$request.path.") {
                    Expression::RequestPath(name.to_owned())
                } else if let Some(name) = text.strip_prefix("$response.header.") {
                    Expression::ResponseHeader(name.to_owned())
                } else {
                    return Err(unknown());
                }
            }
        })
    }

    /// What the expression means after an exchange; `None` where the exchange has nothing there.
    pub(crate) fn value(&self, exchange: &Exchange) -> Option<Value> {
        let answer = exchange.answer.as_ref().ok()?;
        let named = |pairs: &[(String, String)], name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, text)| text.clone())
        };
        Some(match self {
            Expression::Constant(value) => value.clone(),
            Expression::Url => Value::from(exchange.request.target.as_str()),
            Expression::Method => Value::from(exchange.request.method.as_str()),
            Expression::StatusCode => Value::from(answer.status.as_u16()),
            Expression::RequestHeader(name) => {
                let headers = &exchange.request.headers;
                let (_, text) = headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
                Value::from(text.as_str())
            }
            Expression::RequestQuery(name) => {
                let pairs = &exchange.case.query;
                let (_, text) = pairs
                    .iter()
                    .find(|(n, _)| query_decode(n).as_ref() == Some(name))?;
                Value::from(query_decode(text)?)
            }
            Expression::RequestPath(name) => {
                Value::from(percent_decode(&named(&exchange.case.path, name)?)?)
            }
            Expression::RequestBody(pointer) => exchange
                .case
                .body
                .as_ref()?
                .value
                .pointer(pointer.as_str())?
                .clone(),
            Expression::ResponseHeader(name) => {
                Value::from(answer.headers.get(name)?.to_str().ok()?)
            }
            Expression::ResponseBody(pointer) => answer.value()?.pointer(pointer.as_str())?.clone(),
            Expression::Text(parts) => {
                let mut text = String::new();
                for part in parts {
                    match part.value(exchange)? {
                        Value::String(part) => text.push_str(&part),
                        other => text.push_str(&other.to_string()),
                    }
                }
                Value::from(text)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn expressions_are_read() {
        let body =
            |pointer: &str| Expression::ResponseBody(Pointer::parse(pointer).unwrap_or_default());
        for (value, expected) in [
            (json!("$response.body#/data/id"), Ok(body("/data/id"))),
            (json!("$response.body"), Ok(body(""))),
            (
                json!("$request.path.id"),
                Ok(Expression::RequestPath("id".to_owned())),
            ),
            (
                json!("$response.header.Location"),
                Ok(Expression::ResponseHeader("Location".to_owned())),
            ),
            (json!("$statusCode"), Ok(Expression::StatusCode)),
            (json!(5), Ok(Expression::Constant(json!(5)))),
            (json!("plain"), Ok(Expression::Constant(json!("plain")))),
            (
                json!("$nothing"),
                Err("`$nothing` is not a runtime expression".to_owned()),
            ),
            (
                json!("x-{$method}-y"),
                Ok(Expression::Text(vec![
                    Expression::Constant(json!("x-")),
                    Expression::Method,
                    Expression::Constant(json!("-y")),
                ])),
            ),
        ] {
            assert_eq!(Expression::read(&value), expected, "{value}");
        }
    }
}
