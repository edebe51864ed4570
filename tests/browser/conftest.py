"""One wall for the tests of a module, and browsers for each test."""

import asyncio
from functools import wraps

import pytest_asyncio

from tests.browser.chromium import running_chromium
from tests.browser.line import line_to
from tests.browser.wall import Windows, running_wall
from tests.program import Program

LIMIT_SECONDS = 90
"""Comes before pytest's own alarm, and leaves that some time for what a module sets up."""


def pytest_itemcollected(item):
    """Have a test that takes too long end from within, where it waits.

    An alarm of pytest also goes off inside the one line to Chromium, which is then gone for every test after.
    """
    if asyncio.iscoroutinefunction(item.obj):
        item.obj = in_time(item.obj)


def in_time(test):
    @wraps(test)
    async def limited(**given):
        async with asyncio.timeout(LIMIT_SECONDS):
            await test(**given)

    return limited


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    async with running_chromium() as chromium:
        yield chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def wall(tmp_path_factory, chromium):
    """A wall that every test uses with an event of its own."""
    async with running_wall(Program(tmp_path_factory.mktemp("wall")), chromium) as wall:
        yield wall


@pytest_asyncio.fixture(loop_scope="session")
async def event(wall):
    return await wall.event()


@pytest_asyncio.fixture(loop_scope="session")
async def line(wall):
    """A line to the wall that can be cut."""
    async with line_to(wall.program.port) as line:
        yield line


@pytest_asyncio.fixture(loop_scope="session")
async def windows(chromium):
    """Browsers of people. In no test does one ask a foreign server, or do what the pages' policy forbids."""
    windows = Windows(chromium)
    yield windows
    await windows.close()
    assert windows.foreign(own=("http://127.0.0.1:", "ws://127.0.0.1:")) == []
    assert windows.forbidden() == []
