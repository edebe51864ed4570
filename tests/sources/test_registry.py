import pytest

from wall.errors import InvalidInput
from wall.sources.registry import KINDS, polled, several, source_class


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_set_up(kind):
    found = source_class(kind)

    assert found.kind == kind
    assert found.title
    assert all(option.label and option.help for option in found.options)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not source_class(kind).pushed])
def test_every_kind_that_is_read_refuses_empty_options_by_name(kind):
    with pytest.raises(InvalidInput) as refusal:
        polled(kind).check({})

    assert refusal.value.field in {option.name for option in source_class(kind).options}


@pytest.mark.parametrize("kind", ["webhook", "form"])
def test_what_is_sent_to_us_is_not_read(kind):
    with pytest.raises(InvalidInput):
        polled(kind)


def test_an_unknown_kind_is_refused():
    with pytest.raises(InvalidInput, match="pigeon"):
        source_class("pigeon")


@pytest.mark.parametrize(
    ("kinds", "answer"),
    [
        ((), True),
        (("mastodon",), False),
        (("mastodon", "form", "sms"), False),
        (("mastodon", "bluesky"), True),
        (("mastodon", "gone"), True),
        (("form",), True),
    ],
)
def test_a_persons_posts_may_come_from_several_networks(kinds, answer):
    assert several(frozenset(kinds)) is answer
