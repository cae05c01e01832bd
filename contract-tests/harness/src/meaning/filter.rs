//! What a filter asks of an item.

use std::cmp::Ordering;

use openapi_model::{Pointer, SchemaId, Schemas, Types};
use serde_json::Value;

use super::shape;
use crate::equality::instant::Instant;
use crate::formats::whole;

/// A query parameter that filters a list by a member of its items.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// The parameter, by its place in `Operation::parameters`.
    pub(crate) parameter: usize,
    /// Where an item has the member.
    pub(crate) member: Pointer,
    pub(crate) by: Comparison,
    /// What is known of how the member is compared.
    pub(crate) kind: Kind,
    /// Whether the document's author says so. A name may promise less: that a text is contained, in whatever case.
    pub(crate) is_said: bool,
    /// Whether the parameter takes a list of values, of which one is sent.
    pub(crate) is_list: bool,
    /// Whether an item without the member lacks the value: it does not, where the schema has a default for it.
    pub(crate) absent_is_none: bool,
}

/// How a filter compares an item's value with its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Above,
    AtLeast,
    Below,
    AtMost,
    Contains,
    /// Above, and nobody says whether the bound itself is meant.
    After,
    /// Below, and nobody says whether the bound itself is meant.
    Before,
}

impl Comparison {
    /// The comparison of that short name.
    pub(crate) fn named(name: &str) -> Option<Comparison> {
        Some(match name {
            "eq" => Comparison::Equal,
            "ne" => Comparison::NotEqual,
            "gt" => Comparison::Above,
            "gte" | "ge" => Comparison::AtLeast,
            "lt" => Comparison::Below,
            "lte" | "le" => Comparison::AtMost,
            "contains" => Comparison::Contains,
            _ => return None,
        })
    }

    pub(crate) fn is_lower_bound(self) -> bool {
        matches!(
            self,
            Comparison::Above | Comparison::AtLeast | Comparison::After
        )
    }

    pub(crate) fn is_upper_bound(self) -> bool {
        matches!(
            self,
            Comparison::Below | Comparison::AtMost | Comparison::Before
        )
    }

    /// The comparison in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Comparison::Equal => "equal to",
            Comparison::NotEqual => "other than",
            Comparison::Above | Comparison::After => "above",
            Comparison::AtLeast => "at least",
            Comparison::Below | Comparison::Before => "below",
            Comparison::AtMost => "at most",
            Comparison::Contains => "with",
        }
    }
}

/// How values of a member compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Instant,
    /// Days of `format: date`: their texts are in their order.
    Day,
    Boolean,
    /// Text of which every character counts: one of a list, an id.
    Word,
    /// Text that a person wrote.
    Text,
}

impl Kind {
    /// The kind of what the schemas describe; `None` for objects and arrays, and for what may be several things.
    pub(crate) fn of(schemas: &Schemas, of: &[SchemaId]) -> Option<Kind> {
        let types = shape::types(schemas, of);
        let is_only =
            |only: Types| types.intersects(only) && only.union(Types::NULL).contains(types);
        let format = shape::format(schemas, of);
        if is_only(Types::NUMBER) {
            Some(Kind::Number)
        } else if is_only(Types::BOOLEAN) {
            Some(Kind::Boolean)
        } else if is_only(Types::STRING) {
            Some(match format {
                Some("date-time") => Kind::Instant,
                Some("date") => Kind::Day,
                Some("uuid") => Kind::Word,
                _ if shape::is_listed(schemas, of) => Kind::Word,
                _ => Kind::Text,
            })
        } else {
            None
        }
    }

    /// Whether there is one order of such values.
    pub(crate) fn is_ordered(self) -> bool {
        matches!(self, Kind::Number | Kind::Instant | Kind::Day)
    }

    /// How two values compare; `None` where that is not known, as for two texts that are not the same.
    pub(crate) fn compare(self, one: &Value, other: &Value) -> Option<Ordering> {
        match (self, one, other) {
            (Kind::Number, Value::Number(a), Value::Number(b)) => match (whole(a), whole(b)) {
                (Some(a), Some(b)) => Some(a.cmp(&b)),
                _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
            },
            (Kind::Instant, Value::String(a), Value::String(b)) => {
                let (a, b) = (Instant::read(a)?, Instant::read(b)?);
                // Few stores keep more than microseconds: below one, nobody is held to an order.
                (a == b || a.is_clearly_apart(b)).then(|| a.cmp(&b))
            }
            (Kind::Day, Value::String(a), Value::String(b)) => Some(a.cmp(b)),
            (_, a, b) => (a == b).then_some(Ordering::Equal),
        }
    }
}

impl Filter {
    /// Whether an item satisfies the filter with that value; `None` where nobody says.
    pub(crate) fn holds(&self, item: &Value, bound: &Value) -> Option<bool> {
        let value = match item.pointer(self.member.as_str()) {
            Some(Value::Null) => None,
            Some(value) => Some(value),
            None if self.absent_is_none => None,
            None => return None,
        };
        let Some(value) = value else {
            // Whether nothing differs from something is answered both ways, and so is whether nothing is `false`.
            let is_open = self.by == Comparison::NotEqual || self.kind == Kind::Boolean;
            return (!is_open).then_some(false);
        };
        let order = self.kind.compare(value, bound);
        let strictly = |wanted: Ordering| Some(order? == wanted);
        match self.by {
            Comparison::Equal => self.is_equal(value, bound),
            Comparison::NotEqual => self.is_equal(value, bound).map(|is| !is),
            Comparison::Above => strictly(Ordering::Greater),
            Comparison::Below => strictly(Ordering::Less),
            Comparison::AtLeast => strictly(Ordering::Less).map(|is| !is),
            Comparison::AtMost => strictly(Ordering::Greater).map(|is| !is),
            Comparison::After => (order? != Ordering::Equal).then_some(order? == Ordering::Greater),
            Comparison::Before => (order? != Ordering::Equal).then_some(order? == Ordering::Less),
            Comparison::Contains => {
                let (value, bound) = (value.as_str()?, bound.as_str()?);
                match (value.contains(bound), is_within(bound, value)) {
                    (true, _) => Some(true),
                    (false, true) => None,
                    (false, false) => Some(false),
                }
            }
        }
    }

