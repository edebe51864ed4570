"""Atom and JSON Feed are held to what their specifications ask of every reader, whatever anybody wrote."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.syndication import Document, Enclosure, Entry, atom, json_feed

AT = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
ENTRY = Entry(
    url="https://wall.example/e/post/a",
    title="Alice: Hello",
    html="<p>Hello <b>you</b> &amp; all</p>",
    text="Hello you & all",
    published=AT,
    updated=AT.replace(hour=10),
    author="Alice",
    author_url="https://social.example/@alice",
    original="https://social.example/@alice/1",
    language="de",
    categories=("PyConEx", "Jam"),
    enclosures=(Enclosure(url="https://wall.example/a.webp", media_type="image/webp", alt="A bridge"),),
)
PAGE = Document(
    title="PyCon Example",
    home="https://wall.example/e",
    url="https://wall.example/e/feed.atom?before=9",
    first="https://wall.example/e/feed.atom",
    older="https://wall.example/e/feed.atom?before=4",
    updated=AT,
    language="en",
    entries=(ENTRY,),
)
A = f"{{{atom.NAMESPACE}}}"
NASTY = st.text(alphabet=st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "]]>",
        "\x00\x08\ufffe\uffff",
        "\ud800",
        "<script>alert(1)</script>",
        "&nbsp;&",
        "\r\n\t",
        "a\u202eb",
        "Z\u0300" * 40,
    ]
)


def feed_of(document):
    return ElementTree.fromstring(atom.written(document))


def links(node):
    return {one.get("rel"): one.get("href") for one in node.findall(f"{A}link")}


def test_a_page_leads_to_itself_to_the_newest_and_to_the_next():
    feed = feed_of(PAGE)

    assert links(feed) == {"alternate": PAGE.home, "self": PAGE.url, "first": PAGE.first, "next": PAGE.older}
    assert "next" not in links(feed_of(replace(PAGE, older=None)))


def test_an_entry_has_all_that_its_reader_shows():
    parsed = feedparser.parse(atom.written(PAGE))

    (entry,) = parsed.entries
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert (entry.id, entry.title, entry.author) == (ENTRY.url, ENTRY.title, "Alice")
    assert entry.published_parsed[:5] == (2026, 6, 12, 9, 30)
    assert entry.updated_parsed[:5] == (2026, 6, 12, 10, 30)
    assert [tag.term for tag in entry.tags] == ["PyConEx", "Jam"]
    assert [(one.href, one.type, one.title) for one in entry.enclosures] == [
        ("https://wall.example/a.webp", "image/webp", "A bridge")
    ]
    assert (entry.content[0].value, entry.content[0].language) == (ENTRY.html, "de")


def test_json_feed_has_the_same_under_its_own_names():
    page = json.loads(json_feed.written(PAGE))

    (item,) = page["items"]
    assert page["version"] == "https://jsonfeed.org/version/1.1"
    assert (page["next_url"], page["feed_url"]) == (PAGE.older, PAGE.url)
    assert (item["id"], item["content_html"], item["content_text"]) == (ENTRY.url, ENTRY.html, ENTRY.text)
    assert item["authors"] == [{"name": "Alice", "url": "https://social.example/@alice"}]
    assert item["attachments"] == [
        {"url": "https://wall.example/a.webp", "mime_type": "image/webp", "title": "A bridge"}
    ]
    assert (item["tags"], item["language"], item["date_modified"]) == (
        ["PyConEx", "Jam"],
        "de",
        "2026-06-12T10:30:00Z",
    )
    assert "title" not in item


@pytest.mark.parametrize("language", [None, "", "no language at all", '"><x', "a" * 9])
def test_what_is_no_language_is_said_to_be_none(language):
    page = replace(PAGE, entries=(replace(ENTRY, language=language),))

    assert feed_of(page).find(f"{A}entry").attrib == {}
    assert "language" not in json.loads(json_feed.written(page))["items"][0]


@given(title=NASTY, text=NASTY, name=NASTY, alt=NASTY, tag=NASTY)
def test_whatever_anybody_wrote_both_can_be_read(title, text, name, alt, tag):
    enclosure = Enclosure(url="https://wall.example/a.webp", media_type="image/webp", alt=alt)
    entry = replace(
        ENTRY,
        title=title,
        html=text,
        text=text,
        author=name,
        summary=text,
        categories=(tag,),
        enclosures=(enclosure,),
    )
    page = replace(PAGE, title=title, entries=(entry,))

    node = feed_of(page).find(f"{A}entry")
    item = json.loads(json_feed.written(page))["items"][0]

    # An XML parser reads every end of line as one line feed.
    assert (node.findtext(f"{A}content") or "") == atom.clean(text)
    assert [one.tag for one in node].count(f"{A}title") == 1
    assert not any("\ud800" <= letter <= "\udfff" for letter in item["content_text"] + item["authors"][0]["name"])
    assert len(item["tags"]) == 1
