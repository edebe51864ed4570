import asyncio
import socket

import pytest

from wall.supervised import pause, supervised


@pytest.fixture
def systemd(tmp_path):
    """The socket that systemd would listen on, and what it was told."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))
        sock.setblocking(False)
        yield sock


@pytest.fixture
def environment(systemd):
    return {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "150000"}


async def told(systemd):
    return (await asyncio.get_running_loop().sock_recv(systemd, 100)).decode()


async def test_systemd_is_told_when_we_are_ready_and_then_that_we_are_well(systemd, environment):
    ready = False
    async with supervised(ready=lambda: ready, environment=environment):
        before = await told(systemd)
        ready = True
        while (after := await told(systemd)) == "WATCHDOG=1":
            pass
        again = await told(systemd)

    assert (before, after, again) == ("WATCHDOG=1", "READY=1", "WATCHDOG=1")


async def test_it_is_told_that_we_leave(systemd, environment):
    async with supervised(ready=lambda: True, environment=environment):
        pass

    words = ""
    while words != "STOPPING=1":
        words = await told(systemd)


async def test_who_hangs_says_nothing(systemd, environment):
    async with supervised(ready=lambda: True, well=lambda: False, environment=environment):
        assert await told(systemd) == "READY=1"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(told(systemd), 0.3)


async def test_nobody_who_does_not_ask_is_told_anything():
    async with supervised(ready=lambda: pytest.fail("asked for nothing"), environment={}):
        await asyncio.sleep(0)


async def test_a_systemd_that_went_away_stops_nothing(environment, tmp_path):
    (tmp_path / "notify").unlink()

    async with supervised(ready=lambda: True, environment=environment):
        await asyncio.sleep(0)


@pytest.mark.parametrize(("asked", "seconds"), [("30000000", 10.0), ("3000000", 1.0), ("", 10.0), ("x", 10.0)])
def test_it_is_told_three_times_as_often_as_it_waits(asked, seconds):
    assert pause({"WATCHDOG_USEC": asked}) == seconds
