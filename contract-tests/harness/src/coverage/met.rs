//! Which keywords of a schema have met a value.
//!
//! A walk leads each value beside its schema and marks what speaks about it. A run has many values, and soon none shows
//! anything new: so a schema below which everything is marked is not entered again, and a walk costs what is still
//! unmarked, not what the value holds. Schemas that no value has reached take no room, and are told as the one place
//! where nothing arrived.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openapi_model::{Direction, Pointer, Schema, SchemaId, Schemas, Types};
use serde_json::{Map, Value};

/// How deep a walk goes: schemas that refer to themselves have no bottom.
const DEEPEST: usize = 100;

/// Which keywords of a schema have met a value.
#[derive(Debug)]
pub(crate) struct Met {
    root: SchemaId,
    direction: Direction,
    nodes: BTreeMap<SchemaId, Node>,
}

/// A schema that a value has reached.
#[derive(Debug)]
struct Node {
    met: Vec<&'static str>,
    /// With the types that each speaks about.
    unmet: Vec<(&'static str, Types)>,
    children: Arc<[Child]>,
    /// Whether nothing is left to be met, here and below.
    is_done: bool,
}

/// A schema that another one applies.
#[derive(Debug)]
struct Child {
    way: Way,
    schema: SchemaId,
}

/// Which values a schema is applied to.
#[derive(Clone, Debug)]
enum Way {
    /// The value itself.
    Same,
    /// The value itself, where it is of that branch.
    Branch(&'static str),
    Member(String),
    /// The members that `properties` and `patternProperties` do not have.
    OtherMembers,
    Item(usize),
    /// The items behind those.
    ItemsFrom(usize),
}

/// A place that no value has reached, in words, or a keyword that has met none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missed {
    pub(crate) keyword: &'static str,
    pub(crate) pointer: Pointer,
    /// What of the keyword.
    pub(crate) what: Option<String>,
}

impl Met {
    pub(crate) fn new(root: SchemaId, direction: Direction) -> Met {
        Met {
            root,
            direction,
            nodes: BTreeMap::new(),
        }
    }

    /// Whether another value can show nothing new.
    pub(crate) fn is_done(&self) -> bool {
        self.nodes.get(&self.root).is_some_and(|node| node.is_done)
    }

    /// Marks what a valid value meets.
    pub(crate) fn add(&mut self, schemas: &Schemas, value: &Value) {
        if self.is_done() {
            return;
        }
        if self.walk(schemas, self.root, value, 0) {
            self.close();
        }
    }

    /// Walks one value; tells whether anything was new.
    fn walk(&mut self, schemas: &Schemas, id: SchemaId, value: &Value, depth: usize) -> bool {
        if depth > DEEPEST {
            return false;
        }
        let mut is_new = false;
        let direction = self.direction;
        let node = self.nodes.entry(id).or_insert_with(|| {
            is_new = true;
            Node::new(schemas, id, direction)
        });
        if node.is_done {
            return is_new;
        }
        let types = types_of(value);
        let met = &mut node.met;
        node.unmet.retain(|(keyword, about)| {
            let is_met = about.intersects(types);
            if is_met {
                met.push(keyword);
                is_new = true;
            }
            !is_met
        });
        let children = Arc::clone(&node.children);
        for Child { way, schema } in children.iter() {
            if self.nodes.get(schema).is_some_and(|below| below.is_done) {
                continue;
            }
            let mut go = |value: &Value| is_new |= self.walk(schemas, *schema, value, depth + 1);
            match (way, value) {
                (Way::Same, _) => go(value),
                (Way::Branch(_), _) if fits(schemas, *schema, value, 0) => go(value),
                (Way::Member(name), Value::Object(members)) => {
                    members.get(name).into_iter().for_each(go);
                }
                (Way::OtherMembers, Value::Object(members)) => {
                    others(schemas.get(id), members).for_each(go);
                }
                (Way::Item(index), Value::Array(items)) => {
                    items.get(*index).into_iter().for_each(go);
                }
                (Way::ItemsFrom(first), Value::Array(items)) => {
                    items.iter().skip(*first).for_each(go);
                }
                _ => {}
            }
        }
        is_new
    }

