//! The values of keywords that are no schemas: types, numbers, names.

use super::Dialect;
use crate::Types;
use crate::read::Reader;
use crate::read::cursor::At;
use crate::tree::Data;
use serde_json::Number;

impl<'t> Reader<'t> {
    pub(super) fn types(&mut self, at: &At<'t>, dialect: Dialect) -> Types {
        match &at.node.data {
            Data::Array(_) if dialect == Dialect::OpenApi30 => {
                self.fault(at, "`type` is an array, which OpenAPI 3.0 does not have: use `nullable: true` for null, and `oneOf` for several types");
                Types::ANY
            }
            Data::Array(items) => {
                if items.is_empty() {
                    self.fault(at, "`type` must list at least one type");
                }
                at.items()
                    .map(|item| self.one_type(&item, dialect))
                    .fold(Types::NONE, Types::union)
            }
            _ => self.one_type(at, dialect),
        }
    }

    fn one_type(&mut self, at: &At<'t>, dialect: Dialect) -> Types {
        let nullable = dialect == Dialect::OpenApi30;
        let message = match at.node.as_str() {
            Some("null") if nullable => {
                "OpenAPI 3.0 has no type `null`: use `nullable: true` beside another type"
                    .to_owned()
            }
            Some(text) => match Types::named(text) {
                Some(types) => return types,
                None => format!(
                    "`{text}` is no type: it must be one of {}boolean, integer, number, string, array and object",
                    if nullable { "" } else { "null, " }
                ),
            },
            None => format!("`type` is {}, and must be a string", at.node.kind()),
        };
        self.fault(at, message);
        Types::ANY
    }

    pub(super) fn number(&mut self, at: &At<'t>) -> Option<Number> {
        match &at.node.data {
            Data::Number(number) => Some(number.clone()),
            _ => {
                self.fault(
                    at,
                    format!("this is {}, and must be a number", at.node.kind()),
                );
                None
            }
        }
    }

    /// A number of characters, items or members. One that is beyond every length is the greatest that there is.
    pub(super) fn count(&mut self, at: &At<'t>) -> Option<u64> {
        let number = self.number(at)?;
        // `1.0` is an integer as JSON Schema sees it.
        let count = number.as_u64().or_else(|| {
            number
                .as_f64()
                .filter(|n| n.fract() == 0.0 && *n >= 0.0)
                .map(|n| n as u64)
        });
        if count.is_none() {
            self.fault(at, format!("{number} must be a whole number of at least 0"));
        }
        count
    }
}
