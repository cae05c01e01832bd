//! What an operation is called with: drawn from the document, one value for each parameter and one for the body.

use contract_harness::Contract;
use openapi_model::{Direction, Location, Operation, Parameter};
use proptest::option;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use serde_json::{Map, Value};

use events_client::api::Arguments;

/// Arguments that the document allows; why there are none.
///
/// # Errors
/// A schema that no values are known of.
pub fn arguments(
    contract: &Contract,
    operation: &Operation,
) -> Result<BoxedStrategy<Arguments>, String> {
    let mut parameters: Vec<BoxedStrategy<Option<(String, Value)>>> = Vec::new();
    for parameter in &operation.parameters {
        parameters.push(one(contract, parameter)?);
    }
    let body: BoxedStrategy<Option<Value>> = match &operation.request_body {
        None => Just(None).boxed(),
        Some(body) => {
            let schema = body
                .content
                .values()
                .find_map(|media_type| media_type.schema);
            let schema = schema.ok_or("the body has no schema")?;
            let values =
                proptest_schema::valid(&contract.api().schemas, schema, Direction::Request)
                    .map_err(|unsupported| unsupported.to_string())?;
            if body.required {
                values.prop_map(Some).boxed()
            } else {
                option::of(values).boxed()
            }
        }
    };
    let made = (parameters, body).prop_map(|(parameters, body)| Arguments {
        parameters: parameters.into_iter().flatten().collect::<Map<_, _>>(),
        body,
        content_type: None,
    });
    Ok(made.boxed())
}

fn one(
    contract: &Contract,
    parameter: &Parameter,
) -> Result<BoxedStrategy<Option<(String, Value)>>, String> {
    let schema = parameter.schema.ok_or("a parameter has no schema")?;
    let values = proptest_schema::valid(&contract.api().schemas, schema, Direction::Request)
        .map_err(|unsupported| unsupported.to_string())?;
    let (name, location) = (parameter.name.clone(), parameter.location);
    let is_valid = values.clone();
    let named = values.prop_map(move |value| {
        // What a header cannot carry is left out of its text; what is left must be valid still.
        let value = if location == Location::Header {
            for_header(value)
        } else {
            value
        };
        is_valid.is_valid(&value).then(|| (name.clone(), value))
    });
    Ok(if parameter.required {
        named
            .prop_filter("a required parameter that can be sent", Option::is_some)
            .boxed()
    } else {
        option::of(named).prop_map(Option::flatten).boxed()
    })
}

/// A text as a header can carry it: visible ASCII and blanks between (RFC 9110, section 5.5).
fn for_header(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let visible: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
            Value::String(visible.trim().to_owned())
        }
        other => other,
    }
}

/// Arguments as a person can read them.
pub fn shown(arguments: &Arguments) -> String {
    let mut lines = Vec::new();
    for (name, value) in &arguments.parameters {
        lines.push(format!("{name} = {value}"));
    }
    if let Some(body) = &arguments.body {
        lines.push(format!("body = {body}"));
    }
    if lines.is_empty() {
        "no arguments".to_owned()
    } else {
        lines.join("\n")
    }
}
