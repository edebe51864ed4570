"""One ear for all tests: it takes a second to load."""

import pytest

from wall.listening.ear import Ear


@pytest.fixture(scope="session")
def ear():
    return Ear()
