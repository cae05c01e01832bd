//! JSON Schema documents of every dialect, in the one form into which they are read.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use openapi_model::Dialect::{Draft4, Draft7, Draft2020_12, OpenApi30, OpenApi31};
use openapi_model::{
    Diagnostics, Dialect, Direction, SchemaId, Schemas, json_schema, parse_json_schema,
};
use serde_json::{Value, json};

const ALL: [Dialect; 5] = [OpenApi30, Draft4, Draft7, Draft2020_12, OpenApi31];

/// Documents that others refer to.
fn remote(uri: &str) -> Result<String, String> {
    let text = match uri {
        "https://example.org/name" => "{ description: name }",
        "https://example.org/sub/name" => "{ description: name in a folder }",
        "https://example.org/four" => {
            "{ $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true }"
        }
        "https://example.org/named" => {
            "{ $id: 'https://example.org/elsewhere/', $defs: { a: { $anchor: a, $ref: name } } }"
        }
        "https://example.org/elsewhere/name" => "{ description: name elsewhere }",
        "schemas/a.json" => r##"{ "definitions": { "b": { "$ref": "../b.json#/b" } } }"##,
        "b.json" => "{ b: { $ref: '#/c' }, c: { description: from b } }",
        "https://example.org/four-and-more" => {
            "{ $schema: 'http://json-schema.org/draft-04/schema#', id: 'https://example.org/four-and-more#' }"
        }
        "https://example.org/no-validation" => {
            "{ $schema: 'https://json-schema.org/draft/2020-12/schema', $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/core': true, 'https://json-schema.org/draft/2020-12/vocab/applicator': true, 'urn:mine': false } }"
        }
        "https://example.org/open-api" => {
            "{ $schema: 'https://json-schema.org/draft/2020-12/schema', $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/applicator': true, 'https://json-schema.org/draft/2020-12/vocab/validation': true, 'https://spec.openapis.org/oas/3.1/vocab/base': true } }"
        }
        "https://example.org/unknown-vocabulary" => {
            "{ $schema: 'https://json-schema.org/draft/2020-12/schema', $vocabulary: { 'urn:mine': true } }"
        }
        "https://example.org/itself" => "{ $schema: 'https://example.org/itself' }",
        "https://example.org/ping" => "{ $schema: 'https://example.org/pong' }",
        "https://example.org/pong" => "{ $schema: 'https://example.org/ping' }",
        "https://example.org/no-schema" => "{ type: object }",
        "broken.json" => "{ a: [ }",
        _ => return Err("there is no such document".to_owned()),
    };
    Ok(text.to_owned())
}

fn read(text: &str, dialect: Dialect) -> Result<(Schemas, SchemaId), Diagnostics> {
    parse_json_schema(text, dialect, &mut remote)
}

fn written(text: &str, dialect: Dialect) -> Value {
    let (schemas, id) = read(text, dialect).unwrap_or_else(|faults| panic!("{text}: {faults}"));
    let mut written = json_schema(&schemas, id, Direction::Request);
    let dialect = written.as_object_mut().unwrap().remove("$schema");
    assert_eq!(
        dialect,
        Some(json!("https://json-schema.org/draft/2020-12/schema"))
    );
    written
}

