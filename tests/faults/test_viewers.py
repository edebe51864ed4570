import asyncio
from datetime import UTC, datetime

from tests.cast import a_post
from tests.faults.viewers import watching
from tests.program import running
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
POSTS = 90


async def test_a_viewer_is_told_each_update_once_and_in_order_whatever_is_killed(program):
    """G5: twenty viewers, web and Redis killed in turns while posts come onto the wall."""
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        begin = str(await store.feeds.tip(EVENT.slug, "public"))
        async with watching(f"{program.url}/{EVENT.slug}", begin, number=20) as viewers:
            await until(lambda: all(viewer.connections for viewer in viewers))

            showing = asyncio.create_task(show(store, POSTS))
            for part in ("web", "redis", "web"):
                await program.kill_part(part)
            await showing

            await until(lambda: all(viewer.offsets and viewer.offsets[-1] == POSTS for viewer in viewers))
            assert [viewer.offsets for viewer in viewers] == [list(range(1, POSTS + 1))] * len(viewers)
            assert {viewer.resyncs for viewer in viewers} == {0}
            assert min(viewer.connections for viewer in viewers) > 1


async def show(store, number):
    """Put posts on the wall one by one, each until Redis has taken it."""
    for post in [a_post(f"Post {count} #PyConEx") for count in range(number)]:
        await until(lambda post=post: taken(store, post))
        await asyncio.sleep(0.05)


async def taken(store, post):
    submission = Submission(post, Verdict(status=Status.APPROVED))
    try:
        await store.posts.submit(EVENT.slug, [submission], now=datetime.now(UTC))
    except StoreUnavailable:
        return False
    return True
