from wall.core.measures import Measures, Spread, Tally, exposition


def test_a_tally_is_written_with_its_help_kind_and_labels():
    tally = Tally("wall_things_total", "Things that came.", ("road", "role"))

    tally.add("sse", "viewer")
    tally.add("sse", "viewer", by=2)
    tally.add("websocket", "screen")

    assert exposition([tally]) == (
        "# HELP wall_things_total Things that came.\n"
        "# TYPE wall_things_total counter\n"
        'wall_things_total{road="sse",role="viewer"} 3\n'
        'wall_things_total{road="websocket",role="screen"} 1\n'
    )


def test_what_has_no_labels_is_there_before_it_happened():
    assert exposition([Tally("wall_losses_total", "Losses.")]).endswith("wall_losses_total 0\n")


def test_a_label_cannot_break_out_of_its_quotes():
    tally = Tally("wall_things_total", "Things.", ("name",))

    tally.add('a"b\\c\nd')

    assert exposition([tally]).splitlines()[-1] == 'wall_things_total{name="a\\"b\\\\c\\nd"} 1'


def test_large_numbers_are_written_whole():
    tally = Tally("wall_things_total", "Things.")

    tally.add(by=123_456_789)

    assert exposition([tally]).endswith("wall_things_total 123456789\n")


def test_a_spread_counts_each_value_in_its_bound_and_all_above():
    spread = Spread("wall_lag_seconds", "Lag.", (0.1, 1.0))

    for value in (0.1, 0.5, 3):
        spread.observe(value)

    assert exposition([spread]).splitlines()[2:] == [
        'wall_lag_seconds_bucket{le="0.1"} 1',
        'wall_lag_seconds_bucket{le="1.0"} 2',
        'wall_lag_seconds_bucket{le="+Inf"} 3',
        "wall_lag_seconds_sum 3.6",
        "wall_lag_seconds_count 3",
    ]


def test_updates_that_share_a_frame_count_as_coalesced():
    measures = Measures()

    measures.delivered("sse", 1, lag=0.2)
    measures.delivered("sse", 4, lag=-3.0)

    assert measures.deliveries.values == {("sse",): 5}
    assert measures.coalesced.values == {("sse",): 3}
    assert measures.lag.totals == {(): 0.2}


def test_every_measure_says_what_it_is_and_has_a_name_of_its_own():
    measures = Measures().all()

    assert all(measure.help.endswith(".") for measure in measures)
    assert len({measure.name for measure in measures}) == len(measures)
    assert all(measure.name.endswith("_total") == (measure.kind == "counter") for measure in measures)
