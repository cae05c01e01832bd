//! What is wrong with a value, and where.

use std::cell::Cell;
use std::fmt;

/// One assertion that a value does not keep.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// The keyword, as JSON Schema writes it.
    pub(crate) keyword: &'static str,
    /// The place in the value, as a JSON pointer.
    pub(crate) pointer: String,
    /// The member that is missing, where the keyword is `required`; that depends on others, where it is
    /// `dependentRequired`.
    pub(crate) member: Option<String>,
    /// Whether every validator would say so.
    pub(crate) certain: bool,
    /// What each branch says, where the keyword is `anyOf` or `oneOf` and no branch holds.
    pub(crate) branches: Vec<Vec<Fault>>,
}

/// The way to a place in a value, from the place outwards.
#[derive(Clone, Copy)]
pub(crate) enum Place<'p> {
    Root,
    Member(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root => Ok(()),
            Place::Member(parent, name) => {
                write!(f, "{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
            }
            Place::Item(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

/// How many schemas may be applied in one judgement. What is beyond, is disputed: a schema of few lines can apply
/// to a value of few parts in more ways than anybody waits for.
const MOST_STEPS: u64 = 1 << 22;

/// What it counts to list what a branch says.
const LISTING: u64 = 64;

/// How many more schemas may be applied.
pub(crate) struct Fuel(Cell<u64>);

impl Fuel {
    /// Enough for one judgement.
    pub(crate) fn full() -> Fuel {
        Fuel::of(MOST_STEPS)
    }

    pub(crate) fn of(steps: u64) -> Fuel {
        Fuel(Cell::new(steps))
    }

    /// Takes what one judgement may need.
    pub(crate) fn portion(&self) -> Fuel {
        Fuel::of(self.0.get().min(MOST_STEPS))
    }

    /// Takes what was used of a portion.
    pub(crate) fn settle(&self, portion: &Fuel) {
        let used = self.0.get().min(MOST_STEPS) - portion.0.get();
        self.spend(used);
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    pub(crate) fn spend(&self, steps: u64) {
        self.0.set(self.0.get().saturating_sub(steps));
    }

    /// Takes one step; false where none is left.
    pub(super) fn take(&self) -> bool {
        let left = !self.is_spent();
        self.spend(1);
        left
    }

    /// Takes what it counts to list what a branch says.
    pub(super) fn list(&self) {
        self.spend(LISTING);
    }
}

/// Where faults go: into a list, or only into the verdict, which is known at the first certain one.
pub(crate) struct Faults<'f> {
    list: Option<Vec<Fault>>,
    certain: bool,
    disputed: bool,
    pub(super) fuel: &'f Fuel,
}

impl<'f> Faults<'f> {
    pub(crate) fn listed(fuel: &'f Fuel) -> Faults<'f> {
        Faults {
            list: Some(Vec::new()),
            certain: false,
            disputed: false,
            fuel,
        }
    }

    pub(crate) fn counted(fuel: &'f Fuel) -> Faults<'f> {
        Faults {
            list: None,
            certain: false,
            disputed: false,
            fuel,
        }
    }

    /// Whether nothing that follows changes the answer.
    pub(crate) fn settled(&self) -> bool {
        self.certain && self.list.is_none()
    }

    pub(crate) fn is_listing(&self) -> bool {
        self.list.is_some()
    }

    pub(crate) fn verdict(&self) -> super::Verdict {
        super::Verdict::of(!self.certain).unless(self.disputed && !self.certain)
    }

    pub(crate) fn into_list(self) -> Vec<Fault> {
        self.list.unwrap_or_default()
    }

    pub(crate) fn add(
        &mut self,
        verdict: super::Verdict,
        keyword: &'static str,
        place: &Place<'_>,
    ) {
        self.add_with(verdict, keyword, place, None, Vec::new);
    }

    pub(crate) fn add_with(
        &mut self,
        verdict: super::Verdict,
        keyword: &'static str,
        place: &Place<'_>,
        member: Option<&str>,
        branches: impl FnOnce() -> Vec<Vec<Fault>>,
    ) {
        let certain = match verdict {
            super::Verdict::Yes => return,
            super::Verdict::No => true,
            super::Verdict::Disputed => false,
        };
        self.certain |= certain;
        self.disputed |= !certain;
        if let Some(list) = &mut self.list {
            list.push(Fault {
                keyword,
                pointer: place.to_string(),
                member: member.map(str::to_owned),
                certain,
                branches: branches(),
            });
        }
    }
}
