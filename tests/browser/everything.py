"""An event with something on every page, for what looks at all of them."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest_asyncio

from tests.browser.wall import now
from tests.cast import a_post
from tests.chats import SHEP, an_edition, make_chat, said
from tests.pictures import plain
from tests.polls import a_poll, answer
from wall.core import question
from wall.core.announcing import Announcement
from wall.core.audit import Entry
from wall.core.event_report import EventReport
from wall.core.mood import Mood
from wall.core.poll import moved
from wall.core.post import Media
from wall.core.programme import Draft, Preview, Session
from wall.core.question import Hand, Question
from wall.core.rules import Rule
from wall.core.scenes import Scene, SceneList
from wall.core.source import SourceSettings
from wall.core.spoken import spoken, words_hash
from wall.core.sponsors import Sponsor
from wall.core.story import Part, Story
from wall.core.webhook import Attempt, Progress, Webhook
from wall.gathering import Gatherer


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def hall(wall):
    """An event with something on every page, and what stands in the paths of its pages."""
    event = await wall.event(replies="wait", questions="moderated", back_channels=True, transcript="names")
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
    await chat(wall, event)
    story = Story(id="day", title="A day", parts=(Part(id="a", words="It rained."), Part(id="b", post=shown.id)))
    story = story.opened([], now())
    await store.stories.create(slug, story, now=now(), entry=told)
    told = replace(told, kind="settings")
    await store.event_reports.keep(slug, EventReport(token="days", title="A day", made_at=now()), entry=told)
    standing = await store.posts.get(slug, shown.id)
    words = words_hash(spoken(shown.text))
    unhappy = Mood(language="en", model="vader", words=words, score=-0.6)
    await store.moods.put(slug, [(standing, unhappy)])
    await webhooks(store, slug)
    preview = Preview(draft=Draft(kind="iCalendar", sessions=(talk,)), origin="a.ics")
    return event, {
        "slug": slug, "post_id": shown.id, "status": "approved", "screen": screen.id, "token": token, "rule": "bots",
        "kind": "words", "list": "hall", "scene": "w", "scene_kind": "announcement", "session": "talk",
        "preview": await store.programmes.put_by(slug, preview), "section": "settings", "source": "m",
        "proposal": "none",  # see test_circle.py
        "report_token": "days", "table": "outcomes",
        "tag": "PyConEx", "account": "1", "version": "v1", "what": "x", "which": "x",  # see web/mastodon/
        "edition": "x", "path": "css/base.css", "picture": "x", "picture_id": "x", "size": "thumb", "dialect": "slack",
        "webhook": "lights", "number": "1", "part": "1", "poll": "lunch", "post": shown.id, "story": story.id, "name": story.name, "key": "x", "passkey": "x", "format": "csv", "thread": "x", "link": "x",
    }  # fmt: skip


async def webhooks(store, slug):
    """Have a webhook that takes what it is told, and one that was turned off."""
    tip = await store.feeds.tip(slug, "public")
    place = Progress(epoch=tip.epoch, offset=tip.offset)
    lights = Webhook(
        id="lights", name="Lobby lights", address="https://127.0.0.1/wall", base="", secrets=("a", "b")
    )
    off = Webhook(id="sign", name="Sign", address="https://127.0.0.1/", base="", off="gone")
    for one in lights, off:
        await store.webhooks.create(slug, one, place)
    taken = Attempt(at=now(), type="posts.posted", cursor=str(tip), status=204, words="", seconds=0.1)
    failed = Attempt(
        at=now(), type="test", cursor=str(tip), status=0, words="It does not answer in time.", seconds=15
    )
    for attempt in failed, taken:
        await store.webhooks.note(slug, await store.webhooks.get(slug, "lights"), None, attempt)


async def chat(wall, event):
    """Have an edition of a chat that is on, with a question asked by a host and answers to it."""
    begun = now() - timedelta(minutes=15)
    await make_chat(wall.store, event, an_edition(starts=begun), now=now())
    told = (
        said("Q1 How? #PyConEx", starts=begun, author=SHEP),
        said("A1 In a bowl #PyConEx", starts=begun, minute=12),
    )
    await wall.decide(event, "approve", *await wall.submit(event, *told))
    await Gatherer(wall.store).gather(event.slug)


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
