//! Schemas that say the same.
//!
//! A document of hundreds of operations writes the same few schemas in place again and again, such as that of `limit`.
//! What is made of a schema is made once for all that say the same.

use std::collections::HashMap;
use std::mem::take;

use openapi_model::{Pointer, SchemaId, Schemas};

/// Numbers what schemas say.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    of: HashMap<SchemaId, usize>,
    known: HashMap<String, usize>,
}

impl Shapes {
    /// The number of what a schema says. Two that refer to two schemas are told apart, even where these say the same: so
    /// that no circle is followed.
    pub(super) fn of(&mut self, schemas: &Schemas, id: SchemaId) -> usize {
        if let Some(known) = self.of.get(&id) {
            return *known;
        }
        let mut own = schemas.get(id).clone();
        (own.file, own.pointer, own.line) = (String::new(), Pointer::default(), 0);
        let mut below: Vec<(usize, String, SchemaId)> = Vec::new();
        let single = [
            own.items.take(),
            own.contains.take(),
            own.additional_properties.take(),
            own.property_names.take(),
            own.unevaluated_items.take(),
            own.unevaluated_properties.take(),
            own.not.take(),
            own.if_.take(),
            own.then.take(),
            own.else_.take(),
        ];
        let single = single.into_iter().enumerate();
        below.extend(single.filter_map(|(keyword, id)| Some((keyword, String::new(), id?))));
        let listed = [
            take(&mut own.prefix_items),
            take(&mut own.all_of),
            take(&mut own.any_of),
            take(&mut own.one_of),
        ];
        for (keyword, branches) in listed.into_iter().enumerate() {
            below.extend(
                branches
                    .into_iter()
                    .map(|id| (100 + keyword, String::new(), id)),
            );
        }
        let named = [
            take(&mut own.properties),
            take(&mut own.pattern_properties),
            take(&mut own.dependent_schemas),
        ];
        for (keyword, members) in named.into_iter().enumerate() {
            below.extend(
                members
                    .into_iter()
                    .map(|(name, id)| (200 + keyword, name, id)),
            );
        }
        let below: Vec<(usize, String, usize)> = below
            .into_iter()
            .map(|(keyword, name, id)| (keyword, name, self.of(schemas, id)))
            .collect();
        let count = self.known.len();
        let number = *self
            .known
            .entry(format!("{own:?} {below:?}"))
            .or_insert(count);
        self.of.insert(id, number);
        number
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;

    use super::*;

    #[test]
    fn what_is_written_twice_has_one_number() {
        let (schemas, id) = parse_schema(
            "properties:
               a: { type: array, items: { type: string, maxLength: 3 } }
               b: { type: array, items: { type: string, maxLength: 3 } }
               c: { type: array, items: { type: string, maxLength: 4 } }
               d: { type: array, items: { type: string, maxLength: 3, readOnly: true } }
               e: { type: array, prefixItems: [{ type: string, maxLength: 3 }] }
               f: { properties: { x: { type: string } } }
               g: { properties: { y: { type: string } } }",
        )
        .unwrap();
        let mut shapes = Shapes::default();
        let numbers: Vec<usize> = schemas
            .get(id)
            .properties
            .values()
            .map(|id| shapes.of(&schemas, *id))
            .collect();
        assert_eq!(numbers[0], numbers[1]);
        let mut distinct = numbers.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert!(distinct.len() >= numbers.len() - 2, "{numbers:?}");
    }
}
