"""Three hundred phones of one hall, which share an address, beside somebody with a thousand cookies."""

import asyncio
from collections import Counter

import pytest

from tests.cast import NOW
from tests.polls import a_poll
from wall.core import identity
from wall.core.identity import Identity
from wall.core.poll import moved
from wall.core.tickets import make_ticket
from wall.web.participation import FEW_FROM_AFAR

AT_ONCE = 25
VENUE, ELSEWHERE = "192.0.2.1", "198.51.100.9"


@pytest.fixture
async def poll(store, event):
    poll = a_poll()
    await store.polls.add(event.slug, poll, now=NOW)
    await store.polls.change(event.slug, poll.id, lambda one: moved(one, "open", now=NOW), now=NOW)
    return poll


@pytest.fixture
def vote(site, event, poll):
    """Return a function by which many browsers vote from one address, each with a cookie of its own."""

    async def vote(address, choice, numbers, **cookies):
        key, turn = await site.services["seal"].load(), asyncio.Semaphore(AT_ONCE)
        browser = site.browser(address=address)

        async def one(number):
            own = Identity(secret=f"{number:024}", made=int(NOW.timestamp()))
            said = "; ".join(
                f"{name}={value}" for name, value in {"participant": identity.write(key, own), **cookies}.items()
            )
            async with turn:
                return await browser.post(
                    f"/{event.slug}/polls/{poll.id}", data={"choice": choice}, headers={"cookie": said}
                )

        answers = await asyncio.gather(*(one(number) for number in numbers))
        return Counter(answer.status_code < 400 for answer in answers)

    return vote


@pytest.fixture
async def in_room(site, store, event):
    """The cookie of who came by the code on the screen."""
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
    browser = site.browser(address=VENUE)
    await browser.get(f"/{event.slug}/join", params={"k": ticket})
    return {f"join-{event.slug}": browser.cookies[f"join-{event.slug}"]}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("address", "phones", "cookies"),
    [(ELSEWHERE, 300, 1000), (VENUE, 50, 130)],
    ids=["from elsewhere", "from the hall's own network"],
)
async def test_a_hall_behind_one_address_votes_while_one_with_many_cookies_is_held(
    vote, in_room, causes, address, phones, cookies
):
    hall, attack = await asyncio.gather(
        vote(VENUE, "0", range(phones), **in_room),
        vote(address, "1", range(phones, phones + cookies)),
    )

    assert hall == {True: phones}
    assert 0 < attack[True] <= FEW_FROM_AFAR
    assert await causes() == {"check": cookies - attack[True]}


async def test_without_the_check_all_of_them_are_counted(rule, vote):
    """The control."""
    await rule(check="off")

    assert await vote(ELSEWHERE, "1", range(FEW_FROM_AFAR + 20)) == {True: FEW_FROM_AFAR + 20}
