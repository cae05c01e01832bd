"""Where a document of OpenAPI 3.0 or 3.1 has schemas and examples.

This is the structure of the standard as a table for each version, and a walk of the text by it that follows no
reference: everything is met once, where it stands.
"""

from typing import Any, Iterator, NamedTuple

from reading import at, escape, unescape

# Each kind of object has members that hold objects of a kind: one of them, a list of them, or a map of them by name. In
# an "open map" the names that start with `x-` are extensions; in a map they are names like any other (a header may well
# be called `X-Rate-Limit`).

OBJECTS = {
    "openapi": {"paths": ("open map", "path item"), "components": ("one", "components")},
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "requestBodies": ("map", "request body"),
        "headers": ("map", "header"),
        "callbacks": ("map", "callback"),
    },
    "path item": {
        "parameters": ("list", "parameter"),
        **{
            method: ("one", "operation")
            for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
        },
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("open map", "response"),
        "callbacks": ("map", "callback"),
    },
    "callback": {None: ("open map", "path item")},  # A callback is itself a map.
    "parameter": {"schema": ("one", "schema"), "content": ("map", "media type")},
    "header": {"schema": ("one", "schema"), "content": ("map", "media type")},
    "request body": {"content": ("map", "media type")},
    "response": {"headers": ("map", "header"), "content": ("map", "media type")},
    "media type": {"schema": ("one", "schema"), "encoding": ("map", "encoding")},
    "encoding": {"headers": ("map", "header")},
    "schema": {
        "allOf": ("list", "schema"),
        "anyOf": ("list", "schema"),
        "oneOf": ("list", "schema"),
        "not": ("one", "schema"),
        "items": ("one", "schema"),
        "properties": ("map", "schema"),
        "additionalProperties": ("one", "schema"),
    },
}

# What OpenAPI 3.1 has besides.
OBJECTS_31 = OBJECTS | {
    "openapi": {**OBJECTS["openapi"], "webhooks": ("map", "path item")},
    "components": {**OBJECTS["components"], "pathItems": ("map", "path item")},
    "schema": {
        **OBJECTS["schema"],
        "prefixItems": ("list", "schema"),
        **{
            name: ("one", "schema")
            for name in "contains propertyNames if then else unevaluatedItems unevaluatedProperties contentSchema".split()
        },
        **{name: ("map", "schema") for name in "$defs definitions patternProperties dependentSchemas".split()},
    },
}

DIRECTIONS = {"parameter": "request", "request body": "request", "response": "response"}

# What may become of a keyword, by OpenAPI 3.0.3, "Schema Object". Any of them may be diagnosed instead.

ASSERTIONS = set(
    "type nullable enum minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern items "
    "minItems maxItems uniqueItems properties additionalProperties required minProperties maxProperties allOf anyOf "
    "oneOf not $ref".split()
)
ANNOTATIONS = set("title description default example deprecated externalDocs xml".split())
# A format that nobody knows is only an annotation; the others say something of both kinds.
BOTH = set("format readOnly writeOnly discriminator".split())

# By OpenAPI 3.1, "Schema Object", which is JSON Schema 2020-12 with a vocabulary of its own.

ASSERTIONS_31 = ASSERTIONS - {"nullable"} | set(
    "const contains minContains maxContains prefixItems patternProperties propertyNames dependentRequired "
    "dependentSchemas if then else unevaluatedItems unevaluatedProperties $dynamicRef".split()
)
ANNOTATIONS_31 = ANNOTATIONS | set(
    "examples $comment $schema $id $anchor $dynamicAnchor $vocabulary $defs definitions contentMediaType "
    "contentSchema".split()
)
# Base64 is checked as `format: byte` is in OpenAPI 3.0; other encodings describe.
BOTH_31 = BOTH | {"contentEncoding"}


def is_31(document: dict) -> bool:
    return document["openapi"].startswith("3.1.")


class Place(NamedTuple):
    """An object of the document, and which way the values that it describes travel."""

    kind: str
    pointer: str
    value: dict
    direction: str


def walk(document: dict) -> Iterator[Place]:
    """Every object of the document that is, or may hold, a schema; each once, where it stands."""

    objects = OBJECTS_31 if is_31(document) else OBJECTS
    # What stands beside a reference is ignored; a path item may have both, and since 3.1 a schema.
    may_have_both = {"path item", "schema"} if is_31(document) else {"path item"}

    def visit(kind: str, pointer: str, value: Any, direction: str) -> Iterator[Place]:
        if not isinstance(value, dict):
            return
        direction = DIRECTIONS.get(kind, direction)
        yield Place(kind, pointer, value, direction)
        if "$ref" in value and kind not in may_have_both:
            return
        for name, (shape, of) in objects[kind].items():
            inner, below = (value, pointer) if name is None else (value.get(name), f"{pointer}/{escape(name)}")
            if shape == "one":
                yield from visit(of, below, inner, direction)
            elif shape == "list" and isinstance(inner, list):
                for index, item in enumerate(inner):
                    yield from visit(of, f"{below}/{index}", item, direction)
            elif shape in ("map", "open map") and isinstance(inner, dict):
                for key, item in inner.items():
                    if shape == "map" or not key.startswith("x-"):
                        yield from visit(of, f"{below}/{escape(key)}", item, direction)

    return visit("openapi", "", document, "response")


def treatments(keyword: str, schema: dict, document: dict) -> tuple[str, ...]:
    """What may become of that keyword of that schema."""
    if is_31(document):
        assertions, annotations, both = ASSERTIONS_31, ANNOTATIONS_31, BOTH_31
    else:
        assertions, annotations, both = ASSERTIONS, ANNOTATIONS, BOTH
        if "$ref" in schema and keyword != "$ref":
            return ("diagnosed",)
    if keyword in assertions:
        return ("lowered", "diagnosed")
    if keyword in annotations or keyword.startswith("x-"):
        return ("annotation", "diagnosed")
    if keyword in both:
        return ("lowered", "annotation", "diagnosed")
    return ("diagnosed",)


def examples_of(document: dict, place: Place, used: set[str]) -> Iterator[tuple[str, Any]]:
    """The examples of a parameter, a header or a media type; `used` collects the named ones among them."""
    if "$ref" in place.value:
        return
    if "example" in place.value:
        yield f"{place.pointer}/example", place.value["example"]
    for name, example in place.value.get("examples", {}).items():
        pointer = f"{place.pointer}/examples/{escape(name)}"
        while "$ref" in example:
            pointer = example["$ref"].removeprefix("#")
            used.add(pointer)
            example = at(document, pointer)
        if "value" in example:  # Else it is an `externalValue`, out of our reach.
            yield f"{pointer}/value", example["value"]


def is_json(place: Place) -> bool:
    """Whether the examples are JSON values: in other media types, an example is text."""
    if place.kind != "media type":
        return True
    media_type = unescape(place.pointer.rsplit("/", 1)[1]).split(";")[0].strip().lower()
    return media_type.endswith(("/json", "+json", "/*"))
