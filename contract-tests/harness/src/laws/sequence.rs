//! What a law keeps of the exchanges of one sequence.
//!
//! Sixteen sequences are in flight together, and a walk over a list has dozens of pages of a hundred items each. So a
//! sequence is given each exchange once and for good, and keeps of it what its judgement needs: of a page, the ids and
//! the members in question. Asking and judging then cost the same at each step, however long the walk is.
//!
//! Most laws make a handful of calls, and are simplest as two functions of all exchanges so far ([`FewCalls`]).

use super::Draws;
use crate::case::Case;
use crate::checks::Outcome;
use crate::contract::Contract;
use crate::exchange::Exchange;

/// One sequence of a law's calls: what the law has kept of the exchanges so far.
///
/// What it asks and how it judges follow from the draws and the exchanges that it was given, and from nothing else.
pub trait Sequence {
    /// The next call; `None` when there is nothing more to ask.
    fn next(&self) -> Option<Case>;

    /// Takes the exchange of the call that [`next`](Sequence::next) gave.
    fn take(&mut self, exchange: Exchange);

    /// The judgement of the exchanges so far.
    fn judge(&self) -> Outcome;
}

/// A law whose sequences are short: it looks at all of their exchanges each time.
pub(super) trait FewCalls {
    /// The next call, after the exchanges so far; `None` when there is nothing more to ask.
    fn next(&self, contract: &Contract, draws: &Draws<'_>, so_far: &[Exchange]) -> Option<Case>;

    /// The judgement of the exchanges.
    fn judge(&self, contract: &Contract, exchanges: &[Exchange]) -> Outcome;
}

/// A sequence that keeps every exchange whole.
pub(super) fn whole<'s>(
    law: &'s dyn FewCalls,
    contract: &'s Contract,
    draws: &'s Draws<'s>,
) -> Box<dyn Sequence + 's> {
    Box::new(Whole {
        law,
        contract,
        draws,
        exchanges: Vec::new(),
    })
}

struct Whole<'s> {
    law: &'s dyn FewCalls,
    contract: &'s Contract,
    draws: &'s Draws<'s>,
    exchanges: Vec<Exchange>,
}

impl Sequence for Whole<'_> {
    fn next(&self) -> Option<Case> {
        self.law.next(self.contract, self.draws, &self.exchanges)
    }

    fn take(&mut self, exchange: Exchange) {
        self.exchanges.push(exchange);
    }

    fn judge(&self) -> Outcome {
        self.law.judge(self.contract, &self.exchanges)
    }
}
