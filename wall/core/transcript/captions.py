"""A transcript as WebVTT captions for the recording of a talk: the back channel beside the video, at its moment.

A caption stands as long as one takes to read it, three at a time at most. Where more is said, each new one takes the
place of the oldest, once that could be seen; what comes late catches up when less is said.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wall.core.answering import is_answer
from wall.core.text import cut
from wall.core.transcript import headings
from wall.core.transcript.line import Head, Line, called
from wall.core.transcript.plan import Section
from wall.core.words import _

MOST_AT_ONCE = 3
WORDS_PER_SECOND = 2.5
FIRST_SECONDS = 2.0
LEAST_SECONDS, MOST_SECONDS = 6.0, 20.0
PICTURE_SECONDS = 3.0
SEEN_SECONDS = 2.0
"""So long each stands, however much is said."""
LONGEST = 280  # graphemes
LINES = 4


@dataclass(slots=True)
class Cue:
    """A caption and when it stands, in seconds of the recording."""

    starts: float
    ends: float
    key: str
    said: str


class Captions:
    """Writes WebVTT. Lines come by time; what was written before the recording begins is left out."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.begins: datetime | None = head.recording
        self.cues: deque[Cue] = deque()
        self.last = 0.0

    def begin(self) -> str:
        return f"WEBVTT {one_line(self.head.title)}\n\n"

    def section(self, _section: Section) -> str:
        return ""

    def line(self, line: Line) -> str:
        if is_answer(line.post):
            return ""
        if self.begins is None:
            self.begins = line.post.created_at
        at = (line.post.created_at - self.begins).total_seconds()
        if at < 0:
            return ""
        said = caption(line, self.head)
        return "".join(map(written, self.take(Cue(at, at + seconds(line), line.key, said))))

    def take(self, cue: Cue) -> Iterator[Cue]:
        """Take one more caption, and yield those whose end is certain by that."""
        length = cue.ends - cue.starts
        starts = max(cue.starts, self.last)
        showing = [one for one in self.cues if one.ends > starts]
        if len(showing) >= MOST_AT_ONCE:
            oldest = showing[0]
            oldest.ends = min(oldest.ends, max(oldest.starts + SEEN_SECONDS, starts))
            starts = max(starts, oldest.ends)
        self.last = starts
        self.cues.append(Cue(starts, starts + length, cue.key, cue.said))
        while self.cues[0].ends <= starts:
            yield self.cues.popleft()

    def end(self) -> str:
        rest = "".join(map(written, self.cues))
        self.cues.clear()
        return rest


def seconds(line: Line) -> float:
    """Return how long a post takes to read, which is the dwell of the wall (docs/pacing.md)."""
    words = len(line.post.text.split()) if not line.covered else 4
    picture = PICTURE_SECONDS if line.post.media else 0.0
    return min(max(FIRST_SECONDS + words / WORDS_PER_SECOND, LEAST_SECONDS), MOST_SECONDS) + picture


def caption(line: Line, head: Head) -> str:
    """Return what a caption says: who, as a voice and in letters, and what; a covered post only why it is covered."""
    name = one_line(called(line.post.author))
    said = f"[{headings.warning(line, head)}]" if line.covered else line.post.text
    pictures = [head.say(_("Picture: %(words)s", words=one.heard)) for one in line.post.media if one.heard]
    if pictures and not line.covered:
        said = "\n".join([said, *(f"[{one}]" for one in pictures)])
    lines = [words for one in cut(said, limit=LONGEST, lines=LINES).split("\n") if (words := one_line(one))]
    return f"<v {name}><b>{name}</b> " + "\n".join(lines) + "</v>"


def one_line(words: str) -> str:
    """Return words on one line, none of which WebVTT takes for a tag, a time or an end."""
    escapes = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\x00": "\ufffd"}
    return "".join(escapes.get(letter, letter) for letter in " ".join(words.split()))


def written(cue: Cue) -> str:
    return f"{cue.key}\n{clock(cue.starts)} --> {clock(cue.ends)}\n{cue.said}\n\n"


def clock(at: float) -> str:
    """Return a time of the recording: 00:02:10.000."""
    whole = round(at * 1000)
    hours, minutes, milliseconds = whole // 3_600_000, whole // 60_000 % 60, whole % 60_000
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
