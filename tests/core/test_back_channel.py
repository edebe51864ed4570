from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core import back_channel
from wall.core.back_channel import (
    INVITED_FOR,
    LONGEST,
    MOST_INVITATIONS,
    MOST_MEMBERS,
    Change,
    Invitation,
    Message,
)
from wall.core.member import Member, participant_member, person_member
from wall.errors import InvalidInput, NotFound

ANA, BEN, CLEO = (participant_member(name) for name in ("ana", "ben", "cleo"))


class Talk:
    """A thread with its messages, changed act by act."""

    def __init__(self, **options):
        begun = back_channel.start("t1", "post1", Member(id=ANA, name="Ana"), NOW, **options)
        self.thread, self.messages = None, {}
        self.take(begun)

    def take(self, change):
        self.thread = change.thread
        self.messages |= {one.number: one for one in change.messages}
        return change

    def comes(self, id):
        return self.take(back_channel.enter(self.thread, id, id.split(":")[1].capitalize(), NOW))

    def says(self, id, words):
        self.take(back_channel.say(self.thread, id, words, NOW))
        return self.messages[self.thread.last]

    def reads(self, id):
        shown = back_channel.readable(self.thread, id, sorted(self.messages.values(), key=lambda one: one.number))
        return [one.text for one in shown if one.kind == "said"]

    def proposes(self, id, *messages):
        self.take(back_channel.propose(self.thread, id, messages, f"e{self.thread.last}", NOW))
        return self.thread.excerpts[-1].id

    def answers(self, id, excerpt, *, agrees=True):
        before = self.thread
        self.take(back_channel.answer(self.thread, id, excerpt, agrees=agrees))
        return before

    def stages(self):
        return [one.stage for one in self.thread.excerpts]


def a_talk(*members, **options):
    talk = Talk(**options)
    for member in members:
        talk.comes(member)
    return talk


def test_nobody_writes_to_nobody():
    with pytest.raises(InvalidInput, match="Nobody else is here yet"):
        a_talk().says(ANA, "Hello?")


def test_who_comes_in_later_reads_what_is_said_from_then_on():
    talk = a_talk(BEN)
    talk.says(ANA, "Between us")
    talk.comes(CLEO)
    talk.says(BEN, "Hello Cleo")

    assert talk.reads(CLEO) == ["Hello Cleo"]
    assert talk.reads(BEN) == ["Between us", "Hello Cleo"]


def test_the_words_somebody_is_asked_in_with_are_read_by_them():
    assert a_talk(BEN, words="Thanks for reporting").reads(BEN) == ["Thanks for reporting"]


ACTS = {
    "say": lambda thread, by: back_channel.say(thread, by, "Hello", NOW),
    "leave": lambda thread, by: back_channel.leave(thread, by, NOW),
    "erase": lambda thread, by: back_channel.erase(thread, by, agrees=True),
    "propose": lambda thread, by: back_channel.propose(thread, by, [], "e", NOW),
    "answer": lambda thread, by: back_channel.answer(thread, by, "e", agrees=True),
    "invite": lambda thread, by: back_channel.invite(thread, an_invitation(by), NOW),
    "take back": lambda thread, by: back_channel.take_back(thread, by, "i"),
    "read": lambda thread, by: back_channel.readable(thread, by, []),
    "unsay": lambda thread, by: back_channel.unsay(thread, by, [a_message(by)]),
    "rewrite": lambda thread, by: back_channel.rewrite(thread, by, a_message(by), "Hello"),
}


def an_invitation(by=ANA, id="i"):
    return Invitation(id=id, whom="Cleo", by=by, by_name="Ana", expires_at=NOW + INVITED_FOR)


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


def test_as_many_come_in_as_there_is_room_for():
    talk = a_talk(*(participant_member(str(number)) for number in range(MOST_MEMBERS - 1)))

    with pytest.raises(InvalidInput, match=str(MOST_MEMBERS)):
        talk.comes(CLEO)


# Links


def test_the_starter_alone_invites():
    with pytest.raises(InvalidInput, match="Only who started"):
        back_channel.invite(a_talk(BEN).thread, an_invitation(BEN), NOW)


def test_a_link_lets_one_in_once():
    invited = back_channel.invite(a_talk().thread, an_invitation(), NOW).thread
    inside = back_channel.use(invited, "i", CLEO, "Cleo", NOW).thread

    assert inside.member(CLEO).name == "Cleo"
    with pytest.raises(NotFound, match="used already"):
        back_channel.use(inside, "i", BEN, "Ben", NOW)


@pytest.mark.parametrize("why", ["too old", "taken back", "its maker left"])
def test_a_link_that_is_closed_lets_nobody_in(why):
    thread = back_channel.invite(a_talk(BEN).thread, an_invitation(), NOW).thread
    later = NOW + INVITED_FOR if why == "too old" else NOW
    if why == "taken back":
        thread = back_channel.take_back(thread, ANA, "i").thread
    elif why == "its maker left":
        thread = back_channel.leave(thread, ANA, NOW).thread

    with pytest.raises(NotFound):
        back_channel.use(thread, "i", CLEO, "Cleo", later)


def test_links_that_are_open_are_few():
    thread = a_talk().thread
    for number in range(MOST_INVITATIONS):
        thread = back_channel.invite(thread, an_invitation(id=str(number)), NOW).thread

    with pytest.raises(InvalidInput, match="open already"):
        back_channel.invite(thread, an_invitation(), NOW)
    assert back_channel.invite(thread, an_invitation(), NOW + INVITED_FOR + timedelta(1)).thread


# The end


def test_it_ends_when_the_last_one_leaves():
    talk = a_talk(BEN)

    rest = back_channel.leave(talk.thread, ANA, NOW).thread

    assert [one.id for one in rest.members] == [BEN]
    assert back_channel.leave(rest, BEN, NOW) == Change(None)


def test_it_ends_when_all_who_are_in_it_agree_to_erase_it():
    one = back_channel.erase(a_talk(BEN).thread, ANA, agrees=True).thread

    assert back_channel.erase(one, ANA, agrees=False).thread.member(ANA).erasing is False
    assert back_channel.erase(one, BEN, agrees=True).thread is None
    assert back_channel.leave(one, BEN, NOW).thread is None


def test_who_comes_in_has_to_agree_to_that_as_well():
    half = back_channel.erase(a_talk(BEN).thread, ANA, agrees=True).thread
    three = back_channel.enter(half, CLEO, "Cleo", NOW).thread

    assert back_channel.erase(three, BEN, agrees=True).thread is not None


def test_who_leaves_takes_their_words_along_if_they_like():
    talk = a_talk(BEN)
    message = talk.says(BEN, "Mine")

    talk.take(back_channel.leave(talk.thread, BEN, NOW, with_words=[message]))

    assert (talk.messages[message.number].kind, talk.messages[message.number].text) == ("deleted", "")


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
            talk.take(back_channel.leave(talk.thread, BEN, NOW))
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
    talk.take(back_channel.leave(talk.thread, BEN, NOW))

    with pytest.raises(InvalidInput, match="has left"):
        talk.proposes(ANA, message)


def test_a_person_of_the_team_is_told_from_a_participant():
    assert Member(id=person_member("mia"), name="Mia").team
    assert not Member(id=participant_member("mia"), name="Mia").team
