"""Asked and answered, what is said in a private thread, and how it ends."""

import re
from dataclasses import replace

import pytest

from tests.web.back_channels.conftest import Somebody


async def always(*_, **__):
    return True


async def test_who_asks_the_author_talks_with_them_once_they_agree(ana, ben, post):
    thread, _ = await ben.begin(post)
    early = await ben.say(thread, "Hello?")

    await ana.accept()
    await ben.say(thread, "Hello Ana")

    assert early.status_code == 422
    assert "Hello Ana" in await ana.page(f"/{thread}")
    assert "Hello?" not in await ana.page(f"/{thread}")


async def test_the_post_page_leads_there_while_the_organisers_allow_it(site, event, post):
    page = f"/{event.slug}/post/{post}"
    link = f"/{event.slug}/back-channels/new?post={post}"
    open_page = (await site.browser().get(page)).text

    await site.store.events.change(event.slug, lambda event: replace(event, back_channels=False))

    assert link in open_page
    assert "back-channels" not in (await site.browser().get(page)).text


async def test_who_is_not_in_the_room_is_told_how_to_take_part(site, event, post):
    stranger = Somebody(site.browser(), event, "Zed")
    await stranger.page()

    page = await stranger.page(f"/new?post={post}")
    _, answer = await stranger.begin(post)

    assert "Scan the code" in page
    assert answer.status_code == 403
    assert await stranger.threads() == []


@pytest.mark.parametrize("answer", ["decline", "block"])
async def test_who_is_asked_may_say_no(ana, ben, post, answer):
    thread, _ = await ben.begin(post)
    await ana.post(f"/{thread}/answer", do=answer)

    assert await ana.asked() == []
    assert (await ana.browser.get(f"{ana.base}/{thread}")).status_code == 404
    assert (await ben.say(thread, "Hello?")).status_code == 422


async def test_who_is_blocked_asks_into_the_void_and_is_not_told(ana, ben, post, writes, site, monkeypatch):
    thread, _ = await ben.begin(post)
    await ana.post(f"/{thread}/answer", do="block")
    another = await writes(ana, "Another one")
    monkeypatch.setattr(site.store.limits, "allow", always)  # a day has passed

    thread, answer = await ben.begin(another)

    assert answer.status_code == 303
    assert "You asked" in await ben.page(f"/{thread}")
    assert await ana.asked() == []


async def test_one_author_is_asked_once_by_one_person(ana, ben, post):
    await ben.begin(post)

    _, again = await ben.begin(post)

    assert again.status_code == 422
    assert len(await ana.asked()) == 1


# Messages


async def test_one_changes_and_deletes_one_s_own_messages_only(ana, ben, thread):
    await ben.say(thread, "Firts")
    number = re.findall(r'id="message-(\d+)"', await ben.page(f"/{thread}"))[-1]

    changed = await ben.post(f"/{thread}/messages/{number}", text="First")
    forged = await ana.post(f"/{thread}/messages/{number}", text="Forged")
    between = await ana.page(f"/{thread}")
    await ben.post(f"/{thread}/messages/{number}", do="delete")

    assert (changed.status_code, forged.status_code) == (303, 404)
    assert "First" in between
    assert "edited" in between
    assert "First" not in await ana.page(f"/{thread}")
    assert "Deleted by its author" in await ana.page(f"/{thread}")


async def test_what_is_new_is_counted_until_it_is_read(ana, ben, thread):
    await ben.say(thread, "Hello")

    before = (await ana.browser.get(f"{ana.base}/unread")).json()
    listed = await ana.page()
    await ana.page(f"/{thread}")

    assert before == {"unread": 1}
    assert "<title>(1) Private threads" in listed
    assert (await ana.browser.get(f"{ana.base}/unread")).json() == {"unread": 0}


async def test_a_page_that_is_up_to_date_is_told_nothing(ana, ben, thread):
    version = re.search(r'data-version="(\d+)"', await ana.page(f"/{thread}"))[1]
    news = f"{ana.base}/{thread}/news?version={version}"

    before = await ana.browser.get(news)
    await ben.say(thread, "Hello")
    after = await ana.browser.get(news)

    assert (before.status_code, after.status_code) == (204, 200)
    assert "Hello" in after.text


async def test_words_are_shown_as_words(ana, ben, thread):
    await ben.say(thread, "<script>alert(1)</script>\u202e")

    assert "&lt;script&gt;alert(1)" in await ana.page(f"/{thread}")


async def test_who_writes_very_much_must_wait(ben, thread, ana):
    answers = [await ben.say(thread, str(number)) for number in range(21)]

    assert [one.status_code for one in answers] == [303] * 20 + [422]


# The end


async def test_who_leaves_reads_no_more_and_may_take_their_words_along(ana, ben, thread):
    await ben.say(thread, "Taken along")

    await ben.post(f"/{thread}/leaving", take="on")

    assert (await ben.browser.get(f"{ben.base}/{thread}")).status_code == 404
    assert await ben.threads() == []
    assert "Taken along" not in await ana.page(f"/{thread}")


async def test_all_of_it_is_erased_once_both_agree(ana, ben, thread):
    await ben.post(f"/{thread}/erasure", do="agree")
    half = await ana.page(f"/{thread}")

    await ana.post(f"/{thread}/erasure", do="agree")

    assert "would erase all of it" in half
    assert (await ana.browser.get(f"{ana.base}/{thread}")).status_code == 404
    assert (await ana.threads(), await ben.threads()) == ([], [])


async def test_who_leaves_the_event_leaves_every_thread_with_all_their_words(event, ana, ben, thread):
    await ana.say(thread, "Taken along")

    await ana.browser.post(f"/{event.slug}/join/leaving", data={"do": "leave"})

    assert await ana.threads() == []
    assert "Taken along" not in await ben.page(f"/{thread}")


async def test_while_private_threads_are_closed_one_reads_reports_deletes_and_leaves(
    store, event, ana, ben, thread, post
):
    await ben.say(thread, "Said before")
    await store.events.change(event.slug, lambda event: replace(event, back_channels=False))

    refused = [
        await ben.say(thread, "Said after"),
        (await ben.begin(post))[1],
        await ben.post(f"/{thread}/invitations", whom="Cleo"),
        await ben.post(f"/{thread}/messages/2", text="Changed"),
        await ben.post(f"/{thread}/chosen", do="propose", message="2"),
    ]
    allowed = [
        await ana.post(f"/{thread}/chosen", do="report", message="2"),
        await ben.post(f"/{thread}/messages/2", do="delete"),
        await ben.post(f"/{thread}/leaving"),
    ]

    assert {one.status_code for one in refused} == {403}
    assert {one.status_code for one in allowed} == {303}
    assert "have closed private threads" in await ana.page(f"/{thread}")
