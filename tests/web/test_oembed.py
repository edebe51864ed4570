import json
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.circle import RULE
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

SITE = "https://www.example.org"


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture
def ask(site, event):
    async def ask(path="", query="", base=None):
        url = quote(f"{base or site.base}/{event.slug}{path}", safe="")
        return await site.browser().get(f"/oembed?url={url}{query}")

    return ask


@pytest.fixture
async def widget(store, event):
    """A page of another site that may frame the wall."""
    await store.screens.open(event.slug, "Site", now=NOW, kind="embed", origins=(SITE,))


async def test_a_post_is_quoted_where_nobody_may_frame_the_wall(ask, approved):
    told = (await ask(f"/post/{approved.post.id}")).json()

    assert (told["version"], told["type"], told["author_name"]) == ("1.0", "rich", "Alice")
    assert "Hello from the hall" in told["html"]
    assert {name for name, _ in Elements(told["html"]).found} <= {"blockquote", "p", "span", "a"}
    assert told["thumbnail_url"].partition("?")[0].endswith(f"/post/{approved.post.id}/card.png")


async def test_a_post_is_framed_where_sites_may_frame_the_wall(site, ask, approved, widget):
    told = (await ask(f"/post/{approved.post.id}")).json()
    ((name, frame),) = Elements(told["html"]).found

    page = await site.browser().get(frame["src"])

    assert name == "iframe"
    assert "allow-scripts" not in frame["sandbox"]
    assert "Hello from the hall" not in told["html"]
    assert "Hello from the hall" in page.text
    assert f"frame-ancestors {SITE}" in page.headers["content-security-policy"]


async def test_what_left_the_wall_is_neither_quoted_nor_framed(site, store, event, ask, approved, widget):
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert (await ask(f"/post/{approved.post.id}")).status_code == 404
    assert (await site.browser().get(f"/{event.slug}/post/{approved.post.id}/frame")).status_code == 404


async def test_the_wall_itself_is_quoted_by_its_name(ask, event):
    told = (await ask()).json()

    assert told["title"] == event.title
    assert "#PyConEx" in told["html"]


async def test_it_is_told_as_xml_too_and_in_nothing_else(ask, approved):
    as_json = (await ask(f"/post/{approved.post.id}")).json()
    as_xml = ElementTree.fromstring((await ask(f"/post/{approved.post.id}", "&format=xml")).content)
    other = await ask(f"/post/{approved.post.id}", "&format=yaml")

    assert {one.tag: one.text for one in as_xml} == {name: str(value) for name, value in as_json.items()}
    assert other.status_code == 501


async def test_no_side_is_longer_than_was_asked_for(ask, approved):
    told = (await ask(f"/post/{approved.post.id}", "&maxwidth=300&maxheight=150")).json()

    assert (told["width"], told["height"]) == (300, 150)
    assert "thumbnail_url" not in told


@pytest.mark.parametrize("query", ["&maxwidth=0", "&maxwidth=wide", "&maxheight=-1", "&maxheight=" + "9" * 9])
async def test_nonsense_for_a_side_is_refused(ask, query):
    assert (await ask(query=query)).status_code == 422


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://elsewhere.example", ""), ("ftp://127.0.0.1", ""), ("http://[", ""), (None, "/moderate"),
        (None, "/post/none"), (None, "/stories/none"), (None, "/post/../../setup"), (None, "-none"),
    ],
)  # fmt: skip
async def test_what_is_no_address_of_the_wall_is_not_found(ask, base, path):
    assert (await ask(path, base=base)).status_code == 404


async def test_of_a_circle_nothing_is_told(store, event, ask, approved):
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

    answer = await ask(f"/post/{approved.post.id}")

    assert answer.status_code == 403
    assert "Hello" not in answer.text


async def test_what_somebody_wrote_is_words_and_a_warning_hides_them(store, event, ask):
    post = a_post('<script>alert("1")</script> #PyConEx')
    warned = a_post("Eight legs #PyConEx", content_warning="Spiders <b>")
    through = Verdict(status=Status.APPROVED)
    await store.posts.submit(event.slug, [Submission(one, through) for one in (post, warned)], now=NOW)

    told, hidden = [(await ask(f"/post/{one.id}")).json() for one in (post, warned)]

    assert "script" not in {name for name, _ in Elements(told["html"]).found}
    assert "Eight legs" not in json.dumps(hidden)
    assert "Spiders &lt;b&gt;" in hidden["html"]


async def test_a_page_says_where_it_can_be_had(site, event, approved):
    page = (await site.browser().get(f"/{event.slug}/post/{approved.post.id}")).text
    links = [one for name, one in Elements(page).found if one.get("type") == "application/json+oembed"]

    answer = await site.browser().get(links[0]["href"])

    assert answer.json()["author_name"] == "Alice"
    assert answer.headers["access-control-allow-origin"] == "*"
