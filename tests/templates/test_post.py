"""The one fragment of a post: complete, and safe whatever a post holds."""

import re

import pytest
from markupsafe import Markup

from tests.templates.views import NASTY, post
from wall.assets import folder
from wall.web.pages import templates


@pytest.fixture
def environment():
    return templates()


def picture(**more):
    return {
        "kind": "image",
        "src": "/demo/media/1.webp",
        "code": False,
        "play": None,
        "thumb": "/demo/media/1-640.webp",
        "width": 640,
        "height": 480,
        "alt": "A river",
    } | more


@pytest.fixture
def render(environment):
    return lambda **more: environment.get_template("post/_post.html").render(post=post(**more))


@pytest.mark.parametrize(("reposts", "words"), [(0, None), (1, None), (2, "2 reposts"), (1234, "1234 reposts")])
def test_how_often_a_post_was_passed_on_is_said_from_two_up(render, reposts, words):
    found = re.findall(r'<span class="post__reposts">(.*?)</span>', render(reposts=reposts))

    assert found == ([words] if words else [])


def test_a_post_whose_author_has_no_key_has_no_mark_of_one(render):
    author = {"name": "Someone", "handle": "", "avatar": None, "url": None, "key": None}

    assert 'data-author="k1"' in render()
    assert "data-author" not in render(author=author)


def test_a_post_is_one_article_with_its_id(render):
    html = render()

    assert html.startswith("<article")
    assert html.rstrip().endswith("</article>")
    assert html.count("<article") == 1
    assert 'id="post-abc"' in html


def test_text_keeps_its_language_and_direction(render):
    html = render(language="ar", html=Markup("<p>شكراً</p>"))

    assert re.search(r'class="post__text" dir="auto" lang="ar"', html)


def test_what_people_call_themselves_is_isolated(render):
    html = render(author={"name": "ليلى", "handle": "@layla", "avatar": None, "url": None, "key": "k2"})

    assert '<bdi class="post__author">ليلى</bdi>' in html
    assert '<bdi class="post__handle">@layla</bdi>' in html


@pytest.mark.parametrize(
    "fields",
    [
        {"author": {"name": NASTY, "handle": NASTY, "avatar": NASTY, "url": NASTY, "key": NASTY}},
        {"html": NASTY},
        {"warning": NASTY},
        {"language": NASTY},
        {"source": NASTY},
        {"source_url": NASTY},
        {"url": NASTY},
        {"id": NASTY},
        {"posted_at": NASTY},
        {"media": [picture(alt=NASTY, src=NASTY, thumb=NASTY)]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_no_field_becomes_markup(render, fields):
    html = render(**fields)

    assert "<script" not in html
    assert "<img src=x" not in html
    assert "49" not in html


def test_an_author_without_a_picture_or_name_has_a_mark(render):
    html = render(author={"name": "", "handle": "", "avatar": None, "url": None, "key": None})

    assert re.search(r'class="post__avatar"[^>]*>\?<', html)


def test_a_picture_keeps_its_description_and_its_room(render):
    html = render(media=[picture()])

    assert 'width="640" height="480" alt="A river"' in html
    assert "post--pictured" in html


def test_a_picture_we_could_not_keep_is_not_shown(render):
    html = render(media=[picture(src=None, thumb=None)])

    assert "<figure" not in html


def test_a_warned_post_is_folded_under_its_warning(render):
    html = render(warning="Loss of a parent", media=[picture()])

    folded = html[html.index("<details") : html.index("</details>")]
    assert "Loss of a parent" in folded
    assert "Hello" in folded
    assert "<figure" in folded


def test_a_pinned_post_says_so_in_words(render):
    html = render(pinned=True)

    assert "data-pinned" in html
    assert ">Pinned<" in html


def test_a_network_without_a_mark_of_its_own_gets_the_common_one(render):
    html = render(source="carrier pigeon")

    assert "networks.svg#other" in html
    assert "carrier pigeon" in html


def test_every_mark_that_is_asked_for_is_in_the_sprite(render):
    sprite = (folder("static") / "img" / "networks.svg").read_text(encoding="utf-8")

    for source in (
        "mastodon",
        "bluesky",
        "nostr",
        "feed",
        "form",
        "webhook",
        "irc",
        "matrix",
        "misskey",
        "telegram",
        "slack",
        "sms",
        "mail",
        "replay",
    ):
        mark = re.search(r"networks\.svg#([\w-]+)", render(source=source)).group(1)
        assert f'<symbol id="{mark}"' in sprite


def test_a_post_that_cannot_be_rendered_has_a_place(environment):
    html = environment.get_template("post/_unrenderable.html").render(post={"id": "abc"})

    assert 'id="post-abc"' in html


def test_no_template_needs_inline_script_or_style_but_one_that_the_policy_names_by_its_hash():
    for path in folder("templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8").replace("<style>{{ style.css }}</style>", "")
        assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/json\")", text), path.name
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), path.name


def test_a_video_is_a_still_and_a_link_that_says_whose_server_it_leads_to(render):
    play = {"url": "https://files.example/a.mp4?b=1&c=2", "host": "files.example"}

    html = render(media=[picture(kind="video", play=play), picture(kind="audio", src=None, thumb=None, play=play)])

    assert html.count("<img") == 1
    assert '<a class="post__start" href="https://files.example/a.mp4?b=1&amp;c=2" data-play="video"' in html
    assert "It comes from <bdi>files.example</bdi>, and is not kept here." in html
    assert "Play the recording" in html
    assert not {"<video", "<audio", "<source", "<iframe", "preload"} & set(html.replace(">", " ").split())


def test_a_picture_with_a_code_is_marked_for_the_screens(render):
    assert "data-code" in render(media=[picture(code=True)])
    assert "data-code" not in render(media=[picture()])
