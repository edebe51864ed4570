"""Several moderators at one desk, and what a desk keeps through a lost network and a reload."""

import pytest
from playwright.async_api import Error, expect

from tests.browser.wall import PHONE
from tests.waiting import until
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

TEXTS = [f"Post {number} #PyConEx" for number in range(8)]


def on_stage(page, post):
    return page.locator(".stage__post").locator(f"#post-{post.id}")


def shown(page):
    return page.evaluate("document.querySelector('.stage__post article')?.id ?? ''")


async def at_work(desk):
    """Wait until a post is under decision there, and keys are heard again."""
    await expect(desk.locator("#desk:not([data-glance]) .stage__post article")).to_be_visible()


async def statuses(wall, event, posts):
    return [(await wall.store.posts.get(event.slug, post.id)).status for post in posts]


async def decided(wall, event, posts):
    return Status.WAITING not in await statuses(wall, event, posts)


async def test_two_moderators_see_different_posts_and_each_sees_what_the_other_has(wall, event, windows):
    posts = await wall.say(event, *TEXTS)
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")

    await expect(max_.locator(".who__one")).to_have_text("Mia4")
    await expect(mia.locator(".who__one")).to_have_text("Max4")
    assert await shown(mia) != await shown(max_)
    await expect(on_stage(mia, posts[0])).to_be_visible()
    await expect(max_.locator(f"#card-{posts[0].id} .row__age")).to_contain_text("Mia")


async def test_two_who_decide_what_they_are_given_never_meet(wall, event, windows):
    posts = await wall.say(event, *TEXTS)
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")
    await at_work(max_)

    for _ in range(4):
        await mia.keyboard.press("y")
        await max_.keyboard.press("n")

    await until(lambda: decided(wall, event, posts))
    after = [await wall.store.posts.get(event.slug, post.id) for post in posts]
    assert {(one.decided_by_name, one.status) for one in after} == {("Mia", "approved"), ("Max", "rejected")}
    assert [one.version for one in after] == [2] * len(posts)


async def test_what_somebody_else_has_is_passed_over_by_j_and_opened_by_an_arrow(wall, event, windows):
    posts = await wall.say(event, *TEXTS[:2])
    await windows.desk(wall, event, "Mia")
    max_ = await windows.desk(wall, event, "Max")
    await expect(on_stage(max_, posts[1])).to_be_visible()

    await max_.keyboard.press("k")
    await expect(on_stage(max_, posts[1])).to_be_visible()
    await max_.keyboard.press("ArrowUp")
    await expect(on_stage(max_, posts[0])).to_be_visible()
    await max_.keyboard.press("y")

    await until(lambda: decided(wall, event, posts[:1]))


async def test_who_leaves_frees_what_they_had(wall, event, windows):
    await wall.say(event, *TEXTS[:1])
    mia = await windows.desk(wall, event, "Mia")
    max_ = await windows.desk(wall, event, "Max")
    await expect(max_.get_by_text("Nothing waits for you.")).to_be_visible()
    await expect(max_.locator(".empty__words")).to_contain_text("has 1")

    await mia.close(run_before_unload=True)

    await expect(max_.locator(".stage__post article")).to_be_visible()
    await expect(max_.locator(".who")).to_be_hidden()


async def test_who_is_alone_has_everything(wall, event, windows):
    posts = await wall.say(event, *TEXTS)
    desk = await windows.desk(wall, event)

    for _ in posts:
        await desk.keyboard.press("n")

    await until(lambda: decided(wall, event, posts))
    await expect(desk.locator(".who")).to_be_hidden()


async def test_a_mode_and_an_author_s_trust_are_seen_at_the_other_desk(wall, event, windows):
    (post,) = await wall.say(event, *TEXTS[:1])
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")
    card = max_.locator(f"#card-{post.id}")

    await mia.keyboard.press("t")
    await expect(card).to_have_attribute("data-trusted", "")
    await mia.keyboard.press("t")
    await expect(card).not_to_have_attribute("data-trusted", "")

    await mia.get_by_label("Trusted go through").check()
    await expect(max_.get_by_label("Trusted go through")).to_be_checked()
    await expect(max_.locator(".decide__said")).to_contain_text("From now on: trusted go through")


