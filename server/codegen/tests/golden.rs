//! What is generated, kept under review in `things/server.rs`, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use dropshot_codegen::generate;

/// Write the file anew with `EXPECTORATE=overwrite cargo test -p dropshot-codegen`.
#[test]
fn the_server_of_things_is_the_one_under_review() {
    let server = generate(include_str!("things/document.yaml")).unwrap();
    let notes: Vec<String> = server.notes.iter().map(ToString::to_string).collect();
    let expected = [
        "line 11, #/paths/~1things/get/responses: listThings declares no 500, no 503: such a refusal is sent with its status and a plain body",
        "line 58, #/paths/~1things~1{id}/get/responses: getThing declares no 406, no 500, no 503: such a refusal is sent with its status and a plain body",
        "line 70, #/paths/~1things~1{id}/delete/responses: deleteThing declares no 400, no 500, no 503: such a refusal is sent with its status and a plain body",
    ];
    assert_eq!(notes, expected);
    expectorate::assert_contents("tests/things/server.rs", &server.code);
}

#[test]
fn the_server_of_the_gallery_is_the_one_under_review() {
    let server = generate(include_str!("gallery/document.yaml")).unwrap();
    assert_eq!(server.left_out, []);
    expectorate::assert_contents("tests/gallery/server.rs", &server.code);
    let notes: Vec<String> = server.notes.iter().map(ToString::to_string).collect();
    let expected = [
        "line 69, #/paths/~1pictures~1special/get: dropshot's router cannot hold `special` beside `{id}`: it is served all the same, and left out of the document that dropshot emits",
        "line 79, #/paths/~1pictures~1{id}~1{page}t.{format}/get: dropshot's router cannot hold the variable in a part of `{page}t.{format}`: it is served all the same, and left out of the document that dropshot emits",
        "line 85, #/paths/~1pictures~1{id}~1v{version}.txt/get: dropshot's router cannot hold the variable in a part of `v{version}.txt`: it is served all the same, and left out of the document that dropshot emits",
        "line 131, #/paths/~1queries/parameters/2: the default of the query parameter `since` is left to the handler: it is not of the plain types that a default can have, or its own schema forbids it",
    ];
    assert_eq!(notes[..4], expected);
}

#[test]
fn the_server_of_answers_is_the_one_that_is_tested() {
    let server = generate(include_str!("answers/document.yaml")).unwrap();
    assert_eq!(server.left_out, []);
    expectorate::assert_contents("tests/answers/server.rs", &server.code);
}

#[test]
fn the_server_that_comes_back_is_the_one_that_is_tested() {
    let server = generate(include_str!("emitted/document.yaml")).unwrap();
    assert_eq!(server.left_out, []);
    expectorate::assert_contents("tests/emitted/server.rs", &server.code);
}

#[test]
fn what_may_be_anything_may_be_a_list_in_a_form() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    post:
      operationId: post
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { any: {}, word: { type: string } } }
      responses: { '204': { description: Fine } }
";
    let server = generate(document).unwrap();
    let code: String = server.code.split_whitespace().collect();
    let any = "name:\"any\",shapes:&[Shape::One(Scalar::Text),Shape::Repeated(Scalar::Text),]";
    let word = "name:\"word\",shapes:&[Shape::One(Scalar::Text)]";
    assert!(code.contains(any) && code.contains(word), "{}", server.code);
}

