"""The table as an OpenAPI 3.1 document."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from wall import __version__
from wall.web.openapi import schemas
from wall.web.openapi.table import JSON, OPERATIONS, REFUSALS, Operation, Reply

REF = "#/components/schemas/{name}"
ABOUT = (
    "What programs may read, send and decide. Streams (websocket, server-sent events) are in docs/stream.md, "
    "what webhooks are sent in docs/webhooks.md. More fields may come; pass over those that you do not know."
)
SIGNATURE = ("webhook-id", "webhook-timestamp", "webhook-signature")
PACED: dict[str, Any] = {
    "retry-after": {"description": "Seconds until the next request.", "schema": {"type": "string"}}
}


@cache
def document() -> dict[str, Any]:
    """Return the document; it is the same for everybody."""
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Backchannel Wall", "version": __version__, "description": ABOUT},
        "paths": paths,
        "webhooks": {"message": {"post": message()}},
        "components": {
            "schemas": components(),
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of one event (bw_…), made by its organisers on the page “Programs”.",
                }
            },
        },
    }


def operation(one: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.id,
        "summary": str(one.title),
        "description": str(one.about),
        "parameters": list(parameters(one)),
        "responses": {str(status): reply(what) for status, what in one.replies.items()} | refusals(one),
    }
    if one.body:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": of(one.body)}}}
    if one.role == "viewer":
        found["security"] = [{}, {"key": []}]
    elif one.role:
        found["security"] = [{"key": []}]
        found["description"] += f" Asks for a key of the role “{one.role}”, or a higher one."
    return found


def parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", one.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    for query in one.query:
        yield {"name": query.name, "in": "query", "description": str(query.about), "schema": query.schema}
    if one.signed:
        for name in SIGNATURE:
            yield {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}


def reply(what: Reply) -> dict[str, Any]:
    found: dict[str, Any] = {"description": str(what.about)}
    if len(what.types) > 1:
        found["content"] = {JSON: {"schema": {"anyOf": [of(kind) for kind in what.types]}}}
    elif what.types:
        found["content"] = {JSON: {"schema": of(what.types[0])}}
    elif what.media_type:
        found["content"] = {what.media_type: {"schema": {}}}
    return found


def statuses(one: Operation) -> list[int]:
    """Return how a request may be refused: what is usual, and what is the route's own."""
    return sorted({*one.refusals, *((401, 403) if one.role else ()), 404, 429, 503})


def refusals(one: Operation) -> dict[str, Any]:
    found = {str(status): reply(Reply(REFUSALS[status], (schemas.Error,))) for status in statuses(one)}
    found["429"]["headers"] = PACED
    return found


def message() -> dict[str, Any]:
    """Return what a webhook is sent, and what it should answer."""
    return {
        "summary": "What a webhook is told",
        "requestBody": {"content": {JSON: {"schema": of(schemas.Message)}}},
        "responses": {"2XX": {"description": "It was taken."}, "410": {"description": "No more of it, please."}},
    }


def of(kind: type) -> dict[str, str]:
    return {"$ref": REF.format(name=kind.__name__)}


def components() -> dict[str, Any]:
    kinds = {kind for one in OPERATIONS for what in one.replies.values() for kind in what.types}
    kinds |= {one.body for one in OPERATIONS if one.body} | {schemas.Error, schemas.Message, schemas.Decided}
    _schemas, found = msgspec.json.schema_components(
        sorted(kinds, key=lambda kind: kind.__name__), ref_template=REF
    )
    return found
