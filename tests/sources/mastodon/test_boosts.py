import pytest
from starlette.responses import JSONResponse

from tests.sources.fediverse import boost, fediverse, status
from tests.sources.world import EVENT, healths, posts, until
from wall.errors import InvalidInput
from wall.sources.mastodon.source import Mastodon


class Fast(Mastodon):
    poll_seconds = sweep_seconds = boosts_seconds = (0.02, 0.03)
    longest_wait_seconds = 0.05


def marked(events):
    return [post for post in posts(events) if post.reposted_by]


@pytest.fixture
def source(world):
    def of(server, **options):
        return Fast(world(servers=server.address, boosters=f"@Team@{server.host}", **options))

    return of


async def test_a_boost_of_the_team_marks_the_post_that_polling_found(source):
    async with fediverse(status(1)) as server:
        server.accounts["team"] = []

        def boosted(events):
            if posts(events):
                server.accounts["team"] = [boost(status(1))]
            return marked(events)

        events = await until(source(server), boosted)

    assert [post.id for post in marked(events)] == [posts(events)[0].id]
    assert marked(events)[0].reposted_by == (f"team@{server.host}",)


async def test_a_boost_brings_a_post_that_polling_did_not_find(source):
    async with fediverse() as server:
        server.accounts["team"] = [boost(status(1))]

        events = await until(source(server), marked)

    assert [post.text for post in marked(events)] == ["Hello #PyConDE"]


@pytest.mark.parametrize(("option", "wanted"), [("no", False), ("yes", True)])
async def test_a_boost_of_a_post_without_the_hashtag_counts_where_all_do(source, option, wanted):
    async with fediverse() as server:
        server.accounts["team"] = [boost(status(1, "Nothing named", tags=[]))]

        events = await until(source(server, boosts=option), marked)

    assert [EVENT.wants(post) for post in marked(events)] == [wanted]


async def test_old_boosts_the_team_s_own_words_and_private_posts_do_not_count(source):
    async with fediverse() as server:
        server.accounts["team"] = [
            boost(status(4)),
            boost(status(3), at="2026-11-20T10:00:00Z"),
            boost(status(2, visibility="private")),
            status(1),
            {"reblog": "broken", "created_at": "2026-11-22T09:59:00Z"},
            None,
        ]

        events = await until(source(server), lambda events: marked(events) and "boosts" in str(healths(events)))

    assert [post.uid[-1] for post in posts(events)] == ["4"]


async def test_an_account_that_there_is_not_is_told_in_words(source):
    async with fediverse(status(1)) as server:
        events = await until(source(server), lambda events: "degraded" in str(healths(events)) and posts(events))

    assert f"{server.host} knows nobody called @team@{server.host}." in str(healths(events))


async def test_trouble_with_boosts_leaves_the_rest_alone(source):
    async with fediverse(status(1)) as server:
        server.answers["lookup"] = JSONResponse({"error": "oops"}, status_code=503)

        events = await until(source(server), lambda events: posts(events) and "503" in str(healths(events)))
        server.answers.clear()

    assert "degraded" in [state for state, _ in healths(events)]


def test_an_account_is_asked_for_at_home(world):
    source = Fast(world(servers="a.example b.example", boosters="@team@b.example, @org@c.example"))

    assert {handle: server.address for handle, server in source.boosters.items()} == {
        "team@b.example": "https://b.example",
        "org@c.example": "https://c.example",
    }


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"boosters": "team"}, "boosters"),
        ({"boosters": "@team@nowhere"}, "boosters"),
        ({"boosters": "@team@a.example:x"}, "boosters"),
        ({"boosters": " ".join(f"@{name}@a.example" for name in "abcdef")}, "boosters"),
        ({"boosts": "perhaps"}, "boosts"),
    ],
)
def test_options_of_boosts_that_cannot_be_used_are_named(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Mastodon.check({"servers": "a.example", **options})

    assert refusal.value.field == field


def test_handles_may_be_written_in_many_ways():
    checked = Mastodon.check({"servers": "a.example", "boosters": "Team@A.example,\n@team@a.example"})

    assert checked["boosters"] == "@team@a.example"
