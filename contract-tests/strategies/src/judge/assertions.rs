//! The schemas that a value may be judged by, compiled from the model.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use openapi_model::{Direction, Pointer, Schema, SchemaId, Schemas, Types};
use serde_json::{Number, Value};

use super::{Format, Multiple};
use crate::Unsupported;
use crate::pattern::Pattern;

/// The place of a schema in [`Judge`].
pub(crate) type Id = usize;

/// Every schema that is reachable from one, the first.
#[derive(Debug)]
pub(crate) struct Judge {
    schemas: Vec<Assertions>,
    tracks_evaluation: bool,
    /// For each schema that speaks of what is unevaluated: the schemas that it applies to the same value.
    applied: HashMap<Id, Vec<Id>>,
}

/// What one schema asserts. The members are the keywords of JSON Schema 2020-12.
#[derive(Debug, Default)]
pub(crate) struct Assertions {
    pub(crate) pointer: Pointer,
    pub(crate) reference: Option<Id>,
    pub(crate) types: Types,
    pub(crate) enumeration: Option<Vec<Value>>,
    pub(crate) constant: Option<Value>,
    pub(crate) minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_minimum: Option<Number>,
    pub(crate) exclusive_maximum: Option<Number>,
    pub(crate) multiple_of: Option<Multiple>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<Arc<Pattern>>,
    pub(crate) format: Option<Format>,
    pub(crate) items: Option<Id>,
    pub(crate) prefix_items: Vec<Id>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) unevaluated_items: Option<Id>,
    pub(crate) contains: Option<Id>,
    pub(crate) min_contains: Option<u64>,
    pub(crate) max_contains: Option<u64>,
    pub(crate) properties: IndexMap<String, Property>,
    pub(crate) pattern_properties: Vec<(Arc<Pattern>, Id)>,
    pub(crate) additional_properties: Option<Id>,
    pub(crate) unevaluated_properties: Option<Id>,
    pub(crate) property_names: Option<Id>,
    pub(crate) required: Vec<String>,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) dependent_required: IndexMap<String, Vec<String>>,
    pub(crate) dependent_schemas: IndexMap<String, Id>,
    pub(crate) all_of: Vec<Id>,
    pub(crate) any_of: Vec<Id>,
    pub(crate) one_of: Vec<Id>,
    pub(crate) not: Option<Id>,
    pub(crate) if_: Option<Id>,
    pub(crate) then: Option<Id>,
    pub(crate) else_: Option<Id>,
    pub(crate) discriminator: Option<Telling>,
}

/// A `discriminator`: the member that tells which branch of `oneOf` or `anyOf` a value belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    pub(crate) property: String,
    /// For each branch a schema of the member's values that name it; `None` for a branch without a name.
    pub(crate) names: Vec<Option<Id>>,
}

/// One of `properties`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property {
    pub(crate) schema: Id,
    /// It belongs in the other direction only: `readOnly` in a request, `writeOnly` in a response.
    pub(crate) hidden: bool,
}

impl Judge {
    /// Compiles what is reachable from the schema, which becomes [`Judge::ROOT`].
    pub(crate) fn compile(
        schemas: &Schemas,
        root: SchemaId,
        direction: Direction,
    ) -> Result<Judge, Unsupported> {
        let mut compiler = Compiler {
            schemas,
            direction,
            places: vec![None; schemas.len()],
            found: Vec::new(),
        };
        compiler.place(root);
        let mut compiled = Vec::new();
        while let Some(next) = compiler.found.get(compiled.len()).copied() {
            compiled.push(compiler.compile(schemas.get(next))?);
        }
        let tracks_evaluation = compiled.iter().any(|schema| {
            schema.unevaluated_items.is_some() || schema.unevaluated_properties.is_some()
        });
        let mut judge = Judge {
            schemas: compiled,
            tracks_evaluation,
            applied: HashMap::new(),
        };
        judge.refuse_circles()?;
        judge.note_applied();
        for (id, schema) in compiler.found.iter().enumerate() {
            judge.read_discriminator(schemas, id, schemas.get(*schema));
        }
        Ok(judge)
    }

