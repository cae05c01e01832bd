//! What a caller takes as an answer (`Accept`, RFC 9110, section 12.5.1), and whether an answer is that.
//!
//! A server may disregard `Accept`. One whose document declares a 406 says that it does not.

use http::StatusCode;
use openapi_model::{Operation, StatusPattern};

use crate::media_type;

/// What a caller that understands every declared answer sends.
pub(crate) fn everything(operation: &Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    for media_type in operation
        .responses
        .iter()
        .flat_map(|response| response.content.keys())
    {
        if !types.contains(&media_type.as_str()) {
            types.push(media_type);
        }
    }
    if types.is_empty() {
        "*/*".to_owned()
    } else {
        types.join(", ")
    }
}

/// Whether the operation's answers are of a media type that the caller takes.
pub(crate) fn is_respected(operation: &Operation) -> bool {
    let not_acceptable = StatusPattern::Code(StatusCode::NOT_ACCEPTABLE);
    let mut responses = operation.responses.iter();
    responses.any(|response| response.status == not_acceptable)
}

/// The media types and ranges of the operation's successes. Which of its successes it answers with is for the server to
/// say, so only those that each of them can have.
pub(crate) fn offered(operation: &Operation) -> Vec<&str> {
    let is_success = |status: &StatusPattern| match status {
        StatusPattern::Code(code) => code.is_success(),
        StatusPattern::Range(class) => *class == 2,
        StatusPattern::Default => false,
    };
    let mut contents = operation
        .responses
        .iter()
        .filter(|response| is_success(&response.status) && !response.content.is_empty())
        .map(|response| &response.content);
    let Some(first) = contents.next() else {
        return Vec::new();
    };
    let mut offered: Vec<&str> = first.keys().map(String::as_str).collect();
    for content in contents {
        offered.retain(|media_type| content.contains_key(*media_type));
    }
    offered
}

/// Other ways to ask for a success, each of which leaves room for one. They are sent where they are respected.
pub(crate) fn others(operation: &Operation) -> Vec<String> {
    if !is_respected(operation) {
        return Vec::new();
    }
    let mut types = offered(operation);
    types.retain(|media_type| !media_type.contains(['*', ';']));
    let mut others = Vec::new();
    for media_type in &types {
        others.push((*media_type).to_owned());
        if let Some((kind, _)) = media_type.split_once('/') {
            others.push(format!("{kind}/*"));
        }
        // How much a type is wanted matters only beside another; 0 alone forbids it.
        others.push(format!("text/x-not-offered, {media_type};q=0.001"));
        others.push(format!("*/*;q=0, {}", media_type.to_ascii_uppercase()));
        if types.len() > 1 {
            others.push(format!("{media_type};q=0, */*;q=0.5"));
        }
    }
    if !types.is_empty() {
        others.push("*/*".to_owned());
    }
    others
}

/// Whether an answer's media type is one that `Accept` leaves room for.
pub(crate) fn is_acceptable(accept: &str, media_type: &str) -> bool {
    quality(accept, media_type) > 0.0
}

/// How much a media type is wanted, from 0 to 1: the most specific range that names it decides.
pub(crate) fn quality(accept: &str, media_type: &str) -> f32 {
    let ranges = accept.split(',').map(str::trim);
    let fitting = ranges.filter(|range| media_type::matches(&unweighted(range), media_type));
    let closest = fitting.min_by_key(|range| range.matches('*').count());
    closest.map_or(0.0, |range| {
        let quality = media_type::parameter(range, "q").and_then(|q| q.parse().ok());
        quality.unwrap_or(1.0_f32).clamp(0.0, 1.0)
    })
}

/// A range without its weight, and without what follows that.
fn unweighted(range: &str) -> String {
    let is_weight = |part: &str| {
        let part = part.trim_start();
        part.starts_with("q=") || part.starts_with("Q=")
    };
    let parts = range.split(';').take_while(|part| !is_weight(part));
    parts.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn operation(responses: &str) -> Operation {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} }} }}"
        );
        openapi_model::parse(&document)
            .unwrap()
            .operations
            .remove(0)
    }

    #[test]
    fn an_answer_is_acceptable_or_it_is_not() {
        for (accept, media_type, expected) in [
            ("application/json", "application/json; charset=utf-8", true),
            ("application/json, text/plain", "text/plain", true),
            ("application/*", "application/json", true),
            ("application/*", "text/plain", false),
            ("*/*;q=0, APPLICATION/JSON", "application/json", true),
            ("application/json;q=0, */*;q=0.5", "application/json", false),
            ("application/json;q=0, */*;q=0.5", "text/plain", true),
            (
                "application/json ; q=0, */* ; Q=0.5",
                "application/json",
                false,
            ),
            ("application/json;version=2;q=1", "application/json", false),
        ] {
            assert_eq!(
                is_acceptable(accept, media_type),
                expected,
                "{media_type} for {accept}"
            );
        }
    }

    #[test]
    fn every_other_way_to_ask_leaves_room_for_a_success() {
        let both = "content: { application/json: {}, text/html: {}, 'image/*': {} }";
        let refused = "'406': { description: No }";
        let asked = others(&operation(&format!(
            "'200': {{ description: Fine, {both} }}, {refused}"
        )));
        assert_eq!(asked.len(), 11);
        for accept in asked {
            let has_room = ["application/json", "text/html"]
                .iter()
                .any(|media_type| is_acceptable(&accept, media_type));
            assert!(has_room, "{accept}");
        }
    }

    #[test]
    fn nothing_else_is_asked_for_where_nobody_says_that_it_matters() {
        let json = "content: { application/json: {} }";
        let text = "content: { text/plain: {} }";
        let refused = "'406': { description: No }";
        for responses in [
            format!("'200': {{ description: Fine, {json} }}"),
            format!("'204': {{ description: Fine }}, {refused}"),
            format!(
                "'200': {{ description: Fine, {json} }}, '202': {{ description: Fine, {text} }}, {refused}"
            ),
        ] {
            assert_eq!(others(&operation(&responses)), [""; 0], "{responses}");
        }
    }
}
