//! Documents of OpenAPI 3.1, and in what they differ from those of 3.0.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use openapi_model::{
    Api, Direction, Operation, SchemaId, SecurityKind, Treatment, Types, json_schema, keywords,
    parse, parse_with,
};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("openapi_3_1.yaml");

fn operation<'a>(api: &'a Api, id: &str) -> &'a Operation {
    api.operation(id).unwrap()
}

/// A document with these members.
fn document(members: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{members}\n")
}

/// A document with these schemas, each on a line of its own, the first on the fifth.
fn schemas(schemas: &[&str]) -> String {
    document(&format!(
        "components:\n  schemas:\n    {}",
        schemas.join("\n    ")
    ))
}

#[test]
fn schemas_are_those_of_2020_12_and_openapi() {
    let api = parse(DOCUMENT).unwrap();
    let check = |name: &str, expected: Value| {
        let mut written = json_schema(&api.schemas, api.named_schemas[name], Direction::Request);
        let members = written.as_object_mut().unwrap();
        members.remove("$schema");
        members.remove("$defs");
        assert_eq!(written, expected, "{name}");
    };
    check("Anything", json!({}));
    check("Nothing", json!({ "allOf": [false] }));
    check(
        "Types",
        json!({ "type": ["null", "integer", "string"], "minimum": 1, "maxLength": 2 }),
    );
    check("Nullable", json!({ "type": "string" }));
    check(
        "Bounds",
        json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 5, "maximum": 4 }),
    );
    check(
        "Tuple",
        json!({ "prefixItems": [{ "type": "string" }, {}], "items": false, "contains": { "type": "null" }, "minContains": 0, "maxContains": 1, "unevaluatedItems": {} }),
    );
    check(
        "Objects",
        json!({
            "patternProperties": { "^x": { "type": "string" } },
            "propertyNames": { "maxLength": 3 },
            "dependentRequired": { "a": ["b"] },
            "dependentSchemas": { "b": { "minProperties": 2 } },
            "if": { "required": ["a"] },
            "then": { "maxProperties": 3 },
            "else": { "maxProperties": 2 },
        }),
    );
    let reference = |name: &str| format!("#/$defs/schema{}", api.named_schemas[name].index());
    check(
        "Beside",
        json!({ "$ref": reference("Types"), "not": { "const": 2 } }),
    );
    check("Bytes", json!({ "type": "string", "format": "byte" }));
    check("Url", json!({ "type": "string" }));
    check("Formatted", json!({ "type": "string", "format": "uri" }));
    check("Json", json!({ "type": "string" }));
    check("Picture", json!({ "type": "string", "format": "binary" }));
    check(
        "Four",
        json!({ "exclusiveMinimum": 1, "properties": { "a": { "$ref": reference("Kind") } } }),
    );
    // Which way a value travels is a matter of the document, and not of the dialect of its schemas.
    check(
        "Plain",
        json!({ "type": "object", "properties": { "a": {} } }),
    );
    check(
        "Thing",
        json!({
            "type": "object",
            "properties": { "id": { "type": "integer" }, "secret": { "type": "string" }, "kind": { "$ref": reference("Kind") } },
            "required": ["secret"],
        }),
    );
    check("x-Extended", json!({}));

    let schema = |id: SchemaId| api.schemas.get(api.schemas.resolve(id));
    let named = |name: &str| schema(api.named_schemas[name]);
    assert_eq!(named("ByUri").max_length, Some(7));
    assert_eq!(schema(named("Named").items.unwrap()).max_length, Some(7));
    assert_eq!(named("ByName").min_length, Some(6));
    assert_eq!(named("Nullable").types, Types::STRING);
    // A node of the strict tree is strict.
    let strict = api.schemas.get(api.named_schemas["Strict"]);
    let children = schema(strict.reference.unwrap()).properties["children"];
    let node = api.schemas.get(schema(children).items.unwrap());
    assert_eq!(node.reference, Some(api.named_schemas["Strict"]));
    let pet = named("Pet").discriminator.as_ref().unwrap();
    assert_eq!(
        (pet.mapping["cat"], pet.mapping["dog"]),
        (api.named_schemas["Cat"], api.named_schemas["Dog"])
    );
    assert_eq!(named("Plain").discriminator, None);
    let thing = &named("Thing").annotations;
    assert_eq!(
        thing.examples,
        [json!({ "kind": "a" }), json!({ "kind": "b" })]
    );
    assert!(thing.xml.is_some() && thing.external_docs.is_some());
    let kind = &api
        .schemas
        .get(named("Thing").properties["kind"])
        .annotations;
    assert_eq!(
        (kind.description.as_deref(), &kind.default),
        (Some("Which one"), &Some(json!("a")))
    );
    let url = &named("Url").annotations;
    assert_eq!(url.content_encoding.as_deref(), Some("base64url"));
    let json = &named("Json").annotations;
    assert_eq!(json.content_media_type.as_deref(), Some("application/json"));
}

