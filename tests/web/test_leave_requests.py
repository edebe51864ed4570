from dataclasses import replace

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.core.source import SourceSettings
from wall.store.posts import Submission
from wall.web import leave_requests

ANA = replace(ALICE, uid="acct:ana@x.example", handle="@ana@x.example", name="Ana")
ASKED = {"network": "mastodon", "handle": "@Ana@x.example", "words": "It is me, see my profile."}


@pytest.fixture
async def post(store, event):
    """A post by Ana, on the wall of an event that reads the fediverse."""
    await store.sources.save(
        event.slug, SourceSettings(id="m1", kind="mastodon", options={"servers": "x.example"})
    )
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    return await submitted(store, event)


async def submitted(store, event):
    post = a_post(author=ANA)
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)
    return post


@pytest.fixture
def ask(site, event):
    async def ask(**changed):
        return await site.browser().post(f"/{event.slug}/about/leaving", data=ASKED | changed)

    return ask


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


async def log(store, event):
    entries, _ = await store.audit.page(event.slug, Filter(), limit=10)
    return [(entry.kind, entry.by_name, entry.about, entry.reason) for entry in entries]


async def answer(desk, store, event, **values):
    (asked,) = await store.leave_requests.all(event.slug)
    return await desk.post(f"/{event.slug}/moderate/leaving/{asked.id}", data=values)


async def test_anybody_asks_and_a_moderator_reads_it(ask, post, desk, event):
    answered = await ask()

    assert (answered.status_code, answered.headers["location"]) == (303, f"/{event.slug}/about?asked#asked")
    page = (await desk.get(f"/{event.slug}/moderate/leaving")).text
    assert "@Ana@x.example" in page
    assert "It is me, see my profile." in page
    assert "1 post here" in page
    assert (
        '/moderate/leaving" data-leave-requests>1 asks to be left out</a>'
        in (await desk.get(f"/{event.slug}/moderate")).text
    )


async def test_nothing_is_done_before_a_moderator_confirms(ask, post, store, event):
    await ask()

    assert (await store.posts.get(event.slug, post.id)).status is Status.APPROVED


async def test_confirmed_everything_of_theirs_goes_and_nothing_further_comes(ask, post, desk, store, event):
    await ask()

    answered = await answer(desk, store, event, do="confirm")

    assert answered.status_code == 303
    assert (await store.posts.get(event.slug, post.id)).status is Status.WITHDRAWN
    assert not await store.posts.submit(event.slug, [Submission(a_post(author=ANA), Verdict())], now=NOW)
    assert await log(store, event) == [("left out", "Mia", "Mastodon and the fediverse", None)]
    assert "Nobody asks just now." in (await desk.get(f"/{event.slug}/moderate/leaving")).text


async def test_who_never_wrote_here_can_be_left_out_as_well(ask, store, event, desk, post):
    await ask(handle="@nobody@x.example")

    await answer(desk, store, event, do="confirm")

    assert await store.absences.among(event.slug, ["acct:nobody@x.example"]) == [True]
    assert (await store.posts.get(event.slug, post.id)).status is Status.APPROVED


async def test_declined_nothing_is_done_and_the_reason_is_in_the_log(ask, post, desk, store, event):
    await ask()

    await answer(desk, store, event, do="decline", reason="Ana says it was not her.")

    assert (await store.posts.get(event.slug, post.id)).status is Status.APPROVED
    assert await log(store, event) == [
        ("not left out", "Mia", "Mastodon and the fediverse", "Ana says it was not her.")
    ]
    assert await store.leave_requests.count(event.slug) == 0


async def test_nobody_declines_without_a_reason(ask, post, desk, store, event):
    await ask()

    answered = await answer(desk, store, event, do="decline", reason=" ")

    assert (answered.status_code, await log(store, event)) == (422, [])
    assert "Say why not" in answered.text
    assert await store.leave_requests.count(event.slug) == 1


async def test_the_slower_of_two_is_told_that_it_was_answered(ask, post, desk, store, event):
    await ask()
    (asked,) = await store.leave_requests.all(event.slug)
    path = f"/{event.slug}/moderate/leaving/{asked.id}"

    answers = [await desk.post(path, data={"do": "decline", "reason": "No"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 404]
    assert len(await log(store, event)) == 1


async def test_a_source_that_is_gone_leaves_nobody_out_unnoticed(ask, post, desk, store, event):
    await ask()
    await store.sources.delete(event.slug, "m1")

    answered = await answer(desk, store, event, do="confirm")

    assert (answered.status_code, await log(store, event)) == (422, [])


async def test_a_stranger_is_not_told_whether_a_handle_wrote_here(ask, post, site, event):
    known = await ask()
    unknown = await ask(handle="@nobody@x.example")

    assert (known.status_code, known.headers["location"], known.text) == (
        unknown.status_code,
        unknown.headers["location"],
        unknown.text,
    )
    pages = [(await site.browser().get(known.headers["location"])).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert "ana@x" not in pages[0].lower()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"handle": ""}, "Write the handle"),
        ({"handle": "ana"}, "Write the whole handle"),
        ({"network": "form"}, "Choose where the handle is from"),
        ({"network": "nonsense"}, "Choose where the handle is from"),
        ({"website": "https://spam.example"}, "Leave the hidden field empty"),
    ],
)
async def test_what_cannot_be_used_is_said_and_the_words_stay(ask, post, store, event, changed, words):
    answered = await ask(**changed)

    assert answered.status_code == 422
    assert words in answered.text
    assert "It is me, see my profile." in answered.text
    assert await store.leave_requests.count(event.slug) == 0


async def test_only_so_many_are_asked_from_one_address(ask, post, monkeypatch, store, event):
    monkeypatch.setattr(leave_requests, "MOST_PER_ADDRESS", 2)

    answers = [await ask(handle=f"@ana{number}@x.example") for number in range(3)]

    assert [one.status_code for one in answers] == [303, 303, 422]
    assert "many requests within the hour" in answers[-1].text


async def test_an_event_whose_sources_know_no_handles_has_no_such_form(site, event):
    page = (await site.browser().get(f"/{event.slug}/about")).text

    assert "Or ask a moderator" not in page
