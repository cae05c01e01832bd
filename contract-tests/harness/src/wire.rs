//! A case as the request to one server: what the document says of it, and the headers that the settings add.
//!
//! The same function writes the request that is sent and the one that a report shows: only where the secrets come from
//! differs.

use http::{HeaderName, HeaderValue};
use openapi_model::{Api, Location, SecurityKind};

use crate::case::{Case, Mode};
use crate::request::{Request, request};
use crate::secrets::Secrets;
use crate::site::Site;
use crate::trust::Trust;

/// Writes requests to one server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire<'r> {
    pub(crate) api: &'r Api,
    pub(crate) site: &'r Site,
    /// Whose certificates are taken for the server's.
    pub(crate) trust: &'r Trust,
    /// The headers of the settings.
    pub(crate) headers: &'r [(HeaderName, HeaderValue)],
}

impl Wire<'_> {
    /// Writes the request of a case.
    ///
    /// A header of the settings gives way to one that the case has, or what the case is after would not be sent; and to
    /// none at all where the case is about credentials and the header is where some belong.
    pub(crate) fn request(self, case: &Case, secrets: Secrets<'_>) -> Request {
        let mut request = request(self.api, case, &self.site.base, secrets);
        for (name, value) in self.headers {
            if *name == http::header::USER_AGENT {
                request
                    .headers
                    .retain(|(known, _)| !name.as_str().eq_ignore_ascii_case(known));
            }
            let is_there =
                |(known, _): &(String, String)| name.as_str().eq_ignore_ascii_case(known);
            if request.headers.iter().any(is_there) {
                continue;
            }
            if matches!(case.mode, Mode::Credentials(_)) && self.holds_credentials(name) {
                continue;
            }
            let Ok(text) = value.to_str() else {
                continue;
            };
            let text = if is_secret(name, value) {
                secrets.header(name.as_str(), text)
            } else {
                text.to_owned()
            };
            request.headers.push((name.to_string(), text));
        }
        request
    }

    /// Whether some scheme's credentials stand in that header.
    fn holds_credentials(self, name: &HeaderName) -> bool {
        let mut schemes = self.api.security_schemes.values();
        schemes.any(|scheme| match &scheme.kind {
            SecurityKind::ApiKey(Location::Header, key) => key.eq_ignore_ascii_case(name.as_str()),
            SecurityKind::ApiKey(Location::Cookie, _) => *name == http::header::COOKIE,
            SecurityKind::ApiKey(..) | SecurityKind::MutualTls => false,
            SecurityKind::Http(_) | SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                *name == http::header::AUTHORIZATION
            }
        })
    }
}

/// Whether a header of the settings is shown by its name alone: the caller said so, or it is one for credentials.
fn is_secret(name: &HeaderName, value: &HeaderValue) -> bool {
    use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
    value.is_sensitive() || [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name)
}
