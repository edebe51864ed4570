from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MASTODON, NOW, a_post
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.markup import from_html, from_text, tags
from wall.core.matching import Terms, match
from wall.core.post import Media, Tag

KEYS = ("pyconde", "pyconde26")
LAST_MINUTE = datetime(2026, 6, 11, 21, 59, 59, tzinfo=UTC)  # in Berlin a minute before the 12th


def found(post, terms=None, keys=KEYS, timezone="UTC"):
    return match(post, keys, terms or Terms(), timezone)


def written(text, *, meta=(), warning=None, **fields):
    marked = from_text(text)
    return a_post(marked.text, tags=tags(marked, meta=meta, warning=warning), content_warning=warning, **fields)


def tagged(*hashtags, **fields):
    return a_post(tags=tuple(Tag(raw, tagkey(raw)) for raw in hashtags), **fields)


@pytest.mark.parametrize(
    ("post", "by", "hidden"),
    [
        (written("At #PyConDE"), ("PyConDE", "text"), False),
        (written("At ＃ｐｙｃｏｎｄｅ２６ now"), ("ｐｙｃｏｎｄｅ２６", "text"), False),
        (written("At #PyCon·DE"), ("PyCon·DE", "text"), False),
        (written("Nice", meta=["pyconde"]), ("pyconde", "meta"), True),
        (written("At #PyConDE", meta=["pyconde"]), ("PyConDE", "text"), False),
        (written("Both", meta=["pyconde"], warning="#pyconde26"), ("pyconde26", "warning"), False),
        (written("Spoiler", warning="Talks at #PyConDE"), ("PyConDE", "warning"), False),
        # Some networks end a hashtag later than we do; it can be read all the same.
        (written("At #PyCon-DE", meta=["PyCon-DE"]), ("PyCon-DE", "meta"), False),
        (written("At #PYCON-DE", meta=["PyCon-de"]), ("PyCon-de", "meta"), False),
        (a_post("Hello", tags=(Tag("PyConDE", "pyconde", "sent"),)), ("PyConDE", "sent"), False),
    ],
)
def test_a_post_matches_by_the_hashtag_that_is_seen_best(post, by, hidden):
    one = found(post)

    assert (one.tag.raw, one.tag.where) == by
    assert one.hidden is hidden


@pytest.mark.parametrize(
    "post",
    [
        written("PyConDE without a sign"),
        written("C#pyconde and issue#pyconde and &#pyconde;"),
        written("日本語#pyconde"),
        written("#a#pyconde"),
        written("https://x.example/#pyconde"),
        written("#pyconde27 #pycon_de #PyConDE楽しい"),
        written("Hello", media=(Media(kind="image", url="https://x.example/a.png", alt="At #PyConDE"),)),
        a_post("Hello", tags=(), author=replace(a_post().author, name="Mia #PyConDE", handle="pyconde")),
        a_post("Hello", tags=()),
    ],
)
def test_a_post_without_the_hashtag_does_not_match(post):
    assert found(post) is None


def test_a_hashtag_in_markup_that_cannot_be_seen_is_hidden():
    marked = from_html('<p>Buy <a href="https://s.example/tags/pyconde" class="hashtag">here</a></p>')

    one = found(a_post(marked.text, tags=tags(marked, meta=["pyconde"])))

    assert one.hidden


@pytest.mark.parametrize(
    ("hashtags", "terms", "wanted"),
    [
        (("PyConDE", "Berlin"), Terms(every=("berlin",)), True),
        (("PyConDE", "Berlin", "Talk"), Terms(every=("berlin", "talk")), True),
        (("PyConDE", "Talk"), Terms(every=("berlin", "talk")), False),
        (("PyConDE",), Terms(every=("berlin",)), False),
        (("Berlin",), Terms(every=("berlin",)), False),
        (("PyConDE", "Ad"), Terms(none=("AD",)), False),
        (("PyConDE", "advent"), Terms(none=("AD",)), True),
        (("PyConDE", "Köln"), Terms(none=("koln",)), False),
        (("PyConDE26",), Terms(aliases=("PyConDE26",)), True),
        (("PyConDE26", "Berlin", "Ad"), Terms(aliases=("PyConDE26",), every=("berlin",), none=("ad",)), False),
    ],
)
def test_a_post_has_every_hashtag_that_it_must_and_none_that_it_must_not(hashtags, terms, wanted):
    assert bool(found(tagged(*hashtags), terms)) is wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [(None, True), ("de", True), ("de-AT", True), ("pt-BR", True), ("pt", False), ("en", False), ("deu", False)],
)
def test_a_post_in_another_language_is_left_out_and_one_of_unknown_language_is_not(language, wanted):
    assert bool(found(tagged("PyConDE", language=language), Terms(languages=("de", "pt-BR")))) is wanted


