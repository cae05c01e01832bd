//! From a request's credentials to its caller.

use dropshot_runtime::{Credential, Denial};

use crate::caller::Caller;
use crate::keys::Keyring;
use crate::token::Scheme;

/// Verifies every credential of one alternative of the document, and that the caller's token holds the scopes. A scheme
/// that this service does not know lets nobody in.
pub async fn authenticate(
    keys: &Keyring,
    credentials: &[Credential],
    scopes: &[&str],
) -> Result<Caller, Denial> {
    let mut caller = Caller::default();
    for Credential {
        scheme,
        value,
        scopes: _,
    } in credentials
    {
        let scheme = Scheme::named(scheme).ok_or(Denial::Credentials)?;
        let principal = keys
            .verify(scheme, value)
            .await
            .map_err(|_| Denial::Credentials)?;
        match scheme {
            Scheme::Bearer => caller.subject = Some(principal),
            Scheme::Service => caller.service = Some(principal),
        }
    }
    let asked = credentials
        .iter()
        .flat_map(|credential| credential.scopes)
        .chain(scopes);
    let missing: Vec<String> = asked
        .filter(|scope| !caller.has_scope(scope))
        .map(|scope| (*scope).to_owned())
        .collect();
    if missing.is_empty() {
        Ok(caller)
    } else {
        Err(Denial::Scopes(missing))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::keys::KeySet;
    use crate::token::Issuer;

    #[tokio::test]
    async fn every_credential_must_hold_in_its_own_place_and_then_the_scopes() {
        let issuer = Issuer::random("test").unwrap();
        let keys = Keyring::from(KeySet::parse(&issuer.to_jwk_set()).unwrap());
        let token = |scheme, subject, scopes: &[&str]| {
            issuer
                .issue(scheme, subject, scopes, Duration::from_secs(60))
                .unwrap()
        };
        let bearer = token(Scheme::Bearer, "ada", &["events.read"]);
        let service = token(Scheme::Service, "crm", &["events.write"]);
        let check = async |credentials: &[(&'static str, &str)], scopes: &[&str]| {
            let credentials: Vec<_> = credentials
                .iter()
                .map(|(scheme, value)| Credential {
                    scheme,
                    value: (*value).to_owned(),
                    scopes: &[],
                })
                .collect();
            authenticate(&keys, &credentials, scopes).await
        };

        let caller = check(
            &[("bearerAuth", &bearer), ("s2sAuthToken", &service)],
            &["events.read"],
        )
        .await
        .unwrap();
        assert_eq!(caller.subject.unwrap().subject, "ada");
        assert_eq!(caller.service.unwrap().subject, "crm");

        let both = [
            ("bearerAuth", bearer.as_str()),
            ("s2sAuthToken", service.as_str()),
        ];
        let missing = |scopes: &[&str]| {
            Err(Denial::Scopes(
                scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ))
        };
        assert_eq!(
            check(&both, &["events.read", "events.write"]).await,
            missing(&["events.write"])
        );
        assert_eq!(
            check(&both[1..], &["events.write"]).await,
            missing(&["events.write"])
        );
        assert_eq!(
            check(&[], &["events.read"]).await,
            missing(&["events.read"])
        );
        assert_eq!(check(&[], &[]).await, Ok(Caller::default()));

        for refused in [
            [
                ("bearerAuth", service.as_str()),
                ("s2sAuthToken", bearer.as_str()),
            ],
            [("bearerAuth", &bearer), ("s2sAuthToken", &bearer)],
            [("bearerAuth", &service), ("s2sAuthToken", &service)],
            [("bearerAuth", &bearer), ("s2sAuthToken", "")],
            [("bearerAuth", &bearer), ("unheardOf", &service)],
        ] {
            assert_eq!(
                check(&refused, &["events.write"]).await,
                Err(Denial::Credentials)
            );
        }
    }
}
