from datetime import UTC, datetime

import pytest

from tests.sources.fediverse import GOTOSOCIAL, SNAC, status
from tests.sources.world import NOW
from wall.core.post import Media, SourceRef
from wall.errors import InvalidPost
from wall.sources.mastodon.status import parse_status

SOURCE = SourceRef(id="one", kind="mastodon")


def parse(payload, uids=None, domain="s.example"):
    return parse_status(payload, host="s.example", domain=domain, uids=uids or {}, source=SOURCE, now=NOW)


def test_a_recorded_status_becomes_a_post():
    post = parse(GOTOSOCIAL[0])

    assert post.text == "edited #PyConDE"
    assert (post.uid, post.aliases) == (
        f"ap:{GOTOSOCIAL[0]['uri']}",
        ("local:s.example/01M80751QTH67PDFNECAQF91BH",),
    )
    assert (post.author.handle, post.author.uid) == ("walluser@s.example", "acct:walluser@s.example")
    assert [tag.key for tag in post.tags] == ["pyconde"]
    assert post.language == "en"
    assert post.revision == 1795303836000


@pytest.mark.parametrize("payload", SNAC, ids=lambda payload: payload["text"][:20])
def test_every_recorded_status_of_snac_becomes_a_post(payload):
    post = parse(payload)

    assert post.created_at.utcoffset().total_seconds() == 0
    assert "<" not in post.text
    assert post.author.url.startswith("http")


def test_an_author_is_the_same_on_their_own_server_and_on_another():
    account = status(1)["account"]

    home = parse(status(1, account={**account, "acct": "Mia"}), domain="home.example")
    away = parse(status(1, account={**account, "acct": "mia@home.example"}))

    assert home.author.uid == away.author.uid == "acct:mia@home.example"


def test_what_the_network_says_of_an_account_is_kept():
    account = {
        **status(1)["account"],
        "followers_count": 12,
        "created_at": "2026-11-20T00:00:00.000Z",
        "bot": True,
    }

    post = parse(status(1, account=account))

    assert (post.author.followers, post.author.bot) == (12, True)
    assert post.author.created_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert post.source.place == "s.example"


@pytest.mark.parametrize("number", [None, -1, True, "12", 1.5, [3]])
def test_what_is_no_number_of_followers_is_unknown(number):
    account = {**status(1)["account"], "followers_count": number, "created_at": "long ago"}

    author = parse(status(1, account=account)).author

    assert (author.followers, author.created_at) == (None, None)


def test_a_revision_is_the_same_wherever_it_is_read():
    precise = parse(status(1, created_at="2026-11-22T09:59:00.123Z"))
    coarse = parse(status(1, created_at="2026-11-22T09:59:00Z"))

    assert precise.revision == coarse.revision


@pytest.mark.parametrize("visibility", ["unlisted", "private", "direct", "local", None, 7])
def test_only_public_statuses_are_posts(visibility):
    assert parse(status(1, visibility=visibility)) is None


def test_a_boost_is_no_post():
    assert parse(status(1, reblog={"id": "2"})) is None


def test_pictures_keep_their_descriptions_and_their_author_s_address():
    attached = {
        "type": "image",
        "url": "https://s.example/cache/1.png",
        "remote_url": "https://home.example/1.png",
        "description": "A cat\u202e on a chair",
    }

    post = parse(status(1, media_attachments=[attached, {"type": "unknown", "url": "https://x.example"}, None]))

    assert post.media == (Media(kind="image", url="https://home.example/1.png", alt="A cat on a chair"),)


def test_a_video_has_a_still():
    attached = {"type": "gifv", "url": "https://s.example/1.mp4", "preview_url": "https://s.example/1.png"}

    media = parse(status(1, media_attachments=[attached])).media[0]

    assert (media.kind, media.preview_url) == ("video", "https://s.example/1.png")


def test_a_picture_still_being_processed_is_left_out():
    assert parse(status(1, media_attachments=[{"type": "image", "url": None}])).media == ()


def test_a_warning_hides_and_its_hashtag_counts():
    post = parse(status(1, "no tag here", spoiler_text="About #PyConDE", tags=[]))

    assert (post.sensitive, post.content_warning) == (True, "About #PyConDE")
    assert [(tag.key, tag.where) for tag in post.tags] == [("pyconde", "warning")]


@pytest.mark.parametrize("name", ["\ud800", "a b", "x" * 65, "<b>"])
def test_what_cannot_stand_for_an_emoji_is_none(name):
    """Half a letter in one would be more than the store can keep."""
    assert parse(status(1, emojis=[{"shortcode": name, "url": "https://s.example/b.png"}])).emojis == {}


