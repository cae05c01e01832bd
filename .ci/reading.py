"""Reads documents and lines exactly: numbers keep their digits, and a name that is given twice is refused."""

import json
import re
from decimal import Decimal
from typing import Any, Iterator

import yaml


class CouldNotRun(Exception):
    """The check could not be made, which says nothing about what was to be checked."""


def read_document(path: str, versions: list[str]) -> dict:
    """Reads YAML 1.2 or JSON of these versions of OpenAPI, numbers exactly, and refuses a name that is given twice."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        document = yaml.load(text, CoreLoader)
    except yaml.YAMLError as error:
        raise CouldNotRun(f"{path}: {error}") from error
    if not isinstance(document, dict):
        raise CouldNotRun(f"{path}: is not an object")
    version = document.get("openapi")
    if not isinstance(version, str) or not version.startswith(tuple(f"{known}." for known in versions)):
        raise CouldNotRun(f"{path}: is not a document of OpenAPI {' or '.join(versions)}")
    return document


class CoreLoader(yaml.SafeLoader):
    """YAML with the core schema of YAML 1.2, section 10.3.2, as OpenAPI asks.

    PyYAML's own is that of YAML 1.1: `no` is a boolean there, `2026-03-02` a date, `010` eight, and `1e3` text.
    """

    yaml_implicit_resolvers: dict = {}

    def names_and_values(self, node: yaml.MappingNode) -> dict:
        value = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a name must be text", key.start_mark)
            # As it is written: `200:` is the name "200".
            if key.value in value:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the name {key.value!r} is given twice", key.start_mark
                )
            value[key.value] = self.construct_object(item, deep=True)
        return value

    def number(self, node: yaml.ScalarNode) -> Any:
        try:
            return int(node.value)
        except ValueError:
            number = Decimal(node.value)
        if not number.is_finite():
            raise yaml.constructor.ConstructorError(None, None, "JSON has no such number", node.start_mark)
        return number


CoreLoader.add_constructor("tag:yaml.org,2002:map", CoreLoader.names_and_values)
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda self, node: int(node.value, 0))
CoreLoader.add_constructor("tag:yaml.org,2002:float", CoreLoader.number)
for tag, text in {
    "null": r"|~|null|Null|NULL",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{text})\Z"), None)


def read_lines(path: str) -> Iterator[tuple[int, dict]]:
    """The objects of a file of one JSON object a line, each with the number of its line."""
    with open(0 if path == "-" else path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                line = json.loads(text, parse_float=Decimal, parse_constant=refuse_constant)
            except ValueError as error:
                raise CouldNotRun(f"line {number}: is not JSON: {error}") from error
            if not isinstance(line, dict):
                raise CouldNotRun(f"line {number}: is not an object")
            yield number, line


def refuse_constant(name: str) -> None:
    raise ValueError(f"JSON has no {name}")


def member(number: int, line: dict, name: str, kind: type) -> Any:
    """A member of a line, which must be there and of that type."""
    if not isinstance(line.get(name), kind):
        raise CouldNotRun(f"line {number}: `{name}` must be there and of the type {kind.__name__}")
    return line[name]


# JSON pointers (RFC 6901).


def escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def pointer_of(path: Any) -> str:
    return "".join(f"/{escape(str(part))}" for part in path)


def at(document: Any, pointer: str) -> Any:
    """What stands at a pointer, or None."""
    value = document
    for token in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)] if token.isdecimal() and int(token) < len(value) else None
        else:
            value = value.get(unescape(token)) if isinstance(value, dict) else None
    return value
