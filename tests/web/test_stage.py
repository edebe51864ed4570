from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.web.hall import run, scene
from wall.core.moderation import Verdict
from wall.core.programme import Session
from wall.core.stage import Stage
from wall.store.posts import Submission

ID = "abcdefgh"


@pytest.fixture
async def desk(site, event, mia):
    """Mia's word to the stage."""
    browser = await site.browser_of(mia)

    async def acts(**act):
        return await browser.post(f"/{event.slug}/moderate/stage", json=act)

    return acts


@pytest.fixture
async def stage(site, event):
    """The browser of a stage view."""
    return (await site.browser_of_screen(event.slug, "stage"))[0]


async def state_of(stage, event):
    return (await stage.get(f"/{event.slug}/stage/state")).json()


async def put_up(site, event, *texts):
    posts = [a_post(text) for text in texts]
    for post in posts:
        await site.store.posts.submit(event.slug, [Submission(post, Verdict())], now=site.time)
        waiting = await site.store.posts.get(event.slug, post.id)
        await site.store.posts.decide(event.slug, a_decision("approve", waiting), now=site.time)
    return posts


async def test_a_stage_is_told_questions_apart_from_the_rest_and_nothing_that_waits(site, event, stage, waiting):
    await put_up(site, event, "Will there be slides? #PyConEx", "What a talk #PyConEx")

    told = await state_of(stage, event)

    assert [len(told[part]) for part in ("questions", "shown")] == [1, 1]
    assert "slides" in told["questions"][0]["html"]
    assert waiting.post.id not in str(told)


async def test_what_the_desk_says_is_seen_once_a_stage_says_that_it_painted_it(site, store, event, desk, stage):
    await desk(act="tell", id=ID, text="  5 minutes\n")
    told = await state_of(stage, event)

    await stage.post(f"/{event.slug}/stage/seen", json={"ids": [ID]})

    assert told["messages"] == [{"id": ID, "text": "5 minutes", "seen": False}]
    ((message,), ends_at) = (await store.outputs.stage(event.slug)).messages, None
    assert (message.seen_at, message.by_name, ends_at) == (site.time, "Mia", None)


async def test_staff_who_look_at_a_stage_confirm_nothing(site, store, event, mia, desk):
    await desk(act="tell", id=ID, text="5 minutes")
    browser = await site.browser_of(mia)

    answer = await browser.post(f"/{event.slug}/stage/seen", json={"ids": [ID]})

    assert answer.status_code == 204
    assert (await store.outputs.stage(event.slug)).messages[0].seen_at is None


async def test_a_message_sent_twice_stands_there_once_and_is_taken_away_once(desk):
    await desk(act="tell", id=ID, text="5 minutes")
    twice = await desk(act="tell", id=ID, text="5 minutes")

    gone = await desk(act="clear", id=ID)
    again = await desk(act="clear", id=ID)

    assert len(twice.json()["messages"]) == 1
    assert gone.json()["messages"] == []
    assert again.status_code == 404


async def test_the_end_of_a_session_is_set_in_minutes_and_taken_back(desk, stage):
    set_to = (await desk(act="end", minutes=20)).json()
    without = (await desk(act="end")).json()

    assert set_to["rooms"][0]["ends_at"] > set_to["now"]
    assert without["rooms"][0]["ends_at"] is None


@pytest.fixture
def programme(store, event):
    """Have sessions in the programme: so many minutes ago until so many from now, in rooms."""

    async def programme(*sessions):
        def changed(before):
            for number, (title, room, began, left) in enumerate(sessions):
                starts, ends = NOW - timedelta(minutes=began), NOW + timedelta(minutes=left)
                before = before.with_session(
                    Session(
                        id=f"s{number}", title=title, room=room, starts=starts, ends=ends, speakers=("Ana", "Bo")
                    )
                )
            return before

        await store.programmes.change(event.slug, changed, now=NOW)

    return programme


async def test_the_time_and_who_has_it_come_from_the_programme_where_the_desk_says_nothing(
    event, stage, desk, programme
):
    await programme(("Maps", "Hall", 30, 15))
    by_programme = await state_of(stage, event)
    told = (await desk(act="end", minutes=5)).json()

    by_desk = await state_of(stage, event)

    assert by_programme["ends_at"] == "2026-06-12T09:45:00.000Z"
    assert by_programme["session"] == {"title": "Maps", "speakers": ["Ana", "Bo"]}
    assert (by_desk["ends_at"], by_desk["session"]["title"]) == ("2026-06-12T09:35:00.000Z", "Maps")
    assert [(one["title"], one["own"], one["until"]) for one in told["rooms"]] == [("Maps", True, "09:35")]


