"""A page of a chat costs the same however long its archive is."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from bench.chat import counting
from bench.chat_archive import Size, editions, seed
from tests.conftest import slugs
from tests.web.conftest import site  # noqa: F401 - a fixture

SMALL = Size(editions=1, posts=90, people=30, questions=3)
LARGE = Size(editions=6, posts=540, people=30, questions=3)
MORE = 5  # of other posts and people: the two are not the same chat


def test_an_archive_has_22_editions_across_a_change_of_clocks():
    begins = [one.starts for one in editions(Size())]

    assert len(begins) == 22
    assert {(begin.hour, begin.minute) for begin in begins} == {(2, 0), (1, 0)}


@pytest.fixture
async def seeded(store):
    found = {size: next(slugs) for size in (SMALL, LARGE)}
    for size, slug in found.items():
        await seed(store, slug, size)
    return found


async def test_what_redis_is_asked_does_not_grow_with_the_archive(site, seeded):  # noqa: F811
    asked = {}
    for (size, slug), minutes in product(seeded.items(), (40, 600)):
        last = editions(size)[-1]
        site.time = last.starts + timedelta(minutes=minutes)
        for page in ("", ".json", "/editions", "/{}", "/{}/1", "/{}/figures.json"):
            with counting(site.store.database) as commands:
                answer = await site.browser().get(f"/{slug}/chat{page.format(last.number)}")
            assert answer.status_code == 200
            names = Counter(str(command[0]) for command in commands)
            asked.setdefault((page, minutes), []).append(names)

    for page, (small, large) in asked.items():
        assert large["HMGET"] <= small["HMGET"] + MORE, page  # as many posts are read
        assert large.total() <= small.total() + MORE, page
