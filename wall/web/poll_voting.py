"""How a ballot comes in: its words judged by the event's rules, its crowd told by a hash that nobody can read back."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from starlette.requests import Request

from wall.core.ballot import Ballot, ballot
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.modes import Mode
from wall.core.participant import Participant
from wall.core.poll_results import WordState
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources import form
from wall.web.doors import whence
from wall.web.known import known
from wall.web.state import State, state

MOST_CHANGES = 20
MINUTE = 60
NEW_SECONDS = 600
"""How long after its cookie was made a browser counts as new; who throws cookies away votes with new ones only."""
LETS_WORDS_THROUGH: Mode = "hold the suspicious"
"""In every other mode new words wait for a moderator, for nobody who takes part without an account is trusted."""


async def cast(request: Request, event: Event, id: str, who: Participant, given: Sequence[str]) -> None:
    """Count a ballot. Raises NotFound, InvalidInput, or ChangedMeanwhile when the poll takes none, all in words."""
    polls = state(request)["store"].polls
    read = await polls.read(event.slug, id)
    made = ballot(read[0], given)
    await polls.cast(
        event.slug,
        id,
        who.id,
        lambda stands: ballot(stands, given),
        states=await judged(state(request), event, who, made) if made.said else None,
        crowd=await crowd_of(request, event, id),
        read=read,
    )


async def judged(services: State, event: Event, who: Participant, made: Ballot) -> Mapping[str, WordState]:
    """Return how words stand that nobody wrote before: those pass that rules and mode let through."""
    now = services["now"]()
    # Rules are a lot of work for who only changes their words again and again.
    limits = services["store"].limits
    if not await limits.allow(f"{event.slug} words {who.id}", most=MOST_CHANGES, seconds=MINUTE):
        raise InvalidInput(
            _("You changed your words very often. Wait a minute, then send them again."), field="choice"
        )
    posts = [
        form.parse("", said, who.id, event, now, f"poll-{who.id}-{place}")
        for place, said in enumerate(made.said.values())
    ]
    verdicts = await services["acceptor"].by_rules(event.slug, posts)
    passes = event.holding(now).mode == LETS_WORDS_THROUGH
    stands: dict[Status | None, WordState] = {
        None: "shown" if passes else "waiting",
        Status.REJECTED: "struck",
        Status.WAITING: "waiting",
    }
    return {folded: stands[verdict] for folded, verdict in zip(made.said, verdicts, strict=True)}


async def crowd_of(request: Request, event: Event, poll_id: str) -> str:
    """Return what ballots of new browsers have in common that come from one address within a minute.

    A hash with the event's secret; "" for a browser that was here before, or whose person showed who they are.
    """
    services = state(request)
    now = services["now"]().timestamp()
    own = None if event.circle else await known(request, event)
    if request.client is None or own is None or own.proof or now - own.made > NEW_SECONDS:
        return ""
    minute = int(now) // MINUTE
    secret = await services["seal"].secret(event.slug)
    words = f"crowd {event.slug} {poll_id} {minute} {whence(request)}"
    return hmac.new(secret, words.encode(), hashlib.sha256).hexdigest()[:16]
