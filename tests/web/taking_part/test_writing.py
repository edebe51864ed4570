"""What people may send, in the room and from afar, and where it says that they are."""

import io

import pytest
from PIL import Image

from tests.cast import NOW, a_decision
from tests.pictures import plain, png_claiming
from wall.web.join import MAX_PICTURE


async def test_anybody_writes_from_afar_and_the_post_waits(ana, send, waiting_posts):
    answer = await send(ana, place="remote")

    (standing,) = await waiting_posts()
    assert "Thank you." in answer.text
    assert (standing.post.text, standing.post.place) == ("Hello from afar", "remote")


async def test_name_and_place_are_said_once_and_kept(store, event, ana, send):
    await send(ana, place="room")

    page = await ana.get(f"/{event.slug}/join")

    assert 'name="name" value="Ana"' in page.text
    assert 'value="room" checked' in page.text


async def test_where_somebody_is_stands_on_the_post_for_everybody(site, store, event, ana, send, waiting_posts):
    await send(ana, place="remote")
    (standing,) = await waiting_posts()
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    browser = site.browser()
    page, feed = await browser.get(f"/{event.slug}"), await browser.get(f"/{event.slug}/feed")

    assert "from afar" in page.text
    assert [post["place"] for post in feed.json()["posts"]] == ["remote"]


async def test_a_place_that_there_is_not_is_refused(ana, send, waiting_posts):
    answer = await send(ana, place="moon")

    assert answer.status_code == 422
    assert await waiting_posts() == []


async def test_a_picture_comes_with_what_it_shows_and_without_what_its_file_says(site, ana, send, waiting_posts):
    told = Image.Exif()
    told[0x010F] = "Secret camera"
    data = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(data, "JPEG", exif=told)

    await send(ana, picture=data.getvalue(), alt="A green wall")

    (standing,) = await waiting_posts()
    (media,) = standing.post.media
    kept = site.services["pictures"].open(media.picture.id, "screen").read_bytes()
    assert (media.alt, media.problem, media.picture.width) == ("A green wall", None, 80)
    assert b"Secret camera" in data.getvalue()
    assert b"Secret camera" not in kept
    assert kept[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "data",
    [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", plain()[:60], png_claiming(30_000, 30_000)],
)
async def test_what_is_no_picture_is_refused_in_words_and_the_words_stay(ana, send, waiting_posts, data):
    answer = await send(ana, "My words", picture=data)

    assert answer.status_code == 422
    assert "send your words alone" in answer.text
    assert "My words</textarea>" in answer.text
    assert await waiting_posts() == []


async def test_a_picture_of_eight_megabytes_is_read_and_a_larger_one_is_not(ana, send, waiting_posts):
    largest = await send(ana, picture=plain().ljust(MAX_PICTURE, b"\0"))
    larger = await send(ana, picture=b"x" * (MAX_PICTURE + 1))
    far_larger = await send(ana, picture=b"x" * (2 * MAX_PICTURE))

    assert largest.status_code == 200
    assert (larger.status_code, far_larger.status_code) == (422, 413)
    assert "larger than 8 MB" in larger.text
    assert "larger than 8 MB" in far_larger.text
    assert len(await waiting_posts()) == 1


async def test_who_may_not_take_part_sends_no_megabytes_either(site, event, send):
    stranger = site.browser()

    answer = await send(stranger, "My words", picture=b"x" * 1_000_000)

    assert answer.status_code == 403
    assert "My words" not in answer.text


async def test_a_reply_answers_the_post_it_was_written_under(store, event, approved, ana, send, waiting_posts):
    page = await ana.get(f"/{event.slug}/join", params={"reply": approved.post.id})

    await send(ana, "It is here.", reply=approved.post.id)

    (standing,) = await waiting_posts()
    assert f'name="reply" value="{approved.post.id}"' in page.text
    assert standing.post.reply_to == approved.post.uid
    assert [one.post.text for one in await store.threads.replies(event.slug, approved.post.id)] == ["It is here."]


@pytest.mark.parametrize("id", ["nothing", "x" * 5000, "../feed", "ü"])
async def test_what_is_not_on_the_wall_is_not_answered(event, waiting, ana, send, waiting_posts, id):
    answers = [await send(ana, reply=one) for one in (id, waiting.post.id)]
    page = await ana.get(f"/{event.slug}/join", params={"reply": waiting.post.id})

    assert [one.status_code for one in answers] == [422, 422]
    assert "Hello from the hall" not in page.text
    assert len(await waiting_posts()) == 1


async def test_a_form_sent_twice_in_slow_mode_is_one_post_and_no_complaint(rule, ana, send, waiting_posts):
    await rule(slow_seconds=60)

    answers = [await send(ana, nonce="a" * 32) for _ in range(2)]

    assert ["Thank you." in one.text for one in answers] == [True, True]
    assert len(await waiting_posts()) == 1


@pytest.mark.parametrize(
    ("who", "offered"), [("anybody", True), ("mail", True), ("room", False), ("nobody", False)]
)
async def test_the_live_page_offers_to_write_and_to_answer_where_one_may(
    site, event, rule, approved, who, offered
):
    await rule(who=who)

    for path in ("", f"/post/{approved.post.id}"):
        page = (await site.browser().get(f"/{event.slug}{path}")).text
        assert (" live__main--answers" in page) is offered
        assert (f'href="/{event.slug}/join">Take part' in page) is offered
