"""What we lean on in uvicorn beyond what it documents; each failure says what has changed.

`wall/web/entrance.py` stands where uvicorn makes its HTTP protocol, `wall/web/listener.py` among its servers, and
`wall/web/fanout.py` among its connections.
"""

import asyncio
import inspect
import logging
import tomllib
from pathlib import Path

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from wall.web import gate
from wall.web.entrance import Entrance

ROOT = Path(__file__).parents[2]
HERE = f"uvicorn {uvicorn.__version__}"


class Connection:
    """One of uvicorn's connections, which ends when it is told to."""

    def __init__(self, state):
        self.state = state
        self.told = 0

    def shutdown(self):
        self.told += 1
        asyncio.get_running_loop().call_later(0.15, self.state.connections.discard, self)


async def nothing(scope, receive, send):
    """An application that is never asked."""


def started(**options):
    config = uvicorn.Config(nothing, lifespan="off", log_config=None, **options)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server


def test_only_uvicorns_that_were_looked_at_are_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (wanted,) = (line for line in project["dependencies"] if line.startswith("uvicorn"))

    assert "<" in wanted, "pyproject.toml must bound uvicorn above: the fast road leans on its inner parts."


def test_uvicorn_makes_a_protocol_from_what_the_entrance_takes():
    ours, theirs = (list(inspect.signature(kind).parameters) for kind in (Entrance, HttpToolsProtocol))

    assert ours == [*theirs, "head"], (
        f"{HERE} makes its protocols from {theirs}; Entrance and its _hand_on know only {ours}."
    )


async def test_uvicorn_gives_a_protocol_the_state_of_the_application():
    made = []

    class Protocol(asyncio.Protocol):
        def __init__(self, **given):
            made.append(given)

    server = started(http=Protocol, port=0)
    server.lifespan.state["gate"] = "the gate"
    await server.startup()
    _, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
    async with asyncio.timeout(5):
        while not made:
            await asyncio.sleep(0.005)
    writer.close()
    await server.shutdown()

    (given,) = made
    assert given["app_state"]["gate"] == "the gate", f"{HERE} no longer hands its protocols the lifespan's state."
    assert given["server_state"] is server.server_state, f"{HERE} hands its protocols another state than its own."


async def test_uvicorn_tells_its_connections_that_it_stops_and_waits_until_they_left():
    server = started(port=0)
    await server.startup()
    connection = Connection(server.server_state)
    server.server_state.connections.add(connection)

    await server.shutdown()

    assert connection.told == 1, f"{HERE} no longer calls shutdown() of its connections when it stops."
    assert not server.server_state.connections, f"{HERE} no longer waits for its connections when it stops."


async def test_uvicorn_without_sockets_listens_nowhere_and_closes_what_was_added_to_its_servers():
    class Listener:
        said = ()

        def close(self):
            self.said += ("close",)

        async def wait_closed(self):
            self.said += ("wait_closed",)

    server, listener = started(), Listener()
    await server.startup(sockets=[])
    assert server.servers == [], f"{HERE} listens by itself although it was given no socket."
    server.servers.append(listener)

    await server.shutdown()

    assert listener.said == ("close", "wait_closed"), (
        f"{HERE} ends its servers otherwise than our listener expects."
    )


def test_uvicorn_keeps_its_connections_in_a_set_that_others_may_join():
    assert isinstance(ServerState().connections, set), (
        f"{HERE} keeps its connections in something else than a set."
    )


def test_uvicorn_tells_which_proxies_are_trusted_and_whom_they_forward():
    trusted = ProxyHeadersMiddleware(gate.nobody, "10.0.0.0/8").trusted_hosts

    assert "10.1.2.3" in trusted
    assert "192.0.2.1" not in trusted
    found = trusted.get_trusted_client_address("203.0.113.7, 10.1.2.3")
    assert found == ("203.0.113.7", 0), f"{HERE} reads X-Forwarded-For otherwise than Gate.asker expects."


def test_uvicorn_writes_of_websockets_where_the_entrance_does():
    server = started()
    protocol = server.config.ws_protocol_class(
        config=server.config, server_state=server.server_state, app_state={}, _loop=asyncio.new_event_loop()
    )
    protocol.loop.close()

    assert protocol.logger is gate.log, f"{HERE} logs websockets elsewhere than wall/web/gate.py does."
    assert logging.getLogger("uvicorn.error") is gate.log
