//! Which types of value a schema allows.

use std::collections::HashMap;

use openapi_model::{SchemaId, Types};
use serde_json::Value;

use super::Lowering;

impl Lowering<'_> {
    /// The types that a schema allows, those of its branches and of its listed values considered.
    pub(super) fn types(&self, id: SchemaId) -> Types {
        self.types_within(id, &mut HashMap::new())
    }

    fn types_within(&self, id: SchemaId, known: &mut HashMap<SchemaId, Types>) -> Types {
        let id = self.api.schemas.resolve(id);
        if let Some(types) = known.get(&id) {
            return *types;
        }
        // What refers to itself adds nothing to what it says.
        known.insert(id, Types::ANY);
        let schema = self.api.schemas.get(id);
        let mut types = schema.types;
        for part in &schema.all_of {
            types = types.intersection(self.types_within(*part, known));
        }
        for branches in [&schema.any_of, &schema.one_of] {
            let each = branches
                .iter()
                .map(|branch| self.types_within(*branch, known));
            if let Some(either) = each.reduce(Types::union) {
                types = types.intersection(either);
            }
        }
        if let Some(constant) = &schema.constant {
            types = types.intersection(type_of(constant));
        }
        if let Some(listed) = &schema.enumeration {
            types = types.intersection(listed.iter().map(type_of).fold(Types::NONE, Types::union));
        }
        known.insert(id, types);
        types
    }

    /// The schema of an array's items, wherever it stands.
    pub(super) fn items(&self, id: SchemaId, depth: usize) -> Option<SchemaId> {
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        let parts = schema
            .all_of
            .iter()
            .chain(&schema.any_of)
            .chain(&schema.one_of);
        let parts = parts.filter(|_| depth < 32);
        schema.items.or_else(|| {
            parts
                .into_iter()
                .find_map(|part| self.items(*part, depth + 1))
        })
    }
}

fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_f64() => Types::NUMBER,
        Value::Number(_) => Types::INTEGER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}