#[test]
fn every_dialect_is_read_into_one_form() {
    let check = |dialects: &[Dialect], text: &str, expected: Value| {
        for dialect in dialects {
            assert_eq!(written(text, *dialect), expected, "{text} in {dialect:?}");
        }
    };
    // What all of them have.
    check(
        &ALL,
        "{ type: string, minLength: 1.0, maxLength: 2, pattern: a, format: uuid, enum: [a, 1] }",
        json!({ "type": "string", "minLength": 1, "maxLength": 2, "pattern": "a", "format": "uuid", "enum": ["a", 1] }),
    );
    check(
        &ALL,
        "{ maximum: 1e300, minimum: -12345678901234567890, multipleOf: 0.01, maxLength: 1e30 }",
        json!({ "maximum": 1e300, "minimum": -12345678901234567890.0, "multipleOf": 0.01, "maxLength": u64::MAX }),
    );
    check(
        &ALL,
        "{ allOf: [{ type: object }], anyOf: [{ minItems: 1 }], oneOf: [{ maxItems: 1 }], not: { type: array } }",
        json!({ "allOf": [{ "type": "object" }], "anyOf": [{ "minItems": 1 }], "oneOf": [{ "maxItems": 1 }], "not": { "type": "array" } }),
    );
    check(
        &ALL,
        "{ properties: { a: { type: integer } }, additionalProperties: false, required: [a], minProperties: 1, maxProperties: 2 }",
        json!({ "properties": { "a": { "type": "integer" } }, "additionalProperties": false, "required": ["a"], "minProperties": 1, "maxProperties": 2 }),
    );
    // Bounds.
    check(
        &[OpenApi30, Draft4],
        "{ minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false }",
        json!({ "exclusiveMinimum": 1, "maximum": 2 }),
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ minimum: 1, exclusiveMinimum: 1, exclusiveMaximum: 2 }",
        json!({ "minimum": 1, "exclusiveMinimum": 1, "exclusiveMaximum": 2 }),
    );
    // Types, and values that are listed.
    check(
        &[OpenApi30],
        "{ type: string, nullable: true }",
        json!({ "type": ["null", "string"] }),
    );
    check(
        &[Draft4, Draft7, Draft2020_12, OpenApi31],
        "{ type: [string, 'null'], nullable: true }",
        json!({ "type": ["null", "string"] }),
    );
    check(
        &[Draft4, Draft7, Draft2020_12, OpenApi31],
        "{ type: [number, integer] }",
        json!({ "type": "number" }),
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ const: null, enum: [] }",
        json!({ "const": null, "enum": [] }),
    );
    check(&[OpenApi30, Draft4], "{ const: 1 }", json!({}));
    // Items.
    check(
        &[Draft4, Draft7],
        "{ items: [{ type: 'null' }, {}], additionalItems: false }",
        json!({ "prefixItems": [{ "type": "null" }, {}], "items": false }),
    );
    check(
        &[Draft4, Draft7],
        "{ items: { type: 'null' }, additionalItems: false }",
        json!({ "items": { "type": "null" } }),
    );
    check(
        &[Draft4, Draft7],
        "{ additionalItems: { type: 'null' } }",
        json!({}),
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ prefixItems: [{ type: 'null' }, true], items: false, additionalItems: false, unevaluatedItems: { type: string } }",
        json!({ "prefixItems": [{ "type": "null" }, {}], "items": false, "unevaluatedItems": { "type": "string" } }),
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ contains: { type: string } }",
        json!({ "contains": { "type": "string" } }),
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ contains: true, minContains: 0, maxContains: 2.0 }",
        json!({ "contains": {}, "minContains": 0, "maxContains": 2 }),
    );
    check(
        &[Draft7],
        "{ contains: true, minContains: 2 }",
        json!({ "contains": {} }),
    );
    check(&[Draft2020_12, OpenApi31], "{ minContains: 2 }", json!({}));
    // Properties.
    check(
        &[Draft4, Draft7],
        "{ dependencies: { a: [b, c], d: { minProperties: 3 } } }",
        json!({ "dependentRequired": { "a": ["b", "c"] }, "dependentSchemas": { "d": { "minProperties": 3 } } }),
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ dependentRequired: { a: [b] }, dependentSchemas: { d: false }, dependencies: { x: [y] } }",
        json!({ "dependentRequired": { "a": ["b"] }, "dependentSchemas": { "d": false } }),
    );
    check(
        &[Draft4, Draft7, Draft2020_12, OpenApi31],
        "{ patternProperties: { ^a: { type: string } } }",
        json!({ "patternProperties": { "^a": { "type": "string" } } }),
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ propertyNames: { maxLength: 3 }, additionalProperties: true }",
        json!({ "propertyNames": { "maxLength": 3 }, "additionalProperties": {} }),
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }",
        json!({ "allOf": [{ "properties": { "a": {} } }], "unevaluatedProperties": false }),
    );
    check(
        &[Draft7],
        "{ unevaluatedProperties: false, unevaluatedItems: false }",
        json!({}),
    );
    // Conditions.
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ if: { type: string }, then: { minLength: 1 }, else: false }",
        json!({ "if": { "type": "string" }, "then": { "minLength": 1 }, "else": false }),
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ then: { minLength: 1 } }",
        json!({}),
    );
    check(&[Draft4], "{ if: {}, then: { minLength: 1 } }", json!({}));
    // Bytes: a restriction in OpenAPI only.
    check(
        &[Draft7, Draft2020_12],
        "{ contentEncoding: base64 }",
        json!({}),
    );
    check(
        &[OpenApi31],
        "{ contentEncoding: base64 }",
        json!({ "format": "byte" }),
    );
    // Whole schemas.
    check(&[Draft7, Draft2020_12, OpenApi31], "true", json!({}));
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "false",
        json!({ "allOf": [false] }),
    );
    // What describes, and what is no keyword.
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ $comment: a, title: b, default: 1, examples: [1], readOnly: true, contentEncoding: base64url, contentMediaType: text/plain, unknown: { type: 5 } }",
        json!({}),
    );
}

