import json
from datetime import timedelta

import pytest

from tests.sources.matrix_room import MIA, ROOM, ZED, edit, member, message
from tests.sources.world import EVENT, FIXTURES, NOW
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.matrix.event import (
    Member,
    Reading,
    parse_member,
    parse_message,
    redacted,
    replacing,
    with_words_of,
)

MEMBERS = {MIA: Member(name="Mia B.", avatar="mxc://home.example/face")}


def parse(raw, *, everything=False, members=MEMBERS, bridges=()):
    reading = Reading(
        room=ROOM,
        event=EVENT,
        source=SourceRef(id="one", kind="matrix"),
        everything=everything,
        picture=lambda server, media: f"https://home.example/{server}/{media}",
        bridges=bridges,
    )
    return parse_message(raw, members, reading, now=NOW)


def test_a_message_is_a_post():
    post = parse(message(1, "Hello #PyConDE", minutes=3))

    assert (post.uid, post.text, post.revision) == (f"mxid:{ROOM}/$1", "Hello #PyConDE", 0)
    assert post.url == f"https://matrix.to/#/{ROOM}/$1"
    assert post.created_at == NOW - timedelta(minutes=3)
    assert [tag.key for tag in post.tags] == ["pyconde"]


def test_who_wrote_it_is_called_as_in_the_room():
    author = parse(message()).author

    assert (author.uid, author.handle, author.name) == (f"mxid:{MIA}", MIA, "Mia B.")
    assert author.avatar_url == "https://home.example/home.example/face"


def test_who_has_no_name_in_the_room_is_called_by_their_account():
    assert parse(message(sender=ZED)).author.name == "zed"


def test_markup_is_read_and_never_shown():
    html = "<mx-reply><blockquote>Old words</blockquote></mx-reply><b>New</b> #PyConDE <script>x</script>"
    post = parse(message(body="x", format="org.matrix.custom.html", formatted_body=html))

    assert post.text == "New #PyConDE"


def test_an_answer_leaves_out_what_it_answers():
    relation = {"m.in_reply_to": {"event_id": "$0"}}
    post = parse(message(body="> <@zed:home.example> Old\n> words\n\nNew #PyConDE", **{"m.relates_to": relation}))

    assert post.text == "New #PyConDE"
    assert post.reply_to == f"mxid:{ROOM}/$0"


def test_what_somebody_does_is_told_with_their_name():
    assert parse(message(body="waves #PyConDE", msgtype="m.emote")).text == "Mia B. waves #PyConDE"


def test_a_notice_is_a_program_s():
    assert parse(message(msgtype="m.notice")).author.bot


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"body": "Stage #PyConDE", "filename": "a.png"}, "Stage #PyConDE"),
        ({"body": "Stage #PyConDE"}, "Stage #PyConDE"),
        ({"body": "IMG_1.jpg"}, ""),
        ({"body": "IMG_1.jpg", "filename": "IMG_1.jpg"}, ""),
    ],
)
def test_a_picture_s_words_are_not_its_file_s_name(content, text):
    post = parse(message(**content, msgtype="m.image", url="mxc://home.example/abc"))

    assert post.text == text
    assert [media.url for media in post.media] == ["https://home.example/home.example/abc"]


@pytest.mark.parametrize(
    "url", ["", None, "https://x.example/1.png", "mxc://home.example/../secret", "mxc://a/b/c"]
)
def test_a_picture_from_elsewhere_is_refused(url):
    with pytest.raises(InvalidPost):
        parse(message(msgtype="m.image", url=url))


@pytest.mark.parametrize("content", [{}, {"msgtype": "m.location"}, {"msgtype": 5}, {"msgtype": "m.file"}])
def test_other_sorts_are_passed_over(content):
    assert parse({**message(), "content": content}) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"sender": "nobody"},
        {"sender": None},
        {"event_id": None},
        {"event_id": "x" * 5000},
        {"origin_server_ts": None},
        {"origin_server_ts": 10**30},
        {"content": {"msgtype": "m.text", "body": ["x"]}},
        {"content": {"msgtype": "m.text", "body": "\u202e"}},
    ],
)
def test_what_is_broken_is_refused(broken):
    with pytest.raises(InvalidPost):
        parse({**message(), **broken})


def test_newer_words_count_and_are_a_revision():
    post = parse(with_words_of(message(1, minutes=5), edit(2, 1, "Newer #PyConDE")))

    assert (post.uid, post.text) == (f"mxid:{ROOM}/$1", "Newer #PyConDE")
    assert post.revision == int(NOW.timestamp() * 1000)
    assert post.created_at == NOW - timedelta(minutes=5)


def test_nobody_else_s_words_count():
    with pytest.raises(InvalidPost):
        with_words_of(message(1), edit(2, 1, "Spam", sender=ZED))

    bundled = {**message(1), "unsigned": {"m.relations": {"m.replace": edit(2, 1, "Spam", sender=ZED)}}}
    assert parse(bundled).text == "Hello #PyConDE"


def test_members_are_known_by_their_event():
    assert parse_member(member(ZED, "Z\u202eed", "mxc://a/b")) == (ZED, Member(name="Zed", avatar="mxc://a/b"))


def test_a_recorded_room_is_understood():
    (room,) = json.loads((FIXTURES / "matrix/sync.json").read_text(encoding="utf-8"))["rooms"]["join"].values()
    gone, changed, picture, redaction = room["timeline"]["events"]

    assert redacted(gone) == redacted(redaction) == gone["event_id"]
    assert replacing(changed) == gone["event_id"]
    assert parse(picture, members=dict([parse_member(room["state"]["events"][0])])).author.name == "Älice"


def test_who_speaks_by_a_relay_bot_is_the_author():
    post = parse(message(body="<zoe@discord> Hi #PyConDE", msgtype="m.notice"), bridges={MIA})

    assert (post.author.name, post.author.handle, post.text) == ("zoe", "zoe (discord) by Mia B.", "Hi #PyConDE")
    assert (post.author.uid, post.author.bot) == (f"mxid:{MIA}/zoe@discord", None)


def test_in_a_room_nobody_else_speaks_for_others():
    assert parse(message(body="<zoe> Hi"), bridges={ZED}).author.name == "Mia B."
