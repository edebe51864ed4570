"""What moderators and organisers set about taking part, and what they are told."""

import pytest

from wall.core.audit import Filter
from wall.core.participation import NEW


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
