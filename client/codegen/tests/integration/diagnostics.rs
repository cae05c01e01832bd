//! What is left out, and told.

use serde_json::{Value, json};

/// Generates the client of a document with an operation `get` that has these members, and one that has nothing odd.
fn notes(members: &str) -> Vec<String> {
    let document = format!(
        "
openapi: 3.0.3
info: {{ title: Things, version: '1' }}
paths:
  /other:
    get:
      operationId: other
      responses: {{ '204': {{ description: Nothing }} }}
  /things:
    get:
      operationId: get
      {members}
components:
  schemas:
    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}
    B: {{ type: object, properties: {{ b: {{ type: string }} }} }}
"
    );
    let client = progenitor_codegen::generate(&document).unwrap();
    assert!(client.code.contains("pub fn other("), "{}", client.code);
    let is_left_out = !client.code.contains("pub fn get(&self) -> builder");
    let notes: Vec<String> = client.left_out.iter().map(ToString::to_string).collect();
    let says_left_out = notes
        .iter()
        .any(|note| note.contains("is left out of the client"));
    assert_eq!(is_left_out, says_left_out, "{notes:?}");
    notes
}

#[track_caller]
fn check(members: &str, expected: &[&str]) {
    assert_eq!(notes(members), expected, "{members}");
}

const NOTHING: &str = "responses: { '204': { description: Nothing } }";

#[test]
fn what_can_be_called_has_no_notes() {
    check(NOTHING, &[]);
    check("responses: { default: { description: Anything } }", &[]);
    check(
        "responses: { '302': { description: Elsewhere, content: { text/html: {} } } }",
        &[],
    );
    check(
        "responses: { '200': { description: A, content: { text/html: {}, application/json: {} } } }",
        &[],
    );
}

#[test]
fn a_parameter_that_cannot_be_written_is_left_out_where_it_need_not_be_there() {
    check(
        &format!(
            "parameters: [{{ name: f, in: query, style: deepObject, schema: {{ type: object }} }}]\n      {NOTHING}"
        ),
        &[
            "line 12, #/paths/~1things/get/parameters/0: `get` goes without a parameter: the query parameter `f` is an object or of a style that is not supported: single values and arrays are, in the styles simple, form, spaceDelimited and pipeDelimited",
        ],
    );
    check(
        &format!(
            "parameters: [{{ name: f, in: query, required: true, content: {{ text/csv: {{}} }} }}]\n      {NOTHING}"
        ),
        &[
            "line 12, #/paths/~1things/get/parameters/0: `get` is left out of the client: the query parameter `f` is of `text/csv`, and only JSON is supported",
        ],
    );
    check(
        &format!("parameters: [{{ name: 'a b', in: header, schema: {{}} }}]\n      {NOTHING}"),
        &[
            "line 12, #/paths/~1things/get/parameters/0: `get` goes without a parameter: the header parameter `a b` has a name that cannot be sent",
        ],
    );
}

#[test]
fn bodies_are_json_and_of_one_schema() {
    check(
        &format!(
            "requestBody: {{ content: {{ text/csv: {{}}, multipart/form-data: {{}} }} }}\n      {NOTHING}"
        ),
        &[
            "line 10, #/paths/~1things/get/requestBody: `get` is left out of the client: its body is of `text/csv` or `multipart/form-data`, and only JSON and `+json` types are supported",
        ],
    );
    check(
        "responses: { '200': { description: A, content: { text/csv: {} } } }",
        &[
            "line 10, #/paths/~1things/get/responses/200: `get` is left out of the client: its answer 200 is of `text/csv`, and only JSON and `+json` types are supported",
        ],
    );
    check(
        "responses: { '200': { description: A, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }, '201': { description: B, content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } } }",
        &[
            "line 10, #/paths/~1things/get/responses/201: `get` is left out of the client: its successes have bodies of different schemas, or only some have a body, and one schema for all is supported",
        ],
    );
    check(
        "responses: { '404': { description: A }, default: { description: B, content: { application/json: {} } }, '204': { description: C } }",
        &[
            "line 10, #/paths/~1things/get/responses/default: `get` is left out of the client: its errors have bodies of different schemas, or only some have a body, and one schema for all is supported",
        ],
    );
}

#[test]
fn where_nothing_can_be_called_there_is_no_client() {
    let faults = progenitor_codegen::generate(
        "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      responses: { '200': { description: A, content: { text/csv: {} } } }
",
    );
    assert_eq!(
        faults.unwrap_err().to_string(),
        "line 6, #/paths/~1things/get/responses/200: `GET /things` is left out of the client: its answer 200 is of `text/csv`, and only JSON and `+json` types are supported"
    );
}

#[test]
fn the_faults_of_a_document_are_told() {
    let faults = progenitor_codegen::generate("openapi: 3.0.3\ninfo: { title: Things }\npaths: {}")
        .unwrap_err();
    assert_eq!(faults.to_string(), "line 2, #/info: `version` is missing");
}

#[test]
fn names_that_rust_or_progenitor_has_taken_are_no_fault() {
    let mut document = "
openapi: 3.0.3
info: { title: Things, version: 'v1 é' }
paths:
"
    .to_owned();
    for (index, id) in [
        "new", "error", "move", "get-it", "get it", "client", "Self", "string",
    ]
    .iter()
    .enumerate()
    {
        document.push_str(&format!(
            "
  /{index}/{{id}}:
    post:
      operationId: {id}
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: id, in: query, schema: {{ type: integer }} }}
        - {{ name: body, in: query, schema: {{ type: integer }} }}
        - {{ name: client, in: query, schema: {{ type: string }} }}
        - {{ name: request, in: query, schema: {{ type: string }} }}
        - {{ name: type, in: query, schema: {{ type: string }} }}
        - {{ name: header_map, in: query, schema: {{ type: string }} }}
      requestBody: {{ content: {{ application/json: {{}} }} }}
      responses: {{ '204': {{ description: Nothing }} }}
"
        ));
    }
    let client = progenitor_codegen::generate(&document).unwrap();
    assert_eq!(client.notes, []);
    expectorate::assert_contents("tests/output/names.rs", &client.code);
}

/// Every place in a document, as the names and numbers that lead there.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_stands_in_a_document_there_is_code_or_a_diagnostic() {
    let document = openapi_model::parse(include_str!("../things.yaml"))
        .unwrap()
        .document;
    let mut found = Vec::new();
    places(&document, "", &mut found);
    assert!(found.len() > 200, "{}", found.len());
    let odd = [
        json!(null),
        json!({}),
        json!(["a\"\n{}"]),
        json!("é \"{}"),
        json!(-1.5),
    ];
    let (mut generated, mut refused) = (0, 0);
    for (place, odd) in found.iter().zip(odd.iter().cycle()) {
        let mut document = document.clone();
        *document.pointer_mut(place).unwrap() = odd.clone();
        match progenitor_codegen::generate(&document.to_string()) {
            Ok(_) => generated += 1,
            Err(faults) => {
                assert!(!faults.0.is_empty(), "{place}");
                refused += 1;
            }
        }
    }
    assert!(generated > 20 && refused > 100, "{generated} {refused}");
}
