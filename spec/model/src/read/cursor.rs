//! A value together with its place, and the small questions that every object of a document is asked.

use serde_json::Value;

use super::Reader;
use crate::files::{Files, Target};
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

    /// The items of an array; none where this is no array.
    pub fn items(&self) -> impl Iterator<Item = At<'t>> + use<'t> {
        let (file, pointer) = (self.file, self.pointer.clone());
        let items = match &self.node.data {
            Data::Array(items) => Some(items),
            _ => None,
        };
        let numbered = items.into_iter().flatten().enumerate();
        numbered.map(move |(index, node)| At {
            file,
            pointer: pointer.join(index.to_string()),
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

impl<'t> From<Target<'t>> for At<'t> {
    fn from(target: Target<'t>) -> At<'t> {
        At {
            file: target.file,
            pointer: target.pointer,
            node: target.node,
        }
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

    /// The name of the file that a place is in; empty for the document itself.
    pub fn file_of(&self, at: &At) -> String {
        self.files.get(at.file).uri.clone()
    }

    fn diagnostic(&self, at: &At, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            file: self.file_of(at),
            pointer: at.pointer.clone(),
            line: at.node.line,
            message: message.into(),
        }
    }

    /// Notes every member that has no meaning here.
    pub fn known(&mut self, at: &At, names: &[&str]) {
        self.known_in(at, names, &[]);
    }

    /// Notes every member that has no meaning here, where some have one since OpenAPI 3.1.
    pub fn known_in(&mut self, at: &At, names: &[&str], since_31: &[&str]) {
        for (name, member) in at.members() {
            if name.starts_with("x-") || names.contains(&name) {
                continue;
            }
            if !since_31.contains(&name) {
                self.note(
                    &member,
                    format!("`{name}` has no meaning here and is ignored"),
                );
            } else if !self.is_31() {
                self.note(
                    &member,
                    format!("`{name}` is of OpenAPI 3.1, and ignored in a document of 3.0"),
                );
            }
        }
    }

    /// Follows `$ref` until a value that is none; a fault where that fails.
    pub fn deref(&mut self, at: &At<'t>) -> Option<At<'t>> {
        let (at, _) = self.described(at)?;
        Some(at)
    }

    /// Follows `$ref` until a value that is none, which is given with its description: since OpenAPI 3.1 one that stands
    /// beside `$ref` takes the place of the value's own.
    pub fn described(&mut self, at: &At<'t>) -> Option<(At<'t>, Option<String>)> {
        let mut at = at.clone();
        let mut description = None;
        for _ in 0..100 {
            let Some(reference) = at.member("$ref") else {
                let own = self.string(&at, "description");
                return Some((at, description.or(own)));
            };
            for (name, member) in at.members().filter(|(name, _)| *name != "$ref") {
                if self.is_31() && matches!(name, "summary" | "description") {
                    let text = self.string(&at, name);
                    if name == "description" {
                        description = description.or(text);
                    }
                } else {
                    self.note(
                        &member,
                        format!("`{name}` stands beside `$ref` and is ignored"),
                    );
                }
            }
            at = self.target(&at, &reference)?;
        }
        self.fault(&at, "the reference leads back to itself");
        None
    }

    /// Where the `$ref` leads that stands in an object which is no schema; a fault where it leads nowhere.
    pub fn target(&mut self, at: &At<'t>, reference: &At<'t>) -> Option<At<'t>> {
        let Some(text) = reference.node.as_str() else {
            self.fault(reference, "a reference must be a string");
            return None;
        };
        let from = self.files.resource_of_file(at.file);
        if let Err(uri) = self.files.resource_of(from, text) {
            self.unread.push(uri);
        }
        match self.files.resolve(from, text) {
            Ok(target) => Some(At::from(target)),
            Err(message) => {
                self.fault(reference, message);
                None
            }
        }
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
            Data::Array(_) => member.items().collect(),
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
        let items = self.items(at, name);
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    /// A value that must be a text.
    pub fn text(&mut self, at: &At<'t>) -> Option<String> {
        let text = at.node.as_str().map(str::to_owned);
        if text.is_none() {
            self.fault(
                at,
                format!("this is {}, and must be a string", at.node.kind()),
            );
        }
        text
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
