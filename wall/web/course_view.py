"""The course of an event in charts: posts over time, voices so far, hours of the week, what became of what came."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names

from wall.core.charts import Bar, Mark, Point, bars, heat, line
from wall.core.course import Course, Grain, Period
from wall.core.programme import Programme
from wall.core.words import Words, _, ngettext
from wall.web.charts_view import Chart, Table, chart
from wall.web.figure_words import day_and_time
from wall.web.language import number, say
from wall.web.when import day_and_month, days, locale, whole_day

HOUR = 3_600
LEAST_DAYS_OF_HEAT = 3
MOST_MARKS = 60
TITLES: dict[Grain, Words] = {
    "hour": _("Posts by the hour"),
    "day": _("Posts by the day"),
    "week": _("Posts by the week"),
    "month": _("Posts by the month"),
}
PERIODS: dict[Grain, Words] = {
    "hour": _("Hour"),
    "day": _("Day"),
    "week": _("Week that begins"),
    "month": _("Month"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a period is called: in full, below its bar, at which turn that is, and what it is a part of."""

    name: str
    label: str
    turn: int
    group: str


def course_charts(course: Course, programme: Programme, audience: Mapping[int, int], timezone: str) -> list[Chart]:
    """Return posts over time, with marks where sessions began, voices so far, who followed, and hours of the week."""
    called = names(course, timezone)
    found = [over_time(course, called, programme, timezone), voices(course, called)]
    if audience:
        found.append(followers(course, called, audience))
    if len({datetime.fromtimestamp(one.begins, ZoneInfo(timezone)).date() for one in course.periods}) >= (
        LEAST_DAYS_OF_HEAT
    ):
        found.append(week(course))
    return found


def over_time(course: Course, called: Sequence[Called], programme: Programme, timezone: str) -> Chart:
    found = [a_bar(name, (one.posts,)) for one, name in zip(course.periods, called, strict=True)]
    marks = marks_of(course, programme) if course.grain == "hour" else []
    began = {int(mark.at): mark.name for mark in reversed(marks)}
    head = [PERIODS[course.grain], _("Posts"), *([_("Session that began")] if marks else [])]
    rows = [
        [name.name, one.posts, *([began.get(place, "")] if marks else [])]
        for place, (one, name) in enumerate(zip(course.periods, called, strict=True))
    ]
    return chart(
        "over-time",
        TITLES[course.grain],
        lambda about, size: bars(about, found, marks=marks, size=size),
        Table(head, rows),
        note=_("Hours and days are those of %(zone)s.", zone=timezone.replace("_", " ")),
    )


def voices(course: Course, called: Sequence[Called]) -> Chart:
    so_far = list(accumulate(one.new for one in course.periods))
    points = [a_point(name, value) for name, value in zip(called, so_far, strict=True)]
    rows = [[name.name, one.new, value] for name, one, value in zip(called, course.periods, so_far, strict=True)]
    return chart(
        "voices",
        _("Voices heard for the first time, added up"),
        lambda about, size: line(about, points, size=size),
        Table([PERIODS[course.grain], _("For the first time"), _("So far")], rows),
    )


def followers(course: Course, called: Sequence[Called], audience: Mapping[int, int]) -> Chart:
    """Return how many followed at most at once in each period."""
    begins = [one.begins for one in course.periods]
    most = [0] * len(begins)
    for moment, number_then in audience.items():
        place = max(0, bisect_right(begins, moment) - 1)
        most[place] = max(most[place], number_then)
    return chart(
        "followers",
        _("Viewers from afar, at most at once"),
        lambda about, size: line(about, [a_point(*one) for one in zip(called, most, strict=True)], size=size),
        Table(
            [PERIODS[course.grain], _("At most at once")],
            [[name.name, value] for name, value in zip(called, most, strict=True)],
        ),
        note=_("Of times alone: who follows says neither network nor language."),
    )


def followed(audience: Mapping[int, int], timezone: str) -> Words | None:
    """Return, in a sentence, when most followed; None where nobody did."""
    if not audience:
        return None
    moment, most = max(audience.items(), key=lambda one: (one[1], -one[0]))
    return ngettext(
        "At most %(num)s person followed from afar at once: %(moment)s.",
        "At most %(num)s people followed from afar at once: %(moment)s.",
        most,
        num=number(most),
        moment=day_and_time(moment, timezone),
    )


