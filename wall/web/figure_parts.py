"""The parts of the figures' page and of reports: each a heading with sentences, numbers, charts and posts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from wall.core.counted import Counted
from wall.core.event_figures import Count
from wall.core.event_report import PARTS, Part
from wall.core.ledger import Scope
from wall.core.programme import Programme
from wall.core.scope_talk import ScopeTalk
from wall.core.words import Words, _, ngettext
from wall.web import findings
from wall.web.charts_view import Chart
from wall.web.course_view import busiest, course_charts, followed, outcomes
from wall.web.figure_words import language_name, network_name, share
from wall.web.figures_form import WHERE_NAMES
from wall.web.findings import Fact
from wall.web.language import number, say
from wall.web.rankings import MOST_ROWS, by_continent, by_people, by_posts, ranking

TITLES: dict[Part, Words] = {
    "card": _("At a glance"),
    "course": _("When"),
    "voices": _("Who spoke"),
    "posts": _("What moved people"),
    "links": _("What was pointed to"),
    "talk": _("What was talked about"),
    "parts": _("Where from"),
    "screen": _("To the wall"),
    "team": _("The team"),
}
UNNAMED = _("Somebody who is not named")
GONE = _("Somebody who is not of the team any more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post, and why it is here: “12 replies, the most”."""

    html: Markup
    words: Sequence[Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What figures name, as it is now: how authors are called by their posts, posts, moderators and sessions.

    `continents` are people by continent, where a chat gathered them, of `placed_of` people; `audience` is how many
    followed at most, by the minute. `talk` is None while the posts are still being read, or nothing may be said.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    posts: Sequence[Told] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    programme: Programme = Programme()
    continents: Mapping[str, int] = field(default_factory=dict)
    placed_of: int = 0
    audience: Mapping[int, int] = field(default_factory=dict)
    talk: ScopeTalk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part as it is shown. `empty` is said where there is nothing yet."""

    name: Part
    title: Words
    sentences: Sequence[Words] = ()
    facts: Sequence[Fact] = ()
    charts: Sequence[Chart] = ()
    posts: Sequence[Told] = ()
    empty: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that a part is made of."""

    counted: Counted
    resolved: Resolved
    scope: Scope
    timezone: str


def sections(shown: Shown, wanted: Sequence[Part] = PARTS) -> list[Section]:
    """Return the parts that are wanted, in the order of the page."""
    return [BUILT[part](shown) for part in PARTS if part in wanted]


def card(shown: Shown) -> Section:
    figures = shown.counted.figures
    if not figures.posts:
        empty = _("As soon as posts stand on the wall, they are counted here.")
        return Section(name="card", title=TITLES["card"], sentences=[findings.headline(figures)], empty=empty)
    return Section(
        name="card",
        title=TITLES["card"],
        sentences=[findings.headline(figures)],
        facts=findings.facts(figures),
    )


def course(shown: Shown) -> Section:
    found, audience = shown.counted.course, shown.resolved.audience
    if not shown.counted.figures.posts:
        empty = _("The hours are drawn once something stands on the wall.")
        return Section(name="course", title=TITLES["course"], empty=empty)
    said = (busiest(found, shown.timezone), followed(audience, shown.timezone))
    return Section(
        name="course",
        title=TITLES["course"],
        sentences=[one for one in said if one],
        charts=course_charts(found, shown.resolved.programme, audience, shown.timezone),
    )


def voices(shown: Shown) -> Section:
    figures = shown.counted.figures
    first = findings.first_time(figures, since_a_time=shown.scope.begins is not None)
    names = [(shown.resolved.names.get(author) or say(UNNAMED), number) for author, number in figures.top]
    rows = [[name, number, share(number, figures.posts)] for name, number in names]
    charts = [ranking("most-active", _("Who wrote most"), names, [_("Who"), _("Posts"), _("Of all posts")], rows)]
    return Section(
        name="voices",
        title=TITLES["voices"],
        sentences=[*findings.concentration(figures), *([first] if first else [])],
        charts=charts if rows else [],
        empty=None if rows else _("Nobody yet: whoever writes first is the first here."),
    )


def posts(shown: Shown) -> Section:
    found = shown.resolved.posts
    return Section(
        name="posts",
        title=TITLES["posts"],
        sentences=[
            _(
                "Replies are those on the wall; reposts and reactions are as many as networks and the wall tell today."
            )
        ]
        if found
        else [],
        posts=found,
        empty=None if found else _("No post that stands on the wall was replied to, passed on or reacted to yet."),
    )


def links(shown: Shown) -> Section:
    figures = shown.counted.figures
    given = (
        ("links", _("Links"), _("Link"), figures.links, str),
        ("hashtags", _("Hashtags"), _("Hashtag"), figures.hashtags, "#{}".format),
        ("mentioned", _("Who was mentioned"), _("Who"), figures.mentioned, "@{}".format),
    )
    charts = [
        by_people(name, title, what, [(said(one), count) for one, count in found])
        for name, title, what, found, said in given
        if found
    ]
    return Section(
        name="links",
        title=TITLES["links"],
        sentences=[_("Ranked by how many people used something, for one who repeats it is one voice.")]
        if charts
        else [],
        charts=charts,
        empty=None if charts else _("Nobody has linked, tagged or mentioned anything yet."),
    )


def talk(shown: Shown) -> Section:
    found, programme = shown.resolved.talk or ScopeTalk(), shown.resolved.programme
    rows = [(one.written, one.people, one.before) for one in found.phrases]
    charts = [
        ranking(
            "talk",
            _("More than elsewhere"),
            [(written, people) for written, people, _before in rows],
            [_("Phrase"), _("People"), _("People elsewhere")],
            rows,
        )
    ]
    said = [
        _("%(session)s: %(phrases)s", session=session.title, phrases=findings.phrases(trends))
        for id, trends in found.sessions
        if (session := programme.session(id))
    ]
    if not rows and not said:
        return Section(name="talk", title=TITLES["talk"], empty=_("Nothing that people say here stands out."))
    how = ngettext(
        "Words and phrases that more people use here than elsewhere at the event, of the newest %(num)s post.",
        "Words and phrases that more people use here than elsewhere at the event, of the newest %(num)s posts.",
        found.heard,
        num=number(found.heard),
    )
    return Section(name="talk", title=TITLES["talk"], sentences=[how, *said], charts=charts if rows else [])


def parts(shown: Shown) -> Section:
    figures, programme = shown.counted.figures, shown.resolved.programme

    def title(id: str) -> str:
        session = programme.session(id)
        return session.title if session else id

    given: tuple[tuple[str, Words, Words, Mapping[str, Count], Callable[[str], str]], ...] = (
        ("networks", _("Networks"), _("Network"), figures.networks, network_name),
        ("languages", _("Languages"), _("Language"), figures.languages, language_name),
        ("where", _("In the room and from afar"), _("Where"), figures.where, lambda one: say(WHERE_NAMES[one])),
        ("sessions", _("Sessions"), _("Session"), figures.sessions, title),
    )
    charts = [
        by_posts(name, head, what, found, figures.posts, said=said)
        for name, head, what, found, said in given
        if any(found.keys() - {""})
    ]
    if shown.resolved.continents:
        charts.append(by_continent(shown.resolved.continents, shown.resolved.placed_of))
    empty = None if charts else _("Nothing has come from anywhere yet.")
    return Section(name="parts", title=TITLES["parts"], charts=charts, empty=empty)


def screen(shown: Shown) -> Section:
    desk = shown.counted.desk
    return Section(
        name="screen",
        title=TITLES["screen"],
        sentences=[*findings.approval(desk), findings.to_screen(shown.counted.figures.to_screen)],
        charts=[outcomes(shown.counted.course, shown.timezone)] if desk.came else [],
    )


def team(shown: Shown) -> Section:
    desk = shown.counted.desk
    names = [(shown.resolved.people.get(id) or say(GONE), number) for id, number in desk.decided.items()]
    charts = [
        ranking(
            "moderators",
            _("Decisions by hand"),
            names[:MOST_ROWS],
            [_("Who"), _("Posts")],
            [list(row) for row in names],
        )
    ]
    return Section(
        name="team",
        title=TITLES["team"],
        sentences=[findings.by_hand(desk)],
        charts=charts if names else [],
    )


BUILT: dict[Part, Callable[[Shown], Section]] = {
    "card": card,
    "course": course,
    "voices": voices,
    "posts": posts,
    "links": links,
    "talk": talk,
    "parts": parts,
    "screen": screen,
    "team": team,
}
