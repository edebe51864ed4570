# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""The figures' page of an event's team."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.chats import an_edition, make_chat
from tests.ledgers import DAY, HOUR, Ledgers, Said
from tests.waiting import until
from tests.web.figures import base, know, olgas, text
from wall.core.moderation import Status, Verdict
from wall.core.programme import Session
from wall.store.submission import Submission

SHOWN = Verdict(status=Status.APPROVED)


@pytest.fixture
async def shown(store, event):
    """A post of Alice's that stands on the wall."""
    post = a_post("A bridge of paper #PyConEx")
    await store.posts.submit(event.slug, [Submission(post, SHOWN)], now=NOW)
    return post


async def test_before_anything_is_counted_the_page_says_so(olgas, base, site):
    site.services["ledgers"] = Ledgers()

    page = await olgas.get(base)

    assert page.status_code == 200
    assert "are being counted" in page.text


async def test_where_nobody_has_spoken_every_part_says_what_it_will_show(olgas, base, know):
    know()

    page = text(await olgas.get(base))

    assert "Nobody has said anything here yet." in page
    assert "whoever writes first is the first here" in page
    assert "Nothing that people say here stands out." in page
    assert "<svg" not in page


async def test_the_card_says_each_share_with_what_it_is_a_share_of(olgas, base, know):
    know(
        Said(by="a", ties=(("hashtag", "one"), ("hashtag", "two"))),
        Said(by="a", at=HOUR, ties=(("answers", "b"),)),
        Said(by="b", at=2 * HOUR),
        Said(by="c", at=3 * HOUR, status=Status.REJECTED),
    )

    page = text(await olgas.get(base))

    assert "2 people wrote 3 posts within 1 day." in page
    assert "1 of 3" in page
    assert "Half of all 3 posts came from 1 person of 2." in page


async def test_a_scope_is_asked_for_by_an_address_and_said_in_words(olgas, base, know):
    know(Said(by="a"), Said(by="b", at=DAY, network="bluesky"), Said(by="c", at=DAY, network="nostr"))

    page = text(await olgas.get(f"{base}?since=2026-06-13&until=2026-06-13T23:00&network=bluesky"))

    assert "1 person wrote 1 post within" in page
    assert "Posts from 13 June 2026, 00:00 to 13 June 2026, 23:00, only: by way of Bluesky." in page
    assert "1 of 1 people was on the wall for the first time." in page
    assert "Times are those of UTC." in page


async def test_before_during_and_after_are_a_click_each(store, event, olgas, base, know):
    talk = Session(id="talk", title="Bridges", starts=NOW, ends=NOW + timedelta(hours=1), by_hand=True)
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)
    know(Said(by="a", at=-60), Said(by="b"), Said(by="c", at=HOUR), Said(by="d", at=2 * HOUR))

    pages = [text(await olgas.get(f"{base}?phase={phase}")) for phase in ("before", "during", "after")]

    assert [one.count("1 person wrote 1 post") for one in pages] == [1, 1, 0]
    assert "2 people wrote 2 posts" in pages[2]
    assert 'href="' + base + '?phase=during"' in pages[0]


@pytest.mark.parametrize(
    "address", ["since=yesterday", "since=2026-06-13&until=2026-06-12", "where=moon", "phase=during", "edition=9",
        "since=9999-12-31", "until=0001-01-01"],
)  # fmt: skip
async def test_what_cannot_be_asked_is_refused_in_words(olgas, base, know, address):
    know(Said(by="a"))

    page = await olgas.get(f"{base}?{address}")

    assert page.status_code == 422
    assert 'role="alert"' in page.text


async def test_posts_and_names_are_those_that_stand_on_the_wall_now(store, event, olgas, base, know, shown):
    know(Said(by=ALICE.uid, id=shown.id, replies=12), Said(by=BOB.uid, id="gone", reposts=4))

    before = text(await olgas.get(base))
    standing = await store.posts.get(event.slug, shown.id)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
    after = text(await olgas.get(base))

    assert "12 replies, the most of all" in before
    assert "A bridge of paper" in before
    assert "Alice" in before
    assert ("A bridge of paper" in after, "Alice" in after) == (False, False)
    assert "Somebody who is not named" in after