    /// Adds what another one of the same schema has met.
    pub(crate) fn merge(&mut self, other: Met) {
        for (id, seen) in other.nodes {
            match self.nodes.entry(id) {
                Entry::Vacant(entry) => {
                    entry.insert(seen);
                }
                Entry::Occupied(mut entry) => {
                    let known = entry.get_mut();
                    for keyword in seen.met {
                        if !known.met.contains(&keyword) {
                            known.met.push(keyword);
                        }
                    }
                    known
                        .unmet
                        .retain(|(keyword, _)| !known.met.contains(keyword));
                }
            }
        }
        self.close();
    }

    /// Finds out which schemas have nothing left to be met.
    fn close(&mut self) {
        let is_open = |node: &Node| !node.unmet.is_empty();
        let mut open: BTreeSet<SchemaId> = self
            .nodes
            .iter()
            .filter(|(_, node)| is_open(node))
            .map(|(id, _)| *id)
            .collect();
        // What leads to an open one, or to one that no value has reached, is open too.
        loop {
            let leads_to_open = |node: &Node| {
                node.children.iter().any(|child| {
                    !self.nodes.contains_key(&child.schema) || open.contains(&child.schema)
                })
            };
            let more: Vec<SchemaId> = self
                .nodes
                .iter()
                .filter(|(id, node)| !open.contains(id) && leads_to_open(node))
                .map(|(id, _)| *id)
                .collect();
            if more.is_empty() {
                break;
            }
            open.extend(more);
        }
        for (id, node) in &mut self.nodes {
            node.is_done = !open.contains(id);
        }
    }

    /// The keywords that have met a value, with their places.
    pub(crate) fn met(&self, schemas: &Schemas) -> Vec<(&'static str, Pointer)> {
        let of = |(id, node): (&SchemaId, &Node)| {
            let pointer = schemas.get(*id).pointer.clone();
            // Values may come in any order.
            let mut met = node.met.clone();
            met.sort_unstable();
            met.into_iter()
                .map(move |keyword| (keyword, pointer.join(keyword)))
        };
        self.nodes.iter().flat_map(of).collect()
    }

