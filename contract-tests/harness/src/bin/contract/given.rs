//! Values that exist on the server, as they are given by `--value OPERATION.PARAMETER=VALUE`.

use contract_harness::GivenValue;
use openapi_model::{Api, Operation, Types};
use serde_json::Value;

use crate::pair::Pair;

/// The value that the pair gives.
///
/// Names of operations and of parameters may hold points, so the pair is parted where both names are known. Where they
/// nowhere are, the run says what there is.
///
/// # Errors
/// There is no point in the name.
pub fn given(api: &Api, pair: &Pair) -> Result<GivenValue, String> {
    let Pair { name, text } = pair;
    let known = name.match_indices('.').find_map(|(point, _)| {
        let (operation, parameter) = (&name[..point], &name[point + 1..]);
        let found = api.operations.iter().find(|o| is_named(o, operation))?;
        let known = found.parameters.iter().find(|p| p.name == parameter)?;
        Some((operation, parameter, known.schema))
    });
    let operation_only = || {
        let mut points = name.match_indices('.').map(|(point, _)| point);
        let known =
            points.find(|point| api.operations.iter().any(|o| is_named(o, &name[..*point])));
        let point = known.or_else(|| name.find('.'))?;
        Some((&name[..point], &name[point + 1..], None))
    };
    let (operation, parameter, schema) = known
        .or_else(operation_only)
        .ok_or_else(|| format!("--value {name}={text}: write OPERATION.PARAMETER=VALUE"))?;
    let is_text = schema.is_some_and(|id| {
        let schema = api.schemas.get(api.schemas.resolve(id));
        schema.types.contains(Types::STRING) && schema.types != Types::ANY
    });
    let value = if is_text {
        None
    } else {
        serde_json::from_str(text).ok()
    };
    Ok(GivenValue {
        operation: operation.to_owned(),
        parameter: parameter.to_owned(),
        value: value.unwrap_or_else(|| Value::String(text.clone())),
    })
}

fn is_named(operation: &Operation, name: &str) -> bool {
    operation.id.as_deref() == Some(name)
        || format!("{} {}", operation.method, operation.path) == name
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: things.get
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: page.token, in: query, schema: { type: string } }
        - { name: any, in: query, schema: {} }
      responses: { '200': { description: The thing } }
";

    #[test]
    fn operation_and_parameter_are_parted_where_both_are_known() {
        let api = openapi_model::parse(DOCUMENT).unwrap();
        for (name, text, expected) in [
            ("things.get.id", "42", ("things.get", "id", json!(42))),
            (
                "things.get.page.token",
                "42",
                ("things.get", "page.token", json!("42")),
            ),
            (
                "GET /things/{id}.id",
                "42",
                ("GET /things/{id}", "id", json!(42)),
            ),
            ("things.get.any", "[1]", ("things.get", "any", json!([1]))),
            ("things.get.any", "x", ("things.get", "any", json!("x"))),
            ("things.get.ix", "x", ("things.get", "ix", json!("x"))),
            ("thing.id", "x", ("thing", "id", json!("x"))),
        ] {
            let pair = Pair {
                name: name.to_owned(),
                text: text.to_owned(),
            };
            let found = given(&api, &pair).unwrap();
            let found = (
                found.operation.as_str(),
                found.parameter.as_str(),
                found.value,
            );
            assert_eq!(found, expected, "{name}");
        }
        let pair = Pair {
            name: "id".to_owned(),
            text: "4".to_owned(),
        };
        assert!(given(&api, &pair).is_err());
    }
}
