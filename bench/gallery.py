"""Takes a picture of every scene in every theme and size, and checks each by rules; see bench/README.md.

python -m bench.gallery folder
"""

import argparse
import asyncio
import html
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Page, ViewportSize, async_playwright

from bench.desk_page import SHELLS
from bench.example_scenes import LIST
from bench.rehearsed import SLUG, rehearse
from bench.served import Wall, served
from wall.core.legibility import LAYOUTS
from wall.core.theme import THEMES
from wall.media import Pictures
from wall.rehearsal.pictures import picture
from wall.sources.fetch import Fetch
from wall.web.scenes import KINDS

SIZES = ("1920x1080", "3840x2160", "1080x1920", "1024x768")
READY_MS = 30_000
SETTLE_SECONDS = 0.4
LEAST_CONTRAST = 7.0

# What is wrong with the page, in words. `least` is what may be said to a room, in pixels; what else is written may be
# smaller, and the smallest is told.
CHECK = r"""
(least) => {
  const wrong = new Set();
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) wrong.add("the page scrolls");
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const paper = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paper.clearRect(0, 0, 1, 1);
    paper.fillStyle = colour;
    paper.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paper.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (element) => {
    const named = element.closest("[class]");
    return `.${(named?.className?.baseVal ?? named?.className ?? "").split(" ")[0]} “${element.textContent.trim().slice(0, 30)}”`;
  };
  const clip = (element) => {
    for (let one = element.parentElement; one; one = one.parentElement) {
      if (getComputedStyle(one).overflow !== "visible") return one;
    }
    return root;
  };
  const cut = (element) => element.closest("[data-clamped], .slot__title, .slot__who, .post__who, .unseen, .programme__name, .person__name");
  let smallest = Infinity, smallestIn = "", faintest = Infinity, faintestIn = "";
  const texts = document.createTreeWalker(document.querySelector(".stage"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!text.data.trim() || !seen(element) || element.closest("noscript, script, .unseen")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (boxes.length === 0) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (size < smallest) [smallest, smallestIn] = [size, name(element)];
    const said = element.closest(".post__text, .announcement__text, .count-down, .countdown__clock, .slot__title");
    if (said && size < least - 0.5) wrong.add(`type of ${size.toFixed(0)} px, below ${least.toFixed(0)}: ${name(element)}`);
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= parseFloat(getComputedStyle(one).opacity);
    const below = ground(element), [r, g, b, a] = rgba(style.color);
    const [one, other] = [luminance(over([r, g, b, a * opacity], below)), luminance(below)].sort((x, y) => y - x);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < faintest) [faintest, faintestIn] = [contrast, name(element)];
    if (contrast < LEAST) wrong.add(`contrast of ${contrast.toFixed(1)}:1: ${name(element)}`);
    if (cut(element)) continue;
    const slack = size * 0.3; // marks above and below letters
    if (boxes.some((box) => box.left < -1 || box.top < -slack || box.right > innerWidth + 1 || box.bottom > innerHeight + slack)) {
      wrong.add(`out of the picture: ${name(element)}`);
    }
    const frame = clip(element).getBoundingClientRect();
    if (boxes.some((box) => box.right > frame.right + 2 || box.left < frame.left - 2 || box.bottom > frame.bottom + slack || box.top < frame.top - slack)) {
      wrong.add(`cut off: ${name(element)}`);
    }
  }
  for (const image of document.querySelectorAll(".stage img")) {
    if (seen(image) && image.getClientRects().length && image.naturalWidth === 0) wrong.add(`a picture did not come: ${image.alt || image.src.slice(-30)}`);
  }
  return { wrong: [...wrong], smallest, smallestIn, faintest, faintestIn };
}
""".replace("LEAST", str(LEAST_CONTRAST))


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is in it, and what is wrong with it."""

    kind: str
    theme: str
    shade: str
    size: str
    file: str
    found: dict[str, Any]

    @property
    def wrong(self) -> list[str]:
        return list(self.found["wrong"])


async def main() -> None:
    options = parsed()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-gallery-") as name:
        folder = Path(name)
        async with served(folder) as wall:
            await rehearse(wall.store, Pictures(folder / "pictures", Fetch(user_agent="bench"), own=picture))
            async with window(wall, options.browser) as page:
                shots = [shot async for shot in taken(page, wall, options)]
    (options.folder / "index.html").write_text(sheet(shots), encoding="utf-8")
    bad = [shot for shot in shots if shot.wrong]
    for shot in bad:
        print(f"{shot.file}: {'; '.join(shot.wrong)}")
    print(f"{len(shots)} pictures in {options.folder}/index.html; something is wrong with {len(bad)}.")


async def taken(page: Page, wall: Wall, options: argparse.Namespace) -> AsyncIterator[Shot]:
    """Take one picture after the other."""
    looks = itertools.product(options.sizes, options.layouts, shades(options.themes), options.kinds)
    for size, layout, (theme, shade), kind in looks:
        width, height = map(int, size.split("x"))
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        query = f"preview={LIST}&scene={kind}&look={theme}&theme={shade}&layout={layout}"
        await page.goto(f"{wall.base}/{SLUG}/screen?{query}")
        await page.wait_for_selector(".stage[data-scene]", timeout=READY_MS)
        await page.evaluate("document.fonts.ready.then(() => 0)")
        await asyncio.sleep(SETTLE_SECONDS)
        shown = await page.evaluate("document.querySelector('.stage').dataset.scene")
        least = await page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.stage')).getPropertyValue('--type'))"
        )
        found = await page.evaluate(CHECK, least)
        if shown != kind:
            found["wrong"].append(f"it had nothing to show: {shown} hangs instead")
        file = f"{kind}-{theme}-{shade}-{size}{'' if layout == 'auto' else f'-{layout}'}.png"
        await page.screenshot(path=options.folder / file)
        yield Shot(kind, theme, shade, size, file, found)


def shades(themes: list[str]) -> Iterator[tuple[str, str]]:
    for name, theme in THEMES.items():
        if name in themes:
            yield from (
                (name, shade) for shade in (("dark", "light") if theme.shades == "both" else (theme.shades,))
            )


@asynccontextmanager
async def window(wall: Wall, program: str | None) -> AsyncIterator[Page]:
    """Open a browser of somebody who may look at any list of scenes."""
    path = next((path for name in ([program] if program else SHELLS) if (path := shutil.which(name))), None)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            context = await running.new_context(reduced_motion="reduce", service_workers="block")
            await context.add_cookies([{"name": "session", "value": wall.moderator, "url": wall.base}])
            yield await context.new_page()
        finally:
            await running.close()


# To look through


def sheet(shots: list[Shot]) -> str:
    """Return a page with all pictures, by kind of scene and size, and what is wrong below each."""
    parts = []
    for (kind, size), group in itertools.groupby(
        sorted(shots, key=place), key=lambda shot: (shot.kind, shot.size)
    ):
        figures = "".join(map(figure, group))
        parts.append(f"<h2>{html.escape(KINDS[kind].title)} · {size}</h2><div>{figures}</div>")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every scene, theme and size</title><style>'
        "body{font:14px system-ui;margin:2em;background:#777;color:#fff}"
        "div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}figure{margin:0;width:460px}"
        "img{width:100%;display:block}figcaption{padding:4px 0}li{background:#a00;padding:2px 6px;list-style:none}"
        f"</style><h1>{len(shots)} pictures, {datetime.now(UTC):%Y-%m-%d}</h1>{''.join(parts)}</html>\n"
    )


def place(shot: Shot) -> tuple[str, str]:
    return (shot.kind, shot.size)


def figure(shot: Shot) -> str:
    wrong = "".join(f"<li>{html.escape(one)}</li>" for one in shot.wrong)
    found = shot.found
    words = f"{shot.theme}, {shot.shade}; smallest type {found['smallest'] or 0:.0f} px in {html.escape(found['smallestIn'])}"
    return (
        f'<figure><a href="{shot.file}"><img src="{shot.file}" loading="lazy" alt=""></a>'
        f"<figcaption>{words}</figcaption><ul>{wrong}</ul></figure>"
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.gallery", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go; nothing else is there")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS), help="of scenes")
    parser.add_argument("--themes", nargs="+", default=list(THEMES), choices=list(THEMES))
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--layouts", nargs="+", default=["auto"], choices=["auto", *LAYOUTS])
    parser.add_argument("--browser", help="the program to run; else the lightest that is here")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