    /// The keywords that have met no value though one was at their schema, and the schemas that no value has reached.
    pub(crate) fn missed(&self, schemas: &Schemas) -> Vec<Missed> {
        let mut missed = Vec::new();
        for (id, node) in &self.nodes {
            let pointer = &schemas.get(*id).pointer;
            missed.extend(node.unmet.iter().map(|(keyword, _)| Missed {
                keyword,
                pointer: pointer.join(keyword),
                what: None,
            }));
            for Child { way, schema } in node.children.iter() {
                if self.nodes.contains_key(schema) {
                    continue;
                }
                let (keyword, what) = match way {
                    Way::Same => continue,
                    Way::Branch(keyword) => (*keyword, None),
                    Way::Member(name) => ("properties", Some(format!("member `{name}`"))),
                    Way::OtherMembers => ("additionalProperties", None),
                    Way::Item(index) => ("prefixItems", Some(format!("item {index}"))),
                    Way::ItemsFrom(_) => ("items", None),
                };
                let entry = Missed {
                    keyword,
                    pointer: schemas.get(*schema).pointer.clone(),
                    what,
                };
                if !missed.contains(&entry) {
                    missed.push(entry);
                }
            }
        }
        missed
    }
}

/// Adds what another one has met, where there is a schema.
pub(super) fn merge_met(known: &mut Option<Met>, other: Option<Met>) {
    if let (Some(known), Some(other)) = (known, other) {
        known.merge(other);
    }
}

impl Node {
    fn new(schemas: &Schemas, id: SchemaId, direction: Direction) -> Node {
        let schema = schemas.get(id);
        let is_hidden = |id: &SchemaId| {
            let annotations = |id| &schemas.get(id).annotations;
            let (own, behind) = (annotations(*id), annotations(schemas.resolve(*id)));
            match direction {
                Direction::Request => own.read_only || behind.read_only,
                Direction::Response => own.write_only || behind.write_only,
            }
        };
        Node {
            met: Vec::new(),
            unmet: keywords(schemas, schema),
            children: children(schema)
                .into_iter()
                .filter(|child| has_something_to_meet(schemas, child.schema))
                .filter(|child| !is_hidden(&child.schema))
                .collect(),
            is_done: false,
        }
    }
}

/// Whether a schema is neither `true` nor `false`, which no value tells apart from its absence.
fn has_something_to_meet(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = schemas.get(id);
    let Schema {
        pointer,
        line,
        annotations,
        ..
    } = schema.clone();
    let anything = Schema {
        pointer,
        line,
        annotations,
        ..Schema::default()
    };
    schema.types != Types::NONE && *schema != anything
}

/// The keywords that a schema restricts values by, and the types that each speaks about.
fn keywords(schemas: &Schemas, schema: &Schema) -> Vec<(&'static str, Types)> {
    const TEXT: Types = Types::STRING;
    let is_false = |id: Option<SchemaId>| id.is_some_and(|id| schemas.get(id).types == Types::NONE);
    [
        ("type", Types::ANY, schema.types != Types::ANY),
        ("enum", Types::ANY, schema.enumeration.is_some()),
        ("const", Types::ANY, schema.constant.is_some()),
        ("not", Types::ANY, schema.not.is_some()),
        ("minimum", Types::NUMBER, schema.minimum.is_some()),
        ("maximum", Types::NUMBER, schema.maximum.is_some()),
        (
            "exclusiveMinimum",
            Types::NUMBER,
            schema.exclusive_minimum.is_some(),
        ),
        (
            "exclusiveMaximum",
            Types::NUMBER,
            schema.exclusive_maximum.is_some(),
        ),
        ("multipleOf", Types::NUMBER, schema.multiple_of.is_some()),
        ("minLength", TEXT, schema.min_length.is_some()),
        ("maxLength", TEXT, schema.max_length.is_some()),
        ("pattern", TEXT, schema.pattern.is_some()),
        ("format", TEXT.union(Types::NUMBER), schema.format.is_some()),
        ("minItems", Types::ARRAY, schema.min_items.is_some()),
        ("maxItems", Types::ARRAY, schema.max_items.is_some()),
        ("uniqueItems", Types::ARRAY, schema.unique_items),
        ("contains", Types::ARRAY, schema.contains.is_some()),
        ("items", Types::ARRAY, is_false(schema.items)),
        (
            "additionalProperties",
            Types::OBJECT,
            is_false(schema.additional_properties),
        ),
        ("required", Types::OBJECT, !schema.required.is_empty()),
        (
            "minProperties",
            Types::OBJECT,
            schema.min_properties.is_some(),
        ),
        (
            "maxProperties",
            Types::OBJECT,
            schema.max_properties.is_some(),
        ),
        (
            "propertyNames",
            Types::OBJECT,
            schema.property_names.is_some(),
        ),
        (
            "dependentRequired",
            Types::OBJECT,
            !schema.dependent_required.is_empty(),
        ),
    ]
    .into_iter()
    .filter(|(_, _, is_there)| *is_there)
    .map(|(keyword, about, _)| (keyword, about))
    .collect()
}

/// The schemas that a schema applies, and to which values.
fn children(schema: &Schema) -> Vec<Child> {
    let child = |way: Way, schema: SchemaId| Child { way, schema };
    let same = schema.reference.iter().chain(&schema.all_of);
    let mut children: Vec<Child> = same.map(|id| child(Way::Same, *id)).collect();
    for (keyword, branches) in [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
        children.extend(branches.iter().map(|id| child(Way::Branch(keyword), *id)));
    }
    for (name, id) in &schema.properties {
        children.push(child(Way::Member(name.clone()), *id));
    }
    if let Some(id) = schema.additional_properties {
        children.push(child(Way::OtherMembers, id));
    }
    for (index, id) in schema.prefix_items.iter().enumerate() {
        children.push(child(Way::Item(index), *id));
    }
    if let Some(id) = schema.items {
        children.push(child(Way::ItemsFrom(schema.prefix_items.len()), id));
    }
    children
}

/// The members that the schema does not name.
fn others<'v>(schema: &Schema, members: &'v Map<String, Value>) -> impl Iterator<Item = &'v Value> {
    // Which names a pattern fits is for the validator to say; where there are patterns, none is called another one.
    let has_patterns = !schema.pattern_properties.is_empty();
    members
        .iter()
        .filter(move |(name, _)| !has_patterns && !schema.properties.contains_key(*name))
        .map(|(_, value)| value)
}

