//! Schemas as documents of OpenAPI 3.0 write them: each keyword by itself, and the ways in which they are combined.

/// A name to be found by, and the schema.
pub const SCHEMAS: &[(&str, &str)] = &[
    ("anything", "{}"),
    ("boolean", "{ type: boolean }"),
    ("nullable boolean", "{ type: boolean, nullable: true }"),
    ("integer", "{ type: integer }"),
    (
        "integer in a range",
        "{ type: integer, minimum: 1, maximum: 1000 }",
    ),
    (
        "integer with exclusive bounds",
        "{ type: integer, minimum: 0, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true }",
    ),
    ("int32", "{ type: integer, format: int32 }"),
    (
        "int64 from 0",
        "{ type: integer, format: int64, minimum: 0 }",
    ),
    (
        "integer beyond 2^53",
        "{ type: integer, minimum: 9007199254740993, maximum: 9223372036854775807 }",
    ),
    (
        "multiple of 5",
        "{ type: integer, multipleOf: 5, minimum: 7, maximum: 101 }",
    ),
    ("multiple of 1.5", "{ type: integer, multipleOf: 1.5 }"),
    ("number", "{ type: number }"),
    (
        "number in a range",
        "{ type: number, minimum: -0.5, maximum: 1e3, exclusiveMaximum: true }",
    ),
    (
        "cents",
        "{ type: number, multipleOf: 0.01, minimum: 0, maximum: 100 }",
    ),
    ("float", "{ type: number, format: float }"),
    ("string", "{ type: string }"),
    (
        "string with lengths",
        "{ type: string, minLength: 2, maxLength: 5 }",
    ),
    (
        "name of at most 255 characters",
        "{ type: string, maxLength: 255 }",
    ),
    (
        "identifier",
        r#"{ type: string, pattern: "^[1-9][0-9]{0,17}$" }"#,
    ),
    (
        "pattern with lengths",
        r#"{ type: string, pattern: "^[a-z]+(-[a-z]+)*$", minLength: 3, maxLength: 8 }"#,
    ),
    (
        "pattern that is found within",
        "{ type: string, pattern: 'a.c|x' }",
    ),
    (
        "pattern with look-ahead",
        r#"{ type: string, pattern: "^(?=.*[0-9])[a-z0-9]{6,12}$" }"#,
    ),
    ("date-time", "{ type: string, format: date-time }"),
    ("date", "{ type: string, format: date }"),
    ("uuid", "{ type: string, format: uuid }"),
    ("email", "{ type: string, format: email, maxLength: 40 }"),
    ("uri", "{ type: string, format: uri }"),
    ("uri-reference", "{ type: string, format: uri-reference }"),
    ("hostname", "{ type: string, format: hostname }"),
    ("ipv4", "{ type: string, format: ipv4 }"),
    ("ipv6", "{ type: string, format: ipv6 }"),
    ("byte", "{ type: string, format: byte, maxLength: 12 }"),
    ("time", "{ type: string, format: time }"),
    ("duration", "{ type: string, format: duration }"),
    ("JSON pointer", "{ type: string, format: json-pointer }"),
    ("regular expression", "{ type: string, format: regex }"),
    ("IRI", "{ type: string, format: iri }"),
    ("URI template", "{ type: string, format: uri-template }"),
    (
        "relative JSON pointer",
        "{ type: string, format: relative-json-pointer }",
    ),
    ("uint8", "{ type: integer, format: uint8 }"),
    (
        "unknown format",
        "{ type: string, format: colour, maxLength: 4 }",
    ),
    ("enum", "{ type: string, enum: [cat, dog] }"),
    (
        "nullable enum",
        "{ type: string, nullable: true, enum: [cat, dog, null] }",
    ),
    (
        "enum of anything",
        "{ enum: [1, one, [1], {one: 1}, true] }",
    ),
    (
        "array",
        "{ type: array, items: { type: integer, minimum: 0 }, minItems: 1, maxItems: 3 }",
    ),
    (
        "set of enum",
        "{ type: array, items: { type: string, enum: [a, b, c] }, uniqueItems: true, minItems: 2 }",
    ),
    (
        "set of objects",
        "{ type: array, uniqueItems: true, maxItems: 4, items: { type: object, required: [a], properties: { a: { type: boolean } } } }",
    ),
    (
        "array of arrays",
        "{ type: array, items: { type: array, items: { type: string, maxLength: 2 }, maxItems: 2 }, maxItems: 2 }",
    ),
    (
        "open object",
        "{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }",
    ),
    (
        "closed object",
        "{ type: object, additionalProperties: false, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 255 }, age: { type: integer, minimum: 0 }, tags: { type: array, items: { type: string } }, note: { type: string, nullable: true } } }",
    ),
    (
        "map",
        "{ type: object, additionalProperties: { type: integer, maximum: 9 }, minProperties: 1, maxProperties: 3 }",
    ),
    (
        "map beside properties",
        "{ type: object, properties: { a: { type: string } }, additionalProperties: { type: boolean } }",
    ),
    (
        "at least one of two",
        "{ type: object, properties: { data: { type: integer }, links: { type: string } }, anyOf: [{ required: [data] }, { required: [links] }] }",
    ),
    (
        "exactly one of two",
        "{ type: object, properties: { data: { type: integer }, links: { type: string } }, oneOf: [{ required: [data] }, { required: [links] }] }",
    ),
    (
        "required and no more",
        "{ type: object, required: [a], minProperties: 1, maxProperties: 1 }",
    ),
    (
        "enough properties",
        "{ type: object, additionalProperties: false, minProperties: 2, properties: { a: {type: integer}, b: {type: integer}, c: {type: integer} } }",
    ),
    (
        "all of two objects",
        "{ allOf: [{ type: object, required: [a], properties: { a: { type: string, minLength: 2 } } }, { type: object, properties: { a: { type: string, maxLength: 4 }, b: { type: integer } } }] }",
    ),
    (
        "bounds from all of",
        "{ type: integer, allOf: [{ minimum: 3 }, { minimum: 5, maximum: 100 }, { maximum: 20 }] }",
    ),
    (
        "any of two types",
        "{ anyOf: [{ type: string, maxLength: 3 }, { type: integer, minimum: 10 }] }",
    ),
    (
        "null or an identifier",
        r#"{ nullable: true, type: object, required: [type, id], additionalProperties: false, properties: { type: { type: string, enum: [account] }, id: { type: string, pattern: "^[1-9][0-9]*$" } } }"#,
    ),
    (
        "one of cat and dog",
        "{ oneOf: [{ type: object, required: [kind, lives], properties: { kind: { type: string, enum: [cat] }, lives: { type: integer, maximum: 9 } } }, { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] }, barks: { type: boolean } } }], discriminator: { propertyName: kind } }",
    ),
    (
        "overlapping branches",
        "{ oneOf: [{ type: integer, minimum: 0 }, { type: integer, maximum: 10 }] }",
    ),
    (
        "multiples of one but not both",
        "{ type: integer, oneOf: [{ multipleOf: 3 }, { multipleOf: 5 }] }",
    ),
    ("not a type", "{ not: { type: string } }"),
    (
        "not a constant",
        "{ type: string, not: { enum: [admin] }, maxLength: 6 }",
    ),
    (
        "not an object of a kind",
        "{ type: object, properties: { kind: { type: string, enum: [a, b] } }, not: { required: [kind], properties: { kind: { enum: [b] } } } }",
    ),
    (
        "not both members",
        "{ type: object, properties: { a: { type: integer }, b: { type: integer } }, not: { required: [a, b] } }",
    ),
    (
        "tree",
        "{ type: object, required: [value], additionalProperties: false, properties: { value: { type: string, pattern: '^[a-f]{1,4}$' }, children: { type: array, items: { $ref: '#' } } } }",
    ),
    (
        "list that ends",
        "{ type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#' }, { type: string, maxLength: 1 }] } } }",
    ),
    (
        "read-only and write-only",
        "{ type: object, additionalProperties: false, required: [id, secret, name], properties: { id: { type: integer, readOnly: true }, secret: { type: string, writeOnly: true }, name: { type: string } } }",
    ),
    (
        "document of a resource",
        r#"{ type: object, required: [data], properties: { data: { type: object, additionalProperties: false, required: [type, attributes], properties: {
            type: { type: string, enum: [event] },
            attributes: { type: object, additionalProperties: false, required: [name], properties: {
                name: { type: string, maxLength: 255 }, eventAt: { type: string, format: date-time }, body: { type: string }, externalUrl: { type: string, format: uri }, payload: { type: object } } },
            relationships: { type: object, additionalProperties: false, properties: {
                account: { type: object, minProperties: 1, properties: { data: { nullable: true, type: object, additionalProperties: false, required: [type, id], properties: { type: { type: string, enum: [account] }, id: { type: string, pattern: "^[1-9][0-9]{0,17}$" } } }, links: { type: object, anyOf: [{ required: [self] }, { required: [related] }], properties: { self: { type: string, format: uri-reference }, related: { type: string, format: uri-reference } } } }, anyOf: [{ required: [data] }, { required: [links] }] } } } } } } }"#,
    ),
];
