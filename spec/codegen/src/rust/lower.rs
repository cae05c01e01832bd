//! Decides what Rust type holds a schema's values, and what it is called.
//!
//! A type with a name of its own is put in a list before what it holds is looked at, which waits in a queue: schemas may
//! be recursive, and nested more deeply than a program's stack.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use indexmap::IndexMap;
use openapi_model::{Diagnostic, Pointer, Schema, SchemaId, Schemas};
use schema_check::Format;

use super::docs;
use super::finish::finish;
use super::ir::{Field, Item, ItemId, Shape, Struct, Type, Variant, Word};
use super::kind::{Kind, integer, key_of_branch, kind, without_wrappers};
use super::union::variant_names;
use crate::merge::{Additional, Merged, Part, merge};
use crate::naming::{Names, type_name, value_name};
use crate::table::Tables;

/// Names that the emitted module uses for something else.
const RESERVED: [&str; 9] = [
    "BTreeMap",
    "Box",
    "Deserialize",
    "Option",
    "Result",
    "Serialize",
    "String",
    "UnknownValue",
    "Vec",
];

/// All types that were asked for, and what they hold.
pub(crate) struct Types<'a> {
    schemas: &'a Schemas,
    /// The names of the schemas that have one: the document's, and that of the type.
    named: HashMap<SchemaId, (String, String)>,
    names: Names,
    pub items: Vec<Item>,
    /// The types that were asked for from outside, in order.
    pub roots: Vec<Type>,
    known: HashMap<Vec<Part>, Type>,
    /// The types without a name that are being put together.
    unfinished: HashSet<Vec<Part>>,
    queue: VecDeque<Waiting>,
    /// How tables must be narrower than their schemas, because the types are.
    pub held: BTreeMap<SchemaId, Held>,
    pub notes: Vec<Diagnostic>,
    noted: HashSet<(Pointer, String)>,
}

/// How a type is narrower than its schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Held {
    /// An integer without a format has that one.
    As(Format),
    /// A schema without a type has that one.
    Only(openapi_model::Types),
}

/// What to call a type that the document has no name for, and what to say about it.
struct Hint {
    name: String,
    docs: String,
}

impl Hint {
    fn new(name: String, docs: String) -> Hint {
        Hint { name, docs }
    }

    /// For what a list or map without a name of its own holds.
    fn below(&self, suffix: &str, what: &str) -> Hint {
        Hint::new(
            format!("{}{suffix}", self.name),
            format!("{what} of `{}`.", self.name),
        )
    }
}

/// An item that still has to be filled.
struct Waiting {
    item: ItemId,
    kind: Kind,
    nullable: bool,
}

