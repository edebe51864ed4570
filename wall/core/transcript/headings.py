"""The headings of a transcript in words, the same in every format that is read by people."""

from collections.abc import Iterator

from wall.core.programme import Session
from wall.core.transcript.line import Head, Line
from wall.core.transcript.plan import Section
from wall.core.words import _, listed


def days(head: Head) -> Iterator[str]:
    """Yield what stands below the title: the days, the part of the event, and how much of it there is."""
    yield from (part for part in (head.about, head.days, head.size) if part)


def zone(head: Head) -> str:
    """Return by which clocks the times are."""
    return head.say(_("Times are by the clocks of %(zone)s.", zone=head.zone.key.replace("_", " ")))


def colophon(head: Head) -> str:
    """Return when it was made, and what that means."""
    local = head.local(head.made)
    return head.say(
        _(
            "Made on %(day)s at %(time)s, of what stood on the wall then. What its authors or the team take back later "
            "is missing in a new one.",
            day=head.day(local.date()),
            time=f"{local:%H:%M}",
        )
    )


def title(section: Section, head: Head) -> str:
    """Return the heading of a section; "" where the day says it all."""
    if section.question:
        return f"Q{section.question} {section.text}".strip()
    if section.question == 0:
        return head.say(_("Also said"))
    if section.sessions:
        return " · ".join(one.title for one in section.sessions)
    return "" if section.opens_day else head.say(_("Between sessions"))


def times(session: Session, head: Head) -> str:
    """Return when a session was: “10:00–10:45”."""
    begins = f"{head.local(session.starts):%H:%M}"
    return f"{begins}–{head.local(session.ends):%H:%M}" if session.ends else begins


def about(session: Session, head: Head) -> str:
    """Return what else is known of a session: its time, room and speakers."""
    parts = (times(session, head), session.room, listed(session.speakers) if session.speakers else "")
    return " · ".join(head.say(part) for part in parts if part)


def answering(line: Line, head: Head) -> str:
    """Return whom a post answers, in words; "" where it answers nobody, or stands below that."""
    if line.depth or line.answered_name is None:
        return ""
    return head.say(_("answers %(name)s", name=line.answered_name))


def warning(line: Line, head: Head) -> str:
    """Return in words why a post is covered."""
    return line.post.content_warning or head.say(_("Marked as sensitive by its author"))
