"""What tests run of the program, by part: from the JSON of coverage.py to a table."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

COUNTED = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each part of the package, the least covered first, and one for all of it."""
    parts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for name, file in report["files"].items():
        for part in (part_of(name), "all"):
            for what in COUNTED:
                parts[part][what] += file["summary"][what]
    yield f"{'part':24}{'lines':>8}{'run':>8}"
    for part, counts in sorted(parts.items(), key=lambda item: (item[0] == "all", share(item[1]))):
        yield f"{part:24}{counts['num_statements']:8}{share(counts):8.1%}"


def part_of(name: str) -> str:
    """Return the folder below the package, or its module where it stands alone."""
    _package, part, *_rest = PurePath(name).parts
    return part


def share(counts: Mapping[str, int]) -> float:
    """Return how much is run, of lines and branches together, as coverage.py counts it."""
    whole = counts["num_statements"] + counts["num_branches"]
    return (counts["covered_lines"] + counts["covered_branches"]) / whole if whole else 1.0


if __name__ == "__main__":
    print("\n".join(lines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
