# ruff: noqa: F811 - fixtures of another module are known by their names
"""A secret in the address of a page, or in a form just sent, is told to nobody: not to where links lead, not in the answer."""

from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.web.test_access import MAY, OWNER, names, picture, staff  # noqa: F401
from wall.sources.registry import KINDS, source_class

KEPT_HERE = {"same-origin", "no-referrer"}
CANARY = "canary-of-a-form"
PLAIN = "plain-words"
IN_ADDRESSES = ("report_token", "token", "link", "key", "preview")
SECRETS = {
    kind: [one.name for one in source_class(kind).options if one.secret]
    for kind in KINDS
    if any(one.secret for one in source_class(kind).options)
}


def telling(headers, html, secrets):
    """Return by what a page would tell other sites its own address, or one of these secrets."""
    if headers.get("referrer-policy") not in KEPT_HERE:
        return ["referrer-policy"]
    page, found = LexborHTMLParser(html), []
    for node in page.css("[referrerpolicy], meta[name=referrer]"):
        said = node.attributes.get("referrerpolicy") or node.attributes.get("content")
        found += [f"{node.tag} {said}"] if said not in KEPT_HERE else []
    for node in page.css("[href], [src], [action], [formaction]"):
        for name in ("href", "src", "action", "formaction"):
            where = node.attributes.get(name) or ""
            away = urlsplit(where).netloc not in ("", "127.0.0.1", "testserver", "wall.example")
            found += [where] if away and any(secret in where for secret in secrets) else []
    return found


async def test_no_page_with_a_secret_in_its_address_tells_another_site(site, event, staff, names):
    browser = await site.browser_of(staff[OWNER], headers={"accept": "text/html"})
    found, seen = {}, set()
    for row in MAY:
        method, path = row.split(" ")
        secrets = [names[name] for name in IN_ADDRESSES if f"{{{name}}}" in path]
        if method != "GET" or not secrets or path.endswith(".sse"):
            continue
        answer = await browser.get(path.format(**names))
        assert answer.headers["referrer-policy"] in KEPT_HERE, path
        if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
            seen.add(path)
            if wrong := telling(answer.headers, answer.text, secrets):
                found[path] = wrong

    assert found == {}
    assert seen >= {"/{slug}/report/{report_token}", "/{slug}/embed/{token}"}


def test_a_page_that_tells_is_found():
    """The control: each way of telling is seen, and a page that does none of it is not."""
    kept = {"referrer-policy": "same-origin"}

    assert telling({}, "", []) == ["referrer-policy"]
    assert telling(kept, '<a href="https://x.example/" referrerpolicy="unsafe-url">', []) == ["a unsafe-url"]
    assert telling(kept, '<meta name="referrer" content="origin">', []) == ["meta origin"]
    assert telling(kept, '<a href="https://x.example/?t=abc">', ["abc"]) == ["https://x.example/?t=abc"]
    assert telling(kept, '<a href="/t/abc"><a href="https://x.example/">', ["abc"]) == []


@pytest.mark.parametrize("kind", SECRETS)
async def test_a_secret_of_a_source_does_not_come_back(site, event, staff, kind):
    """The control: words in the other fields of the same form, which is refused, do."""
    browser = await site.browser_of(staff[OWNER], headers={"accept": "text/html"})
    told = {one.name: PLAIN for one in source_class(kind).options} | dict.fromkeys(SECRETS[kind], CANARY)
    told["kind"] = kind

    answers = [await browser.post(f"/organise/{event.slug}/sources{end}", data=told) for end in ("", "/trial")]
    answers.append(await browser.get(f"/organise/{event.slug}"))

    assert all(answer.status_code < 500 for answer in answers)
    assert any(PLAIN in answer.text for answer in answers)
    assert [answer.url.path for answer in answers if CANARY in f"{answer.headers}{answer.text}"] == []


@pytest.mark.parametrize("field", ["passphrase", "token"])
async def test_what_lets_nobody_in_does_not_come_back(site, field):
    browser = site.browser(headers={"accept": "text/html"})

    answer = await browser.post("/sign-in", data={"name": PLAIN, field: CANARY})

    assert answer.status_code in (403, 422)
    assert CANARY not in f"{answer.headers}{answer.text}"
