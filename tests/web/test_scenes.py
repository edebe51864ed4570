"""The organiser's pages of scenes: lists, what is set for a scene, and what screens run."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import pytest

from tests.cast import NOW
from wall.core.options import asked
from wall.core.part import Part
from wall.core.scenes import USUAL, Scene, SceneList
from wall.errors import InvalidInput
from wall.web import scenes
from wall.web.scene_form import fields_view, form_values, new_scene, parse_scene
from wall.web.scenes import KINDS
from wall.web.scenes.kind import Kind, Shown

ANNOUNCEMENT = {
    "kind": "announcement",
    "text": "Lunch is in the garden.",
    "until": "",
    "seconds": "15",
    "priority": "1",
    "transition": "fade",
}
HALL = SceneList(
    id="hall",
    name="Hall",
    scenes=(
        Scene(id="w", kind="wall"),
        Scene(id="a", kind="announcement", options={"text": "Soon"}),
        Scene(id="x", kind="hologram"),
    ),
)


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/scenes"


@pytest.fixture
async def browser(wall, olga):
    return await wall.browser_of(olga)


@pytest.fixture
async def hall(store, event):
    await store.scenes.create(event.slug, HALL, now=NOW)
    return HALL


@pytest.fixture
def kept(store, event):
    """Return the list as it is kept."""

    async def kept(id="hall"):
        return await store.scenes.get(event.slug, id)

    return kept


@pytest.fixture
def acts(store, event):
    """Return what the audit log says was done, newest first."""

    async def acts():
        return [(entry.kind, entry.about) async for entry in store.audit.backwards(event.slug)]

    return acts


def ids(scenes):
    return [scene.id for scene in scenes.scenes]


class TestLists:
    async def test_an_event_without_a_list_says_what_its_screens_run(self, browser, base):
        page = await browser.get(base)

        assert USUAL.name in page.text
        assert "Make a list" in page.text

    async def test_a_list_begins_with_the_wall_and_is_opened(self, browser, base, store, event, acts):
        answer = await browser.post(base, data={"name": "Main hall", "like": ""})

        (made,) = await store.scenes.all(event.slug)
        assert answer.headers["location"] == f"{base}/{made.id}"
        assert (made.name, [scene.kind for scene in made.scenes]) == ("Main hall", ["wall"])
        assert await acts() == [("scenes", "made “Main hall”")]

    async def test_a_copy_has_the_same_scenes_and_is_another_list(self, browser, base, store, event, hall):
        await browser.post(base, data={"name": "Trial", "like": "hall"})

        other, trial = await store.scenes.all(event.slug)
        assert (other.name, trial.name) == ("Hall", "Trial")
        assert trial.scenes == other.scenes
        assert trial.id != other.id

    async def test_a_list_without_a_name_is_refused_beside_the_field(self, browser, base, store, event):
        answer = await browser.post(base, data={"name": " "})

        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert await store.scenes.all(event.slug) == []

    async def test_a_list_is_renamed_and_deleted(self, browser, base, store, event, hall, kept, acts):
        await browser.post(f"{base}/hall", data={"name": "Foyer <b>"})
        renamed = await kept()
        page = await browser.get(base)
        await browser.post(f"{base}/hall/deletion")

        assert renamed.name == "Foyer <b>"
        assert "Foyer &lt;b&gt;" in page.text
        assert await store.scenes.all(event.slug) == []
        assert await acts() == [("scenes", "deleted “Foyer <b>”"), ("scenes", "Hall: renamed it to “Foyer <b>”")]

    async def test_a_list_that_is_gone_is_not_found(self, browser, base, hall):
        answers = [
            await browser.get(f"{base}/gone"),
            await browser.get(f"{base}/gone/new"),
            await browser.post(f"{base}/gone", data={"name": "x"}),
            await browser.post(f"{base}/gone/deletion"),
            await browser.post(f"{base}/gone/scenes", data=ANNOUNCEMENT),
            await browser.post(base, data={"name": "x", "like": "gone"}),
        ]

        assert [answer.status_code for answer in answers] == [404] * 6


class TestScenesOfAList:
    async def test_the_page_shows_them_in_order_beside_a_screen_that_runs_them(self, browser, base, event, hall):
        page = await browser.get(f"{base}/hall")

        assert re.findall(r'id="scene-(\w+)"', page.text) == ["w", "a", "x"]
        assert f'src="/{event.slug}/screen?preview=hall"' in page.text
        assert "frame-src 'self'" in page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]

    @pytest.mark.parametrize("kind", KINDS)
    async def test_every_kind_is_offered_and_has_a_form(self, browser, base, hall, kind):
        offered = await browser.get(f"{base}/hall/new")
        form = await browser.get(f"{base}/hall/new/{kind}")

        assert f"{base}/hall/new/{kind}" in offered.text
        assert form.status_code == 200
        assert KINDS[kind].title in form.text

    async def test_a_scene_is_added_at_the_end(self, browser, base, hall, kept, acts):
        await browser.post(f"{base}/hall/scenes", data=ANNOUNCEMENT)

        *_, added = (await kept()).scenes
        assert (added.kind, added.seconds, added.priority) == ("announcement", 15, 1)
        assert added.options == {"text": "Lunch is in the garden.", "until": None}
        assert await acts() == [("scenes", "Hall: added “Announcement”")]

    async def test_a_scene_is_changed_in_its_place(self, browser, base, hall, kept):
        form = await browser.get(f"{base}/hall/scenes/a")
        seen = re.search(r'name="seen" value="(\w+)"', form.text)[1]

        answer = await browser.post(f"{base}/hall/scenes/a", data={**ANNOUNCEMENT, "seen": seen})

        assert answer.headers["location"] == f"{base}/hall#scene-a"
        assert ids(await kept()) == ["w", "a", "x"]
        assert (await kept()).scenes[1].options["text"] == "Lunch is in the garden."

    async def test_who_was_slower_keeps_what_they_typed_and_can_save_it_on_top(self, browser, base, hall, kept):
        form = await browser.get(f"{base}/hall/scenes/a")
        seen = re.search(r'name="seen" value="(\w+)"', form.text)[1]
        await browser.post(f"{base}/hall/scenes/a", data={**ANNOUNCEMENT, "text": "Theirs", "seen": seen})

        refused = await browser.post(f"{base}/hall/scenes/a", data={**ANNOUNCEMENT, "text": "Mine", "seen": seen})
        theirs = (await kept()).scenes[1].options["text"]
        again = re.search(r'name="seen" value="(\w+)"', refused.text)[1]
        await browser.post(f"{base}/hall/scenes/a", data={**ANNOUNCEMENT, "text": "Mine", "seen": again})

        assert refused.status_code == 409
        assert ">Mine</textarea>" in refused.text
        assert theirs == "Theirs"
        assert (await kept()).scenes[1].options["text"] == "Mine"

    async def test_what_cannot_be_used_is_said_at_its_field_and_nothing_typed_is_lost(
        self, browser, base, hall, kept
    ):
        answer = await browser.post(f"{base}/hall/scenes", data={**ANNOUNCEMENT, "seconds": "soon"})

        assert answer.status_code == 422
        assert 'id="scene-seconds-error"' in answer.text
        assert "Lunch is in the garden." in answer.text
        assert len((await kept()).scenes) == 3

    async def test_scenes_are_moved_by_their_buttons_and_the_focus_stays(self, browser, base, hall, kept, acts):
        answer = await browser.post(f"{base}/hall/scenes/a/place", data={"before": "w", "by": "up"})

        page = await browser.get(answer.headers["location"].split("#")[0])
        assert ids(await kept()) == ["a", "w", "x"]
        assert page.text.count("autofocus") == 1
        assert await acts() == [("scenes", "Hall: changed the order")]

    async def test_a_scene_is_taken_out_and_again_is_as_good(self, browser, base, hall, kept):
        await browser.post(f"{base}/hall/scenes/x/deletion")
        answer = await browser.post(f"{base}/hall/scenes/x/deletion")

        assert answer.status_code == 303
        assert ids(await kept()) == ["w", "a"]

    async def test_a_scene_of_a_newer_program_is_named_and_can_be_taken_out_but_not_changed(
        self, browser, base, hall
    ):
        page = await browser.get(f"{base}/hall")

        assert "hologram" in page.text
        assert (await browser.get(f"{base}/hall/scenes/x")).status_code == 404
        assert (await browser.post(f"{base}/hall/scenes/x", data=ANNOUNCEMENT)).status_code == 404

    async def test_a_kind_that_is_none_is_refused(self, browser, base, hall):
        assert (await browser.get(f"{base}/hall/new/hologram")).status_code == 404
        assert (await browser.post(f"{base}/hall/scenes", data={"kind": "hologram"})).status_code == 422

    async def test_a_place_that_is_none_is_refused(self, browser, base, hall):
        assert (await browser.post(f"{base}/hall/scenes/a/place", data={})).status_code == 422


class TestScreens:
    async def test_a_screen_is_given_a_room_and_a_list(self, browser, event, store, hall, acts):
        screen, _ = await store.screens.open(event.slug, "Projector", now=NOW)

        await browser.post(
            f"/organise/{event.slug}/screens/{screen.id}", data={"room": " Hall 1 ", "scenes": "hall"}
        )

        (found,) = await store.screens.all(event.slug)
        page = await browser.get(f"/organise/{event.slug}")
        assert (found.room, found.scenes) == ("Hall 1", "hall")
        assert "Runs Hall" in page.text
        assert await acts() == [("screen arranged", "Projector: Hall, in Hall 1")]

    async def test_a_screen_is_told_which_part_of_the_wall_it_shows(self, browser, event, store, acts):
        screen, _ = await store.screens.open(event.slug, "Left", now=NOW)

        await browser.post(f"/organise/{event.slug}/screens/{screen.id}", data={"nth": "2", "of": "3"})

        (found,) = await store.screens.all(event.slug)
        page = await browser.get(f"/organise/{event.slug}")
        assert found.part == Part(of=3, nth=2)
        assert "part 2 of 3" in page.text
        assert await acts() == [("screen arranged", "Left: The wall alone, part 2 of 3")]

    async def test_a_part_that_is_none_changes_nothing(self, browser, event, store):
        screen, _ = await store.screens.open(event.slug, "Left", now=NOW)

        answer = await browser.post(f"/organise/{event.slug}/screens/{screen.id}", data={"nth": "3", "of": "2"})

        assert answer.status_code == 422
        assert await store.screens.all(event.slug) == [screen]

    async def test_a_list_or_a_screen_that_is_gone_changes_nothing(self, browser, event, store):
        screen, _ = await store.screens.open(event.slug, "Projector", now=NOW)

        answers = [
            await browser.post(f"/organise/{event.slug}/screens/{screen.id}", data={"scenes": "gone"}),
            await browser.post(f"/organise/{event.slug}/screens/gone", data={"scenes": ""}),
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert await store.screens.all(event.slug) == [screen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """One option of each type."""

    line: str = asked("A line", default="", most=10)
    lines: str = asked("Lines", default="", rows=3)
    number: int = asked("A number", default=3, least=1, most=9)
    yes: bool = asked("Yes", default=False)
    at: datetime | None = asked("At", default=None)
    choice: Literal["a", "b"] = asked("Choice", default="a", choices={"a": "The first", "b": "The other"})


async def nothing(moment, options):
    return Shown()


TYPED = {
    "line": " Tea  time ", "lines": "One\nTwo", "number": "7", "yes": "yes", "at": "2026-06-12T18:30", "choice": "b",
    "seconds": "20",
}  # fmt: skip


class TestTheFormOfAKind:
    @pytest.fixture(autouse=True)
    def everything(self, monkeypatch):
        monkeypatch.setitem(scenes.KINDS, "everything", Kind(title="E", help="", view=nothing, options=Everything))

    def parsed(self, event, **changes):
        return parse_scene({**TYPED, **changes}, "everything", id="e", event=event)

    def test_each_type_of_option_has_a_field_of_its_own(self):
        assert [field["type"] for field in fields_view(KINDS["everything"])] == [
            "text", "area", "number", "yes", "time", "choice",
        ]  # fmt: skip

    def test_what_was_typed_is_kept_and_fills_the_form_in_again(self, event):
        scene = self.parsed(event)

        assert scene.options == {
            "line": "Tea time", "lines": "One\nTwo", "number": 7, "yes": True,
            "at": datetime(2026, 6, 12, 18, 30, tzinfo=UTC).isoformat().replace("+00:00", "Z"), "choice": "b",
        }  # fmt: skip
        assert parse_scene(form_values(scene, event), "everything", id="e", event=event) == scene

    def test_the_form_begins_with_what_the_kind_begins_with(self, event):
        values = form_values(new_scene("everything", id="new"), event)

        assert (values["number"], values["yes"], values["at"], values["seconds"]) == ("3", "", "", "20")

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("line", "x" * 11), ("number", "10"), ("number", ""), ("number", "٣"), ("number", "9" * 5000),
            ("at", "soon"), ("choice", "c"), ("seconds", "2"), ("seconds", "-5"), ("priority", "7"), ("transition", "spin"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_used_is_refused_naming_the_field(self, event, field, text):
        with pytest.raises(InvalidInput) as refused:
            self.parsed(event, **{field: text})

        assert refused.value.field == field
