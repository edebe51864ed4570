"""The chat at the desk and in the organiser's settings: planned, led by hand, and its posts put where they belong."""

from dataclasses import replace
from datetime import date, time
from http import HTTPStatus

import pytest

from tests.cast import NOW
from tests.chats import CHAT, HOST, an_edition, make_chat, said, show
from wall.core.edition import asked
from wall.gathering import Gatherer

PLAN = {
    "number": "7",
    "topic": "Saying <b>sorry</b>",
    "starts": "2026-06-19T09:30",
    "ends": "2026-06-19T10:30",
    "hosts": "Shep Hyken @shep@social.example\nMia\n",
    "questions": "+10 What first?\nWhat then?\n+55 What last?",
}
CHOSEN = {
    "chat_shown": "shown",
    "chat": "on",
    "chat_first": "2026-06-12",
    "chat_at": "18:30",
    "chat_minutes": "90",
}
CHOSEN |= {"chat_every": "months", "chat_step": "2"}


@pytest.fixture
def desk(event):
    return f"/{event.slug}/moderate/chat"


@pytest.fixture
async def first(store, event):
    """An edition that is on, with three questions to come."""
    await make_chat(store, event, an_edition())


async def test_an_edition_is_planned_with_hosts_and_questions(store, event, browser, desk, mia):
    await make_chat(store, event)

    answer = await browser.post(desk, data=PLAN)

    assert answer.status_code == HTTPStatus.SEE_OTHER
    (edition,) = await store.chats.all(event.slug)
    assert [(one.name, one.known_as, one.person) for one in edition.hosts] == [
        ("Shep Hyken", ("@shep@social.example",), ""),
        ("Mia", (), mia.id),
    ]
    assert [(one.minute, one.text) for one in edition.questions] == [
        (10, "What first?"),
        (23, "What then?"),
        (55, "What last?"),
    ]
    assert "<b>sorry" not in (await browser.get(f"{desk}/7")).text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("number", "0"), ("number", "x"), ("topic", " "), ("starts", "soon"), ("ends", "2026-06-19T09:30"),
        ("questions", "+60 Too late"), ("questions", "\n".join("?" * 31)), ("hosts", "\n".join(f"H{n}" for n in range(13))),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(
    store, event, browser, desk, field, wrong
):
    await make_chat(store, event)

    answer = await browser.post(desk, data=PLAN | {field: wrong})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="{field}-error"' in answer.text
    assert "Shep Hyken" in answer.text or field == "hosts"
    assert await store.chats.all(event.slug) == []


async def test_two_editions_cannot_have_one_number_and_one_form_twice_is_one(store, event, browser, desk, first):
    taken = await browser.post(desk, data=PLAN | {"number": "1"})
    await browser.post(desk, data=PLAN)
    again = await browser.post(desk, data=PLAN)

    assert (taken.status_code, again.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER)
    assert [one.number for one in await store.chats.all(event.slug)] == [1, 7]


@pytest.mark.parametrize(
    ("do", "numbers"),
    [("ask", [1, 2]), ("later 10", []), ("drop", [1])],
)
async def test_a_question_is_asked_put_off_or_dropped_by_hand(
    site, store, event, browser, desk, first, do, numbers
):
    site.later(minutes=12 if do != "later 10" else 5)
    which = "1" if do == "later 10" else "2"

    await browser.post(f"{desk}/1/acts", data={"do": do, "question": which})

    site.later(minutes=9)
    edition = await store.chats.get(event.slug, 1)
    expected = {"ask": [1, 2], "later 10": [], "drop": [1]}[do]
    assert [one.number for one in asked(edition, {}, site.time)] == expected == numbers
    assert edition.version == 2


@pytest.mark.parametrize(
    "form", [{}, {"do": "ask"}, {"do": "later 99", "question": "1"}, {"do": "ask", "question": "9"}]
)
async def test_an_act_that_is_none_changes_nothing(store, event, browser, desk, first, form):
    answer = await browser.post(f"{desk}/1/acts", data=form)

    assert answer.status_code in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND)
    assert (await store.chats.get(event.slug, 1)).version == 1


