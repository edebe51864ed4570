from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.moderation import Standing, Status
from wall.core.post import SourceRef
from wall.core.roll import Roll

NOSTR = SourceRef(id="n", kind="nostr")


def on_the_wall(text="Hello", *, minutes=0, author=ALICE, pinned=False, **fields):
    """Return how a post stands that came on the wall so many minutes from now."""
    at = NOW + timedelta(minutes=minutes)
    post = a_post(text, author=author, **fields)
    return Standing(post=post, status=Status.APPROVED, approved_at=at, pinned=pinned)


def roll_of(*standings):
    roll = Roll()
    for standing in standings:
        roll.put(standing)
    return roll


def test_posts_people_and_networks_are_counted_once_each():
    twice = on_the_wall()

    roll = roll_of(twice, twice, on_the_wall(), on_the_wall(author=BOB, source=NOSTR))

    assert (roll.posts, roll.people, dict(roll.networks)) == (3, 2, {"mastodon": 2, "nostr": 1})


def test_what_leaves_the_wall_leaves_every_number():
    gone = on_the_wall("Why?", author=BOB, source=NOSTR)
    roll = roll_of(on_the_wall(), gone)

    roll.put(replace(gone, status=Status.REMOVED))

    assert (roll.posts, roll.people, dict(roll.networks)) == (1, 1, {"mastodon": 1})
    assert (roll.questions(NOW), [voice.author for voice in roll.voices(9)]) == ([], [ALICE.uid])
    assert roll.since(NOW) == 1


def test_posts_are_counted_from_one_moment_until_before_another():
    roll = roll_of(*(on_the_wall(minutes=minutes) for minutes in (0, 10, 20)))

    assert roll.between(NOW, NOW + timedelta(minutes=20)) == 2
    assert roll.since(NOW + timedelta(minutes=10)) == 2
    assert roll.began == NOW


def test_a_bare_wall_began_never():
    assert (Roll().began, Roll().voices(3), Roll().people) == (None, [], 0)


def test_everybody_is_a_voice_once_who_spoke_last_first():
    first, other, last = on_the_wall(), on_the_wall(minutes=1, author=BOB), on_the_wall(minutes=2)

    alice, bob = roll_of(last, other, first).voices(9)

    assert (alice.author, alice.first, alice.last, alice.post_id) == (
        ALICE.uid, NOW, NOW + timedelta(minutes=2), last.post.id,
    )  # fmt: skip
    assert bob.author == BOB.uid


def test_questions_are_those_that_came_since_and_pinned_ones():
    old, pinned, new = (
        on_the_wall("Old?", minutes=-90),
        on_the_wall("Pinned?", minutes=-80, pinned=True),
        on_the_wall("New?"),
    )

    found = roll_of(new, old, pinned, on_the_wall("No question")).questions(NOW - timedelta(hours=1))

    assert found == [pinned.post.id, new.post.id]


def test_what_is_not_known_is_dropped_without_a_word():
    roll = roll_of(on_the_wall())

    roll.drop("nothing")

    assert roll.posts == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 60))))
def test_whatever_happens_the_numbers_are_those_of_what_stands(acts):
    posts = [a_post(author=replace(ALICE, uid=f"u{number % 3}"), uid=f"p{number}") for number in range(6)]
    roll, standing = Roll(), {}

    for number, visible, minutes in acts:
        status = Status.APPROVED if visible else Status.REMOVED
        at = NOW + timedelta(minutes=minutes)
        standing[number] = Standing(post=posts[number], status=status, approved_at=at)
        roll.put(standing[number])

    shown = [one for one in standing.values() if one.visible]
    assert roll.posts == len(shown)
    assert roll.people == len({one.post.author.uid for one in shown})
    assert roll.since(NOW + timedelta(minutes=30)) == sum(
        one.approved_at >= NOW + timedelta(minutes=30) for one in shown
    )
