import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core import markup
from wall.sources.slack.text import as_html, emojis


def read(text, **known):
    return markup.from_html(as_html(text, known))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fish &amp; chips &lt;3", "Fish & chips <3"),
        ("a\nb", "a\nb"),
        ("see <https://x.example/a?b=1&amp;c=2|the page>", "see the page"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("hi <@U024BE7LH|mia>", "hi @mia"),
        ("hi <@U024BE7LH>", "hi @…"),
        ("in <#C024BE7LH|general>", "in #general"),
        ("<!here> <!subteam^S1|@team>", "@here @team"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("<>", "<>"),
    ],
)
def test_mrkdwn_is_read_as_slack_shows_it(text, shown):
    assert read(text).text == shown


def test_links_and_emphasis_are_kept():
    spans = read("*bold* _italic_ `code` <https://x.example/|there> #PyConDE").spans

    assert [(span.kind, span.href) for span in spans] == [
        ("bold", None),
        ("italic", None),
        ("code", None),
        ("link", "https://x.example/"),
        ("tag", None),
    ]


def test_a_link_that_may_not_be_followed_is_words():
    assert read("<javascript:alert(1)|click>").spans == ()


def test_emoji_are_characters_where_the_message_tells_which():
    blocks = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"},
            {"type": "emoji", "name": "party_parrot"},
            {"type": "emoji", "name": "odd", "unicode": "d800"},
        ]}]}
    ]  # fmt: skip

    known = emojis(blocks)

    assert known == {"wave": "👋🏽"}
    assert read(":wave: :party_parrot:", **known).text == "👋🏽 :party_parrot:"


def test_blocks_without_end_are_left_alone():
    block = {}
    block["elements"] = [block]

    assert emojis([block]) == {}


@given(st.text(alphabet="<>|@#!&;:*_`ab \n\"'", max_size=60))
def test_whatever_is_written_no_markup_comes_of_it(text):
    marked = read(text)

    assert all(span.href is None or span.href.startswith("http") for span in marked.spans)
