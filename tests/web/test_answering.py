import json
from dataclasses import replace
from types import SimpleNamespace

import httpx2
import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.answering import Sent, answer_id
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.core.source import SourceSettings
from wall.sources.base import Delete
from wall.sources.fetch import Fetch
from wall.store.submission import Submission

WORDS = "The room is upstairs"


@pytest.fixture
def answer(browser, event):
    async def answer(standing, text=WORDS, **values):
        form = {"text": text, "version": "0", "do": "answer", **values}
        return await browser.post(f"/{event.slug}/moderate/answers/{standing.post.id}", data=form)

    return answer


@pytest.fixture
def the_answer(store, event):
    async def the_answer(standing):
        return await store.posts.get(event.slug, answer_id(standing.post.id))

    return the_answer


async def public(site, event, *more):
    """Return all that strangers are told: the live page, the feeds, and what else is named."""
    browser = site.browser()
    pages = ("", "/feed", "/feed?view=html", *more)
    return "".join([(await browser.get(f"/{event.slug}{page}")).text for page in pages])


async def test_an_answer_stands_under_its_post_and_never_alone(site, event, approved, answer):
    await answer(approved)

    page = (await site.browser().get(f"/{event.slug}")).text
    feed = (await site.browser().get(f"/{event.slug}/feed?view=json")).json()
    assert page.count("<article") == 1
    assert "1 post<" in page
    assert page.index("Hello from the hall") < page.index(WORDS)
    (post,) = feed["posts"]
    assert (post["answer"]["by"], post["answer"]["text"], post["replies"]) == ("Organiser", WORDS, 0)


async def test_who_speaks_is_the_organiser_or_somebody_by_name(site, event, approved, answer):
    await answer(approved, voice="own")

    feed = (await site.browser().get(f"/{event.slug}/feed")).json()
    assert feed["posts"][0]["answer"]["by"] == "Mia"


async def test_the_stream_tells_the_answered_post_anew_and_not_the_answer(site, store, event, approved, answer):
    before = await store.feeds.tip(event.slug, "public")

    await answer(approved)

    told = (await site.browser().get(f"/{event.slug}/feed?view=html&cursor={before}")).json()["updates"]
    assert [(one["kind"], WORDS in json.dumps(one)) for one in told] == [("void", False), ("counted", True)]


async def test_an_answer_to_a_post_that_waits_is_told_to_nobody_before_the_post_is(
    site, store, event, waiting, answer, the_answer
):
    await answer(waiting)
    held = await the_answer(waiting)
    page = f"/post/{held.post.id}"

    assert held.status is Status.STASHED
    assert WORDS not in await public(site, event, page)

    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    assert WORDS in await public(site, event)


async def test_an_answer_leaves_with_its_post_and_comes_back_with_it(
    site, store, event, approved, answer, the_answer
):
    await answer(approved)
    page = f"/post/{(await the_answer(approved)).post.id}"

    removed = await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert WORDS not in await public(site, event, page)

    await store.posts.decide(event.slug, a_decision("approve", removed), now=NOW)

    assert WORDS in await public(site, event)


async def test_no_word_of_an_answer_is_kept_once_its_post_was_deleted(site, event, approved, answer, the_answer):
    await answer(approved)

    await site.services["acceptor"].withdraw(event.slug, Delete(approved.post.uid))

    standing = await the_answer(approved)
    assert (standing.status, standing.post.text) == (Status.WITHDRAWN, "")


async def test_an_answer_does_not_stand_under_other_words_than_it_answered(
    site, store, event, approved, answer, the_answer
):
    await answer(approved)
    edited = replace(approved.post, text="I never asked #PyConEx", revision=approved.post.revision + 1)
    await site.services["acceptor"].accept(event.slug, [edited])

    await store.posts.decide(
        event.slug, a_decision("approve", await store.posts.get(event.slug, approved.post.id)), now=NOW
    )

    assert (await the_answer(approved)).status is Status.REMOVED
    assert WORDS not in await public(site, event)


async def test_an_answer_is_edited_where_it_stands(site, event, approved, answer, the_answer):
    await answer(approved)

    await answer(approved, "It is downstairs", version=str((await the_answer(approved)).version))

    text = await public(site, event)
    assert "It is downstairs" in text
    assert WORDS not in text


async def test_two_who_answer_at_once_make_one_answer_and_the_second_is_told(
    site, event, max_, olga, approved, answer
):
    await answer(approved)
    other = await site.browser_of(olga)

    told = await other.post(
        f"/{event.slug}/moderate/answers/{approved.post.id}",
        data={"text": "No, downstairs", "version": "0", "do": "answer"},
    )

    assert told.status_code == 422
    assert "Mia answered this meanwhile" in told.text
    assert "No, downstairs" in told.text


async def test_a_form_sent_twice_is_one_answer(store, event, approved, answer, the_answer):
    await answer(approved)
    before = await the_answer(approved)

    sent_again = await answer(approved)

    assert sent_again.status_code == 303
    assert await the_answer(approved) == before


