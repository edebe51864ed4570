import asyncio
from datetime import UTC, datetime

from httpx2 import AsyncClient

from tests.cast import a_decision, a_post
from tests.faults.deciders import Deciders
from tests.program import Program, running
from wall.core.audit import Filter
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.moderation import Verdict
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(tmp_path):
    """G9: two moderators, two web processes, the same post at the same instant."""
    posts = [a_post(f"Post {number} #PyConEx") for number in range(100)]
    async with running(Program(tmp_path, "--workers", "2")) as program, program.store() as store:
        await store.events.create(EVENT)
        await store.posts.submit(
            EVENT.slug, [Submission(post, Verdict()) for post in posts], now=datetime.now(UTC)
        )
        deciders = await Deciders.signed_in(program, store, EVENT.slug, ("Mia", "Max"))

        async with (
            AsyncClient(timeout=30, trust_env=False) as mia,
            AsyncClient(timeout=30, trust_env=False) as max_,
        ):
            answers = [
                await asyncio.gather(
                    deciders.ask(mia, post, "approve", who=0), deciders.ask(max_, post, "reject", who=1)
                )
                for post in posts
            ]
        standings = await store.posts.get_all(EVENT.slug, [post.id for post in posts])
        tip = await store.feeds.tip(EVENT.slug, "public")
        entries, _ = await store.audit.page(EVENT.slug, Filter(), limit=200)

    assert {(one.post, one.by_name) for one in entries} == {
        (standing.post.id, standing.decided_by_name) for standing in standings
    }
    assert len(entries) == len(posts)
    assert all(sorted(one.status_code for one in both) == [200, 409] for both in answers)
    for standing, (mia_s, max_s) in zip(standings, answers, strict=True):
        winner, loser = (mia_s, max_s) if mia_s.is_success else (max_s, mia_s)
        assert winner.json()["status"] == standing.status
        refusal = loser.json()["error"]
        assert (refusal["by"], refusal["status"]) == (standing.decided_by_name, standing.status)
    assert tip == Cursor(tip.epoch, sum(standing.visible for standing in standings))


async def test_who_looks_again_after_another_s_decision_does_change_it(store, event):
    """The control: two updates do come of two decisions that were not taken at once, so one above is no accident."""
    post = a_post("Hello #PyConEx")
    now = datetime.now(UTC)
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=now)

    for kind in ("approve", "remove"):
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision(kind, standing), now=now)

    assert (await store.feeds.tip(event.slug, "public")).offset == 2
