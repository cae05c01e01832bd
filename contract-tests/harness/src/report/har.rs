//! The exchanges of the failures as an HTTP archive (HAR 1.2), which browsers and proxies open.
//!
//! It holds what a person wants to look at: each failure's smallest case, with the calls that led to it, in the order of
//! the report. A run has many thousands of other exchanges, which nobody reads and no report keeps.

use std::io::{self, Write};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{FailureReport, Report, StepReport};

pub(super) fn write(report: &Report, mut out: impl Write) -> io::Result<()> {
    let entries: Vec<Value> = report
        .failures
        .iter()
        .flat_map(|failure| failure.steps().map(|step| entry(report, failure, step)))
        .collect();
    let archive = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": "contract", "version": env!("CARGO_PKG_VERSION") },
            "comment": format!(
                "The failures of {} {} at {}; seed {}, run id {}",
                report.title, report.version, report.base_url, report.seed, report.run_id
            ),
            "entries": entries,
        }
    });
    serde_json::to_writer_pretty(&mut out, &archive)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// What HAR has for a number that is not known.
const UNKNOWN: i64 = -1;

fn entry(report: &Report, failure: &FailureReport, step: &StepReport) -> Value {
    let milliseconds = step.elapsed_seconds * 1_000.0;
    json!({
        "startedDateTime": step.started,
        "time": milliseconds,
        "request": request(report, step),
        "response": response(step),
        "cache": {},
        // Which part of it the server took is not measured.
        "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
        "comment": format!(
            "{} in {}: {} (expected by {})",
            failure.check, failure.operation, failure.message, failure.expected
        ),
    })
}

fn request(report: &Report, step: &StepReport) -> Value {
    let request = &step.request;
    let mut value = json!({
        "method": request.method,
        "url": format!("{}{}", origin(&report.base_url), request.target),
        "httpVersion": "HTTP/1.1",
        "cookies": cookies(&request.headers, "cookie", "; "),
        "headers": headers(&request.headers),
        "queryString": query(&request.target),
        "headersSize": UNKNOWN,
        "bodySize": request.body.as_ref().map_or(0, String::len),
    });
    if let Some(body) = &request.body {
        let media_type = header(&request.headers, "content-type");
        value["postData"] = json!({ "mimeType": media_type.unwrap_or_default(), "text": body });
    }
    value
}

fn response(step: &StepReport) -> Value {
    let Some(response) = &step.response else {
        // As browsers write it.
        return json!({
            "status": 0,
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "content": { "size": 0, "mimeType": "x-unknown" },
            "redirectURL": "",
            "headersSize": UNKNOWN,
            "bodySize": UNKNOWN,
            "comment": step.no_answer.as_deref().unwrap_or_default(),
        });
    };
    let code = http::StatusCode::from_u16(response.status).ok();
    json!({
        "status": response.status,
        "statusText": code.and_then(|code| code.canonical_reason()).unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": cookies(&response.headers, "set-cookie", "\0"),
        "headers": headers(&response.headers),
        "content": {
            "size": response.body.len(),
            "mimeType": header(&response.headers, "content-type").unwrap_or("x-unknown"),
            "text": response.body,
        },
        "redirectURL": header(&response.headers, "location").unwrap_or_default(),
        "headersSize": UNKNOWN,
        "bodySize": response.body.len(),
    })
}

/// Scheme and host of a URL; targets have the path whole.
fn origin(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find(['/', '?', '#']);
    end.map_or(url, |end| &url[..after_scheme + end])
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut found = headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.as_str())
}

fn headers(headers: &[(String, String)]) -> Vec<Value> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

/// The cookies of the headers of a name; `separator` stands between several in one header.
fn cookies(headers: &[(String, String)], name: &str, separator: &str) -> Vec<Value> {
    let lines = headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
    let pairs = lines.flat_map(|(_, line)| line.split(separator));
    pairs
        .filter_map(|pair| {
            // The attributes of `Set-Cookie` follow.
            let pair = pair.split(';').next()?;
            let (name, value) = pair.split_once('=')?;
            Some(json!({ "name": name.trim(), "value": value.trim() }))
        })
        .collect()
}

fn query(target: &str) -> Vec<Value> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            json!({ "name": decode(name), "value": decode(value) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_scheme_and_host() {
        for (url, expected) in [
            ("http://h:1/v1/", "http://h:1"),
            ("https://h", "https://h"),
            ("http://[::1]:80/a", "http://[::1]:80"),
        ] {
            assert_eq!(origin(url), expected);
        }
    }

    #[test]
    fn queries_and_cookies_are_taken_apart() {
        assert_eq!(
            json!(query("/a?x=1%202&y&z=a+b")),
            json!([
                { "name": "x", "value": "1 2" },
                { "name": "y", "value": "" },
                { "name": "z", "value": "a b" },
            ])
        );
        let sent = [("Cookie".to_owned(), "a=1; b=2".to_owned())];
        assert_eq!(
            json!(cookies(&sent, "cookie", "; ")),
            json!([{ "name": "a", "value": "1" }, { "name": "b", "value": "2" }])
        );
        let set = [("set-cookie".to_owned(), "a=1; Path=/".to_owned())];
        assert_eq!(
            json!(cookies(&set, "set-cookie", "\0")),
            json!([{ "name": "a", "value": "1" }])
        );
    }
}
