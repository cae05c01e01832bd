//! What failed before, sent again.
//!
//! A kept case is sent as it is kept, but for what must be new each time, which is drawn, and for what the server has
//! shown, which is taken from what it shows now. It is judged by the checks of today: so first it is asked whether it is
//! still a case of the document.

use std::cell::RefCell;
use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue};
use openapi_model::Operation;

use super::job::{Done, Job, Judged, Runner, Unclear};
use super::tally::Tally;
use crate::case::{Case, CaseKey, Mode, Origin, Phase, Place};
use crate::checks::Outcome;
use crate::contract::Contract;
use crate::generate::{Context, identity};
use crate::laws::{Draws, Law};
use crate::plan::{Plan, is_named};
use crate::regressions::{Call, Regression, Regressions};
use crate::report::Replayed;
use crate::secrets::Secrets;

/// The part of a case's choices that what is drawn for it anew comes from; the others are smaller.
const ANEW: usize = 1 << 40;

/// One thing to replay.
#[derive(Debug)]
pub(super) struct Replay<'r> {
    pub(super) regression: &'r Regression,
    /// Why it is not replayed at all.
    pub(super) verdict: Option<Replayed>,
    /// The operation of each of its calls.
    operations: Vec<usize>,
    /// The law whose sequence it is.
    law: Option<usize>,
    /// Whether it calls for things that the server must have shown first.
    pub(super) needs_shown: bool,
}

/// Finds the operations and laws of what failed before.
pub(super) fn replays<'r>(
    contract: &Contract,
    plan: &Plan,
    laws: &[Box<dyn Law>],
    regressions: &'r Regressions,
) -> Vec<Replay<'r>> {
    let find = |name: &str| {
        let mut operations = contract.api().operations.iter();
        operations.position(|operation| operation.label() == name || is_named(operation, name))
    };
    let replay = |regression: &'r Regression| {
        let operations: Option<Vec<usize>> = regression
            .calls
            .iter()
            .map(|call| find(call.operation()))
            .collect();
        let operations = operations.unwrap_or_default();
        let operation = operations.first().copied();
        // A law may start with a call of another operation than its own.
        let of = find(&regression.operation);
        let law = regression.law.as_ref().map(|name| {
            laws.iter()
                .position(|law| law.name() == name && Some(law.operation()) == of)
        });
        let dropped = |reason: &str| Some(Replayed::Dropped(reason.to_owned()));
        let kept = |reason: &str| Some(Replayed::Kept(reason.to_owned()));
        let verdict = match (operation, law) {
            (None, _) => dropped("the document has no such operation any more"),
            (_, Some(None)) => dropped("the document gives rise to no such law any more"),
            (Some(operation), _) if !plan.is_included(operation) => {
                kept("the settings leave its operation out")
            }
            (Some(operation), _) if !plan.is_judged_by(operation, &regression.check) => {
                kept("the settings leave its check out")
            }
            _ => None,
        };
        let has_shown = |call: &Call| {
            call.origins()
                .any(|(_, origin)| matches!(origin, Origin::Shown | Origin::Guessed))
        };
        Replay {
            regression,
            verdict,
            operations,
            law: law.flatten(),
            needs_shown: regression.calls.iter().any(has_shown),
        }
    };
    regressions.cases.iter().map(replay).collect()
}

/// Sends one again.
pub(super) async fn run(runner: &Runner<'_>, number: usize, tally: &RefCell<Tally>) -> Done {
    let replay = &runner.replays[number];
    if let Some(verdict) = &replay.verdict {
        return Done::NotReplayed(number, verdict.clone());
    }
    match judged(runner, (number, replay), tally).await {
        Ok(Ok(judged)) => Done::Judged(Box::new(judged)),
        Ok(Err(Unclear)) => {
            let reason = "it is not known what became of it, or it may not be sent to this server";
            Done::NotReplayed(number, Replayed::Kept(reason.to_owned()))
        }
        Err(verdict) => Done::NotReplayed(number, verdict),
    }
}

