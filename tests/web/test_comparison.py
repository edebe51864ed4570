# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""Two scopes of figures side by side."""

from tests.ledgers import DAY, Ledgers, Said
from tests.web.figures import base, know, olgas, text


async def test_two_scopes_stand_side_by_side_with_the_difference_in_words(olgas, base, know):
    know(Said(by="a"), Said(by="b", at=60), Said(by="c", at=DAY))

    page = text(await olgas.get(f"{base}/comparison?until=2026-06-12&other-since=2026-06-13"))

    assert "2 people wrote 2 posts" in page
    assert "1 more (100%)." in page


async def test_another_event_is_compared_by_those_alone_who_work_on_it(
    store, people, event, other_event, olga, olgas, base, know
):
    know(Said(by="a"))
    know(Said(by="b"), Said(by="c"), slug=other_event.slug)

    refused = await olgas.get(f"{base}/comparison?other-event={other_event.slug}")
    await people.grant(olga.id, other_event.slug, "moderator")
    allowed = await olgas.get(f"{base}/comparison?other-event={other_event.slug}")

    assert refused.status_code == 422
    assert other_event.title not in refused.text
    assert "1 fewer (50%)." in text(allowed)


async def test_nothing_is_compared_before_it_is_counted(olgas, base, site):
    site.services["ledgers"] = Ledgers()

    page = await olgas.get(f"{base}/comparison")

    assert page.status_code == 200
    assert "being counted just now" in page.text
