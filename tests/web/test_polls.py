"""Polls through the whole application: results leave by no door before they may, ballots count once."""

import asyncio
from collections import Counter
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from tests.cast import NOW
from tests.polls import a_poll, answer
from wall import catalogs
from wall.catalogs import Catalog
from wall.core.poll import moved, unveiled
from wall.core.poll_results import recount
from wall.core.rules import Rule
from wall.core.scenes import Scene, SceneList
from wall.core.tickets import make_ticket
from wall.store.database import Database

SECRET = "Zwieback"  # what is in no page before it may
HTML = {"accept": "text/html"}
VOTERS = 2000
AT_ONCE = 200


@pytest.fixture
def open_poll(store, event):
    async def open_poll(**fields):
        poll = a_poll(**fields)
        await store.polls.add(event.slug, poll, now=NOW)
        await store.polls.change(event.slug, poll.id, lambda one: moved(one, "open", now=NOW), now=NOW)
        return poll

    return open_poll


@pytest.fixture
def change(store, event):
    async def change(poll, changed):
        await store.polls.change(event.slug, poll.id, changed, now=NOW)

    return change


@pytest.fixture
def phone(site, store, event):
    """A browser in the room, that came by a screen's code."""

    async def phone(**options):
        browser = site.browser(**options)
        ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=NOW)
        await browser.get(f"/{event.slug}/polls?k={ticket}", headers=HTML)
        await browser.get(f"/{event.slug}/polls", headers=HTML)
        return browser

    return phone


@pytest.fixture
def vote(event):
    async def vote(browser, *given, poll="lunch", **options):
        return await browser.post(f"/{event.slug}/polls/{poll}", data={"choice": list(given)}, **options)

    return vote


@pytest.fixture
def seen(site, event, hall):
    """Everything that somebody without a ballot can read of polls, at every address there is; screens apart."""

    async def seen(browser=None):
        browser = browser or site.browser()
        paths = [
            "",
            "/polls",
            "/polls/lunch",
            "/polls.json",
            "/polls.json?view=html",
            "/polls/lunch/results/0",
            "/feed",
            "/about",
        ]
        return "".join([(await browser.get(f"/{event.slug}{path}", headers=HTML)).text for path in paths])

    return seen


# What leaves, and when


async def test_a_draft_leaves_by_no_door(store, event, seen, hall, ask_plan, run_poll_scene):
    await store.polls.add(event.slug, a_poll(question=SECRET), now=NOW)

    assert SECRET not in await seen()
    assert SECRET not in (await ask_plan()).text


@pytest.fixture
async def run_poll_scene(store, event, hall):
    """Have the screen of the hall run the scene of polls alone."""
    scenes = SceneList(id="polls", name="Polls", scenes=(Scene(id="p", kind="poll"),))
    await store.scenes.create(event.slug, scenes, now=NOW)
    await store.screens.arrange(event.slug, hall[1].id, lambda one: replace(one, scenes="polls"), now=NOW)


@pytest.mark.parametrize("status", ["open", "open and hidden", "closed and hidden"])
async def test_words_of_others_leave_by_no_door_before_results_may_be_seen(
    store, event, open_poll, change, seen, status
):
    poll = await open_poll(kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer(SECRET), states={SECRET.lower(): "shown"})
    if "closed" in status:
        await change(poll, lambda one: moved(one, "closed", now=NOW))
    if "hidden" in status:
        await change(poll, lambda one: unveiled(one, hidden=True))

    assert SECRET not in await seen()


@pytest.mark.parametrize("state", ["waiting", "struck"])
async def test_a_word_that_was_not_let_through_leaves_by_no_door_not_even_to_voters_and_screens(
    store, event, open_poll, change, seen, phone, vote, ask_plan, run_poll_scene, state
):
    poll = await open_poll(kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer(SECRET), states={SECRET.lower(): state})
    ben = await phone()
    await vote(ben, "tea")
    opened = await seen(ben) + (await ask_plan()).text
    await change(poll, lambda one: moved(one, "closed", now=NOW))

    assert SECRET not in opened + await seen(ben) + (await ask_plan()).text
    assert SECRET.lower() not in opened + await seen(ben) + (await ask_plan()).text


async def test_who_voted_sees_results_and_nobody_else_until_it_is_closed(
    site, event, open_poll, change, phone, vote
):
    poll = await open_poll()
    ana, path = await phone(), f"/{event.slug}/polls/lunch"
    before = (await ana.get(path, headers=HTML)).text
    await vote(ana, "1", headers=HTML)

    assert "bar-row" not in before
    assert "bar-row" in (await ana.get(path, headers=HTML)).text
    assert "bar-row" not in (await site.browser().get(path, headers=HTML)).text
    await change(poll, lambda one: moved(one, "closed", now=NOW))
    assert "bar-row" in (await site.browser().get(path, headers=HTML)).text