#[test]
fn the_rest_of_the_document_is_read_as_well() {
    let api = parse(DOCUMENT).unwrap();
    assert_eq!(api.summary.as_deref(), Some("Things and their parts"));
    assert_eq!(api.servers, ["https://eu.example.org/v1"]);
    // Callbacks and webhooks are no operations.
    let ids: Vec<_> = api.operations.iter().map(Operation::label).collect();
    assert_eq!(ids, ["getThing", "dropThing", "makeThing", "putFile"]);

    // A path item, and the one that it refers to.
    for id in ["getThing", "dropThing"] {
        let parameter = &operation(&api, id).parameters[0];
        assert_eq!(
            (parameter.name.as_str(), parameter.description.as_deref()),
            ("id", Some("The thing that is meant"))
        );
    }
    let drop = operation(&api, "dropThing");
    assert_eq!(drop.method, http::Method::DELETE);
    assert!(drop.request_body.is_some() && drop.responses.is_empty());

    // What stands beside a reference.
    let make = operation(&api, "makeThing");
    let body = make.request_body.as_ref().unwrap();
    assert_eq!(body.description.as_deref(), Some("What is made"));
    let described: Vec<_> = make
        .responses
        .iter()
        .map(|r| r.description.as_str())
        .collect();
    assert_eq!(described, ["It is made now", "Made"]);
    let made = &make.responses[0];
    assert_eq!(
        made.headers["Rate"].description.as_deref(),
        Some("How often")
    );
    assert_eq!(made.links["self"].description.as_deref(), Some("Itself"));
    assert_eq!(
        made.links["self"].operation,
        Some(operation(&api, "getThing").pointer.clone())
    );
    let media = &made.content["application/json"];
    assert_eq!(media.examples["one"], json!({ "id": 1 }));
    let schema = api.schemas.get(media.schema.unwrap());
    assert!(schema.reference.is_some() && schema.unevaluated_properties.is_some());
    assert_eq!(schema.required, ["id"]);
    assert_eq!(
        api.schemas.get(make.parameters[0].schema.unwrap()).types,
        Types::ANY
    );

    // Bytes.
    let content = &operation(&api, "putFile")
        .request_body
        .as_ref()
        .unwrap()
        .content;
    assert_eq!(content["application/octet-stream"].schema, None);
    let form = api
        .schemas
        .get(content["multipart/form-data"].schema.unwrap());
    let format = |name: &str| api.schemas.get(form.properties[name]).format.as_deref();
    assert_eq!((format("file"), format("note")), (Some("binary"), None));

    // Security.
    let scheme = |name: &str| &api.security_schemes[name];
    assert_eq!(scheme("certificate").kind, SecurityKind::MutualTls);
    assert_eq!(scheme("again").description.as_deref(), Some("The same key"));
    let security = &operation(&api, "putFile").security;
    assert_eq!(security[0][0].scheme, "certificate");
    assert_eq!(security[1][0].scopes, ["writer"]);
}

#[test]
fn what_has_no_effect_is_noted() {
    let api = parse(DOCUMENT).unwrap();
    let notes: Vec<String> = api
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.pointer, note.message))
        .collect();
    assert_eq!(
        notes,
        [
            "#/paths/~1things~1{id}/delete: there are no `responses`: nothing is known about the answers",
            "#/paths/~1things/post/callbacks: callbacks are requests of the server's own: they are read for faults, and kept nowhere",
            "#/components/pathItems/Moved/post/callbacks: callbacks are requests of the server's own: they are read for faults, and kept nowhere",
            "#/components/pathItems/Moved/post: there are no `responses`: nothing is known about the answers",
            "#/paths/~1files/put: there are no `responses`: nothing is known about the answers",
            "#/webhooks: webhooks are requests of the server's own: they are read for faults, and kept nowhere",
            "#/components/schemas/x-Extended/unknown: OpenAPI 3.1 has no schema keyword `unknown`: it is ignored",
            "#/components/schemas/Plain/discriminator: JSON Schema 2020-12 has no schema keyword `discriminator`: it is ignored",
            "#/components/schemas/Four/properties/a/title: `title` stands beside `$ref`, where JSON Schema draft 4 ignores it: use `allOf`",
            "#/components/schemas/Nullable/nullable: OpenAPI 3.1 has no schema keyword `nullable`: it is ignored: put 'null' in the list `type`",
        ]
    );
    // In 3.0 all of that is of another version.
    let text = DOCUMENT.replace("openapi: 3.1.1", "openapi: 3.0.3");
    let faults = parse(&text).unwrap_err().to_string();
    for expected in [
        "`mutualTLS` is no type of security scheme",
        "`type` is an array, which OpenAPI 3.0 does not have",
        "`exclusiveMinimum` is a number, and must be a boolean",
        "`responses` is missing",
        "this is a boolean, and must be a schema",
    ] {
        assert!(faults.contains(expected), "{expected}: {faults}");
    }
    let api = parse(
        "openapi: 3.0.3\ninfo: { title: T, version: '1', summary: S }\npaths: {}\nwebhooks: { a: 5 }\n",
    )
    .unwrap();
    let notes: Vec<String> = api.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 4, #/webhooks: `webhooks` is of OpenAPI 3.1, and ignored in a document of 3.0",
            "line 2, #/info/summary: `summary` is of OpenAPI 3.1, and ignored in a document of 3.0",
        ]
    );
}

