from wall.core.charts import About, Bar, Mark, Size
from wall.core.charts.strip import strip

ABOUT = About(title="Posts", number=str)


def test_bars_reach_from_edge_to_edge_so_that_a_slider_below_means_the_same():
    found = [Bar(name=f"{hour}:00", label=str(hour), values=(2,), turn=hour) for hour in range(4)]

    svg = strip(ABOUT, found, marks=[Mark(2.0, "Lunch")], size=Size(400, 100))

    assert [f'x="{left}"' in svg for left in ("18", "118", "218", "318")] == [True] * 4
    assert 'x1="200"' in svg
    assert "Lunch" in svg


def test_nothing_at_all_is_a_line():
    assert "chart__base" in strip(ABOUT, [], size=Size(400, 100))
