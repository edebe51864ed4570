"""Delivering what a receiver asked to be told: by the one way out, beside all else, and the answer is not read."""

from collections.abc import Mapping
from datetime import UTC, datetime

from wall.errors import SourceError
from wall.sources.fetch import REDIRECTS, Fetch, deadline
from wall.sources.response import refused, retry_after


async def deliver(fetch: Fetch, url: str, *, content: bytes, headers: Mapping[str, str], seconds: float) -> int:
    """Send bytes to a receiver, and return the status it took them with; of its answer nothing more is read.

    Waits for nobody else's turn, and keeps nobody waiting. Raises SourceError for every other answer, with its status
    and the seconds that it asks us to wait, and for a redirect: whoever moves must be registered anew.
    """
    request = fetch.request(url, headers, None, (), content=content)
    host = request.url.host
    async with deadline(seconds, host), fetch.answer(request, seconds) as answer:
        status = answer.status_code
        if status in REDIRECTS:
            raise SourceError(
                f"{host} sends us elsewhere ({status}); name the address it sends to.", status=status
            )
        if status >= 400:
            error = refused(status, host, answer.headers, datetime.now(UTC))
            wait = retry_after(status, answer.headers, datetime.now(UTC))
            raise SourceError(error.message, permanent=error.permanent, retry_after=wait, status=status)
        if not 200 <= status < 300:
            raise SourceError(f"{host} answers {status}, which says neither yes nor no.", status=status)
        return int(status)
