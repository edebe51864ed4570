"""What was talked about within a scope of the figures, or, of a whole event, in each session."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wall.core.ledger import EVERYTHING, Ledger, Scope
from wall.core.programme import Session
from wall.core.talk import talk
from wall.core.trends import Trend, Uttered

MOST, OF_SESSION = 12, 3
MOST_SESSIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeTalk:
    """Phrases of a scope against all else, or of each session against the others; of `heard` posts, the newest."""

    phrases: Sequence[Trend] = ()
    sessions: Sequence[tuple[str, Sequence[Trend]]] = ()
    heard: int = 0


def scope_talk(
    ledger: Ledger,
    scope: Scope,
    uttered: Mapping[str, Uttered],
    sessions: Sequence[Session],
    *,
    allows: Callable[[str], bool],
    moment: int | None = None,
) -> ScopeTalk:
    """Return what was talked about, of posts shown until a moment if one is given."""
    heard = {id: one for id, one in uttered.items() if moment is None or one.at.timestamp() <= moment}
    if scope != EVERYTHING:
        chosen = ids(ledger, scope, heard)
        return ScopeTalk(phrases=talk(heard, chosen, most=MOST, allows=allows), heard=len(heard))
    each = [(one.id, ids(ledger, Scope(session=one.id), heard)) for one in sessions[:MOST_SESSIONS]]
    found = [(id, talk(heard, chosen, most=OF_SESSION, allows=allows)) for id, chosen in each if chosen]
    return ScopeTalk(sessions=[(id, trends) for id, trends in found if trends], heard=len(heard))


def ids(ledger: Ledger, scope: Scope, heard: Mapping[str, Uttered]) -> set[str]:
    """Return which of the posts that were heard are within a scope."""
    if not heard:
        return set()
    since = int(min(one.at for one in heard.values()).timestamp())
    rows = np.flatnonzero(ledger.within(scope) & ledger.on_wall & (ledger.rows["shown"] >= since))
    return {id.decode() for id in ledger.rows["id"][rows].tolist()} & heard.keys()
