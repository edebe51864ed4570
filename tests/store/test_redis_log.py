import asyncio
import logging

from tests.waiting import until
from wall.store import redis_log
from wall.store.redis_log import relate, tell_from

WARNED = "812:M 12 Jun 2026 09:30:00.123 # Can't save in background: fork: Out of memory\n"
NOTICED = "812:M 12 Jun 2026 09:30:00.124 * Ready to accept connections unix\n"


def told(caplog):
    return [(record.levelname, record.getMessage(), record.part) for record in caplog.records]


def test_what_redis_wrote_is_told_at_its_level(tmp_path, caplog):
    caplog.set_level(logging.DEBUG, "redis")
    file = tmp_path / "redis.log"
    file.write_text(WARNED + NOTICED + "odd\n812:M half a li")

    place = tell_from(file, 0)

    assert told(caplog) == [
        ("WARNING", "Can't save in background: fork: Out of memory", "redis"),
        ("INFO", "Ready to accept connections unix", "redis"),
        ("INFO", "odd", "redis"),
    ]
    assert place == len(WARNED + NOTICED + "odd\n")


def test_a_file_that_began_anew_is_read_from_its_beginning(tmp_path, caplog):
    file = tmp_path / "redis.log"
    file.write_text(WARNED)

    assert tell_from(file, 10_000) == len(WARNED)
    assert tell_from(tmp_path / "none", 10_000) == 0
    assert len(told(caplog)) == 1


async def test_only_what_is_added_is_told(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(redis_log, "EVERY_SECONDS", 0.01)
    file = tmp_path / "redis.log"
    file.write_text(WARNED)
    relating = asyncio.create_task(relate(file))
    await asyncio.sleep(0)
    with file.open("a") as more:
        more.write(WARNED.replace("fork", "again"))

    await until(lambda: caplog.records)
    relating.cancel()

    assert told(caplog) == [("WARNING", "Can't save in background: again: Out of memory", "redis")]
