"""Questions: what the room most wants answered, and what is answered now; without votes, posts that ask something."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wall.core.moderation import Standing
from wall.core.options import asked
from wall.core.questions import in_turn
from wall.core.words import _
from wall.web.question_board import Row, session_on
from wall.web.scenes.kind import Kind, Moment, Shown

MOST_VOTED = 5
TITLE = _("Questions from the room")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    title: str = asked(_("What stands above them"), default=str(TITLE), most=60)
    hours: int = asked(
        _("Of the last hours"),
        _("While the room cannot ask: older posts that ask something are shown only if they are pinned."),
        default=3,
        least=1,
        most=72,
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    return await (unvoted if moment.event.questions == "off" else voted)(moment, options)


async def voted(moment: Moment, options: Options) -> Shown:
    """Show the questions of the session that is on in the screen's room, else all of them, and how to ask."""
    services, event = moment.services, moment.event
    session = await session_on(
        services["store"], event.slug, moment.screen.room if moment.screen else "", moment.now
    )
    board = (await services["questions"].get(event.slug)).of(session)
    rows = [one for one in (*board.answering[-1:], *board.waiting) if may_be_shown(one.standing)][:MOST_VOTED]
    address = moment.address(f"/{event.slug}/questions").split("://")[-1]
    return Shown(
        context={
            "title": titled(options),
            "address": address,
            "questions": [row_view(moment, one) for one in rows],
        },
        news=" ".join(one.id for one in board.answering[-1:]),
    )


def row_view(moment: Moment, row: Row) -> dict[str, Any]:
    answering = row.question.state == "answering"
    return question_view(moment, row.standing) | {
        "pinned": False,
        "answering": answering,
        "votes": row.tally.votes,
    }


async def unvoted(moment: Moment, options: Options) -> Shown | None:
    """Show posts that ask something: the newest and the oldest in turn, a pinned one large."""
    slug, services = moment.event.slug, moment.services
    kept = await services["rolls"].get(slug)
    if kept is None:
        return None
    ids = kept.roll.questions(moment.now - timedelta(hours=options.hours))
    pinned = [id for id in reversed(ids) if kept.roll.said[id].pinned][:1]
    chosen = [*pinned, *in_turn([id for id in ids if id not in pinned], moment.now)]
    standings = await services["store"].posts.get_all(slug, chosen)
    questions = [question_view(moment, standing) for standing in standings if standing and may_be_shown(standing)]
    return Shown(context={"title": titled(options), "address": "", "questions": questions}) if questions else None


def titled(options: Options) -> str:
    """Return what stands above the questions; in the language of the hall, unless an organiser wrote it."""
    return TITLE if options.title == TITLE else options.title


def may_be_shown(standing: Standing) -> bool:
    """Tell whether a question is on the wall this moment, and can be read without a warning."""
    return standing.visible and not standing.post.sensitive and not standing.post.content_warning


def question_view(moment: Moment, standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.post.id,
        "pinned": standing.pinned,
        "answering": False,
        "votes": None,
        "html": moment.services["pages"].post(moment.event.slug, standing),
    }


KIND = Kind(
    title=_("Questions"),
    help=_(
        "What the room most wants answered, with its votes, what is answered now large, and where to ask. Without "
        "questions from the room: posts that ask something, in turn, a pinned one large. "
        "It stays while a session wants only questions."
    ),
    options=Options,
    view=view,
    script="elements/in-turns.js",
    seconds=30,
)
