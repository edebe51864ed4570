# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""An archive, opened from a folder by a browser that reaches nothing else."""

import pytest

from tests.browser.axe import wrong_with
from tests.browser.everything import hall
from tests.browser.wall import now
from wall.web.archive import ArchiveSite, to_folder

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def test_an_archive_opens_from_a_folder_and_asks_nobody(wall, hall, chromium, tmp_path):
    event = await wall.store.events.get(hall[0].slug)
    await to_folder(ArchiveSite(wall.store, wall.acceptor.pictures, event, now=now()).files(), tmp_path / "out")
    context = await chromium.new_context(offline=True)
    page = await context.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("console", lambda message: failed.append(message.text))
    pages = sorted((tmp_path / "out").rglob("*.html"))
    kinds = {path.parent.name if path.parent.name != "out" else path.name: path for path in pages}

    wrong = []
    for path in kinds.values():
        await page.goto(path.as_uri())
        await page.wait_for_load_state("networkidle")
        broken = await page.evaluate(
            "() => [...document.images].filter((one) => one.complete && !one.naturalWidth).map((one) => one.src)"
        )
        wrong += [(path.name, one) for one in [*broken, *await wrong_with(page)]]

    await context.close()
    assert failed == []
    assert wrong == []
    assert len(kinds) >= 7
