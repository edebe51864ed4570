from datetime import timedelta

from tests.cast import NOW

MINUTE = int(NOW.timestamp()) // 60 * 60


async def test_of_each_minute_the_most_is_kept(store, event):
    for seconds, number in ((0, 3), (20, 9), (40, 5), (60, 4), (120, 0)):
        await store.audience.note(event.slug, number, now=NOW + timedelta(seconds=seconds))

    assert await store.audience.minutes(event.slug) == {MINUTE: 9, MINUTE + 60: 4}
    assert await store.audience.peak(event.slug) == (MINUTE, 9)
    assert await store.audience.peak(event.slug, begins=MINUTE + 60) == (MINUTE + 60, 4)
    assert await store.audience.peak(event.slug, ends=MINUTE) is None
