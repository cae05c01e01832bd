//! What the page shows of laws, as texts.

use super::super::{LawOperationReport, LawReport, verdict};

/// How many places are shown at once; more can be unfolded.
const SHOWN: usize = 12;

pub(super) struct LawView<'r>(pub(super) &'r LawReport);

impl<'r> LawView<'r> {
    pub(super) fn name(&self) -> &'r str {
        &self.0.law
    }

    pub(super) fn why(&self) -> Option<&'r str> {
        self.0.why.as_deref()
    }

    pub(super) fn is_broken(&self) -> bool {
        self.0.operations.iter().any(|each| each.broken > 0)
    }

    pub(super) fn is_long(&self) -> bool {
        self.0.operations.len() > SHOWN
    }

    pub(super) fn applied(&self) -> Vec<AppliedView<'r>> {
        let operations = self.0.operations.iter();
        let applied = operations.filter(|each| each.why.is_none());
        applied.map(AppliedView).collect()
    }

    pub(super) fn silent_places(&self) -> usize {
        let operations = self.0.operations.iter();
        operations.filter(|each| each.why.is_some()).count()
    }

    /// Each reason, and where it holds.
    pub(super) fn silent(&self) -> Vec<(&'r str, String)> {
        let silent = self.0.silent(usize::MAX).into_iter();
        silent
            .map(|(why, places)| (why, places.join(", ").replace('`', "")))
            .collect()
    }
}

pub(super) struct AppliedView<'r>(&'r LawOperationReport);

impl AppliedView<'_> {
    pub(super) fn place(&self) -> String {
        self.0.place()
    }

    pub(super) fn is_broken(&self) -> bool {
        self.0.broken > 0
    }

    pub(super) fn broken(&self) -> String {
        verdict::often(self.0.broken)
    }

    pub(super) fn held(&self) -> String {
        match self.0.held {
            0 => "never".to_owned(),
            held => verdict::often(held),
        }
    }
}
