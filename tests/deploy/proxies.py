"""nginx and Caddy as deploy/proxy has them, in front of real web processes on this machine."""

import asyncio
import os
import shutil
import ssl
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import trustme
from websockets.asyncio.client import connect

from tests.program import free_port
from tests.waiting import until

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "deploy" / "proxy"
HERE = Path(sys.prefix) / "peers" / "usr"
PLACES = f"{HERE}/sbin:{HERE}/bin:{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
AROUND_NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def program(name):
    return shutil.which(name, path=PLACES)


@dataclass
class Front:
    """A proxy, by the address that people use, and the web processes behind it, by port."""

    base: str
    webs: dict
    tls: ssl.SSLContext | None = None

    def client(self, **options):
        return httpx2.AsyncClient(
            base_url=self.base,
            verify=self.tls or True,
            trust_env=False,
            timeout=20,
            follow_redirects=False,
            **options,
        )

    def websocket(self, path, **options):
        return connect(
            self.base.replace("http", "ws", 1) + path, origin=self.base, ssl=self.tls, proxy=None, **options
        )


@asynccontextmanager
async def behind(kind, redis_url, folder, **settings):
    """A proxy in front of two web processes, once both are ready and it answers."""
    async with AsyncExitStack() as stack:
        port, ports = free_port(), [free_port(), free_port()]
        scheme = "https" if kind == "nginx" else "http"
        base = f"{scheme}://127.0.0.1:{port}"
        environment = {
            "WALL_REDIS_URL": redis_url,
            "WALL_DATA_DIR": str(folder),
            "WALL_PUBLIC_URL": base,
            "WALL_TRUSTED_PROXIES": "127.0.0.1",
            **settings,
        }
        webs = {
            one: await stack.enter_async_context(
                started(sys.executable, "-m", "wall", "web", "--port", str(one), **environment)
            )
            for one in ports
        }
        for one in ports:
            await until(lambda one=one: answers(f"http://127.0.0.1:{one}/readyz"))
        tls = None
        if kind == "nginx":
            authority = trustme.CA()
            tls = ssl.create_default_context()
            authority.configure_trust(tls)
            await stack.enter_async_context(nginx(folder, port, ports, authority))
        else:
            await stack.enter_async_context(caddy(folder, base, ports))
        await until(lambda: answers(f"{base}/healthz", tls))
        yield Front(base, webs, tls)


def nginx(folder, port, ports, authority):
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    live = "/etc/letsencrypt/live/wall.example.org"
    site = replaced(
        (FOLDER / "nginx.conf").read_text(),
        {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ": f"listen 127.0.0.1:{port} ",
            f"{live}/fullchain.pem": f"{folder}/cert.pem",
            f"{live}/privkey.pem": f"{folder}/key.pem",
            "127.0.0.1:8001": f"127.0.0.1:{ports[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{ports[1]}",
        },
    )
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND_NGINX.format(folder=folder))
    return started(program("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder))


def caddy(folder, base, ports):
    file = folder / "Caddyfile"
    file.write_text("{\n\tadmin off\n}\n" + (FOLDER / "Caddyfile").read_text())
    upstreams = " ".join(f"127.0.0.1:{one}" for one in ports)
    return started(
        *(program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)),
        CADDY_SITE=base,
        CADDY_WEB=upstreams,
        HOME=str(folder),
    )


def replaced(text, by):
    for old, new in by.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@asynccontextmanager
async def started(*command, **environment):
    process = await asyncio.create_subprocess_exec(
        *command, env=os.environ | environment, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def answers(url, tls=None):
    try:
        async with httpx2.AsyncClient(verify=tls or True, trust_env=False, timeout=5) as client:
            return (await client.get(url)).status_code == 200
    except httpx2.HTTPError:
        return False