    fn is_equal(&self, value: &Value, bound: &Value) -> Option<bool> {
        match self.kind {
            Kind::Number | Kind::Instant | Kind::Day => {
                Some(self.kind.compare(value, bound)? == Ordering::Equal)
            }
            Kind::Text if !self.is_said => match (value.as_str()?, bound.as_str()?) {
                (value, bound) if value == bound => Some(true),
                // By its name alone, it may also be one that finds texts which contain the value, in any case.
                (value, bound) if is_within(bound, value) => None,
                _ => Some(false),
            },
            _ => Some(value == bound),
        }
    }

    /// Whether a value may be sent: one that no server reads as more than itself, where nobody says that it does not.
    pub(crate) fn may_send(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => {
                self.is_said && !text.is_empty()
                    || self.kind != Kind::Text && self.kind != Kind::Word
                    || is_plain(text)
            }
            Value::Bool(_) | Value::Number(_) => true,
            _ => false,
        }
    }
}

/// Whether text has no character that searches give a meaning to, nor blanks that are cut away.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'))
        && text.chars().any(|c| c.is_ascii_alphanumeric())
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "null" | "none" | "all" | "any"
        )
}

/// Whether one text is in another, its letters' case, accents and punctuation aside.
fn is_within(text: &str, whole: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    // Of letters beyond ASCII, nobody knows which are the same to the server.
    !text.is_ascii() || !whole.is_ascii() || letters(whole).contains(&letters(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn filter(by: Comparison, kind: Kind, is_said: bool) -> Filter {
        Filter {
            parameter: 0,
            member: Pointer::root().join("a"),
            by,
            kind,
            is_said,
            is_list: false,
            absent_is_none: true,
        }
    }

    #[test]
    fn filters_judge_what_their_words_promise() {
        use Comparison::{AtLeast, Before, Below, Contains, Equal, NotEqual};
        for (by, kind, is_said, value, bound, expected) in [
            (Equal, Kind::Number, false, json!(1), json!(1.0), Some(true)),
            (Equal, Kind::Number, false, json!(1), json!(2), Some(false)),
            (Equal, Kind::Text, false, json!("Lamp"), json!("lamp"), None),
            (
                Equal,
                Kind::Text,
                false,
                json!("a lamp"),
                json!("lamp"),
                None,
            ),
            (
                Equal,
                Kind::Text,
                false,
                json!("chair"),
                json!("lamp"),
                Some(false),
            ),
            (
                Equal,
                Kind::Text,
                true,
                json!("Lamp"),
                json!("lamp"),
                Some(false),
            ),
            (
                Equal,
                Kind::Word,
                false,
                json!("red"),
                json!("reds"),
                Some(false),
            ),
            (NotEqual, Kind::Word, true, json!(null), json!("red"), None),
            (AtLeast, Kind::Number, false, json!(3), json!(3), Some(true)),
            (
                AtLeast,
                Kind::Number,
                false,
                json!(null),
                json!(3),
                Some(false),
            ),
            (Below, Kind::Number, false, json!(3), json!(3), Some(false)),
            (Before, Kind::Number, false, json!(3), json!(3), None),
            (Before, Kind::Number, false, json!(2), json!(3), Some(true)),
            (
                Contains,
                Kind::Text,
                true,
                json!("a lamp"),
                json!("lamp"),
                Some(true),
            ),
            (
                Contains,
                Kind::Text,
                true,
                json!("a LAMP"),
                json!("lamp"),
                None,
            ),
            (
                Equal,
                Kind::Instant,
                false,
                json!("2024-01-01T01:00:00+01:00"),
                json!("2024-01-01T00:00:00Z"),
                Some(true),
            ),
            (
                Below,
                Kind::Instant,
                false,
                json!("2024-01-01T00:00:00.0000001Z"),
                json!("2024-01-01T00:00:00Z"),
                None,
            ),
        ] {
            let found = filter(by, kind, is_said).holds(&json!({ "a": value }), &bound);
            assert_eq!(found, expected, "{value} {by:?} {bound}");
        }
        assert_eq!(
            filter(Equal, Kind::Number, false).holds(&json!({}), &json!(1)),
            Some(false)
        );
    }

    #[test]
    fn only_plain_text_is_sent_unless_the_document_says_how_it_is_read() {
        let (guessed, said) = (
            filter(Comparison::Equal, Kind::Text, false),
            filter(Comparison::Equal, Kind::Text, true),
        );
        for (text, expected) in [
            ("a lamp", true),
            ("a,b", false),
            ("%", false),
            (" a", false),
            ("", false),
        ] {
            assert_eq!(guessed.may_send(&json!(text)), expected, "{text}");
            assert_eq!(said.may_send(&json!(text)), !text.is_empty(), "{text}");
        }
    }
}
