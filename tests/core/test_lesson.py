from itertools import cycle

import pytest

from wall.core.lesson import Example, Sounds, learn

NOTHING, KIND = Sounds(0.0, 0.0, 0.0), Sounds(0.5, 0.0, 0.3)
COMPLAINTS = ("still waiting at the desk", "the queue goes around the block", "no badge again")
OTHERS = ("the next talk is in room two", "slides are online", "see you at the dinner")


def corrections(number, *, unhappy=COMPLAINTS, others=OTHERS, sounds=NOTHING):
    turns = zip(range(number), cycle(unhappy), cycle(others), strict=False)
    return [Example(f"{(no, yes)[turn % 2]} {turn}", sounds, bool(turn % 2)) for turn, yes, no in turns]


@pytest.mark.parametrize("number", [0, 1, 49])
def test_nothing_is_learned_of_a_few_corrections(number):
    assert learn(corrections(number)) is None


def test_nothing_is_learned_where_all_say_the_same():
    assert learn([Example(f"fine {turn}", NOTHING, True) for turn in range(200)]) is None


def test_words_that_the_lexicon_does_not_know_are_learned():
    lesson = learn(corrections(80))

    assert lesson.better
    assert lesson.posts == 80
    assert lesson.likely("waiting in the queue, no badge", NOTHING) > 0.5
    assert lesson.likely("slides of the talk are online", NOTHING) < 0.5


def test_where_words_teach_nothing_the_lexicon_is_kept():
    lesson = learn(corrections(80, unhappy=("same words",), others=("same words",)))

    assert not lesson.better


def test_where_the_lexicon_is_right_already_it_is_kept():
    bad = Sounds(-0.6, 0.4, 0.0)
    lesson = learn([Example("words", bad if turn % 2 else KIND, bool(turn % 2)) for turn in range(80)])

    assert (lesson.lexicon, lesson.better) == (1.0, False)


def test_the_same_corrections_teach_the_same():
    first, again = learn(corrections(60)), learn(corrections(60))

    assert first == again
