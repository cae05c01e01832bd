//! Keywords of arrays.

use serde_json::Value;

use super::unique::first_repeat;
use super::{Walk, too_many_or_few};
use crate::place::Place;
use crate::{Schema, words};

impl Walk {
    pub(super) fn array(&mut self, schema: &Schema, items: &[Value], place: &Place<'_>) {
        let length = items.len() as u64;
        if let Some(least) = schema.min_items
            && length < least
        {
            self.fail(place, "minItems", || {
                too_many_or_few(length, least, "item", false)
            });
        }
        if let Some(most) = schema.max_items
            && length > most
        {
            self.fail(place, "maxItems", || {
                too_many_or_few(length, most, "item", true)
            });
        }
        if schema.unique_items
            && let Some((first, second)) = first_repeat(items)
        {
            self.fail(place, "uniqueItems", || {
                format!("has the same item twice, as number {first} and {second} from 0")
            });
        }
        self.contains(schema, items, place);

        let prefix = schema.prefix_items;
        for (index, item) in items.iter().enumerate() {
            let (keyword, item_schema) = match (prefix.get(index), schema.items) {
                (Some(item_schema), _) => ("prefixItems", *item_schema),
                (None, Some(item_schema)) => ("items", item_schema),
                (None, None) => break,
            };
            if self.is_done() {
                break;
            }
            self.part(keyword, item_schema, item, &Place::Item(place, index));
        }
    }

    /// `contains`, with `minContains` and `maxContains`, which have no meaning without it.
    fn contains(&mut self, schema: &Schema, items: &[Value], place: &Place<'_>) {
        let Some(wanted) = schema.contains else {
            return;
        };
        let found = items.iter().filter(|item| self.holds(wanted, item)).count() as u64;
        let least = schema.min_contains.unwrap_or(1);
        if found < least {
            let keyword = if schema.min_contains.is_some() {
                "minContains"
            } else {
                "contains"
            };
            self.fail(place, keyword, || {
                let found = words::count(found, "item");
                format!(
                    "has {found} of the kind that it must contain, at least {least} {}",
                    words::are(least, "needed")
                )
            });
        }
        if let Some(most) = schema.max_contains
            && found > most
        {
            self.fail(place, "maxContains", || {
                let found = words::count(found, "item");
                format!(
                    "has {found} of a kind of which at most {most} {}",
                    words::are(most, "allowed")
                )
            });
        }
    }
}
