"""While Redis is away, everybody asks for everything: nobody is let in, nothing is done, and no answer says what broke."""

from collections import defaultdict

import pytest_asyncio

from tests.web.site import Site
from tests.web.test_access import MAY

# What is the same for everybody, of no event, and asks no store.
SERVED = {
    "GET /api",
    "GET /healthz",
    "GET /healthz/reached",
    "GET /metrics",
    "GET /openapi.json",
    "GET /screen",
    "GET /screen/worker.js",
    "GET /static/{edition}/css/base.css",
    *(f"GET /{{slug}}/{door}" for door in ("circle/enter", "overlay/open", "screen/open", "stage/open")),
}
COOKIES = {"cookie": "session=anything; participant=anything; circle-x=anything; screen-x=anything"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answers(tmp_path_factory):
    """What every route answers somebody who holds cookies of every kind, by row, and where Redis should be."""
    folder = tmp_path_factory.mktemp("away")
    given = defaultdict(lambda: "x", token="x" * 32, number="1", page="1")
    found = {}
    async with Site(folder, f"unix://{folder}/nothing.sock").running() as site:
        browser = site.browser(headers={"accept": "text/html", **COOKIES})
        for row in MAY:
            method, path = row.split(" ")
            if not path.endswith(".sse"):
                found[row] = await browser.request(method, path.format_map(given))
    return folder, found


def test_nothing_is_done_and_nobody_is_let_in(answers):
    _, found = answers

    assert {row for row, answer in found.items() if answer.status_code < 400} == SERVED


def test_no_answer_says_what_broke(answers):
    folder, found = answers
    told = (str(folder), "nothing.sock", "Traceback", "Error 2")

    assert [row for row, answer in found.items() for word in told if word in answer.text] == []
    assert [row for row, answer in found.items() if answer.status_code == 500] == []


async def test_with_redis_what_failed_so_is_served(site, event):
    """The control: a page of somebody's event is not among what is always served."""
    assert (await site.browser().get(f"/{event.slug}")).status_code == 200