async def test_of_two_who_change_a_plan_the_second_is_told(store, event, browser, desk, first):
    one = await browser.post(f"{desk}/1", data=PLAN | {"version": "1"})
    two = await browser.post(f"{desk}/1", data=PLAN | {"version": "1", "topic": "Other"})

    assert (one.status_code, two.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Somebody changed this edition meanwhile" in two.text
    assert (await store.chats.get(event.slug, 1)).topic == "Saying <b>sorry</b>"


async def test_a_post_is_put_under_another_question_at_once(store, event, browser, desk, first):
    (post,) = await show(store, event, said("A1 I meant the second"))
    await Gatherer(store).gather(event.slug)

    await browser.post(f"{desk}/1/places", data={"post": post.id, "to": "2", "under": "1"})

    assert await store.chat_index.ids(event.slug, 1, 2, limit=9) == [post.id]
    assert "I meant the second" in (await browser.get(f"{desk}/1?under=2")).text


async def test_an_edition_is_deleted_and_its_posts_stay(store, event, browser, desk, first):
    (post,) = await show(store, event, said("A1 yes"))

    await browser.post(f"{desk}/1/acts", data={"do": "delete"})

    assert await store.chats.all(event.slug) == []
    assert (await store.posts.get(event.slug, post.id)).visible


async def test_an_event_that_is_no_chat_has_none_at_its_desk(browser, desk):
    assert (await browser.get(desk)).status_code == HTTPStatus.NOT_FOUND


class TestSettings:
    @pytest.fixture
    def save(self, site, event, olga):
        async def save(**fields):
            browser = await site.browser_of(olga)
            usual = {"title": event.title, "hashtags": "#PyConEx", "timezone": "Europe/Berlin"}
            return await browser.post(f"/organise/{event.slug}/settings", data=usual | fields)

        return save

    async def test_an_organiser_makes_an_event_a_chat_and_ends_it(self, store, event, save):
        await save(**CHOSEN)
        chat = (await store.events.get(event.slug)).chat
        assert (chat.first, chat.at, chat.minutes, chat.every, chat.step, chat.continents) == (
            date(2026, 6, 12), time(18, 30), 90, "months", 2, False,
        )  # fmt: skip

        await save(chat_shown="shown")
        assert (await store.events.get(event.slug)).chat is None

    async def test_a_form_that_does_not_ask_leaves_the_chat_alone(self, store, event, save):
        await make_chat(store, event)

        await save()

        assert (await store.events.get(event.slug)).chat == CHAT

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("chat_first", ""), ("chat_first", "x"), ("chat_at", "25:00"), ("chat_minutes", "5"), ("chat_step", "0")],
    )
    async def test_what_cannot_be_used_is_said_beside_it(self, store, event, save, field, wrong):
        answer = await save(**CHOSEN | {field: wrong})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f'id="{field}-error"' in answer.text
        assert (await store.events.get(event.slug)).chat is None


class TestScene:
    @pytest.fixture
    def shown(self, store, event, hall, ask_plan):
        from tests.web.hall import run, scene

        async def shown():
            if not await store.scenes.all(event.slug):
                await run(store, event, hall[1], scene("chat"))
            (found,) = (await ask_plan()).json()["scenes"]
            return found

        return shown

    async def test_it_shows_the_question_that_stands_and_its_newest_answers(self, site, store, event, shown):
        await make_chat(store, event, an_edition(hosts=(replace(HOST, known_as=("@alice@social.example",)),)))
        site.later(minutes=25)
        before = (await shown())["news"]
        await show(store, event, said("A2 Soup, always #PyConEx", minute=22), said("A1 Bread", minute=12))
        await show(store, event, said("A2 A <i>secret</i>", minute=23, content_warning="Food"))
        await Gatherer(store).gather(event.slug)

        found = await shown()

        assert "What is number 2?" in found["html"]
        assert "Soup, always</p>" in found["html"]
        assert "Host" in found["html"]
        assert not [word for word in ("Bread", "secret", "number 3", "#PyConEx</p>") if word in found["html"]]
        assert (before, found["news"], found["until"]) == ("1 2", "1 2", "2026-06-12T10:30:00.000Z")

    async def test_without_an_edition_screens_pass_over_it(self, site, store, event, shown):
        assert (await shown())["html"] is None
        await make_chat(store, event, an_edition(starts=NOW.replace(hour=15)))
        assert (await shown())["html"] is None

        site.later(hours=5, minutes=50)
        assert "Topic 1" in (await shown())["html"]
