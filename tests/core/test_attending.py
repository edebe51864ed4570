"""Which posts are of which sessions is what a reader's excerpt says, for all rows at once."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import NOW, a_post
from wall.core.attending import during, session_names, sole
from wall.core.excerpt import spans
from wall.core.ledger import Columns
from wall.core.post import Tag
from wall.core.programme import Programme, Session

KEYS = ["", "north", "south", "other"]
SESSIONS = st.lists(
    st.tuples(st.integers(0, 120), st.none() | st.integers(1, 90), st.sampled_from(["", "North", "South"])),
    max_size=5,
)
POSTS = st.lists(st.tuples(st.integers(-10, 240), st.sets(st.sampled_from(KEYS[1:]))), max_size=12)


def a_programme(parts):
    sessions = [
        Session(
            id=f"s{number}",
            title="x",
            room=room,
            starts=NOW + timedelta(minutes=begins),
            ends=None if lasts is None else NOW + timedelta(minutes=begins + lasts),
        )
        for number, (begins, lasts, room) in enumerate(parts)
    ]
    return Programme().with_sessions(sessions)


@settings(max_examples=100, deadline=None)
@given(sessions=SESSIONS, posts=POSTS)
def test_each_post_is_of_the_sessions_whose_readers_would_see_it(sessions, posts):
    programme = a_programme(sessions)
    said = [
        replace(a_post(tags=tuple(Tag(key, key) for key in tags)), created_at=NOW + timedelta(minutes=minute))
        for minute, tags in posts
    ]
    written = np.array([int(post.created_at.timestamp()) for post in said], dtype=np.uint32)
    pairs = [(row, KEYS.index(tag.key)) for row, post in enumerate(said) for tag in post.tags]
    tied = np.array(pairs, dtype=np.uint32).reshape(-1, 2)

    ties = during(programme, written, Columns({"row": tied[:, 0], "to": tied[:, 1]}), KEYS)

    names = session_names(programme)
    found = {(int(row), names[place]) for row, place in zip(ties["row"], ties["to"], strict=True)}
    each = spans(programme, list(programme.sessions))
    assert found == {(row, span.session.id) for row, post in enumerate(said) for span in each if span.has(post)}
    counts = {
        row: [place for of, place in zip(ties["row"], ties["to"], strict=True) if of == row]
        for row in range(len(said))
    }
    assert sole(len(said), ties).tolist() == [of[0] if len(of) == 1 else 0 for of in counts.values()]
