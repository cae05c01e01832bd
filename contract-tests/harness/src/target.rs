//! The server under test, and what it takes to be let in.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The server under test.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Where its paths start: `http://127.0.0.1:8080`.
    pub base_url: String,
    /// Valid credentials.
    pub credentials: Credentials,
}

/// Valid credentials by the name of their security scheme; for HTTP Basic, `user:password`.
///
/// ```
/// use contract_harness::Credentials;
///
/// let mut credentials = Credentials::from([("keyAuth", "secret")]);
/// credentials.ask("bearerAuth", || Ok("a token that expires".to_owned()));
/// assert!(credentials.has("bearerAuth") && !credentials.has("basicAuth"));
/// ```
#[derive(Clone, Default)]
pub struct Credentials {
    sources: BTreeMap<String, Source>,
}

/// Where a scheme's credentials come from.
#[derive(Clone)]
pub(crate) enum Source {
    Text(Arc<str>),
    Asked(Ask),
}

/// Gives credentials that are valid now, or says why there are none.
pub(crate) type Ask = Arc<dyn Fn() -> Result<String, String> + Send + Sync>;

impl Credentials {
    /// Credentials that stay valid for as long as a run takes.
    pub fn insert(&mut self, scheme: impl Into<String>, text: impl Into<String>) {
        let text: String = text.into();
        self.sources
            .insert(scheme.into(), Source::Text(text.into()));
    }

    /// Credentials that are asked for when the run starts, and again when they expire: when the `exp` of a JSON Web
    /// Token is past, or when a valid call is answered 401.
    ///
    /// The function may take its time, and its error says why there are no credentials.
    pub fn ask(
        &mut self,
        scheme: impl Into<String>,
        ask: impl Fn() -> Result<String, String> + Send + Sync + 'static,
    ) {
        self.sources
            .insert(scheme.into(), Source::Asked(Arc::new(ask)));
    }

    /// Whether there are any for a scheme.
    pub fn has(&self, scheme: &str) -> bool {
        self.sources.contains_key(scheme)
    }

    /// The schemes that there are credentials for.
    pub fn schemes(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    pub(crate) fn sources(&self) -> impl Iterator<Item = (&String, &Source)> {
        self.sources.iter()
    }
}

/// Names only: credentials are in no output.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.sources.keys()).finish()
    }
}

impl<S: Into<String>, T: Into<String>> FromIterator<(S, T)> for Credentials {
    fn from_iter<I: IntoIterator<Item = (S, T)>>(pairs: I) -> Credentials {
        let mut credentials = Credentials::default();
        for (scheme, text) in pairs {
            credentials.insert(scheme, text);
        }
        credentials
    }
}

impl<S: Into<String>, T: Into<String>, const N: usize> From<[(S, T); N]> for Credentials {
    fn from(pairs: [(S, T); N]) -> Credentials {
        pairs.into_iter().collect()
    }
}
