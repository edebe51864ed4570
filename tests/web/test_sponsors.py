"""The page of sponsors, and what screens show of them."""

import pytest

from tests.pictures import plain
from tests.web.hall import run, scene
from wall.purge import Purge


@pytest.fixture
async def browser(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/sponsors"


@pytest.fixture
def add(browser, base):
    async def add(name, tier="Gold", *, logo=b"", **fields):
        data = {"name": name, "tier": tier, "plate": "light", **fields}
        return await browser.post(base, data=data, files={"logo": ("logo.png", logo, "image/png")})

    return add


@pytest.fixture
def names(store, event):
    async def names():
        return [one.name for one in (await store.sponsors.get(event.slug)).all]

    return names


async def test_a_sponsor_is_added_with_a_logo_of_our_own_copy(site, store, event, browser, base, add):
    answer = await add("Halyard <b>", logo=plain())

    (halyard,) = (await store.sponsors.get(event.slug)).all
    picture = await site.browser().get(f"/{event.slug}/brand/{halyard.logo.id}")
    page = await browser.get(base)
    assert answer.status_code == 303
    assert (picture.status_code, picture.content[8:12]) == (200, b"WEBP")
    assert "Halyard &lt;b&gt;" in page.text
    assert "the sponsors: added a sponsor" in (await browser.get(f"/organise/{event.slug}/audit")).text


async def test_a_logo_goes_with_its_sponsor_and_is_kept_until_then(site, store, event, browser, base, add):
    await add("Halyard", logo=plain())
    (halyard,) = (await store.sponsors.get(event.slug)).all

    await Purge(store, site.services["pictures"]).once(kept_seconds=-60)
    before = await site.browser().get(f"/{event.slug}/brand/{halyard.logo.id}")
    await browser.post(f"{base}/{halyard.id}/deletion")

    assert before.status_code == 200
    assert (await site.browser().get(f"/{event.slug}/brand/{halyard.logo.id}")).status_code == 404


@pytest.fixture
def change(browser, base):
    async def change(sponsor, *, logo=b"", **fields):
        data = {"name": sponsor.name, "tier": sponsor.tier, "plate": sponsor.plate, **fields}
        return await browser.post(
            f"{base}/{sponsor.id}", data=data, files={"logo": ("logo.png", logo, "image/png")}
        )

    return change


async def test_one_is_changed_in_its_place_and_keeps_its_logo(store, event, add, change):
    await add("Halyard", logo=plain())
    await add("Lantern")
    before, _ = (await store.sponsors.get(event.slug)).all

    answer = await change(before, name="Halyards", tier="Silver", plate="dark")

    after, _ = (await store.sponsors.get(event.slug)).all
    assert answer.status_code == 303
    assert (after.id, after.name, after.tier, after.plate) == (before.id, "Halyards", "Silver", "dark")
    assert after.logo == before.logo


async def test_a_logo_can_be_added_and_taken_away_later(store, event, add, change):
    await add("Halyard")
    (bare,) = (await store.sponsors.get(event.slug)).all
    await change(bare, logo=plain())
    (with_logo,) = (await store.sponsors.get(event.slug)).all

    await change(with_logo, no_logo="on")

    assert with_logo.logo is not None
    assert (await store.sponsors.get(event.slug)).all == (bare,)


async def test_a_change_that_cannot_be_used_changes_nothing_and_one_that_is_gone_is_not_there(
    store, event, browser, base, add, change
):
    await add("Halyard")
    (halyard,) = (await store.sponsors.get(event.slug)).all

    slip = await change(halyard, name=" ", tier="Silver")
    await browser.post(f"{base}/{halyard.id}/deletion")
    gone = await change(halyard, name="Halyards")

    assert (slip.status_code, gone.status_code) == (422, 404)
    assert 'value="Silver"' in slip.text
    assert (await store.sponsors.get(event.slug)).all == ()


async def test_they_are_moved_up_and_taken_out(store, event, browser, base, add, names):
    await add("Halyard")
    await add("Lantern")
    _, lantern = (await store.sponsors.get(event.slug)).all

    await browser.post(f"{base}/{lantern.id}/raise")
    moved = await names()
    await browser.post(f"{base}/{lantern.id}/deletion")

    assert (moved, await names()) == (["Lantern", "Halyard"], ["Halyard"])


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("", {}, "Give the sponsor’s name".replace("’", "&#39;")),
        ("X", {"logo": b"no picture"}, "This is not a picture we can show"),
        ("X", {"plate": "neon"}, "Choose what the logo stands on"),
    ],
)
async def test_what_cannot_be_used_is_refused_in_words(add, names, name, fields, words):
    answer = await add(name, **fields)

    assert (answer.status_code, await names()) == (422, [])
    assert words in answer.text


