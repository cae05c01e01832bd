//! Calls that are valid but for their credentials.

use openapi_model::{Location, SecurityKind, SecurityUse};
use proptest::test_runner::TestRunner;

use super::Context;
use super::draft::Draft;
use super::positive::{Fullness, call};
use crate::case::{CaseKey, Credential, Fault, Mode, Sent};

/// Valid credentials for an operation, its alternatives by turns; `None` where the target has not all that any needs.
pub(crate) fn alternative(
    context: &Context<'_>,
    operation: usize,
    turn: usize,
) -> Option<Vec<Credential>> {
    let security = &context.operation(operation).security;
    if security.is_empty() {
        return Some(Vec::new());
    }
    let usable: Vec<&Vec<SecurityUse>> = security
        .iter()
        .filter(|alternative| {
            alternative
                .iter()
                .all(|each| context.keys.has(&each.scheme))
        })
        .collect();
    if usable.is_empty() {
        return None;
    }
    Some(valid(usable[turn % usable.len()]))
}

fn valid(alternative: &[SecurityUse]) -> Vec<Credential> {
    let sent = |each: &SecurityUse| Credential {
        scheme: each.scheme.clone(),
        sent: Sent::Valid,
    };
    alternative.iter().map(sent).collect()
}

pub(crate) fn count(context: &Context<'_>, operation: usize) -> usize {
    faults(context, operation).len()
}

pub(crate) fn draft(context: &Context<'_>, key: CaseKey, runner: &mut TestRunner) -> Option<Draft> {
    let (fault, credentials) = faults(context, key.operation).into_iter().nth(key.index)?;
    let mut draft = call(
        context,
        key,
        runner,
        Mode::Credentials(fault),
        Fullness::Bare,
        Vec::new(),
    )?;
    draft.credentials = credentials;
    Some(draft)
}

/// Every way in which credentials do not suffice, and what is then sent.
fn faults(context: &Context<'_>, operation: usize) -> Vec<(Fault, Vec<Credential>)> {
    let security = &context.operation(operation).security;
    // Nothing is asked for, or nothing need be given.
    if security.is_empty() || security.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut faults = vec![(Fault::NoneAtAll, Vec::new())];
    let has = |scheme: &str| context.keys.has(scheme);
    for alternative in security {
        if !alternative.iter().all(|each| has(&each.scheme)) {
            continue;
        }
        let all = valid(alternative);
        let with = |scheme: &str, sent: Sent| -> Vec<Credential> {
            let mut changed = all.clone();
            for credential in changed.iter_mut().filter(|c| c.scheme == scheme) {
                credential.sent = sent.clone();
            }
            changed
        };
        for each in alternative {
            let scheme = &each.scheme;
            if alternative.len() > 1 {
                let rest = all
                    .iter()
                    .filter(|c| c.scheme != *scheme)
                    .cloned()
                    .collect();
                faults.push((Fault::Missing(scheme.clone()), rest));
            }
            faults.push((Fault::Altered(scheme.clone()), with(scheme, Sent::Altered)));
            faults.push((
                Fault::Nonsense(scheme.clone()),
                with(scheme, Sent::Nonsense),
            ));
            if stands_in_authorization(context, scheme) {
                faults.push((
                    Fault::OtherScheme(scheme.clone()),
                    with(scheme, Sent::OtherScheme),
                ));
            }
            if stands_in_header(context, scheme) {
                faults.push((Fault::Twice(scheme.clone()), with(scheme, Sent::Twice)));
            }
            // One of the others' credentials in this one's place, where they differ.
            for other in context.contract.api().security_schemes.keys() {
                if other != scheme && has(other) && !context.keys.are_same(other, scheme) {
                    let fault = Fault::Misplaced(other.clone(), scheme.clone());
                    faults.push((fault, with(scheme, Sent::Of(other.clone()))));
                }
            }
        }
    }
    // What satisfies another alternative is no fault.
    faults.retain(|(_, sent)| {
        !security
            .iter()
            .any(|alternative| satisfies(sent, alternative))
    });
    faults.dedup_by(|(_, a), (_, b)| a == b);
    faults
}

fn satisfies(sent: &[Credential], alternative: &[SecurityUse]) -> bool {
    alternative.iter().all(|each| {
        sent.iter().any(|credential| {
            credential.scheme == each.scheme && matches!(credential.sent, Sent::Valid)
        })
    })
}

fn stands_in_authorization(context: &Context<'_>, scheme: &str) -> bool {
    matches!(
        context
            .contract
            .api()
            .security_schemes
            .get(scheme)
            .map(|scheme| &scheme.kind),
        Some(SecurityKind::Http(_) | SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_))
    )
}

fn stands_in_header(context: &Context<'_>, scheme: &str) -> bool {
    stands_in_authorization(context, scheme)
        || matches!(
            context
                .contract
                .api()
                .security_schemes
                .get(scheme)
                .map(|scheme| &scheme.kind),
            Some(SecurityKind::ApiKey(Location::Header, _))
        )
}
