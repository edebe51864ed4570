"""How a post sounds leaves by no public door: all of them are asked, and new ones by themselves."""

import pytest

from tests.cast import NOW, a_decision
from tests.web.site import next_frame
from tests.web.test_access import EVERYBODY, MAY, OVERLAYS, SCREENS, STAGES, names, picture, staff  # noqa: F401
from wall.core.mood import Mood, Word
from wall.core.spoken import spoken, words_hash

CANARY = "canarybird"
TOLD = (CANARY, "4242", "2424", "unhappy", "Sounds un", '"mood', '"heard', '"score', "Mood</a>", "/moderate/mood")
SAID_OF_ALL = "A program guesses whether a post sounds unhappy"
"""What everybody reads on the page about privacy, of no post in particular."""
DOORS = [
    row.split(" ")[1]
    for row, may in MAY.items()
    if row.startswith("GET /{slug}") and (may in (EVERYBODY, SCREENS, OVERLAYS, STAGES) or "post_id" in row)
]


async def heard(store, event, standing):
    """Have a post be known to sound unhappy, by a guess, by what was learned and by a moderator's word."""
    words = words_hash(spoken(standing.post.text))
    guess = Mood(language="en", model=CANARY, words=words, score=-0.4242, learned=0.2424, taught=4242)
    await store.moods.put(event.slug, [(standing, guess)])
    word = Word(says="unhappy", by=CANARY, by_name=CANARY, at=NOW, words=words)
    await store.moods.say(event.slug, standing.post.id, word)


async def test_no_public_door_tells_how_a_post_sounds(site, store, event, mia, approved, names):  # noqa: F811
    await heard(store, event, approved)
    visitor, staff_too = site.browser(), await site.browser_of(mia)
    shown, leaks = 0, []

    for path in (one for one in DOORS if not one.endswith(".sse")):
        for browser in visitor, staff_too:
            at = path.format(**names | {"post": approved.post.id, "post_id": approved.post.id})
            answer = await browser.get(at)
            text = answer.content.decode("utf-8", "replace").replace(SAID_OF_ALL, "")
            shown += approved.post.text.split()[0] in text and answer.status_code == 200
            leaks += [(at, one) for one in TOLD if one in text]

    assert leaks == []
    assert shown >= 5


@pytest.mark.parametrize("view", ["json", "html"])
async def test_no_stream_tells_how_a_post_sounds(served, store, event, waiting, view):
    await heard(store, event, waiting)

    async with served.stream(f"/{event.slug}/stream?view={view}") as stream:
        await stream.recv()
        await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)
        frame = str(await next_frame(stream, "updates"))

    assert waiting.post.id in frame
    assert [one for one in TOLD if one in frame] == []
