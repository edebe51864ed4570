"""What programs may ask, from the OpenAPI document that every wall serves."""

from typing import Any

from handbook.reference.table import code, table
from wall.web.openapi.document import document
from wall.web.openapi.table import OPERATIONS, Operation

SCHEMA = "#/components/schemas/"


def every_operation() -> str:
    return "".join(one_operation(one) for one in OPERATIONS)


def one_operation(one: Operation) -> str:
    told = document()["paths"][one.path][one.method.lower()]
    lines = [f"\n## {one.title}", "", f"    {one.method} {one.path}", "", told["description"]]
    if "requestBody" in told:
        lines += ["", f"Send {kind(told['requestBody']['content']['application/json']['schema'])} as JSON."]
    given = [
        (code(each["name"]), each["in"], kind(each["schema"]), each.get("description", ""))
        for each in told["parameters"]
        if each["in"] != "path"
    ]
    asked = table(("parameter", "in", "is", "what it is"), given) if given else ""
    answers = [
        (status, content(reply), reply["description"]) for status, reply in sorted(told["responses"].items())
    ]
    return "\n".join(lines) + "\n" + asked + table(("status", "holds", "what it says"), answers)


def every_type() -> str:
    return "".join(one_type(name, schema) for name, schema in document()["components"]["schemas"].items())


def one_type(name: str, schema: dict[str, Any]) -> str:
    about = f"\n### {name}\n\n{schema.get('description', '')}\n"
    if "enum" in schema:
        return f"{about}\nOne of {kind(schema)}.\n"
    needed = schema.get("required", ())
    rows = [
        (code(field), kind(value), "always" if field in needed else "may be left out")
        for field, value in schema.get("properties", {}).items()
    ]
    return about + table(("field", "is", ""), rows)


def content(reply: dict[str, Any]) -> str:
    return " ".join(kind(one["schema"]) or f"`{media}`" for media, one in reply.get("content", {}).items())


def kind(schema: dict[str, Any]) -> str:
    """Return in words what a JSON Schema allows."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(SCHEMA)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(code(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {})) or 'anything'}"
    return str(schema.get("type", "")) + bounds(schema)


def bounds(schema: dict[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    return f", {least} to {most}" if least is not None and most is not None else ""
