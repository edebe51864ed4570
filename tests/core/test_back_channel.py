import pytest

from tests.cast import NOW
from tests.core.talk import ANA, BEN, CLEO, a_talk, an_invitation
from wall.core import back_channel, coming_and_going
from wall.core.back_channel import LONGEST, Change, Message
from wall.core.member import Member, participant_member, person_member
from wall.errors import InvalidInput, NotFound


def test_nobody_writes_to_nobody():
    with pytest.raises(InvalidInput, match="Nobody else is here yet"):
        a_talk().says(ANA, "Hello?")


ACTS = {
    "say": lambda thread, by: back_channel.say(thread, by, "Hello", NOW),
    "leave": lambda thread, by: coming_and_going.leave(thread, by, NOW),
    "erase": lambda thread, by: coming_and_going.erase(thread, by, agrees=True),
    "propose": lambda thread, by: back_channel.propose(thread, by, [], "e", NOW),
    "answer": lambda thread, by: back_channel.answer(thread, by, "e", agrees=True),
    "invite": lambda thread, by: coming_and_going.invite(thread, an_invitation(by), NOW),
    "take back": lambda thread, by: coming_and_going.take_back(thread, by, "i"),
    "read": lambda thread, by: back_channel.readable(thread, by, []),
    "unsay": lambda thread, by: back_channel.unsay(thread, by, [a_message(by)]),
    "rewrite": lambda thread, by: back_channel.rewrite(thread, by, a_message(by), "Hello"),
}


def a_message(by=ANA, number=1):
    return Message(number=number, by=by, name="Ana", at=NOW, text="Hello")


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_who_is_no_member_is_told_that_there_is_nothing(act):
    with pytest.raises(NotFound, match="There is nothing at this address"):
        act(a_talk(BEN).thread, CLEO)


def test_nobody_changes_what_somebody_else_said():
    talk = a_talk(BEN)
    message = talk.says(ANA, "Mine")

    with pytest.raises(NotFound):
        back_channel.unsay(talk.thread, BEN, [message])
    with pytest.raises(NotFound):
        back_channel.rewrite(talk.thread, BEN, message, "Yours")


@pytest.mark.parametrize("text", ["", " \n\u200b", "x" * (LONGEST + 1), "x" * 30_000])
def test_what_cannot_be_kept_is_refused_in_words(text):
    with pytest.raises(InvalidInput):
        a_talk(BEN).says(ANA, text)


# From private to public


def test_a_dialogue_becomes_public_when_both_agree():
    talk = a_talk(BEN)
    excerpt = talk.proposes(ANA, talk.says(ANA, "Where?"), talk.says(BEN, "Here."))

    before = talk.answers(BEN, excerpt)

    assert (before.excerpts[0].stage, talk.stages()) == ("proposed", ["agreed"])


@pytest.mark.parametrize("act", ["edit", "delete", "leave", "no"])
def test_whatever_ends_a_consent_ends_the_post(act):
    talk = a_talk(BEN)
    message = talk.says(BEN, "Here.")
    talk.answers(BEN, talk.proposes(ANA, message))
    before = talk.thread
    match act:
        case "edit":
            talk.take(back_channel.rewrite(talk.thread, BEN, message, "There."))
        case "delete":
            talk.take(back_channel.unsay(talk.thread, BEN, [message]))
        case "leave":
            talk.take(coming_and_going.leave(talk.thread, BEN, NOW))
        case "no":
            talk.answers(BEN, before.excerpts[0].id, agrees=False)

    assert back_channel.ended(before, talk.thread) == list(before.excerpts)
    assert "Here." not in repr(talk.thread)


def test_the_end_of_a_thread_ends_its_posts():
    talk = a_talk(BEN)
    talk.answers(BEN, talk.proposes(ANA, talk.says(BEN, "Here.")))

    assert len(back_channel.ended(talk.thread, None)) == 1


def test_the_same_words_again_end_nothing():
    talk = a_talk(BEN)
    message = talk.says(BEN, "Here.")
    talk.answers(BEN, talk.proposes(ANA, message))

    assert back_channel.rewrite(talk.thread, BEN, message, "Here. ") == Change(talk.thread)


def test_who_came_in_later_reads_no_proposal_about_what_was_before():
    talk = a_talk(BEN)
    talk.proposes(ANA, talk.says(BEN, "Here."))
    talk.comes(CLEO)

    assert back_channel.shown_excerpts(talk.thread, CLEO) == []
    assert len(back_channel.shown_excerpts(talk.thread, BEN)) == 1


def test_what_somebody_said_who_has_left_cannot_be_proposed():
    talk = a_talk(BEN, CLEO)
    message = talk.says(BEN, "Here.")
    talk.take(coming_and_going.leave(talk.thread, BEN, NOW))

    with pytest.raises(InvalidInput, match="has left"):
        talk.proposes(ANA, message)


def test_a_person_of_the_team_is_told_from_a_participant():
    assert Member(id=person_member("mia"), name="Mia").team
    assert not Member(id=participant_member("mia"), name="Mia").team
