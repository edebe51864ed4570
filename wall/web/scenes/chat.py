"""A chat: the question that stands now, how long it still does, and the newest answers to it."""

from dataclasses import dataclass
from datetime import timedelta

from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.numbered import without_label
from wall.core.options import asked
from wall.core.words import _
from wall.web.chat_moment import Moment as Chat
from wall.web.chat_moment import moment_of, shown
from wall.web.chat_view import edition_view
from wall.web.scenes.kind import Kind, Moment, Shown
from wall.web.scenes.questions import may_be_shown
from wall.web.views import timestamp

LOOKED_AT = 12
"""Newest answers that are looked at; those with a warning are left out."""
WORDS = 160
"""Characters of an answer that can be read from the last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    many: int = asked(_("How many answers"), _("The newest ones, from 0 to 4."), default=3, least=0, most=4)
    before: int = asked(
        _("Before it begins, from"),
        _("So many minutes before, it counts down to the next edition."),
        default=15,
        least=0,
        most=120,
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    if moment.event.chat is None:
        return None
    chat = await moment_of(moment.services["store"], moment.event, moment.now)
    edition = chat.edition
    if edition is None or edition.starts - timedelta(minutes=options.before) > moment.now:
        return None
    begun, stands = edition.starts <= moment.now, chat.standing
    return Shown(
        context={
            "edition": edition_view(edition, moment.event),
            "question": {"number": stands.number, "text": stands.text} if stands else None,
            "until": timestamp(chat.until if chat.until and (begun or stands) else edition.starts),
            "begun": begun,
            "answers": await answers(moment, chat, options.many),
            "address": moment.address(f"/{moment.event.slug}/chat").split("://")[-1],
        },
        news=f"{edition.number} {stands.number if stands else 0}",
        until=edition.ends,
    )


async def answers(moment: Moment, chat: Chat, many: int) -> list[dict[str, object]]:
    """Return the newest answers to the question that stands, those of hosts marked so."""
    if chat.edition is None or chat.standing is None or not many:
        return []
    index = moment.services["store"].chat_index
    ids = await index.ids(
        moment.event.slug, chat.edition.number, chat.standing.number, limit=LOOKED_AT, newest=True
    )
    found = [one for one in await shown(moment.services["store"], moment.event, ids) if may_be_shown(one)][:many]
    return [
        {
            "id": one.post.id,
            "text": shortened(without_hashtags(without_label(one.post.text), moment.event)),
            "author": one.post.author.name or one.post.author.handle,
            "host": chat.edition.has_host(one.post),
            "language": one.post.language,
        }
        for one in found
    ]


def without_hashtags(words: str, event: Event) -> str:
    """Return words without the event's own hashtags at their end, which the screen shows anyway."""
    kept = words.split()
    while len(kept) > 1 and kept[-1].startswith("#") and tagkey(kept[-1][1:]) in event.keys:
        kept.pop()
    return " ".join(kept)


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WORDS else f"{words[:WORDS].rstrip()}…"


KIND = Kind(
    title=_("Chat"),
    help=_(
        "The question of the chat that stands now, with its number, how long it still does, and the newest answers. "
        "Editions are planned at the desk; while none is on, screens pass over this."
    ),
    options=Options,
    view=view,
    script="elements/count-down.js",
    seconds=60,
    priority=1,
)
