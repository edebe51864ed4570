from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.core.watch import PROBLEMS, Affiliation, KeyMessage, Watch
from wall.store.posts import Submission


@pytest.fixture
async def olga(site, owner):
    return await site.browser_of(owner)


@pytest.fixture
def save(olga, event):
    async def save(**values):
        return await olga.post(f"/organise/{event.slug}/messages", data=values)

    return save


async def say(store, event, text, author):
    post = a_post(text, author=author)
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)


async def watch_of(store, event):
    return (await store.events.get(event.slug)).watch


async def test_what_is_filled_in_is_kept_and_noted(save, store, event):
    answer = await save(
        messages="Doors: open doors, doors are open\nLunch", ours="@pyconex@x.example\n\n", problems="wifi\nwifi"
    )

    assert answer.status_code == 303
    assert await watch_of(store, event) == Watch(
        ours=("@pyconex@x.example",),
        problems=("wifi",),
        messages=(KeyMessage("Doors", ("open doors", "doors are open")), KeyMessage("Lunch", ("Lunch",))),
    )
    entries, _place = await store.audit.page(event.slug, Filter(), limit=1)
    assert entries[0].about == "what the team watches for"


async def test_who_is_what_is_kept_by_handle_and_filled_in_again(save, store, event, olga):
    await save(affiliations="@ada:matrix.example: speaker\n@bob@x.example:press\n@Bob@x.example: press, Bugle")

    assert (await watch_of(store, event)).affiliations == (
        Affiliation("@ada:matrix.example", "speaker"),
        Affiliation("@Bob@x.example", "press, Bugle"),
    )
    page = (await olga.get(f"/organise/{event.slug}/messages")).text
    assert "@ada:matrix.example: speaker\n@Bob@x.example: press, Bugle</textarea>" in page


async def test_the_usual_words_stay_the_usual_ones(save, store, event):
    await save(problems="\n".join(PROBLEMS))

    assert (await watch_of(store, event)).problems == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"messages": ": doors"}, "names no phrase"),
        ({"messages": "Doors: ,"}, "names no phrase"),
        ({"messages": f"Doors: {'x' * 61}"}, "60 characters at most"),
        ({"ours": "x" * 61}, "60 characters at most"),
        ({"safety": "\n".join(f"w{number}" for number in range(501))}, "500 lines are the most"),
        ({"safety": "x" * 40_001}, "very long"),
        ({"affiliations": "ada speaker"}, "names nobody"),
        ({"affiliations": "@ada:"}, "names nobody"),
        ({"affiliations": ": speaker"}, "names nobody"),
        ({"affiliations": f"@ada: {'x' * 81}"}, "80 characters at most"),
    ],
)
async def test_what_cannot_be_used_is_said_and_nothing_is_changed(save, store, event, values, words):
    answer = await save(**values)

    assert answer.status_code == 422
    assert words in answer.text
    assert await watch_of(store, event) == Watch()


async def test_what_became_of_a_message_is_shown_with_the_posts_behind_it(save, store, event, olga):
    await save(messages="Doors: open doors")
    for number in range(3):
        await say(store, event, f"Open doors, says {number}", replace(BOB, uid=f"p{number}", url=None))
    await say(store, event, "Nothing of it", ALICE)

    page = (await olga.get(f"/organise/{event.slug}/messages")).text

    assert 'data-verdict="hit"' in page
    assert "3 people said it" in page
    assert "Open doors, says 2" in page
    assert "Nothing of it" not in page


async def test_a_message_that_changes_is_looked_for_anew(save, store, event, olga):
    await save(messages="Doors: open doors")
    await say(store, event, "Lunch is served", ALICE)
    await save(messages="Lunch: lunch is served")

    assert "1 person said it" in (await olga.get(f"/organise/{event.slug}/messages")).text