#[test]
fn what_cannot_be_served_is_left_out_and_named_with_its_place() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: get
      parameters:
        - { name: filter, in: query, schema: { type: array, items: { type: object } } }
        - { name: bad name, in: header, schema: { type: string } }
      responses:
        '200': { description: Fine, headers: { '': { schema: { type: string } } } }
    put:
      operationId: put
      requestBody:
        content:
          text: { schema: { type: string } }
          application/json: { schema: { type: string } }
      responses:
        '200': { description: Fine, content: { 'a/b/c': { schema: { type: string } } } }
        '204': { description: Fine, headers: { 'a b': { schema: { type: string } } } }
    post:
      operationId: post
      parameters:
        - { name: deep, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Deep' } }
        - { name: flat, in: query, style: deepObject, schema: { type: integer } }
        - { name: row, in: query, explode: false, schema: { type: object, properties: { a: { type: array } } } }
      responses: { '204': { description: Fine } }
  /things/{a}{b}:
    parameters:
      - { name: a, in: path, required: true, schema: { type: string } }
      - { name: b, in: path, required: true, schema: { type: string } }
    get: { operationId: both, responses: { '204': { description: Fine } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: byId, responses: { '204': { description: Fine } } }
components:
  schemas:
    Deep: { type: object, properties: { inner: { $ref: '#/components/schemas/Deep' } } }
";
    let server = generate(document).unwrap();
    let left_out: Vec<String> = server.left_out.iter().map(ToString::to_string).collect();
    let name = "is no name for a header: it must be one word of visible ASCII";
    let media_type = "is no media type: it must be such as `application/json`";
    let inner = "has a member `inner` that ".repeat(9);
    let json = "describe it by `content` of `application/json`";
    let expected = [
        format!("line 9, #/paths/~1things/get/parameters/0: the query parameter `filter` is a list of lists or of objects, which no style can write: {json}; the operation is left out"),
        format!("line 10, #/paths/~1things/get/parameters/1: `bad name` {name}; the operation is left out"),
        format!("line 17, #/paths/~1things/put/requestBody/content/text: `text` {media_type}; the media type is left out"),
        format!("line 20, #/paths/~1things/put/responses/200/content/a~1b~1c: `a/b/c` {media_type}; the media type is left out"),
        "line 20, #/paths/~1things/put/responses/200: none of its media types can be written; the response is left out".to_owned(),
        format!("line 21, #/paths/~1things/put/responses/204/headers/a b: `a b` {name}; the header is left out"),
        format!("line 25, #/paths/~1things/post/parameters/0: the query parameter `deep` {inner}is an object in an object without end: {json}; the operation is left out"),
        "line 26, #/paths/~1things/post/parameters/1: the query parameter `flat` is no object, which the style deepObject is for: choose the style form; the operation is left out".to_owned(),
        "line 27, #/paths/~1things/post/parameters/2: the query parameter `row` has a member `a` that is a list, which has no place in a row of names and values: choose another style; the operation is left out".to_owned(),
        "line 33, #/paths/~1things~1{a}{b}/get: the path `/things/{a}{b}` has nothing between the variables of `{a}{b}` to tell where one ends: put a character between them; the operation is left out".to_owned(),
    ];
    assert_eq!(left_out, expected);
    for (text, is_there) in [
        (".left_out(\"GET\", \"/things\")", true),
        ("fn put(", true),
        ("fn by_id(", true),
        ("fn get(", false),
        ("fn post(", false),
        ("fn both(", false),
    ] {
        assert_eq!(
            server.code.contains(text),
            is_there,
            "{text} in\n{}",
            server.code
        );
    }
    assert_eq!(server.strict().unwrap_err().0.len(), expected.len());
}

#[test]
fn a_constant_says_what_a_text_stands_for() {
    let document = "
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: get
      parameters:
        - { name: version, in: query, schema: { const: 5, default: 5 } }
        - { name: either, in: query, schema: { type: [integer, string, 'null'] } }
      responses:
        default: { description: Who knows }
";
    let server = generate(document).unwrap();
    for expected in [
        "shapes: &[Shape::One(Scalar::Integer)],",
        "shapes: &[Shape::One(Scalar::Integer), Shape::One(Scalar::Text)],",
        "default: Some(\"5\"),",
    ] {
        assert!(
            server.code.contains(expected),
            "{expected} is missing in\n{}",
            server.code
        );
    }
}

#[test]
fn what_is_served_in_a_simpler_way_is_noted() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    put:
      operationId: put
      parameters:
        - { name: filter, in: query, content: { application/xml: { schema: { type: object } } } }
      requestBody:
        content:
          application/xml: { schema: { type: object } }
          application/yaml: { schema: { type: object } }
          multipart/form-data:
            schema: { type: object, properties: { a: { type: string } } }
            encoding: { a: { contentType: text/html } }
      responses:
        default: { description: Who knows }
";
    let server = generate(document).unwrap();
    let notes: Vec<String> = server.notes.iter().map(ToString::to_string).collect();
    let body = "#/paths/~1things/put/requestBody/content";
    let expected = [
        "line 9, #/paths/~1things/put/parameters/0: the query parameter `filter` is handed on as text: its schema is not checked".to_owned(),
        format!("line 12, {body}/application~1xml: a body of `application/xml` is handed on as it is: its schema is not checked"),
        format!("line 13, {body}/application~1yaml: a body of `application/yaml` is handed on as it is: its schema is not checked"),
        format!("line 14, {body}/multipart~1form-data: the media types and headers of the parts (`encoding`) are not checked, and told to the handler for files only"),
    ];
    assert_eq!(notes, expected);
    assert_eq!(server.left_out, []);
}

#[test]
fn a_document_of_which_nothing_is_left_makes_no_code() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /{a}{b}:
    parameters:
      - { name: a, in: path, required: true, schema: { type: string } }
      - { name: b, in: path, required: true, schema: { type: string } }
    get: { responses: { '204': { description: Fine } } }
";
    assert_eq!(generate(document).unwrap_err().0.len(), 1);
    assert!(generate("openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n").is_ok());
    assert!(generate("no document").is_err());
}

#[test]
fn a_requirement_of_two_schemes_in_one_header_is_left_out() {
    let document = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { security: [{ basic: [], bearer: [] }, { bearer: [] }], responses: { '204': { description: Fine } } }
    put: { security: [{ basic: [], bearer: [] }], responses: { '204': { description: Fine } } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
";
    let server = generate(document).unwrap();
    let left_out: Vec<String> = server.left_out.iter().map(ToString::to_string).collect();
    let why = "`basic` and `bearer` in one requirement cannot be satisfied, since a request has one `Authorization` header: make them alternatives";
    let expected = [
        format!("line 6, #/paths/~1things/get/security: {why}; the alternative is left out"),
        format!("line 7, #/paths/~1things/put/security: {why}; the operation is left out"),
    ];
    assert_eq!(left_out, expected);
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
