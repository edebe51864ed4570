"""Whether the wall is told live through everything that is in between."""

from dataclasses import dataclass

from wall.doctor.finding import Finding, careful, milliseconds, ok, wrong

SECOND = 1.0
NOT_BUFFERED = "proxy_buffering off (nginx), and leave text/event-stream out of what is compressed."


@dataclass(frozen=True, slots=True)
class Stream:
    """How a stream went: seconds until its first frame, None for none that came; seconds that beats were waited for
    and how many came. `packed` says whether frames are compressed, `why` what ended it too soon."""

    hello: float | None
    watched: float = 0.0
    beats: int = 0
    packed: bool | None = None
    why: str = ""


def websocket(stream: Stream) -> list[Finding]:
    """Judge a websocket through the public address."""
    if stream.hello is None:
        return [
            wrong(
                "websocket",
                f"No websocket gets through: {stream.why}.",
                "Have the proxy pass Upgrade and Connection on; until then viewers take the slower road.",
            )
        ]
    found = [arrival("websocket", stream), *beats("websocket", stream)]
    if stream.packed is False:
        found.append(
            careful(
                "compression",
                "Websockets are not compressed: the proxy leaves Sec-WebSocket-Extensions out.",
                "Have it pass that header on; viewers on phones pay three times the traffic until then.",
            )
        )
    return found


def events(stream: Stream) -> list[Finding]:
    """Judge server-sent events, the road of those whose network lets no websockets through."""
    if stream.hello is None:
        return [
            wrong(
                "server-sent events",
                f"Nothing arrives: {stream.why or 'the proxy holds back what it is sent, until it has more'}.",
                f"Have the proxy buffer nothing: {NOT_BUFFERED}",
            )
        ]
    return [arrival("server-sent events", stream), *beats("server-sent events", stream)]


def arrival(name: str, stream: Stream) -> Finding:
    took = stream.hello or 0.0
    if took > SECOND:
        return wrong(name, f"What is sent takes {took:.1f} s.", f"Something buffers or is slow: {NOT_BUFFERED}")
    return ok(name, f"It is open, and what is sent arrives within {milliseconds(took)}.")


def beats(name: str, stream: Stream) -> list[Finding]:
    """Judge whether a quiet stream lives on."""
    if stream.watched and not stream.beats:
        return [
            wrong(
                f"{name}, when it is quiet",
                f"No beat came within {stream.watched:.0f} s{f': {stream.why}' if stream.why else ''}.",
                "Have the proxy keep quiet connections for at least a minute (nginx: proxy_read_timeout 60s).",
            )
        ]
    return []
