"""The form of how people take part in an event, and the words of what was turned away."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from wall.config import Config
from wall.core.participation import (
    CHECKS,
    CONSEQUENCES,
    LONGEST_WORDS,
    MOST_SLOW,
    WHO,
    Check,
    Participation,
    Who,
)
from wall.core.text import clean
from wall.core.words import _
from wall.errors import InvalidInput
from wall.store.turned_away import Cause
from wall.web.event_form import one_of, parse_number
from wall.web.when import ago

CHECK_WORDS: dict[Check, str] = {
    "off": _("Never"),
    "auto": _("While very many newcomers come within minutes, those in the room left out"),
    "on": _("Always: everybody, once"),
}
MISSING = {
    "mail": _(
        "No mail server is set for this installation (WALL_MAIL_URL and WALL_MAIL_FROM), so no link can be sent."
    ),
    "oidc": _("Nowhere to sign in is set for this installation (WALL_OIDC_ISSUER and WALL_OIDC_CLIENT)."),
}
CAUSES = {
    "nobody": _("Wrote or voted while nobody may"),
    "cookie": _("Without a cookie of ours"),
    "room": _("Did not scan a code in the room"),
    "mail": _("Without a link from their e-mail"),
    "code": _("Without a ticket code"),
    "oidc": _("Not signed in"),
    "address": _("Too many newcomers from one address"),
    "check": _("Did not pass the check"),
    "failed": _("Failed the check"),
    "guess": _("Entered a code that there is not"),
    "locked": _("Wrote while it was locked"),
    "slow": _("Too soon, in slow mode"),
    "pace": _("Wrote too often, one person"),
    "pace address": _("Wrote too often, one address"),
    "pace event": _("Too many posts at once, everybody together"),
}


def parse_participation(values: Mapping[str, str], before: Participation, config: Config) -> Participation:
    """Return who may take part as filled in; raises InvalidInput naming the field. Locks stay as they are."""
    who = cast(Who, one_of(WHO, values.get("who", ""), field="who"))
    if who not in possible(config):
        raise InvalidInput(MISSING[who], field="who")
    question, answer = (words_of(values, name) for name in ("question", "answer"))
    if bool(question) != bool(answer):
        raise InvalidInput(_("A question wants an answer, and an answer a question."), field="answer")
    return replace(
        before,
        who=who,
        slow_seconds=parse_number(values, "slow_seconds", before.slow_seconds, 0, MOST_SLOW),
        lock_words=words_of(values, "lock_words"),
        check=cast(Check, one_of(CHECKS, values.get("check", ""), field="check")),
        question=question,
        answer=answer,
    )


def words_of(values: Mapping[str, str], name: str) -> str:
    return clean(" ".join(values.get(name, "").split()), limit=LONGEST_WORDS, lines=1)


def possible(config: Config) -> tuple[Who, ...]:
    """Return what this installation is set up for."""
    missing = {"mail": not config.mail_url, "oidc": not config.oidc_issuer}
    return tuple(who for who in WHO if not missing.get(who))


def participation_section(
    participation: Participation, config: Config, causes: Iterable[Cause], now: datetime
) -> dict[str, Any]:
    """Return what the section of an event's page about taking part shows."""
    can = possible(config)
    return {
        "values": {
            "who": participation.who,
            "slow_seconds": str(participation.slow_seconds),
            "lock_words": participation.lock_words,
            "check": participation.check,
            "question": participation.question,
            "answer": participation.answer,
        },
        "choices": [
            {"who": who, "words": CONSEQUENCES[who], "missing": "" if who in can else MISSING[who]} for who in WHO
        ],
        "checks": CHECK_WORDS,
        "locked": participation.locked,
        "turned_away": [
            {
                "words": CAUSES.get(one.why, one.why),
                "count": one.count,
                "last": ago(datetime.fromtimestamp(one.last, UTC), now),
            }
            for one in causes
        ],
    }
