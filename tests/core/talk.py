"""A private thread as the tests tell it: who comes, who says what, and who reads it."""

from tests.cast import NOW
from wall.core import back_channel, coming_and_going
from wall.core.back_channel import Invitation
from wall.core.coming_and_going import INVITED_FOR
from wall.core.member import Member, participant_member

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
        return self.take(coming_and_going.enter(self.thread, id, id.split(":")[1].capitalize(), NOW))

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


def an_invitation(by=ANA, id="i"):
    return Invitation(id=id, whom="Cleo", by=by, by_name="Ana", expires_at=NOW + INVITED_FOR)
