//! Generation of cases, phase by phase.
//!
//! Every phase is a count of cases and a function from an index to a [`Draft`]: nothing is drawn before it is sent, and
//! each case is drawn by a generator of its own.

mod anew;
mod credentials;
mod draft;
mod dry;
mod examples;
pub(crate) mod identity;
mod methods;
mod negative;
mod positive;
mod shown;
mod spoil;
mod things;

use openapi_model::Operation;
use proptest::test_runner::TestRunner;

use crate::case::{CaseKey, Phase};
use crate::contract::{Compiled, Contract};
use crate::keys::Keys;
use crate::plan::Plan;
use crate::seed;
use crate::settings::Settings;

pub(crate) use anew::{anew, renewable};
pub(crate) use draft::{Draft, Part, Tree};
pub use dry::Cases;
pub(crate) use negative::{Rule, groups, rule_name, rules, violations};
pub(crate) use positive::{
    boundaries, can_be_drawn, draw_body, draw_parameter, linked, random as valid, with_body,
};
pub(crate) use shown::{Aimed, Shown, by_links, shots};

/// What generation looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'r> {
    pub(crate) contract: &'r Contract,
    pub(crate) keys: &'r Keys,
    pub(crate) settings: &'r Settings,
    pub(crate) plan: &'r Plan,
    pub(crate) shown: &'r Shown,
}

impl<'r> Context<'r> {
    pub(crate) fn operation(&self, index: usize) -> &'r Operation {
        &self.contract.api().operations[index]
    }

    pub(crate) fn compiled(&self, index: usize) -> &'r Compiled {
        self.contract.compiled(index)
    }

    /// The generator of a case; `part` tells several of one case apart.
    pub(crate) fn runner(&self, key: CaseKey, part: usize) -> TestRunner {
        let Settings { seed, run_id, .. } = self.settings;
        seed::runner(
            *seed,
            run_id,
            &self.operation(key.operation).label(),
            key.phase,
            key.index,
            part,
        )
    }

    /// Whether valid calls of the operation can be made at all.
    pub(crate) fn is_callable(&self, operation: usize) -> bool {
        self.compiled(operation).untestable.is_none()
            && credentials::alternative(self, operation, 0).is_some()
    }
}

/// How many cases a phase has for an operation.
pub(crate) fn count(context: &Context<'_>, operation: usize, phase: Phase) -> usize {
    if context.compiled(operation).untestable.is_some()
        || !context.plan.is_included(operation)
        || !context.plan.has(phase)
    {
        return 0;
    }
    // Without credentials, what the server says of calls without credentials is all that can be seen.
    if !context.is_callable(operation) && phase != Phase::Credentials {
        return 0;
    }
    match phase {
        Phase::Examples => examples::count(context, operation),
        Phase::Boundaries => positive::boundary_count(context, operation),
        Phase::Random => positive::random_count(context, operation),
        Phase::Negative => negative::count(context, operation),
        Phase::Credentials => credentials::count(context, operation),
        Phase::Methods => methods::count(context, operation),
        Phase::Law(_) => 0,
    }
}

/// The draft of a case; `None` where what it is after cannot be put on the wire.
pub(crate) fn draft(context: &Context<'_>, key: CaseKey) -> Option<Draft> {
    let mut runner = context.runner(key, 0);
    match key.phase {
        Phase::Examples => examples::draft(context, key, &mut runner),
        Phase::Boundaries => positive::boundary(context, key, &mut runner),
        Phase::Random => positive::random(context, key, &mut runner),
        Phase::Negative => negative::draft(context, key, &mut runner),
        Phase::Credentials => credentials::draft(context, key, &mut runner),
        Phase::Methods => methods::draft(context, key, &mut runner),
        Phase::Law(_) => None,
    }
}