    /// The schema that the others were reached from.
    pub(crate) const ROOT: Id = 0;

    pub(crate) fn get(&self, id: Id) -> &Assertions {
        &self.schemas[id]
    }

    /// Whether a schema speaks of what others leave unevaluated.
    pub(crate) fn tracks_evaluation(&self) -> bool {
        self.tracks_evaluation
    }

    fn note_applied(&mut self) {
        let speaks = |schema: &Assertions| {
            schema.unevaluated_items.is_some() || schema.unevaluated_properties.is_some()
        };
        let ids = (0..self.schemas.len()).filter(|id| speaks(&self.schemas[*id]));
        self.applied = ids.map(|id| (id, self.find_applied(id))).collect();
    }

    /// The schema, which speaks of what is unevaluated, and every schema that it applies to the same value.
    pub(crate) fn applied_by(&self, id: Id) -> &[Id] {
        self.applied.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Adds a schema that none refers to.
    pub(super) fn add(&mut self, schema: Assertions) -> Id {
        self.schemas.push(schema);
        self.schemas.len() - 1
    }

    pub(super) fn set_discriminator(&mut self, id: Id, telling: Telling) {
        self.schemas[id].discriminator = Some(telling);
    }

    /// A schema that applies to a value because it applies to that value has no meaning, and one that applies by way
    /// of too many others would exhaust the stack.
    fn refuse_circles(&self) -> Result<(), Unsupported> {
        const ON_THE_WAY: usize = usize::MAX;
        // How many schemas apply one because of the other.
        let mut depths: Vec<Option<usize>> = vec![None; self.schemas.len()];
        let undecided = |id: Id, reason: &str| Unsupported::Undecided {
            pointer: self.schemas[id].pointer.clone(),
            reason: reason.to_owned(),
        };
        for start in 0..self.schemas.len() {
            let mut way: Vec<(Id, Vec<Id>)> = Vec::new();
            if depths[start].is_none() {
                depths[start] = Some(ON_THE_WAY);
                way.push((start, self.schemas[start].in_place().collect()));
            }
            while let Some((id, open)) = way.last_mut() {
                let id = *id;
                match open.pop() {
                    Some(next) => match depths[next] {
                        Some(ON_THE_WAY) => {
                            let reason = "the schema refers back to itself for the same value";
                            return Err(undecided(id, reason));
                        }
                        Some(_) => {}
                        None => {
                            depths[next] = Some(ON_THE_WAY);
                            way.push((next, self.schemas[next].in_place().collect()));
                        }
                    },
                    None => {
                        let below = self.schemas[id].in_place().filter_map(|next| depths[next]);
                        let depth = below.max().map_or(0, |below| below + 1);
                        if depth > LONGEST_CHAIN {
                            let reason = format!(
                                "more than {LONGEST_CHAIN} schemas apply to one value, each because of the one before"
                            );
                            return Err(undecided(id, &reason));
                        }
                        depths[id] = Some(depth);
                        way.pop();
                    }
                }
            }
        }
        Ok(())
    }
}

/// How many schemas may apply to one value, each because of the one before.
const LONGEST_CHAIN: usize = 128;

impl Assertions {
    /// The schemas that apply to the same value.
    pub(crate) fn in_place(&self) -> impl Iterator<Item = Id> + '_ {
        self.reference
            .into_iter()
            .chain(self.all_of.iter().copied())
            .chain(self.any_of.iter().copied())
            .chain(self.one_of.iter().copied())
            .chain(
                [self.not, self.if_, self.then, self.else_]
                    .into_iter()
                    .flatten(),
            )
            .chain(self.dependent_schemas.values().copied())
    }

    /// Whether it says `false` to every value by itself.
    pub(crate) fn is_false(&self) -> bool {
        self.types == Types::NONE
    }
}

struct Compiler<'s> {
    schemas: &'s Schemas,
    direction: Direction,
    places: Vec<Option<Id>>,
    /// In the order of their places.
    found: Vec<SchemaId>,
}

