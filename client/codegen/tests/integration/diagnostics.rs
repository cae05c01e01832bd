//! What is left out, and told.

/// Generates the client of a document with an operation `get` that has these members, and one that has nothing odd.
/// What is left out comes back, and what is noted.
fn told(members: &str) -> (Vec<String>, Vec<String>) {
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
    post:
      operationId: get
      {members}
components:
  securitySchemes:
    basic: {{ type: http, scheme: basic }}
    bearer: {{ type: http, scheme: bearer }}
    odd: {{ type: apiKey, in: header, name: no name }}
  schemas:
    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}
    B: {{ type: object, properties: {{ b: {{ type: array, items: {{ type: array }} }} }} }}
"
    );
    let client = progenitor_codegen::generate(&document).unwrap();
    assert!(client.code.contains("pub fn other("), "{}", client.code);
    let shown = |all: &[openapi_model::Diagnostic]| all.iter().map(ToString::to_string).collect();
    let left_out: Vec<String> = shown(&client.left_out);
    let is_left_out = !client.code.contains("pub fn get(&self) -> builder");
    let says_so = left_out
        .iter()
        .any(|d| d.ends_with("; the operation is left out"));
    assert_eq!(is_left_out, says_so, "{left_out:?}");
    assert_eq!(client.clone().strict().is_ok(), left_out.is_empty());
    (left_out, shown(&client.notes))
}

#[track_caller]
fn check(members: &str, left_out: &[&str], notes: &[&str]) {
    let (found_left_out, found_notes) = told(members);
    assert_eq!(found_left_out, left_out, "{members}");
    assert_eq!(found_notes, notes, "{members}");
}

/// The same of an operation that answers nothing.
#[track_caller]
fn check_request(members: &str, left_out: &[&str], notes: &[&str]) {
    const NOTHING: &str = "responses: { '204': { description: Nothing } }";
    check(&format!("{members}\n      {NOTHING}"), left_out, notes);
}

/// The same of an operation with one parameter.
#[track_caller]
fn check_parameter(parameter: &str, left_out: &[&str], notes: &[&str]) {
    let at = "line 12, #/paths/~1things/post/parameters/0: ";
    let at = |all: &[&str]| all.iter().map(|d| format!("{at}{d}")).collect::<Vec<_>>();
    let (left_out, notes) = (at(left_out), at(notes));
    let left_out: Vec<&str> = left_out.iter().map(String::as_str).collect();
    let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    check_request(
        &format!("parameters: [{{ {parameter} }}]"),
        &left_out,
        &notes,
    );
}

#[test]
fn what_can_be_called_is_told_nothing_about() {
    check_request("summary: Nothing", &[], &[]);
    for responses in [
        "default: { description: Anything }",
        "'302': { description: Elsewhere, content: { text/html: {} } }",
        "'200': { description: A, content: { text/html: {}, application/json: {} } }",
        "'200': { description: A, content: { '*/*': {}, image/png: {} } }, 4XX: { description: B }",
        "'404': { description: A }, default: { description: B, content: { application/json: {} } }",
    ] {
        check(&format!("responses: {{ {responses} }}"), &[], &[]);
    }
    for content in [
        "text/csv: {}",
        "multipart/form-data: { schema: { $ref: '#/components/schemas/A' } }",
        "application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/A' } }",
        "application/xml: { schema: { type: string } }, image/*: {}",
    ] {
        check_request(
            &format!("requestBody: {{ content: {{ {content} }} }}"),
            &[],
            &[],
        );
    }
    for parameter in [
        "in: query, style: deepObject, schema: { $ref: '#/components/schemas/B' }",
        "in: query, style: pipeDelimited, explode: false, schema: { type: array, items: {} }",
        "in: cookie, schema: { type: object }",
        "in: query, content: { text/csv: {} }",
        "in: header, explode: true, schema: { $ref: '#/components/schemas/A' }",
    ] {
        check_parameter(&format!("name: f, {parameter}"), &[], &[]);
    }
}

#[test]
fn a_parameter_that_cannot_be_written_is_left_out_and_its_operation_where_it_must_be_there() {
    let why = "the query parameter `f` is a list of lists or of objects, which no style can write: describe it by `content` of `application/json`";
    let list =
        "name: f, in: query, schema: { type: array, items: { $ref: '#/components/schemas/A' } }";
    check_parameter(list, &[&format!("{why}; the parameter is left out")], &[]);
    check_parameter(
        &format!("required: true, {list}"),
        &[&format!("{why}; the operation is left out")],
        &[],
    );
    check_parameter(
        "name: a b, in: header, schema: {}",
        &[
            "`a b` is no name for a header: it must be one word of visible ASCII; the parameter is left out",
        ],
        &[],
    );
    check_parameter(
        "name: f, in: query, style: deepObject, schema: { type: string }",
        &[
            "the query parameter `f` is no object, which the style deepObject is for: choose the style form; the parameter is left out",
        ],
        &[],
    );
}

#[test]
fn what_a_style_cannot_write_of_some_values_is_noted() {
    check_parameter(
        "name: f, in: query, schema: { $ref: '#/components/schemas/B' }",
        &[],
        &[
            "the query parameter `f` has a member `b` that is a list of lists or of objects: describe it by `content` of `application/json`; a call that gives it is refused",
        ],
    );
    check_parameter(
        "name: f, in: query, content: { text/csv: { schema: { type: object } } }",
        &[],
        &["the query parameter `f` is handed on as text: its schema is not checked"],
    );
}

