"""A source is tested before it is saved. The servers are scripted; how long one is read, tests/sources tells."""

import json

import httpx2
import pytest

from tests.sources.fediverse import status
from wall.core.source import SourceSettings
from wall.sources.fetch import Fetch

LINKED = "Hello <a href='https://s.example/tags/pyconex' class='mention hashtag'>#PyConEx</a>"


@pytest.fixture
async def asked(site):
    """What was asked of the one server there is, and what it answers."""
    asked = {"headers": [], "statuses": [status(1, LINKED, created_at="2026-06-12T09:00:00Z")]}

    def answer(request):
        asked["headers"].append(request.headers)
        if request.url.host != "home.example" or "timelines" not in request.url.path:
            return httpx2.Response(404)
        return httpx2.Response(
            200, content=json.dumps(asked["statuses"]), headers={"content-type": "application/json"}
        )

    before = site.services["fetch"]
    async with Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(answer)) as fetch:
        site.services["fetch"] = fetch
        yield asked
    site.services["fetch"] = before


@pytest.fixture
async def olgas(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def try_(olgas, event):
    async def try_(path="", /, **values):
        form = {"kind": "mastodon", "servers": "home.example", **values}
        return await olgas.post(f"/organise/{event.slug}/sources/trial{path}", data=form)

    return try_


async def test_a_source_that_works_shows_one_post_as_it_would_look_and_nothing_is_kept(store, event, asked, try_):
    before = await store.sources.all(event.slug)

    answer = await try_()

    assert "Healthy" in answer.text
    assert '<article class="post"' in answer.text
    assert "Hello" in answer.text
    assert await store.sources.all(event.slug) == before
    assert sum((await store.posts.counts(event.slug)).values()) == 0


async def test_beside_the_form_it_is_a_part_of_the_page(asked, try_):
    answer = await try_("?part")

    assert answer.text.startswith('<section class="trial"')


async def test_options_that_cannot_be_used_are_said_so(asked, try_):
    answer = await try_(servers="")

    assert "Name at least one server" in answer.text
    assert asked["headers"] == []


@pytest.mark.parametrize("kind", ["webhook", "form", "nonsense"])
async def test_what_is_not_read_is_not_tried(asked, try_, kind):
    assert "Not tested" in (await try_(kind=kind)).text


async def test_a_secret_that_was_kept_goes_to_no_other_server(store, event, asked, try_):
    options = {"servers": "https://home.example", "token": "s3cret", "token_server": "https://home.example"}
    await store.sources.save(event.slug, SourceSettings(id="m1", kind="mastodon", options=options))

    answer = await try_(source="m1", servers="evil.example", token_server="evil.example")

    assert "fill it in once more" in answer.text
    assert asked["headers"] == []


async def test_a_source_of_another_event_lends_no_secret(store, other_event, asked, try_):
    options = {"servers": "https://home.example", "token": "s3cret", "token_server": "https://home.example"}
    await store.sources.save(other_event.slug, SourceSettings(id="m1", kind="mastodon", options=options))

    assert (await try_(source="m1")).status_code == 404


async def test_the_button_is_at_every_source_that_is_read_and_at_no_other(store, event, olgas):
    await store.sources.save(event.slug, SourceSettings(id="hook", kind="webhook", options={"secret": ""}))

    page = (await olgas.get(f"/organise/{event.slug}")).text

    forms = page.split("<form")
    tried = [form for form in forms if "data-try" in form]
    assert tried
    assert all('value="webhook"' not in form and 'value="form"' not in form for form in tried)
