from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.timeline import MOST, USUAL_LIMIT, Asked, Listed, ends, parse_asked, status_id


def listed(id, *, local=False, media=(), reply=None, tags=(), boosts=None):
    status = {"reblog": boosts, "media_attachments": media, "in_reply_to_id": reply, "tags": tags}
    return Listed(id=id, status=status, local=local)


def ids(page):
    return [one.id for one in page]


TIMELINE = [listed(id) for id in (90, 80, 70, 60, 50)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"limit": "2"}, [90, 80]),
        ({"limit": "2", "max_id": "80"}, [70, 60]),
        ({"limit": "2", "since_id": "50"}, [90, 80]),
        ({"limit": "2", "min_id": "50"}, [70, 60]),
        ({"min_id": "90"}, []),
        ({"max_id": "90", "min_id": "60"}, [80, 70]),
    ],
)
def test_a_page_is_bounded_as_mastodon_bounds_it(query, expected):
    assert ids(parse_asked(query).page(TIMELINE)) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", USUAL_LIMIT),
        ("0", 1),
        ("1", 1),
        ("100", MOST),
        ("-5", USUAL_LIMIT),
        ("many", USUAL_LIMIT),
        ("٣", USUAL_LIMIT),
        ("9" * 5000, USUAL_LIMIT),
    ],
)
def test_a_limit_is_brought_to_the_nearest_one_there_is(written, meant):
    assert parse_asked({"limit": written}).limit == meant


@pytest.mark.parametrize("written", ["True", "true", "1", "t", "on"])
def test_a_yes_is_one_however_a_program_writes_it(written):
    assert parse_asked({"only_media": written}).only_media


@pytest.mark.parametrize("written", ["", "0", "False", "no", "\ud800"])
def test_everything_else_is_no(written):
    assert not parse_asked({"only_media": written}).only_media


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"only_media": "True"}, [5]),
        ({"local": "True"}, [4]),
        ({"remote": "True"}, [6, 5, 3, 2, 1]),
        ({"local": "True", "remote": "True"}, [6, 5, 4, 3, 2, 1]),
        ({"exclude_replies": "True"}, [6, 5, 4, 2, 1]),
        ({"exclude_reblogs": "True"}, [6, 5, 4, 3, 1]),
        ({"none": "Spam, #other"}, [5, 4, 3, 2, 1]),
    ],
)
def test_only_what_is_asked_for_is_on_the_page(query, expected):
    inner = listed(1).status
    timeline = [
        listed(6, tags=[{"name": "spam"}]),
        listed(5, media=[{"url": "x"}]),
        listed(4, local=True),
        listed(3, reply="1"),
        listed(2, boosts=inner),
        listed(1),
    ]

    assert ids(parse_asked(query).page(timeline)) == expected


def test_what_is_passed_on_is_judged_by_the_post_that_is_shown():
    wrapped = listed(2, boosts=listed(1, media=[{"url": "x"}]).status)

    assert Asked(only_media=True).page([wrapped]) == [wrapped]


def test_an_id_is_nineteen_digits_and_grows_with_the_time_of_approval():
    made = [status_id("a", NOW + timedelta(milliseconds=later), 1) for later in range(3)]

    assert made == sorted(made)
    assert {len(str(one)) for one in made} == {19}


def test_what_was_approved_in_one_stroke_has_ids_of_its_own():
    assert len({status_id("a", NOW, arrived) for arrived in range(5000)}) == 5000


def test_two_events_tell_their_posts_apart():
    assert status_id("a", NOW, 1) != status_id("b", NOW, 1)


def test_pages_begin_where_posts_are_and_not_where_the_wall_passes_one_on():
    assert ends([listed(99, boosts=TIMELINE[0].status), *TIMELINE]) == (50, 90)
    assert ends([]) is None
