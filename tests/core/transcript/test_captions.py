import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW, SourceRef
from tests.transcripts import NASTY, a_head, a_line, told
from wall.core.post import Media
from wall.core.transcript.captions import MOST_AT_ONCE, SEEN_SECONDS, Captions

CUE = re.compile(r"(.+)\n(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n((?:.+\n)+)", re.MULTILINE)


def seconds(clock):
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def cues(*lines, **head):
    """Return captions as (from, until, words); a file is blocks apart by empty lines, of which the first is its head."""
    text = told(Captions, a_head(**head), *lines)
    blocks = text.removesuffix("\n\n").split("\n\n")[1:] if lines else []
    found = [CUE.fullmatch(block + "\n") for block in blocks if block]
    assert all(found), text
    return [(seconds(one[2]), seconds(one[3]), one[4].strip()) for one in found]


def test_a_caption_stands_at_its_moment_of_the_recording_for_as_long_as_one_reads():
    recording = NOW - timedelta(seconds=130)

    ((begins, ends, words),) = cues(a_line("one " * 20), recording=recording)

    assert (begins, ends) == (130.0, 140.0)
    assert words.startswith("<v Alice><b>Alice</b> one one")


def test_what_was_written_before_the_recording_began_is_left_out():
    assert cues(a_line(), a_line(minute=2), recording=NOW + timedelta(minutes=1))[0][0] == 60.0


def test_the_first_post_is_the_beginning_where_nobody_said_when_it_is():
    assert [one[0] for one in cues(a_line(minute=3), a_line(minute=4))] == [0.0, 60.0]


def test_a_fourth_takes_the_place_of_the_first_and_all_can_be_seen():
    found = cues(*(a_line("word " * 40, seconds=second) for second in (0, 0.5, 1, 1.5)))

    assert [one[0] for one in found] == [0.0, 0.5, 1.0, 2.0]
    assert found[0][1] == SEEN_SECONDS
    assert found[3][1] == 20.0


def test_what_is_covered_is_not_told():
    ((*_times, words),) = cues(a_line("From the top", post={"content_warning": "Heights"}))

    assert words == "<v Alice><b>Alice</b> [Heights]</v>"


def test_a_picture_is_told_in_words_and_stands_longer():
    media = (Media(kind="image", url="https://x.example/", alt="A bridge"),)

    ((begins, ends, words),) = cues(a_line("Look", post={"media": media}))

    assert (ends - begins, words) == (9.0, "<v Alice><b>Alice</b> Look\n[Picture: A bridge]</v>")


def test_the_answers_of_the_wall_are_no_captions():
    assert cues(a_line(post={"source": SourceRef(id="a", kind="answer")})) == []


@given(st.lists(st.tuples(st.floats(0, 60), st.integers(0, 80)), max_size=40))
def test_three_stand_at_once_at_most_in_order_and_each_long_enough(said):
    found = cues(*(a_line("word " * words, seconds=second) for second, words in sorted(said)))

    assert len(found) == len(said)
    assert [one[0] for one in found] == sorted(one[0] for one in found)
    assert all(ends - begins >= SEEN_SECONDS - 0.001 for begins, ends, _words in found)
    assert all(sum(begins <= one[0] < ends for begins, ends, _words in found) <= MOST_AT_ONCE for one in found)


@given(text=NASTY, name=NASTY)
def test_whatever_is_said_is_one_caption(text, name):
    author = a_line().post.author

    ((*_times, words),) = cues(a_line(text, post={"author": type(author)(uid="x", handle="@x", name=name)}))

    assert words.count("<v ") == words.count("</v>") == 1
    assert "-->" not in words
    assert re.sub(r"</?[vb][^<>]*>", "", words).count("<") == 0
