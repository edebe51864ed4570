import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision
from tests.web.hall import run, scene
from wall.core.part import Part
from wall.core.programme import Session, Setting
from wall.core.scenes import Direction, SceneList, Show
from wall.core.source import SourceSettings
from wall.errors import StoreUnavailable
from wall.sources.form import Form
from wall.web.scenes import KINDS

EMBEDDED = re.compile(r'<script type="application/json" id="plan">(.*?)</script>', re.DOTALL)


async def test_a_screen_that_was_told_nothing_runs_the_wall_alone(ask_plan, hall):
    plan = (await ask_plan()).json()

    assert [(one["kind"], one["element"], one["html"]) for one in plan["scenes"]] == [
        ("wall", "poster-wall", None)
    ]
    assert plan["screen"].items() >= {"id": hall[1].id, "name": "Main hall", "room": ""}.items()
    assert plan["screen"]["look"]["layout"] == "auto"
    assert plan["calls"] == []
    assert plan["direction"] == {
        "id": "", "show": None, "held": False, "frozen": False, "blank": False, "turn": 0, "since": None,
    }  # fmt: skip


async def test_scenes_of_posts_are_drawn_by_the_page_and_told_what_was_set(store, event, hall, ask_plan):
    await run(
        store,
        event,
        hall[1],
        scene("big", which="pinned"),
        scene("stream", many=5, order="places"),
        scene("pictures", many=9),
    )

    scenes = (await ask_plan()).json()["scenes"]

    assert [(one["element"], one["html"], one["data"]) for one in scenes] == [
        ("big-post", None, {"which": "pinned", "codes": False}),
        ("post-stream", None, {"many": 5, "order": "places"}),
        ("post-pictures", None, {"many": 9, "codes": False}),
    ]


async def test_a_screen_is_told_which_part_of_the_wall_is_its_own(store, event, hall, ask_plan):
    whole = (await ask_plan()).json()["screen"]["part"]
    part = Part(of=3, nth=2)

    await store.screens.arrange(event.slug, hall[1].id, lambda one: replace(one, part=part), now=NOW)

    assert whole == {"of": 1, "nth": 1}
    assert (await ask_plan()).json()["screen"]["part"] == {"of": 3, "nth": 2}


