"""The formats that a transcript comes in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from wall.core.transcript.activity_streams import ActivityStreams
from wall.core.transcript.captions import Captions
from wall.core.transcript.json_lines import JsonLines
from wall.core.transcript.line import Head, Writer
from wall.core.transcript.markdown import Markdown
from wall.core.transcript.page import Page
from wall.core.transcript.plain import Plain
from wall.core.transcript.table import Table
from wall.core.words import _

FormatName = Literal["html", "md", "txt", "csv", "jsonl", "json", "vtt"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, what it is called and for, and what writes it. `threaded`: answers below posts."""

    media_type: str
    title: str
    purpose: str
    writer: Callable[[Head], Writer]
    threaded: bool = False


FORMATS: Mapping[FormatName, Format] = {
    "html": Format(
        "text/html; charset=utf-8",
        "HTML",
        _("One page with everything in it: to read, to print, to keep on a stick"),
        Page,
        threaded=True,
    ),
    "md": Format(
        "text/markdown; charset=utf-8", "Markdown", _("For a blog, a wiki or notes"), Markdown, threaded=True
    ),
    "txt": Format(
        "text/plain; charset=utf-8", _("Plain text"), _("For anything that reads"), Plain, threaded=True
    ),
    "csv": Format("text/csv; charset=utf-8", "CSV", _("For a spreadsheet"), Table),
    "jsonl": Format(
        "application/jsonl", "JSON Lines", _("For programs: all there is, one post a line"), JsonLines
    ),
    "json": Format(
        "application/activity+json", "ActivityStreams", _("For programs of the fediverse"), ActivityStreams
    ),
    "vtt": Format(
        "text/vtt; charset=utf-8", "WebVTT", _("Captions, to play along with the recording of a talk"), Captions
    ),
}
