import random
from bisect import bisect_right

import pytest

from wall.core.alarm import LEAST_ARRIVALS, Watch, many_rejections, ordinary

HOUR = 3600


def watching(times, *, decisions=()):
    watch = Watch()
    for at in sorted(times):
        watch.arrived(at)
    for at, rejected in decisions:
        watch.decided(at, rejected=rejected)
    return watch


def evenly(per_minute, start, end):
    count = int(per_minute * (end - start) / 60)
    return [start + (end - start) * (one + 0.5) / count for one in range(count)]


def poisson(per_minute, start, end, seed):
    dice = random.Random(seed)
    times, at = [], start
    while (at := at + dice.expovariate(per_minute / 60)) < end:
        times.append(at)
    return times


@pytest.mark.parametrize(
    ("before", "limit"),
    [
        ([0] * 30, LEAST_ARRIVALS),
        ([2] * 30, LEAST_ARRIVALS),
        ([9] * 30, 27),
        ([100] * 30, 160),
        ([80, 120] * 15, 100 + 6 * 1.4826 * 20),
    ],
)
def test_ordinary_is_up_to_six_deviations_above_the_median(before, limit):
    assert ordinary(before)[1] == pytest.approx(limit)


def test_a_small_event_s_first_posts_are_no_wave():
    assert watching(evenly(14, HOUR - 60, HOUR)).look(HOUR) == []


def test_a_raid_on_a_quiet_event_is_a_wave():
    (wave,) = watching(evenly(20, HOUR - 60, HOUR)).look(HOUR)

    assert (wave.what, wave.number, wave.usual) == ("arrivals", 20, 0)


@pytest.mark.thorough
@pytest.mark.parametrize("per_minute", [1, 5, 20, 60, 300])
def test_a_steady_crowd_is_no_wave_however_large(per_minute):
    watch = watching(poisson(per_minute, 0, 2 * HOUR, seed=per_minute))

    assert [wave for at in range(31 * 60, 2 * HOUR, 5) for wave in watch_at(watch, at)] == []


def watch_at(watch, at):
    seen, times = Watch(), list(watch.arrivals)
    seen.arrivals.extend(times[bisect_right(times, at - HOUR) : bisect_right(times, at)])
    return seen.look(at)


def test_a_wave_is_told_within_seconds():
    watch = watching(evenly(5, 0, HOUR))
    raid = evenly(300, HOUR, HOUR + 60)

    for at in raid[:35]:
        watch.arrived(at)

    assert [wave.what for wave in watch.look(HOUR + 7)] == ["arrivals"]


def test_a_wave_is_over_by_itself():
    watch = watching([*evenly(5, 0, HOUR), *evenly(120, HOUR, HOUR + 60)])
    during = watch.look(HOUR + 60)
    for at in evenly(5, HOUR + 60, HOUR + 240):
        watch.arrived(at)

    assert during
    assert watch.look(HOUR + 240) == []


def test_a_wave_that_ebbs_to_just_below_its_limit_is_not_told_twice():
    watch = watching([*evenly(5, 0, HOUR), *evenly(60, HOUR, HOUR + 60)])
    (first,) = watch.look(HOUR + 60)
    for at in evenly(15, HOUR + 60, HOUR + 120):
        watch.arrived(at)

    (later,) = watch.look(HOUR + 120)

    assert later.since == first.since


def test_a_wave_of_a_quarter_of_an_hour_does_not_become_the_ordinary():
    watch = watching([*evenly(5, 0, HOUR), *evenly(60, HOUR, HOUR + 14 * 60)])
    watch.look(HOUR + 60)

    assert watch.look(HOUR + 14 * 60)


def test_what_is_old_is_forgotten():
    watch = watching(evenly(60, 0, 600), decisions=[(1.0, True)])

    watch.look(10 * HOUR)

    assert (len(watch.arrivals), len(watch.decisions)) == (0, 0)


@pytest.mark.parametrize(
    ("rejected", "of", "told"),
    [(9, 9, False), (10, 10, True), (10, 30, False), (15, 30, True), (50, 100, True), (40, 100, False)],
)
def test_many_rejections_are_a_wave_once_they_are_ten_and_half_of_all(rejected, of, told):
    decisions = [(HOUR - 1.0, number < rejected) for number in range(of)]

    assert bool(watching([], decisions=decisions).look(HOUR)) is told


def test_where_rejecting_is_usual_it_takes_more():
    assert many_rejections([True, False] * 50, 20) > many_rejections([False] * 100, 20)


def test_rejections_and_arrivals_are_told_apart():
    watch = watching(evenly(60, HOUR - 60, HOUR), decisions=[(HOUR - 1.0, True)] * 20)

    assert [wave.what for wave in watch.look(HOUR)] == ["arrivals", "rejections"]
