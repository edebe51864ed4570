import asyncio
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from wall.core.audit import Filter
from wall.core.scenes import Direction, Scene, SceneList
from wall.web.remote_view import scene_words

DEVICE = "0123456789abcdef"
LIST = SceneList(
    id="hall",
    name="Hall list",
    scenes=(Scene(id="w", kind="wall"), Scene(id="a", kind="announcement", seconds=30, options={"text": "Lunch"})),
)


@pytest.fixture
async def hall(site, store, event):
    """The browser of a screen that runs a list, and the screen."""
    browser, screen = await site.browser_of_screen(event.slug)
    await store.scenes.create(event.slug, LIST, now=NOW)
    await store.screens.arrange(
        event.slug, screen.id, lambda one: replace(one, scenes="hall", room="Room 1"), now=NOW
    )
    return browser, screen


@pytest.fixture
async def foyer(store, event):
    """A screen that nobody has opened yet, and that runs the wall alone."""
    screen, _ = await store.screens.open(event.slug, "Foyer", now=NOW)
    return screen


@pytest.fixture
def says(event, hall, store):
    """Have the hall's screen say what it shows."""

    async def says(**fields):
        tip = await store.feeds.tip(event.slug, "public")
        form = {"device": DEVICE, "cursor": str(tip), "posts": 4, **fields}
        return await hall[0].post(f"/{event.slug}/screen/showing", json=form)

    return says


@pytest.fixture
async def press(site, event, mia):
    """Mia's hand on the remote control."""
    browser, number = await site.browser_of(mia), iter(range(1000, 2000))

    async def press(act, **fields):
        form = {"id": f"press{next(number)}", "act": act, **fields}
        return await browser.post(f"/{event.slug}/moderate/remote", json=form)

    return press


@pytest.fixture
async def look(site, event, mia):
    """What the remote control says of the screens, by name."""
    browser = await site.browser_of(mia)

    async def look():
        body = (await browser.get(f"/{event.slug}/moderate/remote/state")).json()
        return {one["name"]: one for one in body["screens"]}

    return look


async def plan_of(hall, event):
    return (await hall[0].get(f"/{event.slug}/screen/plan")).json()


async def test_every_screen_is_named_with_what_it_shows(hall, foyer, says, look, approved):
    await says(scene="a", width=1920, height=1080, road="websocket", version="1.2")

    screens = await look()

    assert set(screens) == {"Main hall", "Foyer"}
    assert (screens["Main hall"]["room"], screens["Main hall"]["list"]) == ("Room 1", "Hall list")
    (device,) = screens["Main hall"]["devices"]
    assert device["scene"] == "Announcement “Lunch”"
    assert (device["width"], device["road"], device["version"], device["behind"]) == (
        1920,
        "websocket",
        "1.2",
        0.0,
    )
    assert screens["Foyer"]["devices"] == []


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        (Scene(id="a", kind="announcement", options={"text": "Lunch"}), "Announcement “Lunch”"),
        (Scene(id="b", kind="big"), "One post, big"),
        (Scene(id="b", kind="big", options={"which": "pinned"}), "One post, big “Those that are pinned”"),
        (Scene(id="w", kind="wall"), "Wall"),
    ],
)
def test_a_scene_is_called_by_its_kind_and_what_tells_it_from_others(event, scene, words):
    assert scene_words(scene, event) == words


async def test_a_press_is_in_the_plan_of_the_screen_it_is_for_and_of_no_other(store, event, hall, foyer, press):
    answer = await press("hold", screens=[hall[1].id])

    assert answer.status_code == 200
    assert (await plan_of(hall, event))["direction"]["held"]
    assert await store.scenes.direction(event.slug, foyer.id) == Direction()


async def test_a_press_for_no_screen_by_name_is_for_all_in_one_step(store, event, hall, foyer, press):
    before = await store.feeds.tip(event.slug, "public")

    await press("blank")

    told = await store.scenes.directions(event.slug)
    assert all(one.blank and one.by_name == "Mia" for one in told.values())
    assert set(told) == {hall[1].id, foyer.id}
    assert (await store.feeds.tip(event.slug, "public")).offset == before.offset + 1


async def test_a_screen_confirms_what_it_was_told(site, hall, says, look, press):
    await press("hold")
    id = (await look())["Main hall"]["direction"]["id"]
    await says(scene="w")
    before = (await look())["Main hall"]["devices"]
    site.later(milliseconds=300)

    await says(scene="w", told=id)
    site.later(seconds=10)
    await says(scene="w", told=id)

    (device,) = (await look())["Main hall"]["devices"]
    assert (before[0]["told"], before[0]["after"]) == (False, None)
    assert (device["told"], device["after"]) == (True, pytest.approx(0.3))


async def test_next_ten_times_quickly_is_ten_further(event, hall, press):
    await asyncio.gather(*(press("turn", turns=1) for _ in range(10)))

    assert (await plan_of(hall, event))["direction"]["turn"] == 10


async def test_the_later_of_two_hands_wins(site, store, event, hall, press, olga):
    other = await site.browser_of(olga)
    await press("hold")

    await other.post(f"/{event.slug}/moderate/remote", json={"id": "pressbyolga", "act": "normal"})

    told = await store.scenes.direction(event.slug, hall[1].id)
    assert (told.held, told.by_name) == (False, "Olga")


