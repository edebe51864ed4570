import csv
import io

import pytest

from wall.web.charts_view import Table


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_no_cell_is_carried_out_by_a_spreadsheet(cell):
    (_head, row) = csv.reader(io.StringIO(Table(["Link"], [[cell]]).csv(), newline=""))

    assert row == [f"'{cell}"]


def test_what_holds_commas_quotes_and_lines_is_one_cell_still():
    cell = 'a, "b"\nc'

    rows = list(csv.reader(io.StringIO(Table(["Link", "Posts"], [[cell, 3]]).csv(), newline="")))

    assert rows == [["\ufeffLink", "Posts"], [cell, "3"]]
