//! Breaks the cycles that Rust does not allow: an alias of itself, a type that holds itself without a box, and a union
//! that would ask itself for ever which form a value has.

use std::collections::HashSet;

use super::ir::{Item, ItemId, Shape, Type};

/// Mends the items. Gives back those that say nothing but themselves, and became any value.
pub(crate) fn finish(items: &mut [Item]) -> Vec<ItemId> {
    let mut empty = empty_aliases(items);
    for id in &empty {
        items[id.0].shape = Shape::Alias(Type::Value);
    }
    wrap_aliases(items);
    empty.extend(empty_forms(items));
    box_cycles(items);
    empty
}

/// Makes any value of the forms by which a union leads back to itself. Gives back the unions that have such a form.
fn empty_forms(items: &mut [Item]) -> Vec<ItemId> {
    let targets = |item: &Item| match &item.shape {
        Shape::Union(variants) => variants
            .iter()
            .filter_map(|variant| behind(items, &variant.ty))
            .collect(),
        _ => Vec::new(),
    };
    let graph: Vec<Vec<ItemId>> = items.iter().map(targets).collect();
    let mut found = Vec::new();
    for (from, to) in back_edges(&graph) {
        let leads_back: Vec<bool> = match &items[from.0].shape {
            Shape::Union(variants) => variants
                .iter()
                .map(|variant| behind(items, &variant.ty) == Some(to))
                .collect(),
            _ => continue,
        };
        if let Shape::Union(variants) = &mut items[from.0].shape {
            for (variant, _) in variants
                .iter_mut()
                .zip(leads_back)
                .filter(|(_, leads_back)| *leads_back)
            {
                variant.ty = Type::Value;
            }
            found.push(from);
        }
    }
    found
}

/// The struct, enum or union whose values stand in a type itself.
fn behind(items: &[Item], ty: &Type) -> Option<ItemId> {
    let mut at = held_item(ty)?;
    for _ in 0..items.len() {
        match &items[at.0].shape {
            Shape::Alias(ty) | Shape::Wrapper(ty) => at = held_item(ty)?,
            _ => return Some(at),
        }
    }
    // Only an alias of itself has no end, and there is none any more.
    None
}

/// Aliases that lead back to themselves with nothing on the way that could hold a value.
fn empty_aliases(items: &[Item]) -> Vec<ItemId> {
    let next = |id: ItemId| match &items[id.0].shape {
        Shape::Alias(ty) => held_item(ty),
        _ => None,
    };
    let mut settled = vec![false; items.len()];
    let mut empty = Vec::new();
    for start in (0..items.len()).map(ItemId) {
        let mut path = HashSet::new();
        let mut at = Some(start);
        while let Some(id) = at
            && !settled[id.0]
        {
            if !path.insert(id) {
                empty.push(id);
                break;
            }
            at = next(id);
        }
        for id in path {
            settled[id.0] = true;
        }
    }
    empty
}

/// Makes a struct of one alias in every cycle of aliases, such as a list of itself.
fn wrap_aliases(items: &mut [Item]) {
    let edges = |item: &Item| match &item.shape {
        Shape::Alias(ty) => named_item(ty).into_iter().collect(),
        _ => Vec::new(),
    };
    let graph: Vec<Vec<ItemId>> = items.iter().map(edges).collect();
    for (_, target) in back_edges(&graph) {
        if let Shape::Alias(ty) = &items[target.0].shape {
            items[target.0].shape = Shape::Wrapper(ty.clone());
        }
    }
}

/// Boxes one field or variant in every cycle of types that hold each other.
fn box_cycles(items: &mut [Item]) {
    let targets = |item: &Item| -> Vec<ItemId> {
        match &item.shape {
            Shape::Struct(shape) => shape
                .fields
                .iter()
                .filter_map(|field| behind(items, &field.ty))
                .collect(),
            Shape::Union(variants) => variants
                .iter()
                .filter_map(|variant| behind(items, &variant.ty))
                .collect(),
            // An alias stands for what is behind it: it cannot be boxed where it stands.
            Shape::Alias(_) | Shape::Wrapper(_) | Shape::Words(_) => Vec::new(),
        }
    };
    let graph: Vec<Vec<ItemId>> = items.iter().map(targets).collect();
    let broken: HashSet<(ItemId, ItemId)> = back_edges(&graph).into_iter().collect();
    for index in 0..items.len() {
        let is_broken =
            |ty: &Type| behind(items, ty).is_some_and(|to| broken.contains(&(ItemId(index), to)));
        let boxed: Vec<bool> = match &items[index].shape {
            Shape::Struct(shape) => shape
                .fields
                .iter()
                .map(|field| is_broken(&field.ty))
                .collect(),
            Shape::Union(variants) => variants
                .iter()
                .map(|variant| is_broken(&variant.ty))
                .collect(),
            _ => continue,
        };
        match &mut items[index].shape {
            Shape::Struct(shape) => shape
                .fields
                .iter_mut()
                .zip(boxed)
                .for_each(|(field, boxed)| field.is_boxed = boxed),
            Shape::Union(variants) => variants
                .iter_mut()
                .zip(boxed)
                .for_each(|(variant, boxed)| variant.is_boxed = boxed),
            _ => {}
        }
    }
}

