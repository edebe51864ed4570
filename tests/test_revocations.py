import asyncio

from wall.revocations import Revocations

LONG_SECONDS = 60


async def test_what_was_taken_back_before_one_waits_is_not_missed():
    revocations = Revocations()
    since = revocations.count("pycon")

    revocations.hear(["pycon"])

    await revocations.of("pycon", since=since, seconds=LONG_SECONDS)


async def test_who_waits_for_one_event_is_not_woken_by_another():
    revocations = Revocations()
    waiting = asyncio.create_task(revocations.of("pycon", since=revocations.count("pycon"), seconds=LONG_SECONDS))
    others = asyncio.create_task(revocations.any(seconds=LONG_SECONDS))
    await asyncio.sleep(0)

    revocations.hear(["djangocon"])
    await others
    still = not waiting.done()
    revocations.hear(["djangocon", "pycon"])
    await waiting

    assert still


async def test_nobody_waits_for_ever():
    revocations = Revocations()

    await revocations.any(seconds=0)
    await revocations.of("pycon", since=0, seconds=0)

    assert revocations.count("pycon") == 0