async def test_a_pace_is_set_or_refused(store, event, browser, base):
    good = await browser.post(f"{base}/pace", data={"every": "8", "seconds": "12"})
    bad = await browser.post(f"{base}/pace", data={"every": "999", "seconds": "12"})
    odd = await browser.post(f"{base}/pace", data={"every": "x", "seconds": "12"})

    kept = await store.sponsors.get(event.slug)
    assert (good.status_code, bad.status_code, odd.status_code) == (303, 422, 422)
    assert (kept.every, kept.seconds) == (8, 12)


class TestOnScreens:
    async def test_the_scene_shows_tiers_the_first_largest(self, store, event, hall, ask_plan, add):
        await add("Halyard", "Gold", logo=plain())
        await add("<i>Lantern", "Silver")
        await run(store, event, hall[1], scene("sponsors"))

        html = (await ask_plan()).json()["scenes"][0]["html"]

        assert html.index("Gold") < html.index("/brand/") < html.index("Silver") < html.index("&lt;i&gt;Lantern")
        assert 'data-size="1" data-count="1"' in html

    async def test_it_may_show_one_tier_alone(self, store, event, hall, ask_plan, add):
        await add("Halyard", "Gold")
        await add("Lantern", "Silver")
        await run(store, event, hall[1], scene("sponsors", tier="silver"))

        html = (await ask_plan()).json()["scenes"][0]["html"]

        assert "Lantern" in html
        assert "Halyard" not in html
        assert 'data-size="1"' in html

    @pytest.mark.parametrize("tier", ["", "Platinum"])
    async def test_without_sponsors_it_is_passed_over(self, store, event, hall, ask_plan, tier):
        await run(store, event, hall[1], scene("sponsors", tier=tier))

        assert (await ask_plan()).json()["scenes"][0]["html"] is None

    @pytest.mark.parametrize("kind", ["wall", "stream", "big"])
    async def test_scenes_of_posts_are_told_of_them_once_a_pace_is_set(
        self, store, event, hall, ask_plan, browser, base, add, kind
    ):
        await add("Halyard", logo=plain())
        await add("Lantern")
        await run(store, event, hall[1], scene(kind))
        before = (await ask_plan()).json()["scenes"][0]["data"]

        await browser.post(f"{base}/pace", data={"every": "8", "seconds": "12"})

        told = (await ask_plan()).json()["scenes"][0]["data"]["sponsors"]
        assert "sponsors" not in (before or {})
        assert (told["every"], told["seconds"]) == (8, 12)
        assert ["Sponsor" in card["html"] for card in told["cards"]] == [True, True]
        assert [card["id"].startswith("sponsor-") for card in told["cards"]] == [True, True]

    @pytest.mark.parametrize("which", ["pinned", "pictures"])
    async def test_chosen_big_posts_have_none_between_them(
        self, store, event, hall, ask_plan, browser, base, add, which
    ):
        await add("Halyard")
        await browser.post(f"{base}/pace", data={"every": "8", "seconds": "12"})
        await run(store, event, hall[1], scene("big", which=which))

        assert "sponsors" not in (await ask_plan()).json()["scenes"][0]["data"]
