"""How people come into a private thread, what they do in it, and how it ends."""

import re
from dataclasses import replace

import pytest

from tests.cast import a_decision, a_post
from tests.web.back_channels.conftest import SECRET_WORDS, Somebody
from wall.core.audit import Filter
from wall.core.moderation import Verdict
from wall.store.submission import Submission


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


# The team


async def test_the_team_asks_an_author_with_words(event, mia_there, ana, post):
    answer = await mia_there.browser.post(
        f"/{event.slug}/moderate/back-channels", data={"post": post, "do": "ask", "words": "Thanks for reporting"}
    )
    asked = await ana.page()

    thread = await ana.accept()

    assert answer.headers["location"].endswith(thread)
    assert "Thanks for reporting" in asked
    assert "Thanks for reporting" in await ana.page(f"/{thread}")
    assert "Team" in await ana.page(f"/{thread}")


async def test_the_team_gets_a_link_for_an_author_at_another_network(site, store, event, mia_there, ana):
    post = a_post()
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=site.time)
    await store.posts.decide(
        event.slug, a_decision("approve", await store.posts.get(event.slug, post.id)), now=site.time
    )
    form = {"post": post.id, "do": "link", "words": "Tell us more"}

    page = await mia_there.browser.post(f"/{event.slug}/moderate/back-channels", data=form)
    link = re.search(r"/[\w-]+/back-channels/invitation/[\w=-]+", page.text)[0]
    alice = Somebody(site.browser(), event, "Alice")
    shown = (await alice.browser.get(link)).text
    await alice.browser.post(link, data={})
    (thread,) = await alice.threads()

    assert "@alice@social.example" in shown
    assert "Tell us more" not in shown
    assert "Tell us more" in await alice.page(f"/{thread}")
    assert "another network" in await ana.page(f"/new?post={post.id}")


async def test_who_would_like_to_talk_with_the_team_is_joined_by_one_of_them(
    site, store, event, people, ben, post, mia_there
):
    max_ = await people.add("Maxima", slug=event.slug, role="moderator")
    second = Somebody(await site.browser_of(max_), event, "Maxima")
    thread, _ = await ben.begin(post, "team", words=SECRET_WORDS)
    desk = (await mia_there.browser.get(f"/{event.slug}/moderate/back-channels")).text
    come = re.search(r"/moderate/back-channels/asks/\w+", desk)[0]

    first = await mia_there.browser.post(f"/{event.slug}{come}")
    late = await second.browser.post(f"/{event.slug}{come}")

    assert "Ben" in desk
    assert SECRET_WORDS not in desk
    assert (first.status_code, late.status_code) == (303, 404)
    assert SECRET_WORDS in await mia_there.page(f"/{thread}")
    assert (await second.browser.get(f"{second.base}/{thread}")).status_code == 404


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


# Reporting


async def test_the_team_reads_what_a_member_reports_and_nothing_else(event, store, ana, ben, thread, mia_there):
    await ben.say(thread, "Only between us")
    await ben.say(thread, "You are an awful person")
    number = re.findall(r'id="message-(\d+)"', await ana.page(f"/{thread}"))[-1]

    await ana.post(f"/{thread}/chosen", do="report", message=number, words="Please help")
    desk = (await mia_there.browser.get(f"/{event.slug}/moderate/back-channels")).text

    assert all(words in desk for words in ("You are an awful person", "Please help", "Ana", "Ben"))
    assert "Only between us" not in desk


async def test_who_reported_is_asked_to_tell_more(event, store, ana, ben, thread, mia_there):
    await ben.say(thread, "Awful")
    await ana.post(f"/{thread}/chosen", do="report", message="2")
    desk = f"/{event.slug}/moderate/back-channels"
    report = re.search(r"back-channels/reports/\w+", (await mia_there.browser.get(desk)).text)[0]

    await mia_there.browser.post(f"/{event.slug}/moderate/{report}", data={"do": "talk", "words": "Thank you"})
    await mia_there.browser.post(f"/{event.slug}/moderate/{report}", data={"do": "done"})

    assert "Thank you" in await ana.page()
    assert len(await ana.asked()) == 1
    assert await ben.asked() == []
    assert "Nothing was reported" in (await mia_there.browser.get(desk)).text
    entries, _ = await store.audit.page(event.slug, Filter(kinds=("report answered",)), limit=9)
    assert [(one.by_name, one.about, one.reason) for one in entries] == [("Mia", "", None)]


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
