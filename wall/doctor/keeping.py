"""Whether what is decided is kept: Redis and the disk."""

from dataclasses import dataclass

from wall.doctor.finding import Finding, careful, milliseconds, ok, worst_of_hundred, wrong
from wall.store.condition import Condition

OLDEST = (6, 2)
CAREFUL_SECONDS = 0.05
WRONG_SECONDS = 0.5
CAREFUL_SHARE, WRONG_SHARE = 0.7, 0.95
CAREFUL_BYTES, WRONG_BYTES = 2_000_000_000, 200_000_000
SLOW = "Put the data on a local disk (SSD), and nothing else that writes much on the same one."
CONFIGURE = "Set it in redis.conf and start Redis again; docs/operations.md says which settings it needs."


@dataclass(frozen=True, slots=True)
class Disk:
    """The folder that data is kept in. `syncs` is how long a small write took until it was on the disk; `refusal` why
    none could be made; `open_to` the permission bits by which others may look in."""

    folder: str
    free: int
    syncs: tuple[float, ...]
    refusal: str = ""
    open_to: int = 0


def redis(condition: Condition) -> list[Finding]:
    """Judge Redis by what it says of itself, and by how fast it confirms."""
    return [version(condition), kept(condition), evicted(condition), latency(condition), memory(condition)]


def unreachable(why: str) -> Finding:
    return wrong(
        "Redis", why, "Start Redis, or mend WALL_REDIS_URL; “backchannel check” prints where that comes from."
    )


def version(condition: Condition) -> Finding:
    numbers = tuple(int(part) for part in condition.version.split(".")[:2] if part.isdecimal())
    if numbers < OLDEST:
        return wrong(
            "Redis version", f"It is {condition.version}.", "Run Redis 6.2 or newer (7 is best), or Valkey."
        )
    return ok("Redis version", f"It is {condition.version} ({condition.mode}).")


def kept(condition: Condition) -> Finding:
    """Judge whether a confirmed decision survives the loss of power."""
    name = "Redis keeps what it confirms"
    if condition.appendonly is None:
        return careful(
            name, "This Redis does not tell how it is set.", "It needs appendonly yes and appendfsync always."
        )
    if condition.appendonly != "yes":
        return wrong(name, "It keeps no log (appendonly no): all since the last snapshot goes with it.", CONFIGURE)
    if condition.appendfsync != "always":
        return wrong(
            name,
            f"It writes its log {condition.appendfsync} (appendfsync): decisions that were confirmed may be lost.",
            f"It has to be appendfsync always. {CONFIGURE}",
        )
    return ok(name, "Every write is on the disk before it is confirmed (appendfsync always).")


def evicted(condition: Condition) -> Finding:
    name = "Redis forgets nothing"
    if condition.policy is None:
        return careful(
            name, "This Redis does not tell what it does when it is full.", "See that it has noeviction."
        )
    if condition.policy != "noeviction":
        return wrong(
            name,
            f"When it is full, it throws posts away (maxmemory-policy {condition.policy}).",
            f"It has to be maxmemory-policy noeviction. {CONFIGURE}",
        )
    return ok(name, "When it is full it refuses, and forgets nothing (noeviction).")


def latency(condition: Condition) -> Finding:
    worst = worst_of_hundred(condition.writes)
    found = f"99 of 100 writes are confirmed within {milliseconds(worst)} ({len(condition.writes)} made)."
    if worst > WRONG_SECONDS:
        return wrong("Redis latency", found, SLOW)
    if worst > CAREFUL_SECONDS:
        return careful("Redis latency", found, SLOW)
    return ok("Redis latency", found)


def memory(condition: Condition) -> Finding:
    used = f"{condition.used / 1e6:,.0f} MB are in use"
    if not condition.limit:
        return ok("Redis memory", f"{used}, and no limit is set.")
    share = condition.used / condition.limit
    found = f"{used}, {share:.0%} of what it may have."
    if share > CAREFUL_SHARE:
        judged = wrong if share > WRONG_SHARE else careful
        return judged("Redis memory", found, "Raise maxmemory, or export old events and erase them.")
    return ok("Redis memory", found)


def disk(facts: Disk) -> list[Finding]:
    """Judge the data folder: may it be written, by whom, how fast, and how much longer."""
    if facts.refusal:
        return [
            wrong(
                "disk",
                f"{facts.folder} cannot be written: {facts.refusal}.",
                "Make room there or give it to the user the wall runs as; or name another folder by WALL_DATA_DIR.",
            )
        ]
    found = [ok("disk", f"{facts.folder} can be written."), space(facts), speed(facts)]
    if facts.open_to:
        found.append(
            careful(
                "disk permissions",
                f"Other users of this machine may read or change what is kept in {facts.folder}.",
                f"chmod -R go= {facts.folder}",
            )
        )
    return found


def space(facts: Disk) -> Finding:
    found = f"{facts.free / 1e9:,.1f} GB are free."
    if facts.free < CAREFUL_BYTES:
        judged = wrong if facts.free < WRONG_BYTES else careful
        return judged("disk space", found, "Make room: on a full disk nobody can decide anything.")
    return ok("disk space", found)


def speed(facts: Disk) -> Finding:
    worst = worst_of_hundred(facts.syncs)
    found = f"99 of 100 writes are on the disk within {milliseconds(worst)} (fsync)."
    if worst > CAREFUL_SECONDS:
        judged = wrong if worst > WRONG_SECONDS else careful
        return judged("disk speed", found, SLOW)
    return ok("disk speed", found)
