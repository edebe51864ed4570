import json

import pytest

from tests.cast import NOW
from tests.pictures import plain
from wall.core.brand import Brand
from wall.purge import Purge

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
COLOURS = {"ground": "#0d0f12", "card": "#1b1e24", "ink": "#f5f3ef", "quiet": "#bcc0c7", "line": "#333840"}
THEME = {"format": "backchannel-theme", "version": 1, "form": "newspaper"}


@pytest.fixture
async def browser(site, olga):
    return await site.browser_of(olga)


async def sent(browser, event, data, **files):
    return await browser.post(f"/organise/{event.slug}/look", data=data, files=files or {"logo": ("", b"")})


async def taken_in(browser, event, body):
    path = f"/organise/{event.slug}/look/theme"
    return await browser.post(path, files={"file": ("theme.json", body, "application/json")})


async def test_a_theme_is_chosen_kept_told_and_worn(site, store, event, browser):
    answer = await sent(browser, event, {"theme": "newspaper", "font": "atkinson", "corner": "1,5"})

    assert answer.status_code == 303
    assert await store.brands.get(event.slug) == Brand(theme="newspaper", font="atkinson", corner=1.5)
    screen, _ = await site.browser_of_screen(event.slug)
    assert "css/themes/newspaper.css" in (await screen.get(f"/{event.slug}/screen")).text
    assert '--font-first: "Atkinson' in (await screen.get(f"/{event.slug}/screen/brand.css")).text
    assert "the look of screens: Newspaper" in (await browser.get(f"/organise/{event.slug}/audit")).text


async def test_a_logo_is_encoded_anew_served_from_here_and_taken_away_again(site, store, event, browser):
    await sent(browser, event, {}, logo=("logo.png", plain(), "image/png"))

    logo = (await store.brands.get(event.slug)).logo
    screen, _ = await site.browser_of_screen(event.slug)
    page = (await screen.get(f"/{event.slug}/screen")).text
    picture = await site.browser().get(f"/{event.slug}/brand/{logo.id}")
    assert page.count(f'<img src="/{event.slug}/brand/{logo.id}"') == 2  # in the corner, and on the curtain
    assert (picture.status_code, picture.content[8:12]) == (200, b"WEBP")

    await sent(browser, event, {"no_logo": "on"})

    assert (await store.brands.get(event.slug)).logo is None
    assert (await site.browser().get(f"/{event.slug}/brand/{logo.id}")).status_code == 404


async def test_a_logo_stays_when_something_else_is_changed_or_a_theme_is_taken_in(store, event, browser):
    await sent(browser, event, {}, logo=("logo.png", plain(), "image/png"))
    logo = (await store.brands.get(event.slug)).logo

    await sent(browser, event, {"theme": "night"})
    await taken_in(browser, event, json.dumps(THEME))

    assert await store.brands.get(event.slug) == Brand(theme="newspaper", logo=logo)


async def test_a_logo_in_use_is_not_purged(site, store, event, browser):
    await sent(browser, event, {}, logo=("logo.png", plain(), "image/png"))
    logo = (await store.brands.get(event.slug)).logo

    await Purge(store, site.services["pictures"]).once(kept_seconds=-60)

    assert (await site.browser().get(f"/{event.slug}/brand/{logo.id}")).status_code == 200


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (SVG, "An SVG can hold programs, so it is not shown. Export it as PNG."),
        (b"no picture at all", "This is not a picture we can show"),
        (plain()[:60], "damaged"),
    ],
)
async def test_what_is_no_picture_is_refused_in_words(store, event, browser, picture, words):
    answer = await sent(browser, event, {"theme": "night"}, logo=("logo.png", picture, "image/png"))

    assert answer.status_code == 422
    assert words in answer.text
    assert await store.brands.get(event.slug) == Brand()


@pytest.mark.parametrize(
    "values",
    [
        {"theme": "glow"},
        {"font": "Comic Sans"},
        {"corner": "round"},
        {"corner": "7"},
        {"plate": "gold"},
        {"css": ".a { background: url(//evil.example) }"},
        {"css": "x" * 20_001},
        {"own_colours": "on", **COLOURS, "ink": "#555555"},
        {"own_colours": "on"},
    ],
)
async def test_what_cannot_be_used_is_refused_and_typed_only_once(store, event, browser, values):
    answer = await sent(browser, event, {**values, "name": "Our own look"})

    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    assert 'value="Our own look"' in answer.text
    assert await store.brands.get(event.slug) == Brand()


async def test_a_form_larger_than_two_pictures_is_refused(store, event, browser):
    answer = await sent(browser, event, {}, logo=("logo.png", b"x" * 21_000_000, "image/png"))

    assert answer.status_code == 413


async def test_a_theme_that_was_saved_is_taken_in_elsewhere_as_it_was(store, event, other_event, owner, site):
    browser = await site.browser_of(owner)
    brand = Brand(
        name="Ours", theme="cards", colours=COLOURS, font="source-serif", corner=2.0, css=".rail{color:red}"
    )
    await store.brands.put(event.slug, brand, now=NOW)

    file = await browser.get(f"/organise/{event.slug}/look/theme.json")
    answer = await taken_in(browser, other_event, file.content)

    assert answer.status_code == 303
    assert "attachment" in file.headers["content-disposition"]
    assert await store.brands.get(other_event.slug) == brand


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Choose a theme file."),
        (b"{", "This is no theme file of version 1"),
        (b"\xff\xfe\x00", "This is no theme file of version 1"),
        (b"[" * 30_000, "This is no theme file of version 1"),
        (b" " * 70_000 + b"1", "at most 64 kB"),
        (json.dumps({**THEME, "version": 2}), "no theme file of version 1"),
        (json.dumps({**THEME, "format": "other"}), "no theme file of version 1"),
        (json.dumps({**THEME, "form": "glow"}), "no theme file of version 1"),
        (json.dumps({**THEME, "logo": "x"}), "unknown field"),
        (json.dumps({**THEME, "corner": 100}), "from 0 to 6"),
        (json.dumps({**THEME, "corner": 1e400}), "no theme file of version 1"),
        (json.dumps({**THEME, "colours": {**COLOURS, "quiet": "#444444"}}), "a hall needs 7:1"),
        (json.dumps({**THEME, "colours": {"ink": "#ffffff"}}), "This theme cannot be used."),
        (json.dumps({**THEME, "css": "@import 'https://evil.example';"}), "@import is not for screens"),
    ],
)
async def test_a_file_that_is_no_theme_is_refused_in_words(store, event, browser, body, words):
    answer = await taken_in(browser, event, body)

    assert answer.status_code == 422
    assert words in answer.text.replace("&#39;", "'")
    assert await store.brands.get(event.slug) == Brand()
