import pytest

from bench.insight.network import Network
from bench.insight.seeded import BOT, RING, seeded
from wall.core.influence import influences, listeners
from wall.core.moderation import Status


@pytest.fixture
def network():
    return Network()


def crowd(network, number, *, language="en"):
    people = [f"{language}{one}" for one in range(number)]
    for one in people:
        network.post(one, language=language)
    return people


def by_author(network, **options):
    return {one.author: one for one in influences(network.ledger(), **options)}


def test_who_posts_much_and_is_taken_up_by_nobody_counts_low(network):
    crowd(network, 20)
    for _turn in range(295):
        network.post("bot")

    assert by_author(network)["bot"].band == "low"
    assert by_author(network)["bot"].people == 0


def test_somebody_taken_up_by_many_leads(network):
    people = crowd(network, 30)
    network.passed_on(network.post("ada"), *people[:20])

    first, *_rest = influences(network.ledger())

    assert (first.author, first.band, first.people) == ("ada", "high", 20)


def test_a_ring_that_takes_up_itself_counts_low(network):
    people = crowd(network, 30)
    for one, other in zip(people, people[1:] + people[:1], strict=True):
        network.answer(one, to=other)
    ring = [f"sock{number}" for number in range(5)]
    for one in ring:
        for _turn in range(50):
            network.passed_on(network.post(one), *(other for other in ring if other != one))

    found = by_author(network)

    assert {found[one].band for one in ring} == {"low"}
    assert {found[one].people for one in ring} == {0}
    assert found["en0"].people == 1


def test_one_admirer_counts_once_however_busy(network):
    crowd(network, 10)
    for _turn in range(40):
        network.passed_on(network.post("ada"), "en1")
    network.passed_on(network.post("ben"), "en1", "en2")

    found = by_author(network)

    assert found["ada"].people == 1
    assert found["ben"].people == 2
    assert found["ben"].score > found["ada"].score


def test_people_whom_nobody_knows_to_be_real_do_not_count(network):
    crowd(network, 10)
    network.passed_on(network.post("ada"), "somebody", "anybody")

    assert by_author(network)["ada"].people == 0
    assert by_author(network, vetted=["somebody", "who never came"])["ada"].people == 1


def test_what_is_not_on_the_wall_counts_for_nobody(network):
    people = crowd(network, 10)
    network.passed_on(network.post("ada", status=Status.REMOVED), *people)

    assert "ada" not in by_author(network)


def test_answers_count_and_mentions_alone_do_not(network):
    crowd(network, 10)
    network.post("ada")
    network.answer("en1", to="ada", language="en")
    network.answer("fi1", to="ada", language="fi")
    network.mention("en2", "ada")

    found = by_author(network)["ada"]

    assert (found.people, found.groups) == (2, 2)


def test_connectors_are_those_whom_three_people_take_up(network):
    people = crowd(network, 10)
    network.passed_on(0, *people[1:4])
    network.passed_on(network.post("ada"), people[0], people[5])

    assert by_author(network)["ada"].connectors == 1


def test_the_h_index_is_of_posts_that_as_many_people_passed_on(network):
    people = crowd(network, 10)
    for number in (5, 3, 3, 1):
        network.passed_on(network.post("ada"), *people[:number])

    assert by_author(network)["ada"].h == 3


def test_an_event_without_posts_has_nobody(network):
    assert influences(network.ledger()) == []


@pytest.mark.parametrize("seed", range(3))
def test_at_a_seeded_event_those_who_are_listened_to_lead_and_noise_does_not(seed):
    event = seeded(seed)

    found = influences(event.network.ledger())

    bands = {one.author: one.band for one in found}
    assert {one.author for one in found[:10]} == event.known
    assert {bands[name] for name in (BOT, *RING)} == {"low"}


def test_who_took_somebody_up_are_the_people_who_are_counted(network):
    people = crowd(network, 6)
    for one, other in zip(people, people[1:] + people[:1], strict=True):
        network.answer(one, to=other)
    network.passed_on(network.post("ada"), *people[:3], "stranger")
    ring = [f"sock{number}" for number in range(5)]
    for one in ring:
        network.passed_on(network.post(one), *(other for other in ring if other != one))

    found = listeners(network.ledger(), ["ada", "sock1", "nobody"])

    assert found == {"ada": frozenset(people[:3]), "sock1": frozenset(), "nobody": frozenset()}
    assert by_author(network)["ada"].people == 3
