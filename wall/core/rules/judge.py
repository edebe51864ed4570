"""What the rules conclude about a post on its arrival: into the queue, aside, or past the queue if the mode says so."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Post
from wall.core.question import KIND as QUESTION
from wall.core.rules.kinds import KINDS, described
from wall.core.rules.rule import Chain, Facts, Rule
from wall.core.rules.words import Found, TooLong, Words
from wall.core.suspicion import suspicions
from wall.core.words import _

CHAINS_KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """A rule that a post fell under, and by what, in words.

    `error` says why the rule could not be tried instead, `found` which entry of a word list it was.
    """

    rule: Rule
    what: str
    error: str | None = None
    found: Found | None = None

    @property
    def reason(self) -> str:
        return f"{named(self.rule)}: {self.what}."


def judge(event: Event, chain: Chain, post: Post, facts: Facts, *, trusted: bool, now: datetime) -> Verdict:
    """Return where a new or edited post goes: where the first rule that catches it says, else where the mode does.

    `trusted` says that its author is trusted; it counts only while the event's mode says so. A rule that
    fails sends the post to the queue: what was not looked through is not let through.
    """
    if not chain.readable:
        return Verdict(reason="The rules of this event cannot be read, so everything waits.")
    caught = first_caught(chain, post, facts, now)
    if caught is None or (caught.rule.effect == "skip" and not caught.error):
        return by_mode(event, post, facts, trusted=trusted, now=now, skipped=caught)
    rejected = caught.rule.effect == "reject" and not caught.error
    return Verdict(
        status=Status.REJECTED if rejected else Status.WAITING,
        reason=caught.reason,
        rule=caught.rule.id,
        rule_name=str(named(caught.rule)),
        error=caught.error,
    )


def by_rules(chain: Chain, post: Post, facts: Facts, now: datetime) -> Status | None:
    """Return where the rules alone send a post, or None where they leave it to others; what fails waits."""
    if not chain.readable:
        return Status.WAITING
    caught = first_caught(chain, post, facts, now)
    if caught is None or (caught.rule.effect == "skip" and not caught.error):
        return None
    return Status.REJECTED if caught.rule.effect == "reject" and not caught.error else Status.WAITING


def by_mode(
    event: Event, post: Post, facts: Facts, *, trusted: bool, now: datetime, skipped: Caught | None = None
) -> Verdict:
    """Return where a post goes that no rule stops, as the mode has it that holds now."""
    rule = skipped.rule.id if skipped else None
    mode = event.holding(now).mode
    if post.forgeable:
        return Verdict(
            reason="Anybody can write in its author's name this way, so a person has to look.", rule=rule
        )
    if post.sensitive:
        return Verdict(reason="Marked as sensitive by its author.", rule=rule)
    if post.source.kind == QUESTION and event.questions == "open":
        return Verdict(status=Status.APPROVED, reason="Questions are open.", rule=rule)
    if trusted and mode != "everything waits":
        return Verdict(status=Status.APPROVED, reason="Its author is trusted.", rule=rule)
    if mode == "hold the suspicious":
        found = suspicions(post, facts.trust, event.match(post))
        return Verdict(reason=" ".join(found), rule=rule) if found else Verdict(status=Status.APPROVED, rule=rule)
    if mode == "open with delay":
        if facts.trust.against:
            return Verdict(reason="An earlier post by its author was removed or rejected for cause.", rule=rule)
        return Verdict(delay=event.modes.delay_seconds, rule=rule)
    return Verdict(rule=rule)


def first_caught(chain: Chain, post: Post, facts: Facts, now: datetime) -> Caught | None:
    """Return the first rule that catches a post, or that cannot be tried, of those that count now."""
    found: dict[str, Found] | None = None
    for rule in chain.rules:
        if not rule.counts(now):
            continue
        try:
            if rule.kind != "words":
                what = KINDS[rule.kind].check(rule, post, facts)
            else:
                found = compiled(chain).found(post) if found is None else found
                what = described(found[rule.id]) if rule.id in found else None
            word = found.get(rule.id) if found and rule.kind == "words" else None
        except TooLong:
            return Caught(rule=rule, what="it is too long to look through", error="too long")
        except Exception as error:
            # Unnamed on purpose: one that is not caught would stop its source for good, or let the post through.
            return Caught(rule=rule, what="this rule failed, so a person has to look", error=repr(error))
        if what:
            return Caught(rule=rule, what=what, found=word)
    return None


def prepare(chain: Chain) -> None:
    """Compile what a chain looks for, which thousands of words make slow, so that no post has to wait for it."""
    compiled(chain)


@lru_cache(maxsize=CHAINS_KEPT)
def compiled(chain: Chain) -> Words:
    return Words([rule for rule in chain.rules if rule.kind == "words" and rule.on])


def named(rule: Rule) -> str:
    """Return what moderators call a rule: its kind, and its own name if it has one."""
    title = KINDS[rule.kind].title if rule.kind in KINDS else _("A rule of an unknown kind")
    return _("%(kind)s “%(name)s”", kind=title, name=rule.name) if rule.name else title
