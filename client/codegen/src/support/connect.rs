//! What a client needs before its first call.

use std::fmt;
use std::time::Duration;

/// Why there is no client.
#[derive(Debug)]
pub enum ConnectError {
    /// The base URL cannot be used.
    BaseUrl {
        /// The text that was given.
        url: String,
        /// What is wrong with it.
        message: String,
    },
    /// The HTTP client could not be set up.
    Http(reqwest::Error),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConnectError::BaseUrl { url, message } => {
                write!(f, "`{url}` is no base URL of the service: {message}")
            }
            ConnectError::Http(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ConnectError::BaseUrl { .. } => None,
            ConnectError::Http(error) => Some(error),
        }
    }
}

/// The URL that paths are put behind: absolute, of HTTP, without a slash at its end.
pub fn base_url(text: &str) -> Result<String, ConnectError> {
    let fault = |message: &str| {
        Err(ConnectError::BaseUrl {
            url: text.to_owned(),
            message: message.to_owned(),
        })
    };
    let url = match reqwest::Url::parse(text) {
        Ok(url) => url,
        Err(error) => return fault(&error.to_string()),
    };
    if !["http", "https"].contains(&url.scheme()) {
        return fault("it must begin with `http://` or `https://`");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return fault("it must end with the path");
    }
    if !url.username().is_empty() || url.password().is_some() {
        // The text is not told either: it holds a password.
        return Err(ConnectError::BaseUrl {
            url: format!("{}://...", url.scheme()),
            message: "credentials do not belong in it".to_owned(),
        });
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// An HTTP client that waits 10 seconds for a connection and 30 for an answer, and follows no redirect: credentials in
/// headers of their own would go along to wherever it leads. It says by `agent` what it is.
pub fn http_client(agent: &str) -> Result<reqwest::Client, ConnectError> {
    reqwest::Client::builder()
        .user_agent(agent)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(ConnectError::Http)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_absolute_and_of_http() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let found = base_url(text).map_err(|e| e.to_string());
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
        };
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check(
            "https://example.com/api/v1/",
            Ok("https://example.com/api/v1"),
        );
        check(
            "localhost:8080",
            Err(
                "`localhost:8080` is no base URL of the service: it must begin with `http://` or `https://`",
            ),
        );
        check(
            "example.com",
            Err("`example.com` is no base URL of the service: relative URL without a base"),
        );
        check(
            "http://a/b?c",
            Err("`http://a/b?c` is no base URL of the service: it must end with the path"),
        );
        check(
            "http://ada:secret@a/",
            Err("`http://...` is no base URL of the service: credentials do not belong in it"),
        );
    }
}
