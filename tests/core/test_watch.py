from dataclasses import replace

import pytest

from tests.cast import ALICE, a_post
from wall.core.post import SourceRef, Span
from wall.core.watch import Affiliation, Watch, affiliation, is_ours, to_us

WATCH = Watch(ours=("@pyconex@social.example",))


def test_posts_of_the_wall_and_of_its_handles_are_ours():
    assert is_ours(WATCH, a_post(source=SourceRef(id="blog", kind="blog")))
    assert is_ours(WATCH, a_post(author=replace(ALICE, handle="PyConEx@social.example")))
    assert not is_ours(WATCH, a_post())


@pytest.mark.parametrize(
    "post",
    [
        a_post(source=SourceRef(id="form", kind="form")),
        a_post(reply_to="answer:abc"),
        a_post("Hi @pyconex", spans=(Span(3, 11, "mention", "pyconex@social.example"),)),
    ],
    ids=["by the event's form", "an answer to ours", "with our handle"],
)
def test_these_speak_to_us(post):
    assert to_us(WATCH, post)


def test_a_post_to_nobody_does_not():
    assert not to_us(WATCH, a_post("Who knows?"))


def test_what_somebody_is_goes_by_their_handle_however_it_is_written():
    watch = Watch(affiliations=(Affiliation("@Ada@social.example", "speaker"),))

    assert affiliation(watch, "ada@social.example") == "speaker"
    assert affiliation(watch, "@ada@other.example") == ""
