"""Shakes hands as a browser does."""

import asyncio
import ssl
import time
from urllib.parse import urlsplit

from wall.doctor.certificate import Certificate

SECONDS = 5.0
DAY = 86_400


async def look(url: str, context: ssl.SSLContext | None = None) -> Certificate | None:
    """Return the certificate of an address; None where nobody shakes hands at all, which is said elsewhere."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(
                host, parts.port or 443, ssl=context or ssl.create_default_context(), server_hostname=host
            )
    except ssl.SSLCertVerificationError as error:
        return Certificate(host, None, refusal=error.verify_message.rstrip("."))
    except ssl.SSLError as error:
        return Certificate(host, None, refusal=error.reason or "it speaks no TLS that browsers know")
    except (OSError, TimeoutError):
        return None
    shown = writer.get_extra_info("peercert")
    writer.close()
    return Certificate(host, (ssl.cert_time_to_seconds(shown["notAfter"]) - time.time()) / DAY)
