"""Who may take part, in the room and from afar, what they may send, and what holds them back."""

import io
import secrets
from dataclasses import replace

import httpx2
import pytest
from PIL import Image
from starlette.requests import Request

from tests.cast import NOW, a_decision
from tests.pictures import plain
from wall.core.challenge import LEAST, solves
from wall.core.identity import KEPT_SECONDS
from wall.core.moderation import Status
from wall.core.participant import Participant
from wall.core.participation import NEW
from wall.core.source import SourceSettings
from wall.core.tickets import make_ticket
from wall.errors import NotTakingPart
from wall.web import participation
from wall.web.join import MAX_PICTURE

GREEN = "What colour are our lanyards?"


@pytest.fixture(autouse=True)
async def opened(store, event):
    """The event lets anybody take part."""
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    return await store.events.change(event.slug, lambda event: replace(event, participation=NEW))


@pytest.fixture
def rule(store, event):
    async def rule(**fields):
        """Change how people take part."""
        return await store.events.change(
            event.slug, lambda event: replace(event, participation=replace(event.participation, **fields))
        )

    return rule


@pytest.fixture
def browser_at(site, event):
    async def browser_at(address="192.0.2.1", **query):
        """Return a browser that has opened the page."""
        browser = site.browser(address=address)
        browser.follow_redirects = True
        page = await browser.get(f"/{event.slug}/join", params=query)
        assert page.status_code == 200
        return browser

    return browser_at


@pytest.fixture
async def ana(browser_at):
    return await browser_at()


@pytest.fixture
def send(event):
    async def send(browser, text="Hello from afar", *, picture=None, **fields):
        form = {"text": text, "name": "Ana", "nonce": secrets.token_hex(16)} | fields
        files = {"picture": ("cat.png", picture)} if picture is not None else None
        return await browser.post(f"/{event.slug}/join", data=form, files=files)

    return send


@pytest.fixture
def waiting_posts(store, event):
    async def waiting_posts():
        return [one for _, one in await store.posts.page(event.slug, Status.WAITING, limit=100)]

    return waiting_posts


@pytest.fixture
def causes(store, event):
    async def causes():
        return {one.why: one.count for one in await store.turned_away.all(event.slug)}

    return causes


# Writing


async def test_anybody_writes_from_afar_and_the_post_waits(ana, send, waiting_posts):
    answer = await send(ana, place="remote")

    (standing,) = await waiting_posts()
    assert "Thank you." in answer.text
    assert (standing.post.text, standing.post.place) == ("Hello from afar", "remote")


async def test_name_and_place_are_said_once_and_kept(store, event, ana, send):
    await send(ana, place="room")

    page = await ana.get(f"/{event.slug}/join")

    assert 'name="name" value="Ana"' in page.text
    assert 'value="room" checked' in page.text


async def test_where_somebody_is_stands_on_the_post_for_everybody(site, store, event, ana, send, waiting_posts):
    await send(ana, place="remote")
    (standing,) = await waiting_posts()
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    browser = site.browser()
    page, feed = await browser.get(f"/{event.slug}"), await browser.get(f"/{event.slug}/feed")

    assert "from afar" in page.text
    assert [post["place"] for post in feed.json()["posts"]] == ["remote"]


async def test_a_place_that_there_is_not_is_refused(ana, send, waiting_posts):
    answer = await send(ana, place="moon")

    assert answer.status_code == 422
    assert await waiting_posts() == []


async def test_a_picture_comes_with_what_it_shows_and_without_what_its_file_says(site, ana, send, waiting_posts):
    told = Image.Exif()
    told[0x010F] = "Secret camera"
    data = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(data, "JPEG", exif=told)

    await send(ana, picture=data.getvalue(), alt="A green wall")

    (standing,) = await waiting_posts()
    (media,) = standing.post.media
    kept = site.services["pictures"].open(media.picture.id, "screen").read_bytes()
    assert (media.alt, media.problem, media.picture.width) == ("A green wall", None, 80)
    assert b"Secret camera" in data.getvalue()
    assert b"Secret camera" not in kept
    assert kept[8:12] == b"WEBP"