#[test]
fn read_only_decides_nothing_where_it_only_describes() {
    let text = "{ properties: { a: { readOnly: true } }, required: [a] }";
    assert_eq!(written(text, OpenApi30)["required"], Value::Null);
    assert_eq!(written(text, OpenApi31)["required"], Value::Null);
    let mine = "{ $schema: 'https://example.org/open-api', properties: { a: { readOnly: true } }, required: [a] }";
    assert_eq!(written(mine, Draft7)["required"], Value::Null);
    assert_eq!(written(text, Draft7)["required"], json!(["a"]));
    assert_eq!(written(text, Draft2020_12)["required"], json!(["a"]));
}

#[test]
fn the_document_says_in_which_dialect_it_is() {
    for (schema, expected) in [
        (
            "http://json-schema.org/draft-04/schema#",
            json!({ "exclusiveMinimum": 1 }),
        ),
        (
            "http://json-schema.org/draft-06/schema#",
            json!({ "minimum": 1, "const": 1 }),
        ),
        (
            "https://json-schema.org/draft-07/schema",
            json!({ "minimum": 1, "const": 1 }),
        ),
        (
            "https://json-schema.org/draft/2020-12/schema",
            json!({ "minimum": 1, "const": 1, "dependentRequired": { "a": ["b"] } }),
        ),
    ] {
        let exclusive = if schema.contains("04") {
            "exclusiveMinimum: true,"
        } else {
            ""
        };
        let text = format!(
            "{{ $schema: '{schema}', minimum: 1, {exclusive} const: 1, dependentRequired: {{ a: [b] }} }}"
        );
        for otherwise in ALL {
            assert_eq!(written(&text, otherwise), expected, "{text}");
        }
    }
    // So does each document that is referred to, and a part of a document that has a URI of its own.
    assert_eq!(
        written(
            "{ allOf: [{ $ref: 'https://example.org/four' }] }",
            Draft2020_12
        )["$defs"],
        json!({ "schema2": { "exclusiveMinimum": 1 } })
    );
    assert_eq!(
        written(
            "{ items: { $id: 'https://example.org/seven', $schema: 'http://json-schema.org/draft-07/schema#', items: [{}] } }",
            Draft2020_12
        ),
        json!({ "items": { "prefixItems": [{}] } })
    );
}

#[test]
fn a_metaschema_of_ones_own_is_in_the_dialect_of_another() {
    assert_eq!(
        written(
            "{ $schema: 'https://example.org/four-and-more', minimum: 1, exclusiveMinimum: true }",
            Draft2020_12
        ),
        json!({ "exclusiveMinimum": 1 })
    );
    // It may leave out what the dialect has, and may be referred to as any other document.
    let text = "{ $schema: 'https://example.org/no-validation', type: string, format: uuid, properties: { a: { minLength: 1, $ref: 'https://example.org/no-validation' } } }";
    assert_eq!(
        written(text, Draft7),
        json!({ "properties": { "a": { "$ref": "#/$defs/schema2" } }, "$defs": { "schema2": {} } })
    );
}

/// A schema whose properties are references, and the descriptions of the schemas to which they lead.
fn check_references(dialect: Dialect, text: &str, expected: &[(&str, &str)]) {
    let (schemas, id) = read(text, dialect).unwrap_or_else(|faults| panic!("{text}: {faults}"));
    for (property, description) in expected {
        let found = schemas.resolve(schemas.get(id).properties[*property]);
        assert_eq!(
            schemas.get(found).annotations.description.as_deref(),
            Some(*description),
            "{property} of {text} in {dialect:?}"
        );
    }
}

