//! Which of several forms a value has.

use serde_json::Value;

use crate::{Direction, Schema, is_valid};

/// The index of the form that a value has, among the branches of `oneOf` or `anyOf`.
///
/// Where several fit, it is the one that knows the most of the value's members, so that a decoded value keeps them,
/// and the first of those.
///
/// A form fits if the value is valid in either direction: whoever decodes a value has checked it before, and which
/// way it travels is not known here.
pub fn choose(branches: &[&Schema], value: &Value) -> Option<usize> {
    let fits = |branch: &Schema| {
        is_valid(branch, value, Direction::Request) || is_valid(branch, value, Direction::Response)
    };
    let fitting = branches
        .iter()
        .enumerate()
        .filter(|(_, branch)| fits(branch));
    // The last of several greatest is taken, so the order is turned round.
    fitting
        .rev()
        .max_by_key(|(_, branch)| known_members(branch, value))
        .map(|(index, _)| index)
}

/// How many of an object's members a schema has properties for.
fn known_members(schema: &Schema, value: &Value) -> usize {
    let Value::Object(members) = value else {
        return 0;
    };
    members.keys().filter(|name| knows(schema, name, 0)).count()
}

/// Whether a schema has a property of that name, in itself or in what it is put together from.
fn knows(schema: &Schema, name: &str, depth: u32) -> bool {
    /// Deeper than documents nest, so that a table that leads back to itself comes to an end.
    const DEEPEST: u32 = 8;
    depth < DEEPEST
        && (schema.property(name).is_some()
            || schema
                .all_of
                .iter()
                .any(|part| knows(part, name, depth + 1)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Types;

    static TEXT: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };
    static SMALL: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("a", &TEXT)],
        ..Schema::ANY
    };
    static LARGE: Schema = Schema {
        types: Types::OBJECT,
        all_of: &[&SMALL],
        properties: &[("b", &TEXT)],
        ..Schema::ANY
    };

    #[test]
    fn the_form_that_fits_is_chosen() {
        assert_eq!(choose(&[&TEXT, &SMALL], &json!({"a": ""})), Some(1));
        assert_eq!(choose(&[&TEXT, &SMALL], &json!("")), Some(0));
        assert_eq!(choose(&[&TEXT, &SMALL], &json!(1)), None);
        assert_eq!(choose(&[], &json!(1)), None);
    }

    #[test]
    fn of_several_forms_the_one_that_knows_most_members_is_chosen() {
        assert_eq!(
            choose(&[&SMALL, &LARGE], &json!({"a": "", "b": ""})),
            Some(1)
        );
        assert_eq!(choose(&[&SMALL, &LARGE], &json!({"a": ""})), Some(0));
        assert_eq!(choose(&[&LARGE, &SMALL], &json!({"a": ""})), Some(0));
    }

    #[test]
    fn members_of_the_other_direction_do_not_count_against_a_form() {
        static ID: Schema = Schema {
            read_only: true,
            ..TEXT
        };
        static EVENT: Schema = Schema {
            properties: &[("id", &ID)],
            required: &["id"],
            ..Schema::ANY
        };
        assert_eq!(choose(&[&EVENT], &json!({})), Some(0));
    }
}
