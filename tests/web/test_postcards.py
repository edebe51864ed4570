import io
import json
from dataclasses import replace

import pytest
from PIL import Image

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.circle import RULE
from tests.pictures import plain
from wall.core.brand import Brand
from wall.core.markup import from_text
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, SourceRef
from wall.media import postcards as drawing
from wall.store.submission import Submission
from wall.web import postcards
from wall.web.postcards import of_look, of_post, set_in_type, without_own_tags


@pytest.fixture
def card(site, event):
    async def card(path, **headers):
        return await site.browser().get(f"/{event.slug}/{path}", headers=headers)

    return card


@pytest.fixture
def said(site, event):
    """Return what is said on the picture of a post."""

    def said(post, **changed):
        return of_post(replace(event, **changed), post, site.services["pictures"])

    return said


@pytest.fixture
async def photo(site):
    picture = await site.services["pictures"].keep_bytes(plain(), kind="photo")
    return Media(kind="image", url="https://far.example/a.png", picture=picture)


async def test_a_post_on_the_wall_has_a_picture_of_the_size_that_all_want(card, approved):
    answer = await card(f"post/{approved.post.id}/card.png")

    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


async def test_a_removed_post_has_no_picture_though_it_was_drawn_and_is_had_elsewhere(
    store, event, card, approved
):
    path = f"post/{approved.post.id}/card.png"
    drawn = await card(path)
    known = {"if-none-match": drawn.headers["etag"]}
    assert (await card(path, **known)).status_code == 304

    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert (await card(path, **known)).status_code == 404
    assert drawn.headers["cache-control"] == "no-cache"


async def test_a_post_that_leaves_the_wall_while_it_is_drawn_is_not_shown(
    store, event, card, approved, monkeypatch
):
    draw = drawing.drawn

    async def outrun(said):
        await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
        return await draw(said)

    monkeypatch.setattr(drawing, "drawn", outrun)

    assert (await card(f"post/{approved.post.id}/card.png")).status_code == 404


async def test_a_post_that_waits_is_not_drawn(card, waiting):
    assert (await card(f"post/{waiting.post.id}/card.png")).status_code == 404


async def test_a_picture_is_drawn_once_however_many_ask(card, approved, monkeypatch):
    drawings = []
    draw = drawing.drawn

    async def counted(said):
        drawings.append(said)
        return await draw(said)

    monkeypatch.setattr(drawing, "drawn", counted)
    for path in [f"post/{approved.post.id}/card.png"] * 3:
        assert (await card(path)).status_code == 200

    assert len(drawings) == 1


async def test_an_edit_makes_another_picture(store, event, card, approved):
    path = f"post/{approved.post.id}/card.png"
    before = await card(path)

    edited = replace(approved.post, text="Hello from the attic #PyConEx")
    await store.posts.edit(event.slug, Submission(edited, Verdict(status=Status.APPROVED)), now=NOW)

    assert (await card(path)).headers["etag"] != before.headers["etag"]


async def test_the_look_of_the_event_makes_another_picture(store, event, card, approved):
    path = f"post/{approved.post.id}/card.png"
    before = await card(path)

    await store.brands.put(event.slug, Brand(theme="newspaper"), now=NOW)

    assert (await card(path)).headers["etag"] != before.headers["etag"]


async def test_who_has_too_many_drawn_is_told_to_wait_and_keeps_what_is_drawn(card, approved, monkeypatch):
    path = f"post/{approved.post.id}/card.png"
    await card(path)
    monkeypatch.setattr(postcards, "MOST_DRAWN", 0)

    assert (await card(path)).status_code == 200
    other = await card("card.png")
    assert (other.status_code, other.headers["retry-after"]) == (429, "60")


async def test_an_event_has_a_picture_and_a_circle_has_none(store, event, card, approved):
    assert (await card("card.png")).status_code == 200

    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

    assert (await card("card.png")).status_code == 403
    assert (await card(f"post/{approved.post.id}/card.png")).status_code == 403


async def test_of_a_post_with_a_warning_the_warning_is_drawn_and_no_picture(said, photo):
    post = a_post("Eight legs", content_warning="Spiders", sensitive=True, media=(photo,))

    told = said(post)

    assert (told["words"], told["picture"]) == ("Spiders", None)
    assert "Eight legs" not in json.dumps(told)
    assert said(replace(post, content_warning=None))["words"] == "Marked as sensitive by its author"


async def test_a_picture_with_a_code_is_drawn_only_where_screens_show_those(said, photo):
    coded = replace(photo, picture=replace(photo.picture, codes=("https://far.example",)))
    author = replace(ALICE, avatar=coded.picture)
    post = a_post(media=(coded,), author=author)

    assert (said(post)["picture"], said(post)["face"]) == (None, None)
    assert said(post, show_codes=True)["picture"]


async def test_what_is_asked_is_marked_as_a_question(said):
    assert said(a_post("Why?", source=SourceRef(id="q", kind="question")))["label"] == "Question"


async def test_links_are_as_short_as_they_are_read_and_the_hashtag_above_is_not_said_again(said):
    marked = from_text("See https://www.example.org/a/very/long/address/that/goes/on #Other #PyConEx")

    words = said(a_post(marked.text, spans=marked.spans))["words"]

    assert words == "See www.example.org/a/very/long/add… #Other"


async def test_a_post_that_is_all_hashtag_keeps_it(event):
    assert without_own_tags(event, "#PyConEx") == "#PyConEx"
    assert without_own_tags(event, "So #PyConEx is it") == "So #PyConEx is it"


NASTY = [
    "", "\n\n", "a" * 20_000, "Z" + "\u0300" * 2_000, "\u202eabc\u2066", "\ufffe\U000f1234", "👩‍👩‍👧‍👦" * 300, "ﷺ" * 300,
    "مرحبا" * 200, "漢" * 900, "ஈழம்", "\U0001f3fb\ufe0f\u20e3", "ก" * 400, "كان hello 123 שלום 世界 🎉 हिन्दी ไทย",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_whatever_is_said_there_is_a_picture(event, said, text):
    author = replace(ALICE, name=text[:80], handle=text[:80])
    told = said(a_post(text, author=author)) | of_look(event, Brand(theme="contrast"))

    picture = await drawing.drawn(set_in_type(told, Brand(theme="contrast"), {}))

    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
