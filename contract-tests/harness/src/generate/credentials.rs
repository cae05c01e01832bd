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
    if context.operation(operation).security.is_empty() {
        return Some(Vec::new());
    }
    let usable: Vec<_> = usable(context, operation).collect();
    let chosen = usable.get(turn.checked_rem(usable.len())?)?;
    let sent = |each: &SecurityUse| Credential {
        scheme: each.scheme.clone(),
        sent: Sent::Valid,
    };
    Some(chosen.iter().map(sent).collect())
}

/// How many alternatives there are to try each by itself.
pub(crate) fn alternatives(context: &Context<'_>, operation: usize) -> usize {
    usable(context, operation).count()
}

/// The alternatives that the target has all credentials for.
fn usable<'r>(
    context: &Context<'r>,
    operation: usize,
) -> impl Iterator<Item = &'r Vec<SecurityUse>> {
    let keys = context.keys;
    let has = |each: &SecurityUse| keys.has(&each.scheme);
    let security = context.operation(operation).security.iter();
    security.filter(move |alternative| alternative.iter().all(has))
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

/// One scheme's place in an alternative: what is wrong with it, and what is sent there.
type Slot = (Option<Fault>, Option<Credential>);

/// Every way in which credentials do not suffice, and what is then sent.
fn faults(context: &Context<'_>, operation: usize) -> Vec<(Fault, Vec<Credential>)> {
    // More at once than any server tells apart; beyond, each scheme's faults by themselves.
    const MOST: usize = 256;
    let security = &context.operation(operation).security;
    // Nothing is asked for, or nothing need be given.
    if security.is_empty() || security.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut faults = vec![(Fault::NoneAtAll, Vec::new())];
    for alternative in security {
        let has = |each: &SecurityUse| context.keys.has(&each.scheme);
        if !alternative.iter().all(has) {
            continue;
        }
        let slots: Vec<Vec<Slot>> = alternative
            .iter()
            .map(|each| slots(context, &each.scheme))
            .collect();
        let valid = |index: usize| slots[index][0].clone();
        // One scheme's first, since they say most.
        for (index, own) in slots.iter().enumerate() {
            for slot in &own[1..] {
                let mut chosen: Vec<Slot> = (0..slots.len()).map(valid).collect();
                chosen[index] = slot.clone();
                faults.extend(combined(chosen));
            }
            if stands_in_header(context, &alternative[index].scheme) {
                let mut chosen: Vec<Slot> = (0..slots.len()).map(valid).collect();
                let scheme = alternative[index].scheme.clone();
                let credential = Credential {
                    scheme: scheme.clone(),
                    sent: Sent::Twice,
                };
                chosen[index] = (Some(Fault::Twice(scheme)), Some(credential));
                faults.extend(combined(chosen));
            }
        }
        // Then all at once: with what is missing, altered, or where another of them belongs.
        let is_own = |(fault, _): &&Slot| match fault {
            Some(Fault::Misplaced(from, _)) => alternative.iter().any(|own| own.scheme == *from),
            Some(Fault::Nonsense(_) | Fault::OtherScheme(_)) => false,
            _ => true,
        };
        let slots: Vec<Vec<Slot>> = slots
            .iter()
            .map(|own| own.iter().filter(is_own).cloned().collect())
            .collect();
        if slots.iter().map(Vec::len).product::<usize>() <= MOST {
            faults.extend(product(&slots).into_iter().filter_map(combined));
        }
    }
    // What satisfies another alternative is no fault, and no case is made twice.
    let satisfied = |sent: &[Credential]| {
        security
            .iter()
            .any(|alternative| satisfies(context, sent, alternative))
    };
    let mut distinct: Vec<(Fault, Vec<Credential>)> = Vec::new();
    for (fault, sent) in faults {
        if !satisfied(&sent) && !distinct.iter().any(|(_, known)| *known == sent) {
            distinct.push((fault, sent));
        }
    }
    distinct
}

/// What can stand in a scheme's place: first what is valid, then what is not.
fn slots(context: &Context<'_>, scheme: &str) -> Vec<Slot> {
    let keys = context.keys;
    let sends = |sent: Sent| {
        Some(Credential {
            scheme: scheme.to_owned(),
            sent,
        })
    };
    let name = || scheme.to_owned();
    let mut slots = vec![
        (None, sends(Sent::Valid)),
        (Some(Fault::Missing(name())), None),
        (Some(Fault::Altered(name())), sends(Sent::Altered)),
        (Some(Fault::Nonsense(name())), sends(Sent::Nonsense)),
    ];
    if stands_in_authorization(context, scheme) {
        slots.push((Some(Fault::OtherScheme(name())), sends(Sent::OtherScheme)));
    }
    // One of the others' credentials in this one's place, where they differ.
    for other in context.contract.api().security_schemes.keys() {
        if other != scheme && keys.has(other) && !keys.are_same(other, scheme) {
            slots.push((
                Some(Fault::Misplaced(other.clone(), name())),
                sends(Sent::Of(other.clone())),
            ));
        }
    }
    slots
}

/// Every choice of one slot for each scheme.
fn product(slots: &[Vec<Slot>]) -> Vec<Vec<Slot>> {
    slots.iter().fold(vec![Vec::new()], |chosen, own| {
        let with = |before: &Vec<Slot>| {
            let before = before.clone();
            own.iter().map(move |slot| {
                let mut all = before.clone();
                all.push(slot.clone());
                all
            })
        };
        chosen.iter().flat_map(with).collect()
    })
}

/// The fault of a choice and what it sends; none where all of it is valid.
fn combined(chosen: Vec<Slot>) -> Option<(Fault, Vec<Credential>)> {
    let (faults, sent): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
    let sent: Vec<Credential> = sent.into_iter().flatten().collect();
    let mut faults: Vec<Fault> = faults.into_iter().flatten().collect();
    let fault = match faults.len() {
        0 => return None,
        _ if sent.is_empty() => Fault::NoneAtAll,
        1 => faults.remove(0),
        _ => Fault::Several(faults),
    };
    Some((fault, sent))
}

/// Whether what is sent has, on the wire, all that an alternative asks for. Two schemes may have one place there: every
/// bearer token stands behind the same name.
fn satisfies(context: &Context<'_>, sent: &[Credential], alternative: &[SecurityUse]) -> bool {
    let keys = context.keys;
    alternative.iter().all(|each| {
        let wanted = keys.get(&each.scheme);
        sent.iter().any(|credential| {
            let text = match &credential.sent {
                Sent::Valid => keys.get(&credential.scheme),
                Sent::Of(other) => keys.get(other),
                Sent::Altered | Sent::Nonsense | Sent::OtherScheme | Sent::Twice => None,
            };
            text.is_some()
                && text == wanted
                && wire_place(context, &credential.scheme) == wire_place(context, &each.scheme)
        })
    })
}

/// Where a scheme's credentials stand, and behind which name; a certificate stands in no request.
fn wire_place(context: &Context<'_>, scheme: &str) -> Option<(Location, String)> {
    let authorization = |name: &str| (Location::Header, format!("authorization {name}"));
    let scheme = context.contract.api().security_schemes.get(scheme)?;
    Some(match &scheme.kind {
        SecurityKind::Http(name) => authorization(name),
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => authorization("bearer"),
        SecurityKind::ApiKey(Location::Header, name) => {
            (Location::Header, name.to_ascii_lowercase())
        }
        SecurityKind::ApiKey(location, name) => (*location, name.clone()),
        SecurityKind::MutualTls => return None,
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
