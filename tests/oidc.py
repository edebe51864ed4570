"""A real place to sign in, in a process of its own, and somebody who signs in there."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import httpx2

from tests.servers import free_port


@contextmanager
def running_provider():
    """Run a provider and yield its issuer."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answering(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def answering(port):
    """Wait until somebody listens at a port."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("Nobody listens there.")


async def signed_in_there(address, who):
    """Sign in at the provider as somebody, and return the address that it sends one back to."""
    async with httpx2.AsyncClient(trust_env=False) as outside:
        back = await outside.post(address, data={"sub": who})
    return back.headers["location"]
