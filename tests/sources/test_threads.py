from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import BOB, NOW, a_post
from tests.sources.world import EVENT
from wall.core.matching import Terms
from wall.core.post import Tag
from wall.sources.threads import MOST_THREADS, Threads

MINUTE = timedelta(minutes=1)
TAGS = (Tag("PyConDE", "pyconde"),)
ROOT = a_post(uid="ap:root", tags=TAGS)


@pytest.fixture
def threads():
    return Threads(replace(EVENT, terms=Terms(continuations=True)))


def reply(uid, to, minutes=1, **fields):
    return replace(a_post(uid=uid, reply_to=to, tags=(), **fields), created_at=NOW + minutes * MINUTE)


def test_an_event_without_continuations_follows_nothing():
    threads = Threads(EVENT)

    assert not threads.note(ROOT, replies=3)
    assert threads.unread(NOW) == []


def test_a_thread_is_followed_for_ten_minutes_from_where_it_began(threads):
    noted = [
        threads.note(post)
        for post in (
            ROOT,
            reply("ap:1", "ap:root", 5),
            reply("ap:2", "ap:1", 10),
            reply("ap:3", "ap:2", 11),
            reply("ap:4", "ap:root", author=BOB),
            reply("ap:5", "ap:elsewhere"),
        )
    ]

    assert noted == [True, True, True, False, False, False]
    assert (list(threads.open(NOW + 20 * MINUTE)), threads.changes) == (["ap:root", "ap:1", "ap:2"], 3)
    assert list(threads.open(NOW + 21 * MINUTE)) == []


def test_replies_are_looked_for_when_there_are_more_than_were_read(threads):
    threads.note(ROOT)
    unread = [threads.unread(NOW)]
    threads.note(ROOT, replies=2)
    unread.append(threads.unread(NOW))
    threads.read("ap:root")
    threads.note(ROOT, replies=1)
    unread.append(threads.unread(NOW))
    threads.note(ROOT, replies=3)
    unread.append(threads.unread(NOW))

    assert unread == [[], ["ap:root"], [], ["ap:root"]]


def test_only_so_many_threads_are_kept_in_mind(threads):
    for number in range(MOST_THREADS + 5):
        threads.note(replace(ROOT, uid=f"ap:{number}"))

    assert len(threads.open(NOW)) == MOST_THREADS
