//! From schemas to tables: one static of `schema_check::Schema` for each schema that says anything.

mod emit;
mod literal;

use std::collections::{BTreeMap, HashMap};

use indexmap::{IndexMap, IndexSet};
use openapi_model::{Diagnostic, Schema, SchemaId, Schemas, Types};
use proc_macro2::TokenStream;
use quote::quote;

use crate::merge::{is_any, is_reference};
use crate::naming::{Names, constant_name, ident};
use crate::rust::Held;

/// All tables that were asked for, and those that they refer to.
pub(crate) struct Tables<'a> {
    schemas: &'a Schemas,
    support: syn::Path,
    named: HashMap<SchemaId, String>,
    names: Names,
    /// The tables to write, by the schemas that they are made from.
    known: IndexMap<SchemaId, String>,
}

impl<'a> Tables<'a> {
    pub fn new(
        schemas: &'a Schemas,
        named_schemas: &IndexMap<String, SchemaId>,
        support: syn::Path,
    ) -> Tables<'a> {
        // `Schema::ANY` and the like are associated constants, and collide with nothing.
        let mut names = Names::default();
        let mut named = HashMap::new();
        for (name, id) in named_schemas {
            named
                .entry(*id)
                .or_insert_with(|| names.claim(&constant_name(name)));
        }
        Tables {
            schemas,
            support,
            named,
            names,
            known: IndexMap::new(),
        }
    }

    /// An expression of `&'static Schema`, for code beside the modules `types` and `tables`, or in the first of them.
    pub fn reference(&mut self, id: SchemaId, hint: &str) -> TokenStream {
        let support = self.support.clone();
        match self.name(id, hint) {
            Target::Any => quote!(&#support::Schema::ANY),
            Target::Never => quote!(&#support::Schema::NEVER),
            Target::Table(name) => {
                let name = ident(&name);
                quote!(&tables::#name)
            }
        }
    }

    /// The items of the module `tables`.
    pub fn items(&mut self, held: &BTreeMap<SchemaId, Held>) -> (TokenStream, Vec<Diagnostic>) {
        let roots: Vec<SchemaId> = self.known.keys().copied().collect();
        // All are named before any is written, so that names do not depend on the order in which they are written.
        let mut visited = 0;
        while let Some((id, name)) = self
            .known
            .get_index(visited)
            .map(|(id, name)| (*id, name.clone()))
        {
            visited += 1;
            for (place, child) in children(self.schemas.get(id)) {
                self.name(child, &format!("{name}_{place}"));
            }
        }
        let order = self.in_order(roots);
        emit::emit(self, &order, held)
    }

    /// Every table, each followed by those that it refers to.
    fn in_order(&self, roots: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut order = IndexSet::new();
        let mut waiting: Vec<SchemaId> = roots.into_iter().rev().collect();
        while let Some(id) = waiting.pop() {
            if self.known.contains_key(&id) && order.insert(id) {
                let below = children(self.schemas.get(id));
                waiting.extend(below.into_iter().rev().map(|(_, child)| self.target(child)));
            }
        }
        order.into_iter().collect()
    }

    /// What stands for a schema in a table, named by `hint` where the document has no name for it.
    fn name(&mut self, id: SchemaId, hint: &str) -> Target {
        let id = self.target(id);
        let schema = self.schemas.get(id);
        if schema.types == Types::NONE {
            return Target::Never;
        }
        let says_nothing = is_any(schema) || is_reference(schema);
        if says_nothing && !schema.annotations.read_only && !schema.annotations.write_only {
            return Target::Any;
        }
        if let Some(known) = self.known.get(&id) {
            return Target::Table(known.clone());
        }
        let name = match self.named.get(&id) {
            Some(name) => name.clone(),
            None => self.names.claim(&constant_name(hint)),
        };
        self.known.insert(id, name.clone());
        Target::Table(name)
    }

    /// The schema behind references that say nothing themselves.
    fn target(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..self.schemas.len() {
            let schema = self.schemas.get(at);
            match schema.reference {
                Some(next) if is_reference(schema) => at = next,
                _ => return at,
            }
        }
        // References in a circle: nothing is said.
        at
    }
}

/// What stands for a schema in a table.
enum Target {
    Any,
    Never,
    Table(String),
}

/// The schemas that a schema refers to, each with the name of its place.
fn children(schema: &Schema) -> Vec<(String, SchemaId)> {
    let mut children: Vec<(String, SchemaId)> = Vec::new();
    let mut single =
        |place: &str, id: &Option<SchemaId>| children.extend(id.map(|id| (place.to_owned(), id)));
    single("ref", &schema.reference);
    single("items", &schema.items);
    single("contains", &schema.contains);
    single("others", &schema.additional_properties);
    single("names", &schema.property_names);
    single("not", &schema.not);
    single("if", &schema.if_);
    single("then", &schema.then);
    single("else", &schema.else_);
    for (place, map) in [
        ("", &schema.properties),
        ("pattern ", &schema.pattern_properties),
        ("with ", &schema.dependent_schemas),
    ] {
        children.extend(map.iter().map(|(name, id)| (format!("{place}{name}"), *id)));
    }
    for (place, list) in [
        ("item", &schema.prefix_items),
        ("all_of", &schema.all_of),
        ("any_of", &schema.any_of),
        ("one_of", &schema.one_of),
    ] {
        children.extend(
            list.iter()
                .enumerate()
                .map(|(index, id)| (format!("{place}_{}", index + 1), *id)),
        );
    }
    children
}
