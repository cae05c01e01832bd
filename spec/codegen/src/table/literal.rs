//! JSON values as constant expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

/// An expression of `schema_check::Literal`.
pub(super) fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(Literal::Null),
        Value::Bool(value) => quote!(Literal::Bool(#value)),
        Value::Number(value) => {
            let number = number(value);
            quote!(Literal::Number(#number))
        }
        Value::String(text) => quote!(Literal::String(#text)),
        Value::Array(items) => {
            let items = items.iter().map(literal);
            quote!(Literal::Array(&[#(#items),*]))
        }
        Value::Object(members) => {
            let names = members.keys();
            let values = members.values().map(literal);
            quote!(Literal::Object(&[#((#names, #values)),*]))
        }
    }
}

/// An expression of `schema_check::Number`.
pub(super) fn number(value: &Number) -> TokenStream {
    let integer = value
        .as_i64()
        .map(i128::from)
        .or(value.as_u64().map(i128::from));
    match (integer, value.as_f64()) {
        (Some(integer), _) => {
            let digits = Literal::u128_unsuffixed(integer.unsigned_abs());
            let sign = (integer < 0).then(|| quote!(-));
            quote!(Number::Integer(#sign #digits))
        }
        (None, Some(float)) if float.is_finite() => {
            let digits = Literal::f64_unsuffixed(float.abs());
            let sign = float.is_sign_negative().then(|| quote!(-));
            quote!(Number::Float(#sign #digits))
        }
        // No JSON text has such a number.
        _ => quote!(Number::Integer(0)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_constants() {
        let text = literal(&json!([null, true, -1, 18_446_744_073_709_551_615_u64, 0.01, -1e300, "é\"", {"a": {}}])).to_string();
        for part in [
            "Literal :: Null",
            "Literal :: Bool (true)",
            "Number :: Integer (- 1)",
            "Number :: Integer (18446744073709551615)",
            "Number :: Float (0.01)",
            "Number :: Float (- 1",
            "Literal :: String (\"é\\\"\")",
            "Literal :: Object (& [(\"a\" , Literal :: Object (& []))])",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
