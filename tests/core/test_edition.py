"""An edition: its questions on time, by hand, by a host's post; its hosts by what networks vouch for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from tests.chats import HOST, SHEP, an_edition
from wall.core.edition import Host, asked, at_time, changes_at, checked, next_time, standing
from wall.core.post import Author, SourceRef
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

EDITION = an_edition()


def after(minutes):
    return NOW + timedelta(minutes=minutes)


def numbers(edition, minutes, posts=()):
    return [one.number for one in asked(edition, dict(posts), after(minutes))]


class TestQuestionsOnTime:
    @pytest.mark.parametrize(("minutes", "found"), [(9, []), (10, [1]), (29, [1, 2]), (30, [1, 2, 3])])
    def test_each_is_asked_at_its_minute(self, minutes, found):
        assert numbers(EDITION, minutes) == found

    def test_the_last_one_stands_until_the_next_or_the_end(self):
        for minutes, number, until in ((12, 1, 20), (35, 3, 60)):
            found = asked(EDITION, {}, after(minutes))
            stands = standing(EDITION, found, after(minutes))
            assert (stands.number, next_time(EDITION, found, after(minutes))) == (number, after(until))

    def test_after_the_end_none_stands(self):
        assert standing(EDITION, asked(EDITION, {}, after(60)), after(60)) is None

    def test_a_moderator_asks_early(self):
        assert numbers(EDITION.asking(2, after(12)), 12) == [1, 2]

    def test_what_is_put_off_takes_those_after_it_along_and_none_that_was_asked(self):
        later = EDITION.put_off(2, 5, after(12))

        assert [one.minute for one in later.questions] == [10, 25, 35]

    def test_what_is_dropped_is_not_asked_until_it_is_taken_up_again(self):
        dropped = EDITION.dropping(2, dropped=True)

        assert numbers(dropped, 40) == [1, 3]
        assert numbers(dropped.dropping(2, dropped=False), 40) == [1, 2, 3]

    def test_a_host_asks_earlier_and_never_later_than_planned(self):
        assert numbers(EDITION, 15, {2: (after(14), "p")}.items()) == [1, 2]
        assert asked(EDITION, {2: (after(25), "p")}, after(40))[1].at == after(20)

    def test_a_host_asks_what_nobody_planned(self):
        (found,) = asked(replace(EDITION, questions=()), {7: (after(3), "p")}, after(4))

        assert (found.number, found.text, found.post) == (7, "", "p")

    def test_there_is_no_such_question(self):
        with pytest.raises(NotFound):
            EDITION.asking(9, NOW)


class TestPlan:
    def test_what_was_done_by_hand_outlives_a_change_of_the_plan(self):
        done = EDITION.asking(3, after(1)).dropping(2, dropped=True)

        edited = done.edited(an_edition(minutes=90), seen=1)

        assert [(one.by_hand is not None, one.dropped) for one in edited.questions] == [
            (False, False),
            (False, True),
            (True, False),
        ]

    def test_of_two_who_change_it_the_second_is_told(self):
        with pytest.raises(ChangedMeanwhile):
            EDITION.edited(EDITION, seen=7)

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("topic", {"topic": " \u200b"}),
            ("ends", {"ends": NOW}),
            ("ends", {"ends": NOW + timedelta(days=9)}),
            ("hosts", {"hosts": (HOST,) * 13}),
            ("hosts", {"hosts": (Host(name="A", known_as=("@a@b.c",) * 9),)}),
            ("questions", {"questions": (replace(EDITION.questions[0], minute=60),)}),
            ("questions", {"questions": (replace(EDITION.questions[0], text=""),)}),
            ("questions", {"questions": (replace(EDITION.questions[0], text="x" * 281),)}),
        ],
    )
    def test_what_makes_no_sense_is_refused_by_field(self, field, wrong):
        with pytest.raises(InvalidInput) as refused:
            checked(replace(EDITION, **wrong))
        assert refused.value.field == field

    def test_readers_are_told_at_each_moment_that_changes_something(self):
        minutes = [int((one - NOW).total_seconds() // 60) for one in changes_at(EDITION)]

        assert minutes == [-15, 0, 10, 20, 30, 60, 120]

    def test_of_two_editions_that_overlap_the_later_one_has_what_is_said(self):
        second = an_edition(2, starts=after(60))

        found = [at_time([EDITION, second], after(one)) for one in (-16, -15, 44, 45, 180)]

        assert [one and one.number for one in found] == [None, 1, 1, 2, None]


class TestHosts:
    @pytest.mark.parametrize(
        "known_as",
        ["@shep@social.example", "@Shep@Social.Example", SHEP.uid, "https://shep.example/"],
        ids=["handle", "handle in other letters", "id", "checked address"],
    )
    def test_a_host_is_known_by_what_the_network_vouches_for(self, known_as):
        author = replace(SHEP, links=("https://shep.example",))

        assert Host(name="Shep", known_as=(known_as,)).wrote(a_post(author=author))

    @pytest.mark.parametrize("kind", ["form", "irc", "feed", "sms", "mail", "blog"])
    def test_where_anybody_may_take_a_name_it_says_nothing(self, kind):
        assert not HOST.wrote(a_post(author=SHEP, source=SourceRef(id="x", kind=kind)))

    def test_a_post_that_may_be_forged_is_no_hosts(self):
        assert not HOST.wrote(a_post(author=SHEP, forgeable=True))

    def test_a_name_alone_is_nobody(self):
        assert not Host(name="Alice").wrote(a_post(author=ALICE))
        assert not Host(name="Nobody", known_as=("",)).wrote(a_post(author=Author(uid="x", handle="", name="")))

    def test_who_is_of_the_team_writes_in_the_walls_name(self):
        by_wall = a_post(
            author=Author(uid="blog:x", handle="", name="Wall"), source=SourceRef(id="blog", kind="blog")
        )

        assert Host(name="Mia", person="p1").wrote(by_wall)
        assert not HOST.wrote(by_wall)
