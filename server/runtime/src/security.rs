//! Credentials: which a request carries, and which alternative of the document they satisfy.

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use crate::rejection::Cause;
use crate::service::{Credential, Denial, Service};
use crate::spec::{CredentialPlace, OperationSpec, SchemeSpec};
use crate::text::Query;

/// Finds out who is calling: tries the alternatives of the document in its order, and takes the first that the service
/// accepts.
///
/// An operation without `security` asks for no credentials; the service is asked all the same, with none, so that it
/// can say who an anonymous caller is.
pub(crate) async fn authenticate<S: Service>(
    service: &S,
    operation: &OperationSpec,
    headers: &HeaderMap,
    query: &Query<'_>,
) -> Result<S::Caller, Cause> {
    let mut worst = None;
    let nobody: &[&[SchemeSpec]] = &[&[]];
    let alternatives = if operation.security.is_empty() {
        nobody
    } else {
        operation.security
    };
    // Whoever shows credentials wants to be known by them, so the alternative that asks for none comes last.
    let named = alternatives.iter().filter(|all| !all.is_empty());
    let anonymous = alternatives.iter().filter(|all| all.is_empty());
    for alternative in named.chain(anonymous) {
        let found: Option<Vec<Credential>> = alternative
            .iter()
            .map(|scheme| {
                let value = find(scheme.place, headers, query)?;
                Some(Credential {
                    scheme: scheme.name,
                    value,
                    scopes: scheme.scopes,
                })
            })
            .collect();
        let Some(credentials) = found else { continue };
        match service.authenticate(&credentials, operation.scopes).await {
            Ok(caller) => return Ok(caller),
            // To be known and not allowed says more than not to be known.
            Err(Denial::Scopes(missing)) => {
                worst.get_or_insert(Cause::Scopes(missing));
            }
            // Another alternative may still let the caller in.
            Err(Denial::Unavailable(seconds)) => worst = Some(Cause::Unavailable(seconds)),
            Err(Denial::Credentials) => {}
        }
    }
    Err(worst.unwrap_or_else(|| Cause::Credentials(challenges(operation))))
}

/// The credential at that place, if there is exactly one: of two, nobody can say which is meant.
fn find(place: CredentialPlace, headers: &HeaderMap, query: &Query<'_>) -> Option<String> {
    match place {
        CredentialPlace::Authorization(scheme) => {
            let value = the_only(headers.get_all(AUTHORIZATION).iter())?
                .to_str()
                .ok()?;
            let (given, credential) = value.trim().split_once(' ')?;
            given
                .eq_ignore_ascii_case(scheme)
                .then(|| credential.trim().to_owned())
        }
        CredentialPlace::Header(name) => the_only(headers.get_all(name).iter())?
            .to_str()
            .ok()
            .map(|value| value.trim().to_owned()),
        CredentialPlace::Query(name) => the_only(query.written(name)).and_then(Query::decode),
        CredentialPlace::Cookie(name) => {
            // A header that cannot be read could hold another one.
            let all_read = headers
                .get_all(COOKIE)
                .iter()
                .all(|header| header.to_str().is_ok());
            let cookie = the_only(cookies(headers).filter(|(n, _)| *n == name));
            cookie
                .filter(|_| all_read)
                .map(|(_, value)| value.to_owned())
        }
    }
}

/// The item, if there is exactly one.
pub(crate) fn the_only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let item = items.next()?;
    items.next().is_none().then_some(item)
}

/// The cookies of a request, by name (RFC 6265, section 4.2).
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// What `WWW-Authenticate` says: one challenge for each way in. A scheme that has none of its own, such as a key in a
/// header, is named as `ApiKey`.
fn challenges(operation: &OperationSpec) -> Vec<String> {
    let mut challenges: Vec<String> = Vec::new();
    for scheme in operation.security.iter().copied().flatten() {
        let challenge = match scheme.place {
            CredentialPlace::Authorization("basic") => {
                "Basic realm=\"api\", charset=\"UTF-8\"".to_owned()
            }
            CredentialPlace::Authorization("bearer") => "Bearer".to_owned(),
            CredentialPlace::Authorization(other) => other.to_owned(),
            CredentialPlace::Header(name) => format!("ApiKey in=\"header\", name=\"{name}\""),
            CredentialPlace::Query(name) => format!("ApiKey in=\"query\", name=\"{name}\""),
            CredentialPlace::Cookie(name) => format!("ApiKey in=\"cookie\", name=\"{name}\""),
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}
