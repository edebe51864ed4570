"""A wall to break, for each test one of its own."""

import pytest
import pytest_asyncio

from tests.program import Program

pytest.register_assert_rewrite("tests.faults.house")


@pytest_asyncio.fixture
async def program(tmp_path):
    """A program that is not started yet; whatever a test leaves of it is ended."""
    program = Program(tmp_path)
    yield program
    if program.process and program.process.returncode is None:
        await program.kill_all()