@pytest.mark.parametrize("data", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", plain()[:60]])
async def test_what_is_no_picture_is_refused_in_words_and_the_words_stay(ana, send, waiting_posts, data):
    answer = await send(ana, "My words", picture=data)

    assert answer.status_code == 422
    assert "send your words alone" in answer.text
    assert "My words</textarea>" in answer.text
    assert await waiting_posts() == []


async def test_a_picture_of_eight_megabytes_is_read_and_a_larger_one_is_not(ana, send, waiting_posts):
    largest = await send(ana, picture=plain().ljust(MAX_PICTURE, b"\0"))
    larger = await send(ana, picture=b"x" * (MAX_PICTURE + 1))
    far_larger = await send(ana, picture=b"x" * (2 * MAX_PICTURE))

    assert largest.status_code == 200
    assert (larger.status_code, far_larger.status_code) == (422, 413)
    assert "larger than 8 MB" in larger.text
    assert "larger than 8 MB" in far_larger.text
    assert len(await waiting_posts()) == 1


async def test_who_may_not_take_part_sends_no_megabytes_either(site, event, send):
    stranger = site.browser()

    answer = await send(stranger, "My words", picture=b"x" * 1_000_000)

    assert answer.status_code == 403
    assert "My words" not in answer.text


async def test_a_reply_answers_the_post_it_was_written_under(store, event, approved, ana, send, waiting_posts):
    page = await ana.get(f"/{event.slug}/join", params={"reply": approved.post.id})

    await send(ana, "It is here.", reply=approved.post.id)

    (standing,) = await waiting_posts()
    assert f'name="reply" value="{approved.post.id}"' in page.text
    assert standing.post.reply_to == approved.post.uid
    assert [one.post.text for one in await store.threads.replies(event.slug, approved.post.id)] == ["It is here."]


@pytest.mark.parametrize("id", ["nothing", "x" * 5000, "../feed", "ü"])
async def test_what_is_not_on_the_wall_is_not_answered(event, waiting, ana, send, waiting_posts, id):
    answers = [await send(ana, reply=one) for one in (id, waiting.post.id)]
    page = await ana.get(f"/{event.slug}/join", params={"reply": waiting.post.id})

    assert [one.status_code for one in answers] == [422, 422]
    assert "Hello from the hall" not in page.text
    assert len(await waiting_posts()) == 1


async def test_a_form_sent_twice_in_slow_mode_is_one_post_and_no_complaint(rule, ana, send, waiting_posts):
    await rule(slow_seconds=60)

    answers = [await send(ana, nonce="a" * 32) for _ in range(2)]

    assert ["Thank you." in one.text for one in answers] == [True, True]
    assert len(await waiting_posts()) == 1


@pytest.mark.parametrize(
    ("who", "offered"), [("anybody", True), ("mail", True), ("room", False), ("nobody", False)]
)
async def test_the_live_page_offers_to_write_and_to_answer_where_one_may(
    site, event, rule, approved, who, offered
):
    await rule(who=who)

    for path in ("", f"/post/{approved.post.id}"):
        page = (await site.browser().get(f"/{event.slug}{path}")).text
        assert ("live__main--answers" in page) is offered
        assert (f'href="/{event.slug}/join">Take part' in page) is offered


# Who may


async def test_where_nobody_takes_part_nobody_does(rule, event, ana, send, causes):
    await rule(who="nobody")

    answer = await send(ana)

    assert answer.status_code == 403
    assert "The wall is closed." in answer.text
    assert await causes() == {"nobody": 1}


async def test_a_cookie_that_is_not_of_our_making_takes_part_in_nothing(site, event, send, causes, waiting_posts):
    for cookie in ("an-old-unsigned-secret", f"2.{'s' * 24}.1780000000..0.{'0' * 32}", "ü", "x" * 4000):
        browser = site.browser()
        answer = await browser.post(
            f"/{event.slug}/join",
            data={"text": "Hello", "nonce": "a" * 32},
            headers={"cookie": b"participant=" + cookie.encode()},
        )
        assert answer.status_code == 403

    assert await waiting_posts() == []
    assert await causes() == {"cookie": 4}


@pytest.mark.parametrize("cookie", ["an-old-unsigned-secret", f"2.{'s' * 24}.1780000000..0.{'0' * 32}"])
async def test_an_old_or_forged_cookie_is_replaced_quietly(site, event, send, cookie):
    browser = site.browser()
    browser.cookies.set("participant", cookie, domain="127.0.0.1")

    page = await browser.get(f"/{event.slug}/join")

    assert page.status_code == 200
    assert "participant=2." in page.headers["set-cookie"]


async def test_a_browser_is_known_for_a_month_and_longer_if_it_comes_back(site, event, ana):
    before = ana.cookies["participant"]
    site.later(seconds=KEPT_SECONDS * 0.6)
    await ana.get(f"/{event.slug}/join")
    after = ana.cookies["participant"]

    assert before != after
    assert before.split(".")[1] == after.split(".")[1]


async def test_another_redis_has_another_key_and_this_process_learns_it(site, ana, send):
    site.services["seal"].key = b"of the Redis before"

    assert (await send(ana)).status_code == 200


async def test_one_address_makes_so_many_participants_and_no_more(monkeypatch, browser_at, send, causes):
    monkeypatch.setattr(participation, "MOST_FROM_AFAR", 3)
    homes = ["2001:db8::1", "2001:db8::2", "2001:db8::ffff:1", "2001:db8::3", "2001:db8:0:1::1"]

    answers = [await send(await browser_at(home)) for home in homes]

    assert [one.status_code for one in answers] == [200, 200, 200, 403, 200]
    assert "Very many people begin from your network. Try again in 1 hour." in answers[3].text
    assert await causes() == {"address": 1}


async def test_taking_part_gives_the_participant_as_they_said_they_are(site, store, opened, event, ana):
    id = participation.participant_id(asked(site, event, ana), event.slug)
    await store.participants.save(event.slug, Participant(id=id, name="Ana", place="remote"), keep_seconds=60)

    who = await participation.taking_part(asked(site, event, ana), opened)

    assert who == Participant(id=id, name="Ana", place="remote")
    with pytest.raises(NotTakingPart, match="cookies allowed"):
        await participation.taking_part(asked(site, event, httpx2.AsyncClient()), opened)


def asked(site, event, browser):
    """Return a request of a browser, as a route gets it."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    headers = [(b"cookie", cookies.encode()), (b"host", b"127.0.0.1")]
    return Request(
        {
            "type": "http", "method": "POST", "scheme": "http", "path": f"/{event.slug}/x", "headers": headers,
            "client": ("192.0.2.1", 5), "state": dict(site.services), "query_string": b"",
        }
    )  # fmt: skip


# What holds people back


async def test_a_lock_holds_with_its_words_until_a_moderator_lifts_it(
    rule, event, ana, send, causes, waiting_posts
):
    await rule(locked=True, lock_words="The panel is speaking; write again at three.")
    page = await ana.get(f"/{event.slug}/join")
    refused = await send(ana, "My words")
    await rule(locked=False)
    taken = await send(ana)

    assert "write again at three" in page.text
    assert (refused.status_code, taken.status_code) == (403, 200)
    assert "My words</textarea>" in refused.text
    assert await causes() == {"locked": 1}
    assert len(await waiting_posts()) == 1


async def test_slow_mode_says_when_one_may_write_again_and_holds_nobody_else(
    rule, event, ana, browser_at, send, causes
):
    await rule(slow_seconds=300)
    await send(ana)
    refused, other = await send(ana, "My words"), await send(await browser_at())

    assert "everybody may write once in 300 seconds" in (await ana.get(f"/{event.slug}/join")).text
    assert refused.status_code == 429
    assert "You may write the next one in 5 minutes." in refused.text
    assert other.status_code == 200
    assert await causes() == {"slow": 1}


async def test_what_could_not_be_taken_in_costs_no_turn(rule, ana, send):
    await rule(slow_seconds=300)
    await send(ana, "")

    assert (await send(ana)).status_code == 200


@pytest.mark.parametrize(
    ("limit", "why", "words"),
    [
        ("MOST_PER_ADDRESS", "pace address", "from your network"),
        ("MOST_PER_EVENT", "pace event", "More is written"),
    ],
)
async def test_an_address_and_the_event_have_their_limits(
    monkeypatch, browser_at, send, causes, limit, why, words
):
    monkeypatch.setattr(f"wall.web.writing.{limit}", 2)

    answers = [await send(await browser_at()) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert words in answers[-1].text
    assert await causes() == {why: 1}


# The check


def the_sum(page):
    seed = page.text.split('name="seed" value="')[1].split('"')[0]
    return {"seed": seed, "number": next(str(n) for n in range(10**6) if solves(seed, str(n), bits=4))}


@pytest.fixture
def easy(monkeypatch):
    """A sum that is done at once."""
    monkeypatch.setattr("wall.core.challenge.solves.__kwdefaults__", {"bits": 4})


@pytest.mark.usefixtures("easy")
async def test_who_does_the_sum_takes_part_from_then_on(rule, event, ana, send, causes):
    await rule(check="on")
    refused = await send(ana)
    page = await ana.get(f"/{event.slug}/join")
    passed = await ana.post(f"/{event.slug}/join/check", data=the_sum(page))
    taken = await send(ana)

    assert "pass the short check" in refused.text
    assert "Say it on the wall." in passed.text
    assert (refused.status_code, taken.status_code) == (403, 200)
    assert await causes() == {"check": 1}


@pytest.mark.usefixtures("easy")
async def test_a_sum_is_for_one_browser_and_ten_minutes(site, rule, event, ana, browser_at, causes):
    await rule(check="on")
    done = the_sum(await ana.get(f"/{event.slug}/join"))

    others = await (await browser_at()).post(f"/{event.slug}/join/check", data=done)
    site.later(minutes=11)
    late = await ana.post(f"/{event.slug}/join/check", data=done)

    assert (others.status_code, late.status_code) == (422, 422)
    assert await causes() == {"failed": 2}


@pytest.mark.parametrize(("answer", "status"), [("Green.", 200), ("blue", 422), ("", 422)])
async def test_where_no_scripts_run_a_question_is_answered(rule, event, ana, answer, status):
    await rule(check="on", question=GREEN, answer="green")
    page = await ana.get(f"/{event.slug}/join")

    told = await ana.post(f"/{event.slug}/join/check", data={"answer": answer})

    assert GREEN in page.text
    assert "green" not in page.text.replace(GREEN, "")
    assert told.status_code == status


async def test_an_answer_is_not_guessed_for_ever(monkeypatch, rule, event, ana):
    monkeypatch.setattr("wall.web.check.MOST_TRIES", 2)
    await rule(check="on", question=GREEN, answer="green")

    tries = [
        await ana.post(f"/{event.slug}/join/check", data={"answer": word}) for word in ("red", "blue", "green")
    ]

    assert [one.status_code for one in tries] == [422, 422, 403]
    assert "Too many tries from your network. Try again in 10 minutes." in tries[-1].text


async def test_a_browser_without_a_cookie_is_given_one_before_the_check(site, rule, event):
    await rule(check="on")
    browser = site.browser()
    browser.follow_redirects = True

    page = await browser.get(f"/{event.slug}/join", params={"reply": "abc"})

    assert 'name="seed"' in page.text
    assert "reply=abc" in str(page.url)


@pytest.mark.usefixtures("easy")
async def test_when_very_many_come_newcomers_pass_the_check_and_those_before_and_in_the_room_need_not(
    site, store, event, ana, browser_at, send, causes
):
    await send(ana)
    site.later(minutes=30)
    minute = int(site.time.timestamp()) // 60
    await store.database.command("HSET", f"wall:{{{event.slug}}}:newcomers", minute, LEAST)
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
    in_room, newcomer = await browser_at(k=ticket), await browser_at()

    answers = [await send(one) for one in (ana, in_room, newcomer)]
    site.later(minutes=20)
    after = await send(newcomer)

    assert [one.status_code for one in (*answers, after)] == [200, 200, 403, 200]
    assert await causes() == {"check": 1}


# The desk and the organiser


async def test_a_moderator_locks_and_slows_down_and_the_log_says_who(store, event, ana, send, ask):
    told = await ask("participation", {"locked": True, "slow_seconds": 30})
    refused = await send(ana)
    await ask("participation", {"locked": False, "slow_seconds": 30})

    entries, _ = await store.audit.page(event.slug, audit_filter(), limit=5)
    assert (told.json()["locked"], told.json()["slow_seconds"], refused.status_code) == (True, 30, 403)
    assert [(one.kind, one.by_name, one.about) for one in entries] == [
        ("participation", "Mia", "unlocked"),
        ("participation", "Mia", "locked; slow mode: 0 → 30 seconds"),
    ]


def audit_filter():
    from wall.core.audit import Filter

    return Filter(kinds=("participation",))


@pytest.mark.parametrize("body", [{}, {"locked": "x"}, {"locked": True, "slow_seconds": -1}, b"nonsense"])
async def test_what_no_desk_sends_changes_nothing(store, event, ask, body):
    assert (await ask("participation", body)).status_code == 422
    assert (await store.events.get(event.slug)).participation == NEW


async def test_the_desk_is_told_of_an_attack(site, store, event, ask):
    minute = int(site.time.timestamp()) // 60
    await store.database.command("HSET", f"wall:{{{event.slug}}}:newcomers", minute, 70)

    told = (await ask("participation", {"locked": False, "slow_seconds": 0})).json()

    assert (told["attacked"], told["checked"], told["newcomers"]) == (True, True, 70)


@pytest.fixture
async def organiser(site, olga):
    return await site.browser_of(olga)


FORM = {
    "who": "room",
    "slow_seconds": "20",
    "lock_words": " Later ",
    "check": "on",
    "question": "Q?",
    "answer": "A",
}


async def test_an_organiser_says_who_may_take_part(store, event, organiser):
    answer = await organiser.post(f"/organise/{event.slug}/participation", data=FORM)

    kept = (await store.events.get(event.slug)).participation
    entries, _ = await store.audit.page(event.slug, audit_filter(), limit=5)
    assert answer.status_code == 303
    assert (kept.who, kept.slow_seconds, kept.lock_words, kept.check, kept.answer) == (
        "room",
        20,
        "Later",
        "on",
        "A",
    )
    assert "who may take part: anybody → room" in entries[0].about
    assert "→ A" not in entries[0].about


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"who": "mail"}, "No mail server is set"),
        ({"who": "oidc"}, "Nowhere to sign in is set"),
        ({"who": "friends"}, "Choose one of"),
        ({"slow_seconds": "-1"}, "A whole number from 0 to 3600"),
        ({"check": "maybe"}, "Choose one of"),
        ({"answer": ""}, "A question wants an answer"),
    ],
)
async def test_what_an_organiser_cannot_set_is_refused_in_words(store, event, organiser, fields, words):
    answer = await organiser.post(f"/organise/{event.slug}/participation", data=FORM | fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert (await store.events.get(event.slug)).participation == NEW


async def test_the_settings_of_an_event_leave_alone_who_takes_part(store, event, organiser, rule):
    await rule(who="code")

    await organiser.post(f"/organise/{event.slug}/settings", data={"title": "New", "hashtags": "x"})

    assert (await store.events.get(event.slug)).participation.who == "code"


async def test_what_was_turned_away_is_shown_to_the_organiser(rule, event, ana, send, organiser):
    await rule(locked=True)
    await send(ana)

    page = await organiser.get(f"/organise/{event.slug}")

    assert "Wrote while it was locked" in page.text
