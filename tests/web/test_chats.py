"""The chat through the whole application: questions on time, answers under them, and nothing before its minute."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import icalendar
import pytest

from tests.cast import ALICE, BOB, NOW, a_decision
from tests.chats import CHAT, SHEP, an_edition, make_chat, said, show
from wall.gathering import Gatherer
from wall.telling import Teller

SECRET = "What is number 3?"
HTML = {"accept": "text/html"}
WEEK = timedelta(days=7)


@pytest.fixture
def read(site, event):
    """Read a page of the chat as somebody who follows from afar."""
    browser = site.browser()

    async def read(path=""):
        return await browser.get(f"/{event.slug}/chat{path}", headers=HTML)

    return read


@pytest.fixture
def gather(store, event):
    async def gather():
        await Gatherer(store).gather(event.slug)

    return gather


@pytest.fixture
async def running(store, event, site, gather):
    """An edition of which two questions were asked, with two answers to the first and a word beside."""
    await make_chat(store, event, an_edition())
    site.later(minutes=25)
    posts = await show(
        store,
        event,
        said("A1 Bread and roses", minute=12),
        said("a1: Only bread", minute=13, author=BOB),
        said("Hello from the kitchen", minute=1),
    )
    await gather()
    return posts


EVERY_DOOR = ("", ".json", ".json?view=html", "/1", "/1/transcript.html", "/editions", ".ics", "/1/figures.json")


@pytest.mark.parametrize("path", EVERY_DOOR)
async def test_a_question_to_come_is_behind_no_door(read, running, path):
    answer = await read(path)

    assert answer.status_code == HTTPStatus.OK
    assert SECRET not in answer.text


async def test_the_page_of_a_question_to_come_is_not_there(read, running):
    assert (await read("/1/3")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["", ".json?view=html", "/1", "/1/1", "/1/transcript.html"])
async def test_what_was_removed_is_behind_no_door_though_nobody_gathered_since(store, event, read, running, path):
    standing = await store.posts.get(event.slug, running[0].id)

    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    assert "Bread and roses" not in (await read(path)).text


async def test_the_question_that_stands_is_shown_with_its_answers(site, read, running):
    page, told = await read(), (await read(".json")).json()

    assert "What is number 2?" in page.text
    assert (told["question"], [one["answers"] for one in told["asked"]]) == (2, [2, 0])
    assert told["until"] == "2026-06-12T10:00:00.000Z"


async def test_an_edition_is_read_question_by_question_and_the_rest_beside(read, running):
    page = (await read("/1")).text

    first, rest = page.index('id="q1"'), page.index('id="said"')
    assert first < page.index("Bread and roses") < page.index("Only bread") < rest
    assert rest < page.index("Hello from the kitchen") < page.index("In figures")


async def test_an_edition_is_looked_at_again_and_costs_nothing_while_it_is_the_same(site, event, read, running):
    first = await read("/1")

    again = await site.browser().get(
        f"/{event.slug}/chat/1", headers=HTML | {"if-none-match": first.headers["etag"]}
    )

    assert again.status_code == HTTPStatus.NOT_MODIFIED


async def test_a_host_asks_what_nobody_planned(store, event, site, read, gather):
    await make_chat(store, event, an_edition(questions=()))
    site.later(minutes=5)
    question = said("Q1: What did you cook? #PyConEx", minute=3, author=SHEP)
    await show(store, event, question)
    await gather()
    assert "What did you cook?" in (await read()).text

    standing = await store.posts.get(event.slug, question.id)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    for path in ("", ".json", "/1"):
        assert "What did you cook?" not in (await read(path)).text


async def test_the_live_page_is_told_the_question_at_its_minute(store, event, site, running):
    offset = (await store.feeds.tip(event.slug, "public")).offset

    site.later(minutes=5)
    await Teller(store, lambda: site.time).tell()

    told = await store.feeds.after(event.slug, "public", offset, limit=20)
    assert {one.status for one in told if one.kind == "arranged"} == {"chat", "announcements"}
    announced = (await site.browser().get(f"/{event.slug}/announcements")).json()["announcements"]
    assert [one["text"] for one in announced] == [f"Q3: {SECRET}"]


async def test_between_editions_the_next_one_is_told_and_can_be_put_into_a_calendar(store, event, site, read):
    await make_chat(store, event, an_edition(1), an_edition(2, starts=NOW + WEEK))
    site.later(hours=3)

    page, calendar = (await read()).text, icalendar.Calendar.from_ical((await read(".ics")).content)

    assert "Topic 2" in page
    assert "Friday, June 19, 2026" in page or "Friday, 19 June 2026" in page
    entries = calendar.walk("VEVENT")
    assert [str(entries[0]["summary"]), entries[0]["dtstart"].dt] == ["PyCon Example: Topic 2", NOW + WEEK]
    assert {str(one.get("status", "")) for one in entries[1:]} == {"TENTATIVE"}
    assert len(entries) == 8


async def test_an_event_that_is_no_chat_has_no_pages_of_one(read, store, event):
    assert [(await read(path)).status_code for path in ("", ".json", ".ics", "/1", "/editions")] == [404] * 5


@pytest.mark.parametrize("path", ["/0", "/01", "/x", "/1/31", "/1/0", "/1/x", "/99999999999", "/7", "/1/²"])
async def test_what_is_no_edition_or_part_is_not_found(read, running, path):
    assert (await read(path)).status_code == HTTPStatus.NOT_FOUND


async def test_parts_are_read_page_by_page(store, event, read, gather):
    await make_chat(store, event, an_edition())
    await show(store, event, *(said(f"A1 number {n:02}!", minute=n % 50) for n in range(60)))
    await gather()

    first, second = (await read("/1/1")).text, (await read("/1/1?from=50")).text

    assert (first.count("chat-post"), second.count("chat-post")) != (0, 0)
    assert first.count('<li class="chat-post"') == 50
    assert second.count('<li class="chat-post"') == 10


class TestFigures:
    async def test_they_name_people_and_say_nothing_of_participants(self, store, event, read, gather):
        await make_chat(store, event, an_edition())
        guest = replace(ALICE, uid="form:secret-participant", handle="", name="Gast")
        await show(store, event, said("A1 a", author=guest), said("A1 b", author=guest), said("A2 c", author=BOB))
        await gather()

        page, told = await read("/1"), await read("/1/figures.json")

        assert told.json()["top"] == [{"name": "Gast", "posts": 2}, {"name": "Bob", "posts": 1}]
        assert "secret-participant" not in page.text + told.text

    async def test_the_plot_has_its_table(self, read, running):
        page = (await read("/1")).text

        assert page.count("<rect ") == 13
        assert page.count('<th scope="row">') == 13

    async def test_continents_are_told_with_of_how_many_they_are_known(self, store, event, read, gather):
        await make_chat(store, event, an_edition())
        await show(store, event, said("A1 Hei", language="fi"), said("A1 Hello", author=BOB, language="en"))
        await gather()

        assert "Known of 1 of 2" in (await read("/1")).text


class TestContinentOfSomebodyWhoTakesPart:
    @pytest.fixture
    async def phone(self, site, store, event, joining):
        return await joining()

    @pytest.fixture
    def joining(self, site, store, event):
        from wall.core.participation import NEW
        from wall.core.source import SourceSettings

        async def joining():
            await make_chat(store, event, an_edition())
            await store.events.change(event.slug, lambda one: replace(one, participation=NEW))
            await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
            browser = site.browser(headers=HTML)
            await browser.get(f"/{event.slug}/join")
            return browser

        return joining

    async def test_it_is_kept_as_a_word_alone_and_can_be_taken_back(self, store, event, phone):
        (id,) = [await self.sent(phone, event, store, "europe", "a" * 32)]
        assert (await store.participants.get(event.slug, id)).continent == "europe"

        await self.sent(phone, event, store, "", "b" * 32)
        assert (await store.participants.get(event.slug, id)).continent == ""
        assert len(await store.chat_index.stale(event.slug, 9)) >= 1

    async def test_what_is_no_continent_says_nothing(self, store, event, phone):
        id = await self.sent(phone, event, store, "Europe/Berlin", "c" * 32)

        assert (await store.participants.get(event.slug, id)).continent == ""

    async def test_the_form_offers_it_only_where_the_chat_asks(self, store, event, phone):
        assert 'name="continent"' in (await phone.get(f"/{event.slug}/join")).text

        quiet = replace(CHAT, continents=False)
        await store.events.change(event.slug, lambda one: replace(one, chat=quiet))

        assert 'name="continent"' not in (await phone.get(f"/{event.slug}/join")).text

    async def test_an_answer_is_begun_for_who_comes_from_the_question(self, event, phone):
        assert ">A3 </textarea>" in (await phone.get(f"/{event.slug}/join?begin=A3")).text
        assert "<b>" not in (await phone.get(f"/{event.slug}/join?begin=<b>")).text

    async def sent(self, phone, event, store, continent, nonce):
        form = {"text": f"A1 {nonce[:3]}", "nonce": nonce, "name": "", "place": "", "continent": continent}
        answer = await phone.post(f"/{event.slug}/join", data=form)
        assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
        (standing, *_) = await store.posts.newest(event.slug)
        return standing.post.author.uid.removeprefix("form:")


async def test_every_page_of_the_audience_is_told_the_question_and_the_chats_own_says_it_once(
    site, event, running
):
    browser = site.browser()

    polls = (await browser.get(f"/{event.slug}/polls", headers=HTML)).text
    chat = (await browser.get(f"/{event.slug}/chat", headers=HTML)).text

    assert "Q2: What is number 2?</p>" in polls
    assert "Q2: What is number 2?</p>" not in chat
    assert chat.count("What is number 2?") == 2  # the question, and what was said aloud already
