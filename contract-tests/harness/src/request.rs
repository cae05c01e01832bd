//! A case as the request that goes on the wire.
//!
//! The same function writes the request that is sent and the one that a report shows: only where the secrets come from
//! differs.

use bytes::Bytes;
use openapi_model::{Api, Location, SecurityKind};

use crate::case::{Case, Credential, Sent};
use crate::parameters::percent_encode;
use crate::paths::fill;
use crate::secrets::Secrets;

/// A request as it goes on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: http::Method,
    /// Path and query.
    pub target: String,
    /// The headers in order, a name possibly more than once. `Host` and `Content-Length` are the sender's.
    pub headers: Vec<(String, String)>,
    /// The body, where there is one.
    pub body: Option<Bytes>,
}

/// Writes the request of a case; `base` is the path that stands before every template.
pub(crate) fn request(api: &Api, case: &Case, base: &str, secrets: Secrets<'_>) -> Request {
    let mut target = base.to_owned();
    target.push_str(&fill(&case.template, &case.path));
    let mut query = case.query.clone();
    let mut headers = vec![("Accept".to_owned(), case.accept.clone())];
    if !case
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("user-agent"))
    {
        let agent = concat!("contract-harness/", env!("CARGO_PKG_VERSION"));
        headers.push(("User-Agent".to_owned(), agent.to_owned()));
    }
    let mut cookies = case.cookies.clone();
    for credential in &case.credentials {
        let Some((location, name, value)) = placed(api, credential, secrets) else {
            continue;
        };
        match location {
            Location::Query => query.push((percent_encode(&name), secrets.in_query(&value))),
            Location::Cookie => cookies.push((name, value)),
            Location::Header | Location::Path => {
                if credential.sent == Sent::Twice {
                    headers.push((name.clone(), value.clone()));
                }
                headers.push((name, value));
            }
        }
    }
    headers.extend(case.headers.iter().cloned());
    if !cookies.is_empty() {
        let pairs: Vec<String> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        headers.push(("Cookie".to_owned(), pairs.join("; ")));
    }
    if let Some(body) = &case.body {
        headers.push(("Content-Type".to_owned(), body.media_type.clone()));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(name);
        target.push('=');
        target.push_str(value);
    }
    Request {
        method: case.method.clone(),
        target,
        headers,
        body: case.body.as_ref().map(|body| body.bytes.clone()),
    }
}

/// Where credentials go, and as what.
fn placed(
    api: &Api,
    credential: &Credential,
    secrets: Secrets<'_>,
) -> Option<(Location, String, String)> {
    const NONSENSE: &str = "never-issued";
    let scheme = api.security_schemes.get(&credential.scheme)?;
    let text = match &credential.sent {
        Sent::Valid | Sent::OtherScheme | Sent::Twice => secrets.of(&credential.scheme),
        Sent::Altered => format!("{}x", secrets.of(&credential.scheme)),
        Sent::Nonsense => NONSENSE.to_owned(),
        Sent::Of(other) => secrets.of(other),
    };
    let authorization = |scheme: &str, text: String| {
        let scheme = if credential.sent == Sent::OtherScheme {
            "Unknown"
        } else {
            scheme
        };
        (
            Location::Header,
            "Authorization".to_owned(),
            format!("{scheme} {text}"),
        )
    };
    Some(match &scheme.kind {
        SecurityKind::ApiKey(location, name) => (*location, name.clone(), text),
        SecurityKind::MutualTls => return None,
        SecurityKind::Http(kind) if kind == "basic" => authorization("Basic", secrets.basic(&text)),
        SecurityKind::Http(kind) if kind != "bearer" => authorization(kind, text),
        SecurityKind::Http(_) | SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
            authorization("Bearer", text)
        }
    })
}
