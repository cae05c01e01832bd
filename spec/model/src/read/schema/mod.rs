//! The one lowering of schemas: every dialect to the vocabulary of JSON Schema 2020-12.
//!
//! No other file matches on the document's schema keywords. Which there are says `dialect`; where references lead is
//! found out by `identifiers`, before `keywords` makes of each what it means.
//!
//! `$dynamicRef` leads to different schemas, depending on the way on which one came to it. That is settled here: a
//! schema is lowered once for each dynamic scope in which it is met, as far as there is a `$dynamicRef` that could tell
//! them apart, so that the model knows plain references only.

mod dialect;
mod identifiers;
mod keywords;
mod metaschemas;
mod scope;
mod values;
mod vocabularies;

use std::collections::HashMap;

use super::Reader;
use super::cursor::At;
use crate::files::{Home, Target};
use crate::tree::Data;
use crate::{Diagnostic, Pointer, Schema, SchemaId, Schemas};
pub use dialect::Dialect;
use dialect::Holds;
pub(super) use identifiers::{load, load_api};
pub use keywords::{Keyword, Treatment};
use scope::{MAX_SCHEMAS, Scope, Scopes};
pub(crate) use vocabularies::Vocabularies;

impl Home {
    /// Where a keyword's value holds schemas; none where the keyword has no meaning here.
    fn keyword(self, name: &str) -> Option<Holds> {
        let holds = self.dialect.keyword(name)?;
        self.vocabularies.have(name).then_some(holds)
    }
}

/// A schema and what decides about its meaning.
#[derive(Clone)]
struct Place<'t> {
    at: At<'t>,
    home: Home,
    scope: Scope,
}

/// The schemas of a document.
#[derive(Default)]
pub(super) struct Queue<'t> {
    /// Those that have an id, by their places, so that each is lowered once however many references lead to it.
    ids: HashMap<(usize, Pointer, Scope), SchemaId>,
    /// Those of them that are not lowered yet.
    open: Vec<(SchemaId, Place<'t>)>,
    /// Those that are, each with its file.
    done: Vec<(SchemaId, usize, Schema)>,
    scopes: Scopes,
    next: u32,
}

impl Queue<'_> {
    /// Where the schemas stand that are not lowered yet.
    pub(super) fn places(&self) -> Vec<(usize, Pointer)> {
        let places = self.open.iter().map(|(_, place)| &place.at);
        places.map(|at| (at.file, at.pointer.clone())).collect()
    }

    fn next(&mut self) -> SchemaId {
        let id = SchemaId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }
}

impl<'t> Reader<'t> {
    /// The id of the schema at that place, which is lowered later.
    pub(super) fn schema(&mut self, at: &At<'t>) -> SchemaId {
        let home = self
            .files
            .home_around(at.file, &at.pointer)
            .unwrap_or(Home {
                resource: at.file,
                dialect: Dialect::OpenApi30,
                vocabularies: Vocabularies::ALL,
            });
        let around = Place {
            at: at.clone(),
            home,
            scope: Scope::default(),
        };
        self.part(&around, at)
    }

    /// The id of a schema that stands in another one.
    fn part(&mut self, around: &Place<'t>, at: &At<'t>) -> SchemaId {
        let place = self.place(around, at);
        if matches!(at.node.data, Data::Bool(_)) && !place.home.dialect.has_boolean_schemas() {
            self.fault(at, "this is a boolean, and must be a schema");
        }
        self.enqueue(place)
    }

    /// The id of a schema that stands in another one, where a boolean may stand in every dialect.
    fn part_or_boolean(&mut self, around: &Place<'t>, at: &At<'t>) -> SchemaId {
        let place = self.place(around, at);
        self.enqueue(place)
    }

