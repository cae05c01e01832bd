//! The credentials of a run, asked for once at its start.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::run::Error;
use crate::target::{Credentials, Source};

/// The credentials of a run by scheme.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    texts: BTreeMap<String, Arc<str>>,
}

impl Keys {
    /// Asks for what has to be asked for.
    pub(crate) fn new(credentials: &Credentials) -> Result<Keys, Error> {
        let mut texts = BTreeMap::new();
        for (scheme, source) in credentials.sources() {
            let text = match source {
                Source::Text(text) => text.clone(),
                Source::Asked(ask) => ask()
                    .map_err(|reason| Error::NoCredentials {
                        scheme: scheme.clone(),
                        reason,
                    })?
                    .into(),
            };
            texts.insert(scheme.clone(), text);
        }
        Ok(Keys { texts })
    }

    /// Whether there are any for a scheme.
    pub(crate) fn has(&self, scheme: &str) -> bool {
        self.texts.contains_key(scheme)
    }

    /// Whether two schemes have the same.
    pub(crate) fn are_same(&self, one: &str, other: &str) -> bool {
        self.texts.get(one) == self.texts.get(other)
    }

    /// A scheme's credentials.
    pub(crate) fn get(&self, scheme: &str) -> Option<&str> {
        self.texts.get(scheme).map(AsRef::as_ref)
    }
}

/// Names only: credentials are in no output.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.texts.keys()).finish()
    }
}
