"""Every page there is, and the states that matter, held against WCAG 2.2 AA by an engine of somebody else's."""

from datetime import timedelta
from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import expect
from starlette.routing import Route

from tests.browser.axe import wrong_with
from tests.browser.wall import PHONE, now
from tests.cast import a_post
from tests.pictures import plain
from tests.polls import a_poll, answer
from wall.core import question
from wall.core.announcing import Announcement
from wall.core.audit import Entry
from wall.core.poll import moved
from wall.core.post import Media
from wall.core.programme import Draft, Preview, Session
from wall.core.question import Hand, Question
from wall.core.rules import Rule
from wall.core.scenes import Scene, SceneList
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsor
from wall.core.story import Part, Story
from wall.web.app import routes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ENDLESS = ("stream", "stream.sse")
FOR_EVERYBODY = [
    "/{slug}",
    "/{slug}/post/{post_id}",
    "/{slug}/about",
    "/{slug}/join",
    "/{slug}/polls",
    "/{slug}/questions",
    "/{slug}/stories/{name}",
    "/sign-in",
    "/screen",
]
"""Pages that look otherwise to those who are not signed in."""


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def hall(wall):
    """An event with something on every page, and what stands in the paths of its pages."""
    event = await wall.event(replies="wait", questions="moderated", back_channels=True)
    store, slug = wall.store, event.slug
    picture = await wall.acceptor.pictures.keep_bytes(plain(), kind="photo")
    photo = Media(kind="image", url="https://x.example/a.png", picture=picture, alt="A bridge")
    shown, *_ = await wall.show(event, "Hello @ana@x.example, see https://x.example/a #PyConEx", "More #PyConEx")
    await wall.show(event, "A bridge #PyConEx", media=(photo,), content_warning="Heights")
    await wall.decide(event, "pin", shown)
    await wall.say(event, "First #PyConEx", "Second #PyConEx")
    await wall.submit(event, a_post("I would, too", reply_to=shown.uid, tags=()))
    for kind in ("reject", "stash"):
        await wall.decide(event, kind, *await wall.say(event, f"To {kind} #PyConEx"))
    await ask(wall, event)
    screen, _ = await store.screens.open(slug, "Main hall", now=now())
    for kind in ("overlay", "stage"):
        await store.screens.open(slug, kind, now=now(), kind=kind)
    _, token = await store.screens.open(
        slug, "Site", now=now(), kind="embed", origins=("https://www.example.org",)
    )
    await store.sources.save(slug, SourceSettings(id="m", kind="mastodon", options={"servers": "x.example"}))
    await store.rules.change(slug, lambda rules: [*rules, Rule(id="bots", kind="bots")])
    scenes = SceneList(id="hall", name="Hall", scenes=(Scene(id="w", kind="wall"),))
    await store.scenes.create(slug, scenes, now=now())
    await store.sponsors.change(slug, lambda all: all.added(Sponsor(id="s", name="Birchwire")), now=now())
    for poll in a_poll(), a_poll(id="scale", kind="scale", low="No"), a_poll(id="words", kind="words"):
        await store.polls.add(slug, moved(poll, "open", now=now()), now=now())
    await store.polls.cast(slug, "words", "ana", answer("tea", "mud"), states={"tea": "shown"})
    talk = Session(
        id="talk", title="Bridges", starts=now(), ends=now() + timedelta(hours=1), room="Hall 1", by_hand=True
    )
    await store.programmes.change(slug, lambda before: before.with_session(talk), now=now())
    told = Entry(kind="written", by="mia", by_name="Mia", at=now())
    lunch = Announcement(id="lunch", text="Lunch is served", starts=now(), until=None)
    await store.announcements.announce(slug, lunch, now=now(), entry=told)
    story = Story(id="day", title="A day", parts=(Part(id="a", words="It rained."), Part(id="b", post=shown.id)))
    story = story.opened([], now())
    await store.stories.create(slug, story, now=now(), entry=told)
    preview = Preview(draft=Draft(kind="iCalendar", sessions=(talk,)), origin="a.ics")
    return event, {
        "slug": slug, "post_id": shown.id, "status": "approved", "screen": screen.id, "token": token, "rule": "bots",
        "kind": "words", "list": "hall", "scene": "w", "scene_kind": "announcement", "session": "talk",
        "preview": await store.programmes.put_by(slug, preview), "section": "settings", "source": "m",
        "proposal": "none",  # see test_circle.py
        "edition": "x", "path": "css/base.css", "picture": "x", "picture_id": "x", "size": "thumb", "dialect": "slack",
        "poll": "lunch", "post": shown.id, "story": story.id, "name": story.name, "key": "x", "thread": "x", "link": "x",
    }  # fmt: skip


