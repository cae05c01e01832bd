//! A schema as `schemars` reads it, so that the document that dropshot emits has it as the source has it.
//!
//! The dialect is draft 7 with OpenAPI's `nullable` beside it, which is what dropshot turns back into OpenAPI 3.0.

use openapi_model::{Api, Schema, SchemaId, Types};
use serde_json::{Map, Value, json};

/// A schema's text, and the named schemas that it refers to.
pub(crate) struct Description {
    pub text: String,
    pub references: Vec<String>,
}

/// Describes a schema as it stands: a reference to a named schema stays one.
pub(crate) fn describe(api: &Api, id: SchemaId) -> Description {
    let mut writer = Writer {
        api,
        references: Vec::new(),
        open: Vec::new(),
    };
    let value = writer.schema(id);
    writer.finish(value)
}

/// Describes an object whose members are parameters or headers: their names, schemas, descriptions, and whether they
/// are required. A member without a schema is described as text. dropshot takes no references from parameters.
pub(crate) fn describe_object<'a>(
    api: &Api,
    is_of_parameters: bool,
    members: impl Iterator<Item = (&'a str, Option<SchemaId>, Option<&'a str>, bool)>,
) -> Description {
    let mut writer = Writer {
        api,
        references: Vec::new(),
        open: Vec::new(),
    };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (name, id, description, is_required) in members {
        let mut schema = id.map_or(json!({ "type": "string" }), |id| {
            let resolved = api.schemas.resolve(id);
            writer.schema(if is_of_parameters { resolved } else { id })
        });
        if let (Some(object), Some(description)) = (schema.as_object_mut(), description) {
            object.insert("description".to_owned(), json!(description));
        }
        properties.insert(name.to_owned(), schema);
        if is_required {
            required.push(name);
        }
    }
    let value = json!({ "type": "object", "properties": properties, "required": required });
    writer.finish(value)
}

struct Writer<'a> {
    api: &'a Api,
    references: Vec<String>,
    /// The schemas without a name that are being written.
    open: Vec<SchemaId>,
}

impl Writer<'_> {
    fn finish(mut self, value: Value) -> Description {
        self.references.sort();
        self.references.dedup();
        Description {
            text: value.to_string(),
            references: self.references,
        }
    }

    fn schema(&mut self, id: SchemaId) -> Value {
        let schema = self.api.schemas.get(id);
        if let Some(target) = schema.reference {
            return match self.api.schema_name(target) {
                Some(name) => {
                    self.references.push(name.to_owned());
                    json!({ "$ref": format!("#/components/schemas/{name}") })
                }
                // A place inside of another schema has no name that dropshot could refer to.
                // One that holds itself is described so far only.
                None if self.open.contains(&target) => json!({}),
                None => {
                    self.open.push(target);
                    let written = self.schema(target);
                    self.open.pop();
                    written
                }
            };
        }
        match schema.types {
            Types::NONE => json!(false),
            _ => Value::Object(self.keywords(schema)),
        }
    }

    fn keywords(&mut self, schema: &Schema) -> Map<String, Value> {
        let mut out = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                out.insert(name.to_owned(), value);
            }
        };
        let nullable = schema.types != Types::ANY && schema.types.contains(Types::NULL);
        if let [name] = schema.types.without(Types::NULL).names().as_slice() {
            put("type", Some(json!(name)));
        }
        put("nullable", nullable.then_some(json!(true)));
        put("enum", schema.enumeration.clone().map(Value::Array));
        for (keyword, number) in [
            ("minimum", &schema.minimum),
            ("maximum", &schema.maximum),
            ("exclusiveMinimum", &schema.exclusive_minimum),
            ("exclusiveMaximum", &schema.exclusive_maximum),
            ("multipleOf", &schema.multiple_of),
        ] {
            put(keyword, number.clone().map(Value::Number));
        }
        for (keyword, count) in [
            ("minLength", schema.min_length),
            ("maxLength", schema.max_length),
            ("minItems", schema.min_items),
            ("maxItems", schema.max_items),
            ("minProperties", schema.min_properties),
            ("maxProperties", schema.max_properties),
        ] {
            put(keyword, count.map(Value::from));
        }
        put("pattern", schema.pattern.clone().map(Value::String));
        put("format", schema.format.clone().map(Value::String));
        put("uniqueItems", schema.unique_items.then_some(json!(true)));
        for (keyword, id) in [
            ("items", schema.items),
            ("additionalProperties", schema.additional_properties),
            ("not", schema.not),
        ] {
            put(keyword, id.map(|id| self.schema(id)));
        }
        for (keyword, ids) in [
            ("allOf", &schema.all_of),
            ("anyOf", &schema.any_of),
            ("oneOf", &schema.one_of),
        ] {
            let branches: Vec<Value> = ids.iter().map(|id| self.schema(*id)).collect();
            put(keyword, (!branches.is_empty()).then(|| json!(branches)));
        }
        let properties: Map<String, Value> = schema
            .properties
            .iter()
            .map(|(name, id)| (name.clone(), self.schema(*id)))
            .collect();
        put(
            "properties",
            (!properties.is_empty()).then(|| json!(properties)),
        );
        put(
            "required",
            (!schema.required.is_empty()).then(|| json!(schema.required)),
        );
        let annotations = &schema.annotations;
        put("title", annotations.title.clone().map(Value::String));
        put(
            "description",
            annotations.description.clone().map(Value::String),
        );
        put("default", annotations.default.clone());
        put("example", annotations.examples.first().cloned());
        put("deprecated", annotations.deprecated.then_some(json!(true)));
        put("readOnly", annotations.read_only.then_some(json!(true)));
        put("writeOnly", annotations.write_only.then_some(json!(true)));
        for (name, value) in &annotations.extensions {
            put(name, Some(value.clone()));
        }
        out
    }
}
