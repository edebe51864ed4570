"""“Ready” or “not ready, because”: each figure against a bound that is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.dress_rehearsal.measured import Measured, percentile
from wall.dress_rehearsal.plan import Plan

POST_SECONDS = 2.0
RETRACTION_SECONDS = 1.0
CONFIRM_SECONDS = 1.0
REDIS_SECONDS = 0.25
BACK_SECONDS = 30.0
WEB_BYTES = 1_500_000_000
REASONS = {
    "posts that were not taken in": "look at the source on the organiser's page, and whether an ingest worker runs",
    "posts somebody did not see": "look at wall_resyncs_total and at the line between the wall and Redis",
    "updates lost": "a viewer was never told of something: this is a fault of ours, report it",
    "updates repeated": "a viewer was told the same twice: this is a fault of ours, report it",
    "shown without approval": "stop: something reached viewers that nobody let through; report it",
    "viewers left behind": "they came back too late or not at all: look at WALL_MAX_STREAMS_PER_ADDRESS and the proxy",
    "decisions never confirmed": "Redis or every web process was away for too long",
    "until viewers are back": "start another web process; see docs/operations.md",
    "from the decision to viewers, p99": "too many viewers for these web processes: start another one",
    "from the removal to viewers, p99": "too many viewers for these web processes: start another one",
    "from panic to viewers": "too many viewers for these web processes: start another one",
    "decision confirmed, p99": "Redis is slow: run “backchannel doctor”",
    "Redis confirms a write, p99": "the disk is slow: run “backchannel doctor”",
    "memory of a web process": "start another one, and spread the viewers",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is, how it came out and what it may be, in words and as numbers; None for not measured."""

    name: str
    value: float | None
    bound: float | None
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value is None or self.bound is None or self.value <= self.bound

    @property
    def because(self) -> str:
        return REASONS.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a rehearsal came out. `troubles` are what kept it from being one."""

    plan: Plan
    lines: Sequence[Line]
    troubles: Sequence[str]
    faults: Sequence[tuple[float, str]]

    @property
    def ready(self) -> bool:
        return not self.troubles and all(line.met for line in self.lines)

    @property
    def because(self) -> list[str]:
        """Return why not, each reason in a sentence."""
        return [
            *self.troubles,
            *(
                f"{line.name}: {shown(line.value, line.unit)}, at most {shown(line.bound, line.unit)} — {line.because}."
                for line in self.lines
                if not line.met
            ),
        ]


def outcome(plan: Plan, measured: Measured) -> Outcome:
    """Return how a rehearsal came out; times that a fault explains are left out, and nothing else is."""
    posted, removed = measured.quiet(measured.posted), measured.quiet(measured.removed)
    curtains = measured.quiet(measured.curtains)
    confirmed, redis = measured.quiet(measured.confirmed), measured.quiet(measured.redis)
    lines = [
        Line("viewers", measured.viewers, None),
        Line("posts that came", measured.expected, None),
        Line("posts of the raid", measured.raid, None),
        Line("posts that were let through", measured.approved, None),
        Line("posts that were not taken in", measured.expected + measured.raid - measured.taken_in, 0),
        Line("posts somebody did not see", measured.approved - measured.seen_by_all, 0),
        Line("updates lost", measured.lost, 0),
        Line("updates repeated", measured.repeated, 0),
        Line("shown without approval", measured.leaked, 0),
        Line("viewers left behind", measured.behind, 0),
        Line("decisions never confirmed", measured.unconfirmed, 0),
        Line("times that viewers came back", measured.reconnects, None),
        Line("times that they had to start over", measured.resyncs, None),
        Line("until viewers are back", max(measured.back, default=None), BACK_SECONDS, "s"),
        Line("from the decision to viewers, p50", percentile(posted, 50), None, "s"),
        Line("from the decision to viewers, p95", percentile(posted, 95), None, "s"),
        Line("from the decision to viewers, p99", percentile(posted, 99), POST_SECONDS, "s"),
        Line("from the removal to viewers, p99", percentile(removed, 99), RETRACTION_SECONDS, "s"),
        Line("decision confirmed, p99", percentile(confirmed, 99), CONFIRM_SECONDS, "s"),
        Line("Redis confirms a write, p99", percentile(redis, 99), REDIS_SECONDS, "s"),
        Line("from panic to viewers", max(curtains, default=None), RETRACTION_SECONDS, "s"),
        Line("memory of a web process", measured.memory.get("web"), WEB_BYTES, "B"),
        Line("memory of an ingest worker", measured.memory.get("ingest"), None, "B"),
    ]
    troubles = list(measured.troubles)
    if not measured.approved:
        troubles.append("No post reached the wall, so nothing was rehearsed.")
    elif not posted:
        troubles.append("No post came far enough from a fault to be timed: rehearse for longer.")
    if plan.panic and len(measured.curtains) < measured.viewers:
        troubles.append("The curtain that was drawn did not reach every viewer.")
    return Outcome(plan, lines, troubles, measured.faults)


def shown(value: float | None, unit: str) -> str:
    """Return a figure as people read it."""
    if value is None:
        return "not measured"
    if unit == "s":
        return f"{value * 1000:,.0f} ms" if value < 10 else f"{value:,.0f} s"
    if unit == "B":
        return f"{value / 1e6:,.0f} MB"
    return f"{value:,.0f}"
