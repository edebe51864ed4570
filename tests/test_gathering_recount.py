"""Whatever is done to the posts and the plan of a chat, in whatever order, its counts are what a recount says."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import ALICE, BOB, NOW, a_decision
from tests.chats import PUT, SHEP, an_edition, make_chat, said, show
from tests.conftest import slugs
from wall.core.event import Event
from wall.core.figures import Tally
from wall.core.gathered import Gathered, Place
from wall.gathering import Gatherer
from wall.store.codec import decode

CAROL = replace(ALICE, uid="ap:carol", handle="@carol@x.example", name="Carol")
PEOPLE = (ALICE, BOB, CAROL, SHEP)
ACTS = st.lists(
    st.tuples(st.sampled_from(("show", "remove", "put", "plan", "gather")), st.integers(0, 7), st.integers(0, 3)),
    max_size=25,
)
TEXTS = ("A1 yes", "A2 no", "Q1 why?", "Hello")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
async def test_whatever_happens_the_counts_are_what_a_recount_says(redis_server, acts, store):
    event = Event(slug=next(slugs), title="Chat", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await make_chat(store, event, an_edition(1), an_edition(2, starts=NOW + timedelta(hours=1)))
    gatherer = Gatherer(store)
    posts = [
        said(TEXTS[n % 4], minute=25 * n, author=PEOPLE[n % 3 if n % 4 != 2 else 3], language="fi")
        for n in range(8)
    ]
    for kind, which, extra in acts:
        post = posts[which]
        (stands,) = await store.posts.get_all(event.slug, [post.id])
        if kind == "show" and stands is None:
            await show(store, event, post)
        elif kind == "show" and not stands.visible:
            await store.posts.decide(event.slug, a_decision("approve", stands), now=NOW)
        elif kind == "remove" and stands and stands.visible:
            await store.posts.decide(event.slug, a_decision("remove", stands), now=NOW)
        elif kind == "put":
            place = Place(extra % 2 + 1, extra) if extra else None
            await store.chats.put(event.slug, post.id, place, entry=PUT)
        elif kind == "plan":
            moved = timedelta(minutes=5 * extra)
            await store.chats.change(
                event.slug, 2, lambda one, moved=moved: replace(one, starts=one.starts - moved), now=NOW
            )
        else:
            await gatherer.gather(event.slug)
    await gatherer.gather(event.slug)

    places = await store.chat_index.places(event.slug, [post.id for post in posts])
    tallies, there = {1: Tally(), 2: Tally()}, {1: set(), 2: set()}
    for id, row in places.items():
        (stands,) = await store.posts.get_all(event.slug, [id])
        assert not row or stands.visible
        if row:
            place = decode(Gathered, row)
            tallies[place.edition].put(place.fact)
            there[place.edition].add(place.author)
    sums = await store.chat_index.sums(event.slug)
    for number, tally in tallies.items():
        expected = tally.figures(before=there[1] if number == 2 else ())
        assert await store.chat_index.figures(event.slug, number) == expected
        assert sums.get(number, (0, 0)) == (expected.posts, expected.people)
