"""Scripts in every field that a stranger fills, by each road in, to each door out: never more than words."""

from urllib.parse import quote

import pytest
import pytest_asyncio
from selectolax.lexbor import LexborHTMLParser

from tests.attacks.markup import smuggled, vocabulary
from tests.attacks.scripts import PAGE, PAYLOADS
from tests.attacks.strangers import by_every_road
from tests.cast import NOW, a_decision
from tests.web.conftest import FIREFOX
from tests.web.site import Site
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.source import SourceSettings
from wall.store.posts import Submission

HARMLESS = "Is it https://example.org/talk, @mia@home.example? #PyConEx"
WORDS = [(one.number, one.text) for one in PAYLOADS]
ACCEPT = {"accept": "text/html", "user-agent": FIREFOX}
PAGES = (
    "/{slug}", "/{slug}?before=99999", "/{slug}/about", "/{slug}/screen", "/{slug}/join",
    "/{slug}/moderate", "/{slug}/moderate/approved", "/{slug}/moderate/rejected", "/{slug}/moderate/withdrawn",
    "/organise", "/organise/{slug}", "/organise/{slug}/audit", "/organise/{slug}/rules", "/account",
)  # fmt: skip
MOST_PAGES = 30
AT_ONCE = 12
ECHOES = (
    "/{word}", "/{slug}/{word}", "/{slug}/post/{word}", "/{slug}/moderate/{word}", "/{slug}?before={word}",
    "/{slug}/moderate?q={word}", "/{slug}/moderate/approved?q={word}&author={word}&source={word}&language={word}",
    "/sign-in?next={word}", "/{slug}/join?k={word}", "/organise/{slug}/audit?who={word}&kind={word}&day={word}",
    "/organise/{slug}/rules/new/{word}", "/organise/{slug}/rules/{word}", "/organise/{slug}/{word}",
    "/{slug}/media/{word}/x/thumb", "/oembed?url={word}", "/oembed?format={word}", "/{slug}/feed.atom?before={word}",
    "/{slug}/feed?cursor={word}", "/static/{word}",
)  # fmt: skip


together = pytest.mark.asyncio(loop_scope="module")
for_all = pytest_asyncio.fixture(scope="module", loop_scope="module")
"""These tests only read, so one event attacked by everybody does for all of them."""


@for_all
async def site(redis_server, tmp_path_factory):
    async with Site(tmp_path_factory.mktemp("scripts"), redis_server.url).running() as site:
        yield site


@pytest.fixture(scope="module")
def store(site):
    return site.store


@for_all
async def event(store):
    """The event that is attacked."""
    return await made(store, "scripts")


@for_all
async def crowded(site, store, event):
    """An event in which strangers said everything there is to say, by every road, and staff acted on it."""
    await fill(store, event, WORDS)
    olga = await store.people.add("Olga", slug=event.slug, role="organiser")
    return await site.browser_of(olga, headers=ACCEPT)


@for_all
async def known(site, store):
    """What our own templates write into a page: learnt from the pages of an event that nobody attacks."""
    event = await made(store, "scripts-other")
    await fill(store, event, [(number, HARMLESS) for number in range(9)])
    browser = await site.browser_of(await store.people.add("Oda", owner=True), headers=ACCEPT)
    paths = [*PAGES, *ECHOES, "/{slug}/post/" + (await of_status(store, event, Status.APPROVED))[0].post.id]
    learnt = {}
    for path in paths:
        page = await browser.get(path.format(slug=event.slug, word="harmless"))
        add(learnt, vocabulary(without_base(browser, page.text)))
    for html in await fragments(browser, store, event):
        add(learnt, vocabulary(html))
    return learnt


