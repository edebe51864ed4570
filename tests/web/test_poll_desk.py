"""Polls as moderators handle them at the desk, and where they then stand: on screens, stages and in the pages' list."""

import pytest

from tests.cast import NOW
from tests.polls import a_poll, answer
from tests.web import test_polls
from wall.core.ballot import ballot
from wall.core.poll import moved, unveiled

SECRET = test_polls.SECRET
open_poll = test_polls.open_poll
change = test_polls.change
run_poll_scene = test_polls.run_poll_scene


@pytest.fixture
def act(browser, event):
    async def act(done, poll="lunch"):
        return await browser.post(f"/{event.slug}/moderate/polls/{poll}/acts", data={"do": done})

    return act


async def test_a_moderator_writes_a_poll_once_however_often_the_form_is_sent(browser, store, event):
    form = {"id": "abcd1234", "kind": "single", "question": "Tea?", "options": "Yes\nNo\n"}
    for _ in range(2):
        assert (await browser.post(f"/{event.slug}/moderate/polls", data=form)).status_code == 303

    (poll,) = await store.polls.all(event.slug)
    assert (poll.question, poll.options, poll.status) == ("Tea?", ("Yes", "No"), "draft")


async def test_a_page_that_is_open_asks_for_the_polls_alone(browser, store, event, open_poll):
    poll = await open_poll()
    await store.polls.cast(event.slug, poll.id, "ana", answer("0"))

    part = (await browser.get(f"/{event.slug}/moderate/polls?part")).text

    assert "1 person voted" in part
    assert "<html" not in part
    assert part.strip().startswith("<ul")


async def test_a_poll_that_cannot_be_used_keeps_what_was_typed(browser, event):
    form = {"id": "abcd1234", "kind": "single", "question": "Tea with <milk>?", "options": "Yes"}

    refused = await browser.post(f"/{event.slug}/moderate/polls", data=form)

    assert refused.status_code == 422
    assert "Tea with &lt;milk&gt;?" in refused.text
    assert "Write 2 to 12 answers" in refused.text


async def test_every_act_on_a_poll_is_done_and_noted(browser, store, event, open_poll, act):
    await open_poll()
    for done in ("close", "hide", "show", "open", "copy", "delete"):
        assert (await act(done)).status_code == 303

    told = [entry.about async for entry in store.audit.backwards(event.slug) if entry.kind == "poll"]
    did = ["closed", "hid the results of", "showed the results of", "opened", "duplicated", "deleted"]
    assert told[::-1] == [f"{one} “What for lunch?”" for one in did]
    assert [poll.status for poll in await store.polls.all(event.slug)] == ["draft"]


async def test_a_draft_is_changed_and_an_open_poll_is_not(browser, store, event, open_poll):
    await store.polls.add(event.slug, a_poll(id="draft"), now=NOW)
    await open_poll()
    form = {"kind": "single", "question": "Other?", "options": "Yes\nNo", "version": "1"}

    changed = await browser.post(f"/{event.slug}/moderate/polls/draft", data=form)
    refused = await browser.post(f"/{event.slug}/moderate/polls/lunch", data=form | {"version": "2"})

    assert (changed.status_code, refused.status_code) == (303, 422)
    assert "Duplicate it to ask again" in refused.text
    assert (await store.polls.get(event.slug, "draft")).question == "Other?"


async def test_a_moderator_sees_words_that_wait_and_shows_or_strikes_them(browser, store, event, open_poll):
    poll = await open_poll(kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer(SECRET, "mud"))
    path = f"/{event.slug}/moderate/polls"

    waiting = (await browser.get(path)).text
    await browser.post(f"{path}/lunch/words", data={"do": "show", "word": SECRET.lower()})
    await browser.post(f"{path}/lunch/words", data={"do": "strike", "word": "mud"})

    assert SECRET in waiting
    words = (await store.polls.counted(event.slug, ["lunch"]))["lunch"].words
    assert [words[one].state for one in (SECRET.lower(), "mud")] == ["shown", "struck"]


async def test_the_desk_says_what_looks_stuffed(browser, store, event, open_poll):
    await open_poll()
    for place in range(12):
        await store.polls.cast(event.slug, "lunch", f"p{place}", lambda poll: ballot(poll, ["0"]), crowd="one")

    assert "12 of 12 ballots came from one address" in (await browser.get(f"/{event.slug}/moderate/polls")).text


# The screen, and how pages know


async def test_a_screen_shows_the_open_poll_live_and_the_closed_one_for_a_while(
    site, store, event, open_poll, change, ask_plan, run_poll_scene
):
    async def shown():
        (scene,) = (await ask_plan()).json()["scenes"]
        return scene

    nothing = (await shown())["html"]
    poll = await open_poll()
    await store.polls.cast(event.slug, poll.id, "ana", answer("1"))
    live = (await shown())["html"]
    await change(poll, lambda one: moved(one, "closed", now=NOW))
    closed = await shown()
    site.later(minutes=11)

    assert (nothing, (await shown())["html"]) == (None, None)
    assert all(part in live for part in ("What for lunch?", "100 %", "screen/polls.svg"))
    assert all((">Closed<" in closed["html"], closed["until"]))


async def test_a_stage_view_has_the_open_poll_before_the_speakers(site, store, event, open_poll, change):
    stage, _ = await site.browser_of_screen(event.slug, "stage")
    poll = await open_poll()
    opened = (await stage.get(f"/{event.slug}/stage/state")).json()["poll"]
    await change(poll, lambda one: unveiled(one, hidden=True))
    hidden = (await stage.get(f"/{event.slug}/stage/state")).json()["poll"]
    await change(poll, lambda one: moved(one, "closed", now=NOW))

    assert "bar-row" in opened[0]["html"]
    assert "bar-row" not in hidden[0]["html"]
    assert (await stage.get(f"/{event.slug}/stage/state")).json()["poll"] == []


async def test_saving_the_settings_of_an_event_leaves_its_polls_where_they_are(
    store, event, open_poll, site, olga
):
    await open_poll()
    organiser = await site.browser_of(olga)

    form = {"title": "Other", "hashtags": "#PyConEx", "timezone": "UTC", "accent": "#ffb000", "theme": "dark"}
    await organiser.post(f"/organise/{event.slug}/settings", data=form)

    after = await store.events.get(event.slug)
    assert (after.title, after.polls) == ("Other", True)


async def test_pages_lead_to_the_polls_while_there_are_some(site, event, open_poll, change):
    link = f'href="/{event.slug}/polls"'
    before = (await site.browser().get(f"/{event.slug}")).text
    poll = await open_poll()
    opened = (await site.browser().get(f"/{event.slug}")).text
    await change(poll, lambda one: unveiled(moved(one, "closed", now=NOW), hidden=True))

    assert link in opened
    assert link not in before + (await site.browser().get(f"/{event.slug}")).text
