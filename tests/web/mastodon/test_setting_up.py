import html

import pytest


@pytest.fixture
async def organiser(site, olga):
    return await site.browser_of(olga, headers={"accept": "text/html"})


async def test_an_organiser_opens_the_wall_and_is_told_what_to_type_where(site, store, event, organiser):
    before = await organiser.get(f"/organise/{event.slug}")
    await organiser.post(f"/organise/{event.slug}/outputs/mastodon", data={"mastodon_api": "yes"})
    after = html.unescape((await organiser.get(f"/organise/{event.slug}")).text)

    assert (await store.events.get(event.slug)).mastodon_api
    assert "wall-config.json" not in before.text
    assert f"?load=http://127.0.0.1/{event.slug}/wall-config.json" in after
    assert f"?server=http://127.0.0.1/e/{event.slug}&hashtags=PyConEx" in after


async def test_a_box_that_is_not_ticked_closes_it_and_the_log_says_who_did(site, store, event, organiser):
    await organiser.post(f"/organise/{event.slug}/outputs/mastodon", data={"mastodon_api": "yes"})
    await organiser.post(f"/organise/{event.slug}/outputs/mastodon", data={})

    log = (await organiser.get(f"/organise/{event.slug}/audit")).text

    assert not (await store.events.get(event.slug)).mastodon_api
    assert "walls of others" in log


async def test_saving_the_other_settings_leaves_it_open(site, store, event, organiser):
    await organiser.post(f"/organise/{event.slug}/outputs/mastodon", data={"mastodon_api": "yes"})

    await organiser.post(f"/organise/{event.slug}/settings", data={"title": "New", "hashtags": "PyConEx"})

    assert (await store.events.get(event.slug)).mastodon_api