    fn place(&mut self, around: &Place<'t>, at: &At<'t>) -> Place<'t> {
        let home = self.files.home(at.file, &at.pointer).unwrap_or(around.home);
        Place {
            at: at.clone(),
            home,
            scope: self.enter(around, home),
        }
    }

    fn enter(&mut self, from: &Place<'t>, home: Home) -> Scope {
        self.queue
            .scopes
            .enter(from.scope, home.resource, self.files)
    }

    fn enqueue(&mut self, place: Place<'t>) -> SchemaId {
        let key = (place.at.file, place.at.pointer.clone(), place.scope);
        if let Some(id) = self.queue.ids.get(&key) {
            return *id;
        }
        let id = self.queue.next();
        if place.scope != Scope::default() && self.queue.ids.len() >= MAX_SCHEMAS {
            self.queue.scopes.exhausted = true;
            self.queue.done.push((id, place.at.file, Schema::default()));
            return id;
        }
        self.queue.ids.insert(key, id);
        self.queue.open.push((id, place));
        id
    }

    /// The id of the schema that a reference leads to; a fault where it leads to none.
    fn referenced(&mut self, from: &Place<'t>, at: &At<'t>, dynamic: bool) -> Option<SchemaId> {
        let Some(text) = at.node.as_str() else {
            self.fault(at, "a reference must be a string");
            return None;
        };
        let mut target = match self.files.resolve(from.home.resource, text) {
            Ok(target) => target,
            Err(message) => {
                self.fault(at, message);
                return None;
            }
        };
        if dynamic && let Some(outermost) = self.outermost(from, &target) {
            target = outermost;
        }
        if matches!(target.node.data, Data::Bool(_)) && !target.home.dialect.has_boolean_schemas() {
            self.fault(
                at,
                format!("`{text}` leads to a boolean, and must lead to a schema"),
            );
            return None;
        }
        Some(self.at_target(from, target))
    }

    /// The id of the schema that a reference was found to lead to.
    fn at_target(&mut self, from: &Place<'t>, target: Target<'t>) -> SchemaId {
        let home = target.home;
        let place = Place {
            scope: self.enter(from, home),
            home,
            at: At::from(target),
        };
        self.enqueue(place)
    }

    /// Where a `$dynamicRef` leads that was resolved like a `$ref`: to the schema of the same `$dynamicAnchor` in the
    /// outermost resource on the way from the root that has one
    /// ([JSON Schema core, section 8.2.3.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2)).
    fn outermost(&self, from: &Place<'t>, target: &Target<'t>) -> Option<Target<'t>> {
        let name = target.dynamic_anchor?;
        let resource = self.queue.scopes.outermost(from.scope, name)?;
        self.files.resolve(resource, &format!("#{name}")).ok()
    }

    /// A schema that is a reference and nothing else.
    fn reference_to(&mut self, target: SchemaId, at: &At<'t>) -> SchemaId {
        let id = self.queue.next();
        let schema = Schema {
            file: self.file_of(at),
            pointer: at.pointer.clone(),
            line: at.node.line,
            reference: Some(target),
            ..Schema::default()
        };
        self.queue.done.push((id, at.file, schema));
        id
    }

    /// Lowers every schema that has an id, and those that they hold and refer to.
    pub(super) fn lower_all(&mut self) -> Schemas {
        while let Some((id, place)) = self.queue.open.pop() {
            let schema = self.lower(&place);
            self.queue.done.push((id, place.at.file, schema));
        }
        if self.queue.scopes.exhausted {
            self.fault(
                &At::root(self.files),
                "there are too many ways on which the schemas of `$dynamicAnchor` are met: use fewer of them",
            );
        }
        let mut done = std::mem::take(&mut self.queue.done);
        done.sort_by_key(|(id, _, _)| *id);
        let (files, schemas): (Vec<_>, Vec<_>) = done
            .into_iter()
            .map(|(_, file, schema)| (file, schema))
            .unzip();
        let schemas = Schemas(schemas);
        self.reject_circles(&schemas, &files);
        schemas
    }

    /// A schema that is a reference to itself, directly or by way of others, says nothing.
    fn reject_circles(&mut self, schemas: &Schemas, files: &[usize]) {
        /// What is known of where the references from a schema lead.
        #[derive(Clone, Copy, PartialEq)]
        enum Way {
            Unknown,
            BeingWalked,
            Ends,
            Circle,
        }
        let mut ways = vec![Way::Unknown; schemas.len()];
        for (start, _) in schemas.iter() {
            let mut path = Vec::new();
            let mut at = Some(start);
            let end = loop {
                let Some(id) = at else { break Way::Ends };
                match ways[id.index()] {
                    Way::Unknown => ways[id.index()] = Way::BeingWalked,
                    Way::BeingWalked => break Way::Circle,
                    known => break known,
                }
                path.push(id);
                at = schemas.get(id).reference;
            };
            path.iter().for_each(|id| ways[id.index()] = end);
        }
        for (id, schema) in schemas.iter() {
            if ways[id.index()] == Way::Circle {
                self.faults.push(Diagnostic {
                    file: self.files.get(files[id.index()]).uri.clone(),
                    pointer: schema.pointer.clone(),
                    line: schema.line,
                    message: "the reference leads back to itself".to_owned(),
                });
            }
        }
    }
}
