//! A value together with its place, and the small questions that every object of a document is asked.

use serde_json::Value;

use super::Reader;
use crate::files::Files;
use crate::tree::{Data, Node};
use crate::{Diagnostic, Pointer};

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct At<'t> {
    pub file: usize,
    pub pointer: Pointer,
    pub node: &'t Node,
}

impl<'t> At<'t> {
    pub fn root(files: &'t Files) -> At<'t> {
        At {
            file: 0,
            pointer: Pointer::root(),
            node: &files.get(0).root,
        }
    }

    pub fn member(&self, name: &str) -> Option<At<'t>> {
        let node = self.node.get(name)?;
        Some(At {
            file: self.file,
            pointer: self.pointer.join(name),
            node,
        })
    }

    /// The members of an object; none where this is no object.
    pub fn members(&self) -> impl Iterator<Item = (&'t str, At<'t>)> + use<'t> {
        let (file, pointer) = (self.file, self.pointer.clone());
        let members = match &self.node.data {
            Data::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(move |(name, node)| {
            (
                name.as_str(),
                At {
                    file,
                    pointer: pointer.join(name),
                    node,
                },
            )
        })
    }
}

impl<'t> Reader<'t> {
    pub fn fault(&mut self, at: &At, message: impl Into<String>) {
        let diagnostic = self.diagnostic(at, message);
        self.faults.push(diagnostic);
    }

    pub fn note(&mut self, at: &At, message: impl Into<String>) {
        let diagnostic = self.diagnostic(at, message);
        self.notes.push(diagnostic);
    }

    fn diagnostic(&self, at: &At, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            file: self.files.get(at.file).uri.clone(),
            pointer: at.pointer.clone(),
            line: at.node.line,
            message: message.into(),
        }
    }

    /// Notes every member that has no meaning here.
    pub fn known(&mut self, at: &At, names: &[&str]) {
        for (name, member) in at.members() {
            if !name.starts_with("x-") && !names.contains(&name) {
                self.note(
                    &member,
                    format!("`{name}` has no meaning here and is ignored"),
                );
            }
        }
    }

    /// Follows `$ref` until a value that is none; a fault where that fails.
    pub fn deref(&mut self, at: &At<'t>) -> Option<At<'t>> {
        let mut at = at.clone();
        for _ in 0..100 {
            let Some(reference) = at.member("$ref") else {
                return Some(at);
            };
            let Some(text) = reference.node.as_str() else {
                self.fault(&reference, "a reference must be a string");
                return None;
            };
            for (name, member) in at.members().filter(|(name, _)| *name != "$ref") {
                self.note(
                    &member,
                    format!("`{name}` stands beside `$ref` and is ignored"),
                );
            }
            match self.files.resolve(at.file, text) {
                Ok((file, pointer, node)) => {
                    at = At {
                        file,
                        pointer,
                        node,
                    }
                }
                Err(message) => {
                    self.fault(&reference, message);
                    return None;
                }
            }
        }
        self.fault(&at, "the reference leads back to itself");
        None
    }

    /// The value at that name, which must be there.
    pub fn required(&mut self, at: &At<'t>, name: &str) -> Option<At<'t>> {
        let member = at.member(name);
        if member.is_none() {
            match at.node.as_object() {
                Some(_) => self.fault(at, format!("`{name}` is missing")),
                None => self.fault(
                    at,
                    format!("this is {}, and must be an object", at.node.kind()),
                ),
            }
        }
        member
    }

    pub fn required_string(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        self.required(at, name)?;
        self.string(at, name)
    }

    /// Text that may be absent.
    pub fn string(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let member = at.member(name)?;
        let text = member.node.as_str().map(str::to_owned);
        if text.is_none() {
            let quote = if matches!(member.node.data, Data::Object(_) | Data::Array(_)) {
                ""
            } else {
                ": put it in quotes"
            };
            self.fault(
                &member,
                format!(
                    "`{name}` is {}, and must be a string{quote}",
                    member.node.kind()
                ),
            );
        }
        text
    }

    /// A boolean that may be absent, which means the default.
    pub fn boolean(&mut self, at: &At<'t>, name: &str, default: bool) -> bool {
        let Some(member) = at.member(name) else {
            return default;
        };
        match member.node.data {
            Data::Bool(value) => value,
            _ => {
                self.fault(
                    &member,
                    format!("`{name}` is {}, and must be a boolean", member.node.kind()),
                );
                default
            }
        }
    }

    /// The items of an array that may be absent.
    pub fn items(&mut self, at: &At<'t>, name: &str) -> Vec<At<'t>> {
        let Some(member) = at.member(name) else {
            return Vec::new();
        };
        match &member.node.data {
            Data::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| At {
                    file: member.file,
                    pointer: member.pointer.join(index.to_string()),
                    node,
                })
                .collect(),
            _ => {
                self.fault(
                    &member,
                    format!("`{name}` is {}, and must be an array", member.node.kind()),
                );
                Vec::new()
            }
        }
    }

    /// Texts of an array that may be absent.
    pub fn strings(&mut self, at: &At<'t>, name: &str) -> Vec<String> {
        let mut strings = Vec::new();
        for item in self.items(at, name) {
            match item.node.as_str() {
                Some(text) => strings.push(text.to_owned()),
                None => self.fault(
                    &item,
                    format!("this is {}, and must be a string", item.node.kind()),
                ),
            }
        }
        strings
    }

    /// The members of an object that may be absent.
    pub fn map(&mut self, at: &At<'t>, name: &str) -> Vec<(&'t str, At<'t>)> {
        let Some(member) = at.member(name) else {
            return Vec::new();
        };
        if member.node.as_object().is_none() {
            self.fault(
                &member,
                format!("`{name}` is {}, and must be an object", member.node.kind()),
            );
        }
        member.members().collect()
    }

    /// The members whose names start with `x-`.
    pub fn extensions(&self, at: &At) -> impl Iterator<Item = (String, Value)> + use<'t> {
        let found: Vec<_> = at
            .members()
            .filter(|(name, _)| name.starts_with("x-"))
            .map(|(name, member)| (name.to_owned(), member.node.to_value()))
            .collect();
        found.into_iter()
    }
}
