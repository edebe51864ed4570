import re

import pytest

from tests.web.back_channels.conftest import Somebody


async def test_the_author_invites_by_a_link_that_works_once(site, event, ana, post):
    thread, _ = await ana.begin(post, "link")
    link = await ana.invitation(thread, "Cleo")
    cleo, dora = (Somebody(site.browser(), event, name) for name in ("Cleo", "Dora"))

    before = (await cleo.browser.get(link)).text
    await cleo.browser.post(link, data={"name": "Cleo"})
    await dora.page()
    late = await dora.browser.post(link, data={"name": "Dora"})

    assert all(words in before for words in ("This link is for", "Cleo", "Ana", "Where do herons nest?"))
    assert await cleo.threads() == [thread]
    assert "came in" in await ana.page(f"/{thread}")
    assert (late.status_code, await dora.threads()) == (404, [])


@pytest.mark.parametrize(
    "spoilt", [lambda link: link[:-6] + "AAAAAA", lambda link: link[:-9], lambda link: link + "ü"]
)
async def test_a_link_that_was_changed_opens_nothing(site, ana, post, spoilt):
    thread, _ = await ana.begin(post, "link")
    link = await ana.invitation(thread)

    assert (await site.browser().get(spoilt(link))).status_code == 404


async def test_a_link_ends_after_two_days_and_when_it_is_taken_back(site, ana, post):
    thread, _ = await ana.begin(post, "link")
    first, second = await ana.invitation(thread, "Cleo"), await ana.invitation(thread, "Dora")
    id = re.search(r'name="back" value="(\w+)"', await ana.page(f"/{thread}"))[1]

    await ana.post(f"/{thread}/invitations", back=id)
    taken_back = await site.browser().get(first)
    open_still = await site.browser().get(second)
    site.later(days=3)

    assert (taken_back.status_code, open_still.status_code) == (404, 200)
    assert (await site.browser().get(second)).status_code == 404


async def test_looking_at_a_link_does_not_use_it(site, ana, ben, post):
    thread, _ = await ana.begin(post, "link")
    link = await ana.invitation(thread, "Ben")

    for _ in range(3):
        await site.browser().get(link)
    await ben.browser.post(link, data={"name": "Ben"})

    assert await ben.threads() == [thread]


async def test_the_starter_alone_makes_links(ana, thread):
    assert await ana.invitation(thread) is None  # Ben started it
