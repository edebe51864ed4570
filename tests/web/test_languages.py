"""Pages speak the language of their reader; screens that of their event."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from wall import catalogs
from wall.catalogs import Catalog
from wall.web import language
from wall.web.languages import Languages

SPOKEN = {"Language": ("Sprache",), "There is no such language here.": ("Diese Sprache gibt es hier nicht.",)}


@pytest.fixture
def german(monkeypatch):
    """A small catalog of German."""
    monkeypatch.setattr(
        catalogs, "catalog", lambda code: Catalog(SPOKEN if code == "de" else {}, lambda number: int(number != 1))
    )


async def test_a_page_speaks_what_the_browser_asks_for(site, event, german):
    page = await site.browser(headers={"accept-language": "de-AT, en;q=0.5"}).get(f"/{event.slug}")

    assert '<html lang="de" dir="ltr"' in page.text
    assert 'aria-label="Sprache"' in page.text
    assert page.headers["content-language"] == "de"
    assert {"Accept-Language", "Cookie"} <= {one.strip() for one in page.headers["vary"].split(",")}


async def test_a_language_that_was_chosen_goes_before_and_leads_back(site, event):
    browser = site.browser(headers={"accept-language": "de"})
    here = f"http://127.0.0.1/{event.slug}?session=x"
    answer = await browser.post("/language", data={"language": "ar"}, headers={"referer": here})

    assert answer.headers["location"] == f"/{event.slug}?session=x"
    assert '<html lang="ar" dir="rtl"' in (await browser.get(f"/{event.slug}")).text


@pytest.mark.parametrize("referer", ["", "http://127.0.0.1//evil.example/", "not an address", "http://[x"])
async def test_a_choice_leads_nowhere_else(site, referer):
    answer = await site.browser().post("/language", data={"language": "fr"}, headers={"referer": referer})

    assert answer.headers["location"] == "/"


async def test_a_language_that_is_not_there_is_refused_in_the_readers_own(site, german):
    answer = await site.browser(headers={"accept-language": "de"}).post("/language", data={"language": "xx"})

    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "Diese Sprache gibt es hier nicht."


async def test_where_nobody_asks_the_event_says_which(site, store, event):
    await store.events.change(event.slug, lambda event: replace(event, language="es"))
    languages = [{}, {"accept-language": "fi"}, {"accept-language": "en"}]

    pages = [await site.browser(headers=headers).get(f"/{event.slug}") for headers in languages]

    assert [page.headers["content-language"] for page in pages] == ["es", "es", "en"]


async def test_a_screen_speaks_the_language_of_its_event(site, store, event):
    await store.events.change(event.slug, lambda event: replace(event, language="fr"))
    browser, _ = await site.browser_of_screen(event.slug)

    page = await browser.get(f"/{event.slug}/screen", headers={"accept-language": "de"})

    assert '<html lang="fr"' in page.text


async def test_the_feed_has_fragments_in_the_language_of_its_view(site, store, event, approved, monkeypatch):
    monkeypatch.setattr(
        catalogs, "catalog", lambda code: Catalog({"Pinned": (f"Pinned in {code}",)}, lambda number: 0)
    )
    await store.posts.decide(event.slug, a_decision("pin", approved), now=NOW)
    browser = site.browser(headers={"accept-language": "de"})

    views = [(await browser.get(f"/{event.slug}/feed?view={view}")).json() for view in ("html", "html-fr")]

    assert ["Pinned in en" in view["posts"][0]["html"] for view in views] == [True, False]
    assert ["Pinned in fr" in view["posts"][0]["html"] for view in views] == [False, True]
    assert (await browser.get(f"/{event.slug}/feed?view=html-xx")).status_code == 422


def test_a_view_names_its_language():
    assert [language.of_view(view) for view in ("html", "html-de", "json", "html-xx")] == ["en", "de", "en", "en"]
    with language.speaking("ar"):
        assert language.here() == "html-ar"
        assert language.number(12345) == "12,345"


async def test_lifespans_pass_untouched():
    heard = []

    async def app(scope, receive, send):
        heard.append(scope["type"])

    await Languages(app)({"type": "lifespan"}, None, None)

    assert heard == ["lifespan"]
