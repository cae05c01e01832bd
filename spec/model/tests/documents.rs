//! Documents that are read, and documents that are not.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use openapi_model::{
    Api, Direction, Location, ParameterFormat, StatusPattern, Style, Types, json_schema, parse,
    parse_with,
};
use serde_json::json;

/// A document with these paths and components, both indented by two.
fn document(paths: &str, components: &str) -> String {
    let components = if components.is_empty() {
        String::new()
    } else {
        format!("components:\n{components}\n")
    };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Things, version: '1' }}\n{components}paths:\n{paths}\n"
    )
}

fn read(paths: &str, components: &str) -> Api {
    parse(&document(paths, components)).unwrap()
}

const OK: &str = "responses: { '200': { description: Fine } }";

#[test]
fn what_is_wrong_is_named_with_its_pointer_and_line() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(
            parse(text)
                .unwrap_err()
                .to_string()
                .lines()
                .collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    };
    check(
        "[]",
        &[
            "line 1, #: this is no OpenAPI document: the member `openapi`, such as `openapi: 3.0.3`, is missing",
        ],
    );
    check(
        "swagger: '2.0'",
        &["line 1, #/swagger: this is a Swagger 2.0 document: convert it to OpenAPI 3.0"],
    );
    check(
        "openapi: 3.2.0",
        &[
            "line 1, #/openapi: OpenAPI 3.2.0 is not supported yet: write the document as OpenAPI 3.1.1",
        ],
    );
    check(
        "openapi: 3.1",
        &["line 1, #/openapi: the version is a number, and must be a string such as '3.0.3'"],
    );
    check(
        "openapi: '3.1'",
        &[
            "line 1, #/openapi: `3.1` is no version of OpenAPI that is supported: write 3.0.3 or 3.1.1",
        ],
    );
    check(
        "openapi: 3.0.3",
        &[
            "line 1, #: `info` is missing",
            "line 1, #: `paths` is missing",
        ],
    );
    check(
        &document(&format!("  things:\n    get: {{ {OK} }}"), ""),
        &["line 4, #/paths/things: the path `things` must start with `/`"],
    );
    check(
        &document(
            &format!("  /a/{{x}}:\n    get: {{ {OK} }}\n  /a/{{y}}: {{}}"),
            "",
        ),
        &[
            "line 5, #/paths/~1a~1{x}/get: `{x}` stands in the path, and no path parameter has that name",
            "line 6, #/paths/~1a~1{y}: the paths `/a/{y}` and `/a/{x}` are the same but for the names in them",
        ],
    );
    check(
        &document(
            &format!(
                "  /a:\n    get:\n      operationId: a\n      parameters:\n      - {{ name: b, in: body }}\n      - {{ name: c, in: query }}\n      - {{ name: d, in: query, style: matrix, schema: {{}} }}\n      security: [{{ key: [] }}]\n      {OK}\n    put:\n      operationId: a\n      {OK}"
            ),
            "",
        ),
        &[
            "line 8, #/paths/~1a/get/parameters/0: a parameter is in path, query, header or cookie, and not in `body`",
            "line 9, #/paths/~1a/get/parameters/1: either `schema` or `content` is needed",
            "line 10, #/paths/~1a/get/parameters/2: `matrix` is no style for a query parameter",
            "line 11, #/paths/~1a/get/security/0/key: `key` is no security scheme of this document",
            "line 13, #/paths/~1a/put: another operation has the operationId `a` too",
        ],
    );
    check(
        &document(
            "  {}",
            "  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n    C: { $ref: '#/components/schemas/None' }\n    D: { type: [string, 'null'] }\n    E: { type: string, minLength: -1, maxLength: 1.5, enum: [] }\n    F: { items: true, multipleOf: 0, allOf: [] }\n    G: { $ref: 'other.yaml' }\n    H: true\n    I: { additionalProperties: true }",
        ),
        &[
            "line 5, #/components/schemas/A: the reference leads back to itself",
            "line 6, #/components/schemas/B: the reference leads back to itself",
            "line 7, #/components/schemas/C/$ref: `#/components/schemas/None` leads nowhere",
            "line 8, #/components/schemas/D/type: `type` is an array, which OpenAPI 3.0 does not have: use `nullable: true` for null, and `oneOf` for several types",
            "line 9, #/components/schemas/E/minLength: -1 must be a whole number of at least 0",
            "line 9, #/components/schemas/E/maxLength: 1.5 must be a whole number of at least 0",
            "line 9, #/components/schemas/E/enum: `enum` must list at least one value",
            "line 10, #/components/schemas/F/items: this is a boolean, and must be a schema",
            "line 10, #/components/schemas/F/multipleOf: `multipleOf` must be above 0",
            "line 10, #/components/schemas/F/allOf: `allOf` must list at least one schema",
            "line 11, #/components/schemas/G/$ref: `other.yaml` is another file: only this one was given",
            "line 12, #/components/schemas/H: this is a boolean, and must be a schema",
        ],
    );
}

