"""Real servers of IRC, where they are installed, and somebody who talks there."""

import asyncio
import os
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers import free_port

SOON_SECONDS = 30.0
HERE = Path(sys.prefix) / "peers" / "usr"
UNPACKED = HERE / "lib/inspircd/modules"
MODULES = UNPACKED if UNPACKED.is_dir() else "/usr/lib/inspircd/modules"
LIBRARIES = ":".join(str(folder) for folder in HERE.glob("lib/*-linux-gnu"))
PLACES = f"{HERE}/sbin:{HERE}/bin:{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"

NGIRCD = """
[Global]
Name = irc.test.local
Info = test
Ports = {port}
Listen = 127.0.0.1
PidFile = {folder}/ngircd.pid
MotdPhrase = hi
[Limits]
MaxConnectionsIP = 0
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
[Channel]
Name = #closed
Modes = +i
[Channel]
Name = #locked
Modes = +k sesame
"""

INSPIRCD = """
<server name="irc.insp.test" description="test" network="TestNet" id="00A">
<admin name="t" nick="t" email="t@example.org">
<path configdir="{folder}" datadir="{folder}" logdir="{folder}" runtimedir="{folder}"
 moduledir="{modules}">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect name="main" allow="*" timeout="60" threshold="100" commandrate="100000" fakelag="off" localmax="100"
 globalmax="100" resolvehostnames="no" useident="no">
<pid file="{folder}/inspircd.pid">
<options defaultmodes="not">
<performance netbuffersize="10240" somaxconn="128">
<log method="file" type="*" level="default" target="insp.log">
<module name="cap"><module name="ircv3"><module name="ircv3_servertime"><module name="ircv3_msgid">
<module name="ircv3_ctctags"><module name="ircv3_batch"><module name="ircv3_echomessage">
<module name="ircv3_accounttag"><module name="chanhistory"><module name="botmode">
"""

ERGO = """
network: {{name: ErgoTest}}
server:
  name: ergo.test
  listeners: {{"127.0.0.1:{port}": {{}}}}
  casemapping: ascii
  enforce-utf8: true
  max-sendq: 96k
  ip-limits: {{count: false, throttle: false}}
datastore: {{path: {folder}/ircd.db}}
accounts:
  authentication-enabled: true
  registration: {{enabled: true, allow-before-connect: true, bcrypt-cost: 4, throttling: {{enabled: false}}}}
channels: {{default-modes: +nt, registration: {{enabled: true}}}}
limits: {{nicklen: 32, identlen: 20, channellen: 64, awaylen: 390, kicklen: 390, topiclen: 390, whowas-entries: 10,
  monitor-entries: 10, registration-messages: 1024, multiline: {{max-bytes: 4096, max-lines: 100}}}}
history:
  enabled: true
  channel-length: 2048
  client-length: 256
  autoresize-window: 3d
  autoreplay-on-join: 0
  chathistory-maxmessages: 1000
  znc-maxmessages: 100
  retention: {{allow-individual-delete: true}}
"""


def program(name):
    """Return where a server is installed, None if it is not."""
    return shutil.which(name, path=PLACES)


@asynccontextmanager
async def ngircd(folder):
    async with server(folder, NGIRCD, lambda config: [program("ngircd"), "-n", "-f", config]) as port:
        yield port


@asynccontextmanager
async def inspircd(folder):
    begin = [program("inspircd"), "--nofork", "--runasroot"]
    async with server(folder, INSPIRCD, lambda config: [*begin, f"--config={config}"]) as port:
        yield port


@asynccontextmanager
async def ergo(folder):
    def does(verb):
        return lambda config: [program("ergochat"), verb, "--conf", config]

    async with server(folder, ERGO, does("run"), does("initdb")) as port:
        yield port


@asynccontextmanager
async def server(folder, settings, command, first=None):
    """Run a server on a free port, until it is left."""
    port = free_port()
    config = folder / "ircd.conf"
    config.write_text(settings.format(port=port, folder=folder, modules=MODULES), encoding="utf-8")
    quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL, "cwd": folder}
    quiet["env"] = {**os.environ, "LD_LIBRARY_PATH": LIBRARIES}
    if first:
        await (await asyncio.create_subprocess_exec(*first(str(config)), **quiet)).wait()
    process = await asyncio.create_subprocess_exec(*command(str(config)), **quiet)
    try:
        yield port
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class Talker:
    """Somebody in a channel, by hand."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    def send(self, *lines):
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())

    async def until(self, words):
        """Read until a line has these words in it, and return that."""
        async with asyncio.timeout(SOON_SECONDS):
            while line := (await self.reader.readuntil(b"\n")).decode():
                if line.startswith("PING"):
                    self.send(line.strip().replace("PING", "PONG"))
                if words in line:
                    return line
        raise AssertionError(words)

    async def heard(self):
        """Wait until the server has taken in what was sent."""
        self.send("PING :marker")
        await self.until("marker")


@asynccontextmanager
async def talking(port, nick="alice", *, caps="", channel="#wall"):
    reader, writer = await connection(port)
    talker = Talker(reader, writer)
    try:
        asked = [f"CAP REQ :{caps}", "CAP END"] if caps else []
        talker.send(*asked[:1], f"NICK {nick}", f"USER {nick} 0 * :{nick}", *asked[1:])
        await talker.until(" 001 ")
        talker.send(f"JOIN {channel}")
        await talker.until(" 366 ")
        yield talker
    finally:
        writer.close()


async def connection(port):
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