#[test]
fn references_lead_to_places_identifiers_and_names() {
    for dialect in ALL {
        // Also into what is no keyword, and into what is no schema where it stands.
        check_references(
            dialect,
            r##"
            description: root
            default: { description: in a value }
            enum: [{ description: in a list }]
            unknown: { a/b%~: { description: unknown, items: { description: deep } } }
            properties:
              root: { $ref: '#' }
              value: { $ref: '#/default' }
              list: { $ref: '#/enum/0' }
              unknown: { $ref: '#/unknown/a~1b%25~0' }
              deep: { $ref: '#/unknown/a~1b%25~0/items' }
              again: { $ref: '#/properties/deep' }
              remote: { $ref: 'https://example.org/name' }
              relative: { $ref: 'schemas/a.json#/definitions/b' }
            "##,
            &[
                ("root", "root"),
                ("value", "in a value"),
                ("list", "in a list"),
                ("unknown", "unknown"),
                ("deep", "deep"),
                ("again", "deep"),
                ("remote", "name"),
                ("relative", "from b"),
            ],
        );
    }
    for (dialect, id) in [(Draft4, "id"), (Draft7, "$id")] {
        let text = r##"
            $ID: https://example.org/root
            definitions:
              sub:
                $ID: sub/
                description: sub
                definitions:
                  named: { $ID: '#named', description: named in sub }
                  a: { $ref: name }
              named: { $ID: '#named', description: named }
              absolute: { $ID: 'https://example.org/absolute#named', description: named absolutely }
              urn: { $ID: 'urn:example:1', description: urn, definitions: { a: { description: in urn } } }
              listed: { enum: [{ $ID: '#listed' }], description: a list }
            properties:
              $ref: { description: a property }
              sub: { $ref: sub/ }
              in-sub: { $ref: 'https://example.org/sub/#named' }
              named: { $ref: '#named' }
              absolute: { $ref: 'absolute#named' }
              urn: { $ref: 'urn:example:1' }
              in-urn: { $ref: 'urn:example:1#/definitions/a' }
              name: { $ref: name }
              sub-name: { $ref: '#/definitions/sub/definitions/a' }
              beside: { $ID: sub/, $ref: name, description: beside }
        "##
        .replace("$ID", id);
        check_references(
            dialect,
            &text,
            &[
                ("$ref", "a property"),
                ("sub", "sub"),
                ("in-sub", "named in sub"),
                ("named", "named"),
                ("absolute", "named absolutely"),
                ("urn", "urn"),
                ("in-urn", "in urn"),
                ("name", "name"),
                ("sub-name", "name in a folder"),
                // What stands beside `$ref` counts from 2020-12 on.
                ("beside", "name"),
            ],
        );
    }
    check_references(
        Draft2020_12,
        r##"
            $id: https://example.org/root
            $defs:
              sub: { $id: sub/, description: sub, $defs: { a: { $anchor: named, description: named in sub } } }
              named: { $anchor: named, description: named }
              dynamic: { $dynamicAnchor: dynamic, description: dynamic }
            properties:
              sub: { $ref: sub/ }
              in-sub: { $ref: 'sub/#named' }
              named: { $ref: '#named' }
              dynamic: { $ref: '#dynamic' }
              crossing: { $ref: '#/$defs/sub/$defs/a' }
              beside: { $id: sub/, $ref: name }
              far: { $ref: 'named#a' }
        "##,
        &[
            ("sub", "sub"),
            ("in-sub", "named in sub"),
            ("named", "named"),
            ("dynamic", "dynamic"),
            ("crossing", "named in sub"),
            ("beside", "name in a folder"),
            ("far", "name elsewhere"),
        ],
    );
}

#[test]
fn what_stands_beside_a_reference_counts_from_2020_12_on() {
    let text = "{ $ref: '#/definitions/a', minLength: 1, definitions: { a: { type: string } } }";
    assert_eq!(
        written(text, Draft7),
        json!({ "$ref": "#/$defs/schema1", "$defs": { "schema1": { "type": "string" } } })
    );
    assert_eq!(
        written(text, Draft2020_12),
        json!({ "$ref": "#/$defs/schema1", "minLength": 1, "$defs": { "schema1": { "type": "string" } } })
    );
    assert_eq!(
        written(
            "{ $defs: { a: { type: string }, b: { $anchor: b, minLength: 1 } }, $ref: '#/$defs/a', $dynamicRef: '#b', allOf: [{ maxLength: 2 }] }",
            Draft2020_12
        ),
        json!({
            "$ref": "#/$defs/schema1",
            "allOf": [{ "$ref": "#/$defs/schema2" }, { "maxLength": 2 }],
            "$defs": { "schema1": { "type": "string" }, "schema2": { "minLength": 1 } }
        })
    );
}