async def test_an_answer_is_taken_down_and_its_post_stays(site, store, event, approved, answer, the_answer):
    await answer(approved)

    await answer(approved, do="remove", version=str((await the_answer(approved)).version))

    assert WORDS not in await public(site, event)
    assert (await store.posts.get(event.slug, approved.post.id)).visible


async def test_what_was_taken_down_does_not_come_back_with_its_post(store, event, approved, answer, the_answer):
    await answer(approved)
    await answer(approved, do="remove", version=str((await the_answer(approved)).version))

    removed = await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
    await store.posts.decide(event.slug, a_decision("approve", removed), now=NOW)

    assert (await the_answer(approved)).status is Status.REMOVED


async def test_an_answer_cannot_be_approved_without_its_post(decide, waiting, answer, the_answer):
    await answer(waiting)

    told = await decide("approve", await the_answer(waiting))

    assert told.status_code == 422
    assert "is not on the wall" in told.text


async def test_what_was_rejected_is_not_answered(store, event, waiting, answer):
    await store.posts.decide(event.slug, a_decision("reject", waiting), now=NOW)

    told = await answer(waiting)

    assert told.status_code == 422
    assert (await store.posts.get_all(event.slug, [answer_id(waiting.post.id)])) == [None]


async def test_the_audit_log_says_who_answered(store, event, approved, answer):
    await answer(approved)

    entries, _ = await store.audit.page(event.slug, Filter(kinds=("answered",)), limit=9)
    assert [(one.by_name, one.post) for one in entries] == [("Mia", approved.post.id)]


async def test_the_desk_leads_to_where_a_post_is_answered(browser, event, waiting):
    page = await browser.get(f"/{event.slug}/moderate")

    assert f'href="/{event.slug}/moderate/answers/{waiting.post.id}" data-answer' in page.text


async def test_what_we_answered_there_does_not_come_in_as_a_strangers(site, store, event, approved, answer):
    await answer(approved)
    ours = a_post("@alice The room is upstairs #PyConEx", reply_to=approved.post.uid)
    sent = Sent(uid=ours.uid, url="https://social.example/1", by_name="Mia", at=NOW)
    entries, _ = await store.audit.page(event.slug, Filter(kinds=("answered",)), limit=1)

    await store.answering.keep_sent(event.slug, approved.post.id, sent, entries[0])
    new = await store.posts.submit(event.slug, [Submission(ours, Verdict())], now=NOW)

    assert new == []


ANSWERING = {
    "servers": "https://social.example",
    "token": "secret",
    "token_server": "https://social.example",
    "answers": "yes",
}


@pytest.fixture
async def network(site, store, event):
    """The server of the event's account, which remembers what it was sent; `fails` is how often it is away."""
    sent = []

    def answer(request):
        sent.append(request)
        if len(sent) <= network.fails:
            return httpx2.Response(503)
        return httpx2.Response(200, json={"uri": "https://social.example/notes/ours", "id": "9"})

    network = SimpleNamespace(sent=sent, fails=0)
    await store.sources.save(event.slug, SourceSettings(id="m1", kind="mastodon", options=ANSWERING))
    ours = Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(answer))
    before, site.services["fetch"] = site.services["fetch"], ours
    yield network
    site.services["fetch"] = before
    await ours.aclose()


@pytest.fixture
async def known(store, event):
    """A post on the wall that the server of the event's account knows as 77."""
    post = a_post("Where is it? #PyConEx", aliases=("local:social.example/77",))
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_an_answer_is_also_posted_where_its_post_is_from_once(browser, store, event, network, known, answer):
    await answer(known)

    await answer(known, do="there", source="m1")
    await answer(known, do="there", source="m1")

    page = await browser.get(f"/{event.slug}/moderate/answers/{known.post.id}")
    assert len(network.sent) == 1
    assert "https://social.example/notes/ours" in page.text
    entries, _ = await store.audit.page(event.slug, Filter(kinds=("answered there",)), limit=9)
    assert [(one.by_name, one.about) for one in entries] == [("Mia", "social.example")]


async def test_a_server_that_is_away_is_told_in_words_and_tried_again_by_the_same_key(network, known, answer):
    network.fails = 1
    await answer(known)

    refused = await answer(known, do="there", source="m1")
    again = await answer(known, do="there", source="m1")

    assert (refused.status_code, again.status_code) == (422, 303)
    assert "social.example" in refused.text
    assert len({one.headers["idempotency-key"] for one in network.sent}) == 1


async def test_nothing_is_posted_elsewhere_about_a_post_that_waits(site, store, event, network, waiting, answer):
    await answer(waiting)

    refused = await answer(waiting, do="there", source="m1")

    assert refused.status_code == 422
    assert network.sent == []


async def test_an_account_that_may_only_read_posts_nothing(store, event, network, known, answer):
    settings = SourceSettings(id="m2", kind="mastodon", options=ANSWERING | {"answers": "no"})
    await store.sources.save(event.slug, settings)
    await answer(known)

    refused = await answer(known, do="there", source="m2")

    assert refused.status_code == 422
    assert network.sent == []
