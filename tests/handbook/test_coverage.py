from handbook.coverage import lines


def file(run, lines, branches_run=0, branches=0):
    counts = (run, lines, branches_run, branches)
    names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {"summary": dict(zip(names, counts, strict=True))}


def test_parts_come_least_covered_first_and_all_of_it_last():
    report = {
        "files": {
            "wall/core/post.py": file(9, 10),
            "wall/core/rules/words.py": file(8, 8, 1, 2),
            "wall/hub.py": file(1, 4),
            "wall/empty.py": file(0, 0),
        }
    }

    assert [line.split() for line in lines(report)] == [
        ["part", "lines", "run"],
        ["hub.py", "4", "25.0%"],
        ["core", "18", "90.0%"],
        ["empty.py", "0", "100.0%"],
        ["all", "22", "79.2%"],
    ]
