"""Checks the API's document, and what the Rust side makes of it, with validators that are not ours.

    outside.py document DOCUMENT            the document is valid, and so is every example in it
    outside.py keywords DOCUMENT LINES      every schema keyword in it was accounted for
    outside.py verdicts DOCUMENT LINES      verdicts on values agree with openapi-schema-validator

DOCUMENT is OpenAPI 3.0, and for `keywords` 3.0 or 3.1, in YAML or JSON. LINES is a file of one JSON object a line, or `-` for standard input.

    keywords: {"pointer": "/components/schemas/X/minLength", "as": "lowered"}
              One line for every keyword that a schema of the document holds: where it stands, and whether it was
              "lowered", kept as "annotation", or "diagnosed".
    verdicts: {"schema": "/components/schemas/X", "value": 1, "valid": true, "direction": "request"}
              Where the schema stands in the document, a value, whether it was found valid, and which way it travels.

The exit code is 0 where all holds, 1 where a fault or a disagreement was found, and 2 where it could not be looked for.

The document is read here with readers and rules of its own, so that a mistake in the Rust side's lowering cannot hide
in both. Ours beside this file: `reading.py`, `places.py` (where OpenAPI has schemas), `judge.py` and `formats.py`
(the few rules where the Python validator departs from the standards; each of those says why).
"""

import argparse
import json
import sys
from collections import Counter
from decimal import Decimal
from typing import Any, Iterator

sys.dont_write_bytecode = True  # Nothing is left beside the scripts.

try:
    from jsonschema import ValidationError
    from openapi_spec_validator import OpenAPIV30SpecValidator
    from referencing.exceptions import Unresolvable

    from judge import Judge
    from places import examples_of, is_json, treatments, walk
    from reading import CouldNotRun, at, escape, member, pointer_of, read_document, read_lines
except ImportError as error:
    print(f"outside.py: could not run: {error}: install .ci/requirements.txt", file=sys.stderr)
    sys.exit(2)

SHOWN = 20  # How many faults are printed before the rest is only counted.


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, takes_lines, versions in [
        ("document", check_document, False, ["3.0"]),
        ("keywords", check_keywords, True, ["3.0", "3.1"]),
        ("verdicts", check_verdicts, True, ["3.0"]),
    ]:
        command = commands.add_parser(name)
        command.set_defaults(run=run, versions=versions)
        command.add_argument("document", metavar="DOCUMENT")
        if takes_lines:
            command.add_argument("lines", metavar="LINES")
    arguments = parser.parse_args()
    try:
        document = read_document(arguments.document, arguments.versions)
        more = [read_lines(arguments.lines)] if "lines" in arguments else []
        faults, summary = arguments.run(document, *more)
    except (CouldNotRun, OSError, UnicodeDecodeError, Unresolvable, RecursionError) as error:
        print(f"outside.py: could not run: {shorten(str(error)) or type(error).__name__}", file=sys.stderr)
        return 2
    faults = list(dict.fromkeys(faults))  # An example that is used twice is not two faults.
    for fault in faults[:SHOWN]:
        print(fault)
    if len(faults) > SHOWN:
        print(f"... and {len(faults) - SHOWN} more")
    print(f"{summary}; {len(faults)} {'fault' if len(faults) == 1 else 'faults'}")
    return 1 if faults else 0


# The three checks. Each returns the faults that it found, and what it looked at.


def check_document(document: dict) -> tuple[list[str], str]:
    """The document is valid, and every example in it is valid for its schema."""
    try:
        validator = OpenAPIV30SpecValidator(without_decimals(document))
        faults = [f"#{pointer_of(error.absolute_path)}: {shorten(error.message)}" for error in validator.iter_errors()]
    except Unresolvable as error:
        return [f"the reference {error.ref!r} leads nowhere"], "document"

    if faults:
        return faults, "document: not valid, so its examples were not looked at"

    judge = Judge(document)
    used: set[str] = set()
    checked: Counter = Counter()
    for place in walk(document):
        if place.kind == "schema" and "$ref" not in place.value and "example" in place.value:
            # A schema alone does not know which way its values travel, so either will do.
            ways = [judge.errors(place.pointer, way, place.value["example"]) for way in ("request", "response")]
            if all(ways):
                faults.append(f"#{place.pointer}/example: {describe(ways[0])}")
            checked["schemas"] += 1
        if place.kind not in ("parameter", "header", "media type"):
            continue
        for pointer, value in examples_of(document, place, used):
            schema = f"{place.pointer}/schema"
            if "schema" not in place.value or not is_json(place):
                checked["what has no schema or is not JSON, unchecked"] += 1
                continue
            if errors := judge.errors(schema, place.direction, value):
                faults.append(f"#{pointer}: {describe(errors)}")
            checked["bodies" if place.kind == "media type" else "parameters and headers"] += 1
    for name in document.get("components", {}).get("examples", {}):
        pointer = f"/components/examples/{escape(name)}"
        if pointer not in used:
            faults.append(f"#{pointer}: nothing uses this example, so nothing checks it")
    counts = ", ".join(f"{count} of {what}" for what, count in sorted(checked.items()))
    return faults, f"document: examples: {counts or 'none'}"