impl<'a> Types<'a> {
    pub fn new(schemas: &'a Schemas, named_schemas: &IndexMap<String, SchemaId>) -> Types<'a> {
        let mut names = Names::reserving(RESERVED);
        let mut named = HashMap::new();
        // They take their names first, so that no name depends on what else is asked for, or when.
        for (name, id) in named_schemas {
            named
                .entry(*id)
                .or_insert_with(|| (name.clone(), names.claim(&type_name(name))));
        }
        Types {
            schemas,
            named,
            names,
            items: Vec::new(),
            roots: Vec::new(),
            known: HashMap::new(),
            unfinished: HashSet::new(),
            queue: VecDeque::new(),
            held: BTreeMap::new(),
            notes: Vec::new(),
            noted: HashSet::new(),
        }
    }

    /// The type for the values of a schema. `hint` names it where the document does not.
    pub fn root(&mut self, id: SchemaId, hint: &str, tables: &mut Tables<'a>) -> Type {
        let hint = Hint::new(hint.to_owned(), format!("`{}`.", type_name(hint)));
        let ty = self.lower(vec![Part::open(id)], &hint);
        while let Some(waiting) = self.queue.pop_front() {
            let item = waiting.item;
            self.items[item.0].shape = self.shape(waiting, tables);
        }
        if !self.roots.contains(&ty) {
            self.roots.push(ty.clone());
        }
        ty
    }

    /// Breaks cycles that Rust does not allow, before the items are written.
    pub fn finish(&mut self) {
        for id in finish(&mut self.items) {
            let merged = merge(self.schemas, &self.items[id.0].key);
            self.note(&merged, "leads back to itself");
        }
    }

    /// The type for the values that keep all of some schemas.
    fn lower(&mut self, key: Vec<Part>, hint: &Hint) -> Type {
        let Some(key) = self.follow(key) else {
            return Type::Value;
        };
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let merged = merge(self.schemas, &key);
        let (kind, nullable) = match without_wrappers(self.schemas, &key) {
            Some(same) => (Kind::Same(same), false),
            None => kind(self.schemas, &key, &merged),
        };
        self.hold(&merged, &kind);
        // A scalar, list or map is a type of its own only where the document gives it a name.
        let is_item = matches!(kind, Kind::Struct | Kind::Words(_) | Kind::Union(_))
            || self.name_of(&key).is_some();
        let ty = if is_item && self.has_room(&merged) {
            // Another name for a type that may be null is null where that type is.
            let outside = nullable && !matches!(kind, Kind::Same(_));
            Type::Item(self.item(&key, &merged, kind, nullable, hint)).or_null(outside)
        } else {
            self.plain_within(&key, &merged, kind, hint)
                .or_null(nullable)
        };
        self.known.insert(key, ty.clone());
        ty
    }

    /// Leaves out schemas without a name that only wrap another. `None` where they lead in a circle.
    fn follow(&mut self, mut key: Vec<Part>) -> Option<Vec<Part>> {
        let mut seen = HashSet::new();
        while self.name_of(&key).is_none()
            && let Some(next) = without_wrappers(self.schemas, &key)
        {
            if !seen.insert(key.clone()) {
                self.note(
                    &merge(self.schemas, &key),
                    "leads back to itself, and so says nothing",
                );
                return None;
            }
            key = next;
        }
        Some(key)
    }

    /// The name that the document gives to the schema.
    fn name_of(&self, key: &[Part]) -> Option<&(String, String)> {
        match key {
            [part] if part.is_open => self.named.get(&part.id),
            _ => None,
        }
    }

    /// Puts an item in the list, to be filled later.
    fn item(
        &mut self,
        key: &[Part],
        merged: &Merged,
        kind: Kind,
        nullable: bool,
        hint: &Hint,
    ) -> ItemId {
        let (name, otherwise) = match self.name_of(key) {
            Some((schema, name)) => (name.clone(), format!("The schema `{schema}`.")),
            None => (self.names.claim(&type_name(&hint.name)), hint.docs.clone()),
        };
        let item = ItemId(self.items.len());
        let docs = docs::of_type(merged, &otherwise);
        self.items.push(Item {
            name,
            key: key.to_vec(),
            docs,
            shape: Shape::Alias(Type::Value),
        });
        self.queue.push_back(Waiting {
            item,
            kind,
            nullable,
        });
        item
    }

    /// Whether there may be more items. Schemas that are put together in all ways can be a great many more than the
    /// document has.
    fn has_room(&mut self, merged: &Merged) -> bool {
        let has_room = self.items.len() < 1000 + 10 * self.schemas.len();
        if !has_room {
            self.note(
                merged,
                "is one of too many that are put together from others",
            );
        }
        has_room
    }

    /// What an item is.
    fn shape(&mut self, waiting: Waiting, tables: &mut Tables<'a>) -> Shape {
        let Waiting {
            item,
            kind,
            nullable,
        } = waiting;
        let Item { name, key, .. } = self.items[item.0].clone();
        let merged = merge(self.schemas, &key);
        match kind {
            Kind::Struct => Shape::Struct(self.fields(&merged, &name)),
            Kind::Words(words) => Shape::Words(self.words(words)),
            Kind::Union(branches) => Shape::Union(self.variants(&key, &branches, &name, tables)),
            Kind::Same(same) => {
                let hint = Hint::new(format!("{name}Value"), format!("What `{name}` stands for."));
                Shape::Alias(self.lower(same, &hint).or_null(nullable))
            }
            kind => {
                let hint = Hint::new(name, String::new());
                Shape::Alias(self.plain(&merged, kind, &hint))
            }
        }
    }

    /// A type without a name of its own, which cannot hold itself.
    fn plain_within(&mut self, key: &[Part], merged: &Merged, kind: Kind, hint: &Hint) -> Type {
        /// How deeply types without a name are nested in each other.
        const DEEPEST: usize = 64;
        if self.unfinished.len() == DEEPEST || !self.unfinished.insert(key.to_vec()) {
            self.note(
                merged,
                "leads back to itself, or too deep, and has no name in `components/schemas`",
            );
            return Type::Value;
        }
        let ty = self.plain(merged, kind, hint);
        self.unfinished.remove(key);
        ty
    }

    /// A type without a name of its own.
    fn plain(&mut self, merged: &Merged, kind: Kind, hint: &Hint) -> Type {
        match kind {
            Kind::Scalar(scalar) => scalar,
            Kind::Same(same) => self.lower(same, hint),
            Kind::List => {
                if merged.has_prefix_items() {
                    self.note(merged, "has items of different types by their place");
                    return Type::List(Box::new(Type::Value));
                }
                Type::List(Box::new(
                    self.lower_all(merged.items(), &hint.below("Item", "An item")),
                ))
            }
            Kind::Map => {
                let patterns = merged.patterns();
                match merged.additional() {
                    Additional::Typed(ids) if patterns.is_empty() && !ids.is_empty() => Type::Map(
                        Box::new(self.lower_all(ids, &hint.below("Value", "A member"))),
                    ),
                    Additional::Forbidden if patterns.len() == 1 => Type::Map(Box::new(
                        self.lower_all(patterns, &hint.below("Value", "A member")),
                    )),
                    _ => Type::Object,
                }
            }
            Kind::Untyped(reason) => {
                if let Some(reason) = reason {
                    self.note(merged, reason);
                }
                Type::Value
            }
            // Only where there was no room for an item.
            Kind::Struct | Kind::Words(_) | Kind::Union(_) => Type::Value,
        }
    }

    /// The type for values that keep all of the schemas; any value where there is none.
    fn lower_all(&mut self, ids: Vec<SchemaId>, hint: &Hint) -> Type {
        if ids.is_empty() {
            return Type::Value;
        }
        self.lower(ids.into_iter().map(Part::open).collect(), hint)
    }

    fn fields(&mut self, merged: &Merged, name: &str) -> Struct {
        let required = merged.required();
        let additional = merged.additional();
        let mut names = Names::default();
        let mut fields = Vec::new();
        let properties = merged.properties();
        for (property, ids) in &properties {
            let key: Vec<Part> = ids.iter().map(|id| Part::open(*id)).collect();
            if merge(self.schemas, &key).types == openapi_model::Types::NONE {
                continue;
            }
            let is_one_way = ids.iter().any(|id| {
                let annotations = &self.schemas.get(self.schemas.resolve(*id)).annotations;
                annotations.read_only || annotations.write_only
            });
            let hint = Hint::new(
                format!("{name}{}", type_name(property)),
                format!("The {} of `{name}`.", member(property)),
            );
            fields.push(Field {
                name: names.claim(&value_name(property)),
                property: (*property).to_owned(),
                docs: docs::of_member(self.schemas, &key, &format!("The {}.", member(property))),
                is_required: required.contains(property) && !is_one_way,
                is_boxed: false,
                ty: self.lower(key, &hint),
            });
        }
        let patterns = merged.patterns();
        let others = match additional {
            Additional::Typed(ids) if patterns.is_empty() => Some(ids),
            Additional::Forbidden if patterns.len() == 1 => Some(patterns.clone()),
            Additional::Ignored | Additional::Forbidden if patterns.is_empty() => None,
            _ => Some(Vec::new()),
        };
        let extra = others.map(|ids| {
            let hint = Hint::new(
                format!("{name}Extra"),
                format!("A further member of `{name}`."),
            );
            (names.claim("extra"), self.lower_all(ids, &hint))
        });
        if extra.is_none() {
            // Members that must be there, or in a branch, and of which no more is known.
            let always = required.iter().map(|name| ((*name).to_owned(), true));
            let in_branches = required_in_branches(self.schemas, merged, 0);
            let others = in_branches.into_iter().map(|name| (name, false));
            let mut undeclared: IndexMap<String, bool> = IndexMap::new();
            for (name, is_required) in always.chain(others) {
                if !properties.contains_key(name.as_str()) {
                    undeclared.entry(name).or_insert(is_required);
                }
            }
            for (property, is_required) in undeclared {
                fields.push(Field {
                    name: names.claim(&value_name(&property)),
                    docs: vec![format!("The {}.", member(&property))],
                    property,
                    ty: Type::Value,
                    is_required,
                    is_boxed: false,
                });
            }
        }
        Struct { fields, extra }
    }

    fn words(&self, words: Vec<(String, Option<SchemaId>)>) -> Vec<Word> {
        let mut names = Names::default();
        let word = |(text, id): (String, Option<SchemaId>)| {
            let otherwise = if text.is_empty() {
                "The empty text.".to_owned()
            } else {
                format!("`{text}`.")
            };
            Word {
                name: names.claim(&type_name(&text)),
                docs: match id {
                    Some(id) => docs::of_member(self.schemas, &[Part::open(id)], &otherwise),
                    None => vec![otherwise],
                },
                text,
            }
        };
        words.into_iter().map(word).collect()
    }

    fn variants(
        &mut self,
        key: &[Part],
        branches: &[SchemaId],
        name: &str,
        tables: &mut Tables<'a>,
    ) -> Vec<Variant> {
        let names = variant_names(self.schemas, branches, |id| {
            self.named.get(&id).map(|(_, name)| name.clone())
        });
        let variant = |(variant, branch): (String, &SchemaId)| {
            let hint = Hint::new(
                format!("{name}{variant}"),
                format!("The form `{variant}` of `{name}`."),
            );
            Variant {
                docs: docs::of_member(
                    self.schemas,
                    &[Part::open(*branch)],
                    &format!("A value of the form `{variant}`."),
                ),
                ty: self.lower(key_of_branch(self.schemas, key, *branch), &hint),
                is_boxed: false,
                table: tables.reference(*branch, &hint.name),
                name: variant,
            }
        };
        names.into_iter().zip(branches).map(variant).collect()
    }

    /// Writes down where the type is narrower than the schema, for the table to say so too.
    fn hold(&mut self, merged: &Merged, kind: &Kind) {
        let Some((part, _)) = merged.first() else {
            return;
        };
        let lists_itself = |(part, schema): &(Part, &Schema)| {
            let mut branches = schema.any_of.iter().chain(&schema.one_of);
            branches.any(|branch| self.schemas.resolve(*branch) == part.id)
        };
        if merged.parts.iter().any(lists_itself) {
            let message =
                "the schema is one of its own `anyOf` or `oneOf`, which therefore restrict nothing";
            self.push_note(merged, message.to_owned());
        }
        match kind {
            Kind::Scalar(Type::Integer(_)) if merged.literals().is_none() => {
                if let (_, Some(format)) = integer(merged) {
                    self.held.insert(part.id, Held::As(format));
                }
            }
            Kind::Struct | Kind::Map | Kind::List if merged.types == openapi_model::Types::ANY => {
                self.held.insert(part.id, Held::Only(merged.kind()));
                self.push_note(
                    merged,
                    format!(
                        "the schema has no `type`, and is taken to be of the type {:?}",
                        merged.kind()
                    ),
                );
            }
            _ => {}
        }
    }

    /// Notes why a schema's values are held as any JSON value.
    fn note(&mut self, merged: &Merged, reason: &str) {
        self.push_note(
            merged,
            format!(
                "the schema {reason}: its values are held as JSON, without a type of their own"
            ),
        );
    }

    fn push_note(&mut self, merged: &Merged, message: String) {
        if let Some((_, schema)) = merged.first()
            && self.noted.insert((schema.pointer.clone(), message.clone()))
        {
            self.notes.push(Diagnostic {
                file: String::new(),
                pointer: schema.pointer.clone(),
                line: schema.line,
                message,
            });
        }
    }
}

/// The names that branches require, where those do not shape the type.
fn required_in_branches(schemas: &Schemas, merged: &Merged, depth: u32) -> Vec<String> {
    /// As deep as branches are looked into for what they add to a type.
    const DEEPEST: u32 = 3;
    let mut names = Vec::new();
    if depth < DEEPEST {
        for branch in merged.groups().into_iter().flatten() {
            let branch = merge(schemas, &[Part::open(*branch)]);
            names.extend(branch.required().into_iter().map(str::to_owned));
            names.extend(required_in_branches(schemas, &branch, depth + 1));
        }
    }
    names
}

/// A member in words.
fn member(name: &str) -> String {
    if name.is_empty() {
        "member without a name".to_owned()
    } else {
        format!("member `{name}`")
    }
}