async def test_a_scene_is_shown_on_the_screens_that_have_it(store, event, hall, foyer, press):
    answer = await press("show", scene="a")

    assert answer.json()["passed_over"] == ["Foyer"]
    assert (await plan_of(hall, event))["direction"]["show"] == {"scene": "a"}
    assert await store.scenes.direction(event.slug, foyer.id) == Direction()


async def test_a_scene_that_no_screen_has_is_refused(hall, press):
    assert (await press("show", scene="gone")).status_code == 404
    assert (await press("show")).status_code == 422


async def test_a_post_is_shown_and_named_until_it_is_removed(store, event, hall, press, look, approved):
    await press("show", post=approved.post.id, hash=approved.post.content_hash)
    shown, told = (
        (await plan_of(hall, event))["direction"]["show"],
        (await look())["Main hall"]["direction"]["post"],
    )

    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert shown["post"]["id"] == approved.post.id
    assert told["words"] == approved.post.text
    assert (await look())["Main hall"]["direction"]["post"] == {"name": "", "words": ""}
    assert (await plan_of(hall, event))["direction"]["show"] is None


async def test_a_post_that_waits_cannot_be_shown(event, hall, press, waiting):
    assert (await press("show", post=waiting.post.id)).status_code == 404
    assert (await plan_of(hall, event))["direction"]["show"] is None


async def test_a_post_that_says_something_else_by_now_is_read_again_first(event, hall, press, approved):
    assert (await press("show", post=approved.post.id, hash="another")).status_code == 409
    assert (await plan_of(hall, event))["direction"]["show"] is None


async def test_a_post_that_is_seen_alone_is_named_and_one_that_left_is_not(
    store, event, hall, says, look, approved
):
    await says(scene=f"post {approved.post.id}", post=approved.post.id)
    before = (await look())["Main hall"]["devices"][0]

    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert (before["scene"], before["post"]["words"]) == ("One post", approved.post.text)
    assert (await look())["Main hall"]["devices"][0]["post"] is None


async def test_a_call_is_in_the_plan_for_half_a_minute(site, event, hall, press):
    await press("identify", screens=[hall[1].id])
    (call,) = (await plan_of(hall, event))["calls"]

    site.later(seconds=30)

    assert (call["kind"], call["within"]) == ("identify", 0)
    assert (await plan_of(hall, event))["calls"] == []


async def test_a_screen_says_which_call_it_has_done(hall, says, press, look):
    await press("reload")
    id = (await look())["Main hall"]["call"]["id"]
    await says()
    before = (await look())["Main hall"]["devices"][0]["did"]

    await says(did=id)

    assert (before, (await look())["Main hall"]["devices"][0]["did"]) == (False, True)


async def test_a_screen_whose_picture_is_behind_is_said_to_be(site, store, event, hall, says, look, waiting):
    await says()
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=site.time)
    site.later(seconds=40)

    (device,) = (await look())["Main hall"]["devices"]

    assert device["behind"] == pytest.approx(40)


async def test_a_screen_of_another_history_is_behind_for_nobody_knows_how_long(hall, look, event):
    await hall[0].post(f"/{event.slug}/screen/showing", json={"device": DEVICE, "cursor": "other:3"})

    assert (await look())["Main hall"]["devices"][0]["behind"] is None


async def test_who_told_which_screen_what_is_in_the_audit_log(store, event, hall, foyer, press, approved):
    await press("turn", turns=2, screens=[hall[1].id])
    await press("show", scene="a")
    await press("show", post=approved.post.id)

    (entries, _) = await store.audit.page(event.slug, Filter(kinds=("directed",)), limit=9)
    assert [(one.by_name, one.about, one.post) for one in entries] == [
        ("Mia", "All screens: show a post", approved.post.id),
        ("Mia", "All screens: show Announcement “Lunch”", None),
        ("Mia", "Main hall: next, 2 times", None),
    ]


async def test_the_same_press_sent_twice_is_done_and_noted_once(store, event, hall, press):
    await press("turn", turns=1, id="thesamepress")

    await press("turn", turns=1, id="thesamepress")

    assert (await store.scenes.direction(event.slug, hall[1].id)).turn == 1
    assert len([one async for one in store.audit.backwards(event.slug)]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "explode"},
        {"act": "turn"},
        {"act": "turn", "turns": 51},
        {"act": "hold", "id": "x"},
        {"act": "hold", "screens": "all"},
        {"act": "hold", "screens": ["s" * 81]},
        {"act": "show", "post": 7},
    ],
)
async def test_nonsense_is_refused_and_tells_no_screen(store, event, hall, press, wrong):
    answer = await press(wrong.pop("act"), **wrong)

    assert answer.status_code == 422
    assert await store.scenes.directions(event.slug) == {}


async def test_a_screen_that_was_taken_back_cannot_be_told(store, event, hall, press):
    await store.screens.revoke(event.slug, hall[1].id)

    assert (await press("hold", screens=[hall[1].id])).status_code == 404
    assert (await press("hold")).status_code == 404
    assert await store.scenes.directions(event.slug) == {}


async def test_the_page_holds_what_it_knows_and_no_markup_of_it(site, store, event, mia, hall):
    await store.screens.open(event.slug, "</script><b>", now=NOW)
    browser = await site.browser_of(mia)

    page = await browser.get(f"/{event.slug}/moderate/remote")

    assert page.status_code == 200
    assert "</script><b>" not in page.text
    assert "Main hall" in page.text
