"""The scene and the theme of docs/examples, as docs/writing-a-scene.md has them: they run as the wall's own do."""

from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

from docs.examples import tea
from tests.cast import NOW
from tests.web.hall import run, scene
from wall.core.scenes import SceneList
from wall.web.scenes import KINDS

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture(autouse=True)
def there(monkeypatch, site):
    """The wall with the module's line, and its template where the others are."""
    monkeypatch.setitem(KINDS, "tea", tea.KIND)
    templates = site.services["pages"].templates
    ours = PrefixLoader({"screen": PrefixLoader({"scenes": FileSystemLoader(EXAMPLES)})})
    monkeypatch.setattr(templates, "loader", ChoiceLoader([templates.loader, ours]))


@pytest.fixture
def shown(store, event, hall, ask_plan):
    async def shown(**options):
        await run(store, event, hall[1], scene("tea", **options))
        (found,) = (await ask_plan()).json()["scenes"]
        return found

    return shown


async def test_the_scene_says_where_tea_is_and_is_escaped(shown):
    html = (await shown(where="in the <b>garden</b>"))["html"]

    assert "in the &lt;b&gt;garden&lt;/b&gt;" in html
    assert "Tea" in html


async def test_it_has_nothing_to_show_once_tea_is_cold(shown):
    assert (await shown(where="here", until=(NOW - timedelta(seconds=1)).isoformat()))["html"] is None


async def test_its_form_is_drawn_from_its_options(site, store, event, olga):
    await store.scenes.create(event.slug, SceneList(id="hall", name="Hall"), now=NOW)
    page = await (await site.browser_of(olga)).get(f"/organise/{event.slug}/scenes/hall/new/tea")

    assert page.status_code == 200
    assert "Where tea is" in page.text


async def test_the_theme_is_taken_in(site, store, event, olga):
    body = (EXAMPLES / "evening.json").read_bytes()
    browser = await site.browser_of(olga)

    file = ("theme.json", body, "application/json")
    answer = await browser.post(f"/organise/{event.slug}/look/theme", files={"file": file})

    assert answer.status_code == 303
    brand = await store.brands.get(event.slug)
    assert (brand.theme, brand.colours["ground"]) == ("newspaper", "#10231c")
