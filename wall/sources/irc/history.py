"""What was said in a channel while we were away, asked for page by page (IRCv3 chathistory). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.sources.irc.line import Line, folded, serialise
from wall.sources.payload import moment
from wall.sources.remembered import Remembered

CHATHISTORY = ("draft/chathistory", "chathistory")
OVERLAP = timedelta(minutes=1)  # clocks of a network's servers differ
PAGE = 100  # messages
MOST_PAGES = 100
MOST_BATCHES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a channel: when a message was sent, as its server has it, and its id if it has one."""

    time: datetime
    msgid: str = ""


def mark_of(line: Line, now: datetime) -> Mark:
    return Mark(time=moment(line.tags.get("time")) or now, msgid=line.tags.get("msgid", ""))


def kept_by(caps: Collection[str]) -> bool:
    """Tell whether a server that granted these capabilities can be asked."""
    return "batch" in caps and any(cap in caps for cap in CHATHISTORY)


class History:
    """The pages of one channel: send what `begin` and `go_on` return, and give it every line."""

    def __init__(self, channel: str, features: Mapping[str, str]) -> None:
        self.channel = channel
        self.features = features
        self.batches: Remembered[str, tuple[str, str]] = Remembered(MOST_BATCHES)
        self.awaiting = False
        self.since: Mark | None = None
        self.page_start: Mark | None = None
        self.page_end: Mark | None = None
        self.pages = 0

    def begin(self, since: Mark | None) -> bytes:
        """Ask for what came after a place, and a little before; without one for the newest page, and no other."""
        self.awaiting, self.since = True, since
        self.pages, self.page_start, self.page_end = 1, None, None
        if since is None:
            return self.request("LATEST", "*")
        return self.request(
            "AFTER", self.reference(Mark(time=since.time - OVERLAP, msgid=since.msgid), by_time=True)
        )

    def go_on(self) -> bytes | None:
        """Ask for the page after one that has ended; None when that was the last one."""
        end = self.page_end
        if self.since is None or end is None or end == self.page_start or self.pages >= MOST_PAGES:
            self.awaiting = False
            return None
        self.pages, self.page_start, self.page_end = self.pages + 1, end, None
        return self.request("AFTER", self.reference(end, by_time=False))

    def has_ended_page(self, line: Line, now: datetime) -> bool:
        """Take in a line, and tell whether a page that was asked for ends with it."""
        if line.command != "BATCH":
            kind, _ = self.batches.get(line.tags.get("batch", ""), ("", ""))
            if self.awaiting and kind in CHATHISTORY:
                self.page_end = mark_of(line, now)
            return False
        name = line.param(0)
        if name.startswith("+"):
            self.batches[name[1:]] = line.param(1), folded(line.param(2))
            return False
        kind, channel = self.batches.pop(name[1:], ("", ""))
        return self.awaiting and kind in CHATHISTORY and channel == folded(self.channel)

    def request(self, verb: str, where: str) -> bytes:
        return serialise("CHATHISTORY", verb, self.channel, where, str(self.page_size()))

    def reference(self, mark: Mark, *, by_time: bool) -> str:
        kinds = self.features.get("MSGREFTYPES", "msgid,timestamp").split(",")
        if mark.msgid and "msgid" in kinds and not (by_time and "timestamp" in kinds):
            return f"msgid={mark.msgid}"
        return f"timestamp={mark.time:%Y-%m-%dT%H:%M:%S}.{mark.time.microsecond // 1000:03}Z"

    def page_size(self) -> int:
        most = self.features.get("CHATHISTORY") or self.features.get("draft/CHATHISTORY") or ""
        return min(PAGE, int(most)) if most.isascii() and most.isdecimal() and int(most) else PAGE