def week(course: Course) -> Chart:
    weekdays = get_day_names("abbreviated", locale=locale())
    full = get_day_names("wide", locale=locale())
    hours = [f"{hour:02}" for hour in range(24)]
    rows = [[full[day], *(course.heat.get((day, hour), 0) for hour in range(24))] for day in range(7)]
    return chart(
        "week",
        _("Posts by weekday and hour"),
        lambda about, size: heat(about, [weekdays[day] for day in range(7)], hours, course.heat, size=size),
        Table([_("Weekday"), *hours], rows),
        note=_("The stronger the colour, the more posts."),
    )


def outcomes(course: Course, timezone: str) -> Chart:
    """Return what became of all that came in, over time."""
    called = names(course, timezone)
    kinds = [say(one) for one in (_("On the wall"), _("Refused or taken away"), _("Neither, so far"))]
    found = [a_bar(name, one.outcomes) for one, name in zip(course.periods, called, strict=True)]
    rows = [[name.name, *one.outcomes] for one, name in zip(course.periods, called, strict=True)]
    return chart(
        "outcomes",
        _("What became of what came in"),
        lambda about, size: bars(about, found, kinds=kinds, size=size),
        Table([PERIODS[course.grain], *kinds], rows),
    )


def busiest(course: Course, timezone: str) -> Words | None:
    """Return, in a sentence, when there was most; None where nothing was."""
    best = course.busiest
    if best is None:
        return None
    name = names_of[course.grain](best, 0, timezone).name
    posts = ngettext("%(num)s post", "%(num)s posts", best.posts, num=number(best.posts))
    return _("Most was said here: %(period)s, %(posts)s.", period=name, posts=posts)


def a_point(called: Called, value: int) -> Point:
    return Point(name=called.name, label=called.label, turn=called.turn, group=called.group, value=value)


def a_bar(called: Called, values: tuple[int, ...]) -> Bar:
    return Bar(name=called.name, label=called.label, turn=called.turn, group=called.group, values=values)


def marks_of(course: Course, programme: Programme) -> list[Mark]:
    """Return where sessions begin; those that begin together are one mark."""
    first, last = course.periods[0].begins, course.periods[-1].begins + HOUR
    found: dict[int, list[str]] = {}
    for one in programme.sessions:
        moment = int(one.starts.timestamp())
        if first <= moment < last:
            found.setdefault(moment, []).append(one.title)
    return [
        Mark((moment - first) / HOUR, titles[0] if len(titles) == 1 else say(several(len(titles))))
        for moment, titles in list(found.items())[:MOST_MARKS]
    ]


def several(many: int) -> Words:
    return ngettext("%(num)s session", "%(num)s sessions", many)


# What periods are called


def names(course: Course, timezone: str) -> list[Called]:
    called = partial(names_of[course.grain])
    return [called(one, place, timezone) for place, one in enumerate(course.periods)]


def hour_name(one: Period, place: int, timezone: str) -> Called:
    local = datetime.fromtimestamp(one.begins, ZoneInfo(timezone))
    return Called(
        name=f"{whole_day(local)}, {local:%H:%M}–{local + timedelta(hours=1):%H:%M}",
        label=f"{local:%H}",
        turn=local.hour,
        group=day_and_month(local),
    )


def day_name(one: Period, place: int, timezone: str) -> Called:
    day = day_of(one, timezone)
    return Called(name=whole_day(day), label=str(day.day), turn=place, group=month_and_year(day))


def week_name(one: Period, place: int, timezone: str) -> Called:
    day = day_of(one, timezone)
    return Called(name=days(day, day), label=day_and_month(day), turn=place, group=str(day.year))


def month_name(one: Period, place: int, timezone: str) -> Called:
    day = day_of(one, timezone)
    label = str(format_skeleton("MMM", day, locale=locale()))
    return Called(name=month_and_year(day), label=label, turn=place, group=str(day.year))


def day_of(one: Period, timezone: str) -> date:
    return datetime.fromtimestamp(one.begins, ZoneInfo(timezone)).date()


def month_and_year(day: date) -> str:
    return str(format_skeleton("yMMMM", day, locale=locale()))


names_of: dict[Grain, Callable[[Period, int, str], Called]] = {
    "hour": hour_name,
    "day": day_name,
    "week": week_name,
    "month": month_name,
}
