"""Names of servers as organisers type them: several in one field, by spaces, commas or lines."""

import re
from urllib.parse import urlsplit

from wall.core.words import _
from wall.errors import InvalidInput

SEPARATOR = re.compile(r"[\s,;]+")
HOST = re.compile(r"[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]")
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
MOST = 12


def addresses(text: str, *, field: str, secure: str, plain: str) -> list[str]:
    """Return each address named, once, as `secure://host[:port][/path]`; a bare host name will do.

    The `plain` scheme is taken for this machine only. Raises InvalidInput naming the field.
    """
    names = [name for name in SEPARATOR.split(text.strip()) if name]
    if len(names) > MOST:
        raise InvalidInput(_("Name at most %(most)s; each is asked again and again.", most=MOST), field=field)
    return list(dict.fromkeys(address(name, field=field, secure=secure, plain=plain) for name in names))


def address(name: str, *, field: str, secure: str, plain: str) -> str:
    refused = InvalidInput(_("“%(name)s” is not the address of a server.", name=name[:100]), field=field)
    try:
        parts = urlsplit(name if "://" in name else f"{secure}://{name}")
        host = parts.netloc.rpartition(":")[0] if parts.port is not None else parts.netloc
        host = host.lower().encode("idna").decode() if not host.isascii() else host.lower()
    except (ValueError, UnicodeError) as error:
        raise refused from error
    if not HOST.fullmatch(host) or parts.query or parts.fragment:
        raise refused
    if parts.scheme != secure and not (parts.scheme == plain and host in THIS_MACHINE):
        raise InvalidInput(
            _("“%(name)s” must begin with %(secure)s://.", name=name[:100], secure=secure), field=field
        )
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def host_of(address: str) -> str:
    """Return the host, with its port if it has one, by which people know a server."""
    return urlsplit(address).netloc
