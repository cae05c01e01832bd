//! Dynamic scopes ([JSON Schema core, section 7.1](https://json-schema.org/draft/2020-12/json-schema-core#section-7.1)):
//! what the way on which one came to a schema decides.
//!
//! Of the resources on that way only this counts: for each `$dynamicAnchor`, the outermost resource that has it. There
//! are finitely many such scopes, so that a recursive schema is lowered to a finite model. Their number can be
//! exponential in the size of a document that is written for it, so they have limits.

use std::collections::{BTreeMap, HashMap};

use crate::files::Files;

/// More than the documents that people write lead to by far.
const MAX_SCOPES: usize = 1000;

/// How many schemas may be lowered in all dynamic scopes together.
pub(super) const MAX_SCHEMAS: usize = 200_000;

/// A dynamic scope, by its index in [`Scopes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope(usize);

/// The dynamic scopes that were met.
pub(super) struct Scopes {
    /// Each with the outermost resource of each name.
    outermost: Vec<BTreeMap<String, usize>>,
    known: HashMap<BTreeMap<String, usize>, Scope>,
    entered: HashMap<(Scope, usize), Scope>,
    /// Whether something was left out because there was too much.
    pub exhausted: bool,
}

impl Default for Scopes {
    /// The empty scope only.
    fn default() -> Scopes {
        Scopes {
            outermost: vec![BTreeMap::new()],
            known: HashMap::from([(BTreeMap::new(), Scope::default())]),
            entered: HashMap::new(),
            exhausted: false,
        }
    }
}

impl Scopes {
    /// The scope that a schema of a resource has where one comes to it from another scope.
    pub fn enter(&mut self, from: Scope, resource: usize, files: &Files) -> Scope {
        if let Some(scope) = self.entered.get(&(from, resource)) {
            return *scope;
        }
        let mut names = self.outermost[from.0].clone();
        for name in files.dynamic_anchors(resource) {
            names.entry(name.to_owned()).or_insert(resource);
        }
        let scope = match self.known.get(&names) {
            Some(scope) => *scope,
            None if self.outermost.len() == MAX_SCOPES => {
                self.exhausted = true;
                from
            }
            None => {
                let scope = Scope(self.outermost.len());
                self.outermost.push(names.clone());
                self.known.insert(names, scope);
                scope
            }
        };
        self.entered.insert((from, resource), scope);
        scope
    }

    /// The outermost resource of a scope that has that `$dynamicAnchor`.
    pub fn outermost(&self, scope: Scope, name: &str) -> Option<usize> {
        self.outermost[scope.0].get(name).copied()
    }
}
