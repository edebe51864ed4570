"""The test of a source before it is saved: a page that says how it fares, and shows one post as it would look."""

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.core.words import Words, _, ngettext
from wall.errors import InvalidInput
from wall.sources.base import Health, Source
from wall.sources.registry import polled
from wall.sources.trial import SECONDS, Trial, tried
from wall.web import access
from wall.web.example import example
from wall.web.form import fields
from wall.web.source_health import STATES
from wall.web.source_settings import check_destination, check_may_set_up, given
from wall.web.state import State, state

MOST_PER_MINUTE = 12
"""Trials of one event; each holds a request for some seconds."""


async def try_source(request: Request) -> HTMLResponse:
    """Read a source as it is filled in, and say what came of it. Nothing is stored."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values = await fields(request)
    try:
        kept = await kept_settings(services, event, values.get("source", ""), values.get("kind", ""))
        source = polled(kept.kind)
        check_may_set_up(who, source)
        options = source.check(given(source, values, kept.options))
        if kept.options:
            check_destination(source, values, kept.options, options)
        if not await services["store"].limits.allow(f"{event.slug} tries", most=MOST_PER_MINUTE, seconds=60):
            raise InvalidInput(_("That was a lot of tests at once. Wait a minute, then try again."))
    except InvalidInput as error:
        return page(request, event, None, None, error.message)
    trial = await tried(source, options, event, services["fetch"], services["now"])
    return page(request, event, source, trial)


async def kept_settings(services: State, event: Event, id: str, kind: str) -> SourceSettings:
    """Return the source that is being changed, or an empty one of the kind that is being added."""
    if id:
        return await services["store"].sources.get(event.slug, id)
    return SourceSettings(id="new", kind=kind)


def page(
    request: Request, event: Event, source: type[Source] | None, trial: Trial | None, error: str = ""
) -> HTMLResponse:
    return state(request)["pages"].page(
        f"organise/{'_' if 'part' in request.query_params else ''}source_trial.html",
        page="organise",
        event=event,
        title=source.title if source else "",
        error=error,
        level=level(trial) if trial else "failing",
        word=word(trial) if trial else _("Not tried"),
        words=in_words(trial) if trial else [],
        post=example(request, event, waits(trial.post)) if trial and trial.post else None,
        media=len(trial.post.media) if trial and trial.post else 0,
    )


def waits(post: Post) -> Standing:
    return Standing(post=post, status=Status.WAITING)


def level(trial: Trial) -> str:
    if trial.error or (trial.health and trial.health.state == "failing"):
        return "failing"
    return trial.health.state if trial.health else "degraded"


def word(trial: Trial) -> str:
    return STATES[cast("Any", level(trial))] if trial.health or trial.error else _("No answer yet")


def in_words(trial: Trial) -> list[str]:
    """Return what came of a trial, sentence by sentence."""
    health = trial.health or Health("new", "")
    found = [trial.error] if trial.error else [health.detail, *health.blind_spots]
    if not (trial.health or trial.error or trial.post):
        found.append(
            _(
                "It said nothing within %(seconds)s seconds. It may only be slow; saved, it is tried for ever.",
                seconds=f"{SECONDS:.0f}",
            )
        )
    elif not trial.post and not trial.error:
        found.append(no_post(trial.unwanted))
    if trial.set_aside:
        found.append(_("One could not be read: %(reason)s", reason=trial.set_aside))
    return [one for one in found if one]


def no_post(unwanted: int) -> Words:
    """Return that no post turned up, and how many did that are not wanted."""
    seconds = f"{SECONDS:.0f}"
    if not unwanted:
        return _(
            "No post with your hashtags turned up within %(seconds)s seconds. That may be all right.",
            seconds=seconds,
        )
    return ngettext(
        "No post with your hashtags turned up within %(seconds)s seconds. "
        "%(num)s without your hashtags came by. That may be all right.",
        "No post with your hashtags turned up within %(seconds)s seconds. "
        "%(num)s without your hashtags came by. That may be all right.",
        unwanted,
        seconds=seconds,
    )


routes = [Route("/organise/{slug}/sources/trial", try_source, methods=["POST"])]
