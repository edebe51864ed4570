"""What a server answers: read within bounds, and what its refusals mean. Nothing here asks anybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from wall.errors import SourceError

MAX_WAIT_SECONDS = 86_400.0
# A larger number is not a wait but a time: some servers count from the epoch.
MAX_PLAIN_SECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer, complete. `url` is where it came from after redirects; names of `headers` are in small letters.

    `content_type` is the media type alone, in small letters, or nothing.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    content_type: str
    charset: str = "utf-8"

    def text(self) -> str:
        """Return the body decoded; bytes that are not text become the replacement character."""
        try:
            return self.body.decode(self.charset, errors="replace")
        except LookupError:
            return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Return the body parsed as JSON, every string in it encodable; raises SourceError."""
        try:
            value = json.loads(self.body.decode("utf-8-sig"), parse_constant=refuse_constant)
            if b"\\ud" in self.body.lower():
                value = without_lone_surrogates(value)
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{self.url} answered with something that is not JSON.") from error
        return value


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def without_lone_surrogates(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


async def read(
    answer: httpx2.Response, limit: int, accept: tuple[str, ...], also: tuple[int, ...] = ()
) -> Response:
    """Read the body, at most `limit` bytes of it; of a refusal too, if its status is among `also`."""
    check_answer(answer, accept, also)
    host = answer.url.host
    declared = answer.headers.get("content-length", "")
    too_much = SourceError(f"{host} sends more than {limit} bytes.", permanent=True)
    if declared.isascii() and declared.isdigit() and len(declared) <= 18 and int(declared) > limit:
        raise too_much
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise too_much
    return Response(
        status=answer.status_code,
        url=str(answer.url),
        headers=dict(answer.headers),
        body=bytes(body),
        content_type=media_type(answer),
        charset=answer.charset_encoding or "utf-8",
    )


def check_answer(answer: httpx2.Response, accept: tuple[str, ...], also: tuple[int, ...]) -> None:
    host = answer.url.host
    if answer.status_code >= 400 and answer.status_code not in also:
        raise refused(answer.status_code, host, answer.headers, datetime.now(UTC))
    if "," in answer.headers.get("content-encoding", ""):
        raise SourceError(f"{host} compresses its answer several times over.", permanent=True)
    found = media_type(answer)
    taken = any(found.startswith(one) if one.endswith("/") else found == one for one in accept)
    if accept and not taken and answer.status_code != 304:
        raise SourceError(f"{host} answered with {found or 'something unnamed'}, not what was asked for.")


def media_type(answer: httpx2.Response) -> str:
    named: str = answer.headers.get("content-type", "")
    return named.partition(";")[0].strip().lower()


def refused(status: int, host: str, headers: Mapping[str, str], now: datetime) -> SourceError:
    """Return the error for a status of 400 and above."""
    wait = retry_after(status, headers, now)
    if status in (401, 403):
        words = f"{host} does not let us in ({status}): the access is missing, wrong or withdrawn."
        return SourceError(words, permanent=True, status=status)
    if status in (404, 410):
        return SourceError(f"{host} has nothing at this address ({status}).", permanent=True, status=status)
    if status == 429:
        return SourceError(
            f"{host} asks us to come back later (429): too many requests.", retry_after=wait, status=status
        )
    if status >= 500:
        return SourceError(f"{host} has trouble of its own ({status}).", retry_after=wait, status=status)
    if status in (408, 425):
        return SourceError(f"{host} could not take the request now ({status}).", retry_after=wait, status=status)
    return SourceError(f"{host} refuses the request ({status}).", permanent=True, status=status)


def retry_after(status: int, headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a server asks us to wait: Retry-After (RFC 9110), else X-RateLimit-Reset."""
    seconds = seconds_until(headers.get("retry-after", ""), now)
    if seconds is None and status == 429:
        reset = headers.get("x-ratelimit-reset") or headers.get("x-rate-limit-reset") or ""
        seconds = seconds_until(reset, now)
    return None if seconds is None else min(max(seconds, 0.0), MAX_WAIT_SECONDS)


def seconds_until(text: str, now: datetime) -> float | None:
    """Read a number of seconds, a time since the epoch, an HTTP date or an ISO time; None for anything else."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 12:
        number = float(text)
        return number - now.timestamp() if number > MAX_PLAIN_SECONDS else number
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    return None
