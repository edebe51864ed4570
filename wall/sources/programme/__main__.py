"""The process that reads one programme, within bounds: the order in its first line, then the file."""

import sys

import msgspec

from wall.core.words import Words
from wall.errors import InvalidInput
from wall.sources.programme import read
from wall.sources.programme.apart import Answer, Order

LARGEST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 15


def main() -> None:
    """Read from the standard input, and answer on the standard output."""
    limit()
    line, _, body = sys.stdin.buffer.read().partition(b"\n")
    order = msgspec.json.decode(line, type=Order)
    try:
        answer = Answer(draft=read(body, timezone=order.timezone, first=order.first, last=order.last))
    except InvalidInput as error:
        answer = refused(error.message)
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def refused(words: str) -> Answer:
    if isinstance(words, Words):
        return Answer(trouble=words.pattern, values={name: str(value) for name, value in words.values.items()})
    return Answer(trouble=words.replace("%", "%%"))


def limit() -> None:
    """Give up what would take the machine with it, where the system can be told so."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    main()
