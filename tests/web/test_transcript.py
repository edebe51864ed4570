"""The transcript through the whole application: what is in it and what never is, for whom, and in what amounts."""

import csv
import io
import json
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.chats import an_edition, make_chat, said, show
from tests.circle import RULE, a_circle
from tests.pictures import plain
from wall.cli import FORMATS as FORMATS_OF_SHELL
from wall.core.moderation import Verdict
from wall.core.post import Media
from wall.core.programme import Session, Setting
from wall.core.transcript.formats import FORMATS
from wall.gathering import Gatherer
from wall.store.submission import Submission
from wall.web import transcript
from wall.web.transcribing import Transcriber
from wall.web.transcript_files import Order, written
from wall.web.transcript_form import parse_asked

EACH = pytest.mark.parametrize("format", FORMATS)


@pytest.fixture
async def browser(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
async def read(browser, event):
    async def read(format="jsonl", **query):
        return await browser.get(f"/organise/{event.slug}/transcript.{format}", params=query)

    return read


@pytest.fixture
async def publish(store, event):
    async def publish(how="names", **changes):
        await store.events.change(event.slug, lambda before: replace(before, transcript=how, **changes))

    return publish


def texts(answer):
    return [json.loads(line)["text"] for line in answer.text.split("\n") if line]


async def a_talk(store, event, id="talk", *, minute=0, **fields):
    starts = NOW + timedelta(minutes=minute)
    talk = Session(id=id, title=id.capitalize(), starts=starts, ends=starts + timedelta(minutes=30), **fields)
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)


# What is in it


@EACH
async def test_only_what_stands_on_the_wall_is_in_it(read, store, event, format):
    _kept, removed, withdrawn = await show(
        store, event, said("Kept so"), said("Removed so", minute=1), said("Withdrawn so", minute=2, author=BOB)
    )
    await store.posts.submit(event.slug, [Submission(a_post("Waiting so"), Verdict())], now=NOW)
    standing = await store.posts.get(event.slug, removed.id)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
    await store.posts.withdraw(event.slug, withdrawn.uid, now=NOW)

    answer = await read(format)

    assert answer.status_code == HTTPStatus.OK
    assert "Kept so" in answer.text
    assert not [word for word in ("Removed so", "Withdrawn so", "Waiting so") if word in answer.text]
    assert answer.headers["content-type"] == FORMATS[format].media_type
    assert answer.headers["content-disposition"].endswith(f'-transcript-2026-06-12.{format}"')
    assert "no-store" in answer.headers["cache-control"]


async def test_what_is_removed_while_it_is_written_is_not_in_it(site, store, event):
    first, *_rest = await show(store, event, *(said(f"Post {number}", minute=number) for number in range(3)))
    reader = Transcriber(store, site.services["pictures"], "https://wall.example")
    asked, _about = await parse_asked({}, event, store)
    plan = await reader.plan(event, asked, now=NOW)

    await store.posts.decide(
        event.slug, a_decision("remove", await store.posts.get(event.slug, first.id)), now=NOW
    )

    lines = [line.post.text async for _section, line in reader.lines(event, plan, asked, threaded=False)]
    assert lines == ["Post 1", "Post 2"]


async def test_posts_come_by_the_time_they_were_written(read, store, event):
    await show(store, event, said("Third", minute=9), said("First"), said("Second", minute=5))

    assert texts(await read()) == ["First", "Second", "Third"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"from": "2026-06-12T11:35"}, ["Noon", "Night"]),
        ({"to": "2026-06-12T11:35"}, ["Early"]),
        ({"to": "2026-06-12"}, ["Early", "Noon"]),
        ({"from": "2026-06-13"}, ["Night"]),
        ({"part": "session:talk"}, ["Early"]),
    ],
)
async def test_a_range_is_by_the_clocks_of_the_event(read, store, event, query, found):
    await store.events.change(event.slug, lambda before: replace(before, timezone="Europe/Berlin"))
    await a_talk(store, event)
    await show(store, event, said("Early"), said("Noon", minute=35), said("Night", minute=13 * 60))

    assert texts(await read(**query)) == found


async def test_what_names_a_room_is_in_the_transcript_of_its_session_alone(read, store, event):
    await a_talk(store, event, "talk", room="Hall 1")
    await a_talk(store, event, "walk", room="Garden")
    garden = replace(a_post().tags[0], raw="garden", key="garden")
    await show(store, event, said("Anywhere"), said("Outside", minute=1, tags=(garden,)))

    assert texts(await read(part="session:talk")) == ["Anywhere"]
    assert texts(await read(part="session:walk")) == ["Anywhere", "Outside"]


