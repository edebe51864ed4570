from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.fediverse import status
from tests.sources.mastodon.test_status import parse as parse_status
from tests.sources.misskeys import MIA, note
from tests.sources.world import EVENT, NOW
from wall.core import markup
from wall.core.post import Media, SourceRef
from wall.errors import InvalidPost
from wall.sources.misskey.note import parse_note
from wall.sources.misskey.text import as_html


def parse(payload, uids=None):
    return parse_note(
        payload,
        host="mk.example",
        domain="https://mk.example",
        uids=uids or {},
        source=SourceRef(id="one", kind="misskey"),
        now=NOW,
    )


def read(text):
    return markup.from_html(as_html(text))


def test_a_note_of_the_server_itself_is_a_post():
    post = parse(note(1))

    assert (post.uid, post.url) == ("ap:https://mk.example/notes/a000001", "https://mk.example/notes/a000001")
    assert (post.author.uid, post.author.handle) == ("acct:mia@mk.example", "mia@mk.example")
    assert post.author.url == "https://mk.example/@mia"
    assert post.created_at == datetime(2026, 11, 22, 9, 59, 0, 123_000, tzinfo=UTC)
    assert EVENT.wants(post)


def test_a_note_from_elsewhere_is_the_same_post_as_mastodon_tells_of():
    there = parse_status(status(1), domain="home.example")
    remote = MIA | {"host": "home.example"}

    here = parse(note(1, user=remote, uri="https://home.example/users/mia/statuses/1"))

    assert (here.uid, here.author.uid, here.revision) == (there.uid, there.author.uid, there.revision)
    assert here.author.url == "https://mk.example/@mia@home.example"


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "home"},
        {"visibility": "followers"},
        {"visibility": "specified"},
        {"visibility": None},
        {"localOnly": True},
        {"isHidden": True, "text": None},
        {"user": MIA | {"requireSigninToViewContents": True}},
        {"renoteId": "a1", "text": None},
    ],
    ids=str,
)
def test_what_is_not_for_everybody_or_only_repeats_is_passed_over(change):
    assert parse(note(1, **change)) is None


def test_a_quote_is_a_post_of_its_own():
    assert parse(note(1, "Look #PyConDE", renoteId="a1")).text == "Look #PyConDE"


def test_reposts_are_counted():
    assert parse(note(1, renoteCount=12)).reposts == 12


def test_files_come_with_their_descriptions_and_warnings():
    files = [
        {"type": "image/webp", "url": "https://f.example/1.webp", "comment": "a cat", "isSensitive": True},
        {"type": "video/mp4", "url": "https://f.example/2.mp4", "thumbnailUrl": "https://f.example/2.webp"},
        {"type": "application/zip", "url": "https://f.example/3.zip"},
        {"type": "image/png", "url": "javascript:alert(1)"},
    ]

    post = parse(note(1, files=files))

    assert post.media == (
        Media(kind="image", url="https://f.example/1.webp", alt="a cat"),
        Media(kind="video", url="https://f.example/2.mp4", preview_url="https://f.example/2.webp"),
    )
    assert post.sensitive


def test_a_warning_is_kept_and_a_hashtag_in_it_is_found():
    post = parse(note(1, "…", cw="Spoiler #PyConDE", tags=[]))

    assert (post.content_warning, post.sensitive) == ("Spoiler #PyConDE", True)
    assert [tag.where for tag in post.tags] == ["warning"]


def test_an_edit_has_a_higher_revision():
    assert parse(note(1, updatedAt="2026-11-22T09:59:30.000Z")).revision > parse(note(1)).revision


def test_an_answer_names_what_it_answers_if_that_is_known():
    assert parse(note(2, replyId="a000001"), {"a000001": "ap:x"}).reply_to == "ap:x"
    assert parse(note(2, replyId="a000001")).reply_to is None


def test_emoji_are_pictures_told_of_or_the_server_s_own():
    own = parse(note(1, "Hi :wave:")).emojis
    remote = parse(
        note(1, "Hi :wave: :hat:", user=MIA | {"host": "x.example"}, emojis={"wave": "https://x.example/w.png"})
    ).emojis

    assert {name: one.url for name, one in own.items()} == {"wave": "https://mk.example/emoji/wave.webp?static=1"}
    assert {name: one.url for name, one in remote.items()} == {"wave": "https://x.example/w.png"}


@pytest.mark.parametrize(
    "payload",
    [None, 7, [], {}, note(1, id=None), note(1, user={}), note(1, user=None), note(1, createdAt="soon")],
    ids=lambda payload: repr(payload)[:20],
)
def test_what_is_no_note_is_refused(payload):
    with pytest.raises(InvalidPost):
        parse(payload)


@pytest.mark.parametrize(
    "name", ["text", "cw", "files", "tags", "emojis", "renoteCount", "replyId", "updatedAt", "uri", "url", "lang"]
)
@pytest.mark.parametrize("value", [None, 7, [], {}, [None], "\ud800", {"x": 7}, True], ids=repr)
def test_any_other_field_may_be_anything(name, value):
    parse(note(1, **{name: value}))


# Text


@pytest.mark.parametrize(
    ("mfm", "words"),
    [
        ("$[tada.speed=2s Hello] you", "Hello you"),
        ("$[spin $[x2 deep **down**]]", "deep down"),
        ("[label](https://x.example/)", "label"),
        ("?[label](https://x.example/)", "label"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("<small>tiny</small> <center>mid</center>", "tiny mid"),
        ("~~gone~~ `code`", "gone code"),
        ("```js\n1 < 2\n```", "1 < 2"),
        ("a\nb", "a\nb"),
        ("2 * 3 * 4 <b", "2 * 3 * 4 <b"),
        ("$[unclosed", "$[unclosed"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_markup_is_read_as_words(mfm, words):
    assert read(mfm).text == words


def test_links_and_emphasis_are_kept():
    spans = read("**bold** *thin* [there](https://x.example/) #PyConDE").spans

    assert [(span.kind, span.href) for span in spans] == [
        ("bold", None),
        ("italic", None),
        ("link", "https://x.example/"),
        ("tag", None),
    ]


@given(st.text(alphabet="$[]()*`~<>&\"'? \nahtps:/.x2", max_size=80))
def test_whatever_is_written_only_web_links_come_of_it(text):
    assert all(span.href is None or span.href.startswith("http") for span in read(text).spans)