async def test_a_struck_word_is_gone_from_what_voters_ask_after_that(store, event, open_poll, phone, vote, site):
    poll = await open_poll(kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer(SECRET), states={SECRET.lower(): "shown"})
    ben = await phone()
    shown = (await vote(ben, "tea", headers={"accept": "application/json"})).json()["html"]
    url = shown.split('data-results-url="')[1].split('"')[0]
    first = await ben.get(url)

    await store.polls.set_words(event.slug, poll.id, [SECRET.lower()], "struck", now=NOW)
    tip = await store.feeds.tip(event.slug, "public")

    assert SECRET in first.text
    assert SECRET not in (await ben.get(url, params={"at": str(tip)})).text


async def test_voters_are_told_how_it_goes_each_in_their_language(event, open_poll, phone, vote, monkeypatch):
    monkeypatch.setattr(
        catalogs, "catalog", lambda code: Catalog({"What was answered": (f"Answers in {code}",)}, lambda number: 0)
    )
    await open_poll()
    told = {}
    for code in ("en", "de"):
        voter = await phone(headers={"accept-language": code})
        shown = (await vote(voter, "1", headers={"accept": "application/json"})).json()["html"]
        told[code] = (await voter.get(shown.split('data-results-url="')[1].split('"')[0])).json()["html"]

    assert [f"Answers in {code}" in html for code, html in told.items()] == [True, True]


async def test_no_page_and_no_answer_names_a_participant(site, store, event, open_poll, change, phone, vote):
    poll = await open_poll()
    ana = await phone()
    await vote(ana, "1")
    (who,) = await store.database.command("HKEYS", f"wall:{{{event.slug}}}:polls:lunch:ballots")
    await change(poll, lambda one: moved(one, "closed", now=NOW))

    texts = [
        (await ana.get(f"/{event.slug}{path}", headers=HTML)).text
        for path in ("/polls", "/polls.json", "/polls/lunch")
    ]
    assert who.decode() not in "".join(texts)


async def test_results_of_an_open_poll_want_the_key_of_who_voted(site, event, open_poll):
    await open_poll()

    for key in ("0", "ä", "x" * 24):
        assert (await site.browser().get(f"/{event.slug}/polls/lunch/results/{key}")).status_code == 404


async def test_what_pages_ask_again_and_again_is_the_same_for_all_and_may_be_kept(
    site, event, open_poll, phone, vote
):
    await open_poll()
    ana = await phone()
    await vote(ana, "1")

    mine, others = [await one.get(f"/{event.slug}/polls.json?view=html") for one in (ana, site.browser())]

    assert mine.content == others.content
    assert mine.headers["cache-control"] == "public, max-age=1"
    assert "set-cookie" not in mine.headers


# Voting


async def test_a_vote_without_scripts_leads_back_to_the_poll(event, open_poll, phone, vote):
    await open_poll()
    ana = await phone()

    voted = await vote(ana, "1", headers=HTML)

    assert (voted.status_code, voted.headers["location"]) == (303, f"/{event.slug}/polls#poll-lunch")
    assert "You answered: <bdi>Rice</bdi>" in (await ana.get(f"/{event.slug}/polls", headers=HTML)).text


async def test_who_may_not_take_part_is_told_why_and_not_counted(site, store, event, open_poll, vote):
    await open_poll()
    stranger = site.browser()
    await stranger.get(f"/{event.slug}/polls", headers=HTML)

    refused = await vote(stranger, "1", headers=HTML)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'role="alert"' in refused.text
    assert (await store.polls.counted(event.slug, ["lunch"]))["lunch"].voters == 0


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_a_late_ballot_is_told_so(store, event, open_poll, change, phone, vote, accept):
    poll = await open_poll()
    ana = await phone()
    await change(poll, lambda one: moved(one, "closed", now=NOW))

    late = await vote(ana, "1", headers={"accept": accept})

    assert late.status_code == HTTPStatus.CONFLICT
    assert "came too late and was not counted" in late.text


@pytest.mark.parametrize("given", [["9"], ["0", "1"], [], ["\ud800"], ["\x00"], ["0" * 10_000]])
async def test_nonsense_is_refused_and_counts_nothing(store, event, open_poll, phone, vote, given):
    await open_poll()
    ana = await phone()

    body = "&".join(f"choice={one.encode('utf-8', 'surrogatepass').hex(' ')}" for one in given)
    refused = await ana.post(
        f"/{event.slug}/polls/lunch", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (await store.polls.counted(event.slug, ["lunch"]))["lunch"].voters == 0


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        ("everything waits", "waiting"),
        ("trusted go through", "waiting"),
        ("open with delay", "waiting"),
        ("hold the suspicious", "shown"),
    ],
)
async def test_a_new_word_is_seen_at_once_only_where_the_mode_lets_strangers_through(
    store, event, open_poll, phone, vote, mode, state
):
    await store.events.change(event.slug, lambda one: replace(one, mode=mode))
    await open_poll(kind="words", options=())

    await vote(await phone(), "Tea")

    assert (await store.polls.counted(event.slug, ["lunch"]))["lunch"].words["tea"].state == state


