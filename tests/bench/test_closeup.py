"""How the watchers' own files are read."""

from bench.closeup import calls, shares

STRACE = """\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 92.00    0.500000           5     20000           write
  7.00    0.010000           1        21         3 epoll_pwait
------ ----------- ----------- --------- --------- ----------------
100.00    0.510000           5     20021         3 total
"""
STACKS = "main (a.py:3);sweep (b.py:9);write (c.py:1) 6\nmain (a.py:4);sweep (b.py:12) 3\nmain (a.py:4) 1\n"


def test_calls_are_counted_with_and_without_errors_but_not_their_total(tmp_path):
    (tmp_path / "strace").write_text(STRACE)

    assert calls(tmp_path / "strace") == {"write": 20000, "epoll_pwait": 21}


def test_a_function_has_its_own_part_and_that_of_what_it_calls(tmp_path):
    (tmp_path / "stacks").write_text(STACKS)

    own, within = shares(tmp_path / "stacks")

    assert own == {"write (c.py)": 6, "sweep (b.py)": 3, "main (a.py)": 1}
    assert within == {"main (a.py)": 10, "sweep (b.py)": 9, "write (c.py)": 6}
