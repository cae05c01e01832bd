//! Path items, and those whose requests the server makes: callbacks and webhooks.

use super::Reader;
use super::cursor::At;
use super::operations::{METHODS, Targets};
use crate::Parameter;

/// A path item, and those to which its `$ref` leads: a member that the nearer one lacks is that of the next.
pub(super) struct PathItem<'t>(Vec<At<'t>>);

impl<'t> PathItem<'t> {
    pub fn member(&self, name: &str) -> Option<At<'t>> {
        self.0.iter().find_map(|at| at.member(name))
    }
}

impl<'t> Reader<'t> {
    /// Follows the `$ref` of a path item, beside which other members count, unlike anywhere else in OpenAPI 3.0.
    ///
    /// What a member means that stands on both sides is undefined; here it is what stands beside the `$ref`.
    pub(super) fn path_item(&mut self, at: &At<'t>) -> Option<PathItem<'t>> {
        let mut known = vec!["$ref", "summary", "description", "servers", "parameters"];
        known.extend(METHODS.iter().map(|(name, _)| *name));
        let mut item = PathItem(Vec::new());
        let mut at = at.clone();
        for _ in 0..100 {
            self.known(&at, &known);
            for (name, member) in at.members() {
                if !matches!(name, "$ref" | "summary" | "description")
                    && item.member(name).is_some()
                {
                    let message = format!(
                        "`{name}` stands beside a `$ref` that leads here, and counts there"
                    );
                    self.note(&member, message);
                }
            }
            let reference = at.member("$ref");
            item.0.push(at.clone());
            match reference {
                None => return Some(item),
                Some(reference) => at = self.target(&at, &reference)?,
            }
        }
        self.fault(&at, "the reference leads back to itself");
        None
    }

    /// The parameters of all operations of a path item.
    pub(super) fn shared_parameters(&mut self, item: &PathItem<'t>) -> Vec<Parameter> {
        match item.0.iter().find(|at| at.member("parameters").is_some()) {
            Some(at) => self.parameters(at),
            None => Vec::new(),
        }
    }

    /// Reads the operations of `callbacks` for their faults and schemas.
    pub(super) fn callbacks(&mut self, at: &At<'t>) {
        for (_, callback) in self.map(at, "callbacks") {
            let Some(callback) = self.deref(&callback) else {
                continue;
            };
            let items = callback
                .members()
                .filter(|(name, _)| !name.starts_with("x-"));
            for (expression, item) in items {
                self.read_aside(expression, &item);
            }
        }
    }

    /// Reads the operations of `webhooks` for their faults and schemas.
    pub(super) fn webhooks(&mut self, root: &At<'t>) {
        let Some(webhooks) = root.member("webhooks").filter(|_| self.is_31()) else {
            return;
        };
        self.note(
            &webhooks,
            "webhooks are requests of the server's own: they are read for faults, and kept nowhere",
        );
        for (name, item) in self.map(root, "webhooks") {
            self.read_aside(name, &item);
        }
    }

    /// Reads a path item that is kept nowhere, for its faults and schemas.
    pub(super) fn read_aside(&mut self, path: &str, item: &At<'t>) {
        let Some(item) = self.path_item(item) else {
            return;
        };
        let shared = self.shared_parameters(&item);
        for (name, method) in METHODS {
            let Some(operation) = item.member(name) else {
                continue;
            };
            // One of its own callbacks may be the same.
            let place = (operation.file, operation.pointer.clone());
            if self.met_aside.insert(place) {
                let mut targets = Targets::new();
                self.operation(&operation, path, method, &shared, &mut targets);
            }
        }
    }
}
