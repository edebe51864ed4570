import re
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.circle import RULE
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission
from wall.web import sharing

META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')


@pytest.fixture
def told(site, event):
    """Return what a page says of itself."""

    async def told(path=""):
        answer = await site.browser().get(f"/{event.slug}{path}", headers={"accept": "text/html"})
        return dict(META.findall(answer.text))

    return told


async def test_the_page_of_a_post_says_who_said_what_and_shows_its_picture(site, told, approved):
    page = await told(f"/post/{approved.post.id}")

    assert page["og:title"] == "Alice at PyCon Example"
    assert page["og:description"] == "Hello from the hall #PyConEx"
    assert page["twitter:card"] == "summary_large_image"
    assert (page["og:image:width"], page["og:image:height"]) == ("1200", "630")
    assert (await site.browser().get(page["og:image"])).headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["", "/sessions", "/stories"])
async def test_other_pages_show_the_picture_of_the_event(site, told, path):
    page = await told(path)

    assert page["og:site_name"] == "PyCon Example"
    assert (await site.browser().get(page["og:image"])).status_code == 200


async def test_what_hides_behind_a_warning_is_in_no_preview(store, event, told):
    post = a_post("Eight legs #PyConEx", content_warning='Spiders "huge"')
    await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)

    page = await told(f"/post/{post.id}")

    assert page["og:description"] == "Spiders &#34;huge&#34;"
    assert "Eight legs" not in str(page)


async def test_what_left_the_wall_says_nothing(store, event, told, approved):
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    page = await told(f"/post/{approved.post.id}")

    assert not [name for name in page if name.startswith("og:")]


def test_a_circle_says_nothing_of_itself(event):
    circle = replace(event, circle=RULE)

    assert sharing.shared(None, circle, "/x", title="x", description="x") is None
