"""Judges values with openapi-schema-validator, which reads the document as it stands.

Where the library departs from the standards it is put right here, and each of those places says why.
"""

from fractions import Fraction
from typing import Any, Iterator
from urllib.parse import quote

import regress
from jsonschema import Draft4Validator, ValidationError
from jsonschema.validators import create
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator
from referencing import Registry, Resource

from formats import FORMATS, is_integer, is_number
from reading import at


class Judge:
    """Judges values by the schemas of a document."""

    ADDRESS = "urn:document"

    def __init__(self, document: dict):
        # Opaque, since a document is not a schema, and a member called `id` in it does not give it an address.
        self.registry = Registry().with_resource(self.ADDRESS, Resource.opaque(document))
        self.classes = {
            "request": validator_class(document, OAS30WriteValidator),
            "response": validator_class(document, OAS30ReadValidator),
        }
        self.validators: dict[tuple[str, str], Any] = {}

    def errors(self, schema: str, direction: str, value: Any) -> list[ValidationError]:
        """What is wrong with a value, by the schema at that pointer."""
        key = schema, direction
        if key not in self.validators:
            reference = {"$ref": f"{self.ADDRESS}#{quote(schema, safe='/~')}"}
            self.validators[key] = self.classes[direction](
                reference, registry=self.registry, format_checker=FORMATS
            )
        return sorted(self.validators[key].iter_errors(value), key=lambda error: list(map(str, error.path)))


def validator_class(document: dict, base: Any) -> Any:
    """openapi-schema-validator's validator, where it departs from the standards put right."""
    keywords = dict(base.VALIDATORS)

    # OpenAPI 3.0.3, "Discriminator Object", has it as a hint. The library validates only by the schema that it names.
    for name in ("allOf", "anyOf", "oneOf"):
        keywords[name] = Draft4Validator.VALIDATORS[name]

    # OpenAPI has `readOnly` and `writeOnly` for properties. The library looks for them beside a property's `$ref`,
    # where nothing counts, and not behind it, and it applies them to what is no property too. Then there is a choice:
    # a `readOnly` property SHOULD NOT be sent in a request, so a server may take it and ignore it; a `writeOnly` one,
    # such as a password, is a fault in a response.
    library_required, library_properties = keywords["required"], keywords["properties"]
    not_sent = "readOnly" if base is OAS30WriteValidator else "writeOnly"

    def required(validator: Any, names: list[str], instance: Any, schema: dict) -> Iterator[ValidationError]:
        properties = schema.get("properties", {})
        needed = [name for name in names if not behind(document, properties.get(name)).get(not_sent)]
        return library_required(validator, needed, instance, {})

    def properties(validator: Any, schemas: dict, instance: Any, schema: dict) -> Iterator[ValidationError]:
        yield from library_properties(validator, schemas, instance, schema)
        if base is OAS30ReadValidator and isinstance(instance, dict):
            for name in instance.keys() & schemas.keys():
                if behind(document, schemas[name]).get("writeOnly"):
                    yield ValidationError(f"the property {name!r} is writeOnly", path=[name])

    keywords["required"], keywords["properties"] = required, properties
    keywords.pop("readOnly"), keywords.pop("writeOnly")

    # The library searches without flags. JSON Schema 2020-12, section 6.4, asks for Unicode patterns, and real documents
    # hold escapes that are legal only without the flag. The engine is the one that the Rust side uses too: it is not
    # ours, but a fault of its own would show on neither side.
    keywords["pattern"] = pattern

    # The library divides binary fractions, where 0.3 is not a multiple of 0.1.
    keywords["multipleOf"] = multiple_of

    return create(
        meta_schema=base.META_SCHEMA,
        validators=keywords,
        # `1.0` is an integer, as in every draft since 6. The draft that OpenAPI 3.0 stands on tells it from `1`, which
        # readers of JSON cannot do dependably.
        type_checker=base.TYPE_CHECKER.redefine("integer", lambda _, value: is_integer(value)),
        # `id` means nothing in OpenAPI.
        id_of=lambda _: "",
        # What stands beside a reference is ignored; the library applies it.
        applicable_validators=lambda schema: (
            [("$ref", schema["$ref"])] if "$ref" in schema else list(schema.items())
        ),
    )


def behind(document: dict, schema: Any) -> dict:
    """The schema that a property has, references followed; empty where it has none."""
    for _ in range(100):
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        schema = at(document, schema["$ref"].removeprefix("#"))
    return schema if isinstance(schema, dict) else {}


def pattern(_validator: Any, text: str, instance: Any, _schema: dict) -> Iterator[ValidationError]:
    if isinstance(instance, str) and expression(text).find(instance) is None:
        yield ValidationError(f"{instance!r} does not match {text!r}")


def expression(text: str, compiled: dict[str, Any] = {}) -> Any:
    """The pattern as an ECMA 262 regular expression; Python's own ones let `$` match before a line's end."""
    if text not in compiled:
        try:
            compiled[text] = regress.Regex(text, "u")
        except regress.RegressError:
            compiled[text] = regress.Regex(text)
    return compiled[text]


def multiple_of(_validator: Any, divisor: Any, instance: Any, _schema: dict) -> Iterator[ValidationError]:
    if is_number(instance) and Fraction(instance) % Fraction(divisor) != 0:
        yield ValidationError(f"{instance} is not a multiple of {divisor}")