#[test]
fn a_mistyped_requirement_lets_nobody_in() {
    for (mistyped, kind) in [("bearer", "a string"), ("null", "null"), ("[]", "an array")] {
        let text = document(
            &format!("  /a:\n    get: {{ security: [{mistyped}], {OK} }}"),
            "",
        );
        let faults = parse(&text).unwrap_err().to_string();
        assert!(
            faults.contains(&format!("this is {kind}, and must be an object")),
            "{faults}"
        );
    }
}

#[test]
fn header_names_have_no_case() {
    let header = |name: &str| format!("{{ name: {name}, in: header, schema: {{}} }}");
    let check = |names: &[&str], expected: &str| {
        let parameters: Vec<String> = names.iter().map(|name| header(name)).collect();
        let text = document(
            &format!(
                "  /a:\n    get:\n      parameters: [{}]\n      {OK}",
                parameters.join(", ")
            ),
            "",
        );
        let faults = parse(&text).unwrap_err().to_string();
        assert!(faults.contains(expected), "{faults}");
    };
    check(
        &["X-A", "x-a"],
        "the header parameter `x-a` is declared twice",
    );
}

#[test]
fn what_has_no_effect_is_noted_and_stops_nobody() {
    let api = read(
        &format!("  /a:\n    get:\n      colour: red\n      {OK}"),
        "  schemas:\n    A: { const: 1 }\n    B: { $ref: '#/components/schemas/A', description: More }",
    );
    let notes: Vec<String> = api.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 10, #/paths/~1a/get/colour: `colour` has no meaning here and is ignored",
            "line 6, #/components/schemas/B/description: `description` stands beside `$ref`, where OpenAPI 3.0 ignores it: use `allOf`",
            "line 5, #/components/schemas/A/const: OpenAPI 3.0 has no schema keyword `const`: it is ignored",
        ]
    );
}

#[test]
fn parameters_are_those_of_the_path_and_of_the_operation_with_their_styles() {
    let api = read(
        &format!(
            "  /a/{{id}}:\n    parameters:\n    - {{ name: id, in: path, required: true, schema: {{ type: integer }} }}\n    - {{ name: q, in: query, schema: {{}} }}\n    get:\n      parameters:\n      - {{ name: q, in: query, required: true, style: deepObject, schema: {{ type: object }} }}\n      - {{ name: Accept, in: header, schema: {{}} }}\n      - {{ name: filter, in: query, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}\n      {OK}"
        ),
        "",
    );
    let found: Vec<_> = api.operations[0]
        .parameters
        .iter()
        .map(|p| (p.name.as_str(), p.location, p.required, p.format.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "id",
                Location::Path,
                true,
                ParameterFormat::Style(Style::Simple, false)
            ),
            (
                "q",
                Location::Query,
                true,
                ParameterFormat::Style(Style::DeepObject, false)
            ),
            (
                "filter",
                Location::Query,
                false,
                ParameterFormat::Content("application/json".to_owned())
            ),
        ]
    );
}

#[test]
fn security_is_alternatives_of_schemes_and_the_operation_overrides_the_document() {
    let api = parse(&format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nsecurity: [{{ a: [], b: [] }}, {{ a: [] }}]\npaths:\n  /x:\n    get: {{ {OK} }}\n    put: {{ {OK}, security: [], x-scopes: [write] }}\n    post: {{ {OK}, security: [{{}}, {{ c: [read] }}] }}\ncomponents:\n  securitySchemes:\n    a: {{ type: http, scheme: Bearer }}\n    b: {{ type: apiKey, in: header, name: Key }}\n    c: {{ type: oauth2, flows: {{}} }}\n"
    ))
    .unwrap();
    let names = |index: usize| -> Vec<Vec<&str>> {
        api.operations[index]
            .security
            .iter()
            .map(|all| all.iter().map(|u| u.scheme.as_str()).collect())
            .collect()
    };
    assert_eq!(names(0), [vec!["a", "b"], vec!["a"]]);
    assert_eq!(names(1), Vec::<Vec<&str>>::new());
    assert_eq!(names(2), [vec![], vec!["c"]]);
    assert_eq!(api.operations[1].scopes, ["write"]);
    assert_eq!(api.operations[2].security[1][0].scopes, ["read"]);
}

#[test]
fn a_response_is_found_by_code_then_range_then_default() {
    let api = read(
        "  /a:\n    get:\n      responses:\n        404: { description: code }\n        4XX: { description: range }\n        default: { description: other }",
        "",
    );
    let described = |code: u16| {
        let status = http::StatusCode::from_u16(code).unwrap();
        api.operations[0]
            .response(status)
            .unwrap()
            .description
            .as_str()
    };
    assert_eq!(
        [described(404), described(409), described(500)],
        ["code", "range", "other"]
    );
    assert_eq!(
        api.operations[0].responses[1].status,
        StatusPattern::Range(4)
    );
}

