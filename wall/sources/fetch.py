"""HTTP out: one polite client, with the address guard inside. There is no other way out."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self
from weakref import WeakValueDictionary

import httpx2

from wall.errors import SourceError
from wall.sources.address import WEBSOCKET, checked_url
from wall.sources.remembered import Remembered
from wall.sources.response import Response, read
from wall.sources.transport import GuardedTransport, Lookup, checked_addresses, system_lookup

__all__ = ["MIB", "Fetch", "Response"]

MIB = 1024 * 1024
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
CONNECT_SECONDS = 4.0
GAP_SECONDS = 0.1
MOST_LENT = 5000  # addresses
# What may go along to another server when the first one redirects us there: nothing that is a secret.
TRAVELLING_HEADERS = ("accept", "accept-language", "if-none-match", "if-modified-since")


class Fetch:
    """Asks servers over HTTP, each one request at a time with a small gap, and different ones side by side.

    Connects to public addresses only (see address.py), or to private ones too where the setting says so. Keeps no
    cookies and heeds no proxy of the environment. What goes wrong is a SourceError that a person can read.
    """

    def __init__(
        self,
        *,
        private_addresses: bool = False,
        user_agent: str,
        transport: httpx2.AsyncBaseTransport | None = None,
        lookup: Lookup = system_lookup,
    ) -> None:
        self.private_addresses = private_addresses
        self.lookup = lookup
        self.lent: Remembered[str, Mapping[str, str]] = Remembered(MOST_LENT)
        self.turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.client = httpx2.AsyncClient(
            transport=transport or GuardedTransport(private_addresses=private_addresses, lookup=lookup),
            headers={"user-agent": user_agent, "accept-encoding": "gzip, deflate"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self.client.aclose()

    def lend(self, url: str, headers: Mapping[str, str]) -> None:
        """Send these headers with every request for this very address, whoever asks: a source's pictures need them."""
        self.lent[str(checked_url(url, any_port=self.private_addresses))] = headers

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        limit: int = 5 * MIB,
        seconds: float = 10.0,
        accept: tuple[str, ...] = (),
        also: tuple[int, ...] = (),
        beside: bool = False,
    ) -> Response:
        """Return the answer, after redirects; also a 304, for whoever sent If-None-Match or If-Modified-Since.

        At most `limit` bytes once decompressed, and within `seconds`, waiting for the server's turn not counted.
        `accept` lists the media types taken, "image/" standing for all images; none listed takes all.
        Raises SourceError, for a status of 400 and above too, but for those in `also`. One that goes `beside` others
        waits for no turn and keeps nobody waiting: as when the server holds it until it has something to tell.
        """
        request = self.request(url, headers or {}, params, accept)
        return await self.followed(request, limit, seconds, accept, also, beside=beside)

    async def post(
        self,
        url: str,
        *,
        json: object = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = 5 * MIB,
        seconds: float = 10.0,
        accept: tuple[str, ...] = (),
        also: tuple[int, ...] = (),
    ) -> Response:
        """Send JSON, a form or bytes, and return the answer as `get` does; but a redirect is a SourceError."""
        request = self.request(url, headers or {}, None, accept, json=json, form=form, content=content)
        return await self.followed(request, limit, seconds, accept, also, beside=False)

    async def followed(
        self,
        request: httpx2.Request,
        limit: int,
        seconds: float,
        accept: tuple[str, ...],
        also: tuple[int, ...],
        *,
        beside: bool,
    ) -> Response:
        left = seconds
        clock = asyncio.get_running_loop()
        for _ in range(MAX_REDIRECTS + 1):
            async with nullcontext() if beside else self.turn(request.url.host):
                started = clock.time()
                async with deadline(left, request.url.host), self.answer(request, left) as answer:
                    following = self.redirected(request, answer)
                    if following is None:
                        return await read(answer, limit, accept, also)
                left -= clock.time() - started
                request = following
        raise SourceError(f"{request.url.host} redirects us again and again.", permanent=True)

    async def resolve(self, url: str) -> str:
        """Return the checked numeric address to connect a websocket to, for ws:// and wss:// addresses.

        Connect to it by `websockets.connect(url, host=…, proxy=None)`, which keeps the name for TLS.
        """
        parsed = checked_url(url, schemes=WEBSOCKET, any_port=self.private_addresses)
        port = parsed.port or (443 if parsed.scheme == "wss" else 80)
        async with deadline(CONNECT_SECONDS, parsed.host):
            addresses = await checked_addresses(
                parsed.raw_host.decode("ascii"), port, private_addresses=self.private_addresses, lookup=self.lookup
            )
        return addresses[0]

    def request(
        self,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        accept: tuple[str, ...],
        *,
        json: object = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx2.Request:
        parsed = checked_url(url, any_port=self.private_addresses)
        if params:
            parsed = parsed.copy_merge_params(dict(params))
        named = {name.lower(): value for name, value in {**self.lent.get(str(parsed), {}), **headers}.items()}
        if accept:
            named.setdefault("accept", ", ".join(one + "*" if one.endswith("/") else one for one in accept))
        try:
            if form is not None:
                return self.client.build_request("POST", parsed, headers=named, data=dict(form))
            if content is not None:
                return self.client.build_request("POST", parsed, headers=named, content=content)
            if json is not None:
                return self.client.build_request("POST", parsed, headers=named, json=json)
            return self.client.build_request("GET", parsed, headers=named)
        except ValueError as error:
            raise SourceError("The request cannot be sent with these headers.", permanent=True) from error

    def redirected(self, request: httpx2.Request, answer: httpx2.Response) -> httpx2.Request | None:
        """Return the request that a redirect asks for, checked like the first one; None if it is no redirect."""
        if answer.status_code not in REDIRECTS:
            return None
        if request.method != "GET":
            raise SourceError(
                f"{request.url.host} sends us elsewhere; name the server that it sends to.", permanent=True
            )
        try:
            target = str(request.url.join(answer.headers.get("location", "")))
        except (httpx2.InvalidURL, ValueError) as error:
            raise SourceError(f"{request.url.host} redirects us to no address.", permanent=True) from error
        following = self.request(target, {}, None, ())
        same = (following.url.scheme, following.url.netloc) == (request.url.scheme, request.url.netloc)
        kept = [name for name in request.headers if name != "host" and (same or name in TRAVELLING_HEADERS)]
        following.headers.update({name: request.headers[name] for name in kept})
        return following

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until nobody else asks this host; the next one's turn comes a gap after ours has ended."""
        lock = self.turns.setdefault(host, asyncio.Lock())
        await lock.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(GAP_SECONDS, lock.release)

    @asynccontextmanager
    async def answer(self, request: httpx2.Request, silence: float) -> AsyncIterator[httpx2.Response]:
        """Send the request and give the answer, its body unread; errors of HTTP become SourceErrors."""
        host = request.url.host
        timeout = httpx2.Timeout(silence, connect=min(CONNECT_SECONDS, max(silence, 0.0)))
        request.extensions = {**request.extensions, "timeout": timeout.as_dict()}
        try:
            answer = await self.client.send(request, stream=True)
            try:
                yield answer
            finally:
                await answer.aclose()
        except httpx2.TimeoutException as error:
            raise SourceError(f"{host} does not answer in time.") from error
        except httpx2.ConnectError as error:
            raise SourceError(unreachable(host, str(error))) from error
        except httpx2.DecodingError as error:
            raise SourceError(f"{host} answered with damaged compression.") from error
        except httpx2.HTTPError as error:
            raise SourceError(f"{host} broke off, or does not speak HTTP.") from error


@asynccontextmanager
async def deadline(seconds: float, host: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise SourceError(f"{host} does not answer in time.") from error


def unreachable(host: str, reason: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return f"The certificate of {host} is not valid."
    return f"{host} cannot be reached."