#[test]
fn a_dynamic_reference_leads_to_the_outermost_schema_of_its_name() {
    let (schemas, id) = read(
        r##"
        $id: https://example.org/strict
        $dynamicAnchor: node
        $ref: tree
        unevaluatedProperties: false
        properties: { loose: { $ref: loose } }
        $defs:
          tree:
            $id: tree
            $dynamicAnchor: node
            properties: { data: true, children: { items: { $dynamicRef: '#node' } } }
          loose:
            $id: loose
            properties: { node: { $ref: tree } }
        "##,
        Draft2020_12,
    )
    .unwrap();
    // However one comes to the tree, one came from the root.
    let children = |tree: SchemaId| {
        let children = schemas.get(tree).properties["children"];
        schemas.get(schemas.get(children).items.unwrap()).reference
    };
    assert_eq!(children(schemas.get(id).reference.unwrap()), Some(id));

    let (schemas, id) = read(
        r##"
        properties:
          strict: { $ref: strict }
          tree: { $ref: tree }
        $defs:
          strict: { $id: strict, $dynamicAnchor: node, $ref: tree, required: [data] }
          tree: { $id: tree, $dynamicAnchor: node, properties: { child: { $dynamicRef: '#node' } } }
        "##,
        Draft2020_12,
    )
    .unwrap();
    let property =
        |of: SchemaId, name: &str| schemas.get(schemas.get(of).properties[name]).reference;
    let (strict, loose) = (
        property(id, "strict").unwrap(),
        property(id, "tree").unwrap(),
    );
    let strict_tree = schemas.get(strict).reference.unwrap();
    assert_ne!(strict_tree, loose);
    assert_eq!(property(strict_tree, "child"), Some(strict));
    assert_eq!(property(loose, "child"), Some(loose));
}

#[test]
fn dynamic_scopes_do_not_multiply_without_end() {
    // Each step has two ways, which give the same name to different schemas.
    let steps: Vec<String> = (0..20)
        .flat_map(|n| ["a", "b"].map(|way| format!(
            "{way}{n}: {{ $id: {way}{n}, $dynamicAnchor: n{n}, anyOf: [{{ $ref: a{next} }}, {{ $ref: b{next} }}], not: {{ $dynamicRef: '#n{n}' }} }}",
            next = n + 1,
        )))
        .collect();
    let text = format!(
        "{{ $id: 'https://example.org/', $ref: a0, $defs: {{ {}, a20: {{ $id: a20 }}, b20: {{ $id: b20 }} }} }}",
        steps.join(", ")
    );
    assert_eq!(
        read(&text, Draft2020_12).unwrap_err().to_string(),
        "line 1, #: there are too many ways on which the schemas of `$dynamicAnchor` are met: use fewer of them"
    );
}

#[test]
fn the_metaschemas_are_built_in() {
    for (metaschema, dialect) in [
        ("http://json-schema.org/draft-04/schema#", Draft4),
        ("http://json-schema.org/draft-07/schema#", Draft7),
        ("https://json-schema.org/draft/2020-12/schema", Draft2020_12),
    ] {
        let mut nothing = |uri: &str| panic!("{uri} was asked for");
        let text = format!("{{ $ref: '{metaschema}' }}");
        let (schemas, id) = parse_json_schema(&text, OpenApi30, &mut nothing).unwrap();
        let written = json_schema(&schemas, id, Direction::Request);
        let validator = jsonschema::validator_for(&written).unwrap();
        let own: Value = json!({ "$schema": metaschema, "items": { "minLength": 1 } });
        assert!(validator.is_valid(&own), "{metaschema}");
        assert!(
            !validator.is_valid(&json!({ "items": { "items": { "minLength": "1" } } })),
            "{metaschema}"
        );
        assert_eq!(validator.is_valid(&json!(true)), dialect != Draft4);
    }
}