async def test_each_stage_shows_whose_time_it_is_in_its_own_room(site, store, event, stage, desk, programme):
    _, screen = await site.browser_of_screen(event.slug, "stage")
    await programme(("Maps", "Hall", 30, 15), ("Clay", "Annexe", 10, 40))
    nowhere = await state_of(stage, event)
    await store.screens.arrange(event.slug, screen.id, lambda one: replace(one, room="annexe"), now=NOW)

    rooms = (await desk(act="end")).json()["rooms"]

    assert (nowhere["session"], nowhere["ends_at"]) == (None, None)
    assert [(one["room"], one["title"], one["until"]) for one in rooms] == [
        ("", "", ""),
        ("annexe", "Clay", "10:10"),
    ]


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"act": "tell", "id": ID, "text": ""},
        {"act": "tell", "text": "5 minutes"},
        {"act": "tell", "id": "no", "text": "5 minutes"},
        {"act": "tell", "id": ID, "text": " \u200b\u202e\n "},
        {"act": "clear"},
        {"act": "end", "minutes": -1},
        {"act": "end", "minutes": 1_000_000},
        {"act": "end", "minutes": "20"},
    ],
)
async def test_what_is_no_act_changes_nothing(desk, store, event, act):
    answer = await desk(**act)

    assert answer.status_code == 422
    assert await store.outputs.stage(event.slug) == Stage()


async def test_a_long_message_is_cut_to_what_is_read_at_a_glance(desk):
    answer = await desk(act="tell", id=ID, text="5 minutes " * 1000 + "\u202e")

    (message,) = answer.json()["messages"]
    assert len(message["text"]) <= 141
    assert "\u202e" not in message["text"]


async def test_under_a_blank_curtain_a_stage_is_told_no_post(site, store, event, stage):
    await put_up(site, event, "Will there be slides? #PyConEx")
    await store.curtains.draw(event.slug, "blank", by="max", by_name="Max", now=site.time)

    told = await state_of(stage, event)

    assert (told["questions"], told["shown"]) == ([], [])


@pytest.fixture
def says(site, store, event, hall):
    """Have the screen of the hall, which runs a wall, big posts and an announcement, say what it shows."""

    async def says(**fields):
        await run(store, event, hall[1], scene("wall"), scene("big"), scene("announcement", text="Lunch"))
        tip = await store.feeds.tip(event.slug, "public")
        form = {"device": "0123456789abcdef", "cursor": str(tip), "posts": 1, **fields}
        await hall[0].post(f"/{event.slug}/screen/showing", json=form)

    return says


class TestWhatTheAudienceSees:
    async def test_is_the_post_that_a_screen_shows_alone_even_a_question(self, site, event, stage, says):
        posts = await put_up(site, event, "Will there be slides? #PyConEx", "What a talk #PyConEx")
        await says(scene=f"post {posts[0].id}", post=posts[0].id)

        told = await state_of(stage, event)

        assert told["screen"] == {"scene": "One post"}
        assert ([one["id"] for one in told["shown"]], told["questions"]) == ([posts[0].id], [])

    async def test_is_no_post_that_left_the_wall_meanwhile(self, site, store, event, stage, says):
        (post,) = await put_up(site, event, "What a talk #PyConEx")
        await says(scene=f"post {post.id}", post=post.id)
        standing = await store.posts.get(event.slug, post.id)

        await store.posts.decide(event.slug, a_decision("remove", standing), now=site.time)

        assert (await state_of(stage, event))["shown"] == []

    async def test_is_the_newest_on_a_wall_of_several(self, site, event, stage, says):
        (post,) = await put_up(site, event, "What a talk #PyConEx")
        await says(scene="wall-1")

        told = await state_of(stage, event)

        assert told["screen"] == {"scene": "Wall"}
        assert [one["id"] for one in told["shown"]] == [post.id]

    @pytest.mark.parametrize(
        ("scene", "words"), [("announcement-1", "Announcement “Lunch”"), ("big-1", "One post, big")]
    )
    async def test_is_a_scene_in_words_where_it_has_no_posts_now(self, site, event, stage, says, scene, words):
        await put_up(site, event, "What a talk #PyConEx")
        await says(scene=scene)

        told = await state_of(stage, event)

        assert told["screen"] == {"scene": words}
        assert told["shown"] == []

    async def test_is_blank_where_a_remote_control_blanked_the_screen(self, site, event, stage, says, hall, mia):
        await put_up(site, event, "What a talk #PyConEx")
        await says(scene="wall-1")
        browser = await site.browser_of(mia)
        await browser.post(f"/{event.slug}/moderate/remote", json={"id": "pressbymia", "act": "blank"})

        told = await state_of(stage, event)

        assert (told["screen"], told["shown"]) == ({"scene": "Blank"}, [])

    async def test_is_the_newest_approved_while_no_screen_is_open(self, site, event, stage, says):
        (post,) = await put_up(site, event, "What a talk #PyConEx")
        await says(scene="announcement-1")
        site.later(seconds=60)

        told = await state_of(stage, event)

        assert (told["screen"], [one["id"] for one in told["shown"]]) == (None, [post.id])


async def test_the_worker_of_a_stage_may_keep_this_events_stage_only(site, event):
    answer = await site.browser().get(f"/{event.slug}/stage/worker.js")

    assert answer.headers["service-worker-allowed"] == f"/{event.slug}/stage"
