from dataclasses import replace

import pytest

from tests.pictures import plain
from wall.core.sponsors import Sponsor

LOOKUP = "/api/v1/accounts/lookup"


async def named(program, name, road=""):
    await program.heard()
    return await program.get(road + LOOKUP, params={"acct": name})


async def said(program, name, road="", **query):
    """Return what an account says."""
    account = (await named(program, name, road)).json()
    return await program.posts(f"{road}/api/v1/accounts/{account['id']}/statuses", **query)


@pytest.mark.parametrize("name", ["wall", "pinned", "sponsors", "@wall", "wall@127.0.0.1", "WALL"])
async def test_the_walls_own_accounts_are_found_by_their_first_names(program, name):
    account = (await named(program, name)).json()

    assert account["id"].isdigit()
    assert account["bot"] is False  # fediwall leaves out those of bots
    assert account["display_name"] == "PyCon Example"


@pytest.mark.parametrize("name", ["", "nobody", "wall@elsewhere.example", "@", "a" * 5000, "alice"])
async def test_who_is_not_on_the_wall_is_not_found(program, show, name):
    await show()

    answer = await named(program, name)

    assert answer.status_code == 404
    assert isinstance(answer.json()["error"], str)


async def test_an_author_is_found_while_a_post_of_theirs_is_on_the_wall(program, show, act):
    standing = await show("Hello #PyConEx")

    on, posts = await named(program, "alice@social.example"), await said(program, "alice@social.example")
    shown = await program.get(f"/api/v1/accounts/{on.json()['id']}")
    await act("remove", standing)
    off = await named(program, "alice@social.example")
    gone = await program.get(f"/api/v1/accounts/{on.json()['id']}/statuses")

    assert shown.json() == on.json()
    assert [one["account"] for one in posts] == [on.json()]
    assert (off.status_code, gone.status_code) == (404, 404)


async def test_the_account_of_the_wall_says_all_that_is_on_it(program, show, act, event):
    await act("pin", await show("one #PyConEx"))
    await show("two #PyConEx")

    root, below = await said(program, "wall"), await said(program, "wall", f"/e/{event.slug}")

    assert [bool(one["reblog"]) for one in root] == [True, False, False]
    assert [bool(one["reblog"]) for one in below] == [False, False]


async def test_the_account_of_pins_says_what_is_pinned(program, show, act, event):
    await act("pin", await show("one #PyConEx"))
    await show("two #PyConEx")

    (passed_on,) = await said(program, "pinned")
    (plain,) = await said(program, "pinned", exclude_reblogs="True")
    (below,) = await said(program, "pinned", f"/e/{event.slug}")

    assert passed_on["reblog"] == plain
    assert (plain["reblog"], below["reblog"]) == (None, None)


async def test_the_account_of_sponsors_shows_their_logos_as_of_the_full_hour(program, site, store, event):
    logo = await site.services["pictures"].keep_bytes(plain(), kind="logo")
    for id, shown in (("a", logo), ("b", None)):
        sponsor = Sponsor(id=id, name=f"<{id}>", tier="Gold", logo=shown)
        await store.sponsors.change(event.slug, lambda before, one=sponsor: before.added(one), now=site.time)

    first, second = await said(program, "sponsors")

    assert first["content"] == "<p>&lt;a&gt; · Gold</p>"
    assert first["created_at"] == "2026-06-12T09:00:00.000Z"
    assert second["created_at"] < first["created_at"]
    assert second["media_attachments"] == []
    assert (await program.get(first["media_attachments"][0]["url"])).status_code == 200


async def test_there_are_no_accounts_where_no_event_is_open(site, program, store, event):
    await store.events.change(event.slug, lambda before: replace(before, mastodon_api=False))

    assert (await named(program, "wall")).status_code == 404
