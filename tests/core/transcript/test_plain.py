from hypothesis import given

from tests.cast import NOW
from tests.transcripts import NASTY, a_head, a_line, a_section, told
from wall.core.post import Author, Media
from wall.core.programme import Session
from wall.core.transcript.plain import Plain


def test_it_reads_as_a_script():
    talk = Session(id="talk", title="Bridges", starts=NOW, room="Hall 1", speakers=("Ada", "Bo"))

    text = told(
        Plain,
        a_head(posts=2, people=1),
        a_line("One\nTwo", key="a"),
        a_line("Three", minute=2, key="b", answers="a", answered="Alice", depth=1),
        section=a_section(sessions=(talk,)),
    )

    assert "2 posts by 1 person\nTimes are by the clocks of Europe/Berlin.\n" in text
    assert "* Bridges\n  11:30 · Hall 1 · Ada, Bo\n" in text
    assert "\n11:30  Alice (@alice@social.example)\n       One\n       Two\n" in text
    assert "\n    11:32  Alice (@alice@social.example)\n           Three\n" in text


def test_who_answers_elsewhere_says_whom():
    assert "Alice (@alice@social.example), answers Bob" in told(Plain, a_head(), a_line(answered="Bob"))


def test_a_name_from_right_to_left_turns_nothing_around_it():
    noa = Author(uid="x", handle="", name="נועה")

    assert "11:30  \u2068נועה\u2069\n" in told(Plain, a_head(), a_line(post={"author": noa}))


def test_a_picture_is_told_in_words():
    media = (
        Media(kind="image", url="https://x.example/", alt="A bridge"),
        Media(kind="image", url="https://x.example/"),
    )

    text = told(Plain, a_head(), a_line(post={"media": media, "content_warning": "Heights"}))

    assert "[Heights]\n" in text
    assert "[Picture: A bridge]\n       [Picture: without words]\n" in text


@given(text=NASTY)
def test_whatever_is_said_stays_below_who_said_it(text):
    body = told(Plain, a_head(), a_line(text)).split("Alice (@alice@social.example)\n")[1].split("\n\nMade on")[0]

    assert all(line.startswith("       ") for line in body.split("\n") if line)
