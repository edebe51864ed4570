import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.sources.mail.text import flowed, words_of_html, written

HELLO = "What a talk #PyConDE"


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nMia Muster\n+49 151 0000000",
        "--\nMia Muster",
        "> Will you come?\n> Yes",
        "On Sun, 22 Nov 2026 at 10:00, Wall <wall@event.example> wrote:\n> Will you come?",
        "On Sun, 22 Nov 2026 at 10:00, The Wall of the Event <\nwall@event.example> wrote:\n\nWill you come?",
        "Am 22.11.2026 um 10:00 schrieb Wall:\nWill you come?",
        "Le dim. 22 nov. 2026 à 10:00, Wall a écrit :\nWill you come?",
        "22.11.2026 10:00, Wall пишет:\nWill you come?",
        "在 2026年11月22日，Wall 写道：\nWill you come?",
        "-----Original Message-----\nFrom: Wall",
        "---------- Forwarded message ---------\nFrom: Wall",
        "From: Wall <wall@event.example>\nSent: Sunday, 22 November 2026\nTo: Mia",
        "________________________________\nFrom: Wall",
        "Sent from my iPhone",
        "Von meinem Gerät gesendet",
    ],
)
def test_what_is_quoted_and_signatures_are_cut(rest):
    assert written(f"{HELLO}\n\n{rest}") == HELLO


@pytest.mark.parametrize(
    "text",
    [
        "I agree\nOn stage nobody wrote:",
        "From: here to eternity\nis a film",
        "On Monday I wrote a talk",
        "Three things:\n- one\n- two",
        "a -- b",
        "I wrote:\nhello",
    ],
)
def test_words_of_their_own_are_kept(text):
    assert written(text) == text


def test_an_answer_between_the_lines_keeps_what_is_not_quoted():
    assert written("> Will you come?\nYes\n> When?\nAt ten") == "Yes\nAt ten"


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote type=cite>Will you come?</blockquote>",
        "<div class=gmail_quote><div class=gmail_attr>On Sunday Wall wrote:</div>Will you come?</div>",
        "<div class=gmail_signature>Mia Muster</div>",
        "<div class=moz-cite-prefix>Am Sonntag schrieb Wall:</div>",
        "<div id=divRplyFwdMsg>From: Wall</div><div>Will you come?</div>",
        "<style>p { color: red }</style><script>alert(1)</script>",
    ],
)
def test_html_says_its_words_without_what_programs_mark_as_quoted(quoted):
    assert words_of_html(f"<p>What a <b>talk</b> &amp; {quoted}</p>{quoted}") == "What a talk &"


def test_a_quote_that_the_author_chose_is_kept():
    assert words_of_html("<blockquote>To be or not</blockquote>") == "To be or not"


def test_paragraphs_that_were_broken_for_the_way_are_whole_again():
    assert flowed("What \r\na talk\r\n\r\nYes \n-- \nMia", delsp=False) == "What a talk\n\nYes \n-- \nMia"
    assert flowed("日本 \n語", delsp=True) == "日本語"


@given(st.text(alphabet="aÄ1:<>-_ \n\r写道wrote", max_size=300))
def test_nothing_is_made_up(text):
    assert set(written(text)) <= set(text) | {"\n"}