async fn judged(
    runner: &Runner<'_>,
    (number, replay): (usize, &Replay<'_>),
    tally: &RefCell<Tally>,
) -> Result<Result<Judged, Unclear>, Replayed> {
    let mut cases = BTreeMap::new();
    for (call, operation) in replay.regression.calls.iter().zip(&replay.operations) {
        let case = again(runner, replay.law, call, (number, *operation))?;
        cases.insert(call.step(), case);
    }
    let job = Job::Replay(number);
    match replay.law {
        Some(law) => {
            let index = replay.regression.calls.first().map_or(0, Call::index);
            let draws = Draws::again(runner.context, law, index, cases);
            Ok(runner.judged_sequence(job, law, &draws, tally).await)
        }
        None => match cases.into_values().next() {
            Some(case) => Ok(runner.case(job, case, tally).await),
            None => Err(Replayed::Dropped("it has no call".to_owned())),
        },
    }
}

/// The case of a call, as it can be sent now.
fn again(
    runner: &Runner<'_>,
    law: Option<usize>,
    call: &Call,
    (number, operation): (usize, usize),
) -> Result<Case, Replayed> {
    let Context { contract, keys, .. } = runner.context;
    let dropped = |reason: &str| Replayed::Dropped(reason.to_owned());
    let phase = match law {
        Some(law) => Phase::Law(law),
        None => call.phase().ok_or_else(|| dropped("its phase is none"))?,
    };
    let key = CaseKey {
        operation,
        phase,
        index: call.index(),
    };
    let mut case = call
        .case(contract, key)
        .ok_or_else(|| dropped("it is no case"))?;
    let has = |scheme: &str| keys.has(scheme);
    if let Some(missing) = case.credentials.iter().find(|c| !has(&c.scheme)) {
        let reason = format!("the target has no credentials for `{}`", missing.scheme);
        return Err(Replayed::Kept(reason));
    }
    let part = ANEW + number * 1_000 + call.step();
    for place in call.fresh() {
        draw(&runner.context, &mut case, place, part)
            .ok_or_else(|| dropped(&format!("no value of {place} can be drawn any more")))?;
    }
    show(&runner.context, &mut case).ok_or_else(|| {
        Replayed::Kept("the server has shown nothing that it could be sent for".to_owned())
    })?;
    fits(runner, &case).map_err(Replayed::Dropped)?;
    Ok(case)
}

/// Draws a parameter anew.
fn draw(context: &Context<'_>, case: &mut Case, place: &Place, part: usize) -> Option<()> {
    let compiled = context.compiled(case.key.operation);
    if let Place::Body(_) = place {
        return draw_identity(context, case, part);
    }
    let mut parameters = compiled.parameters.iter().flatten();
    let parameter = parameters.find(|parameter| parameter.place == *place)?;
    let mut runner = context.runner(case.key, part);
    let value = crate::generate::draw_parameter(parameter, &mut runner)?
        .current()
        .0;
    pairs(case, place)?.extend(parameter.write_valid(&value)?);
    Some(())
}

/// Draws anew what makes a call one of its own, in its body.
fn draw_identity(context: &Context<'_>, case: &mut Case, part: usize) -> Option<()> {
    let at = identity::place(context.contract, case.key.operation)?;
    let mut runner = context.runner(case.key, part);
    let body = case.body.as_mut()?;
    let compiled = context.compiled(case.key.operation).body(body)?;
    *body.value.pointer_mut(at.as_str())? = identity::draw(compiled, at, &mut runner)?;
    *body = compiled.write_valid(&body.value)?;
    Some(())
}

/// Puts what the server shows now in the place of what it had shown.
fn show(context: &Context<'_>, case: &mut Case) -> Option<()> {
    let is_shown = |place: &Place, case: &Case| {
        let mut origins = case.origins.iter();
        origins.any(|(known, origin)| {
            known == place && matches!(origin, Origin::Shown | Origin::Guessed)
        })
    };
    if !case
        .origins
        .iter()
        .any(|(_, origin)| matches!(origin, Origin::Shown | Origin::Guessed))
    {
        return Some(());
    }
    let operation = case.key.operation;
    for (index, value) in &context.shown.of(operation).first()?.values {
        let parameter = context.compiled(operation).parameters[*index].as_ref()?;
        let place = parameter.place.clone();
        if is_shown(&place, case) {
            let written = parameter.codec.write(value, false)?;
            let pairs = pairs(case, &place)?;
            pairs.retain(|(name, _)| !written.iter().any(|(written, _)| written == name));
            pairs.extend(written);
        }
    }
    Some(())
}

fn pairs<'c>(case: &'c mut Case, place: &Place) -> Option<&'c mut Vec<(String, String)>> {
    match place {
        Place::Path(_) => Some(&mut case.path),
        Place::Query(_) => Some(&mut case.query),
        Place::Header(_) => Some(&mut case.headers),
        Place::Cookie(_) => Some(&mut case.cookies),
        Place::Body(_) => None,
    }
}

