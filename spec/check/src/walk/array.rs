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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::expect::{INTEGER, TEXT, expect, expect_message};
    use crate::Schema;

    #[test]
    fn arrays() {
        static SCHEMA: Schema = Schema {
            min_items: Some(1),
            max_items: Some(3),
            unique_items: true,
            prefix_items: &[&TEXT],
            items: Some(&INTEGER),
            ..Schema::ANY
        };
        expect(&SCHEMA, json!(["a"]), &[]);
        expect(&SCHEMA, json!(["a", 1, 2]), &[]);
        expect(&SCHEMA, json!([]), &["minItems"]);
        expect(&SCHEMA, json!(["a", 1, 2, 3]), &["maxItems"]);
        expect(&SCHEMA, json!(["a", 1, 1.0]), &["uniqueItems"]);
        expect(&SCHEMA, json!([1, "a"]), &["type /0", "type /1"]);
        expect_message(
            &SCHEMA,
            json!(["a", 1, 1]),
            "has the same item twice, as number 1 and 2 from 0",
        );

        static PAIR: Schema = Schema {
            prefix_items: &[&TEXT, &Schema::NEVER],
            items: Some(&Schema::NEVER),
            ..Schema::ANY
        };
        expect(&PAIR, json!(["a"]), &[]);
        expect(&PAIR, json!(["a", 1, 2]), &["prefixItems /1", "items /2"]);
    }

    #[test]
    fn contained_items() {
        static SOME: Schema = Schema {
            contains: Some(&TEXT),
            ..Schema::ANY
        };
        expect(&SOME, json!([1, "a"]), &[]);
        expect(&SOME, json!([1]), &["contains"]);

        static TWO: Schema = Schema {
            contains: Some(&TEXT),
            min_contains: Some(0),
            max_contains: Some(2),
            ..Schema::ANY
        };
        expect(&TWO, json!([]), &[]);
        expect(&TWO, json!(["a", "b", 1]), &[]);
        expect(&TWO, json!(["a", "b", "c"]), &["maxContains"]);

        static MANY: Schema = Schema {
            contains: Some(&TEXT),
            min_contains: Some(2),
            ..Schema::ANY
        };
        expect(&MANY, json!(["a"]), &["minContains"]);
        expect_message(
            &MANY,
            json!(["a"]),
            "has 1 item of the kind that it must contain, at least 2 are needed",
        );

        static WITHOUT_MEANING: Schema = Schema {
            min_contains: Some(2),
            ..Schema::ANY
        };
        expect(&WITHOUT_MEANING, json!([]), &[]);
    }
}
