"""Who asks at the door of a private thread. Whoever is not in it is told what they are told where there is none."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from wall.core.barring import BARRED
from wall.core.event import Event
from wall.core.member import participant_member, person_member
from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed, NotFound
from wall.sources.form import Form, author_uid
from wall.store.back_channels import Read
from wall.web import access
from wall.web.participation import own_id
from wall.web.privacy import private
from wall.web.state import State, state

THREAD_ID = re.compile(r"[A-Za-z0-9_-]{22}")
NOTHING = _("There is nothing at this address.")
SOMEBODY = "Somebody"
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclass(frozen=True, slots=True)
class Self:
    """Who asks, as a member would be called: a browser may be a participant's and a signed-in person's at once."""

    id: str
    name: str


async def event_of(request: Request) -> Event:
    """Return the event, where private threads can be kept; raises NotFound in words for whoever runs the wall."""
    event = await access.event(request, "viewer")
    check_able(state(request))
    return event


def check_able(services: State) -> None:
    if not services["store"].back_channels.able:
        raise NotFound(
            _(
                "There are no private threads on this wall: whoever runs it has set no key to keep them under "
                "(WALL_BACK_CHANNEL_KEY)."
            )
        )


def check_open(event: Event) -> None:
    """Raise NotAllowed where the organisers have private threads closed: nothing is begun or said then."""
    if not event.back_channels:
        raise NotAllowed(
            _(
                "The organisers have closed private threads. What was said can be read, reported and deleted, "
                "and you can leave."
            )
        )


async def check_may(services: State, event: Event, member: str) -> None:
    """Raise NotAllowed where nothing is begun or said: threads are closed, or the team has barred this member."""
    check_open(event)
    if await barred(services, event, member):
        raise NotAllowed(BARRED)


async def barred(services: State, event: Event, member: str) -> bool:
    return bool(await services["store"].barrings.among(event.slug, [member]))


async def selves(request: Request, event: Event) -> list[Self]:
    """Return who asks: as a person of the event's team, as a participant, as both, or as nobody."""
    found = []
    signed_in = await access.session(request) if private(request) else None
    if signed_in and signed_in[1].may(event.slug, "moderator"):
        found.append(Self(person_member(signed_in[1].id), signed_in[1].name))
    if id := await own_id(request, event):
        participant = await state(request)["store"].participants.get(event.slug, id)
        found.append(Self(participant_member(id), participant.name))
    return found


async def entered(request: Request, event: Event, *, with_messages: bool = True) -> tuple[Read, str]:
    """Return the thread that the path names, and as which member whoever asks is in it; raises NotFound."""
    id = thread_id(request)
    channels = state(request)["store"].back_channels
    asking = await selves(request, event)
    read = await (channels.read if with_messages else channels.peek)(event.slug, id)
    for one in asking:
        if read.thread.member(one.id):
            return read, one.id
    raise NotFound(NOTHING)


async def asked(request: Request, event: Event) -> tuple[Read, Self]:
    """Return the thread that the path names, and as whom whoever asks was asked into it; raises NotFound."""
    asking = await selves(request, event)
    read = await state(request)["store"].back_channels.read(event.slug, thread_id(request))
    for one in asking:
        if read.thread.is_asked(one.id) and not await hidden(state(request), event, read, one.id):
            return read, one
    raise NotFound(NOTHING)


async def hidden(services: State, event: Event, read: Read, member: str) -> bool:
    """Tell whether a question comes from somebody whom a member does not want to hear from, or who is barred."""
    if await barred(services, event, read.thread.starter):
        return True
    return await services["store"].back_channels.blocked(event.slug, member, read.thread.starter)


def thread_id(request: Request) -> str:
    id: str = request.path_params["thread"]
    if not THREAD_ID.fullmatch(id):
        raise NotFound(NOTHING)
    return id


def author_member(post: Post) -> str | None:
    """Return who wrote a post, as a member, if it was written here; an author at another network is none of ours."""
    prefix = author_uid("")
    if post.source.kind != Form.kind or not post.author.uid.startswith(prefix):
        return None
    return participant_member(post.author.uid.removeprefix(prefix))


async def limit(services: State, what: str, *, most: int, seconds: int) -> None:
    """Count one more try of somebody; raises InvalidInput when there were many."""
    if not await services["store"].limits.allow(f"back channel {what}", most=most, seconds=seconds):
        raise InvalidInput(_("That was a lot at once. Wait a little, then try again."), field="text")