/// Whether a case is still what it was: a call that the document allows, or one that it does not.
fn fits(runner: &Runner<'_>, case: &Case) -> Result<(), String> {
    let contract = runner.context.contract;
    let operation = &contract.api().operations[case.key.operation];
    let request = runner
        .wire
        .request(case, Secrets::Clear(runner.context.keys));
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
    let target = request
        .target
        .strip_prefix(&**runner.base)
        .unwrap_or(&request.target);
    let body = request.body.as_deref().unwrap_or_default();
    let faults = || contract.check_request(&request.method, target, &headers, body);
    match &case.mode {
        Mode::Positive => match faults().into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(format!(
                "the document does not allow it any more: {}",
                fault.message
            )),
        },
        // `Accept` is for the server to judge: no request is wrong for it.
        Mode::Negative(violation) if violation.place == Place::Header("Accept".to_owned()) => {
            Ok(())
        }
        Mode::Negative(_) if faults().is_empty() => Err("the document allows it now".to_owned()),
        Mode::UndeclaredMethod => {
            let declares =
                |other: &Operation| other.path == operation.path && other.method == case.method;
            if contract.api().operations.iter().any(declares) {
                return Err("the document declares the method now".to_owned());
            }
            Ok(())
        }
        Mode::Negative(_)
        | Mode::Odd(_)
        | Mode::Credentials(_)
        | Mode::Observed
        | Mode::Elsewhere => Ok(()),
    }
}

/// What became of one that was sent.
pub(super) fn verdict(runner: &Runner<'_>, number: usize, judged: &Judged) -> Replayed {
    let check = &runner.replays[number].regression.check;
    let (mut held, mut note) = (false, None);
    // A valid call that the server was in no state to take has not come to where it failed.
    let all = [check.as_str(), "positive_data_acceptance"];
    for name in all {
        for outcome in judged.outcomes(runner.laws, name) {
            match outcome {
                Outcome::Broken(_) if name == check => return Replayed::Fails,
                Outcome::Held if name == check => held = true,
                Outcome::Unspecified(reason) => note = Some(reason.message.clone()),
                Outcome::Broken(_) | Outcome::Held | Outcome::NotApplicable => {}
            }
        }
    }
    match (held, note) {
        (_, Some(note)) => Replayed::Kept(note),
        (true, None) => Replayed::Mended,
        (false, None) => {
            let status = judged
                .exchanges
                .last()
                .and_then(|exchange| exchange.status());
            let status = status.map_or("nothing".to_owned(), |status| status.as_u16().to_string());
            Replayed::Kept(format!("`{check}` says nothing of the answer {status}"))
        }
    }
}
