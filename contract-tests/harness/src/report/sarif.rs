//! The failures as SARIF 2.1.0, which code scanning shows beside the lines of the document.
//!
//! A result stands at the place of the document that the server broke. Failures that a baseline accepts are there too,
//! as suppressed ones with their reason.

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Ending, FailureReport, Report, StepReport};
use crate::checks;

/// What is not escaped in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

pub(super) fn write(
    report: &Report,
    document: Option<&str>,
    mut out: impl Write,
) -> io::Result<()> {
    let mut rules: Vec<&str> = Vec::new();
    let failures = report.failures.iter();
    let accepted = report.accepted.iter().map(|accepted| &accepted.failure);
    for failure in failures.clone().chain(accepted) {
        if !rules.contains(&failure.check.as_str()) {
            rules.push(&failure.check);
        }
    }
    let mut results: Vec<Value> = failures
        .map(|failure| result(&rules, document, failure))
        .collect();
    for accepted in &report.accepted {
        let mut result = result(&rules, document, &accepted.failure);
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": format!("{} (until {})", accepted.reason, accepted.until),
        }]);
        results.push(result);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "contract",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|name| rule(name)).collect::<Vec<_>>(),
            } },
            "invocations": [{ "executionSuccessful": report.ending != Ending::ServerGone }],
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "seed": report.seed,
                "runId": report.run_id,
                "server": report.base_url,
            },
        }],
    });
    serde_json::to_writer_pretty(&mut out, &log)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn rule(name: &str) -> Value {
    let mut rule = json!({ "id": name, "defaultConfiguration": { "level": "error" } });
    if let Some(holds) = checks::holds_when(name) {
        rule["shortDescription"] = json!({ "text": format!("Holds when {holds}.") });
    }
    rule
}

fn result(rules: &[&str], document: Option<&str>, failure: &FailureReport) -> Value {
    let FailureReport {
        check,
        operations,
        message,
        expected,
        line,
        cause,
        seen,
        case,
        step,
        ..
    } = failure;
    let logical: Vec<Value> = operations
        .iter()
        .map(|operation| json!({ "fullyQualifiedName": operation, "kind": "function" }))
        .collect();
    let mut location = json!({ "logicalLocations": logical });
    if let Some(document) = document {
        let mut physical = json!({ "artifactLocation": { "uri": uri(document) } });
        if let Some(line) = line {
            physical["region"] = json!({ "startLine": line });
        }
        location["physicalLocation"] = physical;
    }
    let curls: Vec<&str> = failure.steps().map(|step| step.curl.as_str()).collect();
    let text = format!(
        "{message}\n\nExpected by {expected}. Smallest case: {case}. The same again:\n{}",
        curls.join("\n")
    );
    let mut result = json!({
        "ruleId": check,
        "ruleIndex": rules.iter().position(|rule| rule == check),
        "level": "error",
        "message": { "text": text },
        "locations": [location],
        "occurrenceCount": seen,
        // Says that it is the same failure when lines have moved.
        "partialFingerprints": { "contractCause/v1": fingerprint(&[check, expected, cause]) },
        "webRequest": request(step),
    });
    if let Some(response) = response(step) {
        result["webResponse"] = response;
    }
    result
}

fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// A file's name as a URI reference.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let escaped = utf8_percent_encode(path, PATH);
    if path.starts_with('/') {
        format!("file://{escaped}")
    } else {
        escaped.to_string()
    }
}

fn request(step: &StepReport) -> Value {
    let request = &step.request;
    let mut value = json!({
        "protocol": "HTTP",
        "version": "1.1",
        "method": request.method,
        "target": request.target,
        "headers": headers(&request.headers),
    });
    if let Some(body) = &request.body {
        value["body"] = json!({ "text": body });
    }
    value
}

fn response(step: &StepReport) -> Option<Value> {
    Some(match (&step.response, &step.no_answer) {
        (Some(response), _) => json!({
            "protocol": "HTTP",
            "version": "1.1",
            "statusCode": response.status,
            "headers": headers(&response.headers),
            "body": { "text": response.body },
        }),
        (None, Some(_)) => json!({ "noResponseReceived": true }),
        (None, None) => return None,
    })
}

/// SARIF has one value for each name.
fn headers(headers: &[(String, String)]) -> Value {
    let mut joined: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let text = match joined.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before}, {value}"),
            None => value.clone(),
        };
        joined.insert(name.clone(), Value::from(text));
    }
    Value::Object(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_is_a_uri_reference() {
        for (path, expected) in [
            ("openapi.yaml", "openapi.yaml"),
            ("./spec/open api.yaml", "spec/open%20api.yaml"),
            ("spec\\a#b.yaml", "spec/a%23b.yaml"),
            ("/srv/openapi.yaml", "file:///srv/openapi.yaml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn fingerprints_tell_causes_apart() {
        assert_eq!(fingerprint(&["a", "b"]), fingerprint(&["a", "b"]));
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab", ""]));
        assert_eq!(fingerprint(&["a"]).len(), 32);
    }
}
