import html

import pytest

from tests.cast import NOW


@pytest.fixture
async def organiser(site, olga):
    return await site.browser_of(olga, headers={"accept": "text/html"})


async def opened(site, event):
    return {one.name: one for one in await site.store.screens.all(event.slug)}


@pytest.mark.parametrize("kind", ["overlay", "stage"])
async def test_an_overlay_and_a_stage_view_are_opened_by_a_link_with_the_token_in_its_fragment(
    site, event, organiser, kind
):
    answer = await organiser.post(f"/organise/{event.slug}/outputs", data={"kind": kind, "name": "Left"})

    assert f"/{event.slug}/{kind}/open#" in answer.text
    assert (await opened(site, event))["Left"].kind == kind


async def test_a_widget_is_told_as_what_a_sites_page_needs(site, event, organiser):
    form = {"kind": "embed", "name": "Site", "origins": "https://www.example.org/programme"}

    answer = await organiser.post(f"/organise/{event.slug}/outputs", data=form)

    told = html.unescape(answer.text)
    assert f'/{event.slug}/embed.js"></script> <backchannel-wall src="http://' in told
    assert "<iframe src=" in told
    assert (await opened(site, event))["Site"].origins == ("https://www.example.org",)


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "embed", "origins": ""},
        {"kind": "embed", "origins": "https://a.example;script-src *"},
        {"kind": "screen"},
        {"kind": "neon"},
        {},
    ],
)
async def test_what_cannot_be_opened_is_said_beside_the_form(site, event, organiser, form):
    answer = await organiser.post(f"/organise/{event.slug}/outputs", data=form)

    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    assert await opened(site, event) == {}


async def test_the_sites_of_a_widget_can_be_changed_and_a_slip_changes_nothing(site, store, event, organiser):
    screen, _ = await store.screens.open(event.slug, "Site", now=NOW, kind="embed", origins=("https://a.example",))
    address = f"/organise/{event.slug}/outputs/{screen.id}/origins"

    slip = await organiser.post(address, data={"origins": "everybody"})
    before = (await opened(site, event))["Site"].origins
    await organiser.post(address, data={"origins": "https://b.example"})

    assert slip.status_code == 422
    assert before == ("https://a.example",)
    assert (await opened(site, event))["Site"].origins == ("https://b.example",)


async def test_a_stage_view_has_a_room_that_can_be_changed(site, event, organiser):
    form = {"kind": "stage", "name": "Left", "room": " Hall "}
    await organiser.post(f"/organise/{event.slug}/outputs", data=form)
    left = (await opened(site, event))["Left"]

    answer = await organiser.post(f"/organise/{event.slug}/outputs/{left.id}/room", data={"room": "Annexe"})

    assert left.room == "Hall"
    assert answer.status_code == 303
    assert (await opened(site, event))["Left"].room == "Annexe"


async def test_only_a_stage_view_stands_in_a_room(site, store, event, organiser):
    widget, _ = await store.screens.open(event.slug, "Site", now=NOW, kind="embed", origins=("https://a.example",))
    await organiser.post(
        f"/organise/{event.slug}/outputs", data={"kind": "overlay", "name": "Over", "room": "Hall"}
    )

    answer = await organiser.post(f"/organise/{event.slug}/outputs/{widget.id}/room", data={"room": "Hall"})

    assert answer.status_code == 404
    assert (await opened(site, event))["Over"].room == ""


async def test_only_a_widget_has_sites(store, event, organiser):
    screen, _ = await store.screens.open(event.slug, "Left", now=NOW, kind="stage")

    answer = await organiser.post(
        f"/organise/{event.slug}/outputs/{screen.id}/origins", data={"origins": "https://b.example"}
    )

    assert answer.status_code == 404


async def test_screens_and_outputs_stand_apart_on_the_page_and_each_can_be_taken_back(
    site, store, event, organiser
):
    await store.screens.open(event.slug, "Main hall", now=NOW)
    stage, _ = await store.screens.open(event.slug, "Stage left", now=NOW, kind="stage")

    page = (await organiser.get(f"/organise/{event.slug}")).text
    await organiser.post(f"/organise/{event.slug}/screens/{stage.id}/revocation")

    screens, outputs = page.split('id="outputs"')
    assert ("Main hall" in screens, "Stage left" in screens) == (True, False)
    assert "Stage left" in outputs
    assert set(await opened(site, event)) == {"Main hall"}