def check_keywords(document: dict, lines: Iterator[tuple[int, dict]]) -> tuple[list[str], str]:
    """What the lines account for is what the document holds."""
    expected = {}
    for place in walk(document):
        if place.kind == "schema":
            for keyword in place.value:
                expected[f"{place.pointer}/{escape(keyword)}"] = treatments(keyword, place.value, document)

    faults = []
    seen: dict[str, str] = {}
    for number, line in lines:
        pointer, treatment = member(number, line, "pointer", str), member(number, line, "as", str)
        if pointer not in expected:
            faults.append(f"line {number}: #{pointer}: the document has no such keyword")
            continue
        if treatment not in expected[pointer]:
            allowed = " or ".join(expected[pointer])
            faults.append(f"line {number}: #{pointer}: is called {treatment}, and should be {allowed}")
        if seen.setdefault(pointer, treatment) != treatment:
            faults.append(f"line {number}: #{pointer}: is called {treatment}, and was called {seen[pointer]} before")
    faults += [f"#{pointer}: no line accounts for this keyword" for pointer in expected if pointer not in seen]
    if not expected:
        faults.append("the document has no schema with a keyword in it, so nothing was checked")
    counts = ", ".join(f"{count} {what}" for what, count in sorted(Counter(seen.values()).items()))
    return faults, f"keywords: {len(expected)} in the document: {counts or 'none accounted for'}"


def check_verdicts(document: dict, lines: Iterator[tuple[int, dict]]) -> tuple[list[str], str]:
    """Each verdict is the one that openapi-schema-validator comes to with the document as it stands."""
    judge = Judge(document)
    faults = []
    verdicts = Counter()
    schemas = set()
    for number, line in lines:
        schema, direction = member(number, line, "schema", str), member(number, line, "direction", str)
        claimed = member(number, line, "valid", bool)
        if "value" not in line:
            raise CouldNotRun(f"line {number}: `value` is missing")
        if direction not in ("request", "response"):
            raise CouldNotRun(f"line {number}: `direction` is {direction!r}, and must be `request` or `response`")
        if not isinstance(at(document, schema), dict):
            raise CouldNotRun(f"line {number}: there is no schema at #{schema}")
        schemas.add(schema)
        verdicts[claimed] += 1
        errors = judge.errors(schema, direction, line["value"])
        if claimed == bool(errors):
            found = f"is called valid, but: {describe(errors)}" if errors else "is called invalid, but is valid"
            faults.append(f"line {number}: #{schema} ({direction}): {show(line['value'])} {found}")
    # A stream without one of the kinds would prove nothing: a validator that always says yes would pass it.
    for kind, count in (("valid", verdicts[True]), ("invalid", verdicts[False])):
        if not count:
            faults.append(f"there was no verdict on a value that is {kind}, so nothing was shown")
    return faults, (
        f"verdicts: {verdicts.total()} on {len(schemas)} schemas, "
        f"{verdicts[True]} valid and {verdicts[False]} invalid"
    )


# Showing things.


def without_decimals(value: Any) -> Any:
    """The same value with Python's own numbers, for a library that does not know others."""
    if isinstance(value, dict):
        return {name: without_decimals(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_decimals(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def describe(errors: list[ValidationError]) -> str:
    return "; ".join(f"at {pointer_of(error.absolute_path) or '/'!r}: {shorten(error.message)}" for error in errors[:3])


def show(value: Any) -> str:
    return shorten(json.dumps(without_decimals(value)))


def shorten(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}..."


if __name__ == "__main__":
    sys.exit(main())