async def test_the_team_s_and_one_s_own_decisions_of_the_last_minute_are_counted(wall, event, windows):
    posts = await wall.say(event, *TEXTS)
    mia, max_ = await windows.desk(wall, event, "Mia"), await windows.desk(wall, event, "Max")
    await at_work(max_)

    await mia.keyboard.press("y")
    await max_.keyboard.press("y")

    for desk in (mia, max_):
        await expect(desk.locator(".line__pace")).to_have_text("2 a minute, you 1")
    await until(lambda: decided(wall, event, [posts[0]]))
    await mia.reload()
    await expect(mia.locator(".line__pace")).to_have_text("2 a minute, you 1")


async def test_decisions_taken_without_a_network_are_sent_once_each_after_a_reload(wall, event, windows, line):
    posts = await wall.say(event, *TEXTS[:6])
    desk = await windows.desk(wall, event, url=line.url)
    await expect(on_stage(desk, posts[0])).to_be_visible()
    address = desk.url

    await line.cut()
    for key in "ynyns":
        await desk.keyboard.press(key)
    await expect(desk.get_by_text("5 decisions waiting to be sent")).to_be_visible()
    with pytest.raises(Error):
        await desk.reload()
    assert set(await statuses(wall, event, posts)) == {Status.WAITING}

    await desk.wait_for_url("chrome-error://**")
    line.mend()
    await desk.goto(address)

    await expect(on_stage(desk, posts[5])).to_be_visible()
    await until(lambda: decided(wall, event, posts[:5]))
    assert await statuses(wall, event, posts) == [
        "approved", "rejected", "approved", "rejected", "stashed", "waiting",
    ]  # fmt: skip
    assert {(await wall.store.posts.get(event.slug, post.id)).version for post in posts[:5]} == {2}
    await expect(desk.locator("[data-tab=waiting] [data-tally]")).to_have_text("1")
    await until(lambda: nothing_is_kept(desk))


async def nothing_is_kept(desk):
    return (
        await desk.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('decisions:')).length") == 0
    )


async def test_a_tab_that_is_closed_leaves_its_decisions_to_the_next_one(wall, event, windows):
    posts = await wall.say(event, *TEXTS[:3])
    desk = await windows.desk(wall, event)
    await expect(on_stage(desk, posts[0])).to_be_visible()
    await desk.context.set_offline(True)
    await desk.keyboard.press("y")
    await desk.keyboard.press("n")
    await expect(desk.get_by_text("2 decisions waiting to be sent")).to_be_visible()
    address, context = desk.url, desk.context
    await desk.close()

    await context.set_offline(False)
    await (await context.new_page()).goto(address)

    await until(lambda: decided(wall, event, posts[:2]))
    assert await statuses(wall, event, posts) == ["approved", "rejected", "waiting"]


async def test_any_of_one_s_decisions_is_taken_back_from_the_list_also_after_a_reload(wall, event, windows):
    posts = await wall.say(event, *TEXTS[:4])
    desk = await windows.desk(wall, event)
    for key in "yny":
        await desk.keyboard.press(key)
    await until(lambda: decided(wall, event, posts[:3]))
    await desk.reload()
    await expect(desk.locator(".connection[data-level=good]")).to_be_attached()

    await desk.keyboard.press("m")
    await expect(desk.locator(".mine__one")).to_have_count(3)
    await desk.keyboard.press("j")
    await desk.keyboard.press("u")

    await expect(desk.locator(".decide__said")).to_contain_text("Taken back")
    await expect(desk.locator(f"#card-{posts[1].id}")).to_be_attached()
    assert await statuses(wall, event, posts) == ["approved", "waiting", "approved", "waiting"]

    await desk.keyboard.press("m")
    await expect(desk.locator(".mine__one").nth(1)).to_contain_text("Taken back.")


async def test_a_decision_that_somebody_changed_since_cannot_be_taken_back(wall, event, windows):
    (post,) = await wall.say(event, *TEXTS[:1])
    desk = await windows.desk(wall, event)
    await desk.keyboard.press("y")
    await until(lambda: decided(wall, event, [post]))
    await wall.decide(event, "remove", post)

    await desk.keyboard.press("m")

    await expect(desk.locator(".mine__one")).to_contain_text("Changed since by \u2068Max\u2069: removed.")
    await expect(desk.locator(".mine__one button")).to_have_count(0)


async def test_a_phone_says_how_many_others_are_here_and_fits(wall, event, windows):
    await wall.say(event, *TEXTS)
    for name in ("Mia", "Max", "Ada"):
        await windows.desk(wall, event, name)
    phone = await windows.desk(wall, event, "Ben", **PHONE)

    await expect(phone.get_by_text("3 others here")).to_be_visible()
    await expect(phone.locator(".decide__approve")).to_be_in_viewport(ratio=1)
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
