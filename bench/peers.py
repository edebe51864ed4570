"""The servers that ours is held against: how each is started, or what is missing for it.

PERF_PEERS names a folder with what they need, apart from the kit: `node/` (`npm i ws redis socket.io`), `venv/` (pip
install uvicorn httptools uvloop websockets starlette redis hiredis picows channels channels_redis django) and, unless
nginx is installed, `nginx/` (Debian's nginx, libnginx-mod-nchan and -ndk, unpacked; it wants a folder
/var/lib/nginx). Each runs as its own kind would run it for this: uvloop where it can, no compression, no access log.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.kit import FRAME_BYTES, Contender, Room

CHANNEL = "wall"
MARK_BYTES = 33
CONNECTIONS = 20_000
MODULES = Path("usr/lib/nginx/modules")


class Missing(Exception):
    """A server cannot be started here; says why."""


def contenders(room: Room) -> dict[str, Contender | Missing]:
    """Return everybody by short name, in the order of the table; the floor, which all are measured by, is first."""
    found: dict[str, Contender | Missing] = {}
    for name, of in PEERS.items():
        try:
            found[name] = of(room)
        except Missing as missing:
            found[name] = missing
    return found


def floor(room: Room) -> Contender:
    command = [str(room.folder / "floor"), str(room.port), room.redis, CHANNEL]
    return Contender("floor (C)", command, published(room))


def nchan(room: Room) -> Contender:
    unpacked = peers() / "nginx"
    nginx = shutil.which("nginx") or str(unpacked / "usr/sbin/nginx")
    modules = next((root / MODULES for root in (Path("/"), unpacked) if (root / MODULES).is_dir()), None)
    if modules is None or not Path(nginx).exists():
        raise Missing("nginx with nchan is not installed")
    (room.folder / "ng").mkdir(exist_ok=True)
    settings = (room.kit / "nchan.conf").read_text(encoding="utf-8")
    settings = settings.replace("127.0.0.1:8001", f"127.0.0.1:{room.port}")
    settings = settings.replace("worker_connections 20000", f"worker_connections {2 * CONNECTIONS}")
    settings = settings.replace(f"/{MODULES}", str(modules))
    generator = [*template(room), "--pub", f"http:127.0.0.1:{room.port}"]
    return Contender(
        "nchan", [nginx, "-p", str(room.folder / "ng"), "-c", room.file("nchan.conf", settings)], generator
    )


def node_ws(room: Room) -> Contender:
    return node(room, "Node ws", "ws", "node_ws.js")


def socket_io(room: Room) -> Contender:
    road = ["--path", "/socket.io/?EIO=4&transport=websocket", "--sio"]
    return node(room, "socket.io", "socket.io", "sio.js", *road)


def broadcast(room: Room) -> Contender:
    command = [python("websockets", "uvloop"), str(room.kit / "ws_broadcast.py"), str(room.port), room.redis, "uv"]
    return Contender("websockets.broadcast", command, published(room))


def picows(room: Room) -> Contender:
    command = [python("picows", "uvloop"), str(room.kit / "picows_srv.py"), str(room.port), room.redis, "uv"]
    return Contender("picows", command, published(room))


def starlette(room: Room) -> Contender:
    command = uvicorn(room, room.kit, "naive:app", "starlette")
    environment = {"REDIS_SOCK": room.redis}
    return Contender("naive Starlette", command, published(room), environment, most_in_bursts=5000)


def channels(room: Room) -> Contender:
    """Django Channels with the faster of its Redis layers, and a faster server than its own."""
    command = uvicorn(room, room.kit / "chan", "chan_app:app", "channels", "channels_redis", "django")
    environment = {"REDIS_PORT": str(room.redis_port), "LAYER": "pubsub"}
    return Contender("Django Channels", command, published(room), environment, most=5000, most_in_bursts=1000)


PEERS: dict[str, Callable[[Room], Contender]] = {
    "floor": floor,
    "ours": lambda room: room.ours(),
    "ordinary": lambda room: room.ours(ticket=False),
    "nchan": nchan,
    "picows": picows,
    "ws": node_ws,
    "broadcast": broadcast,
    "socket.io": socket_io,
    "starlette": starlette,
    "channels": channels,
}


# What they have in common


def published(room: Room) -> list[str]:
    """What the generator must know of a server that takes posts from a channel of Redis."""
    return [*template(room), "--pub", f"redis:{room.redis}", "--chan", CHANNEL]


def template(room: Room) -> list[str]:
    """The post that is published: as many bytes as our frame of one has."""
    frame = '{"mark":"{{MARK}}","text":""}'
    filling = "x" * (FRAME_BYTES - len(frame) + len("{{MARK}}") - MARK_BYTES)
    return ["--tmpl", room.file("frame", frame.replace('""}', f'"{filling}"}}'))]


def node(room: Room, title: str, module: str, script: str, *road: str) -> Contender:
    modules = peers() / "node/node_modules"
    if not shutil.which("node") or not (modules / module).is_dir() or not (modules / "redis").is_dir():
        raise Missing(f"node with {module} and redis is not installed")
    command = ["node", str(room.kit / script), str(room.port), room.redis]
    return Contender(title, command, [*road, *published(room)], {"NODE_PATH": str(modules)})


def uvicorn(room: Room, folder: Path, app: str, *packages: str) -> list[str]:
    command = [python("uvicorn", "httptools", "websockets", "uvloop", *packages), "-m", "uvicorn"]
    command += ["--app-dir", str(folder), "--port", str(room.port), "--backlog", "4096", "--loop", "uvloop"]
    command += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false"]
    return [*command, "--log-level", "error", "--no-access-log", app]


def python(*packages: str) -> str:
    """Return the interpreter of the peers; raises Missing when it lacks one of the packages."""
    for package in packages:
        if not list(peers().glob(f"venv/lib/python*/site-packages/{package}")):
            raise Missing(f"{package} is not installed in PERF_PEERS/venv")
    return str(peers() / "venv/bin/python")


def peers() -> Path:
    if "PERF_PEERS" not in os.environ:
        raise Missing("PERF_PEERS is not set")
    return Path(os.environ["PERF_PEERS"]).resolve()
