import re
from dataclasses import replace

import pytest

from wall.core.tickets import make_ticket
from wall.web.reactions import MOST_PER_MINUTE


@pytest.fixture
async def phone(site, store, event):
    """A browser of somebody who came by a screen's code."""
    browser = site.browser()
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
    await browser.get(f"/{event.slug}/join", params={"k": ticket})
    return browser


@pytest.fixture
def react(event, approved):
    async def react(browser, reaction="applause", **more):
        values = {"reaction": reaction, **more.pop("values", {})}
        return await browser.post(
            f"/{event.slug}/post/{approved.post.id}/reactions", data=values, **{"follow_redirects": True, **more}
        )

    return react


async def test_a_tap_is_counted_and_told_without_a_word_of_who_it_was(site, store, event, approved, phone, react):
    answer = await react(phone, values={"wanted": "yes"})

    assert answer.json() == {"own": ["applause"], "reactions": {"applause": 1}}
    await store.untold.tell(event.slug, now=site.time)
    page = await phone.get(f"/{event.slug}/post/{approved.post.id}")
    assert "1 applause</span>" in page.text
    feed = await site.browser().get(f"/{event.slug}/feed")
    (post,) = feed.json()["posts"]
    assert post["reactions"] == [{"key": "applause", "emoji": "👏", "name": "applause", "count": 1}]


async def test_a_form_works_without_a_script_and_shows_what_was_given(event, approved, phone, react):
    page = await react(phone, headers={"accept": "text/html"})

    assert page.url.path == f"/{event.slug}/post/{approved.post.id}"
    assert re.search(r'value="applause" aria-pressed="true"', page.text)
    again = await react(phone, headers={"accept": "text/html"})
    assert 'aria-pressed="true"' not in again.text


async def test_who_only_reads_has_no_cookie_and_gets_one_with_the_first_tap(site, event, approved, react):
    browser = site.browser()
    await browser.get(f"/{event.slug}")
    await browser.get(f"/{event.slug}/post/{approved.post.id}")
    assert not browser.cookies

    answer = await react(browser, follow_redirects=False)

    assert answer.status_code == 307
    assert list(browser.cookies) == ["participant"]


async def test_who_may_not_take_part_is_told_so(site, react):
    answer = await react(site.browser())

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "not_taking_part"


@pytest.mark.parametrize("values", [{"reaction": "surprise"}, {"reaction": ""}, {"wanted": "perhaps"}])
async def test_only_what_the_event_offers_can_be_given(phone, react, values):
    assert (await react(phone, values=values)).status_code == 422


async def test_an_event_without_reactions_offers_none(site, store, event, approved, phone, react):
    await store.events.change(event.slug, lambda one: replace(one, reactions=()))

    page = await phone.get(f"/{event.slug}/post/{approved.post.id}")

    assert "React to this post" not in page.text
    assert (await react(phone)).status_code == 422


async def test_what_waits_takes_no_reaction(event, waiting, phone):
    answer = await phone.post(
        f"/{event.slug}/post/{waiting.post.id}/reactions", data={"reaction": "applause"}, follow_redirects=True
    )

    assert answer.status_code == 404


async def test_one_participant_is_slowed_down(phone, react):
    answers = [(await react(phone)).status_code for _ in range(MOST_PER_MINUTE + 1)]

    assert answers == [200] * MOST_PER_MINUTE + [422]


async def test_who_leaves_takes_their_reactions_along(site, store, event, approved, phone, react):
    await react(phone)

    await phone.post(f"/{event.slug}/join/leaving", data={"do": "leave"})

    assert (await store.posts.get(event.slug, approved.post.id)).reactions == {}
