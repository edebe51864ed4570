import base64
import hashlib
import re

from wall.assets import folder
from wall.core.reactions import REACTIONS
from wall.web.inline import SHEETS, sheet


async def test_a_phone_can_install_the_live_page(site, event):
    browser = site.browser()
    page = await browser.get(f"/{event.slug}")
    address = re.search(r'<link rel="manifest" href="([^"]+)"', page.text)[1]

    manifest = await browser.get(address)

    assert manifest.headers["content-type"].startswith("application/manifest+json")
    said = manifest.json()
    assert (said["name"], said["start_url"], said["display"]) == (event.title, f"/{event.slug}", "standalone")
    for icon in said["icons"]:
        answer = await browser.get(icon["src"])
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


async def test_the_worker_may_keep_the_event_and_nothing_above_it(site, event):
    answer = await site.browser().get(f"/{event.slug}/worker.js")

    assert answer.headers["service-worker-allowed"] == f"/{event.slug}"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_the_live_page_allows_its_own_styles_by_their_hash_and_no_other(site, event):
    page = await site.browser().get(f"/{event.slug}")

    styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(css.encode()).digest()).decode() for css in styles]
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    assert f"style-src 'self' {allowed};" in page.headers["content-security-policy"]
    assert event.accent in styles[1]
    assert '<link rel="stylesheet"' not in page.text


async def test_what_styles_within_a_page_name_is_there(site):
    named = set(re.findall(r'url\("([^"]+)"\)', sheet().css))

    assert named
    for address in named:
        assert (await site.browser().head(address)).status_code == 200
    assert "live" in SHEETS


async def test_the_chosen_theme_is_on_the_page_before_any_script(site, event):
    browser = site.browser()
    browser.cookies.set("theme", "dark")
    chosen = await browser.get(f"/{event.slug}")
    browser.cookies.set("theme", '"><script>')
    nonsense = await browser.get(f"/{event.slug}")

    assert 'data-theme="dark"' in chosen.text
    assert 'data-theme="auto"' in nonsense.text


def test_every_reaction_has_its_letter_on_the_live_page():
    face = (folder("static") / "css" / "fonts.css").read_text().partition('font-family: "Reactions"')[2]
    shipped = set(re.findall(r"U\+([0-9A-F]+)", face))

    assert {f"{ord(letter):X}" for one in REACTIONS for letter in one.emoji} == shipped
