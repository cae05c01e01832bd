//! Judges a value against a compiled schema: whether it is valid, and everything that is wrong with it.
//!
//! It is the last word on what is handed out, and what shrinking asks. An answer has three values, not two: where
//! validators in use differ, a value is disputed, and is neither handed out as valid nor as a violation.

mod assertions;
mod check;
mod discriminator;
mod equal;
mod evaluated;
mod fault;
mod format;
mod number;

pub(crate) use assertions::{Assertions, Id, Judge};
pub(crate) use equal::{canonical, equal};
pub(crate) use fault::{Fault, Fuel};
pub(crate) use format::{Format, Narrow, days_in_month};
pub(crate) use number::{Decimal, Exact, Multiple};

/// Whether a value keeps a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Every validator says so.
    Yes,
    /// Every validator denies it.
    No,
    /// Validators differ.
    Disputed,
}

impl Verdict {
    pub(crate) fn of(kept: bool) -> Verdict {
        if kept { Verdict::Yes } else { Verdict::No }
    }

    /// The verdict, disputed where the condition holds.
    pub(crate) fn unless(self, disputed: bool) -> Verdict {
        if disputed { Verdict::Disputed } else { self }
    }

    /// The verdict, where its no is not sure.
    pub(crate) fn at_most_disputed(self) -> Verdict {
        self.unless(self == Verdict::No)
    }
}
