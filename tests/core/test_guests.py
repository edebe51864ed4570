from hypothesis import given
from hypothesis import strategies as st

from wall.core.guests import Guests, nameless, nameless_votes


def test_a_participant_is_a_number_and_everybody_else_who_they_are():
    guests = Guests()

    assert guests.meet("form:abc") == "form:guest-000001"
    assert guests.meet("form:def") == "form:guest-000002"
    assert guests.meet("form:abc") == "form:guest-000001"
    assert guests.meet("ap:https://x.example/alice") == "ap:https://x.example/alice"


def test_of_a_participant_who_wrote_nothing_nothing_is_told():
    guests = Guests()
    guests.meet("form:abc")

    assert guests.met("form:abc") == "form:guest-000001"
    assert guests.met("form:def") is None
    assert guests.met("nostr:key") == "nostr:key"


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_ballots_keep_what_was_chosen_and_lose_who_chose_it(ballots):
    once = nameless(ballots)

    assert sorted(ballot for _, ballot in once) == sorted(ballots)
    assert nameless(ballot for _, ballot in reversed(once)) == once


votes = st.dictionaries(st.sampled_from("pqr"), st.dictionaries(st.sampled_from("stuvw"), st.sampled_from("12")))


@given(votes)
def test_votes_count_the_same_people_once_without_saying_who_they_are(votes):
    once = nameless_votes(votes)

    voters = {question: {name for name, _ in given} for question, given in once.items()}
    assert {question: len(given) for question, given in voters.items()} == {
        question: len(given) for question, given in votes.items() if given
    }
    assert len(set().union(*voters.values())) == len(set().union(*votes.values()))
    assert nameless_votes({question: dict(given) for question, given in once.items()}) == once
