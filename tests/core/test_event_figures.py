from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledgers import a_ledger
from tests.recount import Fact, recount
from wall.core.event_figures import Wait, desk_figures, event_figures
from wall.core.ledger import ANSWER, ROW, STATUSES, TIE_KINDS, VOID, Columns, Ledger, Scope
from wall.core.moderation import Status

WORDS = st.sampled_from(["", "one", "two", "three"])
SOME = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=3).map(tuple)
SMALL = st.integers(0, 4)
FACTS = st.lists(
    st.builds(
        Fact,
        id=st.just(""),
        author=st.sampled_from(["ann", "ben", "cat", "dan", "eve"]),
        written=st.integers(0, 20_000),
        approved=st.booleans(),
        received=st.integers(0, 50),
        shown=st.integers(0, 99),
        network=st.sampled_from(["mastodon", "bluesky"]),
        language=WORDS,
        where=st.sampled_from(["", "room", "remote"]),
        replies=SMALL,
        reposts=SMALL,
        reactions=SMALL,
        asks=st.booleans(),
        pictured=st.booleans(),
        sessions=SOME,
        ties=st.fixed_dictionaries(
            {}, optional={"mentions": SOME, "hashtag": SOME, "link": SOME, "answers": st.just(("ann",))}
        ),
    ),
    max_size=30,
).map(lambda facts: [replace(one, id=f"{number:020d}") for number, one in enumerate(facts)])
TIMES = st.none() | st.integers(0, 20_000)
SCOPES = st.builds(
    Scope,
    begins=TIMES,
    ends=TIMES,
    session=st.sampled_from(["", "a", "b", "never"]),
    network=st.sampled_from(["", "mastodon", "never"]),
    language=WORDS,
    where=st.sampled_from(["", "room", "remote"]),
)


def flat(figures):
    """Return figures as numbers and words that `approx` compares."""
    found = {one.name: getattr(figures, one.name) for one in fields(figures)}
    wait = found.pop("to_screen")
    gini = found.pop("gini")
    return found, pytest.approx([gini, wait.number, wait.median, wait.most], abs=1e-9)


def numbers(figures):
    wait = figures.to_screen
    return [figures.gini, wait.number, wait.median, wait.most]


@settings(max_examples=150, deadline=None)
@given(facts=FACTS, scope=SCOPES, own=SOME)
def test_every_figure_is_what_a_recount_post_by_post_says(facts, scope, own):
    ledger = a_ledger(facts)

    found = event_figures(ledger, scope, own=own)
    expected = recount(facts, scope, own=own, order=ledger.place)

    assert flat(found)[0] == flat(expected)[0]
    assert numbers(found) == flat(expected)[1]


@settings(max_examples=50, deadline=None)
@given(facts=FACTS, scope=SCOPES)
def test_columns_in_one_piece_count_as_rows_in_one_piece_do(facts, scope):
    ledger = a_ledger(facts)
    columns = Columns({name: np.ascontiguousarray(ledger.rows[name]) for name in ROW.names})
    ties = Columns({name: np.ascontiguousarray(ledger.ties[name]) for name in ("row", "to", "kind")})

    found = event_figures(Ledger(columns, ties, ledger.names, during=ledger.during), scope)

    assert found == event_figures(ledger, scope)


def test_a_row_that_is_void_and_the_walls_own_answers_are_counted_nowhere():
    ledger = a_ledger([Fact("1", "ann", 5), Fact("2", "ben", 6), Fact("3", "wall", 7)])
    ledger.rows["status"][0], ledger.rows["flags"][2] = VOID, ANSWER

    assert event_figures(ledger).posts == 1
    assert dict(event_figures(ledger).top) == {"ben": 1}
    assert desk_figures(ledger).came == 1


def test_the_desk_is_told_who_decided_what_and_how_long_posts_waited():
    ledger = a_ledger([Fact(str(number), "ann", 5, received=10) for number in range(4)])
    statuses = (Status.APPROVED, Status.APPROVED, Status.REJECTED, Status.WAITING)
    ledger.rows["status"] = [STATUSES.index(one) for one in statuses]
    ledger.rows["decided"] = [20, 40, 30, 0]
    ledger.rows["decider"] = [ledger.names.place("person", "mia"), 1, ledger.names.place("person", "tom"), 0]

    figures = desk_figures(ledger)

    assert figures.statuses == {"approved": 2, "rejected": 1, "waiting": 1}
    assert (figures.decided, figures.approval_rate) == ({"mia": 2, "tom": 1}, pytest.approx(2 / 3))
    assert figures.to_decision == Wait(3, 20, pytest.approx(28))


def test_a_part_that_nobody_wrote_in_has_no_figures():
    assert event_figures(a_ledger([Fact("1", "ann", 5)]), Scope(begins=6)).posts == 0
    assert event_figures(a_ledger([])).days == 0


def test_each_kind_of_tie_has_a_number_of_its_own():
    assert len(set(TIE_KINDS)) == len(TIE_KINDS) < VOID
