import re
from dataclasses import replace

import jinja2
import pytest
from markupsafe import Markup

from tests.cast import NOW, a_decision, a_post
from wall import catalogs
from wall.catalogs import Catalog
from wall.core.moderation import Standing, Status, Verdict
from wall.store.submission import Submission
from wall.web import language
from wall.web.pages import Pages, edition, static

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def pages():
    return Pages()


def shown(post):
    return Standing(post=post, status=Status.APPROVED)


def broken(slug, standing):
    raise KeyError("nothing to see")


def test_what_people_write_is_words_and_never_markup(pages):
    html = pages.post("hall", shown(a_post(SCRIPT, content_warning=SCRIPT)))

    assert SCRIPT not in html
    assert "&lt;script&gt;" in html


def test_a_post_that_cannot_be_rendered_becomes_a_notice(pages, caplog):
    post = a_post()

    html = pages.fragment("post/_post.html", "hall", shown(post), extra=broken)

    assert isinstance(html, Markup)
    assert "cannot be shown here" in html
    assert f'id="post-{post.id}"' in html
    assert "cannot be rendered" in caplog.text


def test_a_post_is_rendered_once_for_as_long_as_it_stays_as_it_is(monkeypatch):
    pages = Pages()
    rendered = []
    monkeypatch.setattr(pages, "render", lambda template, **context: rendered.append(context) or "<article>")
    post = a_post()

    for standing in (shown(post), shown(replace(post)), replace(shown(post), version=2, decided_by="mia")):
        assert pages.post("hall", standing) == "<article>"

    assert len(rendered) == 1


def test_a_post_says_where_it_is_from_in_every_language_it_is_read_in(pages, monkeypatch):
    monkeypatch.setattr(
        catalogs, "catalog", lambda code: Catalog({"Written here": (f"Written in {code}",)}, lambda number: 0)
    )
    post = a_post()
    post = replace(post, source=replace(post.source, kind="form"))

    for code in ("fr", "de"):
        with language.speaking(code):
            assert f"Written in {code}" in pages.post("hall", shown(post))


def test_a_post_that_was_edited_or_pinned_or_is_of_another_event_is_rendered_anew(pages):
    post = a_post("Before")
    before = pages.post("hall", shown(post))

    edited = pages.post("hall", shown(replace(post, text="After")))
    pinned = pages.post("hall", replace(shown(post), pinned=True))
    elsewhere = pages.post("other", shown(post))

    assert "Before" in before
    assert "Before" not in edited
    assert "After" in edited
    assert "Pinned" in pinned
    assert "/other/post/" in elsewhere


def test_only_so_many_rendered_posts_are_kept(monkeypatch):
    monkeypatch.setattr("wall.web.pages.MOST_KEPT", 2)
    pages = Pages()

    for _ in range(5):
        pages.post("hall", shown(a_post()))

    assert len(pages.kept) == 2


async def test_one_post_that_cannot_be_rendered_takes_no_page_down(site, monkeypatch, store, event, caplog):
    bad, good = a_post("Bad #PyConEx"), a_post("Good #PyConEx")
    through = Verdict(status=Status.APPROVED)
    await store.posts.submit(event.slug, [Submission(one, through) for one in (bad, good)], now=NOW)
    view = site.services["pages"].fragment.__globals__["post_view"]

    def choosy(slug, standing):
        return broken(slug, standing) if standing.post.id == bad.id else view(slug, standing)

    monkeypatch.setattr("wall.web.pages.post_view", choosy)
    answers = [await site.browser().get(f"/{event.slug}{path}") for path in ("", "/feed?view=html")]

    for answer in answers:
        assert answer.status_code == 200
        assert "Good" in answer.text
        assert "cannot be shown here" in answer.text


async def test_one_card_that_cannot_be_rendered_takes_no_desk_down(site, monkeypatch, mia, event, waiting, caplog):
    monkeypatch.setattr("wall.web.pages.post_view", broken)
    browser = await site.browser_of(mia)

    page = await browser.get(f"/{event.slug}/moderate")

    assert page.status_code == 200
    assert "cannot be shown here" in page.text


def test_a_name_that_a_template_lacks_is_an_error_and_no_blank(pages):
    with pytest.raises(jinja2.UndefinedError):
        pages.render("errors/error.html", status=404)


def test_assets_have_addresses_that_change_with_their_content(monkeypatch, tmp_path):
    before = static("css/base.css")
    (tmp_path / "base.css").write_text("a {}")
    monkeypatch.setattr("wall.web.pages.folder", lambda name: tmp_path)
    edition.cache_clear()
    one = edition()
    (tmp_path / "base.css").write_text("b {}")
    edition.cache_clear()

    try:
        assert one != edition()
        assert before == f"/static/{before.split('/')[2]}/css/base.css"
    finally:
        edition.cache_clear()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_a_request_of_another_kind_is_refused_in_words(site, event, method):
    answer = await site.browser().request(method, f"/{event.slug}")

    assert answer.status_code == 405
    assert "does not take that kind" in answer.json()["error"]["message"]


async def test_a_decision_that_comes_too_late_is_told_in_the_one_shape(site, store, event, mia, waiting):
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)
    browser = await site.browser_of(mia)

    answer = await browser.post(
        f"/{event.slug}/moderate/decisions",
        json={"id": "decision1", "post": waiting.post.id, "kind": "approve", "version": 1, "hash": ""},
    )

    assert answer.json()["error"].keys() == {"code", "message", "by", "at", "status", "version"}


TOLD = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@pytest.mark.parametrize("path", ["/{slug}", "/{slug}/screen", "/{slug}/moderate", "/organise/{slug}", "/sign-in"])
async def test_a_page_needs_a_few_files_and_each_of_them_is_there(site, event, path):
    browser = await site.browser_of(await site.store.people.add("Oda", owner=True))

    page = await browser.get(path.format(slug=event.slug))

    assets = TOLD.findall(page.text)
    assert page.status_code == 200
    assert 2 < len(assets) < 12
    assert {(await browser.get(asset)).status_code for asset in assets} == {200}