async def test_a_table_is_taken_away_with_no_formula_in_it(olgas, base, know):
    know(Said(by="a", ties=(("link", "=cmd|'/c calc'!A1"), ("hashtag", "ok"))))

    answer = await olgas.get(f"{base}/links.csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines() == ["\ufeffLink,People,Posts", "'=cmd|'/c calc'!A1,1,1"]
    assert (await olgas.get(f"{base}/nothing.csv")).status_code == 404


async def test_what_others_wrote_is_escaped_in_charts_and_tables(olgas, base, know):
    know(Said(by="a", ties=(("link", "</svg><script>x"),)))

    page = await olgas.get(base)

    assert "</svg><script>x" not in page.text
    assert "&lt;/svg&gt;&lt;script&gt;x" in page.text


async def test_moderators_read_the_figures_and_make_no_reports(site, mia, base, know):
    know(Said(by="a", decider="mia"))
    browser = await site.browser_of(mia)

    page = await browser.get(base)

    assert page.status_code == 200
    assert "Make a report" not in page.text
    assert "1 post was decided by hand" in page.text


async def test_a_page_that_is_open_asks_for_its_parts_alone(olgas, base, know):
    know(Said(by="a"))

    part = await olgas.get(f"{base}?part")

    assert 'data-fresh="card"' in part.text
    assert "<html" not in part.text


async def test_the_page_is_drawn_in_arabic_from_right_to_left(site, olgas, base, know):
    know(Said(by="a"))

    page = await olgas.get(base, headers={"accept-language": "ar"})

    assert 'class="chart" role="img"' in page.text
    assert 'direction="rtl"' in page.text


async def test_hours_are_those_of_the_venue_though_its_clocks_stand_a_quarter_off(store, event, olgas, base, know):
    await store.events.change(event.slug, lambda before: replace(before, timezone="Asia/Kathmandu"))
    know(Said(by="a", at=15 * 60))

    page = text(await olgas.get(base))

    assert "12 June 2026, 15:00–16:00" in page
    assert "Asia/Kathmandu" in page


async def test_how_many_followed_at_once_is_told_of_the_same_times(store, event, olgas, base, know):
    know(Said(by="a"), Said(by="b", at=HOUR))
    for number, minutes in ((7, 1), (12, 2), (400, 24 * 60)):
        await store.audience.note(event.slug, number, now=NOW + timedelta(minutes=minutes))

    page = text(await olgas.get(f"{base}?until=2026-06-12"))

    assert "At most 12 people followed from afar at once: 12 June 2026, 09:32." in page
    assert (await olgas.get(f"{base}/followers.csv?until=2026-06-12")).text.splitlines()[1].endswith(",12")


async def test_of_an_edition_of_a_chat_its_times_are_counted(store, event, olgas, base, know):
    await make_chat(store, event, an_edition(starts=NOW))
    know(Said(by="a", at=60), Said(by="b", at=-DAY))

    page = text(await olgas.get(f"{base}?edition=1"))

    assert "1 person wrote 1 post" in page
    assert 'value="1" selected' in page


async def test_of_how_many_posts_something_is_known_is_said_with_it(store, event, olgas, base, know):
    know(Said(by="a", session="talk"), Said(by="b"), Said(by="c", language=""))

    page = text(await olgas.get(base))

    assert "Known of 1 of 3 posts." in page
    assert "Known of 2 of 3 posts." in page


async def test_what_is_approved_is_counted_from_the_feeds_with_nothing_handed_over(olgas, base, shown):
    async def counted():
        return "1 person wrote 1 post within 1 day" in text(await olgas.get(base))

    await until(counted)


# For programs


@pytest.fixture
def numbers(site, event, olgas, base):
    async def numbers(**asked):
        return (await olgas.get(f"{base}.json", params=asked)).json()

    return numbers


async def test_a_program_is_told_the_figures_of_the_scope_it_asks_for(numbers, know, shown):
    know(
        Said(by=ALICE.uid, id=shown.id, replies=3, ties=(("hashtag", "one"),)),
        Said(by=BOB.uid, at=DAY, network="bluesky", status=Status.REJECTED, decider="mia"),
    )

    whole, part = await numbers(), await numbers(network="bluesky")

    assert (whole["counted"], whole["posts"], whole["people"]) == (True, 1, 1)
    assert whole["top"] == [{"name": ALICE.name, "posts": 1}]
    assert whole["networks"] == [{"name": "mastodon", "posts": 1, "people": 1}]
    assert whole["most_replied"] == [{"id": shown.id, "number": 3}]
    assert [one["name"] for one in whole["hashtags"]] == ["one"]
    assert whole["first"] == whole["last"] == "2026-06-12T09:30:00.000Z"
    assert (part["scope"], part["posts"]) == ({"network": "bluesky"}, 0)
    assert (part["desk"]["came"], part["desk"]["decided"]) == (1, [{"name": None, "decisions": 1}])


async def test_a_program_is_told_that_posts_are_still_being_counted(numbers, site):
    site.services["ledgers"] = Ledgers()

    told = await numbers()

    assert (told["counted"], told["posts"], told["first"]) == (False, 0, None)


async def test_a_program_is_told_which_part_of_a_scope_cannot_be_used(numbers):
    answer = await numbers(since="soon")

    assert answer["error"]["field"] == "since"