#[test]
fn what_is_wrong_is_named_with_its_document_pointer_and_line() {
    let check = |dialects: &[Dialect], text: &str, expected: &[&str]| {
        for dialect in dialects {
            let faults = match read(text, *dialect) {
                Err(faults) => faults.to_string(),
                Ok(_) => String::new(),
            };
            assert_eq!(
                faults.lines().collect::<Vec<_>>(),
                expected,
                "{text} in {dialect:?}"
            );
        }
    };
    const JSON_SCHEMA: [Dialect; 4] = [Draft4, Draft7, Draft2020_12, OpenApi31];
    check(
        &JSON_SCHEMA,
        "{ minLength: -1,\n maxLength: 1.5,\n type: foo,\n pattern: 5,\n not: [],\n required: true,\n properties: { a: 1 } }",
        &[
            "line 1, #/minLength: -1 must be a whole number of at least 0",
            "line 2, #/maxLength: 1.5 must be a whole number of at least 0",
            "line 3, #/type: `foo` is no type: it must be one of null, boolean, integer, number, string, array and object",
            "line 4, #/pattern: `pattern` is a number, and must be a string: put it in quotes",
            "line 5, #/not: this is an array, and must be a schema",
            "line 6, #/required: `required` is a boolean, and must be an array",
            "line 7, #/properties/a: this is a number, and must be a schema",
        ],
    );
    check(
        &JSON_SCHEMA,
        "{ anyOf: [], multipleOf: 0, type: [string, 5], not: { type: [] } }",
        &[
            "line 1, #/anyOf: `anyOf` must list at least one schema",
            "line 1, #/multipleOf: `multipleOf` must be above 0",
            "line 1, #/type/1: `type` is a number, and must be a string",
            "line 1, #/not/type: `type` must list at least one type",
        ],
    );
    // Schemas that nothing refers to are looked at too.
    check(
        &JSON_SCHEMA,
        "{ definitions: { a: { minItems: a } } }",
        &["line 1, #/definitions/a/minItems: this is a string, and must be a number"],
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ $defs: { a: { minItems: a } } }",
        &["line 1, #/$defs/a/minItems: this is a string, and must be a number"],
    );
    // What another dialect has.
    check(
        &[OpenApi30, Draft4],
        "{ exclusiveMinimum: 1 }",
        &["line 1, #/exclusiveMinimum: `exclusiveMinimum` is a number, and must be a boolean"],
    );
    check(
        &[Draft7, Draft2020_12, OpenApi31],
        "{ exclusiveMinimum: true }",
        &["line 1, #/exclusiveMinimum: this is a boolean, and must be a number"],
    );
    check(
        &[OpenApi30, Draft4],
        "{ enum: [], properties: { additionalProperties: true }, allOf: [false], additionalProperties: true }",
        &[
            "line 1, #/enum: `enum` must list at least one value",
            "line 1, #/properties/additionalProperties: this is a boolean, and must be a schema",
            "line 1, #/allOf/0: this is a boolean, and must be a schema",
        ],
    );
    check(
        &[OpenApi30, Draft4],
        "false",
        &["line 1, #: this is a boolean, and must be a schema"],
    );
    check(
        &[Draft4],
        "{ items: [{}], additionalItems: true, dependencies: { a: false } }",
        &["line 1, #/dependencies/a: this is a boolean, and must be a schema"],
    );
    check(
        &[Draft2020_12, OpenApi31],
        "{ items: [{}] }",
        &[
            "line 1, #/items: `items` is an array, and must be a schema: 2020-12 calls the list `prefixItems`, and `items` what follows it",
        ],
    );
    // Dialects and identifiers.
    for (schema, why) in [
        (
            "http://json-schema.org/draft-03/schema#",
            "`http://json-schema.org/draft-03/schema` is another file: there is no such document",
        ),
        (
            "https://json-schema.org/draft/2019-09/schema",
            "`https://json-schema.org/draft/2019-09/schema` is another file: there is no such document",
        ),
        (
            "https://example.org/unknown-vocabulary",
            "it needs the vocabulary `urn:mine`, which is not known",
        ),
        ("https://example.org/itself", "it names no other dialect"),
        ("https://example.org/no-schema", "it names no other dialect"),
    ] {
        check(
            &ALL,
            &format!("{{ $schema: '{schema}', minLength: -1 }}"),
            &[&format!(
                "line 1, #/$schema: `{schema}` is no dialect that can be read: `$schema` must be one of http://json-schema.org/draft-04/schema#, http://json-schema.org/draft-06/schema#, http://json-schema.org/draft-07/schema#, https://json-schema.org/draft/2020-12/schema and https://spec.openapis.org/oas/3.1/dialect/base, or a metaschema in one of them: {why}"
            )],
        );
    }
    assert!(read("{ $schema: 'https://example.org/ping' }", Draft7).is_err());
    check(
        &[Draft2020_12, OpenApi31],
        "{ $id: 'https://example.org/a#b', $anchor: '#a', $defs: { a: { $id: 5, $dynamicAnchor: '' } } }",
        &[
            "line 1, #/$id: `https://example.org/a#b` has a fragment, which an `$id` must not have: use `$anchor`",
            "line 1, #/$anchor: `#a` is no name for a schema: it must be letters, digits, `-`, `.` and `_`, and start with a letter or `_`",
            "line 1, #/$defs/a/$id: this is a number, and must be a string",
            "line 1, #/$defs/a/$dynamicAnchor: `` is no name for a schema: it must be letters, digits, `-`, `.` and `_`, and start with a letter or `_`",
        ],
    );
    // References.
    check(
        &JSON_SCHEMA,
        "{ not: { $ref: '#/not' },\n items: { $ref: '#/none' },\n properties: { a: { $ref: '#none' },\n b: { $ref: none.json },\n c: { $ref: 5 },\n d: { $ref: '#definitions/a' } } }",
        &[
            "line 1, #/not: the reference leads back to itself",
            "line 2, #/items/$ref: `#/none` leads nowhere",
            "line 3, #/properties/a/$ref: `#none` leads nowhere: no schema there has the name `none`",
            "line 4, #/properties/b/$ref: `none.json` is another file: there is no such document",
            "line 5, #/properties/c/$ref: a reference must be a string",
            "line 6, #/properties/d/$ref: `#definitions/a` leads nowhere: a JSON pointer starts with `/`",
        ],
    );
    check(
        &JSON_SCHEMA,
        "{ not: { $ref: broken.json } }",
        &[
            "broken.json, line 1, #: this is no YAML: while parsing a node, did not find expected node content",
        ],
    );
    check(
        &[Draft4],
        "{ not: { $ref: '#/additionalProperties' }, additionalProperties: false }",
        &[
            "line 1, #/not/$ref: `#/additionalProperties` leads to a boolean, and must lead to a schema",
        ],
    );
}

