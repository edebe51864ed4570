"""Whether nobody in between can read what a connection says."""

import ipaddress

from starlette.requests import HTTPConnection

from wall.web.security import hostname
from wall.web.state import state


def secure(connection: HTTPConnection) -> bool:
    return connection.scope["scheme"] in ("https", "wss")


def private(connection: HTTPConnection) -> bool:
    """Tell whether nobody in between can read the line: https, or the machine itself.

    A caller from this machine that asks for another name is a proxy, and how people came to that is not known.
    """
    if secure(connection) or state(connection)["config"].insecure_lan:
        return True
    client = connection.client
    own = client is None or is_this_machine(client.host)  # no client: a unix socket
    return own and is_this_machine(hostname(connection.headers.get("host", "")) or "")


def is_this_machine(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
