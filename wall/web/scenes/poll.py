"""A poll: what is asked, how to vote, and how it goes, live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.options import asked
from wall.core.poll import Poll
from wall.core.words import _
from wall.web.poll_view import poll_view
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    question: str = asked(
        _("Which poll"), _("Words of its question. Empty: the one that was opened last."), default="", most=80
    )
    minutes: int = asked(_("Once closed it is shown for"), _("Minutes."), default=10, least=0, most=600)


async def view(moment: Moment, options: Options) -> Shown | None:
    event, store = moment.event, moment.services["store"].polls
    poll = chosen(await store.all(event.slug), options, moment.now)
    if poll is None:
        return None
    counted = (await store.counted(event.slug, [poll.id]))[poll.id]
    closed = poll.status == "closed"
    return Shown(
        context={
            "poll": poll_view(poll, counted, "screen"),
            "address": moment.address(f"/{event.slug}/polls").split("://")[-1],
            "qr_url": f"/{event.slug}/screen/polls.svg",
        },
        news=f"{poll.id} {poll.status} {poll.opened_at} {poll.hidden}",
        until=last(poll, options) if closed else None,
    )


def chosen(polls: Sequence[Poll], options: Options, now: datetime) -> Poll | None:
    """Return the poll to show: of those that are meant an open one, else one that was closed lately."""
    meant = [one for one in polls if one.listed and options.question.casefold() in one.question.casefold()]
    open_ = [one for one in meant if one.status == "open"]
    closed = sorted(
        (one for one in meant if one.status == "closed" and now < last(one, options)),
        key=lambda one: last(one, options),
    )
    return open_[0] if open_ else closed[-1] if closed else None


def last(poll: Poll, options: Options) -> datetime:
    """Return until when a closed poll is shown."""
    return (poll.closed_at or poll.created_at) + timedelta(minutes=options.minutes)


KIND = Kind(
    title=_("Poll"),
    help=_(
        "The question of an open poll, how to vote, and how it goes. Polls are written and opened at the desk; where "
        "none is open, screens pass over this."
    ),
    options=Options,
    view=view,
    script="elements/poll-bars.js",
    parts=("bars",),
    rail=False,
    seconds=60,
    priority=1,
)
