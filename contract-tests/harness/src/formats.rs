//! What `format` means to the oracle.
//!
//! The `jsonschema` crate knows the formats of JSON Schema, and only on strings. OpenAPI adds formats of numbers and
//! `byte`, so the keyword is ours here, and hands the rest back to the crate. A format that nobody knows is an
//! annotation: it is never broken.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::{Number, Value, json};

/// The options with `format` asserted as OpenAPI means it.
pub(crate) fn with_formats<'i>(options: ValidationOptions<'i>) -> ValidationOptions<'i> {
    options
        .should_validate_formats(true)
        .with_keyword("format", |_, value, _| {
            Ok(Box::new(Format::named(value.as_str().unwrap_or_default())))
        })
}

enum Format {
    /// A whole number that is written in so many bits. Numbers with a fraction are for `type` to judge.
    Whole {
        name: &'static str,
        from: i128,
        to: i128,
    },
    /// A number whose magnitude fits 32 bits of floating point; how many digits it has is not judged.
    Float,
    /// RFC 4648, section 4: padded, and nothing but the alphabet.
    Byte,
    /// What the `jsonschema` crate knows.
    Standard {
        name: String,
        check: Box<jsonschema::Validator>,
    },
    /// An annotation.
    Unknown,
}

const WHOLE: [(&str, i128, i128); 8] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

impl Format {
    fn named(name: &str) -> Format {
        if let Some((name, from, to)) = WHOLE.into_iter().find(|(n, _, _)| *n == name) {
            return Format::Whole { name, from, to };
        }
        match name {
            "float" => Format::Float,
            "byte" => Format::Byte,
            // Every JSON number that we can read is a double.
            "double" | "binary" | "password" => Format::Unknown,
            name => {
                let options = jsonschema::options()
                    .with_draft(jsonschema::Draft::Draft202012)
                    .should_validate_formats(true);
                match options.build(&json!({ "format": name })) {
                    Ok(check) => Format::Standard {
                        name: name.to_owned(),
                        check: Box::new(check),
                    },
                    Err(_) => Format::Unknown,
                }
            }
        }
    }

    fn name(&self) -> &str {
        match self {
            Format::Whole { name, .. } => name,
            Format::Float => "float",
            Format::Byte => "byte",
            Format::Standard { name, .. } => name,
            Format::Unknown => "",
        }
    }

    fn holds(&self, instance: &Value) -> bool {
        match (self, instance) {
            (Format::Whole { from, to, .. }, Value::Number(number)) => {
                whole(number).is_none_or(|n| (*from..=*to).contains(&n))
            }
            (Format::Float, Value::Number(number)) => number
                .as_f64()
                .is_none_or(|n| n.abs() <= f64::from(f32::MAX)),
            (Format::Byte, Value::String(text)) => STANDARD.decode(text).is_ok(),
            (Format::Standard { check, .. }, Value::String(_)) => check.is_valid(instance),
            _ => true,
        }
    }
}

/// The number as an integer; `None` where it has a fraction. What is beyond `i128` is at its end.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    if let Some(n) = number.as_i64() {
        return Some(n.into());
    }
    if let Some(n) = number.as_u64() {
        return Some(n.into());
    }
    number
        .as_f64()
        .filter(|n| n.fract() == 0.0)
        .map(|n| n as i128)
}

impl<'i> Keyword<'i> for Format {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.holds(instance) {
            return Ok(());
        }
        Err(ValidationError::custom(format!(
            "the value is not of the format `{}`",
            self.name()
        )))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.holds(instance)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn check(format: &str, valid: &[Value], broken: &[Value]) {
        let schema = json!({ "format": format });
        let validator = with_formats(jsonschema::options()).build(&schema).unwrap();
        for value in valid {
            assert!(
                validator.is_valid(value),
                "{value} is of the format {format}"
            );
        }
        for value in broken {
            assert!(
                !validator.is_valid(value),
                "{value} is not of the format {format}"
            );
        }
    }

    #[test]
    fn whole_numbers_keep_to_their_bits() {
        check(
            "int32",
            &[
                json!(-2147483648),
                json!(2147483647),
                json!(1e3),
                json!("text"),
                json!(0.5),
            ],
            &[json!(2147483648u64), json!(-2147483649i64), json!(1e300)],
        );
        check(
            "int64",
            &[json!(i64::MAX), json!(i64::MIN)],
            &[json!(u64::MAX), json!(1e19)],
        );
        check("uint8", &[json!(0), json!(255)], &[json!(-1), json!(256)]);
    }

    #[test]
    fn floats_keep_to_their_magnitude() {
        check(
            "float",
            &[json!(3.4e38), json!(0.1)],
            &[json!(3.5e38), json!(-1e39)],
        );
        check("double", &[json!(1.7e308)], &[]);
    }

    #[test]
    fn bytes_are_padded_base64() {
        check(
            "byte",
            &[json!(""), json!("TQ=="), json!("TWFu")],
            &[json!("TQ"), json!("T-8="), json!("TW Fu")],
        );
    }

    #[test]
    fn date_times_are_those_of_rfc_3339() {
        check(
            "date-time",
            &[
                json!("1985-04-12T23:20:50.52Z"),
                json!("1990-12-31T15:59:60-08:00"),
                json!("2024-02-29t00:00:00z"),
            ],
            &[
                json!("1985-04-12 23:20:50Z"),
                json!("2023-02-29T00:00:00Z"),
                json!("2024-1-1T0:0:0Z"),
                json!("2024-01-01T00:00:00"),
                json!("2024-01-01T24:00:00Z"),
            ],
        );
        check("date", &[json!("2024-02-29")], &[json!("2023-02-29")]);
        check(
            "uuid",
            &[json!("67e55044-10b1-426f-9247-bb680e5fe0c8")],
            &[json!("67e55044")],
        );
    }

    #[test]
    fn unknown_formats_are_annotations() {
        check("colour", &[json!("no colour"), json!(7)], &[]);
        check("password", &[json!("")], &[]);
    }
}
