//! Whether a value came back as it was sent.
//!
//! Text, order, null, booleans and members compare exactly. What is looser has its reason in the schema or in JSON:
//!
//! - Members that were not sent may have come, where the schema is open or declares them: the server's own, or defaults.
//! - Members that are `writeOnly`, or that the schema of what comes back does not declare beside others, are not
//!   expected.
//! - `date-time` compares as an instant, and a difference below a microsecond is a note: few stores keep more.
//! - Integers are exact up to 2^53, and beyond it where `format` or the bounds say that they are whole numbers of 64
//!   bits; other numbers compare as doubles.

pub(crate) mod instant;
mod place;

use openapi_model::{Pointer, Schema, SchemaId, Schemas, Types};
use serde_json::{Map, Number, Value};

use crate::formats::whole;
use crate::validator::shortened;
use crate::views::{item_views, member_views, views};
pub(crate) use place::generalized;

/// One place where what came back is not what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The place in the value.
    pub pointer: String,
    /// The same with a `*` for what the document does not name: items of arrays, and members of free names.
    pub place: String,
    /// What was sent and what came back.
    pub message: String,
    /// Whether it is a loss too small to be held against anyone.
    pub is_slight: bool,
}

/// Compares a value with what came back of it.
///
/// `sent_as` and `came_as` are the schemas of the two values; where both sides speak of one schema, they are the same.
pub fn differences(
    schemas: &Schemas,
    (sent, sent_as): (&Value, SchemaId),
    (came, came_as): (&Value, SchemaId),
) -> Vec<Difference> {
    let mut comparison = Comparison {
        schemas,
        found: Vec::new(),
    };
    let (mut sent_views, mut came_views) = (Vec::new(), Vec::new());
    views(schemas, sent_as, &mut sent_views);
    views(schemas, came_as, &mut came_views);
    comparison.values(&Pointer::root(), (sent, &sent_views), (came, &came_views));
    let all = [sent_views, came_views].concat();
    let found = comparison.found.into_iter();
    found
        .map(|(at, message, is_slight)| {
            let pointer = at.as_str().to_owned();
            // What came and was not sent is in one of them alone.
            let value = if sent.pointer(&pointer).is_some() {
                sent
            } else {
                came
            };
            Difference {
                place: generalized(schemas, (value, &all), &pointer),
                pointer,
                message,
                is_slight,
            }
        })
        .collect()
}

/// A value and every schema that speaks about it.
type Seen<'v> = (&'v Value, &'v [SchemaId]);

struct Comparison<'s> {
    schemas: &'s Schemas,
    /// Places, what became of them, and whether that is slight.
    found: Vec<(Pointer, String, bool)>,
}

