//! `discriminator`: the member that tells which branch a value belongs to.
//!
//! Whether it restricts values, OpenAPI leaves open: a reader that goes by it alone refuses what a validator that goes
//! by the schemas alone takes. A value whose discriminator names another branch than the one that holds is disputed,
//! and values are drawn with the name of the branch that they belong to.

use openapi_model::{Schema, Schemas};
use serde_json::Value;

use super::assertions::{Assertions, Telling};
use super::{Id, Judge, Verdict};

impl Judge {
    pub(super) fn read_discriminator(&mut self, schemas: &Schemas, id: Id, schema: &Schema) {
        let Some(discriminator) = &schema.discriminator else {
            return;
        };
        let (branches, ids) = if schema.one_of.is_empty() {
            (&schema.any_of, self.get(id).any_of.clone())
        } else {
            (&schema.one_of, self.get(id).one_of.clone())
        };
        let mut names = Vec::new();
        for (branch, own) in std::iter::zip(branches, ids) {
            let target = schemas.resolve(*branch);
            let mapped = discriminator.mapping.iter();
            let mapped = mapped.filter(|(_, id)| schemas.resolve(**id) == target);
            let mut of_branch: Vec<Value> = mapped.map(|(name, _)| name.as_str().into()).collect();
            // Without a mapping the name of the component is the value.
            let referenced = schemas
                .get(*branch)
                .reference
                .map(|id| &schemas.get(id).pointer);
            let component =
                referenced.and_then(|pointer| pointer.as_str().rsplit_once("/components/schemas/"));
            if let (true, Some((_, name))) = (of_branch.is_empty(), component) {
                of_branch.push(name.replace("~1", "/").replace("~0", "~").into());
            }
            of_branch.retain(|name| self.may_tell(own, &discriminator.property, name));
            names.push((!of_branch.is_empty()).then(|| {
                self.add(Assertions {
                    pointer: schema.pointer.clone(),
                    enumeration: Some(of_branch),
                    ..Assertions::default()
                })
            }));
        }
        let telling = Telling {
            property: discriminator.property.clone(),
            names,
        };
        self.set_discriminator(id, telling);
    }

    /// Whether the branch allows its own name: many documents have another there, and mean nothing by it.
    fn may_tell(&self, branch: Id, property: &str, name: &Value) -> bool {
        self.together(branch).iter().all(|id| {
            let property = self.get(*id).properties.get(property);
            property.is_none_or(|property| self.verdict(property.schema, name) == Verdict::Yes)
        })
    }

    /// The branch that the value's discriminator names.
    pub(super) fn told(&self, schema: &Assertions, value: &Value) -> Option<Id> {
        let telling = schema.discriminator.as_ref()?;
        let name = value.get(&telling.property)?;
        let branches = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        let mut named = std::iter::zip(branches, &telling.names);
        let of = |names: &Option<Id>| {
            let names = names.and_then(|id| self.get(id).enumeration.as_ref());
            names.is_some_and(|names| names.contains(name))
        };
        named
            .find(|(_, names)| of(names))
            .map(|(branch, _)| *branch)
    }
}
