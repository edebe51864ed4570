"""Every field of every form there is, filled with what nobody expects: never more than words, never an error of ours."""

import re
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.attacks.bending import ODD
from tests.attacks.filling import Form, forms
from tests.attacks.markup import smuggled, vocabulary
from tests.attacks.scripts import PAYLOADS
from tests.attacks.test_scripts import ACCEPT, HARMLESS, add, fill, without_base
from tests.cast import NOW
from tests.web.site import Site
from tests.web.test_access import MAY
from wall.core.event import Event
from wall.core.participation import Participation
from wall.core.scenes import Scene, SceneList
from wall.core.source import SourceSettings

pytestmark = pytest.mark.thorough

AT_ONCE = 12
SCRIPTS = [
    " ".join(payload.text for payload in PAYLOADS[start : start + AT_ONCE])
    for start in range(0, len(PAYLOADS), AT_ONCE)
]
STRINGS = [
    *(one for one in ODD if isinstance(one, str)),
    "x\r\nset-cookie: evil=1\r\n\r\n<b>", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "'; drop table posts; --",
    "../../../../etc/passwd", "{{7*7}}${7*7}<%= 7*7 %>", "%s%n%x", "null", "undefined", "true", "-", "--", "__proto__",
    "constructor", "⁦test⁩", "Ṱ̺̺h̦̦e", "社會科學院語學研究所", "٠١٢٣٤٥٦٧٨٩", "\ufeff", "ⅷ", "𝟙𝟚", "1" * 400, "0x7f", "1_000", "1e400",
    "2026-06-12", "2026-06-12T09:30", "09:30", "99:99", "#", "#" * 3000, ",".join("abc" * 900), "\n".join("abcdefg" * 90),
    "a@b", "mailto:x@x.example", "ftp://x.example/", "https://x.example/\u202e", "//evil.example", "/\\evil.example", "~", "*",
]  # fmt: skip
NAUGHTY = SCRIPTS + [one.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for one in STRINGS]
PLAIN = [HARMLESS, "harmless", "", "7", "2026-06-12T10:00", "2026-06-12", "10:00", "https://example.org/talk", "#harmless", "a@x.example", "-1"]  # fmt: skip
LEFT_ALONE = re.compile(
    r"/(deletion|erasure\S*|sign-out\S*|leaving|closing|revocation|end|ending|off|passkeys\S*)$|/account/sessions/|/setup$|/sign-in"
)
"""What would end the walk: what is asked of it is who asks, which other tests do."""
ID = re.compile(r"[0-9a-f]{6,}|fields-\w+")


together = pytest.mark.asyncio(loop_scope="module")
patient = pytest.mark.timeout(300)
for_all = pytest_asyncio.fixture(scope="module", loop_scope="module")


@for_all
async def site(redis_server, tmp_path_factory):
    async with Site(tmp_path_factory.mktemp("fields"), redis_server.url).running() as site:
        yield site


@for_all
async def store(site):
    return site.store


@for_all
async def owner(site, store):
    return await site.browser_of(await store.people.add("Oda", owner=True), headers=ACCEPT)


async def made(store, slug):
    """Return an event with something on each page that has forms."""
    event = Event(
        slug=slug,
        title="PyCon Example",
        hashtags=("PyConEx",),
        keys=("pyconex",),
        replies="wait",
        questions="moderated",
    )
    event = replace(event, back_channels=True, transcript="names", participation=Participation(who="anybody"))
    await store.events.create(event)
    await store.sources.save(slug, SourceSettings(id="form", kind="form"))
    await store.sources.save(slug, SourceSettings(id="m", kind="mastodon", options={"servers": "x.example"}))
    await store.scenes.create(
        slug, SceneList(id="hall", name="Hall", scenes=(Scene(id="w", kind="wall"),)), now=NOW
    )
    await fill(store, event, [(number, HARMLESS) for number in range(3)])
    return event


async def walked(browser, slug):
    """Return every page of an event, and those of the whole wall, by address."""
    pages = {}
    for row in MAY:
        method, path = row.split(" ")
        if method != "GET" or path.endswith((".sse", ".zip")):
            continue
        at = path.format_map(Given(slug))
        answer = await browser.get(at)
        assert answer.status_code < 500, at
        if answer.headers.get("content-type", "").startswith("text/html"):
            pages[at] = without_base(browser, answer.text)
    return pages


class Given(dict):
    """What stands in the places of an address, where something known is there."""

    def __init__(self, slug):
        super().__init__(slug=slug, list="hall", scene="w", scene_kind="announcement", kind="words", source="m", status="approved",
                         section="settings", number="1", page="1", format="csv", dialect="slack")  # fmt: skip

    def __missing__(self, name):
        return "x"


async def sent(browser, form, data, *, onward):
    """Send a form, and return the page that answers, or that it leads `onward` to; that is never one of others."""
    if form.whole:
        answer = await browser.post(form.action, files={name: (None, each) for name, each in data.items()} or None)
    else:
        answer = await browser.post(form.action, data=data)
    if answer.status_code == 303 and (to := answer.headers["location"]).startswith("/"):
        assert not to.startswith(("//", "/\\")), form.action
        answer = await browser.get(to.partition("#")[0]) if onward else answer
    assert answer.status_code < 500, (form.action, data, answer.text[:300])
    assert answer.headers.get("location", "/").startswith("/"), form.action
    assert "evil" not in answer.cookies
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    return without_base(browser, answer.text) if is_page else ""


async def attacked(browser, slug, words, turns, look):
    """Fill every form that is on any page of an event, again and again; `look` is shown every page that comes of it.

    Returns the forms, those of pages that come of others included.
    """
    there, left = {}, []
    for path, page in (await walked(browser, slug)).items():
        left += forms(path, page)
    while left:
        form = left.pop(0)
        kind = ID.sub("…", form.action), form.typed
        if kind in there or LEFT_ALONE.search(form.action.partition("?")[0]):
            continue
        there[kind] = form
        for turn in range(turns if form.typed else 1):
            page = await sent(browser, form, form.filled(words, turn * max(1, len(form.typed))), onward=not turn)
            look(form.action, page)
            left += forms(form.action, page) if turn == 0 else []
    for path, page in (await walked(browser, slug)).items():
        look(path, page)
    return there.values()


@together
@patient
async def test_whatever_is_in_a_field_is_words_on_every_page_and_breaks_nothing(owner, store):
    known, found = {}, {}
    harmless = (await made(store, "fields-plain")).slug
    await attacked(owner, harmless, PLAIN, 1, lambda _, page: add(known, vocabulary(page)))
    event = await made(store, "fields-naughty")

    def look(path, page):
        if wrong := smuggled(page, known):
            found[path] = wrong

    filled = await attacked(owner, event.slug, NAUGHTY, 2, look)

    assert found == {}
    assert sum(len(form.typed) for form in filled) > 180, "Some pages are not walked."


def test_a_page_that_writes_a_field_as_it_came_is_found():
    page = '<form method="post" action="/x"><input name="title"><textarea name="words"></textarea></form>'
    (form,) = forms("/x", page)
    careless = f"<p>{form.filled(SCRIPTS, 0)['title']}</p>"

    assert form == Form("/x", ("title", "words"), {})
    assert smuggled(careless, vocabulary("<p>")) != []
