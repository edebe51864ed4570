"""How the log is written: a line for people, or a JSON object on each line for machines; never with a secret."""

import logging
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime

import msgspec

from wall.core.log_line import LONGEST, LONGEST_TRACE, Redactor, capped, printable

log = logging.getLogger(__name__)

MUCH = 10 * LONGEST_TRACE
TOLD_ALL = ("wall.web.sign_in_log",)
"""What is written from INFO on."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered; what is logged meanwhile bears it."""


class Lines(logging.Formatter):
    """Writes a record as `kind` says. `part` is which part of the wall this process is: web, ingest, serve."""

    def __init__(self, kind: str, *, part: str, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self.kind = kind
        self.part = part
        self.redact = Redactor(secrets)

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        message = self.safe(record.getMessage(), LONGEST)
        part = getattr(record, "part", self.part)
        request = printable(request_id.get())
        trace = self.trace(record)
        if self.kind == "json":
            told = {
                "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": message,
                "part": part,
            }
            told |= {
                name: words for name, words in {"request": request, "error": "\n".join(trace)}.items() if words
            }
            return msgspec.json.encode(told).decode()
        line = f"{at.astimezone():%Y-%m-%d %H:%M:%S},{int(record.msecs):03} {record.levelname} {record.name}: {message}"
        return "\n    ".join([f"{line} [{request}]" if request else line, *trace])

    def trace(self, record: logging.LogRecord) -> list[str]:
        """Return the lines of what was raised; what somebody wrote into it begins no line of its own."""
        if not record.exc_info:
            return []
        text = self.redact(self.formatException(record.exc_info)[:MUCH])
        return [printable(line) for line in capped(text, LONGEST_TRACE).split("\n")]

    def safe(self, text: str, limit: int) -> str:
        # Redacted first, so that no cut leaves half a secret, which looks like none; but not of a text without end.
        return capped(printable(self.redact(text[:MUCH])), limit)


def begin(kind: str, *, part: str, secrets: Iterable[str] = ()) -> None:
    """Have everything from WARNING on, and each signing in, written to standard error from now on.

    What ends the process is among it.
    """
    if logging.getLogger().handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(kind, part=part, secrets=secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    for name in TOLD_ALL:
        logging.getLogger(name).setLevel(logging.INFO)
    sys.excepthook = lambda *raised: log.critical("This process ends.", exc_info=raised)
