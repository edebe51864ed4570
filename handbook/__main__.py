"""`python -m handbook`: build the site, or say which links lead nowhere."""

import argparse
import sys
from pathlib import Path

from handbook.links import broken
from handbook.site import build, pages

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="handbook", description="Build the documentation.")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "docs", metavar="FOLDER")
    options = parser.parse_args()
    found = broken(pages(ROOT), ROOT)
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    build(ROOT, options.to)
    print(options.to / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
