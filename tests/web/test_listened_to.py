# ruff: noqa: F401, F811 - fixtures of another module are known by their names
from dataclasses import replace
from random import Random
from string import ascii_lowercase

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from tests.ledgers import Ledgers, Said
from tests.web.figures import know, text
from wall.core.moderation import Status, Verdict
from wall.core.watch import Affiliation, Watch
from wall.store.submission import Submission

SHOWN = Verdict(status=Status.APPROVED)


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
async def crowd(store, event, know):
    """Twenty-two people of two networks, six of whom took up something of Alice's, and two of Bob's."""
    for author in (replace(ALICE, followers=41_000), BOB):
        await store.posts.submit(event.slug, [Submission(a_post("Bridges", author=author), SHOWN)], now=NOW)
    said = [Said(by=ALICE.uid), Said(by=BOB.uid)]
    for number in range(20):
        network = "nostr" if number % 2 else "mastodon"
        to = ALICE.uid if number < 6 else BOB.uid
        said.append(Said(by=f"p{number}", network=network, ties=(("answers", to),) if number < 8 else ()))
    know(*said)


async def listened(desk, event):
    answer = await desk.get(f"/{event.slug}/moderate/listened-to")
    assert answer.status_code == 200
    return answer.text


async def test_whom_most_took_up_leads_with_a_sentence_that_can_be_counted_again(desk, event, crowd):
    page = await listened(desk, event)

    assert page.index("Widely listened to") < page.index("Alice") < page.index("Listened to by some")
    assert page.index("Listened to by some") < page.index("Bob")
    assert "6 people took up what they wrote. They come from 2 networks and languages." in page
    assert "41,000 followers, not counted." in page
    assert f"/{event.slug}/moderate/approved?by=ap%3Ahttps" in page


async def test_the_others_are_a_number_and_nobody_is_given_points(desk, event, crowd):
    page = await listened(desk, event)

    assert "20 more people wrote; at most one other took up what each of them wrote." in page
    assert "p3" not in page
    assert "score" not in page


async def test_what_the_organiser_says_somebody_is_stands_beside_them(desk, event, crowd, store):
    watch = Watch(affiliations=(Affiliation("alice@social.example", "Keynote"),))
    await store.events.change(event.slug, lambda before: replace(before, watch=watch))

    assert "<bdi>Keynote</bdi>" in await listened(desk, event)


async def test_who_listens_is_told_by_what_they_talk_about(desk, event, know, store):
    draw, said = Random(8), [Said(by=ALICE.uid)]
    posts = [a_post("Bridges", author=ALICE)]
    for number in range(40):
        author = replace(BOB, uid=f"p{number}", handle=f"@p{number}", name=f"P {number}", url=None)
        topic = "tensor" if number < 12 else "lunch"
        words = " ".join([topic, *("".join(draw.choices(ascii_lowercase, k=6)) for _place in range(8))])
        posts.append(a_post(words, author=author, uid=f"note{number}"))
        said.append(Said(by=author.uid, ties=(("answers", ALICE.uid),) if number < 12 else ()))
    await store.posts.submit(event.slug, [Submission(one, SHOWN) for one in posts], now=NOW)
    know(*said)

    page = await listened(desk, event)

    assert "Who listens: mostly about" in page
    assert '<bdi class="heard__phrase">tensor' in page.lower()
    assert "lunch" not in page.lower()


async def test_before_anybody_stands_out_it_says_what_will_be_here(desk, event, know):
    know(Said(by="a"))

    page = await listened(desk, event)

    assert "Nobody stands out yet." in page
    assert "1 person has written so far." in page


async def test_before_anything_is_counted_the_page_says_so(desk, event, site):
    site.services["ledgers"] = Ledgers()

    assert "are being counted" in await listened(desk, event)
