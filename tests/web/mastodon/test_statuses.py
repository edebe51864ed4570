"""What every status must have so that fediwall, mastowall and TagzApp draw it: from research, and from no code of theirs."""

import re
from dataclasses import replace

import pytest

from tests.pictures import plain
from wall.core.post import Author, Media, SourceRef, Span

HOSTILE = '"><img src=x onerror=alert(1)>'
ROOT, BELOW = "/api/v1/timelines/tag/PyConEx", "/e/{slug}/api/v1/timelines/tag/PyConEx"


@pytest.fixture
async def picture(site):
    return await site.services["pictures"].keep_bytes(plain(), kind="photo")


def an_author(**fields):
    return Author(**{"uid": "x:1", "handle": "ana", "name": "Ana", **fields})


async def the_one(program, **query):
    (status,) = await program.posts(**query)
    return status


async def test_a_status_has_every_field_that_clients_stumble_without(program, show):
    await show("Hello <b>all</b> #PyConEx")

    status = await the_one(program)

    assert re.fullmatch(r"\d{19}", status["id"])
    assert status["uri"].startswith("https://social.example/notes/")
    assert status["visibility"] == "public"
    assert status["created_at"] == "2026-06-12T09:30:00.000Z"
    assert status["content"] == "<p>Hello &lt;b&gt;all&lt;/b&gt; #PyConEx</p>"
    assert (status["emojis"], status["account"]["emojis"], status["media_attachments"]) == ([], [], [])
    assert status["tags"][0]["name"] == "pyconex"
    assert {"reblog", "in_reply_to_id", "card", "language", "poll"} <= {
        name for name, value in status.items() if value is None
    }
    assert (status["sensitive"], status["spoiler_text"]) == (False, "")


async def test_an_account_has_every_field_that_clients_stumble_without(program, show):
    await show()

    account = (await the_one(program))["account"]

    assert account["id"].isdigit()
    assert (account["acct"], account["username"], account["display_name"]) == (
        "alice@social.example",
        "alice",
        "Alice",
    )
    assert account["note"] == ""
    assert (account["bot"], account["suspended"], account["limited"]) == (False, False, False)
    assert all(account[name].startswith("http") for name in ("url", "avatar", "avatar_static"))


@pytest.mark.parametrize(
    ("kind", "handle", "acct"),
    [
        ("mastodon", "@bo@other.example", "bo@other.example"),
        ("bluesky", "bo.bsky.social", "bo.bsky.social@bsky.app"),
        ("nostr", "npub1xyz", "npub1xyz@nostr"),
        ("irc", "bo", "bo@irc"),
        ("feed", "blog.example", "blog.example@feed"),
        ("form", "", "guest@127.0.0.1"),
        ("webhook", "b@o@x", "b.o@x"),
        ("webhook", "@", "guest@127.0.0.1"),
    ],
)
async def test_a_name_has_one_at_sign_in_it_whatever_network_it_is_of(program, show, kind, handle, acct):
    await show(author=an_author(handle=handle), source=SourceRef(id="s", kind=kind))

    assert (await the_one(program))["account"]["acct"] == acct


async def test_two_posts_of_an_author_are_of_one_account(program, show):
    await show(), await show()

    one, two = await program.posts()

    assert one["account"]["id"] == two["account"]["id"]
    assert one["id"] != two["id"]


async def test_two_who_gave_no_name_are_two(program, show):
    nobody = an_author(handle="", name="Someone")
    await show(author=nobody), await show(author=nobody)

    one, two = await program.posts()

    assert one["account"]["id"] != two["account"]["id"]


async def test_a_reply_says_which_status_it_answers(program, show):
    answered = await show()
    await show(reply_to=answered.post.uid)
    await show(reply_to="ap:https://elsewhere.example/1")

    elsewhere, reply, first = await program.posts()

    assert reply["in_reply_to_id"] == first["id"]
    assert elsewhere["in_reply_to_id"].isdigit()
    assert first["in_reply_to_id"] is None


