//! Tokens that have been verified, so that a signature is paid for once.
//!
//! Only good tokens get in, so nobody without one can push others out. What is kept is a digest of the token, and not the
//! token: a dump of this memory lets nobody in, and how long a look-up takes says nothing of how much of a guess was right.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};

use super::{LEEWAY, Verified};
use crate::caller::Principal;
use crate::token::Scheme;

/// How much is kept, in bytes: some 50,000 tokens with the names that people have.
const MOST_BYTES: u64 = 16 << 20;

/// What an entry takes beside the texts in it, in bytes, rounded up. It bounds the number of entries, too.
const ENTRY: u64 = 256;

type Digest = [u8; 32];

/// The verified tokens of one set of keys.
pub(super) struct Remembered(Cache<Digest, Known, Bytes>);

#[derive(Clone)]
struct Known {
    principal: Arc<Principal>,
    expires: u64,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Digest, Known> for Bytes {
    fn weight(&self, _: &Digest, known: &Known) -> u64 {
        let Principal {
            issuer,
            subject,
            scopes,
        } = &*known.principal;
        let scopes: usize = scopes
            .iter()
            .map(|scope| size_of::<String>() + scope.len())
            .sum();
        ENTRY + (issuer.len() + subject.len() + scopes) as u64
    }
}

impl Remembered {
    pub(super) fn new() -> Remembered {
        Remembered::up_to(MOST_BYTES)
    }

    fn up_to(bytes: u64) -> Remembered {
        let most = usize::try_from(bytes / ENTRY).unwrap_or(usize::MAX);
        Remembered(Cache::with_weighter(most, bytes, Bytes))
    }

    /// Whom a token names, if it was verified before and has not expired; `now` in seconds since 1970.
    pub(super) fn get(&self, scheme: Scheme, token: &str, now: u64) -> Option<Arc<Principal>> {
        let digest = digest(scheme, token);
        let known = self.0.get(&digest)?;
        if now > known.expires.saturating_add(LEEWAY) {
            self.0.remove(&digest);
            return None;
        }
        Some(known.principal)
    }

    /// Remembers a token.
    pub(super) fn insert(&self, scheme: Scheme, token: &str, verified: Verified) -> Arc<Principal> {
        let principal = Arc::new(verified.principal);
        let known = Known {
            principal: Arc::clone(&principal),
            expires: verified.expires,
        };
        self.0.insert(digest(scheme, token), known);
        principal
    }
}

/// A token that is good for one scheme is not good for the other, so the scheme is part of it.
fn digest(scheme: Scheme, token: &str) -> Digest {
    let scheme: u8 = match scheme {
        Scheme::Bearer => 0,
        Scheme::Service => 1,
    };
    Sha256::new()
        .chain_update([scheme])
        .chain_update(token)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(subject: &str) -> Verified {
        Verified {
            principal: Principal {
                issuer: "test".to_owned(),
                subject: subject.to_owned(),
                scopes: vec!["events.read".to_owned()],
            },
            expires: 1000,
        }
    }

    #[test]
    fn a_token_is_known_for_its_scheme_until_it_expires() {
        let remembered = Remembered::new();
        let subject = |scheme, token: &str, now| {
            let found = remembered.get(scheme, token, now);
            found.map(|principal| principal.subject.clone())
        };
        assert_eq!(subject(Scheme::Bearer, "one", 0), None);
        remembered.insert(Scheme::Bearer, "one", verified("ada"));
        let ada = Some("ada".to_owned());
        assert_eq!(subject(Scheme::Bearer, "one", 0), ada);
        assert_eq!(subject(Scheme::Bearer, "one", 1000 + LEEWAY), ada);
        assert_eq!(subject(Scheme::Service, "one", 0), None);
        assert_eq!(subject(Scheme::Bearer, "two", 0), None);
        assert_eq!(subject(Scheme::Bearer, "one", 1001 + LEEWAY), None);
        assert_eq!(subject(Scheme::Bearer, "one", 0), None, "it is gone");
    }

    #[test]
    fn however_many_tokens_there_are_the_memory_is_bounded() {
        let remembered = Remembered::up_to(100 * ENTRY);
        for number in 0..10_000 {
            let long = "x".repeat(number % 1000);
            remembered.insert(Scheme::Bearer, &number.to_string(), verified(&long));
        }
        assert!(remembered.0.len() <= 100, "{}", remembered.0.len());
        assert!(remembered.0.weight() <= 100 * ENTRY);
        // And it still remembers.
        remembered.insert(Scheme::Bearer, "last", verified("ada"));
        assert!(remembered.get(Scheme::Bearer, "last", 0).is_some());
    }
}