#[test]
fn no_text_makes_it_panic() {
    let text = "{$id: 'http://a/', $schema: 'https://json-schema.org/draft/2020-12/schema', $dynamicAnchor: n, $ref: b, items: {$dynamicRef: '#n', $defs: {a: {$id: b, $anchor: c, if: {$ref: '#c'}}}}}";
    let words = [
        "{",
        "}",
        "[",
        "]",
        "$ref: '#', ",
        "id: ",
        "#",
        "%",
        "/",
        "~",
        "0",
        "'",
        "..",
        ":",
    ];
    for (at, _) in text.char_indices() {
        for word in words {
            let mut changed = text.to_owned();
            changed.insert_str(at, word);
            for dialect in ALL {
                drop(read(&changed, dialect));
            }
        }
    }
    let deep = format!(
        "{}true{}",
        r#"{"not":"#.repeat(100_000),
        "}".repeat(100_000)
    );
    assert!(read(&deep, Draft7).is_err());
}

#[test]
fn what_is_no_schema_holds_neither_references_nor_identifiers() {
    for dialect in ALL {
        let id = if dialect == Draft4 { "id" } else { "$id" };
        let text = format!(
            "{{ {id}: 'https://example.org/', enum: [{{ $ref: '#/none' }}], default: {{ $ref: none }}, unknown: {{ $ref: none, {id}: 5, type: 5 }} }}"
        );
        let mut nothing = |uri: &str| panic!("{uri} was asked for");
        let (schemas, root) = parse_json_schema(&text, dialect, &mut nothing).unwrap();
        assert_eq!(
            schemas.get(root).enumeration,
            Some(vec![json!({ "$ref": "#/none" })])
        );
    }
}
