//! The addresses within the page: of operations, schemas, tags and security schemes.
//!
//! An address is the name that the document gives, so that it stays while the document grows. What may not stand in an
//! address becomes a hyphen, and what would be the same as another gets a number.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapi_model::{Api, Operation, Pointer, SchemaId};

/// A schema that has a section of its own.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) anchor: String,
}

/// Every address of a page.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// By the operation's place in [`Api::operations`].
    pub(crate) operations: Vec<String>,
    operations_by_pointer: HashMap<Pointer, usize>,
    pub(crate) schemas: IndexMap<SchemaId, Named>,
    pub(crate) tags: IndexMap<String, String>,
    pub(crate) schemes: HashMap<String, String>,
}

impl Names {
    pub(crate) fn of(api: &Api) -> Names {
        let mut taken = HashSet::new();
        let mut names = Names::default();
        // The names that may stand as they are come first: none of them yields to one that was changed.
        let wanted: Vec<String> = api.operations.iter().map(operation).collect();
        let mut anchors = vec![None; wanted.len()];
        for is_exact in [true, false] {
            for (index, wanted) in wanted.iter().enumerate() {
                if anchors[index].is_none() && is_exact == (slug(wanted) == *wanted) {
                    anchors[index] = Some(unique("operation", wanted, &mut taken));
                }
            }
        }
        names.operations = anchors.into_iter().flatten().collect();
        names.operations_by_pointer = (api.operations.iter())
            .enumerate()
            .map(|(index, operation)| (operation.pointer.clone(), index))
            .collect();
        for (name, id) in &api.named_schemas {
            let anchor = unique("schema", name, &mut taken);
            let name = name.clone();
            names.schemas.entry(*id).or_insert(Named { name, anchor });
        }
        // What is referred to without standing in `components.schemas`, such as the schemas of other files.
        for (_, schema) in api.schemas.iter() {
            let Some(target) = schema.reference else {
                continue;
            };
            if names.schemas.contains_key(&target) {
                continue;
            }
            let place = api.schemas.get(target);
            let name = (place.pointer.last())
                .or_else(|| place.annotations.title.clone())
                .filter(|name| !name.is_empty())
                .or_else(|| place.file.rsplit('/').next().map(str::to_owned))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "schema".to_owned());
            let anchor = unique("schema", &name, &mut taken);
            names.schemas.insert(target, Named { name, anchor });
        }
        for name in api.security_schemes.keys() {
            let anchor = unique("security", name, &mut taken);
            names.schemes.insert(name.clone(), anchor);
        }
        for tag in api.operations.iter().flat_map(|o| &o.tags) {
            if !names.tags.contains_key(tag) {
                let anchor = unique("tag", tag, &mut taken);
                names.tags.insert(tag.clone(), anchor);
            }
        }
        names
    }

    /// The place in [`Api::operations`] of the operation that stands there.
    pub(crate) fn operation_at(&self, pointer: &Pointer) -> Option<usize> {
        self.operations_by_pointer.get(pointer).copied()
    }
}

fn operation(operation: &Operation) -> String {
    operation.id.clone().unwrap_or_else(|| {
        let method = operation.method.as_str().to_lowercase();
        format!("{method}{}", operation.path)
    })
}

fn unique(kind: &str, name: &str, taken: &mut HashSet<String>) -> String {
    let wanted = format!("{kind}-{}", slug(name));
    let mut anchor = wanted.clone();
    let mut number = 2;
    while !taken.insert(anchor.clone()) {
        anchor = format!("{wanted}-{number}");
        number += 1;
    }
    anchor
}

/// The name with a hyphen for every stretch of what needs escaping in a URL or an attribute.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars() {
        if character.is_alphanumeric() || matches!(character, '_' | '.' | '-') {
            slug.push(character);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        let check = |name: &str, expected: &str| assert_eq!(slug(name), expected);
        check("getThing", "getThing");
        check("get/things/{id}", "get-things-id");
        check("a.b_c-d", "a.b_c-d");
        check("\"><img src=x>", "-img-src-x");
        check("Größe 1", "Größe-1");
    }

    #[test]
    fn the_same_address_is_given_once() {
        let mut taken = HashSet::new();
        let mut next = |name| unique("schema", name, &mut taken);
        assert_eq!(next("a b"), "schema-a-b");
        assert_eq!(next("a-b"), "schema-a-b-2");
        assert_eq!(next("a/b"), "schema-a-b-3");
    }
}
