"""The ingest workers: they share the sources of all events, and give what these yield to the acceptor."""

from wall.ingest.health import Health
from wall.ingest.times import Times
from wall.ingest.worker import Worker

__all__ = ["Health", "Times", "Worker"]
