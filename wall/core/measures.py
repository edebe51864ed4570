"""What a process counts of itself, as values, and how they are written for Prometheus (text format 0.0.4)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

LAG_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
REDIS_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number for each set of labels: one that only grows, or a gauge of what is now."""

    name: str
    help: str
    labels: tuple[str, ...] = ()
    kind: Literal["counter", "gauge"] = "counter"
    values: dict[tuple[str, ...], float] = field(default_factory=dict)

    def add(self, *labels: str, by: float = 1) -> None:
        self.values[labels] = self.values.get(labels, 0) + by

    def set(self, *labels: str, to: float) -> None:
        self.values[labels] = to

    def samples(self) -> Iterator[str]:
        values = self.values if self.values or self.labels else {(): 0}
        for labels, value in values.items():
            yield sample(self.name, zip(self.labels, labels, strict=True), value)


@dataclass(frozen=True, slots=True)
class Spread:
    """For each set of labels: how often a value was at most each bound, and the sum of all; a histogram."""

    name: str
    help: str
    bounds: tuple[float, ...]
    labels: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    totals: dict[tuple[str, ...], float] = field(default_factory=dict)
    kind: Literal["histogram"] = "histogram"

    def __post_init__(self) -> None:
        if not self.labels:
            self.observe(0.0, times=0)

    def observe(self, value: float, *labels: str, times: int = 1) -> None:
        counts = self.counts.get(labels)
        if counts is None:
            counts = self.counts[labels] = [0] * (len(self.bounds) + 1)
            self.totals[labels] = 0.0
        counts[bisect_left(self.bounds, value)] += times
        self.totals[labels] += value * times

    def samples(self) -> Iterator[str]:
        for labels, counts in self.counts.items():
            named = list(zip(self.labels, labels, strict=True))
            reached = 0
            for bound, count in zip((*map(str, self.bounds), "+Inf"), counts, strict=True):
                reached += count
                yield sample(f"{self.name}_bucket", [*named, ("le", bound)], reached)
            yield sample(f"{self.name}_sum", named, self.totals[labels])
            yield sample(f"{self.name}_count", named, reached)


class StoreMeasures:
    """What the store counts, in whichever process it is open."""

    def __init__(self) -> None:
        self.seconds = Spread(
            "wall_redis_seconds",
            "From a question to Redis until its answer, waiting for a connection among it.",
            REDIS_SECONDS,
        )
        self.failures = Tally("wall_redis_failures_total", "Questions that Redis did not answer.")
        self.decisions = Tally(
            "wall_decisions_total",
            "Decisions about posts that were carried out, or came too late.",
            ("kind", "outcome"),
        )

    def all(self) -> list[Tally | Spread]:
        return list(vars(self).values())


class Measures:
    """Everything that one web process counts."""

    def __init__(self) -> None:
        self.store = StoreMeasures()
        self.requests = Tally(
            "wall_requests_total",
            "Requests answered, by the kind of page, whether they read or write, and the class of status.",
            ("class", "act", "status"),
        )
        self.request_seconds = Spread(
            "wall_request_seconds", "From a request until its answer began.", LAG_SECONDS, ("class",)
        )
        self.streams = Tally("wall_streams", "Streams open now.", ("road", "role"), "gauge")
        self.refused = Tally(
            "wall_streams_refused_total", "Streams refused at the door, by the bound that was met.", ("cause",)
        )
        self.ended = Tally(
            "wall_streams_ended_total", "Streams that ended, by who or what ended them.", ("road", "cause")
        )
        self.deliveries = Tally("wall_deliveries_total", "Updates written to viewers.", ("road",))
        self.coalesced = Tally(
            "wall_updates_coalesced_total", "Updates that went out in the frame of another.", ("road",)
        )
        self.writes = Tally("wall_writes_total", "Writes to viewers' sockets, beats among them.", ("road",))
        self.violations = Tally(
            "wall_stream_violations_total", "Streams that broke the websocket protocol, by how.", ("cause",)
        )
        self.heads = Tally(
            "wall_heads_refused_total",
            "Connections that did not say what they wanted in time or in brief.",
            ("cause",),
        )
        self.lag = Spread(
            "wall_lag_seconds",
            "From an update's publication to its write to a viewer; the highest bucket is the last viewer.",
            LAG_SECONDS,
        )
        self.resyncs = Tally(
            "wall_resyncs_total",
            "Readers told to fetch a new snapshot, by what was wrong with their cursor.",
            ("cause",),
        )
        self.catch_ups = Tally("wall_hub_catch_ups_total", "Times the hub read a feed because a message was lost.")
        self.losses = Tally("wall_redis_losses_total", "Times the hub lost its connection to Redis.")
        self.caught_up = Tally("wall_hub_caught_up", "Whether the hub reached Redis last time.", (), "gauge")
        self.channels = Tally("wall_hub_feeds", "Feeds that the hub follows.", (), "gauge")
        self.answers = Tally(
            "wall_feed_answers_total",
            "Answers of the JSON feed, by what was asked and the status.",
            ("asked", "status"),
        )
        self.stumbles = Tally(
            "wall_scenes_failed_total", "Scenes that could not be shown and were passed over.", ("kind",)
        )
        self.webhooks = Tally("wall_webhooks_total", "Messages to webhooks, by what came of them.", ("outcome",))
        self.pushes = Tally("wall_pushes_total", "Messages to push services, by what came of them.", ("outcome",))
        self.letters = Tally("wall_letters_total", "Letters to staff, by what came of them.", ("outcome",))
        self.sign_ins = Tally(
            "wall_sign_ins_total", "Tries of staff to sign in, by how and what came of them.", ("way", "outcome")
        )
        self.built = Tally("wall_feed_bodies_total", "Bodies of the JSON feed that were built and compressed.")

    def delivered(self, road: str, updates: int, *, lag: float, viewers: int = 1) -> None:
        """Count updates written together to viewers, `lag` seconds after the newest was published."""
        self.deliveries.add(road, by=updates * viewers)
        if updates > 1:
            self.coalesced.add(road, by=(updates - 1) * viewers)
        self.lag.observe(max(0.0, lag), times=viewers)

    def all(self) -> list[Tally | Spread]:
        own = [measure for measure in vars(self).values() if measure is not self.store]
        return [*own, *self.store.all()]


def exposition(measures: Iterable[Tally | Spread]) -> str:
    """Return the measures as Prometheus reads them."""
    lines = []
    for measure in measures:
        lines.append(f"# HELP {measure.name} {measure.help}")
        lines.append(f"# TYPE {measure.name} {measure.kind}")
        lines.extend(measure.samples())
    return "\n".join(lines) + "\n"


def sample(name: str, labels: Iterable[tuple[str, str]], value: float) -> str:
    inner = ",".join(f'{label}="{escaped(text)}"' for label, text in labels)
    return f"{name}{{{inner}}} {value}" if inner else f"{name} {value}"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