#[test]
fn every_keyword_is_accounted_for() {
    let found = keywords(DOCUMENT).unwrap();
    let check = |pointer: &str, expected: &[Treatment]| {
        let found: Vec<Treatment> = found
            .iter()
            .filter(|keyword| keyword.pointer.as_str() == pointer)
            .map(|keyword| keyword.treatment)
            .collect();
        assert_eq!(found, expected, "{pointer}");
    };
    use Treatment::{Annotation, Diagnosed, Lowered};
    let schema = |rest: &str| format!("/components/schemas/{rest}");
    check(&schema("Beside/$ref"), &[Lowered]);
    check(&schema("Beside/not"), &[Lowered]);
    check(&schema("Beside/$comment"), &[Annotation]);
    check(&schema("Bytes/contentEncoding"), &[Lowered]);
    check(&schema("Url/contentEncoding"), &[Annotation]);
    check(&schema("Json/contentSchema/required"), &[Lowered]);
    check(&schema("Nullable/nullable"), &[Diagnosed]);
    check(&schema("Four/properties/a/title"), &[Diagnosed]);
    check(&schema("x-Extended/unknown/type"), &[]);
    // Once in each dynamic scope.
    check(&schema("Tree/properties"), &[Lowered, Lowered]);
    check(
        "/webhooks/gone/post/requestBody/content/application~1json/schema/const",
        &[Lowered],
    );
    check(
        "/components/pathItems/Moved/post/requestBody/content/application~1json/schema/examples",
        &[Annotation],
    );
}

#[test]
fn the_document_says_in_which_dialect_its_schemas_are() {
    let mut read = |uri: &str| {
        match uri {
        "https://example.org/mine" => Ok("{ $schema: 'https://json-schema.org/draft/2020-12/schema', $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/applicator': true, 'https://spec.openapis.org/oas/3.1/vocab/base': false } }".to_owned()),
        other => Err(format!("there is no {other}")),
    }
    };
    for (dialect, has_discriminator, bound) in [
        (
            "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
            true,
            Some(1),
        ),
        (
            "https://json-schema.org/draft/2020-12/schema",
            false,
            Some(1),
        ),
        ("http://json-schema.org/draft-07/schema#", false, Some(1)),
        ("http://json-schema.org/draft-04/schema#", false, None),
        ("https://example.org/mine", true, None),
    ] {
        let bounds = if dialect.contains("draft-04") {
            "minimum: 1, exclusiveMinimum: true"
        } else {
            "minimum: 1, exclusiveMinimum: 0"
        };
        let text = document(&format!(
            "jsonSchemaDialect: {dialect}\ncomponents: {{ schemas: {{ A: {{ {bounds}, discriminator: {{ propertyName: a }}, writeOnly: true }} }} }}"
        ));
        let api = parse_with(&text, &mut read).unwrap();
        let schema = api.schemas.get(api.named_schemas["A"]);
        assert_eq!(
            (
                schema.discriminator.is_some(),
                schema.minimum.as_ref().and_then(serde_json::Number::as_i64)
            ),
            (has_discriminator, bound),
            "{dialect}"
        );
        // Draft 4 does not have it.
        assert_eq!(
            schema.annotations.write_only,
            !dialect.contains("draft-04"),
            "{dialect}"
        );
    }
}

