import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.feeds import entry, rss
from wall.sources.feed.hubs import Named, header_links, named
from wall.sources.feed.source import read_feed
from wall.sources.fetch import Response

FEED, HUB = "https://b.example/feed", "https://hub.example/"
LINKS = f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{HUB}"/>'
OWN = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://b.example/topic"/>'
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>{LINKS}{OWN}</feed>'.encode()
RSS = rss(entry()).replace(b"<title>", f"{LINKS}{OWN}<title>".encode(), 1)
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "feed_url": "https://b.example/topic",
    "hubs": [{"type": "WebSub", "url": HUB}, 7],
    "items": [],
}


def answer(body, **headers):
    return Response(status=200, url=FEED, headers=headers, body=body, content_type="")


@pytest.mark.parametrize("body", [ATOM, RSS, json.dumps(JSON).encode()], ids=["atom", "rss", "json"])
async def test_a_feed_of_any_format_names_its_hub(body):
    response = answer(body)

    assert named(response, (await read_feed(response))[1]) == Named((HUB,), "https://b.example/topic")


async def test_the_header_counts_before_the_feed():
    response = answer(ATOM, link='<https://other.example/hub>; rel="hub", </own>; rel=self')

    found = named(response, (await read_feed(response))[1])

    assert found == Named(("https://other.example/hub",), "https://b.example/own")


@pytest.mark.parametrize(
    ("header", "links"),
    [
        ("", []),
        ("<a>; rel=hub", [("hub", "a")]),
        ('<a>; type="x"; rel="self hub"', [("self", "a"), ("hub", "a")]),
        ("<a>; REL=Hub , <b>;rel='x'", [("hub", "a"), ("'x'", "b")]),
        ('<a,b;c>; rel="next"', [("next", "a,b;c")]),
        ("<a> rel=hub", []),
        ("<" * 5000, []),
    ],
)
def test_links_of_a_header_are_read(header, links):
    assert list(header_links(header)) == links


@given(st.text(alphabet='<>;=", relhubx/:', max_size=300))
def test_no_header_is_too_strange_to_read(header):
    for relation, target in header_links(header):
        assert relation
        assert target


def test_what_is_no_address_is_no_hub():
    assert named(answer(b""), {"hubs": ["javascript:alert(1)", "ftp://x.example/", ""]}).hubs == ()


def test_a_feed_with_many_hubs_is_not_asked_of_all():
    assert len(named(answer(b""), {"hubs": [f"https://hub{number}.example/" for number in range(9)]}).hubs) == 3


def test_a_feed_that_does_not_say_its_address_is_known_by_where_it_was_found():
    assert named(answer(b""), {"hubs": [HUB]}).topic == FEED
