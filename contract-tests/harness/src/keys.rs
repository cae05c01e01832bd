//! The credentials of a run: asked for at its start, and again when they expire.
//!
//! Requests are written by many threads at once, so reading must cost next to nothing: credentials that cannot change
//! are plain text, and those that can are behind a lock that is taken for writing only when they do.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::run::Error;
use crate::target::{Ask, Credentials, Source};

/// The credentials of a run by scheme.
#[derive(Default)]
pub(crate) struct Keys {
    keys: BTreeMap<String, Key>,
}

enum Key {
    Text(String),
    Asked(Asked),
}

struct Asked {
    ask: Ask,
    text: RwLock<String>,
    /// How often there were new ones.
    version: AtomicUsize,
    /// When they expire, in seconds since 1970; `u64::MAX` where they do not say.
    expires: AtomicU64,
    /// Held while it is asked, so that one answer serves everyone who waits for it.
    asking: Mutex<()>,
    /// How often new ones were refused like the old ones.
    in_vain: AtomicUsize,
}

/// How long before they expire new credentials are asked for: a request takes its time.
const AHEAD: Duration = Duration::from_secs(2);

/// After so many answers 401 to credentials just asked for, a 401 is the server's last word.
const PATIENCE: usize = 3;

impl Keys {
    /// Asks for what has to be asked for. Blocks for as long as that takes.
    pub(crate) fn new(credentials: &Credentials) -> Result<Keys, Error> {
        let mut keys = BTreeMap::new();
        for (scheme, source) in credentials.sources() {
            let key = match source {
                Source::Text(text) => Key::Text(text.to_string()),
                Source::Asked(ask) => {
                    let text = ask().map_err(|reason| Error::NoCredentials {
                        scheme: scheme.clone(),
                        reason,
                    })?;
                    Key::Asked(Asked {
                        ask: ask.clone(),
                        version: AtomicUsize::new(0),
                        expires: AtomicU64::new(expiry(&text).unwrap_or(u64::MAX)),
                        text: RwLock::new(text),
                        asking: Mutex::new(()),
                        in_vain: AtomicUsize::new(0),
                    })
                }
            };
            keys.insert(scheme.clone(), key);
        }
        Ok(Keys { keys })
    }

    /// Whether there are any for a scheme.
    pub(crate) fn has(&self, scheme: &str) -> bool {
        self.keys.contains_key(scheme)
    }

    /// Whether two schemes have the same.
    pub(crate) fn are_same(&self, one: &str, other: &str) -> bool {
        self.get(one) == self.get(other)
    }

    /// A scheme's credentials as they are now.
    pub(crate) fn get(&self, scheme: &str) -> Option<String> {
        Some(match self.keys.get(scheme)? {
            Key::Text(text) => text.clone(),
            Key::Asked(asked) => asked
                .text
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        })
    }

    /// How often a scheme had new ones; `None` where it never will.
    pub(crate) fn version(&self, scheme: &str) -> Option<usize> {
        self.asked(scheme)
            .map(|asked| asked.version.load(Ordering::Acquire))
    }

    /// Asks for new ones where those of a scheme are about to expire.
    pub(crate) async fn renew_expired(&self, scheme: &str) {
        let Some(asked) = self.asked(scheme) else {
            return;
        };
        let soon = SystemTime::now() + AHEAD;
        let soon = soon
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        if soon.as_secs() >= asked.expires.load(Ordering::Acquire) {
            let version = asked.version.load(Ordering::Acquire);
            asked.renew(version).await;
        }
    }

    /// Asks for new ones because those of that version were refused; says whether there are any.
    pub(crate) async fn renew_refused(&self, scheme: &str, version: usize) -> bool {
        match self.asked(scheme) {
            Some(asked) if asked.in_vain.load(Ordering::Relaxed) < PATIENCE => {
                asked.renew(version).await
            }
            _ => false,
        }
    }

