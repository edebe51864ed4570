"""Everything an event keeps of one person, as a file: for themselves, and for a moderator whom they ask."""

import json
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.back_channel import Thread
from wall.core.event import Event
from wall.core.member import participant_member
from wall.core.participant import participant_of
from wall.core.words import _
from wall.errors import NotFound
from wall.sources.form import author_uid
from wall.web import access
from wall.web.acts import note
from wall.web.participation import own_id
from wall.web.state import State, state

STAFF = frozenset(("decided_by", "decided_by_name", "approval", "by", "by_name", "brought_by"))
"""What says who of the staff did something: that is of others."""
THEIR_OWN = "Moderators do not read private threads. Whoever wrote them takes their words away on “Take part”."


async def mine(request: Request) -> Response:
    """Return what is kept of whoever's browser asks."""
    event = await access.event(request, "viewer")
    id = await own_id(request, event)
    if id is None:
        raise NotFound(_("Nothing is kept here of this browser."))
    services = state(request)
    return sent(event, services, await held(services, event, author_uid(id), whole=True))


async def of_author(request: Request) -> Response:
    """Return what is kept of a post's author, for a moderator whom they asked; private threads are counted only."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    standing = await services["store"].posts.get(event.slug, request.path_params["post"])
    if not await services["store"].posts.of_author(event.slug, standing.post.author.uid):
        raise NotFound(_("Its author left, and nothing is kept of them."))
    await note(request, event, who, "data of somebody", about="")
    return sent(event, services, await held(services, event, standing.post.author.uid, whole=False))


async def held(services: State, event: Event, author: str, *, whole: bool) -> dict[str, Any]:
    """Return all that is kept of an author: of who takes part here, what they did; `whole` with private threads."""
    store, slug = services["store"], event.slug
    standings = await store.posts.of_author(slug, author)
    heard = await store.moods.get_all(slug, [one.post.id for one in standings])
    (trust,) = await store.authors.trusts(slug, [author])
    told: dict[str, Any] = {
        "event": {"slug": slug, "title": event.title},
        "author": author,
        "trusted": trust.by is not None,
        "approved_posts": trust.approved,
        "passed_on": await store.amplifiers.of(slug, author),
        "restricted": any(one.author == author for one in await store.authors.restricted(slug)),
        "posts": [
            {**bare(msgspec.to_builtins(one)), "how_it_sounds": msgspec.to_builtins(sound.mood)}
            for one, sound in zip(standings, heard, strict=True)
        ],
    }
    if id := participant_of(author):
        told |= await did(services, event, id)
        member = participant_member(id)
        if whole:
            told["private_messages"] = await said(services, event, member)
        else:
            told["private_threads"] = {"number": len(await threads(services, event, member)), "words": THEIR_OWN}
    return told


def bare(value: Any) -> Any:
    """Return what is kept, without whoever of the staff decided or wrote it."""
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if name not in STAFF}
    return [bare(one) for one in value] if isinstance(value, list) else value


async def did(services: State, event: Event, id: str) -> dict[str, Any]:
    """Return what somebody who takes part from a browser said of themselves, and what they gave."""
    store, slug = services["store"], event.slug
    polls = {one.id: one.question for one in await store.polls.all(slug)}
    votes = await store.questions.votes(slug, list(await store.questions.all(slug)))
    ballots = await store.polls.ballots_of(slug, id, list(polls))
    return {
        "participant": msgspec.to_builtins(await store.participants.get(slug, id)),
        "ballots": {polls[one]: list(choices) for one, choices in ballots.items()},
        "votes_for_questions": [post for post, given in votes.items() if any(one.by == id for one in given)],
        "reactions": await store.reactions.of(slug, id),
    }


async def threads(services: State, event: Event, member: str) -> list[Thread]:
    """Return the private threads that somebody is in."""
    channels = services["store"].back_channels
    listed = await channels.of(event.slug, member) if channels.able else []
    return [one.thread for one in listed if one.thread.member(member)]


async def said(services: State, event: Event, member: str) -> list[dict[str, Any]]:
    """Return somebody's own words in private threads; those of others are theirs."""
    found = []
    for thread in await threads(services, event, member):
        read = await services["store"].back_channels.read(event.slug, thread.id)
        found += [msgspec.to_builtins(one) for one in read.messages if one.by == member]
    return found


def sent(event: Event, services: State, told: dict[str, Any]) -> Response:
    """Return a zip of what is told as JSON, and of the pictures it names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str))
        for id in sorted(set(pictures(told["posts"]))):
            if path := services["pictures"].open(id, "screen"):
                packed.write(path, f"pictures/{id}.webp")
    headers = {
        "content-disposition": f'attachment; filename="{event.slug}-my-data.zip"',
        "content-encoding": "identity",
        "cache-control": "private, no-store",
    }
    return Response(file.getvalue(), media_type="application/zip", headers=headers)


def pictures(posts: Iterable[dict[str, Any]]) -> Iterable[str]:
    for one in posts:
        post = one["post"]
        kept = [post["author"].get("avatar"), *(media.get("picture") for media in post.get("media", ()))]
        yield from (picture["id"] for picture in kept if picture)


routes = [
    Route("/{slug}/join/mine.zip", mine),
    Route("/{slug}/moderate/authors/{post}/file", of_author),
]
