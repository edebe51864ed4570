"""The classifier, by small programs as an operator would write them: a good one, and what can go wrong with one."""

import asyncio
import os
import shlex
import sys

import pytest

from tests.pictures import plain
from wall import classifier as classifier_module
from wall.classifier import Classifier, parse
from wall.errors import ClassifierError

# Looks at the picture itself: how much of it is red.
REDNESS = """
import json, sys
from PIL import Image
for line in sys.stdin:
    red, green, blue = Image.open(line.rstrip("\\n")).convert("RGB").resize((1, 1)).getpixel((0, 0))
    print(json.dumps({"red": max(0, red - max(green, blue)) / 255}), flush=True)
"""
RAISES = "import sys\nfor line in sys.stdin: raise ValueError(line)"
HANGS = "import signal\nsignal.pause()"
COUNTS = """
import json, os, sys
for number, line in enumerate(sys.stdin): print(json.dumps({str(os.getpid()): number / 100}), flush=True)
"""


def command(text):
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(text)}"


@pytest.fixture
async def classifier():
    """Return a function that makes a classifier of a program's text, ended with the test."""
    made = []

    def make(text):
        made.append(Classifier(command(text)))
        return made[-1]

    yield make
    for one in made:
        await one.close()


@pytest.fixture
def red(tmp_path):
    path = tmp_path / "with blanks and “marks”.png"
    path.write_bytes(plain(colour="red"))
    return path


async def test_a_program_is_given_the_picture_and_says_what_it_sees(classifier, red, tmp_path):
    blue = tmp_path / "blue.png"
    blue.write_bytes(plain(colour="blue"))
    redness = classifier(REDNESS)

    assert await redness.labels(red) == {"red": 1.0}
    assert await redness.labels(blue) == {"red": 0.0}


async def test_one_program_looks_at_all_pictures_one_after_the_other(classifier, red):
    counts = classifier(COUNTS)

    answers = await asyncio.gather(*(counts.labels(red) for _ in range(5)))

    assert len({name for answer in answers for name in answer}) == 1
    assert sorted(score for answer in answers for score in answer.values()) == [0, 0.01, 0.02, 0.03, 0.04]


@pytest.mark.parametrize(
    "text",
    [
        RAISES,
        "import sys; sys.stdin.readline()",
        "raise SystemExit(1)",
        "print('no JSON', flush=True)",
        "print('x' * 1_000_000, flush=True)",
    ],
    ids=["raises", "ends", "ends at once", "says nonsense", "says too much"],
)
async def test_a_program_that_fails_is_an_error_in_words(classifier, red, text):
    with pytest.raises(ClassifierError, match="classifier of pictures"):
        await classifier(text).labels(red)


async def test_a_program_that_hangs_is_ended_and_nobody_waits_for_it(classifier, red, monkeypatch):
    monkeypatch.setattr(classifier_module, "SECONDS", 0.5)
    hanging = classifier(HANGS)
    process = hanging.process = await hanging.started()

    answers = await asyncio.gather(*(hanging.labels(red) for _ in range(3)), return_exceptions=True)

    assert [type(one) for one in answers] == [ClassifierError] * 3
    assert (hanging.process, process.returncode) == (None, -9)


async def test_what_a_program_started_ends_with_it(classifier, red, monkeypatch, tmp_path):
    monkeypatch.setattr(classifier_module, "SECONDS", 1.5)
    note = tmp_path / "pid"
    os.mkfifo(note)
    inner = f"import os, signal; open({str(note)!r}, 'w').write(str(os.getpid())); signal.pause()"
    outer = classifier(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])")

    asking = asyncio.create_task(outer.labels(red))
    pid = int(await asyncio.to_thread(note.read_text))
    with pytest.raises(ClassifierError, match="in time"):
        await asking

    assert await asyncio.to_thread(gone, pid)


def gone(pid):
    """Wait until a process is gone, or a zombie that nobody of ours can wait for."""
    while True:
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True


async def test_after_a_failure_it_rests_and_then_works_again(classifier, red, monkeypatch):
    redness = classifier(REDNESS)
    with pytest.raises(ClassifierError):
        await redness.labels(red.with_name("nothing.png"))
    with pytest.raises(ClassifierError, match="rests"):
        await redness.labels(red)

    redness.rests_until = 0.0

    assert await redness.labels(red) == {"red": 1.0}


async def test_who_waited_for_a_program_that_failed_starts_no_other(classifier, red, monkeypatch, tmp_path):
    note = tmp_path / "started"
    failing = classifier(f"open({str(note)!r}, 'a').write('x')\nimport sys\nsys.stdin.readline()")

    answers = await asyncio.gather(*(failing.labels(red) for _ in range(4)), return_exceptions=True)

    assert [type(one) for one in answers] == [ClassifierError] * 4
    assert note.read_text() == "x"


async def test_whoever_stops_waiting_leaves_no_answer_to_the_next_picture(classifier, red):
    counts = classifier(
        "import sys\nfor line in sys.stdin:\n    if 'slow' not in line: print('{\"fast\": 1}', flush=True)"
    )
    slow = asyncio.create_task(counts.labels(red.with_name("slow.png")))
    while not counts.turn.locked():
        await asyncio.sleep(0)
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    counts.rests_until = 0.0

    assert slow.cancelled()
    assert await counts.labels(red) == {"fast": 1.0}


async def test_a_program_that_is_not_there_is_an_error_in_words(red):
    with pytest.raises(ClassifierError, match="cannot be started: No such file"):
        await Classifier("/nowhere/classifier --fast").labels(red)


async def test_it_knows_none_of_our_secrets(classifier, red, monkeypatch):
    monkeypatch.setenv("WALL_REDIS_URL", "redis://:secret@example.org")
    program = classifier(
        "import json, os, sys\nfor line in sys.stdin: print(json.dumps({one: 1 for one in os.environ if 'WALL' in one}), flush=True)"
    )

    assert await program.labels(red) == {}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'{"a": "b"}',
        b'{"a": null}',
        b'{"a": 1.5}',
        b'{"a": -1}',
        b'{"a": NaN}',
        b"[" * 60000,
        b"\xff",
    ],
)
def test_an_answer_that_is_none_is_refused(line):
    with pytest.raises(ClassifierError):
        parse(line)


def test_labels_are_cleaned_and_bounded():
    assert parse(b'{"a\\u202e\\nb": 1}') == {"a b": 1.0}
    assert len(parse(b"{" + b",".join(b'"%d": 0' % number for number in range(500)) + b"}")) == 50
