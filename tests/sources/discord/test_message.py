from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.discords import GUILD, MIA, TALK, message, picture
from tests.sources.world import EVENT, NOW
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.discord.message import Reading, parse_message
from wall.sources.discord.text import as_html

READING = Reading(
    event=EVENT,
    source=SourceRef(id="one", kind="discord"),
    everything=False,
    channels={TALK: "talk"},
    servers={TALK: GUILD},
)


def parsed(content="Hello", **fields):
    return parse_message(message(1, content, **fields), READING, now=NOW)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**bold** and *leaning* and __under__", "bold and leaning and under"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("# Heading\n> quoted\n-# small", "Heading\nquoted\nsmall"),
        ("`a * b * c`", "a * b * c"),
        ("```py\nprint('*x*')\n```", "print('*x*')"),
        (r"\*not leaning\*", "*not leaning*"),
        ("<@42> and <@!42> and <@9>", "@Mia and @Mia and @someone"),
        ("see <#22> and <#9>", "see #talk and #…"),
        ("<@&5> hi @everyone", "@… hi @everyone"),
        ("at <t:1795341600:R>", "at 22 November 2026, 10:00 UTC"),
        ("use </poll:123>", "use /poll"),
        ("[the slides](https://x.example/a_b_c)", "the slides"),
        ("<https://x.example/a_b_c>", "https://x.example/a_b_c"),
        ("https://x.example/_a_", "https://x.example/_a_"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("||the murderer|| did it", "the murderer did it"),
    ],
)
def test_markdown_is_read_as_people_see_it(written, read):
    assert parsed(written, mentions=[MIA]).text == read


def test_a_channel_s_name_is_no_hashtag_and_a_hashtag_is():
    post = parse_message(message(1, "<#22> #PyConDE"), READING, now=NOW)

    assert [tag.raw for tag in post.tags] == ["PyConDE"]


def test_custom_emoji_are_pictures_in_the_text():
    post = parsed("Nice <:party:77> <a:wave:78>")

    assert post.text == "Nice :party: :wave:"
    assert post.emojis["wave"].url == "https://cdn.discordapp.com/emojis/78.png?size=64"
    assert [span.value for span in post.spans if span.kind == "emoji"] == ["party", "wave"]


def test_a_spoiler_is_covered():
    assert (parsed("||x||").content_warning, parsed("||x||").sensitive) == ("Spoiler", True)
    hidden = {**picture("https://x.example/1.png", "x"), "filename": "SPOILER_cat.png"}
    assert parsed(attachments=[hidden]).sensitive


def test_a_post_says_who_wrote_it_and_where():
    post = parsed(member={"nick": "Mia from Bonn"}, message_reference={"channel_id": TALK, "message_id": "5"})

    assert (post.author.uid, post.author.handle, post.author.name) == ("discord:42", "mia", "Mia from Bonn")
    assert post.author.avatar_url == "https://cdn.discordapp.com/avatars/42/a1b2.png?size=128"
    assert post.url == f"https://discord.com/channels/{GUILD}/{TALK}/1001"
    assert post.reply_to == f"discord:{TALK}/5"


def test_those_whom_a_bridge_speaks_for_are_told_apart():
    def bridged(name):
        return parsed(webhook_id="9", author={"id": "9", "username": name, "bot": True}).author

    assert bridged("alice").uid != bridged("bob").uid
    assert bridged("alice").bot is None
    assert parsed(author={**MIA, "bot": True}).author.bot is True


def test_an_edit_has_a_higher_revision_and_a_new_address_of_a_file_is_none():
    first = parsed(attachments=[picture("https://x.example/1.png?ex=1", "x")])
    again = parsed(attachments=[picture("https://x.example/1.png?ex=2", "x")])
    edited = parsed(edited_timestamp="2026-11-22T09:59:30+00:00")

    assert first.revision == again.revision > 0
    assert edited.revision > first.revision


@pytest.mark.parametrize(
    "fields",
    [
        {"type": 7},
        {"content": ""},
        {"message_reference": {"type": 1, "message_id": "5"}},
        {"content": "", "sticker_items": [{"id": "1", "name": "x"}]},
    ],
)
def test_what_is_no_message_of_somebody_is_passed_over(fields):
    assert parsed(**fields) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"author": {}},
        {"author": None},
        {"author": {"id": "x", "username": "mia"}},
        {"author": {"id": "1", "username": ""}},
        {"id": None},
        {"id": "../1"},
        {"channel_id": 7.5},
        {"timestamp": "soon"},
    ],
)
def test_what_is_broken_is_refused(fields):
    with pytest.raises(InvalidPost):
        parsed(**fields)


@given(st.text(alphabet="*_`|~<>@#:&!t/[]()\\ab1\n", max_size=200))
def test_any_text_becomes_html_of_our_own(text):
    html = as_html(text, {}, {})

    assert "<script" not in html
    assert html.count("<code>") == html.count("</code>")


@pytest.mark.parametrize(
    ("bots", "name", "text"), [((MIA["id"],), "zoe", "Hi there"), ((), "Mia", "<zoe> Hi there")]
)
def test_who_speaks_by_a_relay_bot_is_the_author(bots, name, text):
    post = parse_message(message(1, "<zoe> Hi **there**"), replace(READING, bridges=bots), now=NOW)

    assert (post.author.name, post.text) == (name, text)
