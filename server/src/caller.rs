//! Who makes a request: what remains of its tokens once they have been verified.

use std::sync::Arc;

use serde_json::json;

use crate::fingerprint::Fingerprint;

/// Whom one token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Who vouches for the subject (`iss`). A subject is unique within its issuer only (RFC 7519, section 4.1.2).
    pub issuer: String,
    /// Whom the token is about (`sub`).
    pub subject: String,
    /// What the subject may do (`scope`, RFC 8693, section 4.2).
    pub scopes: Vec<String>,
}

/// Who makes a request. Which of the two is there follows from the operation's security requirement; where that asks
/// for both, both are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// On whose behalf the request is made, by the bearer token.
    pub subject: Option<Arc<Principal>>,
    /// The service that makes it, by the service token.
    pub service: Option<Arc<Principal>>,
}

impl Caller {
    /// Whether the bearer token holds a scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.subject
            .as_ref()
            .is_some_and(|subject| subject.scopes.iter().any(|held| held == scope))
    }

    /// Tells callers apart, whatever their tokens: the same subject by way of the same service is the same caller.
    pub fn fingerprint(&self) -> Fingerprint {
        let name = |principal: &Arc<Principal>| json!([principal.issuer, principal.subject]);
        Fingerprint::of(&json!([
            self.subject.as_ref().map(name),
            self.service.as_ref().map(name),
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(issuer: &str, subject: &str, scopes: &[&str]) -> Option<Arc<Principal>> {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Some(Arc::new(Principal {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            scopes,
        }))
    }

    #[test]
    fn a_caller_is_subject_and_service_each_with_its_issuer() {
        let caller = |subject, service| Caller { subject, service }.fingerprint();
        let ada = caller(principal("i", "ada", &[]), principal("i", "crm", &[]));
        assert_eq!(
            ada,
            caller(
                principal("i", "ada", &["events.read"]),
                principal("i", "crm", &[])
            )
        );
        for other in [
            caller(principal("i", "bob", &[]), principal("i", "crm", &[])),
            caller(principal("j", "ada", &[]), principal("i", "crm", &[])),
            caller(principal("i", "ada", &[]), principal("i", "erp", &[])),
            caller(principal("i", "crm", &[]), principal("i", "ada", &[])),
            caller(principal("i", "ada", &[]), None),
            caller(None, principal("i", "ada", &[])),
            caller(None, None),
        ] {
            assert_ne!(ada, other);
        }
    }

    #[test]
    fn only_the_bearer_token_s_scopes_count_and_only_whole() {
        let caller = Caller {
            subject: principal("i", "ada", &["events.read"]),
            service: principal("i", "crm", &["events.write"]),
        };
        assert!(caller.has_scope("events.read"));
        for scope in ["events.write", "events", "events.rea", "Events.Read", ""] {
            assert!(!caller.has_scope(scope), "{scope}");
        }
        assert!(!Caller::default().has_scope("events.read"));
    }
}
