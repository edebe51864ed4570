"""What the axe engine (axe-core, by Deque) finds wrong with a page, by WCAG 2.2 AA."""

from importlib.resources import files

ENGINE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
RUN = """
async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.flatMap(({ help, nodes }) =>
    nodes.map(({ html, any, all }) => `${help}: ${html.slice(0, 200)} ${[...any, ...all].map((one) => one.message).join(" ")}`),
  );
}
"""


async def wrong_with(page):
    """Return what breaks a rule on a page, in words: everything in the light, and contrasts in the dark as well."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(ENGINE)
    await page.emulate_media(color_scheme="light")
    found = await page.evaluate(RUN, ALL)
    await page.emulate_media(color_scheme="dark")
    return [*found, *(f"In the dark: {one}" for one in await page.evaluate(RUN, CONTRAST))]
