import re

from tests.cast import a_decision, a_post
from tests.web.back_channels.conftest import SECRET_WORDS, Somebody
from wall.core.audit import Filter
from wall.core.moderation import Verdict
from wall.store.submission import Submission


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


async def test_the_organiser_closes_private_threads_and_opens_them_again(site, store, event, olga):
    browser = await site.browser_of(olga)
    form = {"title": event.title, "hashtags": "#PyConEx"}

    kept = []
    for ticked in ({}, {"back_channels": "on"}):
        await browser.post(f"/organise/{event.slug}/settings", data=form | ticked)
        kept.append((await store.events.get(event.slug)).back_channels)

    assert kept == [False, True]