#[test]
fn a_media_type_that_cannot_be_sent_or_read_is_left_out() {
    let body = "line 12, #/paths/~1things/post/requestBody";
    let bad = "`text` is no media type: it must be such as `application/json`; the media type is left out";
    check_request(
        "requestBody: { content: { text: {}, text/csv: {} } }",
        &[&format!("{body}/content/text: {bad}")],
        &[],
    );
    let none = "none of the media types of the request body can be sent";
    check_request(
        "requestBody: { content: { text: {} } }",
        &[
            &format!("{body}/content/text: {bad}"),
            &format!("{body}: {none}; the request body is left out"),
        ],
        &[],
    );
    check_request(
        "requestBody: { required: true, content: { text: {} } }",
        &[
            &format!("{body}/content/text: {bad}"),
            &format!("{body}: {none}; the operation is left out"),
        ],
        &[],
    );
    let form = "a form that has a member `a` that is in the style `simple`, which is none for forms: choose form, spaceDelimited, pipeDelimited or deepObject cannot be written; the media type is left out";
    check_request(
        "requestBody: { content: { text/csv: {}, application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/A' }, encoding: { a: { style: simple } } } } }",
        &[&format!(
            "{body}/content/application~1x-www-form-urlencoded: {form}"
        )],
        &[],
    );
    check_request(
        "requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/A' }, encoding: { a: { contentType: text/css }, b: { contentType: 'image/*' } } } } }",
        &[],
        &[&format!(
            "{body}/content/multipart~1form-data: the field `b` goes without what `encoding` says of it beside one media type"
        )],
    );
    check_request(
        "requestBody: { content: { multipart/form-data: { schema: { type: object, additionalProperties: true } } } }",
        &[],
        &[&format!(
            "{body}/content/multipart~1form-data: fields that the schema does not name (`additionalProperties`) cannot be given"
        )],
    );
    let response = "line 12, #/paths/~1things/post/responses/200";
    check(
        "responses: { '200': { description: A, content: { text: {} } }, '204': { description: B } }",
        &[
            &format!("{response}/content/text: {bad}"),
            &format!("{response}: none of its media types can be read; the response is left out"),
        ],
        &[],
    );
    check_request(
        "requestBody: { content: { text/csv: { schema: { type: object } } } }",
        &[],
        &[&format!(
            "{body}/content/text~1csv: a body of `text/csv` is handed on as it is: its schema is not checked"
        )],
    );
}

#[test]
fn a_caller_names_the_media_type_where_the_document_leaves_it_open() {
    let body_type = |content: &str| {
        let document = format!(
            "
openapi: 3.0.3
info: {{ title: Things, version: '1' }}
paths:
  /things:
    post:
      requestBody: {{ required: true, content: {{ {content} }} }}
      responses: {{ '204': {{ description: Nothing }} }}
"
        );
        let code = progenitor_codegen::generate(&document).unwrap().code;
        let (_, rest) = code.split_once("pub(super) fn post_things(").unwrap();
        let (parameter, _) = rest.split_once(')').unwrap();
        parameter.trim().trim_end_matches(',').to_owned()
    };
    let named = "body: support::body::Named<::reqwest::Body>";
    for (content, expected) in [
        ("image/png: {}", "body: ::reqwest::Body"),
        ("image/*: {}", named),
        ("image/png: {}, image/gif: {}", named),
        ("multipart/mixed: {}", named),
        ("text/plain: {}", "body: String"),
        (
            "text/plain: {}, text/csv: {}",
            "body: support::body::Named<String>",
        ),
        (
            "application/json: {}, application/hal+json: {}",
            "body: ::schema_check::serde_json::Value",
        ),
        (
            "text/plain: {}, image/png: {}",
            "body: bodies::PostThingsBody",
        ),
    ] {
        assert_eq!(body_type(content), expected, "{content}");
    }
}

#[test]
fn credentials_that_cannot_be_sent_are_left_out() {
    let security = "line 10, #/paths/~1things/post/security";
    let both = "`basic` and `bearer` in one requirement cannot be satisfied, since a request has one `Authorization` header: make them alternatives";
    check_request(
        "security: [{ basic: [], bearer: [] }, { bearer: [] }]",
        &[&format!("{security}: {both}; the alternative is left out")],
        &[],
    );
    check_request(
        "security: [{ odd: [] }]",
        &[&format!(
            "{security}: `no name` is no name for a header: it must be one word of visible ASCII; the operation is left out"
        )],
        &[],
    );
}

#[test]
fn an_operation_without_responses_may_be_answered_anything() {
    check(
        "responses: {}",
        &[],
        &[
            "line 10, #/paths/~1things/post: `responses` holds no response: nothing is known about the answers",
            "line 10, #/paths/~1things/post: it declares no responses, so any answer is one: declare those that it has",
        ],
    );
}

#[test]
fn where_nothing_can_be_called_there_is_no_client() {
    let faults = progenitor_codegen::generate(
        "
openapi: 3.1.0
info: { title: Things, version: '1' }
security: [{ certificate: [] }]
paths:
  /things:
    get:
      responses: { '200': { description: A } }
components: { securitySchemes: { certificate: { type: mutualTLS } } }
",
    );
    assert_eq!(
        faults.unwrap_err().to_string(),
        "line 7, #/paths/~1things/get/security: `certificate` is the client's certificate, which the generated client does not send: ask for another scheme; the operation is left out"
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
        - {{ name: response, in: query, schema: {{ type: string }} }}
        - {{ name: support, in: query, schema: {{ type: string }} }}
      requestBody: {{ content: {{ application/json: {{}} }} }}
      responses:
        '200': {{ description: Text, content: {{ text/plain: {{}} }} }}
        '204': {{ description: Nothing }}
"
        ));
    }
    let client = progenitor_codegen::generate(&document).unwrap();
    assert_eq!(client.notes, []);
    expectorate::assert_contents("tests/output/names.rs", &client.code);
}