impl Compiler<'_> {
    fn place(&mut self, id: SchemaId) -> Id {
        *self.places[id.index()].get_or_insert_with(|| {
            self.found.push(id);
            self.found.len() - 1
        })
    }

    fn compile(&mut self, schema: &Schema) -> Result<Assertions, Unsupported> {
        // Taken apart in full, so that a keyword that is added to the model is not forgotten here.
        let Schema {
            file: _,
            pointer,
            line: _,
            reference,
            types,
            enumeration,
            constant,
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of,
            min_length,
            max_length,
            pattern,
            format,
            items,
            prefix_items,
            min_items,
            max_items,
            unique_items,
            contains,
            min_contains,
            max_contains,
            properties,
            pattern_properties,
            additional_properties,
            property_names,
            required,
            min_properties,
            max_properties,
            dependent_required,
            dependent_schemas,
            unevaluated_items,
            unevaluated_properties,
            all_of,
            any_of,
            one_of,
            not,
            if_,
            then,
            else_,
            // Read when all schemas are there, see `read_discriminator`.
            discriminator: _,
            annotations: _,
        } = schema;
        let properties: IndexMap<String, Property> = properties
            .iter()
            .map(|(name, id)| {
                let annotations = &self.schemas.get(self.schemas.resolve(*id)).annotations;
                let hidden = match self.direction {
                    Direction::Request => annotations.read_only,
                    Direction::Response => annotations.write_only,
                };
                (
                    name.clone(),
                    Property {
                        schema: self.place(*id),
                        hidden,
                    },
                )
            })
            .collect();
        let required = required
            .iter()
            .filter(|name| !properties.get(*name).is_some_and(|p| p.hidden))
            .cloned()
            .collect();
        let read = |text: &str| {
            Pattern::new(text)
                .map(Arc::new)
                .map_err(|error| Unsupported::Undecided {
                    pointer: pointer.clone(),
                    reason: format!("the pattern {text:?} is no ECMA 262 pattern: {error}"),
                })
        };
        Ok(Assertions {
            pointer: pointer.clone(),
            reference: reference.map(|id| self.place(id)),
            types: *types,
            enumeration: enumeration.clone(),
            constant: constant.clone(),
            minimum: minimum.clone(),
            maximum: maximum.clone(),
            exclusive_minimum: exclusive_minimum.clone(),
            exclusive_maximum: exclusive_maximum.clone(),
            multiple_of: multiple_of.as_ref().map(Multiple::of),
            min_length: *min_length,
            max_length: *max_length,
            pattern: pattern.as_deref().map(read).transpose()?,
            format: format.as_deref().and_then(Format::named),
            items: items.map(|id| self.place(id)),
            prefix_items: self.places(prefix_items),
            min_items: *min_items,
            max_items: *max_items,
            unique_items: *unique_items,
            unevaluated_items: unevaluated_items.map(|id| self.place(id)),
            contains: contains.map(|id| self.place(id)),
            min_contains: *min_contains,
            max_contains: *max_contains,
            properties,
            pattern_properties: pattern_properties
                .iter()
                .map(|(pattern, id)| Ok((read(pattern)?, self.place(*id))))
                .collect::<Result<_, _>>()?,
            additional_properties: additional_properties.map(|id| self.place(id)),
            unevaluated_properties: unevaluated_properties.map(|id| self.place(id)),
            property_names: property_names.map(|id| self.place(id)),
            required,
            min_properties: *min_properties,
            max_properties: *max_properties,
            dependent_required: dependent_required.clone(),
            dependent_schemas: dependent_schemas
                .iter()
                .map(|(name, id)| (name.clone(), self.place(*id)))
                .collect(),
            all_of: self.places(all_of),
            any_of: self.places(any_of),
            one_of: self.places(one_of),
            not: not.map(|id| self.place(id)),
            if_: if_.map(|id| self.place(id)),
            then: then.map(|id| self.place(id)),
            else_: else_.map(|id| self.place(id)),
            discriminator: None,
        })
    }

    fn places(&mut self, ids: &[SchemaId]) -> Vec<Id> {
        ids.iter().map(|id| self.place(*id)).collect()
    }
}