    /// Remembers whether new ones helped.
    pub(crate) fn renewed(&self, scheme: &str, helped: bool) {
        if let Some(asked) = self.asked(scheme) {
            if helped {
                asked.in_vain.store(0, Ordering::Relaxed);
            } else {
                asked.in_vain.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn asked(&self, scheme: &str) -> Option<&Asked> {
        match self.keys.get(scheme)? {
            Key::Asked(asked) => Some(asked),
            Key::Text(_) => None,
        }
    }
}

impl Asked {
    /// Asks, unless someone else has since that version; says whether there are newer ones.
    async fn renew(&self, version: usize) -> bool {
        let _asking = self.asking.lock().await;
        if self.version.load(Ordering::Acquire) != version {
            return true;
        }
        let ask = self.ask.clone();
        let Ok(Ok(new)) = tokio::task::spawn_blocking(move || ask()).await else {
            // The old ones are tried on: the server says what it makes of them.
            self.expires.store(u64::MAX, Ordering::Release);
            return false;
        };
        let mut text = self.text.write().unwrap_or_else(PoisonError::into_inner);
        // What comes expired, or does not change, is not asked for again before it is refused.
        let is_new = *text != new;
        let expires = expiry(&new).filter(|_| is_new).unwrap_or(u64::MAX);
        self.expires.store(expires, Ordering::Release);
        *text = new;
        drop(text);
        self.version.fetch_add(1, Ordering::AcqRel);
        is_new
    }
}

/// The `exp` of a JSON Web Token (RFC 7519, section 4.1.4).
fn expiry(text: &str) -> Option<u64> {
    let [_, claims, _] = text.split('.').collect::<Vec<_>>()[..] else {
        return None;
    };
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims.get("exp")?.as_u64()
}

/// Names only: credentials are in no output.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::sync::Arc;

    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    /// Credentials that are others each time.
    fn counted(make: fn(usize) -> String) -> (Keys, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let mut credentials = Credentials::default();
        credentials.ask("token", move || {
            Ok(make(count.fetch_add(1, Ordering::Relaxed)))
        });
        (Keys::new(&credentials).unwrap(), asked)
    }

    #[test]
    fn tokens_say_when_they_expire() {
        for (text, expected) in [
            (token(r#"{"exp": 1700000000}"#), Some(1_700_000_000)),
            (token(r#"{"sub": "me"}"#), None),
            ("a.b.c".to_owned(), None),
            ("opaque".to_owned(), None),
        ] {
            assert_eq!(expiry(&text), expected, "{text}");
        }
    }

    #[tokio::test]
    async fn refused_credentials_are_asked_for_once_by_everyone() {
        let (keys, asked) = counted(|n| format!("token {n}"));
        assert_eq!(keys.get("token").unwrap(), "token 0");
        assert!(keys.renew_refused("token", 0).await);
        assert!(keys.renew_refused("token", 0).await);
        assert_eq!(
            (
                keys.get("token").unwrap().as_str(),
                asked.load(Ordering::Relaxed)
            ),
            ("token 1", 2)
        );
    }

    #[tokio::test]
    async fn what_is_refused_again_and_again_is_not_asked_for_any_more() {
        let (keys, _) = counted(|n| format!("token {n}"));
        for version in 0..PATIENCE {
            assert!(keys.renew_refused("token", version).await);
            keys.renewed("token", false);
        }
        assert!(!keys.renew_refused("token", PATIENCE).await);
    }

    #[tokio::test]
    async fn expired_tokens_are_asked_for_before_they_are_sent() {
        let (keys, asked) = counted(|n| {
            token(&format!(
                r#"{{"exp": {}}}"#,
                1_000 + n as u64 * 99_999_999_999
            ))
        });
        keys.renew_expired("token").await;
        keys.renew_expired("token").await;
        assert_eq!(
            (keys.version("token"), asked.load(Ordering::Relaxed)),
            (Some(1), 2)
        );
    }

    #[test]
    fn credentials_that_are_not_given_say_why() {
        let mut credentials = Credentials::default();
        credentials.ask("token", || Err("the command ended with 1".to_owned()));
        let error = Keys::new(&credentials).unwrap_err().to_string();
        assert_eq!(
            error,
            "there are no credentials for `token`: the command ended with 1"
        );
    }
}
