import csv
import io

import pytest
from hypothesis import given

from tests.transcripts import NASTY, a_head, a_line, told
from wall.core.formula import FORMULA
from wall.core.transcript.table import COLUMNS, MARK, Table


def rows(*lines, **head):
    return list(csv.reader(io.StringIO(told(Table, a_head(**head), *lines), newline=""), strict=True))


def test_a_post_is_a_row_under_the_names_of_its_columns():
    header, row = rows(a_line(key="one"))

    found = dict(zip(header, row, strict=True))
    assert tuple(header) == COLUMNS
    assert (found["id"], found["name"], found["text"]) == ("one", "Alice", "Hello #PyConEx")
    assert found["written"] == "2026-06-12T11:30:00+02:00"


def test_lines_end_as_the_rfc_says():
    assert told(Table, a_head(), a_line()).count("\r\n") == 2


def test_a_mark_stands_before_everything_where_it_is_asked_for():
    assert told(Table, a_head(mark=True)).startswith(MARK)
    assert not told(Table, a_head()).startswith(MARK)


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_is_a_formula(start):
    _header, row = rows(a_line(f"{start}cmd|' /C calc'!A0", post={"content_warning": f"{start}1"}))

    assert not [cell for cell in row if cell.startswith(FORMULA)]


@given(text=NASTY, warning=NASTY)
def test_whatever_is_said_is_read_back_from_one_cell(text, warning):
    header, row = rows(a_line(text, post={"content_warning": warning}))

    assert row[header.index("text")].removeprefix("'") in (text, text.removeprefix("'"))
    assert len(row) == len(COLUMNS)
