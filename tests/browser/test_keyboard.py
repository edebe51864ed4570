# ruff: noqa: F811 - a fixture of another module is known by its name
"""Every page for everybody, walked with the Tab key alone: all that can be pressed is reached, in reading order, and seen."""

import pytest

from tests.browser.everything import hall  # noqa: F401
from tests.browser.test_accessibility_of_others import FOR_EVERYBODY

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

REACHABLE = """() => {
  // Of radio buttons that belong together, the Tab key reaches the chosen one, or the first.
  const chosen = (one) => {
    const row = [...one.form.querySelectorAll('input[type=radio]')].filter(({ name }) => name === one.name);
    return row.find(({ checked }) => checked) ?? row[0];
  };
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  )].filter((one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length
    && (one.type !== 'radio' || one === chosen(one)))
  .map((one, place) => { one.dataset.walked = place; return named(one); }); }"""
STANDS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.walked === undefined) return null;
  const style = getComputedStyle(one);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return { place: Number(one.dataset.walked), seen, named: named(one) };
}"""
NAMED = """() => { window.named = (one) => `${one.tagName.toLowerCase()} ${
  (one.getAttribute('aria-label') || one.textContent || one.name || '').trim().slice(0, 40)}`; }"""
MOST_STEPS = 150


async def test_the_tab_key_reaches_all_that_can_be_pressed_in_reading_order(wall, hall, windows):
    event, names = hall
    page = await windows.page(await wall.join_address(event))
    found = {}
    for path in FOR_EVERYBODY:
        await page.goto(wall.url + path.format(**names))
        found[path] = await walk(page)

    assert {path: trouble for path, trouble in found.items() if trouble} == {}


async def walk(page):
    """Return what is wrong with walking a page: what is never reached, not seen, or reached out of its order."""
    await page.evaluate(NAMED)
    all = await page.evaluate(REACHABLE)
    steps = []
    for _ in range(MOST_STEPS):
        await page.keyboard.press("Tab")
        step = await page.evaluate(STANDS)
        if step is None or any(step["place"] == one["place"] for one in steps):
            break
        steps.append(step)
    places = [step["place"] for step in steps]
    missed = [name for place, name in enumerate(all) if place not in places]
    unseen = [step["named"] for step in steps if not step["seen"]]
    order = [] if places == sorted(places) else places
    return [{"missed": missed, "unseen": unseen, "order": order}] if missed or unseen or order else []
