"""strace on a running process: what it asks of the kernel in which order, and faults put into the answers."""

import asyncio
import shutil
import signal
from contextlib import asynccontextmanager

import pytest

from tests.waiting import until

SOON_SECONDS = 20


@asynccontextmanager
async def traced(pid, log, *options):
    """Trace a process and its threads within; what it does is written to a file. Skips where that may not be done."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed.")
    said = log.with_suffix(".said")
    with said.open("wb") as words:
        strace = await asyncio.create_subprocess_exec(
            *("strace", "-f", "-y", "-o", str(log), *options, "-p", str(pid)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=words,
        )
    try:
        await until(
            lambda: b"attached" in said.read_bytes() or strace.returncode is not None, seconds=SOON_SECONDS
        )
        if strace.returncode is not None:
            pytest.skip(f"strace may not trace here: {said.read_text().strip()}")
        yield
    finally:
        if strace.returncode is None:
            strace.send_signal(signal.SIGINT)
            await strace.wait()
