//! The judge that is not ours: the `jsonschema` crate.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use openapi_model::{Direction, SchemaId, Schemas};
use serde_json::{Value, json};

/// A validator of the schema, which also checks formats.
pub fn validator(
    schemas: &Schemas,
    id: SchemaId,
    direction: Direction,
) -> Result<Validator, ValidationError<'static>> {
    let mut schema = openapi_model::json_schema(schemas, id, direction);
    write_out_numeric_formats(&mut schema);
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("byte", is_base64)
        .build(&schema)
}

/// The formats of numbers are no formats to this validator: it is told the bounds.
fn write_out_numeric_formats(schema: &mut Value) {
    let bounds = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
        Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
        Some("uint8") => Some((json!(0), json!(u8::MAX))),
        Some("uint16") => Some((json!(0), json!(u16::MAX))),
        Some("uint32") => Some((json!(0), json!(u32::MAX))),
        Some("uint64") => Some((json!(0), json!(u64::MAX))),
        _ => None,
    };
    match schema {
        Value::Array(items) => items.iter_mut().for_each(write_out_numeric_formats),
        Value::Object(members) => {
            members.values_mut().for_each(write_out_numeric_formats);
            if let Some((low, high)) = bounds {
                let both = members.entry("allOf").or_insert_with(|| json!([]));
                if let Some(both) = both.as_array_mut() {
                    both.push(json!({ "minimum": low, "maximum": high }));
                }
            }
        }
        _ => {}
    }
}

fn is_base64(text: &str) -> bool {
    let content = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - content.len() <= 2
        && content
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '/')
}

/// Whether the validator names that keyword at that place and nothing else, or says so of a branch of an `anyOf` or
/// `oneOf` that it does name.
pub fn names_only(validator: &Validator, value: &Value, keyword: &str, pointer: &str) -> bool {
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(value).collect();
    only(&errors.iter().collect::<Vec<_>>(), keyword, pointer)
}

fn only(errors: &[&ValidationError<'_>], keyword: &str, pointer: &str) -> bool {
    let is_it = |error: &&ValidationError<'_>| {
        let found = match error.kind().keyword() {
            "falseSchema" => "false",
            found => found,
        };
        // It names `false` itself where an object without `properties` is closed, `contains` where its limits are
        // meant, and `required` where only another member requires one.
        let stands_at = |error: &ValidationError<'_>| {
            let path = error.schema_path().as_str().to_owned();
            path.rsplit('/').take(2).any(|segment| segment == keyword)
        };
        let elsewhere = ["false", "contains", "required"].contains(&found) && stands_at(error);
        let place = error.instance_path().as_str();
        let bound = keyword == "format" && ["minimum", "maximum"].contains(&found);
        // Where `items` is `false`, it names the item and not the array.
        let item = found == "false" && keyword == "items";
        let array = place.rsplit_once('/').map(|(array, _)| array);
        (found == keyword || elsewhere || bound)
            && (place == pointer || item && array == Some(pointer))
    };
    if !errors.is_empty() && errors.iter().all(is_it) {
        return true;
    }
    match errors {
        [one] => match one.kind() {
            ValidationErrorKind::AnyOf { context }
            | ValidationErrorKind::OneOfNotValid { context } => context
                .iter()
                .any(|branch| only(&branch.iter().collect::<Vec<_>>(), keyword, pointer)),
            _ => false,
        },
        _ => false,
    }
}

/// What the validator says, for a message.
pub fn errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|e| {
            format!(
                "{} at {:?}: {e}",
                e.kind().keyword(),
                e.instance_path().as_str()
            )
        })
        .collect()
}
