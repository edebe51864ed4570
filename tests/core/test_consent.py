from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from wall.core import consent
from wall.core.consent import LONGEST, MOST_QUOTED, Quote
from wall.errors import InvalidInput

ANA, BEN, CLEO = "participant:ana", "participant:ben", "person:cleo"


def quote(number, by=ANA, text="Herons nest here."):
    return Quote(number=number, by=by, name=by.split(":")[1].capitalize(), text=text)


def proposed(*quotes, by=CLEO):
    return consent.propose("e1", by=by, by_name="Cleo", quotes=quotes, now=NOW)


def test_it_is_agreed_once_everybody_who_is_quoted_agrees_in_whatever_order():
    for first, second in permutations((ANA, BEN)):
        half = consent.agree(proposed(quote(1, ANA), quote(2, BEN)), first)
        whole = consent.agree(half, second)

        assert (half.stage, whole.stage) == ("proposed", "agreed")


def test_who_proposes_agrees_to_their_own_words_and_to_nobody_elses():
    assert proposed(quote(1), by=ANA).stage == "agreed"
    assert proposed(quote(1), quote(2, BEN), by=ANA).agreed == (ANA,)
    assert proposed(quote(1), by=CLEO).agreed == ()


def test_who_is_not_quoted_can_neither_agree_nor_stop_it():
    excerpt = proposed(quote(1), by=ANA)

    for act in (consent.agree, consent.withdraw):
        with pytest.raises(InvalidInput):
            act(excerpt, BEN)


def test_what_is_stopped_keeps_no_words_and_cannot_be_agreed_to():
    stopped = consent.withdraw(consent.agree(proposed(quote(1)), ANA), ANA)

    assert (stopped.stage, stopped.quotes[0].text) == ("stopped", "")
    with pytest.raises(InvalidInput, match="new proposal"):
        consent.agree(stopped, ANA)


@pytest.mark.parametrize("gone", [{"numbers": [2]}, {"member": BEN}])
def test_a_quoted_message_that_changes_or_a_quoted_member_who_leaves_stops_it(gone):
    touched, untouched = proposed(quote(1), quote(2, BEN)), proposed(quote(3))

    assert [one.stage for one in consent.without((touched, untouched), **gone)] == ["stopped", "proposed"]


@pytest.mark.parametrize(
    "quotes", [[], [quote(n) for n in range(MOST_QUOTED + 1)], [quote(1, text="x" * LONGEST)]], ids=len
)
def test_nothing_and_too_much_cannot_be_proposed(quotes):
    with pytest.raises(InvalidInput):
        proposed(*quotes)


def test_one_voice_is_quoted_alone_and_several_by_name():
    assert proposed(quote(1)).words == "“Herons nest here.”"
    assert proposed(quote(1), quote(2, BEN, "So they do.")).words == "Ana: “Herons nest here.”\nBen: “So they do.”"


ACTS = st.lists(st.tuples(st.sampled_from(["agree", "withdraw", "leave"]), st.sampled_from([ANA, BEN, CLEO])))


@given(ACTS)
def test_it_is_never_agreed_while_somebody_quoted_has_not_said_yes_or_has_said_no(acts):
    excerpt = proposed(quote(1, ANA), quote(2, BEN))
    said_yes, said_no = set(), set()

    for act, who in acts:
        try:
            match act:
                case "agree":
                    excerpt = consent.agree(excerpt, who)
                    said_yes.add(who)
                case "withdraw":
                    excerpt = consent.withdraw(excerpt, who)
                    said_no.add(who)
                case "leave":
                    (excerpt,) = consent.without((excerpt,), member=who)
                    said_no |= {who} & {ANA, BEN}
        except InvalidInput:
            continue

    assert (excerpt.stage == "agreed") == (said_yes >= {ANA, BEN} and not said_no)
