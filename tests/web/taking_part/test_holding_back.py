"""What holds people back from writing: locks, slow mode, limits and the check."""

import pytest

from wall.core.challenge import LEAST, solves
from wall.core.tickets import make_ticket

GREEN = "What colour are our lanyards?"


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
