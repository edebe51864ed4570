"""`python -m bench.insight sentiment --data FOLDER`: how well the wall listens, on public posts that people judged."""

import argparse
from pathlib import Path

from bench.insight import sentiment


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.insight", description=__doc__)
    parts = parser.add_subparsers(required=True, metavar="PART")
    of_sentiment = parts.add_parser(
        "sentiment", help="moods against people's, against other packages, and learning"
    )
    of_sentiment.add_argument("--data", type=Path, required=True, help="a folder with the repositories below it")
    of_sentiment.add_argument("--draws", type=int, default=5, help="random choices of what is learned from (5)")
    of_sentiment.set_defaults(run=sentiment.run)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
