"""People: who took part, each once, newest voices first."""

from datetime import datetime, timedelta
from typing import Any

from wall.core.moderation import Standing
from wall.core.roll import Roll, Voice
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown
from wall.web.views import author_key, face_url

MOST = 60
LEAST = 3
"""People from which on they are shown: fewer would be pointed at."""
NEW_FOR = timedelta(hours=1)
SPARE = 20
"""People who are looked at beyond that, in place of those who cannot be shown."""


async def view(moment: Moment, options: NoOptions) -> Shown | None:
    slug, store = moment.event.slug, moment.services["store"]
    kept = await moment.services["rolls"].get(slug)
    if kept is None:
        return None
    voices = kept.roll.voices(MOST + SPARE)
    standings = await store.posts.get_all(slug, [voice.post_id for voice in voices])
    restricted = {one.author for one in await store.authors.restricted(slug)}
    found = [
        person_view(slug, standing, new=is_new(voice, kept.roll, moment.now))
        for voice, standing in zip(voices, standings, strict=True)
        if standing and may_be_seen(slug, standing) and voice.author not in restricted
    ]
    if len(found) < LEAST:
        return None
    shown = found[:MOST]
    # Where most are new, it says nothing of anybody.
    marked = 2 * sum(person["new"] for person in shown) <= len(shown)
    return Shown(context={"people": shown, "all": kept.roll.people, "marked": marked})


def may_be_seen(slug: str, standing: Standing) -> bool:
    """Tell whether somebody is a person who gave a name, and whose post is on the wall this moment."""
    author = standing.post.author
    return standing.visible and not author.bot and author_key(slug, author) is not None


def is_new(voice: Voice, roll: Roll, now: datetime) -> bool:
    """Tell whether somebody wrote for the first time lately, on a wall that is older than that."""
    lately = now - NEW_FOR
    return voice.first >= lately and roll.began is not None and roll.began < lately


def person_view(slug: str, standing: Standing, *, new: bool) -> dict[str, Any]:
    author = standing.post.author
    name = author.name or author.handle
    return {
        "key": author_key(slug, author),
        "post": standing.post.id,
        "name": name,
        "initial": next((letter for letter in name if letter.isalnum()), name[:1] or "?").upper()[:1],
        "face": face_url(slug, standing.post),
        "new": new,
    }


KIND = Kind(
    title=_("People"),
    help=_(
        "Names and faces of people with a post on the wall, each once, the newest voices first. "
        "Never of somebody who left or is restricted."
    ),
    view=view,
    script="elements/in-turns.js",
    seconds=15,
)
