"""What figures say, in sentences that somebody can check: each names of how many something is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wall.core.event_figures import DeskFigures, EventFigures, Wait
from wall.core.trends import Trend
from wall.core.words import Words, _, listed, ngettext
from wall.web.figure_words import lasted, share
from wall.web.language import number

FactKind = Literal["count", "share", "rate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number of the card: a count, a count as a share of others, or how many there are of something on average."""

    name: Words
    value: float
    of: int = 0
    kind: FactKind = "count"

    @property
    def shown(self) -> str:
        return share(self.value, self.of) if self.kind == "share" else number(round(self.value, 1))

    @property
    def note(self) -> str:
        """Of how many it is the share."""
        if self.kind != "share":
            return ""
        return _("%(part)s of %(whole)s", part=number(self.value), whole=number(self.of))


def facts(figures: EventFigures) -> list[Fact]:
    """Return the card: what is counted of posts on the wall, each share with what it is a share of."""
    posts = figures.posts

    def part(name: Words, value: int) -> Fact:
        return Fact(name=name, value=value, of=posts, kind="share")

    return [
        Fact(name=_("Posts"), value=posts),
        Fact(name=_("People"), value=figures.people),
        Fact(name=_("Posts a day"), value=posts / figures.days if figures.days else 0, kind="rate"),
        part(_("By the ten who wrote most"), figures.top_posts),
        part(_("Replies"), figures.replies),
        Fact(name=_("Reposts, as networks tell"), value=figures.reposts),
        part(_("Mention somebody"), figures.mentioning),
        part(_("Have several hashtags"), figures.several_hashtags),
        part(_("Link somewhere"), figures.linking),
        part(_("Have a picture"), figures.pictured),
        part(_("Ask something"), figures.questions),
        Fact(name=_("Reactions"), value=figures.reactions),
    ]


def headline(figures: EventFigures) -> Words:
    """Return the whole in a sentence."""
    if not figures.posts:
        return _("Nobody has said anything here yet.")
    people = ngettext("%(num)s person", "%(num)s people", figures.people, num=number(figures.people))
    posts = ngettext("%(num)s post", "%(num)s posts", figures.posts, num=number(figures.posts))
    days = ngettext("%(num)s day", "%(num)s days", figures.days, num=number(figures.days))
    if figures.people <= len(figures.top):
        return _("%(people)s wrote %(posts)s within %(days)s.", people=people, posts=posts, days=days)
    return _(
        "%(people)s wrote %(posts)s within %(days)s; the ten most active wrote %(top)s of them (%(share)s).",
        people=people,
        posts=posts,
        days=days,
        top=number(figures.top_posts),
        share=share(figures.top_posts, figures.posts),
    )


def concentration(figures: EventFigures) -> list[Words]:
    """Return, in sentences, how evenly people took part."""
    if not figures.posts:
        return []
    people = number(figures.people)
    half = ngettext(
        "Half of all %(posts)s posts came from %(num)s person of %(people)s.",
        "Half of all %(posts)s posts came from %(num)s people of %(people)s.",
        figures.half,
        num=number(figures.half),
        posts=number(figures.posts),
        people=people,
    )
    eighty = ngettext(
        "Eighty of a hundred posts came from %(num)s person (%(share)s of all people).",
        "Eighty of a hundred posts came from %(num)s people (%(share)s of all people).",
        figures.eighty,
        num=number(figures.eighty),
        share=share(figures.eighty, figures.people),
    )
    even = _(
        "The Gini coefficient is %(gini)s: at 0 everybody wrote equally much, near 1 one person wrote everything.",
        gini=number(round(figures.gini, 2)),
    )
    return [half, eighty, even]


def first_time(figures: EventFigures, *, since_a_time: bool) -> Words | None:
    """Return, in a sentence, how many people were heard for the first time, where there was a time before."""
    if not since_a_time or not figures.people:
        return None
    return ngettext(
        "%(num)s of %(people)s people was on the wall for the first time.",
        "%(num)s of %(people)s people were on the wall for the first time.",
        figures.new,
        num=number(figures.new),
        people=number(figures.people),
    )


def to_screen(wait: Wait) -> Words:
    """Return, in a sentence, how long posts took from their arrival to the wall."""
    if not wait.number:
        return _("No post has come to the wall yet, so there is no time to tell.")
    return _(
        "Half of %(posts)s posts were on the wall within %(median)s of their arrival, nine of ten within %(most)s.",
        posts=number(wait.number),
        median=lasted(wait.median),
        most=lasted(wait.most),
    )


def approval(desk: DeskFigures) -> list[Words]:
    """Return, in sentences, what became of what came in."""
    if not desk.came:
        return [_("No post has come in yet.")]
    yes = desk.statuses.get("approved", 0)
    no = desk.statuses.get("rejected", 0) + desk.statuses.get("removed", 0)
    came = ngettext("%(num)s post came in.", "%(num)s posts came in.", desk.came, num=number(desk.came))
    if not yes + no:
        return [came, _("None of them is decided yet.")]
    decided = _(
        "Of %(decided)s that were decided, by people or by rules, %(yes)s went on the wall (%(share)s).",
        decided=number(yes + no),
        yes=number(yes),
        share=share(yes, yes + no),
    )
    waiting = desk.statuses.get("waiting", 0)
    wait = ngettext("%(num)s post waits.", "%(num)s posts wait.", waiting, num=number(waiting))
    return [came, decided, *([wait] if waiting else [])]


def by_hand(desk: DeskFigures) -> Words:
    """Return, in a sentence, how much moderators decided, and how quickly."""
    wait = desk.to_decision
    if not wait.number:
        return _("Nobody has decided anything by hand yet.")
    decided = ngettext(
        "%(num)s post was decided by hand",
        "%(num)s posts were decided by hand",
        wait.number,
        num=number(wait.number),
    )
    return _(
        "%(decided)s: half of them within %(median)s of their arrival, nine of ten within %(most)s.",
        decided=decided,
        median=lasted(wait.median),
        most=lasted(wait.most),
    )


def difference(one: Fact, other: Fact) -> Words:
    """Return, in words, how the first of two facts differs from the second."""
    if one.kind == "share":
        if not one.of or not other.of:
            return _("Nothing to compare.")
        points = round(100 * one.value / one.of - 100 * other.value / other.of, 1)
        if not points:
            return _("The same share.")
        said = number(abs(points))
        if points > 0:
            return _("%(points)s percentage points more.", points=said)
        return _("%(points)s percentage points less.", points=said)
    by = round(one.value - other.value, 1)
    if not by:
        return _("The same.")
    said, part = number(abs(by)), share(abs(by), other.value)
    if by > 0:
        return _("%(by)s more (%(share)s).", by=said, share=part) if other.value else _("%(by)s more.", by=said)
    return _("%(by)s fewer (%(share)s).", by=said, share=part)


def compared(ours: Sequence[Fact], others: Sequence[Fact]) -> list[tuple[Fact, Fact, Words]]:
    return [(one, other, difference(one, other)) for one, other in zip(ours, others, strict=True)]


def phrases(trends: Sequence[Trend]) -> str:
    """Return what people talk about, each with how many of them did."""
    return listed(
        ngettext("“%(phrase)s” (%(num)s person)", "“%(phrase)s” (%(num)s people)", one.people, phrase=one.written)
        for one in trends
    )
