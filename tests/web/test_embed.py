import pytest

from tests.cast import NOW

SITES = ("https://www.example.org", "https://*.example.net")


@pytest.fixture
async def widget(store, event):
    """A widget, and its address."""
    screen, token = await store.screens.open(event.slug, "Site", now=NOW, kind="embed", origins=SITES)
    return screen, f"/{event.slug}/embed/{token}"


def ancestors(answer):
    (said,) = [
        part
        for part in answer.headers["content-security-policy"].split("; ")
        if part.startswith("frame-ancestors")
    ]
    return said.split(" ")[1:]


async def test_a_widget_may_be_framed_by_the_sites_that_are_listed_and_nobody_else(site, widget):
    answer = await site.browser().get(widget[1])

    assert ancestors(answer) == list(SITES)
    assert answer.headers["content-security-policy"].count("frame-ancestors") == 1
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["", "/about", "/join", "/screen/open", "/overlay/open", "/embed/wrong", "/embed.js"]
)
async def test_every_other_page_stays_where_nobody_can_frame_it(site, event, widget, path):
    answer = await site.browser().get(f"/{event.slug}{path}")

    assert ancestors(answer) == ["'none'"]


async def test_a_widget_without_sites_is_framed_by_nobody(site, store, event):
    _, token = await store.screens.open(event.slug, "Site", now=NOW, kind="embed")

    assert ancestors(await site.browser().get(f"/{event.slug}/embed/{token}")) == ["'none'"]


async def test_a_widget_shows_what_is_approved_and_nothing_that_waits(
    site, store, event, widget, waiting, approved
):
    page = await site.browser().get(widget[1])

    assert approved.post.id in page.text
    assert page.text.count("<article") == 1


async def test_a_widget_that_was_taken_back_shows_nothing(site, store, event, widget, approved):
    await store.screens.revoke(event.slug, widget[0].id)

    page = await site.browser().get(widget[1])

    assert page.status_code == 403
    assert approved.post.id not in page.text


async def test_not_even_staff_open_a_widget_by_a_made_up_token(site, event, mia):
    browser = await site.browser_of(mia)

    assert (await browser.get(f"/{event.slug}/embed/wrong")).status_code == 403


async def test_that_a_widget_is_looked_at_is_noted_now_and_then_not_for_each_of_thousands(
    site, store, event, widget
):
    await site.browser().get(widget[1])
    first = site.time
    site.later(minutes=1)
    await site.browser().get(widget[1])
    (soon,) = await store.screens.all(event.slug)
    site.later(minutes=5)
    await site.browser().get(widget[1])
    (later,) = await store.screens.all(event.slug)

    assert (soon.seen_at, later.seen_at) == (first, site.time)


@pytest.mark.parametrize(
    ("query", "theme", "accent"),
    [
        ({}, "auto", None),
        ({"theme": "dark", "accent": "#FF0055"}, "dark", "ff0055"),
        ({"theme": "neon", "accent": "red; } *"}, "auto", None),
        ({"theme": '"><script>', "accent": '"><script>'}, "auto", None),
    ],
)
async def test_a_site_chooses_theme_and_accent_and_nonsense_is_passed_over(site, widget, query, theme, accent):
    page = await site.browser().get(widget[1], params=query)

    assert f'data-theme="{theme}"' in page.text
    assert (f"theme.css?accent={accent}" in page.text) is (accent is not None)
    assert "<script>" not in page.text


async def test_the_accent_of_a_site_is_a_stylesheet_and_only_a_colour_gets_in(site, event):
    browser = site.browser()

    good = await browser.get(f"/{event.slug}/theme.css", params={"accent": "ff0055"})
    bad = await browser.get(f"/{event.slug}/theme.css", params={"accent": "red;}*{display:none"})

    assert "--accent: #ff0055;" in good.text
    assert bad.status_code == 422


async def test_the_element_may_be_used_by_every_site_and_keeps_its_address(site, event):
    answer = await site.browser().get(f"/{event.slug}/embed.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "import " not in "\n".join(line for line in answer.text.splitlines() if not line.startswith("//"))
