from dataclasses import replace
from datetime import UTC, datetime

from tests.cast import ALICE, BOB, a_post
from wall.core.caseload import Held, Noted, Reply, concerns
from wall.core.moderation import Standing, Status
from wall.core.mood import Heard, Mood, Word
from wall.core.post import SourceRef, Span
from wall.core.watch import Watch

TEN = int(datetime(2026, 6, 12, 10, tzinfo=UTC).timestamp())
MINUTE = 60
FORM = SourceRef(id="form", kind="form")
CARA = replace(BOB, uid="ap:cara", handle="@cara@x.example", url=None)


def noted(text, minute=0, *, author=ALICE, score=0.0, word=None, replies=(), **fields):
    """Return a post that was written so many minutes after ten."""
    at = datetime.fromtimestamp(TEN + minute * MINUTE, UTC)
    post = replace(a_post(text, author=author, **fields), created_at=at)
    said = Word(says=word, by="mia", by_name="Mia", at=at, words="w") if word else None
    heard = Heard(Mood(language="en", model="m", words="w", score=score), said)
    return Noted(Standing(post=post, status=Status.APPROVED), heard, replies)


def friendly(number):
    """Return posts of others, so that few of all sound unhappy."""
    return [noted("Lovely", author=replace(BOB, uid=f"f{one}", url=None), score=0.8) for one in range(number)]


def at(minute):
    return datetime.fromtimestamp(TEN + minute * MINUTE, UTC)


def listed(*posts, now=30, watch=Watch(), **known):
    return concerns(posts, watch, now=TEN + now * MINUTE, **known)


def test_who_asks_the_event_wants_an_answer():
    (found,) = listed(noted("Where is room 5?", source=FORM), noted("Lovely", author=BOB, score=0.8))

    assert (found.progress, found.turn.case.asks) == ("open", True)


def test_who_asks_nobody_in_particular_does_not():
    assert listed(noted("Who is up for lunch?")) == []


def test_somebody_of_the_team_never_wants_an_answer():
    assert listed(noted("Unsafe! Who knows?", author=ALICE), watch=Watch(ours=(ALICE.handle,))) == []


def test_danger_comes_first_however_it_sounds():
    first, second = listed(
        noted("Where is room 5?", author=BOB, source=FORM), noted("There is smoke in the lift", 20, score=0.4)
    )

    assert first.turn.case.safety == "smoke"
    assert second.turn.case.asks


def test_a_moderator_s_word_is_certain_either_way():
    unhappy = noted("Great. Just great", score=0.9, word="unhappy")
    happy = noted("Terrible nobody waiting hours", author=BOB, score=-0.9, word="not unhappy")

    (found,) = listed(unhappy, happy)

    assert found.posts == [unhappy]


def test_among_happy_people_a_gloomy_word_alone_wants_no_answer():
    gloomy = noted("The talk on failure was sad", score=-0.3)

    assert listed(gloomy, *friendly(40)) == []


def test_an_answer_of_ours_takes_it_off_until_the_next_post():
    ours = (Reply(TEN + 5 * MINUTE, "answer:hall", True),)
    asked = noted("Where is room 5?", source=FORM, replies=ours)

    (answered,) = listed(asked)
    (again,) = listed(asked, noted("And room 6?", 10, source=FORM))

    assert (answered.progress, answered.to_answer) == ("answered", 5 * MINUTE)
    assert again.progress == "open"
    assert again.turn.case.since == TEN + 10 * MINUTE


def test_a_closed_case_is_last_and_opens_with_a_new_post():
    unhappy = noted("Waiting two hours, nobody helps", score=-0.6, word="unhappy")
    held = {ALICE.uid: Held(closed=at(10))}

    closed = listed(noted("Where is room 5?", author=BOB, source=FORM), unhappy, held=held)
    opened = listed(unhappy, noted("Still waiting", 20, word="unhappy"), held=held)

    assert [one.progress for one in closed] == ["open", "closed"]
    assert closed[1].course.state == "settled"
    assert opened[0].progress == "open"


def test_while_we_wait_for_their_word_it_stands_behind_open_cases():
    held = {ALICE.uid: Held(waiting=at(5))}

    found = listed(
        noted("There was smoke", source=FORM), noted("Where is it?", author=BOB, source=FORM), held=held
    )

    assert [one.progress for one in found] == ["open", "waiting"]


def test_three_people_with_one_problem_are_told():
    posts = [
        noted("No wifi in here", author=author, word="unhappy") for author in (ALICE, replace(BOB, url=None), CARA)
    ]

    found = listed(*posts)

    assert {one.turn.case.affected for one in found} == {3}


def test_help_of_somebody_else_and_people_who_join_in_are_told():
    replies = tuple(Reply(TEN + minute * MINUTE, f"p{minute}", False) for minute in (5, 10, 15))

    (found,) = listed(noted("Where is room 5?", source=FORM, replies=replies))

    assert (found.turn.case.helped, found.turn.case.rising) == (True, 3)


def test_accounts_of_one_person_are_one_case():
    here = replace(ALICE, links=("https://alice.example",))
    there = replace(ALICE, uid="did:plc:alice", handle="alice.example", links=("https://alice.example",))

    (found,) = listed(
        noted("No answer", 0, author=here, word="unhappy"),
        noted("Still no answer", 150, author=there, word="unhappy"),
        now=160,
    )

    assert (found.course.state, len(found.posts)) == ("lasting", 2)
    assert found.turn.case.since == TEN


def test_whom_many_listen_to_is_told():
    (found,) = listed(noted("Where is room 5?", source=FORM), bands={ALICE.uid: "high"})

    assert found.turn.case.band == "high"


def test_what_the_team_wrote_in_private_answers_a_case_until_the_next_post():
    asked = noted("Where is room 5?", source=FORM)
    held = {ALICE.uid: Held(answered=at(4))}

    (answered,) = listed(asked, held=held)
    (again,) = listed(asked, noted("And room 6?", 10, source=FORM), held=held)

    assert (answered.progress, answered.to_answer) == ("answered", 4 * MINUTE)
    assert again.progress == "open"


def naming(handle, minute=0):
    spans = (Span(0, len(handle), "mention", handle),)
    return noted(f"{handle} this was no good", minute, word="unhappy", spans=spans)


def test_who_names_a_speaker_speaks_to_them_unless_they_name_us_or_write_to_us_as_well():
    speakers, us = {"ada@x.example"}, Watch(ours=("@hall@x.example",))
    to_ada = naming("@ada@x.example")

    assert listed(to_ada, watch=us, speakers=speakers)[0].turn.case.elsewhere
    for other in (naming("@hall@x.example", 1), noted("Where is room 5?", 1, source=FORM)):
        assert not listed(to_ada, other, watch=us, speakers=speakers)[0].turn.case.elsewhere
    assert not listed(naming("@bob@x.example"), watch=us, speakers=speakers)[0].turn.case.elsewhere