#[test]
fn links_lead_to_operations() {
    let api = read(
        "  /a:\n    post:\n      operationId: makeA\n      responses:\n        '201':\n          description: Made\n          links:\n            byId: { operationId: getA, parameters: { id: $response.body#/id } }\n            byRef: { operationRef: '#/paths/~1a~1{id}/get' }\n  /a/{id}:\n    get:\n      operationId: getA\n      parameters: [{ name: id, in: path, required: true, schema: {} }]\n      responses: { '200': { description: Found } }",
        "",
    );
    let target = Some(api.operations[1].pointer.clone());
    let links = &api.operations[0].responses[0].links;
    assert_eq!(
        (&links["byId"].operation, &links["byRef"].operation),
        (&target, &target)
    );
    assert_eq!(links["byId"].parameters["id"], json!("$response.body#/id"));
}

#[test]
fn references_are_followed_into_other_files() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a: { $ref: 'paths/a.yaml' }\n";
    let mut read = |uri: &str| {
        match uri {
        "paths/a.yaml" => Ok(format!(
            "get:\n  parameters: [{{ $ref: '../common.yaml#/limit' }}]\n  {OK}\n"
        )),
        "common.yaml" => Ok("limit: { name: limit, in: query, schema: { $ref: '#/positive' } }\npositive: { type: integer, minimum: 1 }\n".to_owned()),
        other => Err(format!("there is no {other}")),
    }
    };
    let api = parse_with(text, &mut read).unwrap();
    let schema = api
        .schemas
        .resolve(api.operations[0].parameters[0].schema.unwrap());
    assert_eq!(api.schemas.get(schema).minimum, Some(1.into()));
}

#[test]
fn schemas_are_lowered_to_one_dialect() {
    let api = read(
        "  {}",
        "  schemas:\n    Base: { type: object, required: [kind], properties: { kind: { type: string }, secret: { type: string, writeOnly: true }, id: { type: integer, readOnly: true } }, discriminator: { propertyName: kind, mapping: { leaf: Leaf, other: '#/components/schemas/Base' } } }\n    Leaf: { allOf: [{ $ref: '#/components/schemas/Base' }], required: [id, secret], nullable: true }\n    Closed: { type: object, nullable: true, additionalProperties: false, properties: { n: { type: number, maximum: 5, exclusiveMaximum: true } } }\n    Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }",
    );
    let schema =
        |name: &str, direction| json_schema(&api.schemas, api.named_schemas[name], direction);
    let base = api.schemas.get(api.named_schemas["Base"]);
    let mapping = &base.discriminator.as_ref().unwrap().mapping;
    assert_eq!(
        (mapping["leaf"], mapping["other"]),
        (api.named_schemas["Leaf"], api.named_schemas["Base"])
    );

    let closed = schema("Closed", Direction::Request);
    assert_eq!(closed["type"], json!(["null", "object"]));
    assert_eq!(closed["additionalProperties"], json!(false));
    assert_eq!(
        closed["properties"]["n"],
        json!({ "type": "number", "exclusiveMaximum": 5 })
    );

    // `nullable` without a type beside it means nothing.
    assert_eq!(api.schemas.get(api.named_schemas["Leaf"]).types, Types::ANY);

    let base = schema("Base", Direction::Response);
    assert_eq!(base["properties"]["secret"], json!(false));
    assert_eq!(
        schema("Base", Direction::Request)["properties"]["secret"],
        json!({ "type": "string" })
    );

    let tree = schema("Tree", Direction::Request);
    let reference = tree["items"]["$ref"].as_str().unwrap();
    assert!(
        tree.pointer(reference.strip_prefix('#').unwrap()).is_some(),
        "{tree}"
    );
}

#[test]
fn no_text_makes_it_panic() {
    let text = document(
        &format!(
            "  /a/{{id}}:\n    get:\n      parameters: [{{ name: id, in: path, required: true, schema: {{ $ref: '#/components/schemas/A' }} }}]\n      {OK}"
        ),
        "  schemas:\n    A: { type: object, properties: { a: { $ref: '#/components/schemas/A' } }, required: [a] }",
    );
    let words = [
        "",
        "{",
        "}",
        "[",
        "]",
        "- ",
        "$ref: '#'",
        "null",
        "'",
        "&a ",
        "*a",
        ": ",
        "1e999",
        "true",
        "\t",
        "\u{0}",
        "%",
    ];
    for (at, _) in text.char_indices() {
        for word in words {
            let mut changed = text.clone();
            changed.insert_str(at, word);
            drop(parse(&changed));
            drop(parse(&text[..at]));
        }
    }
}
