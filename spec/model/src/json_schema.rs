//! A schema of the model as a JSON Schema document of its own, for validators that are not ours.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::{Direction, Schema, SchemaId, Schemas, Types};

/// The schema as a self-contained document of JSON Schema 2020-12, its references led to `$defs`.
///
/// The direction decides about properties: one that is `readOnly` is not required in a request; one that is
/// `writeOnly` is not required in a response, and not allowed there.
///
/// ```
/// use openapi_model::{Direction, json_schema, parse_schema};
/// use serde_json::json;
///
/// let (schemas, id) = parse_schema("{ type: integer, nullable: true, minimum: 1, exclusiveMinimum: true }").unwrap();
/// assert_eq!(
///     json_schema(&schemas, id, Direction::Request),
///     json!({
///         "$schema": "https://json-schema.org/draft/2020-12/schema",
///         "type": ["null", "integer"],
///         "exclusiveMinimum": 1,
///     })
/// );
/// ```
pub fn json_schema(schemas: &Schemas, id: SchemaId, direction: Direction) -> Value {
    let mut writer = Writer {
        schemas,
        direction,
        referenced: HashSet::new(),
        unwritten: Vec::new(),
    };
    let root = writer.schema(id);
    let mut document = match root {
        Value::Object(members) => members,
        // `false`; `true` is written as an empty object.
        other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
    };
    let mut definitions = Map::new();
    while let Some(next) = writer.unwritten.pop() {
        let definition = writer.schema(next);
        definitions.insert(name(next), definition);
    }
    document.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    if !definitions.is_empty() {
        document.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(document)
}

struct Writer<'s> {
    schemas: &'s Schemas,
    direction: Direction,
    /// The schemas that are written as definitions.
    referenced: HashSet<SchemaId>,
    /// Those of them that are not written yet.
    unwritten: Vec<SchemaId>,
}

fn name(id: SchemaId) -> String {
    format!("schema{}", id.index())
}

impl Writer<'_> {
    fn schema(&mut self, id: SchemaId) -> Value {
        // Taken apart in full, so that a keyword that is added to the model is not forgotten here.
        let Schema {
            file: _,
            pointer: _,
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
            discriminator: _,
            annotations: _,
        } = self.schemas.get(id);
        if *types == Types::NONE {
            return Value::Bool(false);
        }
        let mut out = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                out.insert(name.to_owned(), value);
            }
        };
        if let Some(reference) = reference {
            if self.referenced.insert(*reference) {
                self.unwritten.push(*reference);
            }
            put("$ref", Some(json!(format!("#/$defs/{}", name(*reference)))));
        }
        put("type", (*types != Types::ANY).then(|| json_types(*types)));
        put("enum", enumeration.clone().map(Value::Array));
        put("const", constant.clone());
        for (keyword, number) in [
            ("minimum", minimum),
            ("maximum", maximum),
            ("exclusiveMinimum", exclusive_minimum),
            ("exclusiveMaximum", exclusive_maximum),
            ("multipleOf", multiple_of),
        ] {
            put(keyword, number.clone().map(Value::Number));
        }
        for (keyword, count) in [
            ("minLength", min_length),
            ("maxLength", max_length),
            ("minItems", min_items),
            ("maxItems", max_items),
            ("minContains", min_contains),
            ("maxContains", max_contains),
            ("minProperties", min_properties),
            ("maxProperties", max_properties),
        ] {
            put(keyword, count.map(Value::from));
        }
        put("pattern", pattern.clone().map(Value::String));
        put("format", format.clone().map(Value::String));
        put("uniqueItems", unique_items.then_some(Value::Bool(true)));
        for (keyword, schema) in [
            ("items", items),
            ("contains", contains),
            ("additionalProperties", additional_properties),
            ("propertyNames", property_names),
            ("unevaluatedItems", unevaluated_items),
            ("unevaluatedProperties", unevaluated_properties),
            ("not", not),
            ("if", if_),
            ("then", then),
            ("else", else_),
        ] {
            put(keyword, schema.map(|id| self.schema(id)));
        }
        for (keyword, branches) in [
            ("prefixItems", prefix_items),
            ("allOf", all_of),
            ("anyOf", any_of),
            ("oneOf", one_of),
        ] {
            let written = || branches.iter().map(|id| self.schema(*id)).collect();
            put(keyword, (!branches.is_empty()).then(written));
        }
        for (keyword, members) in [
            ("properties", properties),
            ("patternProperties", pattern_properties),
            ("dependentSchemas", dependent_schemas),
        ] {
            let written = || {
                members
                    .iter()
                    .map(|(name, id)| {
                        let forbidden =
                            keyword == "properties" && self.is_left_out(*id, Direction::Response);
                        (
                            name.clone(),
                            if forbidden {
                                Value::Bool(false)
                            } else {
                                self.schema(*id)
                            },
                        )
                    })
                    .collect()
            };
            put(keyword, (!members.is_empty()).then(written));
        }
        let required: Vec<&String> = required
            .iter()
            .filter(|name| {
                !properties
                    .get(*name)
                    .is_some_and(|id| self.is_left_out(*id, self.direction))
            })
            .collect();
        put("required", (!required.is_empty()).then(|| json!(required)));
        put(
            "dependentRequired",
            (!dependent_required.is_empty()).then(|| json!(dependent_required)),
        );
        Value::Object(out)
    }

    /// Whether a property belongs only in the other direction than this one, which is the one we write for.
    fn is_left_out(&self, property: SchemaId, direction: Direction) -> bool {
        let annotations = &self.schemas.get(self.schemas.resolve(property)).annotations;
        direction == self.direction
            && match direction {
                Direction::Request => annotations.read_only,
                Direction::Response => annotations.write_only,
            }
    }
}

fn json_types(types: Types) -> Value {
    match types.names().as_slice() {
        [one] => json!(one),
        several => json!(several),
    }
}
