import httpx2
import pytest

from tests.cast import NOW
from wall.core.audit import Filter
from wall.core.moderation import Status
from wall.core.source import SourceSettings
from wall.sources.fetch import Fetch

ADDRESS = "https://blog.example/talk"
PAGE = '<meta property="og:title" content="A talk"><meta property="og:description" content="{}">'


@pytest.fixture
async def elsewhere(site):
    """Every other host, where one page can be changed."""
    pages = {ADDRESS: PAGE.format("Worth a look")}

    def answer(request):
        html = pages.get(str(request.url))
        return httpx2.Response(200, html=html) if html else httpx2.Response(404)

    before = site.services["fetch"]
    async with Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(answer)) as fetch:
        site.services["fetch"] = fetch
        yield pages
    site.services["fetch"] = before


@pytest.fixture
def bring(browser, event):
    async def bring(address=ADDRESS, **values):
        return await browser.post(f"/{event.slug}/moderate/bring", data={"address": address, **values})

    return bring


def seen(answer):
    return answer.text.split('name="seen" value="')[1].split('"')[0]


@pytest.fixture
def take_in(bring):
    async def take_in():
        return await bring(seen=seen(await bring()))

    return take_in


async def waiting_posts(store, event):
    return [one for _, one in await store.posts.page(event.slug, Status.WAITING, limit=9)]


async def test_a_post_is_looked_at_before_anything_is_kept(store, event, elsewhere, bring):
    answer = await bring()

    assert "What would come" in answer.text
    assert "Worth a look" in answer.text
    assert await waiting_posts(store, event) == []


async def test_a_post_that_was_taken_in_waits_like_others_and_says_who_brought_it(
    store, event, browser, elsewhere, take_in
):
    answer = await take_in()

    (standing,) = await waiting_posts(store, event)
    assert standing.post.text == "A talk\n\nWorth a look"
    assert "Taken in: it waits" in (await browser.get(answer.headers["location"])).text
    assert "Brought in by hand, by <bdi>Mia</bdi>" in (await browser.get(f"/{event.slug}/moderate")).text


async def test_the_audit_log_says_who_brought_it(store, event, elsewhere, take_in):
    await take_in()

    (standing,) = await waiting_posts(store, event)
    ((entry,), _) = await store.audit.page(event.slug, Filter(), limit=9)
    assert (entry.kind, entry.by_name, entry.post) == ("brought", "Mia", standing.post.id)


async def test_a_post_that_is_here_already_is_said_so_and_stays_as_it_is(store, event, elsewhere, take_in, bring):
    await take_in()

    answer = await bring()

    assert "It is here already: waiting" in answer.text
    assert len(await waiting_posts(store, event)) == 1


async def test_a_post_that_changed_since_it_was_looked_at_is_looked_at_again(store, event, elsewhere, bring):
    first = seen(await bring())
    elsewhere[ADDRESS] = PAGE.format("Buy this")

    answer = await bring(seen=first)

    assert "changed since you looked" in answer.text
    assert await waiting_posts(store, event) == []


async def test_one_with_the_same_post_that_comes_by_itself(site, store, event, elsewhere, take_in):
    await take_in()
    (standing,) = await waiting_posts(store, event)

    taken = await site.services["acceptor"].accept(event.slug, [standing.post])

    assert taken.total == 0


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Paste the address"),
        ("https://gone.example/1", "nothing at this address"),
        ("two words", "not one address"),
    ],
)
async def test_what_cannot_be_had_is_said_in_words(elsewhere, bring, address, words):
    answer = await bring(address)

    assert answer.status_code == 422
    assert words in answer.text


async def test_our_own_machine_is_not_asked(site, bring):
    site.services["fetch"].private_addresses = False
    answer = await bring("http://127.0.0.1/secrets")

    assert answer.status_code == 422


async def test_somebody_who_left_is_not_brought_back(site, store, event, elsewhere, bring):
    found = await bring()
    await site.services["leaving"].leave(event.slug, "page:blog.example/blog.example", at=NOW, now=NOW)

    answer = await bring(seen=seen(found))

    assert "left this wall" in answer.text
    assert await waiting_posts(store, event) == []


async def test_a_source_of_its_kind_looks_after_it(store, event, elsewhere, take_in):
    await store.sources.save(event.slug, SourceSettings(id="p1", kind="page"))

    await take_in()

    (standing,) = await waiting_posts(store, event)
    assert standing.post.source.id == "p1"


async def test_looking_for_posts_is_limited(elsewhere, bring):
    for _ in range(20):
        await bring("")

    assert "Wait a minute" in (await bring()).text