async def test_answers_stand_below_what_they_answer(read, store, event):
    first = said("First")
    await show(
        store, event, first, said("Second", minute=1), said("An answer", minute=2, reply_to=first.uid, author=BOB)
    )

    page = LexborHTMLParser((await read("html")).text)

    assert page.css_first(f"#p{first.id} + .answers .e-content").text() == "An answer"
    assert [one["answers"] for one in map(json.loads, (await read()).text.split("\n")[:3])] == [
        None,
        None,
        first.id,
    ]


@EACH
async def test_the_wall_s_own_answer_stands_with_what_it_answers(site, read, store, event, mia, format):
    asked, _other = await show(store, event, said("Where is hall 2?"), said("Hello", minute=1))
    form = {"text": "Upstairs", "version": "0", "do": "answer"}
    await (await site.browser_of(mia)).post(f"/{event.slug}/moderate/answers/{asked.id}", data=form)

    text = (await read(format)).text

    assert ("Upstairs" in text) == (format != "vtt")
    assert format == "vtt" or text.index("Where is hall") < text.index("Upstairs") < text.rindex("Hello")


@EACH
async def test_nobody_is_named_where_names_are_initials(read, store, event, format):
    noted = said("With @bob@other.example", author=replace(ALICE, url="https://social.example/@alice"))
    post, _answer = await show(
        store,
        event,
        replace(noted, url="https://social.example/@alice/1"),
        said("So it is", minute=1, author=BOB, reply_to=noted.uid),
    )

    text = (await read(format, initials="on")).text

    assert "A." in text
    assert not [word for word in ("Alice", "alice", "bob", post.id) if word in text]


async def test_pictures_are_in_the_page_and_can_be_left_out(read, store, event, site):
    kept = await site.services["pictures"].keep_bytes(plain(), kind="photo")
    media = Media(kind="image", url="https://x.example/a.png", picture=kept, alt="A bridge")
    await show(store, event, said("See", media=(media, replace(media, picture=replace(kept, id="b" * 32)))))

    page = LexborHTMLParser((await read("html")).text)
    without = LexborHTMLParser((await read("html", without_pictures="on")).text)

    (picture,) = page.css("img")
    assert picture.attributes["src"].startswith("data:image/webp;base64,")
    assert picture.attributes["alt"] == "A bridge"
    assert (len(page.css(".post__unseen")), len(without.css(".post__unseen"))) == (1, 2)
    assert not without.css("img")


async def test_the_page_has_the_fonts_that_its_letters_take(read, store, event):
    await show(store, event, said("Hello"))
    plain_page = (await read("html")).text
    await show(store, event, said("مرحبا", minute=1))

    assert "Noto Sans Arabic" not in plain_page.split("--font-scripts")[0]
    assert "Noto Sans Arabic" in (await read("html")).text.split("--font-scripts")[0]
    assert 'url("../' not in plain_page


async def test_captions_begin_with_the_recording(read, store, event):
    await a_talk(store, event)
    setting = Setting(recording=NOW + timedelta(seconds=130))
    await store.programmes.change(event.slug, lambda before: before.setting_of("talk", setting), now=NOW)
    await show(store, event, said("Before"), said("During", minute=3))

    text = (await read("vtt", part="session:talk")).text

    assert "Before" not in text
    assert "00:00:50.000 --> 00:00:56.000\n<v Alice><b>Alice</b> During</v>" in text


async def test_an_event_where_nothing_was_said_has_a_transcript_too(read):
    answers = {format: await read(format) for format in FORMATS}

    assert {one.status_code for one in answers.values()} == {HTTPStatus.OK}
    assert json.loads(answers["json"].text)["totalItems"] == 0


# The page of organisers


async def test_organisers_see_what_it_will_hold(browser, store, event):
    await show(store, event, said("One"), said("Two", minute=1), said("Three", minute=2, author=BOB))

    page = await browser.get(f"/organise/{event.slug}/transcript?to=2026-06-12T09:32")

    assert "2 posts by 1 person" in page.text
    assert 'value="2026-06-12T09:32"' in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=soon", "A time is written like"),
        ("from=0026-06-12", "The year 26 cannot be meant."),
        ("from=2026-06-13&to=2026-06-12", "It has to end after it begins."),
        ("part=session:none", "There is no such session"),
        ("part=edition:%C2%B2", "There is no such edition"),
        ("part=x", "There is no such part"),
    ],
)
async def test_what_cannot_be_meant_is_said(browser, event, query, words):
    page = await browser.get(f"/organise/{event.slug}/transcript?{query}")
    file = await browser.get(f"/organise/{event.slug}/transcript.csv?{query}")

    assert (page.status_code, file.status_code) == (422, 422)
    assert words in page.text


async def test_an_unknown_format_is_not_there(read):
    assert (await read("exe")).status_code == HTTPStatus.NOT_FOUND


