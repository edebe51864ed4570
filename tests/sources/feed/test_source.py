import json

import pytest

from tests.sources.feeds import entry, feed_server, rss
from tests.sources.world import FIXTURES, healths, last_position, posts, set_aside, until
from wall.core.post import Media
from wall.errors import InvalidInput, SourceError
from wall.sources.feed import source as module
from wall.sources.feed.source import Feed

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>B</title>
<author><name>Ann</name><uri>https://b.example/ann</uri></author>
<entry><id>tag:1</id><title type="html">Hi &lt;b&gt;you&lt;/b&gt;</title><updated>2026-11-22T09:30:00Z</updated>
<published>2026-11-22T09:00:00Z</published><link href="https://b.example/1"/>
<content type="html">&lt;p&gt;Long &lt;script&gt;x&lt;/script&gt;#PyConDE&lt;/p&gt;</content></entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "B",
    "language": "de",
    "authors": [{"name": "Ann <b>", "url": "https://b.example/ann"}],
    "items": [
        {
            "id": 7,
            "url": "https://b.example/0",
            "content_html": "<p>No id, <script>x</script>#PyConDE</p>",
        },
        {
            "id": "1",
            "url": "https://b.example/1",
            "title": "Hi <there>",
            "content_text": "Long < text #PyConDE",
            "image": "https://b.example/1.png",
            "attachments": [{"url": "https://b.example/2.png", "mime_type": "image/png", "title": "two"}, None],
            "date_published": "2026-11-22T09:00:00Z",
            "date_modified": "2026-11-22T09:30:00Z",
            "tags": ["keynote", 7],
        },
    ],
}


class Fast(Feed):
    poll_seconds = (0.02, 0.03)


@pytest.fixture
def source(world):
    def of(server, **options):
        return Fast(world(address=server.address, **options))

    return of


async def first(source, enough=posts):
    return posts(await until(source, enough))


async def test_a_recorded_feed_is_read(source):
    async with feed_server((FIXTURES / "mastodon" / "snac_bob.rss").read_bytes()) as server:
        events = await until(source(server), posts)

    assert [post.text for post in posts(events)] == [f"post {number} #PyConDE" for number in range(1, 6)]
    assert healths(events) == [("healthy", f"Reading {server.host}.")]


async def test_an_atom_feed_is_read(source):
    async with feed_server(ATOM) as server:
        (post,) = await first(source(server))

    assert post.text == "Hi you\n\nLong #PyConDE"
    assert (post.author.name, post.author.url, post.author.handle) == ("Ann", "https://b.example/ann", "127.0.0.1")
    assert (post.created_at.isoformat(), post.revision) == ("2026-11-22T09:00:00+00:00", 1795339800000)
    assert (post.url, post.language) == ("https://b.example/1", "de")


async def test_a_json_feed_is_read(source):
    async with feed_server(json.dumps(JSON).encode()) as server:
        one, other = await first(source(server))

    assert one.text == "Hi <there>\n\nLong < text #PyConDE"
    assert one.media == (
        Media(kind="image", url="https://b.example/1.png"),
        Media(kind="image", url="https://b.example/2.png", alt="two"),
    )
    assert {tag.key for tag in one.tags} == {"pyconde", "keynote"}
    assert (one.author.name, one.language, one.revision) == ("Ann <b>", "de", 1795339800000)
    assert other.text == "No id, #PyConDE"


async def test_only_entries_with_the_hashtag_are_taken(source):
    async with feed_server(
        rss(entry(1, "Nothing"), entry(2), entry(3, "Tagged", "<category>pyconde</category>"))
    ) as server:
        found = await first(source(server))

    assert [post.url[-1] for post in found] == ["3", "2"]


async def test_all_entries_are_taken_where_the_organiser_says_so(source):
    async with feed_server(rss(entry(1, "Nothing"))) as server:
        (post,) = await first(source(server, everything="yes"))

    assert [(tag.key, tag.where) for tag in post.tags] == [("pyconde", "sent")]


async def test_pictures_keep_their_descriptions(source):
    picture = (
        '<media:content url="https://x.example/{0}.png" type="image/png" medium="image">'
        "<media:description>{1}</media:description></media:content>"
    )
    more = (
        picture.format(1, "a cat"),
        picture.format(2, "a dog"),
        '<enclosure url="https://x.example/3.jpg" type="image/jpeg"/>',
        "<media:rating>adult</media:rating>",
    )
    async with feed_server(rss(entry(1, "Look #PyConDE", *more))) as server:
        (post,) = await first(source(server))

    assert [(media.url[-5:], media.alt) for media in post.media] == [
        ("1.png", "a cat"),
        ("2.png", "a dog"),
        ("3.jpg", None),
    ]
    assert post.text == "Look #PyConDE"
    assert post.sensitive


