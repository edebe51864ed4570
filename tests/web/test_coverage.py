from datetime import timedelta
from html import unescape

import pytest

from tests.cast import NOW
from wall.core.source import SourceHealth, SourceSettings, slot
from wall.store.fares import Happened
from wall.web.coverage import is_silent, summary
from wall.web.source_health import bars, chart_words, lag_words, next_try


@pytest.fixture
async def browser(wall, olga):
    return await wall.browser_of(olga)


def fares(state="healthy", *, last=0, before=()):
    """Return how a source fares that brought so many posts in the last hour, and in those before it, newest first."""
    hours = [NOW - timedelta(hours=hour) for hour in range(1 + len(before))]
    slots = {slot(hour): number for hour, number in zip(hours, (last, *before), strict=True)}
    return SourceHealth(state=state, slots=slots)


@pytest.mark.parametrize(
    ("healths", "words"),
    [
        ([], "No source is read yet."),
        ([fares(last=1)], "The source is read; 1 post came in the last hour."),
        ([fares("failing")], "The source is not read just now; 0 posts came in the last hour."),
        ([fares(last=200), fares(last=12)], "All 2 sources are read; 212 posts came in the last hour."),
        (
            [fares(), fares("degraded"), fares("failing")],
            "2 of 3 sources are read, 1 of them in part; 0 posts came in the last hour.",
        ),
        ([fares(), fares("new")], "1 of 2 sources is read; 0 posts came in the last hour."),
        ([fares("new"), fares("failing")], "None of 2 sources is read just now; 0 posts came in the last hour."),
    ],
)
def test_coverage_is_told_in_one_sentence(healths, words):
    assert summary(healths, NOW) == words


@pytest.mark.parametrize(
    ("health", "silent"),
    [
        (fares(before=[40] * 6), True),
        (fares(before=[30, 0, 0, 0, 0, 0]), True),
        (fares(before=[29, 0, 0, 0, 0, 0]), False),
        (fares(last=1, before=[40] * 6), False),
        (fares("failing", before=[40] * 6), False),
        (fares(), False),
    ],
)
def test_who_brought_much_and_now_nothing_is_silent(health, silent):
    assert is_silent(health, NOW) == silent


def test_the_fullest_hour_is_as_high_as_the_chart_and_any_post_is_seen():
    drawn = list(bars([0, 1, 1000]))

    assert [(bar.x, bar.height, bar.y + bar.height) for bar in drawn] == [
        (0, 0.0, 32.0),
        (5, 2.0, 32.0),
        (10, 32.0, 32.0),
    ]
    assert [bar.now for bar in drawn] == [False, False, True]


def test_the_chart_is_told_in_words():
    assert chart_words([0] * 24) == "No post in the last 24 hours"
    assert chart_words([4, 12, 3]) == "Posts per hour: 3 in the last one, 12 at most, 19 in 24 hours"


@pytest.mark.parametrize(
    ("lags", "words"),
    [
        ([], ""),
        ([0.4, 0.2], "under a second"),
        ([90.0, 2.0, 2.0], "usually 2 seconds, the last one 1 minute"),
    ],
)
def test_how_long_posts_are_on_their_way_is_told_in_words(lags, words):
    assert lag_words(SourceHealth(lags=lags)) == words


@pytest.mark.parametrize(
    ("kind", "health", "words"),
    [
        ("feed", SourceHealth(state="failing", next_try_at=NOW + timedelta(seconds=40)), "in 40 seconds"),
        ("mastodon", SourceHealth(state="failing"), "within a minute"),
        ("mastodon", SourceHealth(state="degraded"), ""),
        ("webhook", SourceHealth(state="failing"), ""),
    ],
)
def test_when_it_is_tried_again_is_told_of_what_fails(kind, health, words):
    assert next_try(SourceSettings(id="s", kind=kind), health, NOW) == words


async def test_the_page_tells_how_each_source_fares_and_what_it_cannot_see(wall, store, event, browser):
    await store.sources.save(event.slug, SourceSettings(id="b1", kind="bluesky"))
    await store.sources.save(event.slug, SourceSettings(id="x1", kind="telepathy"))
    position = (
        f'{{"time": {int((wall.time - timedelta(seconds=9)).timestamp()) * 1_000_000}, "host": "j.example"}}'
    )
    await store.posts.submit(event.slug, [], now=wall.time, source_id="b1", position=position)
    happened = Happened(
        now=wall.time,
        state="degraded",
        detail="Reading j.example.",
        blind_spots=["Whoever is <asleep>."],
        error="It hung up.",
        reasons=["No date."],
        posts=2,
        edits=1,
        lags=[2.0],
    )
    for _ in range(3):
        await store.sources.note(event.slug, "b1", happened)

    page = await browser.get(f"/organise/{event.slug}/sources")
    part = await browser.get(f"/organise/{event.slug}/sources?part")

    words = unescape(part.text)
    told = (
        "6 posts, 3 edits",
        "2 seconds",
        "all that j.example told, 9 seconds behind",
        "It hung up.",
        "3 times since",
    )
    told += (
        "Whoever is <asleep>.",
        "Authors who show themselves to signed-in people only.",
        "Set aside (3)",
        "telepathy",
    )
    assert [one for one in told if one not in words] == []
    assert "<asleep>" not in part.text
    assert part.text.strip() in page.text


async def test_a_source_that_waits_for_others_to_send_is_not_missing(store, event, browser):
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))

    page = await browser.get(f"/organise/{event.slug}/sources")

    assert "No source is read yet." in page.text
    assert "Ready to take posts in." in page.text
