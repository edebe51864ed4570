"""The document, and the same to read."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.api_key import ROLES, WITHOUT_KEY
from wall.web.frames import dump
from wall.web.openapi.document import document, statuses
from wall.web.openapi.table import OPERATIONS, REFUSALS, Operation
from wall.web.state import state

KEPT = "public, max-age=300"


async def show_document(request: Request) -> Response:
    """Return the OpenAPI document."""
    return Response(dump(document()), media_type="application/json", headers={"cache-control": KEPT})


async def show(request: Request) -> HTMLResponse:
    """Show what programs may ask, to read."""
    return state(request)["pages"].page(
        "api/api.html",
        more_sheets=["api"],
        operations=[operation_view(one) for one in OPERATIONS],
        kinds=[kind_view(name, schema) for name, schema in document()["components"]["schemas"].items()],
        roles=ROLES,
        without_key=WITHOUT_KEY,
    )


def operation_view(one: Operation) -> dict[str, Any]:
    return {
        "id": one.id,
        "method": one.method,
        "path": one.path.replace("{slug}", "{event}"),
        "title": one.title,
        "about": one.about,
        "role": one.role,
        "signed": one.signed,
        "query": [(query.name, query.about) for query in one.query],
        "body": one.body.__name__ if one.body else None,
        "replies": [
            (status, what.about, [kind.__name__ for kind in what.types]) for status, what in one.replies.items()
        ],
        "refusals": [(status, REFUSALS[status]) for status in statuses(one)],
    }


def kind_view(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        "name": name,
        "about": schema.get("description", ""),
        "values": schema.get("enum", ()),
        "fields": [
            (field, in_short(what), field in required) for field, what in schema.get("properties", {}).items()
        ],
    }


def in_short(schema: dict[str, Any]) -> str:
    """Return what a value may be, as programmers write it: “string | null”, “Post[]”."""
    if reference := schema.get("$ref"):
        return str(reference).rpartition("/")[2]
    if several := schema.get("anyOf"):
        return " | ".join(in_short(one) for one in several)
    if values := schema.get("enum"):
        return " | ".join(f'"{value}"' for value in values)
    if schema.get("type") == "array":
        return f"{in_short(schema.get('items', {}))}[]"
    return str(schema.get("type", "any"))


routes = [Route("/openapi.json", show_document), Route("/api", show)]
