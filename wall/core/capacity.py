"""What so many viewers and posts ask for: sums over figures that were measured, each with its source."""

from dataclasses import dataclass
from math import ceil

SCALE = "docs/scale.md"
PERFORMANCE = "docs/performance.md"
RUN = "bench/capacity.py"
MICRO = 1e-6


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was measured, in words, and where that is written down or done again."""

    value: float
    unit: str
    what: str
    source: str


DELIVERY = Figure(10.9, "µs", "one update to one viewer, on a websocket", f"{SCALE}, D")
IN_BURST = Figure(1.4, "µs", "the same, in a burst of ten", f"{SCALE}, B")
HANDSHAKE = Figure(62, "µs", "a viewer who comes back with a ticket", f"{SCALE}, H")
FRAME = Figure(1400, "bytes", "one update on the wire", f"{SCALE}, F")
CONNECTION = Figure(0.4, "KB", "memory of an open websocket", f"{SCALE}, M")
PAGE = Figure(1500, "µs", "the live page, drawn for who arrives", f"{SCALE}, P")
PAGE_BYTES = Figure(7000, "bytes", "the live page, without styles and pictures", f"{SCALE}, P")
PAGE_REDIS = Figure(60, "µs", "Redis, for that page", f"{SCALE}, P")
ACCEPT = Figure(634, "µs", "a post taken in by itself, by an ingest worker", f"{PERFORMANCE}, taking posts in")
PICTURE = Figure(150_000, "bytes", "a picture in its two sizes", "docs/keeping.md, 3,000 of them")
EACH_WEB = Figure(3200, "µs", "an update, in each web process, before anybody is told", RUN)
IDLE_WEB = Figure(0.018, "cores", "a web process that nobody asks anything", RUN)
IDLE_REDIS = Figure(0.006, "cores", "Redis, for one web process and one worker", RUN)
EACH_REDIS = Figure(1200, "µs", "Redis, for a post that comes onto the wall", RUN)
COMMANDS = Figure(60, "commands", "asked of Redis for a post, those of scripts among them", RUN)
IDLE_COMMANDS = Figure(115, "a second", "asked of Redis by one web process and one worker", RUN)
WEB_MEMORY = Figure(72, "MB", "memory of a web process", RUN)
INGEST_MEMORY = Figure(51, "MB", "memory of an ingest worker", RUN)
REDIS_MEMORY = Figure(3.5, "kB", "a post in Redis", RUN)
REDIS_DISK = Figure(4.5, "kB", "a post in Redis's log on the disk", RUN)
FIGURES = (
    DELIVERY, IN_BURST, HANDSHAKE, FRAME, CONNECTION, PAGE, PAGE_BYTES, PAGE_REDIS, ACCEPT, PICTURE, EACH_WEB, IDLE_WEB,
    IDLE_REDIS, EACH_REDIS, COMMANDS, IDLE_COMMANDS, WEB_MEMORY, INGEST_MEMORY, REDIS_MEMORY, REDIS_DISK,
)  # fmt: skip

STREAMS = 20_000
"""Viewers of one process: WALL_MAX_STREAMS."""
BEAT_SECONDS = 10
ARRIVAL_SECONDS = 300
BURST = 10
BUSY = 0.5
"""How much of a core a process may be asked for, so that there is room for what was not thought of."""
LINE = 700
"""Mbit/s that a machine's line of 1 Gbit/s carries without trouble."""
CORES = 2
"""Cores of a machine."""
PICTURED = 0.3
REWRITTEN = 2
"""While Redis writes its log anew, both are there; and memory is copied as far as it changes meanwhile."""
ASSUMPTIONS = (
    "Every post comes onto the wall, and viewers and posts are spread evenly over the events.",
    "Everybody is on a websocket; server-sent events take four times the processor, polling see docs/scale.md.",
    f"All arrive within {ARRIVAL_SECONDS // 60} minutes; now and then {BURST} posts come at once.",
    f"A process is asked for {BUSY:.0%} of a core at most, and one more of each kind is there to take over.",
    f"A machine has {CORES} cores and 1 Gbit/s.",
    f"{PICTURED:.0%} of posts have a picture.",
    "The figures were measured on a busy virtual machine, loopback included: take the result as ± 30 %.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is expected: viewers at once, posts an hour and for how many hours, over how many events."""

    viewers: int
    posts_per_hour: float
    events: int = 1
    hours: float = 8.0

    @property
    def rate(self) -> float:
        """Posts a second, of all events together."""
        return self.posts_per_hour / 3600

    @property
    def told(self) -> float:
        """Updates written to viewers, a second."""
        return self.rate * self.viewers / self.events


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What that asks for. Cores are of all processes of a kind together, megabytes of each."""

    web_processes: int
    web_cores: float
    arrival_cores: float
    burst_seconds: float
    return_seconds: float
    ingest_workers: int
    ingest_cores: float
    machines: int
    redis_cores: float
    redis_commands: float
    web_megabytes: float
    ingest_megabytes: float
    redis_megabytes: float
    megabits: float
    arrival_megabits: float
    disk_megabytes: float

    @property
    def cores(self) -> float:
        return self.web_cores + self.arrival_cores + self.ingest_cores + self.redis_cores


def web_cores(day: Day, processes: int) -> float:
    """Return what web processes are asked for while everybody is there: posts, beats, and being there at all."""
    written = day.told + day.viewers / BEAT_SECONDS
    return processes * (IDLE_WEB.value + day.rate * EACH_WEB.value * MICRO) + written * DELIVERY.value * MICRO


def plan(day: Day) -> Plan:
    """Return what a day asks for."""
    arriving = day.viewers / ARRIVAL_SECONDS
    arrival_cores = arriving * PAGE.value * MICRO
    each = IDLE_WEB.value + day.rate * EACH_WEB.value * MICRO
    shared = web_cores(day, 0) + arrival_cores
    needed = max(ceil(day.viewers / STREAMS), ceil(shared / max(BUSY - each, BUSY / 10)), 1)
    processes = needed + 1
    ingest_cores = day.rate * ACCEPT.value * MICRO
    workers = ceil(ingest_cores / BUSY) + 1
    megabits = day.told * FRAME.value * 8 * MICRO
    arrival_megabits = arriving * PAGE_BYTES.value * 8 * MICRO
    redis_cores = (
        processes * IDLE_REDIS.value + day.rate * EACH_REDIS.value * MICRO + arriving * PAGE_REDIS.value * MICRO
    )
    cores = web_cores(day, processes) + arrival_cores + ingest_cores + redis_cores
    posts = day.posts_per_hour * day.hours
    return Plan(
        web_processes=processes,
        web_cores=web_cores(day, processes),
        arrival_cores=arrival_cores,
        burst_seconds=BURST * day.viewers / day.events * IN_BURST.value * MICRO / needed,
        return_seconds=day.viewers * HANDSHAKE.value * MICRO / needed,
        ingest_workers=workers,
        ingest_cores=ingest_cores,
        machines=max(ceil(cores / (CORES * BUSY)), ceil((megabits + arrival_megabits) / LINE)),
        redis_cores=redis_cores,
        redis_commands=processes * IDLE_COMMANDS.value + day.rate * COMMANDS.value + arriving,
        web_megabytes=WEB_MEMORY.value + day.viewers / needed * CONNECTION.value / 1000,
        ingest_megabytes=INGEST_MEMORY.value,
        redis_megabytes=3 + REWRITTEN * posts * REDIS_MEMORY.value / 1000,
        megabits=megabits,
        arrival_megabits=arrival_megabits,
        disk_megabytes=REWRITTEN * posts * REDIS_DISK.value / 1000 + posts * PICTURED * PICTURE.value * MICRO,
    )