/// Whether a value looks like one of a branch: by its type, its constants, and the members that must be there.
///
/// The value is valid, so that it is of some branch; a validator for each branch would be the exact answer, and cost
/// more than this is worth.
fn fits(schemas: &Schemas, id: SchemaId, value: &Value, depth: usize) -> bool {
    const FAR_ENOUGH: usize = 4;
    if depth > FAR_ENOUGH {
        return true;
    }
    let schema = schemas.get(id);
    let below = |id: &SchemaId| fits(schemas, *id, value, depth + 1);
    schema.types.contains(types_of(value))
        && schema
            .constant
            .as_ref()
            .is_none_or(|constant| constant == value)
        && schema
            .enumeration
            .as_ref()
            .is_none_or(|values| values.contains(value))
        && schema.reference.iter().all(below)
        && schema.all_of.iter().all(below)
        && value.as_object().is_none_or(|members| {
            let has_constants = |(name, id): (&String, &SchemaId)| {
                let Some(value) = members.get(name) else {
                    return true;
                };
                let member = schemas.get(schemas.resolve(*id));
                let is_told_apart = member.constant.is_some() || member.enumeration.is_some();
                !is_told_apart || fits(schemas, *id, value, depth + 1)
            };
            schema
                .required
                .iter()
                .all(|name| members.contains_key(name))
                && schema.properties.iter().all(has_constants)
        })
}

/// The smallest set of types that a value is of.
fn types_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) => {
            let is_whole = number.as_f64().is_none_or(|number| number.fract() == 0.0);
            if is_whole {
                Types::INTEGER
            } else {
                Types::NUMBER.without(Types::INTEGER)
            }
        }
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;
    use serde_json::json;

    use super::*;

    const THING: &str = "
        type: object
        required: [kind]
        properties:
          kind: { type: string, enum: [a, b] }
          size: { type: integer, nullable: true, minimum: 1 }
          parts: { type: array, items: { $ref: '#' } }
          id: { type: string, readOnly: true }
        additionalProperties: false";

    /// The keywords that the values left unmet, as `pointer` and what of it.
    fn missed(schema: &str, values: &[Value]) -> Vec<String> {
        let (schemas, root) = parse_schema(schema).unwrap();
        let mut met = Met::new(root, Direction::Request);
        values.iter().for_each(|value| met.add(&schemas, value));
        let missed = met.missed(&schemas);
        assert_eq!(met.is_done(), missed.is_empty() && !values.is_empty());
        let name = |Missed { pointer, what, .. }: Missed| match what {
            Some(what) => format!("{pointer} {what}"),
            None => pointer.to_string(),
        };
        missed.into_iter().map(name).collect()
    }

    #[test]
    fn what_no_value_reached_is_told_as_the_place_where_none_arrived() {
        let parts = "#/properties/parts member `parts`";
        for (values, expected) in [
            (
                vec![json!({ "kind": "a" })],
                vec!["#/properties/size member `size`", parts],
            ),
            (
                vec![json!({ "kind": "a", "size": null })],
                vec![parts, "#/properties/size/minimum"],
            ),
            (
                vec![
                    json!({ "kind": "a", "size": null }),
                    json!({ "kind": "a", "parts": [] }),
                ],
                vec!["#/properties/size/minimum", "#/properties/parts/items"],
            ),
            (
                vec![json!({ "kind": "a", "parts": [{ "kind": "b", "size": 3 }] })],
                vec![],
            ),
        ] {
            let mut found = missed(THING, &values);
            let mut expected: Vec<String> = expected.iter().map(|e| (*e).to_owned()).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn a_branch_is_reached_by_a_value_that_looks_like_it() {
        let schema = "
            oneOf:
            - { type: object, required: [cat], properties: { cat: { type: string } } }
            - { type: object, required: [dog], properties: { dog: { type: string } } }
            - { type: string }";
        assert_eq!(
            missed(schema, &[json!({ "cat": "x" }), json!("x")]),
            ["#/oneOf/1"]
        );
    }

    #[test]
    fn a_keyword_is_met_by_values_of_the_types_it_speaks_about() {
        let schema = "{ minimum: 1, maxLength: 5, enum: [1, x] }";
        assert_eq!(missed(schema, &[json!(1)]), ["#/maxLength"]);
        assert_eq!(missed(schema, &[json!(1), json!("x")]), [""; 0]);
    }
}