async def test_when_a_recording_begins_is_set_with_the_programme(browser, store, event):
    await store.events.change(event.slug, lambda before: replace(before, timezone="Europe/Berlin"))
    await a_talk(store, event)
    address = f"/organise/{event.slug}/programme/sessions/talk/setting"

    refused = await browser.post(address, data={"quiet": "as usual", "recording": "noon"})
    await browser.post(address, data={"quiet": "as usual", "recording": "11:32:10"})

    assert refused.status_code == 422
    setting = (await store.programmes.get(event.slug)).setting("talk")
    assert setting.recording == NOW + timedelta(seconds=130)
    assert 'value="11:32:10"' in (await browser.get(f"/organise/{event.slug}/programme")).text
    assert "11:32:10" in (await browser.get(f"/organise/{event.slug}/transcript?part=session:talk")).text


# For everybody


async def test_it_is_for_organisers_alone_unless_they_publish_it(site, event, publish):
    page, file = f"/{event.slug}/transcript", f"/{event.slug}/transcript.csv"
    before = [(await site.browser().get(one)).status_code for one in (page, file)]

    await publish()

    assert before == [HTTPStatus.NOT_FOUND] * 2
    assert [(await site.browser().get(one)).status_code for one in (page, file)] == [HTTPStatus.OK] * 2
    assert f'href="{page}"' in (await site.browser().get(f"/{event.slug}")).text


async def test_it_is_published_by_the_settings(browser, store, event):
    values = {"title": "PyCon Example", "hashtags": "#PyConEx", "transcript": "initials", "version": "1"}

    await browser.post(f"/organise/{event.slug}/settings", data=values)

    assert (await store.events.get(event.slug)).transcript == "initials"


async def test_nobody_outside_gets_names_that_are_published_as_initials(site, store, event, publish):
    await publish("initials")
    await show(store, event, said("Hello"))

    answer = await site.browser().get(f"/{event.slug}/transcript.csv?initials=")

    (_header, row) = csv.reader(io.StringIO(answer.text))
    assert row[2:4] == ["A.", ""]


async def test_a_transcript_of_a_circle_is_for_its_members_alone(site, store, event, publish):
    await publish(circle=RULE)
    *_, anas, _bens = await a_circle(store, event.slug)
    member, stranger = site.browser(), site.browser()
    member.cookies.set(f"circle-{event.slug}", anas)
    screen, _ = await site.browser_of_screen(event.slug)
    await show(store, event, said("Among ourselves"))
    address = f"/{event.slug}/transcript.txt"

    inside, *outside = [await one.get(address) for one in (member, stranger, screen)]

    assert "Among ourselves" in inside.text
    assert inside.headers["cache-control"] == "private, no-store"
    assert not [one for one in outside if one.status_code == HTTPStatus.OK or "Among" in one.text]


async def test_who_takes_very_many_is_asked_to_wait(site, event, publish, monkeypatch):
    monkeypatch.setattr(transcript, "MOST_ORDERS", 1)
    await publish()
    browser = site.browser()

    answers = [await browser.get(f"/{event.slug}/transcript.txt") for _turn in range(2)]

    assert [one.status_code for one in answers] == [HTTPStatus.OK, 422]


# Of a chat


@pytest.fixture
async def chat(store, event):
    await make_chat(store, event, an_edition())
    await show(
        store,
        event,
        said("A1 Bread", minute=12),
        said("Hello", minute=1, author=BOB),
        said("A1 Roses", minute=13, author=BOB),
    )
    await Gatherer(store).gather(event.slug)


async def test_an_edition_is_told_question_by_question(site, event, chat):
    site.later(minutes=25)

    text = (await site.browser().get(f"/{event.slug}/chat/1/transcript.txt")).text

    first, rest = text.index("* Q1 What is number 1?"), text.index("* Also said")
    assert "Topic 1" in text[:first]
    assert "3 posts by 2 people" in text[:first]
    assert first < text.index("A1 Bread") < text.index("A1 Roses") < rest < text.index("Hello")
    assert "What is number 3?" not in text


async def test_organisers_choose_an_edition_as_they_choose_a_session(browser, read, chat):
    assert texts(await read(part="edition:1")) == ["Hello", "A1 Bread", "A1 Roses"]


# In amounts


@pytest.mark.thorough
async def test_very_many_posts_are_written_a_little_at_a_time(site, store, event):
    words = "A long word or two. " * 50
    posts = [said(f"{number} {words}", minute=number / 100) for number in range(5_000)]
    for start in range(0, len(posts), 500):
        await show(store, event, *posts[start : start + 500])
    reader = Transcriber(store, site.services["pictures"], "https://wall.example")
    asked, about = await parse_asked({}, event, store)
    order = Order(event, asked, about, "html", await reader.plan(event, asked, now=NOW))
    del posts

    tracemalloc.start()
    sizes = [len(part) async for part in written(reader, order, now=NOW)]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert order.plan.posts == 5_000
    assert sum(sizes) > 5_000_000
    assert most < sum(sizes) / 2


def test_the_shell_knows_every_format():
    assert tuple(FORMATS) == FORMATS_OF_SHELL