impl Comparison<'_> {
    fn schemas_of<'v>(&'v self, views: &'v [SchemaId]) -> impl Iterator<Item = &'v Schema> {
        views.iter().map(|id| self.schemas.get(*id))
    }

    fn differ(&mut self, at: &Pointer, sent: &Value, came: &Value, is_slight: bool) {
        let (sent, came) = (shortened(&sent.to_string()), shortened(&came.to_string()));
        self.found
            .push((at.clone(), format!("{sent} came back as {came}"), is_slight));
    }

    fn values(&mut self, at: &Pointer, sent: Seen<'_>, came: Seen<'_>) {
        match (sent.0, came.0) {
            (Value::Object(a), Value::Object(b)) => self.objects(at, (a, sent.1), (b, came.1)),
            (Value::Array(a), Value::Array(b)) => self.arrays(at, (a, sent), (b, came)),
            (Value::Number(a), Value::Number(b)) => {
                if !self.same_number(a, b, sent.1, came.1) {
                    self.differ(at, sent.0, came.0, false);
                }
            }
            (Value::String(a), Value::String(b)) if a != b => {
                let is_instant = self
                    .schemas_of(sent.1)
                    .any(|schema| schema.format.as_deref() == Some("date-time"));
                match is_instant.then(|| instant::apart(a, b)).flatten() {
                    Some(instant::Apart::Not) => {}
                    Some(instant::Apart::BelowMicrosecond) => self.differ(at, sent.0, came.0, true),
                    Some(instant::Apart::Further) | None => self.differ(at, sent.0, came.0, false),
                }
            }
            (a, b) => {
                if a != b {
                    self.differ(at, a, b, false);
                }
            }
        }
    }

    fn objects(
        &mut self,
        at: &Pointer,
        (sent, sent_views): (&Map<String, Value>, &[SchemaId]),
        (came, came_views): (&Map<String, Value>, &[SchemaId]),
    ) {
        for (name, value) in sent {
            let below = at.join(name);
            let sent_below = member_views(self.schemas, sent_views, name);
            if self
                .schemas_of(&sent_below)
                .any(|schema| schema.annotations.write_only)
            {
                continue;
            }
            let came_below = member_views(self.schemas, came_views, name);
            match came.get(name) {
                Some(back) => self.values(&below, (value, &sent_below), (back, &came_below)),
                None if self.is_expected(came_views, name) => {
                    let message = format!("{} did not come back", shortened(&value.to_string()));
                    self.found.push((below, message, false));
                }
                None => {}
            }
        }
        for (name, value) in came {
            if !sent.contains_key(name) && !self.may_come(came_views, name) {
                let message = format!("{} came and was not sent", shortened(&value.to_string()));
                self.found.push((at.join(name), message, false));
            }
        }
    }

    fn arrays(
        &mut self,
        at: &Pointer,
        (sent, sent_seen): (&[Value], Seen<'_>),
        (came, came_seen): (&[Value], Seen<'_>),
    ) {
        if sent.len() != came.len() {
            self.differ(at, sent_seen.0, came_seen.0, false);
            return;
        }
        for (index, (a, b)) in sent.iter().zip(came).enumerate() {
            let (a_views, b_views) = (
                item_views(self.schemas, sent_seen.1, index),
                item_views(self.schemas, came_seen.1, index),
            );
            self.values(&at.join(index.to_string()), (a, &a_views), (b, &b_views));
        }
    }

    fn same_number(
        &self,
        a: &Number,
        b: &Number,
        a_views: &[SchemaId],
        b_views: &[SchemaId],
    ) -> bool {
        const EXACT: i128 = 1 << 53;
        match (whole(a), whole(b)) {
            (Some(a), Some(b)) if a == b => true,
            (Some(whole_a), Some(_)) => {
                let is_wide = self
                    .schemas_of(a_views)
                    .chain(self.schemas_of(b_views))
                    .any(says_64_bits);
                // Beyond what a double keeps, a number that is not known to be an integer is a double.
                !is_wide && whole_a.abs() > EXACT && a.as_f64() == b.as_f64()
            }
            _ => a.as_f64() == b.as_f64(),
        }
    }

    /// Whether a member that was sent belongs in what comes back: it is declared there, or nothing is.
    fn is_expected(&self, came: &[SchemaId], name: &str) -> bool {
        let declares_it = self
            .schemas_of(came)
            .any(|schema| schema.properties.contains_key(name));
        let declares_some = self
            .schemas_of(came)
            .any(|schema| !schema.properties.is_empty());
        declares_it || !declares_some
    }

    /// Whether a member that was not sent may come.
    fn may_come(&self, came: &[SchemaId], name: &str) -> bool {
        self.schemas_of(came)
            .any(|schema| schema.properties.contains_key(name))
            || !self.schemas_of(came).any(|schema| {
                schema
                    .additional_properties
                    .is_some_and(|id| self.schemas.get(id).types == Types::NONE)
            })
    }
}

/// Whether a schema says that its numbers are whole ones beyond what a double keeps.
fn says_64_bits(schema: &Schema) -> bool {
    let says_so = matches!(schema.format.as_deref(), Some("int64" | "uint64"));
    let bounds = [
        &schema.minimum,
        &schema.maximum,
        &schema.exclusive_minimum,
        &schema.exclusive_maximum,
    ];
    let is_bounded = bounds.into_iter().flatten().any(|bound| {
        (bound.is_i64() || bound.is_u64())
            && whole(bound).is_some_and(|bound| bound.abs() > 1 << 53)
    });
    says_so || (is_bounded && !schema.types.contains(Types::NUMBER))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use openapi_model::parse_schema;
    use serde_json::json;

    use super::*;

    fn check(schema: &str, sent: Value, came: Value, expected: &[&str]) {
        let (schemas, id) = parse_schema(schema).unwrap();
        let found = differences(&schemas, (&sent, id), (&came, id));
        let found: Vec<String> = found
            .iter()
            .map(|d| format!("{}{}", if d.is_slight { "slight " } else { "" }, d.pointer))
            .collect();
        assert_eq!(found, expected, "{sent} came back as {came}");
    }

    #[test]
    fn text_order_null_and_members_are_exact() {
        for (sent, came, expected) in [
            (json!({"a": "x"}), json!({"a": "x"}), &[][..]),
            (json!({"a": "x"}), json!({"a": "X"}), &["/a"]),
            (json!({"a": null}), json!({}), &["/a"]),
            (
                json!({"a": [1, 2]}),
                json!({"a": [2, 1]}),
                &["/a/0", "/a/1"],
            ),
            (json!({"a": [1]}), json!({"a": [1, 2]}), &["/a"]),
            (json!({"a": true}), json!({"a": 1}), &["/a"]),
            (json!({"a": {"b": 1}}), json!({"a": {"b": 1, "c": 2}}), &[]),
            (json!([{"a": 1}]), json!([{}]), &["/0/a"]),
        ] {
            check("{}", sent, came, expected);
        }
    }

    #[test]
    fn members_that_do_not_belong_in_an_answer_are_not_expected() {
        let schema =
            "{properties: {name: {}, secret: {writeOnly: true}}, additionalProperties: false}";
        check(
            schema,
            json!({"name": 1, "secret": 2}),
            json!({"name": 1}),
            &[],
        );
        check(
            schema,
            json!({"name": 1}),
            json!({"name": 1, "more": 2}),
            &["/more"],
        );
        check(
            "{properties: {name: {}}}",
            json!({"name": 1, "more": 2}),
            json!({"name": 1}),
            &[],
        );
    }

    #[test]
    fn date_times_are_instants() {
        let schema = "{properties: {at: {type: string, format: date-time}}}";
        let at = |text: &str| json!({ "at": text });
        for (sent, came, expected) in [
            ("2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00", &[][..]),
            ("2024-01-01T00:00:00.100Z", "2024-01-01T00:00:00.1Z", &[]),
            (
                "2024-01-01T00:00:00.1234567Z",
                "2024-01-01T00:00:00.123456Z",
                &["slight /at"],
            ),
            (
                "2024-01-01T00:00:00.123456Z",
                "2024-01-01T00:00:00.123Z",
                &["/at"],
            ),
            ("2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z", &["/at"]),
            ("2024-01-01T00:00:00Z", "soon", &["/at"]),
        ] {
            check(schema, at(sent), at(came), expected);
        }
        check(
            "{}",
            at("2024-01-01T00:00:00Z"),
            at("2024-01-01T00:00:00+00:00"),
            &["/at"],
        );
    }

    #[test]
    fn integers_are_exact_and_other_numbers_are_doubles() {
        let (big, near) = (json!(9007199254740993i64), json!(9007199254740992i64));
        check("{}", json!(1), json!(1.0), &[]);
        check("{}", json!(0.1), json!(0.1), &[]);
        check("{}", json!(1), json!(2), &[""]);
        check("{}", big.clone(), near.clone(), &[]);
        check(
            "{type: integer, format: int64}",
            big.clone(),
            near.clone(),
            &[""],
        );
        check(
            "{type: integer, maximum: 9223372036854775807}",
            big,
            near,
            &[""],
        );
    }
}