async def test_no_address_can_leave_its_attribute(program, show):
    url = f"https://x.example/{HOSTILE}".replace(" ", "%20")
    await show(HOSTILE, url=url, author=an_author(url=url))

    status = await the_one(program)

    addresses = (status["url"], status["uri"], status["account"]["url"], status["account"]["avatar"])
    assert not any(set(one) & set("\"'<> ") for one in addresses)
    assert "<img" not in status["content"]


async def test_an_address_that_is_no_web_address_leads_to_our_own_page(program, show, event):
    standing = await show(url="javascript:alert(1)", uid="nostr:abc")

    status = await the_one(program)

    assert status["url"] == status["uri"] == f"http://127.0.0.1/{event.slug}/post/{standing.post.id}"


async def test_pictures_are_our_own_copies_in_the_size_of_walls_and_open_to_other_sites(program, show, picture):
    media = Media(kind="image", url="https://x.example/a.png", picture=picture, alt="Boats")
    await show(media=(media,), author=an_author(avatar=picture))

    status = await the_one(program)
    (attached,) = status["media_attachments"]
    answers = [await program.get(one) for one in (attached["url"], status["account"]["avatar"])]

    assert attached["url"].endswith("/screen")
    assert (attached["type"], attached["description"]) == ("image", "Boats")
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["cross-origin-resource-policy"] for answer in answers} == {"cross-origin"}


async def test_a_picture_leaves_with_its_post(program, show, act, picture):
    standing = await show(media=(Media(kind="image", url="https://x.example/a.png", picture=picture),))
    url = (await the_one(program))["media_attachments"][0]["url"]

    await act("remove", standing)
    await program.heard()

    assert (await program.get(url)).status_code == 404


async def test_sounds_and_what_we_have_no_picture_of_are_left_out_and_a_video_is_its_still(program, show, picture):
    url = "https://x.example/a"
    await show(
        media=(
            Media(kind="audio", url=url, picture=picture),
            Media(kind="image", url=url, problem="too large"),
            Media(kind="video", url=url, preview_url=url, picture=picture),
        )
    )

    (attached,) = (await the_one(program))["media_attachments"]

    assert attached["type"] == "image"


async def test_a_picture_with_a_code_in_it_is_shown_where_screens_show_it(program, show, store, event, picture):
    await show(media=(Media(kind="image", url="https://x.example/a", picture=replace(picture, codes=("x",))),))

    hidden = (await the_one(program))["media_attachments"]
    await store.events.change(event.slug, lambda before: replace(before, show_codes=True))
    shown = (await the_one(program))["media_attachments"]

    assert (len(hidden), len(shown)) == (0, 1)


async def test_an_emoji_stays_a_shortcode_with_its_picture_beside(program, show, picture):
    emoji = Media(kind="image", url="https://x.example/p.png", picture=picture)
    await show("Hi :parrot: #PyConEx", spans=(Span(3, 11, "emoji", "parrot"),), emojis={"parrot": emoji})

    status = await the_one(program)

    assert ":parrot:" in status["content"]
    assert status["emojis"][0]["shortcode"] == "parrot"
    assert (await program.get(status["emojis"][0]["url"])).status_code == 200


@pytest.mark.parametrize("fields", [{"sensitive": True}, {"content_warning": "Spiders"}])
async def test_what_is_sensitive_is_marked_at_the_root_and_left_out_below(program, show, event, fields):
    await show(**fields)

    marked = await the_one(program)

    assert marked["sensitive"] is True
    assert marked["spoiler_text"] == fields.get("content_warning", "")
    assert await program.posts(BELOW.format(slug=event.slug)) == []


async def test_what_only_moderators_know_is_in_no_answer(program, show, store, event):
    await show(author=an_author(uid="secret:uid"), reposted_by=("@team@x.example",))

    told = (await program.get(ROOT)).text

    assert not [one for one in ("secret:uid", "@team@x.example", "trusted", "decided") if one in told]
