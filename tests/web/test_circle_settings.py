"""What organisers do about a circle."""

import pytest

from tests.circle import RULE
from tests.web.test_circle import PAGE, token_of
from wall.core.audit import Filter
from wall.core.circle import CircleRule


async def test_an_organiser_makes_a_circle_and_is_its_first_member(site, store, event, olga, circle_path):
    browser = await site.browser_of(olga, headers=PAGE)

    answer = await browser.post(
        f"/organise/{event.slug}/circle",
        data={"seen_by": "members", "manner": "no veto", "quorum": "60", "open_hours": "24"},
    )

    assert answer.headers["location"] == f"/organise/{event.slug}#circle"
    changed = await store.events.get(event.slug)
    assert changed.circle == CircleRule(manner="no veto", quorum=60, open_hours=24)
    assert [(one.name, one.office) for one in await store.members.all(event.slug)] == [("Olga", True)]
    assert "You are in as" in (await browser.get(circle_path)).text
    entries, _ = await store.audit.page(event.slug, Filter(), limit=5)
    assert [(one.kind, one.about) for one in entries] == [
        ("circle", "at least one aye and no nay, 60 % have to vote, within 24 hours"),
        ("member came", "as organiser"),
    ]


@pytest.mark.parametrize(
    "values",
    [{}, {"seen_by": "some"}, {"seen_by": "members", "quorum": "0"}, {"seen_by": "members", "open_hours": "x"},
     {"seen_by": "members", "manner": "coin"}, {"seen_by": "everybody"}],
)  # fmt: skip
async def test_nothing_opens_a_circle_by_mistake(site, store, event, olga, people_of, values):
    browser = await site.browser_of(olga, headers=PAGE)

    answer = await browser.post(f"/organise/{event.slug}/circle", data=values)

    assert answer.status_code == 422
    assert (await store.events.get(event.slug)).circle == RULE


async def test_other_settings_leave_a_circle_as_it_is(site, store, event, olga, people_of):
    browser = await site.browser_of(olga, headers=PAGE)
    values = {"title": "Renamed", "hashtags": "#PyConEx", "timezone": "UTC"}

    await browser.post(f"/organise/{event.slug}/settings", data=values)

    changed = await store.events.get(event.slug)
    assert (changed.title, changed.circle) == ("Renamed", RULE)


async def test_an_organiser_who_is_sure_opens_it_to_everybody(site, store, event, olga, people_of):
    browser = await site.browser_of(olga, headers=PAGE)

    await browser.post(f"/organise/{event.slug}/circle", data={"seen_by": "everybody", "sure": "on"})

    assert (await site.browser().get(f"/{event.slug}")).status_code == 200
    assert (await browser.get(f"/{event.slug}/circle")).status_code == 404


async def test_another_organiser_takes_their_place_and_loses_it_with_the_role(
    site, store, people, event, olga, people_of, circle_path
):
    oscar = await people.add("Oscar", slug=event.slug, role="organiser")
    browser = await site.browser_of(oscar, headers=PAGE)
    assert "Take my place" in (await browser.get(circle_path)).text
    await browser.post(f"{circle_path}/place")
    assert "You are in as" in (await browser.get(circle_path)).text

    other = await site.browser_of(olga, headers=PAGE)
    await other.post(f"/organise/{event.slug}/moderators/{oscar.id}/revocation")

    assert (await browser.get(circle_path)).status_code == 403
    assert next(one for one in await store.members.all(event.slug) if one.name == "Oscar").left == "office"


async def test_a_moderator_sees_the_wall_and_no_debate(site, event, mia, people_of, circle_path, proposal):
    browser = await site.browser_of(mia, headers=PAGE)

    assert (await browser.get(f"/{event.slug}")).status_code == 200
    assert [(await browser.get(path)).status_code for path in (circle_path, proposal)] == [403, 403]


async def test_an_organiser_helps_a_member_in_who_lost_their_browsers(
    site, store, event, olga, people_of, circle_path
):
    browser = await site.browser_of(olga, headers=PAGE)
    await browser.post(f"{circle_path}/place")
    ana = next(one for one in await store.members.all(event.slug) if one.name == "Ana")

    link = await browser.post(f"{circle_path}/members/{ana.id}/link")
    new = site.browser(headers=PAGE)
    await new.post(f"{circle_path}/enter", data={"token": token_of(link)})

    assert "You are in as <bdi>Ana</bdi>" in (await new.get(circle_path)).text
    entries, _ = await store.audit.page(event.slug, Filter(), limit=5)
    assert ("member link", "Olga", "Ana") in [(one.kind, one.by_name, one.about) for one in entries]
