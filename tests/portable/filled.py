"""An event with something in every part that its file has, and a known secret wherever there is one."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.chats import CHAT, PUT, an_edition
from tests.polls import a_poll, answer
from wall.core.announcing import Announcement
from wall.core.answering import Sent
from wall.core.audit import Entry
from wall.core.brand import Brand
from wall.core.caseload import Held
from wall.core.gathered import Place
from wall.core.identity import participant_id
from wall.core.leave_request import LeaveRequest
from wall.core.moderation import Status, Verdict
from wall.core.overlay import Overlay
from wall.core.panic import Restriction
from wall.core.participation import Participation
from wall.core.post import Author, Media, Picture
from wall.core.programme import Session
from wall.core.question import Question
from wall.core.quoting import Written
from wall.core.reactions import REACTIONS
from wall.core.retention import Figures
from wall.core.scenes import SceneList
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsor
from wall.core.stage import Stage
from wall.core.story import Part, Story
from wall.store.codec import encode
from wall.store.keys import EventKeys
from wall.store.portable_parts import NEVER
from wall.store.submission import Submission

SECRET = "canary-in-a-coal-mine"
ERASED = "what was erased long ago"
WEBP = b"RIFF\x0c\x00\x00\x00WEBPVP8 bytes"
PICTURE = Picture(hashlib.sha256(WEBP).hexdigest()[:32], 40, 30)


async def filled(store, event, pictures):
    """Fill an event, and return the ids of its participants."""
    slug, keys, database = event.slug, EventKeys(event.slug), store.database
    guests = [participant_id(slug, f"{SECRET}-{number}") for number in range(3)]
    for size in ("screen", "thumb"):
        path = pictures.path(PICTURE.id, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WEBP)
    await store.events.change(
        slug, lambda one: replace(one, chat=CHAT, participation=Participation(question="Who?", answer=SECRET))
    )

    shown = a_post(
        "Grüße من القاعة #PyConEx",
        aliases=("ap:https://social.example/1",),
        media=(Media(kind="image", url="https://x.example/1.png", picture=PICTURE),),
    )
    reply = a_post("Indeed", reply_to=shown.uid)
    orphan = a_post("To somebody unknown", reply_to="ap:https://nobody.example/1")
    own = [
        a_post("From my phone", uid=f"form:{n}", author=Author(uid=f"form:{one}", handle="", name="Ann"))
        for n, one in enumerate(guests)
    ]
    waiting, refused, gone = a_post("Wait"), a_post("No"), a_post(ERASED, uid="ap:https://x.example/erased")
    late = a_post("In a while")
    there = [shown, reply, orphan, *own]
    await store.posts.submit(slug, [Submission(one, Verdict(status=Status.APPROVED)) for one in there], now=NOW)
    await store.posts.submit(slug, [Submission(one, Verdict()) for one in (waiting, refused, gone)], now=NOW)
    await store.posts.submit(slug, [Submission(late, Verdict(delay=60.0))], now=NOW)
    for kind, post in (("pin", shown), ("reject", refused)):
        await store.posts.decide(
            slug, replace(a_decision(kind, await store.posts.get(slug, post.id)), reason="Because"), now=NOW
        )
    await store.posts.withdraw(slug, gone.uid, now=NOW)
    await store.reactions.give(slug, shown.id, guests[0], REACTIONS[0], wanted=True, keep_seconds=60)

    await store.audience.note(slug, 12, now=NOW)
    left = Figures(
        at=NOW, posts=2, people=1, networks={"mastodon": 2}, languages={"en": 2}, days={"2026-06-12": 2}
    )
    await store.retentions.keep(slug, left)
    taken = Entry(kind="case", by="mia", by_name="Mia", at=NOW)
    await store.cases.change(
        slug, ALICE.uid, lambda _held: Held(owner="mia", owner_name="Mia", version=1), entry=taken
    )
    await store.authors.trust(slug, ALICE.uid, by="mia")
    await store.authors.trust(slug, own[0].author.uid, by="mia")
    restriction = Restriction(
        author=own[1].author.uid, name="Ann", by="mia", by_name="Mia", at=NOW, mode="everything waits"
    )
    await store.authors.restrict(slug, restriction, now=NOW)
    await store.rules.change(slug, lambda rules: rules)
    session = Session(id="talk", title="A talk", starts=NOW, ends=NOW + timedelta(hours=1))
    await store.programmes.change(slug, lambda one: replace(one, sessions=(session,)), now=NOW)
    await store.scenes.create(slug, SceneList(id="hall", name="Hall"), now=NOW)
    await store.brands.put(slug, Brand(name="Ours", logo=PICTURE), now=NOW)
    await store.sponsors.change(
        slug, lambda one: one.added(Sponsor(id="acme", name="ACME", logo=PICTURE)), now=NOW
    )
    await store.outputs.change(
        slug, Overlay, lambda one: replace(one, version=3) if hasattr(one, "version") else one, now=NOW
    )
    await store.sources.save(
        slug, SourceSettings(id="m1", kind="mastodon", options={"servers": "social.example", "token": SECRET})
    )
    await store.sources.save(
        slug, SourceSettings(id="old", kind="a kind of tomorrow", options={"who knows": SECRET})
    )
    await database.command("SET", keys.source("m1", "position"), "109")
    await store.polls.add(slug, replace(a_poll(), status="open"), now=NOW)
    for one, choice in zip(guests, ("0", "1", "1"), strict=True):
        await store.polls.cast(slug, "lunch", one, answer(choice))
    await store.questions.ask(slug, Question(post_id=shown.id, at=NOW, state="open"))
    await store.questions.ask(slug, Question(post_id=reply.id, at=NOW, merged=shown.id))
    for post, voter in ((shown, 0), (shown, 1), (reply, 1)):
        await database.command("HSET", keys.question_votes + post.id, guests[voter], f"1781256600000:{SECRET}")
    await store.stories.create(
        slug,
        Story(id="day", title="The day", parts=(Part(id="a", words="Once"), Part(id="b", post=shown.id))),
        now=NOW,
        entry=PUT,
    )
    later = Announcement(id="lunch", text="Lunch", starts=NOW + timedelta(hours=1), until=None)
    await store.announcements.announce(slug, later, now=NOW, entry=PUT)
    await store.chats.create(slug, an_edition(starts=NOW + timedelta(days=1)), now=NOW)
    await store.chats.put(slug, shown.id, Place(edition=1, question=2), entry=PUT)
    await store.blog.keep(slug, Written(post_id=shown.id, words="Ours", quoted=reply.id, by_name="Mia"), PUT)
    await store.answering.keep_sent(
        slug,
        shown.id,
        Sent(uid="ap:https://x.example/answer", url="https://x.example/answer", by_name="Mia", at=NOW),
        PUT,
    )
    await store.leave_requests.ask(
        slug, LeaveRequest(kind="mastodon", handle="@dora@x.example", words="Please", asked_at=NOW)
    )
    await store.turned_away.count(slug, "slow", now=NOW)
    await store.sources.audit.note(slug, PUT)
    await fill_the_rest(database, keys, shown)
    await hide_secrets(database, keys)
    return guests


async def fill_the_rest(database, keys, shown):
    """Put something where the acts of a short event leave nothing."""
    await database.commands(
        ("HSET", keys.cards, shown.id, shown.id), ("HSET", keys.unsettled, shown.id, 1),
        ("HSET", keys.against, ALICE.uid, "[]"), ("ZADD", keys.refused, 5, f"{shown.id} 00ff"),
        ("HSET", keys.firsts, shown.id, "mia"), ("HSET", keys.tallies, "caught:r1", 3),
        ("HSET", keys.outputs, "stage", encode(Stage())), ("HSET", keys.questions_closed, "talk", "Mia"),
        ("HSET", keys.poll("lunch")[2], "soup", "shown:Soup"), ("HSET", keys.curtain, "kind", "open", "version", 0, "told", 900),
    )  # fmt: skip


async def hide_secrets(database, keys):
    """Put a known secret under every key that is never carried."""
    for name in sorted(NEVER):
        found = getattr(keys, name)
        key = found(*(SECRET for _ in range(found.__code__.co_argcount - 1))) if callable(found) else found
        if name not in ("team", "revoked", "feed", "importing", "imported") and not await database.command(
            "EXISTS", key
        ):
            await database.command("SET", key, SECRET)
