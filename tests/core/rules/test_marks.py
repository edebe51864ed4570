import pytest

from wall.core.rules import marks


def marked(text, entry, *, whole=True):
    return [text[start:end] for start, end in marks(text, entry, whole=whole)]


@pytest.mark.parametrize(
    ("text", "entry", "found"),
    [
        ("What a Shit show, shit!", "shit", ["Shit", "shit"]),
        ("the Shitake is fine", "shit", []),
        ("fucking great", "fuck*", ["fuck"]),
        ("well, “sh1t,” they said", "shit", ["sh1t"]),
        ("$hit!", "shit", ["$hit!"]),
        ("well, ѕhіt happens", "shit", ["ѕhіt"]),
        ("oh s h i t again", "shit", ["s h i t"]),
        ("see #ShitConf now", "shit", ["#ShitConf"]),
        ("buy my  Crypto   Coins", "crypto coins", ["Crypto   Coins"]),
        ("这是垃圾邮件", "垃圾", ["垃圾"]),
        ("a (.*) b", "(.*)", ["(.*)"]),
        ("nothing here", "shit", []),
        ("", "shit", []),
    ],
)
def test_what_an_entry_found_is_marked(text, entry, found):
    assert marked(text, entry) == found


def test_a_part_of_a_word_is_marked_where_parts_are_looked_for():
    assert marked("the Shitake", "shit", whole=False) == ["Shit"]


def test_a_long_text_is_marked_in_its_beginning():
    assert marked("s h i t " * 5_000, "shit")[0] == "s h i t"
    assert len(marked("x y " * 5_000, "shit")) == 0
