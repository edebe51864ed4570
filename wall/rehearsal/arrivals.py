"""When posts arrive: in bursts as at a real conference, and never more at once than its busiest minute."""

import heapq
import re
from collections import Counter
from collections.abc import Sequence
from random import Random

from wall.rehearsal.programme import Session
from wall.rehearsal.script import Said

MOST_A_MINUTE = 9
MOST_A_SECOND = 3
LEAD = 3.0
_WORD = re.compile(r"\w{5,}")
_COMMON = frozenset(
    (
        "question",
        "their",
        "there",
        "about",
        "which",
        "would",
        "where",
        "these",
        "people",
        "after",
        "first",
        "every",
    )
)


def moment(text: str, session: Session, said: Sequence[Said], random: Random) -> float:
    """Return when somebody would write this: a question near the end, a remark after what it speaks of."""
    length = session.end - session.start
    if text.startswith("Question"):
        return session.start + random.uniform(0.7, 0.93) * length
    if spoken := _spoken_of(text, said):
        return session.start + spoken.minute * 60 + random.uniform(15, 110)
    clapped = [one.minute * 60 for one in said if one.clapped]
    dice = random.random()
    if clapped and dice < 0.35:
        return session.start + random.choice(clapped) + random.expovariate(1 / 60)
    if dice < 0.5:
        return session.end - random.uniform(-120, 240)
    return session.start + random.uniform(0.15, 0.97) * length


def spread(times: Sequence[float], after: Sequence[int | None]) -> list[float]:
    """Return times from the start, where no minute or second holds too many, and no answer precedes its post.

    `after` names, for each time, the index of the post that it has to follow.
    """
    minutes, seconds, placed = Counter[int](), Counter[int](), dict[int, float]()
    begin = min(times) - LEAD
    waiting = [(time - begin, index) for index, time in enumerate(times)]
    heapq.heapify(waiting)
    while waiting:
        time, index = heapq.heappop(waiting)
        before = after[index]
        if before is not None and before not in placed:
            heapq.heappush(waiting, (time + 10, index))
        elif before is not None and time < placed[before] + 5:
            heapq.heappush(waiting, (placed[before] + 5 + index % 7, index))
        elif minutes[int(time // 60)] >= MOST_A_MINUTE:
            heapq.heappush(waiting, (time + 60, index))
        elif seconds[int(time)] >= MOST_A_SECOND:
            heapq.heappush(waiting, (time + 1, index))
        else:
            minutes[int(time // 60)] += 1
            seconds[int(time)] += 1
            placed[index] = time
    return [placed[index] for index in range(len(times))]


def _spoken_of(text: str, said: Sequence[Said]) -> Said | None:
    words = set(_WORD.findall(text.lower())) - _COMMON
    best, most = None, 0
    for one in said:
        shared = len(words & set(_WORD.findall(f"{one.quote} {one.note}".lower())))
        if shared > most:
            best, most = one, shared
    return best if most >= 2 or (most and len(words) <= 6) else None