def test_custom_emoji_of_text_and_name_are_pictures():
    emoji = [{"shortcode": "blobcat", "url": "https://s.example/b.gif", "static_url": "https://s.example/b.png"}]
    account = {**status(1)["account"], "emojis": [{"shortcode": "star", "url": "javascript:x"}]}

    post = parse(status(1, "Hi :blobcat:", emojis=emoji, account=account))

    assert post.emojis == {"blobcat": Media(kind="image", url="https://s.example/b.png", alt=":blobcat:")}
    assert [span.kind for span in post.spans] == ["emoji"]


def test_a_reply_names_what_it_answers_if_that_was_seen():
    assert parse(status(2, in_reply_to_id="000001"), {"000001": "ap:first"}).reply_to == "ap:first"
    assert parse(status(2, in_reply_to_id="000009"), {"000001": "ap:first"}).reply_to is None


def test_a_time_in_the_future_is_set_to_now():
    assert parse(status(1, created_at="2036-01-01T00:00:00Z")).created_at == NOW


@pytest.mark.parametrize("tag", ["xx-klingon-nonsense-very", "🐍", "", None, 7])
def test_an_unknown_language_is_none(tag):
    assert parse(status(1, language=tag)).language is None


def test_script_and_hostile_links_are_not_in_the_text_nor_its_links():
    post = parse(status(1, "<script>alert(1)</script><a href='javascript:alert(1)'>click</a> #PyConDE"))

    assert "alert" not in post.text
    assert [span.kind for span in post.spans] == ["tag"]


def test_names_are_cut_and_cleaned():
    account = {**status(1)["account"], "display_name": "\u202e" + "Z" + "\u0301" * 300 + "x" * 10_000_000}

    name = parse(status(1, account=account)).author.name

    assert len(name) < 200
    assert "\u202e" not in name


