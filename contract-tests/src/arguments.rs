//! What an operation is called with: drawn from the document, one value for each parameter and one for the body.

use contract_harness::Contract;
use openapi_model::{Direction, Location, MediaType, Operation, Parameter, RequestBody};
use proptest::option;
use proptest::strategy::{BoxedStrategy, Just, Strategy, Union};
use proptest_schema::Values;
use serde_json::{Map, Value};

use crate::driver::Arguments;

/// The arguments that the document allows an operation.
pub struct Drawn {
    /// Any of them.
    pub strategy: BoxedStrategy<Arguments>,
    /// For each parameter, and for the body in each media type, the boundaries of its values; the others are as simple as
    /// they can be.
    pub boundaries: Vec<Arguments>,
    /// The media types of the body that no value is drawn of, and why.
    pub gaps: Vec<String>,
}

/// Arguments that the document allows; why there are none.
///
/// # Errors
/// A schema that no values are known of.
pub fn arguments(contract: &Contract, operation: &Operation) -> Result<Drawn, String> {
    let mut parameters: Vec<BoxedStrategy<Option<(String, Value)>>> = Vec::new();
    let (mut simplest, mut edges) = (Arguments::default(), Vec::new());
    for parameter in &operation.parameters {
        let name = name_of(operation, parameter);
        let values = values(contract, parameter)?;
        let boundaries = values.boundaries().into_iter();
        let boundaries = boundaries.filter_map(|value| carried(parameter, value, &values));
        let boundaries: Vec<Value> = boundaries.collect();
        if parameter.required {
            let first = boundaries.first().ok_or("a parameter has no boundary")?;
            simplest.parameters.insert(name.clone(), first.clone());
        }
        edges.extend(boundaries.into_iter().map(|value| (name.clone(), value)));
        parameters.push(one(parameter, name, values));
    }
    let (bodies, mut gaps) = (&operation.request_body, Vec::new());
    let bodies = match bodies {
        None => Vec::new(),
        Some(body) => forms(contract, body, &mut gaps),
    };
    let is_required = operation
        .request_body
        .as_ref()
        .is_some_and(|body| body.required);
    if is_required {
        let first = bodies.first().ok_or("no body can be drawn")?;
        let value = first.boundaries.first().ok_or("the body has no boundary")?;
        simplest.body = Some(value.clone());
        simplest.content_type = Some(first.content_type.clone());
    }
    let with = |name: &String, value: &Value| {
        let mut arguments = simplest.clone();
        arguments.parameters.insert(name.clone(), value.clone());
        arguments
    };
    let mut boundaries: Vec<Arguments> = edges
        .iter()
        .map(|(name, value)| with(name, value))
        .collect();
    for form in &bodies {
        boundaries.extend(form.boundaries.iter().map(|value| Arguments {
            body: Some(value.clone()),
            content_type: Some(form.content_type.clone()),
            ..simplest.clone()
        }));
    }
    boundaries.push(simplest);

    let body: BoxedStrategy<Option<(String, Value)>> = if bodies.is_empty() {
        Just(None).boxed()
    } else {
        let drawn = Union::new(bodies.into_iter().map(|form| {
            let content_type = form.content_type;
            let named = move |value| (content_type.clone(), value);
            form.values.prop_map(named).boxed()
        }));
        if is_required {
            drawn.prop_map(Some).boxed()
        } else {
            option::of(drawn).boxed()
        }
    };
    let made = (parameters, body).prop_map(|(parameters, body)| {
        let (content_type, body) = body.unzip();
        Arguments {
            parameters: parameters.into_iter().flatten().collect::<Map<_, _>>(),
            body,
            content_type,
        }
    });
    Ok(Drawn {
        strategy: made.boxed(),
        boundaries,
        gaps,
    })
}

/// The name that a parameter has among arguments.
pub fn name_of(operation: &Operation, parameter: &Parameter) -> String {
    let namesakes = operation.parameters.iter();
    let namesakes = namesakes.filter(|other| other.name == parameter.name);
    if namesakes.count() > 1 {
        format!("{}:{}", parameter.location, parameter.name)
    } else {
        parameter.name.clone()
    }
}

/// The bodies of one media type.
struct Form {
    content_type: String,
    values: BoxedStrategy<Value>,
    boundaries: Vec<Value>,
}

fn forms(contract: &Contract, body: &RequestBody, gaps: &mut Vec<String>) -> Vec<Form> {
    let mut forms = Vec::new();
    for (name, content) in &body.content {
        match drawn(contract, content) {
            Ok((values, boundaries)) => forms.push(Form {
                content_type: concrete(name),
                values,
                boundaries,
            }),
            Err(why) => gaps.push(format!("bodies of `{name}`: {why}")),
        }
    }
    forms
}

fn drawn(
    contract: &Contract,
    content: &MediaType,
) -> Result<(BoxedStrategy<Value>, Vec<Value>), String> {
    let Some(schema) = content.schema else {
        let examples: Vec<Value> = content.examples.values().cloned().collect();
        if examples.is_empty() {
            return Err("there is neither a schema nor an example".to_owned());
        }
        return Ok((proptest::sample::select(examples.clone()).boxed(), examples));
    };
    let values = proptest_schema::valid(&contract.api().schemas, schema, Direction::Request)
        .map_err(|unsupported| unsupported.to_string())?;
    let boundaries = values.boundaries();
    Ok((values.boxed(), boundaries))
}

/// A media type of a range.
pub(crate) fn concrete(range: &str) -> String {
    match range.split_once('/') {
        Some(("*", _)) => "application/octet-stream".to_owned(),
        Some((kind, "*")) => format!("{kind}/x-any"),
        _ => range.to_owned(),
    }
}

fn values(contract: &Contract, parameter: &Parameter) -> Result<Values, String> {
    let schema = parameter.schema.ok_or("a parameter has no schema")?;
    proptest_schema::valid(&contract.api().schemas, schema, Direction::Request)
        .map_err(|unsupported| unsupported.to_string())
}

fn one(
    parameter: &Parameter,
    name: String,
    values: Values,
) -> BoxedStrategy<Option<(String, Value)>> {
    let (required, parameter) = (parameter.required, parameter.clone());
    let judge = values.clone();
    let named = values.prop_map(move |value| {
        let value = carried(&parameter, value, &judge)?;
        Some((name.clone(), value))
    });
    if required {
        named
            .prop_filter("a required parameter that can be sent", Option::is_some)
            .boxed()
    } else {
        option::of(named).prop_map(Option::flatten).boxed()
    }
}

/// What a header cannot carry is left out of its text; what is left must be valid still.
fn carried(parameter: &Parameter, value: Value, values: &Values) -> Option<Value> {
    let value = if parameter.location == Location::Header {
        for_header(value)
    } else {
        value
    };
    values.is_valid(&value).then_some(value)
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
        let content_type = arguments.content_type.as_deref().unwrap_or_default();
        lines.push(format!("body = {body} ({content_type})"));
    }
    if lines.is_empty() {
        "no arguments".to_owned()
    } else {
        lines.join("\n")
    }
}