async def test_an_unchanged_feed_is_asked_for_but_not_sent_again(source):
    async with feed_server(rss(entry())) as server:
        events = await until(source(server), lambda _: len(server.requests) > 3)

    assert len(posts(events)) == 1
    assert [request.get("if-none-match") for request in server.requests[:3]] == [None, '"1"', '"1"']


async def test_after_a_restart_only_what_is_newer_is_asked_for(source):
    async with feed_server(rss(entry())) as server:
        position = last_position(await until(source(server), posts))

        events = await until(source(server), healths, position)

    assert server.requests[-1]["if-none-match"] == '"1"'
    assert posts(events) == []


async def test_an_edited_entry_is_told_again_and_others_are_not(source):
    async with feed_server(rss(entry(1), entry(2))) as server:

        def edited(events):
            if posts(events):
                server.body, server.etag = rss(entry(1, "Better #PyConDE"), entry(2)), '"2"'
            return len(posts(events)) == 3

        events = await until(source(server), edited)

    assert posts(events)[2].text == "Better #PyConDE"


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "retry_after"),
    [(410, {}, True, None), (503, {"Retry-After": "120"}, False, 120.0), (429, {"Retry-After": "7"}, False, 7.0)],
)
async def test_a_refusal_says_whether_and_when_to_come_back(source, status, headers, permanent, retry_after):
    async with feed_server() as server:
        server.status, server.headers = status, headers

        with pytest.raises(SourceError) as refusal:
            await until(source(server), lambda _: False)

    assert (refusal.value.permanent, refusal.value.retry_after) == (permanent, retry_after)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<h1>Down for maintenance</h1>",
        b"\xff\xfe\x00",
        b"{",
        b"{}",
        b"[]",
        b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000,
        b"<" * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_what_is_no_feed_is_said_to_be_none(source, body):
    async with feed_server(body) as server:
        with pytest.raises(SourceError):
            await until(source(server), lambda _: False)


async def test_a_feed_that_is_too_large_is_refused(source):
    async with feed_server(b"x" * (3 * 1024 * 1024)) as server:
        with pytest.raises(SourceError, match="more than"):
            await until(source(server), lambda _: False)


async def test_a_feed_that_takes_too_long_is_given_up(source, monkeypatch):
    monkeypatch.setattr(module, "PARSE_SECONDS", 0.001)
    async with feed_server(rss(entry())) as server:
        with pytest.raises(SourceError, match="too long"):
            await until(source(server), lambda _: False)


async def test_a_hundred_entries_are_enough(source):
    async with feed_server(rss(*(entry(number) for number in range(150)))) as server:
        found = await first(source(server))

    assert len(found) == 100


async def test_bombs_and_scripts_do_no_harm(source):
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    hostile = (
        "<title><![CDATA[<script>alert(1)</script>Title]]></title>"
        "<author>ceo@bank.example (<script>alert(1)</script>)</author>"
    )
    body = bomb + rss(entry(1, "<img src=x onerror=alert(1)>Text &b; #PyConDE", hostile))
    async with feed_server(body) as server:
        (post,) = await first(source(server))

    assert post.text.endswith("Text &b #PyConDE")
    assert [span.kind for span in post.spans] == ["bold", "tag"]
    assert "<" not in post.author.name


async def test_a_long_article_shows_how_it_begins(source):
    async with feed_server(rss(entry(1, "#PyConDE " + "word " * 2000))) as server:
        (post,) = await first(source(server))

    assert len(post.text) <= 600
    assert post.text.endswith("…")


async def test_an_empty_entry_is_set_aside_once(source):
    async with feed_server(rss(entry(1, ""), entry(2))) as server:
        server.etag = None

        events = await until(source(server, everything="yes"), lambda _: len(server.requests) > 3)

    assert (len(set_aside(events)), len(posts(events))) == (1, 1)


async def test_a_time_of_publishing_is_no_time_of_an_edit(source):
    async with feed_server(rss(entry(1))) as server:
        (post,) = await first(source(server))

    assert (post.created_at.isoformat(), post.revision) == ("2026-11-22T09:00:00+00:00", 0)


async def test_a_title_that_the_text_repeats_is_shown_once(source):
    async with feed_server(rss(entry(1, "Hello you #PyConDE", "<title>Hello you...</title>"))) as server:
        (post,) = await first(source(server))

    assert post.text == "Hello you #PyConDE"


async def test_an_entry_without_any_id_is_known_by_its_words(source):
    async with feed_server(rss("<item><title>Bare #PyConDE</title></item>")) as server:
        (post,) = await first(source(server))

    assert post.text == "Bare #PyConDE"
    assert post.uid.startswith("feed:")


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({}, "address"),
        ({"address": "feed"}, "address"),
        ({"address": "https://x.example", "everything": "maybe"}, "everything"),
    ],
)
def test_options_that_cannot_be_used_are_named(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Feed.check(options)

    assert refusal.value.field == field