/// The edges that lead back into the path on which a walk in depth found them. Without them there is no cycle.
fn back_edges(graph: &[Vec<ItemId>]) -> Vec<(ItemId, ItemId)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        OnPath,
        Done,
    }
    let mut marks = vec![Mark::New; graph.len()];
    let mut found = Vec::new();
    for start in 0..graph.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::OnPath;
        let mut path = vec![(start, 0)];
        while let Some((at, edge)) = path.last_mut() {
            let Some(target) = graph[*at].get(*edge) else {
                marks[*at] = Mark::Done;
                path.pop();
                continue;
            };
            let from = *at;
            *edge += 1;
            match marks[target.0] {
                Mark::New => {
                    marks[target.0] = Mark::OnPath;
                    path.push((target.0, 0));
                }
                Mark::OnPath => found.push((ItemId(from), *target)),
                Mark::Done => {}
            }
        }
    }
    found
}

/// The item whose values stand in the type itself, not behind a pointer.
pub(super) fn held_item(ty: &Type) -> Option<ItemId> {
    match ty {
        Type::Item(id) => Some(*id),
        Type::Nullable(inner) => held_item(inner),
        _ => None,
    }
}

/// The item that the type names.
pub(super) fn named_item(ty: &Type) -> Option<ItemId> {
    match ty {
        Type::Item(id) => Some(*id),
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => named_item(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ir::{Field, Struct, Variant};
    use super::*;

    fn alias(ty: Type) -> Item {
        Item {
            name: String::new(),
            key: Vec::new(),
            docs: Vec::new(),
            shape: Shape::Alias(ty),
        }
    }

    fn structure(types: Vec<Type>) -> Item {
        let field = |ty| Field {
            name: String::new(),
            property: String::new(),
            docs: Vec::new(),
            ty,
            is_required: true,
            is_boxed: false,
        };
        let shape = Struct {
            fields: types.into_iter().map(field).collect(),
            extra: None,
        };
        Item {
            name: String::new(),
            key: Vec::new(),
            docs: Vec::new(),
            shape: Shape::Struct(shape),
        }
    }

    fn item(id: usize) -> Type {
        Type::Item(ItemId(id))
    }

    fn boxed(items: &[Item]) -> Vec<Vec<bool>> {
        let fields = |item: &Item| match &item.shape {
            Shape::Struct(shape) => shape.fields.iter().map(|field| field.is_boxed).collect(),
            _ => Vec::new(),
        };
        items.iter().map(fields).collect()
    }

    #[test]
    fn one_edge_of_every_cycle_is_boxed() {
        let mut items = [
            structure(vec![item(1), item(0)]),
            structure(vec![
                Type::Nullable(Box::new(item(2))),
                Type::List(Box::new(item(0))),
            ]),
            structure(vec![item(0)]),
        ];
        assert_eq!(finish(&mut items), []);
        assert_eq!(
            boxed(&items),
            [vec![false, true], vec![false, false], vec![true]]
        );
    }

    #[test]
    fn a_cycle_through_an_alias_is_boxed_in_a_struct() {
        let mut items = [
            alias(item(1)),
            structure(vec![item(0)]),
            structure(vec![item(0)]),
        ];
        assert_eq!(finish(&mut items), []);
        assert_eq!(boxed(&items), [vec![], vec![true], vec![false]]);
    }

    #[test]
    fn a_union_that_is_one_of_its_own_forms_has_any_value_there() {
        let form = |ty| Variant {
            name: String::new(),
            docs: Vec::new(),
            ty,
            is_boxed: false,
            table: proc_macro2::TokenStream::new(),
        };
        let union = |types: Vec<Type>| Item {
            name: String::new(),
            key: Vec::new(),
            docs: Vec::new(),
            shape: Shape::Union(types.into_iter().map(form).collect()),
        };
        let mut items = [
            union(vec![item(1), Type::Text]),
            alias(item(2)),
            union(vec![Type::Bool, item(0)]),
        ];
        assert_eq!(finish(&mut items), [ItemId(2)]);
        let Shape::Union(variants) = &items[2].shape else {
            panic!("{items:?}")
        };
        assert_eq!(variants[1].ty, Type::Value);
    }

    #[test]
    fn an_alias_that_holds_itself_is_a_struct_of_its_own() {
        let mut items = [
            alias(Type::List(Box::new(item(1)))),
            alias(Type::Map(Box::new(item(0)))),
        ];
        assert_eq!(finish(&mut items), []);
        assert!(matches!(items[0].shape, Shape::Wrapper(_)));
        assert!(matches!(items[1].shape, Shape::Alias(_)));
    }

    #[test]
    fn an_alias_of_itself_alone_is_anything() {
        let mut items = [
            alias(item(1)),
            alias(Type::Nullable(Box::new(item(0)))),
            alias(item(0)),
        ];
        assert_eq!(finish(&mut items), [ItemId(0)]);
        assert!(matches!(items[0].shape, Shape::Alias(Type::Value)));
    }
}
