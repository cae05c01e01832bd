//! What is generated, kept under review in `things/server.rs`, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use dropshot_codegen::generate;

/// Write the file anew with `EXPECTORATE=overwrite cargo test -p dropshot-codegen`.
#[test]
fn the_server_of_things_is_the_one_under_review() {
    let server = generate(include_str!("things/document.yaml")).unwrap();
    let notes: Vec<String> = server.notes.iter().map(ToString::to_string).collect();
    let expected = [
        "line 11, #/paths/~1things/get/responses: listThings declares no 500: such a refusal is sent with its status and a plain body",
        "line 58, #/paths/~1things~1{id}/get/responses: getThing declares no 406, no 500: such a refusal is sent with its status and a plain body",
        "line 70, #/paths/~1things~1{id}/delete/responses: deleteThing declares no 400, no 500: such a refusal is sent with its status and a plain body",
    ];
    assert_eq!(notes, expected);
    expectorate::assert_contents("tests/things/server.rs", &server.code);
}

#[test]
fn what_cannot_be_served_is_named_with_its_place() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: get
      parameters:
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
        - { name: id, in: query, content: { text/xml: {} } }
        - { name: bad name, in: header, schema: { type: string } }
      responses:
        '200': { description: Fine, content: { text/csv: { schema: { type: string } } } }
    put:
      operationId: put
      requestBody: { content: { multipart/form-data: { schema: { type: object } } } }
      responses:
        '204': { description: Fine }
";
    let faults = generate(document).unwrap_err().to_string();
    let expected = [
        "line 9, #/paths/~1things/get/parameters/0: the query parameter `filter` is an object or of a style that is not supported: use single values or arrays in the styles simple, form, spaceDelimited or pipeDelimited",
        "line 10, #/paths/~1things/get/parameters/1: the query parameter `id` is of `text/xml`, and only JSON is supported",
        "line 11, #/paths/~1things/get/parameters/2: `bad name` is no name for a header: it must be one word of visible ASCII",
        "line 13, #/paths/~1things/get/responses/200/content/text~1csv: a response of `text/csv` is not supported: only JSON and `+json` types are",
        "line 16, #/paths/~1things/put/requestBody/content/multipart~1form-data: a request body of `multipart/form-data` is not supported: only JSON and `+json` types are",
    ];
    assert_eq!(faults.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn two_schemes_in_one_header_are_refused() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { security: [{ basic: [], bearer: [] }], responses: { '204': { description: Fine } } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
";
    let faults = generate(document).unwrap_err().to_string();
    let expected = "line 6, #/paths/~1things/get/security: `basic` and `bearer` in one requirement cannot be satisfied";
    assert!(faults.starts_with(expected), "{faults}");
}

#[test]
fn a_document_with_awkward_names_still_makes_code() {
    let document = "
openapi: 3.0.3
info: { title: '3D things!', version: '1' }
paths:
  /a/{type}:
    get:
      operationId: match
      parameters:
        - { name: type, in: path, required: true, schema: { type: string } }
        - { name: 'page[size]', in: query, schema: { type: integer } }
        - { name: page_size, in: query, schema: { type: integer } }
        - { name: body, in: query, schema: { type: string } }
        - { name: Self, in: header, schema: { type: string } }
      responses:
        '299': { description: Fine, headers: { status: { schema: { type: string } } } }
        5XX: { description: Not fine }
        default: { description: Who knows }
  /a:
    get:
      responses: { '204': { description: Fine } }
components:
  schemas:
    Self: { type: object, properties: { fn: { type: string }, 2fa: { type: string } } }
    matchRequest: { type: string }
";
    let server = generate(document).unwrap();
    assert!(syn::parse_file(&server.code).is_ok(), "{}", server.code);
    for expected in ["fn match_(", "page_size:", "page_size2:", "body2:", "GetA"] {
        assert!(
            server.code.contains(expected),
            "{expected} is missing in\n{}",
            server.code
        );
    }
}
