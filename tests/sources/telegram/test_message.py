from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.world import EVENT, NOW
from wall.core import markup
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.base import Upsert
from wall.sources.telegram.message import parse_update
from wall.sources.telegram.text import as_html

GROUP = {"id": -1001234, "type": "supergroup", "title": "PyCon people", "username": "pyconpeople"}
MIA = {"id": 42, "is_bot": False, "first_name": "Mia", "last_name": "M.", "username": "mia"}


def message(number=1, text="Hello #PyConDE", **fields):
    return {"message_id": number, "date": 1795341540, "chat": GROUP, "from": MIA, "text": text} | fields


def parse(update, *, chats=(), everything=False):
    source = SourceRef(id="one", kind="telegram")
    return parse_update(update, chats=frozenset(chats), everything=everything, source=source, event=EVENT, now=NOW)


def post(*, everything=False, **fields):
    (event,) = parse({"update_id": 1, "message": message(**fields)}, everything=everything)
    return event.post


def test_a_message_of_a_group_is_a_post():
    found = post()

    assert (found.uid, found.url) == ("telegram:-1001234/1", "https://t.me/pyconpeople/1")
    assert (found.author.uid, found.author.handle, found.author.name) == ("telegram:42", "mia", "Mia M.")
    assert found.created_at == datetime(2026, 11, 22, 9, 59, tzinfo=UTC)
    assert EVENT.wants(found)


def test_a_group_without_a_name_has_no_address():
    assert post(chat={"id": -5, "type": "group", "title": "Crew"}).url is None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post"])
def test_a_channel_writes_in_its_own_name(kind):
    channel = {"id": -100, "type": "channel", "title": "PyCon news", "username": "pyconnews"}
    said = message(chat=channel, sender_chat=channel)
    del said["from"]

    (event,) = parse({kind: said})

    assert (event.post.author.name, event.post.author.uid) == ("PyCon news", "telegram:-100")


def test_who_writes_as_the_group_is_the_group():
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

    assert post(**{"from": anonymous, "sender_chat": GROUP}).author.name == "PyCon people"


def test_an_edit_is_the_same_post_in_other_words():
    (edited,) = parse({"edited_message": message(text="Better", edit_date=1795341550)})

    assert edited.post.uid == post().uid
    assert edited.post.revision > post().revision


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"poll": {}},
        {"message": message(chat={"id": 42, "type": "private", "username": "mia"})},
        {"message": message(forward_origin={"type": "user"})},
        {"message": message(text=None, new_chat_members=[MIA])},
        {"message": message(text=None, photo=[{"file_id": "x"}])},
    ],
    ids=["nothing", "poll", "private", "forwarded", "somebody came", "picture alone"],
)
def test_what_nobody_wrote_for_everybody_is_passed_over(update):
    assert parse(update) == []


@pytest.mark.parametrize("chats", [["@pyconpeople"], ["-1001234"], ["@other", "-1001234"]])
def test_a_group_that_was_named_is_read(chats):
    assert parse({"message": message()}, chats=chats)


@pytest.mark.parametrize("chats", [["@other"], ["1234"], ["@"]])
def test_a_group_that_was_not_named_is_passed_over(chats):
    unnamed = {name: value for name, value in GROUP.items() if name != "username"}

    assert parse({"message": message(chat=unnamed)}, chats=chats[:1] if chats != ["@"] else ["@x"]) == []


def test_the_words_under_a_picture_are_a_post():
    entities = [{"type": "hashtag", "offset": 3, "length": 8}]

    assert EVENT.wants(post(text=None, caption="At #PyConDE", caption_entities=entities, photo=[{}]))


def test_where_all_is_taken_no_hashtag_is_needed():
    assert EVENT.wants(post(text="Hello", everything=True))
    assert not EVENT.wants(post(text="Hello"))


def test_a_spoiler_is_behind_a_warning():
    found = post(text="It ends #PyConDE", entities=[{"type": "spoiler", "offset": 0, "length": 7}])

    assert (found.content_warning, found.sensitive) == ("Spoiler", True)


def test_an_answer_names_what_it_answers():
    assert post(reply_to_message={"message_id": 7}).reply_to == "telegram:-1001234/7"


@pytest.mark.parametrize(
    "said",
    [
        7,
        {},
        {"chat": GROUP, "text": "Hi"},
        message(number=None),
        message(date=None),
        message(date=-1),
        message(date=10**20),
        message(date=True),
        message(edit_date="soon"),
        message(chat={"type": "group"}),
        message(sender_chat={"title": "x"}),
    ],
    ids=repr,
)
def test_a_message_that_is_none_is_refused(said):
    with pytest.raises(InvalidPost):
        parse({"message": said})


@pytest.mark.parametrize("name", ["entities", "text", "from", "caption", "reply_to_message", "via_bot"])
@pytest.mark.parametrize("value", [7, [], [None], "\ud800", [{"type": "bold"}]], ids=repr)
def test_any_other_field_may_be_anything(name, value):
    assert all(isinstance(event, Upsert) for event in parse({"message": message(**{name: value})}))


# Text


def test_entities_count_as_telegram_does():
    entities = [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 8, "length": 4, "url": "https://x.example/?a=1&b=2"},
    ]

    marked = markup.from_html(as_html("🐍 bold link", entities))

    assert marked.text == "🐍 bold link"
    assert [(span.kind, marked.text[span.start : span.end], span.href) for span in marked.spans] == [
        ("bold", "bold", None),
        ("link", "link", "https://x.example/?a=1&b=2"),
    ]


def test_words_are_no_markup():
    assert markup.from_html(as_html("a <b>\n& c", None)).text == "a <b>\n& c"


@given(
    st.text(max_size=20),
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["bold", "italic", "text_link", "code", "odd"]),
                "offset": st.integers(-2, 30),
                "length": st.integers(-2, 30),
                "url": st.sampled_from(['"><script>', "https://x.example"]),
            }
        ),
        max_size=5,
    ),
)
def test_whatever_the_entities_say_the_words_stay(text, entities):
    marked = markup.from_html(as_html(text, entities))

    assert "script" not in marked.text
    assert all(span.href == "https://x.example" for span in marked.spans if span.kind == "link")