@pytest.mark.parametrize(
    ("written_at", "wanted"),
    [
        (LAST_MINUTE, False),
        (LAST_MINUTE + timedelta(seconds=1), True),
        (LAST_MINUTE + timedelta(days=2), True),
        (LAST_MINUTE + timedelta(days=2, seconds=1), False),
        (datetime.min.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=UTC), False),
    ],
)
def test_days_count_by_the_clocks_of_the_event(written_at, wanted):
    days = Terms(since=date(2026, 6, 12), until=date(2026, 6, 13))
    post = replace(tagged("PyConDE"), created_at=written_at, received_at=NOW + timedelta(days=30))

    assert bool(found(post, days, timezone="Europe/Berlin")) is wanted


def test_who_claims_the_future_wrote_when_it_came():
    post = replace(tagged("PyConDE"), created_at=NOW + timedelta(days=3))

    assert found(post, Terms(until=NOW.date()))
    assert not found(post, Terms(since=NOW.date() + timedelta(days=1)))


@pytest.mark.parametrize(
    ("hashtag", "wanted"),
    [
        ("PyConDE楽しい", True),
        ("PyConDEたのしい", True),
        ("PyConDEカ", True),
        ("PyConDE한국", True),
        ("PyConDE𠮷", True),
        ("PyConDE27", False),
        ("PyConDEfun", False),
        ("PyConDE_楽", False),
        ("楽PyConDE", False),
        ("PyConDEปี", False),
    ],
)
def test_a_hashtag_may_run_on_where_no_space_ends_it(hashtag, wanted):
    assert not found(tagged(hashtag))
    assert bool(found(tagged(hashtag), Terms(run_on=True))) is wanted


def test_what_somebody_brought_by_hand_is_held_to_no_terms():
    terms = Terms(every=("berlin",), none=("ad",), languages=("de",), until=date(2020, 1, 1))
    post = tagged("PyConDE", "Ad", language="en", source=replace(MASTODON, brought_by="Mia"))

    assert found(post, terms)


HASHTAGS = st.lists(st.sampled_from(("pyconde", "pyconde26", "berlin", "ad", "talk")), unique=True).map(tuple)


@given(has=HASHTAGS, every=HASHTAGS, none=HASHTAGS)
def test_a_match_is_a_hashtag_of_the_post_and_terms_only_ever_narrow(has, every, none):
    post, terms = tagged(*has), Terms(every=every, none=none)

    one = found(post, terms)

    wanted = not set(has).isdisjoint(KEYS) and set(every) <= set(has) and set(none).isdisjoint(has)
    assert (one is not None) == wanted
    assert one is None or (one.tag in post.tags and one.tag.key in KEYS and found(post))


@pytest.mark.parametrize(
    ("replies", "answering", "hashtags", "taken"),
    [
        ("wait", True, (), True),
        ("judge", True, (), True),
        ("wait", False, (), False),
        ("no", True, (), False),
        ("wait", True, ("Ad",), False),
    ],
)
def test_an_answer_needs_no_hashtag_where_the_event_wants_answers_but_must_not_have_some(
    replies, answering, hashtags, taken
):
    terms = Terms(every=("berlin",), none=("ad",))
    event = Event(slug="e", title="E", hashtags=("PyConDE",), keys=("pyconde",), terms=terms, replies=replies)
    post = a_post(tags=tuple(Tag(name, name.lower()) for name in hashtags))

    assert event.takes(post, answering=answering) is taken