#[test]
fn a_document_needs_paths_components_or_webhooks() {
    for members in ["paths: {}", "components: {}", "webhooks: {}"] {
        let api = parse(&document(members)).unwrap();
        assert!(api.operations.is_empty());
    }
    let faults = parse(&document("")).unwrap_err().to_string();
    assert_eq!(
        faults,
        "line 1, #: one of `paths`, `components` and `webhooks` must be there"
    );
}

#[test]
fn what_is_wrong_is_named_with_its_pointer_and_line() {
    let check = |text: &str, expected: &[&str]| {
        let faults = match parse(text) {
            Err(faults) => faults.to_string(),
            Ok(_) => String::new(),
        };
        assert_eq!(faults.lines().collect::<Vec<_>>(), expected, "{text}");
    };
    check(
        &schemas(&[
            "A: { type: [string, none] }",
            "B: { exclusiveMinimum: true }",
            "C: { items: [{}] }",
            "D: { $ref: '#/components/schemas/None' }",
            "E: { $ref: '#nowhere' }",
            "F: { $ref: other.yaml }",
            "G: { examples: { a: 1 } }",
            "H: 5",
            "I: { $ref: '#/components/schemas/I' }",
            "J: { $id: 'https://example.org/j', items: { $ref: '#/components/schemas/A' } }",
            "K: { $schema: 'https://example.org/mine' }",
        ]),
        &[
            "line 15, #/components/schemas/K/$schema: `https://example.org/mine` is no dialect that can be read: `$schema` must be one of http://json-schema.org/draft-04/schema#, http://json-schema.org/draft-06/schema#, http://json-schema.org/draft-07/schema#, https://json-schema.org/draft/2020-12/schema and https://spec.openapis.org/oas/3.1/dialect/base, or a metaschema in one of them: `https://example.org/mine` is another file: only this one was given",
        ],
    );
    check(
        &schemas(&[
            "A: { type: [string, none] }",
            "B: { exclusiveMinimum: true }",
            "C: { items: [{}] }",
            "D: { $ref: '#/components/schemas/None' }",
            "E: { $ref: '#nowhere' }",
            "F: { $ref: other.yaml }",
            "G: { examples: { a: 1 } }",
            "H: 5",
            "I: { $ref: '#/components/schemas/I' }",
            "J: { $id: 'https://example.org/j', items: { $ref: '#/components/schemas/A' } }",
        ]),
        &[
            "line 5, #/components/schemas/A/type/1: `none` is no type: it must be one of null, boolean, integer, number, string, array and object",
            "line 6, #/components/schemas/B/exclusiveMinimum: this is a boolean, and must be a number",
            "line 7, #/components/schemas/C/items: `items` is an array, and must be a schema: 2020-12 calls the list `prefixItems`, and `items` what follows it",
            "line 8, #/components/schemas/D/$ref: `#/components/schemas/None` leads nowhere",
            "line 9, #/components/schemas/E/$ref: `#nowhere` leads nowhere: no schema there has the name `nowhere`",
            "line 10, #/components/schemas/F/$ref: `other.yaml` is another file: only this one was given",
            "line 11, #/components/schemas/G/examples: `examples` is an object, and must be an array",
            "line 12, #/components/schemas/H: this is a number, and must be a schema",
            "line 13, #/components/schemas/I: the reference leads back to itself",
            "line 14, #/components/schemas/J/items/$ref: `#/components/schemas/A` leads nowhere: it is resolved against the `$id` around it, https://example.org/j",
        ],
    );
    check(
        &document("jsonSchemaDialect: https://example.org/mine\npaths: {}"),
        &[
            "line 3, #/jsonSchemaDialect: `https://example.org/mine` is no dialect that can be read: `jsonSchemaDialect` must be one of http://json-schema.org/draft-04/schema#, http://json-schema.org/draft-06/schema#, http://json-schema.org/draft-07/schema#, https://json-schema.org/draft/2020-12/schema and https://spec.openapis.org/oas/3.1/dialect/base, or a metaschema in one of them: `https://example.org/mine` is another file: only this one was given",
        ],
    );
    check(
        &document("jsonSchemaDialect: 5\npaths: {}"),
        &[
            "line 3, #/jsonSchemaDialect: `jsonSchemaDialect` is a number, and must be a string: put it in quotes",
        ],
    );
    check(
        &document(
            "components:\n  securitySchemes: { a: { type: tls } }\n  pathItems:\n    A: { $ref: '#/components/pathItems/A' }\n    B: { get: { responses: { ok: {} } } }\npaths:\n  /a: { $ref: '#/components/pathItems/C' }\nwebhooks:\n  a: { post: { requestBody: {} } }",
        ),
        &[
            "line 4, #/components/securitySchemes/a: `tls` is no type of security scheme: it must be one of http, apiKey, mutualTLS, oauth2 and openIdConnect",
            "line 6, #/components/pathItems/A: the reference leads back to itself",
            "line 7, #/components/pathItems/B/get/responses/ok: `ok` is no status: it must be a code such as 200, a range such as 4XX, or default",
            "line 9, #/paths/~1a/$ref: `#/components/pathItems/C` leads nowhere",
            "line 11, #/webhooks/a/post/requestBody: `content` is missing",
        ],
    );
}

