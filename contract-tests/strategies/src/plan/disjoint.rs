//! Which schemas plainly have no value in common.

use openapi_model::Types;
use serde_json::Value;

use crate::judge::{Id, Judge, Verdict};

impl Judge {
    /// Every value that the schema's `enum` or `const` leaves, found through references and `allOf`.
    pub(crate) fn constants(&self, id: Id) -> Option<&[Value]> {
        let schema = self.get(id);
        let own = schema.enumeration.as_deref();
        own.or_else(|| schema.constant.as_ref().map(std::slice::from_ref))
            .or_else(|| schema.reference.and_then(|id| self.constants(id)))
            .or_else(|| schema.all_of.iter().find_map(|id| self.constants(*id)))
    }

    /// The schema itself and all that must hold with it: through references and `allOf`.
    pub(crate) fn together(&self, id: Id) -> Vec<Id> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(id) = all.get(next).copied() {
            let schema = self.get(id);
            for other in schema.reference.iter().chain(&schema.all_of) {
                if !all.contains(other) {
                    all.push(*other);
                }
            }
            next += 1;
        }
        all
    }

    /// Whether it is plain that no value is valid for both: by their types, or by a member that the one requires
    /// and of whose values the other allows none.
    pub(crate) fn are_disjoint(&self, a: Id, b: Id) -> bool {
        self.excludes(a, b) || self.excludes(b, a)
    }

    fn excludes(&self, a: Id, b: Id) -> bool {
        let (all_of_a, all_of_b) = (self.together(a), self.together(b));
        let types = |all: &[Id]| {
            all.iter().fold(Types::ANY, |types, id| {
                types.intersection(self.get(*id).types)
            })
        };
        let (types_of_a, types_of_b) = (types(&all_of_a), types(&all_of_b));
        if !types_of_a.intersects(types_of_b) {
            return true;
        }
        if types_of_a.intersection(types_of_b) != Types::OBJECT {
            return false;
        }
        let required = all_of_a.iter().flat_map(|id| &self.get(*id).required);
        required.into_iter().any(|name| {
            let property = |id: &Id| self.get(*id).properties.get(name).map(|p| p.schema);
            let values = all_of_a
                .iter()
                .filter_map(property)
                .find_map(|id| self.constants(id));
            all_of_b.iter().any(|id| match property(id) {
                Some(property) => values.is_some_and(|values| {
                    values
                        .iter()
                        .all(|value| self.verdict(property, value) == Verdict::No)
                }),
                None => {
                    let schema = self.get(*id);
                    schema.pattern_properties.is_empty()
                        && schema
                            .additional_properties
                            .is_some_and(|id| self.get(id).is_false())
                }
            })
        })
    }
}
