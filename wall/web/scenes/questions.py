"""Questions: posts on the wall that ask something, a pinned one large above the others."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wall.core.moderation import Standing
from wall.core.options import asked
from wall.core.questions import in_turn
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    title: str = asked("What stands above them", default="Questions from the room", most=60)
    hours: int = asked(
        "Of the last hours", "Older questions are shown only while they are pinned.", default=3, least=1, most=72
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    slug, services = moment.event.slug, moment.services
    kept = await services["rolls"].get(slug)
    if kept is None:
        return None
    ids = kept.roll.questions(moment.now - timedelta(hours=options.hours))
    pinned = [id for id in reversed(ids) if kept.roll.said[id].pinned][:1]
    chosen = [*pinned, *in_turn([id for id in ids if id not in pinned], moment.now)]
    standings = await services["store"].posts.get_all(slug, chosen)
    questions = [question_view(moment, standing) for standing in standings if standing and may_be_shown(standing)]
    return Shown(context={"title": options.title, "questions": questions}) if questions else None


def may_be_shown(standing: Standing) -> bool:
    """Tell whether a question is on the wall this moment, and can be read without a warning."""
    return standing.visible and not standing.post.sensitive and not standing.post.content_warning


def question_view(moment: Moment, standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.post.id,
        "pinned": standing.pinned,
        "html": moment.services["pages"].post(moment.event.slug, standing),
    }


KIND = Kind(
    title="Questions",
    help="Posts that ask something, the newest and the oldest in turn, a pinned one large. "
    "It stays while a session wants only questions.",
    options=Options,
    view=view,
    script="elements/in-turns.js",
    seconds=30,
)
