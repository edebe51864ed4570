"""What every request passes before anything else: the host it names, where it comes from, how large it is.

And what every answer carries, errors and files included. Starlette checks none of this by itself.
"""

import ipaddress
from collections.abc import Collection, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
POLICY_VIOLATION = 1008
PRIVATE = "private"
RATE = "rate"
"""The mark on a request's scope which says that nobody but who asked may keep the answer."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types wall",
    )
)
# Where a video may be played on demand from the server it is on; which one that is, is known when somebody presses.
PLAYING_POLICY = f"{CONTENT_SECURITY_POLICY}; media-src https:"
# A page of ours may frame a preview of another page of ours, and only of that.
IN_OUR_FRAME = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
FRAMING = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = "max-age=31536000"


def framed_by(origins: Collection[str]) -> str:
    """Return the policy of a page that these sites may frame, and nobody else; no page where there are none."""
    if not origins:
        return CONTENT_SECURITY_POLICY
    return CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}")


class Security:
    """ASGI middleware that refuses foreign hosts and cross-site requests, and sets the headers of every answer.

    `public_url` is the one origin that people use, if it is fixed; addresses of this machine are always served.
    """

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        self.public = urlsplit(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.update(scope.get(RATE, {}))
                if scope.get(PRIVATE):
                    headers["cache-control"] = "private, no-store"
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", A_YEAR)
            await send(message)

        refusal = self.refusal(connection)
        if refusal is None:
            await self.app(scope, receive, send_with_headers)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
        else:
            await PlainTextResponse(refusal[1] + "\n", refusal[0])(scope, receive, send_with_headers)

    def refusal(self, connection: HTTPConnection) -> tuple[int, str] | None:
        """Return the status and sentence to refuse a request with, or None to let it in."""
        host = connection.headers.get("host", "")
        if not self.serves(host):
            return 421, "This wall is not served under that name. Set WALL_PUBLIC_URL to the address people use."
        if connection.scope["type"] == "http" and connection.scope["method"] in SAFE_METHODS:
            return None
        if not same_origin(connection.scope, connection.headers, host):
            return 403, "This request came from another site."
        return None

    def serves(self, host: str) -> bool:
        """Tell whether a Host header names us: the public name, this machine, or a bare address.

        Names of others are refused, so that no foreign name pointed at us (DNS rebinding) is one origin with us.
        """
        return serves(host, self.public.hostname)


def admits_stream(scheme: str, headers: Mapping[str, str], public_name: str | None) -> bool:
    """Tell whether a websocket that is asked for outside of the application would be let in by `Security`."""
    host = headers.get("host", "")
    return serves(host, public_name) and same_origin({"scheme": scheme}, headers, host)


@lru_cache(maxsize=256)
def serves(host: str, public_name: str | None) -> bool:
    """Tell whether a Host header names us; see `Security.serves`."""
    name = hostname(host)
    if name is None:
        return False
    if name in ("localhost", public_name) or name.endswith((".localhost", ".local")):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def same_origin(scope: Scope, headers: Mapping[str, str], host: str) -> bool:
    """Tell whether a request was made by a page of ours, or by a program that holds nobody's cookies.

    The Origin must be ours to the letter, scheme, host and port; browsers that send Sec-Fetch-Site must agree.
    """
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    if origin is not None:
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        return origin == f"{scheme}://{host}" and site in (None, "same-origin")
    if site is not None:
        return site == "same-origin"
    return "cookie" not in headers


def hostname(host: str) -> str | None:
    """Return the lower-case name in a Host header without its port, or None when it is no host at all."""
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return None
    name = parts.hostname
    plain = host.casefold() in (name, f"{name}:{port}", f"[{name}]", f"[{name}]:{port}")
    return name if name and plain else None