async def ask(wall, event):
    """Have questions on the wall: one that waits, with votes from one address, one now answered, and one answered."""
    asked = await wall.show(event, "Why bridges? #PyConEx", "Why bridges, again? #PyConEx", "Why boats? #PyConEx")
    questions, slug, mia = wall.store.questions, event.slug, Hand(by_name="Mia", at=now())
    for one in asked:
        await questions.ask(slug, Question(post_id=one.id, at=now(), session="talk", place="remote"))
        await questions.vote(slug, one.id, "ana", wanted=True, mark="hall", now=now())
    for number in range(6):
        await questions.vote(slug, asked[0].id, f"p{number}", wanted=True, mark="attic", now=now())
    answered = partial(question.answer, id=asked[2].id, hand=mia, note="Soon.", link="https://x.example/a")
    await questions.change(slug, answered, now=now())
    await questions.change(slug, partial(question.take_up, id=asked[1].id, hand=mia), now=now())


@pytest_asyncio.fixture(loop_scope="session")
async def olga(wall, windows):
    """The browser of who owns the wall."""
    page = await windows.page(await wall.own_link("/organise"))
    await page.get_by_role("button", name="Come in").click()
    await expect(page.get_by_role("heading", name="Your events")).to_be_visible()
    return page


def paths():
    """Return every path that can be read, each once."""
    readable = [one.path for one in routes() if isinstance(one, Route) and "GET" in (one.methods or ())]
    return [path for path in dict.fromkeys(readable) if not path.endswith(ENDLESS)]


async def is_page(page, url):
    answer = await page.context.request.get(url, headers={"accept": "text/html"}, max_redirects=0)
    return answer.status == 200 and (await answer.text()).startswith("<!doctype html>")


async def test_every_page_can_be_used_by_everybody(wall, hall, olga):
    _, names = hall
    found = {}
    for path in paths():
        url = wall.url + path.format(**names)
        if await is_page(olga, url):
            await olga.goto(url)
            found[path] = await wrong_with(olga)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) >= 40


async def test_every_page_for_strangers_can_be_used_by_everybody_on_a_phone(wall, hall, windows):
    event, names = hall
    page = await windows.page(await wall.join_address(event), **PHONE)
    found = {}
    for path in (
        *FOR_EVERYBODY,
        "/{slug}?before=999",
        "/{slug}?session=talk&network=irc",
        "/{slug}/nothing-there",
    ):
        await page.goto(wall.url + path.format(**names))
        found[path] = await wrong_with(page)
    await page.goto(f"{wall.url}/{event.slug}/join")
    await page.get_by_label("Your post").fill("Hello from a phone")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Thank you.")).to_be_visible()
    found["sent"] = await wrong_with(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


async def test_the_desk_can_be_used_by_everybody_whatever_is_open(wall, hall, windows):
    event, _ = hall
    desk = await windows.desk(wall, event)
    found = {"queue": await wrong_with(desk)}
    for key in ("?", "Shift+N", "e", "Shift+Escape"):
        await desk.keyboard.press(key)
        found[key] = await wrong_with(desk)
        await desk.keyboard.press("Escape")

    assert {state: wrong for state, wrong in found.items() if wrong} == {}