#[test]
fn other_files_are_documents_schemas_or_parts() {
    let text = document(
        "paths:\n  /a: { $ref: 'paths/a.yaml' }\ncomponents:\n  schemas:\n    Own: { $ref: 'schemas/own.json' }\n    Four: { $ref: 'schemas/four.json#/definitions/a' }\n    Old: { $ref: 'old.yaml#/components/schemas/A' }\n    ByUri: { $ref: 'https://example.org/own#name' }",
    );
    let mut asked = Vec::new();
    let mut read = |uri: &str| {
        asked.push(uri.to_owned());
        match uri {
            "paths/a.yaml" => Ok("get:\n  parameters: [{ $ref: '../common.yaml#/limit', description: Beside }]\n  responses: { '200': { description: ok, content: { a/b: { schema: { $ref: '../common.yaml#/positive' }, example: { $ref: none.yaml } } } } }\n".to_owned()),
            "common.yaml" => Ok("limit: { name: limit, in: query, schema: { $ref: '#/positive', maximum: 9 } }\npositive: { type: [integer, 'null'], minimum: 1 }\n".to_owned()),
            "schemas/own.json" => Ok(r##"{ "$id": "https://example.org/own", "properties": { "a": { "$ref": "#name" } }, "$defs": { "a": { "$anchor": "name", "minLength": 5 } } }"##.to_owned()),
            "schemas/four.json" => Ok(r##"{ "$schema": "http://json-schema.org/draft-04/schema#", "definitions": { "a": { "minimum": 1, "exclusiveMinimum": true } } }"##.to_owned()),
            "old.yaml" => Ok("openapi: 3.0.3\ncomponents: { schemas: { A: { type: string, nullable: true } } }".to_owned()),
            other => Err(format!("there is no {other}")),
        }
    };
    let api = parse_with(&text, &mut read).unwrap();
    asked.sort();
    assert_eq!(
        asked,
        [
            "common.yaml",
            "old.yaml",
            "paths/a.yaml",
            "schemas/four.json",
            "schemas/own.json"
        ]
    );
    let parameter = &api.operations[0].parameters[0];
    assert_eq!(parameter.description.as_deref(), Some("Beside"));
    let schema = api.schemas.get(parameter.schema.unwrap());
    assert_eq!(schema.maximum, Some(9.into()));
    let positive = api.schemas.get(schema.reference.unwrap());
    assert_eq!(positive.types, Types::INTEGER.union(Types::NULL));
    let named = |name: &str| {
        api.schemas
            .get(api.schemas.resolve(api.named_schemas[name]))
    };
    assert_eq!(named("Four").exclusive_minimum, Some(1.into()));
    assert_eq!(named("Old").types, Types::STRING.union(Types::NULL));
    assert_eq!(named("ByUri").min_length, Some(5));
    let own = named("Own").properties["a"];
    assert_eq!(
        api.schemas.get(api.schemas.resolve(own)).min_length,
        Some(5)
    );
}

#[test]
fn no_text_makes_it_panic() {
    let text = document(
        "jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base'\npaths: { /a: { $ref: '#/components/pathItems/P', get: { callbacks: { c: { '$url': { $ref: '#/paths/~1a' } } } } } }\ncomponents:\n  pathItems: { P: { post: { requestBody: { $ref: '#/components/requestBodies/B', description: d } } } }\n  requestBodies: { B: { content: { a/b: { schema: { $id: 'u:a', $ref: '#b', $defs: { b: { $anchor: b } } } } } } }",
    );
    parse(&text).unwrap();
    let words = [
        "{",
        "}",
        "[",
        "]",
        "$ref: '#', ",
        "'#/paths'",
        "null",
        "'",
        "#",
        "/",
        "0",
        "true",
    ];
    for (at, _) in text.char_indices() {
        drop(parse(&text[..at]));
        for word in words {
            let mut changed = text.clone();
            changed.insert_str(at, word);
            drop(parse(&changed));
        }
    }
}
