//! Which jobs there are, and in which order.

use http::Method;
use sha2::{Digest, Sha256};

use super::applied::idle;
use super::job::Job;
use super::replay::Replay;
use crate::case::{CaseKey, Phase};
use crate::contract::Contract;
use crate::generate::{Context, count};
use crate::laws::Law;
use crate::settings::Shard;

/// Cases that are all of one operation and phase, or sequences of one law.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Cases(usize, Phase),
    Law(usize),
}

/// The jobs of each round. Those of one round are in flight together; a round waits for the one before it.
///
/// Within a round the operations take turns, so that a run that is cut short has seen something of each.
pub(super) fn rounds(
    context: &Context<'_>,
    laws: &[Box<dyn Law>],
    replays: &[Replay<'_>],
    shard: Option<Shard>,
) -> Vec<Vec<Job>> {
    let contract = context.contract;
    let all = 0..contract.api().operations.len();
    let cases = |operation: usize, phases: &[Phase]| -> Vec<(Kind, usize)> {
        let kinds = phases.iter();
        kinds
            .map(|phase| {
                (
                    Kind::Cases(operation, *phase),
                    count(context, operation, *phase),
                )
            })
            .collect()
    };
    let removes =
        |operation: &usize| contract.api().operations[*operation].method == Method::DELETE;
    let valid = [Phase::Examples, Phase::Boundaries, Phase::Random];
    let wrong = [Phase::Negative, Phase::Credentials];
    let every = [valid.as_slice(), &wrong].concat();
    let levels = levels(contract);
    let deepest = levels.iter().copied().max().unwrap_or_default();
    let makes = |level: usize| {
        let here = all.clone().filter(|o| levels[*o] == level && !removes(o));
        here.flat_map(|operation| cases(operation, &valid))
            .collect()
    };
    let mut kinds: Vec<Vec<(Kind, usize)>> = (0..=deepest).map(makes).collect();
    kinds.push(
        all.clone()
            .filter(|o| !removes(o))
            .flat_map(|o| cases(o, &wrong))
            .collect(),
    );
    let kind = |law: usize| (laws[law].only_adds(), laws[law].is_safe());
    // What is wrong with the pages of a list is known before what they should show is looked for.
    for wanted in [(false, false), (false, true), (true, false)] {
        kinds.push(
            (0..laws.len())
                .filter(|law| kind(*law) == wanted)
                .map(|law| (Kind::Law(law), sequences(context, laws, law)))
                .collect(),
        );
    }
    kinds.push(
        all.clone()
            .flat_map(|o| cases(o, &[Phase::Methods]))
            .collect(),
    );
    kinds.push(
        all.clone()
            .filter(removes)
            .flat_map(|o| cases(o, &every))
            .collect(),
    );
    let is_here = |job: &Job| is_in(shard, context, laws, *job);
    let mut rounds: Vec<Vec<Job>> = kinds
        .into_iter()
        .map(|kinds| by_turns(&kinds).filter(is_here).collect())
        .collect();
    let replay = |needs_shown: bool| {
        let numbers = replays.iter().enumerate();
        let wanted = numbers.filter(move |(_, replay)| replay.needs_shown == needs_shown);
        wanted
            .map(|(number, _)| Job::Replay(number))
            .filter(is_here)
            .collect()
    };
    // What failed before goes first; where it needs what the server has yet to show, it goes as soon as that can be.
    rounds.insert(deepest + 1, replay(true));
    rounds.insert(0, replay(false));
    rounds.retain(|round| !round.is_empty());
    rounds
}

/// How many sequences of a law there are.
fn sequences(context: &Context<'_>, laws: &[Box<dyn Law>], law: usize) -> usize {
    let law = &laws[law];
    match idle(context, law.as_ref()) {
        Some(_) => 0,
        None => law.sequences(context.plan.cases(law.operation())),
    }
}

/// The first of each, then the second of each.
fn by_turns(kinds: &[(Kind, usize)]) -> impl Iterator<Item = Job> {
    let most = kinds
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or_default();
    (0..most).flat_map(move |index| {
        let left = kinds.iter().filter(move |(_, count)| index < *count);
        left.map(move |(kind, _)| match *kind {
            Kind::Cases(operation, phase) => Job::Case(CaseKey {
                operation,
                phase,
                index,
            }),
            Kind::Law(law) => Job::Sequence { law, index },
        })
    })
}

/// Whether a job is of this part of the run. It follows from what the job is, not from its place in the document, so
/// that a document that grows does not deal the cards anew.
fn is_in(shard: Option<Shard>, context: &Context<'_>, laws: &[Box<dyn Law>], job: Job) -> bool {
    let Some(shard) = shard else {
        return true;
    };
    let label = |operation: usize| context.operation(operation).label();
    let name = match job {
        Job::Case(CaseKey {
            operation,
            phase,
            index,
        }) => format!("{} {phase} {index}", label(operation)),
        // A law is not split.
        Job::Sequence { law, .. } => {
            let law = &laws[law];
            format!("{} {}", label(law.operation()), law.name())
        }
        Job::Replay(number) => format!("replay {number}"),
    };
    let hash = Sha256::digest(name);
    let number = hash
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (number % shard.of() as u64) as usize + 1 == shard.number()
}

/// How many calls must come before an operation's own, so that there is something to call it for.
fn levels(contract: &Contract) -> Vec<usize> {
    let count = contract.api().operations.len();
    let mut levels: Vec<Option<usize>> = (0..count)
        .map(|o| (!contract.compiled(o).is_awaiting).then_some(0))
        .collect();
    for _ in 0..count {
        let mut is_settled = true;
        for source in 0..count {
            let Some(level) = levels[source] else {
                continue;
            };
            for target in &contract.compiled(source).leads {
                if levels[*target].is_none() {
                    levels[*target] = Some(level + 1);
                    is_settled = false;
                }
            }
        }
        if is_settled {
            break;
        }
    }
    // A circle of links, with no way in: nothing comes before.
    levels.into_iter().map(Option::unwrap_or_default).collect()
}
