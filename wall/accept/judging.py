"""Judging posts on their way in: by what is known of them, the rules in force, and what was written lately."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from wall.core import authorship, duplicates, moderation, rules, wishes
from wall.core.duplicates import Duplicates
from wall.core.post import Post
from wall.core.rules import Chain, Facts
from wall.core.suspicion import hints
from wall.store.absences import Why
from wall.store.known import BEGINNING, Known, Wanted
from wall.store.submission import Submission


@dataclass(slots=True)
class Memory:
    """What is remembered of an event between its posts: its rules, compiled, and what was written lately.

    What its authors write may come from `several` networks: then others' posts are looked for by author, too.
    """

    chain: Chain = field(default_factory=Chain)
    duplicates: Duplicates = field(default_factory=Duplicates)
    since: str = BEGINNING
    several: bool = True

    def wanted(self, clues: Sequence[str] = ()) -> Wanted:
        kinds = {rule.kind for rule in self.chain.rules if rule.on}
        return Wanted(
            pace="pace" in kinds, duplicates_since=self.since if "copies" in kinds else None, clues=clues
        )

    def learn(self, known: Known) -> None:
        """Remember what others took in since, in the order that all remember it in."""
        for place, id, sketch in known.duplicates:
            self.since = place
            if id not in self.duplicates:
                self.duplicates.join(id, duplicates.read(sketch))


def turned_away(known: Known, posts: Sequence[Post]) -> dict[str, Why]:
    """Return, by id, which new posts never come in, and why."""
    found: dict[str, Why] = {}
    of_posts = zip(posts, known.standings, known.left, known.answering, strict=True)
    for post, standing, left, answering in of_posts:
        if standing is None and known.event.takes(post, answering=answering):
            if left:
                found[post.id] = "left"
            elif wishes.turned_away(known.event, post.author):
                found[post.id] = "asked"
    return found


def judged(
    known: Known, memory: Memory, posts: Sequence[Post], now: datetime, away: Container[str]
) -> Iterator[tuple[Submission, bool]]:
    """Yield each post that is new and wanted, or an edit, with its verdict, and whether it is an edit."""
    wanted = memory.wanted()
    here: Counter[str] = Counter()
    needed = known.event.modes.approvals
    of_authors = zip(known.trusts, known.restrictions, known.paces, strict=True)
    of_posts = zip(posts, known.standings, known.answering, strict=True)
    for (post, standing, answering), (trust, restriction, pace) in zip(of_posts, of_authors, strict=True):
        edited = standing is not None and authorship.is_edit(standing, post)
        if not edited and (standing is not None or not known.event.takes(post, answering=answering)):
            continue
        if post.id in away:
            continue
        here[post.author.uid] += not edited
        sketch = duplicates.sketch(post) if wanted.duplicates_since is not None else ()
        copies = memory.duplicates.join(post.id, sketch)
        facts = Facts(pace=pace + here[post.author.uid], copies=copies, trust=trust)
        trusted = trust.counts(needed)
        by_rules = rules.judge(known.event, memory.chain, post, facts, trusted=trusted, now=now)
        if known.event.replies == "wait" and post.reply_to and not known.event.wants(post):
            by_rules = moderation.as_reply(by_rules)
        verdict = wishes.heeded(known.event, post.author, by_rules)
        if restriction:
            verdict = moderation.restricted(verdict, restriction.reason)
        submission = Submission(
            post,
            replace(verdict, hints=hints(post, known.event.match(post))),
            trusted,
            trust.words(needed),
            sketch=duplicates.written(sketch) if sketch else "",
            paced=wanted.pace,
            strictness=known.strictness,
        )
        yield submission, edited


def passed_on(known: Known, posts: Sequence[Post]) -> list[Post]:
    """Return which posts are what we have, only passed on more often by now."""
    pairs = zip(posts, known.standings, strict=True)
    return [post for post, standing in pairs if standing and authorship.recounted(standing, post) is not None]