@pytest.mark.parametrize(
    "change",
    [
        {"uri": None},
        {"uri": ""},
        {"uri": "x" * 3000},
        {"uri": "https://\ud800"},
        {"uri": "https://a\nb"},
        {"uri": {}},
        {"id": None},
        {"account": None},
        {"account": "mia"},
        {"created_at": None},
        {"created_at": "yesterday"},
        {"created_at": 7},
        {"created_at": "9" * 10_000},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_status_without_what_it_must_have_is_refused(change):
    with pytest.raises(InvalidPost):
        parse({**status(1), **change})


@pytest.mark.parametrize("payload", [None, [], "text", 7, {}])
def test_what_is_no_status_is_refused(payload):
    with pytest.raises(InvalidPost):
        parse(payload)


@pytest.mark.parametrize(
    "name",
    [
        "content",
        "tags",
        "media_attachments",
        "emojis",
        "spoiler_text",
        "sensitive",
        "url",
        "edited_at",
        "language",
    ],
)
@pytest.mark.parametrize("value", [None, 7, True, [], [[]], {"a": {}}, [None], "\ud800"], ids=repr)
def test_any_other_field_may_be_anything(name, value):
    post = parse({**status(1), name: value})

    assert post.uid == "ap:https://home.example/users/mia/statuses/1"
    post.text.encode()


@pytest.mark.parametrize(
    ("account", "wishes"),
    [
        ({"note": "<p>Sailing</p>", "noindex": False, "indexable": False, "discoverable": False}, ()),
        ({"note": "<p>Sailing</p>", "noindex": True}, ("noindex",)),
        ({"note": '<p><a href="https://s.example/tags/nobot">#<span>nobot</span></a></p>'}, ("nobot",)),
        ({"note": 17, "noindex": "yes"}, ()),
    ],
)
def test_what_an_author_asks_of_programs_is_understood(account, wishes):
    payload = status(1)
    payload["account"] |= account

    assert parse(payload).author.wishes == wishes


@pytest.mark.parametrize(
    ("told", "reposts"), [(0, 0), (7, 7), (10**30, 10**9), (-1, 0), (True, 0), ("7", 0), (None, 0), (7.5, 0)]
)
def test_reposts_are_what_the_server_counted(told, reposts):
    assert parse(status(1, reblogs_count=told)).reposts == reposts


def test_akkoma_puts_markup_into_its_warnings_and_knows_no_sizes_of_pictures():
    picture = {"type": "image", "url": "https://a.example/1.png", "remote_url": "https://a.example/1.png"}
    payload = status(
        1,
        "One<br/>two",
        id="AkkomaFlakeId9abc",
        spoiler_text="<p>Food &amp; <b>drink</b></p>",
        media_attachments=[picture | {"pleroma": {"mime_type": "image/png"}, "description": None}],
        language=None,
        quote_id=None,
        pleroma={"local": True, "content": {"text/plain": "One two"}},
    )
    del payload["edited_at"]

    post = parse(payload)

    assert (post.text, post.content_warning) == ("One\ntwo", "Food & drink")
    assert [(one.url, one.alt) for one in post.media] == [("https://a.example/1.png", None)]
    assert post.revision == 1795341540000


@pytest.mark.parametrize("visibility", ["local", "list"])
def test_what_akkoma_shows_to_some_people_only_is_no_post(visibility):
    assert parse(status(1, visibility=visibility)) is None


def test_a_title_of_friendica_is_no_warning():
    payload = status(1, "The talk #PyConDE", spoiler_text="Snakes & <ladders>", sensitive=False)

    post = parse({**payload, "friendica": {"title": "Snakes & <ladders>"}, "edited_at": None})

    assert post.text == "Snakes & <ladders>\n\nThe talk #PyConDE"
    assert (post.content_warning, post.sensitive) == (None, False)


def test_a_warning_of_friendica_is_one():
    post = parse(status(1, spoiler_text="Snakes", sensitive=True) | {"friendica": {"title": "Snakes"}})

    assert (post.content_warning, post.sensitive) == ("Snakes", True)


def test_pixelfed_breaks_lines_without_paragraphs_and_says_little_of_itself():
    payload = status(1, language=None, emojis=None, spoiler_text=None, mentions=[])
    payload["content"] = (
        'Sunset<br />\n<a href="https://p.example/discover/tags/PyConDE?src=hash" title="#PyConDE"'
        ' class="u-url hashtag" rel="external nofollow noopener">#PyConDE</a>'
    )
    payload["tags"] = [{"name": "PyConDE", "url": "https://p.example/discover/tags/PyConDE"}]
    payload["account"] = {"id": "7", "username": "mia", "acct": "mia", "display_name": None, "note": None}

    post = parse(payload | {"content_text": "Sunset\n#PyConDE", "pf_type": "photo", "edited_at": None})

    assert post.text == "Sunset\n#PyConDE"
    assert [(tag.key, tag.where) for tag in post.tags] == [("pyconde", "text")]
    assert (post.author.handle, post.author.name) == ("mia@s.example", "mia")
    assert post.author.followers is None


def test_a_quoted_post_is_no_part_of_the_text():
    quote = '<p class="quote-inline">RE: <a href="https://q.example/1">https://q.example/1</a></p>'
    payload = status(1) | {"quote": {"state": "accepted", "quoted_status": status(2, "Quoted")}}
    payload["content"] = f"{quote}<p>Look #PyConDE</p>"

    assert parse(payload).text == "Look #PyConDE"


def test_a_hashtag_of_the_quoted_post_is_not_the_quoting_one_s():
    post = parse(status(1, "Look", tags=[]) | {"quote": {"state": "accepted", "quoted_status": status(2)}})

    assert post.tags == ()


def test_content_as_plain_text_keeps_its_lines():
    payload = status(1, tags=[])
    payload["content"] = "1 < 2 & #PyConDE\n\nis on"

    assert parse(payload).text == "1 < 2 & #PyConDE\n\nis on"


@pytest.mark.parametrize("warning", ["1 < 2", "I <3 it", "a & b", "AT&T; not"])
def test_a_warning_in_plain_text_stays_as_it_is(warning):
    assert parse(status(1, spoiler_text=warning)).content_warning == warning


def test_emoji_may_be_named_by_their_addresses_alone():
    post = parse(status(1, "Hi :blob:", emojis={"blob": "https://s.example/b.png", "": 7}))

    assert [(name, one.url) for name, one in post.emojis.items()] == [("blob", "https://s.example/b.png")]


@pytest.mark.parametrize("sanction", ["suspended", "limited"])
def test_what_its_server_s_moderators_hide_is_no_post(sanction):
    payload = status(1)
    payload["account"][sanction] = True

    assert parse(payload) is None


@pytest.mark.parametrize(
    ("field", "links"),
    [
        ({"value": '<a href="https://alice.example/?a=1&amp;b=2" rel="me">x</a>', "verified_at": "2026-01-01T00:00:00Z"},
         ("https://alice.example/?a=1&b=2",)),
        ({"value": '<a href="https://alice.example">x</a>', "verified_at": None}, ()),
        ({"value": '<a href="javascript:1">x</a>', "verified_at": "2026-01-01T00:00:00Z"}, ()),
        ({"value": 7, "verified_at": "2026-01-01T00:00:00Z"}, ()),
    ],
)  # fmt: skip
def test_only_links_that_a_server_has_checked_are_somebody_s(field, links):
    account = status(1)["account"] | {"fields": [field]}

    assert parse(status(1, account=account)).author.links == links
