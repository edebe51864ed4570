"""What the pages of private threads show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wall.core import back_channel
from wall.core.back_channel import Message, Thread
from wall.core.barring import BARRED
from wall.core.consent import Excerpt
from wall.core.event import Event
from wall.core.member import PERSON
from wall.core.moderation import Standing, Status
from wall.core.words import _
from wall.errors import NotFound
from wall.sources.back_channel import id_of
from wall.store.back_channels import Listed, Read
from wall.web.state import State
from wall.web.when import clock, until

ABOUT_LETTERS = 120
STANDS = {
    Status.APPROVED: _("On the wall"),
    Status.WAITING: _("Waits for a moderator"),
    Status.STASHED: _("Waits for a moderator"),
    Status.WITHDRAWN: _("Taken down"),
}


async def about(
    services: State, event: Event, post_ids: Sequence[str], *, mine: bool = False
) -> list[dict[str, Any]]:
    """Return what each post that threads are about is called: its words only while it is on the wall, or is `mine`."""
    found = await services["store"].posts.get_all(event.slug, list(post_ids))
    return [about_view(event, one, mine=mine) for one in found]


def about_view(event: Event, standing: Standing | None, *, mine: bool = False) -> dict[str, Any]:
    if standing is None or not (standing.visible or (mine and standing.status is not Status.WITHDRAWN)):
        return {"name": "", "words": "", "url": ""}
    text = standing.post.text
    return {
        "name": standing.post.author.name or standing.post.author.handle,
        "words": text if len(text) <= ABOUT_LETTERS else text[:ABOUT_LETTERS].rstrip() + "…",
        "url": f"/{event.slug}/post/{standing.post.id}" if standing.visible else "",
    }


def listed_view(event: Event, listed: Listed, me: str, about: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return a row of somebody's list."""
    thread = listed.thread
    member = thread.member(me)
    read = max(listed.seen, member.since) if member else 0
    return {
        "id": thread.id,
        "others": others(thread, me),
        "about": about,
        "unread": max(0, thread.last - read) if member else 0,
        "asked": member is None,
        "by_team": thread.starter.startswith(PERSON),
        "began": clock(thread.started_at, now, event.timezone),
        "alone": len(thread.members) == 1,
        "to_team": bool(thread.team_ask),
    }


def others(thread: Thread, me: str) -> list[dict[str, Any]]:
    return [{"name": one.name, "team": one.team} for one in thread.members if one.id != me]


async def thread_view(services: State, event: Event, read: Read, me: str) -> dict[str, Any]:
    """Return a thread as one member sees it."""
    thread, now = read.thread, services["now"]()
    (about_post,) = await about(services, event, [thread.post_id])
    member = back_channel.me(thread, me)
    silent = await services["store"].barrings.among(event.slug, [one.id for one in thread.members])
    return {
        "id": thread.id,
        "version": stamp(read, silent),
        "barred": me in silent and BARRED,
        "about": about_post,
        "members": [
            {
                "name": one.name,
                "team": one.team,
                "you": one.id == me,
                "erasing": one.erasing,
                "silent": one.id in silent,
            }
            for one in thread.members
        ],
        "others": others(thread, me),
        "alone": len(thread.members) == 1,
        "silent": [{"name": one.name, "team": False} for one in thread.members if one.id in silent - {me}],
        "waiting": bool(thread.asked),
        "to_team": bool(thread.team_ask),
        "erasing": member.erasing,
        "starter": thread.starter == me,
        "invitations": [
            {"id": one.id, "whom": one.whom, "until": until(one.expires_at, now)}
            for one in thread.invitations
            if one.expires_at > now
        ]
        if thread.starter == me
        else [],
        "messages": [
            message_view(event, one, me, now) for one in back_channel.readable(thread, me, read.messages)
        ],
        "excerpts": await excerpts_view(services, event, thread, me),
    }


def stamp(read: Read, silent: set[str]) -> str:
    """Return what a page is asked by whether it is up to date: with the thread, who cannot write in it differs."""
    numbers = (number for number, one in enumerate(read.thread.members) if one.id in silent)
    return ".".join(str(one) for one in (read.version, *numbers))


def message_view(event: Event, message: Message, me: str, now: datetime) -> dict[str, Any]:
    return {
        "number": message.number,
        "name": message.name,
        "team": message.by.startswith(PERSON),
        "mine": message.by == me,
        "kind": message.kind,
        "text": message.text,
        "edited": message.edited,
        "time": clock(message.at, now, event.timezone),
        "at": message.at.isoformat(timespec="seconds"),
    }


async def excerpts_view(services: State, event: Event, thread: Thread, me: str) -> list[dict[str, Any]]:
    shown = back_channel.shown_excerpts(thread, me)
    standings = await services["store"].posts.get_all(event.slug, [id_of(one) for one in shown])
    return [excerpt_view(event, thread, one, me, at) for one, at in zip(shown, standings, strict=True)]


def excerpt_view(
    event: Event, thread: Thread, excerpt: Excerpt, me: str, standing: Standing | None
) -> dict[str, Any]:
    """Return a proposal: its words, who agreed, what one may answer, and where its post stands."""
    return {
        "id": excerpt.id,
        "by": excerpt.by_name,
        "words": excerpt.words,
        "stage": excerpt.stage,
        "consents": [
            {"name": name_of(thread, excerpt, one), "agreed": one in excerpt.agreed} for one in excerpt.quoted
        ],
        "asked": me in excerpt.quoted and me not in excerpt.agreed and excerpt.stage == "proposed",
        "may_stop": me in (*excerpt.quoted, excerpt.by) and excerpt.stage != "stopped",
        "stands": STANDS.get(standing.status, _("Not shown")) if standing else _("Not with the moderators yet"),
        "lost": excerpt.stage == "agreed" and standing is None and me in excerpt.quoted,
        "url": f"/{event.slug}/post/{standing.post.id}" if standing and standing.visible else "",
    }


def name_of(thread: Thread, excerpt: Excerpt, member: str) -> str:
    found = thread.member(member)
    return found.name if found else next(quote.name for quote in excerpt.quotes if quote.by == member)


def message_of(read: Read, me: str, number: str) -> Message:
    """Return the message with a number, as a form has it, if this member may read it; raises NotFound."""
    for one in back_channel.readable(read.thread, me, read.messages):
        if str(one.number) == number:
            return one
    raise NotFound(_("There is nothing at this address."))
