"""What figures name, looked up when somebody reads them: authors, posts, moderators, as they stand then."""

from collections.abc import Sequence

from wall.core.counted import Counted
from wall.core.event import Event
from wall.core.event_figures import EventFigures
from wall.core.ledger import Ledger, Scope
from wall.core.scope_talk import ScopeTalk, scope_talk
from wall.core.words import Words, _, ngettext
from wall.web.figure_parts import Resolved, Told
from wall.web.figures_form import Around
from wall.web.figures_view import names_of
from wall.web.language import number
from wall.web.scenes.trends import may_be_said
from wall.web.state import State

OF_EACH = 3
"""Posts that are shown of those most replied to, of those most passed on, and of those most reacted to."""


async def resolved(
    services: State,
    around: Around,
    counted: Counted,
    scope: Scope,
    *,
    edition: int = 0,
    moment: int | None = None,
) -> Resolved:
    """Return names and posts as they stand now, and how many followed when, up to a moment if one is given.

    With an edition of a chat, also where its people are.
    """
    event, figures = around.event, counted.figures
    people = {one.id: one.name for one in await services["store"].people.all()} if counted.desk.decided else {}
    gathered = await services["store"].chat_index.figures(event.slug, edition) if edition else None
    return Resolved(
        names=await names_of(services, event, [author for author, _number in figures.top]),
        posts=await told(services, event, figures),
        people=people,
        programme=around.programme,
        continents=gathered.continents if gathered else {},
        placed_of=gathered.people if gathered else 0,
        audience=await services["store"].audience.minutes(
            event.slug, begins=scope.begins, ends=earlier(scope.ends, moment)
        ),
        talk=await talk(services, around, scope, moment),
    )


async def talk(services: State, around: Around, scope: Scope, moment: int | None) -> ScopeTalk | None:
    """Return what was talked about in the newest posts; None while they are being read, or nothing may be said."""
    event = around.event
    kept = await services["rolls"].get(event.slug)
    words = await services["house_words"].get(event.slug)
    if kept is None or words is None:
        return None
    uttered = dict(kept.speech.uttered)

    def found(ledger: Ledger) -> ScopeTalk:
        return scope_talk(
            ledger,
            scope,
            uttered,
            around.programme.sessions,
            allows=lambda phrase: may_be_said(phrase, event, words),
            moment=moment,
        )

    return await services["ledgers"].answer(event.slug, (scope_talk, scope, moment, str(kept.cursor)), found)


def earlier(one: int | None, other: int | None) -> int | None:
    """Return the earlier of two times, each of which may be open."""
    known = [time for time in (one, other) if time is not None]
    return min(known, default=None)


async def told(services: State, event: Event, figures: EventFigures) -> list[Told]:
    """Return the posts that moved people most, each once, with all that it leads in; only those that stand."""
    reasons: dict[str, list[Words]] = {}
    leading = {id for found in lists(figures) for id, _number in found[:OF_EACH]}
    for kind, found in enumerate(lists(figures)):
        for place, (id, many) in enumerate(found):
            if id in leading:
                reasons.setdefault(id, []).append(reason(kind, many, first=not place))
    store = services["store"]
    standings = await store.posts.get_all(event.slug, list(reasons)) if reasons else []
    visible = [one for one in standings if one and one.visible]
    return [
        Told(html=services["pages"].post(event.slug, one), words=reasons[one.post.id])
        for one in await store.threads.tied(event.slug, visible)
    ]


def lists(figures: EventFigures) -> Sequence[Sequence[tuple[str, int]]]:
    return figures.most_replied, figures.most_reposted, figures.most_reacted


def reason(kind: int, many: int, *, first: bool) -> Words:
    """Return why a post is shown."""
    said = (
        ngettext("%(num)s reply", "%(num)s replies", many, num=number(many)),
        ngettext("%(num)s repost", "%(num)s reposts", many, num=number(many)),
        ngettext("%(num)s reaction", "%(num)s reactions", many, num=number(many)),
    )[kind]
    return _("%(said)s, the most of all", said=said) if first else said