async def test_a_plan_that_is_known_already_is_not_sent_again_but_the_time_is(site, ask_plan):
    plan = await ask_plan()
    site.later(seconds=20)

    again = await ask_plan(headers={"if-none-match": plan.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["wall-now"] == "2026-06-12T09:30:20.000Z"
    assert plan.headers["cache-control"] == again.headers["cache-control"] == "no-store"


async def test_another_plan_has_another_version(store, event, hall, ask_plan):
    before = (await ask_plan()).json()

    await run(store, event, hall[1], scene("join"))

    after = (await ask_plan(headers={"if-none-match": f'"{before["version"]}"'})).json()
    assert after["version"] != before["version"]
    assert [one["kind"] for one in after["scenes"]] == ["join"]


async def test_the_page_of_a_screen_holds_its_plan(store, event, hall, ask_plan):
    await run(store, event, hall[1], scene("announcement", text="</script><b>&amp;"))

    page = await hall[0].get(f"/{event.slug}/screen")

    assert json.loads(EMBEDDED.search(page.text)[1]) == (await ask_plan()).json()


async def test_a_scene_of_a_kind_that_only_another_version_knows_is_passed_over(store, event, hall, ask_plan):
    await run(store, event, hall[1], scene("hologram"), scene("wall"))

    assert [one["kind"] for one in (await ask_plan()).json()["scenes"]] == ["wall"]


async def test_options_that_cannot_be_read_are_as_at_first(store, event, hall, ask_plan):
    await run(store, event, hall[1], scene("countdown", to="soon"), scene("announcement", text=["x"], more=1))

    assert [one["html"] for one in (await ask_plan()).json()["scenes"]] == [None, None]


async def test_a_scene_that_fails_is_passed_over_counted_and_takes_no_other_with_it(
    site, store, event, hall, ask_plan, monkeypatch
):
    async def fails(moment, options):
        raise ZeroDivisionError

    monkeypatch.setitem(KINDS, "blank", replace(KINDS["blank"], view=fails))
    await run(store, event, hall[1], scene("blank"), scene("announcement", text="Lunch"))

    blank, announcement = (await ask_plan()).json()["scenes"]

    assert (blank["html"], blank["data"]) == (None, None)
    assert "Lunch" in announcement["html"]
    assert site.services["measures"].stumbles.values == {("blank",): 1}


async def test_a_plan_without_redis_is_refused_as_a_whole_so_that_screens_keep_what_they_have(
    store, event, hall, ask_plan, monkeypatch
):
    async def lost(moment, options):
        raise StoreUnavailable("Redis is away.")

    monkeypatch.setitem(KINDS, "blank", replace(KINDS["blank"], view=lost))
    await run(store, event, hall[1], scene("blank"), scene("wall"))

    assert (await ask_plan()).status_code == 503


# The kinds


async def test_an_announcement_is_shown_until_its_time_and_escaped(site, store, event, hall, ask_plan):
    until = (NOW + timedelta(minutes=5)).isoformat()
    await run(store, event, hall[1], scene("announcement", text="<b>Lunch</b>", until=until))

    shown = (await ask_plan()).json()["scenes"][0]
    site.later(minutes=5)

    assert "&lt;b&gt;Lunch&lt;/b&gt;" in shown["html"]
    assert (shown["news"], shown["until"]) == ("<b>Lunch</b>", "2026-06-12T09:35:00.000Z")
    assert (await ask_plan()).json()["scenes"][0]["html"] is None


async def test_a_countdown_says_that_the_time_has_come_for_a_minute(site, store, event, hall, ask_plan):
    await run(
        store, event, hall[1], scene("countdown", to=(NOW + timedelta(hours=1)).isoformat(), title="Keynote")
    )

    shown = (await ask_plan()).json()["scenes"][0]
    site.later(hours=1, seconds=59)
    still = (await ask_plan()).json()["scenes"][0]
    site.later(seconds=1)

    assert 'data-to="2026-06-12T10:30:00.000Z"' in shown["html"]
    assert still["html"] == shown["html"]
    assert (await ask_plan()).json()["scenes"][0]["html"] is None


async def test_how_to_post_has_the_code_while_there_is_a_form_for_phones(store, event, hall, ask_plan):
    await run(store, event, hall[1], scene("join"))
    without = (await ask_plan()).json()["scenes"][0]["html"]

    await store.sources.save(event.slug, SourceSettings(id=Form.kind, kind=Form.kind))

    with_code = (await ask_plan()).json()["scenes"][0]["html"]
    assert "<join-code" not in without
    assert f"/{event.slug}/screen/join.svg" in with_code
    assert f"127.0.0.1/{event.slug}/join" in with_code


# Directions


async def test_a_direction_is_told_without_who_gave_it(store, event, hall, ask_plan):
    direction = Direction(show=Show(scene="w"), held=True, turn=3, since=NOW, by="mia", by_name="Mia", id="press")
    await store.scenes.direct_all(event.slug, [hall[1].id], lambda _: direction, now=NOW)

    answer = await ask_plan()

    assert answer.json()["direction"] == {
        "id": "press", "show": {"scene": "w"}, "held": True, "frozen": False, "blank": False, "turn": 3,
        "since": "2026-06-12T09:30:00.000Z",
    }  # fmt: skip
    assert "Mia" not in answer.text


async def test_a_post_to_be_shown_comes_as_it_stands_and_not_once_it_was_removed(
    store, event, hall, ask_plan, approved
):
    direction = Direction(show=Show(post=approved.post.id), since=NOW)
    await store.scenes.direct_all(event.slug, [hall[1].id], lambda _: direction, now=NOW)
    shown = (await ask_plan()).json()["direction"]["show"]["post"]

    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert f'id="post-{approved.post.id}"' in shown["html"]
    assert (await ask_plan()).json()["direction"]["show"] is None


async def test_a_post_that_waits_is_shown_by_no_direction(store, event, hall, ask_plan, waiting):
    direction = Direction(show=Show(post=waiting.post.id), since=NOW)
    await store.scenes.direct_all(event.slug, [hall[1].id], lambda _: direction, now=NOW)

    answer = await ask_plan()

    assert answer.json()["direction"]["show"] is None
    assert waiting.post.text not in answer.text


# Previews


async def test_staff_look_at_any_list_and_at_one_scene_of_it(site, store, event, mia):
    scenes = SceneList(id="draft", name="Draft", scenes=(scene("wall"), scene("blank"), scene("join")))
    await store.scenes.create(event.slug, scenes, now=NOW)
    browser = await site.browser_of(mia)

    async def kinds(query):
        plan = (await browser.get(f"/{event.slug}/screen/plan?{query}")).json()
        return [one["kind"] for one in plan["scenes"]]

    assert await kinds("preview=draft") == ["wall", "blank", "join"]
    assert await kinds("preview=draft&scene=blank-1") == ["blank"]
    assert await kinds("preview=gone") == ["wall"]


async def test_a_layout_can_be_seen_before_it_is_chosen(ask_plan):
    asked = [(await ask_plan(params={"layout": name})).json()["screen"]["look"] for name in ("hall", "cinema")]

    assert [(look["layout"], look["type"]) for look in asked] == [("hall", 6.7), ("auto", 3.0)]


async def test_a_preview_is_for_staff_even_in_a_browser_that_is_a_screen(event, hall, ask_plan):
    page = await hall[0].get(f"/{event.slug}/screen?preview=")

    assert page.status_code == 401
    assert (await ask_plan(params={"preview": ""})).status_code == 401


async def test_a_preview_may_stand_in_a_frame_of_ours_and_is_kept_by_no_worker(site, event, mia):
    browser = await site.browser_of(mia)

    page = await browser.get(f"/{event.slug}/screen?preview=draft")
    screen = await browser.get(f"/{event.slug}/screen")

    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert "wall-page" not in page.headers
    assert "data-preview" in page.text
    assert f'data-plan-url="/{event.slug}/screen/plan?preview=draft"' in page.text
    assert "frame-ancestors 'none'" in screen.headers["content-security-policy"]


class TestTheProgramme:
    TALK = Session(
        id="talk", title="<b>Talk", room="Main hall", starts=NOW, ends=NOW + timedelta(hours=1), speakers=("Ada",)
    )

    @pytest.fixture
    async def planned(self, store, event, hall):
        await run(store, event, hall[1], scene("programme"))

        async def planned(*sessions, room="", **settings):
            await store.screens.arrange(event.slug, hall[1].id, lambda one: replace(one, room=room), now=NOW)
            await store.programmes.change(
                event.slug, lambda before: replace(before.with_sessions(sessions), settings=settings), now=NOW
            )

        return planned

    async def test_has_every_session_of_these_days_with_its_times(self, ask_plan, planned):
        await planned(self.TALK, room="main hall")

        (shown,) = (await ask_plan()).json()["scenes"]

        assert "&lt;b&gt;Talk" in shown["html"]
        assert 'data-from="09:30" data-to="10:30"' in shown["html"]
        assert "data-own" in shown["html"]
        assert shown["until"] == "2026-06-12T13:30:00.000Z"

    async def test_is_passed_over_without_sessions(self, ask_plan, planned):
        assert (await ask_plan()).json()["scenes"][0]["html"] is None

    async def test_stays_the_same_while_sessions_begin_and_end(self, site, ask_plan, planned):
        await planned(self.TALK)
        before = await ask_plan()

        site.later(minutes=30)

        assert (await ask_plan()).json()["scenes"] == before.json()["scenes"]

    async def test_says_when_the_room_of_the_screen_wants_quiet(self, ask_plan, planned):
        elsewhere = replace(self.TALK, id="elsewhere", room="Annexe")
        house = replace(self.TALK, id="house", room="")
        await planned(
            self.TALK, elsewhere, house, room="Main hall",
            talk=Setting(quiet="only questions"), elsewhere=Setting(quiet="nothing"), house=Setting(quiet="nothing"),
        )  # fmt: skip

        quiet = (await ask_plan()).json()["quiet"]

        starts, ends = "2026-06-12T09:30:00.000Z", "2026-06-12T10:30:00.000Z"
        assert quiet == [
            {"starts": starts, "ends": ends, "keep": "nothing"},
            {"starts": starts, "ends": ends, "keep": "questions"},
        ]

    async def test_says_nothing_of_what_is_over(self, site, ask_plan, planned):
        await planned(self.TALK, talk=Setting(quiet="nothing"))

        site.later(hours=1)

        assert (await ask_plan()).json()["quiet"] == []
