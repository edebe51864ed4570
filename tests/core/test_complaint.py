import pytest

from wall.core.complaint import BANDS, LEAST, MOST, WEIGHTS, sureness, unhappy_rate


def test_a_rate_is_estimated_from_how_many_sound_unhappy():
    assert unhappy_rate(363, 1_000) == pytest.approx(0.65, abs=0.01)
    assert unhappy_rate(145, 1_000) == pytest.approx(0.09, abs=0.01)


@pytest.mark.parametrize(("sounding", "scored", "rate"), [(0, 0, LEAST), (1, 100, LEAST), (100, 100, MOST)])
def test_a_rate_is_never_nothing_and_never_all(sounding, scored, rate):
    assert unhappy_rate(sounding, scored) == rate


def test_the_same_words_say_less_where_people_are_happy():
    words = "The queue is slow"

    assert sureness(-0.4, words, rate=0.6) > 0.75
    assert sureness(-0.4, words, rate=0.06) < 0.2


@pytest.mark.parametrize("mood", [-0.9, -0.3, -0.1, 0, 0.2, 0.4, 0.9])
def test_words_of_grievance_make_it_surer(mood):
    none, one, two = (
        sureness(mood, words, rate=0.3)
        for words in ("At the desk", "Still waiting at the desk", "Waiting for two hours, nobody helps")
    )

    assert none < one < two


def test_a_grievance_is_found_however_its_apostrophe_is_written():
    assert sureness(0, "It won't open", rate=0.3) == sureness(0, "It won’t open", rate=0.3)
    assert sureness(0, "It won't open", rate=0.3) > sureness(0, "It will open", rate=0.3)


def test_each_band_has_its_weights():
    assert len(WEIGHTS) == len(BANDS) + 1
