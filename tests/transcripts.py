"""Lines of transcripts for the tests, and what a whole one is, without a wall."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.cast import NOW, a_post
from wall.core.moderation import Answered, Standing, Status
from wall.core.transcript.line import Head, Line
from wall.core.transcript.plan import Section

BERLIN = ZoneInfo("Europe/Berlin")
PAGE = "https://wall.example/pyconex"

# Bidi, ends of lines, ends of cues and of elements, formulas, markup of every kind, and letters of many scripts.
NASTY = st.lists(
    st.sampled_from(
        (
            "-->", "\n", "\n\n", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "</v>", "<v Eve>", "</script>", "<b>", "&amp;", "&",
            "\u202e", "\u2067", "\u2069", "שלום", "مرحبا", "```", "> ", "# ", "1. ", "- ", "    ", "[a](javascript:x)", "![", "\\",
            "*", "_", "|", '"', '""', "'", ",", "\r", "\t", "\u2028", "\x85", "WEBVTT", "NOTE", "00:00.000", "]]>", 'src="kept:' + "a" * 32 + '"',
            "e\u0301", "👩‍👩‍👧", "word", " ",
        )
    )
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    max_size=12,
).map("".join)  # fmt: skip


def a_line(
    text="Hello #PyConEx", *, minute=0, seconds=0.0, key=None, post=None, answers=None, answered="", **fields
):
    """Return a line, so long after the event began; with a name `answered`, it answers somebody on the wall."""
    at = NOW + timedelta(minutes=minute, seconds=seconds)
    post = replace(a_post(text, **(post or {})), created_at=at, received_at=at)
    told = Answered(id=answers or "other", name=answered, status=Status.APPROVED) if answered else None
    standing = Standing(post=post, status=Status.APPROVED, approved_at=at, answers=told)
    key = key or post.id
    fields.setdefault("url", f"{PAGE}/post/{key}")
    return Line(standing=standing, key=key, answers=answers, within=answers is not None, **fields)


def a_head(**fields):
    fields.setdefault("title", "PyCon Example")
    return Head(address=PAGE, zone=BERLIN, made=datetime(2026, 6, 20, 8, tzinfo=UTC), **fields)


def a_section(**fields):
    return Section(number=1, day=date(2026, 6, 12), opens_day=True, **fields)


def told(writer, head, *lines, section=None):
    """Return a whole transcript of one section."""
    one = writer(head)
    parts = [one.begin(), one.section(section or a_section())] if lines else [one.begin()]
    return "".join([*parts, *map(one.line, lines), one.end()])
