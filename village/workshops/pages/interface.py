"""The JSON interface told to people: the OpenAPI document as a plain page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village.kit.api import document
from village.kit.guard import public
from village.kit.web import page, parts
from village.workshops.pages import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Response

bp = base.bp
_DEEPEST = 6


@dataclass(frozen=True)
class Field:
    """One field of a body or an answer, or one parameter: its path, its type, and what it means."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One thing that a program can ask."""

    method: str
    path: str
    anchor: str
    summary: str
    about: str
    keyed: bool
    parameters: list[Field]
    body: list[Field]
    answers: list[tuple[str, str, str]]


@bp.get("/api")
@public
def interface() -> Response:
    """Show what other programs can ask, and how."""
    found = document()
    schemas = found["components"]["schemas"]
    groups = [
        (tag["description"], [each for each in _operations(found, schemas) if each[0] == tag["name"]])
        for tag in found["tags"]
    ]
    shapes = [(name, list(_fields(schema, schemas))) for name, schema in sorted(schemas.items())]
    return page(
        "workshops/interface.html",
        info=found["info"],
        groups=[(about, [operation for _tag, operation in operations]) for about, operations in groups],
        shapes=shapes,
        address=parts().settings.address,
    )


def readable(path: str) -> str:
    """Write an address with its changing parts in capitals: /programme/CODE."""
    return re.sub(r"\{(\w+)\}", lambda part: part[1].upper(), path)


def _operations(found: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in found["paths"].items():
        shared = methods.get("parameters", [])
        for method, operation in methods.items():
            if method == "parameters":
                continue
            parameters = [*shared, *operation.get("parameters", [])]
            yield operation["tags"][0], _operation(method, path, operation, parameters, schemas)


def _operation(
    method: str, path: str, operation: Mapping[str, Any], parameters: list[Any], schemas: Mapping[str, Any]
) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = [
        (status, answer.get("description", ""), _shape_name(answer))
        for status, answer in sorted(operation["responses"].items())
    ]
    return Operation(
        method.upper(),
        readable(path),
        f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        operation.get("summary", ""),
        operation.get("description", ""),
        bool(operation.get("security")),
        [_parameter(each) for each in parameters],
        list(_fields(body, schemas)) if body else [],
        answers,
    )


def _parameter(found: Mapping[str, Any]) -> Field:
    kind = f"{found['in']}, {_kind(found.get('schema', {}))}"
    return Field(found["name"], kind, bool(found.get("required")), found.get("description", ""))


def _shape_name(answer: Mapping[str, Any]) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[Field]:
    """List the fields of a shape; those of a shape inside only where it is not named, or a body is read."""
    schema = _resolved(schema, schemas)
    required = set(schema.get("required", ()))
    for name, inner in schema.get("properties", {}).items():
        about = inner.get("description", "")
        yield Field(before + name, _kind(inner), name in required, about)
        if before == "" and depth < _DEEPEST and "$ref" in inner and not schema.get("additionalProperties", True):
            yield from _fields(inner, schemas, f"{before}{name}.", depth + 1)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return schemas[name] if name else schema


def _kind(schema: Mapping[str, Any]) -> str:
    """Say a type in a few words: the name of a shape, the words that may stand, or the plain type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            return " | ".join(_kind(each) for each in schema[many])
    if "enum" in schema:
        return " | ".join("nothing" if each is None else str(each) for each in schema["enum"])
    if "items" in schema:
        return f"[{_kind(schema['items'])}]"
    kinds = schema.get("type", "any")
    plain = " | ".join(kinds if isinstance(kinds, list) else [str(kinds)]).replace("null", "nothing")
    return f"{plain} ({schema['format']})" if "format" in schema else plain