async def made(store, slug):
    """Return an event that people write for on a page of ours, too."""
    event = Event(slug=slug, title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await store.sources.save(slug, SourceSettings(id="form", kind="form"))
    return event


def add(learnt, more):
    for tag, names in more.items():
        learnt.setdefault(tag, set()).update(names)


async def fill(store, event, words):
    """Take in posts by every road; a third waits, a third is on the wall, a third is rejected in the same words."""
    posts = await by_every_road(words, event, NOW)
    for start in range(0, len(posts), 100):
        await store.posts.submit(
            event.slug,
            [Submission(post, verdict(post, place)) for place, post in enumerate(posts[start : start + 100])],
            now=NOW,
        )
    for standing in (await of_status(store, event, Status.WAITING))[::2]:
        refusal = a_decision("reject", standing, by=standing.post.author.name)
        await store.posts.decide(event.slug, refusal, now=NOW)


def verdict(post, place):
    statuses = (Status.WAITING, Status.WAITING, Status.APPROVED)
    return Verdict(status=statuses[place % 3], reason=post.author.name, rule="words", rule_name=post.author.name)


async def of_status(store, event, status):
    return [standing for _, standing in await store.posts.page(event.slug, status, limit=1000)]


async def fragments(browser, store, event):
    """Return every fragment of every post that programs and pages are told of."""
    cursor = (await store.feeds.tip(event.slug, "public")).epoch + ":0"
    updates = (await browser.get(f"/{event.slug}/feed?view=html&cursor={cursor}")).json()["updates"]
    found = (await browser.get(f"/{event.slug}/moderate/find")).json()["cards"]
    desk = (await browser.get(f"/{event.slug}/moderate/feed")).json()["cards"]
    wall = (await browser.get(f"/{event.slug}/feed")).json()["posts"]
    entries = (await browser.get(f"/{event.slug}/feed.json")).json()["items"]
    quoted = [(await browser.get(f"/oembed?url={quote(entry['url'], safe='')}")).json() for entry in entries]
    assert updates, found
    assert desk, wall
    assert entries
    return [
        *(update["html"] for update in updates if "html" in update),
        *(card["card"] if isinstance(card, dict) else card for card in [*found, *desk]),
        *(post["html"] for post in wall),
        *(without_base(browser, entry["content_html"]) for entry in entries),
        *(without_base(browser, one["html"]) for one in quoted),
    ]


def without_base(browser, page):
    """Return a page whose whole addresses of ours are paths, so that those of others are all the whole ones there are."""
    return page.replace(str(browser.base_url).rstrip("/") + "/", "/")


async def walked(browser, path):
    """Return a page and those that it leads on to with “before”."""
    pages = []
    while path:
        pages.append(without_base(browser, (await browser.get(path)).text))
        onward = LexborHTMLParser(pages[-1]).css_first('a[href*="before="]')
        path = onward.attributes["href"] if onward and len(pages) < MOST_PAGES else None
    return pages


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.text)
def test_the_look_at_a_page_finds_every_payload_that_was_not_escaped(payload):
    page = payload.careless_page

    assert smuggled(page, vocabulary(PAGE)) != []


@together
async def test_no_page_holds_more_than_words(crowded, known, event):
    for path in PAGES:
        for page in await walked(crowded, path.format(slug=event.slug)):
            assert smuggled(page, known) == [], path


@together
async def test_no_fragment_holds_more_than_words(crowded, known, store, event):
    for html in await fragments(crowded, store, event):
        assert smuggled(html, known) == []


@together
async def test_the_page_of_a_post_holds_no_more_than_words(crowded, known, store, event):
    for standing in await of_status(store, event, Status.APPROVED):
        page = without_base(crowded, (await crowded.get(f"/{event.slug}/post/{standing.post.id}")).text)
        assert smuggled(page, known) == []


@together
async def test_what_an_address_says_comes_back_as_words(crowded, known, event):
    for path in ECHOES:
        for start in range(0, len(PAYLOADS), AT_ONCE):
            word = " ".join(payload.text for payload in PAYLOADS[start : start + AT_ONCE])
            answer = await crowded.get(path.format(slug=event.slug, word=quote(word, safe="")))
            if answer.headers["content-type"].startswith("text/html"):
                assert smuggled(answer.text, known) == [], path
            assert answer.headers.get("location", "/").startswith("/"), path


@together
async def test_programs_are_given_addresses_of_the_web_and_files_that_are_no_pages(crowded, event):
    posts = (await crowded.get(f"/{event.slug}/feed")).json()["posts"]
    exports = [await crowded.get(f"/organise/{event.slug}/audit.{ending}") for ending in ("csv", "jsonl")]

    assert posts
    for post in posts:
        for address in (post["url"], post["author"]["url"], post["author"]["avatar"]):
            assert address is None or address.startswith((f"/{event.slug}/", "https://", "http://"))
    for export in exports:
        assert "html" not in export.headers["content-type"]
        assert export.headers["x-content-type-options"] == "nosniff"
        assert export.headers["content-disposition"].startswith("attachment")
