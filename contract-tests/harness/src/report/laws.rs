//! Where each law applied, and why it did not elsewhere.
//!
//! This module is purely the shape of what is told.

use serde::Serialize;

/// What became of one law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawReport {
    /// Its name.
    pub law: String,
    /// Why it was tried on no operation at all; `None` where `operations` tells of each.
    pub why: Option<String>,
    /// The operations of its kind.
    pub operations: Vec<LawOperationReport>,
}

/// What became of one law in one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawOperationReport {
    /// The operation.
    pub operation: String,
    /// What it was about there, where it can be about several things.
    pub about: Option<String>,
    /// How many sequences were made.
    pub sequences: usize,
    /// How many of them kept it.
    pub held: usize,
    /// How many of them broke it.
    pub broken: usize,
    /// How often the document did not say.
    pub unspecified: usize,
    /// Why it neither held nor was broken; `None` where it did.
    pub why: Option<String>,
}

impl LawReport {
    /// The operations where it held or was broken, each once.
    pub fn applied(&self) -> Vec<&str> {
        let mut applied: Vec<&str> = Vec::new();
        for each in self.operations.iter().filter(|each| each.why.is_none()) {
            if !applied.contains(&each.operation.as_str()) {
                applied.push(&each.operation);
            }
        }
        applied
    }

    /// Each reason why it says nothing somewhere, with where that is.
    pub fn silent(&self) -> Vec<(&str, Vec<String>)> {
        let mut silent: Vec<(&str, Vec<String>)> = Vec::new();
        for each in &self.operations {
            let Some(why) = each.why.as_deref() else {
                continue;
            };
            match silent.iter_mut().find(|(known, _)| *known == why) {
                Some((_, places)) => places.push(each.place()),
                None => silent.push((why, vec![each.place()])),
            }
        }
        silent
    }
}

impl LawOperationReport {
    /// The operation, and what of it.
    pub fn place(&self) -> String {
        match &self.about {
            Some(about) => format!("{} ({about})", self.operation),
            None => self.operation.clone(),
        }
    }
}
