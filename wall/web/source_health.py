"""How a source fares, in words and as a small chart, for the organiser's pages. No kind is named here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wall.core.event import Event
from wall.core.source import HOURS, Place, SourceHealth, SourceSettings, Trouble
from wall.core.words import _, listed, ngettext
from wall.sources.registry import KINDS, source_class, title
from wall.web.language import number
from wall.web.when import ago, clock, span, until

STATES = {"new": _("Starting"), "healthy": _("Healthy"), "degraded": _("Degraded"), "failing": _("Failing")}
WORST_FIRST = ("failing", "degraded", "new", "healthy")
CHART_HEIGHT = 32
BAR_WIDTH, BAR_STEP = 4, 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour of the chart, in its units; the last one is `now`."""

    x: int
    y: float
    height: float
    now: bool


def health_view(
    event: Event, settings: SourceSettings, health: SourceHealth, now: datetime, *, position: str | None = None
) -> dict[str, Any]:
    """Return how a source fares, part by part; "" is nothing to tell."""
    waiting = health.state == "new" and is_pushed(settings.kind)
    hours = health.hourly(now)
    return {
        "id": settings.id,
        "title": title(settings.kind),
        "state": "healthy" if waiting else health.state,
        "word": _("Open to posts") if waiting else STATES[health.state],
        "since": _("since %(time)s", time=clock(health.since, now, event.timezone)) if health.since else "",
        "detail": _("Ready to take posts in.") if waiting else health.detail,
        "blind_spots": [*health.blind_spots, *blind_spots(settings.kind)],
        "last_hour": number(hours[-1]),
        "bars": list(bars(hours)),
        "chart_width": HOURS * BAR_STEP,
        "chart_height": CHART_HEIGHT,
        "chart": chart_words(hours),
        "last_post": _("Last post %(ago)s", ago=ago(health.last_post_at, now))
        if health.last_post_at
        else _("No post yet"),
        "posts": posts_words(health.posts),
        "set_aside": set_aside_words(health.set_aside),
        "set_aside_total": health.set_aside,
        "error": latest(health.errors, event, now),
        "next_try": _("Next try %(when)s", when=tried) if (tried := next_try(settings, health, now)) else "",
        "facts": [(name, words) for name, words in facts(event, settings, health, position, now) if words],
        "errors": [trouble_view(one, event, now) for one in health.errors],
        "reasons": [trouble_view(one, event, now) for one in health.reasons],
    }


def facts(
    event: Event, settings: SourceSettings, health: SourceHealth, position: str | None, now: datetime
) -> Iterator[tuple[str, str]]:
    yield _("Taken in"), listed(taken_in(health))
    yield _("Last post"), ago(health.last_post_at, now) if health.last_post_at else _("none yet")
    yield _("On their way"), lag_words(health)
    yield _("Read up to"), place_words(described(settings.kind, position), event, now)
    yield _("Next try"), next_try(settings, health, now)


def taken_in(health: SourceHealth) -> Iterator[str]:
    yield posts_words(health.posts)
    if health.edits:
        yield ngettext("%(num)s edit", "%(num)s edits", health.edits, num=number(health.edits))
    if health.deletes:
        yield ngettext("%(num)s taken back", "%(num)s taken back", health.deletes, num=number(health.deletes))


def next_try(settings: SourceSettings, health: SourceHealth, now: datetime) -> str:
    """Return when a source is tried again; one that reads on tries what fails of it by itself."""
    if health.next_try_at:
        return until(health.next_try_at, now)
    return _("within a minute") if health.state == "failing" and not is_pushed(settings.kind) else ""


def lag_words(health: SourceHealth) -> str:
    """Return how long posts take from their author to us."""
    if health.usual_lag is None:
        return ""
    usual, last = brief(health.usual_lag), brief(health.lags[0])
    return usual if usual == last else _("usually %(usual)s, the last one %(last)s", usual=usual, last=last)


def brief(seconds: float) -> str:
    return span(timedelta(seconds=seconds)) if seconds >= 1 else _("under a second")


def described(kind: str, position: str | None) -> Place | None:
    """Return where a position is in the words of its own kind; None where the kind has none for it."""
    describe: Callable[[str], Place | None] | None = (
        getattr(source_class(kind), "describe", None) if kind in KINDS else None
    )
    return describe(position) if describe and position is not None else None


def place_words(place: Place | None, event: Event, now: datetime) -> str:
    """Return how far a source was read, and how far it is behind where that can be told from its being quiet."""
    if place is None or place.until is None:
        return place.words if place else ""
    if place.steady:
        behind = brief((now - place.until).total_seconds())
        return _("%(place)s, %(time)s behind", place=place.words, time=behind)
    return _("%(place)s, until %(time)s", place=place.words, time=clock(place.until, now, event.timezone))


def blind_spots(kind: str) -> Sequence[str]:
    """Return what no source of a kind can see."""
    found: Sequence[str] = getattr(source_class(kind), "blind_spots", ()) if kind in KINDS else ()
    return found


def latest(errors: Sequence[Trouble], event: Event, now: datetime) -> str:
    if not errors:
        return ""
    at = errors[0].last_at
    return _(
        "Last error %(ago)s (%(time)s): %(words)s",
        ago=ago(at, now),
        time=clock(at, now, event.timezone),
        words=errors[0].words,
    )


def trouble_view(trouble: Trouble, event: Event, now: datetime) -> dict[str, str]:
    first, last = (clock(at, now, event.timezone) for at in (trouble.first_at, trouble.last_at))
    if trouble.times <= 1:
        return {"words": trouble.words, "when": last}
    often = ngettext(
        "%(last)s, %(num)s time since %(first)s",
        "%(last)s, %(num)s times since %(first)s",
        trouble.times,
        num=number(trouble.times),
        first=first,
        last=last,
    )
    return {"words": trouble.words, "when": often}


def bars(hours: Sequence[int]) -> Iterator[Bar]:
    """Yield a bar for each hour; the fullest is as high as the chart, and one with any post can be seen."""
    most = max(hours)
    for place, posts in enumerate(hours):
        height = max(2.0, round(CHART_HEIGHT * posts / most, 1)) if posts else 0.0
        yield Bar(place * BAR_STEP, round(CHART_HEIGHT - height, 1), height, place == len(hours) - 1)


def chart_words(hours: Sequence[int]) -> str:
    if not any(hours):
        return _("No post in the last %(hours)s hours", hours=HOURS)
    return _(
        "Posts per hour: %(last)s in the last one, %(most)s at most, %(all)s in %(hours)s hours",
        last=number(hours[-1]),
        most=number(max(hours)),
        all=number(sum(hours)),
        hours=HOURS,
    )


def is_pushed(kind: str) -> bool:
    return kind in KINDS and source_class(kind).pushed


def posts_words(posts: int) -> str:
    return ngettext("%(num)s post", "%(num)s posts", posts, num=number(posts))


def set_aside_words(posts: int) -> str:
    """Return how many posts could not be read; "" for none."""
    return ngettext("%(num)s post set aside", "%(num)s posts set aside", posts, num=number(posts)) if posts else ""
