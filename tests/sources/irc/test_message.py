from datetime import UTC, datetime, timedelta

import pytest

from tests.sources.world import EVENT, NOW
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.irc.history import Mark
from wall.sources.irc.message import parse_said
from wall.sources.irc.session import Said

LIVE = Mark(time=datetime(2026, 11, 22, 9, 59, 0, 327000, tzinfo=UTC))


def post(text="Hello #PyConDE", *, mark=LIVE, number=0, bridges=(), everything=False, **fields):
    said = Said(**{"nick": "mia", "text": text, "mark": mark, **fields})
    source = SourceRef(id="one", kind="irc", place="irc.example")
    return parse_said(
        said,
        place="irc.example/#wall",
        number=number,
        bridges=bridges,
        everything=everything,
        event=EVENT,
        source=source,
        now=NOW,
    )


def test_a_message_is_known_by_its_id():
    assert post(mark=Mark(time=NOW, msgid="abc~1")).uid == "irc:irc.example/#wall/abc~1"


def test_without_an_id_the_same_message_told_again_is_the_same():
    told_again = Mark(time=LIVE.time.replace(microsecond=0))

    assert post(mark=told_again).uid == post().uid


@pytest.mark.parametrize(
    "other",
    [{"text": "Hello, #PyConDE"}, {"nick": "zed"}, {"number": 1}, {"mark": Mark(time=NOW)}],
)
def test_without_an_id_another_message_is_another(other):
    assert post(**other).uid != post().uid


@pytest.mark.parametrize("msgid", ["", "x" * 300, "a\nb"])
def test_an_id_that_is_none_is_not_taken(msgid):
    assert post(mark=Mark(time=NOW, msgid=msgid)).uid.startswith("irc:irc.example/#wall/~")


def test_who_signed_in_is_known_by_the_account_and_shown_by_the_nick():
    author = post(nick="mia_away", account="Mia").author

    assert (author.uid, author.handle, author.name) == ("irc:irc.example/account:mia", "mia_away", "mia_away")


def test_who_did_not_is_known_by_the_nick():
    assert post(nick="Mia[1]").author.uid == "irc:irc.example/nick:mia{1}"


def test_a_program_says_that_it_is_one():
    assert post(bot=True).author.bot
    assert post().author.bot is None


def test_colours_go_and_hashtags_and_links_stay():
    made = post("\x0304Red\x03 \x02#PyConDE\x02 https://example.org/x")

    assert made.text == "Red #PyConDE https://example.org/x"
    assert [tag.key for tag in made.tags] == ["pyconde"]
    assert [span.kind for span in made.spans] == ["tag", "link"]


def test_a_channel_of_the_event_needs_no_hashtag():
    assert not EVENT.wants(post("Lunch?"))
    assert EVENT.wants(post("Lunch?", everything=True))


@pytest.mark.parametrize(
    "text", ["<alice> Hi #PyConDE", "[alice] Hi #PyConDE", "\x0303<a\u200blice>\x03 Hi #PyConDE"]
)
def test_who_speaks_over_a_bridge_is_the_author(text):
    made = post(text, nick="relay", bridges={"relay"})

    assert (made.author.name, made.author.handle, made.text) == ("alice", "alice by relay", "Hi #PyConDE")
    assert made.author.uid == "irc:irc.example/nick:relay/alice"


def test_nobody_else_speaks_for_others():
    assert post("<alice> Hi").author.name == "mia"


@pytest.mark.parametrize("text", ["", "   ", "\x02\x0f", "\u202e\u200b"])
def test_a_message_without_words_is_refused(text):
    with pytest.raises(InvalidPost):
        post(text)


def test_a_name_of_nothing_is_refused():
    with pytest.raises(InvalidPost):
        post(nick="\u200b\u202e")


def test_a_clock_that_is_ahead_is_not_believed():
    assert post(mark=Mark(time=NOW + timedelta(hours=5))).created_at == NOW


def test_broken_letters_do_no_harm():
    made = post("Lone \ud800 #PyConDE " + "z" + "\u0335" * 500)

    assert made.uid.encode()
    assert made.text.encode()
