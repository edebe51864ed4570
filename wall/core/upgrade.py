"""The head of a request that asks for a websocket, read strictly: whatever is odd about it is not for us."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from wall.core.websocket import KEY, takes_packed

END = b"\r\n\r\n"
HEAD = re.compile(r"GET (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9!#$%&'*+.^_`|~-]+:[\t\x20-\x7e\x80-\xff]*\r\n)+)\r\n")
UPGRADE = re.compile(r"(?:^|,)[\t ]*upgrade[\t ]*(?:,|$)", re.IGNORECASE)
REPEATABLE = ("connection", "cookie", "sec-websocket-extensions", "x-forwarded-for")
BODY = ("content-length", "transfer-encoding")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A request for a websocket: its path and query, its headers in lower case, and what its client can do."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    key: str
    packed: bool


def read_upgrade(head: bytes) -> Upgrade | None:
    """Return what a request's head, with its empty line, asks for; None unless it is plainly a websocket."""
    request = HEAD.fullmatch(head.decode("latin-1"))
    headers = read_headers(request[2]) if request else None
    if request is None or headers is None or not asks_for_websocket(headers):
        return None
    path, _, query = request[1].partition("?")
    return Upgrade(
        path=path,
        query=read_query(query),
        headers=headers,
        key=headers["sec-websocket-key"],
        packed=takes_packed(headers.get("sec-websocket-extensions", "")),
    )


def read_headers(fields: str) -> dict[str, str] | None:
    """Return headers by name, or None where one is given twice that may not be."""
    headers: dict[str, str] = {}
    for field in fields.removesuffix("\r\n").split("\r\n"):
        name, _, value = field.partition(":")
        name, value = name.lower(), value.strip(" \t")
        if name in headers:
            if name not in REPEATABLE:
                return None
            value = f"{headers[name]}, {value}"
        headers[name] = value
    return headers


def asks_for_websocket(headers: Mapping[str, str]) -> bool:
    return (
        headers.get("upgrade", "").lower() == "websocket"
        and UPGRADE.search(headers.get("connection", "")) is not None
        and headers.get("sec-websocket-version") == "13"
        and KEY.fullmatch(headers.get("sec-websocket-key", "")) is not None
        and headers.keys().isdisjoint(BODY)
    )


def read_query(query: str) -> dict[str, str]:
    """Return the parameters of a query; of one given twice, the first."""
    parameters: dict[str, str] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        parameters.setdefault(name, unquote(value) if "%" in value else value)
    return parameters
