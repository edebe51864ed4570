from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.core.talk import ANA, BEN, CLEO, a_talk, an_invitation
from wall.core import coming_and_going
from wall.core.back_channel import Change
from wall.core.coming_and_going import INVITED_FOR, MOST_INVITATIONS, MOST_MEMBERS
from wall.core.member import participant_member
from wall.errors import InvalidInput, NotFound


def test_as_many_come_in_as_there_is_room_for():
    talk = a_talk(*(participant_member(str(number)) for number in range(MOST_MEMBERS - 1)))

    with pytest.raises(InvalidInput, match=str(MOST_MEMBERS)):
        talk.comes(CLEO)


def test_who_comes_in_later_reads_what_is_said_from_then_on():
    talk = a_talk(BEN)
    talk.says(ANA, "Between us")
    talk.comes(CLEO)
    talk.says(BEN, "Hello Cleo")

    assert talk.reads(CLEO) == ["Hello Cleo"]
    assert talk.reads(BEN) == ["Between us", "Hello Cleo"]


def test_the_words_somebody_is_asked_in_with_are_read_by_them():
    assert a_talk(BEN, words="Thanks for reporting").reads(BEN) == ["Thanks for reporting"]


def test_the_starter_alone_invites():
    with pytest.raises(InvalidInput, match="Only who started"):
        coming_and_going.invite(a_talk(BEN).thread, an_invitation(BEN), NOW)


def test_a_link_lets_one_in_once():
    invited = coming_and_going.invite(a_talk().thread, an_invitation(), NOW).thread
    inside = coming_and_going.use(invited, "i", CLEO, "Cleo", NOW).thread

    assert inside.member(CLEO).name == "Cleo"
    with pytest.raises(NotFound, match="used already"):
        coming_and_going.use(inside, "i", BEN, "Ben", NOW)


@pytest.mark.parametrize("why", ["too old", "taken back", "its maker left"])
def test_a_link_that_is_closed_lets_nobody_in(why):
    thread = coming_and_going.invite(a_talk(BEN).thread, an_invitation(), NOW).thread
    later = NOW + INVITED_FOR if why == "too old" else NOW
    if why == "taken back":
        thread = coming_and_going.take_back(thread, ANA, "i").thread
    elif why == "its maker left":
        thread = coming_and_going.leave(thread, ANA, NOW).thread

    with pytest.raises(NotFound):
        coming_and_going.use(thread, "i", CLEO, "Cleo", later)


def test_links_that_are_open_are_few():
    thread = a_talk().thread
    for number in range(MOST_INVITATIONS):
        thread = coming_and_going.invite(thread, an_invitation(id=str(number)), NOW).thread

    with pytest.raises(InvalidInput, match="open already"):
        coming_and_going.invite(thread, an_invitation(), NOW)
    assert coming_and_going.invite(thread, an_invitation(), NOW + INVITED_FOR + timedelta(1)).thread


def test_it_ends_when_the_last_one_leaves():
    talk = a_talk(BEN)

    rest = coming_and_going.leave(talk.thread, ANA, NOW).thread

    assert [one.id for one in rest.members] == [BEN]
    assert coming_and_going.leave(rest, BEN, NOW) == Change(None)


def test_it_ends_when_all_who_are_in_it_agree_to_erase_it():
    one = coming_and_going.erase(a_talk(BEN).thread, ANA, agrees=True).thread

    assert coming_and_going.erase(one, ANA, agrees=False).thread.member(ANA).erasing is False
    assert coming_and_going.erase(one, BEN, agrees=True).thread is None
    assert coming_and_going.leave(one, BEN, NOW).thread is None


def test_who_comes_in_has_to_agree_to_that_as_well():
    half = coming_and_going.erase(a_talk(BEN).thread, ANA, agrees=True).thread
    three = coming_and_going.enter(half, CLEO, "Cleo", NOW).thread

    assert coming_and_going.erase(three, BEN, agrees=True).thread is not None


def test_who_leaves_takes_their_words_along_if_they_like():
    talk = a_talk(BEN)
    message = talk.says(BEN, "Mine")

    talk.take(coming_and_going.leave(talk.thread, BEN, NOW, with_words=[message]))

    assert (talk.messages[message.number].kind, talk.messages[message.number].text) == ("deleted", "")
