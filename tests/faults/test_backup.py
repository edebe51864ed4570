"""A backup is taken while moderators decide; the wall is lost, and restored elsewhere."""

import shutil
import stat
from datetime import UTC, datetime

import pytest

from tests.cast import a_post
from tests.faults.deciders import Deciders
from tests.faults.viewers import watching
from tests.program import Program, command, running
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.store.submission import Submission

pytestmark = pytest.mark.thorough

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
POSTS = 400


async def test_everything_confirmed_before_a_backup_outlives_the_loss_of_the_machine(program, tmp_path):
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    confirmed = {}
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await store.posts.submit(
            EVENT.slug, [Submission(post, Verdict()) for post in posts], now=datetime.now(UTC)
        )
        deciders = await Deciders.signed_in(program, store, EVENT.slug, ("Mia", "Max"))
        async with deciders.at_work(posts, confirmed, per_second=20):
            await until(lambda: len(confirmed) >= 15)
            before = dict(confirmed)
            begun = datetime.now(UTC)

            status, said = await command("backup", "--to", tmp_path / "b.zip", "--data-dir", program.data_dir)

            assert status == 0, said
            backed_up = len(confirmed)
            await until(lambda: len(confirmed) >= backed_up + 15)
            seen = str(await store.feeds.tip(EVENT.slug, "public"))
            await program.kill_all()
    shutil.rmtree(program.data_dir)

    elsewhere = Program(tmp_path / "elsewhere", port=program.port)
    status, said = await command("restore", tmp_path / "b.zip", "--data-dir", elsewhere.data_dir)
    assert status == 0, said
    async with running(elsewhere), elsewhere.store() as store:
        standings = await store.posts.get_all(EVENT.slug, list(confirmed))
        there = {one.post.id: one.status.value for one in standings if one.decision}
        restored = await store.restoring.last()
        tip = await store.feeds.tip(EVENT.slug, "public")
        async with watching(f"{elsewhere.url}/{EVENT.slug}", seen, number=2) as viewers:
            await until(lambda: all(viewer.resyncs for viewer in viewers))

    assert [viewer.offsets for viewer in viewers] == [[], []], "Whoever watched starts over."
    assert tip.offset < int(seen.split(":")[1]), "The control: the feed has gone back."
    assert there.items() >= before.items()
    assert there.items() <= confirmed.items()
    assert len(there) < len(confirmed), "The control: what was decided after the backup is not in it."
    assert begun <= restored.taken.replace(microsecond=999_999) <= datetime.now(UTC)
    assert loose(tmp_path / "b.zip") == []
    assert loose(*elsewhere.data_dir.glob("redis/*url"), *elsewhere.data_dir.glob("redis/redis.conf")) == []


def loose(*paths):
    """Return those of the paths that others than their owner may read."""
    assert paths
    return [path for path in paths if stat.S_IMODE(path.stat().st_mode) != 0o600]
