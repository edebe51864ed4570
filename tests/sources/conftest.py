from functools import partial

import pytest

from tests.sources.world import context
from wall.sources.fetch import Fetch


@pytest.fixture
async def world():
    """Make contexts for sources; they share a real client that may ask this machine."""
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield partial(context, fetch)
