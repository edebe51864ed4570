"""What the axe engine (axe-core, by Deque) finds wrong with a page, by WCAG 2.2 AA."""

from importlib.resources import files

ENGINE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
# The engine is in no frame, so none is waited for; and no rule that is run reads style sheets, so none is fetched.
RUN = """
async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, iframes: false, preload: { assets: ["media"] }, resultTypes: ["violations"] });
  return violations.flatMap(({ help, nodes }) =>
    nodes.map(({ html, any, all }) => `${help}: ${html.slice(0, 200)} ${[...any, ...all].map((one) => one.message).join(" ")}`),
  );
}
"""


async def wrong_with(page):
    """Return what breaks a rule on a page, in words: everything in the light, and contrasts in the dark as well."""
    if not await page.evaluate("() => 'axe' in window"):
        await bring_engine(page)
    await page.emulate_media(color_scheme="light")
    found = await page.evaluate(RUN, ALL)
    await page.emulate_media(color_scheme="dark")
    return [*found, *(f"In the dark: {one}" for one in await page.evaluate(RUN, CONTRAST))]


async def bring_engine(page):
    """Put the engine into a page by the browser itself, which spares `evaluate` half a megabyte of words to unpack."""
    session = await page.context.new_cdp_session(page)
    answer = await session.send("Runtime.evaluate", {"expression": ENGINE})
    assert "exceptionDetails" not in answer, answer
    await session.detach()
