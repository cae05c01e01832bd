//! An exchange as a report shows it, without its secrets.
//!
//! Whose credentials they are is not known, so what stands where the document has credentials is never shown: a shell
//! variable stands in its place, as in the reports of runs.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use openapi_model::{Api, Location, SecurityKind};

use crate::exchange::{Answer, NoAnswer};
use crate::parameters::percent_decode;
use crate::report::{StepReport, Veil, step as shown_step};
use crate::request::Request;
use crate::secrets::{MARK, variable};
use crate::site::Site;
use crate::trust::Trust;
use crate::wire::Wire;

/// What is shown of an exchange, and what takes its secrets out of other texts.
pub(super) fn step(
    api: &Api,
    site: &Site,
    request: &http::Request<Bytes>,
    answer: &Result<Answer, NoAnswer>,
) -> (StepReport, Veil) {
    let target = request.uri().path_and_query().map_or("/", |t| t.as_str());
    let mut veil = Veil::default();
    let shown_target = target_without_secrets(api, target);
    veil.learn(&shown_target, target);
    let mut headers = Vec::new();
    for (name, value) in request.headers() {
        let is_senders = name == http::header::HOST || name == http::header::CONTENT_LENGTH;
        if is_senders {
            continue;
        }
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let shown = header_without_secrets(api, name, &text);
        veil.learn(&shown, &text);
        headers.push((name.to_string(), shown));
    }
    let shown = Request {
        method: request.method().clone(),
        target: shown_target,
        headers,
        body: Some(request.body())
            .filter(|body| !body.is_empty())
            .cloned(),
    };
    // Recorded requests name the server themselves.
    let own = origin(request).and_then(|origin| Site::new(&origin).ok());
    let wire = Wire {
        api,
        site: own.as_ref().unwrap_or(site),
        trust: &Trust::Machine,
        headers: &[],
    };
    let times = (SystemTime::now(), Duration::ZERO);
    (shown_step(wire, &shown, answer, times, &veil), veil)
}

fn origin(request: &http::Request<Bytes>) -> Option<String> {
    let uri = request.uri();
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

/// The target with variables in the place of keys.
fn target_without_secrets(api: &Api, target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        let key = percent_decode(name).and_then(|name| scheme_of(api, Location::Query, &name));
        match key {
            Some(scheme) => format!("{name}={MARK}${}{MARK}", variable(scheme)),
            None => pair.to_owned(),
        }
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The header's value with variables in the place of credentials.
fn header_without_secrets(api: &Api, name: &http::HeaderName, text: &str) -> String {
    if let Some(scheme) = scheme_of(api, Location::Header, name.as_str()) {
        return format!("{MARK}${}{MARK}", variable(scheme));
    }
    if *name == COOKIE {
        let pairs = text.split(';').map(|pair| {
            let name = pair.split('=').next().unwrap_or_default().trim();
            format!("{name}={MARK}${}{MARK}", variable(name))
        });
        return pairs.collect::<Vec<_>>().join("; ");
    }
    if *name == AUTHORIZATION || *name == PROXY_AUTHORIZATION {
        let mut schemes = api.security_schemes.iter();
        let bears = schemes.find(|(_, scheme)| {
            let kind = &scheme.kind;
            let is_key = matches!(kind, SecurityKind::ApiKey(..) | SecurityKind::MutualTls);
            !is_key && *name == AUTHORIZATION
        });
        let scheme = bears.map_or(name.as_str(), |(scheme, _)| scheme);
        let kind = text.split_once(' ').map_or("", |(kind, _)| kind);
        let blank = if kind.is_empty() { "" } else { " " };
        return format!("{kind}{blank}{MARK}${}{MARK}", variable(scheme));
    }
    text.to_owned()
}

/// The scheme whose key stands there.
fn scheme_of<'a>(api: &'a Api, location: Location, name: &str) -> Option<&'a str> {
    let mut schemes = api.security_schemes.iter();
    let found = schemes.find(|(_, scheme)| match &scheme.kind {
        SecurityKind::ApiKey(place, key) if *place == location => match location {
            Location::Header => key.eq_ignore_ascii_case(name),
            _ => key == name,
        },
        _ => false,
    });
    found.map(|(scheme, _)| scheme.as_str())
}
