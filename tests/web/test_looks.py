import pytest

from tests.cast import NOW
from wall.core.brand import Brand
from wall.core.look import Look
from wall.web.looks import look_view


@pytest.fixture
async def screen(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    return screen


async def test_a_layout_that_the_last_row_cannot_read_is_refused_with_the_sentence(
    site, store, event, olga, screen
):
    browser = await site.browser_of(olga)
    values = {"height": "2.1", "distance": "14", "layout": "room"}

    answer = await browser.post(f"/organise/{event.slug}/screens/{screen.id}/look", data=values)

    assert answer.status_code == 422
    assert "The last row at 14 m cannot read this. Use Hall layout or a picture ≥ 2.8 m high." in answer.text
    assert await store.screens.all(event.slug) == [screen]


async def test_a_look_is_kept_told_and_worn(site, store, event, olga):
    browser, screen = await site.browser_of_screen(event.slug)
    organiser = await site.browser_of(olga)
    values = {"height": "2.1", "distance": "14", "scale": "105", "margin": "0", "shade": "light"}

    answer = await organiser.post(f"/organise/{event.slug}/screens/{screen.id}/look", data=values)

    assert answer.status_code == 303
    (kept,) = await store.screens.all(event.slug)
    assert kept.look == Look(height=2.1, distance=14, scale=105, margin=0, shade="light")
    page = (await browser.get(f"/{event.slug}/screen")).text
    assert 'data-layout="hall" data-least="7.035" data-scale="1.05" data-margin="0"' in page
    assert 'data-theme="light"' in page
    log = (await organiser.get(f"/organise/{event.slug}/audit")).text
    assert "Main hall: Hall layout, picture 2.1 m high, last row at 14 m" in log


async def test_the_page_says_which_layouts_work(site, store, event, olga, screen):
    await store.screens.arrange(event.slug, screen.id, with_seats, now=NOW)
    browser = await site.browser_of(olga)

    page = (await browser.get(f"/organise/{event.slug}/screens/{screen.id}/look")).text

    assert page.count("The last row at 9 m cannot read this.") == 1


def with_seats(screen):
    return type(screen)(
        id=screen.id, name=screen.name, created_at=screen.created_at, look=Look(height=2, distance=9)
    )


async def test_a_screen_that_was_taken_back_has_no_page(site, store, event, olga, screen):
    browser = await site.browser_of(olga)
    await store.screens.revoke(event.slug, screen.id)

    assert (await browser.get(f"/organise/{event.slug}/screens/{screen.id}/look")).status_code == 404


async def test_a_screen_of_another_event_is_not_set_from_here(site, store, event, other_event, otto, screen):
    browser = await site.browser_of(otto)

    answer = await browser.post(f"/organise/{other_event.slug}/screens/{screen.id}/look", data={})

    assert answer.status_code == 404


def test_a_screen_without_numbers_goes_by_its_shape_and_wears_what_the_event_does(event):
    view = look_view(Look(), event, Brand(theme="cards"))

    assert (view["layout"], view["type"], view["scale"], view["margin"]) == ("auto", 3.0, 1.0, 5)
    assert (view["theme"], view["shade"]) == ("cards", event.theme)
    assert view["theme_sheet"].endswith("/css/themes/cards.css")


def test_a_screen_may_wear_a_theme_of_its_own(event):
    assert look_view(Look(theme="night", shade="dark"), event, Brand(theme="cards"))["theme"] == "night"