async def test_who_changes_their_words_again_and_again_is_told_to_wait(open_poll, phone, vote):
    await open_poll(kind="words", options=())
    ana = await phone()

    answers = [await vote(ana, f"tea {place}", headers=HTML) for place in range(21)]

    assert [answer.status_code for answer in answers] == [303] * 20 + [422]
    assert "Wait a minute" in answers[-1].text


@pytest.mark.parametrize(("effect", "state"), [("wait", "waiting"), ("reject", "struck")])
async def test_a_word_that_a_rule_stops_is_never_seen(store, event, open_poll, phone, vote, effect, state):
    await store.events.change(event.slug, lambda one: replace(one, mode="hold the suspicious"))
    await store.rules.change(
        event.slug, lambda _: [Rule(id="r", kind="words", entries=("mud",), effect=effect, places=("text",))]
    )
    await open_poll(kind="words", options=())

    await vote(await phone(), "M.u.d", "tea")

    words = (await store.polls.counted(event.slug, ["lunch"]))["lunch"].words
    assert Counter(word.state for word in words.values()) == {state: 1, "shown": 1}


@pytest.mark.thorough
async def test_two_thousand_vote_at_once_some_twice_some_differently_and_each_is_counted_once(
    site, store, event, open_poll, phone
):
    await open_poll(kind="several", options=("Soup", "Rice", "Bread"))
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=NOW)
    turns = asyncio.Semaphore(AT_ONCE)  # as many as a server has open at once; the others wait in its line
    voters = [f"10.0.{place // 250}.{place % 250}" for place in range(VOTERS)]

    async def arrive(address):
        async with turns:
            _, headers = await asked(site, "GET", f"/{event.slug}/polls", address, query=f"k={ticket}")
        return "; ".join(value.split(";")[0] for name, value in headers if name == "set-cookie")

    async def one(place, given):
        body = "&".join(f"choice={choice}" for choice in given)
        async with turns:
            status, _ = await asked(
                site, "POST", f"/{event.slug}/polls/lunch", voters[place], cookie=cookies[place], body=body
            )
        return status

    cookies = await asyncio.gather(*map(arrive, voters))
    cast = [(place, [str(place % 3)]) for place in range(VOTERS)]
    cast += [(place, [str(place % 3)]) for place in range(0, VOTERS, 5)]  # a retry
    cast += [(place, ["0", "2"]) for place in range(0, VOTERS, 7)]  # another mind

    statuses = await asyncio.gather(*(one(*each) for each in cast))

    counted = (await store.polls.counted(event.slug, ["lunch"]))["lunch"]
    ballots = await store.polls.ballots(event.slug, "lunch")
    assert set(statuses) == {303}
    assert counted.voters == len(ballots) == VOTERS
    assert counted.tally == recount(ballots)
    assert Counter(ballots)[("0", "2")] <= -(-VOTERS // 7)
    assert set(ballots) <= {("0",), ("1",), ("2",), ("0", "2")}


async def asked(site, method, path, address, *, query="", cookie="", body=""):
    """Ask the application itself, since a client for each would cost more than what it asks for."""
    headers = {
        "host": "127.0.0.1", "accept": "text/html", "cookie": cookie, "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded", "content-length": str(len(body)),
    }  # fmt: skip
    sent = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (address, 50000), "server": ("127.0.0.1", 80),
    }  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    await site(scope, receive, send)
    return sent[0]["status"], [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


@pytest.mark.parametrize(("minutes", "crowds"), [(1, (2,)), (11, ())])
async def test_ballots_from_one_address_are_a_crowd_only_by_browsers_that_are_new(
    site, store, event, open_poll, phone, vote, minutes, crowds
):
    await open_poll()
    phones = [await phone() for _ in range(2)]
    site.time += timedelta(minutes=minutes)

    for one in phones:
        await vote(one, "0")

    counted = (await store.polls.counted(event.slug, ["lunch"]))["lunch"]
    assert (counted.voters, counted.crowds) == (2, crowds)


async def test_a_ballot_asks_redis_four_times(site, store, event, open_poll, phone, vote, monkeypatch):
    """The event, the participant, the poll and the ballot: no more, so that a hall can vote at once."""
    await open_poll()
    ben = await phone()
    await vote(ben, "1", headers=HTML)
    asked = []
    # Only here and in what is called from here: what the wall does meanwhile asks Redis as well.
    here = ContextVar("here", default=False)
    here.set(True)

    def heard(name):
        before = getattr(Database, name)

        async def ask(self, *given, **named):
            if here.get():
                asked.append(given)
            return await before(self, *given, **named)

        monkeypatch.setattr(Database, name, ask)

    for name in ("command", "commands", "run"):
        heard(name)
    await vote(ben, "0", headers=HTML)

    assert len(asked) == 4, asked
