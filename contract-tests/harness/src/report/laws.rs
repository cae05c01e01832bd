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

    /// Each reason why it says nothing somewhere, with where that is: of one operation, so many things at most.
    pub fn silent(&self, most: usize) -> Vec<(&str, Vec<String>)> {
        let mut silent: Vec<(&str, Vec<&LawOperationReport>)> = Vec::new();
        for each in &self.operations {
            let Some(why) = each.why.as_deref() else {
                continue;
            };
            match silent.iter_mut().find(|(known, _)| *known == why) {
                Some((_, places)) => places.push(each),
                None => silent.push((why, vec![each])),
            }
        }
        let silent = silent.into_iter();
        silent
            .map(|(why, places)| (why, by_operation(&places, most)))
            .collect()
    }
}

/// The operations, each once, with what of it.
fn by_operation(places: &[&LawOperationReport], most: usize) -> Vec<String> {
    let of_one = places.chunk_by(|one, other| one.operation == other.operation);
    of_one
        .filter_map(|places| {
            let operation = &places.first()?.operation;
            let about = places.iter().filter_map(|place| place.about.as_deref());
            let about: Vec<&str> = about.collect();
            let others = match about.len().saturating_sub(most) {
                0 => String::new(),
                others => format!(" and {others} more"),
            };
            let shown = about[..about.len().min(most)].join(", ");
            Some(if about.is_empty() {
                operation.clone()
            } else {
                format!("{operation} ({shown}{others})")
            })
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn place(operation: &str, about: Option<&str>, why: Option<&str>) -> LawOperationReport {
        LawOperationReport {
            operation: operation.to_owned(),
            about: about.map(str::to_owned),
            sequences: 1,
            held: usize::from(why.is_none()),
            broken: 0,
            unspecified: 0,
            why: why.map(str::to_owned),
        }
    }

    #[test]
    fn reasons_and_operations_are_told_once() {
        let law = LawReport {
            law: "order_is_kept".to_owned(),
            why: None,
            operations: vec![
                place("a", Some("x"), None),
                place("a", Some("y"), Some("it is empty")),
                place("a", Some("z"), Some("it is empty")),
                place("a", Some("w"), Some("it is empty")),
                place("b", None, Some("it has none")),
                place("c", None, Some("it is empty")),
            ],
        };
        assert_eq!(law.applied(), ["a"]);
        let empty = vec!["a (y, z and 1 more)".to_owned(), "c".to_owned()];
        let none = vec!["b".to_owned()];
        assert_eq!(
            law.silent(2),
            [("it is empty", empty), ("it has none", none)]
        );
    }
}
